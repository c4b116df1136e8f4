//! What a post draws on, read in one question per kind.

use std::collections::{HashMap, HashSet};

use sqlx::SqlitePool;

use super::draft::{Quote, Seen, Tried};
use crate::{
    error::Result,
    value::{Id, Time},
};

/// Which of these photos are in the library.
pub(super) async fn photos(db: &SqlitePool, ids: &[Id]) -> Result<HashSet<Id>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM photo WHERE trashed_at IS NULL AND id IN (SELECT value FROM json_each(?1))"#,
        ids
    );
    Ok(found.fetch_all(db).await?.into_iter().collect())
}

/// Which of these photos came from a buyer who has not agreed that they are shown.
pub(super) async fn unagreed(db: &SqlitePool, ids: &[Id]) -> Result<HashSet<Id>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_file_scalar!("src/render/unagreed.sql", ids);
    Ok(found.fetch_all(db).await?.into_iter().collect())
}

pub(super) async fn prices(db: &SqlitePool, ids: &[Id]) -> Result<HashMap<Id, Seen>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_as!(
        Seen,
        r#"SELECT id AS "id!", amount, currency, seen_at AS "seen_at: Time", place
           FROM price WHERE id IN (SELECT value FROM json_each(?1))"#,
        ids
    );
    Ok(found
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|seen| (seen.id, seen))
        .collect())
}

/// The creator's own words need nobody's consent.
pub(super) async fn quotes(db: &SqlitePool, ids: &[Id]) -> Result<HashMap<Id, Quote>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_as!(
        Quote,
        r#"SELECT id AS "id!", text, (consent OR own) AS "consent!: bool"
           FROM review WHERE id IN (SELECT value FROM json_each(?1)) AND trashed_at IS NULL"#,
        ids
    );
    Ok(found
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|quote| (quote.id, quote))
        .collect())
}

/// The trials of a post's products.
pub(super) async fn tried(db: &SqlitePool, post: Id) -> Result<Vec<Tried>> {
    let found = sqlx::query_as!(
        Tried,
        r#"SELECT t.product_id AS "product!", t.acquired
           FROM trial AS t JOIN post_product AS p ON p.product_id = t.product_id WHERE p.post_id = ?1 ORDER BY t.id"#,
        post
    );
    Ok(found.fetch_all(db).await?)
}

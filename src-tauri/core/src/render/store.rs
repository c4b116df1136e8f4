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
           FROM price WHERE id IN (SELECT value FROM json_each(?1)) AND withdrawn_at IS NULL"#,
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

/// Names of the post's products that none of the creator's own shops sells: not by a SKU, not by its address.
pub(super) async fn foreign(db: &SqlitePool, post: Id) -> Result<Vec<String>> {
    let found = sqlx::query_file!("src/render/foreign.sql", post)
        .fetch_all(db)
        .await?;
    let host = |address: &str| {
        let url = url::Url::parse(address).ok()?;
        Some(url.host_str()?.trim_start_matches("www.").to_owned())
    };
    let mut foreign = Vec::new();
    for row in found {
        let shops: Vec<String> = serde_json::from_str(&row.shops)?;
        let place = host(&row.url);
        let is_there = place.is_some() && shops.iter().any(|shop| host(shop) == place);
        if !row.has_sku && !is_there {
            foreign.push(row.name);
        }
    }
    Ok(foreign)
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

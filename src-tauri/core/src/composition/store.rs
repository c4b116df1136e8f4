//! SQL of compositions.

use std::collections::HashMap;

use sqlx::{SqliteConnection, SqlitePool};

use super::{Composition, Spec};
use crate::{
    error::Result,
    value::{Id, Time},
};

struct Row {
    id: Id,
    spec: String,
    photos: String,
    created_at: Time,
    updated_at: Time,
}

/// One, the one a photo comes from, or all of them, newest first.
pub(super) async fn list(
    conn: &sqlx::SqlitePool,
    id: Option<Id>,
    photo: Option<Id>,
) -> Result<Vec<Composition>> {
    let rows = sqlx::query_file_as!(Row, "src/composition/list.sql", id, photo)
        .fetch_all(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Composition {
                id: row.id,
                spec: serde_json::from_str::<Spec>(&row.spec)?,
                photos: serde_json::from_str(&row.photos)?,
                created_at: row.created_at,
                updated_at: row.updated_at,
            })
        })
        .collect()
}

/// Writes a document under its id, or as a new one. Answers `None` when there is none of that id.
pub(super) async fn put(
    conn: &mut SqliteConnection,
    id: Option<Id>,
    spec: &Spec,
    now: Time,
) -> Result<Option<Id>> {
    let spec = serde_json::to_string(spec)?;
    Ok(match id {
        Some(id) => {
            sqlx::query_scalar!(
                r#"UPDATE composition SET spec = ?2, updated_at = ?3 WHERE id = ?1 RETURNING id as "id!""#,
                id,
                spec,
                now
            )
            .fetch_optional(conn)
            .await?
        }
        None => {
            sqlx::query_scalar!(
                r#"INSERT INTO composition (spec, created_at, updated_at) VALUES (?1, ?2, ?2) RETURNING id as "id!""#,
                spec,
                now
            )
            .fetch_optional(conn)
            .await?
        }
    })
}

/// Notes what it became, and that these photos are made.
pub(super) async fn became(conn: &mut SqliteConnection, id: Id, photos: &[Id]) -> Result<()> {
    let photos = serde_json::to_string(photos)?;
    sqlx::query!("DELETE FROM composition_photo WHERE composition_id = ?1", id)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO composition_photo (composition_id, page, photo_id) SELECT ?1, key, value FROM json_each(?2)",
        id,
        photos
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE photo SET made = 1 WHERE id IN (SELECT value FROM json_each(?1))",
        photos
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn delete(conn: &mut SqliteConnection, id: Id) -> Result<bool> {
    let done = sqlx::query!("DELETE FROM composition WHERE id = ?1", id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// What was drawn into the pictures with these bytes.
pub(super) async fn words(db: &SqlitePool, hashes: &[&str]) -> Result<HashMap<String, Vec<String>>> {
    let hashes = serde_json::to_string(hashes)?;
    let found = sqlx::query!(
        r#"SELECT hash AS "hash!", words FROM composition_words WHERE hash IN (SELECT value FROM json_each(?1))"#,
        hashes
    );
    found
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|row| Ok((row.hash, serde_json::from_str(&row.words)?)))
        .collect()
}

pub(super) async fn keep_words(
    conn: &mut SqliteConnection,
    hashes: &[String],
    words: &[String],
) -> Result<()> {
    let (hashes, words) = (serde_json::to_string(hashes)?, serde_json::to_string(words)?);
    sqlx::query!(
        "INSERT INTO composition_words (hash, words) SELECT value, ?2 FROM json_each(?1) WHERE true
         ON CONFLICT (hash) DO UPDATE SET words = excluded.words",
        hashes,
        words
    )
    .execute(conn)
    .await?;
    Ok(())
}

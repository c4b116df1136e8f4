//! The SQL of which of two files of one picture was there first.

use std::collections::HashMap;

use sqlx::{SqliteConnection, SqlitePool};

use super::store::json;
use crate::{error::Result, value::Id};

/// What was made out among these photos: by pair, the smaller id before the larger, the first of the two or that it cannot be told.
pub(super) async fn first(pool: &SqlitePool, ids: &[Id]) -> Result<HashMap<(Id, Id), Option<Id>>> {
    let ids = json(ids);
    let rows = sqlx::query!(
        r#"SELECT photo_id AS "photo!", other_id AS "other!", first_id AS first FROM photo_resaved
           WHERE photo_id IN (SELECT value FROM json_each(?1)) AND other_id IN (SELECT value FROM json_each(?1))"#,
        ids
    );
    let rows = rows.fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.photo, row.other), row.first))
        .collect())
}

/// Keeps what was made out; of photos that are gone by now nothing is kept.
pub(super) async fn put_first(conn: &mut SqliteConnection, pairs: &[((Id, Id), Option<Id>)]) -> Result<()> {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|((photo, other), first)| (photo, other, first))
        .collect();
    let pairs = serde_json::to_string(&pairs)?;
    sqlx::query!(
        "INSERT INTO photo_resaved (photo_id, other_id, first_id)
         SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)
         WHERE value ->> 0 IN (SELECT id FROM photo) AND value ->> 1 IN (SELECT id FROM photo)
         ON CONFLICT (photo_id, other_id) DO UPDATE SET first_id = excluded.first_id",
        pairs
    )
    .execute(conn)
    .await?;
    Ok(())
}

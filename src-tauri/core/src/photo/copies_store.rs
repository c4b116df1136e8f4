//! The SQL of copies: what brands' and buyers' pictures are found by, and which photos show them.

use std::collections::HashMap;

use serde::Serialize;
use sqlx::{SqliteConnection, SqlitePool};

use super::{copies::How, store::json};
use crate::{error::Result, value::Id};

/// What was found of a photo and another picture; a row as JSON.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Found {
    pub photo: Id,
    /// Of the other picture.
    pub hash: String,
    pub same: bool,
    pub how: How,
}

/// Notes pictures of brands and buyers that were not known yet.
pub(super) async fn know(conn: &mut SqliteConnection, hashes: &[&str]) -> Result<()> {
    let hashes = serde_json::to_string(hashes)?;
    sqlx::query!(
        "INSERT INTO photo_theirs_known (hash) SELECT value FROM json_each(?) WHERE true ON CONFLICT (hash) DO NOTHING",
        hashes
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// In which order pictures became known, by hash.
pub(super) async fn known(pool: &SqlitePool) -> Result<HashMap<String, i64>> {
    let rows = sqlx::query!(r#"SELECT seq AS "seq!", hash FROM photo_theirs_known"#);
    let rows = rows.fetch_all(pool).await?.into_iter();
    Ok(rows.map(|row| (row.hash, row.seq)).collect())
}

/// Up to which of the known pictures these photos were compared; 0 for none.
pub(super) async fn compared(pool: &SqlitePool, ids: &[Id]) -> Result<HashMap<Id, i64>> {
    let ids = json(ids);
    let rows = sqlx::query!(
        r#"SELECT photo_id AS "photo_id!", upto FROM photo_compared WHERE photo_id IN (SELECT value FROM json_each(?))"#,
        ids
    );
    let rows = rows.fetch_all(pool).await?.into_iter();
    Ok(rows.map(|row| (row.photo_id, row.upto)).collect())
}

/// What these photos were found to show.
pub(super) async fn copies(pool: &SqlitePool, ids: &[Id]) -> Result<Vec<Found>> {
    let ids = json(ids);
    Ok(sqlx::query_as!(
        Found,
        r#"SELECT photo_id AS photo, hash, same AS "same: bool", how AS "how: How" FROM photo_copy
           WHERE photo_id IN (SELECT value FROM json_each(?)) ORDER BY photo_id, same DESC, hash"#,
        ids
    )
    .fetch_all(pool)
    .await?)
}

/// Keeps what was found, and up to which of the known pictures these photos are compared now.
pub(super) async fn keep(conn: &mut SqliteConnection, ids: &[Id], upto: i64, found: &[Found]) -> Result<()> {
    let (ids, found) = (json(ids), serde_json::to_string(found)?);
    sqlx::query!(
        "INSERT INTO photo_compared (photo_id, upto) SELECT id, ?2 FROM photo WHERE id IN (SELECT value FROM json_each(?1))
         ON CONFLICT (photo_id) DO UPDATE SET upto = excluded.upto",
        ids,
        upto
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO photo_copy (photo_id, hash, same, how)
         SELECT value ->> 'photo', value ->> 'hash', value ->> 'same', value ->> 'how' FROM json_each(?)
         WHERE value ->> 'photo' IN (SELECT id FROM photo)
         ON CONFLICT (photo_id, hash) DO UPDATE SET same = excluded.same, how = excluded.how",
        found
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What pictures of brands and buyers are found by, of those in the library and of those deleted for good, by hash; pictures that were
/// never looked at are absent.
pub(super) async fn points(pool: &SqlitePool, hashes: &[&str]) -> Result<HashMap<String, Vec<u8>>> {
    let hashes = serde_json::to_string(hashes)?;
    let rows = sqlx::query!(
        r#"SELECT hash AS "hash!", points AS "points!" FROM photo_points JOIN photo ON photo.id = photo_id
           WHERE hash IN (SELECT value FROM json_each(?1))
           UNION ALL
           SELECT hash, points FROM photo_theirs WHERE hash IN (SELECT value FROM json_each(?1))
             AND hash NOT IN (SELECT hash FROM photo JOIN photo_points ON photo_id = photo.id)"#,
        hashes
    );
    let rows = rows.fetch_all(pool).await?.into_iter();
    Ok(rows.map(|row| (row.hash, row.points)).collect())
}

/// Keeps what pictures are found by: a JSON list of `{id, points}`, the points in hex.
pub(super) async fn put_points(conn: &mut SqliteConnection, points: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO photo_points (photo_id, points) SELECT value ->> 'id', unhex(value ->> 'points') FROM json_each(?)
         WHERE value ->> 'id' IN (SELECT id FROM photo)
         ON CONFLICT (photo_id) DO UPDATE SET points = excluded.points",
        points
    )
    .execute(conn)
    .await?;
    Ok(())
}

//! The SQL of publications.

use sqlx::{SqliteConnection, SqlitePool};

use super::Publication;
use crate::{
    channel,
    error::Result,
    value::{Id, Time},
};

/// `removed`: those that were taken away as well.
pub(super) async fn list(
    pool: &SqlitePool,
    id: Option<Id>,
    post: Option<Id>,
    removed: bool,
) -> Result<Vec<Publication>> {
    let without = serde_json::to_string(&channel::without_receipt())?;
    Ok(sqlx::query_file_as!(
        Publication,
        "src/publication/list.sql",
        id,
        post,
        removed,
        without
    )
    .fetch_all(pool)
    .await?)
}

/// A publication as it is written.
pub(super) struct Row<'a> {
    pub post: Id,
    pub channel: Id,
    pub at: Time,
    pub url: &'a str,
    pub note_id: &'a str,
}

/// The same publication recorded before: `(id, post)`. The same link or note on a channel, or the same post there at the same moment.
pub(super) async fn same(conn: &mut SqliteConnection, row: &Row<'_>, except: Id) -> Result<Option<(Id, Id)>> {
    let same = sqlx::query!(
        r#"SELECT id AS "id!", post_id FROM publication
           WHERE channel_id = ?1 AND id <> ?6 AND removed_at IS NULL
             AND ((?2 <> '' AND url = ?2) OR (?3 <> '' AND note_id = ?3) OR (post_id = ?4 AND published_at = ?5))
           ORDER BY id LIMIT 1"#,
        row.channel,
        row.url,
        row.note_id,
        row.post,
        row.at,
        except
    );
    Ok(same.fetch_optional(conn).await?.map(|row| (row.id, row.post_id)))
}

/// Records a publication, with the newest bundle that was written for it.
pub(super) async fn insert(conn: &mut SqliteConnection, row: &Row<'_>, now: Time) -> Result<Id> {
    let id = sqlx::query_scalar!(
        r#"INSERT INTO publication (post_id, channel_id, published_at, url, note_id, bundle_id, created_at)
           VALUES (?1, ?2, ?3, ?4, ?5, (SELECT max(id) FROM bundle WHERE post_id = ?1 AND channel_id = ?2), ?6)
           RETURNING id AS "id!""#,
        row.post,
        row.channel,
        row.at,
        row.url,
        row.note_id,
        now
    );
    Ok(id.fetch_one(conn).await?)
}

pub(super) async fn update(
    conn: &mut SqliteConnection,
    id: Id,
    at: Time,
    url: &str,
    note_id: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE publication SET published_at = ?, url = ?, note_id = ? WHERE id = ?",
        at,
        url,
        note_id,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// When a record was taken away; `None` puts it back.
pub(super) async fn set_removed(conn: &mut SqliteConnection, id: Id, at: Option<Time>) -> Result<()> {
    sqlx::query!("UPDATE publication SET removed_at = ? WHERE id = ?", at, id)
        .execute(conn)
        .await?;
    Ok(())
}

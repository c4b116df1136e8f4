//! The SQL of edits.

use sqlx::{SqliteConnection, SqlitePool};

use crate::{
    error::Result,
    value::{Id, Time},
};

/// A kept list.
pub(super) struct Kept {
    pub id: Id,
    /// 0: for all.
    pub channel: Id,
    /// JSON, empty for none.
    pub edits: String,
    pub created_at: Time,
}

/// The list that holds for a photo on a channel (0: for all): its own, else the one for all.
pub(super) async fn present(pool: &SqlitePool, photo: Id, channel: Id) -> Result<Option<Kept>> {
    Ok(
        sqlx::query_file_as!(Kept, "src/retouch/present.sql", photo, channel)
            .fetch_optional(pool)
            .await?,
    )
}

/// The lists for all of these photos; those never edited are not among them.
pub(super) async fn of_all(pool: &SqlitePool, photos: &[Id]) -> Result<Vec<(Id, String)>> {
    let photos = serde_json::to_string(photos)?;
    let rows = sqlx::query!(
        r#"SELECT photo_id, edits FROM photo_edit
           WHERE id IN (SELECT max(id) FROM photo_edit WHERE channel_id = 0
                          AND photo_id IN (SELECT value FROM json_each(?1)) GROUP BY photo_id)"#,
        photos
    );
    let rows = rows.fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| (row.photo_id, row.edits)).collect())
}

/// Channels with a list of their own for this photo.
pub(super) async fn channels(pool: &SqlitePool, photo: Id) -> Result<Vec<Id>> {
    Ok(sqlx::query_scalar!(
        "SELECT channel_id FROM photo_edit
         WHERE id IN (SELECT max(id) FROM photo_edit WHERE photo_id = ?1 AND channel_id <> 0 GROUP BY channel_id)
           AND edits <> '' ORDER BY channel_id",
        photo
    )
    .fetch_all(pool)
    .await?)
}

/// The lists of a photo for a channel, newest first.
pub(super) async fn history(pool: &SqlitePool, photo: Id, channel: Id) -> Result<Vec<Kept>> {
    Ok(sqlx::query_as!(
        Kept,
        r#"SELECT id AS "id!", channel_id AS channel, edits, created_at AS "created_at: Time" FROM photo_edit
           WHERE photo_id = ?1 AND channel_id = ?2 ORDER BY id DESC"#,
        photo,
        channel
    )
    .fetch_all(pool)
    .await?)
}

/// The newest list of a photo for exactly this channel.
pub(super) async fn newest(conn: &mut SqliteConnection, photo: Id, channel: Id) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "SELECT edits FROM photo_edit WHERE photo_id = ?1 AND channel_id = ?2 ORDER BY id DESC LIMIT 1",
        photo,
        channel
    )
    .fetch_optional(conn)
    .await?)
}

/// Adds lists in one statement: a JSON array of `{photo, edits}`.
pub(super) async fn insert(conn: &mut SqliteConnection, rows: &str, channel: Id, now: Time) -> Result<()> {
    sqlx::query!(
        "INSERT INTO photo_edit (photo_id, channel_id, edits, created_at)
         SELECT value ->> 'photo', ?2, value ->> 'edits', ?3 FROM json_each(?1)",
        rows,
        channel,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the oldest lists of a photo go, so that no more than `keep` are left for a channel.
pub(super) async fn shorten(conn: &mut SqliteConnection, photo: Id, channel: Id, keep: i64) -> Result<()> {
    sqlx::query!(
        "DELETE FROM photo_edit WHERE photo_id = ?1 AND channel_id = ?2 AND id <
            (SELECT id FROM photo_edit WHERE photo_id = ?1 AND channel_id = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3 - 1)",
        photo,
        channel,
        keep
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Content hashes of all edited photos.
pub(super) async fn hashes(pool: &SqlitePool) -> Result<Vec<String>> {
    Ok(
        sqlx::query_scalar!("SELECT hash FROM photo WHERE id IN (SELECT photo_id FROM photo_edit)")
            .fetch_all(pool)
            .await?,
    )
}

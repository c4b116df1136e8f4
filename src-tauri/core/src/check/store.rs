//! The SQL of what was found in pictures.

use sqlx::{SqliteConnection, SqlitePool};

use crate::{error::Result, value::Id};

/// A state of a photo.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub photo: Id,
    /// Milliseconds; 0 without edits.
    pub edited_at: i64,
    /// 0: the edits for all.
    pub channel: Id,
}

/// What its QR codes say; `None` when nobody has looked yet.
pub(super) async fn codes(db: &SqlitePool, look: Look) -> Result<Option<Vec<String>>> {
    let found = sqlx::query_scalar!(
        "SELECT found FROM photo_code WHERE photo_id = ?1 AND edited_at = ?2 AND channel_id = ?3",
        look.photo,
        look.edited_at,
        look.channel
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(|found| serde_json::from_str(&found)).transpose()?)
}

pub(super) async fn keep_codes(conn: &mut SqliteConnection, look: Look, found: &[String]) -> Result<()> {
    let found = serde_json::to_string(found)?;
    sqlx::query!(
        "INSERT INTO photo_code (photo_id, edited_at, channel_id, found) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (photo_id, edited_at, channel_id) DO UPDATE SET found = excluded.found",
        look.photo,
        look.edited_at,
        look.channel,
        found
    )
    .execute(conn)
    .await?;
    Ok(())
}

//! The SQL of the journal.

use sqlx::{SqliteConnection, SqlitePool};

use super::super::{Version, journal::State};
use crate::{
    error::Result,
    value::{Id, Time},
};

struct Row {
    id: Id,
    post: Id,
    channel: Option<Id>,
    kind: String,
    label: String,
    title: String,
    body: String,
    products: String,
    photos: String,
    begun_at: Time,
    saved_at: Time,
    taken_away: i64,
}

impl TryFrom<Row> for Version {
    type Error = crate::error::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            post: row.post,
            channel: row.channel,
            kind: row.kind,
            label: row.label,
            title: row.title,
            body: row.body,
            products: serde_json::from_str(&row.products)?,
            photos: serde_json::from_str(&row.photos)?,
            begun_at: row.begun_at,
            saved_at: row.saved_at,
        })
    }
}

/// Newest first.
pub(in crate::post) async fn versions(db: &SqlitePool, post: Id) -> Result<Vec<Version>> {
    let rows = sqlx::query_file_as!(Row, "src/post/versions.sql", post, None::<Id>, None::<Id>)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(Version::try_from).collect()
}

pub(in crate::post) async fn version(
    conn: &mut SqliteConnection,
    post: Id,
    id: Id,
) -> Result<Option<Version>> {
    let row = sqlx::query_file_as!(Row, "src/post/versions.sql", post, id, None::<Id>)
        .fetch_optional(conn)
        .await?;
    row.map(Version::try_from).transpose()
}

/// The last kept state of the post's own text or of a channel's wording, and how many characters were taken away within it.
pub(in crate::post) async fn last_version(
    conn: &mut SqliteConnection,
    post: Id,
    channel: Option<Id>,
) -> Result<Option<(Version, i64)>> {
    // Ids begin at 1: 0 is the post's own text.
    let channel = channel.unwrap_or_default();
    let row = sqlx::query_file_as!(Row, "src/post/versions.sql", post, None::<Id>, channel)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let taken_away = row.taken_away;
        Ok((Version::try_from(row)?, taken_away))
    })
    .transpose()
}

pub(in crate::post) async fn insert_version(
    conn: &mut SqliteConnection,
    post: Id,
    channel: Option<Id>,
    kind: &str,
    label: &str,
    state: &State,
    now: Time,
) -> Result<Version> {
    let products = serde_json::to_string(&state.products)?;
    let photos = serde_json::to_string(&state.photos)?;
    sqlx::query_file_as!(
        Row,
        "src/post/insert_version.sql",
        post,
        channel,
        kind,
        label,
        state.title,
        state.body,
        products,
        photos,
        now
    )
    .fetch_one(conn)
    .await?
    .try_into()
}

pub(in crate::post) async fn extend_version(
    conn: &mut SqliteConnection,
    id: Id,
    state: &State,
    taken_away: i64,
    now: Time,
) -> Result<()> {
    let products = serde_json::to_string(&state.products)?;
    let photos = serde_json::to_string(&state.photos)?;
    sqlx::query!(
        "UPDATE post_version
         SET title = ?2, body = ?3, products = ?4, photos = ?5, taken_away = ?6, saved_at = ?7 WHERE id = ?1",
        id,
        state.title,
        state.body,
        products,
        photos,
        taken_away,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

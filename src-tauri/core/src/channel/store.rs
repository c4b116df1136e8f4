//! The SQL of channels and of the user's own figures.

use sqlx::{SqliteConnection, SqlitePool};

use super::{Channel, rules::platform_name};
use crate::{
    error::{Error, Result},
    value::{Id, Time},
};

struct Row {
    id: Id,
    platform: String,
    name: String,
    own_shop: bool,
    archived: bool,
}

impl From<Row> for Channel {
    fn from(row: Row) -> Self {
        Self {
            platform_name: platform_name(&row.platform),
            id: row.id,
            platform: row.platform,
            name: row.name,
            own_shop: row.own_shop,
            archived: row.archived,
        }
    }
}

pub(super) async fn insert(
    conn: &mut SqliteConnection,
    platform: &str,
    name: &str,
    own_shop: bool,
    now: Time,
) -> Result<Channel> {
    Ok(
        sqlx::query_file_as!(Row, "src/channel/insert.sql", platform, name, own_shop, now)
            .fetch_one(conn)
            .await?
            .into(),
    )
}

pub(super) async fn get(db: &SqlitePool, id: Id) -> Result<Channel> {
    sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!", platform, name, own_shop AS "own_shop: bool", archived AS "archived: bool"
           FROM channel WHERE id = ?1"#,
        id
    )
    .fetch_optional(db)
    .await?
    .map(Channel::from)
    .ok_or_else(|| Error::not_found("渠道", id))
}

pub(super) async fn list(db: &SqlitePool) -> Result<Vec<Channel>> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!", platform, name, own_shop AS "own_shop: bool", archived AS "archived: bool"
           FROM channel ORDER BY archived, id"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Channel::from).collect())
}

pub(super) async fn update(
    conn: &mut SqliteConnection,
    id: Id,
    name: Option<&str>,
    own_shop: Option<bool>,
    archived: Option<bool>,
) -> Result<Channel> {
    sqlx::query_file_as!(Row, "src/channel/update.sql", id, name, own_shop, archived)
        .fetch_optional(conn)
        .await?
        .map(Channel::from)
        .ok_or_else(|| Error::not_found("渠道", id))
}

/// The user's own figures of a platform as (rule, value).
pub(super) async fn overrides(db: &SqlitePool, platform: &str) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "SELECT rule, value FROM channel_override WHERE platform = ?1 ORDER BY rule",
        platform
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.rule, row.value)).collect())
}

pub(super) async fn put_override(
    conn: &mut SqliteConnection,
    platform: &str,
    rule: &str,
    value: &str,
    reason: &str,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO channel_override (platform, rule, value, reason, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (platform, rule)
         DO UPDATE SET value = excluded.value, reason = excluded.reason, created_at = excluded.created_at",
        platform,
        rule,
        value,
        reason,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn remove_override(conn: &mut SqliteConnection, platform: &str, rule: &str) -> Result<()> {
    sqlx::query!(
        "DELETE FROM channel_override WHERE platform = ?1 AND rule = ?2",
        platform,
        rule
    )
    .execute(conn)
    .await?;
    Ok(())
}

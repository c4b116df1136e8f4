//! The SQL of bundles.

use sqlx::{SqliteConnection, SqlitePool};

use super::BundleRecord;
use crate::{
    error::Result,
    value::{Id, Time},
};

pub(super) async fn list(pool: &SqlitePool, post: Option<Id>) -> Result<Vec<BundleRecord>> {
    let records = sqlx::query_as!(
        BundleRecord,
        r#"SELECT id AS "id!", post_id AS post, channel_id AS channel, path, override_reason, created_at AS "created_at: Time"
           FROM bundle WHERE ?1 IS NULL OR post_id = ?1 ORDER BY created_at DESC, id DESC"#,
        post
    );
    Ok(records.fetch_all(pool).await?)
}

/// A bundle as it is recorded.
pub(super) struct Row<'a> {
    pub post: Id,
    pub channel: Id,
    pub path: &'a str,
    pub manifest: &'a str,
    pub findings: &'a str,
    pub override_reason: &'a str,
}

pub(super) async fn insert(conn: &mut SqliteConnection, row: &Row<'_>, now: Time) -> Result<Id> {
    let id = sqlx::query_scalar!(
        r#"INSERT INTO bundle (post_id, channel_id, path, manifest, findings, override_reason, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!""#,
        row.post,
        row.channel,
        row.path,
        row.manifest,
        row.findings,
        row.override_reason,
        now
    );
    Ok(id.fetch_one(conn).await?)
}

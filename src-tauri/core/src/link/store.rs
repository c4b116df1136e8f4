//! The SQL of links.

use sqlx::{SqliteConnection, SqlitePool};

use super::{Link, LinkFilter, LinkKind};
use crate::{
    error::Result,
    value::{Id, Time},
};

pub(super) async fn get(pool: &SqlitePool, id: Id) -> Result<Option<Link>> {
    Ok(sqlx::query_file_as!(Link, "src/link/get.sql", id)
        .fetch_optional(pool)
        .await?)
}

pub(super) async fn list(pool: &SqlitePool, filter: &LinkFilter) -> Result<Vec<Link>> {
    let (post, channel, product) = (filter.post, filter.channel, filter.product);
    Ok(
        sqlx::query_file_as!(Link, "src/link/list.sql", post, channel, product)
            .fetch_all(pool)
            .await?,
    )
}

/// What stays of a link whatever is asked later.
pub(super) struct Known {
    pub id: Id,
    pub code: String,
    pub kind: LinkKind,
    pub destination: String,
    /// With UTM; empty where the kind has none.
    pub url: String,
    pub coupon: Option<String>,
}

pub(super) async fn known(
    conn: &mut SqliteConnection,
    post: Id,
    channel: Id,
    product: Id,
) -> Result<Option<Known>> {
    let known = sqlx::query_as!(
        Known,
        r#"SELECT id AS "id!", code, kind AS "kind: LinkKind", destination, url, coupon FROM link
           WHERE post_id = ? AND channel_id = ? AND product_id = ?"#,
        post,
        channel,
        product
    );
    Ok(known.fetch_optional(conn).await?)
}

/// How many links a post has.
pub(super) async fn count(conn: &mut SqliteConnection, post: Id) -> Result<usize> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!: i64" FROM link WHERE post_id = ?"#,
        post
    );
    Ok(usize::try_from(count.fetch_one(conn).await?).unwrap_or(0))
}

/// Another link that this word, as a code or coupon (both as [`crate::value::same_code`] has them), stands for or ever stood for.
pub(super) async fn holder(conn: &mut SqliteConnection, word: &str, except: Id) -> Result<Option<String>> {
    let holder = sqlx::query_scalar!(
        "SELECT code FROM link WHERE id <> ?2 AND (code = ?1 OR id IN (SELECT link_id FROM link_coupon WHERE code = ?1)) LIMIT 1",
        word,
        except
    );
    Ok(holder.fetch_optional(conn).await?)
}

/// A link as it is written.
pub(super) struct Row<'a> {
    pub code: &'a str,
    pub kind: LinkKind,
    pub destination: &'a str,
    pub url: &'a str,
    pub coupon: Option<&'a str>,
    pub post: Id,
    pub channel: Id,
    pub product: Id,
}

/// Adds a link, or gives the one of the same (post, channel, product) its new destination, kind and coupon.
pub(super) async fn put(conn: &mut SqliteConnection, row: &Row<'_>, now: Time) -> Result<Id> {
    let id = sqlx::query_file_scalar!(
        "src/link/put.sql",
        row.code,
        row.kind,
        row.destination,
        row.url,
        row.coupon,
        row.post,
        row.channel,
        row.product,
        now
    );
    Ok(id.fetch_one(conn).await?)
}

/// Keeps that this coupon, as [`crate::value::same_code`] has it, stands, or once stood, for the link.
pub(super) async fn keep_coupon(conn: &mut SqliteConnection, id: Id, coupon: &str, now: Time) -> Result<()> {
    sqlx::query!(
        "INSERT INTO link_coupon (code, link_id, created_at) SELECT ?1, ?2, ?3
         WHERE NOT EXISTS (SELECT 1 FROM link_coupon WHERE code = ?1 AND link_id = ?2)",
        coupon,
        id,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// When a link was taken off the lists; `None` puts it back.
pub(super) async fn set_removed(conn: &mut SqliteConnection, id: Id, at: Option<Time>) -> Result<()> {
    sqlx::query!("UPDATE link SET removed_at = ? WHERE id = ?", at, id)
        .execute(conn)
        .await?;
    Ok(())
}

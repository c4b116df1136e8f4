//! SQL of the day: it reads from everything and writes nothing.

use std::collections::HashMap;

use sqlx::SqlitePool;

use super::TodoKind;
use crate::{
    channel,
    error::Result,
    value::{Id, Time},
};

/// A thing to do and since when it waits.
pub(super) struct Waiting {
    pub kind: TodoKind,
    pub id: Id,
    pub about: Id,
    pub title: String,
    pub since: Time,
    pub cover: Option<Id>,
}

pub(super) async fn waiting(pool: &SqlitePool) -> Result<Vec<Waiting>> {
    let without = serde_json::to_string(&channel::without_receipt())?;
    Ok(sqlx::query_file_as!(Waiting, "src/today/todos.sql", without)
        .fetch_all(pool)
        .await?)
}

/// A picture for each of these trials.
pub(super) async fn covers(pool: &SqlitePool, trials: &[Id]) -> Result<HashMap<Id, Option<Id>>> {
    let trials = serde_json::to_string(trials)?;
    let rows = sqlx::query_file!("src/today/covers.sql", trials)
        .fetch_all(pool)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.cover)).collect())
}

pub(super) struct Counts {
    pub new_orders: i64,
    pub new_net: i64,
    pub new_refunds: i64,
    pub products: i64,
    pub photos: i64,
    pub posts: i64,
    pub publications: i64,
}

/// Orders taken in and refunds seen after `since`; the net in one currency only.
pub(super) async fn counts(pool: &SqlitePool, since: Time, currency: &str) -> Result<Counts> {
    Ok(
        sqlx::query_file_as!(Counts, "src/today/counts.sql", since, currency)
            .fetch_one(pool)
            .await?,
    )
}

/// The currency most of the new orders are in.
pub(super) async fn currency(pool: &SqlitePool, since: Time) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT currency FROM "order" WHERE created_at > ?1 GROUP BY currency ORDER BY COUNT(*) DESC LIMIT 1"#,
        since
    )
    .fetch_optional(pool)
    .await?)
}

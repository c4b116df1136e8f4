//! Touches in SQL.

use sqlx::SqlitePool;

use super::{Tier, Touch};
use crate::{
    error::Result,
    value::{Id, Time},
};

/// First touch first; of equals the surer and newer one is last, as the order list has it too.
pub(super) async fn of_order(db: &SqlitePool, order: Id) -> Result<Vec<Touch>> {
    Ok(sqlx::query_file_as!(Touch, "src/attribution/of_order.sql", order)
        .fetch_all(db)
        .await?)
}

pub(super) async fn placed(db: &SqlitePool, from: Time, to: Time) -> Result<Vec<Touch>> {
    Ok(
        sqlx::query_file_as!(Touch, "src/attribution/placed.sql", from, to)
            .fetch_all(db)
            .await?,
    )
}

pub(super) async fn exists(db: &SqlitePool, order: Id) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM "order" WHERE id = ?1) AS "is!: bool""#,
        order
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn lines(db: &SqlitePool, order: Id) -> Result<Vec<Id>> {
    Ok(
        sqlx::query_scalar!("SELECT id FROM order_line WHERE order_id = ?1 ORDER BY id", order)
            .fetch_all(db)
            .await?,
    )
}

//! Touches in SQL.

use sqlx::SqlitePool;

use super::{Tier, Touch};
use crate::{
    error::Result,
    value::{Id, Time},
};

/// The touches of orders (a JSON array of ids). First touch first; of equals the surer and newer one is last, as the order
/// list has it too.
pub(super) async fn of_orders(db: &SqlitePool, orders: &str) -> Result<Vec<Touch>> {
    Ok(
        sqlx::query_file_as!(Touch, "src/attribution/of_orders.sql", orders)
            .fetch_all(db)
            .await?,
    )
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

/// The lines of orders (a JSON array of ids), each after its order.
pub(super) async fn lines(db: &SqlitePool, orders: &str) -> Result<Vec<(Id, Id)>> {
    let rows = sqlx::query!(
        r#"SELECT order_id, id AS "id!" FROM order_line WHERE order_id IN (SELECT value FROM json_each(?1)) ORDER BY id"#,
        orders
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.order_id, row.id)).collect())
}

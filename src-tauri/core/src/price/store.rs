//! SQL of the price log: rows are only ever added, and marked where they were noted wrongly.

use sqlx::{SqliteConnection, SqlitePool};

use super::{Price, PriceKind};
use crate::{
    error::Result,
    value::{Id, Time},
};

pub(super) async fn insert(conn: &mut SqliteConnection, p: &Price) -> Result<Id> {
    Ok(sqlx::query_file_scalar!(
        "src/price/insert.sql",
        p.product,
        p.amount,
        p.currency,
        p.kind,
        p.seen_at,
        p.place,
        p.conditions,
        p.photo,
        p.created_at
    )
    .fetch_one(conn)
    .await?)
}

pub(super) async fn list(pool: &SqlitePool, product: Id) -> Result<Vec<Price>> {
    Ok(sqlx::query_file_as!(Price, "src/price/list.sql", product, false)
        .fetch_all(pool)
        .await?)
}

pub(super) async fn has_photo(conn: &mut SqliteConnection, photo: Id) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM photo WHERE id = ?1 AND trashed_at IS NULL) AS "is!: bool""#,
        photo
    )
    .fetch_one(conn)
    .await?)
}

pub(super) async fn withdrawn(pool: &SqlitePool, product: Id) -> Result<Vec<Price>> {
    Ok(sqlx::query_file_as!(Price, "src/price/list.sql", product, true)
        .fetch_all(pool)
        .await?)
}

/// Marks a price, or takes the mark off. Answers whether that changed anything.
pub(super) async fn set_withdrawn(conn: &mut SqliteConnection, id: Id, at: Option<Time>) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE price SET withdrawn_at = ?2 WHERE id = ?1 AND (withdrawn_at IS NULL) = (?2 IS NOT NULL)",
        id,
        at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

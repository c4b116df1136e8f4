//! Reports in SQL: the facts; the arithmetic is in `sum.rs`.

use sqlx::SqlitePool;

use crate::{
    error::Result,
    order::Status,
    value::{Id, Time},
};

/// An order's money.
pub(super) struct Order {
    pub id: Id,
    pub number: String,
    pub shop_name: String,
    pub status: Status,
    pub placed_at: Time,
    pub currency: String,
    pub gross: i64,
    pub refunded: i64,
    pub commission_estimated: Option<i64>,
    pub commission_settled: Option<i64>,
    /// It carries a tag, ours or not.
    pub tagged: bool,
}

/// A line's money and product.
pub(super) struct Line {
    pub order: Id,
    pub product: Option<Id>,
    pub amount: i64,
    pub refunded: i64,
}

/// What a row is called.
pub(super) struct Face {
    pub id: Id,
    pub title: String,
    pub note: String,
    pub cover: Option<Id>,
}

pub(super) async fn orders(db: &SqlitePool, from: Time, to: Time) -> Result<Vec<Order>> {
    Ok(sqlx::query_as!(
        Order,
        r#"SELECT o.id, o.number, s.name AS shop_name, o.status AS "status: Status", o.placed_at AS "placed_at: Time",
               o.currency, o.gross, o.refunded, o.commission_estimated, o.commission_settled,
               EXISTS (SELECT 1 FROM order_tag t WHERE t.order_id = o.id) AS "tagged!: bool"
           FROM "order" o JOIN shop s ON s.id = o.shop_id
           WHERE o.placed_at >= ?1 AND o.placed_at < ?2 ORDER BY o.placed_at, o.id"#,
        from,
        to
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn lines(db: &SqlitePool, from: Time, to: Time) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"SELECT l.order_id AS "order", l.product_id AS product, l.amount, l.refunded
           FROM "order" o JOIN order_line l ON l.order_id = o.id
           WHERE o.placed_at >= ?1 AND o.placed_at < ?2 ORDER BY l.order_id, l.id"#,
        from,
        to
    )
    .fetch_all(db)
    .await?)
}

/// The newest moment at which a shop was read or a file taken in.
pub(super) async fn as_of(db: &SqlitePool) -> Result<Option<Time>> {
    Ok(
        sqlx::query_scalar!(r#"SELECT max(last_synced_at) AS "at: Time" FROM shop"#)
            .fetch_one(db)
            .await?,
    )
}

/// Posts with the channels they went out or have links on, and their first photo.
pub(super) async fn posts(db: &SqlitePool) -> Result<Vec<Face>> {
    Ok(sqlx::query_file_as!(Face, "src/report/posts.sql")
        .fetch_all(db)
        .await?)
}

pub(super) async fn channels(db: &SqlitePool) -> Result<Vec<Face>> {
    Ok(sqlx::query_as!(
        Face,
        r#"SELECT id, name AS title, '' AS "note!: String", NULL AS "cover: Id" FROM channel"#
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn products(db: &SqlitePool) -> Result<Vec<Face>> {
    Ok(sqlx::query_as!(
        Face,
        r#"SELECT id, name AS title, '' AS "note!: String", cover FROM product"#
    )
    .fetch_all(db)
    .await?)
}

//! Orders in SQL.

use sqlx::{SqliteConnection, SqlitePool};

use super::{Line, Order, OrderFilter, OrderSort, Refund, Status, Upserted};
use crate::{
    error::Result,
    value::{Id, Time},
};

/// What is known of an order that a source tells again.
pub(super) struct Known {
    pub source_key: String,
    pub content_hash: String,
    pub refunded: i64,
    pub source_updated_at: Option<Time>,
    pub has_buyer: bool,
    pub status: Status,
    pub gross: i64,
    pub commission_estimated: Option<i64>,
    pub commission_settled: Option<i64>,
}

pub(super) struct Written {
    pub id: Id,
    pub source_key: String,
}

/// An order as it is kept, to lay a file over.
pub(super) struct StoredOrder {
    pub source_key: String,
    pub number: String,
    pub status: Status,
    pub placed_at: Time,
    pub source_updated_at: Option<Time>,
    pub gross: i64,
    pub raw: String,
}

pub(super) struct StoredLine {
    /// Its order's key.
    pub order: String,
    pub source_key: String,
    pub sku: String,
    pub title: String,
    pub quantity: i64,
    pub amount: i64,
    pub refunded: i64,
    pub told: String,
}

/// An order without its lines and refunds.
pub(super) struct Row {
    pub id: Id,
    pub shop: Id,
    pub shop_name: String,
    pub number: String,
    pub status: Status,
    pub source_status: String,
    pub placed_at: Time,
    pub gross: i64,
    pub refunded: i64,
    pub currency: String,
    pub commission_estimated: Option<i64>,
    pub commission_settled: Option<i64>,
    pub tags: String,
    pub by_hand: bool,
}

/// `keys` is a JSON array of source keys.
pub(super) async fn known(db: &mut SqliteConnection, shop: Id, keys: &str) -> Result<Vec<Known>> {
    Ok(sqlx::query_as!(
        Known,
        r#"SELECT source_key, content_hash, refunded, source_updated_at AS "source_updated_at: Time",
               buyer IS NOT NULL AS "has_buyer!: bool", status AS "status: Status", gross, commission_estimated,
               commission_settled FROM "order"
           WHERE shop_id = ?1 AND source_key IN (SELECT value FROM json_each(?2))"#,
        shop,
        keys
    )
    .fetch_all(db)
    .await?)
}

/// `keys` is a JSON array of source keys.
pub(super) async fn stored(db: &mut SqliteConnection, shop: Id, keys: &str) -> Result<Vec<StoredOrder>> {
    Ok(sqlx::query_as!(
        StoredOrder,
        r#"SELECT source_key, number, status AS "status: Status", placed_at AS "placed_at: Time",
               source_updated_at AS "source_updated_at: Time", gross, raw FROM "order"
           WHERE shop_id = ?1 AND source_key IN (SELECT value FROM json_each(?2))"#,
        shop,
        keys
    )
    .fetch_all(db)
    .await?)
}

/// The lines of [`stored`] orders.
pub(super) async fn stored_lines(db: &mut SqliteConnection, shop: Id, keys: &str) -> Result<Vec<StoredLine>> {
    Ok(sqlx::query_as!(
        StoredLine,
        r#"SELECT o.source_key AS "order!", l.source_key AS "source_key!", l.sku AS "sku!", l.title AS "title!",
               l.quantity AS "quantity!", l.amount AS "amount!", l.refunded AS "refunded!", l.told AS "told!"
           FROM "order" o JOIN order_line l ON l.order_id = o.id
           WHERE o.shop_id = ?1 AND o.source_key IN (SELECT value FROM json_each(?2)) ORDER BY l.id"#,
        shop,
        keys
    )
    .fetch_all(db)
    .await?)
}

/// `rows` is a JSON array of orders with the column names as keys.
pub(super) async fn put(db: &mut SqliteConnection, shop: Id, rows: &str, now: Time) -> Result<Vec<Written>> {
    Ok(
        sqlx::query_file_as!(Written, "src/order/put.sql", shop, rows, now)
            .fetch_all(db)
            .await?,
    )
}

/// `orders` and `lines` are JSON arrays; what these orders had besides `lines` stays with quantity and amount 0.
pub(super) async fn put_lines(db: &mut SqliteConnection, shop: Id, orders: &str, lines: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE order_line SET quantity = 0, amount = 0, refunded = 0
         WHERE order_id IN (SELECT value FROM json_each(?1))",
        orders
    )
    .execute(&mut *db)
    .await?;
    sqlx::query_file!("src/order/put_lines.sql", shop, lines)
        .execute(db)
        .await?;
    Ok(())
}

/// As [`put_lines`]: a refund that was taken back stays with amount 0, and each keeps the moment it was first heard of.
pub(super) async fn put_refunds(
    db: &mut SqliteConnection,
    orders: &str,
    refunds: &str,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "UPDATE order_refund SET amount = 0, state = 'withdrawn' WHERE order_id IN (SELECT value FROM json_each(?1))",
        orders
    )
    .execute(&mut *db)
    .await?;
    sqlx::query_file!("src/order/put_refunds.sql", refunds, now)
        .execute(db)
        .await?;
    Ok(())
}

/// Replaces the tags of these orders.
pub(super) async fn put_tags(db: &mut SqliteConnection, orders: &str, tags: &str) -> Result<()> {
    sqlx::query!(
        "DELETE FROM order_tag WHERE order_id IN (SELECT value FROM json_each(?1))",
        orders
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "INSERT INTO order_tag (order_id, position, via, value)
         SELECT value ->> 'order_id', value ->> 'position', value ->> 'via', value ->> 'value' FROM json_each(?1)",
        tags
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the worth from orders that their shop has erased. Their hash goes too: when one comes back it is news, whatever it says.
pub(super) async fn erase(db: &mut SqliteConnection, shop: Id, keys: &str, now: Time) -> Result<u64> {
    let done = sqlx::query!(
        r#"UPDATE "order" SET status = 'invalid', source_status = '店铺里已删除', content_hash = '', updated_at = ?3
           WHERE shop_id = ?1 AND content_hash <> '' AND source_key IN (SELECT value FROM json_each(?2))"#,
        shop,
        keys,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn get(db: &SqlitePool, id: Id) -> Result<Option<Row>> {
    Ok(sqlx::query_file_as!(Row, "src/order/get.sql", id)
        .fetch_optional(db)
        .await?)
}

pub(super) async fn numbered(db: &SqlitePool, number: &str) -> Result<Vec<Row>> {
    Ok(sqlx::query_file_as!(Row, "src/order/numbered.sql", number)
        .fetch_all(db)
        .await?)
}

pub(super) async fn list(db: &SqlitePool, filter: &OrderFilter) -> Result<Vec<Row>> {
    let Bounds { from, to, text } = Bounds::of(filter);
    let limit = filter.limit.unwrap_or(-1);
    if (filter.sort, filter.ascending) != (OrderSort::Placed, false) {
        return Ok(sqlx::query_file_as!(
            Row,
            "src/order/list_sorted.sql",
            filter.shop,
            filter.status,
            from,
            to,
            text,
            filter.product,
            filter.post,
            filter.channel,
            limit,
            filter.offset,
            filter.sort,
            filter.ascending
        )
        .fetch_all(db)
        .await?);
    }
    Ok(sqlx::query_file_as!(
        Row,
        "src/order/list.sql",
        filter.shop,
        filter.status,
        from,
        to,
        text,
        filter.product,
        filter.post,
        filter.channel,
        limit,
        filter.offset
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn count(db: &SqlitePool, filter: &OrderFilter) -> Result<i64> {
    let Bounds { from, to, text } = Bounds::of(filter);
    Ok(sqlx::query_file_scalar!(
        "src/order/count.sql",
        filter.shop,
        filter.status,
        from,
        to,
        text,
        filter.product,
        filter.post,
        filter.channel
    )
    .fetch_one(db)
    .await?)
}

struct Bounds {
    from: Option<Time>,
    to: Option<Time>,
    text: String,
}

impl Bounds {
    fn of(filter: &OrderFilter) -> Self {
        let part = filter.text.trim();
        let part = part.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
        Self {
            from: filter.from.map(crate::value::Date::begins),
            to: filter.to.map(crate::value::Date::ends),
            text: if part.is_empty() {
                part
            } else {
                format!("%{part}%")
            },
        }
    }
}

/// The lines of orders (a JSON array of ids), each with its order's id.
pub(super) async fn lines(db: &SqlitePool, orders: &str) -> Result<Vec<(Id, Line)>> {
    let rows = sqlx::query!(
        "SELECT order_id, id, sku, title, product_id, quantity, amount, refunded FROM order_line
         WHERE order_id IN (SELECT value FROM json_each(?1)) ORDER BY id",
        orders
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let line = Line {
                id: r.id,
                sku: r.sku,
                title: r.title,
                product: r.product_id,
                quantity: r.quantity,
                amount: r.amount,
                refunded: r.refunded,
            };
            (r.order_id, line)
        })
        .collect())
}

/// The refunds of orders (a JSON array of ids), each with its order's id.
pub(super) async fn refunds(db: &SqlitePool, orders: &str) -> Result<Vec<(Id, Refund)>> {
    let rows = sqlx::query!(
        r#"SELECT order_id, amount, state, reason, refunded_at AS "at: Time" FROM order_refund
           WHERE order_id IN (SELECT value FROM json_each(?1)) ORDER BY refunded_at, id"#,
        orders
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            (
                r.order_id,
                Refund {
                    amount: r.amount,
                    state: r.state,
                    reason: r.reason,
                    at: r.at,
                },
            )
        })
        .collect())
}

/// The shop that orders from files of one kind belong to, and whether it was made just now.
pub(super) async fn file_shop(db: &mut SqliteConnection, title: &str, now: Time) -> Result<(Id, bool)> {
    // A real shop may have taken the name.
    let other = format!("{title}（文件）");
    let known = sqlx::query_scalar!(
        r#"SELECT id AS "id!: Id" FROM shop WHERE kind = 'file' AND name IN (?1, ?2) ORDER BY id LIMIT 1"#,
        title,
        other
    )
    .fetch_optional(&mut *db)
    .await?;
    if let Some(id) = known {
        return Ok((id, false));
    }
    let id = sqlx::query_scalar!(
        r#"INSERT INTO shop (kind, name, created_at)
           VALUES ('file', CASE WHEN EXISTS (SELECT 1 FROM shop WHERE name = ?1) THEN ?2 ELSE ?1 END, ?3)
           RETURNING id AS "id!: Id""#,
        title,
        other,
        now
    )
    .fetch_one(db)
    .await?;
    Ok((id, true))
}

/// Notes an import in the shop's history.
pub(super) async fn imported(db: &mut SqliteConnection, shop: Id, done: &Upserted, now: Time) -> Result<()> {
    sqlx::query!(
        "INSERT INTO shop_sync (shop_id, started_at, new, updated, unchanged, refunds) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        shop,
        now,
        done.new,
        done.updated,
        done.unchanged,
        done.refunds
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("UPDATE shop SET last_synced_at = ?2 WHERE id = ?1", shop, now)
        .execute(db)
        .await?;
    Ok(())
}

/// `手记-2026-11-22-` and the first number that is free.
pub(super) async fn next_by_hand(db: &mut SqliteConnection, shop: Id, begins: &str) -> Result<String> {
    let taken = sqlx::query_scalar!(
        r#"SELECT coalesce(max(CAST(substr(number, length(?2) + 1) AS INTEGER)), 0) AS "most!: i64" FROM "order"
           WHERE shop_id = ?1 AND substr(number, 1, length(?2)) = ?2"#,
        shop,
        begins
    )
    .fetch_one(db)
    .await?;
    Ok(format!("{begins}{}", taken + 1))
}

pub(super) async fn is_number_taken(db: &mut SqliteConnection, shop: Id, number: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM "order" WHERE shop_id = ?1 AND number = ?2) AS "is!: bool""#,
        shop,
        number
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn id_by_key(db: &mut SqliteConnection, shop: Id, key: &str) -> Result<Option<Id>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM "order" WHERE shop_id = ?1 AND source_key = ?2"#,
        shop,
        key
    )
    .fetch_optional(db)
    .await?)
}

/// The source's key of an order.
pub(super) async fn key(db: &mut SqliteConnection, id: Id) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!(r#"SELECT source_key FROM "order" WHERE id = ?1"#, id)
            .fetch_optional(db)
            .await?,
    )
}

/// Says which product the lines of an order without SKUs are.
pub(super) async fn set_product(db: &mut SqliteConnection, order: Id, product: Option<Id>) -> Result<()> {
    sqlx::query!(
        "UPDATE order_line SET product_id = ?2 WHERE order_id = ?1 AND sku = ''",
        order,
        product
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that a shop was heard of.
pub(super) async fn heard(db: &mut SqliteConnection, shop: Id, now: Time) -> Result<()> {
    sqlx::query!("UPDATE shop SET last_synced_at = ?2 WHERE id = ?1", shop, now)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn remove(db: &mut SqliteConnection, id: Id) -> Result<()> {
    sqlx::query!(r#"DELETE FROM "order" WHERE id = ?1"#, id)
        .execute(db)
        .await?;
    Ok(())
}

/// The keyed hash of who bought.
pub(super) async fn buyer(db: &mut SqliteConnection, id: Id) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!(r#"SELECT buyer FROM "order" WHERE id = ?1"#, id)
            .fetch_optional(db)
            .await?
            .flatten(),
    )
}

/// The order of a shop that goes by this number.
pub(super) async fn numbered_by_hand(
    db: &mut SqliteConnection,
    shop: Id,
    number: &str,
) -> Result<Option<Id>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM "order" WHERE shop_id = ?1 AND number = ?2"#,
        shop,
        number
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn set_key(db: &mut SqliteConnection, id: Id, key: &str) -> Result<()> {
    sqlx::query!(r#"UPDATE "order" SET source_key = ?2 WHERE id = ?1"#, id, key)
        .execute(db)
        .await?;
    Ok(())
}

/// What an order is said to earn and what of it came, where a correction may also take it away.
pub(super) async fn set_commission(
    db: &mut SqliteConnection,
    id: Id,
    estimated: Option<i64>,
    settled: Option<i64>,
) -> Result<()> {
    sqlx::query!(
        r#"UPDATE "order" SET commission_estimated = ?2, commission_settled = ?3 WHERE id = ?1"#,
        id,
        estimated,
        settled
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps the first refunds of an order whose refunds are numbered from 1.
pub(super) async fn drop_refunds(db: &mut SqliteConnection, order: Id, kept: i64) -> Result<()> {
    sqlx::query!(
        "DELETE FROM order_refund WHERE order_id = ?1 AND CAST(source_key AS INTEGER) > ?2",
        order,
        kept
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An order under the id it had; everything else of it is written over.
pub(super) async fn insert_again(
    db: &mut SqliteConnection,
    order: &Order,
    key: &str,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        r#"INSERT INTO "order" (id, shop_id, source_key, number, status, placed_at, currency, gross, content_hash, created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '', ?9, ?9)"#,
        order.id,
        order.shop,
        key,
        order.number,
        order.status,
        order.placed_at,
        order.currency,
        order.gross,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

//! Reading orders.

use std::collections::HashMap;

use super::{Order, OrderFilter, Status, Tags, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::Id,
};

/// One order.
pub async fn get(db: &Db, id: Id) -> Result<Order> {
    let row = store::get(db.read(), id)
        .await?
        .ok_or_else(|| Error::not_found("订单", id))?;
    complete(db, vec![row])
        .await?
        .pop()
        .ok_or_else(|| Error::not_found("订单", id))
}

/// Orders that match, newest first. By post or channel: those credited to it by the default model (last touch).
pub async fn list(db: &Db, filter: &OrderFilter) -> Result<Vec<Order>> {
    let rows = store::list(db.read(), filter).await?;
    complete(db, rows).await
}

/// The orders that a source calls by this number: one, or several where more shops than one count alike.
pub async fn numbered(db: &Db, number: &str) -> Result<Vec<Order>> {
    let rows = store::numbered(db.read(), number).await?;
    complete(db, rows).await
}

/// How many match, for the header and paging.
pub async fn count(db: &Db, filter: &OrderFilter) -> Result<i64> {
    store::count(db.read(), filter).await
}

/// Rows with their lines and refunds.
async fn complete(db: &Db, rows: Vec<store::Row>) -> Result<Vec<Order>> {
    let ids = serde_json::to_string(&rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let mut lines: HashMap<Id, Vec<_>> = HashMap::new();
    for (order, line) in store::lines(db.read(), &ids).await? {
        lines.entry(order).or_default().push(line);
    }
    let mut refunds: HashMap<Id, Vec<_>> = HashMap::new();
    for (order, refund) in store::refunds(db.read(), &ids).await? {
        refunds.entry(order).or_default().push(refund);
    }
    rows.into_iter()
        .map(|row| {
            let tags: Tags = serde_json::from_str(&row.tags)?;
            Ok(Order {
                id: row.id,
                shop: row.shop,
                shop_name: row.shop_name,
                number: row.number,
                net: if matches!(row.status, Status::Created | Status::Invalid) {
                    0
                } else {
                    row.gross - row.refunded
                },
                status: row.status,
                source_status: row.source_status,
                placed_at: row.placed_at,
                gross: row.gross,
                refunded: row.refunded,
                currency: row.currency,
                commission_estimated: row.commission_estimated,
                commission_settled: row.commission_settled,
                lines: lines.remove(&row.id).unwrap_or_default(),
                refunds: refunds.remove(&row.id).unwrap_or_default(),
                tags,
                by_hand: row.by_hand,
            })
        })
        .collect()
}

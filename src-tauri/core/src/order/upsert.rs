//! Writing what a source tells, under the source's own keys.

use std::collections::HashMap;

use serde_json::json;

use super::{SourceOrder, clean::clean, store, tag};
use crate::{
    db::Tx,
    error::Result,
    value::{Id, Noun, Time},
};

/// What writing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Upserted {
    /// Orders that were not there.
    pub new: i64,
    /// Orders that the source tells differently now.
    pub updated: i64,
    /// Orders told just as they are, or in an older state than known.
    pub unchanged: i64,
    /// Orders whose refunded amount changed, new ones with refunds included.
    pub refunds: i64,
}

impl std::ops::AddAssign for Upserted {
    fn add_assign(&mut self, more: Self) {
        self.new += more.new;
        self.updated += more.updated;
        self.unchanged += more.unchanged;
        self.refunds += more.refunds;
    }
}

/// How hashes begin that are made as [`hash`] does.
const VERSION: &str = "3:";

/// Whether an order whose hash an earlier version made in its own way tells what it told then: only how it is kept changes.
fn is_same(before: &store::Known, order: &SourceOrder) -> bool {
    !before.content_hash.starts_with(VERSION)
        && (before.status, before.gross, before.refunded) == (order.status, order.gross, order.refunded)
        && before.source_updated_at == order.updated_at
        && order
            .commission_estimated
            .is_none_or(|told| before.commission_estimated == Some(told))
        && order
            .commission_settled
            .is_none_or(|told| before.commission_settled == Some(told))
}

/// How many orders go into one statement.
const BATCH: usize = 500;

/// Writes orders of one shop in the caller's transaction. The same orders again change nothing. What people wrote in them
/// goes in without phones and mail addresses, a landing url as its path and utm_* only.
///
/// Told twice in one call, the last word counts. An older state than the known one (by `updated_at`) is passed over:
/// pages can come again and out of order. A line or refund that its order no longer tells stays with quantity and amount 0,
/// so that nothing that was seen disappears without trace. A commission or buyer once known is not forgotten.
pub async fn upsert(tx: &mut Tx, shop: Id, orders: &[SourceOrder], now: Time) -> Result<Upserted> {
    let mut last: HashMap<&str, &SourceOrder> = HashMap::new();
    for order in orders {
        last.insert(&order.source_key, order);
    }
    let mut fresh: Vec<&SourceOrder> = Vec::with_capacity(last.len());
    // In the order they came: ids then follow the source, whatever the map does.
    for order in orders {
        fresh.extend(last.remove(order.source_key.as_str()));
    }
    let fresh: Vec<SourceOrder> = fresh.into_iter().map(clean).collect();
    write(tx, shop, &fresh, now).await
}

/// What a source tells of an order, to be compared. The figure before the hash says how it was made.
pub(super) fn hash(order: &SourceOrder) -> Result<String> {
    let hash = blake3::hash(&serde_json::to_vec(order)?).to_hex();
    Ok(format!("{VERSION}{hash}"))
}

/// Writes orders without anything personal in them ([`clean`] has seen to it, or they were read so), each with another key.
pub(super) async fn write(tx: &mut Tx, shop: Id, batch: &[SourceOrder], now: Time) -> Result<Upserted> {
    let mut done = Upserted::default();
    for batch in batch.chunks(BATCH) {
        done += write_batch(tx, shop, batch, now).await?;
    }
    if done.new + done.updated > 0 {
        tx.touch(Noun::Order);
        tx.touch(Noun::Attribution);
    }
    Ok(done)
}

async fn write_batch(tx: &mut Tx, shop: Id, batch: &[SourceOrder], now: Time) -> Result<Upserted> {
    let keys: Vec<&str> = batch.iter().map(|order| order.source_key.as_str()).collect();
    let known: HashMap<String, store::Known> = store::known(tx.conn(), shop, &serde_json::to_string(&keys)?)
        .await?
        .into_iter()
        .map(|known| (known.source_key.clone(), known))
        .collect();
    let mut done = Upserted::default();
    let mut changed: Vec<&SourceOrder> = Vec::new();
    let mut rows = Vec::new();
    for order in batch {
        let hash = hash(order)?;
        let before = known.get(&order.source_key);
        if let Some(before) = before {
            let older = order
                .updated_at
                .zip(before.source_updated_at)
                .is_some_and(|(new, old)| new < old);
            // What was erased and is there again may well be older: the shop was brought back from a backup.
            let older = older && !before.content_hash.is_empty();
            let learns_buyer = order.buyer.is_some() && !before.has_buyer;
            if older || before.content_hash == hash && !learns_buyer {
                done.unchanged += 1;
                continue;
            }
        }
        match before {
            Some(before) if is_same(before, order) => done.unchanged += 1,
            Some(_) => done.updated += 1,
            None => done.new += 1,
        }
        if before.map_or(0, |before| before.refunded) != order.refunded {
            done.refunds += 1;
        }
        rows.push(json!({
            "source_key": order.source_key, "number": order.number, "status": order.status,
            "source_status": order.source_status, "placed_at": order.placed_at.0,
            "source_updated_at": order.updated_at.map(|at| at.0), "currency": order.currency, "gross": order.gross,
            "refunded": order.refunded, "commission_estimated": order.commission_estimated,
            "commission_settled": order.commission_settled, "buyer": order.buyer,
            "tags": serde_json::to_string(&order.tags)?, "content_hash": hash, "raw": order.raw,
        }));
        changed.push(order);
    }
    if changed.is_empty() {
        return Ok(done);
    }
    let ids: HashMap<String, Id> = store::put(tx.conn(), shop, &serde_json::to_string(&rows)?, now)
        .await?
        .into_iter()
        .map(|row| (row.source_key, row.id))
        .collect();
    let (mut lines, mut refunds, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for order in &changed {
        let Some(id) = ids.get(&order.source_key) else {
            continue;
        };
        for line in &order.lines {
            lines.push(json!({
                "order_id": id, "source_key": line.source_key, "sku": line.sku, "title": line.title,
                "quantity": line.quantity, "amount": line.amount, "refunded": line.refunded, "told": line.told,
            }));
        }
        for refund in &order.refunds {
            refunds.push(json!({
                "order_id": id, "source_key": refund.source_key, "amount": refund.amount, "state": refund.state,
                "reason": refund.reason, "refunded_at": refund.at.map(|at| at.0),
            }));
        }
        for (position, (via, value)) in tag::of(&order.tags).into_iter().enumerate() {
            tags.push(json!({ "order_id": id, "position": position, "via": via, "value": value }));
        }
    }
    let ids = serde_json::to_string(&ids.values().collect::<Vec<_>>())?;
    store::put_lines(tx.conn(), shop, &ids, &serde_json::to_string(&lines)?).await?;
    store::put_refunds(tx.conn(), &ids, &serde_json::to_string(&refunds)?, now).await?;
    store::put_tags(tx.conn(), &ids, &serde_json::to_string(&tags)?).await?;
    Ok(done)
}

/// Notes that a shop has erased these orders (by its keys) for good: the rows stay with what was known, as called off, so
/// that they keep no credit. Answers how many.
pub async fn erase(tx: &mut Tx, shop: Id, keys: &[String], now: Time) -> Result<i64> {
    let erased = store::erase(tx.conn(), shop, &serde_json::to_string(keys)?, now).await?;
    if erased > 0 {
        tx.touch(Noun::Order);
        tx.touch(Noun::Attribution);
    }
    Ok(i64::try_from(erased).unwrap_or(i64::MAX))
}

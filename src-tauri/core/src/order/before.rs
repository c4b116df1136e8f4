//! What earlier files told of an order, as the rows they were.

use std::collections::HashMap;

use serde_json::{Map, Value};
use sqlx::SqliteConnection;

use super::{
    Status,
    entry::{Entry, Times},
    format::{Field, Format, Found},
    gather, store,
};
use crate::{
    buyer::Salt,
    error::Result,
    sheet::Row,
    value::{Id, Time},
};

/// An order as it is kept.
pub(super) struct Stored {
    pub number: String,
    pub status: Status,
    pub placed_at: Time,
    pub updated_at: Option<Time>,
    pub gross: i64,
    pub raw: String,
    pub lines: Vec<store::StoredLine>,
}

/// The orders with these keys (a JSON array).
pub(super) async fn load(db: &mut SqliteConnection, shop: Id, keys: &str) -> Result<HashMap<String, Stored>> {
    let mut found: HashMap<String, Stored> = store::stored(&mut *db, shop, keys)
        .await?
        .into_iter()
        .map(|order| {
            let stored = Stored {
                number: order.number,
                status: order.status,
                placed_at: order.placed_at,
                updated_at: order.source_updated_at,
                gross: order.gross,
                raw: order.raw,
                lines: Vec::new(),
            };
            (order.source_key, stored)
        })
        .collect();
    for line in store::stored_lines(db, shop, keys).await? {
        if let Some(order) = found.get_mut(&line.order) {
            order.lines.push(line);
        }
    }
    Ok(found)
}

impl Stored {
    /// Its lines as rows. A line that earlier versions blanked is none: they took what a file left out for gone.
    pub fn entries(self, format: &'static Format, salt: &Salt) -> Vec<Entry> {
        let raw: Value = serde_json::from_str(&self.raw).unwrap_or_default();
        let mut earlier: Option<HashMap<String, Entry>> = None;
        let mut entries = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let mut entry = if line.told.is_empty() {
                if (line.quantity, line.amount, line.refunded) == (0, 0, 0) {
                    continue;
                }
                let read = earlier.get_or_insert_with(|| reread(format, &self.number, &raw, salt));
                read.remove(&line.source_key)
                    .unwrap_or_else(|| self.made_up(format, line))
            } else {
                serde_json::from_str(&line.told).map_or_else(|_| self.made_up(format, line), Entry::of_today)
            };
            entry.line.clone_from(&line.source_key);
            if let Some(Value::Object(row)) = raw.get(&line.source_key) {
                let cells = row
                    .iter()
                    .filter_map(|(name, cell)| Some((name.clone(), cell.as_str()?.to_owned())));
                entry.raw = std::sync::Arc::new(cells.collect());
            }
            entries.push(entry);
        }
        entries
    }

    /// A line of which only the sums are known.
    fn made_up(&self, format: &Format, line: &store::StoredLine) -> Entry {
        let is_once = |field| format.per_order.contains(&field);
        let mut money = std::collections::BTreeMap::new();
        if is_once(Field::Paid) {
            money.insert(Field::Amount, line.amount);
            money.insert(Field::Paid, self.gross);
        } else {
            money.insert(Field::Paid, line.amount);
        }
        if line.refunded > 0 && !is_once(Field::Refund) {
            money.insert(Field::Refund, line.refunded);
        }
        Entry {
            sku: line.sku.clone(),
            title: line.title.clone(),
            quantity: Some(line.quantity),
            money,
            meaning: Some(self.status),
            times: Times {
                created: Some(self.placed_at.0),
                received: self.updated_at.map(|at| at.0),
                ..Times::default()
            },
            ..Entry::default()
        }
    }
}

/// The rows that an earlier version kept as they were, read once more; by their lines' keys.
fn reread(format: &'static Format, number: &str, raw: &Value, salt: &Salt) -> HashMap<String, Entry> {
    let rows = raw.as_array().map(Vec::as_slice).unwrap_or_default();
    let entries: Vec<Entry> = rows
        .iter()
        .filter_map(Value::as_object)
        .zip(1..)
        .filter_map(|(row, nth)| one(format, row, nth, salt))
        .collect();
    let lines = gather::lines(number.to_owned(), number.to_owned(), entries, &[]);
    let entries = lines.map(|lines| lines.entries).unwrap_or_default();
    entries
        .into_iter()
        .map(|entry| (entry.line.clone(), entry))
        .collect()
}

fn one(format: &'static Format, row: &Map<String, Value>, nth: i64, salt: &Salt) -> Option<Entry> {
    let header: Vec<String> = row.keys().cloned().collect();
    let cells = row.values().map(|cell| cell.as_str().unwrap_or_default());
    let row = Row::of_cells(nth, cells);
    Found::new(format, format.columns(&header), header)
        .entry(&row, salt)
        .ok()
}

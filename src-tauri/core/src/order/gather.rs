//! Rows of an export as orders: one order per number, its lines under keys that every export gives again.

use std::collections::HashMap;

use super::{
    SourceLine, SourceOrder, SourceRefund, Status, Tags,
    cell::CURRENCY,
    entry::Entry,
    format::{Field, Format},
};
use crate::error::{Error, Result};

/// Puts rows of one order together.
///
/// # Errors
/// `Invalid` when no row says what was paid.
pub(super) fn order(format: &Format, mut entries: Vec<Entry>) -> Result<SourceOrder> {
    // Repeats of one item are counted in an order that does not depend on how this file was sorted or filtered by state.
    entries.sort_by(|a, b| {
        let key = |e: &Entry| {
            (
                e.placed_at,
                e.clicked_at,
                e.quantity,
                e.money.get(&Field::Price).copied(),
                e.row,
            )
        };
        a.line.cmp(&b.line).then_with(|| key(a).cmp(&key(b)))
    });
    let Some(first) = entries.first() else {
        return Err(Error::invalid("number", "没有订单号。"));
    };
    let (source_key, number) = (first.order.clone(), first.number.clone());
    let whole = Whole {
        format,
        entries: &entries,
    };
    let status = whole.status();
    let mut lines = whole.lines()?;
    let told = whole.refunds(&mut lines);
    let gross = match whole.once(Field::Paid) {
        Some(paid) => paid,
        None => lines.iter().map(|line| line.amount).sum(),
    };
    let (commission_estimated, commission_settled) = whole.commission(status);
    let mut order = SourceOrder {
        source_key,
        number,
        status,
        source_status: distinct(entries.iter().map(|e| e.source_status.as_str())).join("、"),
        placed_at: first.placed_at,
        updated_at: entries.iter().map(|e| e.latest).max(),
        currency: CURRENCY.to_owned(),
        gross,
        refunded: told.iter().map(|refund| refund.amount).sum(),
        commission_estimated,
        commission_settled,
        buyer: entries.iter().find_map(|e| e.buyer.clone()),
        tags: Tags {
            note_id: entries
                .iter()
                .map(|e| e.note_id.clone())
                .find(|id| !id.is_empty())
                .unwrap_or_default(),
            placement: distinct(entries.iter().flat_map(|e| &e.placement).map(String::as_str)).join(" "),
            ..Tags::default()
        },
        lines,
        refunds: told,
        raw: String::new(),
    };
    order.placed_at = entries
        .iter()
        .map(|e| e.placed_at)
        .min()
        .unwrap_or(order.placed_at);
    order.raw = serde_json::to_string(&entries.into_iter().map(|e| e.raw).collect::<Vec<_>>())?;
    Ok(order)
}

struct Whole<'a> {
    format: &'a Format,
    entries: &'a [Entry],
}

impl Whole<'_> {
    /// A field that stands on every row of the order; `None` where each row has its own.
    fn once(&self, field: Field) -> Option<i64> {
        let is_once = self.format.per_order.contains(&field);
        self.entries
            .iter()
            .filter(|_| is_once)
            .filter_map(|e| e.money.get(&field).copied())
            .max()
    }

    /// All of a field, where anything is told of it. What was called off in an order that lives on does not count.
    fn total(&self, field: Field, of: fn(&Entry) -> bool) -> Option<i64> {
        if let Some(once) = self.once(field) {
            return self.entries.iter().any(of).then_some(once);
        }
        let alive = |e: &&Entry| self.all(Status::Invalid) || e.status != Status::Invalid;
        self.entries
            .iter()
            .filter(alive)
            .filter(|e| of(e))
            .filter_map(|e| e.money.get(&field).copied())
            .reduce(|a, b| a + b)
    }

    fn all(&self, status: Status) -> bool {
        self.entries.iter().all(|e| e.status == status)
    }

    /// The order stands where the last of its living lines stands.
    fn status(&self) -> Status {
        let order = [
            Status::Created,
            Status::Paid,
            Status::Received,
            Status::Settled,
            Status::Unknown,
            Status::Refunded,
            Status::Invalid,
        ];
        order
            .into_iter()
            .find(|status| self.entries.iter().any(|e| e.status == *status))
            .unwrap_or(Status::Unknown)
    }

    fn lines(&self) -> Result<Vec<SourceLine>> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let paid = self.once(Field::Paid);
        let shares = split(paid.unwrap_or(0), self.entries.len());
        let own: Vec<Option<i64>> = self
            .entries
            .iter()
            .map(|e| own_amount(e, paid.is_some()))
            .collect();
        let has_own = own.iter().all(Option::is_some);
        self.entries
            .iter()
            .zip(own)
            .zip(shares)
            .map(|((entry, own), share)| {
                let repeat = seen.entry(&entry.line).or_default();
                *repeat += 1;
                let amount = match own {
                    Some(own) if has_own || paid.is_none() => own,
                    _ if paid.is_some() => share,
                    _ => return Err(Error::invalid("amount", "没有付款金额。")),
                };
                Ok(SourceLine {
                    source_key: if *repeat == 1 {
                        entry.line.clone()
                    } else {
                        format!("{}#{repeat}", entry.line)
                    },
                    sku: entry.sku.clone(),
                    title: entry.title.clone(),
                    quantity: entry.quantity,
                    // A negative row is a refund and takes nothing off what was paid.
                    amount: amount.max(0),
                    refunded: 0,
                })
            })
            .collect()
    }

    /// What went back, told by amount or by state alone; written to its lines as well.
    fn refunds(&self, lines: &mut [SourceLine]) -> Vec<SourceRefund> {
        let once = self.once(Field::Refund);
        let shares = split(once.unwrap_or(0).abs(), lines.len());
        let called_off = !self.all(Status::Invalid);
        let mut refunds = Vec::new();
        for ((entry, line), share) in self.entries.iter().zip(lines).zip(shares) {
            let told = match once {
                Some(_) => share,
                None => entry.money.get(&Field::Refund).map_or(0, |amount| amount.abs()),
            };
            let negative = entry.money.get(&Field::Paid).map_or(0, |paid| (-paid).max(0));
            let all_back = match entry.status {
                Status::Refunded => told + negative == 0,
                Status::Invalid => called_off,
                _ => false,
            };
            line.refunded = if all_back { line.amount } else { told + negative };
            if line.refunded > 0 {
                refunds.push(SourceRefund {
                    source_key: line.source_key.clone(),
                    amount: line.refunded,
                    state: "refunded".to_owned(),
                    reason: String::new(),
                    at: None,
                });
            }
        }
        refunds
    }

    /// Estimated and settled, each only as it was told. Before settlement a settled 0 says nothing.
    fn commission(&self, status: Status) -> (Option<i64>, Option<i64>) {
        let is_settled = status == Status::Settled || self.entries.iter().any(|e| e.is_settled);
        let estimated = self.total(Field::CommissionEstimated, |_| true);
        let settled = self
            .total(Field::CommissionSettled, |_| true)
            .filter(|amount| *amount != 0 || is_settled);
        (
            estimated.or_else(|| self.total(Field::Commission, |e| !e.is_settled)),
            settled.or_else(|| self.total(Field::Commission, |e| e.is_settled)),
        )
    }
}

/// What a row says its line cost. `of_line`: the paid amount is the order's.
fn own_amount(entry: &Entry, of_line: bool) -> Option<i64> {
    let of = |field| entry.money.get(&field).copied();
    let own = if of_line {
        of(Field::Amount)
    } else {
        of(Field::Paid).or(of(Field::Amount)).or(of(Field::Settled))
    };
    own.or_else(|| of(Field::Price)?.checked_mul(entry.quantity))
}

/// An amount in even parts that add up to it.
fn split(amount: i64, parts: usize) -> Vec<i64> {
    let count = i64::try_from(parts).unwrap_or(1).max(1);
    (0..count)
        .map(|at| amount / count + i64::from(at < amount % count))
        .collect()
}

fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut met = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !met.contains(&word) {
            met.push(word);
        }
    }
    met
}

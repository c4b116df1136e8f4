//! Rows of an export as orders: one order per number, its lines under keys that every export gives again.

use std::collections::{BTreeMap, HashMap};

use super::{
    SourceLine, SourceOrder, SourceRefund, Status, Tags,
    cell::CURRENCY,
    entry::Entry,
    format::{Field, Format},
    reversal,
};
use crate::{
    error::{Error, Result},
    value::Time,
};

/// The rows of one order, each under its line's key.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The order's key in the source, and its number.
    pub order: String,
    pub number: String,
    /// In the order of their keys; each key once.
    pub entries: Vec<Entry>,
}

/// Gives the rows of one order their keys: repeats of one item are counted in an order that does not depend on how this file
/// was sorted or filtered by state. A negative row becomes part of the line that it takes back.
///
/// # Errors
/// `Invalid` for a negative row that the lines which came `before` have no line for either.
pub(super) fn lines(order: String, number: String, mut rows: Vec<Entry>, before: &[Entry]) -> Result<Lines> {
    rows.sort_by(|a, b| {
        let key = |e: &Entry| {
            (
                e.times.placed(),
                e.times.clicked,
                e.quantity,
                e.money.get(&Field::Price).copied(),
                e.row,
            )
        };
        a.line.cmp(&b.line).then_with(|| key(a).cmp(&key(b)))
    });
    let mut entries: Vec<Entry> = Vec::with_capacity(rows.len());
    let mut reversals = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for mut entry in rows {
        if entry.is_reversal() {
            reversals.push(entry);
            continue;
        }
        let repeat = seen.entry(entry.line.clone()).or_default();
        *repeat += 1;
        if *repeat > 1 {
            entry.line = format!("{}#{repeat}", entry.line);
        }
        entries.push(entry);
    }
    for row in reversals {
        reversal::lay(&mut entries, row, before)?;
    }
    Ok(Lines {
        order,
        number,
        entries,
    })
}

/// Puts rows of one order together; what they say was cleaned when they were read. Rows that leave blank what stands once for
/// the order take it from the first that tells it.
///
/// # Errors
/// `Invalid` when no row says when it was or what was paid, or a merged amount belongs to some of the rows only.
pub(super) fn order(format: &Format, lines: &Lines) -> Result<SourceOrder> {
    let mut entries = lines.entries.clone();
    inherit(format, &mut entries);
    let whole = Whole {
        format,
        entries: &entries,
    };
    whole.check_shared()?;
    let placed_at = entries.iter().filter_map(|e| e.times.placed()).min();
    let Some(placed_at) = placed_at else {
        return Err(Error::invalid("time", "没有下单或付款时间。"));
    };
    let status = whole.status();
    let mut told = whole.lines()?;
    let refunds = whole.refunds(&mut told);
    let gross = match whole.once(Field::Paid) {
        Some(paid) => paid,
        None => told.iter().map(|line| line.amount).sum(),
    };
    let (commission_estimated, commission_settled) = whole.commission(status);
    let raw: BTreeMap<&str, &BTreeMap<String, String>> = lines
        .entries
        .iter()
        .map(|entry| (entry.line.as_str(), entry.raw.as_ref()))
        .collect();
    for (line, entry) in told.iter_mut().zip(&lines.entries) {
        line.told = serde_json::to_string(entry)?;
    }
    Ok(SourceOrder {
        source_key: lines.order.clone(),
        number: lines.number.clone(),
        status,
        source_status: distinct(entries.iter().map(|e| e.word.as_str())).join("、"),
        placed_at,
        updated_at: entries.iter().map(|e| e.times.latest()).max().map(Time),
        currency: CURRENCY.to_owned(),
        gross,
        refunded: refunds.iter().map(|refund| refund.amount).sum(),
        commission_estimated,
        commission_settled,
        buyer: entries.iter().find_map(|e| e.buyer.clone()),
        personal: Vec::new(),
        tags: Tags {
            note_id: entries
                .iter()
                .map(|e| e.note_id.clone())
                .find(|id| !id.is_empty())
                .unwrap_or_default(),
            placement: distinct(entries.iter().flat_map(|e| &e.placement).map(String::as_str)).join(" "),
            ..Tags::default()
        },
        lines: told,
        refunds,
        raw: serde_json::to_string(&raw)?,
    })
}

/// Exports write what belongs to the order on its first row and leave it blank below.
fn inherit(format: &Format, entries: &mut [Entry]) {
    let first = |of: &dyn Fn(&Entry) -> bool| {
        let mut telling: Vec<&Entry> = entries.iter().filter(|e| of(e)).collect();
        telling.sort_by_key(|e| e.row);
        telling.first().map(|e| (*e).clone())
    };
    let timed = first(&|e| e.times.placed().is_some());
    let worded = first(&|e| e.meaning.is_some());
    for entry in entries {
        let says_nothing = entry.meaning.is_none() && entry.times.placed().is_none();
        if let Some(timed) = timed.as_ref().filter(|_| entry.times.placed().is_none()) {
            entry.times = timed.times;
        }
        if let Some(worded) = worded.as_ref().filter(|_| entry.meaning.is_none()) {
            // A row with its own settlement time and no word says where it stands by that time.
            if says_nothing || entry.status(format) == Status::Created {
                entry.meaning = worded.meaning;
                entry.word.clone_from(&worded.word);
            }
        }
    }
}

struct Whole<'a> {
    format: &'a Format,
    entries: &'a [Entry],
}

impl Whole<'_> {
    fn is_shared(&self, field: Field) -> bool {
        self.entries.iter().any(|e| e.shared.contains(&field))
    }

    /// An amount merged over all rows of the order counts once; merged over some of them, nobody can tell whose it is.
    fn check_shared(&self) -> Result<()> {
        for field in super::entry::MONEY {
            if self.format.per_order.contains(&field) || !self.is_shared(field) || field == Field::Price {
                continue;
            }
            let below = self.entries.iter().filter(|e| e.shared.contains(&field)).count();
            let mut amounts = self.entries.iter().map(|e| e.money.get(&field));
            let first = amounts.next().flatten();
            if below + 1 != self.entries.len() || first.is_none() || amounts.any(|amount| amount != first) {
                return Err(Error::invalid(
                    "amount",
                    "金额写在合并的单元格里，只盖住了这笔订单的一部分行，分不清各是多少，没有收下。",
                ));
            }
        }
        Ok(())
    }

    /// A field that stands on every row of the order; `None` where each row has its own.
    fn once(&self, field: Field) -> Option<i64> {
        let is_once =
            self.format.per_order.contains(&field) || self.is_shared(field) && field != Field::Price;
        self.entries
            .iter()
            .filter(|_| is_once)
            .filter_map(|e| e.amount(field))
            .max()
    }

    /// All of a field, where anything is told of it. What was called off in an order that lives on does not count.
    fn total(&self, field: Field) -> Option<i64> {
        if let Some(once) = self.once(field) {
            return Some(once);
        }
        let alive = |e: &&Entry| self.all(Status::Invalid) || e.status(self.format) != Status::Invalid;
        self.entries
            .iter()
            .filter(alive)
            .filter_map(|e| e.amount(field))
            .reduce(|a, b| a + b)
    }

    fn all(&self, status: Status) -> bool {
        self.entries.iter().all(|e| e.status(self.format) == status)
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
            .find(|status| self.entries.iter().any(|e| e.status(self.format) == *status))
            .unwrap_or(Status::Unknown)
    }

    fn lines(&self) -> Result<Vec<SourceLine>> {
        let paid = self.once(Field::Paid);
        let shares = split(paid.unwrap_or(0), self.entries.len());
        let own: Vec<Option<i64>> = self
            .entries
            .iter()
            .map(|e| {
                // Nothing was paid of what is not paid yet or was called off before.
                let is_open = matches!(e.status(self.format), Status::Created | Status::Invalid);
                own_amount(e, paid.is_some()).or((paid.is_none() && is_open).then_some(0))
            })
            .collect();
        let has_own = own.iter().all(Option::is_some);
        self.entries
            .iter()
            .zip(own)
            .zip(shares)
            .map(|((entry, own), share)| {
                let amount = match own {
                    Some(own) if has_own || paid.is_none() => own,
                    _ if paid.is_some() => share,
                    _ => return Err(Error::invalid("amount", "没有付款金额。")),
                };
                Ok(SourceLine {
                    source_key: entry.line.clone(),
                    sku: entry.sku.clone(),
                    title: entry.title.clone(),
                    quantity: entry.quantity.unwrap_or(1),
                    amount: amount.max(0),
                    refunded: 0,
                    told: String::new(),
                })
            })
            .collect()
    }

    /// What went back, told by amount, by state alone or by a negative row; written to its lines as well.
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
            // A row that takes a payment back and an amount in the refund column tell of the same money.
            let told = told.max(entry.given_back());
            let all_back = match entry.status(self.format) {
                Status::Refunded => told == 0,
                Status::Invalid => called_off,
                // What is asked back and not decided is nobody's yet.
                _ => entry.refunding && told == 0,
            };
            line.refunded = if all_back { line.amount } else { told };
            if line.refunded > 0 {
                refunds.push(SourceRefund {
                    source_key: line.source_key.clone(),
                    amount: line.refunded,
                    state: if entry.refunding { "pending" } else { "refunded" }.to_owned(),
                    reason: String::new(),
                    at: None,
                });
            }
        }
        refunds
    }

    /// Estimated and settled, each only as it was told. Before settlement a settled 0 says nothing.
    fn commission(&self, status: Status) -> (Option<i64>, Option<i64>) {
        let is_settled = status == Status::Settled || self.entries.iter().any(|e| e.is_settled(self.format));
        let settled = self
            .total(Field::CommissionSettled)
            .filter(|amount| *amount != 0 || is_settled);
        (self.total(Field::CommissionEstimated), settled)
    }
}

/// What a row says its line cost. `of_line`: the paid amount is the order's, and this is only how the lines share it.
fn own_amount(entry: &Entry, of_line: bool) -> Option<i64> {
    let of = |field| entry.amount(field);
    if of_line {
        let listed = || of(Field::Price)?.checked_mul(entry.quantity.unwrap_or(1));
        return of(Field::Amount).or_else(listed);
    }
    // A list price is no payment.
    of(Field::Paid).or(of(Field::Amount)).or(of(Field::Settled))
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

//! Report 洞察: which posts, channels and products drove orders, refunds taken off.
//!
//! Posts and channels are given their credited share of each order; products count all order lines, credited or not;
//! orders stand for themselves. In every row net = gross − refunded. An order that is not paid counts nothing; one
//! that was called off counts no order and no money but what was paid and given back; one that was wholly refunded counts its money but no order and no
//! commission; of one that was refunded in part the estimated commission shrinks with it.

mod daily;
mod make;
mod store;
mod sum;

use serde::{Deserialize, Serialize};

pub use daily::daily;
pub use make::report;

use crate::{
    attribution::Model,
    value::{Date, Id, Time},
};

/// What rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum By {
    Posts,
    Channels,
    Products,
    Orders,
}

/// What to report on.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Period {
    pub from: Option<Date>,
    /// This day included.
    pub to: Option<Date>,
    pub model: Model,
}

/// Credited orders by tier; fractional when a model shares credit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, specta::Type)]
#[allow(missing_docs, non_snake_case)]
pub struct Tiers {
    pub A: f64,
    pub B: f64,
    pub C: f64,
    pub D: Inferred,
}

/// Orders credited by inference: a figure with its bounds, for it is a guess. All are 0 so far: nothing is inferred from time yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, specta::Type)]
pub struct Inferred {
    /// The best guess.
    pub credit: f64,
    /// If none of the guesses is right.
    pub low: f64,
    /// If all are.
    pub high: f64,
}

/// One row of a report.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Row {
    pub id: Id,
    pub title: String,
    /// Channel names for a post; empty else.
    pub note: String,
    pub cover: Option<Id>,
    /// Credited orders that were not cancelled or wholly refunded.
    pub orders: f64,
    /// Minor units, credited share.
    pub gross: i64,
    pub refunded: i64,
    pub net: i64,
    pub currency: String,
    pub commission_estimated: Option<i64>,
    pub commission_settled: Option<i64>,
    pub tiers: Tiers,
}

/// A report.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Report {
    /// Largest net first; one row per currency.
    pub rows: Vec<Row>,
    /// All orders of the period, per currency, credited or not.
    pub totals: Vec<Total>,
    /// Orders nobody knows the origin of.
    pub unknown: Unknown,
    /// Newest sync or import the figures rest on.
    pub as_of: Option<Time>,
}

/// Orders nobody knows the origin of, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, specta::Type)]
pub struct Unknown {
    /// Those that count as orders.
    pub orders: i64,
    /// Of these: the shop or file said nothing of where the buyer came from.
    pub untagged: i64,
    /// Of these: they carry tags, and none is a link, coupon or publication of this workspace.
    pub foreign: i64,
    /// Their money, per currency.
    pub money: Vec<UnknownMoney>,
}

/// Money of unknown origin in one currency, minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct UnknownMoney {
    pub currency: String,
    pub orders: i64,
    pub net: i64,
}

/// All orders of one currency.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Total {
    pub currency: String,
    pub orders: i64,
    pub gross: i64,
    pub refunded: i64,
    pub net: i64,
    pub commission_estimated: Option<i64>,
    pub commission_settled: Option<i64>,
    /// Orders with credit, by tier.
    pub tiers: Tiers,
    /// Orders nobody knows the origin of.
    pub unknown: f64,
}

/// One day of the period.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct DayTotal {
    pub on: Date,
    pub currency: String,
    pub orders: i64,
    pub net: i64,
    pub refunded: i64,
}

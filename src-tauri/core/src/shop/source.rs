//! What every shop can be asked, whatever its protocol.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::{
    error::{Code, Error, Result},
    order::SourceOrder,
    value::Time,
};

/// How many orders a page has at most: what Vendure and WooCommerce both allow.
pub(super) const PAGE: usize = 100;

/// A list of orders that a shop keeps, the ones that changed first at its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Thrown away orders that the list of changes leaves out.
    Trash,
    /// All others.
    Changed,
}

/// A part of a list.
pub(super) struct Page<T> {
    pub items: Vec<T>,
    /// How many the whole list has; `None` where the shop does not say.
    pub total: Option<usize>,
    /// The shop's clock when it answered.
    pub clock: Option<Time>,
}

/// An order as a shop told it.
pub(super) enum Told {
    /// As it may be written.
    Order(Box<SourceOrder>),
    /// It cannot be read as it stands; all others can.
    Unread(Unread),
}

/// An order that cannot be read.
pub(super) struct Unread {
    pub key: String,
    /// As people know it.
    pub number: String,
    /// When it changed, where that can be read.
    pub updated_at: Option<Time>,
    /// For people.
    pub why: String,
}

impl Told {
    pub fn key(&self) -> &str {
        match self {
            Self::Order(order) => &order.source_key,
            Self::Unread(unread) => &unread.key,
        }
    }

    /// Where each order of a part stands in its list. One without a readable stamp stands where the one before it does.
    pub fn places(part: &[Self], after: Option<Time>) -> Vec<(String, Time)> {
        let mut at = after.unwrap_or(Time(0));
        let place = |told: &Self| {
            at = match told {
                Self::Order(order) => order.updated_at.unwrap_or(order.placed_at),
                Self::Unread(unread) => unread.updated_at.unwrap_or(at),
            };
            (told.key().to_owned(), at)
        };
        part.iter().map(place).collect()
    }
}

/// An amount that no order has: it differs from whatever is known, so that the order is looked at in full.
pub(super) const UNREAD: i64 = i64::MIN;

/// What of an order can change without its stamp, and what tells that it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glance {
    pub key: String,
    pub updated_at: Time,
    pub source_status: String,
    /// Minor units.
    pub gross: i64,
    /// Amounts by the refund's key, minor units; none of 0.
    pub refunds: BTreeMap<String, i64>,
}

/// What a cheap look leaves in doubt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// These orders, by their keys; empty: nothing.
    These(Vec<String>),
    /// Only a look at every order can tell.
    All,
}

/// The source's word for an order in the trash.
pub(super) const TRASH: &str = "trash";

/// What has a place in a list.
pub(super) trait Listed {
    /// Its key in the source and the stamp the list is sorted by.
    fn place(&self) -> (String, Time);
}

impl Listed for Glance {
    fn place(&self) -> (String, Time) {
        (self.key.clone(), self.updated_at)
    }
}

/// A shop that answers parts of its lists.
#[async_trait]
pub(super) trait Source: Send {
    /// The lists to read besides `Changed`, before it.
    fn also(&self) -> &'static [List];

    /// The orders with a stamp after `after` (exclusive), the earliest first, equal stamps by key; `skip` of them left out,
    /// [`PAGE`] at most.
    ///
    /// # Errors
    /// `Unauthorized`, `Unreachable` or `Cancelled`; never with a secret in it.
    async fn page(&mut self, list: List, after: Option<Time>, skip: usize) -> Result<Page<Told>>;

    /// The same part of `Changed`, in brief: cheaper for the shop.
    async fn glances(&mut self, after: Option<Time>, skip: usize) -> Result<Page<Glance>>;

    /// A look that is cheaper still: which orders may have changed without their stamp since `after`, or gone. `known` are
    /// those whose last known change is later than `after`, the trash included.
    async fn doubts(&mut self, after: Time, known: &[Glance]) -> Result<Doubt>;

    /// These orders, [`PAGE`] at most, as they are now; those that the shop does not list are left out.
    async fn these(&mut self, keys: &[String]) -> Result<Vec<Told>>;

    /// One order that no list shows: `None` when the shop says that there is no such order (any more).
    async fn one(&mut self, key: &str) -> Result<Option<Told>>;

    /// How many orders the shop has: to try a connection. One request, no patience.
    async fn count(&mut self) -> Result<usize>;

    /// How often a request was asked again so far.
    fn retries(&self) -> i64;
}

pub(super) fn not_understood() -> Error {
    Error::new(
        Code::Unreachable,
        "店铺的回答看不懂，可能是不支持的版本。已读到的订单都保留了。",
    )
}

//! What every shop can be asked, whatever its protocol.

use async_trait::async_trait;

use crate::{error::Result, order::SourceOrder, value::Time};

/// How many orders a page has at most: what Vendure and WooCommerce both allow.
pub(super) const PAGE: usize = 100;

/// A list of orders that a shop keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Thrown away orders that the list of changes leaves out, by when they changed.
    Trash,
    /// Orders by when they changed.
    Changed,
    /// Orders by when they were placed: to see what does not count as a change, such as Vendure's refunds.
    Placed,
}

impl List {
    /// The stamp this list is sorted by.
    pub(super) fn stamp(self, order: &SourceOrder) -> Time {
        match self {
            Self::Placed => order.placed_at,
            Self::Trash | Self::Changed => order.updated_at.unwrap_or(order.placed_at),
        }
    }
}

/// A shop that answers pages of orders.
#[async_trait]
pub(super) trait Source: Send {
    /// The lists to read besides `Changed`.
    fn also(&self) -> &'static [List];

    /// Page `page` (from 1) of the orders with a stamp after `after` (exclusive), the earliest first, [`PAGE`] at most.
    ///
    /// # Errors
    /// `Unauthorized`, `Unreachable` or `Cancelled`; never with a secret in it.
    async fn page(&mut self, list: List, after: Option<Time>, page: usize) -> Result<Vec<SourceOrder>>;

    /// How often a request was asked again so far.
    fn retries(&self) -> i64;
}

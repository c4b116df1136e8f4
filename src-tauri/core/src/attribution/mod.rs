//! Attribution 归因: which post an order line is owed to, how surely, and why in one sentence.
//!
//! A touch is a tag of an order that is one of our links, or the note id of one of our publications. Touches are a view over
//! what the orders carry and what was linked and published, so a link or note id recorded later counts at once, and nothing
//! can go stale. A tag credits the whole order: the post brought the buyer, whatever else went into the cart. Credit is a
//! share of an order, so a refund takes its part of the credited money away again.

mod credit;
mod share;
mod store;

use serde::{Deserialize, Serialize};

pub use credit::{Owed, Touch, of_order, of_orders, owed, touches};
pub use share::{share, split, take_back};

use crate::value::Id;

/// How sure a credit is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, specta::Type,
)]
pub enum Tier {
    /// Exact link or code.
    A,
    /// The platform's note id or 推广位.
    B,
    /// The buyer said so.
    C,
    /// Inferred from time.
    D,
}

/// How credit is shared between several touches of one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    #[allow(missing_docs)]
    First,
    /// The default.
    #[default]
    Last,
    #[allow(missing_docs)]
    Linear,
    /// Each touch weighs half of the one after it.
    Decay,
}

/// Credit of one order line to one post.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Credit {
    /// Order line id.
    pub line: Id,
    pub order: Id,
    pub post: Id,
    pub post_title: String,
    pub channel: Id,
    pub channel_name: String,
    pub link: Option<Id>,
    pub tier: Tier,
    /// 0..=1; all credits of a line sum to at most 1.
    pub credit: f64,
    /// One sentence for people.
    pub why: String,
}

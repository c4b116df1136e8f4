//! Order 订单: order lines with status, amounts, commission, tags as received and refunds; nothing personal.
//!
//! Orders come from shops and files as [`SourceOrder`]s and are written by [`upsert`] under the source's own key, so that the
//! same order can come any number of times. `gross` is what was paid and never shrinks; `net` is gross − refunded, and 0
//! for an order that is not paid yet or was called off. An unpaid order in a state that is not known is [`Status::Created`].

mod add;
mod before;
mod cell;
mod clean;
mod correct;
mod entry;
mod format;
mod gather;
mod import;
mod list;
mod merge;
mod personal;
mod read;
mod reversal;
mod store;
mod tag;
mod upsert;
mod when;
mod word;

use serde::{Deserialize, Serialize};

pub use add::add;
pub use correct::{edit, refund, remove, restore, take_back_refund};
pub use format::formats;
pub use import::import;
pub use list::{count, get, list, numbered};
pub use personal::names;
pub use upsert::{Upserted, erase, upsert};

use crate::{
    product::RefusedRow,
    value::{self, Date, Id, Time},
};

/// Where an order stands, whatever the source calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Status {
    /// 待付款
    Created,
    /// 已付款
    Paid,
    /// 已收货
    Received,
    /// 已结算
    Settled,
    /// 已失效, 已取消
    Invalid,
    /// 已退款
    Refunded,
    /// Paid, and the source's word is not known; it is kept.
    Unknown,
}

/// Tags as the order carries them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Tags {
    pub utm_source: String,
    pub utm_medium: String,
    pub utm_campaign: String,
    pub utm_content: String,
    /// Landing url or landing tag.
    pub landing: String,
    pub coupons: Vec<String>,
    /// Platform's note id.
    pub note_id: String,
    /// 推广位, sub-id.
    pub placement: String,
    /// Of an order entered by hand: the link's code, or `#` and the publication's id, that the person says brought it.
    pub told: String,
}

/// An order line.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Line {
    pub id: Id,
    pub sku: String,
    pub title: String,
    pub product: Option<Id>,
    pub quantity: i64,
    /// Minor units.
    pub amount: i64,
    pub refunded: i64,
}

/// A refund of an order.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Refund {
    pub amount: i64,
    pub state: String,
    pub reason: String,
    pub at: Option<Time>,
}

/// An order.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Order {
    pub id: Id,
    pub shop: Id,
    pub shop_name: String,
    pub number: String,
    pub status: Status,
    pub source_status: String,
    pub placed_at: Time,
    /// Minor units, refunds not taken off.
    pub gross: i64,
    pub refunded: i64,
    /// gross − refunded; 0 when created (not paid) or invalid (called off).
    pub net: i64,
    pub currency: String,
    pub commission_estimated: Option<i64>,
    pub commission_settled: Option<i64>,
    pub lines: Vec<Line>,
    pub refunds: Vec<Refund>,
    pub tags: Tags,
    /// Entered by hand: no shop and no file tells of it, so it is corrected here.
    pub by_hand: bool,
}

/// An order entered by hand as it was before it was taken out or changed, to bring it back.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct OrderBefore {
    /// The order as it was.
    pub order: Order,
    /// Keyed hash of its buyer; `None` where the order is still there and keeps its own.
    pub buyer: Option<String>,
}

/// A correction to an order entered by hand; an absent field stays.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct OrderPatch {
    pub number: Option<String>,
    /// `null`: none of the products.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub product: Option<Option<Id>>,
    pub title: Option<String>,
    pub quantity: Option<i64>,
    /// Of the whole order, minor units.
    pub amount: Option<i64>,
    pub placed_at: Option<Time>,
    /// Whether the money is still to come.
    pub unpaid: Option<bool>,
    /// What it is expected to earn, minor units; `null`: nobody says.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub commission: Option<Option<i64>>,
    /// What of the commission has come, minor units; `null`: nothing yet.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub settled: Option<Option<i64>>,
    /// The post that brought it, as the person says; `null`: nobody knows.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub post: Option<Option<Id>>,
    /// Where that post was seen; only together with `post`.
    pub channel: Option<Id>,
}

/// An order to enter by hand.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewOrder {
    /// Empty: the next number of its day.
    pub number: String,
    pub product: Option<Id>,
    /// What was sold; empty: the product's name.
    pub title: String,
    /// `None`: 1.
    pub quantity: Option<i64>,
    /// Of the whole order, minor units.
    pub amount: i64,
    /// Empty: CNY.
    pub currency: String,
    /// `None`: now.
    pub placed_at: Option<Time>,
    /// Taken, and the money is still to come.
    pub unpaid: bool,
    /// What it is expected to earn, minor units; `None`: nobody says.
    pub commission: Option<i64>,
    /// The post that brought it, as the person says; `None`: nobody knows.
    pub post: Option<Id>,
    /// Where that post was seen; `None`: wherever it has a link or went out last.
    pub channel: Option<Id>,
    /// Whatever tells this buyer from others, such as a phone or a name in the chat. Only its keyed hash is kept.
    pub buyer: String,
}

/// Which orders to list.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct OrderFilter {
    pub shop: Option<Id>,
    /// Credited to this post.
    pub post: Option<Id>,
    pub channel: Option<Id>,
    pub product: Option<Id>,
    pub status: Option<Status>,
    pub from: Option<Date>,
    /// This day included.
    pub to: Option<Date>,
    /// Part of the order number or SKU.
    pub text: String,
    /// By what; newest first unless told.
    pub sort: OrderSort,
    pub ascending: bool,
    pub limit: Option<i64>,
    pub offset: i64,
}

/// What orders are sorted by. Amounts only within one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OrderSort {
    #[default]
    Placed,
    Number,
    Shop,
    Status,
    Refunded,
    Net,
}

/// An order as a source tells it, before it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct SourceOrder {
    pub source_key: String,
    pub number: String,
    pub status: Status,
    pub source_status: String,
    // In the zone of this computer they would be another order's after every journey.
    #[serde(serialize_with = "value::instant")]
    pub placed_at: Time,
    #[serde(serialize_with = "value::instant_if_any")]
    pub updated_at: Option<Time>,
    pub currency: String,
    pub gross: i64,
    pub refunded: i64,
    pub commission_estimated: Option<i64>,
    pub commission_settled: Option<i64>,
    /// Keyed hash already. No part of what the source tells: with another key the same buyer has another one.
    #[serde(skip)]
    pub buyer: Option<String>,
    /// Names, streets and the like that the source told of this buyer: taken out of every text before it is written, and
    /// never written themselves.
    #[serde(skip)]
    pub personal: Vec<String>,
    pub tags: Tags,
    pub lines: Vec<SourceLine>,
    pub refunds: Vec<SourceRefund>,
    /// JSON without personal data.
    pub raw: String,
}

/// A line as a source tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct SourceLine {
    pub source_key: String,
    pub sku: String,
    pub title: String,
    pub quantity: i64,
    pub amount: i64,
    pub refunded: i64,
    /// What the row of a file said, as JSON, for a later one that says only a part; empty where a source tells all.
    #[serde(skip)]
    pub told: String,
}

/// A refund as a source tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct SourceRefund {
    pub source_key: String,
    pub amount: i64,
    pub state: String,
    pub reason: String,
    #[serde(serialize_with = "value::instant_if_any")]
    pub at: Option<Time>,
}

/// What a file import did: rows are the file's, new, updated and unchanged count orders.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct OrderImport {
    pub format: String,
    pub rows: i64,
    pub new: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub refused: Vec<RefusedRow>,
    /// What went in and should be looked at, one sentence each.
    pub warned: Vec<String>,
}

/// A file format orders can be imported from.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct OrderFormat {
    pub name: String,
    pub title: String,
    /// Where its headers are known from.
    pub source: String,
}

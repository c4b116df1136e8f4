//! Price 价格观察: a dated price seen somewhere. The log is only ever added to; what was noted wrongly is taken back, and stays to be seen.

mod add;
mod store;
mod withdraw;

use serde::{Deserialize, Serialize};

use crate::{
    db::Db,
    error::Result,
    product,
    value::{Id, Time},
};

pub use add::add;
pub use withdraw::{restore, withdraw, withdrawn};

/// What kind of price was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum PriceKind {
    /// 到手价
    Paid,
    /// 活动价
    Promo,
    /// 划线价
    List,
    /// 厂商建议零售价
    Msrp,
    /// 其他
    Other,
}

/// A price seen.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Price {
    pub id: Id,
    pub product: Id,
    /// Minor units.
    pub amount: i64,
    pub currency: String,
    pub kind: PriceKind,
    pub seen_at: Time,
    /// Where it was seen.
    pub place: String,
    /// 券, 满减, 会员 …
    pub conditions: String,
    /// Screenshot.
    pub photo: Option<Id>,
    pub created_at: Time,
}

/// A price to note.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct NewPrice {
    pub product: Id,
    /// Minor units, not negative.
    pub amount: i64,
    /// `None`: the product's currency.
    pub currency: Option<String>,
    pub kind: PriceKind,
    /// `None`: now.
    pub seen_at: Option<Time>,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub conditions: String,
    pub photo: Option<Id>,
}

/// A product's price log, newest first, without what was taken back.
pub async fn list(db: &Db, product: Id) -> Result<Vec<Price>> {
    product::get(db, product).await?;
    store::list(db.read(), product).await
}

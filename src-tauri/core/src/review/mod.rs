//! Review 评价: what somebody said of a product after buying it. A buyer is a salted hash, never a name.

mod add;
mod import;
mod store;

use serde::{Deserialize, Serialize};

use crate::{
    db::Db,
    error::Result,
    value::{Date, Id, Noun, Time},
};

pub use add::add;
pub use import::import;

/// What weighed most for the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Sensitivity {
    /// 价格
    Price,
    /// 值不值
    Value,
    /// 品牌
    Brand,
}

/// A review.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Review {
    pub id: Id,
    pub product: Id,
    pub own: bool,
    /// Salted hash; the same buyer gives the same hash in this workspace.
    pub buyer: Option<String>,
    /// 1–5.
    pub rating: Option<i64>,
    pub text: String,
    /// Why bought.
    pub reasons: Vec<String>,
    /// Why returned.
    pub returned: Vec<String>,
    pub sensitivity: Option<Sensitivity>,
    /// 已授权: may be quoted in a post.
    pub consent: bool,
    /// Where it was said.
    pub source: String,
    pub said_on: Option<Date>,
    pub created_at: Time,
}

/// A review to keep.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewReview {
    pub product: Id,
    pub text: String,
    pub rating: Option<i64>,
    /// Anything that tells buyers apart (a nickname, a phone): hashed before it is written. Absent: the creator's own review.
    pub buyer: Option<String>,
    pub reasons: Vec<String>,
    pub returned: Vec<String>,
    pub sensitivity: Option<Sensitivity>,
    pub consent: bool,
    pub source: String,
    pub said_on: Option<Date>,
}

/// Changes to a review; what was said itself is not changed.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ReviewPatch {
    pub reasons: Option<Vec<String>>,
    pub returned: Option<Vec<String>>,
    pub sensitivity: Option<Sensitivity>,
    pub consent: Option<bool>,
}

/// One review.
pub async fn get(db: &Db, id: Id) -> Result<Review> {
    store::get(&mut *db.read().acquire().await?, id).await
}

/// Reviews of a product or all, newest first.
pub async fn list(db: &Db, product: Option<Id>) -> Result<Vec<Review>> {
    store::list(&mut *db.read().acquire().await?, None, product).await
}

/// Changes what the creator noted about a review.
pub async fn edit(db: &Db, id: Id, patch: ReviewPatch) -> Result<Review> {
    let mut tx = db.begin().await?;
    let mut review = store::get(tx.conn(), id).await?;
    let own = review.own;
    let said = |list: Vec<String>| list.iter().map(|text| add::said(own, text)).collect();
    review.reasons = patch.reasons.map_or(review.reasons, said);
    review.returned = patch.returned.map_or(review.returned, said);
    review.sensitivity = patch.sensitivity.or(review.sensitivity);
    review.consent = patch.consent.unwrap_or(review.consent);
    store::update(tx.conn(), &review).await?;
    tx.touch(Noun::Review);
    tx.commit().await?;
    Ok(review)
}

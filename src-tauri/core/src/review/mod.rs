//! Review 评价: what somebody said of a product after buying it. A buyer is a salted hash, never a name.
//!
//! What a rule finds is computed when it is asked for (`Review::found`); what the creator said of it is stored (`reasons`,
//! `returned`, `sensitivity`, `declined`). So a changed rule never touches the creator's own word.

mod add;
mod edit;
mod find;
mod import;
mod judge;
mod name;
mod paste;
mod remove;
mod rule;
mod stamp;
mod store;
mod summary;
mod table;

use serde::{Deserialize, Serialize};

use crate::{
    db::Db,
    error::Result,
    value::{Date, Id, Time},
};

use judge::{judge, judged, span, went_back};

pub use add::add;
pub use edit::{consent, decide, edit, history};
pub use import::{import, preview};
pub use paste::{paste, split};
pub use remove::{empty_trash, remove, restore};
pub use rule::{reset_rule, rules, rules_checked_on, set_rule, try_rule};
pub use summary::summary;
pub use table::{ReviewColumn, ReviewField};

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

impl Sensitivity {
    /// Reads `price`, `value` or `brand`.
    fn of(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum ReasonKind {
    /// 为什么买
    BoughtBecause,
    /// 为什么退: proposed only where somebody says that it went back.
    ReturnedBecause,
    /// 在意什么; its labels are price, value and brand.
    Sensitivity,
}

/// Words that stand for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ReviewRule {
    /// What it is about.
    pub kind: ReasonKind,
    /// 便宜, 过敏 …; with the kind the identity of the rule.
    pub label: String,
    /// A `*` stands for up to six characters of the same clause.
    pub words: Vec<String>,
    /// Switched off it finds nothing.
    pub enabled: bool,
    /// There is a shipped rule of this kind and label.
    pub shipped: bool,
    /// The creator made or changed it.
    pub own: bool,
}

/// Where a word stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Span {
    /// In UTF-16 units, as an editor counts.
    pub start: i64,
    /// In UTF-16 units, one past the last.
    pub end: i64,
    /// The words.
    pub text: String,
}

/// What became of something that a rule proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The creator has not spoken.
    Proposed,
    /// The creator says so too.
    Accepted,
    /// The creator said no, or something else.
    Declined,
}

/// What a rule found in a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Found {
    pub kind: ReasonKind,
    pub label: String,
    pub standing: Standing,
    /// The words it found, in the order of the text.
    pub hits: Vec<Span>,
}

/// A label the creator said no to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Declined {
    pub kind: ReasonKind,
    pub label: String,
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
    /// A buyer's words stay as they came in.
    pub text: String,
    /// Why bought: the creator's word.
    pub reasons: Vec<String>,
    /// Why returned: the creator's word.
    pub returned: Vec<String>,
    /// The creator's word.
    pub sensitivity: Option<Sensitivity>,
    /// What the rules in force say, beside the creator's word.
    pub found: Vec<Found>,
    /// What the creator said no to.
    #[serde(skip)]
    pub declined: Vec<Declined>,
    /// 已授权: may be quoted in a post.
    pub consent: bool,
    /// Since when the buyer agrees.
    pub consent_at: Option<Time>,
    /// How the buyer agreed.
    pub consent_how: String,
    /// Pictures that came with it, in order.
    pub photos: Vec<Id>,
    /// Where it was said.
    pub source: String,
    /// The creator's remark.
    pub note: String,
    pub said_on: Option<Date>,
    /// How often an own review was changed.
    pub edits: i64,
    /// When it was taken away; it can be brought back until the trash is emptied.
    pub trashed_at: Option<Time>,
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

/// Changes to a review; an absent field stays. A buyer's words are never changed, only what the creator noted of them.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ReviewPatch {
    /// Own reviews only; what it said before is kept.
    pub text: Option<String>,
    /// Own reviews only; `null` takes the rating away.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub rating: Option<Option<i64>>,
    pub reasons: Option<Vec<String>>,
    pub returned: Option<Vec<String>>,
    /// `null` takes it away.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<Sensitivity>)]
    pub sensitivity: Option<Option<Sensitivity>>,
    pub consent: Option<bool>,
    pub source: Option<String>,
    pub note: Option<String>,
    /// `null`: not known.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<Date>)]
    pub said_on: Option<Option<Date>>,
    /// All pictures that came with it, in order. A picture newly put to a buyer's review becomes 买家秀, unless it has a source other
    /// than 自拍 or proves a trial.
    pub photos: Option<Vec<Id>>,
}

/// What the creator says of a label that a rule proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ReasonVerdict {
    /// It is so.
    Accept,
    /// It is not so.
    Decline,
    /// Back to not having spoken.
    Clear,
}

/// Consent given or withdrawn.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewConsent {
    pub given: bool,
    /// How the buyer said so.
    pub how: String,
    /// A screenshot of it.
    pub proof: Option<Id>,
}

/// A word about consent.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Consent {
    pub given: bool,
    pub how: String,
    pub proof: Option<Id>,
    pub at: Time,
}

/// What an own review said before.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct ReviewEdit {
    pub text: String,
    pub rating: Option<i64>,
    /// When these words were replaced.
    pub at: Time,
}

/// What became of a review, oldest first.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct ReviewHistory {
    pub consents: Vec<Consent>,
    pub edits: Vec<ReviewEdit>,
}

/// A review as it would be kept.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct ReviewPiece {
    /// Row of the table or line of the text it begins at, from 1.
    pub row: i64,
    /// The name that is split off: shown here, hashed when kept.
    pub who: String,
    pub text: String,
    pub rating: Option<i64>,
    pub said_on: Option<Date>,
    /// How many phones, mail addresses, chat ids and the like were taken out of the text.
    pub hidden: i64,
    /// The same words of the same buyer are there already.
    pub known: bool,
}

/// What an import would do.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct ReviewPreview {
    /// Empty for pasted text.
    pub columns: Vec<ReviewColumn>,
    /// Rows below the header, or pieces of the text.
    pub rows: i64,
    pub new: i64,
    pub known: i64,
    /// Pieces of personal data taken out, all rows together.
    pub hidden: i64,
    pub refused: Vec<crate::sheet::RefusedRow>,
    /// The first 50 as they would be kept.
    pub pieces: Vec<ReviewPiece>,
}

/// Text copied from a chat or a comment section.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewPaste {
    pub product: Id,
    pub text: String,
    /// Where it was said: 妈妈三群.
    pub source: String,
    /// Lines whose pieces are left out, as the preview numbers them.
    pub skip: Vec<i64>,
}

/// Reviews that words would find.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Tried {
    pub total: i64,
    /// The first 50.
    pub reviews: Vec<TriedReview>,
}

/// A review that words would find.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct TriedReview {
    pub id: Id,
    pub product: Id,
    pub text: String,
    pub hits: Vec<Span>,
}

/// How many reviews give a reason.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct ReasonCount {
    pub kind: ReasonKind,
    pub label: String,
    /// The creator says so.
    pub said: i64,
    /// A rule says so and the creator has not spoken.
    pub proposed: i64,
}

/// Reviews in figures, each with its own n.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct ReviewSummary {
    pub total: i64,
    pub own: i64,
    /// Different buyers, of those that can be told apart.
    pub buyers: i64,
    /// With a rating.
    pub rated: i64,
    pub authorised: i64,
    pub with_photos: i64,
    /// Buyers' reviews that say it went back.
    pub returned: i64,
    /// In the trash; the others do not count them.
    pub trashed: i64,
    /// Of buyers' reviews; most frequent first.
    pub reasons: Vec<ReasonCount>,
}

/// One review; taken away ones too.
pub async fn get(db: &Db, id: Id) -> Result<Review> {
    let conn = &mut *db.read().acquire().await?;
    let review = store::get(conn, id).await?;
    judged(conn, review).await
}

/// Reviews of a product or all, newest first, without those taken away.
pub async fn list(db: &Db, product: Option<Id>) -> Result<Vec<Review>> {
    judged_list(db, product, false).await
}

/// Reviews that were taken away, of a product or all.
pub async fn trashed(db: &Db, product: Option<Id>) -> Result<Vec<Review>> {
    judged_list(db, product, true).await
}

async fn judged_list(db: &Db, product: Option<Id>, trashed: bool) -> Result<Vec<Review>> {
    let conn = &mut *db.read().acquire().await?;
    let mut reviews = store::list(conn, product, trashed).await?;
    judge(conn, &mut reviews).await?;
    Ok(reviews)
}

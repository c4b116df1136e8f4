//! Post 内容: a Markdown document that refers to photos, prices, quotes and links instead of copying them.
//!
//! The syntax, plain enough to read: `![第 7 天](photo:12)` a photo, `[到手价](price:3)` a price seen, `[](review:5)` a quote
//! (已授权 only), `[购买](link:8)` this channel's tagged link of product 8, `#通勤防晒` a topic.

mod create;
mod edit;
mod excerpt;
mod journal;
mod padding;
mod store;
mod tidy;
mod uses;
mod variant;
mod version;

use serde::{Deserialize, Serialize};

use crate::value::{Id, Time};

pub use create::{create, get, list};
pub use edit::{edit, replace};
pub use padding::{padding, set_padding};
pub(crate) use tidy::is_blank;
pub use variant::{set_variant, variant};
pub use version::{name_version, restore, versions};

/// A post.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Post {
    pub id: Id,
    /// Short code, part of every tag of this post.
    pub code: String,
    pub title: String,
    /// Markdown.
    pub body: String,
    /// In order.
    pub products: Vec<Id>,
    /// In order; the first is the cover.
    pub photos: Vec<Id>,
    /// `None`: decided from the facts (links, samples).
    pub commercial: Option<bool>,
    pub ai_generated: bool,
    pub original: bool,
    pub fictional: bool,
    pub archived: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A post in a list.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct PostSummary {
    pub id: Id,
    pub code: String,
    pub title: String,
    /// First words of the body, plain.
    pub excerpt: String,
    pub cover: Option<Id>,
    pub products: Vec<Id>,
    pub photos: i64,
    pub publications: i64,
    pub links: i64,
    pub archived: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

/// What a new post starts with.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewPost {
    pub title: String,
    pub body: String,
    pub products: Vec<Id>,
    pub photos: Vec<Id>,
}

/// Changes to a post; an absent field stays. Every save goes into the journal.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct PostPatch {
    pub title: Option<String>,
    pub body: Option<String>,
    pub products: Option<Vec<Id>>,
    pub photos: Option<Vec<Id>>,
    /// "auto" | "yes" | "no"
    pub commercial: Option<String>,
    pub ai_generated: Option<bool>,
    pub original: Option<bool>,
    pub fictional: Option<bool>,
    pub archived: Option<bool>,
}

/// A kept state of a post.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Version {
    pub id: Id,
    pub post: Id,
    /// Whose own wording this is; `None`: the post's own text.
    pub channel: Option<Id>,
    /// auto, named, restore.
    pub kind: String,
    pub label: String,
    /// Of a channel: what it said, taken from the post where it had no words of its own.
    pub title: String,
    pub body: String,
    pub products: Vec<Id>,
    pub photos: Vec<Id>,
    pub begun_at: Time,
    pub saved_at: Time,
}

/// A channel's own wording.
#[derive(Debug, Clone, Default, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Variant {
    pub title: Option<String>,
    pub body: Option<String>,
}

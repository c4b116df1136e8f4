//! Channel 渠道: a place to publish, and the dated, sourced, user-editable rules of its platform.

mod account;
mod count;
mod overrule;
mod rules;
mod store;
mod told;
mod x;

use serde::{Deserialize, Serialize};

use crate::value::Id;

pub use account::{create, edit, get, list};
pub use count::count;
pub use overrule::{override_rule, rules};
pub use rules::{platforms, without_receipt};

/// A place to publish: platform and account.
// TypeScript calls it ChannelInfo: `Channel` is a word of the bindings' own runtime.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename = "ChannelInfo")]
#[allow(missing_docs)]
pub struct Channel {
    pub id: Id,
    /// Id of a rule pack.
    pub platform: String,
    /// 小红书 · 小鹿
    pub name: String,
    /// The platform's name, 小红书.
    pub platform_name: String,
    /// The account's name shows that it is the seller's own shop (可识别性执法指南 8(2)).
    pub own_shop: bool,
    pub archived: bool,
}

/// A channel to add.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewChannel {
    pub platform: String,
    pub name: String,
    pub own_shop: bool,
}

/// Changes to a channel.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ChannelPatch {
    pub name: Option<String>,
    pub own_shop: Option<bool>,
    pub archived: Option<bool>,
}

/// How a platform counts. Definitions and test table: facts sheet "platform limits" §1, checked 2026-11-22.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Unicode scalar values.
    Chars,
    /// UTF-16 code units.
    Utf16,
    /// 小红书 title: half a 字 for a UTF-16 unit up to 127, one for any other, rounded up.
    Xhs,
    /// X: twitter-text v3.
    TwitterWeighted,
    /// Threads: an emoji sequence adds its UTF-8 bytes, any other scalar one.
    Threads,
}

/// Whether a platform lets something stand in a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Allow {
    #[allow(missing_docs)]
    Yes,
    #[allow(missing_docs)]
    No,
    /// 未核实: no rule text was found; allowed only once the user has switched it on.
    Unverified,
}

/// One limit of a rule pack.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Limit {
    /// Rule id: xiaohongshu.title.
    pub rule: String,
    /// title, body, html, images, topics, digest …
    pub field: String,
    /// 字, 张, 个.
    pub unit: String,
    pub counting: Option<Counting>,
    pub min: Option<i64>,
    /// Above this a warning: the lower figure where sources disagree.
    pub warn: Option<i64>,
    /// Above this it stops (or warns, when soft).
    pub max: Option<i64>,
    /// Unverified limits are soft: they never block.
    pub hard: bool,
    pub source: String,
    /// YYYY-MM-DD.
    pub checked_on: String,
    /// A, B, C.
    pub confidence: String,
    #[serde(default)]
    pub alternatives: Vec<String>,
    #[serde(default)]
    pub note: String,
    /// The user's own figure is in force.
    #[serde(default)]
    pub overridden: bool,
}

/// Which ways to buy a platform takes.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct LinkPolicy {
    pub text_link: Allow,
    pub qr: Allow,
    /// 口令
    pub word: Allow,
    pub coupon: Allow,
    pub contact: Allow,
    /// Native goods card or binding.
    pub card: Allow,
    /// Links that stay links; empty with `text_link` yes means any host.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Hosts that are often blocked there: a warning.
    #[serde(default)]
    pub screened_hosts: Vec<String>,
    /// The platform's own rule forbids what is `no` here, so a breach blocks; otherwise it only warns.
    #[serde(default)]
    pub hard: bool,
    /// Permissions that the user's own word decides: qr, coupon …
    #[serde(default)]
    pub overridden: Vec<String>,
    pub source: String,
    pub checked_on: String,
    pub confidence: String,
    #[serde(default)]
    pub note: String,
}

/// How pictures go out.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct ImageRule {
    pub width: u32,
    pub height: u32,
    /// crop or inside.
    pub fit: String,
    pub source: String,
}

/// A cover the platform asks for beside the pictures, cut from the first of them.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Cover {
    /// Its file in a bundle.
    pub file: String,
    pub width: u32,
    pub height: u32,
    pub source: String,
}

/// The boxes by what they say, each as the platform words it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Declared {
    /// Whenever the mark 「广告」 applies.
    pub ad: Option<String>,
    /// Made with AI.
    pub ai: Option<String>,
    /// 虚构演绎
    pub fictional: Option<String>,
    /// 原创
    pub original: Option<String>,
}

/// The rules of one platform, overrides applied.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Rules {
    pub platform: String,
    /// 小红书
    pub name: String,
    /// 图文, 文章, 动态 …
    pub content_type: String,
    pub checked_on: String,
    /// plain or html.
    pub body: String,
    /// Whether it has a title of its own.
    pub has_title: bool,
    /// The field for it may stay empty.
    #[serde(default)]
    pub title_optional: bool,
    pub limits: Vec<Limit>,
    pub images: Option<ImageRule>,
    #[serde(default)]
    pub covers: Vec<Cover>,
    /// `#{}`, `#{} `, `#{}#`; empty: no topics.
    pub topic_syntax: String,
    /// Topics are written at the end of the body; otherwise the person chooses them beside it.
    #[serde(default)]
    pub topics_in_body: bool,
    pub links: LinkPolicy,
    /// Boxes the platform offers when publishing by hand.
    #[serde(default)]
    pub declarations: Vec<String>,
    /// Which of them says what.
    #[serde(default)]
    pub declared: Declared,
    /// How topics become topics on the page; empty: as they are written.
    #[serde(default)]
    pub topic_note: String,
    /// The page asks for the words before the pictures.
    #[serde(default)]
    pub text_first: bool,
    /// A field of its own for one address: 阅读原文, 目标网址. Empty: none.
    #[serde(default)]
    pub link_field: String,
    /// What the native goods card is called there; empty: 商品.
    #[serde(default)]
    pub card_name: String,
    /// The card is passed on from the shop like a message, instead of being bound by a name of its own.
    #[serde(default)]
    pub card_shared: bool,
    /// The first picture is the cover.
    #[serde(default)]
    pub first_is_cover: bool,
    /// It is printed and put up; nothing is uploaded.
    #[serde(default)]
    pub printed: bool,
    /// What goes out has an address of its own, to be pasted back. In a chat, in 朋友圈 and on a counter it has none.
    #[serde(default = "yes")]
    pub receipt: bool,
    #[serde(default)]
    pub note: String,
}

fn yes() -> bool {
    true
}

/// A user's own figure for a rule.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct NewOverride {
    pub platform: String,
    /// A limit's rule id, or `PLATFORM.links.coupon` and the like.
    pub rule: String,
    /// A number for a limit; yes, no or unverified for a permission; `None` takes the override back.
    pub value: Option<String>,
    #[serde(default)]
    pub reason: String,
}

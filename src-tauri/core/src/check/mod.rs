//! Check: what stands against publishing a post on a channel, each finding with rule, place, reason and source.

mod astray;
mod count;
mod interest;
mod lost;
mod packing;
mod picture;
mod place;
mod policy;
mod reference;
mod ways;

pub(crate) use ways::{Ways, holds, ways};

use serde::Serialize;

use crate::{
    db::Db,
    error::Result,
    render,
    value::{Id, Time},
};

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Export is refused without a written reason.
    Block,
    /// Worth a look.
    Warn,
    /// Good to know.
    Info,
}

/// One thing found.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Finding {
    /// Rule id: xiaohongshu.title, mark, link.forbidden …
    pub rule: String,
    pub severity: Severity,
    /// title, body, images, topics, links.
    pub field: String,
    /// UTF-16 offset into the field's source text, as an editor counts.
    pub start: i64,
    pub end: i64,
    pub message: String,
    /// Why, with the article.
    pub reason: String,
    pub source: String,
    /// What would mend it.
    pub fix: Option<Fix>,
}

/// A mend that the person can accept.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Fix {
    /// On the button.
    pub label: String,
    /// Replaces `start..end` of the field's source text.
    pub replacement: String,
}

/// A counter.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Count {
    pub field: String,
    pub count: i64,
    pub warn: Option<i64>,
    pub limit: Option<i64>,
    pub unit: String,
    /// Soft limits are 未核实.
    pub hard: bool,
}

/// The check of one post on one channel.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Checked {
    pub post: Id,
    pub channel: Id,
    pub counts: Vec<Count>,
    /// Worst first.
    pub findings: Vec<Finding>,
    /// What was looked at, so that silence means something.
    pub looked: Vec<Aspect>,
    /// What nobody looked at: silence about it means nothing.
    pub unlooked: Vec<Aspect>,
}

/// A side of a post that a check may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// 字数
    Count,
    /// 链接和联系方式
    Link,
    /// 引用: photos, prices, quotes.
    Reference,
    /// 「广告」
    Mark,
    /// 图片
    Picture,
    /// 说法: what the sentences promise.
    Claim,
}

/// Those that have a check of their own above.
const LOOKED: [Aspect; 5] = [
    Aspect::Count,
    Aspect::Link,
    Aspect::Reference,
    Aspect::Mark,
    Aspect::Picture,
];
const UNLOOKED: [Aspect; 1] = [Aspect::Claim];

impl Aspect {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "字数",
            Self::Link => "链接",
            Self::Reference => "引用",
            Self::Mark => "「广告」",
            Self::Picture => "图片",
            Self::Claim => "说法",
        }
    }
}

impl Checked {
    /// What was looked at and what was not, in one sentence.
    pub fn told(&self) -> String {
        let names = |aspects: &[Aspect]| {
            aspects
                .iter()
                .map(|one| one.name())
                .collect::<Vec<_>>()
                .join("、")
        };
        let looked = format!("{}查过了", names(&self.looked));
        if self.unlooked.is_empty() {
            return format!("{looked}。");
        }
        format!("{looked}，{}还没查。", names(&self.unlooked))
    }
}

/// Checks a post for a channel, on the text as it would be exported. `_now` is for rules that know of time.
///
/// # Errors
/// `NotFound` for the post or the channel.
pub async fn check(db: &Db, post: Id, channel: Id, _now: Time) -> Result<Checked> {
    let draft = render::draft(db, post, channel).await?;
    let composed = render::compose(&draft);
    let texts = place::Texts::new(&draft);
    let (counts, mut findings) = count::count(&draft, &composed, &texts);
    findings.extend(policy::check(&draft, &composed, &texts));
    findings.extend(reference::check(&draft, &texts));
    findings.extend(lost::check(&draft, &composed, &texts));
    findings.extend(interest::check(&draft, &composed, &texts));
    findings.extend(astray::check(&draft, &texts));
    findings.extend(picture::check(&draft, &composed));
    findings.extend(packing::check(&draft, &composed, &texts));
    findings.sort_by_key(|finding| (finding.severity, finding.start));
    // What could not be read was not looked at.
    let is_unread = |aspect: &Aspect| *aspect == Aspect::Picture && !picture::is_whole(&draft);
    let (unread, looked) = LOOKED.into_iter().partition(is_unread);
    Ok(Checked {
        post,
        channel,
        counts,
        findings,
        looked,
        unlooked: [unread, UNLOOKED.to_vec()].concat(),
    })
}

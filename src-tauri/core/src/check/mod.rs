//! Check: what stands against publishing a post on a channel, each finding with rule, place, reason and source.

mod count;
mod interest;
mod lost;
mod picture;
mod place;
mod policy;
mod reference;
mod store;

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
    findings.extend(picture::check(db, &draft, &composed).await?);
    findings.sort_by_key(|finding| (finding.severity, finding.start));
    Ok(Checked {
        post,
        channel,
        counts,
        findings,
    })
}

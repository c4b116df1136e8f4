//! Links and coupons that were made here for another channel or another post: what they bring is credited there.

use super::{
    Finding, Severity,
    place::{Say, Texts, finding, whole},
};
use crate::render::{Draft, Where};

const OWN: &str = "草本";

/// Every one of them.
pub(super) fn check(draft: &Draft, texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, words, known) in &draft.known {
        let Some(tag) = &known.tag else { continue };
        let what = if known.is_address { "链接" } else { "券码" };
        let whose = if tag.channel != draft.channel.id {
            format!("「{}」", tag.channel_name)
        } else if tag.post != draft.post.id {
            format!("另一篇「{}」", tag.post_title)
        } else {
            continue;
        };
        let place = match at {
            Where::Title | Where::Body => String::new(),
            Where::Caption => "图说里的".to_owned(),
            Where::Picture(nth) | Where::Code(nth) => format!("第 {nth} 张图里的"),
        };
        let say = Say {
            rule: "link.astray",
            severity: Severity::Warn,
            message: format!("{place}「{words}」是给{whose}的{what}，从这里来的订单会记到那里去。"),
            reason: "每一篇在每个渠道用自己的标记，才知道订单从哪里来。给这一篇在这个渠道生成一条，换上它。",
            source: OWN,
        };
        findings.push(match at {
            Where::Title => finding("title", &texts.title.source, known.place.clone(), say),
            Where::Body | Where::Caption => finding("body", &texts.body.source, known.place.clone(), say),
            Where::Picture(_) | Where::Code(_) => whole("images", say),
        });
    }
    findings
}

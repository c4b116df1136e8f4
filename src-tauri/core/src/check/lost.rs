//! Nothing a person wrote disappears without a word: what is not in the text that goes out is told, with the words themselves.

use super::{
    Finding, Severity,
    place::{Say, Texts, finding, whole},
};
use crate::{
    post,
    render::{Composed, Draft},
};

const OWN: &str = "草本";

/// Everything that stands in the post and not in what goes out, and has no finding of its own.
pub(super) fn check(draft: &Draft, composed: &Composed, texts: &Texts<'_>) -> Vec<Finding> {
    let name = &draft.rules.name;
    let mut findings = Vec::new();
    for range in &draft.parsed.lost {
        let words = draft.body.get(range.clone()).unwrap_or_default();
        let say = Say {
            rule: "text.dropped",
            severity: Severity::Warn,
            message: format!("「{words}」不会带出去。"),
            reason: "它写在 Markdown 不当正文的地方（链接的提示、重复的定义、多出来的格子、代码块的语言名）。要带出去，就写成普通文字。",
            source: OWN,
        };
        findings.push(finding("body", &texts.body.source, range.clone(), say));
    }
    let mut told = |rule: &str, message: String, reason: &str| {
        let say = Say {
            rule,
            severity: Severity::Info,
            message,
            reason,
            source: OWN,
        };
        findings.push(whole("body", say));
    };
    if !composed.captions.is_empty() {
        let words = composed.captions.join("」「");
        let message = format!("{name}的图片没有图说，这些字只留在本子里：「{words}」。");
        told(
            "caption.dropped",
            message,
            "图片和文字分开带出去。要让人看到，就写进正文。",
        );
    }
    if !composed.topics.is_empty() {
        let words = composed.topics.join(" #");
        let message = format!("{name}没有话题，单独成段的话题不会带出去：#{words}。");
        told("topics.dropped", message, "写在句子里的话题会留下词、去掉 #。");
    }
    if draft.rules.has_title && post::is_blank(&draft.title) && !post::is_blank(&draft.post.title) {
        let message = format!(
            "这个渠道的标题空着，内容的标题「{}」不会带出去。",
            draft.post.title
        );
        told(
            "title.dropped",
            message,
            "这个渠道有自己的文案，标题也在其中。清掉它，就用内容的标题。",
        );
    }
    findings
}

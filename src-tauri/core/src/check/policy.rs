//! What a platform does not let stand in a text: links, QR codes, 口令, coupon codes, contact details.

use std::collections::HashSet;

use super::{
    Finding, Severity,
    place::{Say, Text, finding},
    scan::{Way, scan},
};
use crate::{
    channel::{Allow, LinkPolicy},
    render::{Composed, Draft},
};

/// Looks at the words of every field, and at what rendering brought in besides.
pub(super) fn check(draft: &Draft, composed: &Composed, texts: &[Text<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for text in texts {
        for (way, range) in scan(&text.seen) {
            let hit = text.seen.get(range.clone()).unwrap_or_default();
            if let Some((rule, severity, message)) = judge(draft, way, hit) {
                let reason = reason(&draft.rules.links);
                let say = Say {
                    rule,
                    severity,
                    message,
                    reason: &reason,
                    source: &draft.rules.links.source,
                };
                let found = finding(text.field, text.source, range, say);
                findings.push(if matches!(way, Way::Qr | Way::Coupon) {
                    found
                } else {
                    found.with_fix("删去", "")
                });
            }
        }
    }
    // A quoted review or a place of a price may bring an address along: it has no place in the Markdown.
    let mut known = HashSet::new();
    for (way, range) in scan(&composed.rendered.body) {
        let hit = composed.rendered.body.get(range).unwrap_or_default();
        if !known.insert(hit) {
            continue;
        }
        let is_ours = draft
            .links
            .iter()
            .any(|link| link.url.contains(hit) || link.coupon.as_deref() == Some(hit));
        if is_ours || texts.iter().any(|text| text.source.contains(hit)) {
            continue;
        }
        if let Some((rule, severity, message)) = judge(draft, way, hit) {
            let reason = reason(&draft.rules.links);
            let say = Say {
                rule,
                severity,
                message,
                reason: &reason,
                source: &draft.rules.links.source,
            };
            findings.push(finding("body", "", 0..0, say));
        }
    }
    findings
}

fn judge(draft: &Draft, way: Way, hit: &str) -> Option<(&'static str, Severity, String)> {
    let (policy, name) = (&draft.rules.links, &draft.rules.name);
    let (allow, what, forbidden, unverified) = match way {
        Way::Address => (policy.text_link, "网址", "link.forbidden", "link.unverified"),
        Way::Word => (policy.word, "口令", "word.forbidden", "word.unverified"),
        Way::Qr => (policy.qr, "二维码", "qr.forbidden", "qr.unverified"),
        Way::Coupon => (policy.coupon, "券码", "coupon.forbidden", "coupon.unverified"),
        Way::Contact => (
            policy.contact,
            "联系方式",
            "contact.forbidden",
            "contact.unverified",
        ),
    };
    // Words that only speak of a code are a hint, not the code itself.
    let is_hint = matches!(way, Way::Qr | Way::Coupon)
        || (way == Way::Word && !hit.contains(|c: char| c.is_ascii_alphanumeric()));
    match allow {
        Allow::No if policy.hard && !is_hint => Some((
            forbidden,
            Severity::Block,
            format!("{name}不允许放{what}：「{hit}」。"),
        )),
        Allow::No if policy.hard => Some((
            forbidden,
            Severity::Warn,
            format!("{name}不允许放{what}，「{hit}」像在引导，建议改掉。"),
        )),
        Allow::No => Some((
            forbidden,
            Severity::Warn,
            format!("{name}里的{what}没有用：「{hit}」。"),
        )),
        Allow::Unverified => Some((
            unverified,
            Severity::Warn,
            format!("{name}能不能放{what}还未核实：「{hit}」。确认可以后在渠道规则里打开。"),
        )),
        Allow::Yes if way == Way::Address && policy.screens(hit) => Some((
            "link.screened",
            Severity::Warn,
            format!("「{hit}」在{name}里常被屏蔽，换成自己的短链、小程序码或口令。"),
        )),
        Allow::Yes if way == Way::Address && !policy.keeps(hit) => Some((
            "link.host",
            Severity::Warn,
            format!(
                "{name}只保留 {} 的链接，「{hit}」点不开。",
                policy.hosts.join("、")
            ),
        )),
        Allow::Yes => None,
    }
}

/// The rule behind it, with its date.
pub(super) fn reason(policy: &LinkPolicy) -> String {
    format!(
        "渠道的链接规则，{} 核对，可信度 {}。{}",
        policy.checked_on, policy.confidence, policy.note
    )
}

//! What a platform does not let stand in a text: links, QR codes, 口令, coupon codes, contact details.

use std::collections::HashSet;

use super::{
    Finding, Severity,
    place::{Say, Text, Texts, finding, whole},
};
use crate::{
    channel::{Allow, Rules},
    render::{Composed, Draft, Way, Where, home, scan},
};

/// Looks at the words of every field, and at what rendering brought in besides.
pub(super) fn check(draft: &Draft, composed: &Composed, texts: &Texts<'_>) -> Vec<Finding> {
    let (reason, proof) = told(&draft.rules);
    let source = proof.as_str();
    let mut findings = Vec::new();
    // What stands in the Markdown, without the blanks that its marks left.
    let mut known: HashSet<String> = HashSet::new();
    for text in texts.both() {
        for (way, range) in scan(&text.seen) {
            let hit = text.seen.get(range.clone()).unwrap_or_default();
            known.insert(bare(hit));
            if let Some((rule, severity, message)) = judge(draft, way, hit) {
                let say = Say {
                    rule,
                    severity,
                    message,
                    reason: &reason,
                    source,
                };
                let found = finding(text.field, &text.source, range, say);
                findings.push(if matches!(way, Way::Qr | Way::Coupon | Way::Hint) {
                    found
                } else {
                    found.with_fix("删去", "")
                });
            }
        }
    }
    findings.extend(coupons(draft, texts, &mut known));
    findings.extend(captions(draft, composed, &texts.body, &mut known));
    for reference in &draft.references {
        known.insert(bare(&reference.address));
    }
    // A quoted review or a place of a price may bring an address along: it has no place in the Markdown.
    for (way, range) in scan(&composed.rendered.body) {
        let hit = composed.rendered.body.get(range).unwrap_or_default();
        if !known.insert(bare(hit)) {
            continue;
        }
        let is_ours = draft.links.iter().any(|link| {
            let coupon = link.coupon.as_deref().filter(|coupon| !coupon.is_empty());
            link.url.contains(hit)
                || coupon.is_some_and(|coupon| hit.contains(coupon))
                || hit.contains(&link.code)
        });
        if is_ours {
            continue;
        }
        if let Some((rule, severity, message)) = judge(draft, way, hit) {
            let say = Say {
                rule,
                severity,
                message,
                reason: &reason,
                source,
            };
            findings.push(whole("body", say));
        }
    }
    findings
}

/// Coupons that were made here, where no word beside them says that they are some.
fn coupons(draft: &Draft, texts: &Texts<'_>, known: &mut HashSet<String>) -> Vec<Finding> {
    let (reason, proof) = told(&draft.rules);
    let mut findings = Vec::new();
    for (at, words, one) in &draft.known {
        let text = match at {
            Where::Title => &texts.title,
            Where::Body => &texts.body,
            _ => continue,
        };
        let is_told = known.iter().any(|told| told.contains(&bare(words)));
        if one.is_address || one.tag.is_none() || is_told {
            continue;
        }
        known.insert(bare(words));
        if let Some((rule, severity, message)) = judge(draft, Way::Coupon, words) {
            let say = Say {
                rule,
                severity,
                message,
                reason: &reason,
                source: &proof,
            };
            findings.push(finding(text.field, &text.source, one.place.clone(), say));
        }
    }
    findings
}

/// Words of pictures. Where no caption goes out they break no rule yet, but somebody may copy them by hand.
fn captions(
    draft: &Draft,
    composed: &Composed,
    body: &Text<'_>,
    known: &mut HashSet<String>,
) -> Vec<Finding> {
    let goes_out = composed.rendered.html.is_some();
    let (reason, proof) = told(&draft.rules);
    let mut findings = Vec::new();
    for (way, range) in scan(&body.captions) {
        let hit = body.captions.get(range.clone()).unwrap_or_default();
        known.insert(bare(hit));
        let Some((rule, severity, message)) = judge(draft, way, hit) else {
            continue;
        };
        let say = Say {
            rule,
            severity: if goes_out {
                severity
            } else {
                severity.max(Severity::Warn)
            },
            message: format!("图说里：{message}"),
            reason: &reason,
            source: &proof,
        };
        findings.push(finding("body", &body.source, range, say).with_fix("删去", ""));
    }
    findings
}

fn bare(hit: &str) -> String {
    hit.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}

/// What a platform says to a hit; `None` when it does not mind.
pub(super) fn judge(draft: &Draft, way: Way, hit: &str) -> Option<(&'static str, Severity, String)> {
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
        Way::Account => (
            policy.contact,
            "其他平台的账号或店铺",
            "contact.forbidden",
            "contact.unverified",
        ),
        // A hint is told where contacts are known to be forbidden; elsewhere it is ordinary speech.
        Way::Hint if policy.contact != Allow::No => return None,
        Way::Hint => (
            policy.contact,
            "联系方式",
            "contact.forbidden",
            "contact.unverified",
        ),
    };
    // On its own platform an account is no other's.
    let is_home = |home: &str| {
        let rest = draft.rules.platform.strip_prefix(home);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    if way == Way::Account && home(hit).is_some_and(is_home) {
        return None;
    }
    // Words that only speak of a code are a hint, not the code itself.
    let is_hint = matches!(way, Way::Qr | Way::Coupon | Way::Hint)
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

/// The rule behind it: the sentence, and where it is from.
pub(super) fn told(rules: &Rules) -> (String, String) {
    (rules.links.told(&rules.name), rules.links.proof())
}

//! Pictures that go out: words that were drawn into them here, and QR codes in any of them.

use std::collections::HashSet;

use super::{
    Finding, Severity,
    place::{Say, whole},
    policy::{self, judge},
};
use crate::{
    channel::Allow,
    render::{Composed, Draft, Picture, scan},
};

/// Looks at every picture in the order in which they go out.
pub(super) fn check(draft: &Draft, composed: &Composed) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (nth, id) in (1..).zip(&composed.rendered.photos) {
        let Some(picture) = draft.pictures.iter().find(|picture| picture.photo == *id) else {
            continue;
        };
        findings.extend(drawn(draft, nth, picture));
        match &picture.codes {
            Ok(codes) => findings.extend(codes.iter().filter_map(|code| qr(draft, nth, code))),
            Err(why) => {
                let message = format!("第 {nth} 张图打不开，里面有没有二维码没有查：{why}");
                findings.push(told(draft, "picture.unread", Severity::Warn, message));
            }
        }
        if picture.forgotten {
            let message = format!(
                "第 {nth} 张图是在草本里拼的，当时写在上面的字没有留下来，没有查。自己看一眼，或重新存一次拼图。"
            );
            findings.push(told(draft, "picture.unread", Severity::Info, message));
        }
    }
    findings
}

/// Whether all of every picture could be looked at.
pub(super) fn is_whole(draft: &Draft) -> bool {
    draft
        .pictures
        .iter()
        .all(|picture| picture.codes.is_ok() && !picture.forgotten)
}

/// Words that were drawn into a picture.
fn drawn(draft: &Draft, nth: usize, picture: &Picture) -> Vec<Finding> {
    let mut known = HashSet::new();
    let mut findings = Vec::new();
    for text in &picture.words {
        for (way, range) in scan(text) {
            let hit = text.get(range).unwrap_or_default();
            if !known.insert(hit) {
                continue;
            }
            if let Some((rule, severity, message)) = judge(draft, way, hit) {
                findings.push(told(
                    draft,
                    rule,
                    severity,
                    format!("第 {nth} 张图里写着：{message}"),
                ));
            }
        }
    }
    findings
}

fn qr(draft: &Draft, nth: usize, code: &str) -> Option<Finding> {
    let (policy, name) = (&draft.rules.links, &draft.rules.name);
    let shown: String = code.chars().take(60).collect();
    let (rule, severity, message) = match policy.qr {
        Allow::Yes => return None,
        Allow::No if policy.hard => (
            "qr.forbidden",
            Severity::Block,
            format!("第 {nth} 张图里有二维码（内容「{shown}」），{name}不允许。裁掉它，或在修图里盖住。"),
        ),
        Allow::No => (
            "qr.forbidden",
            Severity::Warn,
            format!("第 {nth} 张图里有二维码（内容「{shown}」），在{name}没有用。"),
        ),
        Allow::Unverified => (
            "qr.unverified",
            Severity::Warn,
            format!(
                "第 {nth} 张图里有二维码（内容「{shown}」），{name}能不能放还未核实。确认可以后在渠道规则里打开。"
            ),
        ),
    };
    Some(told(draft, rule, severity, message))
}

fn told(draft: &Draft, rule: &str, severity: Severity, message: String) -> Finding {
    let (reason, proof) = policy::told(&draft.rules);
    let say = Say {
        rule,
        severity,
        message,
        reason: &reason,
        source: &proof,
    };
    whole("images", say)
}

//! What packing will make of the pictures and links: what the export will refuse, what its frame cuts off, and which links stand beside
//! the text instead of in it.

use super::{
    Finding, Severity,
    place::{Say, Texts, finding, whole},
};
use crate::{
    channel::Allow,
    link::{self, Link, LinkKind},
    render::{Composed, Draft, share},
};

const OWN: &str = "草本";
/// A cover may lose more than a picture: it is a detail by nature. Below this it is worth a look.
const COVER_KEPT: f64 = 0.5;

/// Looks at every picture and link of the bundle.
pub(super) fn check(draft: &Draft, composed: &Composed, texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (nth, id) in (1..).zip(&composed.rendered.photos) {
        let Some(shown) = draft.shown.get(id) else {
            continue;
        };
        if let Some(problem) = &shown.problem {
            let message = format!("第 {nth} 张{problem}。");
            let why = "打包时这一张做不成图片，整个渠道都打不了包；写理由也越不过去。";
            findings.push(told("images.refused", Severity::Block, message, why, OWN));
        }
        if shown.trashed {
            let message = format!("第 {nth} 张在回收站里，还会跟着发出去。");
            let why = "清空回收站以后它就打不了包了；要用就先放回来，不用就拿掉。";
            findings.push(told("images.trashed", Severity::Warn, message, why, OWN));
        }
    }
    findings.extend(cuts(draft, composed));
    findings.extend(covers(draft, composed));
    findings.extend(
        draft
            .links
            .iter()
            .filter_map(|link| loose(draft, composed, texts, link)),
    );
    findings.extend(draft.links.iter().filter_map(strange));
    findings.extend(draft.links.iter().filter_map(|link| too_long(draft, link)));
    findings
}

fn told(rule: &str, severity: Severity, message: String, reason: &str, source: &str) -> Finding {
    let say = Say {
        rule,
        severity,
        message,
        reason,
        source,
    };
    whole("images", say)
}

/// Pictures that the frame cuts by more than a quarter, all in one sentence.
fn cuts(draft: &Draft, composed: &Composed) -> Option<Finding> {
    let rule = draft.rules.images.as_ref()?;
    let rendered = &composed.rendered;
    let cut: Vec<String> = (1..)
        .zip(&rendered.photos)
        .filter(|(_, id)| draft.cuts_much(**id) && !rendered.padded.contains(id))
        .filter_map(|(nth, id)| {
            Some(format!(
                "第 {nth} 张裁掉 {}",
                percent(1.0 - draft.shown.get(id)?.kept)
            ))
        })
        .collect();
    if cut.is_empty() {
        return None;
    }
    let message = format!(
        "{}的图片裁成 {}×{}：{}。",
        draft.rules.name,
        rule.width,
        rule.height,
        cut.join("，")
    );
    let why = "裁掉的可能正是要给人看的。可以改成补白边，整张都在；也可以自己修图，定下留哪一块。";
    Some(told("images.cut", Severity::Warn, message, why, &rule.source))
}

fn covers(draft: &Draft, composed: &Composed) -> Option<Finding> {
    let first = draft.shown.get(composed.rendered.photos.first()?)?;
    let tight: Vec<String> = draft
        .rules
        .covers
        .iter()
        .map(|cover| (cover, share(first.aspect, cover.width, cover.height)))
        .filter(|(_, kept)| *kept < COVER_KEPT)
        .map(|(cover, kept)| format!("{}×{} 只留首图的 {}", cover.width, cover.height, percent(kept)))
        .collect();
    if tight.is_empty() {
        return None;
    }
    let message = format!("封面裁得紧：{}。", tight.join("，"));
    let why = "打包后看一眼封面；不合适就换一张横一点的照片放在最前面。";
    Some(told("images.cover", Severity::Info, message, why, OWN))
}

/// Rounded against the picture: what is said to be cut off is never less than it is.
fn percent(share: f64) -> String {
    format!("{:.0}%", (share * 100.0).ceil().clamp(0.0, 100.0))
}

/// A link or code that was made for this channel and may stand in its text, but does not.
fn loose(draft: &Draft, composed: &Composed, texts: &Texts<'_>, link: &Link) -> Option<Finding> {
    let (policy, body) = (&draft.rules.links, &composed.rendered.body);
    let stands = match link.kind {
        _ if link.is_strange() => return None,
        LinkKind::Url if policy.keeps(&link.url) && draft.rules.link_field.is_empty() => {
            body.contains(&link.url)
        }
        LinkKind::Coupon if policy.coupon == Allow::Yes => {
            link.coupon.as_ref().is_none_or(|coupon| body.contains(coupon))
        }
        _ => return None,
    };
    if stands {
        return None;
    }
    let what = if link.kind == LinkKind::Url {
        "链接"
    } else {
        "优惠码"
    };
    let end = draft.body.len();
    let say = Say {
        rule: "link.loose",
        severity: Severity::Info,
        message: format!("「{}」的{what}还没放进正文。", link.product_name),
        reason: "不放也行：一步步发时会单独提醒你发它。",
        source: OWN,
    };
    let lead = if draft.body.trim().is_empty() { "" } else { "\n\n" };
    let insert = format!("{lead}[购买](link:{})", link.product);
    Some(finding("body", &texts.body.source, end..end, say).with_fix("放进正文末尾", insert))
}

/// An address that is none of the web: the export would stop at it.
fn strange(link: &Link) -> Option<Finding> {
    let message = format!(
        "「{}」的链接 {} 通到的不是网址，打不了包。",
        link.product_name, link.code
    );
    let say = Say {
        rule: "link.address",
        severity: Severity::Block,
        message,
        reason: "它不是草本写的，发出去可能害人；写理由也越不过去。给它换一个 http 或 https 开头的地址。",
        source: OWN,
    };
    link.is_strange().then(|| whole("links", say))
}

/// An address that no QR code can hold: the export would stop at it.
fn too_long(draft: &Draft, link: &Link) -> Option<Finding> {
    if draft.rules.links.qr != Allow::Yes
        || link.url.is_empty()
        || link.is_strange()
        || link::fits_qr(&link.url)
    {
        return None;
    }
    let say = Say {
        rule: "link.qr",
        severity: Severity::Block,
        message: format!("「{}」的网址太长，二维码放不下，打不了包。", link.product_name),
        reason: "换一个短一些的网址再做一次链接。",
        source: OWN,
    };
    Some(whole("links", say))
}

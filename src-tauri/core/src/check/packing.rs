//! What packing will make of the pictures and links: what the export will refuse, what its frame cuts off, and which links stand beside
//! the text instead of in it.

use super::{
    Finding, Severity,
    place::{Say, Texts, finding, whole},
    ways::ways,
};
use crate::{
    channel::Allow,
    link::{self, Link, LinkKind},
    render::{Composed, Draft, Shown, share},
};

const OWN: &str = "草本";
/// A cover may lose more than a picture: it is a detail by nature. Below this it is worth a look.
const COVER_KEPT: f64 = 0.5;
/// A picture that is enlarged by more than this looks soft on any phone.
const ENLARGED: f64 = 2.0;
const LABEL_LAW: &str = "人工智能生成合成内容标识办法（2025-09-01 施行）第十条；GB 45438-2025";

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
    findings.extend(small(draft, composed));
    findings.extend(animated(draft, composed));
    findings.extend(labelled(draft, composed));
    findings.extend(covers(draft, composed));
    findings.extend(
        draft
            .links
            .iter()
            .filter_map(|link| loose(draft, composed, texts, link)),
    );
    findings.extend(draft.links.iter().filter_map(strange));
    findings.extend(draft.links.iter().filter_map(|link| too_long(draft, link)));
    findings.extend(crowded(draft));
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

/// Pictures that the frame has to enlarge much.
fn small(draft: &Draft, composed: &Composed) -> Option<Finding> {
    let rule = draft.rules.images.as_ref()?;
    let (width, height) = (f64::from(rule.width), f64::from(rule.height));
    let rendered = &composed.rendered;
    let small: Vec<String> = (1..)
        .zip(&rendered.photos)
        .filter_map(|(nth, id)| {
            let (across, down) = draft.shown.get(id)?.sides?;
            let scales = (width / across, height / down);
            let is_padded = rule.fit == "pad" || rendered.padded.contains(id);
            let scale = match rule.fit.as_str() {
                "inside" => return None,
                _ if is_padded => scales.0.min(scales.1),
                _ => scales.0.max(scales.1),
            };
            (scale > ENLARGED).then(|| format!("第 {nth} 张只有 {across:.0}×{down:.0}"))
        })
        .collect();
    if small.is_empty() {
        return None;
    }
    let message = format!(
        "{}，要放大到 {}×{}，会糊。",
        small.join("，"),
        rule.width,
        rule.height
    );
    let why = "放大不会多出细节。换一张大一点的，或裁得少一点。";
    Some(told("images.small", Severity::Warn, message, why, &rule.source))
}

/// Which of the pictures are so, as people count them.
fn nths(draft: &Draft, composed: &Composed, is_so: impl Fn(&Shown) -> bool) -> Option<String> {
    let nths: Vec<String> = (1..)
        .zip(&composed.rendered.photos)
        .filter(|(_, id)| draft.shown.get(id).is_some_and(&is_so))
        .map(|(nth, _): (i32, _)| nth.to_string())
        .collect();
    (!nths.is_empty()).then(|| nths.join("、"))
}

fn animated(draft: &Draft, composed: &Composed) -> Option<Finding> {
    let nths = nths(draft, composed, |shown| shown.animated)?;
    let message = format!("第 {nths} 张是动图，打包出去是不动的一张。");
    let why = "发布包里的图片都是 JPEG，只留第一帧。要它动，就在平台收动图时自己换上原文件。";
    Some(told("images.animated", Severity::Warn, message, why, OWN))
}

/// Pictures that say themselves that AI made them, in a post that does not.
fn labelled(draft: &Draft, composed: &Composed) -> Option<Finding> {
    let nths = nths(draft, composed, |shown| shown.labelled)?;
    if draft.post.ai_generated {
        return None;
    }
    let message = format!("第 {nths} 张带着 AI 生成的标识，内容却没有标为含 AI 生成。");
    let why = "发布 AI 生成的内容要主动声明，并用平台的标识功能；谁都不能删改标识，所以导出的图片里留着它。步骤里已经写上这一条；「原创」要你自己看过再勾。";
    Some(told("images.labelled", Severity::Warn, message, why, LABEL_LAW))
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
        reason: if draft.rules.receipt || link.kind == LinkKind::Coupon {
            "一步步发时会提醒你贴上它，所以字数已经连它一起算了。"
        } else {
            "不放也行：一步步发时会单独提醒你发它。"
        },
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

/// Links for which the platform's one field has no room any more.
fn crowded(draft: &Draft) -> Option<Finding> {
    let rules = &draft.rules;
    let all = ways(&draft.links, rules);
    let names = |is_left: bool| {
        let of = all.iter().filter(|(_, ways)| match is_left {
            true => ways.crowded,
            false => ways.field.is_some(),
        });
        of.map(|(link, _)| link.product_name.as_str())
            .collect::<Vec<_>>()
            .join("」「")
    };
    let left = names(true);
    if left.is_empty() {
        return None;
    }
    let field = &rules.link_field;
    let message = format!(
        "「{field}」只能填一个网址，填「{}」的；「{left}」的填不进去。",
        names(false)
    );
    let say = Say {
        rule: "link.field",
        severity: Severity::Warn,
        message,
        reason: "填不进去的链接只能靠二维码或券码带出去；都没有的话，它带不来认得出的订单。要换一条填，先删掉填着的那条链接。",
        source: &rules.links.proof(),
    };
    Some(whole("links", say))
}

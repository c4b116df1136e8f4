//! An interest must be visible: the mark 「广告」, no words against it, and nothing recommended that was not used.

use super::{
    Finding, Severity,
    place::{Say, Text, Texts, finding, whole},
};
use crate::render::{Composed, Draft, Said, Sort};

const MARK_LAW: &str = "互联网广告管理办法第九条第三款、第二十五条";
const MARK_WHY: &str = "用体验分享、测评等形式推销并附上购买方式，要显著标明「广告」；「推广」「返利」「赞助」都代替不了它（可识别性执法指南第六条）。违者由市场监管部门处十万元以下罚款，首次轻微并及时改正的可以不罚。";
const FAIR_LAW: &str = "反不正当竞争法（2025-10-15 施行）第九条";
const USED_LAW: &str = "广告法第三十八条、第六十一条";

/// All findings about the creator's interest.
pub(super) fn check(draft: &Draft, composed: &Composed, texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = mark(draft, composed);
    let texts = texts.both();
    let has_interest = draft.interest().is_some() || draft.has_way_to_buy();
    if has_interest || draft.is_given() {
        let denials = [
            "非广告",
            "不是广告",
            "不是广",
            "无广",
            "没有广告",
            "没收钱",
            "没有收钱",
            "没收费",
            "零广",
            "0广",
            "不算广告",
            "绝不是软广",
            "不打广告",
            "不恰饭",
            "没恰饭",
            "没有恰饭",
            "非商业",
            "不是推广",
        ];
        let why =
            "记录或文字里有带标记的链接、购买方式、寄样或赠送，和这句话对不上；说法和事实不符会误导消费者。";
        findings.extend(hits(&texts, &denials).map(|(text, range)| {
            say(
                text,
                range,
                "mark.contradiction",
                Severity::Warn,
                "这句话和记录里的利益关系相反",
                why,
                FAIR_LAW,
            )
        }));
    }
    if draft.is_given() {
        let why = "试用记录写的是寄样或赠送，「自费」「自购」会误导消费者。";
        let own = ["自费", "自己花钱", "自购", "自掏腰包"];
        let is_bought = draft.tried.iter().any(|tried| tried.acquired == "bought");
        if !is_bought {
            findings.extend(hits(&texts, &own).map(|(text, range)| {
                say(
                    text,
                    range,
                    "mark.contradiction",
                    Severity::Warn,
                    "记录里它不是自己买的",
                    why,
                    FAIR_LAW,
                )
            }));
        }
    }
    let untried = draft
        .post
        .products
        .iter()
        .any(|product| draft.tried.iter().all(|tried| tried.product != *product));
    if has_interest && untried {
        let used = ["亲测", "实测", "用了", "用过", "我用", "回购", "试用"];
        let why = "推荐人不得为没有使用过的商品作推荐；试用记录和自己拍的照片就是证据。";
        findings.extend(hits(&texts, &used).take(1).map(|(text, range)| {
            say(
                text,
                range,
                "endorse.untried",
                Severity::Warn,
                "有好物还没有试用记录，却写了使用感受",
                why,
                USED_LAW,
            )
        }));
    }
    findings
}

fn mark(draft: &Draft, composed: &Composed) -> Vec<Finding> {
    let rendered = &composed.rendered;
    let told = |severity, message: String| {
        let say = Say {
            rule: "mark",
            severity,
            message,
            reason: MARK_WHY,
            source: MARK_LAW,
        };
        whole("body", say)
    };
    if draft.is_exempt() || composed.shows_mark && !rendered.marked {
        return Vec::new();
    }
    // Before a heading or a picture the word needs a line of its own.
    let begins_with_words = draft.body.chars().next().is_some_and(char::is_alphanumeric);
    let lead = if begins_with_words {
        "广告｜"
    } else {
        "广告\n\n"
    };
    let mut findings = Vec::new();
    let theirs = if draft.channel.own_shop {
        draft.why_not_own().unwrap_or_default()
    } else {
        String::new()
    };
    match draft.interest() {
        Some(_) if !composed.shows_mark => {
            findings.push(told(
                Severity::Block,
                format!("这是商业内容，正文里没有放上「广告」二字。{theirs}"),
            ));
        }
        Some(why) => {
            let message = format!("{why}，导出时会在正文开头写上「广告」。{theirs}");
            findings.push(told(Severity::Info, message).with_fix("写进正文", lead));
        }
        None if draft.post.commercial == Some(false) => {
            findings.extend(denied(draft).map(|(severity, message)| {
                told(severity, format!("{message}{theirs}")).with_fix("写进正文", lead)
            }));
        }
        None => findings
            .extend(code(draft).map(|message| told(Severity::Info, message).with_fix("写进正文", lead))),
    }
    if draft.post.ai_generated && draft.interest().is_some() && !rendered.body.contains("AI技术") {
        let message = "AI 生成的广告，鼓励写明「本广告使用AI技术」。".to_owned();
        let say = Say {
            rule: "mark.ai",
            severity: Severity::Info,
            message,
            reason: "可识别性执法指南第十四条鼓励这样写，不是强制。",
            source: "互联网广告可识别性执法指南（市场监管总局 2024）第十四条",
        };
        findings.push(whole("body", say));
    }
    findings
}

/// A QR code that leads nobody knows where: on a package it proves that the thing is genuine, beside a recommendation it sells.
fn code(draft: &Draft) -> Option<String> {
    let mut codes = (1..).zip(&draft.pictures).flat_map(|(nth, picture)| {
        let codes = picture.codes.iter().flatten();
        codes.map(move |code| (nth, code))
    });
    let (nth, code) = codes.find(|(_, code)| code.contains("://"))?;
    let shown: String = code.chars().take(60).collect();
    Some(format!(
        "第 {nth} 张图里有二维码（内容「{shown}」）。它要是通向购买，这篇就要标明「广告」；只是查真伪、看资料的，可以不管。"
    ))
}

/// What speaks against a post's being marked as no ad.
fn denied(draft: &Draft) -> Option<(Severity, String)> {
    if draft.has_way_to_buy() {
        let message = "标为不是商业内容，但这个渠道有带标记的链接或券码，应当标明「广告」。";
        return Some((Severity::Block, message.to_owned()));
    }
    // The words of the person stand against each other: a code or a fee is plain, a pointer may be meant otherwise.
    let is_plain = |said: &&Said| matches!(said.sort, Sort::Code | Sort::Paid);
    let plain = draft.said.iter().find(is_plain);
    if let Some(said) = plain.or(draft.said.first()) {
        let (severity, should) = if plain.is_some() {
            (Severity::Block, "应当")
        } else {
            (Severity::Warn, "建议")
        };
        let message = format!("标为不是商业内容，但{}，{should}标明「广告」。", said.told());
        return Some((severity, message));
    }
    draft.is_given().then(|| {
        let message = "标为不是商业内容，但好物是寄样或赠送的，建议标明「广告」。";
        (Severity::Warn, message.to_owned())
    })
}

/// Where any of these words stands, in the order of the text; of words that overlap the first counts.
fn hits<'t>(
    texts: &'t [&'t Text<'t>; 2],
    words: &'t [&str],
) -> impl Iterator<Item = (&'t Text<'t>, std::ops::Range<usize>)> {
    texts.iter().flat_map(move |text| {
        let mut found: Vec<_> = words
            .iter()
            .flat_map(|word| {
                text.seen
                    .match_indices(word)
                    .map(|(at, word)| at..at + word.len())
            })
            .collect();
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let is_new = range.start >= end;
            if is_new {
                end = range.end;
            }
            is_new
        });
        found.into_iter().map(move |range| (*text, range))
    })
}

fn say(
    text: &Text<'_>,
    range: std::ops::Range<usize>,
    rule: &str,
    severity: Severity,
    message: &str,
    reason: &str,
    source: &str,
) -> Finding {
    let word = text.seen.get(range.clone()).unwrap_or_default();
    let message = format!("「{word}」：{message}。");
    finding(
        text.field,
        &text.source,
        range,
        Say {
            rule,
            severity,
            message,
            reason,
            source,
        },
    )
}

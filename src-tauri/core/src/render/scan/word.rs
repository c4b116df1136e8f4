//! 口令, coupon codes, and words that lead to a QR code or a code.
//!
//! Today's shapes of 口令, from texts as the apps share them: `￥AbCd1234￥` and other pairs of signs; `3:/ CZ0001 fZ9x3abcd12` (淘宝);
//! `7.99 abc:/ 复制打开抖音`; `！AbCd1234！ CA7117` (京东). Checked 2026-11-30, seen but not documented (C).

use std::ops::Range;

use super::{
    Way,
    plain::{Plain, clause, is_denied},
};

/// Signs in pairs.
const SIGNS: [char; 15] = [
    '￥', '¥', '₤', '€', '₴', '$', '¢', '₳', '₲', '￡', '£', '¤', '！', '₰', '《',
];
/// Airlines' codes, which 淘宝 and 京东 put before four figures.
const FLIGHTS: [&str; 12] = [
    "cz", "mf", "hu", "ca", "mu", "zh", "fm", "sc", "ho", "gs", "tk", "fu",
];

/// 口令 that a phone would understand.
pub(super) fn passwords(plain: &Plain, source: &str) -> Vec<Range<usize>> {
    let mut found = pairs(plain);
    found.extend(enclosed(plain, source));
    found.extend(slashes(plain));
    found.extend(flights(plain));
    found
}

/// ￥AbCd1234￥: letters and digits between two currency signs.
fn pairs(plain: &Plain) -> Vec<Range<usize>> {
    let text = &plain.text;
    let signs: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| SIGNS.contains(c)).collect();
    signs
        .iter()
        .zip(signs.iter().skip(1))
        .filter_map(|(&(begin, sign), &(end, close))| {
            let inside = text.get(begin + sign.len_utf8()..end)?;
            let fits = (8..=15).contains(&inside.len())
                && inside.bytes().all(|b| b.is_ascii_alphanumeric())
                && inside.bytes().any(|b| b.is_ascii_alphabetic())
                && inside.bytes().any(|b| b.is_ascii_digit() || sign != '！');
            fits.then_some(begin..end + close.len_utf8())
        })
        .collect()
}

/// (AbCd1234567), 🔑AbCd1234567🔑, !DYXX4cd12abcdEF!: capitals, small letters and figures in a row between two signs of one kind.
fn enclosed(plain: &Plain, source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before: Option<(usize, char)> = None;
    for (at, c) in plain.text.char_indices() {
        if c.is_ascii_alphanumeric() {
            continue;
        }
        if let Some((begin, sign)) = before
            && is_pair(sign, c)
        {
            let inside = source
                .get(plain.source(begin + sign.len_utf8()..at))
                .unwrap_or_default();
            let has = |fits: fn(&u8) -> bool| inside.bytes().any(|b| fits(&b));
            let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
            if mixed && (10..=16).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_alphanumeric())
            {
                found.push(begin..at + c.len_utf8());
            }
        }
        before = Some((at, c));
    }
    found
}

fn is_pair(open: char, close: char) -> bool {
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
    matches!((open, close), ('(', ')') | ('（', '）'))
        || open == close
            && (matches!(open, '!' | '！' | '#' | '*')
                || !open.is_ascii() && open.general_category_group() == GeneralCategoryGroup::Symbol)
}

/// `3:/`, `hihi:/`, `dnj:/`: what 淘宝 and 抖音 begin with; never the beginning of an address.
fn slashes(plain: &Plain) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in plain.text.match_indices(":/") {
        let after = plain.after(at + 2);
        let before: usize = plain
            .before(at)
            .bytes()
            .rev()
            .take(12)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'@'))
            .count();
        if after.starts_with('/') || before == 0 || before > 10 {
            continue;
        }
        // Up to two more tokens of letters and figures belong to it.
        let mut end = at + 2;
        for _ in 0..2 {
            let rest = plain.after(end);
            let bare = rest.trim_start_matches(' ');
            let token = bare
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(bare.len());
            if !(6..=16).contains(&token) {
                break;
            }
            end += rest.len() - bare.len() + token;
        }
        let start = at - before;
        if end > at + 2 || leads_to_app(plain, &(start..end)) {
            found.push(start..end);
        }
    }
    found
}

/// `CZ0001 fZ9x3abcd12`, or `CA7117` beside 复制 or 打开.
fn flights(plain: &Plain) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for flight in FLIGHTS {
        for (at, _) in plain.text.match_indices(flight) {
            let rest = plain.after(at + 2);
            let figures = rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
            let is_apart = !plain.before(at).ends_with(|c: char| c.is_ascii_alphanumeric())
                && !rest
                    .get(figures..)
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
            if figures != 4 || !is_apart {
                continue;
            }
            let mut end = at + 6;
            let bare = plain.after(end).trim_start_matches([' ', ',', '，']);
            let token = bare
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(bare.len());
            let mixed = bare.get(..token).is_some_and(|token| {
                (8..=14).contains(&token.len())
                    && token.bytes().any(|b| b.is_ascii_digit())
                    && token.bytes().any(|b| b.is_ascii_alphabetic())
            });
            if mixed {
                end = plain.text.len() - bare.len() + token;
            }
            if mixed || leads_to_app(plain, &(at..end)) {
                found.push(at..end);
            }
        }
    }
    found
}

/// Whether the line speaks of copying it or opening an app with it.
fn leads_to_app(plain: &Plain, place: &Range<usize>) -> bool {
    let line = |text: &str, near_end: bool| -> String {
        let chars = |c: &char| *c != '\n';
        if near_end {
            text.chars()
                .rev()
                .take(60)
                .take_while(chars)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect()
        } else {
            text.chars().take(60).take_while(chars).collect()
        }
    };
    let around = format!(
        "{}｜{}",
        line(plain.before(place.start), true),
        line(plain.after(place.end), false)
    );
    [
        "复制",
        "口令",
        "打开淘宝",
        "打开抖音",
        "打开京东",
        "淘宝搜索",
        "手淘",
    ]
    .iter()
    .any(|word| around.contains(word))
}

/// Words that only speak of a code; each with what must stand in the same clause for it to lead anywhere.
const HINTS: [(Way, &str, &[&str]); 15] = [
    (Way::Word, "淘口令", &[]),
    (Way::Word, "复制这段", &[]),
    (
        Way::Word,
        "复制此",
        &["消息", "口令", "信息", "链接", "内容", "段"],
    ),
    (Way::Word, "复制本", &["条", "段", "消息"]),
    (Way::Word, "复制口令", &[]),
    (Way::Word, "复制打开", &[]),
    (Way::Word, "复制整段", &[]),
    (Way::Word, "长按复制", &[]),
    (Way::Qr, "扫码", LEADS),
    (Way::Qr, "扫一扫", LEADS),
    (Way::Qr, "二维码", LEADS),
    (Way::Coupon, "券码", COUPONS),
    (Way::Coupon, "优惠码", COUPONS),
    (Way::Coupon, "折扣码", COUPONS),
    (Way::Coupon, "报码", &["减", "折", "优惠", "便宜", "返"]),
];
/// 扫码查真伪, 扫码付款 lead nowhere; 扫码领券 does.
const LEADS: &[&str] = &[
    "加",
    "领",
    "关注",
    "下单",
    "购买",
    "买",
    "群",
    "联系",
    "咨询",
    "长按",
    "识别",
    "报名",
    "抢",
    "同款",
    "优惠",
    "福利",
    "添加",
    "见图",
    "图里",
    "图片",
    "图中",
    "下方",
    "上方",
    "末页",
    "最后一张",
    "拿",
    "入手",
    "戳",
];
const COUPONS: &[&str] = &[
    "用", "输", "填", "报", "领", "有", "送", "专属", "我的", "凭", "发", "是", "为", ":", "：", "给", "减",
    "折",
];

/// Words that lead to a code, and coupon codes themselves.
pub(super) fn hints(plain: &Plain) -> Vec<(Way, Range<usize>)> {
    let mut found = Vec::new();
    for (way, word, leads) in HINTS {
        for (at, _) in plain.text.match_indices(word) {
            let place = at..at + word.len();
            if way == Way::Coupon
                && let Some(end) = coupon(plain, place.end)
            {
                found.push((way, at..end));
                continue;
            }
            let clause = clause(&plain.text, &place);
            let around =
                plain.get(clause.start..place.start).to_owned() + "｜" + plain.get(place.end..clause.end);
            let leads = leads.is_empty() || leads.iter().any(|lead| around.contains(lead));
            if leads && !is_denied(plain.get(clause)) {
                found.push((way, place));
            }
        }
    }
    found
}

/// The end of a code behind 券码: CAO10.
pub(in crate::render) fn coupon(plain: &Plain, at: usize) -> Option<usize> {
    let rest = plain.after(at);
    let lead: usize = rest
        .chars()
        .take(4)
        .take_while(|c| " :：是为「『“\"【".contains(*c))
        .map(char::len_utf8)
        .sum();
    let code = rest.get(lead..)?;
    let length = code
        .bytes()
        .take(25)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .count();
    let told = code.get(..length)?;
    let fits = (3..=24).contains(&length) && told.bytes().any(|b| b.is_ascii_alphanumeric());
    fits.then_some(at + lead + length)
}

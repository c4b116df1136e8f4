//! Ways to buy and to get in touch, found in plain words: addresses, 口令, phone numbers, WeChat ids.

use std::ops::Range;

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Address,
    /// 口令
    Word,
    Qr,
    Coupon,
    Contact,
}

/// All hits with their byte ranges, in no special order.
pub(super) fn scan(text: &str) -> Vec<(Way, Range<usize>)> {
    let mut hits = Vec::new();
    for range in runs(text, |c| {
        c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+=%".contains(c)
    }) {
        let token = text.get(range.clone()).unwrap_or_default();
        let token = token.trim_end_matches(['.', ':', '!', '?', '\'', '*', '#', '~', '-', '_']);
        let range = range.start..range.start + token.len();
        if is_address(token) {
            hits.push((Way::Address, range));
        } else if is_mail(token) || is_phone(token) {
            hits.push((Way::Contact, range));
        }
    }
    hits.extend(chat_ids(text).map(|range| (Way::Contact, range)));
    hits.extend(passwords(text).map(|range| (Way::Word, range)));
    for (way, word) in [
        (Way::Word, "淘口令"),
        (Way::Word, "复制这段"),
        (Way::Word, "复制此消息"),
        (Way::Qr, "扫码"),
        (Way::Qr, "二维码"),
        (Way::Coupon, "券码"),
        (Way::Coupon, "优惠码"),
    ] {
        hits.extend(
            text.match_indices(word)
                .map(|(at, word)| (way, at..at + word.len())),
        );
    }
    hits
}

/// Longest stretches of characters that fit.
fn runs(text: &str, fits: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| fits(*c)) {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    out
}

/// `https://…`, `www.…` or a bare domain of the usual endings.
fn is_address(token: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "com", "cn", "net", "org", "top", "shop", "vip", "cc", "link", "me", "io", "co", "xyz", "app",
    ];
    let lower = token.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    let host = rest
        .unwrap_or(&lower)
        .split(['/', '?', '#', ':'])
        .next()
        .unwrap_or_default();
    if host.contains('@') {
        return false;
    }
    if rest.is_some() {
        return !host.is_empty();
    }
    host.rsplit_once('.').is_some_and(|(name, ending)| {
        ENDINGS.contains(&ending) && name.chars().any(|c| c.is_ascii_alphabetic()) && !name.ends_with('.')
    })
}

fn is_mail(token: &str) -> bool {
    token
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && is_address(host))
}

/// A mobile number of mainland China, with or without dashes.
fn is_phone(token: &str) -> bool {
    let digits: String = token.chars().filter(|c| !matches!(c, '-' | '.')).collect();
    let mut first = digits.chars();
    digits.len() == 11
        && digits.bytes().all(|b| b.is_ascii_digit())
        && first.next() == Some('1')
        && first.next().is_some_and(|second| ('3'..='9').contains(&second))
}

/// 微信号 abc123, VX：abc_123, QQ 12345678: a word for a messenger and an id behind it.
fn chat_ids(text: &str) -> impl Iterator<Item = Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let names = ["微信", "薇信", "威信", "v信", "vx", "wx", "加v", "qq", "wechat"];
    let mut found = Vec::new();
    for name in names {
        for (at, _) in lower.match_indices(name) {
            let rest = lower.get(at + name.len()..).unwrap_or_default();
            let id = rest.trim_start_matches([':', '：', ' ', '号', '群', '是', '=']);
            let long = id
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                .count();
            // Ids of WeChat have 6–20 characters, of QQ 5–12 digits; a word such as wxyz has neither in front nor behind.
            let parted = rest.len() > id.len() || !name.is_ascii();
            let is_word = lower
                .get(..at)
                .is_some_and(|b| b.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '.'));
            let has_digit = id.chars().take(long).any(|c| c.is_ascii_digit() || c == '_');
            if (5..=20).contains(&long) && parted && !is_word && has_digit {
                found.push(at..lower.len() - id.len() + long);
            }
        }
    }
    found.into_iter()
}

/// ￥AbCd1234￥: letters and digits between two currency signs.
fn passwords(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_sign = |c: char| matches!(c, '￥' | '¥' | '₤' | '€' | '₴' | '$' | '¢' | '₳');
    let signs: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| is_sign(*c)).collect();
    let pairs: Vec<Range<usize>> = signs
        .iter()
        .zip(signs.iter().skip(1))
        .filter_map(|(&(begin, sign), &(end, close))| {
            let inside = text.get(begin + sign.len_utf8()..end)?;
            let fits = (8..=15).contains(&inside.len())
                && inside.bytes().all(|b| b.is_ascii_alphanumeric())
                && inside.bytes().any(|b| b.is_ascii_alphabetic());
            fits.then_some(begin..end + close.len_utf8())
        })
        .collect();
    pairs.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{Way, scan};

    fn ways(text: &str) -> Vec<(Way, &str)> {
        scan(text)
            .into_iter()
            .map(|(way, range)| (way, text.get(range).unwrap()))
            .collect()
    }

    #[test]
    fn ways_to_buy_are_found_where_they_stand() {
        assert_eq!(
            ways("见https://a.com/b?c=1。"),
            [(Way::Address, "https://a.com/b?c=1")]
        );
        assert_eq!(ways("去 taobao.com 搜"), [(Way::Address, "taobao.com")]);
        assert_eq!(ways("复制 ￥Ab12Cd34￥ 打开"), [(Way::Word, "￥Ab12Cd34￥")]);
        assert_eq!(ways("电话13812345678找我"), [(Way::Contact, "13812345678")]);
        assert_eq!(
            ways("微信号：deer_2026 聊"),
            [(Way::Contact, "微信号：deer_2026")]
        );
        assert_eq!(ways("加我VX: deer2026"), [(Way::Contact, "VX: deer2026")]);
        assert_eq!(ways("写信 a@b.com"), [(Way::Contact, "a@b.com")]);
        assert_eq!(ways("扫码领"), [(Way::Qr, "扫码")]);
    }

    #[test]
    fn ordinary_words_and_figures_are_left_alone() {
        for text in [
            "¥129.00 到 ¥199.00",
            "SPF50+ PA++++ 3.5ml",
            "v1.2.3",
            "微信公众号见",
            "2026.11.22",
            "12345678901",
            "wxyz",
            "Node.js",
            "1:1",
        ] {
            assert!(scan(text).is_empty(), "{text}: {:?}", ways(text));
        }
    }
}

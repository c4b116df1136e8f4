//! The tag itself: the code, and a destination that carries it. Pure.

use url::Url;

use super::LinkKind;
use crate::error::{Error, Result};

/// Digits and capitals that nobody confuses: no 0 and O, no 1, I and L, no U.
const ALPHABET: [char; 30] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
    'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// The `n`th code of a post (from 0): its own code and one more character, later two. Capitals and digits only, so that it fits every
/// field of every platform (the tightest: 抖音 `pick_extra`, 20 of `[0-9A-Za-z_]`).
pub(super) fn code(post: &str, n: usize) -> String {
    let mut tail = Vec::new();
    let mut rest = n;
    loop {
        tail.extend(ALPHABET.get(rest % ALPHABET.len()));
        match rest / ALPHABET.len() {
            0 => break,
            more => rest = more - 1,
        }
    }
    post.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .chain(tail.into_iter().rev())
        .collect()
}

/// An address to lead to, and what was changed in it or is worth knowing.
#[derive(Debug)]
pub(super) struct Destination {
    pub url: Url,
    /// Sentences for people.
    pub notes: Vec<String>,
}

/// Reads a destination: a web address with a host, spaces around it forgiven. What was pasted behind an address is no part
/// of it, and nobody guesses where it ends.
pub(super) fn destination(text: &str) -> Result<Destination> {
    let bad = |why: &str| {
        Error::invalid(
            "url",
            format!("链接地址不能用：{why}。请填写 http 或 https 开头的完整网址。"),
        )
    };
    let mut notes = Vec::new();
    let mut text = text.trim().to_owned();
    if let Some(at) = tail(&text) {
        let (address, words) = text.split_at(at);
        let message = format!(
            "网址后面连着别的字「{}」，没有生成。只填网址就好：{address}。这些字真是网址的一部分的话，请从浏览器的地址栏重新复制。",
            words.trim().chars().take(20).collect::<String>()
        );
        return Err(Error::invalid("url", message));
    }
    for escaped in ["&amp;", "&AMP;", "&#38;", "&#x26;"] {
        if text.contains(escaped) {
            text = text.replace(escaped, "&");
            notes.push(format!("网址里的 {escaped} 是网页代码里的写法，改成了 &。"));
        }
    }
    let url = Url::parse(&text).map_err(|_| bad("看不懂这个网址"))?;
    match url.scheme() {
        "http" | "https" if url.has_host() => {}
        other => return Err(bad(&format!("不支持「{other}」这种地址"))),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("里面写着账号或密码，会跟着链接公开出去，请去掉 @ 前面的部分"));
    }
    let has_old = |part: &str| part.split(['&', '?']).any(is_utm);
    if has_old(url.query().unwrap_or_default()) || has_old(url.fragment().unwrap_or_default()) {
        notes.push("网址里原来的 utm 标记换成了这条链接自己的。".to_owned());
    }
    if url.fragment().is_some_and(|route| route.starts_with(['/', '!'])) {
        notes.push(
            "这个网址用 # 后面的部分分页面，来源标记放在 # 前面，有的店铺系统读不到。请先用手机点一次、下一单试试，看订单里有没有来源。"
                .to_owned(),
        );
    }
    Ok(Destination { url, notes })
}

/// Whether a link's address is one as [`tagged`] makes them: the web, nothing else. The table may come from anybody, and what stands in it
/// is printed, packed and clicked.
pub(crate) fn is_web(address: &str) -> bool {
    let plain = !address.contains(|c: char| c.is_whitespace() || c.is_control());
    plain && Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Where words begin that are no part of the address: a blank, a mark of Chinese text, or Chinese straight behind a letter or
/// digit up to the end. Chinese that follows a mark of the address (`/防晒`, `?q=防晒`, `#评价`) is the address's own.
fn tail(text: &str) -> Option<usize> {
    let is_mark = |c: char| c.is_whitespace() || "，。！？；：、（）【】《》「」『』“”‘’…～".contains(c);
    if let Some(at) = text.find(is_mark) {
        return Some(at);
    }
    let is_word = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let last = text.trim_end_matches(is_word).len();
    let before = text.get(..last)?.chars().next_back()?;
    (last < text.len() && before.is_ascii_alphanumeric()).then_some(last)
}

fn is_utm(pair: &str) -> bool {
    pair.get(..4)
        .is_some_and(|head| head.eq_ignore_ascii_case("utm_"))
}

/// The pairs of a query without those of an earlier tag. Taken apart by hand: decoding and encoding again would alter a query
/// such as `a=b%20c&d` that the shop may have signed.
fn without_utm(query: &str) -> String {
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_utm(pair))
        .collect();
    kept.join("&")
}

/// A fragment without UTM: some shops keep their pages, and their query, behind the `#`.
fn plain_fragment(fragment: &str) -> String {
    match fragment.split_once('?') {
        Some((route, query)) => match without_utm(query).as_str() {
            "" => route.to_owned(),
            query => format!("{route}?{query}"),
        },
        None if fragment.split('&').any(is_utm) => without_utm(fragment),
        None => fragment.to_owned(),
    }
}

/// The destination with UTM. What stands in its query and fragment stays, but for UTM of an earlier tag. (Facts "shop APIs" §8.)
pub(super) fn tagged(destination: &Url, platform: &str, kind: LinkKind, campaign: &str, code: &str) -> Url {
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let mut url = destination.clone();
    url.set_query(given(without_utm(destination.query().unwrap_or_default())).as_deref());
    url.set_fragment(given(plain_fragment(destination.fragment().unwrap_or_default())).as_deref());
    url.query_pairs_mut()
        .append_pair("utm_source", platform)
        .append_pair("utm_medium", medium(platform, kind))
        .append_pair("utm_campaign", &campaign.to_ascii_lowercase())
        .append_pair("utm_content", code);
    url
}

fn medium(platform: &str, kind: LinkKind) -> &'static str {
    match (kind, platform) {
        (LinkKind::Card, _) => "affiliate",
        (_, "store") => "offline",
        (_, "wechat_group" | "wechat_moments") => "community",
        _ => "social",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn tag(text: &str) -> String {
        tagged(
            &destination(text).unwrap().url,
            "weibo",
            LinkKind::Url,
            "K7Q2A",
            "K7Q2A2",
        )
        .to_string()
    }

    #[test]
    fn codes_are_unique_short_and_of_plain_characters() {
        let codes: BTreeSet<String> = (0..2000).map(|n| code("k7q2a", n)).collect();
        assert_eq!(codes.len(), 2000, "no code comes twice");
        assert!(
            codes
                .iter()
                .all(|c| c.len() <= 8 && c.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()))
        );
        assert_eq!(code("k7q2a", 0), "K7Q2A2");
    }

    #[test]
    fn what_the_shop_put_into_its_address_stays() {
        let utm = "utm_source=weibo&utm_medium=social&utm_campaign=k7q2a&utm_content=K7Q2A2";
        assert_eq!(tag("https://shop.cn/p"), format!("https://shop.cn/p?{utm}"));
        assert_eq!(
            tag("https://shop.cn/p?id=1&x=a%20b#评价"),
            format!("https://shop.cn/p?id=1&x=a%20b&{utm}#%E8%AF%84%E4%BB%B7")
        );
        assert_eq!(
            tag("https://shop.cn/?utm_source=old&id=1&UTM_Content=x&utm_id"),
            format!("https://shop.cn/?id=1&{utm}")
        );
        assert_eq!(
            tag("https://例子.cn/防晒"),
            format!("https://xn--fsqu00a.cn/%E9%98%B2%E6%99%92?{utm}")
        );
        assert_eq!(
            tag(&tag("https://shop.cn/p?id=1")),
            tag("https://shop.cn/p?id=1"),
            "tagging twice is tagging once"
        );
    }

    #[test]
    fn only_web_addresses_are_destinations() {
        for bad in [
            "",
            "shop.cn/p",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "taobao://item",
            "http://",
            "data:text/html,x",
            "https://lu:secret@shop.cn/p",
            "https://lu@shop.cn/p",
        ] {
            let refused = destination(bad);
            let said = refused.map(|found| found.url).unwrap_err().message;
            assert!(!said.contains("secret"), "{bad} is no destination: {said}");
        }
    }

    #[test]
    fn what_is_tagged_is_an_address_of_the_web_and_nothing_else_is() {
        for own in [
            "https://shop.cn/p?id=1#评价",
            "http://例子.cn/防晒",
            "HTTPS://SHOP.CN",
        ] {
            assert!(is_web(&tag(own)), "{own}");
        }
        for other in [
            "javascript:alert(1)",
            "ftp://shop.cn/p",
            "file:///etc/passwd",
            "https://",
            "shop.cn/p",
            " javascript:alert(1)",
            "https://shop.cn/\njavascript:alert(1)",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }

    #[test]
    fn words_behind_an_address_are_no_part_of_it() {
        for (text, address) in [
            ("https://shop.cn/p/1 快来看", "https://shop.cn/p/1"),
            ("https://shop.cn/p/1，链接在这", "https://shop.cn/p/1"),
            ("https://shop.cn/p/1【限时】", "https://shop.cn/p/1"),
            ("https://shop.cn/p/1快来看看", "https://shop.cn/p/1"),
            ("https://shop.cn/?id=7点开就买", "https://shop.cn/?id=7"),
            ("https://shop.cn快来看", "https://shop.cn"),
            ("https://shop.cn/p/1\u{3000}复制打开", "https://shop.cn/p/1"),
        ] {
            let said = destination(text).map(|found| found.url).unwrap_err().message;
            assert!(
                said.contains(&format!("只填网址就好：{address}。")),
                "{text}: {said}"
            );
        }
        for own in [
            "https://例子.cn/",
            "https://shop.cn/防晒",
            "https://shop.cn/?q=防晒",
            "https://shop.cn/p?id=7#评价",
            "https://shop.cn/%E9%98%B2%E6%99%92%EF%BC%8C",
            "https://shop.cn/防晒/spf50",
        ] {
            assert!(destination(own).is_ok(), "{own}");
        }
    }

    #[test]
    fn what_is_changed_in_an_address_or_may_not_work_is_said() {
        let notes = |text: &str| destination(text).unwrap().notes.join("\n");
        assert_eq!(notes("https://shop.cn/p?id=1#评价"), "");
        let pasted = destination("https://shop.cn/p?id=1&amp;from=a").unwrap();
        assert_eq!(pasted.url.as_str(), "https://shop.cn/p?id=1&from=a");
        assert!(pasted.notes.join("").contains("&amp;"));
        assert!(notes("https://shop.cn/p?utm_source=old").contains("换成了"));
        assert!(notes("https://shop.cn/#/goods?id=1&utm_source=old").contains("换成了"));
        assert!(notes("https://shop.cn/#/goods").contains("#"));
    }

    #[test]
    fn an_earlier_tag_goes_wherever_it_stands() {
        let utm = "utm_source=weibo&utm_medium=social&utm_campaign=k7q2a&utm_content=K7Q2A2";
        for (text, kept) in [
            (
                "https://shop.cn/#/goods?id=1&utm_source=old&x=2",
                "#/goods?id=1&x=2",
            ),
            ("https://shop.cn/#/goods?utm_source=old", "#/goods"),
            ("https://shop.cn/#utm_source=old&utm_medium=x", ""),
            ("https://shop.cn/#a=1&UTM_Source=old", "#a=1"),
            ("https://shop.cn/#top", "#top"),
        ] {
            assert_eq!(tag(text), format!("https://shop.cn/?{utm}{kept}"), "{text}");
        }
    }
}

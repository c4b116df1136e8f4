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

/// Reads a destination: a web address with a host, spaces around it forgiven.
pub(super) fn destination(text: &str) -> Result<Url> {
    let bad = |why: &str| {
        Error::invalid(
            "url",
            format!("链接地址不能用：{why}。请填写 http 或 https 开头的完整网址。"),
        )
    };
    let url = Url::parse(text.trim()).map_err(|_| bad("看不懂这个网址"))?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(url),
        other => Err(bad(&format!("不支持「{other}」这种地址"))),
    }
}

/// The destination with UTM. What stands in its query and fragment stays, but for UTM of an earlier tag. (Facts "shop APIs" §8.)
pub(super) fn tagged(destination: &Url, platform: &str, kind: LinkKind, campaign: &str, code: &str) -> Url {
    let utm = |key: &str| key.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("utm_"));
    // Taken apart by hand: decoding and encoding again would alter a query such as `?a=b%20c&d` that the shop may have signed.
    let kept: Vec<&str> = destination
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !utm(pair.split('=').next().unwrap_or_default()))
        .collect();
    let mut url = destination.clone();
    url.set_query(
        Some(&kept.join("&"))
            .filter(|query| !query.is_empty())
            .map(String::as_str),
    );
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
            &destination(text).unwrap(),
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
            tag("https://例子.cn/防晒 霜"),
            format!("https://xn--fsqu00a.cn/%E9%98%B2%E6%99%92%20%E9%9C%9C?{utm}")
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
        ] {
            assert!(destination(bad).is_err(), "{bad} is no destination");
        }
    }
}

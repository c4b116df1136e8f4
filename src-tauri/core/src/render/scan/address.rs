//! Web and mail addresses, with or without their beginning, in any script, also with a dot that is written differently.

use std::ops::Range;

use super::plain::Plain;

/// Endings that stand in addresses people paste. Those that are also endings of files or of words count only in front of a path.
const ENDINGS: [&str; 135] = [
    "com", "cn", "net", "org", "top", "shop", "vip", "cc", "link", "me", "io", "co", "xyz", "app", "store",
    "online", "site", "club", "ltd", "group", "work", "fun", "ink", "win", "icu", "pub", "tech", "ren",
    "wang", "love", "live", "life", "art", "plus", "pro", "info", "biz", "mobi", "name", "tv", "hk", "tw",
    "mo", "jp", "kr", "us", "uk", "eu", "de", "fr", "ru", "sg", "my", "la", "so", "im", "in", "to", "at",
    "gg", "ly", "gl", "gd", "page", "dev", "cloud", "mall", "beauty", "fashion", "buy", "sale", "deals",
    "market", "best", "one", "today", "world", "press", "red", "kim", "design", "video", "news", "host",
    "website", "space", "cool", "asia", "social", "center", "chat", "fit", "fans", "team", "ai", "bio",
    "run", "zone", "ws", "cm", "pw", "tk", "ml", "ga", "cf", "gq", "ph", "th", "vn", "id", "au", "ca", "it",
    "xin", "wiki", "cyou", "cfd", "sbs", "promo", "discount", "boutique", "shopping", "es", "nl", "ch", "se",
    "be", "pt", "br", "mx", "nz", "edu", "gov", "mil", "bid",
];
/// Endings that need a path or a beginning to be one: 3.in, no.one, plan.it, step.to …
const SHY: [&str; 17] = [
    "in", "to", "at", "so", "my", "it", "be", "la", "id", "me", "one", "best", "today", "pro", "plus", "us",
    "run",
];
/// Endings in Chinese letters.
const CHINESE: [&str; 25] = [
    "中国",
    "中國",
    "公司",
    "网络",
    "網絡",
    "网店",
    "商城",
    "在线",
    "集团",
    "我爱你",
    "手机",
    "网址",
    "公益",
    "政务",
    "商标",
    "商店",
    "时尚",
    "游戏",
    "娱乐",
    "购物",
    "企业",
    "信息",
    "健康",
    "食品",
    "餐厅",
];
/// Those of them that are read as one without a scheme or a path, behind so many characters at most.
const BARE: [&str; 9] = [
    "中国",
    "中國",
    "公司",
    "网址",
    "网店",
    "我爱你",
    "集团",
    "在线",
    "商城",
];
const LONGEST_BARE: usize = 12;
/// Firms whose name is an address. Said without a path they are names; none of them is where a creator's goods are sold.
const NAMES: [&str; 14] = [
    "booking.com",
    "agoda.com",
    "trip.com",
    "hotels.com",
    "expedia.com",
    "airbnb.com",
    "12306.cn",
    "58.com",
    "last.fm",
    "make.com",
    "monday.com",
    "character.ai",
    "archive.org",
    "gov.cn",
];
/// Places where goods are sold.
const SHOPS: [&str; 22] = [
    "taobao.com",
    "tmall.com",
    "tb.cn",
    "jd.com",
    "3.cn",
    "pinduoduo.com",
    "yangkeduo.com",
    "weidian.com",
    "youzan.com",
    "vip.com",
    "suning.com",
    "dangdang.com",
    "kaola.com",
    "1688.com",
    "amazon.com",
    "amazon.cn",
    "amazon.co.jp",
    "shopee.com",
    "lazada.com",
    "aliexpress.com",
    "etsy.com",
    "jinritemai.com",
];
/// Behind a dot that is none (点com, 。com) only these are read as an ending.
const DISGUISED: [&str; 12] = [
    "com", "cn", "net", "top", "shop", "vip", "cc", "xyz", "store", "link", "win", "club",
];

/// Hosts and paths that only a shop has: shop.example.com, example.com/products/7.
const SHOP_HOSTS: [&str; 8] = [
    "shop", "store", "mall", "buy", "m-shop", "wap-shop", "detail", "item",
];
const SHOP_ENDINGS: [&str; 5] = ["shop", "store", "mall", "buy", "shopping"];
const GOODS: [&str; 9] = [
    "item", "items", "product", "products", "goods", "cart", "checkout", "sku", "buy",
];

/// Whether goods are sold at an address.
pub(crate) fn is_goods(address: &str) -> bool {
    let plain = Plain::new(address).text;
    let rest = without_scheme(&plain).unwrap_or(&plain);
    let host = host(rest);
    let is_known = SHOPS.iter().any(|shop| {
        host.strip_suffix(shop)
            .is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
    });
    let mut labels = host.split('.');
    let is_shop = labels.next().is_some_and(|first| SHOP_HOSTS.contains(&first))
        || labels
            .next_back()
            .is_some_and(|ending| SHOP_ENDINGS.contains(&ending));
    let path = rest.get(host.len()..).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut segments = path.split('/').skip(1).peekable();
    let mut is_goods = false;
    while let Some(segment) = segments.next() {
        // Something stands behind it: /product alone is a page about the house.
        is_goods |= GOODS.contains(&segment) && segments.peek().is_some_and(|next| !next.is_empty());
    }
    is_known || is_shop || is_goods
}

/// Every address; `true` for one of mail.
pub(super) fn addresses(plain: &Plain) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let text = plain.text.as_str();
    for run in runs(text) {
        let token = plain.get(run.clone());
        let bare = token.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let start = run.start + token.len() - bare.len();
        let bare = bare.trim_end_matches(['.', ':', '!', '?', '\'', '*', '#', '~', '-', '_', '&', '$']);
        // An address glued to letters that are none.
        let glued = ["https://", "http://"]
            .iter()
            .filter_map(|scheme| bare.find(scheme))
            .min();
        let skip = glued.filter(|at| *at > 0 && !is_address(bare)).unwrap_or(0);
        let (start, bare) = (start + skip, bare.get(skip..).unwrap_or_default());
        if is_address(bare) {
            found.push((start..start + bare.len(), false));
        } else if is_mail(bare) {
            found.push((start..start + bare.len(), true));
        }
    }
    found.extend(chinese(plain).into_iter().map(|range| (range, false)));
    found.extend(disguised(text).into_iter().map(|range| (range, false)));
    found
}

/// Longest stretches of characters of which addresses are made.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+=%".contains(c);
    for (at, c) in text.char_indices().filter(|(_, c)| fits(*c)) {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    out
}

/// `hxxps://` is what people write who want it to be copied and not clicked.
fn without_scheme(token: &str) -> Option<&str> {
    ["https://", "http://", "hxxps://", "hxxp://"]
        .iter()
        .find_map(|scheme| token.strip_prefix(scheme))
}

fn host(rest: &str) -> &str {
    rest.split(['/', '?', '#', ':']).next().unwrap_or_default()
}

/// `https://…`, `www.…` or a bare domain of the usual endings.
fn is_address(token: &str) -> bool {
    let rest = without_scheme(token);
    let host = host(rest.unwrap_or(token));
    if host.contains('@') {
        return false;
    }
    if rest.is_some() {
        return !host.is_empty();
    }
    let path = token.get(host.len()..).unwrap_or_default();
    if is_numbered(host, path) {
        return true;
    }
    let has_path = path.len() > 1 && path.starts_with('/');
    let is_www = host.starts_with("www.");
    if !has_path && NAMES.contains(&host) {
        return false;
    }
    host.rsplit_once('.').is_some_and(|(name, ending)| {
        let is_usual = ending.starts_with("xn--")
            || ENDINGS.contains(&ending) && (has_path || is_www || !SHY.contains(&ending));
        // 3.5cm and 12.cc are no addresses, dwz.win and 3.cn/abc are.
        let named = name.chars().any(|c| c.is_ascii_alphabetic()) || has_path;
        let labels = name
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        is_usual && named && labels
    })
}

/// 192.168.1.8:8080/a; four figures alone are a version.
fn is_numbered(host: &str, path: &str) -> bool {
    let figures: Vec<&str> = host.split('.').collect();
    let leads = path
        .strip_prefix(':')
        .is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()))
        || path.len() > 1 && path.starts_with('/');
    leads && figures.len() == 4 && figures.iter().all(|figure| figure.parse::<u8>().is_ok())
}

/// Whether spaced letters put together are an address: c a o b e n . c o m
pub(super) fn is_spelt(token: &str) -> bool {
    is_address(token)
}

fn is_mail(token: &str) -> bool {
    token.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && (is_address(host)
                || host
                    .rsplit_once('.')
                    .is_some_and(|(name, ending)| !name.is_empty() && ENDINGS.contains(&ending)))
    })
}

/// 商店.中国, https://商店.中国/p, caoben.公司.
fn chinese(plain: &Plain) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (dot, _) in plain.text.match_indices('.') {
        let after = plain.after(dot + 1);
        let is_word = |c: char| c.is_alphanumeric() || c == '-';
        let Some(ending) = CHINESE.iter().find(|ending| after.starts_with(**ending)) else {
            continue;
        };
        let before = plain.before(dot);
        // A label has at most 63 characters.
        let label: usize = before
            .chars()
            .rev()
            .take(63)
            .take_while(|c| is_word(*c) || *c == '.')
            .map(char::len_utf8)
            .sum();
        if label == 0 || before.ends_with('.') {
            continue;
        }
        let mut start = dot - label;
        let has_scheme = ["https://", "http://"]
            .iter()
            .find(|scheme| plain.before(start).ends_with(**scheme));
        let rest = plain.after(dot + 1 + ending.len());
        // `1.手机外观` and `4.游戏。` count the points of a list.
        let is_bare = has_scheme.is_none() && !rest.starts_with('/');
        let is_short = plain.get(start..dot).chars().count() <= LONGEST_BARE;
        let is_name = plain.get(start..dot).chars().any(|c| !c.is_numeric()) && !rest.starts_with(is_word);
        if is_bare && !(is_name && is_short && BARE.contains(ending)) {
            continue;
        }
        if let Some(scheme) = has_scheme {
            start -= scheme.len();
        }
        let mut end = dot + 1 + ending.len();
        let rest = plain.after(end);
        if rest.starts_with(['/', ':']) {
            end += rest
                .find(|c: char| !c.is_ascii_alphanumeric() && !"-._~:/?#@!$&'*+=%".contains(c))
                .unwrap_or(rest.len());
        }
        found.push(start..end);
    }
    found
}

/// caoben点com, caoben。com, caoben dot com, caoben(.)com.
fn disguised(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for dot in [
        "点",
        "。",
        "[.]",
        "(.)",
        "（.）",
        "(点)",
        "（点）",
        "[点]",
        " . ",
        " 点 ",
        " dot ",
        " .",
        "丶",
    ] {
        for (at, _) in text.match_indices(dot) {
            let name: usize = text
                .get(..at)
                .unwrap_or_default()
                .bytes()
                .rev()
                .take(40)
                .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
                .count();
            let label = text.get(at - name..at).unwrap_or_default();
            let after = text.get(at + dot.len()..).unwrap_or_default();
            let ending = after
                .find(|c: char| !c.is_ascii_alphanumeric())
                .map_or(after, |end| after.get(..end).unwrap_or_default());
            let is_name = name >= 2 && label.chars().any(|c| c.is_ascii_alphabetic());
            if is_name && DISGUISED.contains(&ending) {
                found.push(at - name..at + dot.len() + ending.len());
            }
        }
    }
    found
}

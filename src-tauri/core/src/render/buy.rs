//! Ways to buy that a text only speaks of: 链接在评论区, 橱窗自取, 券码 CAO10, 有佣金. With one of them a recommendation is an ad
//! (互联网广告管理办法 art. 9(3)); a denial, a question of others or a mention is none. Better to miss one than to cry wolf. The words
//! lie in `buy.toml`.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use serde::Deserialize;

use super::{
    phrase::Phrases,
    scan::{Plain, Way, clause, is_denied, is_goods, scan},
};

/// A way to buy in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// Bytes of the text that was looked at.
    pub place: Range<usize>,
    pub sort: Sort,
    /// It is an address.
    pub is_address: bool,
}

/// How sure it is that something is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sort {
    /// It points the way: 链接在评论区.
    Points,
    /// A code, a 口令, the address of goods.
    Code,
    /// Somebody pays for the words: 有佣金, 付费合作.
    Paid,
    /// A sample or a gift of the brand: 感谢品牌寄来的新品.
    Given,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    innocent: String,
    groups: HashMap<String, String>,
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    sort: Sort,
    any: Vec<String>,
    /// Holds also where others are spoken of.
    #[serde(default)]
    told: bool,
    /// None when one of these is in the clause.
    #[serde(default)]
    unless: String,
}

#[derive(Default)]
struct Words {
    phrases: Phrases,
    rules: Vec<Rule>,
}

fn read() -> Result<Words, toml::de::Error> {
    let file: File = toml::from_str(include_str!("buy.toml"))?;
    let mut phrases = Phrases::default();
    phrases.innocent(&file.innocent);
    for (nth, rule) in file.rule.iter().enumerate() {
        for phrase in &rule.any {
            phrases.add(phrase, &file.groups, nth);
        }
    }
    Ok(Words {
        phrases,
        rules: file.rule,
    })
}

/// The file is part of the program: a test below reads it.
static WORDS: LazyLock<Words> = LazyLock::new(|| read().unwrap_or_default());

/// Somebody else's, asked for, looked at, or over.
const MENTIONS: [&str; 30] = [
    "都在问",
    "有人问",
    "问我",
    "在问",
    "求链接",
    "求个",
    "求同款",
    "看到",
    "刷到",
    "翻",
    "吐槽",
    "有人说",
    "都说",
    "商场",
    "街边",
    "路过",
    "玻璃",
    "骑",
    "单车",
    "别人",
    "他们",
    "她们",
    "人家",
    "主播",
    "有些博主",
    "很多博主",
    "她",
    "他",
    "表妹",
    "别问",
];

/// Everything of that kind in a text as a reader sees it, in order.
pub(super) fn offers(seen: &str) -> Vec<Offer> {
    let plain = Plain::new(seen);
    let mut offers = Vec::new();
    for (here, rule) in WORDS.phrases.find(&plain.text) {
        let Some(rule) = WORDS.rules.get(rule) else {
            continue;
        };
        let around = clause(&plain.text, &here);
        let words = plain.get(around.clone());
        let has = |list: &str| {
            list.split('|')
                .any(|word| !word.is_empty() && words.contains(word))
        };
        let is_asked = plain.after(around.end).starts_with(['?', '？']);
        let is_mention = !rule.told && is_mention(words);
        if has(&rule.unless) || is_asked || is_mention || is_denied(words) {
            continue;
        }
        offers.push(Offer {
            place: plain.source(here),
            sort: rule.sort,
            is_address: false,
        });
    }
    offers.extend(codes(seen, &plain));
    offers.sort_by_key(|offer| (offer.place.start, std::cmp::Reverse(offer.place.end)));
    let mut end = 0;
    offers.retain(|offer| {
        let is_new = offer.place.start >= end;
        end = end.max(offer.place.end);
        is_new
    });
    offers
}

fn is_mention(words: &str) -> bool {
    // 其他 is nobody.
    let bare = words
        .replace("其他", "··")
        .replace("吉他", "··")
        .replace("翻倍", "··");
    MENTIONS.iter().any(|word| bare.contains(word))
}

/// Coupon codes, 口令, and addresses that lead to goods.
fn codes(seen: &str, plain: &Plain) -> Vec<Offer> {
    let mut offers = Vec::new();
    let is_told = |place: &Range<usize>| {
        let around = clause(seen, place);
        let words = seen.get(around).unwrap_or_default();
        !is_denied(words)
    };
    for (way, place) in scan(seen) {
        let hit = seen.get(place.clone()).unwrap_or_default();
        let has_code = hit
            .chars()
            .any(|c| c.is_alphanumeric() && c.is_ascii() || ('０'..='ｚ').contains(&c));
        let is_offer = match way {
            Way::Coupon | Way::Word => has_code && is_told(&place),
            Way::Address => is_goods(hit) || is_bought_at(seen, &place),
            Way::Qr | Way::Contact | Way::Account | Way::Hint => false,
        };
        if is_offer {
            offers.push(Offer {
                place,
                sort: Sort::Code,
                is_address: way == Way::Address,
            });
        }
    }
    for word in ["口令", "邀请码", "暗号", "推荐码", "报码"] {
        for (at, _) in plain.text.match_indices(word) {
            let place = plain.source(at..at + word.len());
            if let Some(end) = super::scan::coupon(plain, at + word.len()) {
                let place = place.start..plain.source(at..end).end;
                if is_told(&place) {
                    offers.push(Offer {
                        place,
                        sort: Sort::Code,
                        is_address: false,
                    });
                }
            }
        }
    }
    offers
}

/// Words of buying right in front of an address: 购买看 https://…
fn is_bought_at(seen: &str, place: &Range<usize>) -> bool {
    let before = seen.get(..place.start).unwrap_or_default();
    let near: Vec<char> = before
        .chars()
        .rev()
        .take(12)
        .take_while(|c| !"，。！？；\n".contains(*c))
        .collect();
    let near: String = near.into_iter().rev().collect();
    const BUY: [&str; 13] = [
        "购买", "下单", "入手", "抢购", "拍下", "领券", "戳这", "团购", "店铺", "同款", "自取", "购入",
        "优惠",
    ];
    BUY.iter().any(|word| near.contains(word)) && !is_denied(&near)
}

#[cfg(test)]
mod tests;

//! Ways to buy that a text only speaks of: 链接在评论区, 橱窗自取, 券码 CAO10, 有佣金. With one of them a recommendation is an ad
//! (互联网广告管理办法 art. 9(3)); a denial, a question of others or a mention is none. Better to miss one than to cry wolf.

use std::ops::Range;

use super::scan::{Plain, Way, clause, is_denied, is_shop, scan};

/// A way to buy in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// Bytes of the text that was looked at.
    pub place: Range<usize>,
    pub sort: Sort,
}

/// How sure it is that something is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// It points the way: 链接在评论区.
    Points,
    /// A code, a 口令, the address of goods.
    Code,
    /// Somebody pays for the words: 有佣金, 付费合作.
    Paid,
}

/// Where one finds it, and what one finds there.
const PLACES: [&str; 21] = [
    "评论区",
    "评论里",
    "置顶",
    "主页",
    "简介",
    "私信",
    "私我",
    "私聊",
    "滴滴我",
    "滴我",
    "后台",
    "群里",
    "进群",
    "粉丝群",
    "小程序",
    "加微信",
    "加我",
    "微信",
    "左下角",
    "下方",
    "文末",
];
const GOODS: [&str; 25] = [
    "链接",
    "购买",
    "下单",
    "自取",
    "拿货",
    "口令",
    "团购",
    "开团",
    "拼团",
    "拍下",
    "优惠券",
    "领券",
    "同款",
    "购入",
    "指路",
    "接单",
    "订购",
    "预订",
    "小黄车",
    "购物车",
    "抢购",
    "上车",
    "内购",
    "代购",
    "折扣",
];
/// By themselves they are a way to buy.
const ALONE: [&str; 15] = [
    "购买链接",
    "下单链接",
    "团购链接",
    "优惠链接",
    "商品链接",
    "店铺链接",
    "橱窗自取",
    "我的橱窗",
    "我橱窗",
    "橱窗同款",
    "橱窗有",
    "挂橱窗",
    "进橱窗",
    "点小黄车",
    "小黄车自取",
];
const MORE_ALONE: [&str; 14] = [
    "小黄车里",
    "小黄车有",
    "小黄车链接",
    "挂车了",
    "车里有",
    "链接放",
    "链接在",
    "链接给",
    "链接👇",
    "链接戳",
    "戳链接",
    "点链接",
    "搜店铺",
    "搜我的店",
];
/// Money for the words.
const PAID: [&str; 22] = [
    "有佣金",
    "含佣金",
    "赚佣金",
    "拿佣金",
    "收佣金",
    "会有佣金",
    "有一点佣金",
    "有点佣金",
    "少量佣金",
    "得佣金",
    "返佣",
    "含返利",
    "有返利",
    "付费合作",
    "品牌合作",
    "合作推广",
    "推广合作",
    "合作款",
    "恰饭了",
    "恰个饭",
    "这条恰饭",
    "收了推广费",
];
/// Somebody else's, asked for, looked at, or over.
const MENTIONS: [&str; 26] = [
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
];
/// Platforms on which one is told to search, and what tells that it is over.
const SEARCHED: [&str; 10] = [
    "淘宝",
    "京东",
    "拼多多",
    "某宝",
    "某东",
    "抖音商城",
    "天猫",
    "小红书店铺",
    "唯品会",
    "得物",
];

/// Everything of that kind in a text as a reader sees it, in order.
pub(super) fn offers(seen: &str) -> Vec<Offer> {
    let plain = Plain::new(seen);
    let mut offers = Vec::new();
    let mut add = |here: Range<usize>, sort: Sort| {
        offers.push(Offer {
            place: plain.source(here),
            sort,
        });
    };
    let near = |here: &Range<usize>| plain.get(clause(&plain.text, here));
    let is_mention = |here: &Range<usize>| {
        let around = near(here);
        is_denied(around) || MENTIONS.iter().any(|word| around.contains(word)) || around.contains(['?', '？'])
    };
    for word in PAID {
        for (at, _) in plain.text.match_indices(word) {
            let here = at..at + word.len();
            if !is_mention(&here) {
                add(here, Sort::Paid);
            }
        }
    }
    for word in ALONE.iter().chain(&MORE_ALONE) {
        for (at, _) in plain.text.match_indices(word) {
            let here = at..at + word.len();
            if !is_mention(&here) {
                add(here, Sort::Points);
            }
        }
    }
    for word in PLACES {
        for (at, _) in plain.text.match_indices(word) {
            let here = at..at + word.len();
            let around = near(&here);
            if GOODS.iter().any(|goods| around.contains(goods)) && !is_mention(&here) {
                add(clause(&plain.text, &here), Sort::Points);
            }
        }
    }
    for word in SEARCHED {
        for (at, _) in plain.text.match_indices(word) {
            let here = at..at + word.len();
            let rest = plain.after(here.end);
            let is_told = rest
                .strip_prefix('搜')
                .is_some_and(|rest| !rest.starts_with(['到', '了', '过', '不', '出', '来', '索']));
            if is_told && !is_mention(&here) {
                add(clause(&plain.text, &here), Sort::Points);
            }
        }
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
            Way::Address => is_shop(hit) || is_bought_at(seen, &place),
            Way::Qr | Way::Contact => false,
        };
        if is_offer {
            offers.push(Offer {
                place,
                sort: Sort::Code,
            });
        }
    }
    for word in ["口令", "邀请码", "暗号"] {
        for (at, _) in plain.text.match_indices(word) {
            let place = plain.source(at..at + word.len());
            if let Some(end) = super::scan::coupon(plain, at + word.len()) {
                let place = place.start..plain.source(at..end).end;
                if is_told(&place) {
                    offers.push(Offer {
                        place,
                        sort: Sort::Code,
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
mod tests {
    use super::offers;

    #[test]
    fn ways_to_buy_in_words_are_found() {
        for text in [
            "链接在评论区",
            "评论区自取链接",
            "想要同款的私信我",
            "橱窗自取",
            "我的橱窗有",
            "点小黄车下单",
            "左下角小黄车",
            "券码 CAO10",
            "品牌方付费合作",
            "链接有佣金，介意绕道",
            "购买看 https://shop.example.com/p/a",
            "淘宝搜「小鹿防晒」",
            "进群团购",
            "主页有购买方式",
            "加微信下单",
            "复制口令去淘宝：3:/ CZ0001 fZ9x3abcd12",
            "去 taobao.com 拍",
        ] {
            assert!(!offers(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn denials_questions_and_mentions_are_none() {
        for text in [
            "没有链接，不卖货",
            "评论区都在问同款，我也不知道",
            "评论区有人说搓泥",
            "私信太多回不过来",
            "商场橱窗里看到的",
            "骑小黄车去的",
            "不拿佣金，自己买的",
            "他们靠佣金吃饭",
            "别信优惠码满天飞的那种号",
            "资料看 https://www.nmpa.gov.cn/x",
            "加购物车等了三天",
            "淘宝搜了半天没找到",
            "同样的购买方式，有的送贴膜",
            "打电话预订的房间",
            "每次在京东搜索物品都有广告",
            "方法参照下面这个链接： http://blog.example.com/1.html",
        ] {
            assert!(offers(text).is_empty(), "{text}: {:?}", offers(text));
        }
    }
}

//! Accounts and shops on other platforms (公众号：小鹿的本子, 抖音搜小鹿, ins: @deer2026), and words that only lead to a contact (主页有联系方式).
//!
//! 小红书 counts them as 导流: contacts and other platforms' accounts or shops (type 1), any other hint (type 5); read 2026-11-30 (B).
//! The words are a list of our own (C).

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{
    super::phrase::Phrases,
    plain::{Plain, clause, is_denied},
};

/// How a platform is called, the beginning of its rules' name ("" for one that has none here), and what it can be.
const PLATFORMS: [(&str, &str, Sort); 48] = [
    ("公众号", "wechat", Sort::Account),
    ("公主号", "wechat", Sort::Account),
    ("公zhong号", "wechat", Sort::Account),
    ("gzh", "wechat", Sort::Account),
    ("视频号", "wechat", Sort::Account),
    ("微信", "wechat", Sort::Search),
    ("抖音", "douyin", Sort::Both),
    ("dou音", "douyin", Sort::Both),
    ("抖y", "douyin", Sort::Both),
    ("快手", "kuaishou", Sort::Both),
    ("微博", "weibo", Sort::Both),
    ("围脖", "weibo", Sort::Both),
    ("b站", "bilibili", Sort::Both),
    ("哔哩哔哩", "bilibili", Sort::Both),
    ("知乎", "zhihu", Sort::Both),
    ("小红书", "xiaohongshu", Sort::Both),
    ("小红薯", "xiaohongshu", Sort::Account),
    ("得物", "dewu", Sort::Both),
    ("淘宝", "taobao", Sort::Both),
    ("tao宝", "taobao", Sort::Both),
    ("桃宝", "taobao", Sort::Both),
    ("某宝", "taobao", Sort::Both),
    ("🍑宝", "taobao", Sort::Both),
    ("陶宝", "taobao", Sort::Both),
    ("某东", "jd", Sort::Both),
    ("天猫", "taobao", Sort::Both),
    ("京东", "jd", Sort::Both),
    ("狗东", "jd", Sort::Both),
    ("拼多多", "pinduoduo", Sort::Both),
    ("拼夕夕", "pinduoduo", Sort::Both),
    ("pdd", "pinduoduo", Sort::Both),
    ("闲鱼", "", Sort::Both),
    ("咸鱼", "", Sort::Both),
    ("微店", "", Sort::Both),
    ("唯品会", "", Sort::Search),
    ("旺旺", "", Sort::Account),
    ("telegram", "", Sort::Latin),
    ("电报", "", Sort::Latin),
    ("tg", "", Sort::Latin),
    ("推特", "x", Sort::Latin),
    ("instagram", "instagram", Sort::Latin),
    ("ins", "instagram", Sort::Latin),
    ("ig", "instagram", Sort::Latin),
    ("line", "", Sort::Latin),
    ("whatsapp", "", Sort::Latin),
    ("facebook", "facebook", Sort::Latin),
    ("twitter", "x", Sort::Latin),
    ("discord", "", Sort::Latin),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// 公众号：name.
    Account,
    /// 唯品会搜 name.
    Search,
    Both,
    /// Its ids are Latin, and behind a colon, an @ or "id".
    Latin,
}

/// The beginning of the rules' name of the platform that a hit speaks of; `None` for one that has no rules here.
pub(crate) fn home(hit: &str) -> Option<&'static str> {
    let plain = Plain::new(hit);
    let named = PLATFORMS.iter().filter(|(name, ..)| plain.text.contains(name));
    named
        .max_by_key(|(name, ..)| name.len())
        .map(|(_, home, _)| *home)
        .filter(|home| !home.is_empty())
}

/// Every account or shop on a platform that is named.
pub(super) fn accounts(plain: &Plain) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (name, _, sort) in PLATFORMS {
        for (at, _) in plain.text.match_indices(name) {
            let is_word = name.starts_with(|c: char| c.is_ascii());
            if is_word && plain.before(at).ends_with(|c: char| c.is_ascii_alphanumeric()) {
                continue;
            }
            let end = at + name.len();
            let here = at..end;
            let told = match sort {
                Sort::Latin => latin(plain.after(end), name),
                Sort::Account => account(plain, &here, name),
                Sort::Search => search(plain, &here),
                Sort::Both => account(plain, &here, name).or_else(|| search(plain, &here)),
            };
            if let Some(length) = told
                && !is_denied(plain.get(clause(&plain.text, &here)))
            {
                found.push(at..end + length);
            }
        }
    }
    found
}

/// Bytes of a name at the beginning, at most twelve characters: letters of any script and what joins them.
fn name(text: &str) -> usize {
    text.chars()
        .take(12)
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '·' | '.'))
        .map(char::len_utf8)
        .sum()
}

/// Words that go on with the sentence instead of naming an account.
const GOES_ON: [&str; 34] = [
    "的", "里", "上", "就", "都", "也", "很", "不", "没", "可以", "是不", "和", "跟", "与", "那", "这", "了",
    "吗", "呢", "吧", "后", "文章", "见", "一下", "什么", "推", "发", "同", "看", "已", "还", "有人", "运营",
    "粉丝",
];

/// 抖音号 deer2026, 公众号：小鹿, 关注公众号小鹿, 微博@小鹿, 淘宝店铺：草本小铺, B站同名小鹿.
fn account(plain: &Plain, here: &Range<usize>, platform: &str) -> Option<usize> {
    let rest = plain.after(here.end);
    let mut bare = rest;
    let mut is_called = platform.ends_with('号') || ["gzh", "旺旺"].contains(&platform);
    for word in ["店铺名", "店铺", "店名", "账号", "帐号", "号", "id"] {
        if let Some(behind) = bare.strip_prefix(word) {
            (bare, is_called) = (behind, true);
            break;
        }
    }
    for word in ["同名", "也叫", "名字叫", "搜同名"] {
        if let Some(behind) = rest.strip_prefix(word) {
            let length = name(behind.trim_start_matches([' ', ':', '：']));
            return (length == 0 || !goes_on(behind)).then_some(rest.len() - behind.len() + length);
        }
    }
    let signs: usize = bare
        .chars()
        .take(6)
        .take_while(|c| " :：@是为叫「“\"『【".contains(*c))
        .map(char::len_utf8)
        .sum();
    let (lead, behind) = bare.split_at_checked(signs)?;
    let length = name(behind);
    let is_at = lead.contains('@');
    let is_told = lead.contains([':', '：', '@', '叫', '「', '“', '『', '【']);
    let is_led = ["关注", "关住", "搜索", "搜", "加"]
        .iter()
        .any(|verb| plain.before(here.start).trim_end().ends_with(verb));
    let is_latin = behind
        .get(..length)
        .is_some_and(|id| id.bytes().all(|b| b.is_ascii()) && id.bytes().any(|b| b.is_ascii_digit()));
    let is_short = behind.get(length..).is_none_or(|after| {
        after
            .chars()
            .next()
            .is_none_or(super::super::phrase::is_end_of_name)
    });
    let fits = is_at && !lead.starts_with(' ')
        || is_called
            && (is_told
                || is_led
                || is_latin && length >= 5
                || platform == "gzh"
                || !lead.is_empty() && is_short && !lead.contains(['是', '为']));
    let enough = behind.get(..length)?.chars().count() >= 2;
    (fits && enough && !goes_on(behind)).then(|| rest.len() - behind.len() + length)
}

fn goes_on(text: &str) -> bool {
    GOES_ON.iter().any(|word| text.starts_with(word))
}

/// 淘宝搜草本小铺, 微信搜 小鹿: somebody is told to, and not told that it was done.
fn search(plain: &Plain, here: &Range<usize>) -> Option<usize> {
    let rest = plain.after(here.end);
    let behind = ["上搜索", "上搜", "里搜", "搜索", "搜一搜", "搜"]
        .iter()
        .find_map(|verb| rest.strip_prefix(verb))?;
    let around = clause(&plain.text, here);
    let before = plain.get(around.start..here.start);
    let is_done = ["我", "在", "每次", "之前", "昨", "曾", "有人", "他", "她", "时候"]
        .iter()
        .any(|word| before.contains(word));
    let over = [
        "到",
        "了",
        "过",
        "不",
        "出",
        "来",
        "完",
        "半天",
        "的",
        "一下成",
        "成分",
        "测评",
        "评价",
        "结果",
        "引擎",
        "框",
        "记录",
        "真假",
        "词",
        "得",
        "时",
        "物品",
    ];
    let bare = behind.trim_start_matches([' ', ':', '：', '「', '“', '"', '『', '【', '《']);
    let length = name(bare);
    let told = bare.get(..length)?.chars().count() >= 2;
    (told && !is_done && !over.iter().any(|word| behind.starts_with(word)))
        .then(|| rest.len() - bare.len() + length)
}

/// telegram: @deer2026, line id: deer2026, ins deer_2026.
fn latin(rest: &str, platform: &str) -> Option<usize> {
    let mut bare = rest.trim_start_matches(' ');
    let mut told = false;
    for word in ["账号", "帐号", "号", "id"] {
        if let Some(behind) = bare.strip_prefix(word) {
            (bare, told) = (behind, true);
        }
    }
    let behind = bare.trim_start_matches([' ', ':', '：', '@']);
    let signs = bare.get(..bare.len() - behind.len())?;
    let length = behind
        .chars()
        .take(30)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
        .count();
    let id = behind.get(..length)?;
    let mixed =
        id.bytes().any(|b| b.is_ascii_digit() || b == b'_') && id.bytes().any(|b| b.is_ascii_alphabetic());
    // Nobody writes these but as a name.
    let is_plain = ["telegram", "whatsapp", "instagram", "discord"].contains(&platform);
    let has_colon = signs.contains([':', '：']);
    let fits = (4..=30).contains(&length)
        && (signs.contains('@')
            || (told && (has_colon || mixed))
            || (has_colon && mixed)
            || (is_plain && mixed && length >= 6));
    fits.then(|| rest.len() - behind.len() + length)
}

/// Words that lead to a contact without one.
static HINTS: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    phrases.innocent(
        "联系方式方法|型号|账号|编号|序号|有号召|有方式方法|微信步数|加我的|加我们的队伍|有微量|有微弱|有微风|有微微|有微小|有微信读|有v领|有维生素|加微量",
    );
    let groups = HashMap::new();
    for phrase in [
        "进群|入群|加群|拉群|拉你进群|进裙|加裙 … 看主页|看简介|看头像|私信|见主页|找我|主页|加我|私我",
        "加我好友|加我微|加我领|加我拿|加我了解|加我进群|左滑加我|右滑加我|加好友领|加个微信|加个v|留个微信|加微聊|加v聊|互加微信",
        "主页|简介|头像|名片|背景图|图里|图片里|置顶|封面|最后一张 … 联系方式|有号|有方式|有微|有v|加我|有联系",
        "微信同号|微信同名|v同号|vx同号|电话同号|手机同号|同名公众号|公众号同名|微信号就是|微信就是小红书号|小红书号就是微信",
        "全网同名|各平台同名|其他平台同名",
        "私信发你微信|换个地方聊|交换微信|留下联系方式|留个联系方式|留你的微信|发我微信|联系方式在|联系方式见|联系方式看",
    ] {
        phrases.add(phrase, &groups, 0);
    }
    phrases
});

/// 主页有联系方式, 微信同号, 左滑加我.
pub(super) fn hints(plain: &Plain) -> Vec<Range<usize>> {
    let found = HINTS.find(&plain.text).into_iter().map(|(place, _)| place);
    found
        .filter(|place| {
            let around = clause(&plain.text, place);
            !is_denied(plain.get(around.clone())) && !plain.after(around.end).starts_with(['?', '？'])
        })
        .collect()
}

//! What people write about themselves among other words: a chat id, a name they call, the street they live in.

use std::ops::Range;

/// What stands before a chat id.
const APPS: [&str; 10] = [
    "微信", "威信", "薇信", "weixin", "wechat", "v信", "vx", "wx", "qq", "扣扣",
];
/// What may stand between the app's name and the id.
const BETWEEN: &str = " :：号是加+＋=为";
/// A number with one of these is a house or a room when a street stands right before it; how surely.
const DOORS: [(&str, usize); 15] = [
    ("号楼", 6),
    ("号院", 6),
    ("单元", 6),
    ("弄", 6),
    ("栋", 6),
    ("幢", 6),
    ("室", 6),
    ("座", 6),
    ("房", 6),
    ("号", 4),
    ("楼", 2),
    ("层", 2),
    ("户", 2),
    ("组", 2),
    ("队", 2),
];
/// How surely doors must be doors behind what may be no street: a plain number is the day of a month, a colour, a shop.
const STREETS: [(&str, usize); 15] = [
    ("大道", 4),
    ("胡同", 4),
    ("小区", 6),
    ("公寓", 6),
    ("大厦", 6),
    ("路", 4),
    ("街", 4),
    ("巷", 4),
    ("村", 4),
    ("弄", 4),
    ("苑", 4),
    ("园", 4),
    ("道", 8),
    ("里", 8),
    ("城", 8),
];
/// Ends of words that are no streets, whatever stands behind them.
const ORDINARY: [&str; 51] = [
    "知道", "味道", "渠道", "通道", "频道", "报道", "难道", "地道", "力道", "轨道", "赛道", "管道", "人道",
    "厚道", "霸道", "一道", "几道", "公里", "英里", "海里", "心里", "城里", "家里", "这里", "那里", "哪里",
    "手里", "眼里", "嘴里", "夜里", "店里", "群里", "包里", "盒里", "屋里", "车里", "子里", "头里", "水里",
    "市里", "区里", "县里", "镇里", "村里", "园里", "路里", "商城", "长城", "全城", "同城", "进城",
];
/// What ends the name of a region that an address begins with.
const REGIONS: &str = "省市区县镇乡";
/// Words that end like one.
const NO_REGIONS: [&str; 20] = [
    "超市", "夜市", "城市", "门市", "都市", "上市", "菜市", "股市", "小区", "地区", "社区", "专区", "景区",
    "城镇", "乡镇", "老乡", "家乡", "故乡", "节省", "反省",
];
/// What an address stands behind.
const HOMES: [&str; 14] = [
    "收货地址",
    "收件地址",
    "地址",
    "住址",
    "家住",
    "住在",
    "我住",
    "寄到",
    "寄往",
    "寄给",
    "送到",
    "发到",
    "发往",
    "位于",
];
/// How far an address may begin before its street, in characters.
const FAR: usize = 30;
/// Who a parcel goes to.
const RECEIVERS: [&str; 5] = ["收件人姓名", "收货人姓名", "收件人", "收货人", "联系人"];
/// What follows a name without a break.
const BEYOND: [&str; 5] = ["电话", "手机", "联系", "地址", "微信"];
/// The commonest surnames that seldom begin another word; about seven in ten people.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔康邱秦顾侯邵孟汤尹黎贺赖龚";

/// Surnames of two characters.
const DOUBLE: [&str; 10] = [
    "欧阳", "上官", "司马", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙",
];
/// Words that begin like a name and are none.
const NO_NAMES: [&str; 63] = [
    "周年", "周末", "周边", "周岁", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "黄金", "黄色",
    "黄油", "夏日", "夏天", "夏季", "田园", "余额", "孔雀", "康复", "戴森", "汤圆", "姜茶", "姜黄", "苏打",
    "苏州", "徐州", "郑州", "罗马", "许愿", "曾经", "陈列", "陈皮", "沈阳", "韩国", "韩系", "宋代", "唐装",
    "叶子", "杜绝", "杨梅", "杨桃", "李子", "胡椒", "朱砂", "张力", "王者", "王牌", "刘海", "黎明", "贺岁",
    "贺卡", "顾客", "丁香", "谢谢", "熊猫", "钟表", "钟情", "孟买", "林间", "陆续", "汪汪",
];

/// A word of Chinese characters alone that is shaped like a name: a surname and one or two more.
fn is_name(word: &str) -> bool {
    let count = word.chars().count();
    let double = DOUBLE.iter().any(|surname| word.starts_with(surname));
    let single = word.starts_with(|c| SURNAMES.contains(c));
    (double && (3..=4).contains(&count) || single && (2..=3).contains(&count))
        && !NO_NAMES.iter().any(|no| word.starts_with(no))
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The longest runs of Chinese characters, and where they are.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = None;
    text.char_indices()
        .map(|(at, c)| (at, Some(c)))
        .chain([(text.len(), None)])
        .filter_map(move |(at, c)| match (c.is_some_and(is_chinese), from) {
            (true, None) => {
                from = Some(at);
                None
            }
            (false, Some(begins)) => {
                from = None;
                Some(begins..at)
            }
            _ => None,
        })
}

/// A text without the names that stand right beside something that was hidden, as in 「张三 ***」.
pub(super) fn beside(text: &str) -> String {
    if !text.contains("***") {
        return text.to_owned();
    }
    let between = |c: char| !(c.is_alphanumeric() || c == '*');
    replaced(text, |range| {
        let before = text
            .get(..range.start)
            .unwrap_or_default()
            .trim_end_matches(between);
        let after = text
            .get(range.end..)
            .unwrap_or_default()
            .trim_start_matches(between);
        before.ends_with("***") || after.starts_with("***")
    })
}

/// A text without any word that is shaped like a name.
pub(super) fn alone(text: &str) -> String {
    replaced(text, |_| true)
}

fn replaced(text: &str, is_hidden: impl Fn(&Range<usize>) -> bool) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for range in words(text) {
        if text.get(range.clone()).is_some_and(is_name) && is_hidden(&range) {
            out.push_str(text.get(from..range.start).unwrap_or_default());
            out.push_str("***");
            from = range.end;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A text without chat ids, called names and street addresses, and how many there were.
pub(super) fn hide(text: &str) -> (String, usize) {
    let folded = text.to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = APPS.iter().flat_map(|app| ids(&folded, app)).collect();
    found.extend(called(text));
    found.extend(streets(text));
    found.extend(receivers(text));
    found.sort_by_key(|range| (range.start, range.end));
    let (mut out, mut end, mut hidden) = (String::with_capacity(text.len()), 0, 0);
    for range in found {
        if range.start >= end {
            out.push_str(text.get(end..range.start).unwrap_or_default());
            out.push_str("***");
            hidden += 1;
        }
        end = end.max(range.end);
    }
    out.push_str(text.get(end..).unwrap_or_default());
    (out, hidden)
}

/// The ids behind one app's name. 「微信 good」 is no id: without a colon or the like it needs a digit, `_` or `-`.
fn ids<'t>(folded: &'t str, app: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    folded.match_indices(app).filter_map(move |(at, _)| {
        let before = folded.get(..at)?.chars().next_back();
        if app.is_ascii() && before.is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let after = folded.get(at + app.len()..)?;
        let id = after.trim_start_matches(|c| BETWEEN.contains(c));
        let between = after.len() - id.len();
        // No id begins so: `wechat_article` is one word, and a channel's name.
        if id.starts_with(['_', '-']) {
            return None;
        }
        let is_told = after.get(..between)?.contains(|c: char| !c.is_whitespace());
        let length = id
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
            .unwrap_or(id.len());
        let looks = id.get(..length)?.contains(|c: char| !c.is_ascii_alphabetic());
        let begins = at + app.len() + between;
        ((5..=24).contains(&length) && (is_told || looks)).then_some(begins..begins + length)
    })
}

/// The name in `@name`, where it plainly ends.
fn called(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices(['@', '＠']).filter_map(|(at, mark)| {
        let begins = at + mark.len();
        let name = text.get(begins..)?;
        let length = name.find(|c: char| c.is_whitespace() || "@＠:：,，。!！?？".contains(c));
        let ends = length.unwrap_or(name.len());
        let plain = length.is_none_or(|at| {
            name.get(at..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || "@＠:：".contains(c)))
        });
        let count = name.get(..ends)?.chars().count();
        // Mail addresses have their own rule.
        let is_mail = text.get(..at)?.ends_with(|c: char| c.is_ascii_alphanumeric());
        (plain && !is_mail && (1..=20).contains(&count) && name.get(..ends)? != "***")
            .then_some(begins..begins + ends)
    })
}

/// The name behind 「收件人」, 「联系人：」: any behind a colon, otherwise one that begins as names do.
fn receivers(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    RECEIVERS
        .iter()
        .flat_map(|label| text.match_indices(label))
        .filter_map(|(at, label)| {
            let after = text.get(at + label.len()..)?;
            let name = after.trim_start_matches([' ', '：', ':', '是', '叫', '为', '\u{3000}']);
            let begins = text.len() - name.len();
            let is_told = after.trim_start().starts_with(['：', ':']);
            let name = name.split(|c: char| !c.is_alphabetic() && c != '·').next()?;
            let ends = BEYOND.iter().filter_map(|word| name.find(word)).min();
            let name = name.get(..ends.unwrap_or(name.len()))?;
            let count = name.chars().count();
            let looks = name.starts_with(|c| SURNAMES.contains(c))
                && (2..=4).contains(&count)
                && !name.starts_with("周末")
                && !name.ends_with(['的', '了', '吗', '呢', '吧']);
            (looks || is_told && (1..=20).contains(&count)).then_some(begins..begins + name.len())
        })
}

/// 「幸福路 12 号 3 栋 402 室」: from the street's name to the last number of a house, at most six characters before the street, or
/// from where the region begins: 「上海市浦东新区…」.
fn streets(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.char_indices().filter_map(|(at, _)| {
        let here = text.get(at..)?;
        let (street, least) = STREETS.iter().find(|(street, _)| here.starts_with(street))?;
        let behind = at + street.len();
        let (length, sure) = doors(text.get(behind..)?);
        let before = text.get(..at)?;
        let named = text.get(..behind)?;
        if ORDINARY.iter().any(|word| named.ends_with(word)) {
            return None;
        }
        let region = region(before);
        let least = if region.is_some_and(|(_, is_close)| is_close) {
            4
        } else {
            *least
        };
        let name = before
            .char_indices()
            .rev()
            .take(6)
            .take_while(|(_, c)| c.is_alphanumeric())
            .last()
            .map_or(at, |(begins, _)| begins);
        (sure >= least).then_some(region.map_or(name, |(begins, _)| begins.min(name))..behind + length)
    })
}

/// Where the region begins that the end of this text lies in, and whether its name stands right before the street's:
/// 「…地址上海市 浦东新区世纪」.
fn region(before: &str) -> Option<(usize, bool)> {
    let mut begins = before.len();
    for (at, c) in before.char_indices().rev().take(FAR) {
        // A gap only stands behind a region: 「上海市 浦东新区」.
        let is_gap = " ，,、".contains(c) && before.get(..at)?.ends_with(|c| REGIONS.contains(c));
        if !(c.is_alphanumeric() || is_gap) {
            break;
        }
        begins = at;
    }
    let run = before.get(begins..)?;
    let home = HOMES
        .iter()
        .filter_map(|home| run.rfind(home).map(|at| at + home.len()))
        .max()
        .unwrap_or(0);
    let run = run.get(home..)?;
    let marks: Vec<usize> = run
        .char_indices()
        .filter(|(_, c)| REGIONS.contains(*c))
        .map(|(at, c)| at + c.len_utf8())
        .filter(|end| {
            run.get(..*end)
                .is_some_and(|name| !NO_REGIONS.iter().any(|word| name.ends_with(word)))
        })
        .collect();
    let between = run.get(*marks.last()?..)?.chars().count();
    if between == 0 {
        return None;
    }
    // 「上海市」, 「黑龙江省」: with its mark a name is three or four characters long.
    let name = run.get(..*marks.first()?)?.char_indices().rev().take(4);
    let name = if home > 0 { 0 } else { name.last()?.0 };
    Some((begins + home + name, between <= 4))
}

/// The bytes of the doors at the very beginning, spaces before them included, and how surely they are doors.
fn doors(text: &str) -> (usize, usize) {
    let (mut end, mut sure) = (0, 0);
    while let Some((length, weight)) = text.get(end..).and_then(door) {
        end += length;
        sure += weight;
    }
    // 「3栋502」.
    if sure >= 6
        && let Some(rest) = text.get(end..)
    {
        let number = rest.trim_start_matches(' ');
        let after = number.trim_start_matches(|c: char| c.is_ascii_digit());
        let room = number.len() - after.len();
        let ends = !after
            .trim_start_matches(' ')
            .starts_with(|c: char| c.is_ascii_alphanumeric() || "-./%年月日天元块次个毫克片".contains(c));
        if ends && (3..=4).contains(&room) {
            end += rest.len() - after.len();
        }
    }
    (end, sure)
}

/// The bytes of a number and its door at the very beginning, spaces between them included, and how surely it is one.
fn door(text: &str) -> Option<(usize, usize)> {
    let rest = text.trim_start_matches(' ');
    let is_digit = |c: char| c.is_ascii_digit() || c == '-' || ('０'..='９').contains(&c);
    let lettered = rest
        .strip_prefix(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(rest);
    let after = lettered.trim_start_matches(is_digit);
    let spelled = rest.trim_start_matches(|c| "零〇一二三四五六七八九十百".contains(c));
    let (after, is_spelled) = if after.len() < rest.len() {
        (after, false)
    } else {
        (spelled, true)
    };
    let unit = after.trim_start_matches(' ');
    let (mark, weight) = DOORS.iter().find(|(mark, _)| unit.starts_with(mark))?;
    let length = text.len() - unit.len() + mark.len();
    // 「一座」, 「一层」 count something.
    let weight = match rest.get(..rest.len() - after.len())?.chars().count() {
        0 => return None,
        1 if is_spelled => (*weight).min(3),
        _ if is_spelled => (*weight).min(4),
        _ => *weight,
    };
    Some((length, weight))
}

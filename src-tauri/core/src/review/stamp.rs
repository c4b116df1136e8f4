//! Times as platforms write them, and the lines of a comment section that say when and where, and nothing else.

use super::find::SHIPPED;
use crate::value::Date;

const DAYS: [&str; 4] = ["昨天", "今天", "前天", "刚刚"];
const HALVES: [&str; 8] = ["上午", "下午", "凌晨", "晚上", "早上", "中午", "AM", "PM"];
const AGO: [&str; 6] = ["分钟前", "小时前", "天前", "周前", "月前", "年前"];
const EDITED: [&str; 4] = ["编辑于", "发布于", "发表于", "评论于"];

/// A time as platforms write it.
pub(super) struct Stamp {
    /// The day where it is told with month and day; a day told without its year is this year's.
    pub day: Option<Date>,
    /// It has a time of day.
    pub is_time: bool,
}

/// Reads one word.
pub(super) fn stamp(word: &str, today: Date) -> Option<Stamp> {
    let word = word.trim_matches(|c| "[]()（）【】".contains(c));
    let counted = |end: &&str| {
        word.strip_suffix(*end)
            .map(|number| number.trim_end_matches('个'))
            .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
    };
    let is_weekday = word.starts_with("星期") && word.chars().count() == 3;
    let is_said = DAYS.contains(&word) || HALVES.contains(&word) || EDITED.contains(&word);
    if is_said || is_weekday || AGO.iter().any(counted) {
        return Some(Stamp {
            day: None,
            is_time: false,
        });
    }
    if is_clock(word) {
        return Some(Stamp {
            day: None,
            is_time: true,
        });
    }
    // 「2026-11-20T10:23」 and 「昨天10:23」 in one word.
    if let Some((date, _)) = word.split_once('T').filter(|(_, clock)| is_clock(clock)) {
        return Some(Stamp {
            day: date_of(date, today)?,
            is_time: true,
        });
    }
    if let Some(clock) = DAYS.iter().chain(&HALVES).find_map(|day| word.strip_prefix(day)) {
        return is_clock(clock).then_some(Stamp {
            day: None,
            is_time: true,
        });
    }
    Some(Stamp {
        day: date_of(word, today)?,
        is_time: false,
    })
}

fn is_clock(text: &str) -> bool {
    let parts: Vec<&str> = text.split([':', '：']).collect();
    (2..=3).contains(&parts.len())
        && parts
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()))
}

/// `2026-11-20`, `2026/11/20`, `2026年11月20日`, `11-20`, `11月20日`. `None`: no date; `Some(None)`: a date that is not told for sure.
fn date_of(word: &str, today: Date) -> Option<Option<Date>> {
    if !word.chars().all(is_of_date) {
        return None;
    }
    let parts: Vec<&str> = word
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (year.parse().ok()?, month, day),
        // 「5-6」 may be anything; 「11-20」 and 「11月2日」 are days.
        [month, day] if word.contains('月') || (month.len() == 2 && day.len() == 2 && word.contains('-')) => {
            (today.0.year(), month, day)
        }
        _ => return None,
    };
    let date = jiff::civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(Some(Date(date)).filter(|date| *date <= today))
}

fn is_of_date(c: char) -> bool {
    c.is_ascii_digit() || "-/.年月日".contains(c)
}

/// A line that only says when, perhaps where, and what one can press there: 「昨天 21:30 上海 回复」, 「2026年11月01日 颜色分类：白色」.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// As in [`Stamp`].
    pub day: Option<Date>,
    /// 回复 stands in it.
    pub answers: bool,
    /// What was bought stands in it, as shops write it under a buyer's name.
    pub bought: bool,
}

/// Reads a whole line.
pub(super) fn told(line: &str, today: Date) -> Option<Told> {
    let is_gap = |c: char| c.is_whitespace() || "·|｜".contains(c);
    let mut rest = line.trim_start_matches(is_gap);
    if let Some((place, after)) = rest.split_once(char::is_whitespace)
        && is_place(place)
    {
        rest = after;
    }
    let (mut day, mut is_dated, mut is_any) = (None, false, false);
    loop {
        rest = rest.trim_start_matches(is_gap);
        if let Some(beside) = HALVES
            .iter()
            .chain(&EDITED)
            .find_map(|said| rest.strip_prefix(said))
        {
            rest = beside;
            continue;
        }
        let Some((length, date)) = first(rest, today) else {
            break;
        };
        is_any = true;
        is_dated |= date.is_some();
        day = day.or(date.flatten());
        rest = rest.get(length..)?;
    }
    if !is_any {
        return None;
    }
    if is_dated && is_bought(rest) {
        return Some(Told {
            day,
            answers: false,
            bought: true,
        });
    }
    let words: Vec<&str> = rest.split(is_gap).filter(|word| !word.is_empty()).collect();
    let answers = words
        .iter()
        .any(|word| word.starts_with("回复") || word.ends_with("回复"));
    let strange: Vec<&str> = words.into_iter().filter(|word| !is_known(word)).collect();
    let is_told = match strange.as_slice() {
        [] => true,
        // A place that nobody listed; other words are what somebody said.
        [place] => answers && place.chars().count() <= 8 && place.chars().all(char::is_alphanumeric),
        _ => false,
    };
    is_told.then_some(Told {
        day,
        answers,
        bought: false,
    })
}

/// The bytes of the time that a text begins with, and the date when it is one.
fn first(text: &str, today: Date) -> Option<(usize, Option<Option<Date>>)> {
    if let Some(said) = DAYS.iter().find(|said| text.starts_with(**said)) {
        return Some((said.len(), None));
    }
    if let Some(weekday) = text.strip_prefix("星期").or_else(|| text.strip_prefix('周'))
        && let Some(nth) = weekday.chars().next().filter(|c| "一二三四五六日天".contains(*c))
    {
        return Some((text.len() - weekday.len() + nth.len_utf8(), None));
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() == text.len() {
        return None;
    }
    let unit = after.trim_start_matches(' ').trim_start_matches('个');
    if let Some(ago) = AGO.iter().find(|ago| unit.starts_with(**ago)) {
        return Some((text.len() - unit.len() + ago.len(), None));
    }
    let clock = text
        .find(|c: char| !(c.is_ascii_digit() || ":：".contains(c)))
        .unwrap_or(text.len());
    if is_clock(text.get(..clock)?) {
        return Some((clock, None));
    }
    let date = text.find(|c| !is_of_date(c)).unwrap_or(text.len());
    Some((date, Some(date_of(text.get(..date)?, today)?)))
}

/// 「颜色分类：白色」, 「已购：30ml」.
fn is_bought(text: &str) -> bool {
    text.split_once(['：', ':']).is_some_and(|(kind, _)| {
        kind.chars().count() <= 10
            && SHIPPED
                .variants
                .iter()
                .any(|variant| kind.ends_with(variant.as_str()))
    })
}

/// A place, a button, a count.
fn is_known(word: &str) -> bool {
    let word = word.strip_suffix("回复").unwrap_or(word);
    word.is_empty() || is_place(word) || is_count(word) || is_button(word)
}

/// 「上海」, 「浙江省」, 「IP属地：北京」.
pub(super) fn is_place(word: &str) -> bool {
    let name = ["IP属地", "IP：", "IP:", "来自"]
        .iter()
        .find_map(|before| word.strip_prefix(before))
        .unwrap_or(word)
        .trim_start_matches(['：', ':', ' '])
        .trim_end_matches(['省', '市']);
    SHIPPED.places.iter().any(|place| place == name)
}

/// 「12」, 「1.2万」, 「999+」.
fn is_count(word: &str) -> bool {
    let number = word.trim_end_matches(['+', '万', 'w', 'k']);
    word.len() <= 8
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn is_button(word: &str) -> bool {
    SHIPPED.buttons.iter().any(|button| button == word)
}

/// A line of a comment section that nobody said: 「回复」, 「12」, 「展开 3 条回复」.
pub(super) fn is_furniture(line: &str) -> bool {
    let is_tally = ["展开", "查看", "共", "全部"]
        .iter()
        .any(|begins| line.starts_with(begins))
        && ["回复", "评论"].iter().any(|kind| line.contains(kind))
        && line.chars().count() <= 14;
    is_tally || line.split_whitespace().all(is_known)
}

/// 「作者」 under a name.
pub(super) fn is_badge(line: &str) -> bool {
    SHIPPED.badges.iter().any(|badge| badge == line)
}

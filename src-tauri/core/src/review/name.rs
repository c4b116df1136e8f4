//! Names in copied text: over what somebody said, before it, and what only looks like one.

use super::{
    find::SHIPPED,
    stamp::{is_furniture, is_place, stamp, told},
};
use crate::value::Date;

/// Longest name, in characters.
const NAME: usize = 20;

/// A line that is only a name and a colon.
pub(super) fn named_head(line: &str) -> Option<&str> {
    let name = line.strip_suffix(['：', ':'])?.trim();
    (is_name(name) && !is_topic(name)).then_some(name)
}

/// A line that only says who and when: 「小鹿妈妈 2026/11/20 10:23」.
pub(super) fn timed_head(line: &str, today: Date) -> Option<(&str, Option<Date>)> {
    let (mut rest, mut day, mut has_time) = (line, None, false);
    while let Some(word) = rest.split_whitespace().next_back() {
        match stamp(word, today) {
            Some(stamp) => {
                day = day.or(stamp.day);
                has_time |= stamp.is_time;
            }
            // 「小鹿 昨天 21:30 上海」.
            None if rest == line && is_place(word) => {}
            None => break,
        }
        rest = rest.strip_suffix(word)?.trim_end();
    }
    // 「上海 昨天 21:30」 and 「3 天前 21:30」 name nobody.
    let name = if told(line, today).is_some() { "" } else { rest };
    let is_who = name.is_empty() || is_name(name) && !is_furniture(name);
    (has_time && is_who).then_some((name, day))
}

/// Takes list marks, a time and a name off the front: 「3. [2026-11-20] @小鹿：好用」.
pub(super) fn lead(text: &str, today: Date) -> (&str, Option<Date>, &str) {
    let mut day = None;
    let mut rest = unlisted(text);
    while let Some(word) = rest.split_whitespace().next() {
        let is_boxed = word.starts_with(['[', '(', '（', '【']);
        let Some(found) = stamp(word, today).filter(|found| found.is_time || found.day.is_some() || is_boxed)
        else {
            // 「[2026-11-20 10:23]」 is two words.
            let boxed = rest
                .strip_prefix(['[', '【'])
                .and_then(|inner| inner.split_once([']', '】']))
                .filter(|(inner, _)| inner.split_whitespace().all(|word| stamp(word, today).is_some()));
            let Some((inner, after)) = boxed else { break };
            day = day.or(inner.split_whitespace().find_map(|word| stamp(word, today)?.day));
            rest = after.trim_start_matches(is_padding);
            continue;
        };
        let after = rest.get(word.len()..).unwrap_or_default();
        if after.trim_matches(is_padding).is_empty() {
            break;
        }
        day = day.or(found.day);
        rest = after.trim_start_matches(is_padding);
    }
    // 「回复 @小鹿：」 names whom it answers, not who says it.
    if let Some(answered) = rest.strip_prefix("回复")
        && let Some((name, after)) = answered.split_once(['：', ':'])
        && is_name(name.trim())
    {
        return ("", day, after);
    }
    match rest.split_once(['：', ':']) {
        Some((name, after)) if is_name(name.trim()) && !is_topic(name.trim()) && !after.starts_with("//") => {
            (name.trim(), day, after)
        }
        _ => ("", day, rest),
    }
}

/// Without 「3.」, 「3、」, 「①」, 「- 」 at the front.
fn unlisted(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| "•·●▪◆".contains(c) || ('①'..='⑳').contains(&c));
    let rest = rest
        .strip_prefix("- ")
        .unwrap_or(rest)
        .trim_start_matches(is_padding);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - after.len();
    let listed = after.strip_prefix(['.', '、', ')', '）', '．']);
    match listed {
        Some(said) if (1..=4).contains(&digits) && !said.starts_with(|c: char| c.is_ascii_digit()) => {
            said.trim_start_matches(is_padding)
        }
        _ => rest,
    }
}

/// What a name can look like: short, one breath, not only figures.
pub(super) fn is_name(text: &str) -> bool {
    let text = text.trim_start_matches(['@', '＠']);
    let count = text.chars().count();
    (1..=NAME).contains(&count)
        && text.split_whitespace().count() <= 3
        && !text.contains(|c: char| "，。！？,!?；;\n\"“”[]【】：:".contains(c))
        && text.contains(|c: char| !c.is_ascii_digit() && !c.is_whitespace() && !"./-".contains(c))
}

/// What stands where names stand, and is short enough for one: 「叮叮当！」.
pub(super) fn is_called(text: &str) -> bool {
    text.chars().count() <= NAME && text.split_whitespace().count() <= 3 && !text.contains(['，', '。', '；'])
}

/// 「优点：…」 has nobody's name before the colon.
fn is_topic(name: &str) -> bool {
    !name.starts_with(['@', '＠'])
        && SHIPPED
            .not_names
            .iter()
            .any(|topic| topic.eq_ignore_ascii_case(name))
}

/// White space, and the marks that cannot be seen.
pub(super) fn is_padding(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}

//! What people write about themselves among other words: a chat id, a name they call, the street they live in.

use std::ops::Range;

/// What stands before a chat id.
const APPS: [&str; 10] = [
    "微信", "威信", "薇信", "weixin", "wechat", "v信", "vx", "wx", "qq", "扣扣",
];
/// What may stand between the app's name and the id.
const BETWEEN: &str = " :：号是加+＋=为";
/// A number with one of these is a house or a room when a street stands right before it.
const DOORS: &str = "号弄栋幢室座";
const STREETS: &str = "路街巷村弄苑园";

/// A text without chat ids, called names and street addresses, and how many there were.
pub(super) fn hide(text: &str) -> (String, usize) {
    let folded = text.to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = APPS.iter().flat_map(|app| ids(&folded, app)).collect();
    found.extend(called(text));
    found.extend(streets(text));
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

/// 「幸福路 12 号 3 栋 402 室」: from the street's name to the last number of a house, at most six characters before the street.
fn streets(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.char_indices()
        .filter(|(_, c)| STREETS.contains(*c))
        .filter_map(|(at, mark)| {
            let mut end = at + mark.len_utf8();
            let mut doors = 0;
            while let Some(door) = door(text.get(end..)?) {
                end += door;
                doors += 1;
            }
            let name = text
                .get(..at)?
                .char_indices()
                .rev()
                .take(6)
                .take_while(|(_, c)| c.is_alphanumeric())
                .last();
            (doors > 0).then_some(name.map_or(at, |(begins, _)| begins)..end)
        })
}

/// The bytes of a number and its door at the very beginning, spaces between them included.
fn door(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(' ');
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let unit = after.trim_start_matches(' ');
    let mark = unit.chars().next().filter(|c| DOORS.contains(*c))?;
    (after.len() < rest.len()).then_some(text.len() - unit.len() + mark.len_utf8())
}

//! What never gets past the importer: who bought, where they live, how to reach them.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{buyer, sheet::plain};

#[derive(Debug, Default, Deserialize)]
struct Words {
    columns: Vec<String>,
    words: Vec<String>,
    place: Vec<String>,
    free_text: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("formats/personal.toml")).unwrap_or_default());

/// Parts of an address; three of them in one breath are one, two with a number too.
const ADDRESS: [char; 21] = [
    '省', '市', '区', '县', '镇', '乡', '村', '路', '街', '道', '巷', '弄', '号', '栋', '幢', '座', '楼',
    '层', '室', '单', '园',
];

/// How the cells of a column are kept. Found once for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not at all: it says who somebody is.
    Personal,
    /// Not at all: it says nothing of the order.
    Nothing,
    /// What people wrote as they liked.
    FreeText,
    /// An id: eleven digits of it are no phone.
    Id,
    /// What an item is called.
    Title,
    Plain,
}

/// What a column is by its name.
pub(super) fn kind(header: &str) -> Kind {
    // 序号 counts the rows of this file; it says nothing of the order and would change it in every file.
    if header.is_empty() || header == "序号" {
        return Kind::Nothing;
    }
    let name = plain(header);
    let is = |known: &String| plain(known) == name;
    let has = |word: &String| name.contains(word.as_str());
    if WORDS.columns.iter().any(is) || WORDS.place.iter().any(is) || WORDS.words.iter().any(has) {
        Kind::Personal
    } else if WORDS.free_text.iter().any(has) {
        Kind::FreeText
    } else {
        Kind::Plain
    }
}

/// What is known of one buyer while their order is read: it is taken out of every text of that order.
#[derive(Debug, Clone, Default)]
pub(super) struct Personal<'a> {
    known: Vec<&'a str>,
}

impl<'a> Personal<'a> {
    /// Values that say who somebody is. Single letters are left: 「李」 would take every plum out of the titles.
    pub fn of(values: impl Iterator<Item = &'a str>) -> Self {
        let mut known: Vec<&str> = values
            .map(str::trim)
            .filter(|value| value.chars().filter(|c| c.is_alphanumeric()).count() >= 2)
            .collect();
        // The longer first: an address before the city in it.
        known.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self { known }
    }

    /// A text without the known values.
    pub fn hide(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for value in &self.known {
            out = without(&out, value);
        }
        out
    }

    /// What people wrote as they liked, without the known values, addresses, numbers, chat ids, and names that stand beside
    /// something that was hidden.
    pub fn clean(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let text = buyer::clean(&self.hide(text)).0;
        let ends = |c: char| c.is_whitespace() || "，,。；;：:！!？?|/".contains(c);
        let without_addresses: String = text
            .split_inclusive(ends)
            .map(|part| match part.strip_suffix(ends) {
                Some(words) if is_address(words) => {
                    format!("***{}", part.strip_prefix(words).unwrap_or_default())
                }
                None if is_address(part) => "***".to_owned(),
                _ => part.to_owned(),
            })
            .collect();
        buyer::beside(&without_addresses)
    }
}

/// How a person of these two names may be written. One Latin name alone is left, `Rose` is a buyer and a colour; so is what
/// counts something: 张三 is not 三张.
pub fn names(first: &str, last: &str) -> Vec<String> {
    let (first, last) = (first.trim(), last.trim());
    let is_chinese = |name: &str| !name.is_ascii();
    let mut known = vec![format!("{first} {last}"), format!("{last} {first}")];
    if is_chinese(first) || is_chinese(last) {
        known.extend([format!("{last}{first}"), format!("{first}{last}")]);
        known.extend([first.to_owned(), last.to_owned()]);
        known.retain(|name| !name.starts_with(|c| "一二三四五六七八九十百千两几半".contains(c)));
    }
    // A whole name may stand in one of the two fields.
    known.iter_mut().for_each(|name| *name = name.trim().to_owned());
    known.retain(|name| is_chinese(name) || name.contains(' '));
    known
}

/// A text without a value, in any case. Latin letters must stand alone: `Li` is not in `Lipstick`.
fn without(text: &str, value: &str) -> String {
    let (lower, wanted) = (text.to_lowercase(), value.to_lowercase());
    if lower.len() != text.len() || !lower.contains(&wanted) {
        return text.replace(value, "***");
    }
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (begins, ends) = (joins(wanted.chars().next()), joins(wanted.chars().next_back()));
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (at, _) in lower.match_indices(&wanted) {
        let end = at + wanted.len();
        let before = lower.get(..at).and_then(|before| before.chars().next_back());
        let after = lower.get(end..).and_then(|after| after.chars().next());
        if begins && joins(before) || ends && joins(after) || at < from {
            continue;
        }
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str("***");
        from = end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

impl Personal<'_> {
    /// The name of an item, without the buyer's.
    pub fn title(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        buyer::title(&self.hide(text))
    }
}

fn is_address(part: &str) -> bool {
    let marks = part.chars().filter(|c| ADDRESS.contains(c)).count();
    marks >= 3 || (marks == 2 && part.contains(|c: char| c.is_ascii_digit()))
}

/// Any text without mobile numbers; order and item ids, which are longer, stay.
pub(super) fn hide_phones(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().map(Some).chain([None]) {
        if let Some(c) = c.filter(char::is_ascii_digit) {
            run.push(c);
            continue;
        }
        let is_phone =
            run.len() == 11 && run.starts_with('1') && !run.starts_with("10") && !run.starts_with("12");
        out.push_str(if is_phone { "***" } else { &run });
        run.clear();
        out.extend(c);
    }
    out
}

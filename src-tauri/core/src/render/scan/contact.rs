//! Ids of messengers behind their name, and what is spelt with blanks between its letters.

use std::ops::Range;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::plain::Plain;

/// Names of messengers, and whether their ids may be figures alone.
const NAMES: [(&str, bool); 43] = [
    ("微信", false),
    ("薇信", false),
    ("威信", false),
    ("微心", false),
    ("徽信", false),
    ("v信", false),
    ("wei信", false),
    ("微x", false),
    ("weixin", false),
    ("wechat", false),
    ("vx", false),
    ("wx", false),
    ("加v", false),
    ("加微", false),
    ("加薇", false),
    ("绿泡泡", false),
    ("卫星号", false),
    ("qq", true),
    ("扣扣", true),
    ("企鹅号", true),
    ("微xin", false),
    ("维信", false),
    ("薇芯", false),
    ("微芯", false),
    ("威芯", false),
    ("卫星", false),
    ("绿色软件", false),
    ("绿色app", false),
    ("绿软", false),
    ("绿泡", false),
    ("我的v", false),
    ("我v", false),
    ("加群", true),
    ("进群", true),
    ("群号", true),
    ("加裙", true),
    ("裙号", true),
    ("v", false),
    ("q", true),
    ("微", false),
    ("薇", false),
    ("q裙", true),
    ("q群", true),
];
/// Words that follow a messenger's name and are no ids.
const NO_IDS: [&str; 9] = [
    "iphone",
    "android",
    "windows",
    "official",
    "account",
    "version",
    "wechat",
    "weixin",
    "harmonyos",
];

/// 微信号：abc123, 薇❤信 deer2026, weixin: xiaoludeer: a name of a messenger and an id behind it.
pub(super) fn ids(plain: &Plain) -> Vec<Range<usize>> {
    let squeezed = Squeezed::new(&plain.text);
    let mut found = Vec::new();
    for (name, is_number) in NAMES {
        for (at, _) in squeezed.text.match_indices(name) {
            let Some((start, end)) = squeezed.place(at, name.len()) else {
                continue;
            };
            let is_word = name.starts_with(|c: char| c.is_ascii())
                && plain
                    .before(start)
                    .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '@' | '_'));
            if is_word {
                continue;
            }
            if name.chars().count() == 1 && !stands_alone(plain, start, end) {
                continue;
            }
            if let Some(id) = id(plain.after(end), name, is_number) {
                found.push(start..end + id);
            }
        }
    }
    found
}

/// A letter alone is a name with a colon (V：deer2026), with a plus (+V deer2026) or with a heart behind it only; 稍微：… is none.
fn stands_alone(plain: &Plain, start: usize, end: usize) -> bool {
    let before = plain.before(start).chars().next_back().unwrap_or(' ');
    let after = plain.after(end).chars().next().unwrap_or(' ');
    matches!(before, '+' | '➕')
        || (!before.is_alphanumeric() || "加我的".contains(before))
            && (matches!(after, ':' | '：') || after.general_category() == GeneralCategory::OtherSymbol)
}

/// The length of what leads to an id and of the id itself.
fn id(rest: &str, name: &str, is_number: bool) -> Option<usize> {
    let mut bare = rest;
    let mut is_told = name.ends_with('号');
    for word in ["账号", "号码", "号", "群", "id", "：", ":"] {
        if let Some(behind) = bare.strip_prefix(word) {
            is_told |= word != "群";
            bare = behind;
        }
    }
    let lead: usize = bare
        .chars()
        .take(8)
        .take_while(|c| {
            " :：是为=->→👉~～「\"“*".contains(*c) || c.general_category() == GeneralCategory::OtherSymbol
        })
        .map(char::len_utf8)
        .sum();
    let (signs, behind) = bare.split_at_checked(lead)?;
    is_told |= signs.contains([':', '：', '是', '为', '=', '→', '👉']);
    // An id is no longer than 20 characters: what follows is not looked at.
    let length = behind
        .chars()
        .take(21)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        .count();
    let id = behind.get(..length)?;
    let parted = bare.len() < rest.len() || lead > 0 || !name.is_ascii();
    let figures = id.bytes().filter(u8::is_ascii_digit).count();
    let next = behind.get(length..)?.chars().next().unwrap_or(' ');
    let is_id = if figures == length {
        // WeChat ids begin with a letter; figures alone are an id of QQ, or are called one.
        (5..=12).contains(&length)
            && (is_number || (is_told && parted))
            && !(name.len() == 1 && next.is_alphanumeric())
    } else if figures > 0 || id.contains('_') {
        (5..=20).contains(&length) && parted && !is_measure(id)
    } else {
        (6..=20).contains(&length)
            && is_told
            && parted
            && !next.is_alphanumeric()
            && next != '.'
            && !NO_IDS.contains(&id)
    };
    is_id.then(|| rest.len() - behind.len() + length)
}

/// Letters and figures with a blank between each two of them: c a o b e n . c o m, v x d e e r 2 0 2 6. `true` for an address.
pub(super) fn spaced(plain: &Plain) -> Vec<(bool, Range<usize>)> {
    let mut found = Vec::new();
    let mut run = Spelt::default();
    for (at, c) in plain.text.char_indices().chain([(plain.text.len(), '\n')]) {
        let fits = c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':' | '/');
        if fits && (run.word.is_empty() || run.blank) {
            if run.word.is_empty() {
                run.start = at;
            }
            run.word.push(c);
            (run.end, run.blank) = (at + 1, false);
        } else if c == ' ' && !run.word.is_empty() && !run.blank {
            run.blank = true;
        } else {
            // Two letters without a blank: the first of them was no single one.
            let spelt = std::mem::take(&mut run);
            if spelt.word.len() >= 6 && !fits {
                found.extend(spelt.told());
            }
        }
    }
    found
}

/// Letters put together again.
#[derive(Default)]
struct Spelt {
    word: String,
    start: usize,
    end: usize,
    blank: bool,
}

impl Spelt {
    fn told(self) -> Option<(bool, Range<usize>)> {
        let place = self.start..self.end;
        if super::address::is_spelt(&self.word) {
            return Some((true, place));
        }
        let ids = ["weixin", "wechat", "vx", "wx", "qq"];
        let id = ids.iter().find_map(|name| self.word.strip_prefix(name))?;
        let id = id.trim_start_matches(':');
        let mixed = id.bytes().any(|b| b.is_ascii_digit());
        (mixed && id.len() >= 5).then_some((false, place))
    }
}

/// 8000mah, 512gb: figures with a unit.
fn is_measure(id: &str) -> bool {
    let unit = id.trim_start_matches(|c: char| c.is_ascii_digit());
    id.len() > unit.len() && ["ml", "mah", "gb", "mb", "kg", "km", "mm", "cm", "px"].contains(&unit)
}

/// A text without the signs and pictures that hide a name: 薇❤信, v·x. Chinese punctuation stays: 稍微，信我 is no name.
struct Squeezed {
    text: String,
    /// (byte here, first byte there, byte behind it there).
    map: Vec<(usize, usize, usize)>,
}

impl Squeezed {
    fn new(text: &str) -> Self {
        let mut out = Self {
            text: String::with_capacity(text.len()),
            map: Vec::new(),
        };
        for (at, c) in text.char_indices() {
            let hides = matches!(c, ' ' | '.' | '-' | '_' | '*' | '·' | '|' | '/' | '+' | '丨')
                || c.general_category_group() == GeneralCategoryGroup::Symbol;
            if !hides {
                out.map.push((out.text.len(), at, at + c.len_utf8()));
                out.text.push(c);
            }
        }
        out
    }

    /// The place there of a name here, when its letters stand close together there.
    fn place(&self, at: usize, length: usize) -> Option<(usize, usize)> {
        let nth = |at: usize| self.map.partition_point(|(begun, ..)| *begun < at);
        let letters = self.map.get(nth(at)..nth(at + length))?;
        let close = letters
            .iter()
            .zip(letters.iter().skip(1))
            .all(|((.., end), (_, start, _))| start - end <= 8);
        let (_, start, _) = letters.first()?;
        let (.., end) = letters.last()?;
        close.then_some((*start, *end))
    }
}

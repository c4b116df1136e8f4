//! A text as it is read: wide letters and ringed figures are letters and figures, what cannot be seen is not there.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A text made plain, and where each of its bytes came from.
pub(in crate::render) struct Plain {
    /// Lower case.
    pub text: String,
    /// (byte here, first byte there, byte behind it there), one for each character here.
    map: Vec<(usize, usize, usize)>,
}

impl Plain {
    pub fn new(source: &str) -> Self {
        let mut plain = Self {
            text: String::with_capacity(source.len()),
            map: Vec::with_capacity(source.len()),
        };
        for (at, c) in source.char_indices() {
            let end = at + c.len_utf8();
            if c.is_ascii() {
                plain.push(c.to_ascii_lowercase(), at, end);
            } else if is_unseen(c) {
            } else if let Some(narrow) = narrow(c) {
                plain.push(narrow, at, end);
            } else if c.is_alphanumeric() || matches!(c, '\u{24B6}'..='\u{24E9}') {
                for one in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
                    plain.push(one, at, end);
                }
            } else {
                plain.push(if c.is_whitespace() && c != '\n' { ' ' } else { c }, at, end);
            }
        }
        plain
    }

    fn push(&mut self, c: char, from: usize, to: usize) {
        self.map.push((self.text.len(), from, to));
        self.text.push(c);
    }

    /// The bytes of the source for bytes here.
    pub fn source(&self, here: Range<usize>) -> Range<usize> {
        let nth = |at: usize| {
            self.map
                .partition_point(|(begun, ..)| *begun <= at)
                .saturating_sub(1)
        };
        let start = self.map.get(nth(here.start)).map_or(0, |(_, from, _)| *from);
        let end = here.end.checked_sub(1).and_then(|last| self.map.get(nth(last)));
        start..end.map_or(start, |(.., to)| *to).max(start)
    }

    pub fn get(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    pub fn before(&self, at: usize) -> &str {
        self.text.get(..at).unwrap_or_default()
    }

    pub fn after(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }
}

/// Letters in between that nobody sees.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{20E3}')
}

/// Wide signs that belong to addresses and numbers.
fn narrow(c: char) -> Option<char> {
    Some(match c {
        '．' => '.',
        '＠' => '@',
        '／' => '/',
        '－' => '-',
        '＋' => '+',
        '＿' => '_',
        _ => return None,
    })
}

/// The clause around a place: up to the next comma, stop or line on either side.
pub(in crate::render) fn clause(text: &str, place: &Range<usize>) -> Range<usize> {
    let is_end = |c: char| "，。！？；、,!?;\n｜|".contains(c);
    // Long texts without a comma are no clause.
    let (near, far) = (
        place.start.saturating_sub(120),
        place.end.saturating_add(120).min(text.len()),
    );
    let (near, far) = (text.ceil_char_boundary(near), text.floor_char_boundary(far));
    let before = text.get(near..place.start).unwrap_or_default();
    let after = text.get(place.end..far).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| is_end(*c))
        .map_or(near, |(at, c)| near + at + c.len_utf8());
    let end = after.find(is_end).map_or(far, |at| place.end + at);
    start..end
}

/// Whether a clause says no: 没有链接, 别私信我. What only holds the sign (不错, 特别, 别错过) does not, nor what describes the thing
/// (不搓泥的防晒链接在评论区).
pub(in crate::render) fn is_denied(clause: &str) -> bool {
    const HARMLESS: [&str; 58] = [
        "别错过",
        "不错",
        "不要错过",
        "不容错过",
        "不想错过",
        "不止",
        "不仅",
        "不只",
        "没错",
        "不得不",
        "不要太",
        "特别",
        "级别",
        "性别",
        "区别",
        "类别",
        "识别",
        "不同",
        "差别",
        "非常",
        "无硅油",
        "无香精",
        "无酒精",
        "无添加",
        "无泡沫",
        "无糖",
        "无痕",
        "无门槛",
        "无套路",
        "没有套路",
        "无理由",
        "无论",
        "无比",
        "无敌",
        "别犹豫",
        "别忘",
        "别急",
        "别划走",
        "不用谢",
        "不客气",
        "不谢",
        "不后悔",
        "不亏",
        "不踩雷",
        "不贵",
        "不迷路",
        "不用犹豫",
        "不限",
        "不用等",
        "个别",
        "告别",
        "未来",
        "不过",
        "不好意思",
        "差不多",
        "没货",
        "不断",
        "不管",
    ];
    const NO: [&str; 14] = [
        "不", "没", "無", "无", "别", "勿", "拒", "非", "假", "骗", "禁止", "未", "少点", "谢绝",
    ];
    // 评论区别问: this 区别 is none.
    let mut bare = clause.replace("评论区", "···");
    for word in HARMLESS {
        if bare.contains(word) {
            bare = bare.replace(word, "·");
        }
    }
    NO.iter().any(|no| {
        bare.match_indices(no).any(|(at, _)| {
            !(at_most_describes(no) && describes(bare.get(at + no.len()..).unwrap_or_default()))
        })
    })
}

fn at_most_describes(no: &str) -> bool {
    ["不", "没", "无", "未"].contains(&no)
}

/// Behind the sign of no: a few words, 的, and what they describe.
fn describes(rest: &str) -> bool {
    const ACTS: [&str; 18] = [
        "是", "有", "要", "能", "会", "想", "让", "用", "需", "放", "带", "卖", "接", "给", "含", "拿", "赚",
        "收",
    ];
    let Some((words, thing)) = rest.split_once('的') else {
        return false;
    };
    words.chars().count() <= 6 && thing.chars().count() >= 2 && !ACTS.iter().any(|act| words.starts_with(act))
}

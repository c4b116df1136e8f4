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

/// Whether a column says who somebody is.
pub(super) fn is_column(header: &str) -> bool {
    let header = plain(header);
    let is = |name: &String| plain(name) == header;
    WORDS.columns.iter().any(is)
        || WORDS.place.iter().any(is)
        || WORDS.words.iter().any(|word| header.contains(word.as_str()))
}

/// Whether people write in a column what they like.
pub(super) fn is_free_text(header: &str) -> bool {
    WORDS.free_text.iter().any(|word| header.contains(word.as_str()))
}

/// Free text without addresses, numbers, mail addresses, and `known` values of the same row such as the receiver's name.
pub(super) fn mask(text: &str, known: &[&str]) -> String {
    let without_addresses: String = text
        .split_inclusive(|c: char| c.is_whitespace() || "，,。；;：:！!？?|/".contains(c))
        .map(|part| if is_address(part) { "***" } else { part })
        .collect();
    known
        .iter()
        .filter(|value| value.chars().count() >= 2)
        .fold(buyer::mask(&without_addresses), |text, value| {
            text.replace(value, "***")
        })
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

//! Pinyin: a title found by how it sounds, for hands on an English keyboard.

use pinyin::ToPinyin;

use super::fold::fold;

/// The syllables of a title; a character without pinyin is its own (folded), white space is none.
fn syllables(title: &str) -> Vec<String> {
    title
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            c.to_pinyin()
                .map_or_else(|| fold(&c.to_string()), |sound| sound.plain().to_owned())
        })
        .collect()
}

/// `防晒霜` → `fangshaishuang fss`; empty when nothing in it has a sound of its own.
pub(super) fn spell(title: &str) -> String {
    if title.chars().all(|c| c.to_pinyin().is_none()) {
        return String::new();
    }
    let syllables = syllables(title);
    format!("{} {}", syllables.concat(), initials(&syllables))
}

fn initials(syllables: &[String]) -> String {
    syllables.iter().filter_map(|s| s.chars().next()).collect()
}

/// Whether a title sounds like `typed` (lower-case letters and digits) from the start of one of its syllables on.
pub(super) fn sounds_like(title: &str, typed: &str) -> bool {
    let syllables = syllables(title);
    initials(&syllables).contains(typed)
        || (0..syllables.len()).any(|from| {
            syllables
                .get(from..)
                .unwrap_or_default()
                .concat()
                .starts_with(typed)
        })
}

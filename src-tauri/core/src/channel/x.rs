//! Counting for X: twitter-text v3, in one pass. Every address counts 23, an emoji 2, letters of the first ranges 1, all others 2.

mod address;

use address::addresses;
use unicode_normalization::UnicodeNormalization;

const ADDRESS: usize = 23;
const EMOJI: usize = 2;
/// Characters of the longest emoji in the list, a kiss with two colours of skin.
const LONGEST_EMOJI: usize = 10;

/// The weighted length.
pub(super) fn weighted(text: &str) -> usize {
    let text: String = text.nfc().collect();
    let mut sum = 0;
    let mut done = 0;
    for (start, end) in addresses(&text) {
        sum += words(text.get(done..start).unwrap_or_default()) + ADDRESS;
        done = end;
    }
    sum + words(text.get(done..).unwrap_or_default())
}

/// Text without addresses: the longest emoji at each place, else the character.
fn words(text: &str) -> usize {
    let (mut sum, mut at) = (0, 0);
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        match emoji(rest, c) {
            Some(length) => {
                sum += EMOJI;
                at += length;
            }
            None => {
                sum += weight(c);
                at += c.len_utf8();
            }
        }
    }
    sum
}

/// The length of the emoji at the beginning, when it is more than one character: one alone weighs what any other letter does.
fn emoji(rest: &str, first: char) -> Option<usize> {
    let next = rest.chars().nth(1)?;
    // Nothing else joins, and Chinese text is passed quickly.
    let joins = matches!(next, '\u{FE0F}' | '\u{20E3}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{1F1E6}'..='\u{1F1FF}' | '\u{E0020}'..='\u{E007F}');
    if !joins || first == '\u{200D}' {
        return None;
    }
    if let Some(keycap) = ["\u{FE0F}\u{20E3}", "\u{20E3}"]
        .iter()
        .find(|keycap| rest.get(1..).is_some_and(|rest| rest.starts_with(**keycap)))
        && (first.is_ascii_digit() || matches!(first, '#' | '*'))
    {
        return Some(1 + keycap.len());
    }
    if first.is_ascii() {
        return None;
    }
    let ends: Vec<usize> = rest
        .char_indices()
        .take(LONGEST_EMOJI)
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    ends.iter()
        .skip(1)
        .rev()
        .find(|end| {
            rest.get(..**end)
                .is_some_and(|words| emojis::get(words).is_some())
        })
        .copied()
}

/// config v3: 0–4351, 8192–8205, 8208–8223, 8242–8247 count one.
fn weight(c: char) -> usize {
    match u32::from(c) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

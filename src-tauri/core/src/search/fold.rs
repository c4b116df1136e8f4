//! Folding: what counts as the same letter when searching, one character at a time.

use unicode_normalization::UnicodeNormalization;

/// Lower case, half width, decomposed. Folding a part gives the part of the folded whole, which is what makes
/// every piece of a text find it; composing (NFKC) would not.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(fold_char).collect()
}

fn fold_char(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkd().flat_map(char::to_lowercase)
}

/// The index entry of a text: its characters and overlapping pairs, each once per occurrence, white space left out.
pub(super) fn tokens(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len() * 5);
    let mut before = None;
    for c in folded.chars() {
        if c.is_whitespace() {
            before = None;
            continue;
        }
        digits(&mut out, c);
        out.push(' ');
        if let Some(first) = before.replace(c) {
            digits(&mut out, first);
            digits(&mut out, c);
            out.push(' ');
        }
    }
    out
}

/// The FTS5 query for words: all their pairs, or the character itself for a word of one.
pub(super) fn query(words: &[String]) -> String {
    // Every hit is verified on its text, so a long query need not be asked whole.
    const ENOUGH: usize = 48;
    let mut asked = Vec::new();
    for word in words {
        let chars: Vec<char> = word.chars().collect();
        let mut ask = |piece: &[char]| {
            let mut token = String::new();
            piece.iter().for_each(|c| digits(&mut token, *c));
            if asked.len() < ENOUGH && !asked.contains(&token) {
                asked.push(token);
            }
        };
        if chars.len() == 1 {
            ask(&chars);
        } else {
            chars.windows(2).for_each(ask);
        }
    }
    asked
        .iter()
        .map(|token| format!("\"{token}\""))
        .collect::<Vec<_>>()
        .join(" AND ")
}

/// Four base-36 digits hold any Unicode scalar value: 36⁴ > 0x110000.
fn digits(out: &mut String, c: char) {
    let code = c as u32;
    for unit in [46_656, 1_296, 36, 1] {
        out.push(char::from_digit(code / unit % 36, 36).unwrap_or('0'));
    }
}

/// The words around the first place where `word` (folded) stands in `text`; `None` when it does not.
pub(super) fn snippet(text: &str, word: &str) -> Option<String> {
    const BEFORE: usize = 16;
    const LENGTH: usize = 64;
    let at = fold(text).find(word)?;
    let mut folded = 0;
    // The character of the text in which the folded match begins.
    let begins = text
        .chars()
        .position(|c| {
            folded += fold_char(c).map(char::len_utf8).sum::<usize>();
            folded > at
        })
        .unwrap_or(0);
    let from = begins.saturating_sub(BEFORE);
    let length = LENGTH.max(begins - from + word.chars().count());
    let cut: String = text
        .chars()
        .skip(from)
        .take(length)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let (head, tail) = (
        if from > 0 { "…" } else { "" },
        if text.chars().nth(from + length).is_some() {
            "…"
        } else {
            ""
        },
    );
    Some(format!("{head}{}{tail}", cut.trim()))
}

//! The five ways platforms count. They must be exact: a title one 字 too long is refused by the page.

use unicode_segmentation::UnicodeSegmentation;

use super::{Counting, x};

/// Counts a text the way a platform does.
pub fn count(mode: Counting, text: &str) -> usize {
    match mode {
        Counting::Chars => text.chars().count(),
        Counting::Utf16 => text.encode_utf16().count(),
        // Not by grapheme: a surrogate pair is two units of weight 2, so 😀 is 2 字 (xiaohongshu-mcp pkg/xhsutil).
        Counting::Xhs => text
            .encode_utf16()
            .map(|unit| if unit > 127 { 2 } else { 1 })
            .sum::<usize>()
            .div_ceil(2),
        Counting::TwitterWeighted => x::weighted(text),
        Counting::Threads => text
            .graphemes(true)
            .map(|sequence| {
                if is_emoji(sequence) {
                    sequence.len()
                } else {
                    sequence.chars().count()
                }
            })
            .sum(),
    }
}

/// Whether a grapheme is an emoji sequence. Text such as `1` or `©` alone is not, though Unicode lists it as a base.
fn is_emoji(sequence: &str) -> bool {
    !sequence.is_ascii() && emojis::get(sequence).is_some()
}

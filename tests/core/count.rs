//! The five ways platforms count: a title one 字 too long is refused by the page.

use caoben::channel::{Counting, count};
use proptest::prelude::*;

/// Text, chars, utf16, xhs, threads, twitter_weighted: the table of the platform sheet §1, checked 2026-11-22.
const TABLE: &[(&str, [usize; 5])] = &[
    ("", [0, 0, 0, 0, 0]),
    ("你好世界", [4, 4, 4, 4, 8]),
    ("hello", [5, 5, 3, 5, 5]),
    ("a", [1, 1, 1, 1, 1]),
    ("ab", [2, 2, 1, 2, 2]),
    ("abc", [3, 3, 2, 3, 3]),
    ("OOTD穿搭分享", [8, 8, 6, 8, 12]),
    ("！？", [2, 2, 2, 2, 4]),
    ("!?", [2, 2, 1, 2, 2]),
    ("😀", [1, 2, 2, 4, 2]),
    ("✨", [1, 1, 1, 3, 2]),
    ("❤️", [2, 2, 2, 6, 2]),
    ("🇨🇳", [2, 4, 4, 8, 2]),
    ("🇨🇳🇨🇳", [4, 8, 8, 16, 4]),
    ("1️⃣", [3, 3, 3, 7, 2]),
    ("今天看example.com", [14, 14, 9, 14, 29]),
    ("见shop.example.com/p?a=1，好", [25, 25, 14, 25, 29]),
    ("💇‍♀️", [4, 5, 5, 13, 2]),
    ("👨‍👩‍👧‍👦", [7, 11, 11, 25, 2]),
    ("今天好开心😀", [6, 7, 7, 9, 12]),
    ("iPhone16真香😭", [11, 12, 8, 14, 14]),
    ("“好”", [3, 3, 3, 3, 4]),
    ("…", [1, 1, 1, 1, 2]),
    ("https://example.com/a?b=c", [25, 25, 13, 25, 23]),
    ("test https://test.com", [21, 21, 11, 21, 28]),
    ("汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉", [20, 20, 20, 20, 40]),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", [40, 40, 20, 40, 40]),
    ("汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉😀", [21, 22, 22, 24, 42]),
    // Text is normalised to NFC for X: e + combining acute is one.
    ("e\u{301}", [2, 2, 2, 2, 1]),
];

#[test]
fn every_mode_counts_the_whole_table_exactly() {
    let modes = [
        Counting::Chars,
        Counting::Utf16,
        Counting::Xhs,
        Counting::Threads,
        Counting::TwitterWeighted,
    ];
    let mut wrong = Vec::new();
    for (text, expected) in TABLE {
        for (mode, expected) in modes.iter().zip(expected) {
            let got = count(*mode, text);
            if got != *expected {
                wrong.push(format!("{text} {mode:?}: {got} instead of {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #[test]
    fn chars_and_utf16_of_two_texts_add_up(a in "\\PC*", b in "\\PC*") {
        let both = format!("{a}{b}");
        for mode in [Counting::Chars, Counting::Utf16] {
            prop_assert_eq!(count(mode, &both), count(mode, &a) + count(mode, &b));
        }
    }

    #[test]
    fn xhs_is_half_the_weighted_units_rounded_up(text in "\\PC*") {
        let sum: usize = text.encode_utf16().map(|unit| if unit <= 127 { 1 } else { 2 }).sum();
        prop_assert_eq!(count(Counting::Xhs, &text), sum.div_ceil(2));
    }

    #[test]
    fn no_mode_panics_or_counts_below_zero(text in any::<String>()) {
        for mode in [Counting::TwitterWeighted, Counting::Threads] {
            prop_assert!(count(mode, &text) <= text.len() * 4 + 23);
        }
    }
}

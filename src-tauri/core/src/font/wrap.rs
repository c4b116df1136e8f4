//! Where a line may end. Chinese may break between any two characters but not before a stop or a closing mark, not after an
//! opening one (GB/T 15834, W3C clreq §3.1.3); Latin words, figures with what they count, and
//! emoji stay whole as long as they fit a line.

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};
use unicode_segmentation::UnicodeSegmentation;

use super::{Span, ems};

/// Never at the start of a line.
const NOT_FIRST: &str = "。．，、；：？！）》」』】〕〗〉”’…—–·～‧・％‰℃℉°′″％.,;:?!)]}>%~ー゛゜ゝゞ々〻ぁぃぅぇぉっゃゅょァィゥェォッャュョ￠〞＞］｝｠»›";
/// Never at the end of a line.
const NOT_LAST: &str = "（《「『【〔〖〈“‘([{<#￥¥$€£＄￡＃＜［｛｟〝«‹№@";

/// What a title keeps with the word before it: particles mean nothing on their own.
const TRAILING: &str = "的了着过吗呢吧啊呀嘛们";
/// What figures count: the two are read as one word.
const UNITS: &str =
    "天年月日号周次回遍个只支瓶盒包袋片块元角岁时分秒斤克升米寸条件款双套杯颗粒层种位名家倍度折";
const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两几半";
/// Where a title pauses, and likes to end a line.
const PAUSES: &str = "，。：；！？、,:;!?";

/// A grapheme.
struct Piece<'a> {
    /// Its place, in bytes over all spans.
    at: usize,
    text: &'a str,
    bold: bool,
    ems: f64,
}

fn pieces(spans: &[Span]) -> Vec<Piece<'_>> {
    let mut next = 0;
    let all = spans
        .iter()
        .flat_map(|span| span.text.graphemes(true).map(|text| (text, span.bold)));
    all.map(|(text, bold)| {
        let at = next;
        next += text.len();
        Piece {
            at,
            text,
            bold,
            ems: ems(text, bold),
        }
    })
    .collect()
}

/// Breaks spans into lines at most `width` wide. A line end in the text starts a new line; an empty line stays empty.
pub fn wrap(spans: &[Span], size: f64, width: f64) -> Vec<Vec<Span>> {
    let room = width / size.max(1e-6) + 1e-6;
    let mut lines = Vec::new();
    let mut line: Vec<Piece<'_>> = Vec::new();
    for piece in pieces(spans) {
        if piece.text == "\n" {
            lines.push(joined(&std::mem::take(&mut line)));
            continue;
        }
        let blank = piece.text == " ";
        line.push(piece);
        // A space that sticks out is not seen.
        while !blank && line.len() > 1 && taken(&line) > room {
            let at = last_break(&line);
            let rest = line.split_off(at);
            lines.push(joined(&std::mem::replace(&mut line, rest)));
            let blank = line.iter().take_while(|piece| piece.text == " ").count();
            line.drain(..blank);
        }
    }
    lines.push(joined(&line));
    lines
}

/// Like [`wrap`] and no more lines, but of about the same length, with Chinese words kept whole and pauses at their ends where
/// that costs no line: for titles.
pub fn balance(spans: &[Span], size: f64, width: f64) -> Vec<Vec<Span>> {
    let room = width / size.max(1e-6) + 1e-6;
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let words = words(&text);
    let pieces = pieces(spans);
    let paragraphs = pieces.split(|piece| piece.text == "\n");
    paragraphs
        .flat_map(|paragraph| even(paragraph, &words, room))
        .collect()
}

/// The lines of one paragraph with the least to complain of: breaks where none may be, lines, words cut, raggedness, in this
/// order. `words` are the places where a word begins.
fn even(paragraph: &[Piece<'_>], words: &[usize], room: f64) -> Vec<Vec<Span>> {
    type Complaint = (u32, u32, u32, u64);
    // For each end of a line: the least there is to complain of up to it, and where that line began.
    let mut best: Vec<Option<(Complaint, usize)>> = vec![None; paragraph.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some(((0, 0, 0, 0), 0));
    }
    for start in 0..paragraph.len() {
        let Some(Some((so_far, _))) = best.get(start).copied() else {
            continue;
        };
        let (mut wide, mut seen) = (0.0, 0.0);
        for (nth, piece) in paragraph.iter().enumerate().skip(start) {
            wide += piece.ems;
            // A space that sticks out is not seen.
            if piece.text != " " {
                seen = wide;
            }
            if seen > room && nth > start {
                break;
            }
            let next = paragraph.get(nth + 1);
            let wrong = next.is_some_and(|after| !may_break(piece.text, after.text));
            let cut = next.is_some_and(|after| words.binary_search(&after.at).is_err());
            let unrest = if next.is_none() || PAUSES.contains(piece.text) {
                0.0
            } else {
                room / 3.0
            };
            let (wrongs, lines, cuts, ragged) = so_far;
            let now = (
                wrongs + u32::from(wrong),
                lines + 1,
                cuts + u32::from(cut),
                // In hundredths of an em, squared.
                ragged + (1e4 * ((room - seen).powi(2) + unrest.powi(2))) as u64,
            );
            if let Some(known) = best.get_mut(nth + 1)
                && known.is_none_or(|(known, _)| now < known)
            {
                *known = Some((now, start));
            }
        }
    }
    let mut lines = Vec::new();
    let mut end = paragraph.len();
    while let Some(Some((_, start))) = best.get(end).filter(|_| end > 0) {
        lines.push(joined(paragraph.get(*start..end).unwrap_or_default()));
        end = *start;
    }
    lines.reverse();
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    lines
}

/// Where words begin, in bytes, in order.
fn words(text: &str) -> Vec<usize> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let last = |before: &str| before.trim_end_matches(' ').chars().next_back();
    let figure = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    // A unit ends its word: 28 天真实 is no 天真.
    let units = text.char_indices().filter(|(at, c)| {
        UNITS.contains(*c) && text.get(..*at).and_then(last).is_some_and(|c| c.is_ascii_digit())
    });
    let ends = units.map(|(at, unit)| at + unit.len_utf8()).chain([text.len()]);
    let (mut starts, mut from) = (Vec::new(), 0);
    for end in ends {
        let part = text.get(from..end).unwrap_or_default();
        starts.extend(segmenter.segment_str(part).map(|at| from + at));
        from = end;
    }
    starts.dedup();
    starts.retain(|at| {
        let (before, after) = text.split_at_checked(*at).unwrap_or_default();
        let first = after.chars().next();
        let counted = last(before).is_some_and(figure) && first.is_some_and(|c| UNITS.contains(c));
        !counted && first.is_none_or(|c| !TRAILING.contains(c))
    });
    starts
}

/// How wide a line is, in pixels.
pub(super) fn length(line: &[Span], size: f64) -> f64 {
    line.iter()
        .map(|span| super::measure(&span.text, span.bold, size))
        .sum()
}

fn taken(line: &[Piece<'_>]) -> f64 {
    line.iter().map(|piece| piece.ems).sum()
}

/// The last place, before the end, where this line may break; where there is none, before its last piece.
fn last_break(line: &[Piece<'_>]) -> usize {
    let pairs = line.windows(2).enumerate().rev();
    let allowed = pairs.filter_map(|(at, pair)| match pair {
        [before, after] => may_break(before.text, after.text).then_some(at + 1),
        _ => None,
    });
    allowed
        .max()
        .unwrap_or_else(|| line.len().saturating_sub(1).max(1))
}

fn may_break(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next(), after.chars().next()) else {
        return true;
    };
    if after == " " {
        return false;
    }
    if before == " " {
        return !NOT_FIRST.contains(first) || first.is_ascii();
    }
    let counted = last.is_ascii_digit() && UNITS.contains(first);
    !(counted || NOT_FIRST.contains(first) || NOT_LAST.contains(last) || (of_word(last) && of_word(first)))
}

/// Letters, figures and keyboard signs of one word.
fn of_word(c: char) -> bool {
    c.is_ascii_graphic() || (c.is_alphanumeric() && c < '\u{2e80}')
}

/// Neighbours of one weight as one span, blanks at the end gone.
fn joined(pieces: &[Piece<'_>]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let seen = pieces
        .iter()
        .rposition(|piece| piece.text != " ")
        .map_or(0, |at| at + 1);
    for piece in pieces.iter().take(seen) {
        match spans.last_mut() {
            Some(span) if span.bold == piece.bold => span.text.push_str(piece.text),
            _ => spans.push(Span::new(piece.text, piece.bold)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At size 10: a width of 50 holds five Chinese characters.
    fn lines(text: &str, width: f64) -> Vec<String> {
        let wrapped = wrap(&[Span::new(text, false)], 10.0, width);
        wrapped
            .iter()
            .map(|line| line.iter().map(|span| span.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn no_line_begins_with_a_stop_or_a_closing_mark() {
        assert_eq!(lines("一二三四五，六", 50.0), ["一二三四", "五，六"]);
        assert_eq!(lines("一二三四（五）", 50.0), ["一二三四", "（五）"]);
        assert_eq!(lines("好用吗好用！！真的", 50.0), ["好用吗好", "用！！真的"]);
    }

    #[test]
    fn no_line_ends_with_an_opening_mark() {
        assert_eq!(lines("一二三四「五六」", 50.0), ["一二三四", "「五六」"]);
        assert_eq!(lines("只要一百￥99", 50.0), ["只要一百", "￥99"]);
    }

    #[test]
    fn latin_words_and_figures_stay_whole_unless_longer_than_a_line() {
        assert_eq!(lines("一二三SPF50+好", 50.0), ["一二三", "SPF50+好"]);
        assert_eq!(lines("一二三28天好", 40.0), ["一二三", "28天好"]);
        assert_eq!(lines("a cold morning", 40.0), ["a cold", "morning"]);
        let long = lines("https://example.com/a-very-long-address", 50.0);
        assert!(long.len() > 2 && long.concat() == "https://example.com/a-very-long-address");
    }

    #[test]
    fn line_ends_stay_and_so_do_empty_lines() {
        assert_eq!(lines("一\n\n二", 50.0), ["一", "", "二"]);
        assert_eq!(lines("", 50.0), [""]);
    }

    #[test]
    fn a_line_of_nothing_but_marks_still_ends() {
        let marks = lines("！！！！！！！！！！！！", 50.0);
        assert_eq!(marks.concat().chars().count(), 12);
        assert!(marks.len() >= 3, "{marks:?}");
        assert_eq!(lines("一二", 0.0), ["一", "二"]);
    }

    #[test]
    fn a_balanced_title_has_no_lonely_last_character() {
        let title = [Span::new("这支粉底液我用了二十八天", true)];
        let lines = balance(&title, 10.0, 110.0);
        let lengths: Vec<f64> = lines.iter().map(|line| length(line, 10.0)).collect();
        assert_eq!(lines.len(), 2);
        assert!((lengths[0] - lengths[1]).abs() <= 20.0, "{lengths:?}");
    }

    fn title(text: &str, width: f64) -> Vec<String> {
        let spans = [Span::new(text, true)];
        assert!(
            balance(&spans, 10.0, width).len() <= wrap(&spans, 10.0, width).len(),
            "{text} at {width}"
        );
        balance(&spans, 10.0, width)
            .iter()
            .map(|line| line.iter().map(|span| span.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn a_title_breaks_at_pauses_and_between_words_and_keeps_figures_with_what_they_count() {
        let long = "油皮用了二十一天的云感防晒乳，先说三个缺点再说好的";
        assert_eq!(
            title(long, 100.0),
            ["油皮用了二十一天的", "云感防晒乳，", "先说三个缺点再说好的"]
        );
        assert_eq!(
            title(long, 150.0),
            ["油皮用了二十一天的云感防晒乳，", "先说三个缺点再说好的"]
        );
        assert_eq!(title("洁面 28 天真实记录", 70.0), ["洁面 28 天", "真实记录"]);
        for width in [60.0, 70.0, 80.0, 90.0, 100.0] {
            let lines = title("这瓶面霜我用了28天，适合敏感皮肤", width).join("⏎");
            for whole in ["面霜", "用了", "28天", "适合", "敏感", "皮肤"] {
                assert!(lines.contains(whole), "{whole} in {lines} at {width}");
            }
        }
    }

    #[test]
    fn a_title_loses_nothing_whatever_it_is_made_of() {
        assert_eq!(title("一二三四五六七八九十", 50.0).len(), 2);
        assert_eq!(
            title("my morning SPF50+ routine", 60.0),
            ["my morning", "SPF50+", "routine"]
        );
        assert_eq!(title("", 50.0), [""]);
        assert_eq!(title("第一行\n\n第二行", 500.0), ["第一行", "", "第二行"]);
        for text in [
            "草".repeat(2000),
            "！".repeat(40),
            "https://example.com/a-very-long-address".to_owned(),
            "👩‍🔬🇨🇳✨".repeat(9),
        ] {
            for width in [0.0, 25.0, 60.0] {
                assert_eq!(title(&text, width).concat(), text, "at {width}");
            }
        }
    }

    #[test]
    fn weights_survive_the_break() {
        let spans = [Span::new("一二三", false), Span::new("四五六", true)];
        let wrapped = wrap(&spans, 10.0, 40.0);
        assert_eq!(
            wrapped,
            [
                vec![Span::new("一二三", false), Span::new("四", true)],
                vec![Span::new("五六", true)]
            ]
        );
    }
}

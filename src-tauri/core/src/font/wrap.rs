//! Where a line may end. Chinese may break between any two characters but not before a stop or a closing mark, not after an
//! opening one (GB/T 15834, W3C clreq §3.1.3); Latin words, figures and emoji stay whole as long as they fit a line.

use unicode_segmentation::UnicodeSegmentation;

use super::{Span, ems};

/// Never at the start of a line.
const NOT_FIRST: &str = "。．，、；：？！）》」』】〕〗〉”’…—–·～‧・％‰℃℉°′″％.,;:?!)]}>%~ー゛゜ゝゞ々〻ぁぃぅぇぉっゃゅょァィゥェォッャュョ￠〞＞］｝｠»›";
/// Never at the end of a line.
const NOT_LAST: &str = "（《「『【〔〖〈“‘([{<#￥¥$€£＄￡＃＜［｛｟〝«‹№@";

struct Piece<'a> {
    text: &'a str,
    bold: bool,
    ems: f64,
}

/// Breaks spans into lines at most `width` wide. A line end in the text starts a new line; an empty line stays empty.
pub fn wrap(spans: &[Span], size: f64, width: f64) -> Vec<Vec<Span>> {
    let room = width / size.max(1e-6) + 1e-6;
    let mut lines = Vec::new();
    let mut line: Vec<Piece<'_>> = Vec::new();
    for span in spans {
        for text in span.text.graphemes(true) {
            if text == "\n" {
                lines.push(joined(std::mem::take(&mut line)));
                continue;
            }
            line.push(Piece {
                text,
                bold: span.bold,
                ems: ems(text, span.bold),
            });
            // A space that sticks out is not seen.
            while text != " " && line.len() > 1 && taken(&line) > room {
                let at = last_break(&line);
                let rest = line.split_off(at);
                lines.push(joined(std::mem::replace(&mut line, rest)));
                let blank = line.iter().take_while(|piece| piece.text == " ").count();
                line.drain(..blank);
            }
        }
    }
    lines.push(joined(line));
    lines
}

/// Like [`wrap`], but with lines of about the same length and no more of them: for titles.
pub fn balance(spans: &[Span], size: f64, width: f64) -> Vec<Vec<Span>> {
    let mut best = wrap(spans, size, width);
    let (mut narrow, mut wide) = (width * 0.35, width);
    while wide - narrow > size * 0.25 {
        let middle = f64::midpoint(narrow, wide);
        let tried = wrap(spans, size, middle);
        if tried.len() <= best.len() && tried.iter().all(|line| length(line, size) <= middle + size) {
            best = tried;
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    best
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
    !(NOT_FIRST.contains(first) || NOT_LAST.contains(last) || (of_word(last) && of_word(first)))
}

/// Letters, figures and keyboard signs of one word.
fn of_word(c: char) -> bool {
    c.is_ascii_graphic() || (c.is_alphanumeric() && c < '\u{2e80}')
}

/// Neighbours of one weight as one span, blanks at the end gone.
fn joined(pieces: Vec<Piece<'_>>) -> Vec<Span> {
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

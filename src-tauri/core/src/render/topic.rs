//! Topics: `#词` in the text, and how each platform writes them.

use std::ops::Range;

use super::doc::Span;

/// A piece of text: words, or a topic.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Text with its byte offset.
    Words(String, usize),
    /// The topic without # and its byte offset.
    Topic(String, usize),
}

/// A topic may hold blanks only between two #, so many characters at most.
const LONGEST_WITH_BLANKS: usize = 20;
/// The # of a Chinese keyboard.
const WIDE: char = '＃';
/// `#话题#正文` or `#一#二`: behind a lone pair so much, and no punctuation, is a second topic.
const LONGEST_SECOND: usize = 10;

/// Cuts a text into words and topics. `C#` and `#1` are no topics; `#词#` is one, `#一#二#三` are three, `#双11 好物#` is one.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let (mut words, mut begun, mut before) = (String::new(), 0, ' ');
    let mut at = 0;
    // Where the second # of a pair stands whose words hold a comma: #洗发水，无硅油#.
    let mut closer = None;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let may_begin = c == '#' && !before.is_ascii_alphanumeric() && !matches!(before, '#' | '&' | '/');
        let rest = text.get(at..).unwrap_or_default();
        // ＃ is what a Chinese keyboard gives; in the middle of words it is a sign.
        let may_begin_wide = c == WIDE && !before.is_alphanumeric();
        let found = may_begin.then(|| chain(rest)).flatten();
        if let Some((topics, length)) = found.or_else(|| may_begin_wide.then(|| wide(rest)).flatten()) {
            let mut end = 0;
            for (topic, place) in topics {
                let between = rest.get(end..place.start).unwrap_or_default();
                if words.is_empty() {
                    begun = at + end;
                }
                words.push_str(between);
                if !words.is_empty() {
                    out.push(Piece::Words(std::mem::take(&mut words), begun));
                }
                out.push(Piece::Topic(topic, at + place.start));
                end = place.end;
            }
            at += length;
            closer = closer.or_else(|| end_of_pair(text, at));
            // The next # begins a topic of its own.
            before = ' ';
            continue;
        }
        if closer == Some(at) {
            closer = None;
            // What follows has its own place in the source.
            out.push(Piece::Words(std::mem::take(&mut words), begun));
        } else {
            if words.is_empty() {
                begun = at;
            }
            words.push(c);
        }
        before = c;
        at += c.len_utf8();
    }
    if !words.is_empty() {
        out.push(Piece::Words(words, begun));
    }
    out
}

/// Topics, each with its bytes including every # of its own.
type Topics = Vec<(String, Range<usize>)>;

/// The topics at the beginning of a text, and the length of all.
fn chain(text: &str) -> Option<(Topics, usize)> {
    let mut words: Vec<(&str, Range<usize>)> = Vec::new();
    let mut end = 0;
    while let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix('#')) {
        let word = word(rest);
        if word.chars().all(char::is_numeric) {
            break;
        }
        words.push((word, end..end + 1 + word.len()));
        end += 1 + word.len();
    }
    let rest = text.get(end..).unwrap_or_default();
    let closed = rest.starts_with('#');
    let own = |(word, place): &(&str, Range<usize>)| ((*word).to_owned(), place.clone());
    match words.as_slice() {
        [] => None,
        [(word, _)] if !closed => Some(match with_blanks(text, word.len()) {
            Some(topic) => (vec![(topic.to_owned(), 0..topic.len() + 2)], topic.len() + 2),
            None => (vec![((*word).to_owned(), 0..end)], end),
        }),
        [first, second] if !closed && !is_second(second.0, rest) => {
            // 微博: the second # closes, text follows.
            let end = first.1.end + 1;
            Some((vec![(first.0.to_owned(), 0..end)], end))
        }
        all if closed && all.len() % 2 == 1 => {
            // 微博: every other word stands between the pairs.
            let topics = all.iter().step_by(2).map(own);
            let topics = topics.map(|(topic, place)| (topic, place.start..place.end + 1));
            Some((topics.collect(), end + 1))
        }
        all => {
            let end = end + usize::from(closed);
            let mut topics: Vec<_> = all.iter().map(own).collect();
            if let Some((_, last)) = topics.last_mut() {
                last.end = end;
            }
            Some((topics, end))
        }
    }
}

/// The topic at the beginning of a text that begins with ＃, with its second ＃ if it has one.
fn wide(text: &str) -> Option<(Topics, usize)> {
    let rest = text.strip_prefix(WIDE)?;
    let topic = word(rest);
    if topic.chars().all(char::is_numeric) {
        return None;
    }
    let end = WIDE.len_utf8() + topic.len();
    let behind = text.get(end..).unwrap_or_default();
    let closed = behind.strip_prefix([WIDE, '#']).is_some_and(|after| {
        let second = word(after);
        second.is_empty() || !is_second(second, after.get(second.len()..).unwrap_or_default())
    });
    let sign = behind.chars().next().filter(|_| closed).map_or(0, char::len_utf8);
    Some((vec![(topic.to_owned(), 0..end + sign)], end + sign))
}

/// The # that ends a pair whose words hold a mark, behind the topic that was taken from its beginning: nothing may follow it that
/// makes it the beginning of another.
fn end_of_pair(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let (inside, behind) = rest.split_once('#')?;
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let fits = inside.starts_with(is_mark)
        && inside.chars().count() <= LONGEST_WITH_BLANKS
        && !inside.contains(char::is_whitespace)
        && inside.ends_with(char::is_alphanumeric)
        && behind
            .chars()
            .next()
            .is_none_or(|c| c != '#' && !c.is_alphanumeric());
    fits.then_some(at + inside.len())
}

fn is_second(word: &str, rest: &str) -> bool {
    word.chars().count() <= LONGEST_SECOND && rest.chars().next().is_none_or(char::is_whitespace)
}

/// `双11 好物` of `#双11 好物#`.
fn with_blanks(text: &str, first: usize) -> Option<&str> {
    let mut end = 1 + first;
    while let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix(' ')) {
        let word = word(rest);
        if word.is_empty() {
            return None;
        }
        end += 1 + word.len();
        let topic = text.get(1..end)?;
        if topic.chars().count() > LONGEST_WITH_BLANKS {
            return None;
        }
        if let Some(behind) = text.get(end..)?.strip_prefix('#') {
            return behind
                .chars()
                .next()
                .is_none_or(|c| !c.is_alphanumeric())
                .then_some(topic);
        }
    }
    None
}

/// The letters and figures at the beginning. A few signs may stand between two of them: SK-II, A&B, SPF50+, 3.5折.
fn word(text: &str) -> &str {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let joins = match c {
            '-' | '&' | '+' | '’' | '\'' => before.is_alphanumeric() && next.is_alphanumeric(),
            '.' => before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric(),
            '_' | '·' => true,
            _ => c.is_alphanumeric(),
        };
        if !joins {
            return text.get(..at).unwrap_or_default();
        }
        before = c;
    }
    text
}

/// A topic as a platform writes it; the bare word where topics do not stand in the text.
pub(super) fn written(topic: &str, syntax: Option<&str>) -> String {
    syntax.map_or_else(|| topic.to_owned(), |syntax| syntax.replace("{}", topic))
}

/// Takes the topics out of the spans of one block. Answers the topics, and the spans with topics as the platform writes them;
/// no spans when there was nothing but topics.
pub(super) fn take(spans: Vec<Span>, syntax: Option<&str>) -> (Vec<String>, Vec<Span>) {
    let (mut topics, mut kept, mut only_topics) = (Vec::new(), Vec::with_capacity(spans.len()), true);
    for span in spans {
        if span.code || span.href.is_some() || !span.text.contains(['#', WIDE]) {
            only_topics &= span.text.trim().is_empty();
            kept.push(span);
            continue;
        }
        let mut after_topic = false;
        for piece in pieces(&span.text) {
            let is_topic = matches!(piece, Piece::Topic(..));
            let (text, offset) = match piece {
                Piece::Words(text, offset) => {
                    only_topics &= text.trim().is_empty();
                    (text, offset)
                }
                Piece::Topic(topic, offset) => {
                    let mut text = written(&topic, syntax);
                    // #种草#洗发水: without a sign between them two words would be one.
                    if after_topic && !syntax.is_some_and(|syntax| syntax.ends_with(['#', ' '])) {
                        text.insert(0, ' ');
                    }
                    topics.push(topic);
                    (text, offset)
                }
            };
            kept.push(Span {
                text,
                at: span.at.map(|at| at + offset),
                ..span.clone()
            });
            after_topic = is_topic;
        }
    }
    if only_topics && !topics.is_empty() {
        kept.clear();
    }
    (topics, kept)
}

#[cfg(test)]
mod tests {
    use super::{Piece, WIDE, pieces, take};
    use crate::render::doc::Span;

    fn topics(text: &str) -> Vec<String> {
        pieces(text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Topic(topic, _) => Some(topic),
                Piece::Words(..) => None,
            })
            .collect()
    }

    #[test]
    fn a_topic_is_a_word_after_a_lone_hash() {
        assert_eq!(
            topics("今天 #通勤防晒 很好 #OOTD_1，#微博话题# 完"),
            ["通勤防晒", "OOTD_1", "微博话题"]
        );
        assert!(topics("C#语言 第 #1 名 a.com/#路 ## # 全角＃号 ＃1").is_empty());
    }

    #[test]
    fn topics_may_stand_close_together_and_hold_signs_and_blanks() {
        for (text, right) in [
            (
                "正文 #种草#洗发水#无硅油#敏感肌",
                vec!["种草", "洗发水", "无硅油", "敏感肌"],
            ),
            (
                "#双11 好物# #SK-II神仙水 #A&B",
                vec!["双11 好物", "SK-II神仙水", "A&B"],
            ),
            ("#种草 #洗发水，无硅油#", vec!["种草", "洗发水"]),
            ("#种草#洗发水", vec!["种草", "洗发水"]),
            ("#OOTD#穿搭", vec!["OOTD", "穿搭"]),
            ("#早安##晚安#", vec!["早安", "晚安"]),
            ("#通勤防晒#今天用了一周，很好", vec!["通勤防晒"]),
            ("#早安#今天真好#晚安#", vec!["早安", "晚安"]),
            ("#种草 今天真好#洗发水", vec!["种草", "洗发水"]),
            ("#SPF50+防晒 #3.5折", vec!["SPF50+防晒", "3.5折"]),
            ("#好物- #词. #词", vec!["好物", "词", "词"]),
            ("＃全角话题 很好", vec!["全角话题"]),
            ("＃种草＃洗发水", vec!["种草", "洗发水"]),
            ("＃通勤防晒＃今天用了一周，很好", vec!["通勤防晒"]),
        ] {
            assert_eq!(topics(text), right, "{text}");
        }
    }

    fn kept(text: &str, syntax: Option<&str>) -> String {
        let (_, kept) = take(vec![Span::new(text, Some(0))], syntax);
        kept.into_iter().map(|span| span.text).collect()
    }

    #[test]
    fn words_of_topics_do_not_run_together_and_no_lone_hash_is_left() {
        assert_eq!(kept("好用 #种草#洗发水#无硅油", None), "好用 种草 洗发水 无硅油");
        assert_eq!(kept("好用 #种草#洗发水", Some("#{}")), "好用 #种草 #洗发水");
        assert_eq!(
            kept("好用 #种草#洗发水 完", Some("#{}#")),
            "好用 #种草##洗发水# 完"
        );
        assert_eq!(kept("好用 #洗发水，无硅油#", None), "好用 洗发水，无硅油");
        assert_eq!(
            kept("好用 #洗发水，第 1 名 #无硅油", None),
            "好用 洗发水，第 1 名 无硅油"
        );
        assert_eq!(kept("用 C# 写，#1 是 ＃1", None), "用 C# 写，#1 是 ＃1");
    }

    #[test]
    fn nothing_but_the_hashes_is_taken_away() {
        for text in [
            "正文 #种草#洗发水#无硅油#敏感肌 完",
            "#早安#今天真好#晚安#走",
            "#双11 好物#。",
            "a#b #c#1 #",
            "#洗发水，无硅油# 好用",
            "用了＃全角话题 好",
        ] {
            let all: String = pieces(text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Topic(topic, _) => topic,
                    Piece::Words(words, _) => words,
                })
                .collect();
            let bare = |text: &str| text.replace(['#', WIDE], "");
            assert_eq!(bare(&all), bare(text));
        }
    }
}

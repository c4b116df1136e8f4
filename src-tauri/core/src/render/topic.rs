//! Topics: `#词` in the text, and how each platform writes them.

use super::doc::Span;

/// A piece of text: words, or a topic.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Text with its byte offset.
    Words(String, usize),
    /// The topic without # and its byte offset.
    Topic(String, usize),
}

/// Cuts a text into words and topics. `C#` and `#1` are no topics; `#词#` is one.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let (mut words, mut begun, mut before) = (String::new(), 0, ' ');
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let may_begin = c == '#' && !before.is_ascii_alphanumeric() && !matches!(before, '#' | '&' | '/');
        before = c;
        let mut word = String::new();
        if may_begin {
            while let Some((_, next)) =
                chars.next_if(|(_, next)| next.is_alphanumeric() || matches!(next, '_' | '·'))
            {
                word.push(next);
                before = next;
            }
        }
        if word.chars().any(|c| !c.is_numeric()) {
            if !words.is_empty() {
                out.push(Piece::Words(std::mem::take(&mut words), begun));
            }
            // The closing # of 微博.
            if chars.next_if(|(_, next)| *next == '#').is_some() {
                before = '#';
            }
            out.push(Piece::Topic(word, at));
        } else {
            if words.is_empty() {
                begun = at;
            }
            words.push(c);
            words.push_str(&word);
        }
    }
    if !words.is_empty() {
        out.push(Piece::Words(words, begun));
    }
    out
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
        if span.code || span.href.is_some() || !span.text.contains('#') {
            only_topics &= span.text.trim().is_empty();
            kept.push(span);
            continue;
        }
        for piece in pieces(&span.text) {
            let (text, offset) = match piece {
                Piece::Words(text, offset) => {
                    only_topics &= text.trim().is_empty();
                    (text, offset)
                }
                Piece::Topic(topic, offset) => {
                    let text = written(&topic, syntax);
                    topics.push(topic);
                    (text, offset)
                }
            };
            kept.push(Span {
                text,
                at: span.at.map(|at| at + offset),
                ..span.clone()
            });
        }
    }
    if only_topics && !topics.is_empty() {
        kept.clear();
    }
    (topics, kept)
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn a_topic_is_a_word_after_a_lone_hash() {
        let topics = |text: &str| -> Vec<String> {
            pieces(text)
                .into_iter()
                .filter_map(|piece| match piece {
                    Piece::Topic(topic, _) => Some(topic),
                    Piece::Words(..) => None,
                })
                .collect()
        };
        assert_eq!(
            topics("今天 #通勤防晒 很好 #OOTD_1，#微博话题# 完"),
            ["通勤防晒", "OOTD_1", "微博话题"]
        );
        assert!(topics("C#语言 第 #1 名 a.com/#路 ## #").is_empty());
    }
}

//! Places in a text: byte ranges of the source become UTF-16 offsets, as an editor counts.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Finding, Fix, Severity};
use crate::render::Draft;

/// A field whose words are looked at: what a reader will see stands at its own place, everything else is blanked out.
pub(super) struct Text<'a> {
    pub field: &'static str,
    pub source: &'a str,
    /// As long as the source.
    pub seen: String,
}

/// The fields that carry words.
pub(super) fn texts(draft: &Draft) -> [Text<'_>; 2] {
    [
        Text {
            field: "title",
            source: &draft.title,
            seen: draft.title.clone(),
        },
        Text {
            field: "body",
            source: &draft.body,
            seen: seen(&draft.body),
        },
    ]
}

/// The UTF-16 offset of a byte, moved back to a character's beginning and into the text.
pub(super) fn utf16(source: &str, byte: usize) -> i64 {
    let before = source.as_bytes().iter().take(source.floor_char_boundary(byte));
    // Every character begins with one byte that is no continuation; from four bytes on it is a surrogate pair.
    before
        .map(|b| i64::from(b & 0xC0 != 0x80) + i64::from(*b >= 0xF0))
        .sum()
}

/// Everything that a finding says besides where it is.
pub(super) struct Say<'a> {
    pub rule: &'a str,
    pub severity: Severity,
    pub message: String,
    pub reason: &'a str,
    pub source: &'a str,
}

/// A finding at a byte range of a field.
pub(super) fn finding(field: &str, text: &str, range: Range<usize>, say: Say<'_>) -> Finding {
    let start = utf16(text, range.start);
    Finding {
        rule: say.rule.to_owned(),
        severity: say.severity,
        field: field.to_owned(),
        start,
        end: utf16(text, range.end).max(start),
        message: say.message,
        reason: say.reason.to_owned(),
        source: say.source.to_owned(),
        fix: None,
    }
}

impl Finding {
    /// The same with a mend.
    pub(super) fn with_fix(mut self, label: &str, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            label: label.to_owned(),
            replacement: replacement.into(),
        });
        self
    }
}

fn seen(markdown: &str) -> String {
    let mut bytes: Vec<u8> = markdown
        .bytes()
        .map(|byte| if byte == b'\n' { byte } else { b' ' })
        .collect();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    // Captions are not exported with the text; a bare <address> is looked at as a link.
    let (mut captions, mut addresses) = (0_usize, Vec::new());
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { .. }) => captions += 1,
            Event::End(TagEnd::Image) => captions = captions.saturating_sub(1),
            Event::Start(Tag::Link { link_type, .. }) => addresses.push(link_type == LinkType::Autolink),
            Event::End(TagEnd::Link) => {
                addresses.pop();
            }
            Event::Text(_) | Event::Code(_) if captions == 0 && addresses.last() != Some(&true) => {
                if let (Some(to), Some(from)) = (bytes.get_mut(range.clone()), markdown.as_bytes().get(range))
                {
                    to.copy_from_slice(from);
                }
            }
            _ => {}
        }
    }
    // Ranges begin and end at characters; should one not, nothing is blanked.
    String::from_utf8(bytes).unwrap_or_else(|_| markdown.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{seen, utf16};

    #[test]
    fn offsets_are_counted_as_an_editor_does() {
        assert_eq!(utf16("防晒😀好", "防晒".len()), 2);
        assert_eq!(utf16("防晒😀好", "防晒😀".len()), 4);
        assert_eq!(
            utf16("防晒😀好", "防晒😀".len() - 1),
            2,
            "never inside a surrogate pair"
        );
        assert_eq!(utf16("防", 99), 1);
    }

    #[test]
    fn what_a_reader_does_not_see_is_blanked_out_in_place() {
        let text = "看[这里](https://a.com)\n![图](photo:1) <b>粗</b>";
        let seen = seen(text);
        assert_eq!(seen.len(), text.len());
        assert!(!seen.contains("a.com") && !seen.contains("图") && !seen.contains("<b>"));
        assert_eq!(seen.find("这里"), text.find("这里"));
    }
}

//! Places in a text: byte ranges of the source become UTF-16 offsets, as an editor counts.

use std::ops::Range;

use super::{Finding, Fix, Severity};
use crate::render::Draft;

/// Every so many bytes the offset is kept, so that no finding counts from the beginning.
const STEP: usize = 256;

/// A text in which places are told.
pub(super) struct Source<'a> {
    pub text: &'a str,
    /// UTF-16 units before each step.
    steps: Vec<i64>,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut units = 0;
        let steps = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let before = units;
                units += chunk.iter().copied().map(unit).sum::<i64>();
                before
            })
            .collect();
        Self { text, steps }
    }

    /// The UTF-16 offset of a byte, moved back to a character's beginning and into the text.
    pub fn utf16(&self, byte: usize) -> i64 {
        let byte = self.text.floor_char_boundary(byte);
        let step = (byte / STEP).min(self.steps.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(step * STEP..byte).unwrap_or_default();
        self.steps.get(step).copied().unwrap_or(0) + rest.iter().copied().map(unit).sum::<i64>()
    }
}

/// Every character begins with one byte that is no continuation; from four bytes on it is a surrogate pair.
fn unit(byte: u8) -> i64 {
    i64::from(byte & 0xC0 != 0x80) + i64::from(byte >= 0xF0)
}

/// A field whose words are looked at: what a reader will see stands at its own place, everything else is blanked out.
pub(super) struct Text<'a> {
    pub field: &'static str,
    pub source: Source<'a>,
    /// As long as the source.
    pub seen: String,
    /// Words of the pictures in it, as long as the source.
    pub captions: String,
}

/// The fields that carry words.
pub(super) struct Texts<'a> {
    pub title: Text<'a>,
    pub body: Text<'a>,
}

impl<'a> Texts<'a> {
    pub fn new(draft: &'a Draft) -> Self {
        Self {
            title: Text {
                field: "title",
                source: Source::new(&draft.title),
                seen: draft.title.clone(),
                captions: String::new(),
            },
            body: Text {
                field: "body",
                source: Source::new(&draft.body),
                seen: draft.seen.clone(),
                captions: draft.parsed.seen(&draft.body, true),
            },
        }
    }

    pub fn both(&self) -> [&Text<'a>; 2] {
        [&self.title, &self.body]
    }
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
pub(super) fn finding(field: &str, text: &Source<'_>, range: Range<usize>, say: Say<'_>) -> Finding {
    let start = text.utf16(range.start);
    Finding {
        rule: say.rule.to_owned(),
        severity: say.severity,
        field: field.to_owned(),
        start,
        end: text.utf16(range.end).max(start),
        message: say.message,
        reason: say.reason.to_owned(),
        source: say.source.to_owned(),
        fix: None,
    }
}

/// A finding about a field as a whole.
pub(super) fn whole(field: &str, say: Say<'_>) -> Finding {
    finding(field, &Source::new(""), 0..0, say)
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

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn offsets_are_counted_as_an_editor_does() {
        let utf16 = |text: &str, byte: usize| Source::new(text).utf16(byte);
        assert_eq!(utf16("防晒😀好", "防晒".len()), 2);
        assert_eq!(utf16("防晒😀好", "防晒😀".len()), 4);
        assert_eq!(
            utf16("防晒😀好", "防晒😀".len() - 1),
            2,
            "never inside a surrogate pair"
        );
        assert_eq!(utf16("防", 99), 1);
        assert_eq!(utf16("", 9), 0);
    }

    #[test]
    fn offsets_far_into_a_text_are_the_same_as_counted_from_its_beginning() {
        let text = "防晒😀a好\n".repeat(300);
        let source = Source::new(&text);
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let counted = text.get(..at).unwrap_or_default().encode_utf16().count();
            assert_eq!(source.utf16(at), i64::try_from(counted).unwrap(), "{at}");
        }
    }
}

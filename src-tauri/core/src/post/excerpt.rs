//! The words of a Markdown text without its marks, for lists and for the search index.

use pulldown_cmark::{Event, TagEnd};

use crate::markdown;

/// All words in order, blocks apart by a space.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (event, _) in markdown::parse(text).events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableCell,
            ) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words, at most 60 characters.
pub(super) fn excerpt(text: &str) -> String {
    let plain = plain(text);
    let mut short: String = plain.chars().take(60).collect();
    if short.len() < plain.len() {
        short.push('…');
    }
    short
}

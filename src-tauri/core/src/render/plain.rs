//! Plain text: what a phone app's text field takes. Bold is dropped, lists and tables become lines.

use super::{
    doc::{Block, BlockKind, Doc, Span},
    writer::ChannelWriter,
};
use crate::channel::LinkPolicy;

/// The plain writer. It remembers where each stretch came from, so that a finding can point into the Markdown.
#[derive(Default)]
pub(super) struct PlainWriter {
    text: String,
    /// (byte in the text, byte in the Markdown), ascending in the first.
    pub map: Vec<(usize, usize)>,
}

impl ChannelWriter for PlainWriter {
    fn write(&mut self, doc: &Doc, links: &LinkPolicy) -> String {
        let mut last: Option<&Block> = None;
        // Pictures go out beside the text.
        for block in doc
            .blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Photo(_)))
        {
            if let Some(last) = last {
                let close = (last.indent > 0 && block.indent > 0 && last.list == block.list)
                    || (last.quote && block.quote);
                self.text.push_str(if close { "\n" } else { "\n\n" });
            }
            self.block(block, links);
            last = Some(block);
        }
        std::mem::take(&mut self.text)
    }
}

impl PlainWriter {
    fn block(&mut self, block: &Block, links: &LinkPolicy) {
        for _ in 1..block.indent {
            self.text.push('　');
        }
        if block.quote {
            self.text.push('「');
        }
        match &block.kind {
            BlockKind::Rule => self.text.push_str("———"),
            BlockKind::Table(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    if at > 0 {
                        self.text.push('\n');
                    }
                    for (at, cell) in row.iter().enumerate() {
                        if at > 0 {
                            self.text.push('｜');
                        }
                        self.spans(cell, links);
                    }
                }
            }
            BlockKind::Item(marker) => {
                self.text.push_str(marker);
                self.text.push(' ');
                self.spans(&block.spans, links);
            }
            _ => self.spans(&block.spans, links),
        }
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        if block.quote {
            self.text.push('」');
        }
    }

    fn spans(&mut self, spans: &[Span], links: &LinkPolicy) {
        let mut spans = spans.iter().peekable();
        let mut label = String::new();
        while let Some(span) = spans.next() {
            // No space before punctuation that follows an address directly, none doubled.
            if self.text.ends_with(' ') && span.text.starts_with([' ', '\n']) {
                self.text.pop();
            }
            if let Some(at) = span.at {
                self.map.push((self.text.len(), at));
            }
            let Some(href) = &span.href else {
                self.text.push_str(&span.text);
                continue;
            };
            label.push_str(&span.text);
            let is_address = label == *href;
            // A written-out address goes where the platform forbids addresses; elsewhere it is harmless text.
            if !(is_address && links.hard) {
                self.text.push_str(&span.text);
            }
            if spans.peek().and_then(|next| next.href.as_ref()) != Some(href) {
                if links.keeps(href) {
                    if !is_address {
                        self.text.push(' ');
                        self.text.push_str(href);
                    }
                    // Chinese text right behind an address would become part of it.
                    self.text.push(' ');
                }
                label.clear();
            }
        }
    }
}

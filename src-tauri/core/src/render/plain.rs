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
        let blocks: Vec<&Block> = doc
            .blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Photo(_)))
            .collect();
        for part in blocks.chunk_by(|one, next| one.quote.is_some() && one.quote == next.quote) {
            // Several paragraphs of one quotation stand between one pair of marks.
            let is_quoted = part.first().is_some_and(|first| first.quote.is_some());
            let marks = is_quoted.then(|| marks(part)).flatten();
            let count = part.len();
            for (at, block) in (1..).zip(part) {
                if let Some(last) = last {
                    let close = (last.indent > 0 && block.indent > 0 && last.list == block.list) || at > 1;
                    self.text.push_str(if close { "\n" } else { "\n\n" });
                }
                self.block(
                    block,
                    links,
                    marks.filter(|_| at == 1).map(|(open, _)| open),
                    marks.filter(|_| at == count).map(|(_, close)| close),
                );
                last = Some(block);
            }
        }
        std::mem::take(&mut self.text)
    }
}

impl PlainWriter {
    fn block(&mut self, block: &Block, links: &LinkPolicy, open: Option<char>, close: Option<char>) {
        for _ in 1..block.indent {
            self.text.push('　');
        }
        self.text.extend(open);
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
        self.text.extend(close);
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

/// The marks around a quotation: none where it brings its own along, others where it holds these.
fn marks(blocks: &[&Block]) -> Option<(char, char)> {
    let spans = blocks.iter().flat_map(|block| &block.spans);
    let text: String = spans.map(|span| span.text.as_str()).collect();
    if has_own_marks(text.trim()) {
        None
    } else if text.contains(['「', '」']) {
        Some(('“', '”'))
    } else {
        Some(('「', '」'))
    }
}

/// It begins with a mark, and behind the one that belongs to it stands nothing, or who said it.
fn has_own_marks(text: &str) -> bool {
    let pairs = [('「', '」'), ('『', '』'), ('“', '”'), ('‘', '’'), ('"', '"')];
    pairs.iter().any(|(open, close)| {
        let inside = text.strip_prefix(*open);
        let behind = inside.and_then(|inside| inside.rsplit_once(*close));
        behind.is_some_and(|(_, behind)| {
            let behind = behind.trim_start();
            behind.is_empty() || behind.starts_with(['—', '－', '-', '（', '(', '。'])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::has_own_marks;

    #[test]
    fn a_quotation_with_marks_of_its_own_is_known_by_its_end() {
        for text in [
            "「下午就油了」——同事小林",
            "“下午就油了。”",
            "『好用』（小林）",
            "「早上」「下午」—— 小林",
        ] {
            assert!(has_own_marks(text), "{text}");
        }
        for text in [
            "「好用」这个词我用了三遍",
            "下午就油了",
            "下午「就」油了",
            "“好用”和“不好用”之间",
        ] {
            assert!(!has_own_marks(text), "{text}");
        }
    }
}

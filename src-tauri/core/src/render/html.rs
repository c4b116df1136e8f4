//! HTML that survives pasting into the 公众号 editor: inline styles, flat lists, no class, id or whitespace between blocks.
//! The rules are those of doocs/md and Wechatsync, checked 2026-11-22; other rich editors take the same.

use std::fmt::Write;

use super::{
    doc::{Block, BlockKind, Doc, Span},
    writer::ChannelWriter,
};
use crate::channel::LinkPolicy;

// Keeps the background of the first and last block when the editor re-parses the text (doocs/md#103).
const EDGE: &str = r#"<p style="font-size:0;line-height:0;margin:0">&nbsp;</p>"#;
const TEXT: &str = "margin:0 0 16px;font-size:16px;line-height:1.75;color:#333333";
const QUOTE: &str = r#"<blockquote style="margin:0 0 16px;padding:12px 12px 0;border-left:3px solid #b7b7b7;background-color:#f7f7f7">"#;
const CELL: &str = "border:1px solid #d9d9d9;padding:6px 10px;font-size:14px;color:#333333";

/// The HTML writer. Addresses that may not stay links become footnotes 「引用链接」.
#[derive(Default)]
pub(super) struct HtmlWriter {
    out: String,
    notes: Vec<(String, String)>,
}

impl ChannelWriter for HtmlWriter {
    fn write(&mut self, doc: &Doc, links: &LinkPolicy) -> String {
        self.out.push_str(EDGE);
        let mut in_quote = None;
        for block in &doc.blocks {
            if block.quote != in_quote {
                if in_quote.is_some() {
                    self.out.push_str("</blockquote>");
                }
                if block.quote.is_some() {
                    self.out.push_str(QUOTE);
                }
                in_quote = block.quote;
            }
            self.block(block, links);
        }
        if in_quote.is_some() {
            self.out.push_str("</blockquote>");
        }
        self.footnotes();
        self.out.push_str(EDGE);
        std::mem::take(&mut self.out)
    }
}

impl HtmlWriter {
    fn block(&mut self, block: &Block, links: &LinkPolicy) {
        match &block.kind {
            BlockKind::Paragraph => self.paragraph("", block, links),
            BlockKind::Item(marker) => self.paragraph(&format!("{marker} "), block, links),
            BlockKind::Heading(level @ 1..=4) => {
                let size = 24 - 2 * level;
                let _ = write!(
                    self.out,
                    r#"<h{level} style="margin:24px 0 12px;font-size:{size}px;font-weight:bold;line-height:1.5;color:#222222">"#
                );
                self.spans(&block.spans, links);
                let _ = write!(self.out, "</h{level}>");
            }
            BlockKind::Heading(_) => {
                let _ = write!(self.out, r#"<p style="{TEXT}"><strong>"#);
                self.spans(&block.spans, links);
                self.out.push_str("</strong></p>");
            }
            BlockKind::Code => self.code(&block.spans),
            BlockKind::Table(rows) => self.table(rows, links),
            BlockKind::Photo(id) => {
                let _ = write!(
                    self.out,
                    r#"<section style="margin:0 0 16px;text-align:center"><img src="photo:{id}" style="max-width:100%"></section>"#
                );
                if block.spans.iter().any(|span| !span.text.is_empty()) {
                    self.out.push_str(
                        r#"<p style="margin:0 0 16px;font-size:14px;text-align:center;color:#888888">"#,
                    );
                    self.spans(&block.spans, links);
                    self.out.push_str("</p>");
                }
            }
            BlockKind::Rule => {
                self.out
                    .push_str(r#"<hr style="margin:24px 0;border:none;border-top:1px solid #d9d9d9">"#);
            }
        }
    }

    /// A paragraph or list item: the editor's own lists are torn when nested, so markers are literal and depth is padding.
    fn paragraph(&mut self, marker: &str, block: &Block, links: &LinkPolicy) {
        let padding = 16 * block.indent;
        let _ = match padding {
            0 => write!(self.out, r#"<p style="{TEXT}">{marker}"#),
            _ => write!(self.out, r#"<p style="{TEXT};padding-left:{padding}px">{marker}"#),
        };
        self.spans(&block.spans, links);
        self.out.push_str("</p>");
    }

    fn code(&mut self, spans: &[Span]) {
        self.out.push_str(
            r#"<section style="margin:0 0 16px;padding:12px;background-color:#f5f5f5"><pre style="margin:0"><code style="font-size:14px;line-height:1.6;color:#333333">"#,
        );
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        for line in text.trim_end_matches('\n').split('\n') {
            self.out
                .push_str(r#"<span style="display:block;white-space:pre-wrap">"#);
            let code = line.trim_start_matches([' ', '\t']);
            for space in line.chars().take_while(|c| matches!(c, ' ' | '\t')) {
                self.out.push_str(if space == ' ' {
                    "&nbsp;"
                } else {
                    "&nbsp;&nbsp;&nbsp;&nbsp;"
                });
            }
            // An empty line needs something in it, or the editor drops it.
            self.escaped(if line.is_empty() { "\u{a0}" } else { code });
            self.out.push_str("</span>");
        }
        self.out.push_str("</code></pre></section>");
    }

    fn table(&mut self, rows: &[Vec<Vec<Span>>], links: &LinkPolicy) {
        self.out.push_str(
            r#"<section style="margin:0 0 16px;max-width:100%;overflow:auto"><table style="border-collapse:collapse"><tbody>"#,
        );
        for (at, row) in rows.iter().enumerate() {
            let (tag, look) = if at == 0 {
                ("th", ";background-color:#f5f5f5")
            } else {
                ("td", "")
            };
            self.out.push_str("<tr>");
            for cell in row {
                let _ = write!(self.out, r#"<{tag} style="{CELL}{look}">"#);
                self.spans(cell, links);
                let _ = write!(self.out, "</{tag}>");
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table></section>");
    }

    fn spans(&mut self, spans: &[Span], links: &LinkPolicy) {
        let mut spans = spans.iter().peekable();
        let mut label = String::new();
        while let Some(span) = spans.next() {
            let Some(href) = &span.href else {
                self.span(span);
                continue;
            };
            if label.is_empty() && links.keeps(href) {
                self.out.push_str(r#"<a href=""#);
                self.escaped(href);
                self.out
                    .push_str(r#"" style="color:#576b95;text-decoration:none">"#);
            }
            label.push_str(&span.text);
            self.span(span);
            if spans.peek().and_then(|next| next.href.as_ref()) == Some(href) {
                continue;
            }
            let label = std::mem::take(&mut label);
            if links.keeps(href) {
                self.out.push_str("</a>");
            } else if label != *href {
                self.notes.push((label, href.clone()));
                let _ = write!(
                    self.out,
                    r#"<sup style="color:#888888">[{}]</sup>"#,
                    self.notes.len()
                );
            }
        }
    }

    fn span(&mut self, span: &Span) {
        let looks = [
            (span.strong, "<strong>", "</strong>"),
            (span.em, "<em>", "</em>"),
            (
                span.strike,
                r#"<span style="text-decoration:line-through">"#,
                "</span>",
            ),
            (
                span.code,
                r#"<code style="padding:2px 4px;font-size:14px;background-color:#f5f5f5;color:#333333">"#,
                "</code>",
            ),
        ];
        let on = looks.iter().filter(|(on, ..)| *on);
        on.clone().for_each(|(_, open, _)| self.out.push_str(open));
        for (at, line) in span.text.split('\n').enumerate() {
            if at > 0 {
                self.out.push_str("<br>");
            }
            self.escaped(line);
        }
        on.rev().for_each(|(.., close)| self.out.push_str(close));
    }

    fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let _ = write!(self.out, r#"<p style="{TEXT}"><strong>引用链接</strong></p>"#);
        for (at, (label, href)) in std::mem::take(&mut self.notes).iter().enumerate() {
            let _ = write!(
                self.out,
                r#"<p style="margin:0 0 8px;font-size:14px;color:#888888">[{}] "#,
                at + 1
            );
            self.escaped(label);
            self.out.push('：');
            self.escaped(href);
            self.out.push_str("</p>");
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\u{a0}' => self.out.push_str("&nbsp;"),
                c if c.is_control() && c != '\t' => {}
                c => self.out.push(c),
            }
        }
    }
}

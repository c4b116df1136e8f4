//! Words and pictures down a page, and on to the next.

use super::{
    colour::Colour,
    words::{Block, Sort},
};
use crate::font::{self, Anchor, Line, Span};

/// One line, picture or rule with the room it takes.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub piece: Piece,
    /// Empty room above it, unless it is the first of its page.
    pub before: f64,
    pub height: f64,
    /// No page ends after it.
    pub keep: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text {
        line: Vec<Span>,
        size: f64,
        indent: f64,
        tone: Tone,
        /// Stands before the first line of an item: • or a number.
        mark: String,
    },
    Picture {
        slot: usize,
    },
    Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Ink,
    Soft,
    Accent,
    /// Soft, with a bar at its left.
    Quote,
    /// A heading with a short bar in the accent above.
    Headed,
}

/// The colours of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inks {
    pub ink: Colour,
    pub soft: Colour,
    pub accent: Colour,
}

impl Inks {
    pub fn on(ground: Colour, accent: Colour) -> Self {
        Self {
            ink: ground.ink(),
            soft: ground.soft(),
            accent: accent.on(ground),
        }
    }
}

/// Sets blocks in lines of a width; `size` is that of the text.
pub(super) fn set(blocks: &[Block], size: f64, width: f64) -> Vec<Item> {
    let mut items = Vec::new();
    for (nth, block) in blocks.iter().enumerate() {
        let first = nth == 0;
        let (tall, leading, indent, tone, bold) = match &block.sort {
            Sort::Heading(1) => (size * 1.5, 1.42, 0.0, Tone::Ink, true),
            Sort::Heading(2) => (size * 1.22, 1.45, 0.0, Tone::Accent, true),
            Sort::Heading(_) => (size * 1.06, 1.5, 0.0, Tone::Ink, true),
            Sort::Item(_) => (size, 1.7, size * 1.25, Tone::Ink, false),
            Sort::Quote => (size, 1.7, size * 0.95, Tone::Quote, false),
            Sort::Text => (size, 1.75, 0.0, Tone::Ink, false),
            Sort::Rule => {
                items.push(Item {
                    piece: Piece::Rule,
                    before: size * 0.9,
                    height: size * 0.9,
                    keep: false,
                });
                continue;
            }
        };
        let heading = matches!(block.sort, Sort::Heading(_));
        let before = match (&block.sort, block.apart) {
            _ if first => 0.0,
            (Sort::Heading(_), _) => size * 1.15,
            (_, true) => size * 0.85,
            (Sort::Item(_), false) => size * 0.28,
            _ => size * 0.18,
        };
        let spans: Vec<Span> = block
            .spans
            .iter()
            .map(|span| Span::new(span.text.clone(), span.bold || bold))
            .collect();
        let break_ = if heading { font::balance } else { font::wrap };
        let lines = break_(&spans, tall, width - indent);
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let mark = match &block.sort {
                Sort::Item(mark) if at == 0 => mark.clone(),
                _ => String::new(),
            };
            items.push(Item {
                piece: Piece::Text {
                    line,
                    size: tall,
                    indent,
                    tone,
                    mark,
                },
                before: if at == 0 { before } else { 0.0 },
                height: tall * leading,
                // A heading stays with what it heads; a paragraph leaves no single line behind and sends none ahead.
                keep: heading || (count > 1 && (at == 0 || at + 2 == count)),
            });
        }
    }
    items
}

/// Fills pages of `first` and then `rest` pixels. What is taller than a page stands alone on one.
pub(super) fn pages(items: Vec<Item>, first: f64, rest: f64) -> Vec<Vec<Item>> {
    let mut pages: Vec<Vec<Item>> = Vec::new();
    let mut page: Vec<Item> = Vec::new();
    for item in items {
        let room = if pages.is_empty() { first } else { rest };
        let taken = height(&page);
        if !page.is_empty() && taken + item.before + item.height > room {
            // Back to where a page may end.
            let at = page.iter().rposition(|item| !item.keep).map_or(0, |at| at + 1);
            let moved = if at > 0 { page.split_off(at) } else { Vec::new() };
            pages.push(std::mem::replace(&mut page, moved));
        }
        page.push(item);
    }
    pages.push(page);
    pages
}

/// How tall items are on one page.
pub(super) fn height(items: &[Item]) -> f64 {
    items
        .iter()
        .enumerate()
        .map(|(nth, item)| {
            if nth == 0 {
                item.height
            } else {
                item.before + item.height
            }
        })
        .sum()
}

/// Draws the words of a page from `(x, y)` down, as SVG; answers where its pictures begin as `(slot, y, height)` too.
pub(super) fn draw(
    items: &[Item],
    (x, mut y): (f64, f64),
    width: f64,
    inks: Inks,
) -> (String, Vec<(usize, f64, f64)>) {
    let (mut svg, mut pictures) = (String::new(), Vec::new());
    for (nth, item) in items.iter().enumerate() {
        if nth > 0 {
            y += item.before;
        }
        match &item.piece {
            Piece::Picture { slot } => pictures.push((*slot, y, item.height)),
            Piece::Rule => {
                let (middle, line) = (y + item.height / 2.0, inks.soft.hex());
                svg.push_str(&format!(
                    r#"<rect x="{:.1}" y="{middle:.1}" width="120" height="3" rx="1.5" fill="{line}" opacity="0.5"/>"#,
                    x + width / 2.0 - 60.0
                ));
            }
            Piece::Text {
                line,
                size,
                indent,
                tone,
                mark,
            } => {
                let baseline = y + item.height / 2.0 + font::MIDDLE * size;
                let fill = match tone {
                    Tone::Ink | Tone::Headed => inks.ink,
                    Tone::Soft | Tone::Quote => inks.soft,
                    Tone::Accent => inks.accent,
                }
                .hex();
                let accent = inks.accent.hex();
                if *tone == Tone::Quote {
                    svg.push_str(&format!(
                        r#"<rect x="{x:.1}" y="{y:.1}" width="6" height="{:.1}" fill="{accent}" opacity="0.75"/>"#,
                        item.height + 0.5
                    ));
                }
                if *tone == Tone::Headed {
                    svg.push_str(&format!(
                        r#"<rect x="{x:.1}" y="{:.1}" width="72" height="10" rx="5" fill="{accent}"/>"#,
                        y - 30.0
                    ));
                }
                if mark == "•" {
                    let (cx, cy) = (x + size * 0.42, baseline - size * font::MIDDLE);
                    svg.push_str(&format!(
                        r#"<circle cx="{cx:.1}" cy="{cy:.1}" r="{:.1}" fill="{accent}"/>"#,
                        size * 0.13
                    ));
                } else if !mark.is_empty() {
                    let number = [Span::new(mark.as_str(), true)];
                    let at = Line {
                        x: x + indent - size * 0.3,
                        y: baseline,
                        size: *size,
                        fill: &accent,
                        anchor: Anchor::End,
                    };
                    svg.push_str(&font::svg(&number, at));
                }
                let at = Line {
                    x: x + indent,
                    y: baseline,
                    size: *size,
                    fill: &fill,
                    anchor: Anchor::Start,
                };
                svg.push_str(&font::svg(line, at));
            }
        }
        y += item.height;
    }
    (svg, pictures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::composition::words::blocks;

    fn texts(page: &[Item]) -> String {
        let line = |item: &Item| match &item.piece {
            Piece::Text { line, .. } => line.iter().map(|span| span.text.as_str()).collect(),
            _ => String::new(),
        };
        page.iter().map(line).collect()
    }

    #[test]
    fn no_word_is_lost_between_pages() {
        let text = "草本".repeat(900);
        let set = set(&blocks(&text), 40.0, 880.0);
        let pages = pages(set, 500.0, 1200.0);
        assert!(pages.len() > 3);
        assert_eq!(pages.iter().map(|page| texts(page)).collect::<String>(), text);
        for (nth, page) in pages.iter().enumerate() {
            assert!(height(page) <= if nth == 0 { 500.0 } else { 1200.0 });
        }
    }

    #[test]
    fn a_heading_is_never_the_last_of_a_page() {
        let text = format!("{}\n# 题目\n正文在题目下面", "一行\n".repeat(6));
        for room in 300..900 {
            for page in pages(set(&blocks(&text), 40.0, 880.0), f64::from(room), 900.0) {
                assert!(!texts(&page).ends_with("题目"), "room of {room}");
            }
        }
    }

    #[test]
    fn a_picture_taller_than_the_page_still_gets_one() {
        let tall = Item {
            piece: Piece::Picture { slot: 0 },
            before: 0.0,
            height: 5000.0,
            keep: true,
        };
        assert_eq!(pages(vec![tall.clone(), tall], 1000.0, 1000.0).len(), 2);
    }
}

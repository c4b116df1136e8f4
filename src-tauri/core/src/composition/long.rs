//! Long pictures: a title, then photos and words one below the other; one that grows too long goes on in a second.

use super::{
    Spec,
    canvas::Area,
    draw::{Frame, Leaf, Over, Shown},
    flow::{self, Inks, Item, Piece, Tone},
    template::Template,
    words,
};
use crate::font::{self, Anchor, Line, Span};

const WIDTH: f64 = 1080.0;
/// Taller than this phones and platforms shrink it until nobody can read it.
const TALLEST: f64 = 16_000.0;
/// Between words and the edge.
const SIDE: f64 = 64.0;
const TEXT: f64 = 40.0;

/// One page, or several.
pub(super) fn leaves(template: &Template, spec: &Spec, shown: &mut Shown) -> Vec<Leaf> {
    let style = template.style(&spec.look);
    let inks = Inks::on(style.ground, style.accent);
    let side = style.margin.max(SIDE);
    let items = items(
        spec,
        shown,
        WIDTH - 2.0 * style.margin,
        WIDTH - 2.0 * side,
        style.gap,
    );
    let footer = shown.plain(spec.footer.trim());
    let foot = if footer.is_empty() { 0.0 } else { 96.0 };

    let edge = |item: Option<&Item>| match item.map(|item| &item.piece) {
        Some(Piece::Picture { .. }) => style.margin,
        Some(Piece::Text {
            tone: Tone::Headed, ..
        }) => 132.0,
        _ => 88.0,
    };
    let pages = flow::pages(items, TALLEST, TALLEST);
    let last = pages.len().saturating_sub(1);
    let mut leaves = Vec::new();
    for (nth, page) in pages.iter().enumerate() {
        let foot = if nth == last { foot } else { 0.0 };
        let top = edge(page.first());
        let end = edge(page.last()).max(if foot > 0.0 { 40.0 } else { 0.0 });
        let height = (top + flow::height(page) + end + foot).max(WIDTH / 4.0).ceil();
        let (mut svg, pictures) = flow::draw(page, (side, top), WIDTH - 2.0 * side, inks);
        let frame = |(slot, y, height): (usize, f64, f64)| Frame {
            slot,
            area: Area::new(style.margin, y.round(), WIDTH - 2.0 * style.margin, height),
            radius: style.radius,
        };
        let frames = pictures.into_iter().map(frame).collect();
        if foot > 0.0 {
            let line = Line {
                x: WIDTH / 2.0,
                y: height - 56.0,
                size: 28.0,
                fill: &inks.soft.hex(),
                anchor: Anchor::Middle,
            };
            svg.push_str(&font::svg(&[Span::new(footer.as_str(), false)], line));
        }
        leaves.push(Leaf {
            width: WIDTH,
            height,
            ground: style.ground,
            frames,
            over: Over::Svg(svg),
        });
    }
    leaves
}

fn items(spec: &Spec, shown: &mut Shown, across: f64, width: f64, gap: f64) -> Vec<Item> {
    let mut items = Vec::new();
    for (text, size, tone, bold) in [
        (&spec.title, 76.0, Tone::Headed, true),
        (&spec.subtitle, 38.0, Tone::Soft, false),
    ] {
        let text = shown.plain(text.trim());
        if text.is_empty() {
            continue;
        }
        for (nth, line) in font::balance(&[Span::new(text, bold)], size, width)
            .into_iter()
            .enumerate()
        {
            let tone = if nth > 0 && tone == Tone::Headed {
                Tone::Ink
            } else {
                tone
            };
            items.push(Item {
                piece: Piece::Text {
                    line,
                    size,
                    indent: 0.0,
                    tone,
                    mark: String::new(),
                },
                before: if nth == 0 && !bold { 14.0 } else { 0.0 },
                height: size * 1.38,
                keep: true,
            });
        }
    }
    for (slot, content) in spec.slots.iter().enumerate() {
        let after_words = matches!(
            items.last().map(|item: &Item| &item.piece),
            Some(Piece::Text { .. } | Piece::Rule)
        );
        if content.photo.is_some() || content.text.trim().is_empty() {
            let ratio = shown.ratio(slot).unwrap_or(4.0 / 3.0).clamp(0.05, 20.0);
            items.push(Item {
                piece: Piece::Picture { slot },
                before: if after_words { 44.0 } else { gap },
                height: (across / ratio).round(),
                keep: false,
            });
        }
        let mut set = flow::set(&words::blocks(&shown.plain(&content.text)), TEXT, width);
        if let Some(first) = set.first_mut() {
            first.before = if content.photo.is_some() { 32.0 } else { 44.0 };
        }
        items.extend(set);
    }
    if !spec.body.trim().is_empty() {
        let mut set = flow::set(&words::blocks(&shown.plain(&spec.body)), TEXT, width);
        if let Some(first) = set.first_mut() {
            first.before = 44.0;
        }
        items.extend(set);
    }
    items
}

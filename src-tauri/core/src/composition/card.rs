//! Text cards: a long text set page by page, with page numbers; a short one set larger.

use super::{
    Spec,
    canvas::Area,
    draw::{Frame, Leaf, Over, Shown},
    flow::{self, Inks, Item, Piece, Tone},
    template::{Ornament, Style, Template},
    words,
};
use crate::font::{self, Anchor, Line, Span};

const SIDE: f64 = 96.0;
const TOP: f64 = 128.0;
/// For the page number and the foot.
const FOOT: f64 = 132.0;
/// A card that holds all its text at one of these sizes is set in it; else the last.
const SIZES: [f64; 4] = [60.0, 52.0, 46.0, 41.0];

/// As many pages as the text needs, at least one.
pub(super) fn leaves(template: &Template, spec: &Spec, shown: &mut Shown) -> Vec<Leaf> {
    let style = template.style(&spec.look);
    let (width, height) = spec.ratio.sides();
    let inks = Inks::on(style.ground, style.accent);
    let blocks = words::blocks(&shown.plain(&spec.body));
    let (title, subtitle) = (shown.plain(spec.title.trim()), shown.plain(spec.subtitle.trim()));
    let footer = shown.plain(spec.footer.trim());
    let pictured = spec.slots.first().is_some_and(|slot| slot.photo.is_some());

    let header = if pictured { (height * 0.38).round() } else { 0.0 };
    let quote = if template.ornament == Ornament::Quote && !pictured {
        96.0
    } else {
        0.0
    };
    let first_top = if pictured { header + 84.0 } else { TOP + quote };
    let rest = height - TOP - FOOT;
    let first = height - first_top - FOOT;
    let across = width - 2.0 * SIDE;
    let mut pages = Vec::new();
    for size in SIZES {
        let mut items = head(&title, &subtitle, size, across);
        let mut body = flow::set(&blocks, size, across);
        if let (Some(first), false) = (body.first_mut(), items.is_empty()) {
            first.before = size * 1.1;
        }
        items.extend(body);
        pages = flow::pages(items, first, rest);
        // Large letters are for texts that leave the page some air.
        if pages.len() == 1
            && pages
                .first()
                .is_none_or(|page| flow::height(page) <= first * 0.86)
        {
            break;
        }
    }
    let count = pages.len();
    let leaf = |(nth, page): (usize, Vec<Item>)| {
        let (room, mut top) = if nth == 0 { (first, first_top) } else { (rest, TOP) };
        // A single card sits a little above the middle; a page of many begins at the top.
        if count == 1 && !pictured {
            top += ((room - flow::height(&page)) * 0.36).max(0.0);
        }
        let mut svg = ornament(
            template.ornament,
            nth,
            (width, height),
            top,
            pictured,
            &style,
            inks,
        );
        svg.push_str(&flow::draw(&page, (SIDE, top), across, inks).0);
        svg.push_str(&foot(&footer, nth, count, (width, height), inks));
        let frames = if nth == 0 && pictured {
            vec![Frame {
                slot: 0,
                area: Area::new(0.0, 0.0, width, header),
                radius: 0.0,
            }]
        } else {
            Vec::new()
        };
        Leaf {
            width,
            height,
            ground: style.ground,
            frames,
            over: Over::Svg(svg),
        }
    };
    pages.into_iter().enumerate().map(leaf).collect()
}

fn head(title: &str, subtitle: &str, size: f64, width: f64) -> Vec<Item> {
    let mut items = Vec::new();
    for (text, size, leading, tone, bold) in [
        (title, size * 1.9, 1.32, Tone::Ink, true),
        (subtitle, size * 0.9, 1.5, Tone::Soft, false),
    ] {
        if text.is_empty() {
            continue;
        }
        for (nth, line) in font::balance(&[Span::new(text, bold)], size, width)
            .into_iter()
            .enumerate()
        {
            items.push(Item {
                piece: Piece::Text {
                    line,
                    size,
                    indent: 0.0,
                    tone,
                    mark: String::new(),
                },
                before: if nth == 0 { size * 0.35 } else { 0.0 },
                height: size * leading,
                keep: true,
            });
        }
    }
    items
}

fn ornament(
    kind: Ornament,
    nth: usize,
    (width, height): (f64, f64),
    top: f64,
    pictured: bool,
    style: &Style,
    inks: Inks,
) -> String {
    let accent = inks.accent.hex();
    match kind {
        Ornament::Bar if nth == 0 && !pictured => {
            format!(
                r#"<rect x="{SIDE}" y="{:.1}" width="84" height="12" rx="6" fill="{accent}"/>"#,
                top - 52.0
            )
        }
        Ornament::Quote if nth == 0 && !pictured => {
            // Two filled commas, drawn: a letter of that size would bring its own empty room.
            let comma = |x: f64| {
                format!(
                    r#"<path transform="translate({x:.1} {:.1}) scale(1.15)" d="M0 44C0 18 14 4 40 0l3 10C29 14 22 22 21 30c13-1 23 8 23 21 0 12-9 21-21 21C8 72 0 61 0 44z" fill="{accent}" opacity="0.85"/>"#,
                    top - 130.0
                )
            };
            comma(SIDE) + &comma(SIDE + 66.0)
        }
        Ornament::Frame => {
            let line = style.ground.mix(inks.accent, 0.45).hex();
            format!(
                r#"<rect x="40" y="40" width="{:.1}" height="{:.1}" rx="28" fill="none" stroke="{line}" stroke-width="3"/>"#,
                width - 80.0,
                height - 80.0
            )
            .repeat(usize::from(!(pictured && nth == 0)))
        }
        _ => String::new(),
    }
}

fn foot(footer: &str, nth: usize, count: usize, (width, height): (f64, f64), inks: Inks) -> String {
    let fill = inks.soft.hex();
    let y = height - 76.0;
    let mut svg = font::svg(
        &[Span::new(footer, false)],
        Line {
            x: SIDE,
            y,
            size: 28.0,
            fill: &fill,
            anchor: Anchor::Start,
        },
    );
    if count > 1 {
        let number = format!("{} / {count}", nth + 1);
        svg.push_str(&font::svg(
            &[Span::new(number, false)],
            Line {
                x: width - SIDE,
                y,
                size: 28.0,
                fill: &fill,
                anchor: Anchor::End,
            },
        ));
    }
    svg
}

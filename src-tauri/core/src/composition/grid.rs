//! Grids: where the pictures of a collage stand, its title above them, and their labels.

use super::{
    Spec,
    canvas::Area,
    draw::{Frame, Leaf, Over, Shown},
    flow::Inks,
    template::Template,
};
use crate::font::{self, Anchor, Line, Span};

/// One page.
pub(super) fn leaf(template: &Template, spec: &Spec, shown: &mut Shown) -> Leaf {
    let style = template.style(&spec.look);
    let (width, height) = spec.ratio.sides();
    let mut room = Area::new(0.0, 0.0, width, height).inset(style.margin);
    let head = head(spec, shown, &mut room, Inks::on(style.ground, style.accent));
    let frames = frames(&template.areas, room, style.gap, style.radius);
    let mut svg = head;
    for frame in &frames {
        if let Some(slot) = spec.slots.get(frame.slot) {
            svg.push_str(&tag(&shown.plain(&slot.text), "", frame.area));
        }
    }
    Leaf {
        width,
        height,
        ground: style.ground,
        frames,
        over: Over::Svg(svg),
    }
}

/// The title above the pictures; takes its room from the top.
pub(super) fn head(spec: &Spec, shown: &mut Shown, room: &mut Area, inks: Inks) -> String {
    let (title, subtitle) = (shown.plain(&spec.title), shown.plain(&spec.subtitle));
    if title.trim().is_empty() {
        return String::new();
    }
    let side = if room.x < 40.0 { 48.0 } else { 0.0 };
    let (x, width) = (room.x + side, room.width - 2.0 * side);
    let mut y = room.y + if room.y < 40.0 { 40.0 } else { 0.0 };
    let begun = room.y;
    let mut svg = String::new();
    let mut set = |text: &str,
                   size: f64,
                   leading: f64,
                   bold: bool,
                   fill: &str,
                   most: usize,
                   y: &mut f64,
                   cut: &mut dyn FnMut()| {
        let lines = font::balance(&[Span::new(text, bold)], size, width);
        if lines.len() > most {
            cut();
        }
        for line in lines.iter().take(most) {
            let at = Line {
                x,
                y: *y + size * (leading / 2.0 + font::MIDDLE),
                size,
                fill,
                anchor: Anchor::Start,
            };
            svg.push_str(&font::svg(line, at));
            *y += size * leading;
        }
    };
    let mut cut = false;
    set(
        title.trim(),
        60.0,
        1.3,
        true,
        &inks.ink.hex(),
        2,
        &mut y,
        &mut || cut = true,
    );
    if !subtitle.trim().is_empty() {
        y += 6.0;
        set(
            subtitle.trim(),
            34.0,
            1.45,
            false,
            &inks.soft.hex(),
            2,
            &mut y,
            &mut || cut = true,
        );
    }
    if cut {
        shown.cut();
    }
    y += 28.0;
    room.y = y;
    room.height -= y - begun;
    svg
}

/// The letters' boxes, with gaps between; the outer edges stay at the room's.
pub(super) fn frames(areas: &[String], room: Area, gap: f64, radius: f64) -> Vec<Frame> {
    let rows: Vec<Vec<char>> = areas.iter().map(|row| row.chars().collect()).collect();
    let (down, across) = (rows.len() as f64, rows.first().map_or(0, Vec::len) as f64);
    let mut letters: Vec<char> = rows.iter().flatten().copied().collect();
    letters.sort_unstable();
    letters.dedup();
    // A cell begins half a gap late and ends half a gap early, except at the room's edge.
    let edge = |at: f64, whole: f64, cells: f64, begin: bool| {
        let line = whole * at / cells;
        match at {
            at if at <= 0.0 || at >= cells => line,
            _ if begin => line + gap / 2.0,
            _ => line - gap / 2.0,
        }
    };
    let place = |(slot, letter): (usize, &char)| {
        let at = |n: usize| n as f64;
        let with: Vec<usize> = (0..rows.len())
            .filter(|y| rows.get(*y).is_some_and(|row| row.contains(letter)))
            .collect();
        let row = rows.get(*with.first()?)?;
        let left = row.iter().position(|c| c == letter)?;
        let right = row.iter().rposition(|c| c == letter)? + 1;
        let (top, bottom) = (*with.first()?, *with.last()? + 1);
        let (x, y) = (
            edge(at(left), room.width, across, true),
            edge(at(top), room.height, down, true),
        );
        let (x2, y2) = (
            edge(at(right), room.width, across, false),
            edge(at(bottom), room.height, down, false),
        );
        // Whole pixels: neighbours meet without a seam.
        let area = Area::new(
            (room.x + x).round(),
            (room.y + y).round(),
            (x2 - x).round(),
            (y2 - y).round(),
        );
        Some(Frame { slot, area, radius })
    };
    letters.iter().enumerate().filter_map(place).collect()
}

/// A label on a picture: a word, and a date in lighter letters.
pub(super) fn tag(word: &str, date: &str, on: Area) -> String {
    let (word, date) = (word.trim(), date.trim());
    if word.is_empty() && date.is_empty() {
        return String::new();
    }
    // A label is at most as wide as its picture; longer words are written smaller.
    let room = on.width - 48.0;
    let wide = |size: f64| {
        let gap = if word.is_empty() || date.is_empty() {
            0.0
        } else {
            size * 0.4
        };
        font::measure(word, true, size) + font::measure(date, false, size * 0.82) + gap + size * 1.1
    };
    let Some(size) = [38.0, 34.0, 30.0, 26.0, 22.0, 18.0, 14.0]
        .into_iter()
        .find(|size| wide(*size) <= room)
    else {
        return String::new();
    };
    let (width, height) = (wide(size), size * 1.62);
    let (x, y) = (on.x + 24.0, on.y + 24.0);
    let baseline = y + height / 2.0 + font::MIDDLE * size;
    let mut svg = format!(
        r##"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="{:.1}" fill="#fffdf7" opacity="0.93"/>"##,
        height / 2.0
    );
    let start = x + size * 0.55;
    svg.push_str(&font::svg(
        &[Span::new(word, true)],
        Line {
            x: start,
            y: baseline,
            size,
            fill: "#22201c",
            anchor: Anchor::Start,
        },
    ));
    let end = x + width - size * 0.55;
    // Figures centre on their own height, which is less than a Chinese character's.
    svg.push_str(&font::svg(
        &[Span::new(date, false)],
        Line {
            x: end,
            y: baseline - size * 0.045,
            size: size * 0.82,
            fill: "#5d574c",
            anchor: Anchor::End,
        },
    ));
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::composition::template::{self};

    fn all() -> Vec<Vec<String>> {
        template::templates()
            .into_iter()
            .filter_map(|t| {
                template::find(&Spec {
                    template: t.id,
                    ..Spec::default()
                })
                .ok()
            })
            .map(|t| t.areas.clone())
            .filter(|areas| !areas.is_empty())
            .collect()
    }

    #[test]
    fn the_places_of_every_layout_fill_it_without_overlapping() {
        for areas in all() {
            let frames = frames(&areas, Area::new(0.0, 0.0, 1080.0, 1440.0), 0.0, 0.0);
            let taken: f64 = frames
                .iter()
                .map(|frame| frame.area.width * frame.area.height)
                .sum();
            assert!(
                (taken / (1080.0 * 1440.0) - 1.0).abs() < 0.005,
                "{areas:?} fills {taken}"
            );
            for (nth, one) in frames.iter().enumerate() {
                for other in frames.iter().skip(nth + 1) {
                    let (a, b) = (one.area, other.area);
                    let apart = a.x + a.width <= b.x + 1.0
                        || b.x + b.width <= a.x + 1.0
                        || a.y + a.height <= b.y + 1.0
                        || b.y + b.height <= a.y + 1.0;
                    assert!(apart, "{areas:?}: {} and {} overlap", one.slot, other.slot);
                }
            }
        }
    }

    #[test]
    fn gaps_lie_between_pictures_and_not_around_them() {
        let areas = ["ab".to_owned(), "cd".to_owned()];
        let frames = frames(&areas, Area::new(0.0, 0.0, 1000.0, 1000.0), 20.0, 0.0);
        let places: Vec<_> = frames
            .iter()
            .map(|frame| (frame.area.x, frame.area.y, frame.area.width, frame.area.height))
            .collect();
        assert_eq!(
            places,
            [
                (0.0, 0.0, 490.0, 490.0),
                (510.0, 0.0, 490.0, 490.0),
                (0.0, 510.0, 490.0, 490.0),
                (510.0, 510.0, 490.0, 490.0)
            ]
        );
    }
}

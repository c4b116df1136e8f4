//! What is laid on a picture: arrows, rings, captions, the watermark. Drawn as SVG with Caoben's own letters, so that it is the same
//! on every machine.

use std::fmt::Write;

use caoben_picture::edit::{Layout, Overlay};
use resvg::{tiny_skia, usvg};

use super::{Edits, Ink, Mark, MarkKind, Spot, Watermark};
use crate::font::{self, Anchor, Line, MIDDLE, Span};

/// From one line of words to the next, in ems.
const LEADING: f64 = 1.35;
/// Words keep this far from the picture's edge, as a share of its shorter side.
const MARGIN: f64 = 0.03;
/// Thickness of lines and of the rim that keeps them visible on any ground, in ems of the words.
const STROKE: f64 = 0.16;
const RIM: f64 = 0.09;

/// Pixels to lay on a picture; `None` when there is nothing to lay.
pub(super) fn overlay(layout: &Layout, edits: &Edits) -> Option<Overlay> {
    if edits.marks.is_empty() && edits.watermark.is_none() {
        return None;
    }
    let tree = usvg::Tree::from_str(&svg(layout, edits), &font::options()).ok()?;
    let mut pixels = tiny_skia::Pixmap::new(layout.width, layout.height)?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    Some(pixels.take())
}

fn svg(layout: &Layout, edits: &Edits) -> String {
    let sheet = Sheet {
        width: f64::from(layout.width),
        height: f64::from(layout.height),
        layout,
    };
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">"#,
        layout.width, layout.height
    );
    for mark in &edits.marks {
        sheet.mark(mark, &mut out);
    }
    if let Some(mark) = &edits.watermark {
        sheet.watermark(mark, &mut out);
    }
    out.push_str("</svg>");
    out
}

impl Ink {
    fn colour(self) -> &'static str {
        match self {
            Self::White => "#ffffff",
            Self::Black => "#1c1c1a",
            Self::Red => "#e0442e",
            Self::Yellow => "#ffd23f",
            Self::Green => "#3f8f5b",
            Self::Blue => "#2f6fd0",
        }
    }

    /// What is seen on this colour and around it.
    fn against(self) -> &'static str {
        match self {
            Self::White | Self::Yellow => "#1c1c1a",
            _ => "#ffffff",
        }
    }
}

/// Lines of words and the room they take, in pixels.
struct Words {
    lines: Vec<Vec<Span>>,
    size: f64,
    width: f64,
    height: f64,
}

struct Sheet<'a> {
    width: f64,
    height: f64,
    layout: &'a Layout,
}

impl Sheet<'_> {
    fn short(&self) -> f64 {
        self.width.min(self.height)
    }

    fn words(&self, text: &str, size: f64) -> Option<Words> {
        let (text, _) = font::plain(text.trim());
        if text.trim().is_empty() {
            return None;
        }
        let mut size = (size * self.short()).max(1.0);
        let room = (self.width - 2.0 * MARGIN * self.short()).max(size);
        let spans = [Span::new(text, true)];
        let mut lines = font::wrap(&spans, size, room);
        // Words that would not fit the picture are written smaller, never cut.
        for _ in 0..12 {
            if lines.len() as f64 * LEADING * size <= self.height - 2.0 * MARGIN * self.short() {
                break;
            }
            size *= 0.85;
            lines = font::wrap(&spans, size, room);
        }
        let measure = |line: &Vec<Span>| -> f64 {
            line.iter()
                .map(|span| font::measure(&span.text, span.bold, size))
                .sum()
        };
        Some(Words {
            width: lines.iter().map(measure).fold(0.0, f64::max),
            height: lines.len() as f64 * LEADING * size,
            lines,
            size,
        })
    }

    /// Writes words around a middle, moved so far that all of them are inside.
    fn write(&self, words: &Words, ink: Ink, plate: bool, (x, y): (f64, f64), out: &mut String) {
        let pad = if plate { 0.45 * words.size } else { 0.0 };
        let keep = |at: f64, half: f64, most: f64| {
            let half = half + pad + MARGIN * self.short() / 2.0;
            if 2.0 * half >= most {
                most / 2.0
            } else {
                at.clamp(half, most - half)
            }
        };
        let (x, y) = (
            keep(x, words.width / 2.0, self.width),
            keep(y, words.height / 2.0, self.height),
        );
        let top = y - words.height / 2.0;
        let lines = |fill: &str| -> String {
            (0_u32..)
                .zip(&words.lines)
                .map(|(nth, line)| {
                    let y = top + words.size * (LEADING * (f64::from(nth) + 0.5) + MIDDLE);
                    font::svg(
                        line,
                        Line {
                            x,
                            y,
                            size: words.size,
                            fill,
                            anchor: Anchor::Middle,
                        },
                    )
                })
                .collect()
        };
        let _ = if plate {
            write!(
                out,
                r#"<rect x="{:.2}" y="{:.2}" width="{:.2}" height="{:.2}" rx="{:.2}" fill="{}"/>{}"#,
                x - words.width / 2.0 - pad,
                top - pad * 0.4,
                words.width + 2.0 * pad,
                words.height + 0.8 * pad,
                0.3 * words.size,
                ink.colour(),
                lines(ink.against()),
            )
        } else {
            write!(
                out,
                r#"<g stroke="{}" stroke-width="{:.2}" stroke-linejoin="round" opacity="0.75">{}</g>{}"#,
                ink.against(),
                2.0 * RIM * words.size,
                lines(ink.against()),
                lines(ink.colour()),
            )
        };
    }

    fn mark(&self, mark: &Mark, out: &mut String) {
        let (from, to) = (self.layout.place.at(mark.from), self.layout.place.at(mark.to));
        let em = mark.size * self.short();
        let words = self.words(&mark.text, mark.size);
        match mark.kind {
            MarkKind::Caption => {
                if let Some(words) = words {
                    self.write(&words, mark.ink, mark.plate, from, out);
                }
            }
            MarkKind::Arrow => {
                let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                let long = dx.hypot(dy).max(1e-6);
                let (ux, uy) = (dx / long, dy / long);
                let head = (5.0 * STROKE * em).min(0.7 * long);
                let neck = (to.0 - ux * head, to.1 - uy * head);
                let (wx, wy) = (-uy * head * 0.55, ux * head * 0.55);
                let shape = format!(
                    r#"<path d="M{:.2} {:.2}L{:.2} {:.2}" fill="none"/><path d="M{:.2} {:.2}L{:.2} {:.2}L{:.2} {:.2}Z" stroke-width="{{rim}}"/>"#,
                    from.0,
                    from.1,
                    neck.0,
                    neck.1,
                    to.0,
                    to.1,
                    neck.0 + wx,
                    neck.1 + wy,
                    neck.0 - wx,
                    neck.1 - wy,
                );
                self.twice(&shape, mark.ink, em, out);
                if let Some(words) = words {
                    let gap = 0.5 * words.size;
                    let middle = (
                        from.0 - ux * (words.width / 2.0 + gap),
                        from.1 - uy * (words.height / 2.0 + gap),
                    );
                    self.write(&words, mark.ink, mark.plate, middle, out);
                }
            }
            MarkKind::Ring => {
                let shape = format!(
                    r#"<ellipse cx="{:.2}" cy="{:.2}" rx="{:.2}" ry="{:.2}" fill="none"/>"#,
                    (from.0 + to.0) / 2.0,
                    (from.1 + to.1) / 2.0,
                    (from.0 - to.0).abs() / 2.0,
                    (from.1 - to.1).abs() / 2.0,
                );
                self.twice(&shape, mark.ink, em, out);
                if let Some(words) = words {
                    let below = from.1.max(to.1) + words.height / 2.0 + STROKE * em;
                    self.write(&words, mark.ink, mark.plate, ((from.0 + to.0) / 2.0, below), out);
                }
            }
        }
    }

    /// A shape with a rim, so that it is seen on any ground.
    fn twice(&self, shape: &str, ink: Ink, em: f64, out: &mut String) {
        for (colour, wider, opacity) in [(ink.against(), 2.0 * RIM, 0.55), (ink.colour(), 0.0, 1.0)] {
            let _ = write!(
                out,
                r#"<g stroke="{colour}" fill="{colour}" stroke-width="{:.2}" stroke-linecap="round" stroke-linejoin="round" opacity="{opacity}">{}</g>"#,
                (STROKE + wider) * em,
                shape.replace("{rim}", &format!("{:.2}", (0.04 + wider) * em)),
            );
        }
    }

    fn watermark(&self, mark: &Watermark, out: &mut String) {
        let Some(words) = self.words(&mark.text, mark.size) else {
            return;
        };
        let _ = write!(out, r#"<g opacity="{:.2}">"#, f64::from(mark.opacity) / 100.0);
        if mark.place == Spot::Tiled {
            self.tile(&words, mark.ink, out);
        } else {
            let (left, right) = (0.0, self.width);
            let (top, bottom) = (0.0, self.height);
            // A corner is as far out as `write` lets the words go.
            let at = match mark.place {
                Spot::TopLeft => (left, top),
                Spot::TopRight => (right, top),
                Spot::BottomLeft => (left, bottom),
                Spot::BottomRight => (right, bottom),
                Spot::Bottom => (self.width / 2.0, bottom),
                Spot::Middle | Spot::Tiled => (self.width / 2.0, self.height / 2.0),
            };
            self.write(&words, mark.ink, false, at, out);
        }
        out.push_str("</g>");
    }

    /// Two rows of words as a pattern, the second half a step on.
    fn tile(&self, words: &Words, ink: Ink, out: &mut String) {
        let (across, down) = (words.width + 4.0 * words.size, words.height + 3.0 * words.size);
        let mut row = String::new();
        for (x, y) in [(0.5, 0.5), (0.0, 1.5), (1.0, 1.5)] {
            for (nth, line) in (0_u32..).zip(&words.lines) {
                let from_middle =
                    words.size * (LEADING * (f64::from(nth) + 0.5) + MIDDLE) - words.height / 2.0;
                let at = |fill| Line {
                    x: across * x,
                    y: down * y + from_middle,
                    size: words.size,
                    fill,
                    anchor: Anchor::Middle,
                };
                let _ = write!(
                    row,
                    r#"<g stroke="{}" stroke-width="{:.2}" opacity="0.5">{}</g>{}"#,
                    ink.against(),
                    RIM * words.size,
                    font::svg(line, at(ink.against())),
                    font::svg(line, at(ink.colour())),
                );
            }
        }
        let _ = write!(
            out,
            r#"<pattern id="w" patternUnits="userSpaceOnUse" width="{across:.2}" height="{:.2}" patternTransform="rotate(-24)">{row}</pattern><rect width="{}" height="{}" fill="url(#w)"/>"#,
            2.0 * down,
            self.width,
            self.height,
        );
    }
}

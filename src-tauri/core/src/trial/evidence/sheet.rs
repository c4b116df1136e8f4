//! A4 pages being filled from the top, in points from the top left: what is put where, and when a new page begins.

use super::{Entry, Record};
use crate::font::{self, Span};

pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;
pub(super) const EDGE: f32 = 50.0;
pub(super) const INNER: f32 = WIDTH - 2.0 * EDGE;
const BOTTOM: f32 = HEIGHT - 62.0;
/// Between pictures of a row.
const BETWEEN: f32 = 10.0;
/// No picture is taller, in points: two short days stand on a page.
const TALLEST: f32 = 214.0;

/// What something is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Quiet,
    Faint,
    Sprout,
    Persimmon,
    Paper,
}

/// One thing on a page.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// Baseline at `y`.
    Text {
        x: f32,
        y: f32,
        size: f32,
        ink: Ink,
        line: Vec<Span>,
    },
    Panel {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    Stroke {
        points: Vec<(f32, f32)>,
        width: f32,
        ink: Ink,
    },
    /// By its place in the record's list.
    Picture {
        nth: usize,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
}

/// Pages being filled from the top.
pub(super) struct Sheets {
    pub pages: Vec<Vec<Mark>>,
    pub y: f32,
}

impl Sheets {
    /// Goes to a new page when `height` does not fit on this one.
    pub fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > EDGE {
            self.pages.push(Vec::new());
            self.y = EDGE;
        }
    }

    pub fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub fn gap(&mut self, height: f32) {
        self.y += height;
    }

    pub fn line(&mut self, line: Vec<Span>, size: f32, ink: Ink, indent: f32, step: f32) {
        self.room(step);
        self.put(text(EDGE + indent, self.y + size * 1.1, size, ink, line));
        self.y += step;
    }

    /// Words from the left edge, broken into lines.
    pub fn write(&mut self, words: &str, size: f32, bold: bool, ink: Ink, indent: f32) {
        let spans = drawable(words, bold);
        for line in font::wrap(&spans, f64::from(size), f64::from(INNER - indent)) {
            self.line(line, size, ink, indent, size * 1.6);
        }
    }

    pub fn heading(&mut self, title: &str, note: &str) {
        self.gap(16.0);
        // A heading alone at the foot of a page leads nowhere.
        self.room(90.0);
        self.put(Mark::Stroke {
            points: vec![(EDGE, self.y), (WIDTH - EDGE, self.y)],
            width: 0.6,
            ink: Ink::Faint,
        });
        self.gap(8.0);
        let title = vec![Span::new(title, true)];
        let beside = EDGE + wide(&title, 14.0) + 10.0;
        self.put(text(EDGE, self.y + 15.0, 14.0, Ink::Black, title));
        self.put(text(
            beside,
            self.y + 15.0,
            9.0,
            Ink::Faint,
            vec![Span::new(note, false)],
        ));
        self.gap(25.0);
    }

    /// Goes to a new page when a short day would be torn from its first pictures.
    pub fn together(&mut self, entry: &Entry, sizes: &[Option<(u32, u32)>]) {
        let (across, width) = columns(entry.pictures.len());
        let first = entry.pictures.iter().take(across);
        let high = first.map(|number| {
            let size = sizes.get(number.wrapping_sub(1)).copied().flatten();
            size.map_or(60.0, |(w, h)| fit(w, h, width, TALLEST).1)
        });
        let words = drawable(&entry.text, false);
        let lines = font::wrap(&words, 11.0, f64::from(INNER)).len() as f32;
        let whole = 110.0 + lines * 17.6 + entry.before.len() as f32 * 17.0 + high.fold(0.0, f32::max);
        if whole < (BOTTOM - EDGE) * 0.7 {
            self.room(whole);
        }
    }

    /// Pictures beside each other, two large or three smaller ones in a row, each with its caption.
    pub fn pictures(&mut self, numbers: &[usize], record: &Record, sizes: &[Option<(u32, u32)>]) {
        let (across, width) = columns(numbers.len());
        for row in numbers.chunks(across) {
            let known = row.iter().filter_map(|number| {
                let nth = number.wrapping_sub(1);
                Some((nth, record.pictures.get(nth)?, sizes.get(nth).copied().flatten()))
            });
            let cells: Vec<_> = known
                .map(|(nth, picture, size)| {
                    let (wide, high) = size.map_or((width, 60.0), |(w, h)| fit(w, h, width, TALLEST));
                    let hash: String = picture.hash.chars().take(12).collect();
                    let caption = format!("图 {} · {}\nBLAKE3 {hash}", picture.number, picture.caption);
                    let spans = drawable(&caption, false);
                    (
                        nth,
                        picture,
                        wide,
                        high,
                        font::wrap(&spans, 7.5, f64::from(width)),
                    )
                })
                .collect();
            let high = cells.iter().map(|cell| cell.3).fold(0.0, f32::max);
            let lines = cells.iter().map(|cell| cell.4.len()).max().unwrap_or(0) as f32;
            self.gap(8.0);
            self.room(high + 6.0 + lines * 10.5);
            let top = self.y;
            for (column, (nth, picture, wide, tall, caption)) in cells.into_iter().enumerate() {
                let x = EDGE + column as f32 * (width + BETWEEN);
                match &picture.problem {
                    None => self.put(Mark::Picture {
                        nth,
                        x,
                        y: top,
                        width: wide,
                        height: tall,
                    }),
                    Some(problem) => self.absent(problem, x, top, width, tall),
                }
                for (at, line) in caption.into_iter().enumerate() {
                    self.put(text(
                        x,
                        top + high + 12.0 + at as f32 * 10.5,
                        7.5,
                        Ink::Quiet,
                        line,
                    ));
                }
            }
            self.y = top + high + 6.0 + lines * 10.5;
        }
    }

    /// In place of a picture: why there is none.
    fn absent(&mut self, problem: &str, x: f32, top: f32, width: f32, height: f32) {
        self.put(Mark::Panel {
            x,
            y: top,
            width,
            height,
            ink: Ink::Paper,
        });
        let spans = drawable(&format!("没有印出来：{problem}"), false);
        let lines = font::wrap(&spans, 8.0, f64::from(width - 12.0));
        for (nth, line) in lines.into_iter().take(5).enumerate() {
            self.put(text(
                x + 6.0,
                top + 14.0 + nth as f32 * 11.0,
                8.0,
                Ink::Persimmon,
                line,
            ));
        }
    }
}

/// How many pictures stand in a row, and how wide each may be.
fn columns(pictures: usize) -> (usize, f32) {
    let across = if pictures <= 2 { 2 } else { 3 };
    (across, (INNER - BETWEEN * (across - 1) as f32) / across as f32)
}

pub(super) fn text(x: f32, y: f32, size: f32, ink: Ink, line: Vec<Span>) -> Mark {
    Mark::Text {
        x,
        y,
        size,
        ink,
        line,
    }
}

/// Words with what the font has no drawing for written out as its code point: evidence leaves nothing away.
pub(super) fn drawable(words: &str, bold: bool) -> Vec<Span> {
    let (mut drawn, missing) = font::plain(words);
    if !missing.is_empty() {
        let mut spelled = words.to_owned();
        for lost in &missing {
            let code: String = lost
                .chars()
                .map(|c| format!("[U+{:04X}]", u32::from(c)))
                .collect();
            spelled = spelled.replace(lost.as_str(), &code);
        }
        drawn = font::plain(&spelled).0;
    }
    vec![Span::new(drawn, bold)]
}

pub(super) fn first_line(spans: Vec<Span>, size: f32, width: f32) -> Vec<Span> {
    font::wrap(&spans, f64::from(size), f64::from(width))
        .into_iter()
        .next()
        .unwrap_or_default()
}

pub(super) fn wide(line: &[Span], size: f32) -> f32 {
    line.iter()
        .map(|span| font::measure(&span.text, span.bold, f64::from(size)) as f32)
        .sum()
}

/// The picture's pixels in a box, in points, its ratio kept.
fn fit(width: u32, height: u32, most_wide: f32, most_high: f32) -> (f32, f32) {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let scale = (most_wide / width).min(most_high / height);
    (width * scale, height * scale)
}

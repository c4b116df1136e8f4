//! The record on A4 pages, in points from the top left: where every line, picture and curve stands.

use super::{Curve, Entry, Picture, Record};
use crate::font::{self, Span};

pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;
const EDGE: f32 = 50.0;
const INNER: f32 = WIDTH - 2.0 * EDGE;
const BOTTOM: f32 = HEIGHT - 62.0;

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
struct Sheets {
    pages: Vec<Vec<Mark>>,
    y: f32,
}

/// Lays the record out. `sizes` are the pictures' pixels, `None` for one that is not shown.
pub(super) fn pages(record: &Record, sizes: &[Option<(u32, u32)>]) -> Vec<Vec<Mark>> {
    let mut sheets = Sheets {
        pages: vec![Vec::new()],
        y: EDGE,
    };
    cover(&mut sheets, record);
    curves(&mut sheets, &record.curves);
    for entry in &record.entries {
        day(&mut sheets, entry, record, sizes);
    }
    let told: Vec<usize> = record
        .entries
        .iter()
        .flat_map(|entry| entry.pictures.iter().copied())
        .collect();
    let rest: Vec<usize> = (1..=record.pictures.len())
        .filter(|number| !told.contains(number))
        .collect();
    if !rest.is_empty() {
        sheets.heading("其他凭证", "小票、约定和缺点的照片");
        sheets.pictures(&rest, record, sizes);
    }
    hashes(&mut sheets, &record.pictures);
    let total = sheets.pages.len();
    for (nth, page) in sheets.pages.iter_mut().enumerate() {
        let (line, _) = drawable(&format!("{} 试用记录 · 私人存档", record.title), false);
        page.push(text(
            EDGE,
            HEIGHT - 34.0,
            8.0,
            Ink::Faint,
            first_line(line, 8.0, INNER - 60.0),
        ));
        let number = vec![Span::new(format!("{} / {total}", nth + 1), false)];
        page.push(text(
            WIDTH - EDGE - wide(&number, 8.0),
            HEIGHT - 34.0,
            8.0,
            Ink::Faint,
            number,
        ));
    }
    sheets.pages
}

fn cover(sheets: &mut Sheets, record: &Record) {
    sheets.write("试用记录", 10.0, false, Ink::Sprout, 0.0);
    sheets.gap(2.0);
    let (title, _) = drawable(&record.title, true);
    for line in font::balance(&title, 24.0, f64::from(INNER)) {
        sheets.line(line, 24.0, Ink::Black, 0.0, 34.0);
    }
    sheets.gap(10.0);
    for (name, value) in &record.facts {
        let top = sheets.y;
        sheets.write(value, 10.5, false, Ink::Black, 84.0);
        // The name stands beside the value's first line, unless that went to a new page.
        let y = if sheets.y > top { top } else { EDGE };
        sheets.put(text(
            EDGE,
            y + 10.5 * 1.1,
            10.5,
            Ink::Faint,
            vec![Span::new(name.as_str(), false)],
        ));
        sheets.gap(3.0);
    }
    if let Some(number) = record.receipt {
        sheets.write(
            &format!("小票或约定见图 {number}。"),
            10.5,
            false,
            Ink::Quiet,
            84.0,
        );
    }
    sheets.heading("缺点", "先说在前面");
    if record.shortcomings.is_empty() {
        sheets.write("没有写过缺点。", 10.5, false, Ink::Quiet, 0.0);
    }
    for flaw in &record.shortcomings {
        sheets.room(30.0);
        let top = sheets.y;
        sheets.write(&flaw.text, 11.5, true, Ink::Black, 14.0);
        let seen = flaw
            .picture
            .map_or_else(String::new, |number| format!(" · 见图 {number}"));
        sheets.write(&format!("{}{seen}", flaw.note), 9.0, false, Ink::Quiet, 14.0);
        if sheets.y > top {
            sheets.put(Mark::Panel {
                x: EDGE,
                y: top + 2.0,
                width: 3.0,
                height: sheets.y - top - 2.0,
                ink: Ink::Persimmon,
            });
        }
        sheets.gap(7.0);
    }
    if let Some((verdict, why)) = &record.verdict {
        sheets.heading(&format!("结论：{verdict}"), "");
        let why = if why.is_empty() { "没有写理由。" } else { why };
        sheets.write(why, 11.5, false, Ink::Black, 0.0);
    }
}

/// Each scale has a small field of its own: twenty of them stay readable.
fn curves(sheets: &mut Sheets, curves: &[Curve]) {
    let drawn: Vec<&Curve> = curves.iter().filter(|curve| curve.points.len() > 1).collect();
    if drawn.is_empty() {
        return;
    }
    sheets.heading("感受", "1 到 5 分，从第一天到最后一次打分");
    let last = drawn
        .iter()
        .flat_map(|curve| &curve.points)
        .map(|point| point.0)
        .max()
        .unwrap_or(1)
        .max(2);
    let (width, height, between) = ((INNER - 24.0) / 2.0, 46.0, 24.0);
    for pair in drawn.chunks(2) {
        sheets.room(height + 34.0);
        for (column, curve) in pair.iter().enumerate() {
            let (x, top) = (EDGE + column as f32 * (width + between), sheets.y + 16.0);
            let (name, _) = drawable(&curve.scale, true);
            sheets.put(text(
                x,
                top - 4.0,
                9.5,
                Ink::Black,
                first_line(name, 9.5, width - 60.0),
            ));
            let end = curve.points.last().map_or(0, |point| point.1);
            let end = vec![Span::new(format!("最后 {end} 分"), false)];
            sheets.put(text(x + width - wide(&end, 8.5), top - 4.0, 8.5, Ink::Quiet, end));
            let at = |(day, value): (i64, i64)| {
                let right = (day - 1) as f32 / (last - 1) as f32;
                (
                    x + 3.0 + right * (width - 6.0),
                    top + 3.0 + (5 - value) as f32 / 4.0 * (height - 6.0),
                )
            };
            for value in [1, 3, 5] {
                let (_, y) = at((1, value));
                sheets.put(Mark::Stroke {
                    points: vec![(x, y), (x + width, y)],
                    width: 0.4,
                    ink: Ink::Faint,
                });
            }
            let points: Vec<(f32, f32)> = curve.points.iter().copied().map(at).collect();
            for (px, py) in &points {
                sheets.put(Mark::Panel {
                    x: px - 1.6,
                    y: py - 1.6,
                    width: 3.2,
                    height: 3.2,
                    ink: Ink::Sprout,
                });
            }
            sheets.put(Mark::Stroke {
                points,
                width: 1.3,
                ink: Ink::Sprout,
            });
            let days = vec![Span::new(format!("第 1 天 – 第 {last} 天"), false)];
            sheets.put(text(x, top + height + 9.0, 7.5, Ink::Faint, days));
        }
        sheets.y += height + 36.0;
    }
}

fn day(sheets: &mut Sheets, entry: &Entry, record: &Record, sizes: &[Option<(u32, u32)>]) {
    sheets.heading(&entry.name, &entry.on.to_string());
    if !entry.written.is_empty() {
        let ink = if entry.late { Ink::Persimmon } else { Ink::Quiet };
        sheets.write(&entry.written, 8.5, false, ink, 0.0);
        sheets.gap(3.0);
    }
    if !entry.text.is_empty() {
        sheets.write(&entry.text, 11.0, false, Ink::Black, 0.0);
    }
    if !entry.ratings.is_empty() {
        sheets.gap(3.0);
        sheets.write(&entry.ratings, 9.5, false, Ink::Sprout, 0.0);
    }
    for before in &entry.before {
        sheets.gap(3.0);
        sheets.write(before, 8.5, false, Ink::Quiet, 14.0);
    }
    sheets.pictures(&entry.pictures, record, sizes);
}

fn hashes(sheets: &mut Sheets, pictures: &[Picture]) {
    if pictures.is_empty() {
        return;
    }
    sheets.heading("照片原件的指纹", "BLAKE3，与工作区里的原件核对");
    sheets.write(
        "图里的照片是原件缩小后的副本，没有修过，不带拍摄地点。",
        8.5,
        false,
        Ink::Quiet,
        0.0,
    );
    sheets.gap(4.0);
    for picture in pictures {
        sheets.write(
            &format!("图 {}  {}", picture.number, picture.hash),
            7.8,
            false,
            Ink::Black,
            0.0,
        );
    }
}

impl Sheets {
    /// Goes to a new page when `height` does not fit on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > EDGE {
            self.pages.push(Vec::new());
            self.y = EDGE;
        }
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn gap(&mut self, height: f32) {
        self.y += height;
    }

    fn line(&mut self, line: Vec<Span>, size: f32, ink: Ink, indent: f32, step: f32) {
        self.room(step);
        self.put(text(EDGE + indent, self.y + size * 1.1, size, ink, line));
        self.y += step;
    }

    /// Words from the left edge, broken into lines.
    fn write(&mut self, words: &str, size: f32, bold: bool, ink: Ink, indent: f32) {
        let (spans, _) = drawable(words, bold);
        for line in font::wrap(&spans, f64::from(size), f64::from(INNER - indent)) {
            self.line(line, size, ink, indent, size * 1.6);
        }
    }

    fn heading(&mut self, title: &str, note: &str) {
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

    /// Pictures beside each other, two large or three smaller ones in a row, each with its caption.
    fn pictures(&mut self, numbers: &[usize], record: &Record, sizes: &[Option<(u32, u32)>]) {
        let across = if numbers.len() <= 2 { 2 } else { 3 };
        let gap = 10.0;
        let width = (INNER - gap * (across - 1) as f32) / across as f32;
        let tallest = width * 4.0 / 3.0;
        for row in numbers.chunks(across) {
            let known = row.iter().filter_map(|number| {
                let nth = number.wrapping_sub(1);
                Some((nth, record.pictures.get(nth)?, sizes.get(nth).copied().flatten()))
            });
            let cells: Vec<_> = known
                .map(|(nth, picture, size)| {
                    let (wide, high) = size.map_or((width, 60.0), |(w, h)| fit(w, h, width, tallest));
                    let hash: String = picture.hash.chars().take(12).collect();
                    let caption = format!("图 {} · {}\nBLAKE3 {hash}", picture.number, picture.caption);
                    let (spans, _) = drawable(&caption, false);
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
                let x = EDGE + column as f32 * (width + gap);
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
        let (spans, _) = drawable(&format!("没有印出来：{problem}"), false);
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

fn text(x: f32, y: f32, size: f32, ink: Ink, line: Vec<Span>) -> Mark {
    Mark::Text {
        x,
        y,
        size,
        ink,
        line,
    }
}

/// Words with what the font has no drawing for written out as its code point: evidence leaves nothing away.
fn drawable(words: &str, bold: bool) -> (Vec<Span>, usize) {
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
    (vec![Span::new(drawn, bold)], missing.len())
}

fn first_line(spans: Vec<Span>, size: f32, width: f32) -> Vec<Span> {
    font::wrap(&spans, f64::from(size), f64::from(width))
        .into_iter()
        .next()
        .unwrap_or_default()
}

fn wide(line: &[Span], size: f32) -> f32 {
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

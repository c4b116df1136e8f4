//! The record on its pages: the cover with the shortcomings first, the curves, every day, and the hashes at the end.

use super::{
    Curve, Entry, Picture, Record,
    sheet::{EDGE, HEIGHT, INNER, Ink, Mark, Sheets, WIDTH, drawable, first_line, text, wide},
};
use crate::font::{self, Span};

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
        let line = drawable(&format!("{} 试用记录 · 私人存档", record.title), false);
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
    let title = drawable(&record.title, true);
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
    for before in &record.verdicts_before {
        sheets.write(before, 8.5, false, Ink::Quiet, 14.0);
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
            let name = drawable(&curve.scale, true);
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
    sheets.together(entry, sizes);
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
        "图里的照片是缩小后的副本，不带拍摄地点；标着「修过」的是修图以后的样子，遮住的地方照样遮着。原件没有动过。",
        8.5,
        false,
        Ink::Quiet,
        0.0,
    );
    sheets.gap(4.0);
    for picture in pictures {
        let mut line = |words: String, ink| sheets.write(&words, 7.8, false, ink, 0.0);
        line(format!("图 {}  {}", picture.number, picture.hash), Ink::Black);
        if let Some(shown) = picture.shown_hash.as_ref().filter(|_| picture.retouched) {
            line(format!("图 {}  修过的副本 {shown}", picture.number), Ink::Quiet);
        }
    }
}

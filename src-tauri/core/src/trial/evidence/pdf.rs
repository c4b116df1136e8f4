//! The laid-out pages as a PDF with the bundled fonts.

use std::{io::Write, path::Path};

use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    image::Image,
    metadata::Metadata,
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    text::{Font, TextDirection},
};

use super::{
    Record, Shown, free, layout,
    sheet::{HEIGHT, Ink, Mark, WIDTH},
};
use crate::{
    error::{Error, Result},
    font::{self, Span},
    job::Job,
    out,
};

struct Fonts {
    regular: Font,
    bold: Font,
    emoji: Font,
}

/// Writes the PDF; it is there as a whole or not at all. Answers with its pages.
pub(super) fn write(record: &Record, shown: Vec<Option<Shown>>, out: &Path, job: &Job) -> Result<u32> {
    let sizes: Vec<_> = shown
        .iter()
        .map(|shown| shown.as_ref().map(|shown| (shown.width, shown.height)))
        .collect();
    let pages = layout::pages(record, &sizes);
    let bytes = draw(record, &pages, shown, job)?;
    let failed = |e| Error::io(out, e);
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(parent).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".caoben-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(parent).map_err(failed)?;
    file.write_all(&bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    free(out)?;
    file.persist_noclobber(out).map_err(|e| failed(e.error))?;
    out::last(out)?;
    Ok(u32::try_from(pages.len()).unwrap_or(u32::MAX))
}

fn draw(record: &Record, pages: &[Vec<Mark>], shown: Vec<Option<Shown>>, job: &Job) -> Result<Vec<u8>> {
    let font = |bytes: &'static [u8]| {
        Font::new(bytes.into(), 0).ok_or_else(|| Error::internal("自带的字体读不出来，没有写证据。"))
    };
    let fonts = Fonts {
        regular: font(font::REGULAR)?,
        bold: font(font::BOLD)?,
        emoji: font(font::EMOJI)?,
    };
    let images: Vec<Option<Image>> = shown
        .into_iter()
        .map(|shown| shown.and_then(|shown| Image::from_jpeg(shown.jpeg.into(), true).ok()))
        .collect();
    let mut document = Document::new();
    // No time of making: the same trial gives the same bytes.
    document.set_metadata(
        Metadata::new()
            .title(format!("{} 试用记录", record.title))
            .language("zh-CN".to_owned())
            .creator("草本".to_owned()),
    );
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Error::internal("页面尺寸不对。"))?;
    for marks in pages {
        job.check()?;
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        for mark in marks {
            put(&mut surface, mark, &fonts, &images);
        }
        surface.finish();
        page.finish();
    }
    document
        .finish()
        .map_err(|e| Error::internal(format!("PDF 没有写成：{e:?}。")))
}

fn put(surface: &mut Surface<'_>, mark: &Mark, fonts: &Fonts, images: &[Option<Image>]) {
    match mark {
        Mark::Text {
            x,
            y,
            size,
            ink,
            line,
        } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*ink)));
            write_line(surface, *x, *y, *size, line, fonts);
        }
        Mark::Panel {
            x,
            y,
            width,
            height,
            ink,
        } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*ink)));
                surface.draw_path(&path);
            }
        }
        Mark::Stroke { points, width, ink } => {
            let mut path = PathBuilder::new();
            for (nth, (x, y)) in points.iter().enumerate() {
                if nth == 0 {
                    path.move_to(*x, *y);
                } else {
                    path.line_to(*x, *y);
                }
            }
            if let Some(path) = path.finish() {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: colour(*ink).into(),
                    width: *width,
                    ..Stroke::default()
                }));
                surface.draw_path(&path);
            }
        }
        Mark::Picture {
            nth,
            x,
            y,
            width,
            height,
        } => {
            let image = images.get(*nth).cloned().flatten();
            if let (Some(image), Some(size)) = (image, Size::from_wh(*width, *height)) {
                surface.push_transform(&Transform::from_translate(*x, *y));
                surface.draw_image(image, size);
                surface.pop();
            }
        }
    }
}

fn write_line(surface: &mut Surface<'_>, x: f32, y: f32, size: f32, line: &[Span], fonts: &Fonts) {
    let mut x = x;
    for span in line {
        for (stretch, colour) in font::stretches(&span.text) {
            let font = match (colour, span.bold) {
                (true, _) => &fonts.emoji,
                (false, true) => &fonts.bold,
                (false, false) => &fonts.regular,
            };
            surface.draw_text(
                Point::from_xy(x, y),
                font.clone(),
                size,
                &stretch,
                false,
                TextDirection::LeftToRight,
            );
            x += font::measure(&stretch, span.bold, f64::from(size)) as f32;
        }
    }
}

fn fill(ink: Ink) -> Fill {
    Fill {
        paint: colour(ink).into(),
        ..Fill::default()
    }
}

fn colour(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Black => rgb::Color::new(34, 38, 34),
        Ink::Quiet => rgb::Color::new(96, 102, 96),
        Ink::Faint => rgb::Color::new(150, 156, 150),
        Ink::Sprout => rgb::Color::new(52, 120, 78),
        Ink::Persimmon => rgb::Color::new(186, 84, 30),
        Ink::Paper => rgb::Color::new(244, 243, 238),
    }
}

//! From a document to pictures: look the photos up, lay the pages out, fetch no more pixels than needed, draw.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    Kind, Note, NoteKind, Place, Preview, Rendered, Spec,
    canvas::{Area, Canvas, Picture, View},
    card,
    colour::{Colour, INK},
    cover, grid, long, pair, template,
    template::Template,
};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    font,
    photo::{self, Fit, Photo, Size},
    retouch,
    value::Id,
};

/// JPEG quality of what is kept: letters stay sharp.
const QUALITY: u8 = 92;
/// JPEG quality of what is only looked at.
const PREVIEW_QUALITY: u8 = 82;
/// Most letters a text may have.
const LETTERS: usize = 20_000;
/// Most pages a text may fill.
const PAGES: usize = 100;
/// What 小红书 takes in one note (help centre, read 2026-11-22).
const NOTE_PAGES: usize = 18;

/// Where a photo stands on a page.
pub(super) struct Frame {
    pub slot: usize,
    pub area: Area,
    pub radius: f64,
}

/// What is drawn over the pictures.
pub(super) enum Over {
    Svg(String),
    /// It depends on what the pictures look like.
    Seen(Box<dyn FnOnce(&Canvas) -> String + Send>),
}

/// A page as it is laid out.
pub(super) struct Leaf {
    pub width: f64,
    pub height: f64,
    pub ground: Colour,
    pub frames: Vec<Frame>,
    pub over: Over,
}

/// The photos of a document as they are now, and what there is to say.
pub(super) struct Shown {
    photos: Vec<Option<(Photo, f64)>>,
    notes: Vec<Note>,
    letters: Vec<String>,
}

impl Shown {
    pub fn photo(&self, slot: usize) -> Option<&Photo> {
        self.photos.get(slot)?.as_ref().map(|(photo, _)| photo)
    }

    /// Width by height, as it is seen.
    pub fn ratio(&self, slot: usize) -> Option<f64> {
        self.photos.get(slot)?.as_ref().map(|(_, ratio)| *ratio)
    }

    /// The drawable part of a text; the rest is remembered for a note.
    pub fn plain(&mut self, text: &str) -> String {
        let (text, missing) = font::plain(text);
        for letter in missing {
            if !self.letters.contains(&letter) {
                self.letters.push(letter);
            }
        }
        text
    }

    pub fn note(&mut self, kind: NoteKind, slots: &[usize], what: &str, message: String) {
        let slots = slots
            .iter()
            .filter_map(|slot| u32::try_from(*slot).ok())
            .collect();
        self.notes.push(Note {
            kind,
            slots,
            what: what.to_owned(),
            message,
        });
    }

    pub fn cut(&mut self) {
        self.note(
            NoteKind::Cut,
            &[],
            "",
            "文字放不下，末尾没有画出来，请写短一些。".to_owned(),
        );
    }
}

/// Every page at full size. What keeps a picture from being whole is in the notes; its place is then drawn empty.
///
/// # Errors
/// `Invalid` for an unknown template or a text too long.
pub async fn render(db: &Db, spec: &Spec) -> Result<Rendered> {
    let (leaves, mut shown) = lay_out(db, spec).await?;
    let mut pages = Vec::new();
    for leaf in leaves {
        pages.push(page(db, spec, &mut shown, leaf, 1.0, QUALITY).await?);
    }
    Ok(Rendered {
        pages,
        notes: shown.notes,
    })
}

/// One page, `width` pixels across; a page that is not there shows the last one.
///
/// # Errors
/// As [`render`].
pub async fn preview(db: &Db, spec: &Spec, nth: u32, width: u32) -> Result<Preview> {
    let (mut leaves, mut shown) = lay_out(db, spec).await?;
    let pages = leaves.len();
    let at = (nth as usize).min(pages.saturating_sub(1));
    if at >= pages {
        return Err(Error::internal("拼图没有页面。"));
    }
    let leaf = leaves.swap_remove(at);
    let (whole, tall) = (leaf.width, leaf.height);
    let places = leaf
        .frames
        .iter()
        .map(|frame| place(spec, &shown, frame, &leaf))
        .collect();
    // A long picture is looked at from afar.
    let scale = (f64::from(width.clamp(48, 2000)) / whole)
        .min(1.0)
        .min(6000.0 / tall);
    let jpeg = page(db, spec, &mut shown, leaf, scale, PREVIEW_QUALITY).await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Preview {
        picture: format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg)),
        width: whole as u32,
        height: tall as u32,
        page: count(at),
        pages: count(pages),
        places,
        notes: shown.notes,
    })
}

async fn lay_out(db: &Db, spec: &Spec) -> Result<(Vec<Leaf>, Shown)> {
    let template = template::find(spec)?;
    let texts = [&spec.title, &spec.subtitle, &spec.body, &spec.footer]
        .into_iter()
        .chain(spec.slots.iter().map(|slot| &slot.text));
    let letters: usize = texts.map(|text| text.chars().count()).sum();
    if letters > LETTERS {
        return Err(Error::invalid(
            "body",
            format!("文字有 {letters} 字，一份拼图最多 {LETTERS} 字。请分成几份，这份没有改动。"),
        ));
    }
    let mut shown = look_up(db, spec, template).await?;
    let leaves = match template.kind {
        Some(Kind::Pair) => vec![pair::leaf(template, spec, &mut shown)],
        Some(Kind::Long) => long::leaves(template, spec, &mut shown),
        Some(Kind::Card) => card::leaves(template, spec, &mut shown),
        Some(Kind::Cover) => vec![cover::leaf(template, spec, &mut shown)],
        Some(Kind::Grid) | None => vec![grid::leaf(template, spec, &mut shown)],
    };
    if leaves.len() > PAGES {
        return Err(Error::invalid(
            "body",
            format!(
                "这些文字要 {} 页，一份最多 {PAGES} 页。请分成几份，这份没有改动。",
                leaves.len()
            ),
        ));
    }
    if leaves.len() > NOTE_PAGES {
        let count = leaves.len();
        let message = format!("一共 {count} 页，小红书一篇笔记最多放 {NOTE_PAGES} 张。");
        shown.note(NoteKind::Pages, &[], &count.to_string(), message);
    }
    for leaf in &leaves {
        for frame in &leaf.frames {
            coarse(spec, &mut shown, frame);
        }
    }
    if !shown.letters.is_empty() {
        let letters = shown.letters.join(" ");
        shown.note(
            NoteKind::Letters,
            &[],
            &letters,
            format!("字体里没有这些字，图上没有画：{letters}"),
        );
    }
    Ok((leaves, shown))
}

/// The photos of the places, as they are now.
async fn look_up(db: &Db, spec: &Spec, template: &Template) -> Result<Shown> {
    let (least, most) = template.photos();
    let mut shown = Shown {
        photos: Vec::new(),
        notes: Vec::new(),
        letters: Vec::new(),
    };
    let (mut empty, mut gone, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    let slots = spec.slots.iter().map(Some).chain(std::iter::repeat(None));
    let count = if template.kind == Some(Kind::Long) {
        spec.slots.len().min(most as usize)
    } else {
        most as usize
    };
    for (nth, slot) in slots.take(count).enumerate() {
        let wanted = nth < least as usize
            || slot.is_some_and(|slot| template.kind == Some(Kind::Long) && slot.text.trim().is_empty());
        let seen = match slot.and_then(|slot| slot.photo) {
            None => {
                if wanted {
                    empty.push(nth);
                }
                None
            }
            Some(id) => match photo::get(db, id).await {
                Ok(photo) if photo.trashed_at.is_none() => {
                    let ratio = ratio(db, id).await;
                    if ratio.is_none() {
                        unreadable.push(nth);
                    }
                    ratio.map(|ratio| (photo, ratio))
                }
                Err(error) if error.code != Code::NotFound => return Err(error),
                _ => {
                    gone.push(nth);
                    None
                }
            },
        };
        shown.photos.push(seen);
    }
    let extra: Vec<usize> = (count..spec.slots.len())
        .filter(|nth| spec.slots.get(*nth).is_some_and(|slot| slot.photo.is_some()))
        .collect();
    if !empty.is_empty() {
        shown.note(
            NoteKind::Empty,
            &empty,
            &empty.len().to_string(),
            format!("还差 {} 张照片。", empty.len()),
        );
    }
    if !gone.is_empty() {
        shown.note(
            NoteKind::Gone,
            &gone,
            "",
            format!("{}已经不在素材里，请换一张。", nths(&gone)),
        );
    }
    if !unreadable.is_empty() {
        shown.note(
            NoteKind::Unreadable,
            &unreadable,
            "",
            format!("{}打不开，请换一张。", nths(&unreadable)),
        );
    }
    if !extra.is_empty() {
        shown.note(
            NoteKind::Extra,
            &extra,
            &extra.len().to_string(),
            format!("这个版式放 {most} 张，后面 {} 张没有放进去。", extra.len()),
        );
    }
    Ok(shown)
}

fn nths(slots: &[usize]) -> String {
    let list: Vec<String> = slots.iter().map(|slot| (slot + 1).to_string()).collect();
    format!("第 {} 张", list.join("、"))
}

/// The shape of a photo as it is seen, edits and all.
async fn ratio(db: &Db, id: Id) -> Option<f64> {
    let bytes = look(db, id, Size::Thumb).await.ok()?;
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    (width > 0 && height > 0).then(|| f64::from(width) / f64::from(height))
}

/// What is seen in a frame.
fn view(spec: &Spec, shown: &Shown, slot: usize) -> View {
    let asked = spec.slots.get(slot);
    let photo = shown.photo(slot);
    let share = |asked: Option<f64>, own: Option<f64>| {
        asked
            .or(own)
            .filter(|at| at.is_finite())
            .unwrap_or(0.5)
            .clamp(0.0, 1.0)
    };
    let zoom = asked.map_or(1.0, |slot| slot.zoom);
    View {
        x: share(asked.and_then(|slot| slot.x), photo.map(|photo| photo.focus_x)),
        y: share(asked.and_then(|slot| slot.y), photo.map(|photo| photo.focus_y)),
        zoom: if zoom.is_finite() {
            zoom.clamp(1.0, 4.0)
        } else {
            1.0
        },
    }
}

fn place(spec: &Spec, shown: &Shown, frame: &Frame, leaf: &Leaf) -> Place {
    let (area, view) = (frame.area, view(spec, shown, frame.slot));
    Place {
        slot: u32::try_from(frame.slot).unwrap_or(0),
        x: area.x / leaf.width,
        y: area.y / leaf.height,
        width: area.width / leaf.width,
        height: area.height / leaf.height,
        ratio: shown.ratio(frame.slot).unwrap_or(1.0),
        focus_x: view.x,
        focus_y: view.y,
    }
}

/// How wide a whole photo is where it fills a frame.
fn whole_width(ratio: f64, frame: &Frame, view: View) -> f64 {
    frame.area.width.max(frame.area.height * ratio) * view.zoom
}

/// Says when a place needs over half as many pixels again as the photo has.
fn coarse(spec: &Spec, shown: &mut Shown, frame: &Frame) {
    let Some((photo, ratio)) = shown.photos.get(frame.slot).and_then(Option::as_ref) else {
        return;
    };
    let needed = whole_width(*ratio, frame, view(spec, shown, frame.slot));
    if photo.width > 0 && needed > photo.width as f64 * 1.5 {
        shown.note(
            NoteKind::Soft,
            &[frame.slot],
            "",
            format!("第 {} 张像素不够，放大后会糊。", frame.slot + 1),
        );
    }
}

/// Draws one page to JPEG.
async fn page(
    db: &Db,
    spec: &Spec,
    shown: &mut Shown,
    leaf: Leaf,
    scale: f64,
    quality: u8,
) -> Result<Vec<u8>> {
    let mut laid = Vec::new();
    for frame in leaf.frames {
        let view = view(spec, shown, frame.slot);
        let mut bytes = None;
        if let Some((photo, ratio)) = shown.photos.get(frame.slot).and_then(Option::as_ref) {
            let width = whole_width(*ratio, &frame, view) * scale;
            bytes = fetch(db, photo.id, width, width / ratio, scale < 1.0).await.ok();
            if bytes.is_none() {
                let slot = frame.slot;
                shown.note(
                    NoteKind::Unreadable,
                    &[slot],
                    "",
                    format!("{}打不开，请换一张。", nths(&[slot])),
                );
            }
        }
        laid.push((frame, view, bytes));
    }
    // What is put together of AI-made pictures says so too.
    let label = laid
        .iter()
        .find_map(|(.., bytes)| caoben_picture::label(bytes.as_deref()?).ok().flatten());
    let (width, height, ground, over) = (leaf.width, leaf.height, leaf.ground, leaf.over);
    let drawn = tokio::task::spawn_blocking(move || {
        let mut canvas = Canvas::new(width, height, scale, ground)?;
        for (frame, view, bytes) in laid {
            match bytes.as_deref().and_then(Picture::decode) {
                Some(picture) => canvas.picture(&picture, frame.area, frame.radius, view)?,
                None => canvas.svg(&hole(frame.area, frame.radius, ground))?,
            }
        }
        let svg = match over {
            Over::Svg(svg) => svg,
            Over::Seen(draw) => draw(&canvas),
        };
        canvas.svg(&svg)?;
        Ok(caoben_picture::labelled(canvas.jpeg(quality)?, label.as_ref()))
    });
    drawn
        .await
        .map_err(|e| Error::internal("拼图没有画完，照片都没有动。").because(e))?
}

/// A place that waits for its photo.
fn hole(area: Area, radius: f64, ground: Colour) -> String {
    let (fill, line) = (ground.mix(INK, 0.08).hex(), ground.mix(ground.ink(), 0.35).hex());
    let (cx, cy) = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    format!(
        r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{radius}" fill="{fill}"/><path d="M{cx} {}V{}M{} {cy}H{}" stroke="{line}" stroke-width="6" stroke-linecap="round"/>"#,
        area.x,
        area.y,
        area.width,
        area.height,
        cy - 30.0,
        cy + 30.0,
        cx - 30.0,
        cx + 30.0
    )
}

/// The edited photo about as large as asked, as JPEG; `quick` is satisfied with what lies ready.
async fn fetch(db: &Db, id: Id, width: f64, height: f64, quick: bool) -> Result<Vec<u8>> {
    if quick {
        let size = if width.max(height) <= 560.0 {
            Size::Thumb
        } else {
            Size::Preview
        };
        return look(db, id, size).await;
    }
    let side = |length: f64| Some(length.ceil().clamp(1.0, 20_000.0) as u32);
    let frame = photo::Frame {
        width: side(width),
        height: side(height),
        fit: Fit::Inside,
    };
    retouch::render(db, id, frame, None).await
}

/// One of the sizes that lie ready.
async fn look(db: &Db, id: Id, size: Size) -> Result<Vec<u8>> {
    Ok(retouch::read(db, id, size, None).await?.0)
}

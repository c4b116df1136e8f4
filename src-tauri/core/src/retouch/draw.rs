//! Edited pictures: for the window, for the editor, for the world.

use std::path::Path;

use caoben_picture::{self as picture, probe};

use super::{
    Edits,
    history::{certain, present},
    overlay,
    set::{DRAWN, editable},
};
use crate::{
    db::Db,
    error::{Error, Result},
    out,
    photo::{self, Frame, Photo, Size},
    value::Id,
};

/// JPEG quality of what the window shows.
const SHOWN_QUALITY: u8 = 85;
/// Longest side of a thumbnail and of a preview, in pixels: those of the photos themselves.
const SIDES: (u32, u32) = (picture::THUMBNAIL_SIDE, 1600);

/// JPEG bytes for the world, edited as the channel gets it: sRGB, upright, no EXIF, no GPS, no name. Same photo, edits and frame, same
/// bytes. A photo without edits takes the way of [`photo::render`].
///
/// # Errors
/// `NotFound` for an unknown photo, `Unreadable` when its file is gone or damaged or its edits cannot be read, `Invalid` for an
/// impossible frame.
pub async fn render(db: &Db, id: Id, frame: Frame, channel: Option<Id>) -> Result<Vec<u8>> {
    let edits = certain(db, id, channel).await?;
    if edits.is_none() {
        return photo::render(db, id, frame).await;
    }
    let photo = editable(photo::get(db, id).await?)?;
    let frame = photo::wanted(&photo, frame);
    draw(db, &photo, edits, frame, true).await
}

/// Writes [`render`] to a file.
///
/// # Errors
/// As [`render`], and `Invalid` for a name of another kind of picture or a place inside a workspace, `Conflict` where something lies
/// that was not written here.
pub async fn export(db: &Db, id: Id, frame: Frame, channel: Option<Id>, out: &Path) -> Result<()> {
    must_be_jpeg(out)?;
    out::must_be_free(out, out::Kind::Jpeg)?;
    let bytes = render(db, id, frame, channel).await?;
    let to = out.to_owned();
    photo::aside(move || out::write(&to, &bytes, out::Kind::Jpeg)).await
}

/// Refuses a name that promises something else than JPEG.
pub(crate) fn must_be_jpeg(out: &Path) -> Result<()> {
    let ending = out.extension().unwrap_or_default().to_ascii_lowercase();
    if ending == "jpg" || ending == "jpeg" {
        return Ok(());
    }
    let shown = out.display();
    let reason = format!("导出的是 JPEG，「{shown}」要以 .jpg 或 .jpeg 结尾；没有导出，请换个文件名。");
    Err(Error::invalid("out", reason))
}

/// The bytes and media type of one size of a photo as it is shown: edited, but for the original. What was drawn is kept.
///
/// # Errors
/// As [`photo::read`]. A photo whose edits cannot be read is shown as it came.
pub async fn read(db: &Db, id: Id, size: Size, channel: Option<Id>) -> Result<(Vec<u8>, &'static str)> {
    let edits = present(db, id, channel).await?.unwrap_or_default();
    let side = match size {
        Size::Original => return photo::read(db, id, size).await,
        _ if edits.is_none() => return photo::read(db, id, size).await,
        Size::Thumb => SIDES.0,
        Size::Preview => SIDES.1,
    };
    let photo = photo::get(db, id).await?;
    let mark = blake3::hash(edits.text()?.as_bytes()).to_hex();
    let name = format!(
        "{}-{}-{side}.jpg",
        photo::in_shelf(&photo.hash),
        mark.get(..16).unwrap_or_default()
    );
    let kept = db.path(DRAWN).join(&name);
    let (there, of) = (kept.clone(), name.clone());
    if let Some(bytes) = photo::aside(move || Ok(photo::read_made(&there, &of))).await? {
        return Ok((bytes, "image/jpeg"));
    }
    let made = draw(db, &photo, edits, shown(side), false).await?;
    let made = photo::aside(move || {
        // A full disk does not keep the picture from being seen.
        let _ = photo::write_made(&kept, &made, &name);
        Ok(made)
    });
    Ok((made.await?, "image/jpeg"))
}

/// A picture with edits that are not kept yet, no side longer than `side`: what the editor shows.
///
/// # Errors
/// As [`super::set`] and [`render`].
pub async fn draft(db: &Db, id: Id, edits: Edits, side: u32) -> Result<Vec<u8>> {
    let photo = editable(photo::get(db, id).await?)?;
    draw(db, &photo, edits.normal()?, shown(side.clamp(16, 4096)), false).await
}

fn shown(side: u32) -> picture::Frame {
    picture::Frame {
        width: side,
        height: side,
        fit: picture::Fit::Inside,
        quality: SHOWN_QUALITY,
    }
}

/// What goes out is made only of an original that is still what came; what is shown may be of a damaged one.
async fn draw(
    db: &Db,
    photo: &Photo,
    edits: Edits,
    frame: picture::Frame,
    goes_out: bool,
) -> Result<Vec<u8>> {
    let (file, photo) = (db.path(photo::original(photo)), photo.clone());
    photo::aside(move || {
        let bytes = photo::open(&file)?;
        if goes_out {
            photo::must_be_sound(&bytes, &photo)?;
        }
        let facts = probe(&bytes).map_err(photo::damaged)?;
        let over = |layout: &picture::edit::Layout| overlay::overlay(layout, &edits);
        picture::edit::export(&bytes, &facts, &frame, &edits.picture(), &over).map_err(photo::damaged)
    })
    .await
}

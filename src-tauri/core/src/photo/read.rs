//! Pictures out: for the window, and for the world.

use std::path::Path;

use caoben_picture::{self as picture, THUMBNAIL_QUALITY, THUMBNAIL_SIDE, probe};

use super::{Fit, Frame, Photo, Size, file, file::Stored, list::get};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    value::Id,
};

/// Longest side of a preview, in pixels.
const PREVIEW_SIDE: u32 = 1600;
/// JPEG quality of what goes out: where a phone shows no difference any more.
const EXPORT_QUALITY: u8 = 88;
/// Longest side a JPEG may have: no limit for a side that was not asked for.
const ANY: u32 = 65_500;

/// The bytes and media type of one size of a photo. A size that is not there is made from the original and kept.
///
/// # Errors
/// `NotFound` for an unknown photo, `Unreadable` when its file is gone or damaged.
pub async fn read(db: &Db, id: Id, size: Size) -> Result<(Vec<u8>, &'static str)> {
    let stored = stored(get(db, id).await?);
    let folder = db.folder().to_owned();
    file::aside(move || {
        let original = folder.join(stored.original());
        let (small, side) = match size {
            Size::Original => return Ok((open(&original)?, stored.media_type())),
            Size::Thumb => (folder.join(stored.thumb()), THUMBNAIL_SIDE),
            Size::Preview => (folder.join(stored.preview()), PREVIEW_SIDE),
        };
        if let Ok(bytes) = std::fs::read(&small) {
            return Ok((bytes, "image/jpeg"));
        }
        let bytes = open(&original)?;
        let facts = probe(&bytes).map_err(damaged)?;
        let made = picture::thumbnail(&bytes, &facts, side, THUMBNAIL_QUALITY).map_err(damaged)?;
        // A full disk does not keep the picture from being seen.
        let _ = file::write(&small, &made, false);
        Ok((made, "image/jpeg"))
    })
    .await
}

/// JPEG bytes for the world: sRGB, upright, no EXIF, no GPS, no name. Same photo, same frame, same bytes.
///
/// # Errors
/// `NotFound` for an unknown photo, `Unreadable` when its file is gone or damaged, `Invalid` for an impossible frame.
pub async fn render(db: &Db, id: Id, frame: Frame) -> Result<Vec<u8>> {
    let photo = get(db, id).await?;
    let frame = wanted(&photo, frame);
    let original = db.path(stored(photo).original());
    file::aside(move || {
        let bytes = open(&original)?;
        let facts = probe(&bytes).map_err(damaged)?;
        picture::export(&bytes, &facts, &frame).map_err(|e| match e {
            picture::PictureError::BadFrame { .. } => Error::invalid("frame", e.to_string()),
            _ => damaged(e),
        })
    })
    .await
}

/// Writes `render` to a file.
pub async fn export(db: &Db, id: Id, frame: Frame, out: &Path) -> Result<()> {
    let bytes = render(db, id, frame).await?;
    let out = out.to_owned();
    file::aside(move || file::write(&out, &bytes, false)).await
}

/// The frame in pixels. One side alone leaves the other free; no side means the picture's own size.
pub(crate) fn wanted(photo: &Photo, frame: Frame) -> picture::Frame {
    let fit = match frame.fit {
        Fit::Crop => picture::Fit::Crop {
            focus_x: photo.focus_x,
            focus_y: photo.focus_y,
        },
        Fit::Pad => picture::Fit::Pad { rgb: [255; 3] },
        Fit::Inside => picture::Fit::Inside,
    };
    let (width, height, fit) = match (frame.width, frame.height) {
        (Some(width), Some(height)) => (width, height, fit),
        (width, height) => (width.unwrap_or(ANY), height.unwrap_or(ANY), picture::Fit::Inside),
    };
    picture::Frame {
        width,
        height,
        fit,
        quality: EXPORT_QUALITY,
    }
}

fn stored(photo: Photo) -> Stored {
    Stored {
        hash: photo.hash,
        format: photo.format,
    }
}

/// Where the file of a photo lies inside the workspace.
pub(crate) fn original(photo: &Photo) -> String {
    Stored {
        hash: photo.hash.clone(),
        format: photo.format.clone(),
    }
    .original()
}

/// A file of the library, whole.
pub(crate) fn open(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| Error::io(path, e))
}

/// A file that is there but is no picture any more.
#[allow(clippy::needless_pass_by_value)]
pub(crate) fn damaged(error: picture::PictureError) -> Error {
    Error::new(Code::Unreadable, format!("素材文件打不开：{error}")).because(error)
}

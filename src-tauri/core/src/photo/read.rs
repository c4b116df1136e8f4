//! Pictures out: for the window, and for the world.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use caoben_picture::{self as picture, THUMBNAIL_QUALITY, THUMBNAIL_SIDE, probe};

use super::{
    Fit, Frame, Kind, Photo, Size, file, file::Stored, list::get, look::must_be_sound, take::MAX_WHOLE,
};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    value::Id,
};

/// Longest side of a preview, in pixels.
pub(super) const PREVIEW_SIDE: u32 = 1600;
/// JPEG quality of what goes out: where a phone shows no difference any more.
const EXPORT_QUALITY: u8 = 88;
/// Longest side a JPEG may have: no limit for a side that was not asked for.
const ANY: u32 = 65_500;

/// The bytes and media type of one size of a photo. A size that is not there is made from the original and kept.
///
/// # Errors
/// `NotFound` for an unknown photo, `Unreadable` when its file is gone or damaged.
pub async fn read(db: &Db, id: Id, size: Size) -> Result<(Vec<u8>, &'static str)> {
    let photo = get(db, id).await?;
    let kind = photo.kind;
    if kind == Kind::File && size != Size::Original {
        return Err(Error::new(Code::Unreadable, photo.unread));
    }
    if size == Size::Original && u64::try_from(photo.bytes).is_ok_and(|bytes| bytes > MAX_WHOLE) {
        return Err(Error::new(
            Code::Unreadable,
            format!("素材 {id} 的原文件太大，不在窗口里打开；它原样存在工作区的 photos 文件夹里。"),
        ));
    }
    // No preview of what is no larger than its thumbnail.
    let small = u32::try_from(photo.width.max(photo.height)).is_ok_and(|side| side <= THUMBNAIL_SIDE);
    let stored = stored(photo);
    let folder = db.folder().to_owned();
    file::aside(move || {
        let original = folder.join(stored.original());
        let (made, side) = match size {
            Size::Original => return Ok((open(&original)?, stored.media_type())),
            Size::Preview if kind == Kind::Picture && !small => (folder.join(stored.preview()), PREVIEW_SIDE),
            // A clip has its poster, which is a thumbnail.
            Size::Preview | Size::Thumb => (folder.join(stored.thumb()), THUMBNAIL_SIDE),
        };
        if let Some(bytes) = file::read_made(&made, &stored.hash) {
            return Ok((bytes, "image/jpeg"));
        }
        let bytes = make(&original, kind, side)?;
        // A full disk does not keep the picture from being seen.
        let _ = file::write_made(&made, &bytes, &stored.hash);
        Ok((bytes, "image/jpeg"))
    })
    .await
}

/// The thumbnail as it lies there, else made again and kept.
pub(super) fn thumb(folder: &Path, stored: &Stored) -> Result<Vec<u8>> {
    let path = folder.join(stored.thumb());
    if let Some(jpeg) = file::read_made(&path, &stored.hash) {
        return Ok(jpeg);
    }
    let jpeg = make_thumb(folder, stored, Kind::Picture)?;
    let _ = file::write_made(&path, &jpeg, &stored.hash);
    Ok(jpeg)
}

/// Makes the thumbnail of an original.
pub(super) fn make_thumb(folder: &Path, stored: &Stored, kind: Kind) -> Result<Vec<u8>> {
    make(&folder.join(stored.original()), kind, THUMBNAIL_SIDE)
}

fn make(original: &Path, kind: Kind, side: u32) -> Result<Vec<u8>> {
    if kind == Kind::Clip {
        return poster(original);
    }
    let bytes = open(original)?;
    let facts = probe(&bytes).map_err(damaged)?;
    picture::thumbnail(&bytes, &facts, side, THUMBNAIL_QUALITY).map_err(damaged)
}

/// Up to `most` bytes of the original file from byte `from` on, however large it is, and its media type: what a player asks for.
///
/// # Errors
/// `NotFound` for an unknown photo, `Unreadable` when its file is gone.
pub async fn part(db: &Db, id: Id, from: u64, most: u64) -> Result<(Vec<u8>, &'static str)> {
    let stored = stored(get(db, id).await?);
    let original = db.path(stored.original());
    file::aside(move || {
        let mut bytes = Vec::new();
        let read = File::open(&original).and_then(|mut file| {
            file.seek(SeekFrom::Start(from))?;
            file.take(most).read_to_end(&mut bytes)
        });
        read.map_err(|e| Error::io(&original, e))?;
        Ok((bytes, stored.media_type()))
    })
    .await
}

/// The picture a clip is shown by.
fn poster(original: &Path) -> Result<Vec<u8>> {
    let mut file = File::open(original).map_err(|e| Error::io(original, e))?;
    picture::clip::poster(&mut file)
        .map_err(damaged)?
        .ok_or_else(|| Error::new(Code::Unreadable, "这段视频没有可以当封面的画面。"))
}

/// JPEG bytes for the world: sRGB, upright, no EXIF, no GPS, no name; a label of AI-made content stays. Same photo, same frame, same bytes.
///
/// # Errors
/// `NotFound` for an unknown photo, `Unreadable` when its file is gone, damaged or not what came, `Invalid` for an impossible frame.
pub async fn render(db: &Db, id: Id, frame: Frame) -> Result<Vec<u8>> {
    let photo = get(db, id).await?;
    if photo.kind != Kind::Picture {
        return Err(Error::invalid(
            "photo",
            format!("素材 {id} 不是图片，不能当图片用；请换一张照片。"),
        ));
    }
    let frame = wanted(&photo, frame);
    let original = db.path(original(&photo));
    file::aside(move || {
        let bytes = open(&original)?;
        must_be_sound(&bytes, &photo)?;
        let facts = probe(&bytes).map_err(damaged)?;
        picture::export(&bytes, &facts, &frame).map_err(|e| match e {
            picture::PictureError::BadFrame { .. } => Error::invalid("frame", e.to_string()),
            _ => damaged(e),
        })
    })
    .await
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

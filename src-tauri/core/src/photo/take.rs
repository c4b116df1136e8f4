//! One file on its way in: read once, told by content, looked at, put away.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use caoben_picture::{Facts, THUMBNAIL_QUALITY, THUMBNAIL_SIDE, Taken, probe, thumbnail};
use jiff::{civil, tz};
use serde_json::{Value, json};

use super::{
    PhotoImport, duplicates,
    file::{self, Stored},
};
use crate::{
    error::{Code, Error, Result},
    value::Id,
};

/// Largest file that is read into memory.
pub(super) const MAX_FILE: u64 = 512 << 20;

/// A file's bytes and what they are called by.
pub(super) struct Loaded {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    pub hash: String,
}

/// Reads a file whole; an error is the reason it is refused with.
pub(super) fn read(path: PathBuf) -> std::result::Result<Loaded, (PathBuf, String)> {
    match bytes(&path) {
        Ok(bytes) => {
            let hash = blake3::hash(&bytes).to_hex().to_string();
            Ok(Loaded { path, bytes, hash })
        }
        Err(reason) => Err((path, reason)),
    }
}

fn bytes(path: &Path) -> std::result::Result<Vec<u8>, String> {
    // A pipe or device would be waited for forever: only plain files are opened.
    let known = path.metadata().map_err(|e| why(&e))?;
    if !known.is_file() {
        return Err("这不是普通文件，没有导入。".to_owned());
    }
    let file = File::open(path).map_err(|e| why(&e))?;
    let size = file.metadata().map_err(|e| why(&e))?.len();
    let mut bytes = Vec::new();
    if size <= MAX_FILE {
        bytes.reserve_exact(usize::try_from(size).unwrap_or(0).saturating_add(1));
        // One byte more than allowed tells a file that grew meanwhile.
        file.take(MAX_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| why(&e))?;
    }
    if size > MAX_FILE || bytes.len() as u64 > MAX_FILE {
        return Err("文件超过 512 MB，没有导入，原文件没有改动；请缩小后再试。".to_owned());
    }
    Ok(bytes)
}

/// Why a file could not be read, for people.
pub(super) fn why(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "文件不见了，可能在导入时被移动或删除；请找到它再导入一次。".to_owned(),
        ErrorKind::PermissionDenied => "没有权限读取这个文件，没有导入；请检查文件权限后再试。".to_owned(),
        _ => format!("读取文件时出错，没有导入；请检查磁盘或重新拷贝一次。（{error}）"),
    }
}

/// A picture that lies in the library and waits for its row.
pub(super) struct Ready {
    pub path: PathBuf,
    pub hash: String,
    /// The row as JSON.
    pub row: Value,
}

/// Why a picture did not go in: its own fault, or one that stops the whole import.
pub(super) enum Refusal {
    File(String),
    Job(Error),
}

/// Looks at a picture, writes the original and its thumbnail, and answers with its row.
pub(super) fn take(folder: &Path, read: Loaded, what: &PhotoImport) -> std::result::Result<Ready, Refusal> {
    let refuse = |e: caoben_picture::PictureError| Refusal::File(e.to_string());
    let Loaded { path, bytes, hash } = read;
    let facts = probe(&bytes).map_err(refuse)?;
    let small = thumbnail(&bytes, &facts, THUMBNAIL_SIDE, THUMBNAIL_QUALITY).map_err(refuse)?;
    let fingerprint = duplicates::fingerprint(&small);
    let stored = Stored {
        hash,
        format: facts.format.name().to_owned(),
    };
    put(&folder.join(stored.original()), &bytes, true).map_err(Refusal::Job)?;
    put(&folder.join(stored.thumb()), &small, false).map_err(Refusal::Job)?;
    let row = row(&facts, &stored, bytes.len(), fingerprint, &path, what);
    Ok(Ready {
        path,
        hash: stored.hash,
        row,
    })
}

/// Puts the files of a photo that has its row already back where they are gone or damaged: somebody has just brought its bytes.
pub(super) fn mend(folder: &Path, stored: &Stored, bytes: &[u8]) -> Result<()> {
    let (thumb, preview) = (folder.join(stored.thumb()), folder.join(stored.preview()));
    let mended = put(&folder.join(stored.original()), bytes, true)?;
    if mended {
        // It may have been made from the damaged file; it is made anew at first sight.
        let _ = std::fs::remove_file(preview);
    }
    if (mended || !thumb.is_file())
        && let Ok(small) =
            probe(bytes).and_then(|facts| thumbnail(bytes, &facts, THUMBNAIL_SIDE, THUMBNAIL_QUALITY))
    {
        put(&thumb, &small, false)?;
    }
    Ok(())
}

/// Writes a file unless just these bytes lie there; answers whether it did.
fn put(to: &Path, bytes: &[u8], lasting: bool) -> Result<bool> {
    let same_length = to.metadata().is_ok_and(|known| known.len() == bytes.len() as u64);
    if same_length && is_same(to, bytes) {
        return Ok(false);
    }
    let written = file::write(to, bytes, lasting).map_err(|e| match e.code {
        Code::DiskFull => Error::new(
            Code::DiskFull,
            "磁盘满了，导入停在这里。已经导入的照片都保留了；请腾出空间后再导入一次，不会重复。",
        )
        .because(e),
        _ => e,
    });
    written.map(|()| true)
}

/// A damaged disk keeps the length of a file: only its content tells.
fn is_same(file: &Path, bytes: &[u8]) -> bool {
    let mut known = blake3::Hasher::new();
    File::open(file).is_ok_and(|file| known.update_reader(file).is_ok())
        && known.finalize() == blake3::hash(bytes)
}

fn row(
    facts: &Facts,
    stored: &Stored,
    bytes: usize,
    fingerprint: Option<i64>,
    path: &Path,
    what: &PhotoImport,
) -> Value {
    let taken = facts.taken_at.and_then(moment);
    let product: Option<Id> = what.product;
    json!({
        "hash": stored.hash,
        "format": stored.format,
        "width": facts.width,
        "height": facts.height,
        "bytes": bytes,
        "orientation": facts.orientation,
        "taken_at": taken,
        "taken_offset": facts.taken_at.and_then(|t| t.offset_minutes),
        "camera": facts.camera.as_deref().unwrap_or_default(),
        "lens": facts.lens.as_deref().unwrap_or_default(),
        "has_gps": i64::from(facts.has_gps),
        "fingerprint": fingerprint,
        "source": what.source,
        "original_name": path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        "product": product,
        "trial": what.trial,
    })
}

/// The instant of a camera's clock, milliseconds UTC; without a noted offset the clock is taken to show this computer's zone.
fn moment(taken: Taken) -> Option<i64> {
    let part = |n: u8| i8::try_from(n).ok();
    let at = civil::DateTime::new(
        i16::try_from(taken.year).ok()?,
        part(taken.month)?,
        part(taken.day)?,
        part(taken.hour)?,
        part(taken.minute)?,
        part(taken.second)?,
        0,
    )
    .ok()?;
    let at = match taken.offset_minutes {
        Some(minutes) => tz::Offset::from_seconds(i32::from(minutes) * 60)
            .ok()?
            .to_timestamp(at)
            .ok()?,
        None => at.to_zoned(tz::TimeZone::system()).ok()?.timestamp(),
    };
    Some(at.as_millisecond())
}

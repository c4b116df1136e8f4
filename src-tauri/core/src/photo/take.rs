//! One file on its way in: read once, told by content, looked at, put away.

use std::{
    fs::{File, Metadata},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use caoben_picture::{
    Facts, Format, Intake, Notes, PictureError, Taken, intake, is_clip, kept, probe, sidecar,
};
use jiff::{civil, tz};
use serde_json::{Value, json};

use super::{
    Kind, PhotoImport,
    file::{self, Stored},
    other,
};
use crate::{
    error::{Code, Error, Result},
    value::Time,
};

/// Largest picture that is read into memory; what is larger is kept without being shown.
pub(super) const MAX_WHOLE: u64 = 160 << 20;
/// First bytes that tell a clip from a picture.
const START: u64 = 64;

/// A file that was opened.
pub(super) enum Loaded {
    /// A picture, in memory, and what it is called by.
    Whole {
        path: PathBuf,
        bytes: Vec<u8>,
        hash: String,
    },
    /// A clip, or too large a picture: it goes in piece by piece.
    Stream { path: PathBuf },
}

/// Opens a file and reads what is small enough whole; an error is the reason it is refused with.
pub(super) fn read(path: PathBuf) -> std::result::Result<Loaded, (PathBuf, String)> {
    match bytes(&path) {
        Ok(Some(bytes)) => {
            let hash = blake3::hash(&bytes).to_hex().to_string();
            Ok(Loaded::Whole { path, bytes, hash })
        }
        Ok(None) => Ok(Loaded::Stream { path }),
        Err(reason) => Err((path, reason)),
    }
}

fn bytes(path: &Path) -> std::result::Result<Option<Vec<u8>>, String> {
    let (mut file, known) = open(path)?;
    let mut bytes = Vec::new();
    (&mut file)
        .take(START)
        .read_to_end(&mut bytes)
        .map_err(|e| why(&e))?;
    if known.len() > MAX_WHOLE || is_clip(&bytes) {
        return Ok(None);
    }
    let rest = known.len().saturating_sub(bytes.len() as u64);
    bytes.reserve_exact(usize::try_from(rest).unwrap_or(0).saturating_add(1));
    // One byte more than there should be tells a file that grows.
    (&mut file)
        .take(rest + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| why(&e))?;
    still(&file, &known, bytes.len() as u64)?;
    Ok(Some(bytes))
}

/// Opens a plain file: a pipe or device would be waited for forever.
pub(super) fn open(path: &Path) -> std::result::Result<(File, Metadata), String> {
    if !path.metadata().map_err(|e| why(&e))?.is_file() {
        return Err("这不是普通文件，没有导入。".to_owned());
    }
    let file = File::open(path).map_err(|e| why(&e))?;
    let known = file.metadata().map_err(|e| why(&e))?;
    Ok((file, known))
}

/// Refuses a file that somebody wrote to while it was read.
pub(super) fn still(file: &File, before: &Metadata, read: u64) -> std::result::Result<(), String> {
    let now = file.metadata().map_err(|e| why(&e))?;
    let same = now.len() == read && before.len() == read && now.modified().ok() == before.modified().ok();
    if same {
        return Ok(());
    }
    Err("文件还在写入或拷贝，没有导入；请等它写完再导入一次。".to_owned())
}

/// Why a file could not be read, for people.
pub(super) fn why(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            "文件不见了：可能被移动或删除，或者存储卡被拔出；找回它再导入一次，已经导入的不会重复。"
                .to_owned()
        }
        ErrorKind::PermissionDenied => "没有权限读取这个文件，没有导入；请检查文件权限后再试。".to_owned(),
        _ => "磁盘或存储卡读不出这个文件，没有导入；请检查磁盘或存储卡，或重新拷贝一次。".to_owned(),
    }
}

/// A file that lies in the library and waits for its row.
pub(super) struct Ready {
    pub path: PathBuf,
    /// Its files: written, and not yet safe from a power cut.
    pub stored: Stored,
    /// The row as JSON.
    pub row: Value,
}

/// Why a file did not go in: its own fault, or one that stops the whole import.
pub(super) enum Refusal {
    File(String),
    /// It is no photo and not meant to be one.
    Stray(String),
    Job(Error),
}

/// How many bytes looking at a picture takes, at most: a progressive JPEG holds its whole spectrum, other decoders the whole picture
/// and its colours twice.
pub(super) fn pixels(bytes: &[u8]) -> u64 {
    probe(bytes).map_or(0, |facts| {
        let each = if facts.format == Format::Jpeg { 3 } else { 6 };
        u64::from(facts.width) * u64::from(facts.height) * each
    })
}

/// Looks at a picture, writes the original and its thumbnail, and answers with its row. A picture that is known by its first bytes
/// and cannot be shown is kept as a file.
pub(super) fn take(
    folder: &Path,
    path: &Path,
    bytes: &[u8],
    hash: String,
    what: &PhotoImport,
) -> std::result::Result<Ready, Refusal> {
    let looked = match intake(bytes) {
        Ok(looked) => looked,
        Err(error) => return keep(folder, path, bytes, hash, error, what),
    };
    let Intake {
        facts,
        thumbnail,
        print,
        short,
    } = looked;
    let stored = Stored {
        hash,
        format: facts.format.name().to_owned(),
    };
    put(&folder.join(stored.original()), bytes, false).map_err(Refusal::Job)?;
    file::write_made(&folder.join(stored.thumb()), &thumbnail, &stored.hash).map_err(Refusal::Job)?;
    let mut row = row(Kind::Picture, &stored, bytes.len() as u64, path, what);
    add(&mut row, told(&facts, path));
    let note = if short { SHORT } else { "" };
    add(&mut row, json!({ "fingerprint": print, "note": note }));
    Ok(ready(path, stored, row))
}

/// What is said of a picture that is all there while its file is not.
const SHORT: &str = "文件末尾少了几个字节，画面完整，已经照常收下；原文件没有改动。";

/// Keeps a file that cannot be shown. What is broken or no picture at all is refused; a broken file of the few formats whose decoders
/// know less than cameras write is kept: it may be whole.
fn keep(
    folder: &Path,
    path: &Path,
    bytes: &[u8],
    hash: String,
    error: PictureError,
    what: &PhotoImport,
) -> std::result::Result<Ready, Refusal> {
    let facts = match (&error, probe(bytes)) {
        (PictureError::Damaged(_), Ok(facts))
            if matches!(
                facts.format,
                Format::Heic | Format::Avif | Format::Tiff | Format::Jxl | Format::Bmp
            ) =>
        {
            Some(facts)
        }
        (PictureError::Unsupported(_), _) => None,
        _ => {
            let unread = other::keeps(path, bytes, &error)?;
            return keep_as(folder, path, bytes, hash, None, unread, what);
        }
    };
    keep_as(folder, path, bytes, hash, facts.as_ref(), error.to_string(), what)
}

fn keep_as(
    folder: &Path,
    path: &Path,
    bytes: &[u8],
    hash: String,
    facts: Option<&Facts>,
    unread: String,
    what: &PhotoImport,
) -> std::result::Result<Ready, Refusal> {
    let stored = Stored {
        hash,
        format: facts.map_or_else(|| extension(path), |facts| facts.format.name().to_owned()),
    };
    put(&folder.join(stored.original()), bytes, false).map_err(Refusal::Job)?;
    let mut row = row(Kind::File, &stored, bytes.len() as u64, path, what);
    match facts {
        Some(facts) => add(&mut row, told(facts, path)),
        None => add(&mut row, noted(kept(bytes), path)),
    }
    add(&mut row, json!({ "unread": unread }));
    Ok(ready(path, stored, row))
}

/// The extension a kept file came with, as the library writes it.
pub(super) fn extension(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let plain: String = extension
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    if plain.is_empty() {
        "bin".to_owned()
    } else {
        plain.to_ascii_lowercase()
    }
}

pub(super) fn ready(path: &Path, stored: Stored, row: Value) -> Ready {
    Ready {
        path: path.to_owned(),
        stored,
        row,
    }
}

/// Puts the files of a photo that has its row already back where they are gone or damaged: somebody has just brought its bytes.
pub(super) fn mend(folder: &Path, stored: &Stored, bytes: &[u8]) -> Result<()> {
    let (thumb, preview) = (folder.join(stored.thumb()), folder.join(stored.preview()));
    let mended = put(&folder.join(stored.original()), bytes, true)?;
    if mended {
        // It may have been made from the damaged file; it is made anew at first sight.
        let _ = std::fs::remove_file(preview);
    }
    if (mended || file::read_made(&thumb, &stored.hash).is_none())
        && let Ok(looked) = intake(bytes)
    {
        file::write_made(&thumb, &looked.thumbnail, &stored.hash)?;
    }
    Ok(())
}

/// Writes a file unless just these bytes lie there; answers whether it did.
pub(super) fn put(to: &Path, bytes: &[u8], lasting: bool) -> Result<bool> {
    let same_length = to.metadata().is_ok_and(|known| known.len() == bytes.len() as u64);
    if same_length && is_same(to, bytes) {
        return Ok(false);
    }
    file::write(to, bytes, lasting).map_err(full).map(|()| true)
}

/// A full disk, said as an import says it.
pub(super) fn full(error: Error) -> Error {
    match error.code {
        Code::DiskFull => Error::new(
            Code::DiskFull,
            "磁盘满了，导入停在这里。已经导入的照片都保留了；请腾出空间后再导入一次，不会重复。回收站在磁盘满的时候也能清空。",
        )
        .because(error),
        _ => error,
    }
}

/// A damaged disk keeps the length of a file: only its content tells.
fn is_same(file: &Path, bytes: &[u8]) -> bool {
    let mut known = blake3::Hasher::new();
    File::open(file).is_ok_and(|file| known.update_reader(file).is_ok())
        && known.finalize() == blake3::hash(bytes)
}

/// What every row says, whatever kind of file it is of.
pub(super) fn row(kind: Kind, stored: &Stored, bytes: u64, path: &Path, what: &PhotoImport) -> Value {
    json!({
        "hash": stored.hash,
        "kind": kind,
        "format": stored.format,
        "bytes": bytes,
        "source": what.source,
        "original_name": path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        "product": what.product,
        "trial": what.trial,
    })
}

/// What a picture's header says, and the file beside it.
fn told(facts: &Facts, path: &Path) -> Value {
    let mut row = noted(facts.notes(), path);
    add(
        &mut row,
        json!({
            "width": facts.width,
            "height": facts.height,
            "moving": i64::from(facts.moving),
            "profile": facts.profile,
            "orientation": facts.orientation,
        }),
    );
    row
}

/// When, with what and whether a place is inside: what the file says, and where it is silent the XMP beside it.
pub(super) fn noted(notes: Notes, path: &Path) -> Value {
    let notes = match beside(path) {
        Some(packet) => notes.or(sidecar(&packet)),
        None => notes,
    };
    let taken = notes.taken_at.and_then(moment);
    json!({
        "taken_at": taken.map(|(at, _)| at),
        "taken_offset": taken.map(|(_, offset)| offset),
        "camera": notes.camera,
        "lens": notes.lens,
        "has_gps": i64::from(notes.has_gps),
    })
}

/// Bytes an XMP file beside a photo may have.
const MAX_SIDECAR: u64 = 4 << 20;

/// The XMP file beside a photo, `a.xmp` or `a.jpg.xmp` for `a.jpg`, as far as there is one.
fn beside(path: &Path) -> Option<Vec<u8>> {
    let whole = |more: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(more);
        PathBuf::from(name)
    };
    let names = [
        path.with_extension("xmp"),
        path.with_extension("XMP"),
        whole(".xmp"),
        whole(".XMP"),
    ];
    names.iter().find_map(|name| {
        let known = name.metadata().ok()?;
        (known.is_file() && known.len() <= MAX_SIDECAR).then(|| std::fs::read(name).ok())?
    })
}

/// How far a camera's clock may be ahead of this computer's: it may show the time of another continent.
const AHEAD: i64 = 36 * 3_600_000;

/// Takes the date off a row whose camera's clock was ahead of the day it came in, and says so.
pub(super) fn not_ahead(row: &mut Value, now: Time) {
    let Some(at) = row
        .get("taken_at")
        .and_then(Value::as_i64)
        .filter(|at| *at > now.0.saturating_add(AHEAD))
    else {
        return;
    };
    let offset = row.get("taken_offset").and_then(Value::as_i64).unwrap_or(0);
    let said = Time(at).rfc3339(offset);
    let day = said.split('T').next().unwrap_or_default();
    let before = row.get("note").and_then(Value::as_str).unwrap_or_default();
    let note = format!("{before}文件里写的拍摄日期 {day} 还没有到，没有当作拍摄时间。");
    add(
        row,
        json!({ "taken_at": null, "taken_offset": null, "note": note }),
    );
}

/// Adds fields to a row.
pub(super) fn add(row: &mut Value, more: Value) {
    if let (Value::Object(row), Value::Object(more)) = (row, more) {
        row.extend(more);
    }
}

/// The instant of a camera's clock, milliseconds UTC, and the offset it is read in, minutes east of UTC. Without a noted offset the
/// clock is taken to show this computer's zone, and that is kept: the day of a photo stays when the computer moves.
pub(super) fn moment(taken: Taken) -> Option<(i64, i64)> {
    let part = |n: u8| i8::try_from(n).ok();
    let clock = civil::DateTime::new(
        i16::try_from(taken.year).ok()?,
        part(taken.month)?,
        part(taken.day)?,
        part(taken.hour)?,
        part(taken.minute)?,
        part(taken.second)?,
        i32::from(taken.millisecond) * 1_000_000,
    )
    .ok()?;
    let minutes = match taken.offset_minutes {
        Some(minutes) => i32::from(minutes),
        None => minutes_of(clock.to_zoned(tz::TimeZone::system()).ok()?.offset()),
    };
    let at = tz::Offset::from_seconds(minutes * 60)
        .ok()?
        .to_timestamp(clock)
        .ok()?;
    Some((at.as_millisecond(), i64::from(minutes)))
}

/// How far east of UTC this computer's zone is at an instant, in minutes.
pub(super) fn here(at: i64) -> i64 {
    let offset = tz::TimeZone::system().to_offset(Time(at).timestamp());
    i64::from(minutes_of(offset))
}

/// Zones of old had seconds as well.
fn minutes_of(offset: tz::Offset) -> i32 {
    offset.seconds().div_euclid(60)
}

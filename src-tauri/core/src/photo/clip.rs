//! A clip, or too large a picture, on its way in: copied and hashed piece by piece, never whole in memory.

use std::{
    io::{ErrorKind, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use caoben_picture::{Notes, PictureError, clip, is_clip, kept, probe};
use serde_json::json;
use tempfile::NamedTempFile;

use super::{
    Kind, PhotoImport,
    desk::Piece,
    file::{self, Stored},
    import::finish,
    other, store,
    take::{self, MAX_WHOLE, Ready, Refusal},
};
use crate::{
    db::Db,
    disk,
    error::{Error, Result},
    job::Job,
};

/// Bytes of one piece.
const PIECE: usize = 1 << 20;
/// First bytes in which a large picture says what it is.
const HEAD: u64 = 1 << 20;

/// What reading a file piece by piece came to.
enum Copied {
    /// Its hash and length; with a copy where one was asked for.
    Whole(String, u64, Option<NamedTempFile>),
    Refused(String),
    /// Somebody stopped the import.
    Left,
}

/// Takes one file in.
///
/// # Errors
/// Those that stop the whole import.
pub(super) async fn take(db: &Db, path: PathBuf, what: Arc<PhotoImport>, job: &Job) -> Result<Piece> {
    let size = tokio::fs::metadata(&path).await.map_or(0, |known| known.len());
    // A file as long as one that is here is most likely that one: to find out, nothing need be copied.
    let mut copied = None;
    if store::has_size(db.read(), size).await? {
        match run(db, &path, false, job).await? {
            Copied::Whole(hash, ..) => {
                if let Some(piece) = known(db, &path, &hash).await? {
                    return Ok(piece);
                }
            }
            other => copied = Some(other),
        }
    }
    let copied = match copied {
        Some(ended) => ended,
        None => run(db, &path, true, job).await?,
    };
    match copied {
        Copied::Left => Ok(Piece::Left),
        Copied::Refused(reason) => Ok(Piece::Refused(path, None, reason)),
        Copied::Whole(hash, size, copy) => {
            if let Some((known, stored)) = store::known(db.read(), &hash).await? {
                let folder = db.folder().to_owned();
                file::aside(move || {
                    copy.map_or(Ok(()), |copy| settle(copy, &folder.join(stored.original())))
                })
                .await?;
                return Ok(Piece::Known(path, hash, known));
            }
            let (folder, name, told) = (db.folder().to_owned(), path.clone(), hash.clone());
            let taken = file::aside(move || Ok(put_away(&folder, &name, told, size, copy, &what))).await?;
            finish(taken, path, Some(hash))
        }
    }
}

/// The photo with this hash, unless its file is gone: then the bytes are wanted.
async fn known(db: &Db, path: &Path, hash: &str) -> Result<Option<Piece>> {
    let Some((known, stored)) = store::known(db.read(), hash).await? else {
        return Ok(None);
    };
    let there = db.path(stored.original()).is_file();
    Ok(there.then(|| Piece::Known(path.to_owned(), hash.to_owned(), known)))
}

async fn run(db: &Db, path: &Path, keep: bool, job: &Job) -> Result<Copied> {
    let (folder, path, job) = (db.folder().to_owned(), path.to_owned(), job.clone());
    file::aside(move || copy(&folder, &path, keep, &job)).await
}

/// Reads a file once, piece by piece; `keep` copies it into the library's folder at the same time.
fn copy(folder: &Path, path: &Path, keep: bool, job: &Job) -> Result<Copied> {
    let (mut from, before) = match take::open(path) {
        Ok(opened) => opened,
        Err(reason) => return Ok(Copied::Refused(reason)),
    };
    let into = folder.join("photos");
    let failed = |e| take::full(Error::io(&into, e));
    let mut to = if keep { Some(file::begin(&into)?) } else { None };
    let mut hasher = blake3::Hasher::new();
    let (mut piece, mut size) = (vec![0; PIECE], 0_u64);
    loop {
        if job.is_cancelled() {
            return Ok(Copied::Left);
        }
        let read = match from.read(&mut piece) {
            Ok(read) => read,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Ok(Copied::Refused(take::why(&e))),
        };
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        hasher.update(bytes);
        if let Some(to) = &mut to {
            to.write_all(bytes).map_err(failed)?;
        }
        size += read as u64;
        // One that is written to all the time would be read for ever.
        if size > before.len() {
            break;
        }
    }
    if let Err(reason) = take::still(&from, &before, size) {
        return Ok(Copied::Refused(reason));
    }
    Ok(Copied::Whole(hasher.finalize().to_hex().to_string(), size, to))
}

/// Looks at the copy, moves it to its place and writes its poster.
fn put_away(
    folder: &Path,
    path: &Path,
    hash: String,
    size: u64,
    copy: Option<NamedTempFile>,
    what: &PhotoImport,
) -> std::result::Result<Ready, Refusal> {
    let lost = || Refusal::File("文件没有拷贝完整，没有导入；请再导入一次。".to_owned());
    let mut copy = copy.ok_or_else(lost)?;
    let mut head = Vec::new();
    copy.rewind().map_err(|e| Refusal::File(take::why(&e)))?;
    copy.as_file_mut()
        .take(HEAD)
        .read_to_end(&mut head)
        .map_err(|e| Refusal::File(take::why(&e)))?;
    let stored = |format: String| Stored {
        hash: hash.clone(),
        format,
    };
    let mut poster = None;
    let (stored, row) = if is_clip(&head) {
        match clip::probe(copy.as_file_mut()) {
            Ok(facts) => {
                // A clip without a poster is a clip all the same.
                poster = clip::poster(copy.as_file_mut()).ok().flatten();
                let stored = stored(facts.format.to_owned());
                let mut row = take::row(Kind::Clip, &stored, size, path, what);
                take::add(&mut row, told(&facts, path));
                (stored, row)
            }
            Err(error @ (PictureError::Unsupported(_) | PictureError::Damaged(_))) => {
                let stored = stored(take::extension(path));
                let mut row = take::row(Kind::File, &stored, size, path, what);
                take::add(&mut row, take::noted(kept(&head), path));
                take::add(&mut row, json!({ "unread": error.to_string() }));
                (stored, row)
            }
            Err(error) => return Err(Refusal::File(error.to_string())),
        }
    } else {
        // Only its first bytes were looked at: an end that is missing there says nothing.
        let unread = match probe(&head) {
            Ok(_) | Err(PictureError::Truncated) => {
                format!(
                    "图片超过 {} MB，太大，不在这里显示，已经原样保存。",
                    MAX_WHOLE >> 20
                )
            }
            Err(error @ PictureError::Unsupported(_)) => error.to_string(),
            Err(error) => other::keeps(path, &head, &error)?,
        };
        let stored = stored(take::extension(path));
        let mut row = take::row(Kind::File, &stored, size, path, what);
        take::add(&mut row, take::noted(kept(&head), path));
        take::add(&mut row, json!({ "unread": unread }));
        (stored, row)
    };
    settle(copy, &folder.join(stored.original())).map_err(Refusal::Job)?;
    if let Some(poster) = poster {
        file::write_made(&folder.join(stored.thumb()), &poster, &stored.hash).map_err(Refusal::Job)?;
    }
    Ok(take::ready(path, stored, row))
}

/// What a clip's header says, and the file beside it.
fn told(facts: &clip::ClipFacts, path: &Path) -> serde_json::Value {
    let notes = Notes {
        // Better somebody's word than the container's clock.
        taken_at: facts.taken_at.filter(|_| !facts.container_time),
        camera: facts.camera.clone(),
        lens: facts.lens.clone(),
        has_gps: facts.has_gps,
    };
    let mut row = take::noted(notes, path);
    let container = facts
        .taken_at
        .filter(|_| row.get("taken_at").is_none_or(serde_json::Value::is_null));
    if let Some((at, _)) = container.and_then(take::moment) {
        // A film header knows only UTC, wherever it was shot: that is no zone, and a morning here would be the day before.
        take::add(
            &mut row,
            json!({ "taken_at": at, "taken_offset": take::here(at) }),
        );
    }
    take::add(
        &mut row,
        json!({
            "width": facts.width,
            "height": facts.height,
            "duration": facts.duration_ms,
            "unread": facts.unread,
        }),
    );
    row
}

/// Makes a copy last and moves it to its place.
fn settle(copy: NamedTempFile, to: &Path) -> Result<()> {
    copy.as_file()
        .sync_all()
        .map_err(|e| take::full(Error::io(to, e)))?;
    file::end(copy, to)?;
    disk::sync_folder(to.parent().unwrap_or(to)).map_err(|e| Error::io(to, e))
}

//! What only the file itself can tell of a picture: whether it is still the one that came, and what is lost or kept when a JPEG is made
//! of it. A file is read whole once, and again when its size or its time has changed; what goes out is held against its hash each time.

use std::{
    collections::HashMap,
    fs::{self, Metadata},
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex},
    time::SystemTime,
};

use caoben_picture as picture;

use super::{Photo, file, read::original};
use crate::{
    db::Db,
    error::{Code, Error, Result, in_words},
};

/// How an original was found.
#[derive(Debug, Clone)]
pub(crate) enum Look {
    /// It is not there.
    Gone,
    /// It is there and cannot be read; why, in words.
    Unreadable(&'static str),
    /// It is not what came: damaged, altered or another file.
    Changed,
    /// As it came.
    Sound {
        /// It carries the label of AI-made content.
        labelled: bool,
        /// It moves.
        animated: bool,
    },
}

/// Most files that are remembered.
const MOST: usize = 4096;

type Seen = HashMap<PathBuf, (u64, SystemTime, Look)>;

static SEEN: LazyLock<Mutex<Seen>> = LazyLock::new(Mutex::default);

/// Looks at the original of a picture.
pub(crate) async fn look(db: &Db, photo: &Photo) -> Result<Look> {
    let (path, hash) = (db.path(original(photo)), photo.hash.clone());
    file::aside(move || Ok(at(&path, &hash))).await
}

fn at(path: &Path, hash: &str) -> Look {
    let unread = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Look::Gone,
        _ => Look::Unreadable(in_words(&error)),
    };
    let state = |known: Metadata| Some((known.len(), known.modified().ok()?));
    let before = match fs::metadata(path) {
        Ok(known) => state(known),
        Err(error) => return unread(error),
    };
    if let (Some((size, time)), Ok(seen)) = (before, SEEN.lock())
        && let Some((old_size, old_time, look)) = seen.get(path)
        && (size, time) == (*old_size, *old_time)
    {
        return look.clone();
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return unread(error),
    };
    let look = match is_sound(&bytes, hash) {
        false => Look::Changed,
        true => Look::Sound {
            // What cannot be read is told when it is drawn.
            labelled: !matches!(picture::label(&bytes), Ok(None)),
            animated: picture::is_animated(&bytes),
        },
    };
    if let (Some((size, time)), Ok(mut seen)) = (before, SEEN.lock()) {
        if seen.len() >= MOST {
            seen.clear();
        }
        seen.insert(path.to_owned(), (size, time, look.clone()));
    }
    look
}

/// Whether bytes are what their hash says.
pub(crate) fn is_sound(bytes: &[u8], hash: &str) -> bool {
    blake3::hash(bytes).to_hex().as_str() == hash
}

/// Refuses to make anything of an original that is not what came.
pub(crate) fn must_be_sound(bytes: &[u8], photo: &Photo) -> Result<()> {
    if is_sound(bytes, &photo.hash) {
        return Ok(());
    }
    let message = format!(
        "素材 {} 的原文件和导入时不一样了（损坏、被改过或换成了别的），没有用它。请从备份里找回它，或换一张照片。",
        photo.id
    );
    Err(Error::new(Code::Unreadable, message))
}

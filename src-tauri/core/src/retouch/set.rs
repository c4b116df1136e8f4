//! Edits kept and taken back.

use std::collections::HashSet;

use serde_json::json;

use super::{Edits, Retouch, get, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    photo::{self, Kind, Photo},
    value::{Id, Noun, Time},
};

/// Lists kept of a photo for a channel.
const KEPT: i64 = 200;

/// Keeps these edits as the present ones, for a channel or for all; the lists before them stay in [`super::history`].
///
/// For a channel, edits that do nothing are kept as such: that channel gets the photo as it came. What is there already is not kept twice.
///
/// # Errors
/// `NotFound` for an unknown photo, `Invalid` for a clip and for edits out of range; then nothing is changed.
pub async fn set(db: &Db, photo: Id, channel: Option<Id>, edits: Edits, now: Time) -> Result<Retouch> {
    let known = editable(photo::get(db, photo).await?)?;
    let edits = edits.normal()?;
    let text = match channel {
        Some(_) => edits.full_text()?,
        None => edits.text()?,
    };
    keep(db, &known, channel, &text, now).await?;
    get(db, photo, channel).await
}

/// Takes the edits back: a channel follows the version for all again, the version for all is the photo as it came.
pub async fn clear(db: &Db, photo: Id, channel: Option<Id>, now: Time) -> Result<Retouch> {
    let known = photo::get(db, photo).await?;
    keep(db, &known, channel, "", now).await?;
    get(db, photo, channel).await
}

async fn keep(db: &Db, photo: &Photo, channel: Option<Id>, text: &str, now: Time) -> Result<()> {
    let channel = channel.unwrap_or_default();
    let mut tx = db.begin().await?;
    let before = store::newest(tx.conn(), photo.id, channel).await?;
    if before.as_deref().unwrap_or_default() == text {
        return Ok(());
    }
    let rows = json!([{ "photo": photo.id, "edits": text }]).to_string();
    store::insert(tx.conn(), &rows, channel, now).await?;
    store::shorten(tx.conn(), photo.id, channel, KEPT).await?;
    tx.touch(Noun::Photo);
    tx.commit().await?;
    forget(db, vec![photo.hash.clone()]).await
}

/// Only what is a picture can be edited.
pub(super) fn editable(photo: Photo) -> Result<Photo> {
    if photo.kind == Kind::Picture {
        return Ok(photo);
    }
    Err(Error::invalid(
        "photo",
        "只有图片可以修图，视频和其他文件没有改动。",
    ))
}

/// Where drawn pictures of edited photos are kept; all of it can be made again.
pub(super) const DRAWN: &str = photo::DRAWN;

/// Drops the drawn pictures of photos.
pub(super) async fn forget(db: &Db, hashes: Vec<String>) -> Result<()> {
    let folder = db.path(DRAWN);
    photo::aside(move || {
        for hash in hashes.iter().filter(|hash| photo::is_hash(hash)) {
            let shelf = folder.join(hash.get(..2).unwrap_or("xx"));
            drop_files(&shelf, |name| name.starts_with(hash.as_str()));
        }
        Ok(())
    })
    .await
}

/// Drops the drawn pictures of photos that are no longer there or no longer edited.
pub async fn sweep(db: &Db) -> Result<()> {
    let known: HashSet<String> = store::hashes(db.read()).await?.into_iter().collect();
    let folder = db.path(DRAWN);
    photo::aside(move || {
        let shelves = match std::fs::read_dir(&folder) {
            Ok(shelves) => shelves,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => {
                return Err(
                    Error::new(Code::Unreadable, "修图的缓存文件夹打不开，照片和修图都没有改动。").because(e),
                );
            }
        };
        for shelf in shelves.flatten() {
            drop_files(&shelf.path(), |name| {
                name.split_once('-').is_none_or(|(hash, _)| !known.contains(hash))
            });
        }
        Ok(())
    })
    .await
}

/// Removes files by name. One that will not go is no harm: its name says which edits it shows.
fn drop_files(folder: &std::path::Path, which: impl Fn(&str) -> bool) {
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if file.file_name().to_str().is_some_and(&which) {
            let _ = std::fs::remove_file(file.path());
        }
    }
}

//! The trash: photos leave the library, come back, or go for good.

use super::{Emptied, file, store, sweep, theirs, twins_store};
use crate::{
    db::{Db, Tx},
    error::{Code, Error, Result},
    reserve, search,
    value::{Id, Noun, Time},
};

/// Puts photos into the trash; their files stay where they are until it is emptied. Works on a full disk too.
///
/// # Errors
/// `NotFound` for an unknown photo, `Conflict` when a post, trial day, price or cover refers to one; then none goes.
pub async fn remove(db: &Db, ids: &[Id], now: Time) -> Result<()> {
    reserve::with(db.folder(), || put_away(db, ids, now)).await
}

async fn put_away(db: &Db, ids: &[Id], now: Time) -> Result<()> {
    let mut tx = db.begin().await?;
    must_be_there(&mut tx, ids).await?;
    must_be_free(&mut tx, ids).await?;
    store::trash(tx.conn(), ids, now).await?;
    for id in ids {
        search::remove(&mut tx, Noun::Photo, *id).await?;
    }
    touched(tx).await
}

/// Brings photos back from the trash as they were; one that lies in the library is left alone.
///
/// # Errors
/// `NotFound` for an unknown photo; then none comes back.
pub async fn restore(db: &Db, ids: &[Id]) -> Result<()> {
    let mut tx = db.begin().await?;
    must_be_there(&mut tx, ids).await?;
    for (id, caption) in store::untrash(tx.conn(), ids).await? {
        if !caption.is_empty() {
            search::put(&mut tx, Noun::Photo, id, &caption, "").await?;
        }
    }
    touched(tx).await
}

/// Deletes photos of the trash for good, files and all: these, or everything in it. Works on a full disk too. What brands' and buyers'
/// pictures are told by is kept, so that copies of them do not become the creator's own.
///
/// A file that cannot be deleted now is named and noted: it is tried again at the next emptying and the next opening.
///
/// # Errors
/// `NotFound` for an unknown photo, `Conflict` when one came into use again while it lay there; then none goes.
pub async fn empty_trash(db: &Db, ids: Option<&[Id]>) -> Result<Emptied> {
    let photos = reserve::with(db.folder(), || delete(db, ids)).await?;
    // Rows first: a file without a row is harmless, a row without its file is not.
    let left = sweep::delete_leftovers(db).await?;
    let (folder, all) = (db.folder().to_owned(), ids.is_none());
    file::aside(move || {
        if all {
            // Earlier versions moved what was removed there.
            let _ = std::fs::remove_dir_all(folder.join("photos/trash"));
        }
        reserve::keep(&folder);
        Ok(())
    })
    .await?;
    Ok(Emptied { photos, left })
}

/// Takes their rows away and notes their files.
async fn delete(db: &Db, ids: Option<&[Id]>) -> Result<i64> {
    let going = twins_store::going(db.read(), ids).await?;
    theirs::prepare(db, &going).await?;
    let mut tx = db.begin().await?;
    must_be_there(&mut tx, ids.unwrap_or_default()).await?;
    let ids = store::trashed(tx.conn(), ids).await?;
    must_be_free(&mut tx, &ids).await?;
    twins_store::remember(tx.conn(), &ids).await?;
    let photos = store::delete(tx.conn(), &ids).await?;
    touched(tx).await?;
    Ok(photos)
}

/// Refuses ids that are no photos.
pub(super) async fn must_be_there(tx: &mut Tx, ids: &[Id]) -> Result<()> {
    match store::lost(tx.conn(), ids).await? {
        Some(lost) => Err(Error::not_found("照片", lost)),
        None => Ok(()),
    }
}

async fn must_be_free(tx: &mut Tx, ids: &[Id]) -> Result<()> {
    let Some((id, place)) = store::use_of(tx.conn(), ids).await? else {
        return Ok(());
    };
    Err(Error::new(
        Code::Conflict,
        format!("照片 {id} 正用在{place}里，没有移除。请先从那里拿掉它。"),
    ))
}

async fn touched(mut tx: Tx) -> Result<()> {
    tx.touch(Noun::Photo);
    // The face of a product may be another photo now.
    tx.touch(Noun::Product);
    tx.commit().await
}

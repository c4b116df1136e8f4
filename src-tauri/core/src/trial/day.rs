//! What is on a day besides its words: its photos, and what it said before.

use super::{Edit, Trial, changed, log::within, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Date, Id, Noun, Time},
};

/// Takes a photo off a day (the photo stays).
///
/// # Errors
/// `NotFound` when the photo is not on that day.
pub async fn remove_photo(db: &Db, trial: Id, on: Date, photo: Id, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    store::get(tx.conn(), trial).await?;
    let day = store::day(tx.conn(), trial, on).await?;
    let removed = match day {
        Some(day) => store::remove_photo(tx.conn(), trial, day.id, photo).await?,
        None => false,
    };
    if !removed {
        return Err(Error::not_found("当天照片", photo));
    }
    tx.touch(Noun::Photo);
    changed(tx, trial, now).await
}

/// Moves a photo from one day to another of the same trial.
///
/// # Errors
/// `Invalid` for a day outside the trial or still to come; `NotFound` when the photo is not on the first day.
pub async fn move_photo(db: &Db, trial: Id, photo: Id, from: Date, to: Date, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    within(&known, to, now)?;
    let old = store::day(tx.conn(), trial, from)
        .await?
        .filter(|_| {
            known
                .days
                .iter()
                .any(|day| day.on == from && day.photos.contains(&photo))
        })
        .ok_or_else(|| Error::not_found("当天照片", photo))?;
    if from == to {
        return Ok(known);
    }
    let target = match store::day(tx.conn(), trial, to).await? {
        Some(day) => day.id,
        None => store::put_day(tx.conn(), trial, to, "", now).await?,
    };
    // Onto the new day first: between days it would be loose, and come off the trial.
    let photos = serde_json::to_string(&[photo])?;
    store::add_photos(tx.conn(), target, &photos, trial, known.product).await?;
    store::remove_photo(tx.conn(), trial, old.id, photo).await?;
    tx.touch(Noun::Photo);
    changed(tx, trial, now).await
}

/// What a day's note said before its changes, the oldest words first.
///
/// # Errors
/// `NotFound` for an unknown trial; a day never noted has no history.
pub async fn history(db: &Db, trial: Id, on: Date) -> Result<Vec<Edit>> {
    let mut conn = db.read().acquire().await?;
    store::get(&mut conn, trial).await?;
    store::history(&mut conn, trial, on).await
}

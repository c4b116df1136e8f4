//! What is on a day besides its words: its photos, and what it said before.

use super::{Edit, Trial, changed, day_store, log::within, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Date, Id, Noun, Time},
};

/// Moves a photo between the days of a trial, within a day, or to and from those of the trial that lie on no day (`None`).
///
/// `at` is its place among the photos of the new day, from 0; `None` or one too far puts it last.
///
/// # Errors
/// `Invalid` for a day outside the trial or still to come; `NotFound` when the photo is not on the first day, or not there at all.
pub async fn move_photo(
    db: &Db,
    trial: Id,
    photo: Id,
    from: Option<Date>,
    to: Option<Date>,
    at: Option<u32>,
    now: Time,
) -> Result<Trial> {
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    let photos_of = |on: Date| {
        let day = known.days.iter().find(|day| day.on == on);
        day.map_or(&[][..], |day| &day.photos)
    };
    let one = serde_json::to_string(&[photo])?;
    let is_there = match from {
        Some(on) => photos_of(on).contains(&photo),
        None => day_store::missing_photo(tx.conn(), &one).await?.is_none(),
    };
    if !is_there {
        return Err(Error::not_found("当天照片", photo));
    }
    if let Some(on) = to {
        within(&known, on, now)?;
        let mut photos: Vec<Id> = photos_of(on).iter().copied().filter(|id| *id != photo).collect();
        let place = at.map_or(photos.len(), |at| photos.len().min(at as usize));
        photos.insert(place, photo);
        let day = match day_store::day(tx.conn(), trial, on).await? {
            Some(day) => day.id,
            None => day_store::put_day(tx.conn(), trial, on, "", now).await?,
        };
        day_store::order_photos(tx.conn(), day, &serde_json::to_string(&photos)?).await?;
    }
    if let Some(on) = from.filter(|from| Some(*from) != to)
        && let Some(day) = day_store::day(tx.conn(), trial, on).await?
    {
        day_store::remove_photo(tx.conn(), day.id, photo).await?;
    }
    day_store::tie_photos(tx.conn(), &one, trial, known.product).await?;
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
    day_store::history(&mut conn, trial, on).await
}

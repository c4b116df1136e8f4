//! Which photos belong to which day of which trial, by the camera's own clock.

use std::collections::BTreeMap;

use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::{NewDay, Trial, changed, day_store, log, store};
use crate::{
    db::Db,
    error::Result,
    value::{Date, Id, Noun, Time},
};

/// Why a photo is thought to belong to a trial, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was said to be of this trial when it came in.
    Trial,
    /// It is of this product, which was on trial that day.
    Product,
    /// Nothing is known of it, and nothing else was on trial that day.
    Only,
}

/// Photos that were taken on a day of a trial and lie in none of its days.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct DaySuggestion {
    pub trial: Id,
    pub product_name: String,
    pub on: Date,
    /// Which day of the trial it is, from 1.
    pub nth: i64,
    /// In the order they were taken.
    pub photos: Vec<Id>,
    /// Of the least sure of them.
    pub why: Why,
}

/// A suggestion the creator agrees to, perhaps with fewer photos.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct AcceptedDay {
    pub trial: Id,
    pub on: Date,
    pub photos: Vec<Id>,
}

/// A photo in no trial day yet, with the camera's clock.
pub(super) struct Loose {
    pub id: Id,
    pub taken_at: Time,
    pub taken_offset: Option<i64>,
    pub product: Option<Id>,
    pub trial: Option<Id>,
    /// Trials it was refused for, as a JSON list.
    pub refused: String,
}

/// Suggests days for photos (`None`: all) that the creator took while a product was on trial; newest day first. Brand pictures,
/// screenshots, rejected photos, those without a time of their own and what was refused are left alone. The day is that of the
/// camera's own offset.
pub async fn suggest_days(db: &Db, photos: Option<&[Id]>, now: Time) -> Result<Vec<DaySuggestion>> {
    let mut conn = db.read().acquire().await?;
    let trials = store::list(&mut conn, None, None, false).await?;
    let loose = day_store::loose(&mut conn, photos).await?;
    let mut days: BTreeMap<(Date, Id), (Why, Vec<Id>)> = BTreeMap::new();
    for photo in loose {
        let on = day(&photo);
        let refused: Vec<Id> = serde_json::from_str(&photo.refused)?;
        let running: Vec<&Trial> = trials
            .iter()
            .filter(|trial| runs(trial, on, now) && !refused.contains(&trial.id))
            .collect();
        if let Some((trial, why)) = belongs(&photo, &running) {
            let (least, photos) = days.entry((on, trial)).or_insert((why, Vec::new()));
            *least = why.max(*least);
            photos.push(photo.id);
        }
    }
    let named = |id: Id| trials.iter().find(|trial| trial.id == id);
    Ok(days
        .into_iter()
        .rev()
        .filter_map(|((on, id), (why, photos))| {
            let trial = named(id)?;
            Some(DaySuggestion {
                trial: id,
                product_name: trial.product_name.clone(),
                on,
                nth: on.days_since(trial.started_on) + 1,
                photos,
                why,
            })
        })
        .collect())
}

/// Puts photos with the days the creator agreed to; each trial as it stands then.
///
/// # Errors
/// Those of `log`; the days before the one that failed are kept.
pub async fn accept_days(db: &Db, days: Vec<AcceptedDay>, now: Time) -> Result<Vec<Trial>> {
    let mut trials: Vec<Trial> = Vec::new();
    for AcceptedDay { trial, on, photos } in days {
        let day = NewDay {
            on,
            text: String::new(),
            photos,
            ratings: Vec::new(),
        };
        let now_is = log(db, trial, day, now).await?;
        trials.retain(|known| known.id != trial);
        trials.push(now_is);
    }
    Ok(trials)
}

/// Remembers that photos are not of a trial, or with `refused` false that they may be asked about again. Unknown photos are passed over.
///
/// # Errors
/// `NotFound` for the trial.
pub async fn refuse_photos(db: &Db, trial: Id, photos: &[Id], refused: bool, now: Time) -> Result<()> {
    let mut tx = db.begin().await?;
    store::get(tx.conn(), trial).await?;
    let photos = serde_json::to_string(photos)?;
    if refused {
        day_store::refuse(tx.conn(), trial, &photos).await?;
    } else {
        day_store::ask_again(tx.conn(), trial, &photos).await?;
    }
    tx.touch(Noun::Photo);
    changed(tx, trial, now).await.map(drop)
}

/// The civil date on the camera's clock; without a noted offset, on this computer's.
fn day(photo: &Loose) -> Date {
    let offset = photo
        .taken_offset
        .and_then(|minutes| i32::try_from(minutes.checked_mul(60)?).ok())
        .and_then(|seconds| Offset::from_seconds(seconds).ok());
    let zone = offset.map_or_else(TimeZone::system, TimeZone::fixed);
    Date(photo.taken_at.timestamp().to_zoned(zone).date())
}

fn runs(trial: &Trial, on: Date, now: Time) -> bool {
    trial.started_on <= on && on <= trial.finished_on.unwrap_or_else(|| now.date())
}

/// The one trial a photo belongs to among those that ran on its day.
fn belongs(photo: &Loose, running: &[&Trial]) -> Option<(Id, Why)> {
    if let Some(own) = photo.trial {
        let own = running.iter().find(|trial| trial.id == own)?;
        return Some((own.id, Why::Trial));
    }
    let fits = running
        .iter()
        .filter(|trial| photo.product.is_none_or(|product| product == trial.product));
    let mut fits = fits.map(|trial| trial.id);
    let why = if photo.product.is_some() {
        Why::Product
    } else {
        Why::Only
    };
    match (fits.next(), fits.next()) {
        (Some(one), None) => Some((one, why)),
        _ => None,
    }
}

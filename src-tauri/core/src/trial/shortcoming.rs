//! Shortcomings: admitting them is what trust is saved by.

use super::{FlawPatch, NewFlaw, Trial, changed, day_store, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    value::{Date, Id, Time},
};

const LONGEST: usize = 500;

/// Admits a shortcoming; said twice, it stands once.
///
/// # Errors
/// `Invalid` when empty or too long, for a day before the trial or still to come, or a severity outside 1–3; `NotFound` for the trial
/// or the photo.
pub async fn add_shortcoming(db: &Db, trial: Id, input: impl Into<NewFlaw>, now: Time) -> Result<Trial> {
    let input = input.into();
    let text = words(&input.text)?;
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    let on = input.on.unwrap_or_else(|| {
        let today = now.date();
        known.finished_on.map_or(today, |end| end.min(today))
    });
    within(&known, on, "on", now)?;
    let severity = weigh(input.severity.unwrap_or(2))?;
    there(&mut tx, input.photo).await?;
    store::add_shortcoming(tx.conn(), trial, text, on, input.photo, severity, now).await?;
    changed(tx, trial, now).await
}

/// Changes what is known of a shortcoming, or says since when it is gone.
///
/// # Errors
/// As `add_shortcoming`; `Conflict` when another one has the same words; `NotFound` when it is none of this trial's.
pub async fn edit_shortcoming(db: &Db, trial: Id, id: Id, patch: FlawPatch, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    let mut flaw = known
        .flaws
        .iter()
        .find(|flaw| flaw.id == id)
        .cloned()
        .ok_or_else(|| Error::not_found("缺点", id))?;
    if let Some(text) = patch.text {
        words(&text)?.clone_into(&mut flaw.text);
    }
    if known
        .flaws
        .iter()
        .any(|one| one.id != id && one.text == flaw.text)
    {
        let reason = format!("「{}」已经写过了，没有改。", flaw.text);
        return Err(Error::new(Code::Conflict, reason));
    }
    flaw.on = patch.on.unwrap_or(flaw.on);
    flaw.photo = patch.photo.unwrap_or(flaw.photo);
    flaw.severity = weigh(patch.severity.unwrap_or(flaw.severity))?;
    flaw.resolved_on = patch.resolved_on.unwrap_or(flaw.resolved_on);
    within(&known, flaw.on, "on", now)?;
    if let Some(gone) = flaw.resolved_on {
        within(&known, gone, "resolved_on", now)?;
        if gone < flaw.on {
            let reason = format!("{gone} 早于发现它的 {}，没有改。", flaw.on);
            return Err(Error::invalid("resolved_on", reason));
        }
    }
    there(&mut tx, flaw.photo).await?;
    store::update_shortcoming(tx.conn(), &flaw).await?;
    changed(tx, trial, now).await
}

/// Takes a shortcoming back.
///
/// # Errors
/// `NotFound` when it was not admitted.
pub async fn remove_shortcoming(db: &Db, trial: Id, text: &str, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    store::get(tx.conn(), trial).await?;
    if !store::remove_shortcoming(tx.conn(), trial, text.trim()).await? {
        return Err(Error::new(
            Code::NotFound,
            format!("这次试用里没有写过「{}」这个缺点。", text.trim()),
        ));
    }
    changed(tx, trial, now).await
}

fn words(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("text", "写一句哪里不好。"));
    }
    if text.chars().count() > LONGEST {
        let reason = format!("一条缺点最多写 {LONGEST} 个字，没有记下。分成几条更清楚。");
        return Err(Error::invalid("text", reason));
    }
    Ok(text)
}

fn weigh(severity: i64) -> Result<i64> {
    if (1..=3).contains(&severity) {
        Ok(severity)
    } else {
        Err(Error::invalid("severity", "缺点的轻重要在 1 到 3 之间。"))
    }
}

/// A shortcoming may show after the trial's end, but not before its start or in days to come.
fn within(trial: &Trial, on: Date, field: &'static str, now: Time) -> Result<()> {
    if on < trial.started_on || on > now.date() {
        let reason = format!("日子要在开始的 {} 到今天之间，{on} 没有记下。", trial.started_on);
        return Err(Error::invalid(field, reason));
    }
    Ok(())
}

async fn there(tx: &mut crate::db::Tx, photo: Option<Id>) -> Result<()> {
    let photo = serde_json::to_string(photo.as_slice())?;
    match day_store::missing_photo(tx.conn(), &photo).await? {
        Some(missing) => Err(Error::not_found("素材", missing)),
        None => Ok(()),
    }
}

//! Putting right what was noted of a trial as a whole.

use super::{Trial, TrialPatch, changed, day_store, scale, start::EARLIEST, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Id, Time},
};

/// Changes how the product was got, when the trial began, how long it is meant to run, how often it asks for a note and what it asks for,
/// and which photos are compared.
///
/// # Errors
/// `Invalid` for a start after its first note, its end or today, an end before the start, a negative amount, an unknown currency, a
/// rhythm outside 0–90 or an unusable name of a scale; `NotFound` for the trial or a photo.
pub async fn edit(db: &Db, id: Id, patch: TrialPatch, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    let mut trial = store::get(tx.conn(), id).await?;
    trial.acquired = patch.acquired.unwrap_or(trial.acquired);
    trial.started_on = patch.started_on.unwrap_or(trial.started_on);
    trial.rhythm = patch.rhythm.unwrap_or(trial.rhythm);
    if let Some(from) = patch.acquired_from {
        trial.acquired_from = from.trim().to_owned();
    }
    if let Some(currency) = patch.currency {
        trial.currency = currency.trim().to_ascii_uppercase();
    }
    trial.paid = patch.paid.unwrap_or(trial.paid);
    trial.receipt = patch.receipt.unwrap_or(trial.receipt);
    trial.before = patch.before.unwrap_or(trial.before);
    trial.after = patch.after.unwrap_or(trial.after);
    trial.ends_on = patch.ends_on.unwrap_or(trial.ends_on);
    check(&trial, now)?;
    let shown: Vec<Id> = [trial.receipt, trial.before, trial.after]
        .into_iter()
        .flatten()
        .collect();
    if let Some(missing) = day_store::missing_photo(tx.conn(), &serde_json::to_string(&shown)?).await? {
        return Err(Error::not_found("素材", missing));
    }
    store::update(tx.conn(), &trial).await?;
    if let Some(scales) = patch.scales {
        day_store::set_scales(tx.conn(), id, &scale::chosen(&scales)?).await?;
    }
    changed(tx, id, now).await
}

fn check(trial: &Trial, now: Time) -> Result<()> {
    let first = trial.days.iter().find(|day| day.says()).map(|day| day.on);
    let start = trial.started_on;
    let wrong = |field, reason: String| Err(Error::invalid(field, format!("{reason}，没有改。")));
    if start > now.date() {
        return wrong("started_on", format!("开始日期 {start} 还没有到"));
    }
    if start.0.year() < EARLIEST {
        return wrong("started_on", format!("开始日期 {start} 太早，年份可能写错了"));
    }
    if let Some(first) = first.filter(|first| start > *first) {
        return wrong("started_on", format!("{first} 已经有记录，开始日期不能晚于它"));
    }
    if let Some(end) = trial.finished_on.filter(|end| start > *end) {
        return wrong("started_on", format!("试用在 {end} 结束，开始日期不能晚于它"));
    }
    if let Some(end) = trial.ends_on.filter(|end| *end < start) {
        return wrong("ends_on", format!("打算用到的 {end} 早于开始的 {start}"));
    }
    if !(0..=90).contains(&trial.rhythm) {
        return wrong("rhythm", "提醒的间隔要在 0 到 90 天之间".to_owned());
    }
    if trial.paid.is_some_and(|paid| paid < 0) {
        return wrong("paid", "花的钱不能是负数".to_owned());
    }
    if trial.currency.len() != 3 || !trial.currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return wrong(
            "currency",
            format!("看不懂币种「{}」，要写成 CNY 这样", trial.currency),
        );
    }
    if trial.acquired_from.chars().count() > 100 {
        return wrong("acquired_from", "从哪儿来的最多写 100 个字".to_owned());
    }
    Ok(())
}

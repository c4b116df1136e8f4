//! Noting a day. What a note said before stays as an edit: evidence keeps its history.

use std::collections::HashSet;

use super::{NewDay, Rating, Trial, changed, day_store, scale, store};
use crate::{
    db::{Db, Tx},
    error::{Error, Result},
    value::{Date, Id, Noun, Time},
};

/// More than a day has to say; a bound against pasted books.
const LONGEST_NOTE: usize = 20_000;
/// Going on writing within this time is the same sitting, no edit: milliseconds.
pub(super) const SITTING: i64 = 2 * 60 * 1000;

/// Notes a day. Photos are added; text and ratings replace what stood there, unless photos alone are given. A day that has photos may
/// fall silent: what it said stays among its edits.
///
/// # Errors
/// `Invalid` for a day outside the trial or still to come, an empty note of a day without photos or a rating outside 1–5; `NotFound`.
pub async fn log(db: &Db, trial: Id, day: NewDay, now: Time) -> Result<Trial> {
    let text = day.text.trim();
    if text.chars().count() > LONGEST_NOTE {
        let reason = format!("一天最多写 {LONGEST_NOTE} 个字，这次没有记下。长文写到内容里去吧。");
        return Err(Error::invalid("text", reason));
    }
    let mut scales = HashSet::new();
    let mut ratings = Vec::with_capacity(day.ratings.len());
    for rating in &day.ratings {
        if !(1..=5).contains(&rating.value) {
            return Err(Error::invalid(
                "ratings",
                format!("「{}」的评分要在 1 到 5 之间。", rating.scale),
            ));
        }
        let scale = scale::name(&rating.scale)?.to_owned();
        if !scales.insert(scale.clone()) {
            return Err(Error::invalid("ratings", "每个评分都要有自己的名字，不能重复。"));
        }
        ratings.push(Rating {
            scale,
            value: rating.value,
        });
    }
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    within(&known, day.on, now)?;
    let there = known.days.iter().find(|known| known.on == day.on);
    let says = !text.is_empty() || !day.photos.is_empty() || !day.ratings.is_empty();
    if !says && there.is_none_or(|there| there.photos.is_empty()) {
        return Err(Error::invalid(
            "text",
            "这一天还没有内容，写一句、打个分或放一张照片都行。",
        ));
    }
    let photos = serde_json::to_string(&day.photos)?;
    if let Some(missing) = day_store::missing_photo(tx.conn(), &photos).await? {
        return Err(Error::not_found("素材", missing));
    }
    let old = day_store::day(tx.conn(), trial, day.on).await?;
    // Only photos were dropped on a noted day: silence takes nothing back.
    let only_photos = text.is_empty() && ratings.is_empty() && !day.photos.is_empty() && old.is_some();
    let text = if only_photos {
        old.as_ref().map_or("", |old| old.text.as_str())
    } else {
        text
    };
    let felt = there.map_or(&[][..], |known| &known.ratings);
    if let Some(old) = old.as_ref().filter(|_| !only_photos) {
        let gone_on = text.starts_with(&old.text) && now.0 - old.updated_at.0 <= SITTING;
        let said = if gone_on || old.text == text {
            ""
        } else {
            &old.text
        };
        // A feeling said anew is a change even in the same sitting: a curve is evidence.
        let unfelt: Vec<Rating> = felt
            .iter()
            .filter(|one| !ratings.contains(one))
            .cloned()
            .collect();
        if !said.is_empty() || !unfelt.is_empty() {
            day_store::keep_edit(tx.conn(), old.id, said, &unfelt, now).await?;
        }
    }
    let id = day_store::put_day(tx.conn(), trial, day.on, text, now).await?;
    if !only_photos {
        day_store::set_ratings(tx.conn(), id, &ratings).await?;
        take_up(&mut tx, &known, felt, &ratings).await?;
    }
    if !day.photos.is_empty() {
        day_store::add_photos(tx.conn(), id, &photos).await?;
        day_store::tie_photos(tx.conn(), &photos, trial, known.product).await?;
        tx.touch(Noun::Photo);
    }
    changed(tx, trial, now).await
}

/// Puts scales in use that are new to a day; one that was retired stays so where the day says it again.
async fn take_up(tx: &mut Tx, trial: &Trial, felt: &[Rating], ratings: &[Rating]) -> Result<()> {
    let mut scales = trial.scales.clone();
    for Rating { scale, .. } in ratings {
        if !scales.contains(scale) && !felt.iter().any(|one| one.scale == *scale) {
            scales.push(scale.clone());
        }
    }
    scale::few(scales.len())?;
    if scales.len() > trial.scales.len() {
        day_store::set_scales(tx.conn(), trial.id, &scales).await?;
    }
    Ok(())
}

/// Refuses a day outside the trial or still to come.
pub(super) fn within(trial: &Trial, on: Date, now: Time) -> Result<()> {
    let reason = if on < trial.started_on {
        format!("{on} 早于试用开始的 {}，没有记下。", trial.started_on)
    } else if on > now.date() {
        format!("{on} 还没有到，没有记下。")
    } else if let Some(end) = trial.finished_on.filter(|end| on > *end) {
        format!("试用在 {end} 已经结束，{on} 没有记下。")
    } else {
        return Ok(());
    };
    Err(Error::invalid("on", reason))
}

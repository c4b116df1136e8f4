//! Noting a day. What a note said before stays as an edit: evidence keeps its history.

use std::collections::HashSet;

use super::{NewDay, Trial, changed, scale, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Date, Id, Noun, Time},
};

/// More than a day has to say; a bound against pasted books.
const LONGEST_NOTE: usize = 20_000;
const MOST_SCALES: usize = 40;
/// Going on writing within this time is the same sitting, no edit: milliseconds.
const SITTING: i64 = 2 * 60 * 1000;

/// Notes a day. Photos are added; text and ratings replace what stood there, unless neither is given.
///
/// # Errors
/// `Invalid` for a day outside the trial or still to come, an empty note or a rating outside 1–5; `NotFound`.
pub async fn log(db: &Db, trial: Id, day: NewDay, now: Time) -> Result<Trial> {
    let text = day.text.trim();
    if text.is_empty() && day.photos.is_empty() && day.ratings.is_empty() {
        return Err(Error::invalid(
            "text",
            "这一天还没有内容，写一句、打个分或放一张照片都行。",
        ));
    }
    if text.chars().count() > LONGEST_NOTE {
        let reason = format!("一天最多写 {LONGEST_NOTE} 个字，这次没有记下。长文写到内容里去吧。");
        return Err(Error::invalid("text", reason));
    }
    if day.ratings.len() > MOST_SCALES {
        let reason = format!("一天最多打 {MOST_SCALES} 项分，这次没有记下。");
        return Err(Error::invalid("ratings", reason));
    }
    let mut scales = HashSet::new();
    for rating in &day.ratings {
        if !(1..=5).contains(&rating.value) {
            return Err(Error::invalid(
                "ratings",
                format!("「{}」的评分要在 1 到 5 之间。", rating.scale),
            ));
        }
        scale::name(&rating.scale)?;
        if !scales.insert(rating.scale.trim()) {
            return Err(Error::invalid("ratings", "每个评分都要有自己的名字，不能重复。"));
        }
    }
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    within(&known, day.on, now)?;
    let photos = serde_json::to_string(&day.photos)?;
    if let Some(missing) = store::missing_photo(tx.conn(), &photos).await? {
        return Err(Error::not_found("素材", missing));
    }
    let old = store::day(tx.conn(), trial, day.on).await?;
    // Only photos were dropped on a noted day: silence takes nothing back.
    let only_photos = text.is_empty() && day.ratings.is_empty() && old.is_some();
    let text = if only_photos {
        old.as_ref().map_or("", |old| old.text.as_str())
    } else {
        text
    };
    let gone_on = |old: &store::Noted| text.starts_with(&old.text) && now.0 - old.updated_at.0 <= SITTING;
    if let Some(old) = old
        .as_ref()
        .filter(|old| !old.text.is_empty() && old.text != text && !gone_on(old))
    {
        store::keep_edit(tx.conn(), old.id, &old.text, now).await?;
    }
    let id = store::put_day(tx.conn(), trial, day.on, text, now).await?;
    if !only_photos {
        store::set_ratings(tx.conn(), id, &day.ratings).await?;
    }
    if !day.photos.is_empty() {
        store::add_photos(tx.conn(), id, &photos, trial, known.product).await?;
        tx.touch(Noun::Photo);
    }
    changed(tx, trial, now).await
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

//! Scales 感受: the creator's own words for how something feels, and words to begin with.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Trial, changed, day_store, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    product,
    value::{Id, Time},
};

const LONGEST: usize = 24;
const MOST: usize = 40;
/// More to choose from than this helps nobody.
const OFFERED: usize = 12;

#[derive(Deserialize)]
struct Table {
    any: Vec<String>,
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// Words of a category or a product's name.
    words: Vec<String>,
    scales: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("scales.toml")).unwrap_or(Table {
        any: Vec::new(),
        kind: Vec::new(),
    })
});

/// Scales to offer for a product: those the creator used for this category before (most used first), then those that
/// make sense for its kind, then those that suit anything.
///
/// # Errors
/// `NotFound` for the product.
pub async fn scales(db: &Db, product: Id) -> Result<Vec<String>> {
    let product = product::get(db, product).await?;
    let mut offered = day_store::scales(db.read(), product.id, &product.category).await?;
    let about = format!("{} {}", product.category, product.name).to_lowercase();
    // The longest word that fits says the most: 洗面奶 before 奶.
    let kind = TABLE
        .kind
        .iter()
        .flat_map(|kind| kind.words.iter().map(move |word| (word, kind)))
        .filter(|(word, _)| about.contains(word.as_str()))
        .max_by_key(|(word, _)| word.chars().count())
        .map(|(_, kind)| kind);
    for scale in kind.into_iter().flat_map(|kind| &kind.scales).chain(&TABLE.any) {
        if !offered.contains(scale) {
            offered.push(scale.clone());
        }
    }
    offered.truncate(OFFERED);
    Ok(offered)
}

/// Gives a scale of a trial another name, on all its days; each keeps what it said under the old one.
///
/// # Errors
/// `Invalid` for an unusable name, `Conflict` when a day has a rating under the new name already, `NotFound` when the trial
/// has none of the old one.
pub async fn rename_scale(db: &Db, trial: Id, from: &str, to: &str, now: Time) -> Result<Trial> {
    let to = name(to)?;
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    if from == to {
        return Ok(known);
    }
    let both = known.days.iter().find(|day| {
        let has = |scale: &str| day.ratings.iter().any(|rating| rating.scale == scale);
        has(from) && has(to)
    });
    if let Some(day) = both {
        let reason = format!("{} 同时打过「{from}」和「{to}」，合不成一项，没有改名。", day.on);
        return Err(Error::new(Code::Conflict, reason));
    }
    let was_rated = day_store::rename_scale(tx.conn(), trial, from, to, now).await?;
    let is_in_use = known.scales.iter().any(|scale| scale == from);
    if !was_rated && !is_in_use {
        let reason = format!("这次试用没有「{from}」这一项。");
        return Err(Error::new(Code::NotFound, reason));
    }
    if is_in_use {
        let named = known.scales.iter().filter(|scale| *scale != to);
        let named: Vec<String> = named
            .map(|scale| if scale == from { to } else { scale }.to_owned())
            .collect();
        day_store::set_scales(tx.conn(), trial, &named).await?;
    }
    changed(tx, trial, now).await
}

/// Usable names of scales in their order, each once.
pub(super) fn chosen(scales: &[String]) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for scale in scales {
        let scale = name(scale)?;
        if !kept.iter().any(|one| one == scale) {
            kept.push(scale.to_owned());
        }
    }
    few(kept.len())?;
    Ok(kept)
}

/// Refuses more scales than anybody can feel.
pub(super) fn few(scales: usize) -> Result<()> {
    if scales > MOST {
        let reason = format!("一次试用最多 {MOST} 项感受，这次没有记下。");
        return Err(Error::invalid("ratings", reason));
    }
    Ok(())
}

/// A usable name of a scale, trimmed.
pub(super) fn name(scale: &str) -> Result<&str> {
    let scale = scale.trim();
    if scale.is_empty() || scale.chars().count() > LONGEST || scale.contains(char::is_control) {
        let reason = format!("每项感受要有个名字，不超过 {LONGEST} 个字，写在一行里。");
        return Err(Error::invalid("ratings", reason));
    }
    Ok(scale)
}

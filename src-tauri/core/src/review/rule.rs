//! The rules in force: the shipped ones, and the creator's own in their place or beside them.

use super::{
    ReasonKind, ReviewRule, Sensitivity, Tried, TriedReview,
    find::{Finder, SHIPPED},
    span, store,
};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Id, Noun, Time},
};

/// How many reviews a trial of a rule shows.
const SHOWN: usize = 50;
const WORDS: usize = 200;

/// All rules, switched off ones too: shipped ones first, in the order of their file.
pub async fn rules(db: &Db) -> Result<Vec<ReviewRule>> {
    in_force(&mut *db.read().acquire().await?).await
}

/// The day the shipped rules were gathered, `YYYY-MM-DD`.
pub fn rules_checked_on() -> &'static str {
    &SHIPPED.checked_on
}

pub(super) async fn in_force(conn: &mut sqlx::SqliteConnection) -> Result<Vec<ReviewRule>> {
    let mut own = store::rules(conn).await?;
    let mut rules = Vec::with_capacity(SHIPPED.rule.len() + own.len());
    for shipped in &SHIPPED.rule {
        let place = own
            .iter()
            .position(|rule| rule.kind == shipped.kind && rule.label == shipped.label);
        rules.push(match place {
            Some(at) => ReviewRule {
                shipped: true,
                ..own.remove(at)
            },
            None => ReviewRule {
                kind: shipped.kind,
                label: shipped.label.clone(),
                words: shipped.words.clone(),
                enabled: true,
                shipped: true,
                own: false,
            },
        });
    }
    rules.extend(own);
    Ok(rules)
}

/// Adds a rule, or changes the one of the same kind and label. What the creator said of reviews stays as it is.
///
/// # Errors
/// `Invalid` without a label or words, or for a sensitivity that is none.
pub async fn set_rule(
    db: &Db,
    kind: ReasonKind,
    label: &str,
    words: &[String],
    enabled: bool,
    now: Time,
) -> Result<Vec<ReviewRule>> {
    let label = label.trim();
    if label.is_empty() || label.chars().count() > 40 {
        return Err(Error::invalid(
            "label",
            "规则要有一个 40 字以内的名字，没有保存。",
        ));
    }
    if kind == ReasonKind::Sensitivity && Sensitivity::of(label).is_none() {
        return Err(Error::invalid(
            "label",
            "敏感点只有 price、value、brand 三种，没有保存。",
        ));
    }
    let words = tidied(words)?;
    let mut tx = db.begin().await?;
    store::put_rule(tx.conn(), kind, label, &words, enabled, now).await?;
    tx.touch(Noun::Review);
    tx.commit().await?;
    rules(db).await
}

/// Takes the creator's own rule back: a shipped one is as it came, another is gone.
pub async fn reset_rule(db: &Db, kind: ReasonKind, label: &str) -> Result<Vec<ReviewRule>> {
    let mut tx = db.begin().await?;
    store::remove_rule(tx.conn(), kind, label).await?;
    tx.touch(Noun::Review);
    tx.commit().await?;
    rules(db).await
}

/// What words would find in the reviews that are there, before they are kept as a rule.
///
/// # Errors
/// As [`set_rule`] for the words.
pub async fn try_rule(db: &Db, product: Option<Id>, kind: ReasonKind, words: &[String]) -> Result<Tried> {
    let rule = ReviewRule {
        kind,
        label: String::new(),
        words: tidied(words)?,
        enabled: true,
        shipped: false,
        own: true,
    };
    let finder = Finder::new(&[rule]);
    let mut tried = Tried::default();
    for review in store::list(&mut *db.read().acquire().await?, product, false).await? {
        if kind == ReasonKind::ReturnedBecause && !super::went_back(&review) {
            continue;
        }
        let ranges: Vec<_> = finder
            .find(&review.text)
            .into_iter()
            .flat_map(|(_, ranges)| ranges)
            .collect();
        if ranges.is_empty() {
            continue;
        }
        tried.total += 1;
        if tried.reviews.len() < SHOWN {
            tried.reviews.push(TriedReview {
                id: review.id,
                product: review.product,
                hits: ranges.iter().map(|range| span(&review.text, range)).collect(),
                text: review.text,
            });
        }
    }
    Ok(tried)
}

fn tidied(words: &[String]) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let word = word.trim();
        if word.chars().count() > 60 {
            return Err(Error::invalid("words", "一个词最多 60 个字，没有保存。"));
        }
        let is_word = word.chars().any(char::is_alphanumeric);
        if is_word && !kept.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            kept.push(word.to_owned());
        }
    }
    if kept.is_empty() {
        return Err(Error::invalid("words", "规则里至少要有一个词，没有保存。"));
    }
    if kept.len() > WORDS {
        return Err(Error::invalid(
            "words",
            format!("一条规则最多 {WORDS} 个词，没有保存。"),
        ));
    }
    Ok(kept)
}

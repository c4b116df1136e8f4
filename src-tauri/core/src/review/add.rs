//! Keeping a review. Who said it is hashed before anything is written.

use super::{NewReview, Review, judged, store};
use crate::{
    buyer::{self, Salt},
    db::{Db, Tx},
    error::{Error, Result},
    product, search,
    value::{Date, Id, Noun, Time},
};

/// The longest review, in characters: more is not a review but a file gone wrong.
const LONGEST: usize = 20_000;

/// Keeps a review. In a buyer's words, phone numbers and the like are masked.
///
/// # Errors
/// `Invalid` for an empty text or one over 20,000 characters, a rating outside 1–5 or a day still to come; `NotFound` for the
/// product.
pub async fn add(db: &Db, input: NewReview, now: Time) -> Result<Review> {
    product::get(db, input.product).await?;
    let salt = Salt::of(db).await?;
    let mut tx = db.begin().await?;
    let own = input.buyer.as_ref().is_none_or(|who| who.trim().is_empty());
    let mut review = prepare(input, own, &salt, now)?;
    insert(&mut tx, &mut review, now).await?;
    let review = store::get(tx.conn(), review.id).await?;
    let review = judged(tx.conn(), review).await?;
    tx.commit().await?;
    Ok(review)
}

/// A checked review without its id.
pub(super) fn prepare(input: NewReview, own: bool, salt: &Salt, now: Time) -> Result<Review> {
    let text = said(own, checked_text(&input.text)?);
    let who = input.buyer.filter(|who| !who.trim().is_empty());
    Ok(Review {
        id: 0,
        product: input.product,
        own,
        buyer: who.map(|who| salt.hash(&who)),
        rating: checked_rating(input.rating)?,
        text,
        reasons: listed(own, input.reasons),
        returned: listed(own, input.returned),
        sensitivity: input.sensitivity,
        found: Vec::new(),
        declined: Vec::new(),
        consent: input.consent,
        consent_at: None,
        consent_how: String::new(),
        photos: Vec::new(),
        source: said(own, input.source.trim()),
        note: String::new(),
        said_on: checked_day(input.said_on, now)?,
        edits: 0,
        trashed_at: None,
        created_at: now,
    })
}

pub(super) fn checked_text(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("text", "评价没有内容，没有保存。"));
    }
    // As many bytes hold at most as many characters, so that a short text is not counted.
    if text.len() > LONGEST && text.chars().count() > LONGEST {
        return Err(Error::invalid(
            "text",
            format!("评价超过 {LONGEST} 个字，没有保存。请看看是不是几条连在了一起。"),
        ));
    }
    Ok(text)
}

pub(super) fn checked_rating(rating: Option<i64>) -> Result<Option<i64>> {
    if rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Error::invalid("rating", "评分要在 1 到 5 之间。"));
    }
    Ok(rating)
}

pub(super) fn checked_day(on: Option<Date>, now: Time) -> Result<Option<Date>> {
    if let Some(on) = on.filter(|on| *on > now.date()) {
        return Err(Error::invalid("said_on", format!("评价日期 {on} 还没有到。")));
    }
    Ok(on)
}

/// Labels without spaces around them, empty ones and repeats.
pub(super) fn listed(own: bool, list: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for label in list {
        let label = said(own, label.trim());
        if !label.is_empty() && !kept.contains(&label) {
            kept.push(label);
        }
    }
    kept
}

/// What is kept of words: a buyer's without what tells who somebody is, the creator's own as they are.
pub(super) fn said(own: bool, text: &str) -> String {
    if own {
        text.to_owned()
    } else {
        buyer::clean(text).0
    }
}

/// Writes it and its search entry, and gives it its id.
pub(super) async fn insert(tx: &mut Tx, review: &mut Review, now: Time) -> Result<Id> {
    review.id = store::insert(tx.conn(), review).await?;
    if review.consent && !review.own {
        store::keep_consent(tx.conn(), review.id, true, "", None, now).await?;
    }
    search::put(tx, Noun::Review, review.id, "", &review.text).await?;
    tx.touch(Noun::Review);
    Ok(review.id)
}

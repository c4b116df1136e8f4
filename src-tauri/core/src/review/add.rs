//! Keeping a review. Who said it is hashed before anything is written.

use super::{NewReview, Review, store};
use crate::{
    buyer::{self, Salt},
    db::{Db, Tx},
    error::{Error, Result},
    product, search,
    value::{Id, Noun, Time},
};

/// Keeps a review. In a buyer's words, phone numbers and the like are masked.
///
/// # Errors
/// `Invalid` for an empty text, a rating outside 1–5 or a day still to come; `NotFound` for the product.
pub async fn add(db: &Db, input: NewReview, now: Time) -> Result<Review> {
    product::get(db, input.product).await?;
    let mut tx = db.begin().await?;
    let salt = Salt::of(&mut tx).await?;
    let own = input.buyer.as_ref().is_none_or(|who| who.trim().is_empty());
    let mut review = prepare(input, own, &salt, now)?;
    insert(&mut tx, &mut review).await?;
    tx.commit().await?;
    Ok(review)
}

/// A checked review without its id.
pub(super) fn prepare(input: NewReview, own: bool, salt: &Salt, now: Time) -> Result<Review> {
    let text = input.text.trim();
    if text.is_empty() {
        return Err(Error::invalid("text", "评价没有内容，没有保存。"));
    }
    if input.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Error::invalid("rating", "评分要在 1 到 5 之间。"));
    }
    if let Some(on) = input.said_on.filter(|on| *on > now.date()) {
        return Err(Error::invalid("said_on", format!("评价日期 {on} 还没有到。")));
    }
    let who = input.buyer.filter(|who| !who.trim().is_empty());
    let listed = |list: Vec<String>| -> Vec<String> {
        list.into_iter()
            .map(|text| said(own, text.trim()))
            .filter(|text| !text.is_empty())
            .collect()
    };
    Ok(Review {
        id: 0,
        product: input.product,
        own,
        buyer: who.map(|who| salt.hash(&who)),
        rating: input.rating,
        text: said(own, text),
        reasons: listed(input.reasons),
        returned: listed(input.returned),
        sensitivity: input.sensitivity,
        consent: input.consent,
        source: said(own, input.source.trim()),
        said_on: input.said_on,
        created_at: now,
    })
}

/// What is kept of words: a buyer's without numbers and addresses, the creator's own as they are.
pub(super) fn said(own: bool, text: &str) -> String {
    if own { text.to_owned() } else { buyer::mask(text) }
}

/// Writes it and its search entry, and gives it its id.
pub(super) async fn insert(tx: &mut Tx, review: &mut Review) -> Result<Id> {
    review.id = store::insert(tx.conn(), review).await?;
    search::put(tx, Noun::Review, review.id, "", &review.text).await?;
    tx.touch(Noun::Review);
    Ok(review.id)
}

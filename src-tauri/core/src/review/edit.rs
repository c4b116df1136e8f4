//! Changing what is noted of a review. A buyer's words are never altered.

use super::{
    Declined, NewConsent, ReasonKind, ReasonVerdict, Review, ReviewHistory, ReviewPatch, Sensitivity, add,
    judged, store,
};
use crate::{
    db::{Db, Tx},
    error::{Error, Result},
    search,
    value::{Id, Noun, Time},
};

/// Changes a review. What an own review said before is kept.
///
/// # Errors
/// `Invalid` for a change of a buyer's words or rating, an empty text, a rating outside 1–5, a day still to come or a photo that is
/// not there; `NotFound`.
pub async fn edit(db: &Db, id: Id, patch: ReviewPatch, now: Time) -> Result<Review> {
    let mut tx = db.begin().await?;
    let before = store::get(tx.conn(), id).await?;
    let mut review = before.clone();
    let own = review.own;
    if !own && (patch.text.is_some() || patch.rating.is_some()) {
        return Err(Error::invalid(
            "text",
            "买家的原话和评分不能改，没有改动。可以把想说的写在备注里。",
        ));
    }
    if let Some(text) = patch.text {
        review.text = add::checked_text(&text)?.to_owned();
    }
    if let Some(rating) = patch.rating {
        review.rating = add::checked_rating(rating)?;
    }
    if let Some(reasons) = patch.reasons {
        review.reasons = add::listed(own, reasons);
    }
    if let Some(returned) = patch.returned {
        review.returned = add::listed(own, returned);
    }
    review.sensitivity = patch.sensitivity.unwrap_or(review.sensitivity);
    review.source = patch
        .source
        .map_or(review.source, |source| add::said(own, source.trim()));
    review.note = patch.note.map_or(review.note, |note| add::said(own, note.trim()));
    if let Some(on) = patch.said_on {
        review.said_on = add::checked_day(on, now)?;
    }
    if let Some(given) = patch.consent.filter(|given| *given != review.consent) {
        review.consent = given;
        store::keep_consent(tx.conn(), id, given, "", None, now).await?;
    }
    if review.text != before.text || review.rating != before.rating {
        store::keep_edit(tx.conn(), &before, now).await?;
        search::put(&mut tx, Noun::Review, id, "", &review.text).await?;
    }
    store::update(tx.conn(), &review).await?;
    if let Some(photos) = patch.photos {
        attach(&mut tx, &review, &photos).await?;
    }
    told(tx, id).await
}

async fn attach(tx: &mut Tx, review: &Review, photos: &[Id]) -> Result<()> {
    if let Some(missing) = store::missing_photo(tx.conn(), photos).await? {
        return Err(Error::invalid(
            "photos",
            format!("素材库里没有照片 {missing}，没有改动。"),
        ));
    }
    store::set_photos(tx.conn(), review, photos).await?;
    tx.touch(Noun::Photo);
    Ok(())
}

async fn told(mut tx: Tx, id: Id) -> Result<Review> {
    let review = store::get(tx.conn(), id).await?;
    let review = judged(tx.conn(), review).await?;
    tx.touch(Noun::Review);
    tx.commit().await?;
    Ok(review)
}

/// Notes that the buyer agreed to be quoted, or no longer does. Every word is kept; the last one holds.
///
/// # Errors
/// `Invalid` for an own review or a proof that is not in the library; `NotFound`.
pub async fn consent(db: &Db, id: Id, word: NewConsent, now: Time) -> Result<Review> {
    let mut tx = db.begin().await?;
    let mut review = store::get(tx.conn(), id).await?;
    if review.own {
        return Err(Error::invalid("given", "自己的评价不用授权，没有改动。"));
    }
    if let Some(proof) = word.proof
        && store::missing_photo(tx.conn(), &[proof]).await?.is_some()
    {
        return Err(Error::invalid(
            "proof",
            format!("素材库里没有照片 {proof}，授权没有记下。"),
        ));
    }
    let how = add::said(false, word.how.trim());
    store::keep_consent(tx.conn(), id, word.given, &how, word.proof, now).await?;
    review.consent = word.given;
    store::update(tx.conn(), &review).await?;
    told(tx, id).await
}

/// What became of a review: words about consent, and what an own one said before.
pub async fn history(db: &Db, id: Id) -> Result<ReviewHistory> {
    let conn = &mut *db.read().acquire().await?;
    store::get(conn, id).await?;
    Ok(ReviewHistory {
        consents: store::consents(conn, id).await?,
        edits: store::edits(conn, id).await?,
    })
}

/// Says of one label whether it is so, for many reviews at once; answers with the reviews that changed.
///
/// A sensitivity that the creator has set already is not overwritten by accepting another.
///
/// # Errors
/// `Invalid` for a sensitivity that is none; `NotFound`, and then nothing changed.
pub async fn decide(
    db: &Db,
    ids: &[Id],
    kind: ReasonKind,
    label: &str,
    verdict: ReasonVerdict,
) -> Result<Vec<Id>> {
    let label = label.trim();
    let sensitivity = Sensitivity::of(label);
    if label.is_empty() || kind == ReasonKind::Sensitivity && sensitivity.is_none() {
        return Err(Error::invalid(
            "label",
            format!("没有「{label}」这个标签，没有改动。"),
        ));
    }
    let mut tx = db.begin().await?;
    let mut changed = Vec::new();
    for id in ids {
        let mut review = store::get(tx.conn(), *id).await?;
        let before = (
            review.reasons.clone(),
            review.returned.clone(),
            review.sensitivity,
            review.declined.clone(),
        );
        review.declined.retain(|no| no.kind != kind || no.label != label);
        let says = verdict == ReasonVerdict::Accept;
        match kind {
            ReasonKind::BoughtBecause => say(&mut review.reasons, label, says),
            ReasonKind::ReturnedBecause => say(&mut review.returned, label, says),
            ReasonKind::Sensitivity if says => review.sensitivity = review.sensitivity.or(sensitivity),
            ReasonKind::Sensitivity => {
                review.sensitivity = review.sensitivity.filter(|it| Some(*it) != sensitivity)
            }
        }
        if verdict == ReasonVerdict::Decline {
            review.declined.push(Declined {
                kind,
                label: label.to_owned(),
            });
        }
        let after = (
            review.reasons.clone(),
            review.returned.clone(),
            review.sensitivity,
            review.declined.clone(),
        );
        if before != after {
            store::update(tx.conn(), &review).await?;
            changed.push(*id);
        }
    }
    tx.touch(Noun::Review);
    tx.commit().await?;
    Ok(changed)
}

fn say(list: &mut Vec<String>, label: &str, says: bool) {
    let said = list.iter().any(|one| one == label);
    if says && !said {
        list.push(label.to_owned());
    } else if !says {
        list.retain(|one| one != label);
    }
}

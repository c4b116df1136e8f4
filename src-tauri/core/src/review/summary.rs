//! Reviews in figures: why bought, why returned, and of how many.

use std::collections::HashSet;

use super::{ReasonCount, ReasonKind, Review, ReviewSummary, Sensitivity, Standing, list, store, went_back};
use crate::{db::Db, error::Result, value::Id};

/// Counts the reviews of a product or all. Reasons are counted once a review, and of buyers only.
pub async fn summary(db: &Db, product: Option<Id>) -> Result<ReviewSummary> {
    let trashed = store::count_trashed(&mut *db.read().acquire().await?, product).await?;
    Ok(ReviewSummary {
        trashed,
        ..count(&list(db, product).await?)
    })
}

fn count(reviews: &[Review]) -> ReviewSummary {
    let of = |is: fn(&Review) -> bool| as_count(reviews.iter().filter(|review| is(review)).count());
    let buyers: HashSet<&str> = reviews
        .iter()
        .filter_map(|review| review.buyer.as_deref())
        .collect();
    let mut reasons: Vec<ReasonCount> = Vec::new();
    for review in reviews.iter().filter(|review| !review.own) {
        for label in &review.reasons {
            add(&mut reasons, ReasonKind::BoughtBecause, label, true);
        }
        for label in &review.returned {
            add(&mut reasons, ReasonKind::ReturnedBecause, label, true);
        }
        let said = review.sensitivity.map(|one| match one {
            Sensitivity::Price => "price",
            Sensitivity::Value => "value",
            Sensitivity::Brand => "brand",
        });
        if let Some(label) = said {
            add(&mut reasons, ReasonKind::Sensitivity, label, true);
        }
        for found in &review.found {
            if found.standing == Standing::Proposed {
                add(&mut reasons, found.kind, &found.label, false);
            }
        }
    }
    reasons.sort_by(|a, b| {
        (b.said + b.proposed)
            .cmp(&(a.said + a.proposed))
            .then_with(|| a.label.cmp(&b.label))
    });
    ReviewSummary {
        total: as_count(reviews.len()),
        own: of(|review| review.own),
        buyers: as_count(buyers.len()),
        rated: of(|review| review.rating.is_some()),
        authorised: of(|review| review.consent && !review.own),
        with_photos: of(|review| !review.photos.is_empty()),
        returned: of(|review| !review.own && went_back(review)),
        trashed: 0,
        reasons,
    }
}

fn as_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn add(reasons: &mut Vec<ReasonCount>, kind: ReasonKind, label: &str, said: bool) {
    let place = reasons
        .iter_mut()
        .find(|one| one.kind == kind && one.label == label);
    let (said, proposed) = if said { (1, 0) } else { (0, 1) };
    match place {
        Some(one) => {
            one.said += said;
            one.proposed += proposed;
        }
        None => reasons.push(ReasonCount {
            kind,
            label: label.to_owned(),
            said,
            proposed,
        }),
    }
}

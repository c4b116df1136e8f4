//! What the rules in force find in reviews, beside the creator's own word.

use std::ops::Range;

use super::{Found, ReasonKind, Review, Sensitivity, Span, Standing, find, rule};
use crate::error::Result;

pub(super) async fn judged(conn: &mut sqlx::SqliteConnection, review: Review) -> Result<Review> {
    let mut reviews = [review];
    judge(conn, &mut reviews).await?;
    let [review] = reviews;
    Ok(review)
}

/// Says what the rules in force find.
pub(super) async fn judge(conn: &mut sqlx::SqliteConnection, reviews: &mut [Review]) -> Result<()> {
    let rules = rule::in_force(conn).await?;
    let finder = find::Finder::new(&rules);
    for review in reviews {
        let hits = finder.find(&review.text);
        let returned = went_back(review);
        review.found = hits
            .into_iter()
            .filter_map(|(at, ranges)| Some((rules.get(at)?, ranges)))
            .filter(|(rule, _)| rule.kind != ReasonKind::ReturnedBecause || returned)
            .map(|(rule, ranges)| Found {
                kind: rule.kind,
                label: rule.label.clone(),
                standing: standing(review, rule.kind, &rule.label),
                hits: ranges.iter().map(|range| span(&review.text, range)).collect(),
            })
            .collect();
    }
    Ok(())
}

impl Review {
    /// Whether it gives this reason: by the creator's word, or by what a rule proposes while the creator has not spoken.
    pub fn gives(&self, label: &str) -> bool {
        let said = self
            .reasons
            .iter()
            .chain(&self.returned)
            .any(|said| said == label);
        let found = |found: &Found| found.label == label && found.standing != Standing::Declined;
        said || self.found.iter().any(found)
    }
}

/// Somebody says that it went back: the text, or a reason for it that was noted.
pub(super) fn went_back(review: &Review) -> bool {
    !review.returned.is_empty() || find::is_returned(&review.text)
}

fn standing(review: &Review, kind: ReasonKind, label: &str) -> Standing {
    let says = |list: &[String]| list.iter().any(|said| said == label);
    let accepted = match kind {
        ReasonKind::BoughtBecause => says(&review.reasons),
        ReasonKind::ReturnedBecause => says(&review.returned),
        ReasonKind::Sensitivity => {
            review.sensitivity.is_some() && review.sensitivity == Sensitivity::of(label)
        }
    };
    let has_other = kind == ReasonKind::Sensitivity && review.sensitivity.is_some();
    let declined = review
        .declined
        .iter()
        .any(|no| no.kind == kind && no.label == label);
    match (accepted, declined || has_other) {
        (true, _) => Standing::Accepted,
        (false, true) => Standing::Declined,
        (false, false) => Standing::Proposed,
    }
}

/// A byte range of a text as an editor counts it.
pub(super) fn span(text: &str, range: &Range<usize>) -> Span {
    let units = |part: Option<&str>| {
        i64::try_from(part.unwrap_or_default().encode_utf16().count()).unwrap_or(i64::MAX)
    };
    let start = units(text.get(..range.start));
    Span {
        start,
        end: start + units(text.get(range.clone())),
        text: text.get(range.clone()).unwrap_or_default().to_owned(),
    }
}

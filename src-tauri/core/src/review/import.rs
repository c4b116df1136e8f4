//! Taking in buyers' reviews from a table. No name, phone or account gets as far as the database.

use std::{collections::HashSet, path::Path};

use super::{NewReview, Review, ReviewField, ReviewPiece, ReviewPreview, add, store, table::Table};
use crate::{
    buyer::{self, Salt},
    db::{Db, Tx},
    error::{Code, Error, Result},
    job::Job,
    product,
    sheet::{ImportedRows, Intake, RefusedRow},
    value::{Id, Time},
};

/// How many pieces and refused rows a preview shows.
pub(super) const SHOWN: usize = 50;

/// Says what an import would do: which column is taken for what, what goes in, and what is refused and why. Keeps nothing.
///
/// `takes` says for every column what it holds; `None` recognises the columns by their names.
///
/// # Errors
/// `Unreadable` when the file is no table or has nothing in it; `NotFound` for the product.
pub async fn preview(
    db: &Db,
    file: &Path,
    product: Id,
    takes: Option<Vec<Option<ReviewField>>>,
    now: Time,
) -> Result<ReviewPreview> {
    product::get(db, product).await?;
    let table = Table::read(file, takes)?;
    let drafts = table
        .rows
        .iter()
        .map(|row| (row.number, table.review(row, product)))
        .collect();
    let mut preview = foresee(db, drafts, now).await?;
    preview.columns = table.columns();
    Ok(preview)
}

/// Takes in reviews from a CSV or XLSX file. The same words of the same buyer on the same day go in once.
///
/// `takes` as for [`preview`].
///
/// # Errors
/// `Unreadable` when the file is no table or has no text column; `NotFound` for the product.
pub async fn import(
    db: &Db,
    file: &Path,
    product: Id,
    takes: Option<Vec<Option<ReviewField>>>,
    job: &Job,
    now: Time,
) -> Result<ImportedRows> {
    product::get(db, product).await?;
    let table = Table::read(file, takes)?;
    if !table.takes.contains(&Some(ReviewField::Text)) {
        return Err(Error::new(
            Code::Unreadable,
            format!(
                "{} 里没有「评价内容」这一列，没有导入任何内容。请检查表头，或在预览里指明是哪一列。",
                file.display()
            ),
        ));
    }
    let drafts = table
        .rows
        .iter()
        .map(|row| (row.number, table.review(row, product)))
        .collect();
    keep(db, drafts, job, now).await
}

/// Rows or pieces on their way in, with the row or line they begin at.
pub(super) type Drafts = Vec<(i64, Result<NewReview>)>;

/// Keeps buyers' reviews batch by batch.
pub(super) async fn keep(db: &Db, drafts: Drafts, job: &Job, now: Time) -> Result<ImportedRows> {
    let salt = Salt::of(db).await?;
    let mut intake = Intake::of(db, drafts, job);
    while let Some((tx, draft)) = intake.next().await? {
        let taken = take(tx, draft, &salt, now).await;
        intake.note(taken)?;
    }
    intake.done().await
}

async fn take(tx: &mut Tx, draft: Result<NewReview>, salt: &Salt, now: Time) -> Result<Option<Id>> {
    let mut review = add::prepare(draft?, false, salt, now)?;
    if store::is_known(tx.conn(), &review, salt).await? {
        return Ok(None);
    }
    add::insert(tx, &mut review, now).await.map(Some)
}

/// What [`keep`] would do.
pub(super) async fn foresee(db: &Db, drafts: Drafts, now: Time) -> Result<ReviewPreview> {
    let salt = Salt::of(db).await?;
    let conn = &mut *db.read().acquire().await?;
    let mut preview = ReviewPreview {
        rows: i64::try_from(drafts.len()).unwrap_or(i64::MAX),
        ..ReviewPreview::default()
    };
    let mut seen = HashSet::new();
    for (row, draft) in drafts {
        let who = draft
            .as_ref()
            .ok()
            .and_then(|draft| draft.buyer.clone())
            .unwrap_or_default();
        let raw = draft.as_ref().map(|draft| draft.text.clone()).unwrap_or_default();
        let review = match draft.and_then(|draft| add::prepare(draft, false, &salt, now)) {
            Ok(review) => review,
            Err(error) if error.field.is_some() => {
                preview.refused.push(RefusedRow {
                    row,
                    reason: error.message,
                });
                continue;
            }
            Err(error) => return Err(error),
        };
        let is_new = seen.insert((review.buyer.clone(), review.text.clone(), review.said_on));
        let known = !is_new || store::is_known(conn, &review, &salt).await?;
        if known {
            preview.known += 1;
        } else {
            preview.new += 1;
        }
        let hidden = i64::try_from(buyer::clean(&raw).1).unwrap_or(i64::MAX);
        preview.hidden += hidden;
        if preview.pieces.len() < SHOWN {
            preview.pieces.push(piece(review, row, who, hidden, known));
        }
    }
    Ok(preview)
}

fn piece(review: Review, row: i64, who: String, hidden: i64, known: bool) -> ReviewPiece {
    ReviewPiece {
        row,
        who,
        text: review.text,
        rating: review.rating,
        said_on: review.said_on,
        hidden,
        known,
    }
}

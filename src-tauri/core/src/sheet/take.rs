//! Taking rows in: a bad row is refused by number and the rest goes in.

use serde::Serialize;

use crate::{
    db::{Db, Tx},
    error::Result,
    job::{Job, Progress},
    value::Id,
};

/// Rows written in one transaction: others get their turn in between, and a cancelled import keeps the finished ones.
const BATCH: usize = 200;

/// What an import of rows did.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
pub struct ImportedRows {
    /// Ids of what went in.
    pub imported: Vec<Id>,
    /// Rows that were there already.
    pub duplicates: Vec<i64>,
    /// Rows that could not be taken in.
    pub refused: Vec<RefusedRow>,
}

/// A row that could not be taken in.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct RefusedRow {
    /// As a spreadsheet counts it, from 1, header included.
    pub row: i64,
    /// Why, for people.
    pub reason: String,
}

/// Takes rows in one after another, each with its number, batch by batch; a cancelled import answers with what went in.
///
/// `take` answers with the new id, or with nothing where the row was there already.
///
/// # Errors
/// An error of `take` that names a field refuses that row; any other ends the import, and the finished batches stay.
pub async fn take_in<T>(
    db: &Db,
    rows: Vec<(i64, T)>,
    job: &Job,
    mut take: impl AsyncFnMut(&mut Tx, T) -> Result<Option<Id>>,
) -> Result<ImportedRows> {
    let mut done = ImportedRows::default();
    let mut progress = Progress {
        total: Some(rows.len() as u64),
        ..Progress::default()
    };
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() && !job.is_cancelled() {
        let mut tx = db.begin().await?;
        for (row, draft) in rows.by_ref().take(BATCH) {
            match take(&mut tx, draft).await {
                Ok(Some(id)) => done.imported.push(id),
                Ok(None) => done.duplicates.push(row),
                Err(error) if error.field.is_some() => {
                    done.refused.push(RefusedRow {
                        row,
                        reason: error.message,
                    });
                    progress.failed += 1;
                }
                Err(error) => return Err(error),
            }
            progress.done += 1;
        }
        tx.commit().await?;
        job.report(progress.clone());
    }
    Ok(done)
}

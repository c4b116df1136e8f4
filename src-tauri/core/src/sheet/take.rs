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

/// Rows on their way in, each with its number: handed out one after another inside transactions of a batch each.
///
/// No closure: a future that lends one its transaction could not be sent to another thread, and commands are.
pub struct Intake<'a, T> {
    db: &'a Db,
    job: &'a Job,
    rows: std::vec::IntoIter<(i64, T)>,
    /// Number of the row that was handed out last.
    row: i64,
    /// Of the batch that is being filled, with how many rows are in it.
    tx: Option<Tx>,
    filled: usize,
    done: ImportedRows,
    progress: Progress,
}

impl<'a, T> Intake<'a, T> {
    /// Nothing of these rows yet.
    pub fn of(db: &'a Db, rows: Vec<(i64, T)>, job: &'a Job) -> Self {
        Self {
            db,
            job,
            row: 0,
            tx: None,
            filled: 0,
            done: ImportedRows::default(),
            progress: Progress {
                total: Some(rows.len() as u64),
                ..Progress::default()
            },
            rows: rows.into_iter(),
        }
    }

    /// The next row and the transaction it goes into; nothing when all were handed out, or after a batch when the job was cancelled.
    pub async fn next(&mut self) -> Result<Option<(&mut Tx, T)>> {
        if self.filled == BATCH {
            self.close().await?;
        }
        if self.tx.is_none() && self.job.is_cancelled() {
            return Ok(None);
        }
        let Some((row, draft)) = self.rows.next() else {
            return Ok(None);
        };
        self.row = row;
        let tx = match &mut self.tx {
            Some(tx) => tx,
            none => none.insert(self.db.begin().await?),
        };
        Ok(Some((tx, draft)))
    }

    /// What became of the row: its new id, nothing where it was there already, or why it is refused.
    ///
    /// # Errors
    /// What is not about this row (an error that names no field) ends the import; the finished batches stay.
    pub fn note(&mut self, taken: Result<Option<Id>>) -> Result<()> {
        match taken {
            Ok(Some(id)) => self.done.imported.push(id),
            Ok(None) => self.done.duplicates.push(self.row),
            Err(error) if error.field.is_some() => {
                self.done.refused.push(RefusedRow {
                    row: self.row,
                    reason: error.message,
                });
                self.progress.failed += 1;
            }
            Err(error) => return Err(error),
        }
        self.progress.done += 1;
        self.filled += 1;
        Ok(())
    }

    /// Keeps the last batch and says what became of all rows.
    pub async fn done(mut self) -> Result<ImportedRows> {
        self.close().await?;
        Ok(self.done)
    }

    async fn close(&mut self) -> Result<()> {
        if let Some(tx) = self.tx.take() {
            tx.commit().await?;
            self.job.report(self.progress.clone());
        }
        self.filled = 0;
        Ok(())
    }
}

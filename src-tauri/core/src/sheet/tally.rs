//! Counting rows as they are taken in: a bad row is refused by number and the rest goes in.

use serde::Serialize;

use crate::{
    error::Result,
    job::{Job, Progress},
    value::Id,
};

/// Rows written in one transaction: others get their turn in between, and a cancelled import keeps the finished ones.
pub const BATCH: usize = 200;

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

/// What became of the rows so far.
pub struct Tally {
    done: ImportedRows,
    progress: Progress,
}

impl Tally {
    /// Nothing of so many rows yet.
    pub fn of(rows: usize) -> Self {
        Self {
            done: ImportedRows::default(),
            progress: Progress {
                total: Some(rows as u64),
                ..Progress::default()
            },
        }
    }

    /// Counts one row: its new id, nothing where it was there already, or why it is refused.
    ///
    /// # Errors
    /// What is not about this row (an error that names no field) ends the import.
    pub fn note(&mut self, row: i64, taken: Result<Option<Id>>) -> Result<()> {
        match taken {
            Ok(Some(id)) => self.done.imported.push(id),
            Ok(None) => self.done.duplicates.push(row),
            Err(error) if error.field.is_some() => {
                self.done.refused.push(RefusedRow {
                    row,
                    reason: error.message,
                });
                self.progress.failed += 1;
            }
            Err(error) => return Err(error),
        }
        self.progress.done += 1;
        Ok(())
    }

    /// Tells whoever watches how far it is.
    pub fn report(&self, job: &Job) {
        job.report(self.progress.clone());
    }

    /// What became of all rows.
    pub fn done(self) -> ImportedRows {
        self.done
    }
}

//! Where the finished pieces of an import are sorted and rows wait for their transaction.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::{
    Duplicate, Imported, Rejected, file, remove, store,
    take::{Ready, full},
};
use crate::{
    db::Db,
    error::{Error, Result},
    job::{Job, Progress},
    value::{Id, Noun, Time},
};

/// Rows of one transaction: a crash loses at most this many, and only their rows.
const BATCH: usize = 50;

/// What became of one file.
pub(super) enum Piece {
    New(Box<Ready>),
    /// In the library already; its files are whole again if they were not.
    Known(PathBuf, String, Known),
    /// The same bytes came earlier in this import.
    Twin(PathBuf, String),
    /// With the hash where it could be read.
    Refused(PathBuf, Option<String>, String),
    /// Somebody stopped the import in the middle of it.
    Left,
    Stop(Error),
}

/// A photo that is there already.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub id: Id,
    /// It lies in the trash: who imports it again wants it back.
    pub trashed: bool,
}

impl Known {
    fn at(self, path: &Path) -> Duplicate {
        Duplicate {
            path: path.to_owned(),
            id: self.id,
            restored: self.trashed,
        }
    }
}

/// What the first file with certain bytes came to.
enum Fate {
    Waiting,
    In(Known),
    Refused(String),
}

pub(super) struct Desk<'a> {
    db: &'a Db,
    now: Time,
    pub total: usize,
    waiting: Vec<Ready>,
    /// By hash.
    fates: HashMap<String, Fate>,
    twins: Vec<(PathBuf, String)>,
    pub answer: Imported,
}

impl<'a> Desk<'a> {
    pub fn new(db: &'a Db, now: Time, total: usize, rejected: Vec<Rejected>) -> Self {
        let answer = Imported {
            rejected,
            ..Imported::default()
        };
        Self {
            db,
            now,
            total,
            waiting: Vec::new(),
            fates: HashMap::new(),
            twins: Vec::new(),
            answer,
        }
    }

    pub async fn sort(&mut self, piece: Piece) -> Result<()> {
        match piece {
            Piece::New(ready) if self.fates.contains_key(&ready.hash) => {
                self.twins.push((ready.path, ready.hash));
            }
            Piece::New(ready) => {
                self.fates.insert(ready.hash.clone(), Fate::Waiting);
                self.waiting.push(*ready);
                if self.waiting.len() >= BATCH {
                    self.flush().await?;
                }
            }
            Piece::Known(path, hash, known) => self.recognise(&path, hash, known).await?,
            Piece::Twin(path, hash) => self.twins.push((path, hash)),
            Piece::Refused(path, hash, reason) => {
                if let Some(hash) = hash {
                    self.fates.insert(hash, Fate::Refused(reason.clone()));
                }
                self.answer.rejected.push(Rejected { path, reason });
            }
            Piece::Left => {}
            Piece::Stop(error) => return Err(error),
        }
        Ok(())
    }

    async fn recognise(&mut self, path: &Path, hash: String, known: Known) -> Result<()> {
        if known.trashed {
            remove::restore(self.db, &[known.id]).await?;
        }
        self.answer.duplicates.push(known.at(path));
        self.fates.insert(hash, Fate::In(known));
        Ok(())
    }

    /// Gives the waiting photos their rows.
    pub async fn flush(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        // No row without its file, whatever happens to the power.
        let originals: Vec<PathBuf> = waiting
            .iter()
            .map(|ready| self.db.path(&ready.original))
            .collect();
        file::aside(move || file::sync(&originals).map_err(full)).await?;
        let rows = serde_json::Value::from_iter(waiting.iter().map(|ready| ready.row.clone())).to_string();
        let mut tx = self.db.begin().await?;
        let new: HashMap<String, Id> = store::insert(tx.conn(), &rows, self.now)
            .await?
            .into_iter()
            .collect();
        tx.touch(Noun::Photo);
        tx.commit().await?;
        let mut ids = Vec::new();
        for ready in waiting {
            match new.get(&ready.hash) {
                Some(id) => {
                    ids.push(*id);
                    let known = Known {
                        id: *id,
                        trashed: false,
                    };
                    self.fates.insert(ready.hash, Fate::In(known));
                }
                // Another import was faster with the same picture.
                None => {
                    if let Some((known, _)) = store::known(self.db.read(), &ready.hash).await? {
                        self.recognise(&ready.path, ready.hash, known).await?;
                    }
                }
            }
        }
        self.answer
            .imported
            .extend(store::by_ids(self.db.read(), &ids).await?);
        Ok(())
    }

    /// Ends it: twins share the fate of the first file with their bytes.
    pub fn settle(mut self) -> Imported {
        let done = self.done();
        for (path, hash) in self.twins {
            match self.fates.get(&hash) {
                Some(Fate::In(known)) => self.answer.duplicates.push(known.at(&path)),
                Some(Fate::Refused(reason)) => self.answer.rejected.push(Rejected {
                    path,
                    reason: reason.clone(),
                }),
                // The first has no row: the import was stopped.
                Some(Fate::Waiting) | None => {}
            }
        }
        self.answer.duplicates.sort_by(|a, b| a.path.cmp(&b.path));
        self.answer.cancelled = done < self.total;
        self.answer
    }

    fn done(&self) -> usize {
        let answer = &self.answer;
        answer.imported.len()
            + answer.duplicates.len()
            + answer.rejected.len()
            + self.waiting.len()
            + self.twins.len()
    }

    pub fn report(&self, job: &Job) {
        job.report(Progress {
            done: self.done() as u64,
            total: Some(self.total as u64),
            failed: self.answer.rejected.len() as u64,
            note: "正在导入照片".to_owned(),
        });
    }
}

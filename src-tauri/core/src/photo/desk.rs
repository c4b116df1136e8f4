//! Where the finished pieces of an import are sorted and rows wait for their transaction.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use super::{
    Duplicate, Imported, PhotoImport, Rejected, Source, Stopped,
    file::{self, Stored},
    provenance, remove, store,
    take::{self, Ready},
};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    job::{Job, Progress},
    reserve,
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
    /// No photo, and not meant to be one.
    Stray(PathBuf, Option<String>, String),
    /// Somebody stopped the import in the middle of it.
    Left,
    Stop(Error),
}

/// A photo that is there already.
pub(super) struct Known {
    pub id: Id,
    /// It lies in the trash: who imports it again wants it back.
    pub trashed: bool,
    /// It lies there since another one like it was kept: who imports the same card again has decided about it.
    pub settled: bool,
    pub source: Source,
    /// With its name.
    pub product: Option<(Id, String)>,
    pub trial: Option<Id>,
}

impl Known {
    /// Whether what was asked for fills something that is empty and goes against nothing that stands.
    fn takes(&self, what: &PhotoImport) -> bool {
        let fits = match (&self.product, what.product) {
            (Some((own, _)), Some(asked)) => *own == asked,
            _ => true,
        };
        let product = self.product.is_none() && what.product.is_some();
        fits && (product || self.trial.is_none() && what.trial.is_some())
    }

    /// What stands otherwise than it was asked for, for people.
    fn kept(&self, what: &PhotoImport) -> String {
        let mut kept = Vec::new();
        if self.source != what.source {
            let word = provenance::word(self.source);
            kept.push(format!("来源已经是「{word}」"));
        }
        if let Some((own, name)) = &self.product
            && what.product.is_some_and(|asked| asked != *own)
        {
            kept.push(format!("已经归在好物「{name}」"));
        }
        if let Some(own) = self.trial
            && what.trial.is_some_and(|asked| asked != own)
        {
            kept.push("已经归在另一段试用".to_owned());
        }
        if kept.is_empty() {
            return String::new();
        }
        format!("照片 {} {}，没有改；要改请在素材里改。", self.id, kept.join("，"))
    }
}

/// What the first file with certain bytes came to.
enum Fate {
    Waiting,
    In(Duplicate),
    Refused(String),
    Stray(String),
}

pub(super) struct Desk<'a> {
    db: &'a Db,
    what: Arc<PhotoImport>,
    now: Time,
    pub total: usize,
    waiting: Vec<Ready>,
    /// Known photos that take the product or trial they came in for.
    taking: Vec<Id>,
    /// By hash.
    fates: HashMap<String, Fate>,
    twins: Vec<(PathBuf, String)>,
    pub answer: Imported,
}

impl<'a> Desk<'a> {
    /// `answer` lists what was left out already.
    pub fn new(db: &'a Db, what: Arc<PhotoImport>, now: Time, total: usize, answer: Imported) -> Self {
        Self {
            db,
            what,
            now,
            total,
            waiting: Vec::new(),
            taking: Vec::new(),
            fates: HashMap::new(),
            twins: Vec::new(),
            answer,
        }
    }

    pub async fn sort(&mut self, piece: Piece) -> Result<()> {
        match piece {
            Piece::New(ready) if self.fates.contains_key(&ready.stored.hash) => {
                self.twins.push((ready.path, ready.stored.hash));
            }
            Piece::New(mut ready) => {
                take::not_ahead(&mut ready.row, self.now);
                self.fates.insert(ready.stored.hash.clone(), Fate::Waiting);
                self.waiting.push(*ready);
                if self.waiting.len() >= BATCH {
                    self.flush().await?;
                }
            }
            Piece::Known(path, hash, known) => self.recognise(path, hash, known).await?,
            Piece::Twin(path, hash) => self.twins.push((path, hash)),
            Piece::Refused(path, hash, reason) => {
                if let Some(hash) = hash {
                    self.fates.insert(hash, Fate::Refused(reason.clone()));
                }
                self.answer.rejected.push(Rejected { path, reason });
            }
            Piece::Stray(path, hash, reason) => {
                if let Some(hash) = hash {
                    self.fates.insert(hash, Fate::Stray(reason.clone()));
                }
                self.answer.strays.push(Rejected { path, reason });
            }
            Piece::Left => {}
            Piece::Stop(error) => return Err(error),
        }
        Ok(())
    }

    async fn recognise(&mut self, path: PathBuf, hash: String, known: Known) -> Result<()> {
        let restored = known.trashed && !known.settled;
        if restored {
            remove::restore(self.db, &[known.id]).await?;
        }
        let kept = if known.settled {
            String::new()
        } else {
            if known.takes(&self.what) {
                self.taking.push(known.id);
            }
            known.kept(&self.what)
        };
        let duplicate = Duplicate {
            path,
            id: known.id,
            restored,
            settled: known.settled,
            kept,
        };
        self.fates.insert(hash, Fate::In(duplicate.clone()));
        self.answer.duplicates.push(duplicate);
        Ok(())
    }

    /// Gives the waiting photos their rows, and the known ones what they came in for.
    pub async fn flush(&mut self) -> Result<()> {
        if !self.taking.is_empty() {
            let mut tx = self.db.begin().await?;
            store::fill(tx.conn(), &self.taking, self.what.product, self.what.trial).await?;
            tx.touch(Noun::Photo);
            tx.commit().await?;
            self.taking.clear();
        }
        if self.waiting.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let new = match self.put_in(&waiting).await {
            Ok(new) => new,
            Err(error) => {
                // Those files lie there: the last flush tries once more.
                self.waiting = waiting;
                return Err(error);
            }
        };
        let mut ids = Vec::new();
        for ready in waiting {
            match new.get(&ready.stored.hash) {
                Some(id) => {
                    ids.push(*id);
                    let twin = Duplicate {
                        path: ready.path,
                        id: *id,
                        restored: false,
                        settled: false,
                        kept: String::new(),
                    };
                    self.fates.insert(ready.stored.hash, Fate::In(twin));
                }
                // Another import was faster with the same picture.
                None => {
                    if let Some((known, _)) = store::known(self.db.read(), &ready.stored.hash).await? {
                        self.recognise(ready.path, ready.stored.hash, known).await?;
                    }
                }
            }
        }
        self.answer
            .imported
            .extend(store::by_ids(self.db.read(), &ids).await?);
        Ok(())
    }

    /// The last flush, with nothing else at work. On a full disk the rows of what is there need a little room: the reserve gives it.
    pub async fn last_flush(&mut self) -> Result<()> {
        match self.flush().await {
            Err(error) if error.code == Code::DiskFull && reserve::let_go(self.db.folder()) => {
                self.flush().await
            }
            done => done,
        }
    }

    /// Makes the files last and adds their rows; answers with the ids of those that are new, by hash.
    async fn put_in(&self, waiting: &[Ready]) -> Result<HashMap<String, Id>> {
        // No row without its file, whatever happens to the power.
        let stored: Vec<Stored> = waiting.iter().map(|ready| ready.stored.clone()).collect();
        let folder = self.db.folder().to_owned();
        file::aside(move || file::sync(&folder, &stored)).await?;
        let rows = serde_json::Value::from_iter(waiting.iter().map(|ready| ready.row.clone())).to_string();
        let mut tx = self.db.begin().await?;
        let new = store::insert(tx.conn(), &rows, self.now).await?;
        tx.touch(Noun::Photo);
        tx.commit().await?;
        Ok(new.into_iter().collect())
    }

    /// Ends it, with what stopped it: twins share the fate of the first file with their bytes.
    ///
    /// # Errors
    /// That one, when nothing was done at all.
    pub fn settle(mut self, stopped: Option<Error>) -> Result<Imported> {
        for (path, hash) in self.twins {
            match self.fates.get(&hash) {
                Some(Fate::In(first)) => self.answer.duplicates.push(Duplicate {
                    path,
                    ..first.clone()
                }),
                Some(Fate::Refused(reason)) => self.answer.rejected.push(Rejected {
                    path,
                    reason: reason.clone(),
                }),
                Some(Fate::Stray(reason)) => self.answer.strays.push(Rejected {
                    path,
                    reason: reason.clone(),
                }),
                // The first has no row: the import was stopped.
                Some(Fate::Waiting) | None => {}
            }
        }
        let mut answer = self.answer;
        answer.duplicates.sort_by(|a, b| a.path.cmp(&b.path));
        let listed = [
            answer.imported.len(),
            answer.duplicates.len(),
            answer.rejected.len(),
            answer.strays.len(),
        ];
        let done: usize = listed.iter().sum();
        answer.left = i64::try_from(self.total.saturating_sub(done)).unwrap_or(i64::MAX);
        match stopped.map(take::full) {
            Some(error) if done == 0 => return Err(error),
            Some(error) => {
                answer.stopped = Some(Stopped {
                    code: error.code,
                    message: error.message,
                });
            }
            None => answer.cancelled = answer.left > 0,
        }
        Ok(answer)
    }

    fn done(&self) -> usize {
        let answer = &self.answer;
        answer.imported.len()
            + answer.duplicates.len()
            + answer.rejected.len()
            + answer.strays.len()
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

//! Import: files in, photos out. One thread reads ahead, as many as there are cores look at pictures, rows go in by fifties.

use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
    thread::available_parallelism,
};

use futures_util::{StreamExt, stream};
use tokio::sync::Semaphore;
use walkdir::WalkDir;

use super::{
    Duplicate, Imported, PhotoImport, Rejected, file, remove, store,
    take::{self, Loaded, Ready, Refusal},
};
use crate::{
    db::Db,
    error::{Error, Result},
    job::{Job, Progress},
    value::{Id, Noun, Time},
};

/// Rows of one transaction: a crash loses at most this many, and only their rows.
const BATCH: usize = 50;
/// Megabytes of files held in memory at a time; a file alone may have 512.
const MEMORY: u32 = 768;

/// Takes pictures in: each file is read once; bad ones are refused one by one while the rest goes in.
///
/// A cancelled import answers with what it kept; begun again, it goes on where it stopped. Order of answer and ids is that of the
/// paths, whatever finishes first.
///
/// # Errors
/// `NotFound` for an unknown product or trial, before anything is read. `DiskFull` and `ReadOnly` stop it; what is done is kept.
pub async fn import(db: &Db, what: &PhotoImport, job: &Job, now: Time) -> Result<Imported> {
    let what = Arc::new(owner(db, what).await?);
    let paths = what.paths.clone();
    let (files, mut rejected) = file::aside(move || Ok(walk(&paths))).await?;

    let mut desk = Desk::new(db, now, files.len() + rejected.len());
    desk.answer.rejected.append(&mut rejected);
    let memory = Arc::new(Semaphore::new(MEMORY as usize));
    let looks = available_parallelism().map_or(2, usize::from);

    let mut seen = BTreeSet::new();
    let pieces = stream::iter(files)
        .take_while(|_| std::future::ready(!job.is_cancelled()))
        .then(|path| read(path, memory.clone()))
        .map(|(read, hold)| {
            let first = read.as_ref().is_ok_and(|r| seen.insert(r.hash.clone()));
            let what = what.clone();
            async move {
                let piece = match read {
                    Ok(loaded) => look(db, loaded, first, what).await,
                    Err(piece) => piece,
                };
                drop(hold);
                piece
            }
        })
        .buffered(looks);
    let mut pieces = std::pin::pin!(pieces);
    let mut stopped = None;
    while let Some(piece) = pieces.next().await {
        match desk.sort(piece).await {
            Ok(()) => desk.report(job),
            Err(error) => {
                stopped = Some(error);
                break;
            }
        }
    }
    let flushed = desk.flush().await;
    if let Some(error) = stopped {
        return Err(error);
    }
    flushed?;
    desk.settle();
    desk.answer.cancelled = desk.done() < desk.total;
    Ok(desk.answer)
}

/// Checks product and trial, and takes the trial's product along.
async fn owner(db: &Db, what: &PhotoImport) -> Result<PhotoImport> {
    let mut what = what.clone();
    if let Some(product) = what.product
        && !store::is_product(db.read(), product).await?
    {
        return Err(Error::not_found("好物", product));
    }
    if let Some(trial) = what.trial {
        let product = store::product_of_trial(db.read(), trial)
            .await?
            .ok_or_else(|| Error::not_found("试用", trial))?;
        if what.product.is_some_and(|given| given != product) {
            return Err(Error::invalid(
                "trial",
                "这段试用不属于所选的好物，没有导入任何照片。请改选其中一个。",
            ));
        }
        what.product = Some(product);
    }
    Ok(what)
}

/// Files of all paths in a fixed order, and what could not be walked. Links are followed; a link that leads back to itself is refused.
fn walk(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Rejected>) {
    let (mut files, mut rejected) = (Vec::new(), Vec::new());
    for root in paths {
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name();
        for entry in entries
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !junk(e.path()))
        {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => files.push(entry.into_path()),
                Err(error) => {
                    let reason = match error.io_error() {
                        _ if error.loop_ancestor().is_some() => {
                            "这个链接绕回了上一级文件夹，已跳过。".to_owned()
                        }
                        Some(io) if is_knot(error.path(), io) => {
                            "这个链接指来指去指不到文件，已跳过。".to_owned()
                        }
                        Some(io) => take::why(io),
                        None => error.to_string(),
                    };
                    rejected.push(Rejected {
                        path: error.path().unwrap_or(root).to_owned(),
                        reason,
                    });
                }
            }
        }
    }
    (files, rejected)
}

/// Whether it is a link that leads to itself: the error has no kind of its own in stable Rust.
fn is_knot(path: Option<&Path>, error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotFound, PermissionDenied};
    path.is_some_and(Path::is_symlink) && !matches!(error.kind(), NotFound | PermissionDenied)
}

/// What operating systems leave in folders on their own.
fn junk(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    matches!(
        &*name,
        ".DS_Store"
            | "Thumbs.db"
            | "desktop.ini"
            | "__MACOSX"
            | ".Spotlight-V100"
            | ".Trashes"
            | ".fseventsd"
    ) || name.starts_with("._")
}

type Hold = Option<tokio::sync::OwnedSemaphorePermit>;

/// Reads a file once there is room for it; the room is given back when the hold is dropped.
async fn read(path: PathBuf, memory: Arc<Semaphore>) -> (std::result::Result<Loaded, Piece>, Hold) {
    let size = tokio::fs::metadata(&path)
        .await
        .map_or(0, |known| known.len())
        .min(take::MAX_FILE);
    let megabytes = u32::try_from(size >> 20)
        .unwrap_or(MEMORY)
        .saturating_add(1)
        .min(MEMORY);
    let hold = memory.acquire_many_owned(megabytes).await.ok();
    let read = match file::aside(move || Ok(take::read(path))).await {
        Ok(read) => read.map_err(|(path, reason)| Piece::Refused(path, None, reason)),
        Err(error) => Err(Piece::Stop(error)),
    };
    (read, hold)
}

/// A photo that is there already.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub id: Id,
    /// It lies in the trash: who imports it again wants it back.
    pub trashed: bool,
}

impl Known {
    fn at(self, path: PathBuf) -> Duplicate {
        Duplicate {
            path,
            id: self.id,
            restored: self.trashed,
        }
    }
}

/// What became of one file.
enum Piece {
    New(Box<Ready>),
    /// In the library already; its files are whole again if they were not.
    Known(PathBuf, String, Known),
    /// The same bytes came earlier in this import.
    Twin(PathBuf, String),
    /// With the hash where it could be read.
    Refused(PathBuf, Option<String>, String),
    Stop(Error),
}

async fn look(db: &Db, loaded: Loaded, first: bool, what: Arc<PhotoImport>) -> Piece {
    if !first {
        return Piece::Twin(loaded.path, loaded.hash);
    }
    let folder = db.folder().to_owned();
    let (path, hash) = (loaded.path.clone(), loaded.hash.clone());
    match store::known(db.read(), &hash).await {
        Ok(Some((known, stored))) => {
            let mended = file::aside(move || take::mend(&folder, &stored, &loaded.bytes)).await;
            return mended.map_or_else(Piece::Stop, |()| Piece::Known(path, hash, known));
        }
        Ok(None) => {}
        Err(error) => return Piece::Stop(error),
    }
    match file::aside(move || Ok(take::take(&folder, loaded, &what))).await {
        Ok(Ok(ready)) => Piece::New(Box::new(ready)),
        Ok(Err(Refusal::File(reason))) => Piece::Refused(path, Some(hash), reason),
        Ok(Err(Refusal::Job(error))) | Err(error) => Piece::Stop(error),
    }
}

/// Where finished pieces are sorted and rows wait for their transaction.
struct Desk<'a> {
    db: &'a Db,
    now: Time,
    total: usize,
    waiting: Vec<Ready>,
    /// By hash: the photo, or why it was refused.
    known: HashMap<String, std::result::Result<Known, String>>,
    twins: Vec<(PathBuf, String)>,
    answer: Imported,
}

impl<'a> Desk<'a> {
    fn new(db: &'a Db, now: Time, total: usize) -> Self {
        let (waiting, known, twins) = (Vec::new(), HashMap::new(), Vec::new());
        Self {
            db,
            now,
            total,
            waiting,
            known,
            twins,
            answer: Imported::default(),
        }
    }

    async fn sort(&mut self, piece: Piece) -> Result<()> {
        match piece {
            Piece::New(taken) => {
                self.waiting.push(*taken);
                if self.waiting.len() >= BATCH {
                    self.flush().await?;
                }
            }
            Piece::Known(path, hash, known) => {
                if known.trashed {
                    remove::restore(self.db, &[known.id]).await?;
                }
                self.known.insert(hash, Ok(known));
                self.answer.duplicates.push(known.at(path));
            }
            Piece::Twin(path, hash) => self.twins.push((path, hash)),
            Piece::Refused(path, hash, reason) => {
                if let Some(hash) = hash {
                    self.known.insert(hash, Err(reason.clone()));
                }
                self.answer.rejected.push(Rejected { path, reason });
            }
            Piece::Stop(error) => return Err(error),
        }
        Ok(())
    }

    /// Gives the waiting photos their rows.
    async fn flush(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let rows = serde_json::Value::from_iter(waiting.iter().map(|taken| taken.row.clone())).to_string();
        let mut tx = self.db.begin().await?;
        let new: HashMap<String, Id> = store::insert(tx.conn(), &rows, self.now)
            .await?
            .into_iter()
            .collect();
        tx.touch(Noun::Photo);
        tx.commit().await?;
        for taken in &waiting {
            let known = match new.get(&taken.hash) {
                Some(id) => Known {
                    id: *id,
                    trashed: false,
                },
                // Another import was faster with the same picture.
                None => match store::known(self.db.read(), &taken.hash).await? {
                    Some((known, _)) => {
                        self.answer.duplicates.push(known.at(taken.path.clone()));
                        known
                    }
                    None => continue,
                },
            };
            self.known.insert(taken.hash.clone(), Ok(known));
        }
        let ids: Vec<Id> = waiting
            .iter()
            .filter_map(|taken| new.get(&taken.hash).copied())
            .collect();
        self.answer
            .imported
            .extend(store::by_ids(self.db.read(), &ids).await?);
        Ok(())
    }

    /// Twins share the fate of the first file with their bytes.
    fn settle(&mut self) {
        for (path, hash) in self.twins.drain(..) {
            match self.known.get(&hash) {
                Some(Ok(known)) => self.answer.duplicates.push(known.at(path)),
                Some(Err(reason)) => self.answer.rejected.push(Rejected {
                    path,
                    reason: reason.clone(),
                }),
                // The first waits no more and has no row: the import was stopped.
                None => {}
            }
        }
        self.answer.duplicates.sort_by(|a, b| a.path.cmp(&b.path));
    }

    fn done(&self) -> usize {
        let answer = &self.answer;
        answer.imported.len()
            + answer.duplicates.len()
            + answer.rejected.len()
            + self.waiting.len()
            + self.twins.len()
    }

    fn report(&self, job: &Job) {
        job.report(Progress {
            done: self.done() as u64,
            total: Some(self.total as u64),
            failed: self.answer.rejected.len() as u64,
            note: "正在导入照片".to_owned(),
        });
    }
}

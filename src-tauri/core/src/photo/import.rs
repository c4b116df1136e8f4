//! Import: files in, photos out. One file is read ahead, as many as there are cores are looked at, and meanwhile the last fifty are made
//! safe on disk and get their rows.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    thread::available_parallelism,
};

use futures_util::{StreamExt, stream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::{
    Imported, Photo, PhotoImport, clip,
    desk::{Desk, Piece},
    file, remove, store,
    sweep::Importing,
    take::{self, Loaded, Ready, Refusal},
    walk::walk,
};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    job::Job,
    value::Time,
};

/// Room for files and pixels of all imports together, in megabytes. What needs more is looked at alone.
static ROOM: LazyLock<Room> = LazyLock::new(|| Room {
    files: Arc::new(Semaphore::new(FILES as usize)),
    pixels: Arc::new(Semaphore::new(PIXELS as usize)),
});
const FILES: u32 = 64;
const PIXELS: u32 = 128;

struct Room {
    files: Arc<Semaphore>,
    pixels: Arc<Semaphore>,
}

/// Takes photos and clips in: each file is read once; bad ones are refused one by one while the rest goes in, and what is
/// recognised but cannot be shown here is kept as a file.
///
/// A cancelled import answers with what it kept; begun again, it goes on where it stopped. What lay in the trash comes back, but for
/// photos that went there because another one like them was kept. Known photos get the product and trial they lack; what stands
/// otherwise stays and is said. Order of answer and ids is that of the paths, whatever finishes first.
///
/// # Errors
/// `NotFound` for an unknown product or trial, before anything is read. `DiskFull`, `ReadOnly` and the like when nothing could be done
/// at all; later they stop it, and the answer says so beside what is done.
pub async fn import(db: &Db, what: &PhotoImport, job: &Job, now: Time) -> Result<Imported> {
    db.must_write()?;
    let what = Arc::new(owner(db, what).await?);
    let paths = what.paths.clone();
    let (files, left_out) = file::aside(move || Ok(walk(&paths))).await?;
    let importing = Importing::begin(db).await.map_err(take::full)?;
    let total = files.len() + left_out.rejected.len() + left_out.strays.len();
    let mut desk = Desk::new(db, what.clone(), now, total, left_out);
    let stopped = go_through(db, files, what, job, &mut desk).await.err();
    importing.end(db, stopped.is_some()).await;
    desk.settle(stopped)
}

/// Looks at the files and sorts them, until the first error that stops it all.
async fn go_through(
    db: &Db,
    files: Vec<PathBuf>,
    what: Arc<PhotoImport>,
    job: &Job,
    desk: &mut Desk<'_>,
) -> Result<()> {
    // One more than there are cores: a file is read or written while the others are looked at.
    let looks = available_parallelism().map_or(2, usize::from) + 1;

    let mut seen = HashSet::new();
    let over = AtomicBool::new(false);
    let (hand, handed) = mpsc::channel(looks);
    let pieces = stream::iter(files)
        .take_while(|_| std::future::ready(!job.is_cancelled() && !over.load(Ordering::Relaxed)))
        .then(read)
        .map(|(read, hold)| {
            let first = match &read {
                Ok(Loaded::Whole { hash, .. }) => seen.insert(hash.clone()),
                _ => true,
            };
            let what = what.clone();
            async move {
                let piece = match read {
                    Ok(Loaded::Whole { path, hash, .. }) if !first => Piece::Twin(path, hash),
                    Ok(loaded) => look(db, loaded, what, job).await,
                    Err(piece) => piece,
                };
                drop(hold);
                piece
            }
        })
        .buffered(looks);
    // Side by side, for the next files are looked at while the disk makes the last ones safe.
    let look = async move {
        let mut pieces = std::pin::pin!(pieces);
        while let Some(piece) = pieces.next().await
            && hand.send(piece).await.is_ok()
        {}
    };
    let sort = async {
        let mut handed = handed;
        let mut first = Ok(());
        // After the first error nothing more is begun. What was being looked at is waited for: its files may be in, and get their rows.
        while let Some(piece) = handed.recv().await {
            if let Err(error) = desk.sort(piece).await {
                over.store(true, Ordering::Relaxed);
                first = first.and(Err(error));
            }
            desk.report(job);
        }
        first
    };
    let ((), stopped) = tokio::join!(look, sort);
    let flushed = desk.last_flush().await;
    stopped.and(flushed)
}

/// Takes one picture in that is no file yet, such as a screenshot out of the clipboard; `name` is what it is known by. Bytes that
/// are here already answer with their photo, out of the trash if need be.
///
/// # Errors
/// `NotFound` for an unknown product or trial, `Unreadable` for what is no picture that can be shown.
pub async fn import_bytes(
    db: &Db,
    name: &str,
    bytes: Vec<u8>,
    what: &PhotoImport,
    now: Time,
) -> Result<Photo> {
    db.must_write()?;
    let what = Arc::new(owner(db, what).await?);
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let loaded = Loaded::Whole {
        path: name.into(),
        bytes,
        hash: hash.clone(),
    };
    let importing = Importing::begin(db).await.map_err(take::full)?;
    let mut desk = Desk::new(db, what.clone(), now, 1, Imported::default());
    let sorted = desk.sort(look(db, loaded, what, &Job::silent()).await).await;
    let done = match sorted {
        Ok(()) => desk.last_flush().await,
        failed => failed,
    };
    importing.end(db, done.is_err()).await;
    let mut done = desk.settle(done.err())?;
    if let Some(refused) = done.rejected.pop().or_else(|| done.strays.pop()) {
        return Err(Error::new(Code::Unreadable, refused.reason));
    }
    let (known, _) = store::known(db.read(), &hash)
        .await?
        .ok_or_else(|| Error::not_found("照片", name))?;
    if known.trashed {
        // One picture brought by hand is wanted, whatever was decided about it before.
        remove::restore(db, &[known.id]).await?;
    }
    super::get(db, known.id).await
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

type Hold = Option<OwnedSemaphorePermit>;

/// Waits for room in megabytes; it is given back when the hold is dropped.
async fn room(of: &Arc<Semaphore>, bytes: u64, all: u32) -> Hold {
    let megabytes = u32::try_from(bytes >> 20)
        .unwrap_or(all)
        .saturating_add(1)
        .min(all);
    of.clone().acquire_many_owned(megabytes).await.ok()
}

/// Reads a file once there is room for it.
async fn read(path: PathBuf) -> (std::result::Result<Loaded, Piece>, Hold) {
    let size = tokio::fs::metadata(&path).await.map_or(0, |known| known.len());
    let hold = room(&ROOM.files, size.min(take::MAX_WHOLE), FILES).await;
    let read = match file::aside(move || Ok(take::read(path))).await {
        Ok(read) => read.map_err(|(path, reason)| Piece::Refused(path, None, reason)),
        Err(error) => Err(Piece::Stop(error)),
    };
    (read, hold)
}

async fn look(db: &Db, loaded: Loaded, what: Arc<PhotoImport>, job: &Job) -> Piece {
    let looked = match loaded {
        Loaded::Whole { path, bytes, hash } => whole(db, path, bytes, hash, what).await,
        Loaded::Stream { path } => clip::take(db, path, what, job).await,
    };
    looked.unwrap_or_else(Piece::Stop)
}

async fn whole(
    db: &Db,
    path: PathBuf,
    bytes: Vec<u8>,
    hash: String,
    what: Arc<PhotoImport>,
) -> Result<Piece> {
    let folder = db.folder().to_owned();
    if let Some((known, stored)) = store::known(db.read(), &hash).await? {
        file::aside(move || take::mend(&folder, &stored, &bytes)).await?;
        return Ok(Piece::Known(path, hash, known));
    }
    let _hold = room(&ROOM.pixels, take::pixels(&bytes), PIXELS).await;
    let (told, name) = (hash.clone(), path.clone());
    let taken = file::aside(move || Ok(take::take(&folder, &name, &bytes, told, &what))).await?;
    finish(taken, path, Some(hash))
}

/// What a look at a file came to.
pub(super) fn finish(
    taken: std::result::Result<Ready, Refusal>,
    path: PathBuf,
    hash: Option<String>,
) -> Result<Piece> {
    match taken {
        Ok(ready) => Ok(Piece::New(Box::new(ready))),
        Err(Refusal::File(reason)) => Ok(Piece::Refused(path, hash, reason)),
        Err(Refusal::Stray(reason)) => Ok(Piece::Stray(path, hash, reason)),
        Err(Refusal::Job(error)) => Err(error),
    }
}

//! A folder that is watched: what is new in it comes in by itself. The folder is never written to.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use notify::{RecursiveMode, Watcher as _};
use serde::{Deserialize, Serialize};
use tokio::{sync::Notify, time::sleep};

use super::{Imported, PhotoImport, Source, file, import, store, walk::walk};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    job::Job,
    setting,
    value::{Id, Time},
};

const KEY: &str = "photo.watch";
/// How long a file must stay the same before it counts as whole.
const QUIET: Duration = Duration::from_secs(2);
/// Network folders tell nothing of their own: they are looked at this often.
const ROUND: Duration = Duration::from_secs(60);
/// Files of one import: what is in is noted after each.
const BATCH: usize = 200;

/// A folder to watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Watch {
    /// Folders in it are watched too.
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub path: PathBuf,
    /// What the photos will be of.
    #[serde(default)]
    pub product: Option<Id>,
    /// Whose pictures they are.
    #[serde(default)]
    pub source: Source,
}

/// The watched folder; `None` when none is.
pub async fn watched(db: &Db) -> Result<Option<Watch>> {
    let json = setting::get(db, KEY).await?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Watches a folder from now on, or none.
///
/// # Errors
/// `Invalid` for what is no folder, the workspace itself, a folder in it or one that holds it; `NotFound` for the product.
pub async fn set_watch(db: &Db, watch: Option<&Watch>) -> Result<()> {
    if let Some(watch) = watch {
        let path = watch.path.canonicalize().ok().filter(|path| path.is_dir());
        let Some(path) = path.filter(|_| watch.path.is_absolute()) else {
            return Err(Error::invalid(
                "path",
                "找不到这个文件夹，没有开始监看。请重新选一个。",
            ));
        };
        let home = db
            .folder()
            .canonicalize()
            .map_err(|e| Error::io(db.folder(), e))?;
        if path.starts_with(&home) || home.starts_with(&path) {
            return Err(Error::invalid(
                "path",
                "工作区自己的文件夹不能监看，没有开始。请选相机或手机存照片的文件夹。",
            ));
        }
        if let Some(product) = watch.product
            && !store::is_product(db.read(), product).await?
        {
            return Err(Error::not_found("好物", product));
        }
    }
    let mut tx = db.begin().await?;
    setting::put(&mut tx, KEY, &serde_json::to_string(&watch)?).await?;
    tx.commit().await
}

/// What one look at the folder came to.
#[derive(Debug, Default)]
pub struct Scan {
    /// What an import did, when there was something to import.
    pub imported: Imported,
    /// Files that may still be growing: look again soon.
    pub waiting: usize,
}

/// Size and time of change: a file that keeps both is the same file.
type Look = (i64, i64);

/// Looks at a folder again and again, and takes in what is new and stayed the same since the last look.
pub struct Watcher {
    watch: Watch,
    /// What was new at the last look.
    fresh: BTreeMap<PathBuf, Look>,
}

impl Watcher {
    /// Has not looked yet.
    pub fn new(watch: Watch) -> Self {
        Self {
            watch,
            fresh: BTreeMap::new(),
        }
    }

    /// Looks once. A file that came in, or was refused, is not looked at again until it changes: what the creator removed from the
    /// library stays removed.
    ///
    /// # Errors
    /// `Unreadable` when the folder is gone; those of `import`.
    pub async fn scan(&mut self, db: &Db, job: &Job, now: Time) -> Result<Scan> {
        let root = self.watch.path.clone();
        let there = file::aside(move || looks(&root)).await?;
        let seen = store::seen(db.read()).await?;
        let new: BTreeMap<PathBuf, Look> = there
            .into_iter()
            .filter(|(path, look)| seen.get(&*path.to_string_lossy()) != Some(look))
            .collect();
        let whole: Vec<(PathBuf, Look)> = new
            .iter()
            .filter(|(path, look)| self.fresh.get(*path) == Some(look))
            .map(|(path, look)| (path.clone(), *look))
            .collect();
        let mut scan = Scan {
            waiting: new.len() - whole.len(),
            ..Scan::default()
        };
        self.fresh = new;
        for batch in whole.chunks(BATCH) {
            let what = PhotoImport {
                paths: batch.iter().map(|(path, _)| path.clone()).collect(),
                product: self.watch.product,
                trial: None,
                source: self.watch.source,
            };
            let mut done = import(db, &what, job, now).await?;
            scan.imported.imported.append(&mut done.imported);
            scan.imported.duplicates.append(&mut done.duplicates);
            scan.imported.rejected.append(&mut done.rejected);
            scan.imported.strays.append(&mut done.strays);
            if let Some(stopped) = done.stopped {
                return Err(Error::new(stopped.code, stopped.message));
            }
            if done.cancelled {
                scan.imported.cancelled = true;
                break;
            }
            let mut tx = db.begin().await?;
            store::see(tx.conn(), batch).await?;
            tx.commit().await?;
            for (path, _) in batch {
                self.fresh.remove(path);
            }
        }
        Ok(scan)
    }
}

/// Files in the folder with what tells whether they change.
fn looks(root: &Path) -> Result<Vec<(PathBuf, Look)>> {
    if !root.is_dir() {
        return Err(Error::new(
            Code::Unreadable,
            format!(
                "监看的文件夹 {} 不见了，可能被移动，或者磁盘没有接上。它回来后会继续；已经导入的照片都在。",
                root.display()
            ),
        ));
    }
    let (files, _) = walk(&[root.to_owned()]);
    let look = |path: &PathBuf| {
        let known = path.metadata().ok()?;
        let changed = known.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some((
            i64::try_from(known.len()).ok()?,
            i64::try_from(changed.as_millis()).ok()?,
        ))
    };
    Ok(files
        .into_iter()
        .filter_map(|path| look(&path).map(|look| (path, look)))
        .collect())
}

/// Watches until the job is cancelled: looks when something happens in the folder, and now and then without a reason. Each import is
/// told, and each error once until the folder can be read again.
pub async fn follow(
    db: &Db,
    watch: Watch,
    job: &Job,
    clock: fn() -> Time,
    tell: impl Fn(Result<Imported>) + Send,
) {
    let bell = Arc::new(Notify::new());
    let mut ears = None;
    let mut watcher = Watcher::new(watch.clone());
    let mut silent = false;
    while !job.is_cancelled() {
        let waiting = match watcher.scan(db, job, clock()).await {
            Ok(scan) => {
                silent = false;
                let done = scan.imported;
                if !done.imported.is_empty() || !done.duplicates.is_empty() {
                    tell(Ok(done));
                }
                // A folder that was away is listened to anew.
                ears = ears.or_else(|| listen(&watch.path, bell.clone()));
                scan.waiting > 0
            }
            Err(error) => {
                ears = None;
                if !silent {
                    tell(Err(error));
                }
                silent = true;
                false
            }
        };
        let nap = if waiting { QUIET } else { ROUND };
        tokio::select! {
            () = sleep(nap) => {}
            () = bell.notified(), if !waiting => sleep(QUIET).await,
            () = ended(job) => {}
        }
    }
}

async fn ended(job: &Job) {
    while !job.is_cancelled() {
        sleep(Duration::from_millis(200)).await;
    }
}

/// Rings when something happens in the folder. A system that cannot listen is no obstacle: the rounds go on.
fn listen(path: &Path, bell: Arc<Notify>) -> Option<notify::RecommendedWatcher> {
    let mut ears = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            bell.notify_one();
        }
    })
    .ok()?;
    ears.watch(path, RecursiveMode::Recursive).ok()?;
    Some(ears)
}

//! What is left on the disk when an import is cut short or a file cannot be deleted, and how it goes.
//!
//! While an import runs, a marker lies beside the database. Found when the workspace opens, it says that files which are no older may have
//! come without their row: their sources are where they were, so they go. A file that no row knows and that is older than any marker
//! is left alone: it may be all that is left of a photo, and [`super::verify`] names it.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard};

use super::{
    Left,
    file::{self, DRAWN, Stored},
    store,
};
use crate::{
    db::Db,
    disk::{self, HALF},
    error::{Error, Result},
    reserve,
};

const MARKER: &str = "caoben.importing";
/// The coarsest clock of a disk, that of FAT.
const TICK: Duration = Duration::from_secs(2);

/// An import at work: files may lie in the library before their rows.
pub(super) struct Importing {
    hold: OwnedRwLockReadGuard<()>,
}

impl Importing {
    /// Marks the library.
    pub async fn begin(db: &Db) -> Result<Self> {
        let hold = db.library().clone().read_owned().await;
        let folder = db.folder().to_owned();
        file::aside(move || {
            reserve::keep(&folder);
            let path = folder.join(MARKER);
            let marked = match File::create_new(&path) {
                Ok(file) => file.sync_all(),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => return Ok(()),
                Err(e) => Err(e),
            };
            marked
                .and_then(|()| disk::sync_folder(&folder))
                .map_err(|e| Error::io(&path, e))
        })
        .await?;
        Ok(Self { hold })
    }

    /// Takes the mark away, and what came without its row when the import failed. While another import is at work both wait for its
    /// end, or for the next opening.
    pub async fn end(self, db: &Db, failed: bool) {
        drop(self.hold);
        let Some(hold) = alone(db) else { return };
        let done = if failed {
            clean(db, hold).await
        } else {
            let marker = db.path(MARKER);
            file::aside(move || {
                let _ = fs::remove_file(marker);
                drop(hold);
                Ok(())
            })
            .await
        };
        // The marker stays, and the next opening tries again.
        drop(done);
    }
}

/// Whether the marker of an import at work, or of one that was cut short, lies there, and since when.
pub(super) fn marked(folder: &Path) -> Option<SystemTime> {
    let known = folder.join(MARKER).metadata().ok()?;
    known.modified().ok()?.checked_sub(TICK)
}

/// The library for oneself: `None` while an import is at work.
fn alone(db: &Db) -> Option<OwnedRwLockWriteGuard<()>> {
    db.library().clone().try_write_owned().ok()
}

/// What an opening sees to: files of an import that was cut short, and files that could not be deleted before.
pub async fn sweep(db: &Db) -> Result<()> {
    if marked(db.folder()).is_some()
        && let Some(hold) = alone(db)
    {
        clean(db, hold).await?;
    }
    delete_leftovers(db).await.map(|_| ())
}

/// As an opening, and half-written files of earlier versions with it: every shelf is gone through.
pub(super) async fn sweep_all(db: &Db) -> Result<()> {
    if let Some(hold) = alone(db) {
        clean(db, hold).await?;
    }
    delete_leftovers(db).await.map(|_| ())
}

/// Takes away what no photo needs, then the marker.
async fn clean(db: &Db, hold: OwnedRwLockWriteGuard<()>) -> Result<()> {
    let known = store::hashes(db.read()).await?;
    let folder = db.folder().to_owned();
    file::aside(move || {
        let since = marked(&folder);
        let (found, mut all) = needless(&folder, since, &known);
        for path in found {
            all &= gone(&path).is_ok();
        }
        if all {
            let _ = fs::remove_file(folder.join(MARKER));
        }
        reserve::keep(&folder);
        drop(hold);
        Ok(())
    })
    .await
}

/// Half-written files, what was made out of photos that are not there, and originals without a row that came since the marker; and
/// whether every shelf could be looked through.
fn needless(folder: &Path, since: Option<SystemTime>, known: &HashSet<String>) -> (Vec<PathBuf>, bool) {
    let (mut found, mut all) = (Vec::new(), true);
    for looked in library(folder) {
        let Ok((name, entry)) = looked else {
            all = false;
            continue;
        };
        let own = entry.file_name().to_string_lossy();
        if own.starts_with(HALF) {
            found.push(entry.into_path());
            continue;
        }
        let hash = own.split_once('.').map_or("", |(hash, _)| hash);
        if !file::is_hash(hash) || known.contains(hash) {
            continue;
        }
        let made = name.starts_with("photos/thumb/") || name.starts_with("photos/preview/");
        let young = || {
            let changed = entry.metadata().ok().and_then(|known| known.modified().ok());
            since
                .zip(changed)
                .is_some_and(|(since, changed)| changed >= since)
        };
        if made || young() {
            found.push(entry.into_path());
        }
    }
    (found, all)
}

/// Every file of the library with its name in the workspace, `/` between folders, or the name of a folder that cannot be looked into;
/// not what earlier versions put into a trash folder, nor what is drawn with edits, which goes by rules of its own.
pub(super) fn library(
    folder: &Path,
) -> impl Iterator<Item = std::result::Result<(String, walkdir::DirEntry), String>> {
    let home = folder.to_owned();
    let entries = walkdir::WalkDir::new(folder.join("photos")).into_iter();
    let named = move |path: &Path| {
        let name = path.strip_prefix(&home).unwrap_or(path);
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    };
    entries.filter_map(move |entry| match entry {
        Ok(entry) => {
            let name = named(entry.path());
            let passed = name.starts_with("photos/trash/") || name.starts_with(DRAWN);
            (entry.file_type().is_file() && !passed).then_some(Ok((name, entry)))
        }
        // Work goes on meanwhile: what went away is no longer there to look at.
        Err(error) if error.io_error().is_some_and(|e| e.kind() == ErrorKind::NotFound) => None,
        Err(error) => Some(Err(error.path().map_or_else(|| "photos".to_owned(), &named))),
    })
}

/// Deletes the files of photos that went for good; answers with those that are still there and why.
pub(super) async fn delete_leftovers(db: &Db) -> Result<Vec<Left>> {
    // First: what is no photo's now stays so while this is held.
    let hold = alone(db);
    let leftovers = store::leftovers(db.read()).await?;
    if leftovers.is_empty() {
        return Ok(Vec::new());
    }
    let Some(hold) = hold else {
        // The import may just be bringing the very same file.
        let busy = |stored: &Stored| Left {
            path: stored.original(),
            reason: "正在导入照片，导入结束后再删。".to_owned(),
        };
        return Ok(leftovers.iter().map(busy).collect());
    };
    let folder = db.folder().to_owned();
    let (gone, left) = file::aside(move || {
        let mut answer = (Vec::new(), Vec::new());
        for stored in leftovers {
            let still = delete(&folder, &stored);
            if still.is_empty() {
                answer.0.push(stored.hash);
            }
            answer.1.extend(still);
        }
        drop(hold);
        Ok(answer)
    })
    .await?;
    if !gone.is_empty() {
        let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
        let mut tx = db.begin().await?;
        store::forget_leftovers(tx.conn(), &gone).await?;
        tx.commit().await?;
    }
    Ok(left)
}

/// Deletes all that there is of a photo; answers with what would not go.
fn delete(folder: &Path, stored: &Stored) -> Vec<Left> {
    let mut names = vec![stored.original(), stored.thumb(), stored.preview()];
    let (shelf, begin) = stored.drawn();
    let drawn = fs::read_dir(folder.join(&shelf)).into_iter().flatten().flatten();
    let drawn = drawn.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.extend(
        drawn
            .filter(|name| name.starts_with(&begin))
            .map(|name| format!("{shelf}/{name}")),
    );
    let still = |name: String| {
        let reason = gone(&folder.join(&name)).err()?;
        Some(Left { path: name, reason })
    };
    names.into_iter().filter_map(still).collect()
}

/// Deletes a file; what is missing already need not go.
fn gone(path: &Path) -> std::result::Result<(), String> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(why(&e)),
        _ => Ok(()),
    }
}

fn why(error: &std::io::Error) -> String {
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
    let open = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    match error.kind() {
        _ if open => "正被别的程序打开着，关掉那个程序再删。",
        ErrorKind::PermissionDenied => "没有权限删除它，或者它正被别的程序打开着。",
        ErrorKind::ReadOnlyFilesystem => "它所在的磁盘是只读的。",
        _ => "磁盘不让删除它。",
    }
    .to_owned()
}

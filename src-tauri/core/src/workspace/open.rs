//! Making and opening: one process at a time, and a copy of the database before its schema changes.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use super::store;
use crate::{
    buyer,
    db::{Db, MIGRATIONS},
    error::{Code, Error, Result},
    retouch,
    value::Time,
};

pub(super) const FOLDERS: [&str; 3] = ["photos", "bundles", "backups"];
/// What operating systems leave in any folder somebody looked at.
const DROPPINGS: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".localized"];
/// How the folder begins in which a backup is unpacked before it takes its place.
pub(super) const RESTORE_ROOM: &str = ".caoben-restore-";
/// How many databases from before an upgrade are kept.
const KEPT: usize = 5;

/// The desktop app's own workspace: the platform's data folder, `Caoben`.
pub fn default_folder() -> PathBuf {
    let home = || std::env::home_dir().unwrap_or_default();
    let absolute = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let data = if cfg!(windows) {
        absolute("APPDATA").unwrap_or_else(|| home().join("AppData/Roaming"))
    } else if cfg!(target_os = "macos") {
        home().join("Library/Application Support")
    } else {
        absolute("XDG_DATA_HOME").unwrap_or_else(|| home().join(".local/share"))
    };
    data.join("Caoben")
}

/// Makes a workspace in an empty or new folder; a folder that is a workspace already is opened.
///
/// # Errors
/// `Conflict` when the folder holds something else; `Invalid` when its path is no text; `Busy`, `ReadOnly`, `DiskFull` as they come.
pub async fn create(folder: &Path, now: Time) -> Result<Db> {
    readable(folder)?;
    if folder.join("caoben.db").exists() {
        return open(folder, now).await;
    }
    if folder.exists() && !is_free(folder)? {
        return Err(Error::new(
            Code::Conflict,
            format!(
                "{} 里已经有别的内容，没有改动。请选一个空文件夹，或一个还不存在的文件夹。",
                folder.display()
            ),
        ));
    }
    fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    open_locked(folder, lock(folder)?, now).await
}

/// Opens a workspace; `Busy` when another process has it open. Backs the database up before a migration runs.
///
/// # Errors
/// `NotFound` when the folder is no workspace; `Internal` when the database is damaged or from a newer version.
pub async fn open(folder: &Path, now: Time) -> Result<Db> {
    readable(folder)?;
    if !folder.join("caoben.db").is_file() {
        return Err(Error::new(
            Code::NotFound,
            format!(
                "{} 不是草本工作区（里面没有 caoben.db）。请选对文件夹，或在这里新建一个。",
                folder.display()
            ),
        ));
    }
    open_locked(folder, lock(folder)?, now).await
}

/// SQLite takes only paths that are text.
pub(super) fn readable(folder: &Path) -> Result<()> {
    match folder.to_str() {
        Some(_) => Ok(()),
        None => Err(Error::invalid(
            "folder",
            format!(
                "路径 {} 里有无法识别的字符，没有改动。请换一个位置，或先给那个文件夹改名。",
                folder.display()
            ),
        )),
    }
}

/// Whether a new workspace may be made here: nothing in it but what an interrupted creation or restore or the system left.
pub(super) fn is_free(folder: &Path) -> Result<bool> {
    let empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    for entry in fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        let entry = entry.map_err(|e| Error::io(folder, e))?;
        let name = entry.file_name();
        let ours = FOLDERS.iter().any(|f| name == *f) && empty(&entry.path());
        let room = name.to_string_lossy().starts_with(RESTORE_ROOM);
        if !ours && !room && name != "caoben.lock" && !DROPPINGS.iter().any(|d| name == *d) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes the workspace for this process. The system gives it back when the process ends, however it ends.
pub(super) fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("caoben.lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| Error::io(&path, e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::new(
            Code::Busy,
            "这个工作区正在另一个窗口或程序里打开，没有改动。请先关闭那一个，再试一次。",
        )),
        Err(TryLockError::Error(e)) => Err(Error::io(&path, e)),
    }
}

async fn open_locked(folder: &Path, lock: File, now: Time) -> Result<Db> {
    for inside in FOLDERS {
        let path = folder.join(inside);
        fs::create_dir_all(&path).map_err(|e| Error::io(&path, e))?;
    }
    let database = folder.join("caoben.db");
    if database.exists() {
        // SQLite would open a file it may not write as read-only, and only the first save would fail.
        OpenOptions::new()
            .append(true)
            .open(&database)
            .map_err(|e| Error::io(&database, e))?;
        keep_before_migration(folder, now).await?;
    }
    let db = Db::open(folder, lock).await?;
    // What is left of photos that are gone can be dropped any day: it keeps nobody from opening.
    let _ = retouch::sweep(&db).await;
    // So does a key that an earlier version kept in the database: where there is no key store it waits for one.
    let _ = buyer::settle(&db).await;
    Ok(db)
}

/// Copies the database to `backups/caoben-<schema>-<date>.db` when a migration is about to run.
async fn keep_before_migration(folder: &Path, now: Time) -> Result<()> {
    let newest = MIGRATIONS.iter().map(|m| m.version).max().unwrap_or_default();
    let mut conn = store::connect(&folder.join("caoben.db")).await?;
    let schema = store::schema(&mut conn).await?;
    if schema.is_some_and(|version| version < newest) {
        let backups = folder.join("backups");
        let name = format!("caoben-{}-{}.db", schema.unwrap_or_default(), now.date());
        // VACUUM INTO refuses an existing file, and a copy cut short must not look like a whole one.
        let half = backups.join(format!("{name}.part"));
        let _ = fs::remove_file(&half);
        store::vacuum_into(&mut conn, &half).await?;
        fs::rename(&half, backups.join(&name)).map_err(|e| Error::io(&half, e))?;
        forget_oldest(&backups)?;
    }
    store::close(conn).await
}

fn forget_oldest(backups: &Path) -> Result<()> {
    let mut kept: Vec<PathBuf> = fs::read_dir(backups)
        .map_err(|e| Error::io(backups, e))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("caoben-") && name.ends_with(".db")
        })
        .collect();
    // Schema version, then date: the names sort by age.
    kept.sort();
    for old in kept.iter().rev().skip(KEPT) {
        fs::remove_file(old).map_err(|e| Error::io(old, e))?;
    }
    Ok(())
}

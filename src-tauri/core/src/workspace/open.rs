//! Making and opening: one process writes at a time, others may read beside it; and a copy of the database before its schema changes.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{
    restore,
    store::{self, Owner},
};
use crate::{
    bundle, buyer,
    db::{self, CLOSED, Db, Held, MIGRATIONS},
    disk,
    error::{self, Code, Error, Result},
    out, photo, reserve, retouch,
    value::Time,
};

/// The database's file; it makes a folder a workspace.
pub(super) const DATABASE: &str = "caoben.db";
/// Held by the process that writes.
pub(super) const LOCK: &str = "caoben.lock";
pub(super) const FOLDERS: [&str; 3] = ["photos", "bundles", "backups"];
/// What operating systems leave in any folder somebody looked at.
const DROPPINGS: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".localized"];
/// How the folder begins in which a backup is unpacked before it takes its place.
pub(super) const RESTORE_ROOM: &str = ".caoben-restore-";
/// How many pieces of the reserve an opening may take.
const PIECES: usize = 3;
/// A disk with less room than this is full: the log's index alone takes 32 kB.
const FULL: u64 = 1 << 20;
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
/// `Conflict` when the folder holds something else; `Invalid` when its path is no text or leads into another workspace; `Busy`, `ReadOnly`, `DiskFull` as they come.
pub async fn create(folder: &Path, now: Time) -> Result<Db> {
    readable(folder)?;
    if folder.join(DATABASE).exists() || restore::pending(folder).is_some() {
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
    out::must_be_outside("folder", folder, &[])?;
    disk::create_folder(folder).map_err(|e| Error::io(folder, e))?;
    let db = open_locked(folder, lock(folder)?, now).await?;
    // A folder whose name the disk does not have yet would take all that is saved in it along.
    for made in [folder, &disk::parent(folder)] {
        disk::sync_folder(made).map_err(|e| Error::io(made, e))?;
    }
    Ok(db)
}

/// Opens a workspace; `Busy` when another process has it open. Backs the database up before a migration runs.
///
/// # Errors
/// `NotFound` when the folder is no workspace; `Internal` when the database is damaged or from a newer version; `Unreadable` when it
/// is another program's, or empty beside photos.
pub async fn open(folder: &Path, now: Time) -> Result<Db> {
    must_be_there(folder)?;
    open_locked(folder, lock(folder)?, now).await
}

/// Opens a workspace, to be read only where it cannot be written: beside the process that has it open, on a read-only or full disk,
/// without permission. [`Db::only_read`] says which.
///
/// # Errors
/// As [`open`]; `Busy` when the process beside has not brought the schema up to date.
pub async fn open_or_read(folder: &Path, now: Time) -> Result<Db> {
    match open(folder, now).await {
        Err(busy) if busy.code == Code::Busy => beside(folder, busy).await,
        Err(error) if matches!(error.code, Code::ReadOnly | Code::DiskFull) => read_only(folder, error).await,
        done => done,
    }
}

/// Reads beside the process that writes.
async fn beside(folder: &Path, busy: Error) -> Result<Db> {
    let database = folder.join(DATABASE);
    let Ok(mut conn) = store::connect_to_read(&database, false).await else {
        return Err(busy);
    };
    let known = store::schema(&mut conn).await;
    store::close(conn).await?;
    match known {
        Ok(Some(schema)) if schema == newest() => {
            Db::open_to_read(folder, &database, (Code::Busy, false), Held::default()).await
        }
        _ => Err(busy),
    }
}

/// Reads where nothing can be written: in place when nobody writes there and the database is whole by itself, else from a copy.
async fn read_only(folder: &Path, error: Error) -> Result<Db> {
    must_be_there(folder)?;
    let why = error.code;
    let database = folder.join(DATABASE);
    let lock = File::open(folder.join(LOCK)).ok();
    // Somebody else may write to it over the network or under another name.
    let written = lock
        .as_ref()
        .is_some_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)));
    if written {
        return beside(folder, error).await;
    }
    let wal = folder.join(format!("{DATABASE}-wal"));
    let whole = fs::metadata(&wal).map_or(true, |known| known.len() == 0);
    if whole {
        let mut conn = store::connect_to_read(&database, true).await?;
        let schema = store::schema(&mut conn).await;
        store::close(conn).await?;
        if schema? == Some(newest()) {
            let held = Held { lock, _copy: None };
            return Db::open_to_read(folder, &database, (why, true), held).await;
        }
    }
    // What was saved last stands beside the database, or its schema is older: both are put right in a copy, and nothing here changes.
    let room = tempfile::tempdir().map_err(|e| Error::io(&std::env::temp_dir(), e))?;
    let copy = room.path().join(DATABASE);
    for (from, to) in [(&database, copy.clone()), (&wal, copied_wal(&copy))] {
        if from.exists() {
            fs::copy(from, &to).map_err(|e| Error::io(from, e))?;
            writable(&to)?;
        }
    }
    must_be_ours(room.path(), folder).await?;
    db::bring_up(&copy).await?;
    let held = Held {
        lock,
        _copy: Some(room),
    };
    Db::open_to_read(folder, &copy, (why, false), held).await
}

fn copied_wal(copy: &Path) -> PathBuf {
    copy.with_file_name(format!("{DATABASE}-wal"))
}

/// A copy has the permissions of what it was copied from.
#[allow(clippy::permissions_set_readonly_false)] // Only its owner can get into the folder it lies in.
fn writable(file: &Path) -> Result<()> {
    let failed = |e| Error::io(file, e);
    let mut permissions = fs::metadata(file).map_err(failed)?.permissions();
    permissions.set_readonly(false);
    fs::set_permissions(file, permissions).map_err(failed)
}

fn newest() -> i64 {
    MIGRATIONS.iter().map(|m| m.version).max().unwrap_or_default()
}

fn must_be_there(folder: &Path) -> Result<()> {
    readable(folder)?;
    if !folder.join(DATABASE).is_file() && restore::pending(folder).is_none() {
        return Err(Error::new(
            Code::NotFound,
            format!(
                "{} 不是草本工作区（里面没有 caoben.db）。请选对文件夹，或在这里新建一个。",
                folder.display()
            ),
        ));
    }
    Ok(())
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
        if !ours && !room && name != LOCK && !DROPPINGS.iter().any(|d| name == *d) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes the workspace for this process. The system gives it back when the process ends, however it ends.
pub(super) fn lock(folder: &Path) -> Result<File> {
    let path = folder.join(LOCK);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
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
    restore::finish(folder)?;
    for inside in FOLDERS {
        let path = folder.join(inside);
        fs::create_dir_all(&path).map_err(|e| Error::io(&path, e))?;
    }
    let again = || lock.try_clone().map_err(|e| Error::io(folder, e));
    let mut opened = open_database(folder, again()?, now).await;
    for _ in 0..PIECES {
        match &opened {
            // On a full disk it must open, or nobody could remove anything. Only a little is let go: the rest is for removing.
            Err(error) if error.code == Code::DiskFull && is_full(folder) && reserve::let_go_some(folder) => {
                opened = open_database(folder, again()?, now).await;
            }
            _ => break,
        }
    }
    let db = opened.map_err(|error| opening(folder, error))?;
    let home = folder.to_owned();
    let kept = tokio::task::spawn_blocking(move || reserve::keep_again(&home));
    // Without it nothing is lost but the help.
    drop(kept.await);
    // What is left of photos that are gone can be dropped any day: it keeps nobody from opening.
    let _ = photo::sweep(&db).await;
    let _ = retouch::sweep(&db).await;
    // So does a key that an earlier version kept in the database: where there is no key store it waits for one.
    let _ = buyer::settle(&db).await;
    Ok(db)
}

/// Whether the disk has no room for what opening writes.
fn is_full(folder: &Path) -> bool {
    disk::room(folder).is_none_or(|room| room < FULL)
}

/// Why a workspace did not open, as it is. SQLite calls a disk full that does not take its index, whatever the reason; and a database
/// that does not open cannot be checked.
fn opening(folder: &Path, error: Error) -> Error {
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<sqlx::Error>());
    let code = cause.and_then(error::sqlite_code);
    match code {
        Some(error::NO_INDEX) if error.code == Code::DiskFull && !is_full(folder) => Error::new(
            Code::Unreadable,
            "读写数据库时磁盘出错，没有打开，里面的内容没有改动。请检查磁盘、权限和给你的空间，再试一次。",
        )
        .because(error),
        Some(code) if error::is_damage(code) => Error::internal(format!(
            "{} 损坏了，打不开，没有改动。请从备份恢复到另一个文件夹；backups 里可能有升级前的数据库，photos 里的原图都还在。",
            folder.join(DATABASE).display()
        ))
        .because(error),
        _ => error,
    }
}

async fn open_database(folder: &Path, lock: File, now: Time) -> Result<Db> {
    let database = folder.join(DATABASE);
    if database.exists() {
        // SQLite would open a file it may not write as read-only, and only the first save would fail.
        OpenOptions::new()
            .append(true)
            .open(&database)
            .map_err(|e| Error::io(&database, e))?;
        must_be_ours(folder, folder).await?;
        keep_before_migration(folder, now).await?;
    }
    sweep(folder, &lock).await?;
    Db::open(folder, lock).await
}

/// Removes what an interrupted run left behind. What lies near the top is looked for at every opening, as a run that ended in order may
/// have failed to delete something; every shelf only when the last one did not end in order. Nothing here keeps anybody from opening.
async fn sweep(folder: &Path, mut lock: &File) -> Result<()> {
    let mut said = Vec::new();
    let in_order = lock.read_to_end(&mut said).is_ok() && said.starts_with(CLOSED);
    let home = folder.to_owned();
    let work = move || {
        bundle::mend(&home);
        for inside in ["", "bundles", "backups"] {
            disk::sweep_top(&home.join(inside));
        }
        if !in_order {
            for inside in FOLDERS {
                disk::sweep(&home.join(inside));
            }
        }
        for entry in fs::read_dir(home.join("backups")).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("caoben-") && name.ends_with(".db.part") {
                let _ = fs::remove_file(entry.path());
            }
        }
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Error::internal("清理上次没做完的文件时出错，内容没有改动。").because(e))?;
    // From now on until it is closed it counts as interrupted. A full disk says so at the first save.
    let _ = lock.set_len(0);
    let _ = lock.seek(SeekFrom::Start(0));
    Ok(())
}

/// Refuses a database that is another program's, and one in which nothing was ever written while there is work beside it. `folder` has
/// the database, `home` is the workspace.
async fn must_be_ours(folder: &Path, home: &Path) -> Result<()> {
    let shown = home.join(DATABASE);
    let message = match owner(folder).await? {
        Owner::Ours => return Ok(()),
        Owner::Another => format!(
            "{} 是别的程序的数据库，不是草本的，没有打开，也没有改动。请选对文件夹，或从备份恢复。",
            shown.display()
        ),
        Owner::Nobody if has_work(home) => format!(
            "{} 是空的，旁边却有照片、发布包或备份：数据库多半被清空或换掉了。没有打开，也没有改动。请从备份恢复；backups 文件夹里可能有升级前的数据库。",
            shown.display()
        ),
        // An interrupted creation.
        Owner::Nobody => return Ok(()),
    };
    Err(Error::new(Code::Unreadable, message))
}

/// Whether the database that was unpacked here is this program's, or empty with nothing beside it.
pub(super) async fn is_ours(room: &Path) -> Result<bool> {
    Ok(match owner(room).await? {
        Owner::Ours => true,
        Owner::Another => false,
        Owner::Nobody => !has_work(room),
    })
}

async fn owner(folder: &Path) -> Result<Owner> {
    let database = folder.join(DATABASE);
    let empty = fs::metadata(&database).is_ok_and(|known| known.len() == 0);
    if empty && !folder.join(format!("{DATABASE}-wal")).exists() {
        return Ok(Owner::Nobody);
    }
    let mut conn = store::connect(&database).await?;
    let owner = store::owner(&mut conn).await;
    store::close(conn).await?;
    owner
}

/// Whether anything lies in the workspace's folders that somebody made.
fn has_work(home: &Path) -> bool {
    FOLDERS.iter().any(|inside| {
        walkdir::WalkDir::new(home.join(inside))
            .into_iter()
            .flatten()
            .any(|entry| {
                let name = entry.file_name().to_string_lossy();
                entry.file_type().is_file() && !disk::is_half(&name) && !DROPPINGS.iter().any(|d| name == *d)
            })
    })
}

/// Copies the database to `backups/caoben-<schema>-<date>.db` when a migration is about to run.
async fn keep_before_migration(folder: &Path, now: Time) -> Result<()> {
    let mut conn = store::connect(&folder.join(DATABASE)).await?;
    let schema = store::schema(&mut conn).await?;
    if schema.is_some_and(|version| version < newest()) {
        let backups = folder.join("backups");
        let name = format!("caoben-{}-{}.db", schema.unwrap_or_default(), now.date());
        // VACUUM INTO refuses an existing file, and a copy cut short must not look like a whole one.
        let half = backups.join(format!("{name}.part"));
        let _ = fs::remove_file(&half);
        store::vacuum_into(&mut conn, &half).await?;
        disk::sync_file(&half)
            .and_then(|()| disk::rename(&half, &backups.join(&name)))
            .map_err(|e| Error::io(&half, e))?;
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

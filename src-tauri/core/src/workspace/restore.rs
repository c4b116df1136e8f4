//! Restoring: into a hidden room inside the target first, where everything is looked at as a stranger's and written to the disk for good;
//! then up into its place. Ended in between, the next start carries on where it stopped.

use std::{
    fs,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sqlx::migrate::MigrateError;

use super::{Problem, Restored, check, foreign, open, store, unpack};
use crate::{
    disk,
    error::{Code, Error, Result},
    job::Job,
    out, photo, shop,
    value::Time,
};

/// The mark of a room that is whole: what is left is to move it up.
const READY: &str = "ready.json";

/// What the mark says.
#[derive(Serialize, Deserialize)]
struct Ready {
    /// Which backup it comes from.
    backup: String,
    restored: Restored,
}

/// Unpacks a backup into a new folder. Nothing appears there unless the whole backup is good, and what is said to be there outlives a
/// power cut. Photos whose originals are missing or altered in the backup are listed, the rest is there.
///
/// # Errors
/// `Conflict` when the folder is not empty, also when something came into it meanwhile; `Invalid` when it lies in a workspace; `Busy` when it is being restored or made
/// elsewhere; `Unreadable` when the file is no backup, is damaged, or leads out of the folder; `DiskFull`; `Cancelled`.
pub async fn restore(file: &Path, folder: &Path, job: &Job, now: Time) -> Result<Restored> {
    open::readable(folder)?;
    if pending(folder).is_none() && !folder.join(open::DATABASE).exists() {
        out::must_be_outside("dir", folder, &[])?;
    }
    let is_new = !folder.exists();
    if !is_new && pending(folder).is_none() {
        must_be_free(folder)?;
    }
    disk::create_folder(folder).map_err(|e| Error::io(folder, e))?;
    let had_lock = folder.join(open::LOCK).exists();
    // Held to the end: nobody makes a workspace here while the backup unpacks.
    let done = match open::lock(folder) {
        Ok(lock) => {
            let done = match pending(folder) {
                Some(room) => carry_on(file, &room, folder),
                None => into(file, folder, job, now).await,
            };
            if done.is_err() && !had_lock && pending(folder).is_none() {
                let _ = fs::remove_file(folder.join(open::LOCK));
            }
            drop(lock);
            done
        }
        Err(error) => Err(error),
    };
    if done.is_err() && is_new {
        // Goes only when it is empty.
        let _ = fs::remove_dir(folder);
    }
    if done.is_ok() {
        // The folder's own name, too.
        let parent = disk::parent(folder);
        disk::sync_folder(&parent).map_err(|e| Error::io(&parent, e))?;
    }
    done
}

/// The room of a restore that was interrupted when only moving was left; `None` when there is none or it had come to its end.
pub(super) fn pending(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    entries
        .filter(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with(open::RESTORE_ROOM)
        })
        .map(|entry| entry.path())
        .find(|room| room.join(READY).is_file() && room.join(open::DATABASE).is_file())
}

/// Finishes a restore that was interrupted while it moved; fine when there is none.
pub(super) fn finish(folder: &Path) -> Result<()> {
    match pending(folder) {
        Some(room) if !folder.join(open::DATABASE).exists() => settle(&room, folder),
        _ => Ok(()),
    }
}

/// The second run of an interrupted restore.
fn carry_on(file: &Path, room: &Path, folder: &Path) -> Result<Restored> {
    let mark = room.join(READY);
    let text = fs::read(&mark).map_err(|e| Error::io(&mark, e))?;
    let ready: Ready = serde_json::from_slice(&text)?;
    if ready.backup != identity(file).map_err(|e| Error::io(file, e))? {
        return Err(Error::new(
            Code::Conflict,
            format!(
                "{} 里有另一份备份没恢复完，没有改动。打开这个文件夹，那一份会接着恢复完；要恢复现在这一份，请另选一个空文件夹。",
                folder.display()
            ),
        ));
    }
    settle(room, folder)?;
    let _ = fs::remove_dir_all(room);
    Ok(ready.restored)
}

/// What a backup is told from others by: its size, and the end of the file, where the checksums of everything in it stand.
fn identity(file: &Path) -> io::Result<String> {
    let mut from = fs::File::open(file)?;
    let bytes = from.metadata()?.len();
    from.seek(SeekFrom::Start(bytes.saturating_sub(1 << 20)))?;
    let mut end = Vec::new();
    from.take(1 << 20).read_to_end(&mut end)?;
    Ok(format!("{bytes}-{}", blake3::hash(&end).to_hex()))
}

async fn into(file: &Path, folder: &Path, job: &Job, now: Time) -> Result<Restored> {
    // Inside the target: surely the same disk, and whatever is left by a power cut is known by its name.
    let room = tempfile::Builder::new()
        .prefix(open::RESTORE_ROOM)
        .tempdir_in(folder)
        .map_err(|e| Error::io(folder, e))?;
    let (from, to, work) = (file.to_owned(), room.path().to_owned(), job.clone());
    let skipped = tokio::task::spawn_blocking(move || unpack::unpack(&from, &to, &work))
        .await
        .map_err(|e| Error::internal("恢复时出错，备份文件没有改动。").because(e))??;
    let mut restored = looked_at(file, room.path(), job, now).await?;
    restored.folder = folder.to_owned();
    if let Some(first) = skipped.first() {
        restored.changed.push(format!(
            "备份里有 {} 个文件不属于草本，没有恢复：{first} 等",
            skipped.len()
        ));
    }
    let ready = Ready {
        backup: identity(file).map_err(|e| Error::io(file, e))?,
        restored,
    };
    must_be_free(folder)?;
    let (from, to, mark) = (
        room.path().to_owned(),
        folder.to_owned(),
        serde_json::to_vec(&ready)?,
    );
    tokio::task::spawn_blocking(move || made_last(&from, &mark).and_then(|()| settle(&from, &to)))
        .await
        .map_err(|e| Error::internal("恢复时出错，备份文件没有改动。").because(e))??;
    Ok(ready.restored)
}

/// Opens what was unpacked and takes every row as a stranger's: refuses what could lead out of the folder, takes away what acts by
/// itself on this computer, and lists what is not as it was.
async fn looked_at(file: &Path, room: &Path, job: &Job, now: Time) -> Result<Restored> {
    if !open::is_ours(room).await.map_err(|error| unready(file, error))? {
        return Err(unpack::damaged(file));
    }
    let db = open::open(room, now)
        .await
        .map_err(|error| unready(file, error))?;
    let answer = async {
        let mut conn = db.read().acquire().await?;
        let wrong = store::integrity(&mut conn).await?;
        let strange = match wrong.first() {
            Some(line) => Some(line.clone()),
            None => store::strange_schema(&mut conn).await?,
        };
        if let Some(what) = strange {
            return Err(unpack::damaged(file).because(what));
        }
        drop(conn);
        let mut restored = Restored::default();
        for one in foreign::look(&db).await? {
            if one.grave {
                return Err(unpack::unsafe_backup(&format!("（{}）", one.place)));
            }
            restored.problems.push(one.problem());
        }
        restored.problems.extend(check::references(&db).await?);
        if let Some(watch) = photo::watched(&db).await? {
            photo::set_watch(&db, None).await?;
            restored.changed.push(format!(
                "不再监看文件夹 {}；要接着监看，请在设置里再选一次。",
                watch.path.display()
            ));
        }
        let shops = shop::forget_keys(&db).await?;
        if shops > 0 {
            restored.changed.push(format!(
                "{shops} 家店铺的密钥不随备份走，同步前请核对店铺地址，再填一次密钥。"
            ));
        }
        let thumbs = photo::distrust(&db, job).await?;
        if thumbs > 0 {
            restored.changed.push(format!(
                "{thumbs} 张缩略图坏了，或画的是别的照片，没有放进来；看到那里时会按原图重做。"
            ));
        }
        let lost = photo::verify(&db, job).await?;
        let lost = lost.into_iter().map(|(place, what)| Problem { what, place });
        restored.problems.extend(lost);
        Ok(restored)
    }
    .await;
    db.close().await;
    answer
}

/// Why a database that was unpacked does not open, as it is for somebody who restores: what the disk says stays, what is wrong with the
/// database is wrong with the backup, and no copy of before an upgrade is left here.
fn unready(file: &Path, error: Error) -> Error {
    let newer = {
        let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<MigrateError>());
        matches!(cause, Some(MigrateError::VersionMissing(_)))
    };
    match error.code {
        Code::Internal if newer => Error::internal(format!(
            "{} 由更新版本的草本写成，没有恢复任何内容。请先升级草本，再恢复一次。",
            file.display()
        ))
        .because(error),
        Code::Internal => unpack::damaged(file).because(error),
        _ => error,
    }
}

fn must_be_free(folder: &Path) -> Result<()> {
    if open::is_free(folder)? {
        return Ok(());
    }
    Err(Error::new(
        Code::Conflict,
        format!(
            "{} 里已经有内容，没有恢复，也没有改动。请选一个空文件夹。",
            folder.display()
        ),
    ))
}

/// Waits until the disk has everything in the room, then marks it as whole.
fn made_last(room: &Path, mark: &[u8]) -> Result<()> {
    let failed = |e| Error::io(room, e);
    disk::sync_tree(room).map_err(failed)?;
    let ready = room.join(READY);
    fs::write(&ready, mark).map_err(|e| Error::io(&ready, e))?;
    disk::sync_file(&ready).map_err(failed)?;
    disk::sync_folder(room).map_err(failed)?;
    disk::sync_folder(&disk::parent(room)).map_err(failed)
}

/// Moves the unpacked workspace up into its folder, all of it or nothing; what was moved by an earlier run is passed over. The database
/// goes last, when the disk has the rest: it makes the folder a workspace.
fn settle(room: &Path, folder: &Path) -> Result<()> {
    let mut moved: Vec<&str> = Vec::new();
    for name in open::FOLDERS.into_iter().chain([open::DATABASE]) {
        let (from, to) = (room.join(name), folder.join(name));
        if !from.exists() {
            continue;
        }
        // Only an empty folder gives way to a rename or to this, nothing that holds anything.
        let _ = fs::remove_dir(&to);
        let done = if to.exists() {
            Err(io::ErrorKind::AlreadyExists.into())
        } else if name == open::DATABASE {
            disk::sync_folder(folder).and_then(|()| fs::rename(&from, &to))
        } else {
            fs::rename(&from, &to)
        };
        if let Err(error) = done {
            for name in moved.into_iter().rev() {
                let _ = fs::rename(folder.join(name), room.join(name));
            }
            return Err(Error::io(&to, error));
        }
        moved.push(name);
    }
    disk::sync_folder(folder).map_err(|e| Error::io(folder, e))
}

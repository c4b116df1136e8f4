//! Restoring: into a folder inside the target first, and only a workspace that opens moves up into its place.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use zip::ZipArchive;

use super::{open, store};
use crate::{
    error::{Code, Error, Result},
    job::{Job, Progress},
    value::Time,
};

/// Unpacks a backup into a new folder. Nothing appears there unless the whole backup is good.
///
/// # Errors
/// `Conflict` when the folder is not empty, also when something came into it meanwhile; `Busy` when it is being restored or made
/// elsewhere; `Unreadable` when the file is no backup or is damaged; `Cancelled`.
pub async fn restore(file: &Path, folder: &Path, job: &Job, now: Time) -> Result<()> {
    open::readable(folder)?;
    let is_new = !folder.exists();
    if !is_new {
        must_be_free(folder)?;
    }
    fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    // Held to the end: nobody makes a workspace here while the backup unpacks.
    let done = match open::lock(folder) {
        Ok(lock) => {
            let done = into(file, folder, job, now).await;
            if done.is_err() && is_new {
                let _ = fs::remove_file(folder.join("caoben.lock"));
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
    done
}

async fn into(file: &Path, folder: &Path, job: &Job, now: Time) -> Result<()> {
    // Inside the target: surely the same disk, and whatever is left by a power cut is known by its name.
    let room = tempfile::Builder::new()
        .prefix(open::RESTORE_ROOM)
        .tempdir_in(folder)
        .map_err(|e| Error::io(folder, e))?;
    let (from, to, work) = (file.to_owned(), room.path().to_owned(), job.clone());
    tokio::task::spawn_blocking(move || unpack(&from, &to, &work))
        .await
        .map_err(|e| Error::internal("恢复时出错，备份文件没有改动。").because(e))??;
    let db = open::open(room.path(), now).await?;
    let wrong = store::integrity(&mut *db.read().acquire().await?).await?;
    db.close().await;
    drop(db);
    if let Some(line) = wrong.first() {
        return Err(damaged(file).because(line.clone()));
    }
    must_be_free(folder)?;
    settle(room.path(), folder)
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

/// Moves the unpacked workspace up into its folder, all of it or nothing. The database goes last: it makes the folder a workspace.
fn settle(room: &Path, folder: &Path) -> Result<()> {
    let mut moved: Vec<&str> = Vec::new();
    for name in open::FOLDERS.into_iter().chain(["caoben.db"]) {
        let to = folder.join(name);
        // Only an empty folder gives way to a rename or to this, nothing that holds anything.
        let _ = fs::remove_dir(&to);
        let done = if to.exists() {
            Err(io::ErrorKind::AlreadyExists.into())
        } else {
            fs::rename(room.join(name), &to)
        };
        if let Err(error) = done {
            for name in moved.into_iter().rev() {
                let _ = fs::rename(folder.join(name), room.join(name));
            }
            return Err(Error::io(&to, error));
        }
        moved.push(name);
    }
    Ok(())
}

fn unpack(file: &Path, into: &Path, job: &Job) -> Result<()> {
    let source = File::open(file).map_err(|e| Error::io(file, e))?;
    let mut zip = ZipArchive::new(source).map_err(|e| damaged(file).because(e))?;
    if zip.index_for_name("caoben.db").is_none() {
        return Err(damaged(file));
    }
    let total = Some(zip.len() as u64);
    for index in 0..zip.len() {
        job.check()?;
        let mut entry = zip.by_index(index).map_err(|e| damaged(file).because(e))?;
        // enclosed_name refuses absolute paths and those that climb out with `..`.
        let Some(name) = entry
            .enclosed_name()
            .filter(|_| entry.is_file() || entry.is_dir())
        else {
            return Err(Error::new(
                Code::Unreadable,
                "备份文件里有指向文件夹外面的路径，不安全，没有恢复任何内容。",
            ));
        };
        if entry.is_dir() {
            continue;
        }
        let path = into.join(&name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| Error::io(parent, e))?;
        }
        let mut out = File::create(&path).map_err(|e| Error::io(&path, e))?;
        // A wrong checksum comes as InvalidData: the backup is at fault, not the disk.
        io::copy(&mut entry, &mut out).map_err(|e| match e.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                damaged(file).because(e)
            }
            _ => Error::io(&path, e),
        })?;
        job.report(Progress {
            done: index as u64 + 1,
            total,
            failed: 0,
            note: name.display().to_string(),
        });
    }
    Ok(())
}

fn damaged(file: &Path) -> Error {
    Error::new(
        Code::Unreadable,
        format!(
            "{} 不是草本的备份，或已经损坏，没有恢复任何内容。",
            file.display()
        ),
    )
}

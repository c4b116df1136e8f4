//! Restoring: into a folder beside the target first, and only a workspace that opens takes its place.

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
/// `Conflict` when the folder is not empty; `Unreadable` when the file is no backup or is damaged; `Cancelled`.
pub async fn restore(file: &Path, folder: &Path, job: &Job, now: Time) -> Result<()> {
    if folder.exists() && !open::is_free(folder)? {
        return Err(Error::new(
            Code::Conflict,
            format!(
                "{} 里已经有内容，没有恢复，也没有改动。请选一个空文件夹。",
                folder.display()
            ),
        ));
    }
    let parent = folder
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|e| Error::io(parent, e))?;
    let room = tempfile::Builder::new()
        .prefix(".caoben-restore-")
        .tempdir_in(parent)
        .map_err(|e| Error::io(parent, e))?;
    let (from, into, work) = (file.to_owned(), room.path().to_owned(), job.clone());
    tokio::task::spawn_blocking(move || unpack(&from, &into, &work))
        .await
        .map_err(|e| Error::internal("恢复时出错，备份文件没有改动。").because(e))??;
    let db = open::open(room.path(), now).await?;
    let wrong = store::integrity(&mut *db.read().acquire().await?).await?;
    db.close().await;
    drop(db);
    if let Some(line) = wrong.first() {
        return Err(damaged(file).because(line.clone()));
    }
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    }
    fs::rename(room.path(), folder).map_err(|e| Error::io(folder, e))?;
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

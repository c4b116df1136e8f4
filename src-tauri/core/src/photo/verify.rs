//! Whether every original is what it was when it came.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, ErrorKind},
    path::Path,
};

use sqlx::SqliteConnection;

use super::{file::Stored, store, sweep};
use crate::{
    db::Db,
    disk::HALF,
    error::{Error, Result},
    job::{Job, Progress},
    photo::file,
};

/// What operating systems leave in any folder somebody looked at.
const DROPPINGS: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".localized"];

/// Files that are missing or differ from their hash, files that should be gone, and files that no photo knows: `(path inside the
/// workspace, what is wrong)`. What an import at work has just brought is none of them.
///
/// # Errors
/// `Cancelled` when somebody stops it; a half check says nothing.
pub async fn verify(db: &Db, job: &Job) -> Result<Vec<(String, String)>> {
    let folder = db.folder().to_owned();
    // Before the rows: what came while it was listed has its row, or is as young as the import.
    // In another process too, beside which this one only reads.
    let at_work = db.only_read().is_some() || db.library().try_write().is_err();
    let there = file::aside(move || Ok(stored(&folder, at_work))).await?;
    let left = store::leftovers(db.read()).await?;
    let files = store::files(&mut *db.read().acquire().await?).await?;
    let (folder, job) = (db.folder().to_owned(), job.clone());
    file::aside(move || {
        let mut wrong = originals_wrong(&folder, &files, &job)?;
        let mut known: HashSet<String> = files.iter().map(Stored::original).collect();
        for path in left
            .iter()
            .flat_map(|gone| [gone.original(), gone.thumb(), gone.preview()])
        {
            if folder.join(&path).symlink_metadata().is_ok() {
                let what = "已经从回收站删掉，文件却还没能删掉；下次打开工作区或清空回收站时再删。";
                wrong.push((path.clone(), what.to_owned()));
            }
            known.insert(path);
        }
        for (path, read) in there.into_iter().filter(|(path, _)| !known.contains(path)) {
            let what = if read {
                "照片库里没有哪张照片认得这个文件。还要它就把它再导入一次，不要就可以删掉。"
            } else {
                "这个文件夹读不了，里面有没有多出来的文件没能看。请检查权限或磁盘。"
            };
            wrong.push((path, what.to_owned()));
        }
        Ok(wrong)
    })
    .await
}

/// Files of the library that no photo knows and that are not to be deleted: of these names alone, without a look at any original.
pub(crate) async fn strays(db: &Db) -> Result<Vec<String>> {
    let folder = db.folder().to_owned();
    let at_work = db.only_read().is_some() || db.library().try_write().is_err();
    let there = file::aside(move || Ok(stored(&folder, at_work))).await?;
    let left = store::leftovers(db.read()).await?;
    let files = store::files(&mut *db.read().acquire().await?).await?;
    let known: HashSet<String> = files.iter().chain(&left).map(Stored::original).collect();
    let strays = there
        .into_iter()
        .filter(|(path, read)| *read && !known.contains(path));
    Ok(strays.map(|(path, _)| path).collect())
}

/// The originals that lie there, as they are called; not what a running import has just brought, nor what systems leave anywhere. With
/// `false` a folder that could not be looked into.
fn stored(folder: &Path, at_work: bool) -> Vec<(String, bool)> {
    let since = sweep::marked(folder).filter(|_| at_work);
    let young = |entry: &walkdir::DirEntry| {
        let changed = entry.metadata().ok().and_then(|known| known.modified().ok());
        since
            .zip(changed)
            .is_some_and(|(since, changed)| changed >= since)
    };
    let made = |name: &str| name.starts_with("photos/thumb/") || name.starts_with("photos/preview/");
    let passed = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        name.starts_with(HALF) || DROPPINGS.iter().any(|dropping| name == *dropping)
    };
    sweep::library(folder)
        .filter_map(|file| match file {
            Ok((name, entry)) if made(&name) || passed(&entry) || young(&entry) => None,
            Ok((name, _)) => Some((name, true)),
            Err(name) => Some((name, false)),
        })
        .collect()
}

fn originals_wrong(folder: &Path, files: &[Stored], job: &Job) -> Result<Vec<(String, String)>> {
    let mut wrong = Vec::new();
    let total = Some(files.len() as u64);
    for (done, stored) in (1..).zip(files) {
        job.check()?;
        let path = stored.original();
        match state(&folder.join(&path), &stored.hash) {
            Ok(true) => {}
            Ok(false) => wrong.push((
                path,
                "内容与导入时不同，可能已损坏或被改动；可以从备份恢复。".to_owned(),
            )),
            Err(e) if e.kind() == ErrorKind::NotFound => {
                wrong.push((path, "原图文件不见了；可以从备份恢复。".to_owned()));
            }
            Err(e) => wrong.push((path.clone(), Error::io(path.as_ref(), e).message)),
        }
        job.report(Progress {
            done,
            total,
            failed: wrong.len() as u64,
            note: "正在核对原图".to_owned(),
        });
    }
    Ok(wrong)
}

/// Whether a file holds what its hash says.
pub(super) fn state(path: &Path, hash: &str) -> io::Result<bool> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().as_str() == hash)
}

/// Where each original lies in the workspace, those in the trash too: for the backup of a copied database.
pub(crate) async fn originals(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    Ok(store::files(conn).await?.iter().map(Stored::original).collect())
}

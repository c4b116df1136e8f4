//! A backup: one zip file with a consistent copy of the database and all files. No secret is in it: none is in the workspace.

use std::{
    fs::{self, File},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{info::LAST_BACKUP, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    job::{Job, Progress},
    setting,
    value::Time,
};

/// Writes database and files into one zip file. The file appears whole or not at all.
///
/// # Errors
/// `Cancelled`, `DiskFull`, `ReadOnly`; the workspace is unchanged in every case.
pub async fn backup(db: &Db, file: &Path, job: &Job, now: Time) -> Result<()> {
    let room = tempfile::tempdir_in(db.path("backups")).map_err(|e| Error::io(&db.path("backups"), e))?;
    let copy = room.path().join("caoben.db");
    store::vacuum_into(&mut *db.read().acquire().await?, &copy).await?;
    let (folder, file, job) = (db.folder().to_owned(), file.to_owned(), job.clone());
    tokio::task::spawn_blocking(move || pack(&folder, &copy, &file, &job))
        .await
        .map_err(|e| Error::internal("备份时出错，工作区没有改动。").because(e))??;
    let mut tx = db.begin().await?;
    setting::put(&mut tx, LAST_BACKUP, &serde_json::to_string(&now)?).await?;
    tx.commit().await
}

fn pack(folder: &Path, database: &Path, file: &Path, job: &Job) -> Result<()> {
    let parent = file
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|e| Error::io(parent, e))?;
    let mut target = tempfile::NamedTempFile::new_in(parent).map_err(|e| Error::io(parent, e))?;
    let files = files(folder)?;
    let mut progress = Progress {
        total: Some(files.len() as u64 + 1),
        ..Progress::default()
    };
    let mut zip = ZipWriter::new(target.as_file_mut());
    let mut add = |name: &str, from: &Path, method| add(&mut zip, name, from, method, file);
    add("caoben.db", database, CompressionMethod::Deflated)?;
    for (name, path) in &files {
        job.check()?;
        progress.done += 1;
        progress.note.clone_from(name);
        job.report(progress.clone());
        // Pictures are compressed already.
        add(name, path, CompressionMethod::Stored)?;
    }
    zip.finish().map_err(|e| unwritten(file, e))?;
    target.as_file().sync_all().map_err(|e| Error::io(file, e))?;
    target.persist(file).map_err(|e| Error::io(file, e.error))?;
    progress.done += 1;
    job.report(progress);
    Ok(())
}

/// All files under photos/ and bundles/ but the previews, which are made again at first sight: `(name in the zip, path)`, sorted.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for inside in ["photos", "bundles"] {
        for entry in walkdir::WalkDir::new(folder.join(inside)) {
            let entry = entry.map_err(|e| Error::io(folder, e.into()))?;
            let Ok(name) = entry.path().strip_prefix(folder) else {
                continue;
            };
            if !entry.file_type().is_file() || name.starts_with("photos/preview") {
                continue;
            }
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            found.push((parts.join("/"), entry.into_path()));
        }
    }
    found.sort();
    Ok(found)
}

fn add<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    name: &str,
    path: &Path,
    method: CompressionMethod,
    target: &Path,
) -> Result<()> {
    let mut from = File::open(path).map_err(|e| Error::io(path, e))?;
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(true);
    zip.start_file(name, options).map_err(|e| unwritten(target, e))?;
    // Not io::copy: it does not say which side failed, and the person has to know which disk is full.
    let mut piece = vec![0; 1 << 16];
    loop {
        let size = from.read(&mut piece).map_err(|e| Error::io(path, e))?;
        let Some(read) = piece.get(..size).filter(|read| !read.is_empty()) else {
            return Ok(());
        };
        zip.write_all(read).map_err(|e| Error::io(target, e))?;
    }
}

fn unwritten(path: &Path, error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(e) => Error::io(path, e),
        other => Error::new(
            Code::Unreadable,
            format!("{} 没有写完，备份没有完成，工作区没有改动。请换一个位置再试。", path.display()),
        )
        .because(other),
    }
}

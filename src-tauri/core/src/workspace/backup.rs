//! A backup: one zip file with a consistent copy of the database and all files. No secret is in it: none is in the workspace.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{info::LAST_BACKUP, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    job::{Job, Progress},
    photo, setting,
    value::Time,
};

/// Writes database and files into one zip file. The file appears whole or not at all.
///
/// Originals are those of the copied database, the trash's too. What is gone from the disk counts as failed in the job's progress,
/// and the last note names it.
///
/// # Errors
/// `Invalid` for a place inside the workspace other than `backups/`; `Cancelled`, `DiskFull`, `ReadOnly`. The workspace is
/// unchanged in every case.
pub async fn backup(db: &Db, file: &Path, job: &Job, now: Time) -> Result<()> {
    must_be_outside(db, file)?;
    let room = tempfile::tempdir_in(db.path("backups")).map_err(|e| Error::io(&db.path("backups"), e))?;
    let copy = room.path().join("caoben.db");
    store::vacuum_into(&mut *db.read().acquire().await?, &copy).await?;
    let mut conn = store::connect(&copy).await?;
    let originals = photo::originals(&mut conn).await?;
    store::close(conn).await?;
    let (folder, file, job) = (db.folder().to_owned(), file.to_owned(), job.clone());
    tokio::task::spawn_blocking(move || pack(&folder, &copy, originals, &file, &job))
        .await
        .map_err(|e| Error::internal("备份时出错，工作区没有改动。").because(e))??;
    let mut tx = db.begin().await?;
    setting::put(&mut tx, LAST_BACKUP, &serde_json::to_string(&now)?).await?;
    tx.commit().await
}

/// A backup among what is backed up would hold itself next time, and one in the database's place would end it.
fn must_be_outside(db: &Db, file: &Path) -> Result<()> {
    let file = std::path::absolute(file).map_err(|e| Error::io(file, e))?;
    // The nearest folder that is there, without links and detours.
    let real = file.ancestors().skip(1).find_map(|path| path.canonicalize().ok());
    let home = db
        .folder()
        .canonicalize()
        .map_err(|e| Error::io(db.folder(), e))?;
    if real.is_some_and(|at| at.starts_with(&home) && !at.starts_with(home.join("backups"))) {
        return Err(Error::invalid(
            "file",
            format!(
                "{} 在工作区里面，没有备份。请存到别的文件夹或别的磁盘，工作区里只有 backups 可以放备份。",
                file.display()
            ),
        ));
    }
    Ok(())
}

fn pack(folder: &Path, database: &Path, originals: Vec<String>, file: &Path, job: &Job) -> Result<()> {
    let parent = file
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|e| Error::io(parent, e))?;
    let mut target = tempfile::NamedTempFile::new_in(parent).map_err(|e| Error::io(parent, e))?;
    let mut files = files(folder)?;
    // Those of the copied database, so that one that is gone is counted.
    for original in originals {
        let path = folder.join(&original);
        files.insert(original, path);
    }
    let mut progress = Progress {
        total: Some(files.len() as u64 + 1),
        ..Progress::default()
    };
    let mut gone = Vec::new();
    let mut zip = ZipWriter::new(target.as_file_mut());
    let mut add = |name: &str, from: &Path, method| add(&mut zip, name, from, method, file);
    add("caoben.db", database, CompressionMethod::Deflated)?;
    for (name, path) in files {
        job.check()?;
        // Pictures are compressed already.
        let is_in = add(&name, &path, CompressionMethod::Stored)?;
        progress.done += 1;
        progress.note.clone_from(&name);
        if !is_in {
            progress.failed += 1;
            gone.push(name);
        }
        job.report(progress.clone());
    }
    zip.finish().map_err(|e| unwritten(file, e))?;
    target.as_file().sync_all().map_err(|e| Error::io(file, e))?;
    target.persist(file).map_err(|e| Error::io(file, e.error))?;
    progress.done += 1;
    if let Some(first) = gone.first() {
        progress.note = format!("备份好了，但有 {} 个文件已经不在磁盘上：{first} 等", gone.len());
    }
    job.report(progress);
    Ok(())
}

/// All files under photos/ and bundles/ by their name in the zip, but neither previews, which are made again at first sight, nor
/// what is just being written.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    for inside in ["photos", "bundles"] {
        let entries = walkdir::WalkDir::new(folder.join(inside)).into_iter();
        let half = |name: &OsStr| name.to_string_lossy().starts_with(".caoben-");
        for entry in entries.filter_entry(|entry| !half(entry.file_name())) {
            let entry = match entry.map_err(io::Error::from) {
                Ok(entry) => entry,
                // Work goes on meanwhile: what moves away is no longer there to keep.
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(Error::io(folder, e)),
            };
            let Ok(name) = entry.path().strip_prefix(folder) else {
                continue;
            };
            if !entry.file_type().is_file() || name.starts_with("photos/preview") {
                continue;
            }
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            found.insert(parts.join("/"), entry.into_path());
        }
    }
    Ok(found)
}

/// Copies a file into the zip; answers whether it is there.
fn add<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    name: &str,
    path: &Path,
    method: CompressionMethod,
    target: &Path,
) -> Result<bool> {
    let mut from = match File::open(path) {
        Ok(from) => from,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(Error::io(path, e)),
    };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(true);
    zip.start_file(name, options).map_err(|e| unwritten(target, e))?;
    // Not io::copy: it does not say which side failed, and the person has to know which disk is full.
    let mut piece = vec![0; 1 << 16];
    loop {
        let size = from.read(&mut piece).map_err(|e| Error::io(path, e))?;
        let Some(read) = piece.get(..size).filter(|read| !read.is_empty()) else {
            return Ok(true);
        };
        zip.write_all(read).map_err(|e| Error::io(target, e))?;
    }
}

fn unwritten(path: &Path, error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(e) => Error::io(path, e),
        other => Error::new(
            Code::Unreadable,
            format!(
                "{} 没有写完，备份没有完成，工作区没有改动。请换一个位置再试。",
                path.display()
            ),
        )
        .because(other),
    }
}

//! A backup: one zip file with a consistent copy of the database and all files. No secret is in it: none is in the workspace.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{BackedUp, Problem, info::LAST_BACKUP, store};
use crate::{
    db::Db,
    disk,
    error::{Code, Error, Result},
    job::{Job, Progress},
    out, photo, setting,
    value::Time,
};

/// Writes database and files into one zip file. The file appears whole or not at all, and outlives a power cut.
///
/// Originals are those of the copied database, the trash's too, each read against its hash: what is gone from the disk or is not what it
/// was when it came is listed, and counts as failed in the job's progress.
///
/// # Errors
/// `Invalid` for a place inside a workspace other than its `backups/`; `Conflict` where something lies that is no backup; `Cancelled`, `DiskFull`, `ReadOnly`. The workspace is
/// unchanged in every case.
pub async fn backup(db: &Db, file: &Path, job: &Job, now: Time) -> Result<BackedUp> {
    // A backup among what is backed up would hold itself next time, and one in the database's place would end it.
    out::must_be_outside("file", &disk::parent(file), &["backups"])?;
    out::must_give_way(file, out::Kind::Backup)?;
    // Where nothing may be written in the workspace the copy is made elsewhere.
    let room = match db.only_read() {
        None => {
            // A copy that could not be deleted after an earlier backup.
            disk::sweep(&db.path("backups"));
            tempfile::tempdir_in(db.path("backups")).map_err(|e| Error::io(&db.path("backups"), e))?
        }
        Some(_) => tempfile::tempdir().map_err(|e| Error::io(&std::env::temp_dir(), e))?,
    };
    let copy = room.path().join("caoben.db");
    store::vacuum_into(&mut *db.read().acquire().await?, &copy).await?;
    let mut conn = store::connect(&copy).await?;
    let originals = photo::originals(&mut conn).await?;
    store::close(conn).await?;
    // Before they are packed: what comes meanwhile is nobody's fault.
    let strays = photo::strays(db).await?;
    let (folder, file, job) = (db.folder().to_owned(), file.to_owned(), job.clone());
    let mut done = tokio::task::spawn_blocking(move || pack(&folder, &copy, originals, &file, &job))
        .await
        .map_err(|e| Error::internal("备份时出错，工作区没有改动。").because(e))??;
    done.problems.extend(unknown(&strays));
    if db.only_read().is_none() {
        let mut tx = db.begin().await?;
        setting::put(&mut tx, LAST_BACKUP, &serde_json::to_string(&now)?).await?;
        tx.commit().await?;
    }
    Ok(done)
}

/// Files among the photos that the database knows nothing of, all in one sentence: a database that was exchanged or emptied knows none.
fn unknown(strays: &[String]) -> Option<Problem> {
    let first = strays.first()?;
    let more = if strays.len() > 1 { " 等" } else { "" };
    Some(Problem {
        what: format!(
            "photos 里有 {} 个文件，数据库里没有哪张照片认得：数据库可能被换掉或清空过。备份里照样放了它们；用「工作区检查」看是哪些",
            strays.len()
        ),
        place: format!("{first}{more}"),
    })
}

fn pack(folder: &Path, database: &Path, originals: Vec<String>, file: &Path, job: &Job) -> Result<BackedUp> {
    let parent = disk::parent(file);
    disk::create_folder(&parent).map_err(|e| Error::io(&parent, e))?;
    let mut target = tempfile::Builder::new()
        .prefix(disk::HALF)
        .tempfile_in(&parent)
        .map_err(|e| Error::io(&parent, e))?;
    let mut files = files(folder)?;
    let originals: BTreeSet<String> = originals.into_iter().collect();
    // Those of the copied database, so that one that is gone is counted.
    files.extend(originals.iter().map(|name| (name.clone(), folder.join(name))));
    let mut progress = Progress {
        total: Some(files.len() as u64 + 1),
        ..Progress::default()
    };
    let (mut problems, mut packed) = (Vec::new(), 1);
    let mut zip = ZipWriter::new(Once::over(target.as_file_mut()));
    add(&mut zip, "caoben.db", database, CompressionMethod::Deflated, file)?;
    for (name, path) in &files {
        job.check()?;
        // Pictures are compressed already.
        let hash = add(&mut zip, name, path, CompressionMethod::Stored, file)?;
        progress.done += 1;
        progress.note.clone_from(name);
        packed += i64::from(hash.is_some());
        let is_original = originals.contains(name);
        let what = match hash {
            None => "文件不在磁盘上了，备份里没有它；如果以前的备份里有，可以从那里找回",
            Some(hash) if is_original && !name.contains(&hash) => {
                "内容与导入时不同，可能已损坏或被改动；备份里放的是现在这个样子"
            }
            Some(_) => "",
        };
        if !what.is_empty() {
            progress.failed += 1;
            problems.push(Problem {
                what: what.to_owned(),
                place: name.clone(),
            });
        }
        job.report(progress.clone());
    }
    zip.finish().map_err(|e| unwritten(file, e))?;
    target.as_file().sync_all().map_err(|e| Error::io(file, e))?;
    target.persist(file).map_err(|e| Error::io(file, e.error))?;
    out::last(file)?;
    progress.done += 1;
    if let Some(first) = problems.first() {
        progress.note = format!(
            "备份写好了，但有 {} 个文件不对：{} 等",
            problems.len(),
            first.place
        );
    }
    job.report(progress);
    Ok(BackedUp {
        file: file.to_owned(),
        files: packed,
        problems,
    })
}

/// All files under photos/ and bundles/ by their name in the zip, but neither previews, which are made again at first sight, nor
/// what is just being written.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    for inside in ["photos", "bundles"] {
        let entries = walkdir::WalkDir::new(folder.join(inside)).into_iter();
        let half = |name: &OsStr| disk::is_half(&name.to_string_lossy());
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

/// Copies a file into the zip; answers its hash, or `None` when it is not there. A link is no file: where it leads is nobody's to pack.
fn add<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    name: &str,
    path: &Path,
    method: CompressionMethod,
    target: &Path,
) -> Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Ok(known) if known.is_file() => {}
        Ok(_) => return Ok(None),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io(path, e)),
    }
    let mut from = match File::open(path) {
        Ok(from) => from,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io(path, e)),
    };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(true);
    zip.start_file(name, options).map_err(|e| unwritten(target, e))?;
    let mut hasher = blake3::Hasher::new();
    // Not io::copy: it does not say which side failed, and the person has to know which disk is full.
    let mut piece = vec![0; 1 << 16];
    loop {
        let size = from.read(&mut piece).map_err(|e| Error::io(path, e))?;
        let Some(read) = piece.get(..size).filter(|read| !read.is_empty()) else {
            return Ok(Some(hasher.finalize().to_hex().to_string()));
        };
        hasher.update(read);
        zip.write_all(read).map_err(|e| Error::io(target, e))?;
    }
}

/// A file that fails once: what a zip writer tries on its own after a failure goes nowhere, and it has nothing to complain about. It goes
/// on counting as if it had been written, for the writer reckons with where it stands.
struct Once<'a> {
    file: &'a mut File,
    /// Where it would stand, from the first failure on.
    lost: Option<u64>,
}

impl<'a> Once<'a> {
    fn over(file: &'a mut File) -> Self {
        Self { file, lost: None }
    }

    fn note<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if done.is_err() {
            self.lost = Some(self.file.stream_position().unwrap_or(0));
        }
        done
    }
}

impl Write for Once<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(at) = &mut self.lost {
            *at = at.saturating_add(bytes.len() as u64);
            return Ok(bytes.len());
        }
        let done = self.file.write(bytes);
        self.note(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.lost.is_some() {
            return Ok(());
        }
        let done = self.file.flush();
        self.note(done)
    }
}

impl Seek for Once<'_> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        if let Some(at) = &mut self.lost {
            *at = match to {
                io::SeekFrom::Start(place) => place,
                io::SeekFrom::Current(by) | io::SeekFrom::End(by) => at.saturating_add_signed(by),
            };
            return Ok(*at);
        }
        let done = self.file.seek(to);
        self.note(done)
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

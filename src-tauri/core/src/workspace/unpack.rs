//! Taking a backup apart: only what a backup holds, only inside the folder, and no more than the archive says.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Component, Path},
};

use zip::{ZipArchive, read::ZipFile};

use super::open;
use crate::{
    disk,
    error::{Code, Error, Result},
    job::{Job, Progress},
};

/// How many times its own size a backup may unpack to. Photos do not shrink at all and a database of text hardly to a tenth.
const GROWTH: u64 = 200;
/// What the smallest may unpack to all the same.
const LEAST: u64 = 64 << 20;

/// Unpacks into an empty folder. Answers which files were passed over because no backup holds such.
pub(super) fn unpack(file: &Path, into: &Path, job: &Job) -> Result<Vec<String>> {
    let source = File::open(file).map_err(|e| Error::io(file, e))?;
    let bytes = source.metadata().map_err(|e| Error::io(file, e))?.len();
    let mut zip = ZipArchive::new(source).map_err(|e| damaged(file).because(e))?;
    if zip.index_for_name(open::DATABASE).is_none() {
        return Err(damaged(file));
    }
    bounded(&mut zip, bytes, file, into)?;
    let total = Some(zip.len() as u64);
    let mut skipped = Vec::new();
    for index in 0..zip.len() {
        job.check()?;
        let mut entry = zip.by_index(index).map_err(|e| damaged(file).because(e))?;
        // enclosed_name refuses absolute paths and those that climb out with `..`.
        let Some(name) = entry
            .enclosed_name()
            .filter(|_| entry.is_file() || entry.is_dir())
            .filter(|name| is_plain(name))
        else {
            return Err(unsafe_backup(""));
        };
        if entry.is_dir() {
            continue;
        }
        if belongs(&name) {
            one(&mut entry, &into.join(&name), file)?;
        } else {
            skipped.push(name.display().to_string());
        }
        job.report(Progress {
            done: index as u64 + 1,
            total,
            failed: 0,
            note: name.display().to_string(),
        });
    }
    Ok(skipped)
}

/// Refuses an archive that says it unpacks to more than such a file can honestly hold, or than the disk has room for.
fn bounded(zip: &mut ZipArchive<File>, bytes: u64, file: &Path, into: &Path) -> Result<()> {
    let (mut packed, mut unpacked) = (0_u64, 0_u64);
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|e| damaged(file).because(e))?;
        packed = packed.saturating_add(entry.compressed_size());
        unpacked = unpacked.saturating_add(entry.size());
    }
    // Entries that share their bytes add up to more than the file.
    if packed > bytes || unpacked > bytes.saturating_mul(GROWTH).max(LEAST) {
        return Err(Error::new(
            Code::Unreadable,
            format!(
                "{} 解开会大得不像一份备份，不安全，没有恢复任何内容。",
                file.display()
            ),
        ));
    }
    match disk::room(into) {
        Some(room) if room < unpacked => Err(Error::new(
            Code::DiskFull,
            format!(
                "恢复要 {} MB，磁盘上只有 {} MB，没有恢复任何内容。请腾出空间，或换一个磁盘。",
                unpacked.div_ceil(1_000_000),
                room / 1_000_000
            ),
        )),
        _ => Ok(()),
    }
}

/// Writes one file, no longer than the archive says.
fn one(entry: &mut ZipFile<'_, File>, path: &Path, file: &Path) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|e| Error::io(parent, e))?;
    }
    let mut out = File::create_new(path).map_err(|e| Error::io(path, e))?;
    let said = entry.size();
    // A wrong checksum comes as InvalidData: the backup is at fault, not the disk.
    let written =
        io::copy(&mut entry.take(said.saturating_add(1)), &mut out).map_err(|e| match e.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                damaged(file).because(e)
            }
            _ => Error::io(path, e),
        })?;
    if written == said {
        Ok(())
    } else {
        Err(damaged(file))
    }
}

/// The database, photos and bundles; nothing else is in a backup.
fn belongs(name: &Path) -> bool {
    let mut parts = name.components();
    let first = parts.next().map(Component::as_os_str).unwrap_or_default();
    let rest = parts.next();
    let hidden = name.iter().any(|part| disk::is_half(&part.to_string_lossy()));
    match rest {
        None => first == open::DATABASE,
        Some(_) => (first == "photos" || first == "bundles") && !hidden,
    }
}

/// Whether a name means on every system what it says: Windows takes `:` for a hidden stream and drops a dot or blank at the end.
fn is_plain(name: &Path) -> bool {
    !cfg!(windows)
        || name.iter().all(|part| {
            let part = part.to_string_lossy();
            !part.contains([':', '*', '?', '"', '<', '>', '|', '\\']) && !part.ends_with(['.', ' '])
        })
}

/// A backup that would write or lead outside of its folder.
pub(super) fn unsafe_backup(place: &str) -> Error {
    Error::new(
        Code::Unreadable,
        format!("备份文件里有指向文件夹外面的路径{place}，不安全，没有恢复任何内容。"),
    )
}

pub(super) fn damaged(file: &Path) -> Error {
    Error::new(
        Code::Unreadable,
        format!(
            "{} 不是草本的备份，或已经损坏，没有恢复任何内容。",
            file.display()
        ),
    )
}

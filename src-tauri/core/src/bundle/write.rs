//! A bundle on the disk: written beside its place, moved there when it is whole.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{contents::File, older};
use crate::error::{Error, Result};

/// Writes files as a folder; an older bundle there gives way only to a complete one. Answers where the older one is kept when
/// somebody worked in it.
pub(super) fn folder(files: &[File], to: &Path) -> Result<Option<PathBuf>> {
    let failed = |e| Error::io(to, e);
    let kept = older::keep_at(to)?;
    let desk = beside(to)?;
    // Inside the temporary folder, which only its owner may open; the bundle is as readable as any folder.
    let new = desk.path().join("new");
    let old = kept.clone().unwrap_or_else(|| desk.path().join("old"));
    fs::create_dir(&new).map_err(failed)?;
    for file in files {
        let path = new.join(&file.path);
        let mut out = fs::File::create(&path).map_err(|e| Error::io(&path, e))?;
        out.write_all(&file.bytes)
            .and_then(|()| out.sync_all())
            .map_err(|e| Error::io(&path, e))?;
    }
    let replaced = to.exists();
    if replaced {
        fs::rename(to, &old).map_err(failed)?;
    }
    fs::rename(&new, to).map_err(|e| {
        if replaced {
            // What was there comes back; if even that fails the first error is the one to tell.
            let _ = fs::rename(&old, to);
        }
        failed(e)
    })?;
    Ok(kept)
}

/// Writes files as one zip, with older ones as in `folder`. Fixed times and no compression: pictures do not shrink, and the same input gives the same bytes everywhere.
pub(super) fn archive(files: &[File], to: &Path) -> Result<Option<PathBuf>> {
    let kept = older::keep_at(to)?;
    let desk = beside(to)?;
    let new = desk.path().join("new.zip");
    let failed = |e| Error::io(to, e);
    let zipped = |e: zip::result::ZipError| Error::io(to, e.into());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(fs::File::create(&new).map_err(failed)?);
    for file in files {
        zip.start_file(file.path.as_str(), options).map_err(zipped)?;
        zip.write_all(&file.bytes).map_err(failed)?;
    }
    let out = zip.finish().map_err(zipped)?;
    out.sync_all().map_err(failed)?;
    if let Some(old) = &kept {
        fs::rename(to, old).map_err(failed)?;
    }
    fs::rename(&new, to).map_err(|e| {
        if let Some(old) = &kept {
            let _ = fs::rename(old, to);
        }
        failed(e)
    })?;
    Ok(kept)
}

/// A temporary folder on the same disk, gone when it is dropped.
fn beside(to: &Path) -> Result<tempfile::TempDir> {
    let parent = to.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    fs::create_dir_all(&parent).map_err(|e| Error::io(&parent, e))?;
    tempfile::Builder::new()
        .prefix(".caoben-")
        .tempdir_in(&parent)
        .map_err(|e| Error::io(&parent, e))
}

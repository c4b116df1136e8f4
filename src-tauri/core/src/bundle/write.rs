//! A bundle on the disk: written beside its place, and exchanged with what lies there once it is whole. At no moment is there none
//! under its name; where the system cannot exchange, what an interrupted run left is mended when the workspace opens.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    contents::File,
    desk::{self, Desk},
    older,
};
use crate::{
    disk,
    error::{Error, Result},
};

/// A bundle that lies in its place and waits for its row: kept with [`Placed::keep`], taken back with [`Placed::undo`].
pub(super) struct Placed {
    desk: Desk,
    to: PathBuf,
    /// Where what was there before lies now.
    before: Option<PathBuf>,
    /// Where the older one is kept because somebody worked in it.
    kept: Option<PathBuf>,
}

impl Placed {
    /// It stays. Answers where the older one is kept.
    pub fn keep(self) -> Option<PathBuf> {
        self.desk.done();
        self.kept
    }

    /// Waits until the disk knows both folders; where it does not, nothing stays that nobody was told of.
    fn last(self) -> Result<Self> {
        let known =
            disk::sync_folder(self.desk.path()).and_then(|()| disk::sync_folder(&disk::parent(&self.to)));
        match known {
            Ok(()) => Ok(self),
            Err(error) => {
                let told = Error::io(&self.to, error);
                self.undo();
                Err(told)
            }
        }
    }

    /// Puts back what was there before. What cannot be put back stays where it is.
    pub fn undo(self) {
        let away = self.desk.path().join("undone");
        let back = match &self.before {
            None => fs::rename(&self.to, &away),
            Some(before) => swap(before, &self.to, &away),
        };
        if back.is_ok()
            && let Some(kept) = &self.kept
        {
            // After an exchange the new one lies there.
            let _ = fs::rename(kept, self.desk.path().join("undone too"));
        }
        let _ = disk::sync_folder(&disk::parent(&self.to));
        self.desk.done();
    }
}

/// Lets `one` take the place of `other`; what lay there goes to `away` or to the place of `one`.
fn swap(one: &Path, other: &Path, away: &Path) -> io::Result<()> {
    if disk::exchange(one, other)? {
        return Ok(());
    }
    fs::rename(other, away)?;
    fs::rename(one, other)
}

/// Writes files as a folder; an older bundle there gives way only to a complete one.
pub(super) fn folder(home: &Path, files: &[File], to: &Path) -> Result<Placed> {
    let kept = older::keep_at(to)?;
    let desk = desk::at(home, to)?;
    // Inside the desk, which only its owner may open; the bundle is as readable as any folder.
    let new = desk.new_path();
    fs::create_dir(&new).map_err(|e| Error::io(to, e))?;
    for file in files {
        let path = new.join(&file.path);
        let mut out = fs::File::create(&path).map_err(|e| Error::io(&path, e))?;
        out.write_all(&file.bytes)
            .and_then(|()| out.sync_all())
            .map_err(|e| Error::io(&path, e))?;
    }
    disk::sync_folder(&new).map_err(|e| Error::io(to, e))?;
    place(desk, to, kept)
}

/// Writes files as one zip, with older ones as in `folder`. Fixed times and no compression: pictures do not shrink, and the same input
/// gives the same bytes everywhere.
pub(super) fn archive(home: &Path, files: &[File], to: &Path) -> Result<Placed> {
    let kept = older::keep_at(to)?;
    let desk = desk::at(home, to)?;
    let failed = |e| Error::io(to, e);
    let zipped = |e: zip::result::ZipError| Error::io(to, e.into());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    // In memory first: a writer that meets a full disk would complain on its own when it is dropped.
    let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
    for file in files {
        zip.start_file(file.path.as_str(), options).map_err(zipped)?;
        zip.write_all(&file.bytes).map_err(failed)?;
    }
    let bytes = zip.finish().map_err(zipped)?.into_inner();
    let mut out = fs::File::create(desk.new_path()).map_err(failed)?;
    out.write_all(&bytes)
        .and_then(|()| out.sync_all())
        .map_err(failed)?;
    place(desk, to, kept)
}

/// Moves what is new to its place; an older one there is kept beside, or on the desk until the new one is certain. What the disk does
/// not confirm is taken back.
fn place(desk: Desk, to: &Path, kept: Option<PathBuf>) -> Result<Placed> {
    let failed = |e| Error::io(to, e);
    let new = desk.new_path();
    if to.symlink_metadata().is_err() {
        fs::rename(&new, to).map_err(failed)?;
        return Placed {
            desk,
            to: to.to_owned(),
            before: None,
            kept,
        }
        .last();
    }
    // Under the older one's later name first: after the exchange both lie where they belong, whenever the power goes.
    let from = match &kept {
        Some(kept) => {
            fs::rename(&new, kept).map_err(failed)?;
            kept.clone()
        }
        None => new.clone(),
    };
    let exchanged = disk::exchange(&from, to).map_err(|e| {
        let _ = fs::rename(&from, &new);
        failed(e)
    })?;
    if exchanged {
        return Placed {
            desk,
            to: to.to_owned(),
            before: Some(from),
            kept,
        }
        .last();
    }
    if from != new {
        fs::rename(&from, &new).map_err(failed)?;
    }
    in_two_steps(desk, to, kept)
}

/// The older one aside, then the new one in: for systems that cannot exchange. The desk says so, for the case that the power goes between.
fn in_two_steps(desk: Desk, to: &Path, kept: Option<PathBuf>) -> Result<Placed> {
    let failed = |e| Error::io(to, e);
    let before = kept.clone().unwrap_or_else(|| desk.path().join("old"));
    desk.is_ready().map_err(failed)?;
    fs::rename(to, &before).map_err(failed)?;
    disk::sync_folder(&disk::parent(to))
        .and_then(|()| fs::rename(desk.new_path(), to))
        .map_err(|e| {
            // What was there comes back; if even that fails the first error is the one to tell.
            let _ = fs::rename(&before, to);
            failed(e)
        })?;
    Placed {
        desk,
        to: to.to_owned(),
        before: Some(before),
        kept,
    }
    .last()
}

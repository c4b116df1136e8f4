//! What lies where a bundle is to be written: nothing, a bundle as it was written, one that somebody worked in, or something else.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;
use zip::ZipArchive;

use super::contents;
use crate::error::{Code, Error, Result};

/// What a manifest says of the files beside it.
#[derive(Deserialize)]
struct Manifest {
    format: i64,
    post: String,
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    path: String,
    sha256: String,
}

/// What operating systems leave in any folder somebody looked at.
const DROPPINGS: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".localized"];

/// Where an older bundle has to go before a new one comes: `None` when it may be replaced, as nothing in it is anybody's own.
///
/// # Errors
/// `Conflict` when what lies there is no bundle.
pub(super) fn keep_at(to: &Path) -> Result<Option<PathBuf>> {
    let found = match to.symlink_metadata() {
        Err(_) => return Ok(None),
        Ok(known) if known.is_dir() => in_folder(to),
        Ok(known) if known.is_file() => in_zip(to),
        // A link's target is nobody's to replace, and a pipe would be waited for forever.
        Ok(_) => Ok(None),
    };
    let found = found.map_err(|e| Error::io(to, e))?;
    let Some((manifest, files)) = found.and_then(|(text, files)| {
        let manifest: Manifest = serde_json::from_slice(&text).ok()?;
        (manifest.format == 1 && !manifest.post.is_empty()).then_some((manifest, files))
    }) else {
        let message = format!(
            "{} 已经有别的文件，没有覆盖。请换一个位置，或先把它移走。",
            to.display()
        );
        return Err(Error::new(Code::Conflict, message));
    };
    let listed: BTreeMap<&str, &str> = manifest
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.sha256.as_str()))
        .collect();
    let is_ours = |(path, hash): (&String, &String)| listed.get(path.as_str()) == Some(&hash.as_str());
    Ok((!files.iter().all(is_ours)).then(|| free_name(to)))
}

/// `<name> (旧 1)`, or the first number that is free; the ending stays last.
fn free_name(to: &Path) -> PathBuf {
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let (stem, ending) = match name.strip_suffix(".zip") {
        Some(stem) => (stem, ".zip"),
        None => (&*name, ""),
    };
    let mut number = 1_u32;
    loop {
        let path = to.with_file_name(format!("{stem} (旧 {number}){ending}"));
        if path.symlink_metadata().is_err() {
            return path;
        }
        number += 1;
    }
}

/// The manifest's bytes, and the hash of every other file by its path.
type Found = Option<(Vec<u8>, BTreeMap<String, String>)>;

fn in_folder(folder: &Path) -> io::Result<Found> {
    let Ok(manifest) = fs::read(folder.join("manifest.json")) else {
        return Ok(None);
    };
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        let is_dropping = DROPPINGS.iter().any(|name| entry.file_name() == *name);
        let Ok(path) = entry.path().strip_prefix(folder) else {
            continue;
        };
        if entry.file_type().is_dir() || is_dropping || path == Path::new("manifest.json") {
            continue;
        }
        // A link or device has no hash: it is in no manifest.
        let hash = match entry.file_type().is_file() {
            true => hashed(&mut fs::File::open(entry.path())?)?.1,
            false => String::new(),
        };
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        files.insert(parts.join("/"), hash);
    }
    Ok(Some((manifest, files)))
}

/// Most bytes a manifest has: a few hundred per file.
const MANIFEST: u64 = 16 << 20;

fn in_zip(file: &Path) -> io::Result<Found> {
    let Ok(mut zip) = ZipArchive::new(fs::File::open(file)?) else {
        return Ok(None);
    };
    let (mut manifest, mut files) = (None, BTreeMap::new());
    for index in 0..zip.len() {
        let entry = zip.by_index(index)?;
        let name = entry.name()?.into_owned();
        if entry.is_dir() {
            continue;
        }
        // What unpacks to more than it says was not written here.
        let said = entry.size();
        let mut entry = entry.take(said.saturating_add(1));
        if name == "manifest.json" {
            let mut bytes = Vec::new();
            (&mut entry).take(MANIFEST).read_to_end(&mut bytes)?;
            manifest = Some(bytes);
        } else {
            let (read, hash) = hashed(&mut entry)?;
            files.insert(name, if read == said { hash } else { String::new() });
        }
    }
    Ok(manifest.map(|text| (text, files)))
}

/// How many bytes came and their hash, without holding them all.
fn hashed(from: &mut impl Read) -> io::Result<(u64, String)> {
    let (mut hasher, mut count) = (Sha256::new(), 0);
    let mut piece = vec![0; 1 << 16];
    loop {
        let size = from.read(&mut piece)?;
        let Some(read) = piece.get(..size).filter(|read| !read.is_empty()) else {
            return Ok((count, contents::hex(&hasher.finalize())));
        };
        count += size as u64;
        hasher.update(read);
    }
}

//! Where a photo's files lie under `photos/`, and how one is written so that it is whole or not there.

use std::{
    collections::BTreeSet,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{
    disk,
    error::{Error, Result},
};

/// Where pictures of edited photos lie that were drawn once; all of it can be made again.
pub(crate) const DRAWN: &str = "photos/preview/edited";
/// Ends what was made out of an original: this, and the first 16 bytes of the BLAKE3 of all before it and of what it was made of. A JPEG
/// is over before, so no reader minds; without it nothing tells a thumbnail that a power cut left half empty, or another's.
const SEAL: &[u8; 8] = b"\0caobe2\0";
/// As earlier versions put it on: over the JPEG alone.
const SEAL_BEFORE: &[u8; 8] = b"\0caoben\0";
const SEALED: usize = SEAL.len() + 16;

/// A file of the library, found by content.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// BLAKE3, lower-case hex.
    pub hash: String,
    /// jpeg, png, heic, mp4 …; of a kept file its extension.
    pub format: String,
}

impl Stored {
    /// The file as it came.
    pub fn original(&self) -> String {
        format!("photos/{}.{}", in_shelf(&self.hash), self.extension())
    }

    /// 512 px.
    pub fn thumb(&self) -> String {
        format!("photos/thumb/{}.jpg", in_shelf(&self.hash))
    }

    /// 1600 px.
    pub fn preview(&self) -> String {
        format!("photos/preview/{}.jpg", in_shelf(&self.hash))
    }

    /// The folder and the beginning of the names of what was drawn of it with edits.
    pub fn drawn(&self) -> (String, String) {
        let place = in_shelf(&self.hash);
        let (shelf, name) = place.split_once('/').unwrap_or(("xx", &place));
        (format!("{DRAWN}/{shelf}"), format!("{name}-"))
    }

    /// The media type of the original.
    pub fn media_type(&self) -> &'static str {
        match self.format.as_str() {
            "png" => "image/png",
            "webp" => "image/webp",
            "gif" => "image/gif",
            "tiff" => "image/tiff",
            "heic" => "image/heic",
            "avif" => "image/avif",
            "jpeg" => "image/jpeg",
            "mp4" => "video/mp4",
            "mov" => "video/quicktime",
            _ => "application/octet-stream",
        }
    }

    fn extension(&self) -> &str {
        match self.format.as_str() {
            "jpeg" => "jpg",
            known if is_format(known) => known,
            _ => "bin",
        }
    }
}

/// Whether this is a content hash as this program writes it: 64 lower-case hex digits.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether this can be the ending of a file's name: a format, or the extension of a kept file.
fn is_format(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// A hash as shelf and name, `ab/ab12…`. The table may come from anybody: what is no hash names a place where no file ever lies,
/// instead of one outside.
pub(crate) fn in_shelf(hash: &str) -> String {
    match hash.get(..2) {
        Some(shelf) if is_hash(hash) => format!("{shelf}/{hash}"),
        _ => "xx/unknown".to_owned(),
    }
}

/// Writes a file beside its place and moves it there, making folders as needed. `lasting` waits for the disk: for what cannot be
/// made again.
pub(crate) fn write(to: &Path, bytes: &[u8], lasting: bool) -> Result<()> {
    let folder = to.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let mut file = begin(&folder)?;
    let failed = |e| Error::io(to, e);
    file.write_all(bytes).map_err(failed)?;
    if lasting {
        file.as_file().sync_all().map_err(failed)?;
    }
    end(file, to)?;
    if lasting {
        disk::sync_folder(&folder).map_err(failed)?;
    }
    Ok(())
}

/// Keeps a picture that was made out of an original and can be made again. `of` says what it was made of: the original's hash, and how.
pub(crate) fn write_made(to: &Path, jpeg: &[u8], of: &str) -> Result<()> {
    if matches!(made(to, of), Some((there, true)) if there == jpeg) {
        return Ok(());
    }
    let mark = mark(&[jpeg, of.as_bytes()]);
    write(to, &[jpeg, SEAL.as_slice(), mark.as_slice()].concat(), false)
}

/// A picture that was made before, if it lies there as it was written, and was made of this as far as it says.
pub(crate) fn read_made(path: &Path, of: &str) -> Option<Vec<u8>> {
    made(path, of).map(|(jpeg, _)| jpeg)
}

/// As [`read_made`], and whether it surely was made of this. Where earlier versions did not say, the picture is looked at to its last row.
pub(super) fn made_surely(path: &Path, of: &str) -> Option<(Vec<u8>, bool)> {
    made(path, of).filter(|(jpeg, sure)| *sure || image::load_from_memory(jpeg).is_ok())
}

/// The picture without its seal, and whether that says what it was made of; `None` for what does not keep to its seal.
fn made(path: &Path, of: &str) -> Option<(Vec<u8>, bool)> {
    let mut bytes = std::fs::read(path).ok()?;
    let (jpeg, end) = bytes.split_at_checked(bytes.len().checked_sub(SEALED)?)?;
    let (seal, found) = end.split_at_checked(SEAL.len())?;
    let own = seal == SEAL;
    let right = match own {
        true => mark(&[jpeg, of.as_bytes()]),
        false => mark(&[jpeg]),
    };
    if !own && seal != SEAL_BEFORE {
        // The first version put no seal on: begin and end must do.
        return (bytes.starts_with(b"\xff\xd8") && bytes.ends_with(b"\xff\xd9")).then_some((bytes, false));
    }
    if found != right {
        return None;
    }
    let length = jpeg.len();
    bytes.truncate(length);
    Some((bytes, own))
}

fn mark(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let mut mark = [0; 16];
    hasher.finalize_xof().fill(&mut mark);
    mark
}

/// Waits until the disk has these files of the library for good, with the folders that name them. What can be made again may be
/// missing. Waiting once for many costs little more than for one.
pub(super) fn sync(folder: &Path, files: &[Stored]) -> Result<()> {
    let mut folders = BTreeSet::new();
    for stored in files {
        for (name, must) in [(stored.original(), true), (stored.thumb(), false)] {
            let path = folder.join(&name);
            match disk::sync_file(&path) {
                Err(e) if !must && e.kind() == ErrorKind::NotFound => continue,
                done => done.map_err(|e| Error::io(&path, e))?,
            }
            let above = Path::new(&name).ancestors().skip(1);
            folders.extend(above.filter(|name| *name != Path::new("")).map(Path::to_path_buf));
        }
    }
    for name in folders {
        let path = folder.join(name);
        disk::sync_folder(&path).map_err(|e| Error::io(&path, e))?;
    }
    Ok(())
}

/// Begins a file of the library in this folder; it is gone when dropped.
pub(super) fn begin(folder: &Path) -> Result<NamedTempFile> {
    let failed = |e| Error::io(folder, e);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".caoben-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The library's files are as readable as any other file; the umask still has its say.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(failed)
}

/// Moves it to its place on the same disk.
pub(super) fn end(file: NamedTempFile, to: &Path) -> Result<()> {
    let failed = |e| Error::io(to, e);
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    file.persist(to).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Runs work that reads files or pixels away from the threads that answer.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Error::internal("处理图片时程序出错，已经完成的部分都保留了。").because(e))?
}

/// Works on all of these on two threads, in their order; what one thread fell over is `lost`, the other's work stands.
pub(super) fn both<T: Sync, R: Send>(
    all: &[T],
    one: impl Fn(&T) -> R + Sync,
    lost: impl Fn(&T) -> R,
) -> Vec<R> {
    let (first, second) = all.split_at_checked(all.len() / 2).unwrap_or((all, &[]));
    std::thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().map(&one).collect::<Vec<R>>());
        let mut done: Vec<R> = first.iter().map(&one).collect();
        match other.join() {
            Ok(rest) => done.extend(rest),
            Err(_) => done.extend(second.iter().map(lost)),
        }
        done
    })
}

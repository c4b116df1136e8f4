//! Where a photo's files lie under `photos/`, and how one is written so that it is whole or not there.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// A file of the library, found by content.
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
    end(file, to)
}

/// Waits until the disk has these files for good, whatever they are called by now. Waiting once for many costs little more than for one.
pub(super) fn sync(files: &[PathBuf]) -> Result<()> {
    for path in files {
        // Windows makes only files that may be written last.
        let file = File::options().write(true).open(path);
        file.and_then(|file| file.sync_all())
            .map_err(|e| Error::io(path, e))?;
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

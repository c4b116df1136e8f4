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
        format!("photos/{}/{}.{}", self.shelf(), self.hash, self.extension())
    }

    /// 512 px.
    pub fn thumb(&self) -> String {
        format!("photos/thumb/{}/{}.jpg", self.shelf(), self.hash)
    }

    /// 1600 px.
    pub fn preview(&self) -> String {
        format!("photos/preview/{}/{}.jpg", self.shelf(), self.hash)
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

    fn shelf(&self) -> &str {
        self.hash.get(..2).unwrap_or("xx")
    }

    fn extension(&self) -> &str {
        if self.format == "jpeg" {
            "jpg"
        } else {
            &self.format
        }
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

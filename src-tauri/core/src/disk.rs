//! The disk under the workspace: what is said to be there outlives a power cut, and what an interrupted run left behind goes.
//!
//! A file's bytes are safe after its own sync, its name only after a sync of its folder; a word to the person comes after both.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// How everything begins that is still being written; whoever lists files passes it over.
pub const HALF: &str = ".caoben-";

/// Waits until the disk has this file's bytes.
///
/// # Errors
/// Those of the disk.
pub fn sync_file(file: &Path) -> io::Result<()> {
    // Windows makes only files that may be written last.
    OpenOptions::new()
        .write(cfg!(windows))
        .read(true)
        .open(file)?
        .sync_all()
}

/// Waits until the disk has the names in this folder: after a file was made, moved or removed in it.
///
/// # Errors
/// Those of the disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows keeps names in the file system's own journal and lets nobody wait for them.
    if cfg!(windows) {
        return Ok(());
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match File::open(folder)?.sync_all() {
        // Some file systems (network folders, FUSE) do not know the wish at all.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

/// Makes a folder and those above it that are missing, and waits until the disk has their names.
///
/// # Errors
/// Those of the disk.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
        .collect();
    fs::create_dir_all(folder)?;
    missing.iter().try_for_each(|made| sync_folder(&parent(made)))
}

/// Waits until everything in this folder is on the disk, the folder and those in it too.
///
/// # Errors
/// Those of the disk.
pub fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            sync_folder(entry.path())?;
        } else if entry.file_type().is_file() {
            sync_file(entry.path())?;
        }
    }
    Ok(())
}

/// Moves something on the same disk, and waits until both folders know.
///
/// # Errors
/// Those of the disk.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    let (left, came) = (parent(from), parent(to));
    if left != came {
        sync_folder(&left)?;
    }
    sync_folder(&came)
}

/// Lets two things of one disk change places in one step: at no moment is either name without one. Answers whether this system can;
/// if not, nothing happened. Whoever needs it to outlive a power cut waits for their folders.
///
/// # Errors
/// Those of the disk.
pub fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::{
            fs::{CWD, RenameFlags, renameat_with},
            io::Errno,
        };
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => {}
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = (one, other);
        Ok(false)
    }
}

/// Bytes that may still be written to the disk of this folder; `None` where the system does not say.
pub fn room(folder: &Path) -> Option<u64> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        let known = rustix::fs::statvfs(folder).ok()?;
        // Some network folders know nothing of themselves, not even their size.
        (known.f_blocks > 0).then(|| known.f_bavail.saturating_mul(known.f_frsize))
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = folder;
        None
    }
}

/// The folder something lies in.
pub fn parent(path: &Path) -> PathBuf {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Whether a name is one that only this program gives, to what is not finished: `.caoben-…`, or `.tmp` and six letters or digits.
pub fn is_half(name: &str) -> bool {
    name.starts_with(HALF)
        || name
            .strip_prefix(".tmp")
            .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Removes what an interrupted run left in a folder and those in it. Answers how many it removed. What will not go stays for the next time.
pub fn sweep(folder: &Path) -> usize {
    sweep_to(folder, usize::MAX)
}

/// As [`sweep`], but only in the folder itself: quick enough for every opening.
pub fn sweep_top(folder: &Path) -> usize {
    sweep_to(folder, 1)
}

fn sweep_to(folder: &Path, depth: usize) -> usize {
    let mut found = Vec::new();
    let walk = walkdir::WalkDir::new(folder).min_depth(1).max_depth(depth);
    let mut walk = walk.into_iter();
    while let Some(entry) = walk.next() {
        let Ok(entry) = entry else { continue };
        if is_half(&entry.file_name().to_string_lossy()) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            found.push((entry.file_type().is_dir(), entry.into_path()));
        }
    }
    let gone = found.iter().filter(|(is_folder, path)| {
        if *is_folder {
            fs::remove_dir_all(path).is_ok()
        } else {
            fs::remove_file(path).is_ok()
        }
    });
    gone.count()
}

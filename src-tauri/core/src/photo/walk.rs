//! What lies in the folders that were handed in.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Imported, Rejected, take};

/// Files of all paths in a fixed order, and an answer that lists what could not be walked and what is no photo of its own. Links are
/// followed; a link that leads back to itself is refused.
pub(super) fn walk(paths: &[PathBuf]) -> (Vec<PathBuf>, Imported) {
    let (mut files, mut left_out) = (Vec::new(), Imported::default());
    for root in paths {
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name();
        for entry in entries
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !junk(e.path()))
        {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_sidecar(entry.path()) => left_out.strays.push(Rejected {
                    path: entry.into_path(),
                    reason: "这是相机或修图软件写的附属文件，不是照片，没有导入；照片本身不受影响。"
                        .to_owned(),
                }),
                Ok(entry) => files.push(entry.into_path()),
                Err(error) => {
                    let reason = match error.io_error() {
                        _ if error.loop_ancestor().is_some() => {
                            "这个链接绕回了上一级文件夹，已跳过。".to_owned()
                        }
                        Some(io) if is_knot(error.path(), io) => {
                            "这个链接指来指去指不到文件，已跳过。".to_owned()
                        }
                        Some(io) => take::why(io),
                        None => "这里读不出来，已跳过；请检查磁盘或存储卡。".to_owned(),
                    };
                    left_out.rejected.push(Rejected {
                        path: error.path().unwrap_or(root).to_owned(),
                        reason,
                    });
                }
            }
        }
    }
    (files, left_out)
}

/// Whether it is a link that leads to itself: the error has no kind of its own in stable Rust.
fn is_knot(path: Option<&Path>, error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotFound, PermissionDenied};
    path.is_some_and(Path::is_symlink) && !matches!(error.kind(), NotFound | PermissionDenied)
}

/// What operating systems leave in folders on their own.
fn junk(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    matches!(
        &*name,
        ".DS_Store"
            | "Thumbs.db"
            | "desktop.ini"
            | "__MACOSX"
            | ".Spotlight-V100"
            | ".Trashes"
            | ".fseventsd"
            | ".nomedia"
            | ".thumbnails"
            | "Picasa.ini"
            | ".picasa.ini"
            | "ZbThumbnail.info"
            | "@eaDir"
            | "$RECYCLE.BIN"
            | "System Volume Information"
    ) || name.starts_with("._")
}

/// What cameras and editors write beside a photo: edits (AAE, XMP), a clip's small still (THM) and small copy (LRV). Some are pictures
/// by content, so the name tells. The moving part of a live photo (MOV) is a clip of its own and goes in.
fn is_sidecar(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    ["aae", "xmp", "thm", "lrv"]
        .iter()
        .any(|known| extension == *known)
}

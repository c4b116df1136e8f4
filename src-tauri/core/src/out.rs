//! Out 出口: files that are written where the person says. None lands in a workspace's own folders, where it could take an original's
//! place, and none takes the place of something that this program did not write.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::{Component, Path, PathBuf},
};

use crate::{
    disk,
    error::{Code, Error, Result, in_words},
};

/// What is written, and therefore what may give way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A picture: without the notes of a camera, as all pictures that leave.
    Jpeg,
    /// A QR code.
    Png,
    /// A QR code.
    Svg,
    /// A whole workspace.
    Backup,
}

/// Refuses a folder that lies in a workspace, whether it is there already or would be made. `but`: folders of a workspace that are free
/// for this.
///
/// # Errors
/// `Invalid` with this field.
pub(crate) fn must_be_outside(field: &'static str, folder: &Path, but: &[&str]) -> Result<()> {
    let real = real(folder).map_err(|e| Error::io(folder, e))?;
    let is_home = |path: &&Path| path.join("caoben.db").is_file();
    let Some(home) = real.ancestors().find(is_home) else {
        return Ok(());
    };
    let Ok(inside) = real.strip_prefix(home) else {
        return Ok(());
    };
    let mut parts = inside.components().map(Component::as_os_str);
    if parts
        .next()
        .is_some_and(|first| but.iter().any(|free| first == *free))
    {
        return Ok(());
    }
    let free = match but {
        [] => String::new(),
        free => format!("，工作区里只有 {} 可以放这个", free.join("、")),
    };
    let message = format!(
        "{} 在工作区里面，那里的文件由草本自己管，没有写，也没有改动。请选工作区外面的文件夹{free}。",
        folder.display()
    );
    Err(Error::invalid(field, message))
}

/// Where a path leads, without links and detours; also one of which only the beginning is there.
fn real(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            part => real.push(part),
        }
        if let Ok(found) = real.canonicalize() {
            real = found;
        }
    }
    Ok(real)
}

/// Refuses a place where something lies that may not give way: a folder, a link, a device, or a file that is none of ours of this kind.
///
/// # Errors
/// `Conflict`.
pub(crate) fn must_give_way(to: &Path, kind: Kind) -> Result<()> {
    let known = match fs::symlink_metadata(to) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        known => known.map_err(|e| Error::io(to, e))?,
    };
    let there = if known.is_dir() {
        "是一个文件夹".to_owned()
    } else if known.is_symlink() {
        let target = fs::read_link(to).unwrap_or_default();
        format!("是一个链接，通到 {}", target.display())
    } else if !known.is_file() {
        "是设备或管道，不是普通文件".to_owned()
    } else if known.len() == 0 || kind.made(to).map_err(|e| Error::io(to, e))? {
        return Ok(());
    } else {
        format!("已经有了，而且不是草本写的{}", kind.name())
    };
    let message = format!(
        "{} {there}，没有覆盖，也没有改动。请换一个文件名，或先把它移走。",
        to.display()
    );
    Err(Error::new(Code::Conflict, message))
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "图片",
            Self::Png | Self::Svg => "二维码",
            Self::Backup => "备份",
        }
    }

    /// Whether this file looks like one that was written here.
    fn made(self, file: &Path) -> io::Result<bool> {
        let file = File::open(file)?;
        if self == Self::Backup {
            return Ok(zip::ZipArchive::new(file).is_ok_and(|zip| zip.index_for_name("caoben.db").is_some()));
        }
        let mut head = Vec::new();
        file.take(1 << 16).read_to_end(&mut head)?;
        Ok(match self {
            Self::Jpeg => head.starts_with(b"\xff\xd8\xff") && !has_notes(&head),
            // A square of grey, eight bits deep.
            Self::Png => {
                head.starts_with(b"\x89PNG\r\n\x1a\n")
                    && head.get(16..20) == head.get(20..24)
                    && head.get(24..26) == Some(&[8, 0])
            }
            Self::Svg => {
                let text = String::from_utf8_lossy(&head);
                text.starts_with("<?xml") && text.contains("<svg") && text.contains("crispEdges")
            }
            Self::Backup => false,
        })
    }
}

/// Whether a JPEG has a part in which cameras and programs write notes (APP1: EXIF, XMP).
fn has_notes(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [0xFF, mark, high, low, ..] = rest {
        match mark {
            0xE1 => return true,
            0xDA => return false,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        rest = rest.get(2 + length..).unwrap_or_default();
    }
    false
}

/// Refuses a file's place that lies in a workspace, or holds what may not give way.
///
/// # Errors
/// `Invalid` with the field `out`, `Conflict`.
pub(crate) fn must_be_free(to: &Path, kind: Kind) -> Result<()> {
    must_be_outside("out", &disk::parent(to), &[])?;
    must_give_way(to, kind)
}

/// Writes a file beside its place and moves it there; it is there as a whole or not at all, and outlives a power cut.
///
/// # Errors
/// As [`must_be_free`], and those of the disk.
pub(crate) fn write(to: &Path, bytes: &[u8], kind: Kind) -> Result<()> {
    must_be_free(to, kind)?;
    let parent = disk::parent(to);
    let failed = |e| Error::io(to, e);
    disk::create_folder(&parent).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(disk::HALF);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As readable as any other file; the umask still has its say.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(&parent).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(to).map_err(|e| failed(e.error))?;
    last(to)
}

/// Waits until the disk has the name of what was just put in its place.
///
/// # Errors
/// That it is there, whole, and that the disk did not confirm it.
pub(crate) fn last(to: &Path) -> Result<()> {
    disk::sync_folder(&disk::parent(to)).map_err(|error| {
        let why = in_words(&error);
        let mut told = Error::io(to, error);
        told.message = format!(
            "{} 写好了，是完整的，但磁盘没有确认记下它的名字（{why}），突然断电可能会丢。请看一眼它在不在，再存一次更稳妥。",
            to.display()
        );
        told
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_followed_through_links_and_detours_even_where_it_is_not_there_yet() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().canonicalize().unwrap();
        fs::create_dir_all(home.join("w/photos")).unwrap();
        for (path, right) in [
            ("w/photos", "w/photos"),
            ("w/photos/neu/tief", "w/photos/neu/tief"),
            ("none/../w/photos", "w/photos"),
            ("none/./a/../../w/./photos/..", "w"),
        ] {
            assert_eq!(real(&home.join(path)).unwrap(), home.join(right), "{path}");
        }
    }

    #[test]
    fn a_jpeg_with_notes_of_a_camera_is_none_of_ours() {
        let own = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xdb\x00\x03c\xff\xda\x00\x02\xff\xe1";
        let other = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xe1\x00\x08Exif\0\0";
        assert!(!has_notes(own) && has_notes(other));
        assert!(!has_notes(b"\xff\xd8\xff\xe0\xff"), "a cut one is no loop");
    }
}

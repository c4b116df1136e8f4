//! Where a bundle lies: a name that says which post and channel it is, on a path that means the same from everywhere.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{older, sheet::Sheet};
use crate::error::{Code, Error, Result};

/// Longest part of the title in a name, in characters: enough to know the post, short enough for every disk.
const TITLE: usize = 24;

/// The folder to write into, made if it is not there, as its real path: one given as `../out` is another one tomorrow.
pub(super) fn real(out: &Path) -> Result<PathBuf> {
    let failed = |e| Error::io(out, e);
    fs::create_dir_all(out).map_err(failed)?;
    // Windows' own canonical paths (\\?\C:\…) are nothing to show or to paste into a file dialog.
    if cfg!(windows) {
        std::path::absolute(out).map_err(failed)
    } else {
        fs::canonicalize(out).map_err(failed)
    }
}

/// `标题-平台-编号-渠道`: the title for people, the code and channel so that no two are the same.
///
/// # Errors
/// `Unreadable` for a code that is not one of ours: the table may come from anybody, and it would be part of a path.
pub(super) fn name(sheet: &Sheet, zip: bool) -> Result<String> {
    let code = &sheet.post.code;
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Error::new(
            Code::Unreadable,
            "这篇内容的编号不是草本写的，可能指向别处，没有导出。请用「工作区检查」看看。",
        ));
    }
    let mut parts = vec![short(&sheet.heading), short(&sheet.rules.name), tail(sheet)];
    parts.retain(|part| !part.is_empty());
    Ok(format!("{}{}", parts.join("-"), ending(zip)))
}

fn tail(sheet: &Sheet) -> String {
    format!("{}-{}", sheet.post.code, sheet.channel.id)
}

fn ending(zip: bool) -> &'static str {
    if zip { ".zip" } else { "" }
}

/// Letters and figures only: no system, archive or shell stumbles over them.
fn short(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    plain
        .chars()
        .take(TITLE)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// Older bundles of the same post and channel under another name (the title was another), with nothing of anybody's own in them: they
/// give way, or somebody would publish the old one.
pub(super) fn outdated(out: &Path, sheet: &Sheet, zip: bool) -> Vec<PathBuf> {
    let Ok(now) = name(sheet, zip) else {
        return Vec::new();
    };
    let tail = tail(sheet);
    let before = format!(
        "{}-{}-{}",
        sheet.post.code, sheet.channel.platform, sheet.channel.id
    );
    let Ok(entries) = fs::read_dir(out) else {
        return Vec::new();
    };
    let is_ours = |name: &str| {
        let stem = match (zip, name.strip_suffix(".zip")) {
            (true, Some(stem)) => stem,
            (false, None) => name,
            _ => return false,
        };
        name != now && (stem == tail || stem == before || stem.ends_with(&format!("-{tail}")))
    };
    entries
        .flatten()
        .filter(|entry| is_ours(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .filter(|path| matches!(older::keep_at(path), Ok(None)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_title_becomes_a_name_that_every_disk_takes() {
        assert_eq!(short("通勤防晒，清爽但会搓泥"), "通勤防晒 清爽但会搓泥");
        assert_eq!(short("../../etc: \"a\"|b? \n。"), "etc a b");
        assert_eq!(short("…！"), "");
        assert_eq!(short(&"长".repeat(60)).chars().count(), 24);
    }
}

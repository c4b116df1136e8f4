//! The evidence as a folder: the record as Markdown, the pictures without EXIF, and the hashes of everything.

use std::{fmt::Write as _, fs, path::Path};

use serde_json::json;

use super::{Picture, Record, Shown, free};
use crate::{
    disk,
    error::{Error, Result},
    job::Job,
    out,
};

const RECORD: &str = "试用记录.md";

/// Writes the folder beside its place first: it is there as a whole or not at all.
pub(super) fn write(record: &Record, shown: &[Option<Shown>], out: &Path, job: &Job) -> Result<()> {
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let failed = |e| Error::io(out, e);
    fs::create_dir_all(parent).map_err(failed)?;
    let made = tempfile::Builder::new()
        .prefix(".caoben-")
        .tempdir_in(parent)
        .map_err(failed)?;
    let pictures = made.path().join("photos");
    fs::create_dir(&pictures).map_err(failed)?;
    let text = markdown(record);
    fs::write(made.path().join(RECORD), &text).map_err(failed)?;
    for (picture, shown) in record.pictures.iter().zip(shown) {
        job.check()?;
        if let Some(shown) = shown {
            fs::write(made.path().join(name(picture)), &shown.jpeg).map_err(failed)?;
        }
    }
    let manifest = serde_json::to_string_pretty(&manifest(record, &text))?;
    fs::write(made.path().join("manifest.json"), manifest).map_err(failed)?;
    free(out)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary folder is closed to others; this one is the creator's to pass on.
        fs::set_permissions(made.path(), fs::Permissions::from_mode(0o755)).map_err(failed)?;
    }
    disk::sync_tree(made.path()).map_err(failed)?;
    fs::rename(made.path(), out).map_err(failed)?;
    out::last(out)
}

fn name(picture: &Picture) -> String {
    format!("photos/{:03}.jpg", picture.number)
}

fn manifest(record: &Record, text: &str) -> serde_json::Value {
    let pictures: Vec<_> = record
        .pictures
        .iter()
        .map(|picture| {
            json!({
                "number": picture.number,
                "photo": picture.photo,
                "file": picture.shown_hash.as_ref().map(|_| name(picture)),
                "file_blake3": picture.shown_hash,
                "retouched": picture.retouched,
                "original_blake3": picture.hash,
                "original_bytes": picture.bytes,
                "taken_at": picture.taken_at,
                "camera": picture.camera,
                "problem": picture.problem,
            })
        })
        .collect();
    json!({
        "title": record.title,
        "record": { "file": RECORD, "blake3": blake3::hash(text.as_bytes()).to_hex().to_string() },
        "pictures": pictures,
    })
}

fn markdown(record: &Record) -> String {
    let mut out = format!("# {} 试用记录\n\n", line(&record.title));
    let picture = |number: &usize| {
        let Some(picture) = record.pictures.get(number.wrapping_sub(1)) else {
            return String::new();
        };
        let hash: String = picture.hash.chars().take(16).collect();
        match &picture.problem {
            None => format!(
                "![图 {number}]({})\n\n图 {number}：{} · BLAKE3 {hash}\n\n",
                name(picture),
                line(&picture.caption)
            ),
            Some(problem) => format!(
                "图 {number} 没有印出来：{problem} {} · BLAKE3 {hash}\n\n",
                line(&picture.caption)
            ),
        }
    };
    for (name, value) in &record.facts {
        let _ = writeln!(out, "- {name}：{}", line(value));
    }
    out.push_str("\n## 缺点\n\n");
    if record.shortcomings.is_empty() {
        out.push_str("没有写过缺点。\n");
    }
    for flaw in &record.shortcomings {
        let seen = flaw
            .picture
            .map_or_else(String::new, |number| format!("，见图 {number}"));
        let _ = writeln!(out, "- {}（{}{seen}）", line(&flaw.text), flaw.note);
    }
    if let Some((verdict, why)) = &record.verdict {
        let _ = write!(out, "\n## 结论：{verdict}\n\n{}\n", quote(why));
    }
    for before in &record.verdicts_before {
        let _ = write!(out, "\n结论{}\n", line(before));
    }
    for entry in &record.entries {
        let _ = write!(out, "\n## {} · {}\n\n", entry.name, entry.on);
        for part in [&entry.written, &entry.ratings] {
            if !part.is_empty() {
                let _ = write!(out, "{}\n\n", line(part));
            }
        }
        if !entry.text.is_empty() {
            let _ = write!(out, "{}\n\n", quote(&entry.text));
        }
        for before in &entry.before {
            let _ = write!(out, "{}\n\n", quote(before));
        }
        entry
            .pictures
            .iter()
            .for_each(|number| out.push_str(&picture(number)));
    }
    let told: Vec<usize> = record
        .entries
        .iter()
        .flat_map(|entry| entry.pictures.iter().copied())
        .collect();
    let rest: Vec<usize> = (1..=record.pictures.len())
        .filter(|number| !told.contains(number))
        .collect();
    if !rest.is_empty() {
        out.push_str("\n## 其他凭证\n\n");
        rest.iter().for_each(|number| out.push_str(&picture(number)));
    }
    out.push_str(
        "\n图片是缩小后的副本，不带拍摄地点；标着「修过」的是修图以后的样子，遮住的地方照样遮着。原件留在工作区里，manifest.json 里有每张原件和副本的 BLAKE3。\n",
    );
    out
}

/// The creator's words as a quotation: nothing in them is Markdown of ours.
fn quote(text: &str) -> String {
    text.lines()
        .map(|line| format!("> {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

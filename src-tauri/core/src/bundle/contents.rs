//! What is in a bundle: files by name, and the manifest over them. No clock, no absolute path: the same post gives the same bytes.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{BundleFile, pictures, sheet::Sheet};
use crate::{
    channel::Allow,
    check::Finding,
    db::Db,
    error::{Code, Error, Result},
    job::Job,
    link,
};

/// A file of a bundle with its bytes.
pub(super) struct File {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// The files of one bundle, sorted by name, and the manifest's text.
pub(super) async fn contents(db: &Db, sheet: &Sheet, job: &Job) -> Result<(Vec<File>, String)> {
    let rules = &sheet.rules;
    let mut files = pictures::pictures(db, sheet, job).await?;
    files.extend(sheet.texts().into_iter().map(|(path, text)| File {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    }));
    if rules.links.qr == Allow::Yes {
        for link in sheet.links.iter().filter(|link| !link.url.is_empty()) {
            // The table may come from anybody: a code that would be a path is no name of a file.
            if !link.code.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return Err(Error::new(
                    Code::Unreadable,
                    "这条链接的编号不是草本写的，可能指向别处，没有导出。请用「工作区检查」看看。",
                ));
            }
            files.push(File {
                path: format!("qr-{}.png", link.code),
                bytes: link::qr_png(db, link.id).await?,
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = manifest(sheet, &files)?;
    files.push(File {
        path: "manifest.json".to_owned(),
        bytes: manifest.clone().into_bytes(),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((files, manifest))
}

/// The manifest: what was packed for whom under which rules, with every other file's hash.
fn manifest(sheet: &Sheet, files: &[File]) -> Result<String> {
    let files: Vec<Value> = files
        .iter()
        .map(|file| {
            let BundleFile { path, sha256, bytes } = described(file);
            json!({ "path": path, "sha256": sha256, "bytes": bytes })
        })
        .collect();
    let links: Vec<Value> = sheet
        .links
        .iter()
        .map(|link| json!({ "code": link.code, "kind": link.kind }))
        .collect();
    let mut all = Map::new();
    all.insert("format".to_owned(), json!(1));
    all.insert("post".to_owned(), json!(sheet.post.code));
    all.insert("platform".to_owned(), json!(sheet.channel.platform));
    all.insert("channel".to_owned(), json!(sheet.channel.name));
    all.insert("rules_checked_on".to_owned(), json!(sheet.rules.checked_on));
    all.insert("marked".to_owned(), json!(sheet.rendered.marked));
    all.insert("links".to_owned(), Value::from(links));
    all.insert("files".to_owned(), Value::from(files));
    Ok(format!("{}\n", serde_json::to_string_pretty(&all)?))
}

/// A file's name, hash and size.
pub(super) fn described(file: &File) -> BundleFile {
    BundleFile {
        path: file.path.clone(),
        sha256: hex(&Sha256::digest(&file.bytes)),
        bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
    }
}

/// A hash as the manifest writes it.
pub(super) fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Findings as the JSON that is kept with the bundle.
pub(super) fn kept(findings: &[Finding]) -> Result<String> {
    Ok(serde_json::to_string(findings)?)
}

//! What is in a bundle: files by name, and the manifest over them. No clock, no absolute path: the same post gives the same bytes.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{BundleFile, article, checklist, pictures};
use crate::{
    channel::{Allow, Channel, Rules},
    check::Finding,
    db::Db,
    error::{Code, Error, Result},
    job::Job,
    link::{self, Link, LinkFilter, LinkKind},
    post::Post,
    render::Rendered,
};

/// A file of a bundle with its bytes.
pub(super) struct File {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// All that the texts of one bundle are made from.
pub(super) struct Sheet<'a> {
    pub post: &'a Post,
    pub channel: &'a Channel,
    pub rules: &'a Rules,
    pub rendered: &'a Rendered,
    pub links: &'a [Link],
    pub covers: bool,
}

/// The files of one bundle, sorted by name, and the manifest's text.
pub(super) async fn contents(
    db: &Db,
    post: &Post,
    channel: &Channel,
    rules: &Rules,
    rendered: &Rendered,
    job: &Job,
) -> Result<(Vec<File>, String)> {
    let mut links = link::list(
        db,
        &LinkFilter {
            post: Some(post.id),
            channel: Some(channel.id),
            product: None,
        },
    )
    .await?;
    links.sort_by_key(|link| link.id);
    let covers = channel.platform == "wechat_article" && !rendered.photos.is_empty();
    let sheet = Sheet {
        post,
        channel,
        rules,
        rendered,
        links: &links,
        covers,
    };

    let mut files = pictures::pictures(
        db,
        channel.id,
        &rendered.photos,
        rules.images.as_ref(),
        covers,
        job,
    )
    .await?;
    let mut text = |path: &str, text: String| {
        files.push(File {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        })
    };
    if rules.has_title && !rendered.title.trim().is_empty() {
        text("title.txt", line(&rendered.title));
    }
    match &rendered.html {
        Some(html) => text(
            "article.html",
            article::page(&rendered.title, html, &rendered.photos),
        ),
        None => text("body.txt", line(&rendered.body)),
    }
    if !rendered.tags.is_empty() {
        text(
            "tags.txt",
            rendered.tags.iter().map(|tag| format!("{tag}\n")).collect(),
        );
    }
    let written: String = links.iter().filter_map(|link| entry(link, rules)).collect();
    if !written.is_empty() {
        text("links.txt", written);
    }
    text("checklist.md", checklist::checklist(&sheet));
    if rules.links.qr == Allow::Yes {
        for link in links.iter().filter(|link| !link.url.is_empty()) {
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
    let manifest = manifest(&sheet, &files)?;
    files.push(File {
        path: "manifest.json".to_owned(),
        bytes: manifest.clone().into_bytes(),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((files, manifest))
}

/// Text as it is pasted, ended by one line break.
fn line(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

/// What may be written of a link on this channel; nothing where the platform forbids it.
fn entry(link: &Link, rules: &Rules) -> Option<String> {
    let policy = &rules.links;
    let mut lines = Vec::new();
    if policy.text_link == Allow::Yes && link.kind == LinkKind::Url && !link.url.is_empty() {
        lines.push(format!("链接：{}", link.url));
    }
    if let Some(coupon) = link.coupon.as_ref().filter(|_| policy.coupon == Allow::Yes) {
        lines.push(format!("优惠码：{coupon}"));
    }
    if policy.qr == Allow::Yes && !link.url.is_empty() {
        lines.push(format!("二维码：qr-{}.png", link.code));
    }
    (!lines.is_empty()).then(|| {
        format!(
            "{}\n编号：{}\n{}\n\n",
            link.product_name,
            link.code,
            lines.join("\n")
        )
    })
}

/// The manifest: what was packed for whom under which rules, with every other file's hash.
fn manifest(sheet: &Sheet<'_>, files: &[File]) -> Result<String> {
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

//! Export: check, render, pack, write, record; channel by channel.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use super::{
    Blocked, Bundle, BundleExport, Exported, Failed,
    contents::{self, File},
    desk, place, sheet, store,
    write::{self, Placed},
};
use crate::{
    channel::{self, Channel},
    check::{self, Finding, Severity},
    db::Db,
    error::{Code, Error, Result},
    job::{Job, Progress},
    out, photo, post,
    value::{Id, Noun, Time},
};

/// Exports a post for channels; a blocked channel does not keep the others back.
///
/// # Errors
/// Of several channels one that fails is in `failed` and the rest is done; of one alone the failure is the answer.
/// `NotFound` for an unknown post or channel before anything is written, `Invalid` without channels, `Conflict` when the target is not
/// a bundle (an older one somebody worked in is kept beside as `… (旧 1)`), `Cancelled` between pictures: bundles written until then stay, the one in work leaves nothing.
pub async fn export(db: &Db, what: &BundleExport, job: &Job, now: Time) -> Result<Exported> {
    let post = post::get(db, what.post).await?;
    let mut channels = Vec::new();
    for id in &what.channels {
        channels.push(channel::get(db, *id).await?);
    }
    if channels.is_empty() {
        return Err(Error::invalid(
            "channels",
            "还没有选择渠道，没有导出。请至少选一个。",
        ));
    }
    let out = match (&what.out, db.only_read()) {
        (Some(out), None) => out.clone(),
        (None, None) => db.path("bundles"),
        // A disk that cannot be written still gives a bundle to another; it is not noted there.
        (Some(out), Some(Code::ReadOnly | Code::DiskFull)) => out.clone(),
        _ => {
            db.must_write()?;
            db.path("bundles")
        }
    };
    out::must_be_outside("out", &out, &["bundles"])?;
    let reason = what.override_reason.as_deref().unwrap_or_default().trim();

    let mut answer = Exported::default();
    for channel in &channels {
        job.check()?;
        let findings = check::check(db, post.id, channel.id, now).await?.findings;
        let blocked = findings.iter().any(|finding| finding.severity == Severity::Block);
        if blocked && reason.is_empty() {
            answer.blocked.push(Blocked {
                channel: channel.id,
                findings,
            });
            continue;
        }
        let wish = Wish {
            post: post.id,
            channel,
            out: &out,
            zip: what.zip,
            reason: if blocked { reason } else { "" },
        };
        match one(db, &wish, findings, job, now).await {
            Ok(bundle) => answer.bundles.push(bundle),
            // Alone it is the whole answer; one of several keeps nobody back.
            Err(error) if error.code == Code::Cancelled || channels.len() == 1 => return Err(error),
            Err(error) => answer.failed.push(Failed {
                channel: channel.id,
                code: error.code,
                message: error.message,
            }),
        }
    }
    Ok(answer)
}

/// One bundle to write.
struct Wish<'a> {
    post: Id,
    channel: &'a Channel,
    out: &'a Path,
    zip: bool,
    reason: &'a str,
}

async fn one(db: &Db, wish: &Wish<'_>, findings: Vec<Finding>, job: &Job, now: Time) -> Result<Bundle> {
    let (post, channel) = (wish.post, wish.channel.id);
    let sheet = sheet::sheet(db, post, channel).await?;
    let (files, manifest) = contents::contents(db, &sheet, job).await?;
    job.check()?;
    let described = files.iter().map(contents::described).collect();
    let out = place::real(wish.out)?;
    let dir = out.join(place::name(&sheet, wish.zip)?);
    let placed = put(db, files, dir.clone(), wish.zip).await?;
    // Nothing stays under the bundle's name that is not in the book.
    let recorded = match db.only_read() {
        Some(_) => Ok(None),
        None => record(db, wish, &dir, (manifest.as_str(), findings.as_slice()), now)
            .await
            .map(Some),
    };
    let id = match recorded {
        Ok(id) => id,
        Err(error) => {
            photo::aside(move || {
                placed.undo();
                Ok(())
            })
            .await?;
            return Err(error);
        }
    };
    if let Some(kept) = photo::aside(move || Ok(placed.keep())).await? {
        job.report(Progress {
            done: 1,
            total: Some(1),
            failed: 0,
            note: format!("旧发布包里有你改过或加进去的文件，留在 {}", kept.display()),
        });
    }
    let (home, outdated) = (db.folder().to_owned(), place::outdated(&out, &sheet, wish.zip));
    photo::aside(move || {
        // One that cannot go is only in the way; the new one is there.
        outdated.iter().for_each(|old| drop(desk::discard(&home, old)));
        Ok(())
    })
    .await?;
    Ok(Bundle {
        id,
        post,
        channel,
        dir,
        files: described,
        findings,
        created_at: now,
    })
}

/// Notes a bundle that lies in its place.
async fn record(
    db: &Db,
    wish: &Wish<'_>,
    dir: &Path,
    (manifest, findings): (&str, &[Finding]),
    now: Time,
) -> Result<Id> {
    // Inside the workspace the path is kept relative, with the slashes of every system: the folder may move, to another one too.
    let path = match dir.strip_prefix(home(db)) {
        Ok(inside) => inside
            .iter()
            .map(OsStr::to_string_lossy)
            .collect::<Vec<_>>()
            .join("/"),
        Err(_) => dir.to_string_lossy().into_owned(),
    };
    let kept = contents::kept(findings)?;
    let row = store::Row {
        post: wish.post,
        channel: wish.channel.id,
        path: &path,
        manifest,
        findings: &kept,
        override_reason: wish.reason,
    };
    let mut tx = db.begin().await?;
    let id = store::insert(tx.conn(), &row, now).await?;
    tx.touch(Noun::Bundle);
    tx.commit().await?;
    Ok(id)
}

/// The workspace's folder as the bundle's path names it.
fn home(db: &Db) -> PathBuf {
    place::real(db.folder()).unwrap_or_else(|_| db.folder().to_owned())
}

async fn put(db: &Db, files: Vec<File>, to: PathBuf, zip: bool) -> Result<Placed> {
    let home = db.folder().to_owned();
    let work = move || {
        if zip {
            write::archive(&home, &files, &to)
        } else {
            write::folder(&home, &files, &to)
        }
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Error::internal("写发布包时程序出错，没有写成，原有的都保留着。").because(e))?
}

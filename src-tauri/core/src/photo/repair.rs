//! What is made out of originals is made again where it is gone or broken: a power cut empties what was not waited for.

use std::path::Path;

use super::{
    Kind,
    file::{self, Stored},
    read, store, sweep, twins_store, verify,
};
use crate::{
    db::Db,
    error::Result,
    job::{Job, Progress},
};

/// What a repair came to.
#[derive(Debug, Default)]
pub struct Repair {
    /// Thumbnails that were made again.
    pub made: i64,
    /// Those that could not be, `(path inside the workspace, why)`; originals that are at fault are not repeated here.
    pub wrong: Vec<(String, String)>,
}

/// Makes every missing or broken thumbnail again, lets pictures that could not be looked at be looked at once more, and takes away
/// what interrupted work left. Larger sizes are made at sight, and looked at then.
///
/// # Errors
/// `Cancelled` when somebody stops it; what was made stays.
pub async fn repair(db: &Db, job: &Job) -> Result<Repair> {
    sweep::sweep_all(db).await?;
    let photos = store::shown(db.read()).await?;
    let total = Some(photos.len() as u64);
    let (folder, looks) = (db.folder().to_owned(), job.clone());
    let broken = file::aside(move || {
        let mut broken = Vec::new();
        for (done, (_, kind, stored)) in (1..).zip(&photos) {
            looks.check()?;
            let thumb = folder.join(stored.thumb());
            // A clip need not have a poster.
            let may_lack = *kind == Kind::Clip && !thumb.exists();
            if !may_lack && !file::is_made(&thumb) {
                broken.push((*kind, stored.clone()));
            }
            looks.report(Progress {
                done,
                total,
                failed: 0,
                note: "正在核对缩略图".to_owned(),
            });
        }
        Ok(broken)
    })
    .await?;
    let mut answer = Repair::default();
    for (kind, stored) in broken {
        job.check()?;
        let (folder, name) = (db.folder().to_owned(), stored.thumb());
        match file::aside(move || Ok(again(&folder, &stored, kind))).await? {
            Ok(()) => answer.made += 1,
            Err(Some(reason)) => answer.wrong.push((name, reason)),
            Err(None) => {}
        }
    }
    let mut tx = db.begin().await?;
    twins_store::forget_unseen(tx.conn()).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Makes one thumbnail again; the reason why not, unless the original is at fault, which is told elsewhere.
fn again(folder: &Path, stored: &Stored, kind: Kind) -> std::result::Result<(), Option<String>> {
    let thumb = folder.join(stored.thumb());
    let made = read::make_thumb(folder, stored, kind).and_then(|jpeg| file::write_made(&thumb, &jpeg));
    made.map_err(|error| {
        let at_fault = !matches!(
            verify::state(&folder.join(stored.original()), &stored.hash),
            Ok(true)
        );
        (!at_fault).then(|| format!("缩略图坏了，没能重做：{}", error.message))
    })
}

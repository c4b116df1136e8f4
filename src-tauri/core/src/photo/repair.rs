//! What is made out of originals is made again where it is gone or broken: a power cut empties what was not waited for.

use std::path::Path;

use caoben_picture::is_thumbnail_of;

use super::{
    Kind,
    duplicates::{Close, Look},
    file, read,
    store::{self, Shown},
    sweep, twins_store, verify,
};
use crate::{
    db::Db,
    error::Result,
    job::{Job, Progress},
};

/// How many thumbnails are looked at in one go.
const BATCH: usize = 64;

/// What a repair came to.
#[derive(Debug, Default)]
pub struct Repair {
    /// Thumbnails that were made again.
    pub made: i64,
    /// Those that could not be, `(path inside the workspace, why)`; originals that are at fault are not repeated here.
    pub wrong: Vec<(String, String)>,
}

/// What a look at a thumbnail says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Well,
    /// It is whole, and may be another picture's.
    Doubtful,
    Broken,
}

/// Makes every missing or broken thumbnail again, and every one that shows another picture; lets pictures that could not be looked at be
/// looked at once more, and takes away what interrupted work left. Larger sizes are made at sight, and looked at then.
///
/// # Errors
/// `Cancelled` when somebody stops it; what was made stays.
pub async fn repair(db: &Db, job: &Job) -> Result<Repair> {
    sweep::sweep_all(db).await?;
    let photos = store::shown(db.read()).await?;
    let mut answer = Repair::default();
    for (shown, state) in looked_at(db, photos, false, job).await? {
        job.check()?;
        let (folder, name) = (db.folder().to_owned(), shown.stored.thumb());
        match file::aside(move || Ok(again(&folder, &shown, state))).await? {
            Ok(true) => answer.made += 1,
            Ok(false) | Err(None) => {}
            Err(Some(reason)) => answer.wrong.push((name, reason)),
        }
    }
    let mut tx = db.begin().await?;
    twins_store::forget_unseen(tx.conn()).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Takes thumbnails away that came with a database from elsewhere and cannot be of the picture they are named for: they are made again
/// at sight. What they say of themselves does not count. Answers how many.
///
/// # Errors
/// `Cancelled` when somebody stops it.
pub async fn distrust(db: &Db, job: &Job) -> Result<i64> {
    let photos = store::shown(db.read()).await?;
    let mut gone = 0;
    for (shown, state) in looked_at(db, photos, true, job).await? {
        // Where nothing is known of the picture but its file, looking at each would take as long as making it.
        if state == State::Broken || shown.print.is_some() {
            gone += i64::from(std::fs::remove_file(db.path(shown.stored.thumb())).is_ok());
        }
    }
    Ok(gone)
}

/// The thumbnails that are not well; with `strict` those, too, that carry their seal are looked at.
async fn looked_at(db: &Db, photos: Vec<Shown>, strict: bool, job: &Job) -> Result<Vec<(Shown, State)>> {
    let (folder, job) = (db.folder().to_owned(), job.clone());
    let total = Some(photos.len() as u64);
    file::aside(move || {
        let mut found = Vec::new();
        let mut done = 0;
        let mut photos = photos.into_iter();
        loop {
            let batch: Vec<Shown> = photos.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(found);
            }
            job.check()?;
            let states = file::both(&batch, |shown| look(&folder, shown, strict), |_| State::Broken);
            done += batch.len() as u64;
            found.extend(
                batch
                    .into_iter()
                    .zip(states)
                    .filter(|(_, state)| *state != State::Well),
            );
            job.report(Progress {
                done,
                total,
                failed: 0,
                note: "正在核对缩略图".to_owned(),
            });
        }
    })
    .await
}

fn look(folder: &Path, shown: &Shown, strict: bool) -> State {
    let thumb = folder.join(shown.stored.thumb());
    // A clip need not have a poster.
    if shown.kind == Kind::Clip && !thumb.exists() {
        return State::Well;
    }
    match (file::made_surely(&thumb, &shown.stored.hash), shown.print) {
        (None, _) => State::Broken,
        (Some((_, true)), _) if !strict => State::Well,
        (Some((jpeg, _)), Some(print)) if is_thumbnail_of(&jpeg, shown.sides, print) => {
            // From now on it says what it is of.
            let _ = file::write_made(&thumb, &jpeg, &shown.stored.hash);
            State::Well
        }
        _ => State::Doubtful,
    }
}

/// Makes one thumbnail again, and answers whether that changed what is shown; the reason why not, unless the original is at fault, which
/// is told elsewhere.
fn again(folder: &Path, shown: &Shown, state: State) -> std::result::Result<bool, Option<String>> {
    let (stored, thumb) = (&shown.stored, folder.join(shown.stored.thumb()));
    let there = file::read_made(&thumb, &stored.hash).filter(|_| state == State::Doubtful);
    let made = read::make_thumb(folder, stored, shown.kind).and_then(|jpeg| {
        let same = there.as_ref().is_some_and(|there| is_same(there, &jpeg));
        file::write_made(&thumb, &jpeg, &stored.hash).map(|()| !same)
    });
    made.map_err(|error| {
        let at_fault = !matches!(
            verify::state(&folder.join(stored.original()), &stored.hash),
            Ok(true)
        );
        (!at_fault).then(|| format!("缩略图坏了，没能重做：{}", error.message))
    })
}

/// Whether two thumbnails show the same; earlier versions may have drawn it a little otherwise.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let look = |jpeg: &[u8]| Look::of(jpeg).map(|(look, _)| look);
    one == other
        || matches!((look(one), look(other)), (Some(one), Some(other)) if one.close(&other) == Close::Same)
}

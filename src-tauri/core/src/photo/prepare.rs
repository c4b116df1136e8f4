//! Previews made ahead, while nothing else is to do.

use std::time::Instant;

use super::{
    Size, file,
    read::{PREVIEW_SIDE, read},
    store, sweep,
};
use crate::{
    db::Db,
    error::Result,
    job::{Job, Progress},
};

/// Makes the previews that are missing, newest photo first, until the job is cancelled; rests between two for as long as one took. A
/// picture no larger than a preview gets none. Answers how many it made.
///
/// # Errors
/// Those of the database; a picture that cannot be read is passed over.
pub async fn prepare(db: &Db, job: &Job) -> Result<i64> {
    // What is broken can be made again whenever it is looked at: it does not keep the others from being made.
    let _ = sweep::sweep_all(db).await;
    let mut made = 0;
    let larger = store::larger_than(db.read(), i64::from(PREVIEW_SIDE)).await?;
    let folder = db.folder().to_owned();
    let missing = file::aside(move || {
        let without = larger
            .into_iter()
            .filter(|(_, stored)| !has(&folder.join(stored.preview())));
        Ok(without.map(|(id, _)| id).collect::<Vec<_>>())
    })
    .await?;
    let total = Some(missing.len() as u64);
    for (done, id) in (1..).zip(missing) {
        if job.is_cancelled() {
            break;
        }
        let begun = Instant::now();
        made += i64::from(read(db, id, Size::Preview).await.is_ok());
        job.report(Progress {
            done,
            total,
            ..Progress::default()
        });
        tokio::time::sleep(begun.elapsed()).await;
    }
    Ok(made)
}

/// Whether there is more than the empty name a power cut leaves. What it holds is looked at when it is shown.
fn has(preview: &std::path::Path) -> bool {
    preview
        .metadata()
        .is_ok_and(|known| known.is_file() && known.len() > 0)
}

//! Previews made ahead, while nothing else is to do.

use std::time::Instant;

use super::{
    Size, file,
    read::{PREVIEW_SIDE, read},
    store,
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
    let mut made = 0;
    let larger = store::larger_than(db.read(), i64::from(PREVIEW_SIDE)).await?;
    let folder = db.folder().to_owned();
    let missing = file::aside(move || {
        let without = larger
            .into_iter()
            .filter(|(_, stored)| !folder.join(stored.preview()).is_file());
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

//! Whether every original is what it was when it came.

use sqlx::SqliteConnection;

use super::{file::Stored, store};
use crate::{
    db::Db,
    error::{Error, Result},
    job::{Job, Progress},
    photo::file,
};

/// Files that are missing or differ from their hash: `(path inside the workspace, what is wrong)`.
///
/// # Errors
/// `Cancelled` when somebody stops it; a half check says nothing.
pub async fn verify(db: &Db, job: &Job) -> Result<Vec<(String, String)>> {
    let files = store::files(&mut *db.read().acquire().await?).await?;
    let (folder, job) = (db.folder().to_owned(), job.clone());
    file::aside(move || {
        let mut wrong = Vec::new();
        let total = Some(files.len() as u64);
        for (done, stored) in (1..).zip(&files) {
            job.check()?;
            let path = stored.original();
            let mut hasher = blake3::Hasher::new();
            let read = std::fs::File::open(folder.join(&path))
                .and_then(|file| hasher.update_reader(file).map(|_| ()));
            match read {
                Ok(()) if hasher.finalize().to_hex().as_str() == stored.hash => {}
                Ok(()) => wrong.push((
                    path,
                    "内容与导入时不同，可能已损坏或被改动；可以从备份恢复。".to_owned(),
                )),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                    wrong.push((path, "原图文件不见了；可以从备份恢复。".to_owned()));
                }
                Err(e) => wrong.push((path.clone(), Error::io(path.as_ref(), e).message)),
            }
            let failed = wrong.len() as u64;
            job.report(Progress {
                done,
                total,
                failed,
                note: "正在核对原图".to_owned(),
            });
        }
        Ok(wrong)
    })
    .await
}

/// Where each original lies in the workspace, those in the trash too: for the backup of a copied database.
pub(crate) async fn originals(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    Ok(store::files(conn).await?.iter().map(Stored::original).collect())
}

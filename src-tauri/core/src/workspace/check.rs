//! The full check: the database's pages, its references, its fields that lead somewhere, and every photo file against its hash.

use super::{Checkup, Problem, foreign, store};
use crate::{db::Db, error::Result, job::Job, photo};

/// Checks database integrity, foreign keys, what could lead out of the workspace, and every photo file against its hash.
pub async fn check(db: &Db, job: &Job) -> Result<Checkup> {
    let mut problems = Vec::new();
    let mut conn = db.read().acquire().await?;
    for line in store::integrity(&mut conn).await? {
        problems.push(Problem {
            what: format!("数据库损坏：{line}"),
            place: "caoben.db".to_owned(),
        });
    }
    if let Some(what) = store::strange_schema(&mut conn).await? {
        problems.push(Problem {
            what: format!("数据库里有不是草本建的表或触发器（{what}）；请从备份恢复"),
            place: "caoben.db".to_owned(),
        });
    }
    drop(conn);
    problems.extend(references(db).await?);
    let strange = foreign::look(db).await?;
    problems.extend(strange.into_iter().map(foreign::Strange::problem));
    job.check()?;
    let repair = match db.only_read() {
        None => photo::repair(db, job).await?,
        Some(_) => photo::Repair::default(),
    };
    for (place, what) in repair.wrong.into_iter().chain(photo::verify(db, job).await?) {
        problems.push(Problem { what, place });
    }
    Ok(Checkup {
        ok: problems.is_empty(),
        mended: repair.made,
        problems,
    })
}

/// Rows that refer to what is not there.
pub(super) async fn references(db: &Db) -> Result<Vec<Problem>> {
    let broken = store::broken_references(&mut *db.read().acquire().await?).await?;
    Ok(broken
        .into_iter()
        .map(|(table, row, parent)| {
            let row = row.map_or_else(String::new, |id| format!("#{id}"));
            Problem {
                what: format!("它指向的 {parent} 已经不在了"),
                place: format!("{table}{row}"),
            }
        })
        .collect())
}

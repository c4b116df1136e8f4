//! The full check: the database's pages, its references, and every photo file against its hash.

use super::{Checkup, Problem, store};
use crate::{db::Db, error::Result, job::Job, photo};

/// Checks database integrity, foreign keys, and every photo file against its hash.
pub async fn check(db: &Db, job: &Job) -> Result<Checkup> {
    let mut problems = Vec::new();
    let mut found = |what: String, place: String| problems.push(Problem { what, place });
    let mut conn = db.read().acquire().await?;
    for line in store::integrity(&mut conn).await? {
        found(format!("数据库损坏：{line}"), "caoben.db".to_owned());
    }
    for (table, row, parent) in store::broken_references(&mut conn).await? {
        let row = row.map_or_else(String::new, |id| format!("#{id}"));
        found(format!("它指向的 {parent} 已经不在了"), format!("{table}{row}"));
    }
    drop(conn);
    job.check()?;
    for (place, what) in photo::verify(db, job).await? {
        found(what, place);
    }
    Ok(Checkup {
        ok: problems.is_empty(),
        problems,
    })
}

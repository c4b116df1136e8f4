//! The full check: the database's pages, its references, its fields that lead somewhere, and every photo file against its hash.

use super::{Checkup, Problem, foreign, store};
use crate::{
    db::Db,
    error::{Code, Result},
    job::Job,
    photo,
};

/// Checks database integrity, foreign keys, what could lead out of the workspace, and every photo file against its hash.
pub async fn check(db: &Db, job: &Job) -> Result<Checkup> {
    let mut problems = Vec::new();
    let mut conn = db.read().acquire().await?;
    match store::integrity(&mut conn).await {
        Ok(lines) => {
            let damages = lines.iter().map(|line| damage(&format!("数据库损坏：{line}")));
            problems.extend(damages);
        }
        Err(error) if error.code == Code::Internal => problems.push(damage("数据库损坏：有的地方读不出来")),
        Err(error) => return Err(error),
    }
    drop(conn);
    let broken = !problems.is_empty();
    match rest(db, &mut problems, job).await {
        Ok(mended) => Ok(Checkup {
            ok: problems.is_empty(),
            mended,
            problems,
        }),
        // What is damaged is named above; it is no reason to say nothing.
        Err(error) if broken && error.code == Code::Internal => {
            problems.push(damage("损坏的地方读不出来，照片和其余的没能查完；请从备份恢复"));
            Ok(Checkup {
                ok: false,
                mended: 0,
                problems,
            })
        }
        Err(error) => Err(error),
    }
}

fn damage(what: &str) -> Problem {
    Problem {
        what: what.to_owned(),
        place: "caoben.db".to_owned(),
    }
}

/// Everything beyond the database's pages; answers how many thumbnails were made again.
async fn rest(db: &Db, problems: &mut Vec<Problem>, job: &Job) -> Result<i64> {
    let mut conn = db.read().acquire().await?;
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
    Ok(repair.made)
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

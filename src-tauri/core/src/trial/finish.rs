//! Saying what came out, and taking it back to try on.

use super::{Trial, Verdict, changed, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    product::{self, Stage},
    value::{Date, Id, Time},
};

/// Says what came out; the product moves to 推荐 or 淘汰 accordingly, unless it was taken off (下架). May be said again.
///
/// # Errors
/// `Invalid` for an end before the start, before a noted day, or still to come; `NotFound`.
pub async fn finish(
    db: &Db,
    trial: Id,
    verdict: Verdict,
    text: &str,
    on: Option<Date>,
    now: Time,
) -> Result<Trial> {
    let on = on.unwrap_or_else(|| now.date());
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    let earliest = known
        .days
        .iter()
        .rfind(|day| day.says())
        .map_or(known.started_on, |day| day.on.max(known.started_on));
    if on < earliest || on > now.date() {
        let reason = format!("结束日期要在 {earliest} 到今天之间，{on} 不行，试用没有结束。");
        return Err(Error::invalid("on", reason));
    }
    store::set_verdict(tx.conn(), trial, verdict, text.trim(), on).await?;
    let to = match verdict {
        Verdict::Recommend => Some(Stage::Recommended),
        Verdict::Reject => Some(Stage::Rejected),
        Verdict::Mixed => None,
    };
    if let Some(to) = to {
        let from = [
            Stage::Candidate,
            Stage::Trial,
            Stage::Recommended,
            Stage::Rejected,
        ];
        product::move_on(&mut tx, known.product, &from, to, now).await?;
    }
    changed(tx, trial, now).await
}

/// Opens a finished trial again; its words stay for the next verdict. A product that stands where this verdict put it is tried again.
///
/// # Errors
/// `Conflict` when it is open; `NotFound`.
pub async fn reopen(db: &Db, trial: Id, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    if known.finished_on.is_none() {
        return Err(Error::new(Code::Conflict, "这次试用还在进行，不用重新打开。"));
    }
    store::reopen(tx.conn(), trial).await?;
    let was = match known.verdict {
        Some(Verdict::Recommend) => Some(Stage::Recommended),
        Some(Verdict::Reject) => Some(Stage::Rejected),
        Some(Verdict::Mixed) | None => None,
    };
    if let Some(was) = was {
        product::move_on(&mut tx, known.product, &[was], Stage::Trial, now).await?;
    }
    changed(tx, trial, now).await
}

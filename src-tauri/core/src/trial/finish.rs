//! Saying what came out, and taking it back to try on.

use super::{Trial, Verdict, VerdictEdit, changed, log::SITTING, store};
use crate::{
    db::{Db, Tx},
    error::{Code, Error, Result},
    product::{self, Stage},
    value::{Date, Id, Time},
};

/// Says what came out; the product moves to 推荐 or 淘汰 accordingly, unless it was taken off (下架). May be said again: words and an
/// end that are not said (`None`) stay as they are, and what stood until then is kept ([`verdict_history`]). A first end is today.
///
/// # Errors
/// `Invalid` for an end before the start, before a noted day, or still to come; `NotFound`.
pub async fn finish<'t>(
    db: &Db,
    trial: Id,
    verdict: Verdict,
    text: impl Into<Option<&'t str>>,
    on: Option<Date>,
    now: Time,
) -> Result<Trial> {
    let text = text.into().map(str::trim);
    let mut tx = db.begin().await?;
    let known = store::get(tx.conn(), trial).await?;
    let text = text.unwrap_or(&known.verdict_text);
    let on = on.or(known.finished_on).unwrap_or_else(|| now.date());
    let earliest = known
        .days
        .iter()
        .rfind(|day| day.says())
        .map_or(known.started_on, |day| day.on.max(known.started_on));
    if on < earliest || on > now.date() {
        let reason = format!("结束日期要在 {earliest} 到今天之间，{on} 不行，试用没有结束。");
        return Err(Error::invalid("on", reason));
    }
    let is_same =
        known.verdict == Some(verdict) && known.verdict_text == text && known.finished_on == Some(on);
    if !is_same {
        let began = replaced(&mut tx, &known, now).await?;
        store::set_verdict(tx.conn(), trial, verdict, text, on, began).await?;
    }
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
    replaced(&mut tx, &known, now).await?;
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

/// What the verdict of a trial was before, oldest first.
///
/// # Errors
/// `NotFound`.
pub async fn verdict_history(db: &Db, trial: Id) -> Result<Vec<VerdictEdit>> {
    let conn = &mut *db.read().acquire().await?;
    store::get(conn, trial).await?;
    store::verdict_history(conn, trial).await
}

/// Keeps the verdict that stands until now, unless it was said in this very sitting; answers when the next one's sitting began.
async fn replaced(tx: &mut Tx, known: &Trial, now: Time) -> Result<Time> {
    let said_at = store::verdict_at(tx.conn(), known.id).await?;
    if known.verdict.is_some() && now.0 - said_at.0 <= SITTING {
        return Ok(said_at);
    }
    store::keep_verdict(tx.conn(), known.id, now).await?;
    Ok(now)
}

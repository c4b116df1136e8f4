//! Starting a trial.

use super::{NewTrial, Trial, changed, store};
use crate::{
    db::Db,
    error::{Error, Result},
    product::{self, Stage},
    value::Time,
};

/// Before this year a trial's start is a slip of the pen.
pub(super) const EARLIEST: i16 = 2000;

/// Starts a trial; a candidate product moves to 试用中.
///
/// # Errors
/// `NotFound` for the product; `Invalid` for a day still to come or in another century.
pub async fn start(db: &Db, input: NewTrial, now: Time) -> Result<Trial> {
    let product = product::get(db, input.product).await?;
    let on = input.on.unwrap_or_else(|| now.date());
    if on > now.date() {
        return Err(Error::invalid(
            "on",
            format!("开始日期 {on} 还没有到，没有开始试用。"),
        ));
    }
    if on.0.year() < EARLIEST {
        return Err(Error::invalid(
            "on",
            format!("开始日期 {on} 太早了，是不是写错了年份？没有开始试用。"),
        ));
    }
    let mut tx = db.begin().await?;
    let id = store::insert(tx.conn(), product.id, input.acquired, on, now).await?;
    product::move_on(&mut tx, product.id, &[Stage::Candidate], Stage::Trial, now).await?;
    changed(tx, id, now).await
}

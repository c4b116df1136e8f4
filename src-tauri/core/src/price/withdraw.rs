//! Taking back a price that was noted wrongly. Nothing is overwritten: the row stays, it only proves nothing any more.

use super::{Price, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Id, Noun, Time},
};

/// Takes a price back: it counts for no lowest price, and a post that leans on it is told that it is gone.
///
/// # Errors
/// `NotFound` when it is not there, or was taken back already.
pub async fn withdraw(db: &Db, id: Id, now: Time) -> Result<()> {
    set(db, id, Some(now)).await
}

/// Lets a price that was taken back stand again, as it was.
///
/// # Errors
/// `NotFound` when it is not there, or stands already.
pub async fn restore(db: &Db, id: Id) -> Result<()> {
    set(db, id, None).await
}

async fn set(db: &Db, id: Id, at: Option<Time>) -> Result<()> {
    let mut tx = db.begin().await?;
    if !store::set_withdrawn(tx.conn(), id, at).await? {
        return Err(Error::not_found("价格", id));
    }
    tx.touch(Noun::Price);
    tx.touch(Noun::Product);
    tx.commit().await
}

/// The prices of a product that were taken back, newest first.
pub async fn withdrawn(db: &Db, product: Id) -> Result<Vec<Price>> {
    store::withdrawn(db.read(), product).await
}

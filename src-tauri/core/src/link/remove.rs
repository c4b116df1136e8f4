//! Taking a link off the lists, and putting it back.

use super::{Link, list::get, store};
use crate::{
    db::Db,
    error::Result,
    value::{Id, Noun, Time},
};

/// Takes a link off the lists. Its code and coupons are never given to another: they may be printed, and an order that
/// carries one still belongs to its post. Made again for the same post, channel and product, it is this link.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn remove(db: &Db, id: Id, now: Time) -> Result<()> {
    get(db, id).await?;
    let mut tx = db.begin().await?;
    store::set_removed(tx.conn(), id, Some(now)).await?;
    tx.touch(Noun::Link);
    tx.commit().await
}

/// Puts a removed link back as it was.
///
/// # Errors
/// `NotFound` for a link there never was.
pub async fn restore(db: &Db, id: Id) -> Result<Link> {
    let mut tx = db.begin().await?;
    store::set_removed(tx.conn(), id, None).await?;
    tx.touch(Noun::Link);
    tx.commit().await?;
    get(db, id).await
}

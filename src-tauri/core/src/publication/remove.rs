//! Taking a wrong record away, and putting it back.

use super::{
    Publication,
    add::taken,
    list::{any, one},
    store,
};
use crate::{
    db::Db,
    error::Result,
    value::{Id, Noun, Time},
};

/// Takes away a record that was wrong: no order is credited to it any more. What really went out is not touched.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn remove(db: &Db, id: Id, now: Time) -> Result<()> {
    one(db, id).await?;
    let mut tx = db.begin().await?;
    store::set_removed(tx.conn(), id, Some(now)).await?;
    tx.touch(Noun::Publication);
    tx.commit().await
}

/// Puts a removed record back as it was.
///
/// # Errors
/// `NotFound` for a record there never was, `Conflict` when the same has been recorded again since.
pub async fn restore(db: &Db, id: Id) -> Result<Publication> {
    let known = any(db, id).await?;
    let row = store::Row {
        post: known.post,
        channel: known.channel,
        at: known.at,
        url: &known.url,
        note_id: &known.note_id,
    };
    let mut tx = db.begin().await?;
    if let Some((_, post)) = store::same(tx.conn(), &row, id).await? {
        return Err(taken(post));
    }
    store::set_removed(tx.conn(), id, None).await?;
    tx.touch(Noun::Publication);
    tx.commit().await?;
    one(db, id).await
}

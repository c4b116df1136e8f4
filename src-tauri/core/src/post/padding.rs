//! Whether pictures go onto a channel whole instead of cropped by more than a quarter.

use super::store;
use crate::{
    channel,
    db::Db,
    error::Result,
    value::{Id, Noun, Time},
};

/// Whether pictures of this post that the channel's frame would cut by more than a quarter are padded instead.
pub async fn padding(db: &Db, id: Id, channel: Id) -> Result<bool> {
    store::padding(db.read(), id, channel).await
}

/// Sets [`padding`].
///
/// # Errors
/// `NotFound` for the post or the channel.
pub async fn set_padding(db: &Db, id: Id, channel: Id, on: bool, now: Time) -> Result<()> {
    channel::get(db, channel).await?;
    let mut tx = db.begin().await?;
    store::get(tx.conn(), id).await?;
    store::put_padding(tx.conn(), id, channel, on, now).await?;
    tx.touch(Noun::Post);
    tx.commit().await
}

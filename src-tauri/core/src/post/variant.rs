//! A channel's own wording where it must differ from the post's.

use super::{Variant, store};
use crate::{
    channel,
    db::Db,
    error::Result,
    value::{Id, Noun, Time},
};

/// A channel's own wording of a post; both absent means the post's own text.
pub async fn variant(db: &Db, id: Id, channel: Id) -> Result<Variant> {
    Ok(store::variant(db.read(), id, channel).await?.unwrap_or_default())
}

/// Sets a channel's own wording; both absent takes it back.
///
/// # Errors
/// `NotFound` for the post or the channel.
pub async fn set_variant(db: &Db, id: Id, channel: Id, variant: Variant, now: Time) -> Result<()> {
    channel::get(db, channel).await?;
    let mut tx = db.begin().await?;
    store::get(tx.conn(), id).await?;
    if variant.title.is_none() && variant.body.is_none() {
        store::remove_variant(tx.conn(), id, channel).await?;
    } else {
        store::put_variant(tx.conn(), id, channel, &variant, now).await?;
    }
    tx.touch(Noun::Post);
    tx.commit().await
}

//! A channel's own wording where it must differ from the post's; journaled like the post's own text.

use super::{
    Post, Variant, Version,
    journal::{self, Saving, State},
    store, tidy, uses,
};
use crate::{
    channel,
    db::{Db, Tx},
    error::Result,
    value::{Id, Noun, Time},
};

/// A channel's own wording of a post; both absent means the post's own text.
pub async fn variant(db: &Db, id: Id, channel: Id) -> Result<Variant> {
    Ok(store::variant(&mut *db.read().acquire().await?, id, channel)
        .await?
        .unwrap_or_default())
}

/// Sets a channel's own wording and journals it; both absent takes it back.
///
/// # Errors
/// `NotFound` for the post or the channel.
pub async fn set_variant(db: &Db, id: Id, channel: Id, variant: Variant, now: Time) -> Result<()> {
    channel::get(db, channel).await?;
    let mut tx = db.begin().await?;
    let post = store::get(tx.conn(), id).await?;
    let variant = Variant {
        title: variant.title.map(|title| tidy::title(&title)),
        body: variant.body.map(tidy::body),
    };
    let present = store::variant(tx.conn(), id, channel).await?.unwrap_or_default();
    uses::tell(&mut tx, Some(&said(&post, &present)), &said(&post, &variant));
    put(&mut tx, id, channel, &variant, now).await?;
    journal::keep(
        &mut tx,
        id,
        Some(channel),
        &said(&post, &variant),
        Saving::Typing,
        now,
    )
    .await?;
    tx.touch(Noun::Post);
    tx.commit().await
}

/// Brings a kept wording back; what stood there is kept too. A part that is the post's own text again follows it again.
pub(super) async fn restore(tx: &mut Tx, post: &Post, channel: Id, kept: Version, now: Time) -> Result<()> {
    let present = store::variant(tx.conn(), post.id, channel)
        .await?
        .unwrap_or_default();
    journal::keep(
        tx,
        post.id,
        Some(channel),
        &said(post, &present),
        Saving::Typing,
        now,
    )
    .await?;
    let variant = Variant {
        title: (kept.title != post.title).then_some(kept.title),
        body: (kept.body != post.body).then_some(kept.body),
    };
    uses::tell(tx, Some(&said(post, &present)), &said(post, &variant));
    put(tx, post.id, channel, &variant, now).await?;
    let state = said(post, &variant);
    store::insert_version(
        tx.conn(),
        post.id,
        Some(channel),
        "restore",
        &kept.label,
        &state,
        now,
    )
    .await?;
    Ok(())
}

async fn put(tx: &mut Tx, post: Id, channel: Id, variant: &Variant, now: Time) -> Result<()> {
    if variant.title.is_none() && variant.body.is_none() {
        store::remove_variant(tx.conn(), post, channel).await
    } else {
        store::put_variant(tx.conn(), post, channel, variant, now).await
    }
}

/// What the channel says. Products and photos are the post's alone.
fn said(post: &Post, variant: &Variant) -> State {
    State {
        title: variant.title.as_ref().unwrap_or(&post.title).clone(),
        body: variant.body.as_ref().unwrap_or(&post.body).clone(),
        products: Vec::new(),
        photos: Vec::new(),
    }
}

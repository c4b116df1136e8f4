//! Kept states of a post: finding one again, and bringing it back without losing what stood there.

use super::{
    Post, Version,
    create::{finish, set_photos, set_products},
    journal::{self, Saving, State},
    store, uses, variant,
};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Id, Noun, Time},
};

/// Kept states, newest first.
///
/// # Errors
/// `NotFound` when there is no such post.
pub async fn versions(db: &Db, id: Id) -> Result<Vec<Version>> {
    store::get(&mut *db.read().acquire().await?, id).await?;
    store::versions(db.read(), id).await
}

/// Marks the present state with a name, so that it is easy to find again.
///
/// # Errors
/// `NotFound`; `Invalid` for an empty name.
pub async fn name_version(db: &Db, id: Id, label: &str, now: Time) -> Result<Version> {
    let label = label.trim();
    if label.is_empty() {
        return Err(Error::invalid("label", "版本要有名字，比如「发小红书前」。"));
    }
    let mut tx = db.begin().await?;
    let post = store::get(tx.conn(), id).await?;
    let version =
        store::insert_version(tx.conn(), id, None, "named", label, &State::from(&post), now).await?;
    tx.touch(Noun::Post);
    tx.commit().await?;
    Ok(version)
}

/// Brings a kept state back, of the post's own text or of a channel's wording; what stood there is kept too. Photos and products
/// removed since then are left out. A post whose channel got its wording back is itself unchanged.
///
/// # Errors
/// `NotFound` for the post or the version.
pub async fn restore(db: &Db, id: Id, version: Id, now: Time) -> Result<Post> {
    let mut tx = db.begin().await?;
    let mut post = store::get(tx.conn(), id).await?;
    let kept = store::version(tx.conn(), id, version)
        .await?
        .ok_or_else(|| Error::not_found("版本", version))?;
    if let Some(channel) = kept.channel {
        variant::restore(&mut tx, &post, channel, kept, now).await?;
        tx.touch(Noun::Post);
        tx.commit().await?;
        return Ok(post);
    }
    let before = State::from(&post);
    journal::keep(&mut tx, id, None, &before, Saving::Typing, now).await?;
    post.title = kept.title;
    post.body = kept.body;
    post.products = kept.products;
    post.photos = kept.photos;
    post.updated_at = now;
    while let Some(gone) = store::missing_product(tx.conn(), &post.products).await? {
        post.products.retain(|product| *product != gone);
    }
    while let Some(gone) = store::missing_photo(tx.conn(), &post.photos).await? {
        post.photos.retain(|photo| *photo != gone);
    }
    set_products(&mut tx, id, &post.products).await?;
    set_photos(&mut tx, id, &post.photos).await?;
    store::update(tx.conn(), &post).await?;
    let state = State::from(&post);
    store::insert_version(tx.conn(), id, None, "restore", &kept.label, &state, now).await?;
    uses::tell(&mut tx, Some(&before), &state);
    finish(tx, id, &state).await?;
    Ok(post)
}

//! Saving a post: every save goes into the journal.

use super::{
    Post, PostPatch,
    create::{finish, once, set_photos, set_products},
    journal::{self, Saving, State},
    store, tidy, uses,
};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Id, Time},
};

/// Saves changes as they are typed, and journals them: a stretch of typing is one kept state, whole sentences that go begin another.
///
/// # Errors
/// `NotFound` for the post, a product or a photo; `Invalid` for a `commercial` that is not auto, yes or no.
pub async fn edit(db: &Db, id: Id, patch: PostPatch, now: Time) -> Result<Post> {
    save(db, id, patch, Saving::Typing, now).await
}

/// Puts another text in the place of a post's, such as a file: what stood there before is kept as a state of its own, however short it
/// was and however soon it is replaced.
///
/// # Errors
/// As [`edit`].
pub async fn replace(db: &Db, id: Id, patch: PostPatch, now: Time) -> Result<Post> {
    save(db, id, patch, Saving::Whole, now).await
}

async fn save(db: &Db, id: Id, patch: PostPatch, saving: Saving, now: Time) -> Result<Post> {
    let mut tx = db.begin().await?;
    let mut post = store::get(tx.conn(), id).await?;
    let before = State::from(&post);
    post.commercial = match patch.commercial.as_deref() {
        None => post.commercial,
        Some("auto") => None,
        Some("yes") => Some(true),
        Some("no") => Some(false),
        Some(_) => {
            return Err(Error::invalid(
                "commercial",
                "是否广告只能是 auto、yes 或 no，没有保存。",
            ));
        }
    };
    post.title = patch.title.map_or(post.title, |title| tidy::title(&title));
    post.body = patch.body.map_or(post.body, tidy::body);
    post.ai_generated = patch.ai_generated.unwrap_or(post.ai_generated);
    post.original = patch.original.unwrap_or(post.original);
    post.fictional = patch.fictional.unwrap_or(post.fictional);
    post.archived = patch.archived.unwrap_or(post.archived);
    post.updated_at = now;
    if let Some(products) = patch.products {
        post.products = once(products);
        set_products(&mut tx, id, &post.products).await?;
    }
    if let Some(photos) = patch.photos {
        post.photos = once(photos);
        set_photos(&mut tx, id, &post.photos).await?;
    }
    store::update(tx.conn(), &post).await?;
    let state = State::from(&post);
    journal::keep(&mut tx, id, None, &state, saving, now).await?;
    uses::tell(&mut tx, Some(&before), &state);
    finish(tx, id, &state).await?;
    Ok(post)
}

impl From<&Post> for State {
    fn from(post: &Post) -> Self {
        Self {
            title: post.title.clone(),
            body: post.body.clone(),
            products: post.products.clone(),
            photos: post.photos.clone(),
        }
    }
}

//! What the creator says of photos.

use super::{Photo, PhotoPatch, store};
use crate::{
    db::Db,
    error::{Error, Result},
    search,
    value::{Id, Noun, Time},
};

/// Changes photos together.
///
/// # Errors
/// `NotFound` for an unknown photo, product or trial, `Invalid` for a rating or focus out of range, or a product that is not that of
/// the trial; then none is changed.
pub async fn edit(db: &Db, ids: &[Id], patch: PhotoPatch, _now: Time) -> Result<Vec<Photo>> {
    if patch.rating.is_some_and(|rating| !(0..=5).contains(&rating)) {
        return Err(Error::invalid("rating", "评分只能是 0 到 5，没有改动。"));
    }
    if patch.pick.is_some_and(|pick| !(-1..=1).contains(&pick)) {
        return Err(Error::invalid(
            "pick",
            "留选标记只能是 1（选中）、0 或 -1（淘汰），没有改动。",
        ));
    }
    let inside = |share: f64| (0.0..=1.0).contains(&share);
    if patch.focus.is_some_and(|(x, y)| !inside(x) || !inside(y)) {
        return Err(Error::invalid(
            "focus",
            "焦点必须在图片之内（0 到 1），没有改动。",
        ));
    }
    let mut product = patch.product;
    if let Some(Some(product)) = product
        && !store::is_product(db.read(), product).await?
    {
        return Err(Error::not_found("好物", product));
    }
    if let Some(Some(trial)) = patch.trial {
        let own = store::product_of_trial(db.read(), trial)
            .await?
            .ok_or_else(|| Error::not_found("试用", trial))?;
        if product.is_some_and(|given| given != Some(own)) {
            return Err(Error::invalid(
                "product",
                "这段试用不属于所选的好物，没有改动。请改选其中一个。",
            ));
        }
        product = Some(Some(own));
    }
    let there = store::by_ids(db.read(), ids).await?;
    if let Some(lost) = ids.iter().find(|id| there.iter().all(|photo| photo.id != **id)) {
        return Err(Error::not_found("照片", lost));
    }
    if let (Some(Some(product)), None) = (product, patch.trial) {
        stays_of_its_trial(db, &there, product).await?;
    }

    let caption = patch.caption.as_deref().map(str::trim);
    let change = store::Change {
        source: patch.source,
        rating: patch.rating,
        pick: patch.pick,
        caption,
        focus: patch.focus,
        product,
        trial: patch.trial,
    };
    let mut tx = db.begin().await?;
    store::update(tx.conn(), ids, &change).await?;
    // What lies in the trash is not found.
    for photo in there.iter().filter(|photo| photo.trashed_at.is_none()) {
        match caption {
            Some("") => search::remove(&mut tx, Noun::Photo, photo.id).await?,
            Some(caption) => search::put(&mut tx, Noun::Photo, photo.id, caption, "").await?,
            None => {}
        }
    }
    tx.touch(Noun::Photo);
    tx.commit().await?;
    store::by_ids(db.read(), ids).await
}

/// Refuses a product for a photo that stays in the trial of another.
async fn stays_of_its_trial(db: &Db, photos: &[Photo], product: Id) -> Result<()> {
    for photo in photos {
        let Some(trial) = photo.trial else { continue };
        // A trial that is gone binds nothing.
        if store::product_of_trial(db.read(), trial)
            .await?
            .is_some_and(|own| own != product)
        {
            let id = photo.id;
            return Err(Error::invalid(
                "product",
                format!(
                    "照片 {id} 归在另一件好物的试用里，没有改动。请先把它移出那段试用，或者连试用一起改。"
                ),
            ));
        }
    }
    Ok(())
}

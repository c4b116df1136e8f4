//! Changing a product.

use super::{Product, ProductPatch, create, store};
use crate::{
    db::{Db, Tx},
    error::{Error, Result},
    search,
    value::{Id, Noun, Time},
};

/// Changes a product; an absent field stays as it is.
///
/// # Errors
/// `Invalid`, `Conflict` as in `create`; `NotFound` for the product or its new cover.
pub async fn edit(db: &Db, id: Id, patch: ProductPatch, now: Time) -> Result<Product> {
    let mut tx = db.begin().await?;
    let old = store::get(tx.conn(), id).await?;
    let renamed = patch.name.as_ref().is_some_and(|name| *name != old.name);
    let mut product = Product {
        name: patch.name.unwrap_or(old.name),
        brand: patch.brand.unwrap_or(old.brand),
        category: patch.category.unwrap_or(old.category),
        price: patch.price.unwrap_or(old.price),
        currency: patch.currency.unwrap_or(old.currency),
        url: patch.url.unwrap_or(old.url),
        fits: patch.fits.unwrap_or(old.fits),
        unfits: patch.unfits.unwrap_or(old.unfits),
        selling_points: patch.selling_points.unwrap_or(old.selling_points),
        shortcomings: patch.shortcomings.unwrap_or(old.shortcomings),
        supplier: patch.supplier.unwrap_or(old.supplier),
        note: patch.note.unwrap_or(old.note),
        stage: patch.stage.unwrap_or(old.stage),
        skus: patch.skus.unwrap_or(old.skus),
        updated_at: now,
        ..old
    };
    create::tidy(&mut product)?;
    if let Some(Some(cover)) = patch.cover
        && !store::has_photo(tx.conn(), cover).await?
    {
        return Err(Error::not_found("素材", cover));
    }
    create::claim(&mut tx, &product).await?;
    create::write(&mut tx, &product, patch.cover).await?;
    if renamed {
        // Trials are found by their product's name, and lists of trials and links show it.
        for trial in store::trials(tx.conn(), id).await? {
            search::retitle(&mut tx, Noun::Trial, trial, &product.name).await?;
        }
        tx.touch(Noun::Trial);
        tx.touch(Noun::Link);
    }
    let product = store::get(tx.conn(), id).await?;
    tx.commit().await?;
    Ok(product)
}

/// A shop got another name: its SKUs are known by it.
///
/// # Errors
/// Those of the database.
pub async fn rename_shop(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    store::rename_shop(tx.conn(), from, to).await?;
    tx.touch(Noun::Product);
    Ok(())
}

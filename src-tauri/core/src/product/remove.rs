//! Removing a product that nothing refers to, and bringing it back.

use serde::{Deserialize, Serialize};

use super::{Product, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    search,
    value::{Id, Noun},
};

/// What `remove` took, for `restore`.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct RemovedProduct {
    /// The product as it was.
    pub product: Product,
    /// Photos that were of it; they stayed in the library.
    pub photos: Vec<Id>,
    /// Reviews that lay in the trash went with it and do not come back.
    pub reviews: i64,
}

/// Removes a product that nothing refers to; its photos stay in the library. Answers what `restore` needs.
///
/// # Errors
/// `Conflict` saying what refers to it; `NotFound`.
pub async fn remove(db: &Db, id: Id) -> Result<RemovedProduct> {
    let mut tx = db.begin().await?;
    let product = store::get(tx.conn(), id).await?;
    let uses = store::uses(tx.conn(), id).await?;
    let named: Vec<String> = [
        (uses.trials, "次试用"),
        (uses.reviews, "条评价"),
        (uses.posts, "篇内容"),
        (uses.links, "个链接"),
        (uses.orders, "个订单"),
        (uses.prices, "条价格记录"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    if !named.is_empty() {
        return Err(Error::new(
            Code::Conflict,
            format!(
                "「{}」还有 {}，没有删除。不再推荐它，可以把阶段改成「下架」。",
                product.name,
                named.join("、")
            ),
        ));
    }
    search::remove(&mut tx, Noun::Product, id).await?;
    let photos = store::photos(tx.conn(), id).await?;
    let reviews = store::delete(tx.conn(), id).await?;
    tx.touch(Noun::Product);
    tx.touch(Noun::Photo);
    tx.commit().await?;
    Ok(RemovedProduct {
        product,
        photos,
        reviews,
    })
}

/// Brings a removed product back under its own number, with its SKUs, and its photos unless they are of another one by now.
///
/// # Errors
/// `Conflict` when it is there, or one of its SKUs belongs to another product by now.
pub async fn restore(db: &Db, gone: RemovedProduct) -> Result<Product> {
    let RemovedProduct { product, photos, .. } = gone;
    let mut tx = db.begin().await?;
    if store::is_there(tx.conn(), product.id).await? {
        return Err(Error::new(
            Code::Conflict,
            format!("「{}」还在，没有什么要恢复的。", product.name),
        ));
    }
    for sku in &product.skus {
        if let Some((_, name)) = store::owner(tx.conn(), sku).await? {
            return Err(Error::new(
                Code::Conflict,
                format!(
                    "店里的编号 {} 现在归「{name}」，「{}」没有恢复。先从那件好物里拿掉这个编号。",
                    sku.sku, product.name
                ),
            ));
        }
    }
    store::insert_again(tx.conn(), product.id, &product.name, product.created_at).await?;
    store::update(tx.conn(), &product, Some(product.cover)).await?;
    store::set_skus(tx.conn(), product.id, &product.skus).await?;
    store::take_photos(tx.conn(), product.id, &photos).await?;
    super::index(&mut tx, &product).await?;
    tx.touch(Noun::Product);
    tx.touch(Noun::Photo);
    tx.commit().await?;
    super::get(db, product.id).await
}

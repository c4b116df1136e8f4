//! Removing a product that nothing refers to.

use super::store;
use crate::{
    db::Db,
    error::{Code, Error, Result},
    search,
    value::{Id, Noun},
};

/// Removes a product that nothing refers to; its photos stay in the library.
///
/// # Errors
/// `Conflict` saying what refers to it; `NotFound`.
pub async fn remove(db: &Db, id: Id) -> Result<()> {
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
                "「{}」还有{}，没有删除。不再推荐它，可以把阶段改成「下架」。",
                product.name,
                named.join("、")
            ),
        ));
    }
    search::remove(&mut tx, Noun::Product, id).await?;
    store::delete(tx.conn(), id).await?;
    tx.touch(Noun::Product);
    tx.touch(Noun::Photo);
    tx.commit().await
}

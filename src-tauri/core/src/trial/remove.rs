//! A trial that was begun by mistake.

use super::store;
use crate::{
    db::Db,
    error::{Code, Error, Result},
    product::{self, Stage},
    search,
    value::{Id, Noun, Time},
};

/// Removes a trial with its days; its photos stay in the library, and a product that is in no other trial is a candidate again.
///
/// # Errors
/// `Conflict` when a post shows a photo of one of its days or quotes its words: what a post rests on is not taken away; `NotFound`.
pub async fn remove(db: &Db, id: Id, now: Time) -> Result<()> {
    let mut tx = db.begin().await?;
    let trial = store::get(tx.conn(), id).await?;
    if let Some((title, on)) = store::cited(tx.conn(), id).await? {
        let title = if title.is_empty() {
            "还没有标题"
        } else {
            &title
        };
        return Err(Error::new(
            Code::Conflict,
            format!(
                "内容「{title}」用到了 {on} 的记录，这次试用是它的依据，没有删除。请先从那篇内容里拿掉。"
            ),
        ));
    }
    store::delete(tx.conn(), id).await?;
    search::remove(&mut tx, Noun::Trial, id).await?;
    if store::list(tx.conn(), None, Some(trial.product), false)
        .await?
        .is_empty()
    {
        product::move_on(&mut tx, trial.product, &[Stage::Trial], Stage::Candidate, now).await?;
    }
    tx.touch(Noun::Trial);
    tx.touch(Noun::Photo);
    tx.commit().await
}

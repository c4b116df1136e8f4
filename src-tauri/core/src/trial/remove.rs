//! A trial that was begun by mistake, and one that was removed by mistake.

use serde::{Deserialize, Serialize};

use super::{Trial, changed, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    product::{self, Stage},
    search,
    value::{Id, Noun, Time},
};

/// What `remove` took, for `restore`.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct RemovedTrial {
    /// The trial's id.
    pub id: Id,
    /// Of what it was.
    pub product: Id,
    /// Its rows as JSON: days with their words, photos, ratings and earlier wordings, flaws, verdicts.
    pub kept: String,
    /// The product became a candidate again with it.
    pub moved: bool,
}

/// Removes a trial with its days; its photos stay in the library, and a product that is in no other trial is a candidate again.
/// Answers what `restore` needs.
///
/// # Errors
/// `Conflict` when a post shows a photo of one of its days or quotes its words: what a post rests on is not taken away; `NotFound`.
pub async fn remove(db: &Db, id: Id, now: Time) -> Result<RemovedTrial> {
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
    let kept = store::take(tx.conn(), id).await?;
    store::delete(tx.conn(), id).await?;
    search::remove(&mut tx, Noun::Trial, id).await?;
    let last = store::list(tx.conn(), None, Some(trial.product), false)
        .await?
        .is_empty();
    let moved =
        last && product::move_on(&mut tx, trial.product, &[Stage::Trial], Stage::Candidate, now).await?;
    tx.touch(Noun::Trial);
    tx.touch(Noun::Photo);
    tx.commit().await?;
    Ok(RemovedTrial {
        id,
        product: trial.product,
        kept,
        moved,
    })
}

/// Brings a removed trial back under its own id, with everything written and every photo that is still there.
///
/// # Errors
/// `Conflict` when it is there; `NotFound` when its product is gone by now.
pub async fn restore(db: &Db, gone: RemovedTrial, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    if store::get(tx.conn(), gone.id).await.is_ok() {
        return Err(Error::new(Code::Conflict, "这次试用还在，没有什么要恢复的。"));
    }
    product::get(db, gone.product).await?;
    store::put_back(tx.conn(), gone.id, &gone.kept).await?;
    if gone.moved {
        product::move_on(&mut tx, gone.product, &[Stage::Candidate], Stage::Trial, now).await?;
    }
    tx.touch(Noun::Photo);
    changed(tx, gone.id, now).await
}

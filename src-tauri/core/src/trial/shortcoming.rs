//! Shortcomings: admitting them is what trust is saved by.

use super::{Trial, changed, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    value::{Id, Time},
};

/// Admits a shortcoming; said twice, it stands once.
///
/// # Errors
/// `Invalid` when empty; `NotFound`.
pub async fn add_shortcoming(db: &Db, trial: Id, text: &str, now: Time) -> Result<Trial> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("text", "写一句哪里不好。"));
    }
    let mut tx = db.begin().await?;
    store::get(tx.conn(), trial).await?;
    store::add_shortcoming(tx.conn(), trial, text, now).await?;
    changed(tx, trial, now).await
}

/// Takes a shortcoming back.
///
/// # Errors
/// `NotFound` when it was not admitted.
pub async fn remove_shortcoming(db: &Db, trial: Id, text: &str, now: Time) -> Result<Trial> {
    let mut tx = db.begin().await?;
    store::get(tx.conn(), trial).await?;
    if !store::remove_shortcoming(tx.conn(), trial, text.trim()).await? {
        return Err(Error::new(
            Code::NotFound,
            format!("这次试用里没有写过「{}」这个缺点。", text.trim()),
        ));
    }
    changed(tx, trial, now).await
}

//! The trash: reviews are taken away, come back, or go for good.

use super::store;
use crate::{
    db::{Db, Tx},
    error::{Code, Error, Result},
    search,
    value::{Id, Noun, Time},
};

/// Takes reviews away; [`restore`] brings them back as they were. Imported again, they stay away until the trash is emptied.
///
/// # Errors
/// `Conflict` naming the posts that quote one of them, and then none goes; `NotFound`.
pub async fn remove(db: &Db, ids: &[Id], now: Time) -> Result<u64> {
    let mut tx = db.begin().await?;
    for id in ids {
        store::get(tx.conn(), *id).await?;
    }
    must_be_free(&mut tx, ids, "没有删除").await?;
    let gone = store::set_trashed(tx.conn(), ids, Some(now)).await?;
    for id in ids {
        search::remove(&mut tx, Noun::Review, *id).await?;
    }
    tx.touch(Noun::Review);
    tx.commit().await?;
    Ok(gone)
}

/// Brings back reviews that were taken away.
///
/// # Errors
/// `NotFound`.
pub async fn restore(db: &Db, ids: &[Id]) -> Result<u64> {
    let mut tx = db.begin().await?;
    let back = store::set_trashed(tx.conn(), ids, None).await?;
    for id in ids {
        let review = store::get(tx.conn(), *id).await?;
        search::put(&mut tx, Noun::Review, *id, "", &review.text).await?;
    }
    tx.touch(Noun::Review);
    tx.commit().await?;
    Ok(back)
}

/// Deletes reviews that were taken away for good, with their words about consent: these, or all. Answers how many went.
///
/// # Errors
/// `Conflict` when a post quotes one of them again, and then none goes; `NotFound`.
pub async fn empty_trash(db: &Db, ids: Option<&[Id]>) -> Result<u64> {
    let mut tx = db.begin().await?;
    for id in ids.unwrap_or_default() {
        store::get(tx.conn(), *id).await?;
    }
    let ids = store::trashed(tx.conn(), ids).await?;
    must_be_free(&mut tx, &ids, "没有彻底删掉").await?;
    store::delete(tx.conn(), &ids).await?;
    tx.touch(Noun::Review);
    // Their pictures hang on nothing now.
    tx.touch(Noun::Photo);
    tx.commit().await?;
    Ok(ids.len() as u64)
}

async fn must_be_free(tx: &mut Tx, ids: &[Id], kept: &str) -> Result<()> {
    let quoting = store::quoting(tx.conn(), ids).await?;
    let Some(first) = quoting.first() else {
        return Ok(());
    };
    let mut titles: Vec<String> = Vec::new();
    for post in quoting.iter().filter(|post| post.review == first.review) {
        let title = if post.title.is_empty() {
            format!("内容 {}", post.id)
        } else {
            format!("「{}」", post.title)
        };
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    Err(Error::new(
        Code::Conflict,
        format!(
            "这条评价在{}里引用着，{kept}。请先从那里拿掉引用。",
            titles.join("、")
        ),
    ))
}

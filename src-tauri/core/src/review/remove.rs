//! Taking reviews away, and bringing them back.

use super::store;
use crate::{
    db::Db,
    error::{Code, Error, Result},
    search,
    value::{Id, Noun, Time},
};

/// Takes reviews away; [`restore`] brings them back. Imported again, they stay away.
///
/// # Errors
/// `Conflict` naming the posts that quote one of them, and then none goes; `NotFound`.
pub async fn remove(db: &Db, ids: &[Id], now: Time) -> Result<u64> {
    let mut tx = db.begin().await?;
    for id in ids {
        store::get(tx.conn(), *id).await?;
    }
    let quoting = store::quoting(tx.conn(), ids).await?;
    if let Some(first) = quoting.first() {
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
        return Err(Error::new(
            Code::Conflict,
            format!(
                "这条评价在{}里引用着，没有删除。请先从那里拿掉引用。",
                titles.join("、")
            ),
        ));
    }
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

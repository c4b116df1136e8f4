//! What the creator decides about photos that look alike; it is remembered for good.

use serde::Serialize;

use crate::{
    db::Db,
    error::{Error, Result},
    photo::{remove, store, twins_store},
    value::{Id, Noun, Time},
};

/// What became of the others when the best was kept.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
pub struct Kept {
    /// They lie in the trash and can be brought back.
    pub trashed: Vec<Id>,
    /// They stay: something refers to them.
    pub stayed: Vec<Stayed>,
}

/// A photo that stays because it is used.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Stayed {
    /// The photo.
    pub id: Id,
    /// Where it is used, for people.
    pub place: String,
}

/// Keeps the best and puts the others into the trash, but for those that are used: they stay and are named.
///
/// # Errors
/// `NotFound` for an unknown photo; then nothing is changed.
pub async fn keep_best(db: &Db, best: Id, others: &[Id], now: Time) -> Result<Kept> {
    let mut free: Vec<Id> = others.iter().copied().filter(|id| *id != best).collect();
    known(db, best, &free).await?;
    let mut kept = Kept::default();
    let mut tx = db.begin().await?;
    while let Some((id, place)) = store::use_of(tx.conn(), &free).await? {
        free.retain(|other| *other != id);
        kept.stayed.push(Stayed { id, place });
    }
    drop(tx);
    if !free.is_empty() {
        remove(db, &free, now).await?;
    }
    kept.trashed = free;
    settle(db, best, others, now).await?;
    Ok(kept)
}

/// Keeps all of them: they look alike and that is fine. They come up again only beside a new one.
///
/// # Errors
/// `NotFound` for an unknown photo; then nothing is changed.
pub async fn keep_all(db: &Db, best: Id, others: &[Id], now: Time) -> Result<()> {
    known(db, best, others).await?;
    settle(db, best, others, now).await
}

/// Remembers that each of `ids` is another picture than each of `from`: no such pair stands in a group again.
pub async fn tell_apart(db: &Db, ids: &[Id], from: &[Id], now: Time) -> Result<()> {
    let mut tx = db.begin().await?;
    twins_store::tell_apart(tx.conn(), ids, from, now).await?;
    tx.touch(Noun::Photo);
    tx.commit().await
}

/// Takes back what was decided among these photos; what lies in the trash stays there.
pub async fn reopen(db: &Db, ids: &[Id]) -> Result<()> {
    let mut tx = db.begin().await?;
    twins_store::reopen(tx.conn(), ids).await?;
    tx.touch(Noun::Photo);
    tx.commit().await
}

async fn known(db: &Db, best: Id, others: &[Id]) -> Result<()> {
    let ids: Vec<Id> = others.iter().copied().chain([best]).collect();
    let there = store::by_ids(db.read(), &ids).await?;
    match ids.iter().find(|id| there.iter().all(|photo| photo.id != **id)) {
        Some(lost) => Err(Error::not_found("照片", lost)),
        None => Ok(()),
    }
}

async fn settle(db: &Db, best: Id, others: &[Id], now: Time) -> Result<()> {
    let ids: Vec<Id> = others.iter().copied().chain([best]).collect();
    let mut tx = db.begin().await?;
    twins_store::settle(tx.conn(), &ids, best, now).await?;
    tx.touch(Noun::Photo);
    tx.commit().await
}

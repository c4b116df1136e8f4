//! Search: an index of overlapping character pairs, so that two-character Chinese words are found.
//!
//! Nouns write to it in the same transaction as themselves.

mod find;
mod fold;
mod sound;
mod store;

use serde::Serialize;

use crate::{
    db::Tx,
    error::Result,
    value::{Id, Noun},
};

pub use find::search;

/// One thing found.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Hit {
    /// What kind of thing.
    pub noun: Noun,
    /// Its id.
    pub id: Id,
    /// Its title or name.
    pub title: String,
    /// The words around the first match, with the match in it.
    pub snippet: String,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
}

/// Writes or replaces the entry of one thing.
pub async fn put(tx: &mut Tx, noun: Noun, id: Id, title: &str, body: &str) -> Result<()> {
    let old = store::entry(tx.conn(), noun, id).await?;
    if let Some(old) = &old {
        if old.title == title && old.body == body {
            return Ok(());
        }
        unindex(tx, old).await?;
    }
    let entry = store::write(tx.conn(), noun, id, title, body, &sound::spell(title)).await?;
    let (title, body) = (fold::tokens(&fold::fold(title)), fold::tokens(&fold::fold(body)));
    store::index(tx.conn(), entry, &title, &body).await
}

/// Gives the entry of one thing a new title; fine when there is none.
pub async fn retitle(tx: &mut Tx, noun: Noun, id: Id, title: &str) -> Result<()> {
    match store::entry(tx.conn(), noun, id).await? {
        Some(old) => put(tx, noun, id, title, &old.body).await,
        None => Ok(()),
    }
}

/// Removes the entry of one thing; fine when there is none.
pub async fn remove(tx: &mut Tx, noun: Noun, id: Id) -> Result<()> {
    if let Some(old) = store::entry(tx.conn(), noun, id).await? {
        unindex(tx, &old).await?;
        store::erase(tx.conn(), old.id).await?;
    }
    Ok(())
}

async fn unindex(tx: &mut Tx, old: &store::Entry) -> Result<()> {
    let (title, body) = (
        fold::tokens(&fold::fold(&old.title)),
        fold::tokens(&fold::fold(&old.body)),
    );
    store::unindex(tx.conn(), old.id, &title, &body).await
}

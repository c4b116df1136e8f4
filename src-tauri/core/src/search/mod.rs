//! Search: an index of overlapping character pairs, so that two-character Chinese words are found.
//!
//! Nouns write to it in the same transaction as themselves.

use serde::Serialize;

use crate::{
    db::{Db, Tx},
    error::Result,
    value::{Id, Noun},
};

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
pub async fn put(_tx: &mut Tx, _noun: Noun, _id: Id, _title: &str, _body: &str) -> Result<()> {
    todo!()
}

/// Removes the entry of one thing.
pub async fn remove(_tx: &mut Tx, _noun: Noun, _id: Id) -> Result<()> {
    todo!()
}

/// Finds every entry that contains all words of `query`, best first. Empty `nouns` means all.
pub async fn search(_db: &Db, _query: &str, _nouns: &[Noun], _limit: u32) -> Result<Vec<Hit>> {
    todo!()
}

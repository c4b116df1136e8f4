//! Secrets: the only door to the operating system's key store.
//!
//! Never in the database, a log, an error, a backup or a test's output.

use serde::Serialize;

use crate::error::Result;

/// Where a secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The operating system's key store.
    KeyStore,
    /// Named environment variables, for scripts and tests.
    Environment,
    /// This session only: there is no key store here.
    Session,
    /// Nowhere: it has to be entered.
    Missing,
}

/// Puts a secret under a name. Answers where it went.
pub async fn put(_name: &str, _secret: &str) -> Result<Place> {
    todo!()
}

/// Takes a secret out; `None` when there is none.
pub async fn get(_name: &str) -> Result<Option<String>> {
    todo!()
}

/// Removes a secret; fine when there is none.
pub async fn remove(_name: &str) -> Result<()> {
    todo!()
}

//! What every test starts with: a workspace of its own in a folder that goes away, and fixed times.

use caoben::{db::Db, value::Time};
use tempfile::TempDir;

/// A new workspace. Keep the folder for as long as the database is used.
pub async fn workspace() -> (TempDir, Db) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let db = caoben::workspace::create(&folder.path().join("草本"), at("2026-11-01 09:00"))
        .await
        .expect("a new workspace");
    (folder, db)
}

/// A local time such as `2026-11-22 10:00`.
pub fn at(text: &str) -> Time {
    text.parse().expect("a time")
}

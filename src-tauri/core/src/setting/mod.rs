//! Setting 设置: small facts about this workspace under a dotted key, as JSON text. Never a secret.

mod store;

use crate::{
    db::{Db, Tx},
    error::Result,
    value::Noun,
};

/// Keys that are this program's own: the salt that keeps buyers unknown, and the name under which shop keys are kept.
const INTERNAL: [&str; 2] = ["buyer_salt", "workspace_id"];

/// Whether a key is no business of a window or a script.
pub fn is_internal(key: &str) -> bool {
    INTERNAL.contains(&key)
}

/// The JSON text under a key; `None` when it was never set.
pub async fn get(db: &Db, key: &str) -> Result<Option<String>> {
    store::get(&mut *db.read().acquire().await?, key).await
}

/// The same inside a write transaction, so that what it decides cannot be overtaken.
pub async fn get_in(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    store::get(tx.conn(), key).await
}

/// Keeps a JSON text under a key.
pub async fn put(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    store::put(tx.conn(), key, value).await?;
    tx.touch(Noun::Workspace);
    Ok(())
}

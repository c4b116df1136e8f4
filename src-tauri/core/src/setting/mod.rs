//! Setting 设置: small facts about this workspace under a dotted key, as JSON text. Never a secret.

mod store;

use crate::{
    db::{Db, Tx},
    error::Result,
    value::Noun,
};

/// The name of this workspace in the key store.
const WORKSPACE: &str = "workspace_id";
/// Keys that are this program's own: what is known of the keys that keep buyers unknown (the key itself, in workspaces of
/// earlier versions), and the names under which keys of shops are kept.
const INTERNAL: [&str; 4] = ["buyer_salt", "buyer_keys", WORKSPACE, "shop_keys_id"];

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

/// Takes a key out so that its value is nowhere in the file either.
pub async fn erase(tx: &mut Tx, key: &str) -> Result<()> {
    store::erase(tx.conn(), key).await?;
    tx.touch(Noun::Workspace);
    Ok(())
}

/// After [`erase`] was committed: takes the value out of the write-ahead log, and out of the copies that were made before
/// upgrades. A copy that cannot be opened is left as it is.
pub async fn scrub(db: &Db, key: &str) -> Result<()> {
    db.fold().await?;
    let backups = db.path("backups");
    let Ok(entries) = std::fs::read_dir(&backups) else {
        return Ok(());
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("caoben-") && name.ends_with(".db") {
            let _ = store::erase_in(&path, key).await;
        }
    }
    Ok(())
}

/// A random name of this workspace, so that what two workspaces keep in the key store does not collide.
pub async fn workspace_id(db: &Db) -> Result<String> {
    if let Some(id) = get(db, WORKSPACE)
        .await?
        .and_then(|json| serde_json::from_str(&json).ok())
    {
        return Ok(id);
    }
    let mut tx = db.begin().await?;
    let id = workspace_id_in(&mut tx).await?;
    tx.commit().await?;
    Ok(id)
}

/// [`workspace_id`] inside a write transaction.
pub async fn workspace_id_in(tx: &mut Tx) -> Result<String> {
    if let Some(id) = get_in(tx, WORKSPACE)
        .await?
        .and_then(|json| serde_json::from_str(&json).ok())
    {
        return Ok(id);
    }
    let id = format!("{:016x}", rand::random::<u64>());
    put(tx, WORKSPACE, &serde_json::to_string(&id)?).await?;
    Ok(id)
}

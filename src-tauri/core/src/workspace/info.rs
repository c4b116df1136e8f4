//! What a workspace holds, and its settings.

use super::{Info, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    setting,
};

pub(super) const LAST_BACKUP: &str = "workspace.last_backup_at";

/// What it holds. Cheap: asked again after every change.
pub async fn info(db: &Db) -> Result<Info> {
    let mut conn = db.read().acquire().await?;
    let counts = store::counts(&mut conn).await?;
    let schema = store::schema(&mut conn).await?.unwrap_or_default();
    drop(conn);
    let folder = db.folder().to_owned();
    let size = |name| std::fs::metadata(folder.join(name)).map_or(0, |known| known.len());
    let database_bytes = size("caoben.db") + size("caoben.db-wal");
    Ok(Info {
        name: folder
            .file_name()
            .unwrap_or(folder.as_os_str())
            .to_string_lossy()
            .into_owned(),
        folder,
        products: counts.products,
        photos: counts.photos,
        posts: counts.posts,
        orders: counts.orders,
        database_bytes: i64::try_from(database_bytes).unwrap_or(i64::MAX),
        photo_bytes: counts.photo_bytes,
        schema,
        last_backup_at: setting::get(db, LAST_BACKUP)
            .await?
            .and_then(|json| serde_json::from_str(&json).ok()),
        only_read: db.only_read(),
    })
}

/// A setting of this workspace as JSON text.
///
/// # Errors
/// `Forbidden` for what only the program itself may know.
pub async fn setting(db: &Db, key: &str) -> Result<Option<String>> {
    open_to_all(key)?;
    setting::get(db, key).await
}

/// Keeps a setting.
///
/// # Errors
/// `Invalid` when the value is not JSON; `Forbidden` for what only the program itself may change.
pub async fn set_setting(db: &Db, key: &str, value: &str) -> Result<()> {
    open_to_all(key)?;
    if serde_json::from_str::<serde_json::Value>(value).is_err() {
        return Err(Error::invalid(
            "value",
            format!("设置「{key}」的值不是 JSON，没有保存。"),
        ));
    }
    let mut tx = db.begin().await?;
    setting::put(&mut tx, key, value).await?;
    tx.commit().await
}

fn open_to_all(key: &str) -> Result<()> {
    if setting::is_internal(key) {
        let message = format!("「{key}」是程序自己用的，不能读取或修改，什么都没有改动。");
        return Err(Error::new(Code::Forbidden, message));
    }
    Ok(())
}

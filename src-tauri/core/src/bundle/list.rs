//! What was written so far.

use std::path::{Component, Path};

use super::{BundleRecord, store};
use crate::{db::Db, error::Result, value::Id};

/// Bundles written so far, newest first; paths inside the workspace are given in full. A path that cannot have been written here is
/// left empty: nothing is shown or opened by it.
pub async fn list(db: &Db, post: Option<Id>) -> Result<Vec<BundleRecord>> {
    let mut records = store::list(db.read(), post).await?;
    for record in &mut records {
        record.path = match is_ours(&record.path) {
            true => db.path(&record.path).to_string_lossy().into_owned(),
            false => String::new(),
        };
    }
    Ok(records)
}

/// Inside the workspace without a detour, or a place on a disk of this computer: a network name would be sent the person's own
/// password when it is looked at.
fn is_ours(path: &str) -> bool {
    let network = path.starts_with("\\\\") || path.starts_with("//");
    let plain = |path: &Path| {
        path.components()
            .all(|part| !matches!(part, Component::ParentDir | Component::CurDir))
    };
    !path.is_empty() && !network && plain(Path::new(path))
}

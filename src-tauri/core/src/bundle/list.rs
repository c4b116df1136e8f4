//! What was written so far.

use super::{BundleRecord, store};
use crate::{db::Db, error::Result, value::Id};

/// Bundles written so far, newest first; paths inside the workspace are given in full.
pub async fn list(db: &Db, post: Option<Id>) -> Result<Vec<BundleRecord>> {
    let mut records = store::list(db.read(), post).await?;
    for record in &mut records {
        record.path = db.path(&record.path).to_string_lossy().into_owned();
    }
    Ok(records)
}

//! What there is: one photo, those that match, and the totals.

use super::{Photo, PhotoCounts, PhotoFilter, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::Id,
};

/// One photo.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn get(db: &Db, id: Id) -> Result<Photo> {
    store::by_ids(db.read(), &[id])
        .await?
        .pop()
        .ok_or_else(|| Error::not_found("照片", id))
}

/// Photos that match, newest picture first.
pub async fn list(db: &Db, filter: &PhotoFilter) -> Result<Vec<Photo>> {
    store::list(db.read(), filter).await
}

/// Totals for the header line.
pub async fn counts(db: &Db) -> Result<PhotoCounts> {
    store::totals(db.read()).await
}

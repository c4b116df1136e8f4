//! What there is: one photo, those that match, and the totals.

use super::{Photo, PhotoCounts, PhotoFilter, store, wall_store};
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

/// Photos by id, in the order of the ids; those that are not there are left out.
pub async fn some(db: &Db, ids: &[Id]) -> Result<Vec<Photo>> {
    store::by_ids(db.read(), ids).await
}

/// Photos that match, newest picture first.
pub async fn list(db: &Db, filter: &PhotoFilter) -> Result<Vec<Photo>> {
    wall_store::list(db.read(), filter).await
}

/// Totals for the header line.
pub async fn counts(db: &Db) -> Result<PhotoCounts> {
    store::totals(db.read()).await
}

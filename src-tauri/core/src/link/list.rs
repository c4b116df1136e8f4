//! The links there are.

use super::{Link, LinkFilter, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::Id,
};

/// One link.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn get(db: &Db, id: Id) -> Result<Link> {
    store::get(db.read(), id)
        .await?
        .ok_or_else(|| Error::not_found("链接", id))
}

/// Links that match, newest first.
pub async fn list(db: &Db, filter: &LinkFilter) -> Result<Vec<Link>> {
    store::list(db.read(), filter).await
}

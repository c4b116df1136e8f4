//! What went out.

use super::{Publication, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::Id,
};

/// Publications, newest first, of one post or all.
pub async fn list(db: &Db, post: Option<Id>) -> Result<Vec<Publication>> {
    store::list(db.read(), None, post, false).await
}

pub(super) async fn one(db: &Db, id: Id) -> Result<Publication> {
    store::list(db.read(), Some(id), None, false)
        .await?
        .pop()
        .ok_or_else(|| Error::not_found("发布记录", id))
}

/// A record, also one that was taken away.
pub(super) async fn any(db: &Db, id: Id) -> Result<Publication> {
    store::list(db.read(), Some(id), None, true)
        .await?
        .pop()
        .ok_or_else(|| Error::not_found("发布记录", id))
}

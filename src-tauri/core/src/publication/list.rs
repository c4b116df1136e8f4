//! What went out.

use super::{Publication, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::Id,
};

/// Publications, newest first, of one post or all.
pub async fn list(db: &Db, post: Option<Id>) -> Result<Vec<Publication>> {
    store::list(db.read(), None, post).await
}

pub(super) async fn one(db: &Db, id: Id) -> Result<Publication> {
    store::list(db.read(), Some(id), None)
        .await?
        .pop()
        .ok_or_else(|| Error::not_found("发布记录", id))
}

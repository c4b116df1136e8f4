//! Publication 发布: the fact that a post went out on a channel. It starts the attribution clock.

use serde::{Deserialize, Serialize};

use crate::{
    db::Db,
    error::Result,
    value::{Id, Time},
};

/// A post that went out.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Publication {
    pub id: Id,
    pub post: Id,
    pub post_title: String,
    pub cover: Option<Id>,
    pub channel: Id,
    pub channel_name: String,
    pub platform: String,
    pub at: Time,
    pub url: String,
    /// The platform's id of the note, read from the url where possible.
    pub note_id: String,
}

/// A publication to record.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewPublication {
    pub post: Id,
    pub channel: Id,
    /// `None`: now.
    pub at: Option<Time>,
    pub url: String,
    pub note_id: String,
}

/// Changes to a publication.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct PublicationPatch {
    pub at: Option<Time>,
    pub url: Option<String>,
    pub note_id: Option<String>,
}

/// Records that a post went out. Recorded twice for the same channel and url, it is the same publication.
pub async fn add(_db: &Db, _input: NewPublication, _now: Time) -> Result<Publication> {
    todo!()
}
/// Completes or corrects a record, such as pasting back the note's link.
pub async fn edit(_db: &Db, _id: Id, _patch: PublicationPatch) -> Result<Publication> {
    todo!()
}
/// Publications, newest first, of one post or all.
pub async fn list(_db: &Db, _post: Option<Id>) -> Result<Vec<Publication>> {
    todo!()
}

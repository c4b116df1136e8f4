//! Publication 发布: the fact that a post went out on a channel. It starts the attribution clock.

mod add;
mod edit;
mod list;
mod note;
mod remove;
mod store;

pub use add::add;
pub use edit::edit;
pub use list::list;
pub use remove::{remove, restore};

use serde::{Deserialize, Serialize};

use crate::value::{Id, Time};

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
    /// What went out has an address of its own that can be pasted back: a chat message or a counter card has none.
    pub receipt: bool,
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

//! Bundle 发布包: all a person needs to publish one post on one channel by hand. Same input, same bytes.

mod article;
mod checklist;
mod contents;
mod desk;
mod export;
mod list;
mod older;
mod pictures;
mod store;
mod write;

pub(crate) use desk::mend;
pub use export::export;
pub use list::list;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    check::Finding,
    value::{Id, Time},
};

/// What to export.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct BundleExport {
    pub post: Id,
    pub channels: Vec<Id>,
    /// Folder to write into; `None`: the workspace's `bundles/`.
    pub out: Option<PathBuf>,
    pub zip: bool,
    /// Why a block is overridden; kept.
    pub override_reason: Option<String>,
}

/// A file of a bundle.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct BundleFile {
    /// Inside the bundle.
    pub path: String,
    /// Lower-case hex.
    pub sha256: String,
    pub bytes: i64,
}

/// A written bundle.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Bundle {
    /// `None`: written from a workspace that can only be read, which keeps no note of it.
    pub id: Option<Id>,
    pub post: Id,
    pub channel: Id,
    /// Folder or zip file.
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub dir: PathBuf,
    pub files: Vec<BundleFile>,
    pub findings: Vec<Finding>,
    pub created_at: Time,
}

/// A channel whose bundle was not written.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Blocked {
    pub channel: Id,
    pub findings: Vec<Finding>,
}

/// What an export did.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Exported {
    pub bundles: Vec<Bundle>,
    pub blocked: Vec<Blocked>,
}

/// A bundle written earlier.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct BundleRecord {
    pub id: Id,
    pub post: Id,
    pub channel: Id,
    pub path: String,
    pub override_reason: String,
    pub created_at: Time,
}

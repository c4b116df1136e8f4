//! Workspace 工作区: one folder with everything. A copy of the folder is a complete copy.

mod backup;
mod check;
mod foreign;
mod info;
mod open;
mod restore;
mod store;
mod unpack;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{error::Code, value::Time};

pub use backup::backup;
pub use check::check;
pub use info::{info, set_setting, setting};
pub use open::{create, default_folder, open, open_or_read};
pub use restore::restore;

/// What a workspace holds.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Info {
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub folder: PathBuf,
    pub name: String,
    pub products: i64,
    pub photos: i64,
    pub posts: i64,
    pub orders: i64,
    /// Bytes of the database.
    pub database_bytes: i64,
    /// Bytes of all originals.
    pub photo_bytes: i64,
    /// The newest migration that ran.
    pub schema: i64,
    pub last_backup_at: Option<Time>,
    /// Why it can only be read: `busy` beside another process, `read_only` where nothing can be written; `None` when it can be written.
    pub only_read: Option<Code>,
}

/// A backup that was written.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct BackedUp {
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub file: PathBuf,
    /// How many files are in it, the database among them.
    pub files: i64,
    /// Originals that are missing, or are in it other than they were when they came.
    pub problems: Vec<Problem>,
}

/// A backup that was restored.
#[derive(Debug, Clone, Default, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Restored {
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub folder: PathBuf,
    /// What is missing or not as it was.
    pub problems: Vec<Problem>,
    /// What is other than in the backup on purpose, in sentences.
    pub changed: Vec<String>,
}

/// What a check found.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Checkup {
    pub ok: bool,
    /// Thumbnails that were gone or broken and were made again.
    pub mended: i64,
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Problem {
    pub what: String,
    #[serde(rename = "where")]
    pub place: String,
}

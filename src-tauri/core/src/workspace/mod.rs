//! Workspace 工作区: one folder with everything. A copy of the folder is a complete copy.

mod backup;
mod check;
mod info;
mod open;
mod restore;
mod store;

use std::path::PathBuf;

use serde::Serialize;

use crate::value::Time;

pub use backup::backup;
pub use check::check;
pub use info::{info, set_setting, setting};
pub use open::{create, default_folder, open};
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
}

/// What a check found.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Checkup {
    pub ok: bool,
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Problem {
    pub what: String,
    #[serde(rename = "where")]
    pub place: String,
}

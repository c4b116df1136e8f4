//! Workspace 工作区: one folder with everything. A copy of the folder is a complete copy.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{
    db::Db,
    error::Result,
    job::Job,
    value::Time,
};

/// What a workspace holds.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Info {
    pub folder: PathBuf,
    pub name: String,
    pub products: i64,
    pub photos: i64,
    pub posts: i64,
    pub orders: i64,
    /// Bytes of the database.
    pub database_bytes: i64,
    /// Bytes under photos/.
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

/// The desktop app's own workspace: the platform's data folder, `Caoben`.
pub fn default_folder() -> PathBuf {
    todo!()
}
/// Makes a workspace in an empty or new folder.
pub async fn create(_folder: &Path, _now: Time) -> Result<Db> {
    todo!()
}
/// Opens a workspace; `Busy` when another process has it open. Backs the database up before a migration runs.
pub async fn open(_folder: &Path, _now: Time) -> Result<Db> {
    todo!()
}
/// What it holds.
pub async fn info(_db: &Db) -> Result<Info> {
    todo!()
}
/// Checks database integrity, foreign keys, and every photo file against its hash.
pub async fn check(_db: &Db, _job: &Job) -> Result<Checkup> {
    todo!()
}
/// Writes database and files into one zip file.
pub async fn backup(_db: &Db, _file: &Path, _job: &Job, _now: Time) -> Result<()> {
    todo!()
}
/// Unpacks a backup into a new folder.
pub async fn restore(_file: &Path, _folder: &Path, _job: &Job, _now: Time) -> Result<()> {
    todo!()
}
/// A setting of this workspace as JSON text.
pub async fn setting(_db: &Db, _key: &str) -> Result<Option<String>> {
    todo!()
}
/// Keeps a setting.
pub async fn set_setting(_db: &Db, _key: &str, _value: &str) -> Result<()> {
    todo!()
}

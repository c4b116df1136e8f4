//! The workspace itself, its settings, and cancelling a job.

use std::path::PathBuf;

use caoben::{sample, value::Time, workspace};
use tauri::{AppHandle, State};

use crate::{
    error::Answer,
    session::{Session, first_workspace},
};

/// Opens (or makes) the workspace in `folder`; without one, the workspace of the last time.
#[tauri::command]
#[specta::specta]
pub async fn open_workspace(
    app: AppHandle,
    session: State<'_, Session>,
    folder: Option<PathBuf>,
) -> Answer<workspace::Info> {
    if folder.is_none()
        && let Some(db) = session.current().await
    {
        return Ok(workspace::info(&db).await?);
    }
    let folder = folder.unwrap_or_else(|| first_workspace(&app));
    let db = session.open(&app, &folder).await?;
    Ok(workspace::info(&db).await?)
}

/// What the open workspace holds.
#[tauri::command]
#[specta::specta]
pub async fn get_workspace(session: State<'_, Session>) -> Answer<workspace::Info> {
    let db = session.db().await?;
    Ok(workspace::info(&db).await?)
}

/// Checks database and files.
#[tauri::command]
#[specta::specta]
pub async fn check_workspace(
    app: AppHandle,
    session: State<'_, Session>,
    job: u32,
) -> Answer<workspace::Checkup> {
    let db = session.db().await?;
    let answer = workspace::check(&db, &session.job(&app, job)).await;
    session.done(job);
    Ok(answer?)
}

/// Writes a backup.
#[tauri::command]
#[specta::specta]
pub async fn backup_workspace(
    app: AppHandle,
    session: State<'_, Session>,
    file: PathBuf,
    job: u32,
) -> Answer<workspace::BackedUp> {
    let db = session.db().await?;
    let answer = workspace::backup(&db, &file, &session.job(&app, job), Time::now()).await;
    session.done(job);
    Ok(answer?)
}

/// Unpacks a backup into a new folder. It is not opened: what is being typed must be saved first.
#[tauri::command]
#[specta::specta]
pub async fn restore_workspace(
    app: AppHandle,
    session: State<'_, Session>,
    file: PathBuf,
    folder: PathBuf,
    job: u32,
) -> Answer<workspace::Restored> {
    let answer = workspace::restore(&file, &folder, &session.job(&app, job), Time::now()).await;
    session.done(job);
    Ok(answer?)
}

/// Makes the sample workspace in a new folder. It is not opened: what is being typed must be saved first.
#[tauri::command]
#[specta::specta]
pub async fn create_sample(
    app: AppHandle,
    session: State<'_, Session>,
    folder: PathBuf,
    job: u32,
) -> Answer<()> {
    let answer = sample::create(&folder, &session.job(&app, job), Time::now()).await;
    session.done(job);
    Ok(answer?)
}

/// A setting as JSON text.
#[tauri::command]
#[specta::specta]
pub async fn get_setting(session: State<'_, Session>, key: String) -> Answer<Option<String>> {
    let db = session.db().await?;
    Ok(workspace::setting(&db, &key).await?)
}

/// Keeps a setting.
#[tauri::command]
#[specta::specta]
pub async fn set_setting(session: State<'_, Session>, key: String, value: String) -> Answer<()> {
    let db = session.db().await?;
    Ok(workspace::set_setting(&db, &key, &value).await?)
}

/// Asks a job to stop.
#[tauri::command]
#[specta::specta]
pub fn cancel_job(session: State<'_, Session>, job: u32) {
    session.cancel(job);
}

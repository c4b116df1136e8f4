//! Bundles, for the window.

use caoben::{
    bundle,
    value::{Id, Time},
};
use tauri::{AppHandle, State};

use crate::{error::Answer, session::Session};

/// Exports a post for channels.
#[tauri::command]
#[specta::specta]
pub async fn export_bundle(
    app: AppHandle,
    session: State<'_, Session>,
    input: bundle::BundleExport,
    job: u32,
) -> Answer<bundle::Exported> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = bundle::export(&db, &input, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

/// Bundles written so far.
#[tauri::command]
#[specta::specta]
pub async fn list_bundles(
    session: State<'_, Session>,
    post: Option<Id>,
) -> Answer<Vec<bundle::BundleRecord>> {
    let db = session.db().await?;
    Ok(bundle::list(&db, post).await?)
}

/// The texts of a bundle as they are packed, and what to do with them by hand.
#[tauri::command]
#[specta::specta]
pub async fn get_handoff(session: State<'_, Session>, post: Id, channel: Id) -> Answer<bundle::HandOff> {
    let db = session.db().await?;
    Ok(bundle::handoff(&db, post, channel).await?)
}

//! Trials, for the window.

use std::path::PathBuf;

use caoben::{
    trial,
    value::{Date, Id, Time},
};
use tauri::{AppHandle, State};

use crate::{error::Answer, session::Session};

/// Starts a trial.
#[tauri::command]
#[specta::specta]
pub async fn start_trial(session: State<'_, Session>, input: trial::NewTrial) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::start(&db, input, Time::now()).await?)
}

/// Notes a day.
#[tauri::command]
#[specta::specta]
pub async fn log_trial(session: State<'_, Session>, trial: Id, day: trial::NewDay) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::log(&db, trial, day, Time::now()).await?)
}

/// Moves a photo between days, within one, or to and from the trial's photos without a day (`null`).
#[tauri::command]
#[specta::specta]
pub async fn move_trial_photo(
    session: State<'_, Session>,
    trial: Id,
    photo: Id,
    from: Option<Date>,
    to: Option<Date>,
    at: Option<u32>,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::move_photo(&db, trial, photo, from, to, at, Time::now()).await?)
}

/// What a day said before its changes.
#[tauri::command]
#[specta::specta]
pub async fn list_trial_edits(session: State<'_, Session>, trial: Id, on: Date) -> Answer<Vec<trial::Edit>> {
    let db = session.db().await?;
    Ok(trial::history(&db, trial, on).await?)
}

/// What the verdict of a trial was before, oldest first.
#[tauri::command]
#[specta::specta]
pub async fn list_verdict_edits(session: State<'_, Session>, trial: Id) -> Answer<Vec<trial::VerdictEdit>> {
    let db = session.db().await?;
    Ok(trial::verdict_history(&db, trial).await?)
}

/// Changes what was noted of a trial as a whole.
#[tauri::command]
#[specta::specta]
pub async fn edit_trial(
    session: State<'_, Session>,
    id: Id,
    patch: trial::TrialPatch,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::edit(&db, id, patch, Time::now()).await?)
}

/// Remembers that photos are not of a trial, or that they may be asked about again.
#[tauri::command]
#[specta::specta]
pub async fn refuse_trial_photos(
    session: State<'_, Session>,
    trial: Id,
    photos: Vec<Id>,
    refused: bool,
) -> Answer<()> {
    let db = session.db().await?;
    Ok(trial::refuse_photos(&db, trial, &photos, refused, Time::now()).await?)
}

/// Removes a trial nothing rests on; answers what brings it back.
#[tauri::command]
#[specta::specta]
pub async fn remove_trial(session: State<'_, Session>, id: Id) -> Answer<trial::RemovedTrial> {
    let db = session.db().await?;
    Ok(trial::remove(&db, id, Time::now()).await?)
}

/// Brings a removed trial back.
#[tauri::command]
#[specta::specta]
pub async fn restore_trial(session: State<'_, Session>, gone: trial::RemovedTrial) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::restore(&db, gone, Time::now()).await?)
}

/// Opens a finished trial again.
#[tauri::command]
#[specta::specta]
pub async fn reopen_trial(session: State<'_, Session>, id: Id) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::reopen(&db, id, Time::now()).await?)
}

/// Scales to offer for a product.
#[tauri::command]
#[specta::specta]
pub async fn list_scales(session: State<'_, Session>, product: Id) -> Answer<Vec<String>> {
    let db = session.db().await?;
    Ok(trial::scales(&db, product).await?)
}

/// Gives a scale of a trial another name.
#[tauri::command]
#[specta::specta]
pub async fn rename_scale(
    session: State<'_, Session>,
    trial: Id,
    from: String,
    to: String,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::rename_scale(&db, trial, &from, &to, Time::now()).await?)
}

/// Admits a shortcoming.
#[tauri::command]
#[specta::specta]
pub async fn add_shortcoming(
    session: State<'_, Session>,
    trial: Id,
    input: trial::NewFlaw,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::add_shortcoming(&db, trial, input, Time::now()).await?)
}

/// Changes a shortcoming.
#[tauri::command]
#[specta::specta]
pub async fn edit_shortcoming(
    session: State<'_, Session>,
    trial: Id,
    id: Id,
    patch: trial::FlawPatch,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::edit_shortcoming(&db, trial, id, patch, Time::now()).await?)
}

/// Takes a shortcoming back.
#[tauri::command]
#[specta::specta]
pub async fn remove_shortcoming(
    session: State<'_, Session>,
    trial: Id,
    text: String,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::remove_shortcoming(&db, trial, &text, Time::now()).await?)
}

/// Says what came out.
#[tauri::command]
#[specta::specta]
pub async fn finish_trial(
    session: State<'_, Session>,
    trial: Id,
    verdict: trial::Verdict,
    text: String,
    on: Option<Date>,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::finish(&db, trial, verdict, text.as_str(), on, Time::now()).await?)
}

/// Writes a trial's evidence as a PDF or a folder.
#[tauri::command]
#[specta::specta]
pub async fn export_trial(
    app: AppHandle,
    session: State<'_, Session>,
    id: Id,
    out: PathBuf,
    format: trial::EvidenceFormat,
    job: u32,
) -> Answer<trial::Evidence> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = trial::evidence(&db, id, &out, format, &job).await;
    session.done(number);
    Ok(answer?)
}

/// One trial.
#[tauri::command]
#[specta::specta]
pub async fn get_trial(session: State<'_, Session>, id: Id) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::get(&db, id).await?)
}

/// Trials of a product or all.
#[tauri::command]
#[specta::specta]
pub async fn list_trials(session: State<'_, Session>, product: Option<Id>) -> Answer<Vec<trial::Trial>> {
    let db = session.db().await?;
    Ok(trial::list(&db, product).await?)
}

/// Days of trials that photos were taken on; without ids all photos are looked at.
#[tauri::command]
#[specta::specta]
pub async fn suggest_days(
    session: State<'_, Session>,
    photos: Option<Vec<Id>>,
) -> Answer<Vec<trial::DaySuggestion>> {
    let db = session.db().await?;
    Ok(trial::suggest_days(&db, photos.as_deref(), Time::now()).await?)
}

/// Puts photos with the days the creator agreed to.
#[tauri::command]
#[specta::specta]
pub async fn accept_days(
    session: State<'_, Session>,
    days: Vec<trial::AcceptedDay>,
) -> Answer<Vec<trial::Trial>> {
    let db = session.db().await?;
    Ok(trial::accept_days(&db, days, Time::now()).await?)
}

//! Trials, for the window.

use caoben::{
    trial,
    value::{Date, Id, Time},
};
use tauri::State;

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

/// Takes a photo off a day.
#[tauri::command]
#[specta::specta]
pub async fn remove_trial_photo(
    session: State<'_, Session>,
    trial: Id,
    on: Date,
    photo: Id,
) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::remove_photo(&db, trial, on, photo, Time::now()).await?)
}

/// Admits a shortcoming.
#[tauri::command]
#[specta::specta]
pub async fn add_shortcoming(session: State<'_, Session>, trial: Id, text: String) -> Answer<trial::Trial> {
    let db = session.db().await?;
    Ok(trial::add_shortcoming(&db, trial, &text, Time::now()).await?)
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
    Ok(trial::finish(&db, trial, verdict, &text, on, Time::now()).await?)
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

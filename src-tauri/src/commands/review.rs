//! Reviews, for the window.

use std::path::PathBuf;

use caoben::{
    product, review,
    value::{Id, Time},
};
use tauri::{AppHandle, State};

use crate::{error::Answer, session::Session};

/// Keeps a review.
#[tauri::command]
#[specta::specta]
pub async fn add_review(session: State<'_, Session>, input: review::NewReview) -> Answer<review::Review> {
    let db = session.db().await?;
    Ok(review::add(&db, input, Time::now()).await?)
}

/// Reviews of a product or all.
#[tauri::command]
#[specta::specta]
pub async fn list_reviews(session: State<'_, Session>, product: Option<Id>) -> Answer<Vec<review::Review>> {
    let db = session.db().await?;
    Ok(review::list(&db, product).await?)
}

/// Changes what was noted about a review.
#[tauri::command]
#[specta::specta]
pub async fn edit_review(
    session: State<'_, Session>,
    id: Id,
    patch: review::ReviewPatch,
) -> Answer<review::Review> {
    let db = session.db().await?;
    Ok(review::edit(&db, id, patch).await?)
}

/// Takes in reviews from a table file.
#[tauri::command]
#[specta::specta]
pub async fn import_reviews(
    app: AppHandle,
    session: State<'_, Session>,
    file: PathBuf,
    product: Id,
    job: u32,
) -> Answer<product::ImportedRows> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = review::import(&db, &file, product, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

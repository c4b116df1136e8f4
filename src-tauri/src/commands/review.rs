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

/// Reviews that were taken away, of a product or all.
#[tauri::command]
#[specta::specta]
pub async fn list_trashed_reviews(
    session: State<'_, Session>,
    product: Option<Id>,
) -> Answer<Vec<review::Review>> {
    let db = session.db().await?;
    Ok(review::trashed(&db, product).await?)
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
    Ok(review::edit(&db, id, patch, Time::now()).await?)
}

/// Says what an import would do.
#[tauri::command]
#[specta::specta]
pub async fn preview_reviews(
    session: State<'_, Session>,
    file: PathBuf,
    product: Id,
    takes: Option<Vec<Option<review::ReviewField>>>,
) -> Answer<review::ReviewPreview> {
    let db = session.db().await?;
    Ok(review::preview(&db, &file, product, takes, Time::now()).await?)
}

/// Takes in reviews from a table file.
#[tauri::command]
#[specta::specta]
pub async fn import_reviews(
    app: AppHandle,
    session: State<'_, Session>,
    file: PathBuf,
    product: Id,
    takes: Option<Vec<Option<review::ReviewField>>>,
    job: u32,
) -> Answer<product::ImportedRows> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = review::import(&db, &file, product, takes, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

/// Says how a copied text would be cut into reviews.
#[tauri::command]
#[specta::specta]
pub async fn split_reviews(
    session: State<'_, Session>,
    input: review::NewPaste,
) -> Answer<review::ReviewPreview> {
    let db = session.db().await?;
    Ok(review::split(&db, &input, Time::now()).await?)
}

/// Takes in reviews from a copied text.
#[tauri::command]
#[specta::specta]
pub async fn paste_reviews(
    app: AppHandle,
    session: State<'_, Session>,
    input: review::NewPaste,
    job: u32,
) -> Answer<product::ImportedRows> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = review::paste(&db, &input, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

/// Says of a label whether it is so, for many reviews at once.
#[tauri::command]
#[specta::specta]
pub async fn decide_reviews(
    session: State<'_, Session>,
    ids: Vec<Id>,
    kind: review::ReasonKind,
    label: String,
    verdict: review::ReasonVerdict,
) -> Answer<Vec<Id>> {
    let db = session.db().await?;
    Ok(review::decide(&db, &ids, kind, &label, verdict).await?)
}

/// Notes that a buyer agreed to be quoted, or no longer does.
#[tauri::command]
#[specta::specta]
pub async fn consent_review(
    session: State<'_, Session>,
    id: Id,
    word: review::NewConsent,
) -> Answer<review::Review> {
    let db = session.db().await?;
    Ok(review::consent(&db, id, word, Time::now()).await?)
}

/// What became of a review.
#[tauri::command]
#[specta::specta]
pub async fn get_review_history(session: State<'_, Session>, id: Id) -> Answer<review::ReviewHistory> {
    let db = session.db().await?;
    Ok(review::history(&db, id).await?)
}

/// Takes reviews away.
#[tauri::command]
#[specta::specta]
pub async fn remove_reviews(session: State<'_, Session>, ids: Vec<Id>) -> Answer<()> {
    let db = session.db().await?;
    review::remove(&db, &ids, Time::now()).await?;
    Ok(())
}

/// Brings back reviews that were taken away.
#[tauri::command]
#[specta::specta]
pub async fn restore_reviews(session: State<'_, Session>, ids: Vec<Id>) -> Answer<()> {
    let db = session.db().await?;
    review::restore(&db, &ids).await?;
    Ok(())
}

/// Deletes reviews that were taken away for good: these, or all.
#[tauri::command]
#[specta::specta]
pub async fn empty_review_trash(session: State<'_, Session>, ids: Option<Vec<Id>>) -> Answer<()> {
    let db = session.db().await?;
    review::empty_trash(&db, ids.as_deref()).await?;
    Ok(())
}

/// Reviews in figures.
#[tauri::command]
#[specta::specta]
pub async fn get_review_summary(
    session: State<'_, Session>,
    product: Option<Id>,
) -> Answer<review::ReviewSummary> {
    let db = session.db().await?;
    Ok(review::summary(&db, product).await?)
}

/// The rules in force.
#[tauri::command]
#[specta::specta]
pub async fn list_review_rules(session: State<'_, Session>) -> Answer<Vec<review::ReviewRule>> {
    let db = session.db().await?;
    Ok(review::rules(&db).await?)
}

/// Adds or changes a rule.
#[tauri::command]
#[specta::specta]
pub async fn set_review_rule(
    session: State<'_, Session>,
    kind: review::ReasonKind,
    label: String,
    words: Vec<String>,
    enabled: bool,
) -> Answer<Vec<review::ReviewRule>> {
    let db = session.db().await?;
    Ok(review::set_rule(&db, kind, &label, &words, enabled, Time::now()).await?)
}

/// Takes the creator's own rule back.
#[tauri::command]
#[specta::specta]
pub async fn reset_review_rule(
    session: State<'_, Session>,
    kind: review::ReasonKind,
    label: String,
) -> Answer<Vec<review::ReviewRule>> {
    let db = session.db().await?;
    Ok(review::reset_rule(&db, kind, &label).await?)
}

/// What words would find in the reviews that are there.
#[tauri::command]
#[specta::specta]
pub async fn try_review_rule(
    session: State<'_, Session>,
    product: Option<Id>,
    kind: review::ReasonKind,
    words: Vec<String>,
) -> Answer<review::Tried> {
    let db = session.db().await?;
    Ok(review::try_rule(&db, product, kind, &words).await?)
}

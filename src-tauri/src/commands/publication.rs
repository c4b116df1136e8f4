//! Publications, for the window.

use caoben::{
    publication,
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Records that a post went out.
#[tauri::command]
#[specta::specta]
pub async fn add_publication(
    session: State<'_, Session>,
    input: publication::NewPublication,
) -> Answer<publication::Publication> {
    let db = session.db().await?;
    Ok(publication::add(&db, input, Time::now()).await?)
}

/// Completes or corrects a record.
#[tauri::command]
#[specta::specta]
pub async fn edit_publication(
    session: State<'_, Session>,
    id: Id,
    patch: publication::PublicationPatch,
) -> Answer<publication::Publication> {
    let db = session.db().await?;
    Ok(publication::edit(&db, id, patch).await?)
}

/// Publications of one post or all.
#[tauri::command]
#[specta::specta]
pub async fn list_publications(
    session: State<'_, Session>,
    post: Option<Id>,
) -> Answer<Vec<publication::Publication>> {
    let db = session.db().await?;
    Ok(publication::list(&db, post).await?)
}

/// Takes away a record that was wrong.
#[tauri::command]
#[specta::specta]
pub async fn remove_publication(session: State<'_, Session>, id: Id) -> Answer<()> {
    let db = session.db().await?;
    Ok(publication::remove(&db, id, Time::now()).await?)
}

/// Puts a removed record back.
#[tauri::command]
#[specta::specta]
pub async fn restore_publication(session: State<'_, Session>, id: Id) -> Answer<publication::Publication> {
    let db = session.db().await?;
    Ok(publication::restore(&db, id).await?)
}

//! Search, for the window.

use caoben::{search, value::Noun};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Finds products, trials, reviews, posts and photos.
#[tauri::command]
#[specta::specta]
pub async fn search(
    session: State<'_, Session>,
    query: String,
    nouns: Vec<Noun>,
    limit: u32,
) -> Answer<Vec<search::Hit>> {
    let db = session.db().await?;
    Ok(search::search(&db, &query, &nouns, limit).await?)
}

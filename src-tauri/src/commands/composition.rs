//! Compositions, for the window.

use std::path::PathBuf;

use caoben::{
    composition::{self, Composition, CompositionTemplate, Preview, Saved, Spec},
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Every template.
#[tauri::command]
#[specta::specta]
pub async fn list_composition_templates() -> Answer<Vec<CompositionTemplate>> {
    Ok(composition::templates())
}

/// One page as it will be, `width` pixels across.
#[tauri::command]
#[specta::specta]
pub async fn preview_composition(
    session: State<'_, Session>,
    spec: Spec,
    page: u32,
    width: u32,
) -> Answer<Preview> {
    let db = session.db().await?;
    Ok(composition::preview(&db, &spec, page, width).await?)
}

/// Keeps a composition and puts its pages into the library.
#[tauri::command]
#[specta::specta]
pub async fn save_composition(session: State<'_, Session>, id: Option<Id>, spec: Spec) -> Answer<Saved> {
    let db = session.db().await?;
    Ok(composition::save(&db, id, &spec, Time::now()).await?)
}

/// One composition.
#[tauri::command]
#[specta::specta]
pub async fn get_composition(session: State<'_, Session>, id: Id) -> Answer<Composition> {
    let db = session.db().await?;
    Ok(composition::get(&db, id).await?)
}

/// All of them.
#[tauri::command]
#[specta::specta]
pub async fn list_compositions(session: State<'_, Session>) -> Answer<Vec<Composition>> {
    let db = session.db().await?;
    Ok(composition::list(&db).await?)
}

/// The composition that a photo was made by.
#[tauri::command]
#[specta::specta]
pub async fn get_composition_of_photo(session: State<'_, Session>, photo: Id) -> Answer<Option<Composition>> {
    let db = session.db().await?;
    Ok(composition::of_photo(&db, photo).await?)
}

/// Forgets a composition; the photos it became stay.
#[tauri::command]
#[specta::specta]
pub async fn remove_composition(session: State<'_, Session>, id: Id) -> Answer<()> {
    let db = session.db().await?;
    Ok(composition::remove(&db, id).await?)
}

/// Writes the pages as files.
#[tauri::command]
#[specta::specta]
pub async fn export_composition(
    session: State<'_, Session>,
    spec: Spec,
    out: PathBuf,
) -> Answer<Vec<PathBuf>> {
    let db = session.db().await?;
    Ok(composition::export(&db, &spec, &out).await?.files)
}

//! Links, for the window.

use std::path::PathBuf;

use caoben::{
    link,
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Makes a tagged link.
#[tauri::command]
#[specta::specta]
pub async fn create_link(session: State<'_, Session>, input: link::NewLink) -> Answer<link::MadeLink> {
    let db = session.db().await?;
    Ok(link::make(&db, input, Time::now()).await?)
}

/// Links that match.
#[tauri::command]
#[specta::specta]
pub async fn list_links(session: State<'_, Session>, filter: link::LinkFilter) -> Answer<Vec<link::Link>> {
    let db = session.db().await?;
    Ok(link::list(&db, &filter).await?)
}

/// A link's QR code as SVG.
#[tauri::command]
#[specta::specta]
pub async fn get_link_qr(session: State<'_, Session>, id: Id) -> Answer<String> {
    let db = session.db().await?;
    Ok(link::qr_svg(&db, id).await?)
}

/// Writes a link's QR code into a file, as PNG or SVG by its ending.
#[tauri::command]
#[specta::specta]
pub async fn save_link_qr(session: State<'_, Session>, id: Id, file: PathBuf) -> Answer<()> {
    let db = session.db().await?;
    Ok(link::save_qr(&db, id, &file).await?)
}

/// Takes a link off the lists; its code stays its own.
#[tauri::command]
#[specta::specta]
pub async fn remove_link(session: State<'_, Session>, id: Id) -> Answer<()> {
    let db = session.db().await?;
    Ok(link::remove(&db, id, Time::now()).await?)
}

/// Puts a removed link back.
#[tauri::command]
#[specta::specta]
pub async fn restore_link(session: State<'_, Session>, id: Id) -> Answer<link::Link> {
    let db = session.db().await?;
    Ok(link::restore(&db, id).await?)
}

//! Links, for the window.

use caoben::{
    link,
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Makes a tagged link.
#[tauri::command]
#[specta::specta]
pub async fn create_link(session: State<'_, Session>, input: link::NewLink) -> Answer<link::Link> {
    let db = session.db().await?;
    Ok(link::create(&db, input, Time::now()).await?)
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

//! The key that keeps buyers unknown, for the window.

use caoben::buyer;
use tauri::State;

use crate::{error::Answer, session::Session};

/// Where the key of buyers' hashes is.
#[tauri::command]
#[specta::specta]
pub async fn get_buyer_key(session: State<'_, Session>) -> Answer<buyer::BuyerKey> {
    let db = session.db().await?;
    Ok(buyer::status(&db).await?)
}

/// The recovery code, to be written down.
#[tauri::command]
#[specta::specta]
pub async fn show_buyer_code(session: State<'_, Session>) -> Answer<String> {
    let db = session.db().await?;
    Ok(buyer::code(&db).await?)
}

/// Takes the key of another computer by its recovery code.
#[tauri::command]
#[specta::specta]
pub async fn recover_buyer_key(session: State<'_, Session>, code: String) -> Answer<buyer::BuyerKey> {
    let db = session.db().await?;
    Ok(buyer::recover(&db, &code).await?)
}

/// Takes the key out of the database where an earlier version put it.
#[tauri::command]
#[specta::specta]
pub async fn release_buyer_key(session: State<'_, Session>) -> Answer<buyer::BuyerKey> {
    let db = session.db().await?;
    Ok(buyer::release(&db).await?)
}

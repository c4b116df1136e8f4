//! Edits of photos, for the window.

use base64::{Engine, prelude::BASE64_STANDARD};
use caoben::{
    retouch::{self, Carried, Edits, Replaced, Retouch, RetouchVersion},
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// The edits of a photo: a channel's, or without one those for all.
#[tauri::command]
#[specta::specta]
pub async fn get_retouch(session: State<'_, Session>, photo: Id, channel: Option<Id>) -> Answer<Retouch> {
    let db = session.db().await?;
    Ok(retouch::get(&db, photo, channel).await?)
}

/// Keeps edits.
#[tauri::command]
#[specta::specta]
pub async fn set_retouch(
    session: State<'_, Session>,
    photo: Id,
    channel: Option<Id>,
    edits: Edits,
) -> Answer<Retouch> {
    let db = session.db().await?;
    Ok(retouch::set(&db, photo, channel, edits, Time::now()).await?)
}

/// Takes edits back; a channel follows those for all again.
#[tauri::command]
#[specta::specta]
pub async fn clear_retouch(session: State<'_, Session>, photo: Id, channel: Option<Id>) -> Answer<Retouch> {
    let db = session.db().await?;
    Ok(retouch::clear(&db, photo, channel, Time::now()).await?)
}

/// Gives other photos the edits of one as a channel has it; answers what stood before in those that were changed.
#[tauri::command]
#[specta::specta]
pub async fn copy_retouch(
    session: State<'_, Session>,
    from: Id,
    channel: Option<Id>,
    to: Vec<Id>,
    what: Carried,
) -> Answer<Vec<Replaced>> {
    let db = session.db().await?;
    Ok(retouch::copy(&db, (from, channel), &to, what, Time::now()).await?)
}

/// What was kept before, newest first.
#[tauri::command]
#[specta::specta]
pub async fn list_retouch_versions(
    session: State<'_, Session>,
    photo: Id,
    channel: Option<Id>,
) -> Answer<Vec<RetouchVersion>> {
    let db = session.db().await?;
    Ok(retouch::history(&db, photo, channel).await?)
}

/// A photo with edits that are not kept yet, no side longer than `side`, as a data address.
#[tauri::command]
#[specta::specta]
pub async fn preview_retouch(
    session: State<'_, Session>,
    photo: Id,
    edits: Edits,
    side: u32,
) -> Answer<String> {
    let db = session.db().await?;
    let jpeg = retouch::draft(&db, photo, edits, side).await?;
    Ok(format!("data:image/jpeg;base64,{}", BASE64_STANDARD.encode(jpeg)))
}

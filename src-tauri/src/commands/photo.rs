//! Photos, for the window.

use std::path::PathBuf;

use caoben::{
    photo, retouch,
    value::{Id, Time},
};
use tauri::{AppHandle, State};

use crate::{error::Answer, session::Session};

/// Takes pictures in.
#[tauri::command]
#[specta::specta]
pub async fn import_photos(
    app: AppHandle,
    session: State<'_, Session>,
    input: photo::PhotoImport,
    job: u32,
) -> Answer<photo::Imported> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = photo::import(&db, &input, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

/// One photo.
#[tauri::command]
#[specta::specta]
pub async fn get_photo(session: State<'_, Session>, id: Id) -> Answer<photo::Photo> {
    let db = session.db().await?;
    Ok(photo::get(&db, id).await?)
}

/// Photos that match.
#[tauri::command]
#[specta::specta]
pub async fn list_photos(
    session: State<'_, Session>,
    filter: photo::PhotoFilter,
) -> Answer<Vec<photo::Photo>> {
    let db = session.db().await?;
    Ok(photo::list(&db, &filter).await?)
}

/// Photos by id, in that order.
#[tauri::command]
#[specta::specta]
pub async fn get_photos(session: State<'_, Session>, ids: Vec<Id>) -> Answer<Vec<photo::Photo>> {
    let db = session.db().await?;
    Ok(photo::some(&db, &ids).await?)
}

/// All that match as columns, for the wall.
#[tauri::command]
#[specta::specta]
pub async fn wall_photos(session: State<'_, Session>, filter: photo::PhotoFilter) -> Answer<photo::Wall> {
    let db = session.db().await?;
    Ok(photo::wall(&db, &filter).await?)
}

/// What there is to filter by.
#[tauri::command]
#[specta::specta]
pub async fn list_photo_facets(session: State<'_, Session>) -> Answer<photo::PhotoFacets> {
    let db = session.db().await?;
    Ok(photo::facets(&db).await?)
}

/// Totals.
#[tauri::command]
#[specta::specta]
pub async fn count_photos(session: State<'_, Session>) -> Answer<photo::PhotoCounts> {
    let db = session.db().await?;
    Ok(photo::counts(&db).await?)
}

/// Changes photos together.
#[tauri::command]
#[specta::specta]
pub async fn edit_photos(
    session: State<'_, Session>,
    ids: Vec<Id>,
    patch: photo::PhotoPatch,
) -> Answer<Vec<photo::Photo>> {
    let db = session.db().await?;
    Ok(photo::edit(&db, &ids, patch, Time::now()).await?)
}

/// Puts photos into the trash.
#[tauri::command]
#[specta::specta]
pub async fn remove_photos(session: State<'_, Session>, ids: Vec<Id>) -> Answer<()> {
    let db = session.db().await?;
    Ok(photo::remove(&db, &ids, Time::now()).await?)
}

/// Brings photos back from the trash.
#[tauri::command]
#[specta::specta]
pub async fn restore_photos(session: State<'_, Session>, ids: Vec<Id>) -> Answer<()> {
    let db = session.db().await?;
    Ok(photo::restore(&db, &ids).await?)
}

/// Deletes photos of the trash for good; without ids all of them.
#[tauri::command]
#[specta::specta]
pub async fn empty_trash(session: State<'_, Session>, ids: Option<Vec<Id>>) -> Answer<i64> {
    let db = session.db().await?;
    Ok(photo::empty_trash(&db, ids.as_deref()).await?)
}

/// Groups that look alike.
#[tauri::command]
#[specta::specta]
pub async fn list_duplicates(session: State<'_, Session>) -> Answer<Vec<Vec<photo::Photo>>> {
    let db = session.db().await?;
    Ok(photo::duplicates(&db).await?)
}

/// Writes one picture for the world.
#[tauri::command]
#[specta::specta]
pub async fn export_photo(
    session: State<'_, Session>,
    id: Id,
    frame: photo::Frame,
    out: PathBuf,
) -> Answer<()> {
    let db = session.db().await?;
    Ok(retouch::export(&db, id, frame, None, &out).await?)
}

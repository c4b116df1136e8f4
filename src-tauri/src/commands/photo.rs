//! Photos, for the window.

use std::path::PathBuf;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use caoben::{
    photo, retouch,
    value::{Id, Time},
};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use tauri::{AppHandle, State};
use tauri_plugin_clipboard_manager::ClipboardExt;

use crate::{background, error::Answer, session::Session};

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

/// Deletes photos of the trash for good; without ids all of them. Says which files could not be deleted yet.
#[tauri::command]
#[specta::specta]
pub async fn empty_trash(session: State<'_, Session>, ids: Option<Vec<Id>>) -> Answer<photo::Emptied> {
    let db = session.db().await?;
    Ok(photo::empty_trash(&db, ids.as_deref()).await?)
}

/// Groups that look alike and wait for a decision.
#[tauri::command]
#[specta::specta]
pub async fn list_duplicates(session: State<'_, Session>) -> Answer<photo::Duplicates> {
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

/// Takes a picture out of the clipboard, its bytes as base64.
#[tauri::command]
#[specta::specta]
pub async fn paste_photo(
    session: State<'_, Session>,
    name: String,
    base64: String,
    input: photo::PhotoImport,
) -> Answer<photo::Photo> {
    let db = session.db().await?;
    let bytes = BASE64_STANDARD.decode(base64).unwrap_or_default();
    Ok(photo::import_bytes(&db, &name, bytes, &input, Time::now()).await?)
}

/// Takes in the picture on the system's clipboard; `None` when there is none. For windows whose paste carries no picture (WebKitGTK).
#[tauri::command]
#[specta::specta]
pub async fn paste_clipboard_photo(
    app: AppHandle,
    session: State<'_, Session>,
    name: String,
    input: photo::PhotoImport,
) -> Answer<Option<photo::Photo>> {
    // A clipboard without a picture, or without anything, is answered with an error.
    let Ok(picture) = app.clipboard().read_image() else {
        return Ok(None);
    };
    let bytes = png(picture.rgba(), picture.width(), picture.height())?;
    let db = session.db().await?;
    Ok(Some(
        photo::import_bytes(&db, &name, bytes, &input, Time::now()).await?,
    ))
}

/// Pixels as a PNG, which loses none of a screenshot.
fn png(rgba: &[u8], width: u32, height: u32) -> caoben::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(rgba, width, height, ExtendedColorType::Rgba8)
        .map_err(|_| {
            caoben::Error::invalid(
                "picture",
                "剪贴板里的图读不出来，没有放进来。先把它存成文件，再拖进来。",
            )
        })?;
    Ok(bytes)
}

/// The watched folder, if one is.
#[tauri::command]
#[specta::specta]
pub async fn get_watch(session: State<'_, Session>) -> Answer<Option<photo::Watch>> {
    let db = session.db().await?;
    Ok(photo::watched(&db).await?)
}

/// Watches a folder from now on, or none.
#[tauri::command]
#[specta::specta]
pub async fn set_watch(
    app: AppHandle,
    session: State<'_, Session>,
    watch: Option<photo::Watch>,
) -> Answer<()> {
    let db = session.db().await?;
    photo::set_watch(&db, watch.as_ref()).await?;
    tauri::async_runtime::spawn(background::watch(app, db));
    Ok(())
}

/// Keeps the best of a group and puts the others into the trash.
#[tauri::command]
#[specta::specta]
pub async fn keep_best_photo(session: State<'_, Session>, best: Id, others: Vec<Id>) -> Answer<photo::Kept> {
    let db = session.db().await?;
    Ok(photo::keep_best(&db, best, &others, Time::now()).await?)
}

/// Keeps all of a group.
#[tauri::command]
#[specta::specta]
pub async fn keep_all_photos(session: State<'_, Session>, best: Id, others: Vec<Id>) -> Answer<()> {
    let db = session.db().await?;
    Ok(photo::keep_all(&db, best, &others, Time::now()).await?)
}

/// Remembers that photos are other pictures than those they look like.
#[tauri::command]
#[specta::specta]
pub async fn tell_photos_apart(session: State<'_, Session>, ids: Vec<Id>, from: Vec<Id>) -> Answer<()> {
    let db = session.db().await?;
    Ok(photo::tell_apart(&db, &ids, &from, Time::now()).await?)
}

/// Takes back what was decided among photos that look alike.
#[tauri::command]
#[specta::specta]
pub async fn reopen_photos(session: State<'_, Session>, ids: Vec<Id>) -> Answer<()> {
    let db = session.db().await?;
    Ok(photo::reopen(&db, &ids).await?)
}

/// Whose picture it is, and why.
#[tauri::command]
#[specta::specta]
pub async fn get_provenance(session: State<'_, Session>, id: Id) -> Answer<photo::Provenance> {
    let db = session.db().await?;
    Ok(photo::provenance(&db, id).await?)
}

/// How many photos count as own, and which are in doubt.
#[tauri::command]
#[specta::specta]
pub async fn list_doubts(session: State<'_, Session>, scope: photo::Scope) -> Answer<photo::Doubts> {
    let db = session.db().await?;
    Ok(photo::doubts(&db, scope).await?)
}

/// Which of these photos are filed as own and in doubt.
#[tauri::command]
#[specta::specta]
pub async fn list_doubtful(session: State<'_, Session>, ids: Vec<Id>) -> Answer<Vec<Id>> {
    let db = session.db().await?;
    Ok(photo::doubtful(&db, &ids).await?)
}

/// Remembers that the creator took these photos, or takes the word back.
#[tauri::command]
#[specta::specta]
pub async fn claim_photos(session: State<'_, Session>, ids: Vec<Id>, mine: bool) -> Answer<()> {
    let db = session.db().await?;
    Ok(photo::claim(&db, &ids, mine, Time::now()).await?)
}

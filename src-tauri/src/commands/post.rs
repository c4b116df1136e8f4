//! Posts, for the window.

use caoben::{
    check, post, render,
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Starts a post.
#[tauri::command]
#[specta::specta]
pub async fn create_post(session: State<'_, Session>, input: post::NewPost) -> Answer<post::Post> {
    let db = session.db().await?;
    Ok(post::create(&db, input, Time::now()).await?)
}

/// One post.
#[tauri::command]
#[specta::specta]
pub async fn get_post(session: State<'_, Session>, id: Id) -> Answer<post::Post> {
    let db = session.db().await?;
    Ok(post::get(&db, id).await?)
}

/// Posts, newest edit first.
#[tauri::command]
#[specta::specta]
pub async fn list_posts(session: State<'_, Session>, archived: bool) -> Answer<Vec<post::PostSummary>> {
    let db = session.db().await?;
    Ok(post::list(&db, archived).await?)
}

/// Saves changes and journals them.
#[tauri::command]
#[specta::specta]
pub async fn edit_post(session: State<'_, Session>, id: Id, patch: post::PostPatch) -> Answer<post::Post> {
    let db = session.db().await?;
    Ok(post::edit(&db, id, patch, Time::now()).await?)
}

/// Kept states.
#[tauri::command]
#[specta::specta]
pub async fn list_versions(session: State<'_, Session>, id: Id) -> Answer<Vec<post::Version>> {
    let db = session.db().await?;
    Ok(post::versions(&db, id).await?)
}

/// Names the present state.
#[tauri::command]
#[specta::specta]
pub async fn name_version(session: State<'_, Session>, id: Id, label: String) -> Answer<post::Version> {
    let db = session.db().await?;
    Ok(post::name_version(&db, id, &label, Time::now()).await?)
}

/// Brings a kept state back.
#[tauri::command]
#[specta::specta]
pub async fn restore_version(session: State<'_, Session>, id: Id, version: Id) -> Answer<post::Post> {
    let db = session.db().await?;
    Ok(post::restore(&db, id, version, Time::now()).await?)
}

/// A channel's own wording.
#[tauri::command]
#[specta::specta]
pub async fn get_variant(session: State<'_, Session>, id: Id, channel: Id) -> Answer<post::Variant> {
    let db = session.db().await?;
    Ok(post::variant(&db, id, channel).await?)
}

/// Sets a channel's own wording.
#[tauri::command]
#[specta::specta]
pub async fn set_variant(
    session: State<'_, Session>,
    id: Id,
    channel: Id,
    variant: post::Variant,
) -> Answer<()> {
    let db = session.db().await?;
    Ok(post::set_variant(&db, id, channel, variant, Time::now()).await?)
}

/// A post as one channel takes it.
#[tauri::command]
#[specta::specta]
pub async fn render_post(session: State<'_, Session>, id: Id, channel: Id) -> Answer<render::Rendered> {
    let db = session.db().await?;
    Ok(render::render(&db, id, channel).await?)
}

/// What stands against publishing.
#[tauri::command]
#[specta::specta]
pub async fn check_post(session: State<'_, Session>, id: Id, channel: Id) -> Answer<check::Checked> {
    let db = session.db().await?;
    Ok(check::check(&db, id, channel, Time::now()).await?)
}

/// Whether pictures that the channel's frame would cut much go out whole on white.
#[tauri::command]
#[specta::specta]
pub async fn set_padding(session: State<'_, Session>, id: Id, channel: Id, on: bool) -> Answer<()> {
    let db = session.db().await?;
    Ok(post::set_padding(&db, id, channel, on, Time::now()).await?)
}

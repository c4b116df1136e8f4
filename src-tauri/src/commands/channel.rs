//! Channels and their rules, for the window.

use caoben::{
    channel,
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Adds a channel.
#[tauri::command]
#[specta::specta]
pub async fn create_channel(
    session: State<'_, Session>,
    input: channel::NewChannel,
) -> Answer<channel::Channel> {
    let db = session.db().await?;
    Ok(channel::create(&db, input, Time::now()).await?)
}

/// All channels.
#[tauri::command]
#[specta::specta]
pub async fn list_channels(session: State<'_, Session>) -> Answer<Vec<channel::Channel>> {
    let db = session.db().await?;
    Ok(channel::list(&db).await?)
}

/// Changes a channel.
#[tauri::command]
#[specta::specta]
pub async fn edit_channel(
    session: State<'_, Session>,
    id: Id,
    patch: channel::ChannelPatch,
) -> Answer<channel::Channel> {
    let db = session.db().await?;
    Ok(channel::edit(&db, id, patch).await?)
}

/// The rules in force for a platform.
#[tauri::command]
#[specta::specta]
pub async fn get_rules(session: State<'_, Session>, platform: String) -> Answer<channel::Rules> {
    let db = session.db().await?;
    Ok(channel::rules(&db, &platform).await?)
}

/// Sets or takes back the user's own figure.
#[tauri::command]
#[specta::specta]
pub async fn override_rule(
    session: State<'_, Session>,
    input: channel::NewOverride,
) -> Answer<channel::Rules> {
    let db = session.db().await?;
    Ok(channel::override_rule(&db, input, Time::now()).await?)
}

/// The shipped rule packs.
#[tauri::command]
#[specta::specta]
pub fn list_platforms() -> Vec<channel::Rules> {
    channel::platforms()
}

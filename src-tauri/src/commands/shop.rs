//! Shops, for the window.

use caoben::{
    shop,
    value::{Id, Time},
};
use tauri::{AppHandle, State};

use crate::{error::Answer, session::Session};

/// Connects a shop.
#[tauri::command]
#[specta::specta]
pub async fn create_shop(session: State<'_, Session>, input: shop::NewShop) -> Answer<shop::Shop> {
    let db = session.db().await?;
    Ok(shop::create(&db, input, Time::now()).await?)
}

/// Tries a shop's address and key before it is connected: an answer within five seconds. Nothing is written.
#[tauri::command]
#[specta::specta]
pub async fn try_shop(
    app: AppHandle,
    session: State<'_, Session>,
    input: shop::NewShop,
    job: u32,
) -> Answer<shop::ShopTried> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = shop::try_new(&db, input, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

/// The same for a shop that is there and a change that is not saved yet.
#[tauri::command]
#[specta::specta]
pub async fn try_shop_change(
    app: AppHandle,
    session: State<'_, Session>,
    id: Id,
    change: shop::ShopChange,
    job: u32,
) -> Answer<shop::ShopTried> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = shop::try_change(&db, id, &change, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

/// Changes a shop's name, address, keys or certificate.
#[tauri::command]
#[specta::specta]
pub async fn edit_shop(session: State<'_, Session>, id: Id, change: shop::ShopChange) -> Answer<shop::Shop> {
    let db = session.db().await?;
    Ok(shop::edit(&db, id, &change).await?)
}

/// Gives a shop its keys again.
#[tauri::command]
#[specta::specta]
pub async fn set_shop_key(
    session: State<'_, Session>,
    id: Id,
    key: String,
    secret: String,
) -> Answer<shop::Shop> {
    let db = session.db().await?;
    Ok(shop::set_key(&db, id, &key, &secret).await?)
}

/// All shops.
#[tauri::command]
#[specta::specta]
pub async fn list_shops(session: State<'_, Session>) -> Answer<Vec<shop::Shop>> {
    let db = session.db().await?;
    Ok(shop::list(&db).await?)
}

/// Disconnects a shop.
#[tauri::command]
#[specta::specta]
pub async fn remove_shop(session: State<'_, Session>, id: Id, with_orders: bool) -> Answer<()> {
    let db = session.db().await?;
    Ok(shop::remove(&db, id, with_orders).await?)
}

/// Syncs shops; all when none is named.
#[tauri::command]
#[specta::specta]
pub async fn sync_shops(
    app: AppHandle,
    session: State<'_, Session>,
    ids: Vec<Id>,
    job: u32,
) -> Answer<shop::SyncReport> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = shop::sync(&db, &ids, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

/// Earlier syncs of a shop.
#[tauri::command]
#[specta::specta]
pub async fn list_syncs(session: State<'_, Session>, id: Id) -> Answer<Vec<shop::SyncRun>> {
    let db = session.db().await?;
    Ok(shop::history(&db, id).await?)
}

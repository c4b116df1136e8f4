//! Prices, for the window.

use caoben::{
    price,
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Notes a price.
#[tauri::command]
#[specta::specta]
pub async fn add_price(session: State<'_, Session>, input: price::NewPrice) -> Answer<price::Price> {
    let db = session.db().await?;
    Ok(price::add(&db, input, Time::now()).await?)
}

/// Takes back a price that was noted wrongly.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_price(session: State<'_, Session>, id: Id) -> Answer<()> {
    let db = session.db().await?;
    Ok(price::withdraw(&db, id, Time::now()).await?)
}

/// Lets a price that was taken back stand again.
#[tauri::command]
#[specta::specta]
pub async fn restore_price(session: State<'_, Session>, id: Id) -> Answer<()> {
    let db = session.db().await?;
    Ok(price::restore(&db, id).await?)
}

/// The prices of a product that were taken back.
#[tauri::command]
#[specta::specta]
pub async fn list_withdrawn_prices(session: State<'_, Session>, product: Id) -> Answer<Vec<price::Price>> {
    let db = session.db().await?;
    Ok(price::withdrawn(&db, product).await?)
}

/// A product's price log.
#[tauri::command]
#[specta::specta]
pub async fn list_prices(session: State<'_, Session>, product: Id) -> Answer<Vec<price::Price>> {
    let db = session.db().await?;
    Ok(price::list(&db, product).await?)
}

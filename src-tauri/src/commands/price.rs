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

/// A product's price log.
#[tauri::command]
#[specta::specta]
pub async fn list_prices(session: State<'_, Session>, product: Id) -> Answer<Vec<price::Price>> {
    let db = session.db().await?;
    Ok(price::list(&db, product).await?)
}

//! Products, for the window.

use std::path::PathBuf;

use caoben::{
    product,
    value::{Id, Time},
};
use tauri::{AppHandle, State};

use crate::{error::Answer, session::Session};

/// Adds a product.
#[tauri::command]
#[specta::specta]
pub async fn create_product(
    session: State<'_, Session>,
    input: product::NewProduct,
) -> Answer<product::Product> {
    let db = session.db().await?;
    Ok(product::create(&db, input, Time::now()).await?)
}

/// One product.
#[tauri::command]
#[specta::specta]
pub async fn get_product(session: State<'_, Session>, id: Id) -> Answer<product::Product> {
    let db = session.db().await?;
    Ok(product::get(&db, id).await?)
}

/// Products that match.
#[tauri::command]
#[specta::specta]
pub async fn list_products(
    session: State<'_, Session>,
    filter: product::ProductFilter,
) -> Answer<Vec<product::ProductSummary>> {
    let db = session.db().await?;
    Ok(product::list(&db, &filter).await?)
}

/// Changes a product.
#[tauri::command]
#[specta::specta]
pub async fn edit_product(
    session: State<'_, Session>,
    id: Id,
    patch: product::ProductPatch,
) -> Answer<product::Product> {
    let db = session.db().await?;
    Ok(product::edit(&db, id, patch, Time::now()).await?)
}

/// Brings a removed product back.
#[tauri::command]
#[specta::specta]
pub async fn restore_product(
    session: State<'_, Session>,
    gone: product::RemovedProduct,
) -> Answer<product::Product> {
    let db = session.db().await?;
    Ok(product::restore(&db, gone).await?)
}

/// Removes a product nothing refers to; answers what brings it back.
#[tauri::command]
#[specta::specta]
pub async fn remove_product(session: State<'_, Session>, id: Id) -> Answer<product::RemovedProduct> {
    let db = session.db().await?;
    Ok(product::remove(&db, id).await?)
}

/// Takes in products from a table file.
#[tauri::command]
#[specta::specta]
pub async fn import_products(
    app: AppHandle,
    session: State<'_, Session>,
    file: PathBuf,
    job: u32,
) -> Answer<product::ImportedRows> {
    let db = session.db().await?;
    let number = job;
    let job = session.job(&app, number);
    let answer = product::import(&db, &file, &job, Time::now()).await;
    session.done(number);
    Ok(answer?)
}

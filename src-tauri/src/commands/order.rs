//! Orders and their credits, for the window.

use std::path::PathBuf;

use caoben::{
    attribution, order,
    value::{Id, Time},
};
use tauri::State;

use crate::{error::Answer, session::Session};

/// One order.
#[tauri::command]
#[specta::specta]
pub async fn get_order(session: State<'_, Session>, id: Id) -> Answer<order::Order> {
    let db = session.db().await?;
    Ok(order::get(&db, id).await?)
}

/// Orders that match.
#[tauri::command]
#[specta::specta]
pub async fn list_orders(
    session: State<'_, Session>,
    filter: order::OrderFilter,
) -> Answer<Vec<order::Order>> {
    let db = session.db().await?;
    Ok(order::list(&db, &filter).await?)
}

/// How many orders match.
#[tauri::command]
#[specta::specta]
pub async fn count_orders(session: State<'_, Session>, filter: order::OrderFilter) -> Answer<i64> {
    let db = session.db().await?;
    Ok(order::count(&db, &filter).await?)
}

/// Takes in an export file.
#[tauri::command]
#[specta::specta]
pub async fn import_orders(
    session: State<'_, Session>,
    file: PathBuf,
    format: String,
    dry_run: bool,
) -> Answer<order::OrderImport> {
    let db = session.db().await?;
    Ok(order::import(&db, &file, &format, dry_run, Time::now()).await?)
}

/// The credits of one order.
#[tauri::command]
#[specta::specta]
pub async fn list_credits(
    session: State<'_, Session>,
    order: Id,
    model: attribution::Model,
) -> Answer<Vec<attribution::Credit>> {
    let db = session.db().await?;
    Ok(attribution::of_order(&db, order, model).await?)
}

/// Which post each of these orders is owed to by the default model (last touch): one credit an order, none where nothing tells.
#[tauri::command]
#[specta::specta]
pub async fn list_order_credits(
    session: State<'_, Session>,
    orders: Vec<Id>,
) -> Answer<Vec<attribution::Credit>> {
    let db = session.db().await?;
    let owed = attribution::of_orders(&db, &orders, attribution::Model::Last).await?;
    Ok(orders
        .iter()
        .filter_map(|order| owed.get(order)?.first().cloned())
        .collect())
}

/// File formats that are recognised.
#[tauri::command]
#[specta::specta]
pub fn list_order_formats() -> Vec<order::OrderFormat> {
    order::formats()
}

/// Enters an order by hand.
#[tauri::command]
#[specta::specta]
pub async fn add_order(session: State<'_, Session>, input: order::NewOrder) -> Answer<order::Order> {
    let db = session.db().await?;
    Ok(order::add(&db, input, Time::now()).await?)
}

/// Gives back part of an order entered by hand.
#[tauri::command]
#[specta::specta]
pub async fn refund_order(
    session: State<'_, Session>,
    id: Id,
    amount: i64,
    reason: String,
) -> Answer<order::Order> {
    let db = session.db().await?;
    Ok(order::refund(&db, id, amount, &reason, Time::now()).await?)
}

/// Corrects an order entered by hand.
#[tauri::command]
#[specta::specta]
pub async fn edit_order(
    session: State<'_, Session>,
    id: Id,
    patch: order::OrderPatch,
) -> Answer<order::Order> {
    let db = session.db().await?;
    Ok(order::edit(&db, id, patch, Time::now()).await?)
}

/// Takes an order entered by hand out again; answers what brings it back.
#[tauri::command]
#[specta::specta]
pub async fn remove_order(session: State<'_, Session>, id: Id) -> Answer<order::OrderBefore> {
    let db = session.db().await?;
    Ok(order::remove(&db, id).await?)
}

/// Brings an order entered by hand back as it was.
#[tauri::command]
#[specta::specta]
pub async fn restore_order(session: State<'_, Session>, before: order::OrderBefore) -> Answer<order::Order> {
    let db = session.db().await?;
    Ok(order::restore(&db, before, Time::now()).await?)
}

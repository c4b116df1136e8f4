//! Shop 店铺: a connection to a shop. Sync can be repeated and interrupted at any time without loss or doubles.

use serde::{Deserialize, Serialize};

use crate::{
    db::Db,
    error::Result,
    job::Job,
    secret::Place,
    value::{Id, Time},
};

/// Kinds of shops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum ShopKind {
    /// Vendure Admin API; key = user name (or empty for an API key), secret = password (or the API key).
    Vendure,
    /// WooCommerce REST v3; consumer key and secret.
    Woocommerce,
    /// Orders imported from files.
    File,
}

/// A connected shop.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Shop {
    pub id: Id,
    pub kind: ShopKind,
    pub name: String,
    pub url: String,
    /// Where its key is kept.
    pub secret_place: Place,
    pub last_synced_at: Option<Time>,
    /// Empty: the last sync went through.
    pub last_error: String,
    pub orders: i64,
}

/// A shop to connect. Either the names of environment variables, or the secrets themselves, which go to the key store.
#[derive(Clone, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct NewShop {
    pub kind: ShopKind,
    pub name: String,
    pub url: String,
    #[serde(default)]
    pub key_env: String,
    #[serde(default)]
    pub secret_env: String,
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub secret: String,
}

/// What one sync of one shop did.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Synced {
    pub id: Id,
    pub kind: String,
    pub name: String,
    pub new: i64,
    pub updated: i64,
    pub unchanged: i64,
    /// Orders whose refunded amount changed.
    pub refunds: i64,
    pub pages: i64,
    pub retries: i64,
    pub duration_ms: i64,
    /// What went wrong; everything before it is kept.
    pub error: Option<String>,
}

/// What a sync did.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct SyncReport {
    pub shops: Vec<Synced>,
}

/// A sync in the history.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct SyncRun {
    pub id: Id,
    pub shop: Id,
    pub started_at: Time,
    pub duration_ms: i64,
    pub new: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub refunds: i64,
    pub pages: i64,
    pub retries: i64,
    pub error: String,
}

/// Connects a shop.
pub async fn create(_db: &Db, _input: NewShop, _now: Time) -> Result<Shop> {
    todo!()
}
/// All shops.
pub async fn list(_db: &Db) -> Result<Vec<Shop>> {
    todo!()
}
/// Disconnects a shop and removes its key; `Conflict` when it still has orders and `with_orders` is not set.
pub async fn remove(_db: &Db, _id: Id, _with_orders: bool) -> Result<()> {
    todo!()
}
/// Syncs shops (all when empty), one after another; one shop's failure does not keep the others back.
pub async fn sync(_db: &Db, _ids: &[Id], _job: &Job, _now: Time) -> Result<SyncReport> {
    todo!()
}
/// Earlier syncs of a shop, newest first.
pub async fn history(_db: &Db, _id: Id) -> Result<Vec<SyncRun>> {
    todo!()
}

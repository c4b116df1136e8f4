//! Shop 店铺: a connection to a shop. Sync can be repeated and interrupted at any time without loss or doubles.
//!
//! A [`source::Source`] answers pages of orders; `sync.rs` decides which pages to ask for and writes each one together with
//! the cursor. The cursor is the shop's own stamp, never this computer's clock.

mod connect;
mod http;
mod oauth;
mod source;
mod store;
mod sync;
mod vendure;
mod vendure_order;
mod woocommerce;

use serde::{Deserialize, Serialize};

pub use connect::{create, forget_keys, history, list, remove, set_key};
pub use sync::sync;

use crate::{
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
    /// PEM certificates of the authority that signed the shop's own certificate; empty: the public ones.
    #[serde(default)]
    pub ca: String,
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

//! Shop 店铺: a connection to a shop. Sync can be repeated and interrupted at any time without loss or doubles.
//!
//! A [`source::Source`] answers parts of its lists; `walk.rs` knows which part comes next and whether the list was seen to
//! its end; `sync.rs` writes each part together with the cursor, and then compares. The cursor is the shop's own stamp,
//! never this computer's clock, and never passes what was not read.

mod access;
mod connect;
mod http;
mod oauth;
mod source;
mod store;
mod sync;
mod vendure;
mod vendure_brief;
mod vendure_order;
mod walk;
mod woocommerce;
mod woocommerce_order;

use serde::{Deserialize, Serialize};

pub use access::{try_change, try_new, try_shop};
pub use connect::{create, edit, forget_keys, history, list, remove, set_key};
pub use sync::{sync, sync_to};

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
    /// No shop at all: where orders entered by hand stand.
    pub by_hand: bool,
    /// How its last sync, or its last import, ended.
    pub last_run: Option<SyncRun>,
}

/// A change to a connected shop; what is `None` stays.
#[derive(Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ShopChange {
    pub name: Option<String>,
    pub url: Option<String>,
    pub key_env: Option<String>,
    pub secret_env: Option<String>,
    pub key: Option<String>,
    pub secret: Option<String>,
    /// PEM certificates of the shop's own authority; empty: the public ones.
    pub ca: Option<String>,
}

impl ShopChange {
    /// Whether it says how the shop is reached: then it is worth a try before it is saved.
    pub fn is_about_connection(&self) -> bool {
        let said = [
            &self.url,
            &self.key_env,
            &self.secret_env,
            &self.key,
            &self.secret,
            &self.ca,
        ];
        said.iter().any(|said| said.is_some())
    }
}

/// A shop that opened to a key.
#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
pub struct ShopTried {
    /// How many orders the shop says it has, the trash left out.
    pub orders: i64,
}

/// How much a sync reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// What changed since the last sync, and a comparison with what changed lately.
    #[default]
    Recent,
    /// Every order once more, and a comparison with everything that is here.
    Full,
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
    /// Orders that the shop has erased for good; their rows stay, without credit.
    pub erased: i64,
    pub pages: i64,
    pub retries: i64,
    pub duration_ms: i64,
    /// Orders that could not be read; all others are kept.
    pub refused: Vec<RefusedOrder>,
    /// What went in and should be looked at, one sentence each.
    pub warned: Vec<String>,
    /// What went wrong, orders that could not be read included; everything else is kept.
    pub error: Option<String>,
}

/// An order that a shop told and that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct RefusedOrder {
    /// As the shop numbers it.
    pub number: String,
    /// Why, for people.
    pub reason: String,
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
    pub erased: i64,
    pub pages: i64,
    pub retries: i64,
    /// Empty: it went through.
    pub error: String,
}

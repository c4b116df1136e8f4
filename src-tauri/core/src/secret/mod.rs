//! Secrets: the only door to the operating system's key store.
//!
//! Never in the database, a log, an error, a backup or a test's output.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use keyring::{Entry, Error as KeyError};
use serde::Serialize;

use crate::error::{Error, Result};

/// Where a secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The operating system's key store.
    KeyStore,
    /// Named environment variables, for scripts and tests.
    Environment,
    /// This session only: there is no key store here.
    Session,
    /// Nowhere: it has to be entered.
    Missing,
}

/// The name all entries share in the key store.
const SERVICE: &str = "caoben";

/// Secrets of this session, where there is no key store.
static SESSION: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);

fn session<T>(look: impl FnOnce(&mut HashMap<String, String>) -> T) -> T {
    look(&mut SESSION.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Asks the key store; its calls block, and may wait for the person to unlock it.
async fn ask<T: Send + 'static>(
    name: &str,
    work: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<keyring::Result<T>> {
    let name = name.to_owned();
    tokio::task::spawn_blocking(move || Entry::new(SERVICE, &name).and_then(|entry| work(&entry)))
        .await
        .map_err(|e| Error::internal("读写系统密钥库时中断了，没有改动。").because(e))
}

/// Puts a secret under a name, such as `shop/<workspace>/<shop>/key`. Answers where it went: the key store, or this
/// session where there is none.
///
/// # Errors
/// `Invalid` when the key store finds it too long.
pub async fn put(name: &str, secret: &str) -> Result<Place> {
    let kept = secret.to_owned();
    match ask(name, move |entry| entry.set_password(&kept)).await? {
        Ok(()) => {
            session(|all| all.remove(name));
            Ok(Place::KeyStore)
        }
        // The library's own message for these could repeat what it was given.
        Err(KeyError::TooLong(..) | KeyError::Invalid(..)) => Err(Error::invalid(
            "secret",
            "系统密钥库收不下这个密钥，请检查是否复制多了。",
        )),
        Err(_) => {
            session(|all| all.insert(name.to_owned(), secret.to_owned()));
            Ok(Place::Session)
        }
    }
}

/// Takes a secret out; `None` when there is none, or the key store stays locked.
pub async fn get(name: &str) -> Result<Option<String>> {
    if let Some(found) = session(|all| all.get(name).cloned()) {
        return Ok(Some(found));
    }
    Ok(ask(name, Entry::get_password).await?.ok())
}

/// Removes a secret; fine when there is none.
pub async fn remove(name: &str) -> Result<()> {
    session(|all| all.remove(name));
    // No store and no entry both mean that nothing is left to remove.
    ask(name, Entry::delete_credential).await?.ok();
    Ok(())
}

/// Whether this session holds the secret without the key store.
pub fn in_session(name: &str) -> bool {
    session(|all| all.contains_key(name))
}

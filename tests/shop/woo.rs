//! A strict double of a WooCommerce shop (REST v3 as in WooCommerce 11.0.1), in memory, on loopback.
//!
//! Its time zone is Asia/Shanghai until it moves, its stamps have whole seconds, and it is as particular as the real one
//! about keys, page sizes and dates. What it answers was held against WooCommerce 11.0.1 on WordPress 7.1, with orders among
//! the posts and in tables of their own, in Asia/Shanghai, America/Los_Angeles and Asia/Kolkata. Tests play the owner through [`WooDouble::with`] and the methods of [`Site`].

mod oauth;
mod rest;
mod site;
mod tls;

use std::sync::{Arc, Mutex, MutexGuard};

pub use oauth::sign;
pub use site::{NewOrder, Refund, Site};

/// The key and the secret that the double accepts.
pub const KEY: (&str, &str) = ("ck_caoben_test", "cs_caoben_test");

/// A running shop; it stops when dropped.
pub struct WooDouble {
    url: String,
    site: Arc<Mutex<Site>>,
    /// The PEM certificate that signs for the shop; empty over plain http.
    pub ca: String,
    task: tokio::task::JoinHandle<()>,
}

impl WooDouble {
    /// Opens an empty shop. Over https it takes Basic and query keys, under a certificate it signs itself; over plain http
    /// nothing but OAuth 1.0a.
    pub async fn start(https: bool) -> Self {
        Self::open(https, https).await
    }

    /// A shop that believes, as WordPress behind a TLS terminator does, that every request came encrypted; its port is plain.
    pub async fn behind_terminator() -> Self {
        Self::open(true, false).await
    }

    async fn open(https: bool, encrypted: bool) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let scheme = |secure: bool| if secure { "https" } else { "http" };
        let site = Site::new(https, format!("{}://{address}", scheme(https)));
        let site = Arc::new(Mutex::new(site));
        let app = axum::Router::new()
            .fallback(rest::answer)
            .with_state(Arc::clone(&site));
        let (task, ca) = if encrypted {
            let (listener, ca) = tls::Listener::over(listener);
            (
                tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }),
                ca,
            )
        } else {
            (
                tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }),
                String::new(),
            )
        };
        Self {
            url: format!("{}://{address}", scheme(encrypted)),
            site,
            ca,
            task,
        }
    }

    /// Where clients find the shop, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The shop as its owner sees it; requests wait while the guard is held, so do not hold it across an await.
    pub fn with(&self) -> MutexGuard<'_, Site> {
        self.site.lock().unwrap()
    }
}

impl Drop for WooDouble {
    fn drop(&mut self) {
        self.task.abort();
    }
}

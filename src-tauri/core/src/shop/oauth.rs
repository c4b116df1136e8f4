//! OAuth 1.0a with HMAC-SHA256 and without a token (RFC 5849 §3.4): what WooCommerce asks for over plain http.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::{Error, Result};

/// The query string of a signed GET of `url` (which has no query itself): `params` and the OAuth ones.
pub(super) fn signed_query(
    url: &str,
    params: &[(&str, String)],
    key: &str,
    secret: &str,
    seconds: i64,
    nonce: &str,
) -> Result<String> {
    let mut all: Vec<(&str, String)> = params.to_vec();
    all.push(("oauth_consumer_key", key.to_owned()));
    all.push(("oauth_nonce", nonce.to_owned()));
    all.push(("oauth_signature_method", "HMAC-SHA256".to_owned()));
    all.push(("oauth_timestamp", seconds.to_string()));
    let signature = sign("GET", url, &all, secret)?;
    all.push(("oauth_signature", signature));
    Ok(query(&all))
}

/// `a=b&c=d`, percent-encoded as RFC 3986 wants it.
pub(super) fn query(params: &[(&str, String)]) -> String {
    let pairs: Vec<String> = params
        .iter()
        .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
        .collect();
    pairs.join("&")
}

fn sign(method: &str, url: &str, params: &[(&str, String)], secret: &str) -> Result<String> {
    let mut pairs: Vec<(String, String)> = params
        .iter()
        .map(|(name, value)| (percent(name), percent(value)))
        .collect();
    pairs.sort();
    let joined: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let base = format!("{method}&{}&{}", percent(url), percent(&joined.join("&")));
    // The empty half after `&` is the token secret that there is none of.
    let mut mac = Hmac::<Sha256>::new_from_slice(format!("{}&", percent(secret)).as_bytes())
        .map_err(|_| Error::internal("签名算不出来，什么都没有改动。"))?;
    mac.update(base.as_bytes());
    Ok(BASE64.encode(mac.finalize().into_bytes()))
}

/// Everything but letters, digits and `-._~` (RFC 5849 §3.6).
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

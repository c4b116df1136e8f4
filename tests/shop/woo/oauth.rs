//! Who may read: WooCommerce's keys over https, and OAuth 1.0a as its `WC_REST_Authentication` checks it over http.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};

use super::KEY;
use super::rest::Refusal;
use super::site::Site;

const WINDOW: i64 = 15 * 60;

impl Site {
    /// Lets a request pass or says no; `path` has no query, `query` is decoded.
    pub(super) fn admit(
        &mut self,
        method: &str,
        path: &str,
        query: &[(String, String)],
        authorization: &str,
    ) -> Result<(), Refusal> {
        if self.https && admit_basic(query, authorization)? {
            return Ok(());
        }
        let mut params = query.to_vec();
        params.extend(header_params(authorization));
        let get = |name: &str| {
            params
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map_or("", |(_, value)| value.as_str())
        };
        let names = [
            "oauth_consumer_key",
            "oauth_timestamp",
            "oauth_nonce",
            "oauth_signature",
            "oauth_signature_method",
        ];
        let missing: Vec<&str> = names.into_iter().filter(|name| get(name).is_empty()).collect();
        if missing.len() == names.len() {
            return Err(Refusal::new(
                401,
                "woocommerce_rest_cannot_view",
                "Sorry, you cannot list resources.",
            ));
        }
        if !missing.is_empty() {
            let message = format!("Missing OAuth parameters {}", missing.join(", "));
            return Err(Refusal::new(
                401,
                "woocommerce_rest_authentication_missing_parameter",
                &message,
            ));
        }
        let refuse = |message: &str| {
            Err(Refusal::new(
                401,
                "woocommerce_rest_authentication_error",
                message,
            ))
        };
        if get("oauth_consumer_key") != KEY.0 {
            return refuse("Consumer key is invalid.");
        }
        // The real one takes HMAC-SHA1 as well; nothing new should use it.
        if get("oauth_signature_method") != "HMAC-SHA256" {
            return refuse("Invalid signature - signature method is invalid.");
        }
        let signed: Vec<(String, String)> = params
            .iter()
            .filter(|(key, _)| key != "oauth_signature")
            .cloned()
            .collect();
        if get("oauth_signature").replace(' ', "+")
            != sign(method, &format!("{}{path}", self.home), &signed, KEY.1)
        {
            return refuse("Invalid signature - provided signature does not match.");
        }
        let now = self.clock.unwrap_or_else(|| jiff::Timestamp::now().as_second());
        let stamp: i64 = get("oauth_timestamp").parse().unwrap_or_default();
        if (stamp - now).abs() > WINDOW {
            return refuse("Invalid timestamp.");
        }
        // The real one forgets a nonce when a second request shares its second; the double never does.
        if !self.nonces.insert(get("oauth_nonce").to_owned()) {
            return refuse("Invalid nonce - nonce has already been used.");
        }
        Ok(())
    }
}

fn admit_basic(query: &[(String, String)], authorization: &str) -> Result<bool, Refusal> {
    let get = |name: &str| {
        query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let keys = get("consumer_key").zip(get("consumer_secret")).or_else(|| {
        let text = BASE64.decode(authorization.strip_prefix("Basic ")?).ok()?;
        let (key, secret) = std::str::from_utf8(&text).ok()?.split_once(':')?;
        Some((key.to_owned(), secret.to_owned()))
    });
    match keys {
        Some((key, secret)) if key == KEY.0 && secret == KEY.1 => Ok(true),
        Some((key, _)) if key == KEY.0 => Err(Refusal::new(
            401,
            "woocommerce_rest_authentication_error",
            "Consumer secret is invalid.",
        )),
        _ => Ok(false),
    }
}

/// The parameters of an `Authorization: OAuth a="b", …` header.
fn header_params(authorization: &str) -> Vec<(String, String)> {
    let Some(list) = authorization.strip_prefix("OAuth ") else {
        return Vec::new();
    };
    let pairs = list.split(',').filter_map(|pair| pair.trim().split_once('='));
    let decode = |text: &str| {
        url::form_urlencoded::parse(format!("v={}", text.trim_matches('"')).as_bytes())
            .next()
            .unwrap()
            .1
            .into_owned()
    };
    pairs
        .filter(|(key, _)| *key != "realm")
        .map(|(key, value)| (key.to_owned(), decode(value)))
        .collect()
}

/// The base64 HMAC-SHA256 signature of RFC 5849 without a token; `url` has no query, `params` are decoded and complete but for the signature.
pub fn sign(method: &str, url: &str, params: &[(String, String)], secret: &str) -> String {
    let mut pairs: Vec<(String, String)> = params
        .iter()
        .map(|(key, value)| (percent(key), percent(value)))
        .collect();
    pairs.sort();
    let joined: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let base = format!(
        "{}&{}&{}",
        method.to_uppercase(),
        percent(url),
        percent(&joined.join("&"))
    );
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(format!("{secret}&").as_bytes()).unwrap();
    mac.update(base.as_bytes());
    BASE64.encode(mac.finalize().into_bytes())
}

/// RFC 3986: everything but letters, digits and `-._~`.
fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

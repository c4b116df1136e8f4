//! The one door to the table: what a source tells goes in without phones, mail addresses and foreign parts of urls.

use serde_json::Value;
use url::Url;

use super::{SourceOrder, Tags, personal};
use crate::buyer;

/// The order as it may be kept.
pub(super) fn clean(order: &SourceOrder) -> SourceOrder {
    let mut order = order.clone();
    for refund in &mut order.refunds {
        refund.reason = buyer::mask(&refund.reason);
    }
    order.tags = Tags {
        utm_source: text(&order.tags.utm_source),
        utm_medium: text(&order.tags.utm_medium),
        utm_campaign: text(&order.tags.utm_campaign),
        utm_content: text(&order.tags.utm_content),
        landing: text(&order.tags.landing),
        ..order.tags
    };
    order.raw = match serde_json::from_str(&order.raw) {
        Ok(mut raw) => {
            every_text(&mut raw);
            raw.to_string()
        }
        Err(_) => "{}".to_owned(),
    };
    order
}

fn every_text(value: &mut Value) {
    match value {
        Value::String(said) => *said = text(said),
        Value::Array(items) => items.iter_mut().for_each(every_text),
        Value::Object(members) => members.values_mut().for_each(every_text),
        _ => {}
    }
}

fn text(said: &str) -> String {
    url(said).map_or_else(|| words(said), |url| place(&url))
}

/// Ids, times and amounts stay but for phones; everything else is what somebody wrote.
fn words(said: &str) -> String {
    if !said
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_:./# ,".contains(c))
    {
        return buyer::mask(said);
    }
    let digits: String = said.chars().filter(|c| !" -".contains(*c)).collect();
    personal::hide_phones(if personal::hide_phones(&digits) == "***" {
        &digits
    } else {
        said
    })
}

/// A whole address, `/path?query`, or a query alone.
fn url(said: &str) -> Option<Url> {
    let said = said.trim();
    let is_relative = said.starts_with('/') || (said.starts_with('?') && said.contains('='));
    if is_relative && !said.contains(char::is_whitespace) {
        return Url::parse("https://shop.invalid").ok()?.join(said).ok();
    }
    Url::parse(said).ok().filter(Url::has_host)
}

/// What of a landing url says which post brought the buyer: its path and utm_* parameters, nothing else of the query.
fn place(url: &Url) -> String {
    let utm: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| key.to_ascii_lowercase().starts_with("utm_"))
        .map(|(key, value)| (key.into_owned(), words(&value)))
        .collect();
    let mut kept = url.clone();
    kept.set_fragment(None);
    kept.set_query(None);
    kept.set_path(&words(&url.path().replace("%40", "@")));
    if !utm.is_empty() {
        kept.query_pairs_mut().extend_pairs(utm);
    }
    let query = kept.query().map_or_else(String::new, |query| format!("?{query}"));
    format!("{}{query}", kept.path())
}

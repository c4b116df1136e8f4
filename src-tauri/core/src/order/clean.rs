//! The one door to the table: what a source tells goes in without phones, mail addresses and foreign parts of urls.

use serde_json::Value;
use url::Url;

use super::{
    SourceOrder, Tags,
    personal::{self, Personal},
};
use crate::buyer;

/// The order as it may be kept.
pub(super) fn clean(order: &SourceOrder) -> SourceOrder {
    let mut order = order.clone();
    let known = std::mem::take(&mut order.personal);
    let who = Personal::of(known.iter().map(String::as_str));
    for line in &mut order.lines {
        line.title = who.title(&line.title);
    }
    for refund in &mut order.refunds {
        refund.reason = who.clean(&refund.reason);
    }
    let campaign =
        |said: &str| url(said).map_or_else(|| buyer::campaign(&who.hide(said)), |url| place(&url, &who));
    order.tags = Tags {
        utm_source: campaign(&order.tags.utm_source),
        utm_medium: campaign(&order.tags.utm_medium),
        utm_campaign: campaign(&order.tags.utm_campaign),
        utm_content: campaign(&order.tags.utm_content),
        landing: text(&order.tags.landing, &who),
        ..order.tags
    };
    order.raw = match serde_json::from_str(&order.raw) {
        Ok(mut raw) => {
            every_text(&mut raw, &who);
            raw.to_string()
        }
        Err(_) => "{}".to_owned(),
    };
    order
}

fn every_text(value: &mut Value, who: &Personal<'_>) {
    match value {
        Value::String(said) => *said = text(said, who),
        Value::Array(items) => items.iter_mut().for_each(|item| every_text(item, who)),
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(said) if key.starts_with("utm_") => {
                        *said = buyer::campaign(&text(said, who));
                    }
                    Value::String(said) if key == "reason" => *said = who.clean(said),
                    other => every_text(other, who),
                }
            }
        }
        _ => {}
    }
}

/// A text without what says who somebody is: of an address on the web its path and utm_*, of ids and amounts all but phones.
pub(super) fn text(said: &str, who: &Personal<'_>) -> String {
    url(said).map_or_else(|| words(&who.hide(said)), |url| place(&url, who))
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
    // Most of what is asked about is a time or an amount.
    said.contains("://")
        .then(|| Url::parse(said).ok().filter(Url::has_host))
        .flatten()
}

/// What of a landing url says which post brought the buyer: its path and utm_* parameters, nothing else of the query.
fn place(url: &Url, who: &Personal<'_>) -> String {
    let utm: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| key.to_ascii_lowercase().starts_with("utm_"))
        .map(|(key, value)| (key.into_owned(), buyer::campaign(&words(&who.hide(&value)))))
        .collect();
    let mut kept = url.clone();
    kept.set_fragment(None);
    kept.set_query(None);
    kept.set_path(&words(&who.hide(&spoken(url.path()))));
    if !utm.is_empty() {
        kept.query_pairs_mut().extend_pairs(utm);
    }
    let query = kept.query().map_or_else(String::new, |query| format!("?{query}"));
    format!("{}{query}", kept.path())
}

/// A path as people read it: `%E5%BC%A0%E4%B8%89` is a name, and `%40` an at sign.
fn spoken(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

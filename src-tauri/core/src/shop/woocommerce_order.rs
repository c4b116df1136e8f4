//! A WooCommerce order as JSON, told as ours.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::source::{Glance, UNREAD};
use crate::{
    buyer::Salt,
    error::{Error, Result},
    order::{self, SourceLine, SourceOrder, SourceRefund, Status, Tags},
    value::{self, Time},
};

pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

pub(super) fn items<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// `date_created_gmt` and its like have no zone and mean UTC.
pub(super) fn stamp(value: &Value, name: &str) -> Result<Option<Time>> {
    match text(value, name) {
        "" => Ok(None),
        at => format!("{at}Z").parse().map(Some),
    }
}

/// A decimal string such as `"123.45"` in minor units, exactly; more decimals than the currency has are rounded half up.
///
/// # Errors
/// `Invalid` for what is no amount, nothing at all included: it is no 0.
fn minor(value: &Value, currency: &str) -> Result<i64> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return Err(Error::invalid("amount", "店铺没有说金额")),
    };
    if text.is_empty() {
        return Ok(0);
    }
    let places = value::decimals(currency) as usize;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let kept: String = fraction.chars().take(places).collect();
    let up = fraction
        .chars()
        .nth(places)
        .is_some_and(|digit| ('5'..='9').contains(&digit));
    let is_plain = fraction.chars().all(|c| c.is_ascii_digit());
    let amount = value::parse_amount(&format!("{whole}.{kept}"), currency);
    let amount = amount
        .ok()
        .filter(|_| is_plain)
        .ok_or_else(|| Error::invalid("amount", format!("看不懂金额「{text}」")))?;
    let up = i64::from(up);
    Ok(if whole.starts_with('-') {
        amount - up
    } else {
        amount + up
    })
}

/// What a line adds to its order's total, which is told beside it: nothing where nothing stands.
fn part(value: &Value, currency: &str) -> Result<i64> {
    if value.is_null() {
        return Ok(0);
    }
    minor(value, currency)
}

/// What was paid for an order. What costs less than nothing is none.
fn total(item: &Value, currency: &str) -> Result<i64> {
    if item["total"] == "" {
        return Err(Error::invalid("amount", "店铺没有说总额"));
    }
    let total = minor(&item["total"], currency)?;
    if total < 0 {
        return Err(Error::invalid(
            "amount",
            format!("总额是负数（{}）", plain(&item["total"])),
        ));
    }
    Ok(total)
}

/// When an order was placed.
fn placed(item: &Value) -> Result<Time> {
    let unread = || {
        let said = text(item, "date_created_gmt");
        Error::invalid("time", format!("看不懂下单时间「{said}」"))
    };
    stamp(item, "date_created_gmt")
        .map_err(|_| unread())?
        .ok_or_else(unread)
}

/// The order; `refunds` are what the shop tells of its refunds in full.
pub(super) fn order(item: &Value, refunds: &[Value], salt: &Salt) -> Result<SourceOrder> {
    let id = item["id"]
        .as_i64()
        .ok_or_else(|| Error::invalid("id", "编号不是数字"))?
        .to_string();
    let currency = text(item, "currency").to_owned();
    if currency.is_empty() {
        return Err(Error::invalid("currency", "店铺没有说是什么货币"));
    }
    let gross = total(item, &currency)?;
    let word = text(item, "status");
    let mut gone: HashMap<String, i64> = HashMap::new();
    let own = |refund: &&Value| {
        items(item, "refunds")
            .iter()
            .any(|told| told["id"] == refund["id"])
    };
    for line in refunds
        .iter()
        .filter(own)
        .flat_map(|refund| items(refund, "line_items"))
    {
        let of = items(line, "meta_data")
            .iter()
            .find(|meta| meta["key"] == "_refunded_item_id");
        let Some(of) = of.map(|meta| plain(&meta["value"])) else {
            continue;
        };
        *gone.entry(of).or_default() +=
            (part(&line["total"], &currency)? + part(&line["total_tax"], &currency)?).abs();
    }
    let told = items(item, "refunds").iter().map(|refund| {
        let full = refunds.iter().find(|full| full["id"] == refund["id"]);
        Ok(SourceRefund {
            source_key: plain(&refund["id"]),
            amount: minor(&refund["total"], &currency)?.abs(),
            state: "refunded".to_owned(),
            reason: text(refund, "reason").to_owned(),
            at: full
                .map(|full| stamp(full, "date_created_gmt"))
                .transpose()?
                .flatten(),
        })
    });
    let told: Vec<SourceRefund> = told.collect::<Result<_>>()?;
    let mut refunded: i64 = told.iter().map(|refund| refund.amount).sum();
    if word == "refunded" && told.is_empty() {
        refunded = gross;
    }
    let status = match word {
        "cancelled" | "failed" | "trash" => Status::Invalid,
        "refunded" => Status::Refunded,
        _ if gross > 0 && refunded >= gross => Status::Refunded,
        "pending" | "on-hold" | "checkout-draft" | "auto-draft" => Status::Created,
        "processing" => Status::Paid,
        "completed" => Status::Received,
        // A shop's own state: money only when the shop says it was paid.
        _ if text(item, "date_paid_gmt").is_empty() => Status::Created,
        _ => Status::Unknown,
    };
    let lines = items(item, "line_items").iter().map(|line| {
        let key = plain(&line["id"]);
        Ok(SourceLine {
            sku: text(line, "sku").to_owned(),
            title: text(line, "name").to_owned(),
            quantity: line["quantity"].as_i64().unwrap_or(0),
            amount: part(&line["total"], &currency)? + part(&line["total_tax"], &currency)?,
            refunded: gone.get(&key).copied().unwrap_or(0),
            source_key: key,
            told: String::new(),
        })
    });
    let lines: Vec<SourceLine> = lines.collect::<Result<_>>()?;
    let billing = &item["billing"];
    let buyer = [text(billing, "email"), text(billing, "phone")]
        .into_iter()
        .find(|who| !who.is_empty());
    let tags = tags(item);
    let raw = json!({
        "id": item["id"], "number": item["number"], "status": word, "currency": currency, "total": item["total"],
        "discount_total": item["discount_total"], "shipping_total": item["shipping_total"],
        "date_created_gmt": item["date_created_gmt"], "date_modified_gmt": item["date_modified_gmt"],
        "date_paid_gmt": item["date_paid_gmt"], "refunds": item["refunds"], "tags": tags,
    });
    Ok(SourceOrder {
        number: Some(plain(&item["number"]))
            .filter(|number| !number.is_empty())
            .unwrap_or_else(|| id.clone()),
        source_key: id,
        status,
        source_status: word.to_owned(),
        placed_at: placed(item)?,
        updated_at: stamp(item, "date_modified_gmt")?,
        currency,
        gross,
        refunded,
        commission_estimated: None,
        commission_settled: None,
        buyer: buyer.map(|who| salt.hash(&who.to_lowercase())),
        personal: personal(item),
        tags,
        lines,
        refunds: told,
        raw: raw.to_string(),
    })
}

/// What the order says of its buyer, to be taken out of everything else that it says.
fn personal(item: &Value) -> Vec<String> {
    let mut known = Vec::new();
    for part in [&item["billing"], &item["shipping"]] {
        known.extend(order::names(text(part, "first_name"), text(part, "last_name")));
        known.extend(["address_1", "address_2", "email", "phone"].map(|key| text(part, key).to_owned()));
    }
    known
}

/// What of an order changes without its stamp; where that cannot be read, the stamp of the order before.
pub(super) fn glance(item: &Value, before: Time) -> Glance {
    let currency = text(item, "currency");
    let amount = |value: &Value| minor(value, currency).unwrap_or(UNREAD);
    let refunds = items(item, "refunds")
        .iter()
        .map(|refund| (plain(&refund["id"]), amount(&refund["total"]).saturating_abs()));
    Glance {
        key: plain(&item["id"]),
        updated_at: stamp(item, "date_modified_gmt").ok().flatten().unwrap_or(before),
        source_status: text(item, "status").to_owned(),
        gross: total(item, currency).unwrap_or(UNREAD),
        refunds: refunds.filter(|(_, amount)| *amount != 0).collect(),
    }
}

/// An id that is a number here and a string there.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The order attribution of WooCommerce 8.5 and later. Every key may be missing; `(direct)` is nobody.
fn tags(item: &Value) -> Tags {
    let meta = |name: &str| {
        let found = items(item, "meta_data").iter().find(|meta| {
            meta["key"]
                .as_str()
                .and_then(|key| key.strip_prefix("_wc_order_attribution_"))
                == Some(name)
        });
        found
            .map(|meta| plain(&meta["value"]))
            .filter(|value| value != "(direct)" && value != "(none)")
            .unwrap_or_default()
    };
    Tags {
        utm_source: meta("utm_source"),
        utm_medium: meta("utm_medium"),
        utm_campaign: meta("utm_campaign"),
        utm_content: meta("utm_content"),
        landing: meta("session_entry"),
        coupons: items(item, "coupon_lines")
            .iter()
            .map(|coupon| text(coupon, "code").to_owned())
            .collect(),
        ..Tags::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_strings_become_minor_units_exactly() {
        let of = |text: &str, currency: &str| minor(&json!(text), currency).unwrap();
        assert_eq!(of("0.29", "CNY"), 29, "0.29 * 100 is 28.999… in floating point");
        assert_eq!(of("-12.5", "CNY"), -1250);
        assert_eq!(of("1299", "JPY"), 1299);
        assert_eq!(of("10.005", "CNY"), 1001);
        assert_eq!(of("-10.005", "CNY"), -1001);
        assert_eq!(of("", "CNY"), 0);
        for none in [
            json!("12,50 €€x"),
            json!("12,abc"),
            json!("1.5e3"),
            json!(1e30),
            json!(null),
        ] {
            assert!(minor(&none, "EUR").is_err(), "{none} is no amount");
        }
    }
}

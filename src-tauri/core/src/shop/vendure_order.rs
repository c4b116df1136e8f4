//! A Vendure order as JSON, told as ours: tags from its own fields, refunds laid on the lines they name.

use serde::Deserialize;
use serde_json::Value;

use super::source::not_understood;
use crate::{
    attribution,
    buyer::Salt,
    error::Result,
    order::{self, SourceLine, SourceOrder, SourceRefund, Status, Tags},
    value,
};

/// The tag that a field of this name holds.
pub(super) fn slot<'a>(tags: &'a mut Tags, field: &str) -> Option<&'a mut String> {
    let plain: String = field
        .chars()
        .filter(|c| *c != '_')
        .flat_map(char::to_lowercase)
        .collect();
    Some(match plain.as_str() {
        "utmsource" => &mut tags.utm_source,
        "utmmedium" => &mut tags.utm_medium,
        "utmcampaign" => &mut tags.utm_campaign,
        "utmcontent" => &mut tags.utm_content,
        "landing" | "landingtag" | "landingurl" | "landingpage" => &mut tags.landing,
        "noteid" => &mut tags.note_id,
        "placement" | "subid" | "pid" => &mut tags.placement,
        _ => return None,
    })
}
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    code: String,
    state: String,
    created_at: String,
    updated_at: String,
    order_placed_at: Option<String>,
    coupon_codes: Vec<String>,
    total_with_tax: i64,
    currency_code: String,
    customer: Option<Customer>,
    #[serde(default)]
    shipping_address: Option<Address>,
    #[serde(default)]
    billing_address: Option<Address>,
    custom_fields: Option<serde_json::Map<String, Value>>,
    lines: Vec<ItemLine>,
    payments: Option<Vec<Payment>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Customer {
    email_address: String,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    phone_number: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Address {
    full_name: Option<String>,
    street_line1: Option<String>,
    street_line2: Option<String>,
    phone_number: Option<String>,
}

/// What the order says of its buyer, to be taken out of everything else that it says.
fn personal(order: &Item) -> Vec<String> {
    let mut known = Vec::new();
    if let Some(customer) = &order.customer {
        let part = |name: &Option<String>| name.clone().unwrap_or_default();
        known.extend(order::names(
            &part(&customer.first_name),
            &part(&customer.last_name),
        ));
        known.push(customer.email_address.clone());
        known.extend(customer.phone_number.clone());
    }
    for address in [&order.shipping_address, &order.billing_address]
        .into_iter()
        .flatten()
    {
        if let Some(name) = &address.full_name {
            known.extend(order::names(name, ""));
        }
        let rest = [
            &address.street_line1,
            &address.street_line2,
            &address.phone_number,
        ];
        known.extend(rest.into_iter().flatten().cloned());
    }
    known
}

/// The shop's whole numbers as the currency's minor units: 1,200 yen of a shop that counts cents come as 120000.
pub(super) struct Scale {
    ours: i64,
    theirs: i64,
}

impl Scale {
    pub(super) fn of(precision: u32, currency: &str) -> Self {
        let decimals = value::decimals(currency);
        let power = |places: u32| 10_i64.saturating_pow(places);
        Self {
            ours: power(decimals.saturating_sub(precision)),
            theirs: power(precision.saturating_sub(decimals)),
        }
    }

    /// To the nearest unit: what a shop counts finer than the currency is rounded as money is.
    pub(super) fn minor(&self, amount: i64) -> i64 {
        let half = self.theirs / 2 * amount.signum();
        amount.saturating_mul(self.ours).saturating_add(half) / self.theirs
    }
}

impl Item {
    /// Brings every amount to minor units.
    fn scale(&mut self, scale: &Scale) {
        self.total_with_tax = scale.minor(self.total_with_tax);
        for line in &mut self.lines {
            line.prorated_line_price_with_tax = scale.minor(line.prorated_line_price_with_tax);
            line.prorated_unit_price_with_tax = scale.minor(line.prorated_unit_price_with_tax);
        }
        for payment in self.payments.iter_mut().flatten() {
            payment.amount = scale.minor(payment.amount);
            for refund in &mut payment.refunds {
                refund.total = scale.minor(refund.total);
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemLine {
    id: String,
    quantity: i64,
    order_placed_quantity: i64,
    prorated_line_price_with_tax: i64,
    prorated_unit_price_with_tax: i64,
    product_variant: Variant,
}

#[derive(Deserialize)]
struct Variant {
    sku: String,
    name: String,
}

#[derive(Deserialize)]
struct Payment {
    state: String,
    amount: i64,
    refunds: Vec<ItemRefund>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemRefund {
    id: String,
    state: String,
    total: i64,
    reason: Option<String>,
    created_at: String,
    #[serde(default)]
    lines: Vec<RefundLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefundLine {
    order_line_id: String,
    quantity: i64,
}

/// What of each line went back: what the refunds name, each up to its total, and of the rest what was taken out of the order.
fn given_back(lines: &[ItemLine], payments: &[Payment]) -> Vec<i64> {
    let cost = |line: &ItemLine, quantity: i64| line.prorated_unit_price_with_tax * quantity.max(0);
    let lay = |refund: i64, wanted: &dyn Fn(usize, &ItemLine) -> i64| {
        let wanted = lines.iter().enumerate().map(|(at, line)| (wanted(at, line), 0));
        attribution::take_back(refund, &wanted.collect::<Vec<_>>())
    };
    let add = |back: &mut Vec<i64>, parts: &[i64]| {
        for (back, part) in back.iter_mut().zip(parts) {
            *back += part;
        }
    };
    let mut back = vec![0; lines.len()];
    let mut rest = 0;
    for refund in payments.iter().flat_map(|payment| &payment.refunds) {
        let named = |_, line: &ItemLine| {
            let of = refund.lines.iter().filter(|part| part.order_line_id == line.id);
            cost(line, of.map(|part| part.quantity).sum())
        };
        let parts = lay(refund.counted(), &named);
        rest += refund.counted() - parts.iter().sum::<i64>();
        add(&mut back, &parts);
    }
    let known = back.clone();
    let gone = |at: usize, line: &ItemLine| {
        let known = known.get(at).copied().unwrap_or(0);
        cost(line, line.order_placed_quantity - line.quantity) - known
    };
    add(&mut back, &lay(rest, &gone));
    back
}

impl ItemRefund {
    fn counted(&self) -> i64 {
        counted(&self.state, self.total)
    }
}

/// What was paid, by the states of the payments.
pub(super) fn paid<'a>(payments: impl Iterator<Item = (&'a str, i64)>) -> i64 {
    payments
        .filter(|(state, _)| matches!(*state, "Settled" | "Authorized"))
        .map(|(_, amount)| amount)
        .sum()
}

/// A pending refund counts: the shop has promised it.
pub(super) fn counted(state: &str, total: i64) -> i64 {
    if state == "Failed" { 0 } else { total }
}

/// Vendure tells money in whole numbers with `precision` decimals, whatever the currency.
pub(super) fn order(item: &Value, precision: u32, salt: &Salt) -> Result<SourceOrder> {
    let mut read: Item = Item::deserialize(item).map_err(|e| not_understood().because(e))?;
    read.scale(&Scale::of(precision, &read.currency_code));
    let personal = personal(&read);
    let payments = read.payments.unwrap_or_default();
    let paid = paid(payments.iter().map(|p| (p.state.as_str(), p.amount)));
    // Cancelling takes lines out of the total; what was paid stays what was paid.
    let gross = if paid > 0 { paid } else { read.total_with_tax };
    let back = given_back(&read.lines, &payments);
    let refunds: Vec<SourceRefund> = payments
        .into_iter()
        .flat_map(|payment| payment.refunds)
        .map(|refund| {
            Ok(SourceRefund {
                amount: refund.counted(),
                source_key: refund.id,
                state: refund.state,
                reason: refund.reason.unwrap_or_default(),
                at: Some(refund.created_at.parse()?),
            })
        })
        .collect::<Result<_>>()?;
    let refunded: i64 = refunds.iter().map(|refund| refund.amount).sum();
    let status = match read.state.as_str() {
        "Cancelled" => Status::Invalid,
        _ if gross > 0 && refunded >= gross => Status::Refunded,
        "PaymentAuthorized" | "PaymentSettled" | "PartiallyShipped" | "Shipped" | "PartiallyDelivered" => {
            Status::Paid
        }
        "Delivered" => Status::Received,
        "ArrangingAdditionalPayment" | "Modifying" if paid > 0 => Status::Paid,
        "Created"
        | "Draft"
        | "AddingItems"
        | "ArrangingPayment"
        | "ArrangingAdditionalPayment"
        | "Modifying" => Status::Created,
        // A shop's own state: money only when something was paid.
        _ if paid > 0 => Status::Unknown,
        _ => Status::Created,
    };
    let mut tags = Tags {
        coupons: read.coupon_codes,
        ..Tags::default()
    };
    for (name, value) in read.custom_fields.unwrap_or_default() {
        if let (Some(slot), Some(text)) = (slot(&mut tags, &name), value.as_str()) {
            slot.push_str(text);
        }
    }
    let lines = read.lines.into_iter().zip(back).map(|(line, back)| {
        let placed = line.order_placed_quantity.max(line.quantity);
        let amount = if placed == line.quantity {
            line.prorated_line_price_with_tax
        } else {
            line.prorated_unit_price_with_tax * placed
        };
        SourceLine {
            source_key: line.id,
            sku: line.product_variant.sku,
            title: line.product_variant.name,
            quantity: placed,
            amount,
            refunded: back.min(amount),
            told: String::new(),
        }
    });
    let mut raw = item.clone();
    if let Some(members) = raw.as_object_mut() {
        for of_buyer in ["customer", "shippingAddress", "billingAddress"] {
            members.remove(of_buyer);
        }
    }
    Ok(SourceOrder {
        source_key: read.id,
        number: read.code,
        status,
        source_status: read.state,
        placed_at: read.order_placed_at.unwrap_or(read.created_at).parse()?,
        updated_at: Some(read.updated_at.parse()?),
        currency: read.currency_code,
        gross,
        refunded,
        commission_estimated: None,
        commission_settled: None,
        buyer: read
            .customer
            .map(|customer| salt.hash(&customer.email_address.to_lowercase())),
        personal,
        tags,
        lines: lines.collect(),
        refunds,
        raw: raw.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn amounts_are_brought_to_the_currency_whatever_the_shop_counts_in() {
        let minor = |precision, currency, amount| Scale::of(precision, currency).minor(amount);
        assert_eq!(minor(2, "CNY", 12_345), 12_345);
        assert_eq!(minor(2, "JPY", 120_000), 1_200, "1,200 yen are no 120,000");
        assert_eq!(minor(0, "JPY", 1_200), 1_200);
        assert_eq!(minor(3, "CNY", 12_345), 1_235, "rounded as money is");
        assert_eq!(minor(3, "CNY", -12_345), -1_235);
        assert_eq!(minor(2, "KWD", 125), 1_250);
        assert_eq!(minor(0, "CNY", 12), 1_200);
    }
}

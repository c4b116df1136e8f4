//! What of a Vendure order changes without its stamp.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{
    source::{Glance, UNREAD, not_understood},
    vendure_order::{Scale, counted, paid},
};
use crate::{error::Result, value::Time};

/// The parts of an order that a look in brief asks for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Brief {
    id: String,
    state: String,
    updated_at: String,
    total_with_tax: i64,
    currency_code: String,
    payments: Option<Vec<BriefPayment>>,
}

#[derive(Deserialize)]
struct BriefPayment {
    state: String,
    amount: i64,
    refunds: Vec<BriefRefund>,
}

#[derive(Deserialize)]
struct BriefRefund {
    id: String,
    state: String,
    total: i64,
}

/// What of an order changes without its stamp; amounts as `vendure_order.rs` has them. One that cannot be read differs from
/// whatever is known, and stands where the order before it does.
pub(super) fn glance(item: &Value, precision: u32, before: Time) -> Glance {
    read(item, precision).unwrap_or_else(|_| {
        let text = |name: &str| item[name].as_str().unwrap_or_default();
        Glance {
            key: text("id").to_owned(),
            updated_at: text("updatedAt").parse().unwrap_or(before),
            source_status: text("state").to_owned(),
            gross: UNREAD,
            refunds: BTreeMap::new(),
        }
    })
}

fn read(item: &Value, precision: u32) -> Result<Glance> {
    let read = Brief::deserialize(item).map_err(|e| not_understood().because(e))?;
    let scale = Scale::of(precision, &read.currency_code);
    let payments = read.payments.unwrap_or_default();
    let paid = paid(
        payments
            .iter()
            .map(|payment| (payment.state.as_str(), scale.minor(payment.amount))),
    );
    let refunds = payments.iter().flat_map(|payment| &payment.refunds);
    Ok(Glance {
        key: read.id,
        updated_at: read.updated_at.parse()?,
        source_status: read.state,
        gross: if paid > 0 {
            paid
        } else {
            scale.minor(read.total_with_tax)
        },
        refunds: refunds
            .map(|refund| {
                (
                    refund.id.clone(),
                    counted(&refund.state, scale.minor(refund.total)),
                )
            })
            .filter(|(_, amount)| *amount != 0)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_look_in_brief_counts_promised_refunds_and_leaves_out_failed_ones() {
        let item = json!({
            "id": "7", "state": "PaymentSettled", "updatedAt": "2026-11-20T02:00:00.000Z", "totalWithTax": 0,
            "currencyCode": "JPY",
            "payments": [
                { "state": "Settled", "amount": 259_800, "refunds": [
                    { "id": "3", "state": "Pending", "total": 129_900 }, { "id": "4", "state": "Failed", "total": 500 },
                ] },
                { "state": "Declined", "amount": 259_800, "refunds": [] },
            ],
        });
        let brief = glance(&item, 2, Time(0));
        assert_eq!(
            brief.gross, 2_598,
            "what was paid, though nothing is left of the order"
        );
        assert_eq!(brief.refunds, [("3".to_owned(), 1_299)].into());
    }
}

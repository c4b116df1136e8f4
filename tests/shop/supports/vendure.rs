//! The real shop behaves as the connector must expect it to.

use std::time::Duration;

use serde_json::{Value, json};

use crate::vendure::{OWNER, PlaceOrder, Vendure};

const PULL: &str = "query($o:OrderListOptions){orders(options:$o){totalItems items{
  id code state active createdAt updatedAt orderPlacedAt couponCodes totalWithTax currencyCode
  customFields{utmSource utmMedium utmCampaign utmContent landingTag}
  lines{id quantity orderPlacedQuantity linePriceWithTax productVariant{id sku}}
  payments{id state amount refunds{id state total reason createdAt}}}}}";

async fn pull(shop: &Vendure, after: &str) -> Vec<Value> {
    let options = json!({
        "take": 100, "skip": 0, "sort": { "updatedAt": "ASC" },
        "filter": { "updatedAt": { "after": after }, "active": { "eq": false } },
    });
    shop.admin(PULL, json!({ "o": options })).await["orders"]["items"]
        .as_array()
        .unwrap()
        .clone()
}

const LONG_AGO: &str = "2020-01-01T00:00:00.000Z";

#[tokio::test]
async fn a_vendure_order_carries_its_tags_its_coupon_and_yuan() {
    let Some(shop) = Vendure::shared().await else {
        return;
    };
    shop.create_coupon("XHS-TAGS1", 10).await;
    let order = PlaceOrder {
        lines: &[("LIP-A", 1), ("POT-D-L", 2)],
        utm: Some(("xiaohongshu", "social", "autumn", "k7q2a")),
        landing_tag: Some("k7q2a"),
        coupon: Some("XHS-TAGS1"),
        email: "tags@example.com",
    };
    let placed = shop.place_order(order).await;
    assert_eq!(
        placed.total,
        (12_900 + 2 * 22_900) * 9 / 10,
        "ten percent off, in fen"
    );
    let pulled = pull(&shop, LONG_AGO).await;
    let pulled = pulled
        .iter()
        .find(|order| order["id"] == *placed.id)
        .expect("the pull shows the order");
    assert_eq!(pulled["currencyCode"], "CNY");
    assert_eq!(pulled["code"], *placed.code);
    assert_eq!(pulled["totalWithTax"], placed.total);
    assert_eq!(pulled["couponCodes"], json!(["XHS-TAGS1"]));
    assert_eq!(pulled["customFields"]["utmContent"], "k7q2a");
    assert_eq!(pulled["customFields"]["landingTag"], "k7q2a");
    assert_eq!(pulled["lines"][1]["productVariant"]["sku"], "POT-D-L");
}

#[tokio::test]
async fn a_vendure_refund_does_not_move_updated_at() {
    let Some(shop) = Vendure::shared().await else {
        return;
    };
    let order = PlaceOrder {
        lines: &[("SUN-B", 2)],
        email: "refund@example.com",
        ..PlaceOrder::default()
    };
    let placed = shop.place_order(order).await;
    let before = shop.order(&placed.id).await;
    // Stamps have whole seconds: without the pause an unmoved stamp would prove nothing.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let refund = shop.refund(&placed.id, Some(placed.total / 2)).await;
    let after = shop.order(&placed.id).await;
    assert_eq!(
        after["updatedAt"], before["updatedAt"],
        "a sync by updatedAt alone never sees a refund"
    );
    assert_eq!(after["state"], "PaymentSettled", "nor does the state tell");
    assert_eq!(
        after["payments"][0]["refunds"],
        json!([{ "id": refund, "state": "Pending", "total": placed.total / 2 }])
    );
    assert_eq!(after["totalWithTax"], placed.total, "the total never shrinks");

    shop.settle_refund(&refund).await;
    let settled = shop.order(&placed.id).await;
    assert_eq!(settled["payments"][0]["refunds"][0]["state"], "Settled");
    assert_eq!(settled["updatedAt"], before["updatedAt"]);
    shop.refund(&placed.id, None).await;
    let rest = shop.order(&placed.id).await;
    assert_eq!(
        rest["payments"][0]["refunds"][1]["total"],
        placed.total - placed.total / 2,
        "None gives back what is left"
    );
}

#[tokio::test]
async fn a_cancelled_vendure_order_moves_updated_at_and_after_is_exclusive() {
    let Some(shop) = Vendure::shared().await else {
        return;
    };
    let order = PlaceOrder {
        lines: &[("MASK-C", 3)],
        email: "cancel@example.com",
        ..PlaceOrder::default()
    };
    let placed = shop.place_order(order).await;
    let before = shop.order(&placed.id).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    shop.cancel(&placed.id).await;
    let after = shop.order(&placed.id).await;
    assert_eq!(after["state"], "Cancelled");
    assert_ne!(after["updatedAt"], before["updatedAt"]);
    let shows = |orders: Vec<Value>| orders.iter().any(|order| order["id"] == *placed.id);
    assert!(
        shows(pull(&shop, before["updatedAt"].as_str().unwrap()).await),
        "it moved past its old stamp"
    );
    assert!(
        !shows(pull(&shop, after["updatedAt"].as_str().unwrap()).await),
        "a cursor at its own stamp leaves it out"
    );
}

#[tokio::test]
async fn a_vendure_api_key_reads_orders() {
    let Some(shop) = Vendure::shared().await else {
        return;
    };
    let key = shop.api_key().await;
    let request = reqwest::Client::new().post(format!("{}/admin-api", shop.url()));
    let ask =
        |request: reqwest::RequestBuilder| request.json(&json!({ "query": "{orders{totalItems}}" })).send();
    let keyed: Value = ask(request.try_clone().unwrap().header("vendure-api-key", key))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert!(keyed["data"]["orders"]["totalItems"].is_u64(), "{keyed}");
    let bare: Value = ask(request).await.unwrap().json().await.unwrap();
    assert_eq!(
        bare["errors"][0]["extensions"]["code"], "FORBIDDEN",
        "the owner is {}, and a stranger is not",
        OWNER.0
    );
}

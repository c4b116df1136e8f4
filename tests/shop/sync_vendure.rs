//! Reading a real Vendure, directly and through the proxy that breaks things.

use caoben::{
    order::{self, SourceOrder, Status, Tags},
    shop::ShopKind,
    value::Time,
};
use serde_json::json;

use crate::{
    proxy::{Fault, Proxy, Script},
    sync::{connect, numbered, orders, sync, synced, synced_whole, workspace},
    vendure::{OWNER, PlaceOrder, PlacedOrder, Vendure},
};

async fn buy(shop: &Vendure, content: &str) -> PlacedOrder {
    let order = PlaceOrder {
        lines: &[("SUN-B", 2), ("LIP-A", 1)],
        utm: Some(("xiaohongshu", "social", "autumn", content)),
        email: "lu@example.com",
        ..PlaceOrder::default()
    };
    shop.place_order(order).await
}

#[tokio::test]
async fn vendures_orders_come_with_tags_and_a_refund_is_seen_although_the_stamp_stays() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let (_folder, db) = workspace().await;
    vendure.create_coupon("SYNC-K7Q2A", 10).await;
    let tagged = vendure
        .place_order(PlaceOrder {
            lines: &[("SUN-B", 2)],
            utm: Some(("wechat", "social", "autumn", "K7Q2A3")),
            landing_tag: Some("k7q2a3"),
            coupon: Some("SYNC-K7Q2A"),
            email: "lu@example.com",
        })
        .await;
    let (part, gone) = (buy(&vendure, "PART1").await, buy(&vendure, "GONE1").await);
    let shop = connect(&db, ShopKind::Vendure, vendure.url(), OWNER).await;
    let first = synced(&db, shop).await;
    assert!(first.new >= 3, "{first:?}");
    let order = numbered(&db, &tagged.code).await;
    assert_eq!(
        (order.status, order.gross, order.currency.as_str()),
        (Status::Paid, 16_020, "CNY")
    );
    assert_eq!(
        (order.tags.utm_content.as_str(), order.tags.landing.as_str()),
        ("K7Q2A3", "k7q2a3")
    );
    assert_eq!(order.tags.coupons, ["SYNC-K7Q2A"]);
    assert_eq!(
        (
            order.lines[0].sku.as_str(),
            order.lines[0].quantity,
            order.lines[0].amount
        ),
        ("SUN-B", 2, 16_020)
    );

    let stamp = vendure.order(&part.id).await["updatedAt"].clone();
    vendure.refund(&part.id, Some(5_000)).await;
    assert_eq!(
        vendure.order(&part.id).await["updatedAt"],
        stamp,
        "this is the trap"
    );
    vendure.cancel(&gone.id).await;
    vendure.refund(&gone.id, None).await;
    synced(&db, shop).await;
    let order = numbered(&db, &part.code).await;
    assert_eq!((order.refunded, order.net), (5_000, part.total - 5_000));
    let order = numbered(&db, &gone.code).await;
    assert_eq!(
        (order.status, order.gross, order.refunded, order.net),
        (Status::Invalid, gone.total, gone.total, 0)
    );
    assert!(
        order.lines.iter().all(|line| line.refunded == line.amount),
        "what was cancelled went back: {:?}",
        order.lines
    );
}

#[tokio::test]
async fn a_refund_of_vendure_reaches_the_line_it_names() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let (_folder, db) = workspace().await;
    let bought = buy(&vendure, "LINE1").await;
    let shop = connect(&db, ShopKind::Vendure, vendure.url(), OWNER).await;
    synced(&db, shop).await;
    let before = numbered(&db, &bought.code).await;
    assert_eq!(before.lines.iter().map(|line| line.refunded).sum::<i64>(), 0);
    let told = vendure.order(&bought.id).await;
    let lip = told["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["productVariant"]["sku"] == "LIP-A")
        .unwrap();
    let price = before
        .lines
        .iter()
        .find(|line| line.sku == "LIP-A")
        .unwrap()
        .amount;
    let lines = json!([{ "orderLineId": lip["id"], "quantity": 1 }]);
    vendure.refund_lines(&bought.id, &lines, price).await;
    synced(&db, shop).await;
    let after = numbered(&db, &bought.code).await;
    let of = |sku: &str| after.lines.iter().find(|line| line.sku == sku).unwrap().refunded;
    assert_eq!((of("LIP-A"), of("SUN-B"), after.refunded), (price, 0, price));
}

#[tokio::test]
async fn an_api_key_reads_as_well_as_a_password_and_a_wrong_one_is_refused() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let (_folder, db) = workspace().await;
    let placed = buy(&vendure, "APIKEY").await;
    let key = vendure.api_key().await;
    let shop = connect(&db, ShopKind::Vendure, vendure.url(), ("", &key)).await;
    synced(&db, shop).await;
    numbered(&db, &placed.code).await;
    let (_folder, db) = workspace().await;
    let wrong = connect(
        &db,
        ShopKind::Vendure,
        vendure.url(),
        ("superadmin", "wrong-password"),
    )
    .await;
    let error = sync(&db, wrong).await.error.unwrap();
    assert!(
        error.contains("不认") && !error.contains("wrong-password"),
        "{error}"
    );
    let (_folder, db) = workspace().await;
    let wrong = connect(&db, ShopKind::Vendure, vendure.url(), ("", "no-such-key")).await;
    assert!(sync(&db, wrong).await.error.unwrap().contains("不认"));
}

#[tokio::test]
async fn a_broken_road_to_vendure_loses_and_doubles_nothing() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let (_folder, db) = workspace().await;
    for n in 0..4 {
        buy(&vendure, &format!("ROAD{n}")).await;
    }
    let script = Script::default()
        .on(1, Fault::Status(502))
        .on(3, Fault::Html)
        .on(5, Fault::TooMany { retry_after: "1" })
        .on(4, Fault::Repeat)
        .on(7, Fault::Cut)
        .on(8, Fault::Silence);
    let proxy = Proxy::start(vendure.url(), script).await;
    let shop = connect(&db, ShopKind::Vendure, proxy.url(), OWNER).await;
    let done = synced(&db, shop).await;
    assert!(done.retries >= 5, "{done:?}");
    let query = "{orders(options:{filter:{active:{eq:false}}}){totalItems}}";
    let there = vendure.admin(query, json!({})).await["orders"]["totalItems"]
        .as_u64()
        .unwrap();
    let here = orders(&db).await.len() as u64;
    assert!(
        here + 20 >= there && here >= 4,
        "{here} of {there}: other tests may buy meanwhile"
    );
    let again = synced(&db, shop).await;
    assert_eq!(orders(&db).await.len() as i64, done.new + again.new, "none twice");
    let pauses = proxy.seen();
    assert!(
        pauses[5].at - pauses[4].at >= std::time::Duration::from_millis(950),
        "Retry-After is kept to"
    );
}

#[tokio::test]
async fn a_road_that_stays_broken_is_said_and_harms_nothing() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let (_folder, db) = workspace().await;
    let proxy = Proxy::start(vendure.url(), Script::default().sometimes(1, 1.0, &[Fault::Html])).await;
    let shop = connect(&db, ShopKind::Vendure, proxy.url(), OWNER).await;
    let error = sync(&db, shop).await.error.unwrap();
    assert!(error.contains("网页"), "{error}");
    assert!(orders(&db).await.is_empty());
}

#[tokio::test]
async fn a_sync_brings_in_as_many_orders_as_vendure_says_it_has_and_notices_one_that_is_gone() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let (_folder, db) = workspace().await;
    let placed = buy(&vendure, "TOTAL1").await;
    let shop = connect(&db, ShopKind::Vendure, vendure.url(), OWNER).await;
    let query = "{orders(options:{filter:{active:{eq:false}}}){totalItems}}";
    let total = async || {
        let told = vendure.admin(query, json!({})).await;
        usize::try_from(told["orders"]["totalItems"].as_u64().unwrap()).unwrap()
    };
    let before = total().await;
    synced(&db, shop).await;
    let here = orders(&db).await.len();
    assert!(
        (before..=total().await).contains(&here),
        "{here} here, {before} there when it began: other tests may buy meanwhile"
    );

    // Vendure has no way to erase a placed order; somebody with its database has.
    let known = numbered(&db, &placed.code).await;
    let gone = SourceOrder {
        source_key: "99999999".to_owned(),
        number: "GONE".to_owned(),
        status: Status::Paid,
        source_status: "PaymentSettled".to_owned(),
        placed_at: known.placed_at,
        updated_at: Some(known.placed_at),
        currency: "CNY".to_owned(),
        gross: 12_900,
        refunded: 0,
        commission_estimated: None,
        commission_settled: None,
        buyer: None,
        personal: Vec::new(),
        tags: Tags::default(),
        lines: Vec::new(),
        refunds: Vec::new(),
        raw: "{}".to_owned(),
    };
    let mut tx = db.begin().await.unwrap();
    order::upsert(&mut tx, shop, &[gone], Time::now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(synced(&db, shop).await.erased, 1);
    let order = numbered(&db, "GONE").await;
    assert_eq!((order.status, order.net), (Status::Invalid, 0));
    assert_eq!(synced_whole(&db, shop).await.erased, 0, "noticed once");
    assert_eq!(numbered(&db, &placed.code).await.net, placed.total);
}

#[tokio::test]
async fn vendure_tells_how_many_decimals_its_integers_have() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let told = vendure
        .admin(
            "{globalSettings{serverConfig{moneyStrategyPrecision}}}",
            json!({}),
        )
        .await;
    assert_eq!(
        told["globalSettings"]["serverConfig"]["moneyStrategyPrecision"], 2,
        "for yen too: {told}"
    );
}

//! The double of WooCommerce is as strict as the real one.

use serde_json::{Value, json};

use super::{NOON, ORDERS};
use crate::proxy::{Proxy, Script};
use crate::woo::{KEY, NewOrder, Refund, WooDouble, sign};

/// The URL of a signed GET of this path and query.
fn signed(base: &str, path: &str, query: &[(&str, &str)], nonce: &str, stamp: i64) -> url::Url {
    let mut params: Vec<(String, String)> = query
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let stamp = stamp.to_string();
    for (key, value) in [
        ("oauth_consumer_key", KEY.0),
        ("oauth_timestamp", &stamp),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", "HMAC-SHA256"),
    ] {
        params.push((key.to_owned(), value.to_owned()));
    }
    let address = format!("{base}{path}");
    let signature = sign("GET", &address, &params, KEY.1);
    let mut url = url::Url::parse(&address).unwrap();
    url.query_pairs_mut()
        .extend_pairs(params)
        .append_pair("oauth_signature", &signature);
    url
}

/// Lists orders with a fresh nonce; answers the response's status, `X-WP-Total` and body.
async fn list(shop: &WooDouble, query: &[(&str, &str)]) -> (u16, String, Value) {
    let nonce = format!("n{}", shop.with().requests.len());
    let url = signed(
        shop.url(),
        ORDERS,
        query,
        &nonce,
        jiff::Timestamp::now().as_second(),
    );
    let answer = reqwest::get(url).await.unwrap();
    let total = answer
        .headers()
        .get("x-wp-total")
        .map_or(String::new(), |total| total.to_str().unwrap().to_owned());
    (answer.status().as_u16(), total, answer.json().await.unwrap())
}

#[tokio::test]
async fn the_woo_double_takes_only_a_fresh_and_correct_signature_over_http() {
    let shop = WooDouble::start(false).await;
    let http = reqwest::Client::new();
    let url = format!("{}{ORDERS}", shop.url());
    let status_and_code = async |request: reqwest::RequestBuilder| {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.unwrap();
        (status, body["code"].as_str().unwrap_or("").to_owned())
    };
    let cannot_view = (401, "woocommerce_rest_cannot_view".to_owned());
    assert_eq!(
        status_and_code(http.get(&url).basic_auth(KEY.0, Some(KEY.1))).await,
        cannot_view,
        "Basic is for https"
    );
    let in_query = format!("{url}?consumer_key={}&consumer_secret={}", KEY.0, KEY.1);
    assert_eq!(
        status_and_code(http.get(&in_query)).await,
        cannot_view,
        "and so are keys in the query"
    );

    let now = jiff::Timestamp::now().as_second();
    let query = [
        ("modified_after", "2026-11-22T00:00:00Z"),
        ("search", "小鹿 + a&b=~"),
        ("status", "any"),
    ];
    let good = signed(shop.url(), ORDERS, &query, "nonce-1", now);
    assert_eq!(
        status_and_code(http.get(good.clone())).await,
        (200, String::new())
    );
    let wrong = (401, "woocommerce_rest_authentication_error".to_owned());
    assert_eq!(
        status_and_code(http.get(good.clone())).await,
        wrong,
        "a nonce counts once"
    );
    let mut forged = signed(shop.url(), ORDERS, &query, "nonce-2", now);
    forged.query_pairs_mut().append_pair("page", "2");
    assert_eq!(
        status_and_code(http.get(forged)).await,
        wrong,
        "the signature covers every parameter"
    );
    let stale = signed(shop.url(), ORDERS, &query, "nonce-3", now - 16 * 60);
    assert_eq!(
        status_and_code(http.get(stale)).await,
        wrong,
        "a stamp lives 15 minutes"
    );
    shop.with().clock = Some(now + 3_600);
    let late = signed(shop.url(), ORDERS, &query, "nonce-4", now);
    assert_eq!(
        status_and_code(http.get(late)).await,
        wrong,
        "by the shop's clock"
    );
}

#[tokio::test]
async fn the_woo_double_takes_basic_over_https() {
    let shop = WooDouble::start(true).await;
    let root = reqwest::Certificate::from_pem(shop.ca.as_bytes()).unwrap();
    let http = reqwest::Client::builder()
        .add_root_certificate(root)
        .build()
        .unwrap();
    let get = |secret: &'static str| {
        http.get(format!("{}{ORDERS}", shop.url()))
            .basic_auth(KEY.0, Some(secret))
            .send()
    };
    assert_eq!(get(KEY.1).await.unwrap().status(), 200);
    assert_eq!(get("wrong").await.unwrap().status(), 401);
}

#[tokio::test]
async fn the_woo_double_reads_dates_as_woocommerce_does() {
    let shop = WooDouble::start(false).await;
    let id = shop.with().order(&NewOrder {
        at: NOON,
        status: "processing",
        lines: &[("LIP-A", 1, 12_900)],
        ..NewOrder::default()
    });
    let after = async |stamp: &str, gmt: &str| {
        list(&shop, &[("modified_after", stamp), ("dates_are_gmt", gmt)])
            .await
            .1
    };
    assert_eq!(after("2026-11-22T03:59:59", "true").await, "1");
    assert_eq!(
        after("2026-11-22T04:00:00", "true").await,
        "0",
        "the end is exclusive"
    );
    assert_eq!(
        after("2026-11-22T04:00:00", "false").await,
        "1",
        "without the flag a GMT stamp is eight hours too early"
    );
    assert_eq!(
        after("2026-11-22T04:00:00Z", "false").await,
        "0",
        "but a Z is honoured"
    );
    let (status, _, body) = list(&shop, &[("modified_after", "yesterday")]).await;
    assert_eq!((status, &body["code"]), (400, &json!("rest_invalid_param")));
    let (_, _, orders) = list(&shop, &[]).await;
    assert_eq!(orders[0]["id"], id);
    assert_eq!(orders[0]["date_created"], "2026-11-22T12:00:00");
    assert_eq!(orders[0]["date_created_gmt"], "2026-11-22T04:00:00");
}

#[tokio::test]
async fn the_woo_double_pages_a_burst_and_its_link_cannot_be_followed() {
    let shop = WooDouble::start(false).await;
    for _ in 0..101 {
        shop.with().order(&NewOrder {
            at: NOON,
            status: "completed",
            lines: &[("SUN-B", 1, 8_900)],
            ..NewOrder::default()
        });
    }
    let (status, _, body) = list(&shop, &[("per_page", "101")]).await;
    assert_eq!((status, &body["code"]), (400, &json!("rest_invalid_param")));
    let (_, total, first) = list(
        &shop,
        &[("per_page", "100"), ("orderby", "modified"), ("order", "asc")],
    )
    .await;
    assert_eq!((total.as_str(), first.as_array().unwrap().len()), ("101", 100));
    let newest = first[99]["date_modified_gmt"].as_str().unwrap();
    let (_, rest, _) = list(&shop, &[("modified_after", newest), ("dates_are_gmt", "true")]).await;
    assert_eq!(
        rest, "0",
        "a cursor at the last stamp loses the order that shares it"
    );

    let url = signed(
        shop.url(),
        ORDERS,
        &[("per_page", "100")],
        "once",
        jiff::Timestamp::now().as_second(),
    );
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.headers()["x-wp-totalpages"], "2");
    let link = answer.headers()["link"].to_str().unwrap().to_owned();
    let next = link
        .strip_prefix('<')
        .unwrap()
        .split_once(">; rel=\"next\"")
        .unwrap()
        .0;
    assert_eq!(
        reqwest::get(next).await.unwrap().status(),
        401,
        "the link repeats the used nonce and signature"
    );
}

#[tokio::test]
async fn the_woo_double_refunds_without_touching_status_or_total_and_hides_the_trash() {
    let shop = WooDouble::start(false).await;
    let order = NewOrder {
        at: NOON,
        status: "completed",
        lines: &[("LIP-A", 2, 12_900), ("MASK-C", 1, 5_990)],
        coupon: Some(("XHS-K7Q2A", 10)),
        attribution: &[("source_type", "utm"), ("utm_content", "k7q2a")],
        email: "buyer@example.com",
    };
    let id = shop.with().order(&order);
    shop.with().refund(
        id,
        &Refund {
            at: NOON + 60,
            amount: 11_610,
            reason: "过敏",
            lines: &[(0, 1, 11_610)],
        },
    );
    let (_, _, orders) = list(&shop, &[]).await;
    let shown = &orders[0];
    assert_eq!(shown["status"], "completed");
    assert_eq!(
        shown["total"], "286.11",
        "317.90 less ten percent, and never less"
    );
    assert_eq!(shown["coupon_lines"][0]["code"], "xhs-k7q2a");
    assert_eq!(shown["refunds"][0]["total"], "-116.10");
    assert_eq!(shown["date_modified_gmt"], "2026-11-22T04:01:00");
    assert_eq!(shown["meta_data"][1]["key"], "_wc_order_attribution_utm_content");

    let path = format!("{ORDERS}/{id}/refunds");
    let url = signed(
        shop.url(),
        &path,
        &[],
        "refunds",
        jiff::Timestamp::now().as_second(),
    );
    let refunds: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert_eq!(refunds[0]["amount"], "116.10");
    assert_eq!(refunds[0]["line_items"][0]["quantity"], -1);
    let line = shown["line_items"][0]["id"].to_string();
    assert_eq!(
        refunds[0]["line_items"][0]["meta_data"][0],
        json!({ "id": refunds[0]["line_items"][0]["id"], "key": "_refunded_item_id", "value": line })
    );

    shop.with().refund(
        id,
        &Refund {
            at: NOON + 90,
            amount: 28_611 - 11_610,
            ..Refund::default()
        },
    );
    assert_eq!(list(&shop, &[]).await.2[0]["status"], "refunded", "all of it is");
    shop.with()
        .before_list(3, move |shop| shop.set_status(id, "trash", NOON + 120));
    assert_eq!(
        list(&shop, &[("status", "any")]).await.1,
        "0",
        "any does not include the trash, into which it fell on the way"
    );
    assert_eq!(list(&shop, &[("status", "any,trash")]).await.1, "1");
    shop.with().erase(id);
    assert_eq!(list(&shop, &[("status", "trash")]).await.1, "0");
}

#[tokio::test]
async fn behind_a_proxy_the_woo_double_wants_the_signature_over_its_home_address() {
    let shop = WooDouble::start(false).await;
    let proxy = Proxy::start(shop.url(), Script::default()).await;
    let now = jiff::Timestamp::now().as_second();
    let ask = async |nonce: &str| {
        let url = signed(proxy.url(), ORDERS, &[("_fields", "id,number")], nonce, now);
        reqwest::get(url).await.unwrap().status().as_u16()
    };
    assert_eq!(
        ask("before").await,
        401,
        "WordPress signs its own address, whatever the client called"
    );
    shop.with().home = proxy.url().to_owned();
    assert_eq!(ask("after").await, 200);
}

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

/// Hours from the orders' change, and whether they are shown: with `Z` and the flag, with the flag, with `Z`, with neither.
type Shown = (i64, [u8; 4]);

/// What WooCommerce 11.0.1 answered when every order had changed just then and `modified_after` lay so many hours from it:
/// with `Z` and the flag, with the flag, with `Z`, with neither; 1 = it shows them.
const ASKED: [(&str, [Shown; 8]); 3] = [
    (
        "Asia/Shanghai",
        [
            (-12, [1, 1, 1, 1]),
            (-9, [1, 1, 1, 1]),
            (-7, [0, 1, 1, 1]),
            (-1, [0, 1, 1, 1]),
            (1, [0, 0, 0, 1]),
            (7, [0, 0, 0, 1]),
            (9, [0, 0, 0, 0]),
            (12, [0, 0, 0, 0]),
        ],
    ),
    (
        "America/Los_Angeles",
        [
            (-12, [1, 1, 1, 1]),
            (-9, [1, 1, 1, 1]),
            (-7, [1, 1, 1, 0]),
            (-1, [1, 1, 1, 0]),
            (1, [1, 0, 0, 0]),
            (7, [1, 0, 0, 0]),
            (9, [0, 0, 0, 0]),
            (12, [0, 0, 0, 0]),
        ],
    ),
    (
        "Asia/Kolkata",
        [
            (-12, [1, 1, 1, 1]),
            (-9, [1, 1, 1, 1]),
            (-7, [1, 1, 1, 1]),
            (-1, [0, 1, 1, 1]),
            (1, [0, 0, 0, 1]),
            (7, [0, 0, 0, 0]),
            (9, [0, 0, 0, 0]),
            (12, [0, 0, 0, 0]),
        ],
    ),
];

#[tokio::test]
async fn the_woo_double_reads_dates_as_woocommerce_does_wherever_it_stands() {
    for (zone, asked) in ASKED {
        let shop = WooDouble::start(false).await;
        shop.with().move_to(zone);
        shop.with().order(&NewOrder {
            at: NOON,
            status: "processing",
            lines: &[("LIP-A", 1, 12_900)],
            ..NewOrder::default()
        });
        for (hours, answers) in asked {
            let at = jiff::Timestamp::from_second(NOON + hours * 3_600).unwrap();
            let at = at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
            let forms = [("Z", "true"), ("", "true"), ("Z", "false"), ("", "false")];
            for ((end, flag), answer) in forms.into_iter().zip(answers) {
                let stamp = format!("{at}{end}");
                let told = list(
                    &shop,
                    &[("modified_after", stamp.as_str()), ("dates_are_gmt", flag)],
                )
                .await
                .1;
                assert_eq!(told, answer.to_string(), "{zone} {hours} h {stamp} {flag}");
            }
        }
    }
}

#[tokio::test]
async fn the_woo_double_takes_whole_stamps_only_and_both_ends_are_exclusive() {
    let shop = WooDouble::start(false).await;
    let id = shop.with().order(&NewOrder {
        at: NOON,
        status: "processing",
        lines: &[("LIP-A", 1, 12_900)],
        ..NewOrder::default()
    });
    let asked =
        async |name: &str, stamp: &str| list(&shop, &[(name, stamp), ("dates_are_gmt", "true")]).await.1;
    for (name, stamp, answer) in [
        ("modified_after", "2026-11-22T03:59:59", "1"),
        ("modified_after", "2026-11-22T04:00:00", "0"),
        ("modified_after", "2026-11-22T03:59:59.500", "1"),
        ("modified_before", "2026-11-22T04:00:00", "0"),
        ("modified_before", "2026-11-22T04:00:01", "1"),
        ("after", "2026-11-22T03:59:59", "1"),
        ("after", "2026-11-22T04:00:00", "0"),
        ("before", "2026-11-22T04:00:00", "0"),
    ] {
        assert_eq!(asked(name, stamp).await, answer, "{name} {stamp}");
    }
    for bad in ["yesterday", "2026-11-22", "2026-11-22T04:00", "1795320000"] {
        let (status, _, body) = list(&shop, &[("modified_after", bad)]).await;
        assert_eq!(
            (status, &body["code"]),
            (400, &json!("rest_invalid_param")),
            "{bad}"
        );
    }
    let (_, _, orders) = list(&shop, &[]).await;
    assert_eq!(orders[0]["id"], id);
    assert_eq!(orders[0]["date_created"], "2026-11-22T12:00:00");
    assert_eq!(orders[0]["date_created_gmt"], "2026-11-22T04:00:00");
}

#[tokio::test]
async fn the_woo_double_breaks_ties_by_id_and_counts_past_the_end_as_its_storage_does() {
    for (hpos, past) in [(false, "130"), (true, "0")] {
        let shop = WooDouble::start(false).await;
        shop.with().hpos = hpos;
        for _ in 0..130 {
            shop.with().order(&NewOrder {
                at: NOON,
                status: "completed",
                lines: &[("SUN-B", 1, 8_900)],
                ..NewOrder::default()
            });
        }
        let part = async |more: &[(&str, &str)]| {
            let mut query = vec![("per_page", "100"), ("orderby", "modified"), ("order", "asc")];
            query.extend(more);
            let (_, total, body) = list(&shop, &query).await;
            let ids = body.as_array().unwrap().iter();
            (
                total,
                ids.map(|order| order["id"].as_u64().unwrap()).collect::<Vec<_>>(),
            )
        };
        let (total, first) = part(&[]).await;
        assert!(first.is_sorted() && total == "130");
        let (total, joined) = part(&[("offset", "99")]).await;
        assert_eq!(
            (joined[0], joined.len()),
            (first[99], 31),
            "an offset goes before the page"
        );
        assert_eq!(total, "130");
        assert_eq!(part(&[("page", "9")]).await, (past.to_owned(), vec![]));
        assert_eq!(part(&[("offset", "900")]).await, ("0".to_owned(), vec![]));
        for (name, bad) in [("per_page", "0"), ("per_page", "-1"), ("page", "0")] {
            assert_eq!(list(&shop, &[(name, bad)]).await.0, 400, "{name}={bad}");
        }
    }
}

#[tokio::test]
async fn the_woo_double_tells_all_refunds_and_moves_no_stamp_when_one_is_deleted() {
    let shop = WooDouble::start(false).await;
    let new = NewOrder {
        at: NOON,
        status: "processing",
        lines: &[("SUN-B", 1, 8_900)],
        ..NewOrder::default()
    };
    let first = shop.with().order(&new);
    let ids = [first, shop.with().order(&new)];
    let refund = Refund {
        at: NOON + 60,
        amount: 500,
        ..Refund::default()
    };
    let refunds = ids.map(|id| shop.with().refund(id, &refund));
    let told = async |query: &[(&str, &str)], nonce: &str| {
        let now = jiff::Timestamp::now().as_second();
        let url = signed(shop.url(), "/wp-json/wc/v3/refunds", query, nonce, now);
        let answer: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        answer.as_array().unwrap().clone()
    };
    let second = refunds[1].to_string();
    let all = told(&[("order", "asc"), ("orderby", "date")], "a").await;
    assert_eq!(all.len(), 2);
    assert_eq!(
        (&all[0]["parent_id"], &all[0]["amount"]),
        (&json!(ids[0]), &json!("5.00"))
    );
    let one = told(&[("include", second.as_str())], "b").await;
    assert_eq!((one.len(), &one[0]["parent_id"]), (1, &json!(ids[1])));
    shop.with().unrefund(ids[1], refunds[1]);
    assert!(told(&[("include", second.as_str())], "c").await.is_empty());
    let (_, _, orders) = list(&shop, &[("include", ids[1].to_string().as_str())]).await;
    assert_eq!(orders[0]["date_modified_gmt"], "2026-11-22T04:01:00");
    assert_eq!(orders[0]["refunds"], json!([]));
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
    assert_eq!(
        list(&shop, &[("status", "any,trash")]).await.1,
        "0",
        "and swallows what is asked for beside it"
    );
    assert_eq!(list(&shop, &[("status", "trash")]).await.1, "1");
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

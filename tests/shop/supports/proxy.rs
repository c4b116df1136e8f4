//! The fault proxy breaks what it is told to, and nothing else.

use std::time::Duration;

use super::{NOON, ORDERS};
use crate::proxy::{Fault, Proxy, Script};
use crate::woo::{KEY, NewOrder, WooDouble};

#[tokio::test]
async fn the_proxy_breaks_what_its_script_says_and_nothing_else() {
    let shop = WooDouble::behind_terminator().await;
    shop.with().order(&NewOrder {
        at: NOON,
        status: "completed",
        lines: &[("SUN-B", 1, 8_900)],
        ..NewOrder::default()
    });
    let pause = Duration::from_millis(30);
    let faults = [
        Fault::TooMany { retry_after: "7" },
        Fault::Status(503),
        Fault::Html,
        Fault::Silence,
        Fault::Cut,
        Fault::Slow(pause),
        Fault::Repeat,
    ];
    let script = (1..)
        .zip(faults)
        .fold(Script::default(), |script, (number, fault)| {
            script.on(number + 1, fault)
        });
    let proxy = Proxy::start(shop.url(), script).await;
    let http = reqwest::Client::new();
    let get = async |query: &str| {
        http.get(format!("{}{ORDERS}{query}", proxy.url()))
            .basic_auth(KEY.0, Some(KEY.1))
            .send()
            .await
    };
    let whole = get("").await.unwrap();
    assert_eq!(whole.headers()["x-wp-total"], "1", "headers pass through");
    let whole = whole.bytes().await.unwrap();
    let limited = get("").await.unwrap();
    assert_eq!(
        (
            limited.status().as_u16(),
            limited.headers()["retry-after"].to_str().unwrap()
        ),
        (429, "7")
    );
    assert_eq!(get("").await.unwrap().status(), 503);
    assert!(
        get("")
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .starts_with("<!doctype html>")
    );
    assert!(get("").await.is_err(), "no answer at all");
    let cut = get("").await.unwrap();
    assert_eq!(cut.status(), 200, "the head arrives");
    assert!(cut.bytes().await.is_err(), "the body does not");
    let started = std::time::Instant::now();
    assert_eq!(get("").await.unwrap().bytes().await.unwrap(), whole);
    assert!(started.elapsed() >= pause * 8);
    assert_eq!(
        get("?page=2").await.unwrap().bytes().await.unwrap(),
        whole,
        "page 1 once more"
    );
    assert_eq!(get("?page=2").await.unwrap().text().await.unwrap(), "[]");
    assert_eq!(
        shop.with().requests.len(),
        5,
        "a shop that is out of reach sees nothing"
    );

    let seen = proxy.seen();
    assert_eq!(seen.len(), 9);
    assert_eq!(
        (seen[7].method.as_str(), &*seen[7].target),
        ("GET", "/wp-json/wc/v3/orders?page=2")
    );
    assert!(
        seen[6].at - seen[5].at < seen[7].at - seen[6].at,
        "the slow answer took its time"
    );
    proxy.follow(Script::default().on(10, Fault::Status(500)));
    assert_eq!(get("").await.unwrap().status(), 500, "a new script counts on");
}

#[tokio::test]
async fn the_same_seed_breaks_the_same_requests() {
    let run = async |seed: u64| {
        let shop = WooDouble::behind_terminator().await;
        let proxy = Proxy::start(
            shop.url(),
            Script::default().sometimes(seed, 0.3, &[Fault::Status(500), Fault::Html]),
        )
        .await;
        for _ in 0..40 {
            reqwest::get(format!("{}/wp-json/wc/v3/", proxy.url()))
                .await
                .unwrap();
        }
        proxy
            .seen()
            .into_iter()
            .map(|seen| seen.fault)
            .collect::<Vec<_>>()
    };
    let (once, again, other) = tokio::join!(run(7), run(7), run(8));
    assert_eq!(once, again);
    assert_ne!(once, other);
    let broken = once.iter().flatten().count();
    assert!((5..20).contains(&broken), "about 12 of 40, not {broken}");
}

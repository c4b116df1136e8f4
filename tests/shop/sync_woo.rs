//! Reading a WooCommerce shop: no order lost, none twice, whatever happens in between.

use caoben::{
    job::Job,
    order::Status,
    shop::{self, ShopKind},
    value::Time,
};

use crate::{
    proxy::{Fault, Proxy, Script},
    sync::{
        AT, Place, bought, connect, connect_trusting, everywhere, numbered, orders, sync, sync_at, synced,
        workspace,
    },
    woo::{KEY, NewOrder, Refund, WooDouble},
};

async fn an_order_comes_with_its_money_tags_and_lines_and_nothing_personal(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let id = site.with().order(&NewOrder {
        coupon: Some(("XHS-K7Q2A", 10)),
        attribution: &[
            ("utm_source", "xiaohongshu"),
            ("utm_content", "K7Q2A3"),
            ("source_type", "utm"),
        ],
        email: "lu@example.com",
        ..bought(AT)
    });
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    let done = synced(&db, shop).await;
    assert_eq!((done.new, done.updated, done.unchanged), (1, 0, 0));
    let order = numbered(&db, &id.to_string()).await;
    assert_eq!(
        (order.status, order.gross, order.net),
        (Status::Paid, 27_630, 27_630)
    );
    assert_eq!(order.placed_at, Time(AT * 1000), "a stamp without a zone is UTC");
    assert_eq!(order.tags.utm_content, "K7Q2A3");
    assert_eq!(order.tags.coupons, ["xhs-k7q2a"]);
    assert_eq!(
        order
            .lines
            .iter()
            .map(|line| (line.sku.as_str(), line.quantity, line.amount))
            .collect::<Vec<_>>(),
        [("SUN-B", 2, 16_020), ("LIP-A", 1, 11_610)]
    );
    db.close().await;
    let file = std::fs::read(db.path("caoben.db")).unwrap();
    for personal in ["lu@example.com", "13800000000", "测试路", "192.0.2.7"] {
        assert!(
            !file
                .windows(personal.len())
                .any(|part| part == personal.as_bytes()),
            "{personal} is not kept"
        );
    }
}

#[tokio::test]
async fn over_https_the_key_goes_as_basic_and_only_to_a_shop_whose_certificate_is_trusted() {
    let site = WooDouble::start(true).await;
    site.with().order(&bought(AT));
    let (_folder, db) = workspace().await;

    let stranger = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    let refused = sync(&db, stranger).await;
    let said = refused.error.unwrap();
    assert!(said.contains("证书不可信"), "{said}");
    assert_eq!(refused.retries, 0, "asking again would not help");
    assert!(site.with().requests.is_empty(), "nobody was shown the key");
    shop::remove(&db, stranger, false).await.unwrap();

    let known = connect_trusting(&db, ShopKind::Woocommerce, site.url(), KEY, &site.ca).await;
    assert_eq!(synced(&db, known).await.new, 1);
    let asked = site.with().requests.join("\n");
    assert!(asked.contains("/orders?"), "{asked}");
    assert!(
        !asked.contains(KEY.1) && !asked.contains("oauth_"),
        "Basic, in no url: {asked}"
    );
}

#[tokio::test]
async fn a_certificate_that_is_none_is_refused_when_the_shop_is_connected() {
    let (_folder, db) = workspace().await;
    for ca in ["not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"] {
        let input = shop::NewShop {
            kind: ShopKind::Woocommerce,
            name: "小店".to_owned(),
            url: "https://shop.example.com".to_owned(),
            key_env: "A".to_owned(),
            secret_env: "B".to_owned(),
            key: String::new(),
            secret: String::new(),
            ca: ca.to_owned(),
        };
        let error = shop::create(&db, input, Time::now()).await.unwrap_err();
        assert_eq!(error.field, Some("ca"), "{ca}");
    }
    assert!(
        shop::list(&db).await.unwrap().is_empty(),
        "nothing was half connected"
    );
}

async fn a_second_sync_changes_nothing(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    for n in 0..7 {
        site.with().order(&bought(AT + n));
    }
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    assert_eq!(synced(&db, shop).await.new, 7);
    let again = synced(&db, shop).await;
    assert_eq!(
        (again.new, again.updated, again.unchanged, again.refunds),
        (0, 0, 1, 0),
        "only the last second is read again"
    );
}

async fn a_burst_in_one_second_is_read_to_the_last_order(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    for n in 0..330 {
        site.with()
            .order(&bought(AT + i64::from(n >= 30) + i64::from(n >= 300)));
    }
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    assert_eq!(synced(&db, shop).await.new, 330);
    assert_eq!(orders(&db).await.len(), 330);
    site.with().order(&bought(AT + 1));
    assert_eq!(
        synced(&db, shop).await.new,
        1,
        "one more in a second that was read already"
    );
}

async fn orders_that_change_while_paging_do_not_push_others_past_us(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let ids: Vec<u64> = (0..250)
        .map(|n| site.with().order(&bought(AT + n / 120)))
        .collect();
    let changed = ids[..40].to_vec();
    site.with().before_list(3, move |site| {
        for id in changed {
            site.set_status(id, "completed", AT + 900);
        }
    });
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    let orders = orders(&db).await;
    assert_eq!(orders.len(), 250);
    assert_eq!(
        orders
            .iter()
            .filter(|order| order.status == Status::Received)
            .count(),
        40
    );
}

async fn refunds_and_the_trash_are_seen(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let (part, whole, trash) = {
        let mut site = site.with();
        (
            site.order(&bought(AT)),
            site.order(&bought(AT + 1)),
            site.order(&bought(AT + 2)),
        )
    };
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    {
        let mut site = site.with();
        site.refund(
            part,
            &Refund {
                at: AT + 60,
                amount: 8_900,
                reason: "过敏",
                lines: &[(0, 1, 8_900)],
            },
        );
        site.refund(
            whole,
            &Refund {
                at: AT + 61,
                amount: 30_700,
                reason: "",
                lines: &[],
            },
        );
        site.set_status(trash, "trash", AT + 62);
    }
    let done = synced(&db, shop).await;
    assert_eq!((done.updated, done.refunds), (3, 2));
    let order = numbered(&db, &part.to_string()).await;
    assert_eq!(
        (order.status, order.refunded, order.net),
        (Status::Paid, 8_900, 21_800)
    );
    assert_eq!(
        order.lines.iter().map(|line| line.refunded).collect::<Vec<_>>(),
        [8_900, 0]
    );
    assert_eq!(
        (order.refunds[0].reason.as_str(), order.refunds[0].at),
        ("过敏", Some(Time((AT + 60) * 1000)))
    );
    assert_eq!(numbered(&db, &whole.to_string()).await.status, Status::Refunded);
    let order = numbered(&db, &trash.to_string()).await;
    assert_eq!((order.status, order.net), (Status::Invalid, 0));
}

async fn a_computer_whose_clock_is_an_hour_off_loses_nothing(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    site.with().order(&bought(AT));
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    for (round, hours) in [(1, 1), (2, -1)] {
        let now = Time(Time::now().0 + hours * 3_600_000);
        let done = sync_at(&db, shop, now).await;
        assert_eq!(done.error, None, "the shop's clock signs");
        assert_eq!(orders(&db).await.len(), round);
        site.with().order(&bought(AT + 5));
    }
}

#[tokio::test]
async fn a_wrong_key_is_said_without_the_key() {
    let site = WooDouble::start(false).await;
    let (_folder, db) = workspace().await;
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), (KEY.0, "cs_wrong_secret")).await;
    let error = sync(&db, shop).await.error.unwrap();
    assert!(error.contains("密钥") && !error.contains("cs_"), "{error}");
    let history = shop::history(&db, shop).await.unwrap();
    assert_eq!(history[0].error, error, "a failed sync is in the history too");
    assert_eq!(shop::list(&db).await.unwrap()[0].last_error, error);
}

#[tokio::test]
async fn a_missing_environment_variable_is_named() {
    let (_folder, db) = workspace().await;
    let input = shop::NewShop {
        kind: ShopKind::Woocommerce,
        name: "小店".to_owned(),
        url: "https://shop.example.com/".to_owned(),
        key_env: "CAOBEN_TEST_NO_SUCH_KEY".to_owned(),
        secret_env: "CAOBEN_TEST_NO_SUCH_SECRET".to_owned(),
        key: String::new(),
        ca: String::new(),
        secret: String::new(),
    };
    let shop = shop::create(&db, input, Time::now()).await.unwrap();
    assert_eq!(shop.url, "https://shop.example.com");
    let error = sync(&db, shop.id).await.error.unwrap();
    assert!(error.contains("CAOBEN_TEST_NO_SUCH_SECRET"), "{error}");
}

#[tokio::test]
async fn a_shop_that_breaks_now_and_then_is_read_all_the_same() {
    let site = WooDouble::start(false).await;
    for n in 0..420 {
        site.with().order(&bought(AT + n));
    }
    let faults = [
        Fault::Status(503),
        Fault::TooMany { retry_after: "0" },
        Fault::Cut,
        Fault::Silence,
        Fault::Html,
    ];
    let proxy = Proxy::start(site.url(), Script::default().sometimes(7, 0.3, &faults)).await;
    site.with().home = proxy.url().to_owned();
    let (_folder, db) = workspace().await;
    let shop = connect(&db, ShopKind::Woocommerce, proxy.url(), KEY).await;
    let done = synced(&db, shop).await;
    assert_eq!(done.new, 420);
    assert!(done.retries > 0);
    assert_eq!(orders(&db).await.len(), 420);
}

#[tokio::test]
async fn what_was_read_before_a_failure_stays_and_the_next_sync_goes_on() {
    let site = WooDouble::start(false).await;
    for n in 0..350 {
        site.with().order(&bought(AT + n * 60));
    }
    let down = (4..60).fold(Script::default(), |script, n| script.on(n, Fault::Status(404)));
    let proxy = Proxy::start(site.url(), down).await;
    site.with().home = proxy.url().to_owned();
    let (_folder, db) = workspace().await;
    let shop = connect(&db, ShopKind::Woocommerce, proxy.url(), KEY).await;
    let broken = sync(&db, shop).await;
    assert!(broken.error.is_some());
    let kept = orders(&db).await.len();
    assert!((100..350).contains(&kept), "{kept}");
    proxy.follow(Script::default());
    let done = synced(&db, shop).await;
    assert_eq!(done.new + i64::try_from(kept).unwrap(), 350);
    assert!(
        done.unchanged < 200,
        "the next sync does not begin anew: {done:?}"
    );
}

async fn a_cancelled_sync_keeps_its_pages(place: Place) {
    let site = place.open().await;
    for n in 0..350 {
        site.with().order(&bought(AT + n * 60));
    }
    let (_folder, db) = workspace().await;
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    let job = std::sync::Arc::new(std::sync::OnceLock::<Job>::new());
    let inner = std::sync::Arc::clone(&job);
    let stopping = Job::new(move |progress| {
        if progress.done >= 100 {
            inner.get().unwrap().cancel();
        }
    });
    job.set(stopping.clone()).ok().unwrap();
    let done = shop::sync(&db, &[shop], &stopping, Time::now())
        .await
        .unwrap()
        .shops
        .remove(0);
    assert!(done.error.unwrap().contains("取消"));
    assert_eq!(orders(&db).await.len(), 100);
    synced(&db, shop).await;
    assert_eq!(orders(&db).await.len(), 350);
}

everywhere! {
    an_order_comes_with_its_money_tags_and_lines_and_nothing_personal,
    a_second_sync_changes_nothing,
    a_burst_in_one_second_is_read_to_the_last_order,
    orders_that_change_while_paging_do_not_push_others_past_us,
    refunds_and_the_trash_are_seen,
    a_computer_whose_clock_is_an_hour_off_loses_nothing,
    a_cancelled_sync_keeps_its_pages,
}

//! Connecting a shop: its address and key are tried before they are kept, and can be changed later.

use caoben::{
    Code,
    job::Job,
    product::{self, NewProduct, Sku},
    shop::{self, NewShop, ShopChange, ShopKind},
    value::Time,
};

use crate::{
    sync::{AT, Place, bought, connect, everywhere, orders, sync, synced, workspace},
    vendure::{OWNER, Vendure},
    woo::{KEY, WooDouble},
};

fn woo(url: &str, (key, secret): (&str, &str)) -> NewShop {
    NewShop {
        kind: ShopKind::Woocommerce,
        name: "小鹿的店".to_owned(),
        url: url.to_owned(),
        key_env: String::new(),
        secret_env: String::new(),
        key: key.to_owned(),
        secret: secret.to_owned(),
        ca: String::new(),
    }
}

async fn a_right_key_tells_how_many_orders_there_are(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    for n in 0..120 {
        site.with().order(&bought(AT + n));
    }
    let tried = shop::try_new(&db, woo(site.url(), KEY), &Job::silent(), Time::now()).await;
    assert_eq!(tried.unwrap().orders, 120);
    assert!(shop::list(&db).await.unwrap().is_empty(), "trying keeps nothing");
}

#[tokio::test]
async fn what_does_not_open_is_said_with_the_field_it_is_about() {
    let site = WooDouble::start(false).await;
    let (_folder, db) = workspace().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nowhere = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    // Takes the connection and never says a word.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mute = format!("http://{}", silent.local_addr().unwrap());
    let cases = [
        (
            site.url().to_owned(),
            (KEY.0, "cs_wrong"),
            Code::Unauthorized,
            "secret",
            "密钥",
        ),
        (
            format!("{}/no-shop", site.url()),
            KEY,
            Code::NotFound,
            "url",
            "店铺接口",
        ),
        (nowhere, KEY, Code::Unreachable, "url", "连不上"),
        (mute, KEY, Code::Unreachable, "url", "5 秒内没有回答"),
    ];
    for (url, key, code, field, word) in cases {
        let error = shop::try_new(&db, woo(&url, key), &Job::silent(), Time::now())
            .await
            .unwrap_err();
        assert_eq!((error.code, error.field), (code, Some(field)), "{url}");
        assert!(error.message.contains(word), "{url}: {}", error.message);
        assert!(!error.message.contains("cs_"), "no secret: {}", error.message);
        assert!(
            !error.message.contains("已读到的订单"),
            "nothing was read: {}",
            error.message
        );
    }
    assert!(shop::list(&db).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_vendure_is_tried_as_well() {
    let Some(vendure) = Vendure::shared().await else {
        return;
    };
    let (_folder, db) = workspace().await;
    let input = |key: &str, secret: &str| NewShop {
        kind: ShopKind::Vendure,
        ..woo(vendure.url(), (key, secret))
    };
    let job = Job::silent();
    let tried = shop::try_new(&db, input(OWNER.0, OWNER.1), &job, Time::now()).await;
    assert!(tried.unwrap().orders >= 0);
    let error = shop::try_new(&db, input(OWNER.0, "wrong"), &job, Time::now())
        .await
        .unwrap_err();
    assert_eq!((error.code, error.field), (Code::Unauthorized, Some("secret")));
}

#[tokio::test]
async fn a_changed_address_is_tried_and_read_from_the_beginning() {
    let (first, second) = (WooDouble::start(false).await, WooDouble::start(false).await);
    let (_folder, db) = workspace().await;
    for n in 0..30 {
        first.with().order(&bought(AT + n * 60));
        second.with().order(&bought(AT + n * 60));
    }
    let id = connect(&db, ShopKind::Woocommerce, first.url(), KEY).await;
    synced(&db, id).await;
    let change = ShopChange {
        url: Some(format!("{}/", second.url())),
        ..ShopChange::default()
    };
    let tried = shop::try_change(&db, id, &change, &Job::silent(), Time::now()).await;
    assert_eq!(tried.unwrap().orders, 30, "with the keys it has");
    let changed = shop::edit(&db, id, &change).await.unwrap();
    assert_eq!(changed.url, second.url());
    let done = synced(&db, id).await;
    assert_eq!((done.new, done.unchanged), (0, 30), "the same shop, moved");

    let wrong = ShopChange {
        secret: Some("cs_wrong".to_owned()),
        ..ShopChange::default()
    };
    let error = shop::try_change(&db, id, &wrong, &Job::silent(), Time::now())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Unauthorized);
    synced(&db, id).await;
}

#[tokio::test]
async fn a_shop_with_another_name_keeps_its_orders_and_what_its_skus_stand_for() {
    let site = WooDouble::start(false).await;
    let (_folder, db) = workspace().await;
    site.with().order(&bought(AT));
    let id = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    let name = shop::list(&db).await.unwrap()[0].name.clone();
    let product = NewProduct {
        name: "清透防晒".to_owned(),
        skus: vec![Sku {
            shop: name,
            sku: "SUN-B".to_owned(),
        }],
        ..NewProduct::default()
    };
    let product = product::create(&db, product, Time::now()).await.unwrap().id;
    synced(&db, id).await;
    let renamed = |name: &str| ShopChange {
        name: Some(name.to_owned()),
        ..ShopChange::default()
    };
    shop::edit(&db, id, &renamed(" 小鹿的新店 ")).await.unwrap();
    let order = orders(&db).await.remove(0);
    assert_eq!(order.shop_name, "小鹿的新店");
    assert_eq!(order.lines[0].product, Some(product));
    let again = connect(&db, ShopKind::Woocommerce, "https://two.example.com", KEY).await;
    let error = shop::edit(&db, again, &renamed("小鹿的新店")).await.unwrap_err();
    assert_eq!((error.code, error.field), (Code::Conflict, Some("name")));
    assert_eq!(
        shop::edit(&db, 99, &renamed("x")).await.unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn the_list_says_how_the_last_run_ended() {
    let site = WooDouble::start(false).await;
    let (_folder, db) = workspace().await;
    site.with().order(&bought(AT));
    let id = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    assert!(shop::list(&db).await.unwrap()[0].last_run.is_none());
    synced(&db, id).await;
    let run = shop::list(&db).await.unwrap()[0].last_run.clone().unwrap();
    assert_eq!((run.new, run.error.as_str()), (1, ""));
    shop::set_key(&db, id, KEY.0, "cs_wrong").await.unwrap();
    let error = sync(&db, id).await.error.unwrap();
    let listed = shop::list(&db).await.unwrap().remove(0);
    assert_eq!(listed.last_run.unwrap().error, error);
    assert!(listed.last_synced_at.is_some(), "and when one last went through");
}

everywhere! {
    a_right_key_tells_how_many_orders_there_are,
}

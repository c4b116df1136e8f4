//! Orders that a shop tells and nobody can read: refused by number, and no other order is kept back.

use caoben::{order::Status, shop::ShopKind};
use serde_json::{Value, json};

use crate::{
    sync::{AT, Place, bought, connect, everywhere, numbered, orders, sync, synced, workspace},
    woo::{KEY, Refund},
};

everywhere! {
    an_order_that_cannot_be_read_is_named_and_all_others_go_in,
}

async fn an_order_that_cannot_be_read_is_named_and_all_others_go_in(place: Place) {
    for (broken, why) in [
        (json!({ "total": "12,abc" }), "看不懂金额「12,abc」"),
        (json!({ "total": 1e30 }), "看不懂金额"),
        (json!({ "total": null }), "没有说金额"),
        (json!({ "total": "-5.00" }), "总额是负数"),
        (json!({ "currency": "" }), "货币"),
        (json!({ "currency": null }), "货币"),
        (json!({ "date_created_gmt": "2025-02-30T10:00:00" }), "下单时间"),
        (json!({ "date_created_gmt": null }), "下单时间"),
        (json!({ "date_created_gmt": "2099-01-01T00:00:00" }), "还没有到"),
        (
            json!({ "date_modified_gmt": "2025-02-30T10:00:00" }),
            "看不懂时间",
        ),
    ] {
        let site = place.open().await;
        let (_folder, db) = workspace().await;
        let ids: Vec<u64> = (0..120).map(|n| site.with().order(&bought(AT + n))).collect();
        let bad = ids[60];
        site.with().broken.insert(bad, broken.clone());
        let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
        for nth in 1..=2 {
            let done = sync(&db, shop).await;
            assert_eq!(orders(&db).await.len(), 119, "{broken}: sync {nth}");
            let refused: Vec<_> = done.refused.iter().map(|order| order.number.clone()).collect();
            assert_eq!(refused, [bad.to_string()], "{broken}: named in sync {nth} too");
            assert!(
                done.refused[0].reason.contains(why),
                "{broken}: {}",
                done.refused[0].reason
            );
            let error = done.error.unwrap();
            assert!(
                error.contains(&bad.to_string()) && error.contains("其余的都收下了"),
                "{error}"
            );
        }
        site.with().broken.clear();
        assert_eq!(
            synced(&db, shop).await.new,
            1,
            "{broken}: read as soon as it can be"
        );
    }
}

#[tokio::test]
async fn an_order_that_was_read_once_stays_as_it_was_when_it_cannot_be_read_any_more() {
    let site = crate::woo::WooDouble::start(false).await;
    let (_folder, db) = workspace().await;
    let id = site.with().order(&bought(AT));
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    site.with().broken.insert(id, json!({ "total": "?" }));
    let done = sync(&db, shop).await;
    assert_eq!((done.erased, done.refused.len()), (0, 1));
    assert_eq!(numbered(&db, &id.to_string()).await.status, Status::Paid);
}

#[tokio::test]
async fn a_state_nobody_told_us_and_a_refund_beyond_the_order_are_said() {
    let site = crate::woo::WooDouble::start(false).await;
    let (_folder, db) = workspace().await;
    let (odd, back) = {
        let mut site = site.with();
        let (odd, back) = (site.order(&bought(AT)), site.order(&bought(AT + 1)));
        site.set_status(odd, "shipped-custom", AT + 2);
        site.refund(
            back,
            &Refund {
                at: AT + 3,
                amount: 1_000,
                ..Refund::default()
            },
        );
        let shown: Value = json!([{ "id": 900_001, "reason": "", "total": "-99999.00" }]);
        site.broken.insert(back, json!({ "refunds": shown }));
        (odd, back)
    };
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    let done = synced(&db, shop).await;
    assert_eq!(numbered(&db, &odd.to_string()).await.status, Status::Unknown);
    let said = done.warned.join("\n");
    assert!(said.contains("没见过「shipped-custom」"), "{said}");
    assert!(
        said.contains(&back.to_string()) && said.contains("还多"),
        "{said}"
    );
}

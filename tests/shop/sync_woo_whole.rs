//! A sync of a WooCommerce shop that ends early knows it, and none reads more than it must.

use caoben::{
    order::Status,
    shop::{self, ShopKind},
};

use crate::{
    sync::{AT, Place, bought, connect, everywhere, numbered, orders, sync, synced, synced_whole, workspace},
    woo::{KEY, Refund, WooDouble},
};

/// Requests for lists of orders so far.
fn lists(site: &WooDouble) -> usize {
    let site = site.with();
    site.requests
        .iter()
        .filter(|request| request.contains("/orders?"))
        .count()
}

async fn a_history_comes_in_whole_with_as_few_parts_as_there_are(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    // An import: three hundred orders share each stamp.
    for n in 0..1_524 {
        site.with().order(&bought(AT + n / 300));
    }
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    let done = synced(&db, shop).await;
    assert_eq!((done.new, orders(&db).await.len()), (1_524, 1_524));
    assert_eq!(lists(&site), 17, "sixteen parts, and the empty trash");
    let before = lists(&site);
    let again = synced(&db, shop).await;
    assert_eq!((again.new, again.updated), (0, 0));
    assert_eq!(lists(&site) - before, 3, "the trash, what changed, and one count");
}

async fn every_kind_of_change_is_seen_by_the_next_sync(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let now = jiff::Timestamp::now().as_second();
    let ids: Vec<u64> = (0..120)
        .map(|n| site.with().order(&bought(now - 4_000 + n * 30)))
        .collect();
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    assert_eq!(synced(&db, shop).await.new, 120);
    let new = {
        let mut site = site.with();
        site.set_status(ids[3], "completed", now - 50);
        site.set_status(ids[5], "trash", now - 49);
        let refund = Refund {
            at: now - 48,
            amount: 8_900,
            ..Refund::default()
        };
        site.refund(ids[7], &refund);
        site.order(&bought(now - 47))
    };
    let done = synced(&db, shop).await;
    assert_eq!((done.new, done.updated, done.refunds), (1, 3, 1));
    for (id, status, net) in [
        (ids[3], Status::Received, 30_700),
        (ids[5], Status::Invalid, 0),
        (ids[7], Status::Paid, 21_800),
        (new, Status::Paid, 30_700),
    ] {
        let order = numbered(&db, &id.to_string()).await;
        assert_eq!((order.status, order.net), (status, net), "{id}");
    }
}

async fn a_shop_that_shows_fewer_than_it_counts_is_said_and_read_again(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let ids: Vec<u64> = (0..250)
        .map(|n| site.with().order(&bought(AT + n * 60)))
        .collect();
    site.with().hidden.insert(ids[150]);
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    let short = sync(&db, shop).await;
    let said = short.error.unwrap();
    assert!(
        said.contains("250 单") && said.contains("1 单没有给出来"),
        "{said}"
    );
    assert_eq!(orders(&db).await.len(), 249, "what came is kept");
    assert_eq!(shop::list(&db).await.unwrap()[0].last_error, said);

    site.with().hidden.clear();
    let done = synced(&db, shop).await;
    assert_eq!(done.new, 1, "the cursor had not passed it");
    assert!(
        done.unchanged < 160,
        "and nothing before it is read again: {done:?}"
    );
    assert_eq!(orders(&db).await.len(), 250);
}

async fn an_order_erased_for_good_keeps_its_row_and_loses_its_credit(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let ids: Vec<u64> = (0..230)
        .map(|n| site.with().order(&bought(AT + n * 60)))
        .collect();
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    let gone = site.with().erase(ids[20]);
    let done = synced(&db, shop).await;
    assert_eq!((done.erased, done.updated), (1, 0));
    let order = numbered(&db, &ids[20].to_string()).await;
    assert_eq!(
        (order.status, order.gross, order.net),
        (Status::Invalid, 30_700, 0)
    );
    assert_eq!(order.source_status, "店铺里已删除");
    let before = lists(&site);
    assert_eq!(synced(&db, shop).await.erased, 0, "it is noticed once");
    assert_eq!(lists(&site) - before, 3, "and not looked for again");
    assert_eq!(shop::history(&db, shop).await.unwrap()[1].erased, 1);

    site.with().restore(gone);
    synced(&db, shop).await;
    let order = numbered(&db, &ids[20].to_string()).await;
    assert_eq!(
        (order.status, order.net),
        (Status::Paid, 30_700),
        "it came back from a backup"
    );
}

async fn refunds_made_and_taken_back_without_a_moved_stamp_are_seen(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let ids: Vec<u64> = (0..130)
        .map(|n| site.with().order(&bought(AT + n * 60)))
        .collect();
    let refund = Refund {
        at: AT + 90_000,
        amount: 8_900,
        reason: "",
        lines: &[(0, 1, 8_900)],
    };
    let taken = site.with().refund(ids[9], &refund);
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    // Far behind the cursor by now.
    site.with().order(&bought(AT + 200_000));
    synced(&db, shop).await;
    site.with().unrefund(ids[9], taken);
    site.with().refund_quietly(ids[11], &refund);
    let done = synced(&db, shop).await;
    assert_eq!((done.updated, done.refunds), (2, 2), "{done:?}");
    assert_eq!(numbered(&db, &ids[9].to_string()).await.net, 30_700);
    let order = numbered(&db, &ids[11].to_string()).await;
    assert_eq!((order.net, order.lines[0].refunded), (21_800, 8_900));
    let again = synced(&db, shop).await;
    assert_eq!((again.updated, again.refunds), (0, 0));
}

async fn an_older_shop_without_a_list_of_refunds_is_compared_order_by_order(place: Place) {
    let site = place.open().await;
    site.with().has_refunds = false;
    let (_folder, db) = workspace().await;
    let ids: Vec<u64> = (0..130)
        .map(|n| site.with().order(&bought(AT + n * 60)))
        .collect();
    let refund = Refund {
        at: AT + 60,
        amount: 8_900,
        reason: "",
        lines: &[(0, 1, 8_900)],
    };
    let taken = site.with().refund(ids[9], &refund);
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    assert_eq!(numbered(&db, &ids[9].to_string()).await.lines[0].refunded, 8_900);
    site.with().unrefund(ids[9], taken);
    site.with().refund_quietly(ids[100], &refund);
    site.with().erase(ids[101]);
    let done = synced(&db, shop).await;
    assert_eq!((done.refunds, done.erased), (2, 1));
    assert_eq!(numbered(&db, &ids[9].to_string()).await.net, 30_700);
    assert_eq!(numbered(&db, &ids[100].to_string()).await.net, 21_800);
}

async fn what_lies_further_back_is_compared_on_demand(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    let year = 365 * 86_400;
    let old = site.with().order(&bought(AT - year));
    let refunded = site.with().order(&bought(AT - year + 60));
    site.with().order(&bought(AT));
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    site.with().erase(old);
    let refund = Refund {
        at: AT - year + 90,
        amount: 8_900,
        ..Refund::default()
    };
    site.with().refund_quietly(refunded, &refund);
    let done = synced(&db, shop).await;
    assert_eq!(
        (done.erased, done.refunds),
        (0, 0),
        "a sync looks sixty days back"
    );
    let done = synced_whole(&db, shop).await;
    assert_eq!((done.erased, done.refunds), (1, 1));
    assert_eq!(numbered(&db, &old.to_string()).await.net, 0);
    assert_eq!(numbered(&db, &refunded.to_string()).await.net, 21_800);
}

async fn an_order_that_comes_with_an_old_stamp_is_found_by_the_count(place: Place) {
    let site = place.open().await;
    let (_folder, db) = workspace().await;
    for n in 0..140 {
        site.with().order(&bought(AT + n * 60));
    }
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    site.with().order(&bought(AT + 30));
    assert_eq!(synced(&db, shop).await.new, 1);
    assert_eq!(orders(&db).await.len(), 141);
}

#[tokio::test]
async fn a_shop_that_was_emptied_takes_no_credit_unasked() {
    let site = WooDouble::start(false).await;
    let (_folder, db) = workspace().await;
    let ids: Vec<u64> = (0..120)
        .map(|n| site.with().order(&bought(AT + n * 60)))
        .collect();
    let shop = connect(&db, ShopKind::Woocommerce, site.url(), KEY).await;
    synced(&db, shop).await;
    for id in &ids[..110] {
        site.with().erase(*id);
    }
    let said = sync(&db, shop).await.error.unwrap();
    assert!(said.contains("少了 110 单") && said.contains("--full"), "{said}");
    let kept = orders(&db).await;
    assert!(
        kept.iter().all(|order| order.net == 30_700),
        "nothing was changed"
    );
    assert_eq!(synced_whole(&db, shop).await.erased, 110, "asked for, it is done");
}

everywhere! {
    a_history_comes_in_whole_with_as_few_parts_as_there_are,
    every_kind_of_change_is_seen_by_the_next_sync,
    a_shop_that_shows_fewer_than_it_counts_is_said_and_read_again,
    an_order_erased_for_good_keeps_its_row_and_loses_its_credit,
    refunds_made_and_taken_back_without_a_moved_stamp_are_seen,
    an_older_shop_without_a_list_of_refunds_is_compared_order_by_order,
    what_lies_further_back_is_compared_on_demand,
    an_order_that_comes_with_an_old_stamp_is_found_by_the_count,
}

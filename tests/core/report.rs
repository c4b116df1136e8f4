//! Report 洞察: no figure is ever prettier than the truth.

use caoben::{
    attribution::{Model, take_back},
    order::{self, SourceOrder, Status, Tags},
    report::{By, Period, Report, daily, report},
};
use proptest::prelude::*;

use crate::{
    money::{id_of, paid, refunded, run, tagged, trade, utm, write},
    support::{self, at},
};

async fn posts(db: &caoben::db::Db, model: Model) -> Report {
    report(
        db,
        By::Posts,
        &Period {
            model,
            ..Period::default()
        },
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn a_refund_takes_its_credit_away_again() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[tagged("a", utm("K7Q2A3")), paid("unknown")]).await;
    let row = posts(&db, Model::Last).await.rows.remove(0);
    assert_eq!((row.id, row.gross, row.refunded, row.net), (1, 10_000, 0, 10_000));
    assert_eq!(
        (row.title.as_str(), row.note.as_str()),
        ("夏天的防晒", "公众号 · 小鹿")
    );
    write(&db, &[refunded(tagged("a", utm("K7Q2A3")), 4_000)]).await;
    let row = posts(&db, Model::Last).await.rows.remove(0);
    assert_eq!(
        (row.orders, row.gross, row.refunded, row.net),
        (1.0, 10_000, 4_000, 6_000)
    );
    write(&db, &[refunded(tagged("a", utm("K7Q2A3")), 10_000)]).await;
    let whole = posts(&db, Model::Last).await;
    assert_eq!(
        (whole.rows[0].orders, whole.rows[0].net, whole.rows[0].tiers.A),
        (0.0, 0, 0.0)
    );
    assert_eq!((whole.totals[0].orders, whole.totals[0].net), (1, 10_000));
    assert_eq!(whole.totals[0].unknown, 1.0, "an order without a tag is nobody's");
}

#[tokio::test]
async fn cancelled_and_unpaid_orders_count_nothing() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let of = |key, status| SourceOrder {
        status,
        ..tagged(key, utm("K7Q2A3"))
    };
    write(
        &db,
        &[
            of("a", Status::Invalid),
            of("b", Status::Created),
            of("c", Status::Unknown),
        ],
    )
    .await;
    for (key, net) in [("a", 0), ("b", 0), ("c", 10_000)] {
        let order = order::get(&db, id_of(&db, key).await).await.unwrap();
        assert_eq!(
            order.net, net,
            "{:?} is no money but when it was paid",
            order.status
        );
    }
    let whole = posts(&db, Model::Last).await;
    assert_eq!(
        (whole.rows[0].orders, whole.rows[0].gross, whole.rows[0].net),
        (1.0, 10_000, 10_000)
    );
    assert_eq!((whole.totals[0].orders, whole.totals[0].net), (1, 10_000));
}

#[tokio::test]
async fn shares_of_one_order_never_exceed_it() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let tags = Tags {
        coupons: vec!["M4XZ9P".to_owned()],
        ..utm("K7Q2A3")
    };
    let order = SourceOrder {
        gross: 10_001,
        commission_settled: Some(333),
        ..tagged("a", tags)
    };
    write(&db, &[refunded(order, 1_001)]).await;
    for model in [Model::First, Model::Last, Model::Linear, Model::Decay] {
        let whole = posts(&db, model).await;
        let sum = |of: fn(&caoben::report::Row) -> i64| whole.rows.iter().map(of).sum::<i64>();
        assert_eq!(sum(|row| row.gross), 10_001, "{model:?}");
        assert_eq!(sum(|row| row.refunded), 1_001);
        assert_eq!(sum(|row| row.net), 9_000);
        assert_eq!(sum(|row| row.commission_settled.unwrap()), 333);
        let orders: f64 = whole.rows.iter().map(|row| row.orders).sum();
        assert!((orders - 1.0).abs() < 1e-9);
    }
}

#[tokio::test]
async fn currencies_stay_apart_and_days_are_local() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let dollars = SourceOrder {
        currency: "USD".to_owned(),
        placed_at: at("2026-11-11 00:00"),
        ..tagged("usd", utm("K7Q2A3"))
    };
    write(&db, &[tagged("cny", utm("K7Q2A3")), dollars]).await;
    let whole = posts(&db, Model::Last).await;
    assert_eq!(whole.rows.len(), 2);
    assert_eq!(
        whole
            .totals
            .iter()
            .map(|t| t.currency.as_str())
            .collect::<Vec<_>>(),
        ["CNY", "USD"]
    );
    let day = Some("2026-11-10".parse().unwrap());
    let period = Period {
        from: day,
        to: day,
        ..Period::default()
    };
    assert_eq!(report(&db, By::Channels, &period).await.unwrap().rows.len(), 1);
    let days = daily(&db, &Period::default()).await.unwrap();
    assert_eq!(
        days.iter().map(|d| d.on.to_string()).collect::<Vec<_>>(),
        ["2026-11-10", "2026-11-11"]
    );
}

#[tokio::test]
async fn products_count_every_line_and_their_part_of_a_loose_refund() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[refunded(tagged("a", utm("K7Q2A3")), 1_000), paid("b")]).await;
    let rows = report(&db, By::Products, &Period::default()).await.unwrap().rows;
    assert_eq!(rows.len(), 1, "LIP-A belongs to no product yet");
    assert_eq!(
        (rows[0].orders, rows[0].gross, rows[0].refunded, rows[0].net),
        (2.0, 12_000, 600, 11_400)
    );
    assert_eq!(rows[0].tiers.A, 1.0);
    let orders = report(&db, By::Orders, &Period::default()).await.unwrap().rows;
    assert_eq!(
        orders.iter().map(|row| row.net).collect::<Vec<_>>(),
        [10_000, 9_000]
    );
}

#[tokio::test]
async fn the_products_of_an_order_give_back_exactly_what_the_order_did() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    run(
        &db,
        "INSERT INTO product_sku (shop, sku, product_id) VALUES ('小店', 'LIP-A', 2)",
    )
    .await;
    // 4,000 are pinned to the lipstick, which cost just that: the other 3,000 can only be the sunscreen's.
    let mut pinned = refunded(paid("a"), 7_000);
    pinned.lines[1].refunded = 4_000;
    // A discount on the whole order: 10,000 of lines, 9,000 paid, all of it back.
    let discounted = SourceOrder {
        gross: 9_000,
        ..paid("b")
    };
    write(&db, &[pinned, refunded(discounted, 9_000)]).await;
    let rows = report(&db, By::Products, &Period::default()).await.unwrap().rows;
    let of = |id| rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!((of(1).gross, of(1).refunded), (6_000 + 5_400, 3_000 + 5_400));
    assert_eq!((of(2).gross, of(2).refunded), (4_000 + 3_600, 4_000 + 3_600));
}

#[tokio::test]
async fn refunds_take_commission_away_as_they_take_money() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let earning = |key| SourceOrder {
        commission_estimated: Some(501),
        commission_settled: Some(20),
        ..tagged(key, utm("K7Q2A3"))
    };
    write(
        &db,
        &[
            refunded(earning("a"), 10_000),
            refunded(earning("b"), 4_000),
            earning("c"),
        ],
    )
    .await;
    for by in [By::Posts, By::Channels, By::Orders] {
        let whole = report(&db, by, &Period::default()).await.unwrap();
        let sum = |of: fn(&caoben::report::Row) -> Option<i64>| whole.rows.iter().filter_map(of).sum::<i64>();
        assert_eq!(
            (
                sum(|row| row.commission_estimated),
                sum(|row| row.commission_settled)
            ),
            (300 + 501, 20 + 20),
            "{by:?}: nothing of a, six tenths of what b was thought to earn, what the source settled of b"
        );
        let total = &whole.totals[0];
        assert_eq!(
            (total.commission_estimated, total.commission_settled),
            (Some(801), Some(40))
        );
    }
}

proptest! {
    #[test]
    fn lines_give_back_the_refund_and_no_line_more_than_it_brought(
        refund in 0_i64..5_000_000,
        lines in prop::collection::vec((0_i64..1_000_000, 0_i64..1_500_000), 0..12),
    ) {
        let back = take_back(refund, &lines);
        let brought: i64 = lines.iter().map(|(amount, _)| amount).sum();
        prop_assert_eq!(back.iter().sum::<i64>(), refund.min(brought));
        prop_assert!(back.iter().zip(&lines).all(|(back, (amount, _))| (0..=*amount).contains(back)));
        let known: i64 = lines.iter().map(|(amount, known)| amount.min(known)).sum();
        if refund >= known {
            prop_assert!(back.iter().zip(&lines).all(|(back, (amount, known))| back >= amount.min(known)));
        }
    }
}

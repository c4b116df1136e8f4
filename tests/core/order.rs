//! Order 订单: the same order can come any number of times.

use caoben::{
    attribution,
    order::{self, OrderFilter, SourceOrder, Status, Tags, Upserted},
    review,
};

use crate::{
    money::{coupon, id_of, paid, refunded, run, tagged, trade, utm, write},
    support::{self, at},
};

#[tokio::test]
async fn the_same_orders_again_change_nothing() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let orders = [paid("a"), refunded(paid("b"), 2_500)];
    assert_eq!(
        write(&db, &orders).await,
        Upserted {
            new: 2,
            refunds: 1,
            ..Upserted::default()
        }
    );
    assert_eq!(
        write(&db, &orders).await,
        Upserted {
            unchanged: 2,
            ..Upserted::default()
        }
    );
    assert_eq!(order::count(&db, &OrderFilter::default()).await.unwrap(), 2);
    let b = order::get(&db, id_of(&db, "b").await).await.unwrap();
    assert_eq!((b.gross, b.refunded, b.net), (10_000, 2_500, 7_500));
    assert_eq!((b.refunds.len(), b.refunds[0].reason.as_str()), (1, "不合适"));
    assert_eq!(b.lines[0].product, Some(1), "found by the shop's SKU");
    assert_eq!(b.lines[1].product, None);
}

#[tokio::test]
async fn a_refund_is_seen_although_the_stamp_did_not_move() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[paid("a")]).await;
    let done = write(&db, &[refunded(paid("a"), 10_000)]).await;
    assert_eq!(
        done,
        Upserted {
            updated: 1,
            refunds: 1,
            ..Upserted::default()
        }
    );
    let a = order::get(&db, id_of(&db, "a").await).await.unwrap();
    assert_eq!((a.status, a.net), (Status::Refunded, 0));
}

#[tokio::test]
async fn an_older_state_that_comes_late_is_passed_over() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let later = SourceOrder {
        updated_at: Some(at("2026-11-11 10:00")),
        status: Status::Received,
        ..paid("a")
    };
    write(&db, &[later]).await;
    assert_eq!(write(&db, &[paid("a")]).await.unchanged, 1);
    assert_eq!(
        order::get(&db, id_of(&db, "a").await).await.unwrap().status,
        Status::Received
    );
}

#[tokio::test]
async fn a_cancelled_order_earns_nothing_and_a_line_that_vanished_stays_with_nothing() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[paid("a")]).await;
    let mut gone = paid("a");
    gone.status = Status::Invalid;
    gone.lines.pop();
    write(&db, &[gone]).await;
    let a = order::get(&db, id_of(&db, "a").await).await.unwrap();
    assert_eq!((a.status, a.gross, a.net), (Status::Invalid, 10_000, 0));
    assert_eq!(
        a.lines.iter().map(|line| line.quantity).collect::<Vec<_>>(),
        [1, 0],
        "nothing disappears without trace"
    );
}

#[tokio::test]
async fn a_commission_once_settled_is_not_forgotten() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(
        &db,
        &[SourceOrder {
            commission_estimated: Some(900),
            commission_settled: Some(850),
            ..paid("a")
        }],
    )
    .await;
    write(
        &db,
        &[SourceOrder {
            commission_estimated: Some(800),
            ..paid("a")
        }],
    )
    .await;
    let a = order::get(&db, id_of(&db, "a").await).await.unwrap();
    assert_eq!(
        (a.commission_estimated, a.commission_settled),
        (Some(800), Some(850))
    );
}

#[tokio::test]
async fn a_sku_given_to_a_product_later_names_the_lines_that_are_there() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[paid("a")]).await;
    run(
        &db,
        "INSERT INTO product_sku (shop, sku, product_id) VALUES ('小店', 'LIP-A', 2)",
    )
    .await;
    let by = |product| OrderFilter {
        product: Some(product),
        ..OrderFilter::default()
    };
    assert_eq!(order::count(&db, &by(2)).await.unwrap(), 1);
    run(&db, "DELETE FROM product_sku WHERE sku = 'SUN-B'").await;
    assert_eq!(order::count(&db, &by(1)).await.unwrap(), 0);
}

#[tokio::test]
async fn orders_are_found_by_post_day_status_and_part_of_a_number() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let early = SourceOrder {
        placed_at: at("2026-11-09 23:59"),
        ..tagged("early", utm("k7q2a3"))
    };
    let both = tagged(
        "both",
        caoben::order::Tags {
            coupons: vec!["m4xz9p".to_owned()],
            ..utm("K7Q2A3")
        },
    );
    write(&db, &[early, both, tagged("c_1", coupon("nobody")), paid("cx1")]).await;
    let numbers = async |filter: OrderFilter| -> Vec<String> {
        let found = order::list(&db, &filter).await.unwrap();
        if filter.limit.is_none() {
            assert_eq!(
                found.len() as i64,
                order::count(&db, &filter).await.unwrap(),
                "the header agrees with the list"
            );
        }
        found.into_iter().map(|order| order.number).collect()
    };
    let filter = OrderFilter::default;
    assert_eq!(
        numbers(OrderFilter {
            post: Some(1),
            ..filter()
        })
        .await,
        ["NO-early"]
    );
    assert_eq!(
        numbers(OrderFilter {
            post: Some(2),
            ..filter()
        })
        .await,
        ["NO-both"],
        "the coupon is the last touch"
    );
    assert_eq!(
        numbers(OrderFilter {
            channel: Some(1),
            ..filter()
        })
        .await,
        ["NO-early"]
    );
    let day = Some("2026-11-09".parse().unwrap());
    assert_eq!(
        numbers(OrderFilter {
            from: day,
            to: day,
            ..filter()
        })
        .await,
        ["NO-early"]
    );
    assert_eq!(
        numbers(OrderFilter {
            text: "c_1".to_owned(),
            ..filter()
        })
        .await,
        ["NO-c_1"],
        "_ is no wildcard"
    );
    assert_eq!(
        numbers(OrderFilter {
            text: "sun-b".to_owned(),
            limit: Some(2),
            ..filter()
        })
        .await
        .len(),
        2
    );
    assert_eq!(
        numbers(OrderFilter {
            status: Some(Status::Created),
            ..filter()
        })
        .await
        .len(),
        0
    );
}

#[tokio::test]
async fn neither_phone_nor_mail_of_a_buyer_reaches_the_file() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let mut order = refunded(paid("a"), 1_000);
    order.refunds[0].reason = "张三 13800138000 尺码不对".to_owned();
    order.tags.landing =
        "https://shop.example/u/13800138000?utm_content=K7Q2A3&email=li@qq.com&n=lina1#13800138000"
            .to_owned();
    order.raw = serde_json::json!({
        "number": "4839201758392017", "at": "2026-11-10 10:00:00", "landing": order.tags.landing,
        "refunds": [{ "reason": "张三 138 0013 8000 尺码不对" }], "entry": "/p?email=li%40qq.com", "tel": "138-0013-8000",
    })
    .to_string();
    let bare = Tags {
        landing: "?utm_content=K7Q2A3&email=li@qq.com".to_owned(),
        ..Tags::default()
    };
    write(&db, &[order, tagged("b", bare)]).await;
    let said = review::NewReview {
        product: 1,
        text: "不错".to_owned(),
        buyer: Some("13800138000".to_owned()),
        reasons: vec!["朋友 13800138000 推荐".to_owned()],
        returned: vec!["联系 li@qq.com".to_owned()],
        source: "微信 13800138000".to_owned(),
        ..review::NewReview::default()
    };
    let said = review::add(&db, said, at("2026-11-20 08:00")).await.unwrap();
    let patch = review::ReviewPatch {
        returned: Some(vec!["打 13800138000".to_owned()]),
        ..review::ReviewPatch::default()
    };
    review::edit(&db, said.id, patch, at("2026-11-20 09:00"))
        .await
        .unwrap();

    let id = id_of(&db, "a").await;
    let kept = order::get(&db, id).await.unwrap();
    assert_eq!(kept.tags.landing, "/u/***?utm_content=K7Q2A3");
    assert_eq!(
        kept.refunds[0].reason, "*** *** 尺码不对",
        "nor the name beside it"
    );
    let credits = attribution::of_order(&db, id, attribution::Model::Last)
        .await
        .unwrap();
    assert_eq!(credits[0].post, 1, "the code in the url still counts");
    let file = db.path("caoben.db");
    db.close().await;
    let bytes: Vec<u8> = ["", "-wal"]
        .iter()
        .filter_map(|end| std::fs::read(format!("{}{end}", file.display())).ok())
        .flatten()
        .collect();
    let has = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    for word in [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "li@qq.com",
        "li%40qq.com",
        "lina1",
    ] {
        assert!(!has(word), "{word} is in the file");
    }
    assert!(
        has("4839201758392017") && has("2026-11-10 10:00:00"),
        "ids and times are nobody"
    );
}

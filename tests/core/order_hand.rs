//! Orders entered by hand: the ones of group chats, that no shop and no file tells of.

use caoben::{
    attribution::{self, Model, Tier},
    db::Db,
    error::Code,
    order::{self, NewOrder, OrderBefore, OrderFilter, OrderPatch, Status},
    report::{self, By, Period},
    shop,
    value::Time,
};

use crate::{
    money::{paid, run, trade, write},
    support::{self, at},
};

fn now() -> Time {
    at("2026-11-22 10:00")
}

fn soap(amount: i64) -> NewOrder {
    NewOrder {
        title: "竹炭皂".to_owned(),
        amount,
        ..NewOrder::default()
    }
}

async fn credits(db: &Db, id: i64) -> Vec<attribution::Credit> {
    attribution::of_order(db, id, Model::Last).await.unwrap()
}

#[tokio::test]
async fn an_order_by_hand_is_credited_to_the_post_that_is_named_as_told_and_not_as_proven() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let input = NewOrder {
        post: Some(1),
        channel: Some(1),
        product: Some(1),
        quantity: Some(3),
        commission: Some(300),
        buyer: "群里的小王".to_owned(),
        title: String::new(),
        ..soap(9_570)
    };
    let made = order::add(&db, input, now()).await.unwrap();
    assert_eq!(
        (made.number.as_str(), made.shop_name.as_str(), made.status),
        ("手记-2026-11-22-1", "手记", Status::Paid)
    );
    assert_eq!(
        (
            made.gross,
            made.net,
            made.commission_estimated,
            made.commission_settled
        ),
        (9_570, 9_570, Some(300), None),
        "what it may earn has not come"
    );
    let line = &made.lines[0];
    assert_eq!(
        (line.title.as_str(), line.quantity, line.product),
        ("防晒霜", 3, Some(1)),
        "called as the product is"
    );
    let found = credits(&db, made.id).await;
    assert_eq!((found.len(), found[0].post, found[0].tier), (1, 1, Tier::C));
    assert_eq!(
        found[0].why,
        "这笔订单是手记的，写明由这篇在「公众号 · 小鹿」带来（C 级）；末次触达，记全部。"
    );
    let by_post = report::report(&db, By::Posts, &Period::default()).await.unwrap();
    assert_eq!((by_post.rows[0].tiers.C, by_post.rows[0].tiers.A), (1.0, 0.0));
    let filter = OrderFilter {
        post: Some(1),
        ..OrderFilter::default()
    };
    assert_eq!(order::count(&db, &filter).await.unwrap(), 1);

    let second = order::add(&db, soap(100), now()).await.unwrap();
    assert_eq!(second.number, "手记-2026-11-22-2");
    assert!(
        credits(&db, second.id).await.is_empty(),
        "nobody said who brought it"
    );
}

#[tokio::test]
async fn a_post_without_a_link_there_is_named_by_its_publication() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    run(
        &db,
        "INSERT INTO publication (id, post_id, channel_id, published_at, note_id, created_at) VALUES (7, 2, 1, 0, '', 0);",
    )
    .await;
    let input = NewOrder {
        post: Some(2),
        channel: Some(1),
        ..soap(5_990)
    };
    let made = order::add(&db, input, now()).await.unwrap();
    let found = credits(&db, made.id).await;
    assert_eq!(
        (
            found.len(),
            found[0].post,
            found[0].channel,
            found[0].tier,
            found[0].link
        ),
        (1, 2, 1, Tier::C, None)
    );
}

#[tokio::test]
async fn what_cannot_be_an_order_is_refused_and_nothing_is_kept() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let refused = async |input: NewOrder, field: &str| {
        let error = order::add(&db, input, now()).await.unwrap_err();
        assert_eq!(
            (error.code, error.field.unwrap_or_default()),
            (Code::Invalid, field),
            "{error}"
        );
    };
    refused(NewOrder::default(), "title").await;
    refused(soap(-1), "amount").await;
    refused(
        NewOrder {
            quantity: Some(0),
            ..soap(1)
        },
        "quantity",
    )
    .await;
    refused(
        NewOrder {
            channel: Some(1),
            ..soap(1)
        },
        "post",
    )
    .await;
    refused(
        NewOrder {
            post: Some(1),
            channel: Some(2),
            ..soap(1)
        },
        "post",
    )
    .await;
    refused(
        NewOrder {
            placed_at: Some(at("2026-11-24 10:00")),
            ..soap(1)
        },
        "placed_at",
    )
    .await;
    let missing = order::add(
        &db,
        NewOrder {
            product: Some(99),
            ..soap(1)
        },
        now(),
    )
    .await;
    assert_eq!(missing.unwrap_err().code, Code::NotFound);
    assert_eq!(order::count(&db, &OrderFilter::default()).await.unwrap(), 0);

    let numbered = NewOrder {
        number: "群-1".to_owned(),
        ..soap(1)
    };
    order::add(&db, numbered.clone(), now()).await.unwrap();
    let twice = order::add(&db, numbered, now()).await.unwrap_err();
    assert_eq!(twice.code, Code::Conflict, "{twice}");
}

#[tokio::test]
async fn an_order_by_hand_is_given_back_in_parts_and_taken_out() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let made = order::add(
        &db,
        NewOrder {
            product: Some(1),
            ..soap(10_000)
        },
        now(),
    )
    .await
    .unwrap();
    let part = order::refund(&db, made.id, 2_500, "张三 13800138000 尺码不对", now())
        .await
        .unwrap();
    assert_eq!(
        (part.refunded, part.net, part.status),
        (2_500, 7_500, Status::Paid)
    );
    assert_eq!(
        part.refunds[0].reason, "*** *** 尺码不对",
        "nobody's name and phone"
    );
    assert_eq!(part.lines[0].product, Some(1), "it is still the same thing");
    let more = order::refund(&db, made.id, 8_000, "", now()).await.unwrap_err();
    assert_eq!(more.field, Some("amount"), "no more than is left");
    let all = order::refund(&db, made.id, 7_500, "", now()).await.unwrap();
    assert_eq!(
        (all.refunded, all.net, all.status, all.refunds.len()),
        (10_000, 0, Status::Refunded, 2)
    );

    order::remove(&db, made.id).await.unwrap();
    assert_eq!(order::get(&db, made.id).await.unwrap_err().code, Code::NotFound);
    write(&db, &[paid("a")]).await;
    let shops = crate::money::id_of(&db, "a").await;
    for refused in [
        order::remove(&db, shops).await.unwrap_err(),
        order::refund(&db, shops, 1, "", now()).await.unwrap_err(),
    ] {
        assert_eq!(refused.code, Code::Forbidden, "a shop's order is the shop's");
    }
}

#[tokio::test]
async fn an_unpaid_order_by_hand_counts_when_its_money_comes_and_its_commission_when_that_comes() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let made = order::add(
        &db,
        NewOrder {
            unpaid: true,
            commission: Some(1_000),
            ..soap(10_000)
        },
        now(),
    )
    .await
    .unwrap();
    assert_eq!(
        (made.status, made.net, made.commission_settled),
        (Status::Created, 0, None)
    );
    assert_eq!(made.source_status, "", "no shop says anything of it");
    let early = order::refund(&db, made.id, 100, "", now()).await.unwrap_err();
    assert_eq!(
        early.field,
        Some("amount"),
        "nothing came that could be given back"
    );
    let came = order::edit(&db, made.id, patch(|patch| patch.unpaid = Some(false)), now())
        .await
        .unwrap();
    assert_eq!(
        (came.status, came.net, came.commission_settled),
        (Status::Paid, 10_000, None)
    );
    let earned = order::edit(
        &db,
        made.id,
        patch(|patch| patch.settled = Some(Some(900))),
        now(),
    )
    .await
    .unwrap();
    let total = &report::report(&db, By::Posts, &Period::default())
        .await
        .unwrap()
        .totals[0];
    assert_eq!(
        (total.commission_estimated, total.commission_settled),
        (Some(1_000), Some(900))
    );
    let undone = order::restore(&db, before(&came), now()).await.unwrap();
    assert_eq!(
        (earned.commission_settled, undone.commission_settled),
        (Some(900), None)
    );
}

fn patch(set: impl Fn(&mut OrderPatch)) -> OrderPatch {
    let mut patch = OrderPatch::default();
    set(&mut patch);
    patch
}

fn before(order: &order::Order) -> OrderBefore {
    OrderBefore {
        order: order.clone(),
        buyer: None,
    }
}

/// An order as it can be compared; its lines get new ids when it comes back.
fn said(order: &order::Order) -> serde_json::Value {
    let mut said = serde_json::to_value(order).unwrap();
    said["lines"][0]["id"] = 0.into();
    said
}

#[tokio::test]
async fn every_slip_in_an_order_by_hand_is_corrected_and_the_correction_undone() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let input = NewOrder {
        number: "群-1".to_owned(),
        buyer: "小王".to_owned(),
        post: Some(1),
        commission: Some(300),
        ..soap(5_990)
    };
    let made = order::add(&db, input, now()).await.unwrap();
    let right = OrderPatch {
        number: Some("群-2".to_owned()),
        product: Some(Some(2)),
        quantity: Some(2),
        amount: Some(59_900),
        placed_at: Some(at("2026-11-20 09:00")),
        commission: Some(None),
        post: Some(Some(2)),
        channel: Some(2),
        ..OrderPatch::default()
    };
    let corrected = order::edit(&db, made.id, right, now()).await.unwrap();
    assert_eq!(corrected.id, made.id);
    assert_eq!(
        (
            corrected.number.as_str(),
            corrected.gross,
            corrected.commission_estimated
        ),
        ("群-2", 59_900, None)
    );
    let line = &corrected.lines[0];
    assert_eq!(
        (line.title.as_str(), line.quantity, line.amount, line.product),
        ("口红", 2, 59_900, Some(2))
    );
    assert_eq!(credits(&db, made.id).await[0].post, 2);
    let again = NewOrder {
        number: "群-1".to_owned(),
        ..soap(1)
    };
    let other = order::add(&db, again, now()).await.unwrap();
    assert_eq!(
        order::get(&db, made.id).await.unwrap().gross,
        59_900,
        "the freed number takes nothing with it"
    );
    let taken = order::edit(
        &db,
        other.id,
        patch(|patch| patch.number = Some("群-2".to_owned())),
        now(),
    )
    .await;
    assert_eq!(taken.unwrap_err().code, Code::Conflict);
    let taken = order::restore(&db, before(&made), now()).await;
    assert_eq!(
        taken.unwrap_err().code,
        Code::Conflict,
        "its old number is another order's by now"
    );
    order::remove(&db, other.id).await.unwrap();
    let undone = order::restore(&db, before(&made), now()).await.unwrap();
    assert_eq!(said(&undone), said(&made));
}

#[tokio::test]
async fn a_refund_noted_by_mistake_is_taken_back_and_a_removed_order_comes_back_whole() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let input = NewOrder {
        post: Some(1),
        product: Some(1),
        buyer: "小王".to_owned(),
        ..soap(10_000)
    };
    let made = order::add(&db, input.clone(), now()).await.unwrap();
    let part = order::refund(&db, made.id, 2_500, "", now()).await.unwrap();
    let all = order::refund(&db, made.id, 7_500, "", now()).await.unwrap();
    let less = order::edit(&db, made.id, patch(|patch| patch.amount = Some(9_000)), now()).await;
    assert_eq!(
        less.unwrap_err().field,
        Some("amount"),
        "more than that was given back"
    );
    assert_eq!(all.status, Status::Refunded);
    let back = order::take_back_refund(&db, made.id, now()).await.unwrap();
    assert_eq!(said(&back), said(&part));
    order::take_back_refund(&db, made.id, now()).await.unwrap();
    let none = order::take_back_refund(&db, made.id, now()).await.unwrap_err();
    assert_eq!(none.code, Code::Conflict);
    let part = order::refund(&db, made.id, 2_500, "压坏了", now()).await.unwrap();

    let gone = order::remove(&db, made.id).await.unwrap();
    assert_eq!(order::get(&db, made.id).await.unwrap_err().code, Code::NotFound);
    let restored = order::restore(&db, gone, now()).await.unwrap();
    assert_eq!(said(&restored), said(&part));
    assert_eq!(credits(&db, made.id).await[0].post, 1);
    let next = order::add(&db, input, now()).await.unwrap();
    let buyers = buyers(&db).await;
    assert_eq!(
        (buyers.len(), next.number.as_str()),
        (1, "手记-2026-11-22-2"),
        "the same buyer still"
    );
}

async fn buyers(db: &Db) -> Vec<String> {
    sqlx::query_scalar(r#"SELECT DISTINCT buyer FROM "order" WHERE buyer IS NOT NULL"#)
        .fetch_all(db.read())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_no_shop_and_no_file_can_bring_back_is_not_disconnected() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let made = order::add(&db, soap(100), now()).await.unwrap();
    assert!(
        shop::list(&db)
            .await
            .unwrap()
            .iter()
            .any(|shop| shop.by_hand && shop.id == made.shop)
    );
    let refused = shop::remove(&db, made.shop, true).await.unwrap_err();
    assert_eq!(refused.code, Code::Forbidden, "{refused}");
    assert_eq!(order::get(&db, made.id).await.unwrap().gross, 100);
    write(&db, &[paid("a")]).await;
    let shops = crate::money::id_of(&db, "a").await;
    let edited = order::edit(&db, shops, OrderPatch::default(), now())
        .await
        .unwrap_err();
    let foreign = order::get(&db, shops).await.unwrap();
    let restored = order::restore(&db, before(&foreign), now()).await.unwrap_err();
    assert_eq!((edited.code, restored.code), (Code::Forbidden, Code::Forbidden));
    order::remove(&db, made.id).await.unwrap();
    shop::remove(&db, made.shop, false).await.unwrap();
}

#[tokio::test]
async fn a_post_a_channel_or_a_currency_that_is_not_there_is_named() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let of = |post, channel| NewOrder {
        post: Some(post),
        channel,
        ..soap(1_000)
    };
    for input in [of(77, None), of(1, Some(77))] {
        let error = order::add(&db, input, now()).await.unwrap_err();
        assert_eq!(error.code, Code::NotFound, "{error}");
        assert!(error.message.contains("77"), "{error}");
    }
    let in_currency = |currency: &str| NewOrder {
        currency: currency.to_owned(),
        ..soap(1_000)
    };
    assert_eq!(
        order::add(&db, in_currency("RMB"), now()).await.unwrap().currency,
        "CNY"
    );
    for none in ["XXX", "CNYY", "ABC", "￥"] {
        let error = order::add(&db, in_currency(none), now()).await.unwrap_err();
        assert_eq!(error.field, Some("currency"), "{none}");
    }
}

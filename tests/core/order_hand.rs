//! Orders entered by hand: the ones of group chats, that no shop and no file tells of.

use caoben::{
    attribution::{self, Model, Tier},
    db::Db,
    error::Code,
    order::{self, NewOrder, OrderFilter, Status},
    report::{self, By, Period},
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
        (made.gross, made.net, made.commission_settled),
        (9_570, 9_570, Some(300))
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

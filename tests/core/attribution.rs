//! Attribution 归因: every order back to its post, never more than once.

use caoben::{
    attribution::{Model, Tier, of_order, of_orders, share, split},
    link::{self, NewLink},
    order::Tags,
};
use proptest::prelude::*;

use crate::{
    money::{coupon, id_of, paid, run, tagged, trade, utm, write},
    support,
};

const MODELS: [Model; 4] = [Model::First, Model::Last, Model::Linear, Model::Decay];

#[tokio::test]
async fn a_link_code_in_utm_content_credits_its_post_and_says_why() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[tagged("a", utm("K7Q2A3"))]).await;
    let credits = of_order(&db, id_of(&db, "a").await, Model::Last).await.unwrap();
    assert_eq!(
        credits.len(),
        2,
        "one for each line: the post brought the buyer, whatever went into the cart"
    );
    let credit = &credits[0];
    assert_eq!(
        (credit.post, credit.channel, credit.link, credit.tier),
        (1, 1, Some(1), Tier::A)
    );
    assert!((credit.credit - 1.0).abs() < 1e-9);
    assert_eq!(
        credit.why,
        "订单的 utm_content 是 K7Q2A3，正是这篇在「公众号 · 小鹿」的专属链接（A 级）；末次触达，记全部。"
    );
}

#[tokio::test]
async fn codes_are_compared_without_case_wherever_they_stand() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let landing = Tags {
        landing: "https://shop.example/p/sun?x=1&utm_id=k7q2a3#top".to_owned(),
        ..Tags::default()
    };
    let placement = Tags {
        placement: "公众号-K7Q2A3".to_owned(),
        ..Tags::default()
    };
    let note = |id: &str| Tags {
        note_id: id.to_owned(),
        ..Tags::default()
    };
    let orders = [
        tagged("own-coupon", coupon("sun10")),
        tagged("code-as-coupon", coupon("k7q2a3")),
        tagged("landing", landing),
        tagged("placement", placement),
        tagged("note", note("66f0abc")),
        tagged("other-note", note("66F0ABC")),
        tagged("nothing", Tags::default()),
    ];
    write(&db, &orders).await;
    let found = async |key: &str| {
        let credits = of_order(&db, id_of(&db, key).await, Model::Last).await.unwrap();
        credits.first().map(|credit| (credit.post, credit.tier))
    };
    assert_eq!(found("own-coupon").await, Some((1, Tier::A)));
    assert_eq!(found("code-as-coupon").await, Some((1, Tier::A)));
    assert_eq!(found("landing").await, Some((1, Tier::A)));
    assert_eq!(found("placement").await, Some((1, Tier::B)));
    assert_eq!(found("note").await, Some((2, Tier::B)));
    assert_eq!(found("other-note").await, None, "note ids are told apart by case");
    assert_eq!(found("nothing").await, None);
}

#[tokio::test]
async fn a_link_or_note_recorded_after_the_order_counts_at_once() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let note = Tags {
        note_id: "late1".to_owned(),
        ..Tags::default()
    };
    write(&db, &[tagged("a", note)]).await;
    let id = id_of(&db, "a").await;
    assert!(of_order(&db, id, Model::Last).await.unwrap().is_empty());
    run(&db, "UPDATE publication SET note_id = 'late1'").await;
    assert_eq!(of_order(&db, id, Model::Last).await.unwrap()[0].post, 2);
}

#[tokio::test]
async fn a_coupon_typed_in_full_width_letters_is_credited_as_the_same() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(
        &db,
        &[
            tagged("full", coupon("ＳＵＮ１０")),
            tagged("half", coupon("sun10")),
        ],
    )
    .await;
    for key in ["full", "half"] {
        let credits = of_order(&db, id_of(&db, key).await, Model::Last).await.unwrap();
        assert!(!credits.is_empty(), "{key}");
        assert!(
            credits
                .iter()
                .all(|credit| (credit.post, credit.tier) == (1, Tier::A)),
            "{key}: {credits:?}"
        );
    }
}

#[tokio::test]
async fn an_order_of_a_coupon_that_was_changed_since_keeps_its_credit() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[tagged("a", coupon("sun10"))]).await;
    let renamed = NewLink {
        post: 1,
        channel: 1,
        product: 1,
        url: Some("https://shop.example/1".to_owned()),
        coupon: Some("SUN20".to_owned()),
        ..NewLink::default()
    };
    crate::link::allow(&db, "wechat_article", "coupon", "yes").await;
    let renamed = link::create(&db, renamed, support::at("2026-11-20 10:00"))
        .await
        .unwrap();
    assert_eq!((renamed.id, renamed.coupon.as_deref()), (1, Some("SUN20")));
    write(&db, &[tagged("b", coupon("sun20"))]).await;
    for key in ["a", "b"] {
        let credits = of_order(&db, id_of(&db, key).await, Model::Last).await.unwrap();
        assert_eq!(credits[0].post, 1, "{key}");
    }
}

#[tokio::test]
async fn many_orders_are_credited_as_each_one_is() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let both = Tags {
        coupons: vec!["M4XZ9P".to_owned()],
        ..utm("K7Q2A3")
    };
    write(&db, &[tagged("a", both), paid("b"), tagged("c", coupon("SUN10"))]).await;
    for model in MODELS {
        let mut ids = Vec::new();
        for key in ["a", "b", "c"] {
            ids.push(id_of(&db, key).await);
        }
        let mut all = of_orders(&db, &ids, model).await.unwrap();
        for id in ids {
            let one = of_order(&db, id, model).await.unwrap();
            let many = all.remove(&id).unwrap_or_default();
            assert_eq!(format!("{one:?}"), format!("{many:?}"), "{model:?}");
        }
    }
}

#[tokio::test]
async fn two_posts_share_one_order_as_the_model_says() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let both = Tags {
        coupons: vec!["M4XZ9P".to_owned()],
        ..utm("K7Q2A3")
    };
    write(&db, &[tagged("a", both)]).await;
    let id = id_of(&db, "a").await;
    for (model, expected) in [
        (Model::First, vec![(1, 1.0)]),
        (Model::Last, vec![(2, 1.0)]),
        (Model::Linear, vec![(1, 0.5), (2, 0.5)]),
        (Model::Decay, vec![(1, 1.0 / 3.0), (2, 2.0 / 3.0)]),
    ] {
        let credits = of_order(&db, id, model).await.unwrap();
        let first = credits[0].line;
        let got: Vec<_> = credits
            .iter()
            .filter(|c| c.line == first)
            .map(|c| (c.post, c.credit))
            .collect();
        assert_eq!(got.len(), expected.len(), "{model:?}");
        for ((post, credit), (whose, share)) in got.iter().zip(&expected) {
            assert!(
                post == whose && (credit - share).abs() < 1e-9,
                "{model:?}: {got:?}"
            );
        }
    }
    let why = &of_order(&db, id, Model::Linear).await.unwrap()[1].why;
    assert_eq!(
        why,
        "订单的优惠码是 M4XZ9P，正是这篇在「小红书 · 小鹿」的专属优惠码（A 级）；与另外 1 处触达平分，记 50%。"
    );
}

#[tokio::test]
async fn tags_of_the_same_click_are_one_touch() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let mut tags = utm("K7Q2A3");
    tags.landing = "https://shop.example/?utm_content=K7Q2A3".to_owned();
    tags.coupons = vec!["sun10".to_owned(), "M4XZ9P".to_owned()];
    write(&db, &[tagged("a", tags), paid("b")]).await;
    let credits = of_order(&db, id_of(&db, "a").await, Model::Linear).await.unwrap();
    let shares: Vec<_> = credits
        .iter()
        .filter(|c| c.line == credits[0].line)
        .map(|c| (c.post, c.credit))
        .collect();
    assert_eq!(
        shares,
        [(1, 0.5), (2, 0.5)],
        "three tags of one post are not three votes"
    );
}

proptest! {
    #[test]
    fn credit_never_exceeds_the_order(touches in 0_usize..200) {
        for model in MODELS {
            let shares = share(touches, model);
            prop_assert_eq!(shares.len(), touches);
            prop_assert!(shares.iter().all(|share| *share >= 0.0));
            let whole: f64 = shares.iter().sum();
            prop_assert!(whole <= 1.0 + 1e-9);
            prop_assert!(touches == 0 || whole > 1.0 - 1e-9);
        }
    }

    #[test]
    fn split_money_sums_to_the_money(amount in -10_000_000_000_i64..10_000_000_000, weights in prop::collection::vec(0.0_f64..5.0, 1..9)) {
        let parts = split(amount, &weights);
        let some = weights.iter().any(|w| *w > 0.0);
        prop_assert_eq!(parts.iter().sum::<i64>(), if some { amount } else { 0 });
        prop_assert!(parts.iter().all(|part| part.signum() * amount.signum() >= 0));
    }
}

//! What was recorded by mistake is taken away, and put back as it was: links, publications, products.

use caoben::{
    Code,
    attribution::{Model, Tier, of_order},
    link::{self, LinkFilter},
    order::{self, OrderFilter, OrderSort},
    product::{self, NewProduct, Sku},
    publication::{self, NewPublication},
    today,
};
use proptest::prelude::*;

use crate::{
    link::scene,
    money::{coupon, id_of, paid, tagged, trade, utm, write},
    support::{self, at},
};

#[tokio::test]
async fn a_link_taken_off_the_list_keeps_its_code_and_what_it_earned() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    write(&db, &[tagged("a", utm("K7Q2A3")), tagged("b", coupon("sun10"))]).await;
    let now = at("2026-11-22 10:00");
    link::remove(&db, 1, now).await.unwrap();
    assert_eq!(link::list(&db, &LinkFilter::default()).await.unwrap().len(), 1);
    assert_eq!(link::get(&db, 1).await.unwrap_err().code, Code::NotFound);
    for key in ["a", "b"] {
        let credits = of_order(&db, id_of(&db, key).await, Model::Last).await.unwrap();
        assert_eq!(
            (credits[0].post, credits[0].tier),
            (1, Tier::A),
            "{key}: what is printed stays good"
        );
    }
    let back = link::restore(&db, 1).await.unwrap();
    assert_eq!(
        (back.code.as_str(), back.coupon.as_deref()),
        ("K7Q2A3", Some("SUN10"))
    );
    assert_eq!(link::remove(&db, 99, now).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_removed_link_made_again_is_the_same_link_and_its_code_is_nobody_elses() {
    let (_folder, db) = support::workspace().await;
    let scene = scene(&db, "weibo").await;
    let now = at("2026-11-22 10:00");
    let first = link::create(&db, scene.clone(), now).await.unwrap();
    link::remove(&db, first.id, now).await.unwrap();
    let other = product::create(
        &db,
        NewProduct {
            name: "小麦啤酒".into(),
            url: "https://shop.example.cn/p?id=8".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap();
    let second = link::create(
        &db,
        link::NewLink {
            product: other.id,
            ..scene.clone()
        },
        now,
    )
    .await
    .unwrap();
    assert_ne!(
        second.code, first.code,
        "a printed code leads to one place for ever"
    );
    let again = link::create(&db, scene, now).await.unwrap();
    assert_eq!((again.id, again.code), (first.id, first.code));
}

#[tokio::test]
async fn a_wrong_publication_earns_nothing_until_it_is_put_back() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let note = order::Tags {
        note_id: "66f0abc".to_owned(),
        ..Default::default()
    };
    write(&db, &[tagged("a", note)]).await;
    let id = id_of(&db, "a").await;
    let credited = async || of_order(&db, id, Model::Last).await.unwrap().len();
    assert_eq!(credited().await, 2);
    publication::remove(&db, 1, at("2026-11-22 10:00")).await.unwrap();
    assert_eq!(credited().await, 0);
    assert!(publication::list(&db, None).await.unwrap().is_empty());
    publication::restore(&db, 1).await.unwrap();
    assert_eq!(credited().await, 2);
}

#[tokio::test]
async fn a_publication_recorded_again_meanwhile_is_not_doubled_by_putting_the_wrong_one_back() {
    let (_folder, db) = support::workspace().await;
    let scene = scene(&db, "xiaohongshu").await;
    let now = at("2026-11-22 20:00");
    let input = NewPublication {
        post: scene.post,
        channel: scene.channel,
        at: Some(at("2026-11-22 12:00")),
        url: "https://www.xiaohongshu.com/explore/6583a1b2000000001203f4e5".into(),
        ..Default::default()
    };
    let wrong = publication::add(&db, input.clone(), now).await.unwrap();
    publication::remove(&db, wrong.id, now).await.unwrap();
    let today = today::today(&db, now).await.unwrap();
    assert_eq!(today.publications, 0, "today counts what stands");
    let right = publication::add(&db, input, now).await.unwrap();
    assert_ne!(right.id, wrong.id);
    assert_eq!(
        publication::restore(&db, wrong.id).await.unwrap_err().code,
        Code::Conflict
    );
    assert_eq!(publication::list(&db, None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_removed_product_comes_back_under_its_number_with_all_it_had() {
    let (_folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let input = NewProduct {
        name: "云感防晒乳".into(),
        brand: "屿光".into(),
        price: Some(12_990),
        shortcomings: vec!["叠粉底会搓泥".into()],
        skus: vec![Sku {
            shop: "小店".into(),
            sku: "SUN".into(),
        }],
        ..Default::default()
    };
    let made = product::create(&db, input, now).await.unwrap();
    let gone = product::remove(&db, made.id).await.unwrap();
    assert!(product::get(&db, made.id).await.is_err());
    let back = product::restore(&db, gone.clone()).await.unwrap();
    assert_eq!(
        serde_json::to_value(&back).unwrap(),
        serde_json::to_value(&made).unwrap()
    );
    assert_eq!(
        product::restore(&db, gone).await.unwrap_err().code,
        Code::Conflict,
        "twice is once too often"
    );
    let hits = caoben::search::search(&db, "防晒", &[], 5).await.unwrap();
    assert!(hits.iter().any(|hit| hit.id == made.id), "it is found again");
}

#[tokio::test]
async fn a_product_whose_sku_went_to_another_is_not_put_back_over_it() {
    let (_folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let sku = Sku {
        shop: "小店".into(),
        sku: "SUN".into(),
    };
    let input = |name: &str| NewProduct {
        name: name.into(),
        skus: vec![sku.clone()],
        ..Default::default()
    };
    let first = product::create(&db, input("旧的"), now).await.unwrap();
    let gone = product::remove(&db, first.id).await.unwrap();
    product::create(&db, input("新的"), now).await.unwrap();
    let refused = product::restore(&db, gone).await.unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    assert!(refused.to_string().contains("现在归「新的」"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn orders_sorted_by_anything_are_the_same_orders_in_that_order(amounts in prop::collection::vec(0_i64..5_000, 1..14), pages in 1_i64..5) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (_folder, db) = support::workspace().await;
            trade(&db).await;
            let orders: Vec<_> = amounts.iter().enumerate().map(|(nth, amount)| {
                let mut one = paid(&format!("o{nth}"));
                one.gross += amount;
                one
            }).collect();
            write(&db, &orders).await;
            let usual = order::list(&db, &OrderFilter::default()).await.unwrap();
            for sort in [OrderSort::Placed, OrderSort::Number, OrderSort::Shop, OrderSort::Status, OrderSort::Refunded, OrderSort::Net] {
                for ascending in [false, true] {
                    // Page by page, as the list is read: none is lost or doubled at the edge of a page.
                    let mut read = Vec::new();
                    loop {
                        let filter = OrderFilter { sort, ascending, limit: Some(pages), offset: i64::try_from(read.len()).unwrap(), ..OrderFilter::default() };
                        let page = order::list(&db, &filter).await.unwrap();
                        if page.is_empty() { break; }
                        read.extend(page);
                    }
                    let ids = |all: &[order::Order]| { let mut ids: Vec<_> = all.iter().map(|one| one.id).collect(); ids.sort_unstable(); ids };
                    assert_eq!(ids(&read), ids(&usual));
                    if sort == OrderSort::Net {
                        let nets: Vec<i64> = read.iter().map(|one| one.net).collect();
                        let mut right = nets.clone();
                        right.sort_unstable();
                        if !ascending { right.reverse(); }
                        assert_eq!(nets, right);
                    }
                }
            }
        });
    }
}

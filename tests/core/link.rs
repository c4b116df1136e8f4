//! Link 链接: one tag per (post, channel, product), only of kinds the channel takes.

use caoben::{
    Code,
    channel::{self, NewChannel, NewOverride},
    db::Db,
    link::{self, LinkFilter, LinkKind, NewLink},
    post::{self, NewPost},
    product::{self, NewProduct},
};

use crate::support::{self, at};

/// A product, a post and a channel of a platform.
pub async fn scene(db: &Db, platform: &str) -> NewLink {
    let now = at("2026-11-22 10:00");
    let product = NewProduct {
        name: "清透防晒".into(),
        url: "https://shop.example.cn/p?id=7#评价".into(),
        ..Default::default()
    };
    let product = product::create(db, product, now).await.unwrap().id;
    let post = NewPost {
        title: "通勤防晒".into(),
        body: "成膜快。".into(),
        products: vec![product],
        ..Default::default()
    };
    let post = post::create(db, post, now).await.unwrap().id;
    let channel = NewChannel {
        platform: platform.into(),
        name: format!("{platform} · 小鹿"),
        own_shop: false,
    };
    let channel = channel::create(db, channel, now).await.unwrap().id;
    NewLink {
        post,
        channel,
        product,
        ..Default::default()
    }
}

pub async fn allow(db: &Db, platform: &str, rule: &str, value: &str) {
    let input = NewOverride {
        platform: platform.into(),
        rule: format!("{platform}.links.{rule}"),
        value: Some(value.into()),
        reason: "平台客服确认".into(),
    };
    channel::override_rule(db, input, at("2026-11-22 10:00"))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_best_kind_of_each_channel_is_chosen() {
    for (platform, kind) in [
        ("weibo", LinkKind::Url),
        ("xiaohongshu", LinkKind::Card),
        ("douyin", LinkKind::Card),
        ("wechat_article", LinkKind::Qr),
        ("store", LinkKind::Qr),
        ("instagram", LinkKind::Note),
    ] {
        let (_folder, db) = support::workspace().await;
        let link = link::create(&db, scene(&db, platform).await, at("2026-11-22 10:00"))
            .await
            .unwrap();
        assert_eq!(link.kind, kind, "{platform}");
        let clickable = matches!(kind, LinkKind::Url | LinkKind::Qr);
        assert_eq!(
            link.url.is_empty(),
            !clickable,
            "{platform} has a url only where one may stand"
        );
    }
}

#[tokio::test]
async fn a_tag_is_short_unique_and_the_same_everywhere() {
    let (_folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let input = NewLink {
        coupon: Some(String::new()),
        ..scene(&db, "weibo").await
    };
    allow(&db, "weibo", "coupon", "yes").await;
    let link = link::create(&db, input.clone(), now).await.unwrap();
    let post = post::get(&db, input.post).await.unwrap();
    assert!(
        link.code.starts_with(&post.code) && link.code.len() <= 8,
        "{} begins with the post's code",
        link.code
    );
    assert!(
        link.code
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()),
        "fits every platform's field"
    );
    assert_eq!(link.coupon.as_deref(), Some(link.code.as_str()));
    let url = url::Url::parse(&link.url).unwrap();
    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let has = |key: &str, value: &str| query.contains(&(key.to_owned(), value.to_owned()));
    assert!(
        has("id", "7") && has("utm_source", "weibo") && has("utm_content", &link.code),
        "{}",
        link.url
    );
    assert!(link.url.ends_with("#%E8%AF%84%E4%BB%B7"), "the fragment stays");

    let again = link::create(
        &db,
        NewLink {
            coupon: None,
            ..input.clone()
        },
        now,
    )
    .await
    .unwrap();
    assert_eq!(
        (again.id, &again.code, &again.coupon),
        (link.id, &link.code, &link.coupon),
        "asked again, it is the same link"
    );
    let moved = NewLink {
        url: Some("https://other.example.cn/".into()),
        coupon: Some("LU10".into()),
        replace: true,
        ..input.clone()
    };
    let moved = link::create(&db, moved, now).await.unwrap();
    assert_eq!(
        (moved.id, moved.code.as_str(), moved.coupon.as_deref()),
        (link.id, link.code.as_str(), Some("LU10"))
    );
    assert!(
        moved
            .url
            .starts_with("https://other.example.cn/?utm_source=weibo")
    );

    let second = product::create(
        &db,
        NewProduct {
            name: "口红".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap()
    .id;
    let second = NewLink {
        product: second,
        url: Some("https://shop.example.cn/2".into()),
        coupon: None,
        ..input.clone()
    };
    let other = link::create(&db, second.clone(), now).await.unwrap();
    assert_ne!(other.code, link.code);
    let clash = NewLink {
        coupon: Some("lu10".into()),
        ..second
    };
    assert_eq!(
        link::create(&db, clash.clone(), now).await.unwrap_err().code,
        Code::Conflict,
        "one coupon stands for one link"
    );
    let renamed = NewLink {
        coupon: Some("LU20".into()),
        ..input.clone()
    };
    assert_eq!(
        link::create(&db, renamed, now).await.unwrap().coupon.as_deref(),
        Some("LU20")
    );
    assert_eq!(
        link::create(&db, clash, now).await.unwrap_err().code,
        Code::Conflict,
        "a coupon that once stood for one link never stands for another"
    );
    let back = NewLink {
        coupon: Some("lu10".into()),
        ..input.clone()
    };
    assert_eq!(
        link::create(&db, back, now).await.unwrap().coupon.as_deref(),
        Some("lu10"),
        "its own link may have it again"
    );
    let filter = LinkFilter {
        post: Some(input.post),
        ..Default::default()
    };
    assert_eq!(link::list(&db, &filter).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_link_that_is_printed_leads_elsewhere_only_when_that_is_asked_for() {
    let (_folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let input = scene(&db, "store").await;
    let printed = link::create(&db, input.clone(), now).await.unwrap();
    assert_eq!(printed.kind, LinkKind::Qr);
    let other = NewLink {
        url: Some("https://other.example.cn/".into()),
        ..input.clone()
    };
    let error = link::create(&db, other.clone(), now).await.unwrap_err();
    assert_eq!((error.code, error.field), (Code::Conflict, Some("url")));
    assert!(
        error.message.contains(&printed.destination) && error.message.contains(&printed.code),
        "it says what is there: {}",
        error.message
    );
    let note = NewLink {
        kind: Some(LinkKind::Note),
        ..input.clone()
    };
    assert_eq!(
        link::create(&db, note, now).await.unwrap_err().code,
        Code::Conflict,
        "leading nowhere is leading elsewhere"
    );
    assert_eq!(link::get(&db, printed.id).await.unwrap().url, printed.url);
    let same = NewLink {
        url: Some("https://shop.example.cn/p?id=7&utm_source=old#评价".into()),
        ..input.clone()
    };
    assert_eq!(
        link::create(&db, same, now).await.unwrap().url,
        printed.url,
        "the same address, tagged before, is the same link"
    );
    let asked = NewLink {
        replace: true,
        ..other
    };
    let moved = link::create(&db, asked, now).await.unwrap();
    assert_eq!((moved.id, &moved.code), (printed.id, &printed.code));
    assert!(moved.url.starts_with("https://other.example.cn/?utm_"));
}

#[tokio::test]
async fn what_was_changed_in_a_pasted_address_is_told_with_the_link() {
    let (_folder, db) = support::workspace().await;
    let input = NewLink {
        url: Some("https://shop.example.cn/p?id=7&amp;from=chat".into()),
        ..scene(&db, "weibo").await
    };
    let made = link::make(&db, input.clone(), at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert_eq!(made.link.destination, "https://shop.example.cn/p?id=7&from=chat");
    assert_eq!(made.notes.len(), 1, "{:?}", made.notes);
    for bad in [
        "https://lu:geheim@shop.example.cn/p",
        "https://shop.example.cn/p/1快来看",
    ] {
        let input = NewLink {
            url: Some(bad.into()),
            ..input.clone()
        };
        let error = link::make(&db, input, at("2026-11-22 10:00")).await.unwrap_err();
        assert_eq!((error.code, error.field), (Code::Invalid, Some("url")), "{bad}");
        assert!(!error.message.contains("geheim"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_coupon_is_the_same_in_any_width_and_case() {
    let (_folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    allow(&db, "weibo", "coupon", "yes").await;
    let input = scene(&db, "weibo").await;
    let full = NewLink {
        coupon: Some("ＬＵ１０".into()),
        ..input.clone()
    };
    let first = link::create(&db, full, now).await.unwrap();
    assert_eq!(first.coupon.as_deref(), Some("ＬＵ１０"), "shown as it was typed");
    let product = NewProduct {
        name: "口红".into(),
        url: "https://shop.example.cn/2".into(),
        ..Default::default()
    };
    let product = product::create(&db, product, now).await.unwrap().id;
    for twin in ["LU10", "lu10", "Ｌu10"] {
        let clash = NewLink {
            product,
            coupon: Some(twin.into()),
            ..input.clone()
        };
        assert_eq!(
            link::create(&db, clash, now).await.unwrap_err().code,
            Code::Conflict,
            "{twin}"
        );
    }
}

#[tokio::test]
async fn what_the_channel_forbids_is_refused_with_its_source() {
    let (_folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let input = scene(&db, "xiaohongshu").await;
    for kind in [LinkKind::Url, LinkKind::Qr, LinkKind::Word, LinkKind::Coupon] {
        let error = link::create(
            &db,
            NewLink {
                kind: Some(kind),
                ..input.clone()
            },
            now,
        )
        .await
        .unwrap_err();
        assert_eq!(error.code, Code::Forbidden, "{kind:?}");
        assert!(
            error.message.contains("交易导流"),
            "the rule is named: {}",
            error.message
        );
    }
    let coupon = NewLink {
        coupon: Some("LU10".into()),
        ..input.clone()
    };
    assert_eq!(
        link::create(&db, coupon.clone(), now).await.unwrap_err().code,
        Code::Forbidden
    );
    assert!(
        link::list(&db, &LinkFilter::default()).await.unwrap().is_empty(),
        "a refused link leaves nothing"
    );
    let card = link::create(&db, input, now).await.unwrap();
    assert_eq!(
        link::qr_png(&db, card.id).await.unwrap_err().code,
        Code::Forbidden
    );
    assert_eq!(
        link::qr_svg(&db, card.id).await.unwrap_err().code,
        Code::Forbidden
    );

    allow(&db, "xiaohongshu", "coupon", "yes").await;
    let link = link::create(&db, coupon, now).await.unwrap();
    assert_eq!(
        link.coupon.as_deref(),
        Some("LU10"),
        "what the user switched on is taken"
    );
}

#[tokio::test]
async fn only_web_addresses_are_tagged_and_a_missing_one_is_asked_for() {
    let (_folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let input = scene(&db, "weibo").await;
    for bad in ["javascript:alert(1)", "shop.cn", "file:///etc/passwd"] {
        let error = link::create(
            &db,
            NewLink {
                url: Some(bad.into()),
                ..input.clone()
            },
            now,
        )
        .await
        .unwrap_err();
        assert_eq!((error.code, error.field), (Code::Invalid, Some("url")), "{bad}");
    }
    let bare = product::create(
        &db,
        NewProduct {
            name: "没有网址".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap()
    .id;
    let error = link::create(
        &db,
        NewLink {
            product: bare,
            ..input.clone()
        },
        now,
    )
    .await
    .unwrap_err();
    assert_eq!((error.code, error.field), (Code::Invalid, Some("url")));
    let error = link::create(&db, NewLink { post: 99, ..input }, now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

#[tokio::test]
async fn a_qr_code_reads_back_as_the_link() {
    let (_folder, db) = support::workspace().await;
    let link = link::create(&db, scene(&db, "store").await, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let png = link::qr_png(&db, link.id).await.unwrap();
    let picture = image::load_from_memory(&png).unwrap().into_luma8();
    assert!(picture.width() >= 512, "large enough to print");
    assert!(
        (0..picture.width()).all(|x| picture.get_pixel(x, 3).0 == [255]),
        "a quiet zone surrounds it"
    );
    let (width, height) = picture.dimensions();
    let mut read = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
        picture.get_pixel(x as u32, y as u32).0[0]
    });
    let (_, content) = read.detect_grids()[0].decode().unwrap();
    assert_eq!(content, link.url);
    assert!(link::qr_svg(&db, link.id).await.unwrap().contains("<svg"));
}

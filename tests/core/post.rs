//! Posts keep every state they were in: nothing is ever overwritten silently.

use caoben::{
    Code,
    channel::{self, ChannelPatch, NewChannel, NewOverride},
    db::Db,
    post::{self, NewPost, PostPatch, Variant},
    search,
    value::{Id, Noun},
};

use crate::support::{at, workspace};

/// Products and photos as rows, so that these tests stand on posts alone.
async fn shelf(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    for id in 1..=3 {
        sqlx::query("INSERT INTO product (id, name, created_at, updated_at) VALUES (?1, '防晒霜', 0, 0)")
            .bind(id)
            .execute(tx.conn())
            .await
            .unwrap();
        sqlx::query("INSERT INTO photo (id, hash, format, width, height, bytes, created_at) VALUES (?1, ?1, 'jpeg', 1, 1, 1, 0)")
            .bind(id)
            .execute(tx.conn())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

fn draft(title: &str, body: &str) -> NewPost {
    NewPost {
        title: title.into(),
        body: body.into(),
        products: vec![2, 1],
        photos: vec![3, 1, 2],
    }
}

async fn write(db: &Db, id: Id, body: &str, when: &str) -> post::Post {
    post::edit(
        db,
        id,
        PostPatch {
            body: Some(body.into()),
            ..PostPatch::default()
        },
        at(when),
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn a_post_keeps_the_order_of_its_products_and_photos_and_gets_a_readable_code() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let made = post::create(
        &db,
        draft("通勤防晒", "第一天 **不搓泥**"),
        at("2026-11-22 10:00"),
    )
    .await
    .unwrap();
    assert_eq!(
        (made.products.clone(), made.photos.clone()),
        (vec![2, 1], vec![3, 1, 2])
    );
    assert_eq!(made.code.chars().count(), 5);
    assert!(
        made.code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() && !"01IO".contains(c)),
        "{}",
        made.code
    );

    let other = post::create(&db, NewPost::default(), at("2026-11-22 10:01"))
        .await
        .unwrap();
    assert_ne!(made.code, other.code, "codes tell posts apart");

    let patch = PostPatch {
        photos: Some(vec![1, 3, 3]),
        ..PostPatch::default()
    };
    assert_eq!(
        post::edit(&db, made.id, patch, at("2026-11-22 10:05"))
            .await
            .unwrap()
            .photos,
        [1, 3]
    );
    let listed = post::list(&db, false).await.unwrap();
    assert_eq!(listed[0].id, made.id, "newest edit first");
    assert_eq!(
        (listed[0].cover, listed[0].photos, listed[0].excerpt.as_str()),
        (Some(1), 2, "第一天 不搓泥")
    );
}

#[tokio::test]
async fn a_post_can_only_draw_on_what_is_there() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let input = NewPost {
        products: vec![1, 99],
        ..NewPost::default()
    };
    assert_eq!(
        post::create(&db, input, at("2026-11-22 10:00"))
            .await
            .unwrap_err()
            .code,
        Code::NotFound
    );
    let input = NewPost {
        photos: vec![99],
        ..NewPost::default()
    };
    assert_eq!(
        post::create(&db, input, at("2026-11-22 10:00"))
            .await
            .unwrap_err()
            .code,
        Code::NotFound
    );
    assert!(
        post::list(&db, true).await.unwrap().is_empty(),
        "a refused post leaves nothing behind"
    );
}

#[tokio::test]
async fn typing_on_extends_one_kept_state_and_taking_away_begins_another() {
    let (_folder, db) = workspace().await;
    let id = post::create(&db, NewPost::default(), at("2026-11-22 10:00"))
        .await
        .unwrap()
        .id;
    write(&db, id, "今天第七天，脸上没有搓泥，", "2026-11-22T10:00:30").await;
    write(
        &db,
        id,
        "今天第七天，脸上没有搓泥，补涂三次也没有，通勤够用。",
        "2026-11-22T10:01:00",
    )
    .await;
    assert_eq!(
        post::versions(&db, id).await.unwrap().len(),
        1,
        "one stretch of typing is one state"
    );

    write(
        &db,
        id,
        "全部重写，长度差不多的另外一段话，写的是完全不同的事情。",
        "2026-11-22T10:01:30",
    )
    .await;
    let kept = post::versions(&db, id).await.unwrap();
    assert_eq!(kept.len(), 2, "replaced text is kept");
    assert!(kept[1].body.contains("补涂三次"));

    write(
        &db,
        id,
        "全部重写，长度差不多的另外一段话，写的是完全不同的事情。又过了三分钟。",
        "2026-11-22T10:05:00",
    )
    .await;
    assert_eq!(
        post::versions(&db, id).await.unwrap().len(),
        3,
        "a stretch ends after two minutes"
    );
}

#[tokio::test]
async fn deleting_slowly_loses_no_more_than_a_slip() {
    let (_folder, db) = workspace().await;
    let text: String = "一二三四五六七八九十".repeat(10);
    let id = post::create(
        &db,
        NewPost {
            body: text.clone(),
            ..NewPost::default()
        },
        at("2026-11-22 10:00"),
    )
    .await
    .unwrap()
    .id;
    for second in 1..=9 {
        let left: String = text.chars().take(100 - second * 10).collect();
        write(&db, id, &left, &format!("2026-11-22T10:00:{second:02}")).await;
    }
    let longest = post::versions(&db, id)
        .await
        .unwrap()
        .iter()
        .map(|kept| kept.body.chars().count())
        .max();
    assert!(
        longest >= Some(80),
        "at most 20 characters of a stretch may go unkept, longest kept is {longest:?}"
    );
}

#[tokio::test]
async fn a_restored_post_keeps_what_stood_there() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let id = post::create(&db, draft("旧标题", "旧的正文"), at("2026-11-22 10:00"))
        .await
        .unwrap()
        .id;
    let named = post::name_version(&db, id, "发小红书前", at("2026-11-22 10:01"))
        .await
        .unwrap();
    let patch = PostPatch {
        title: Some("新标题".into()),
        body: Some("新的".into()),
        products: Some(vec![]),
        ..PostPatch::default()
    };
    post::edit(&db, id, patch, at("2026-11-22 10:02")).await.unwrap();

    let back = post::restore(&db, id, named.id, at("2026-11-22 10:03"))
        .await
        .unwrap();
    assert_eq!(
        (back.title.as_str(), back.body.as_str(), back.products),
        ("旧标题", "旧的正文", vec![2, 1])
    );
    let kept = post::versions(&db, id).await.unwrap();
    assert_eq!(kept[0].kind, "restore");
    assert!(
        kept.iter().any(|state| state.title == "新标题"),
        "what stood there is kept"
    );
    let stranger = post::create(&db, NewPost::default(), at("2026-11-22 10:04"))
        .await
        .unwrap()
        .id;
    let refused = post::restore(&db, stranger, named.id, at("2026-11-22 10:05"))
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::NotFound, "a version belongs to its post");
}

#[tokio::test]
async fn a_post_is_found_by_its_words_and_archived_ones_are_listed_on_request() {
    let (_folder, db) = workspace().await;
    let id = post::create(
        &db,
        NewPost {
            title: "通勤防晒".into(),
            body: "脸上*不搓泥*".into(),
            ..NewPost::default()
        },
        at("2026-11-22 10:00"),
    )
    .await
    .unwrap()
    .id;
    let hits = search::search(&db, "搓泥", &[Noun::Post], 10).await.unwrap();
    assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [id]);
    let patch = PostPatch {
        archived: Some(true),
        ..PostPatch::default()
    };
    post::edit(&db, id, patch, at("2026-11-22 10:01")).await.unwrap();
    assert!(post::list(&db, false).await.unwrap().is_empty());
    assert_eq!(post::list(&db, true).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_channel_has_its_own_wording_until_it_is_taken_back() {
    let (_folder, db) = workspace().await;
    let id = post::create(&db, NewPost::default(), at("2026-11-22 10:00"))
        .await
        .unwrap()
        .id;
    let new = NewChannel {
        platform: "weibo".into(),
        name: "微博 · 小鹿".into(),
        own_shop: false,
    };
    let weibo = channel::create(&db, new, at("2026-11-22 10:00"))
        .await
        .unwrap()
        .id;
    let own = Variant {
        title: None,
        body: Some("短一点".into()),
    };
    post::set_variant(&db, id, weibo, own, at("2026-11-22 10:01"))
        .await
        .unwrap();
    assert_eq!(
        post::variant(&db, id, weibo).await.unwrap().body.as_deref(),
        Some("短一点")
    );
    post::set_variant(&db, id, weibo, Variant::default(), at("2026-11-22 10:02"))
        .await
        .unwrap();
    assert_eq!(post::variant(&db, id, weibo).await.unwrap().body, None);
}

#[tokio::test]
async fn a_channels_own_wording_is_journaled_and_comes_back() {
    let (_folder, db) = workspace().await;
    let text = "正文原来写了很长很长的一段话，说清楚了防晒为什么不搓泥。";
    shelf(&db).await;
    let id = post::create(&db, draft("标题", text), at("2026-11-22 10:00"))
        .await
        .unwrap()
        .id;
    let new = NewChannel {
        platform: "weibo".into(),
        name: "微博 · 小鹿".into(),
        own_shop: false,
    };
    let weibo = channel::create(&db, new, at("2026-11-22 10:00"))
        .await
        .unwrap()
        .id;
    let say = async |body: Option<&str>, when: &str| {
        let own = Variant {
            title: None,
            body: body.map(str::to_owned),
        };
        post::set_variant(&db, id, weibo, own, at(when)).await.unwrap();
    };
    let of_weibo = async || -> Vec<String> {
        let all = post::versions(&db, id).await.unwrap();
        let of = all.into_iter().filter(|kept| kept.channel == Some(weibo));
        of.map(|kept| kept.body).collect()
    };
    let first = "微博这一版是另外写的，二十个字以上，删掉就该留下一个版本。";
    say(Some("微博这一版"), "2026-11-22 10:01").await;
    say(Some(first), "2026-11-22 10:02").await;
    assert_eq!(of_weibo().await, [first], "typing on extends one kept state");
    say(Some("推翻重写"), "2026-11-22 10:02").await;
    assert_eq!(
        of_weibo().await,
        ["推翻重写", first],
        "taking much away begins another"
    );
    say(None, "2026-11-22 10:10").await;
    assert_eq!(of_weibo().await[0], text, "taken back: the post's own words");

    let all = post::versions(&db, id).await.unwrap();
    assert_eq!(all.iter().filter(|kept| kept.channel.is_none()).count(), 1);
    let kept = all.iter().find(|kept| kept.body == first).unwrap();
    let unchanged = post::restore(&db, id, kept.id, at("2026-11-22 10:11"))
        .await
        .unwrap();
    assert_eq!((unchanged.body.as_str(), unchanged.products), (text, vec![2, 1]));
    let back = post::variant(&db, id, weibo).await.unwrap();
    assert_eq!(back.body.as_deref(), Some(first));
    assert_eq!(back.title, None, "the title follows the post as before");

    let plain = all
        .iter()
        .find(|kept| kept.channel == Some(weibo) && kept.body == text);
    post::restore(&db, id, plain.unwrap().id, at("2026-11-22 10:12"))
        .await
        .unwrap();
    assert_eq!(post::variant(&db, id, weibo).await.unwrap().body, None);
}

#[tokio::test]
async fn a_users_own_figure_wins_and_can_be_taken_back() {
    let (_folder, db) = workspace().await;
    let put = |rule: &str, value: Option<&str>| NewOverride {
        platform: "xiaohongshu".into(),
        rule: rule.into(),
        value: value.map(str::to_owned),
        reason: String::new(),
    };
    let now = at("2026-11-22 10:00");
    let rules = channel::override_rule(&db, put("xiaohongshu.images", Some("9")), now)
        .await
        .unwrap();
    let images = rules.limits.iter().find(|limit| limit.field == "images").unwrap();
    assert_eq!((images.max, images.overridden), (Some(9), true));
    let rules = channel::override_rule(&db, put("xiaohongshu.links.coupon", Some("yes")), now)
        .await
        .unwrap();
    assert_eq!(rules.links.coupon, channel::Allow::Yes);
    for (rule, value) in [
        ("xiaohongshu.nothing", "9"),
        ("xiaohongshu.images", "九"),
        ("xiaohongshu.links.qr", "9"),
        ("weibo.body", "9"),
    ] {
        let refused = channel::override_rule(&db, put(rule, Some(value)), now)
            .await
            .unwrap_err();
        assert_eq!(refused.code, Code::Invalid, "{rule} = {value}");
    }
    channel::override_rule(&db, put("xiaohongshu.images", None), now)
        .await
        .unwrap();
    let rules = channel::override_rule(&db, put("xiaohongshu.links.coupon", None), now)
        .await
        .unwrap();
    assert_eq!(rules.links.coupon, channel::Allow::Unverified);
    assert!(rules.limits.iter().all(|limit| !limit.overridden));
}

#[tokio::test]
async fn channels_have_names_and_keep_their_order_archived_last() {
    let (_folder, db) = workspace().await;
    let now = at("2026-11-22 10:00");
    let new = |platform: &str, name: &str| NewChannel {
        platform: platform.into(),
        name: name.into(),
        own_shop: false,
    };
    let first = channel::create(&db, new("xiaohongshu", "小鹿"), now)
        .await
        .unwrap();
    assert_eq!(first.platform_name, "小红书");
    let second = channel::create(&db, new("store", "门店"), now).await.unwrap();
    assert_eq!(
        channel::create(&db, new("store", "门店"), now)
            .await
            .unwrap_err()
            .code,
        Code::Conflict
    );
    assert_eq!(
        channel::create(&db, new("myspace", "x"), now)
            .await
            .unwrap_err()
            .field,
        Some("platform")
    );
    assert_eq!(
        channel::create(&db, new("store", " "), now)
            .await
            .unwrap_err()
            .field,
        Some("name")
    );
    let patch = ChannelPatch {
        archived: Some(true),
        own_shop: Some(true),
        ..ChannelPatch::default()
    };
    assert!(channel::edit(&db, first.id, patch).await.unwrap().own_shop);
    let ids: Vec<_> = channel::list(&db)
        .await
        .unwrap()
        .iter()
        .map(|channel| channel.id)
        .collect();
    assert_eq!(ids, [second.id, first.id]);
    assert_eq!(channel::get(&db, 99).await.unwrap_err().code, Code::NotFound);
}

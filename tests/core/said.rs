//! What a post says beside its own sentences: in pictures, in captions, by addresses and codes that this notebook made itself.

use std::{fs, path::Path};

use caoben::{
    channel::{self, ChannelPatch},
    check::{self, Aspect, Checked, Finding, Severity},
    composition::{self, Slot, Spec},
    db::Db,
    link::{self, Link, NewLink},
    photo, post,
    post::{NewPost, PostPatch},
    render,
    value::Id,
};
use image::{GrayImage, Luma, imageops};

use crate::{
    composition::photos,
    photo::import,
    render::{channel_on, shelf},
    support::{at, workspace},
};

const PLATFORMS: [&str; 24] = [
    "bilibili_article",
    "bilibili_dynamic",
    "dewu",
    "douyin",
    "facebook",
    "instagram",
    "jd_faxian",
    "kuaishou",
    "pinduoduo",
    "pinterest",
    "smzdm",
    "store",
    "taobao_guang",
    "threads",
    "tiktok",
    "wechat_article",
    "wechat_channels",
    "wechat_group",
    "wechat_moments",
    "wechat_picture",
    "weibo",
    "x",
    "xiaohongshu",
    "zhihu",
];

async fn written(db: &Db, body: &str, products: &[Id], photos: &[Id]) -> Id {
    let new = NewPost {
        title: "试用记录".into(),
        body: body.into(),
        products: products.to_vec(),
        photos: photos.to_vec(),
    };
    post::create(db, new, at("2026-11-22 10:00")).await.unwrap().id
}

async fn checked(db: &Db, post: Id, channel: Id) -> Checked {
    check::check(db, post, channel, at("2026-11-22 10:00"))
        .await
        .unwrap()
}

async fn marked(db: &Db, post: Id, channel: Id) -> bool {
    let rendered = render::render(db, post, channel).await.unwrap();
    assert_eq!(rendered.marked, rendered.body.starts_with("广告"));
    rendered.marked
}

fn named<'a>(checked: &'a Checked, rule: &str) -> Vec<&'a Finding> {
    let findings = checked.findings.iter();
    findings.filter(|finding| finding.rule == rule).collect()
}

/// A composition of words alone.
async fn card(db: &Db, id: Option<Id>, template: &str, words: &str) -> (Id, Id) {
    let spec = Spec {
        template: template.into(),
        title: words.into(),
        body: if template.starts_with("card") { words } else { "" }.into(),
        ..Spec::default()
    };
    let saved = composition::save(db, id, &spec, at("2026-11-22 10:00"))
        .await
        .unwrap();
    (saved.composition.id, saved.photos[0].id)
}

async fn tagged(db: &Db, post: Id, channel: Id, coupon: Option<&str>) -> Link {
    let new = NewLink {
        post,
        channel,
        product: 1,
        coupon: coupon.map(str::to_owned),
        ..NewLink::default()
    };
    link::create(db, new, at("2026-11-22 10:00")).await.unwrap()
}

async fn contacts(db: &Db, photos: &[Id]) -> usize {
    let channels = channel::list(db).await.unwrap();
    let red = channels.iter().find(|channel| channel.platform == "xiaohongshu");
    let red = match red {
        Some(red) => red.id,
        None => channel_on(db, "xiaohongshu").await,
    };
    let post = written(db, "用了七天。", &[], photos).await;
    let found = checked(db, post, red).await;
    let contacts = named(&found, "contact.forbidden");
    assert!(contacts.iter().all(|one| one.severity == Severity::Block));
    contacts.len()
}

#[tokio::test]
async fn a_way_to_buy_in_a_picture_is_one_on_every_platform() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let (_, sells) = card(&db, None, "card-paper", "淘宝搜 草本小铺\n券码 CAO10").await;
    let (_, tells) = card(&db, None, "card-paper", "第七天：中午没有泛白").await;
    let sells = written(&db, "用了七天。", &[], &[tells, sells]).await;
    let tells = written(&db, "用了七天。", &[], &[tells]).await;
    for platform in PLATFORMS {
        let channel = channel_on(&db, platform).await;
        assert!(marked(&db, sells, channel).await, "{platform}");
        let found = checked(&db, sells, channel).await;
        let mark = named(&found, "mark");
        assert!(
            mark[0].message.contains("第 2 张图"),
            "{platform}: {}",
            mark[0].message
        );
        assert!(!marked(&db, tells, channel).await, "{platform}");
    }
}

#[tokio::test]
async fn a_caption_that_goes_out_sells_and_one_that_stays_behind_does_not() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = written(
        &db,
        "用了七天。\n\n![链接在评论区，券码 CAO10](photo:1)",
        &[],
        &[],
    )
    .await;
    for (platform, sells) in [("wechat_article", true), ("zhihu", true), ("weibo", false)] {
        let channel = channel_on(&db, platform).await;
        assert_eq!(marked(&db, post, channel).await, sells, "{platform}");
    }
}

#[tokio::test]
async fn a_link_behind_words_sells_where_it_goes_out() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = written(
        &db,
        "用了七天，[在这](https://item.taobao.com/item.htm?id=1)。",
        &[],
        &[],
    )
    .await;
    let article = channel_on(&db, "wechat_article").await;
    assert!(marked(&db, post, article).await, "it becomes a footnote");
    let red = channel_on(&db, "xiaohongshu").await;
    assert!(!marked(&db, post, red).await, "nothing of it is left");
}

/// A picture of a photo's size with a code in it.
fn scene(code: &GrayImage, side: u32, inverted: bool) -> GrayImage {
    let mut scene = GrayImage::from_fn(1500, 2000, |x, y| Luma([((x * 7 + y * 3) % 60) as u8 + 120]));
    let mut code = imageops::resize(code, side, side, imageops::FilterType::Lanczos3);
    if inverted {
        imageops::invert(&mut code);
    }
    imageops::overlay(&mut scene, &code, 900, 1400);
    scene
}

async fn code_of(db: &Db, link: Id) -> GrayImage {
    let png = link::qr_png(db, link).await.unwrap();
    image::load_from_memory(&png).unwrap().into_luma8()
}

async fn taken_in(db: &Db, folder: &Path, name: &str, picture: &GrayImage) -> Id {
    let file = folder.join(name);
    picture.save(&file).unwrap();
    import(db, &[file.as_path()]).await.imported[0].id
}

#[tokio::test]
async fn small_codes_and_light_ones_on_dark_are_read() {
    let (folder, db) = workspace().await;
    shelf(&db).await;
    let (red, group) = (
        channel_on(&db, "xiaohongshu").await,
        channel_on(&db, "wechat_group").await,
    );
    let post = written(&db, "正文", &[1], &[]).await;
    let link = tagged(&db, post, group, None).await.id;
    let code = code_of(&db, link).await;
    for (name, side, inverted) in [
        ("large.png", 600, false),
        ("dark.png", 600, true),
        ("small.png", 170, false),
    ] {
        let photo = taken_in(&db, folder.path(), name, &scene(&code, side, inverted)).await;
        let post = written(&db, "用了七天。", &[], &[photo]).await;
        let found = checked(&db, post, red).await;
        let qr = named(&found, "qr.forbidden");
        assert!(
            qr.len() == 1 && qr[0].message.contains("utm_source=wechat_group"),
            "{name}: {qr:?}"
        );
        assert!(
            marked(&db, post, red).await,
            "{name}: it leads to a link that was made here"
        );
        assert!(
            !named(&found, "link.astray").is_empty(),
            "{name}: it is another channel's"
        );
    }
}

#[tokio::test]
async fn a_code_that_leads_nobody_knows_where_is_told_and_marks_nothing() {
    let (folder, other) = workspace().await;
    shelf(&other).await;
    let group = channel_on(&other, "wechat_group").await;
    let post = written(&other, "正文", &[1], &[]).await;
    let new = NewLink {
        post,
        channel: group,
        product: 1,
        url: Some("https://trace.example.com/q".into()),
        ..NewLink::default()
    };
    let link = link::create(&other, new, at("2026-11-22 10:00"))
        .await
        .unwrap()
        .id;
    let code = scene(&code_of(&other, link).await, 600, false);

    let (_own, db) = workspace().await;
    let group = channel_on(&db, "wechat_group").await;
    let photo = taken_in(&db, folder.path(), "code.png", &code).await;
    let post = written(&db, "用了七天。", &[], &[photo]).await;
    assert!(!marked(&db, post, group).await);
    let found = checked(&db, post, group).await;
    let mark = named(&found, "mark");
    assert!(
        mark.len() == 1
            && mark[0].severity == Severity::Info
            && mark[0].message.contains("trace.example.com"),
        "{mark:?}"
    );
    assert!(found.looked.contains(&Aspect::Picture));
    let patch = PostPatch {
        commercial: Some("no".into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, at("2026-11-22 10:01"))
        .await
        .unwrap();
    assert!(
        named(&checked(&db, post, group).await, "mark").is_empty(),
        "the person has said it"
    );
}

#[tokio::test]
async fn a_picture_that_cannot_be_read_was_not_looked_at() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let group = channel_on(&db, "wechat_group").await;
    // Photo 1 is a row without a file here.
    let post = written(&db, "用了七天。", &[], &[1]).await;
    let found = checked(&db, post, group).await;
    assert!(found.unlooked.contains(&Aspect::Picture) && !found.looked.contains(&Aspect::Picture));
    assert!(found.told().contains("图片、说法还没查"), "{}", found.told());
}

#[tokio::test]
async fn drawn_words_stay_with_the_picture() {
    let (folder, db) = workspace().await;
    let photos = photos(&db, folder.path(), 1).await;
    let (document, picture) = card(&db, None, "cover-plain", "微信：deer2026").await;
    assert_eq!(contacts(&db, &[picture]).await, 1);

    // In another one, and in one that holds that.
    let slot = |photo: Id| Slot {
        photo: Some(photo),
        ..Slot::default()
    };
    let grid = Spec {
        template: "grid-2-side".into(),
        slots: vec![slot(picture), slot(photos[0])],
        ..Spec::default()
    };
    let grid = composition::save(&db, None, &grid, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let grid = grid.photos[0].id;
    let cover = Spec {
        template: "cover-scrim".into(),
        title: "封面".into(),
        slots: vec![slot(grid)],
        ..Spec::default()
    };
    let cover = composition::save(&db, None, &cover, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let cover = cover.photos[0].id;
    assert_eq!(contacts(&db, &[grid]).await, 1);
    assert_eq!(contacts(&db, &[cover]).await, 1);

    // The document gets other words; the picture that a post holds keeps its own.
    let (_, fresh) = card(&db, Some(document), "cover-plain", "第七天").await;
    assert_ne!(fresh, picture);
    assert_eq!(contacts(&db, &[picture]).await, 1);
    assert_eq!(contacts(&db, &[fresh]).await, 0);
    composition::remove(&db, document).await.unwrap();
    assert_eq!(contacts(&db, &[picture]).await, 1);
}

#[tokio::test]
async fn a_picture_that_left_as_a_file_and_came_back_is_known() {
    let (folder, db) = workspace().await;
    let spec = Spec {
        template: "cover-plain".into(),
        title: "微信：deer2026".into(),
        ..Spec::default()
    };
    let out = folder.path().join("封面.jpg");
    composition::export(&db, &spec, &out).await.unwrap();
    let back = import(&db, &[out.as_path()]).await.imported[0].id;
    assert!(!photo::get(&db, back).await.unwrap().made);
    assert_eq!(contacts(&db, &[back]).await, 1);
}

#[tokio::test]
async fn words_of_a_composition_that_nobody_kept_are_told_to_be_unread() {
    let (_folder, db) = workspace().await;
    let (_, picture) = card(&db, None, "cover-plain", "微信：deer2026").await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("DELETE FROM composition_words")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let red = channel_on(&db, "xiaohongshu").await;
    let post = written(&db, "用了七天。", &[], &[picture]).await;
    let found = checked(&db, post, red).await;
    assert!(named(&found, "picture.unread")[0].message.contains("没有留下来"));
    assert!(found.unlooked.contains(&Aspect::Picture));
}

#[tokio::test]
async fn the_products_own_address_is_a_way_to_buy_and_another_page_is_none() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE product SET url = 'https://www.deer-lab.com/zh/a?id=7&utm_source=x'")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let weibo = channel_on(&db, "weibo").await;
    for (body, sells) in [
        ("在这里 https://www.deer-lab.com/zh/a?id=7", true),
        ("在这里 deer-lab.com/zh/a/?from=b&id=7", true),
        ("成分看 https://www.deer-lab.com/zh/a?id=8", false),
        ("成分看 https://www.deer-lab.com/about", false),
        ("成分看 https://www.nmpa.gov.cn/zh/a?id=7", false),
    ] {
        let post = written(&db, body, &[], &[]).await;
        assert_eq!(marked(&db, post, weibo).await, sells, "{body}");
    }
}

#[tokio::test]
async fn a_link_or_coupon_of_another_channel_is_told_and_needs_the_mark() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let weibo = channel_on(&db, "weibo").await;
    let moments = channel_on(&db, "wechat_moments").await;
    let group = channel_on(&db, "wechat_group").await;
    let red = channel_on(&db, "xiaohongshu").await;
    let first = written(&db, "正文", &[1], &[]).await;
    let link = tagged(&db, first, weibo, None).await;
    tagged(&db, first, moments, Some("PEN777")).await;

    let post = written(&db, &format!("在这 {}", link.url), &[1], &[]).await;
    assert!(marked(&db, post, group).await);
    let found = checked(&db, post, group).await;
    let astray = named(&found, "link.astray");
    assert!(
        astray.len() == 1 && astray[0].message.contains("「weibo」") && astray[0].start == 3,
        "{astray:?}"
    );
    let found = checked(&db, post, weibo).await;
    assert!(
        named(&found, "link.astray")[0]
            .message
            .contains("另一篇「试用记录」"),
        "the same channel, another post"
    );
    let body = PostPatch {
        body: Some(format!("在这 {}", link.url)),
        ..PostPatch::default()
    };
    post::edit(&db, first, body, at("2026-11-22 10:01"))
        .await
        .unwrap();
    assert!(
        named(&checked(&db, first, weibo).await, "link.astray").is_empty(),
        "its own link in its own place"
    );

    let post = written(&db, "报码 pen777", &[], &[]).await;
    for channel in [group, weibo, red] {
        assert!(marked(&db, post, channel).await);
        let found = checked(&db, post, channel).await;
        assert!(named(&found, "link.astray")[0].message.contains("券码"));
    }
    let found = checked(&db, post, red).await;
    assert!(
        !named(&found, "coupon.unverified").is_empty(),
        "{:?}",
        found.findings
    );
    let post = written(&db, "笔号 PEN778，SPF50 的那支。", &[], &[]).await;
    assert!(!marked(&db, post, group).await, "nobody's code");
}

#[tokio::test]
async fn a_shop_of_ones_own_is_exempt_only_when_something_says_the_goods_are_its_own() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let weibo = channel_on(&db, "weibo").await;
    let own = ChannelPatch {
        own_shop: Some(true),
        ..ChannelPatch::default()
    };
    channel::edit(&db, weibo, own).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    sqlx::query("INSERT INTO shop (kind, name, url, created_at) VALUES ('woocommerce', '小鹿的店', 'https://shop.example.com', 0)")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for (body, products, sells_others) in [
        ("链接在评论区。", &[][..], true),
        ("链接在评论区。", &[1][..], false),
        ("看 https://item.taobao.com/item.htm?id=1 下单", &[][..], true),
        ("看 https://item.taobao.com/item.htm?id=1 下单", &[1][..], true),
        ("看 https://shop.example.com/p/9 下单", &[][..], false),
    ] {
        let post = written(&db, body, products, &[]).await;
        assert_eq!(
            marked(&db, post, weibo).await,
            sells_others,
            "{body} {products:?}"
        );
    }
    let post = written(&db, "链接在评论区。", &[], &[]).await;
    let found = checked(&db, post, weibo).await;
    assert!(named(&found, "mark")[0].message.contains("没有绑定好物"));
}

#[tokio::test]
async fn a_word_struck_out_or_in_code_is_no_mark() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    for platform in ["wechat_article", "weibo"] {
        let channel = channel_on(&db, platform).await;
        for body in [
            "~~广告~~ 链接在评论区。",
            "`广告` 链接在评论区。",
            "```\n广告\n```\n\n链接在评论区。",
        ] {
            let post = written(&db, body, &[], &[]).await;
            assert!(marked(&db, post, channel).await, "{platform}: {body}");
        }
        let post = written(&db, "广告｜~~旧款~~ 链接在评论区。", &[], &[]).await;
        let rendered = render::render(&db, post, channel).await.unwrap();
        assert!(!rendered.marked, "{platform}: it stands there");
    }
}

#[tokio::test]
async fn what_the_migration_finds_it_keeps() {
    let (folder, db) = workspace().await;
    let photos = photos(&db, folder.path(), 1).await;
    let (_, picture) = card(&db, None, "cover-plain", "微信：deer2026").await;
    let slots = [picture, photos[0]].map(|photo| Slot {
        photo: Some(photo),
        ..Slot::default()
    });
    let grid = Spec {
        template: "grid-2-side".into(),
        slots: slots.to_vec(),
        ..Spec::default()
    };
    let grid = composition::save(&db, None, &grid, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let grid = grid.photos[0].id;
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/20261130220000_composition_words.sql");
    let migration = fs::read_to_string(path).unwrap();
    let (begin, end) = (
        migration.find("INSERT INTO composition_words").unwrap(),
        migration.find("-- What was looked for").unwrap(),
    );
    let mut tx = db.begin().await.unwrap();
    sqlx::query("DELETE FROM composition_words")
        .execute(tx.conn())
        .await
        .unwrap();
    sqlx::query(sqlx::AssertSqlSafe(migration[begin..end].to_owned()))
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(contacts(&db, &[picture]).await, 1);
    assert_eq!(
        contacts(&db, &[grid]).await,
        1,
        "the one it was put together from"
    );
}

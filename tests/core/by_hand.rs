//! What a person is told to do by hand: it fits the platform, it is counted before, and nothing is declared that is not so.

use caoben::{
    bundle::{self, StepKind},
    channel,
    check::{self, Finding, Severity},
    db::Db,
    job::Job,
    post::{self, PostPatch},
    value::Id,
};

use crate::{
    render::{channel_on, shelf, tag, write},
    support::{at, workspace},
};

async fn body(db: &Db, post: Id, body: &str) {
    let patch = PostPatch {
        body: Some(body.to_owned()),
        ..PostPatch::default()
    };
    post::edit(db, post, patch, at("2026-11-22 10:00")).await.unwrap();
}

async fn findings(db: &Db, post: Id, channel: Id) -> Vec<Finding> {
    let checked = check::check(db, post, channel, at("2026-11-22 10:00"));
    checked.await.unwrap().findings
}

fn of<'a>(findings: &'a [Finding], rule: &str) -> Option<&'a Finding> {
    findings.iter().find(|finding| finding.rule == rule)
}

/// What the steps of a kind say, one a line.
async fn said(db: &Db, post: Id, channel: Id, kind: StepKind) -> String {
    let steps = bundle::handoff(db, post, channel).await.unwrap().steps;
    let said = steps
        .iter()
        .filter(|step| step.kind == kind)
        .map(|step| step.say.as_str());
    said.collect::<Vec<_>>().join("\n")
}

async fn ticks(db: &Db, post: Id, channel: Id) -> Vec<String> {
    let steps = bundle::handoff(db, post, channel).await.unwrap().steps;
    let ticks = steps.iter().filter(|step| step.kind == StepKind::Declaration);
    ticks.flat_map(|step| step.items.clone()).collect()
}

#[tokio::test]
async fn a_link_that_a_step_adds_is_counted_before() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    for (platform, length, limit) in [("x", 126, 280), ("threads", 470, 500)] {
        let post = write(&db, "", &"好".repeat(length)).await;
        let channel = channel_on(&db, platform).await;
        assert!(of(&findings(&db, post, channel).await, &format!("{platform}.body")).is_none());
        tag(&db, post, channel, "url", None).await;
        let checked = check::check(&db, post, channel, at("2026-11-22 10:00"))
            .await
            .unwrap();
        let finding = of(&checked.findings, &format!("{platform}.body")).unwrap();
        assert_eq!(finding.severity, Severity::Block, "{}", finding.message);
        assert!(finding.message.contains("连同"), "{}", finding.message);
        let count = checked.counts.iter().find(|count| count.field == "body").unwrap();
        assert!(
            count.count > limit,
            "the counter shows what will go out: {}",
            count.count
        );

        // In the text itself it is counted once.
        body(
            &db,
            post,
            &format!("{}\n\n[购买](link:1)", "好".repeat(length / 2)),
        )
        .await;
        assert!(of(&findings(&db, post, channel).await, &format!("{platform}.body")).is_none());
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE post SET code = 'X' || id")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_qr_code_that_a_step_adds_is_a_picture() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let mut tx = db.begin().await.unwrap();
    for n in 11..20 {
        sqlx::query("INSERT INTO photo (id, hash, format, width, height, bytes, created_at) VALUES (?1, ?1, 'jpeg', 900, 900, 1, 1)")
            .bind(n)
            .execute(tx.conn())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let post = write(&db, "标题", "正文").await;
    let patch = PostPatch {
        photos: Some((11..20).collect()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, at("2026-11-22 10:00"))
        .await
        .unwrap();
    for (platform, is_too_many) in [("wechat_moments", true), ("wechat_group", false)] {
        let channel = channel_on(&db, platform).await;
        let rule = format!("{platform}.images");
        assert!(
            of(&findings(&db, post, channel).await, &rule).is_none(),
            "nine are nine"
        );
        tag(&db, post, channel, "url", None).await;
        let findings = findings(&db, post, channel).await;
        let told = of(&findings, &rule).map(|finding| finding.message.as_str());
        assert_eq!(
            told.is_some_and(|told| told.contains("10 张") && told.contains("二维码")),
            is_too_many,
            "{platform}: {told:?}"
        );
        let step = said(&db, post, channel, StepKind::Qr).await;
        assert!(is_too_many || step.contains("算一张图片"), "{step}");
    }
}

#[tokio::test]
async fn an_ad_is_declared_wherever_the_platform_has_a_box_for_it_whoever_wrote_the_mark() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    for (platform, kind, name) in [
        ("douyin", "card", "内容含营销推广信息"),
        ("xiaohongshu", "card", "内容包含营销广告"),
        ("wechat_channels", "card", "内容包含营销广告"),
        ("bilibili_dynamic", "coupon", "内容含营销信息"),
        ("bilibili_article", "coupon", "内容含营销信息"),
        ("tiktok", "coupon", "Disclose（推广内容）"),
    ] {
        let post = write(&db, "标题", "用了七天").await;
        let channel = channel_on(&db, platform).await;
        assert!(
            !ticks(&db, post, channel).await.contains(&name.to_owned()),
            "{platform}"
        );
        assert_eq!(said(&db, post, channel, StepKind::Mark).await, "", "{platform}");
        tag(&db, post, channel, kind, Some("CAO10")).await;
        for words in ["用了七天", "广告｜用了七天"] {
            body(&db, post, words).await;
            assert!(
                ticks(&db, post, channel).await.contains(&name.to_owned()),
                "{platform}: {words}"
            );
            assert!(
                said(&db, post, channel, StepKind::Mark).await.contains("广告"),
                "{platform}: {words}"
            );
        }
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE post SET code = 'X' || id")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

#[test]
fn every_box_that_is_ticked_by_what_it_says_is_one_the_platform_offers() {
    for pack in channel::platforms() {
        let declared = &pack.declared;
        for name in [
            &declared.ad,
            &declared.ai,
            &declared.fictional,
            &declared.original,
        ] {
            assert!(
                name.iter().all(|name| pack.declarations.contains(name)),
                "{}: {name:?}",
                pack.platform
            );
        }
    }
}

#[tokio::test]
async fn a_field_for_one_address_is_filled_once_and_the_rest_is_told() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("INSERT INTO product (id, name, url, created_at, updated_at) VALUES (2, '洗发水', 'https://shop.example.com/p/2', 1, 1)")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for platform in ["pinterest", "wechat_article"] {
        let post = write(&db, "标题", "正文").await;
        let channel = channel_on(&db, platform).await;
        tag(&db, post, channel, "url", None).await;
        assert!(of(&findings(&db, post, channel).await, "link.field").is_none());
        let mut tx = db.begin().await.unwrap();
        sqlx::query(
            "INSERT INTO link (code, kind, destination, url, post_id, channel_id, product_id, created_at)
             VALUES ('ZW' || ?2, 'url', '', 'https://shop.example.com/p/2', ?1, ?2, 2, 0)",
        )
        .bind(post)
        .bind(channel)
        .execute(tx.conn())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let findings = findings(&db, post, channel).await;
        let told = of(&findings, "link.field").unwrap();
        assert!(told.message.contains("「洗发水」的填不进去"), "{}", told.message);
        let filled = said(&db, post, channel, StepKind::Link).await;
        assert!(
            filled.matches("只能填一个").count() == 1 && filled.contains("清爽防晒乳"),
            "{filled}"
        );
        assert!(said(&db, post, channel, StepKind::Note).await.contains("洗发水"));
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE post SET code = 'X' || id")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn no_step_asks_for_what_the_platform_has_not() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "标题", "正文").await;
    let patch = PostPatch {
        photos: Some(vec![1, 2]),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, at("2026-11-22 10:00"))
        .await
        .unwrap();
    for platform in ["weibo", "x", "threads", "facebook", "bilibili_dynamic"] {
        let channel = channel_on(&db, platform).await;
        let pictures = said(&db, post, channel, StepKind::Pictures).await;
        assert!(
            pictures.contains("02.jpg") && !pictures.contains("封面"),
            "{platform}: {pictures}"
        );
    }
    let red = channel_on(&db, "xiaohongshu").await;
    assert!(
        said(&db, post, red, StepKind::Pictures)
            .await
            .contains("01 是封面")
    );
    let smzdm = channel_on(&db, "smzdm").await;
    let cover = said(&db, post, smzdm, StepKind::Cover).await;
    assert!(cover.contains("必填") && cover.contains("01.jpg"), "{cover}");

    for platform in ["wechat_moments", "wechat_group"] {
        let channel = channel_on(&db, platform).await;
        tag(&db, post, channel, "card", None).await;
        let card = said(&db, post, channel, StepKind::Card).await;
        assert!(
            card.contains("转发") && !card.contains("绑定") && !card.contains("推广位"),
            "{card}"
        );
    }
}

#[tokio::test]
async fn a_word_to_write_down_stands_in_a_file() {
    let (folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "标题", "正文").await;
    let patch = PostPatch {
        photos: Some(Vec::new()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let channel = channel_on(&db, "wechat_moments").await;
    tag(&db, post, channel, "word", None).await;
    let code = format!("K7M2Q-{channel}");
    assert!(said(&db, post, channel, StepKind::Word).await.contains(&code));
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE link SET code = 'NHSWE2', url = ''")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let what = bundle::BundleExport {
        post,
        channels: vec![channel],
        out: Some(folder.path().join("out")),
        ..bundle::BundleExport::default()
    };
    let job = Job::silent();
    let done = bundle::export(&db, &what, &job, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let dir = done.bundles[0].dir.clone();
    let links = std::fs::read_to_string(dir.join("links.txt")).unwrap();
    assert!(links.contains("口令：NHSWE2"), "{links}");
}

#[tokio::test]
async fn limits_follow_the_sheet_where_it_was_corrected() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let long = "一二三四五六七八九十一二三四五六七八九十";
    let post = write(
        &db,
        &"题".repeat(20),
        &format!("#一 #二 #三 #四 #五 #六\n\n#{long} #{long}一"),
    )
    .await;
    let tiktok = channel_on(&db, "tiktok").await;
    let found = findings(&db, post, tiktok).await;
    assert_eq!(of(&found, "tiktok.topics").unwrap().severity, Severity::Warn);
    let column = channel_on(&db, "bilibili_article").await;
    let found = findings(&db, post, column).await;
    let tag = of(&found, "bilibili_article.tag").unwrap();
    assert!(
        tag.message.contains(&format!("#{long}一。")) && !tag.message.contains(&format!("#{long} ")),
        "{}",
        tag.message
    );
    let channels = channel_on(&db, "wechat_channels").await;
    assert!(
        of(&findings(&db, post, channels).await, "wechat_channels.title").is_none(),
        "16 is the short title of videos"
    );
    let patch = PostPatch {
        title: Some(String::new()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, at("2026-11-22 10:00"))
        .await
        .unwrap();
    for (platform, is_told) in [
        ("taobao_guang", true),
        ("jd_faxian", true),
        ("dewu", true),
        ("bilibili_dynamic", false),
        ("store", false),
    ] {
        let channel = channel_on(&db, platform).await;
        let found = findings(&db, post, channel).await;
        let title = of(&found, &format!("{platform}.title"));
        assert_eq!(title.is_some(), is_told, "{platform}");
        assert!(platform != "jd_faxian" || title.unwrap().reason.contains("至少要 10 字"));
    }
}

//! What stands against publishing, each finding at its place, with reason and source.

use caoben::{
    channel::{self, ChannelPatch},
    check::{self, Checked, Finding, Severity},
    db::Db,
    post::{self, PostPatch},
    value::Id,
};

use crate::{
    render::{channel_on, shelf, tag, write},
    support::{at, workspace},
};

async fn checked(db: &Db, post: Id, channel: Id) -> Checked {
    check::check(db, post, channel, at("2026-11-22 10:00"))
        .await
        .unwrap()
}

fn found<'a>(checked: &'a Checked, rule: &str) -> &'a Finding {
    let rules: Vec<_> = checked
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect();
    checked
        .findings
        .iter()
        .find(|finding| finding.rule == rule)
        .unwrap_or_else(|| panic!("no {rule} in {rules:?}"))
}

/// The marked words of a source text.
fn marked(source: &str, finding: &Finding) -> String {
    let units: Vec<u16> = source.encode_utf16().collect();
    String::from_utf16(&units[finding.start as usize..finding.end as usize]).unwrap()
}

#[tokio::test]
async fn a_title_one_word_too_long_blocks_and_shows_where_the_excess_begins() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let red = channel_on(&db, "xiaohongshu").await;
    let title = format!("{}😀", "防".repeat(20));
    let post = write(&db, &title, "正文").await;
    let checked = checked(&db, post, red).await;
    let finding = found(&checked, "xiaohongshu.title");
    assert_eq!(
        (finding.severity, finding.start, finding.end),
        (Severity::Block, 20, 22)
    );
    assert!(
        finding.message.contains("22 字") && !finding.source.is_empty(),
        "{}",
        finding.message
    );
    let count = checked
        .counts
        .iter()
        .find(|count| count.field == "title")
        .unwrap();
    assert_eq!((count.count, count.limit, count.hard), (22, Some(20), true));
}

#[tokio::test]
async fn a_body_is_counted_as_exported_and_its_excess_is_found_in_the_markdown() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let red = channel_on(&db, "xiaohongshu").await;
    let body = format!("**开头**\n\n{}界{}", "正".repeat(995), "多".repeat(10));
    let post = write(&db, "标题", &body).await;
    let checked = checked(&db, post, red).await;
    let finding = found(&checked, "xiaohongshu.body");
    // 开头 and a blank line make four: the thousandth character is 界.
    assert_eq!(
        marked(&body, finding),
        "多".repeat(10),
        "bold marks are not counted"
    );
    assert_eq!(finding.severity, Severity::Block);
}

#[tokio::test]
async fn unverified_limits_warn_and_never_block() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let group = channel_on(&db, "wechat_group").await;
    let post = write(&db, "", &"长".repeat(5000)).await;
    let checked = checked(&db, post, group).await;
    let finding = found(&checked, "wechat_group.body");
    assert_eq!(finding.severity, Severity::Warn);
    assert!(finding.message.contains("未核实"));
}

#[tokio::test]
async fn between_two_sources_it_warns_at_the_lower_and_stops_at_the_higher() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let article = channel_on(&db, "wechat_article").await;
    for (length, severity) in [(33, Severity::Warn), (65, Severity::Block)] {
        let post = write(&db, &"题".repeat(length), "正文").await;
        assert_eq!(
            found(&checked(&db, post, article).await, "wechat_article.title").severity,
            severity,
            "{length}"
        );
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE post SET code = 'X' || id")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn xiaohongshu_refuses_addresses_codes_and_contacts_where_they_stand() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let red = channel_on(&db, "xiaohongshu").await;
    let body = "😀见 https://a.com/b 或 ￥Ab12Cd34￥，**微信号：deer_2026**，[藏起来](https://c.com)";
    let post = write(&db, "标题", body).await;
    let checked = checked(&db, post, red).await;
    for (rule, words) in [
        ("link.forbidden", "https://a.com/b"),
        ("word.forbidden", "￥Ab12Cd34￥"),
        ("contact.forbidden", "微信号：deer_2026"),
    ] {
        let finding = found(&checked, rule);
        assert_eq!(
            (finding.severity, marked(body, finding).as_str()),
            (Severity::Block, words)
        );
        assert!(finding.source.contains("交易导流"), "{}", finding.source);
    }
    assert_eq!(
        found(&checked, "link.dropped").severity,
        Severity::Info,
        "a hidden address is not exported at all"
    );
    let order: Vec<_> = checked.findings.iter().map(|finding| finding.severity).collect();
    assert!(order.is_sorted(), "worst first");
}

#[tokio::test]
async fn a_missing_picture_or_title_is_told() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let (red, article) = (
        channel_on(&db, "xiaohongshu").await,
        channel_on(&db, "wechat_article").await,
    );
    let post = write(&db, "", "正文").await;
    let patch = PostPatch {
        photos: Some(vec![]),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert_eq!(
        found(&checked(&db, post, red).await, "xiaohongshu.images").severity,
        Severity::Block
    );
    assert_eq!(
        found(&checked(&db, post, article).await, "wechat_article.title").severity,
        Severity::Block
    );
}

#[tokio::test]
async fn references_that_lead_nowhere_or_may_not_be_used_are_told() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let group = channel_on(&db, "wechat_group").await;
    let body = "![](photo:99) [](review:2) [买](link:1) [看](https://s.taobao.com/1) <script>x</script>";
    let post = write(&db, "", body).await;
    let checked = checked(&db, post, group).await;
    for (rule, words) in [
        ("reference.unknown", "![](photo:99)"),
        ("review.consent", "[](review:2)"),
        ("link.missing", "[买](link:1)"),
        ("link.screened", "[看](https://s.taobao.com/1)"),
        ("html.dropped", "<script>"),
    ] {
        assert_eq!(marked(body, found(&checked, rule)), words, "{rule}");
    }
}

#[tokio::test]
async fn the_mark_follows_the_facts_and_contradictions_are_told() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let weibo = channel_on(&db, "weibo").await;
    let body = "无广分享，亲测好用。";
    let post = write(&db, "", body).await;
    let said = checked(&db, post, weibo).await.findings;
    // The photo is a row without a file here.
    let lost = ["picture.unread", "images.refused"];
    let rest: Vec<_> = said
        .iter()
        .filter(|finding| !lost.contains(&finding.rule.as_str()))
        .collect();
    assert!(rest.is_empty(), "no interest, nothing to say: {rest:?}");

    tag(&db, post, weibo, "url", None).await;
    let told = checked(&db, post, weibo).await;
    assert_eq!(
        found(&told, "mark").severity,
        Severity::Info,
        "the exporter adds the mark by itself"
    );
    assert_eq!(marked(body, found(&told, "mark.contradiction")), "无广");
    assert!(
        told.findings
            .iter()
            .all(|finding| finding.rule != "endorse.untried"),
        "there is a trial"
    );

    let deny = PostPatch {
        commercial: Some("no".into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, deny, at("2026-11-22 10:01")).await.unwrap();
    let told = checked(&db, post, weibo).await;
    assert_eq!(
        found(&told, "mark").severity,
        Severity::Block,
        "with a link the mark may not be left out"
    );
    assert!(found(&told, "mark").reason.contains("十万元"));
    let own = ChannelPatch {
        own_shop: Some(true),
        ..ChannelPatch::default()
    };
    channel::edit(&db, weibo, own).await.unwrap();
    let theirs = checked(&db, post, weibo).await;
    assert!(
        found(&theirs, "mark").message.contains("清爽防晒乳"),
        "a shop's own account is exempt for its own goods only"
    );
    let mut tx = db.begin().await.unwrap();
    sqlx::query("INSERT INTO shop (kind, name, url, created_at) VALUES ('woocommerce', '店', 'https://shop.example.com', 0)")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(
        checked(&db, post, weibo)
            .await
            .findings
            .iter()
            .all(|finding| finding.rule != "mark"),
        "指南 8(2): a shop's own account"
    );
}

#[tokio::test]
async fn who_recommends_for_a_commission_must_have_tried() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("DELETE FROM trial").execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let weibo = channel_on(&db, "weibo").await;
    let post = write(&db, "", "亲测好用。").await;
    tag(&db, post, weibo, "url", None).await;
    let told = checked(&db, post, weibo).await;
    let finding = found(&told, "endorse.untried");
    assert_eq!(
        (finding.severity, finding.start, finding.end),
        (Severity::Warn, 0, 2)
    );
    assert!(finding.source.contains("三十八条"));
}

#[tokio::test]
async fn what_a_quote_brings_along_is_seen_too() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE review SET text = '去 bad.example.com 买的' WHERE id = 1")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let red = channel_on(&db, "xiaohongshu").await;
    let post = write(&db, "标题", "[](review:1)").await;
    assert_eq!(
        found(&checked(&db, post, red).await, "link.forbidden").severity,
        Severity::Block
    );
}

#[tokio::test]
async fn a_very_long_text_is_checked_whole() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let body = "今天用了 https://a.com/b 第 1 天，😀 #词 ".repeat(3000);
    let post = write(&db, "", &body).await;
    for platform in ["x", "wechat_article", "xiaohongshu"] {
        let channel = channel_on(&db, platform).await;
        let told = checked(&db, post, channel).await;
        let last = told.findings.iter().map(|finding| finding.end).max();
        let length = i64::try_from(body.encode_utf16().count()).unwrap();
        // How long it takes is measured by `cargo xtask bench words`, not here.
        assert!(
            last > Some(length - 60),
            "{platform}: the end of the text was looked at, {last:?} of {length}"
        );
    }
}

//! Links without words, pictures in links, and quotations: nothing of them is lost or doubled on the way out.

use caoben::{
    channel,
    check::{self, Finding},
    db::Db,
    post::{self, PostPatch},
    render::{self, Rendered},
    value::Id,
};

use crate::{
    render::{channel_on, shelf, write},
    support::{at, workspace},
};

async fn on(db: &Db, post: Id, platform: &str, body: &str) -> (Rendered, Vec<Finding>) {
    let patch = PostPatch {
        body: Some(body.to_owned()),
        ..PostPatch::default()
    };
    let now = at("2026-11-22 10:00");
    post::edit(db, post, patch, now).await.unwrap();
    let known = channel::list(db).await.unwrap();
    let channel = match known.iter().find(|channel| channel.platform == platform) {
        Some(channel) => channel.id,
        None => channel_on(db, platform).await,
    };
    let rendered = render::render(db, post, channel).await.unwrap();
    let findings = check::check(db, post, channel, now).await.unwrap().findings;
    (rendered, findings)
}

const ADDRESS: &str = "https://blog.example.com/zz";
const ARTICLE: &str = "https://mp.weixin.qq.com/s/abc";

#[tokio::test]
async fn the_address_of_a_link_without_words_is_never_lost() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "标题", "").await;
    let platforms = [
        "weibo",
        "x",
        "zhihu",
        "wechat_group",
        "facebook",
        "wechat_article",
        "smzdm",
    ];
    for platform in platforms {
        for address in [ADDRESS, ARTICLE] {
            for body in [
                format!("前面\n\n[]({address})\n\n后面"),
                format!("[![]( photo:1 )]({address})").replace(' ', ""),
                format!("[![看这里](photo:1)]({address})"),
                format!("|甲|\n|-|\n|[![](photo:1)]({address})|"),
            ] {
                let (rendered, _) = on(&db, post, platform, &body).await;
                let out = rendered.html.unwrap_or(rendered.body);
                assert!(out.contains(address), "{platform}: {body}: {out}");
                assert_eq!(
                    out.contains("看这里"),
                    body.contains("看这里"),
                    "{platform}: {out}"
                );
                assert!(rendered.photos.contains(&1) || !body.contains("photo:1"));
            }
        }
    }
}

#[tokio::test]
async fn what_becomes_of_a_link_is_told_as_it_is() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "标题", "").await;
    let told = |findings: &[Finding]| {
        let of = findings.iter().filter(|finding| finding.rule == "link.dropped");
        of.map(|finding| finding.message.clone()).collect::<String>()
    };
    let bare = format!("[![](photo:1)]({ADDRESS})");
    let (rendered, findings) = on(&db, post, "wechat_article", &bare).await;
    assert!(!rendered.html.unwrap().contains("引用链接"));
    assert!(
        told(&findings).contains("点不开"),
        "no footnote is promised: {}",
        told(&findings)
    );

    let worded = format!("[![看这里](photo:1)]({ADDRESS})");
    let (rendered, findings) = on(&db, post, "wechat_article", &worded).await;
    let html = rendered.html.unwrap();
    assert!(
        html.contains("看这里<sup") && html.contains(&format!("看这里：{ADDRESS}")),
        "{html}"
    );
    assert!(told(&findings).contains("脚注"), "{}", told(&findings));

    let (rendered, findings) = on(&db, post, "xiaohongshu", &bare).await;
    assert!(!rendered.body.contains("http"), "{}", rendered.body);
    assert!(told(&findings).contains("不会带出去"), "{}", told(&findings));
}

#[tokio::test]
async fn a_picture_in_a_link_or_a_table_stands_in_the_article() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "标题", "").await;
    for body in [
        format!("[![看这里](photo:1)]({ARTICLE})"),
        "|图|字|\n|-|-|\n|![手背](photo:1)|好|".to_owned(),
    ] {
        let (rendered, _) = on(&db, post, "wechat_article", &body).await;
        let html = rendered.html.unwrap();
        assert_eq!(html.matches("src=\"photo:1\"").count(), 1, "{body}: {html}");
        assert!(html.contains("看这里") || html.contains("手背"), "{html}");
    }
}

#[tokio::test]
async fn a_photo_without_its_sign_and_a_mail_address_behind_words_are_told() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "标题", "").await;
    let (_, findings) = on(
        &db,
        post,
        "weibo",
        "[看图](photo:1) [写信](a@b.com) <c@d.com> ![图](photo:1)",
    )
    .await;
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(
        rules.iter().filter(|rule| **rule == "reference.picture").count(),
        1,
        "{rules:?}"
    );
    let lost: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.rule == "link.dropped")
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(lost.len() == 1 && lost[0].contains("a@b.com"), "{lost:?}");
}

#[tokio::test]
async fn a_quotation_has_one_pair_of_marks_however_long_it_is() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "", "").await;
    for (body, right) in [
        ("> 「下午就油了」——同事小林", "「下午就油了」——同事小林"),
        ("> 第一段\n>\n> 第二段", "「第一段\n第二段」"),
        ("> 甲说的\n\n> 乙说的", "「甲说的」\n\n「乙说的」"),
        ("前\n\n> 引用\n\n后", "前\n\n「引用」\n\n后"),
        ("> 「好用」这个词我用了三遍", "“「好用」这个词我用了三遍”"),
    ] {
        let (rendered, _) = on(&db, post, "wechat_group", body).await;
        assert_eq!(rendered.body, right, "{body}");
    }
    let (rendered, _) = on(&db, post, "wechat_article", "> 甲说的\n\n> 乙说的").await;
    assert_eq!(
        rendered.html.unwrap().matches("<blockquote").count(),
        2,
        "two voices stay two"
    );
}

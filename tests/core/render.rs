//! The same Markdown for every platform, each in its own way. Golden files lie in tests/golden/render;
//! `UPDATE_GOLDEN=1 cargo test` writes them anew.

use std::{fmt::Write, path::PathBuf};

use caoben::{
    channel::{self, NewChannel, NewOverride},
    db::Db,
    post::{self, NewPost, PostPatch, Variant},
    render::{self, Rendered},
    value::Id,
};
use proptest::prelude::*;

use crate::support::{at, workspace};

/// Product 1 with a photo, a price, two reviews (the first may be quoted) and a bought trial.
pub async fn shelf(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let seen = at("2026-11-01 12:00").0;
    for (sql, number) in [
        (
            "INSERT INTO product (id, name, url, created_at, updated_at) VALUES (1, '清爽防晒乳', 'https://shop.example.com/p/1', ?1, ?1)",
            seen,
        ),
        (
            "INSERT INTO photo (id, hash, format, width, height, bytes, created_at) VALUES (1, 'a', 'jpeg', 1, 1, 1, ?1)",
            seen,
        ),
        (
            "INSERT INTO photo (id, hash, format, width, height, bytes, created_at) VALUES (2, 'b', 'jpeg', 1, 1, 1, ?1)",
            seen,
        ),
        (
            "INSERT INTO price (id, product_id, amount, kind, seen_at, place, created_at) VALUES (1, 1, 12900, 'paid', ?1, '天猫旗舰店', ?1)",
            seen,
        ),
        (
            "INSERT INTO review (id, product_id, own, text, consent, created_at) VALUES (1, 1, 0, '夏天也不闷，\n回购了', 1, ?1)",
            seen,
        ),
        (
            "INSERT INTO review (id, product_id, own, text, consent, created_at) VALUES (2, 1, 0, '不许引用的话', 0, ?1)",
            seen,
        ),
        (
            "INSERT INTO trial (id, product_id, acquired, started_on, created_at, updated_at) VALUES (1, 1, 'bought', '2026-11-01', ?1, ?1)",
            seen,
        ),
    ] {
        sqlx::query(sql).bind(number).execute(tx.conn()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

pub async fn channel_on(db: &Db, platform: &str) -> Id {
    let new = NewChannel {
        platform: platform.into(),
        name: platform.into(),
        own_shop: false,
    };
    channel::create(db, new, at("2026-11-22 10:00")).await.unwrap().id
}

/// A post with a fixed code, so that its tags are the same every time.
pub async fn write(db: &Db, title: &str, body: &str) -> Id {
    let new = NewPost {
        title: title.into(),
        body: body.into(),
        products: vec![1],
        photos: vec![2],
    };
    let id = post::create(db, new, at("2026-11-22 10:00")).await.unwrap().id;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE post SET code = 'K7M2Q' WHERE id = ?1")
        .bind(id)
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A tagged link as a row, so that these tests stand on rendering alone.
pub async fn tag(db: &Db, post: Id, channel: Id, kind: &str, coupon: Option<&str>) {
    let mut tx = db.begin().await.unwrap();
    let code = format!("K7M2Q-{channel}");
    sqlx::query(
        "INSERT INTO link (code, kind, destination, url, coupon, post_id, channel_id, product_id, created_at)
         VALUES (?1, ?2, 'https://shop.example.com/p/1', 'https://shop.example.com/p/1?utm_content=' || ?1, ?3, ?4, ?5, 1, 0)",
    )
    .bind(code)
    .bind(kind)
    .bind(coupon)
    .bind(post)
    .bind(channel)
    .execute(tx.conn())
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

fn golden(name: &str, got: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("golden/render")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, got).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(got, expected, "{name} differs; UPDATE_GOLDEN=1 writes it anew");
}

fn shown(rendered: &Rendered) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "标题：{}\n话题：{}\n图片：{:?}\n标明广告：{}\n",
        rendered.title,
        rendered.tags.join(" "),
        rendered.photos,
        rendered.marked
    );
    let _ = writeln!(out, "{}", rendered.body);
    out
}

#[tokio::test]
async fn every_platform_gets_its_own_text_from_the_same_markdown() {
    for name in ["sunscreen", "hostile"] {
        let (_folder, db) = workspace().await;
        shelf(&db).await;
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("golden/render/{name}.md"));
        let post = write(
            &db,
            "20 天真实测评：清爽防晒乳",
            &std::fs::read_to_string(path).unwrap(),
        )
        .await;
        for platform in [
            "xiaohongshu",
            "wechat_article",
            "wechat_group",
            "weibo",
            "douyin",
            "zhihu",
        ] {
            let channel = channel_on(&db, platform).await;
            if name == "sunscreen" && platform != "xiaohongshu" {
                tag(
                    &db,
                    post,
                    channel,
                    if platform == "wechat_article" { "qr" } else { "url" },
                    None,
                )
                .await;
            }
            let rendered = render::render(&db, post, channel).await.unwrap();
            golden(&format!("{name}.{platform}.txt"), &shown(&rendered));
            if let Some(html) = &rendered.html {
                golden(&format!("{name}.{platform}.html"), &format!("{html}\n"));
                safe(html);
            }
            let again = render::render(&db, post, channel).await.unwrap();
            assert_eq!(
                (again.body, again.html),
                (rendered.body, rendered.html),
                "the same post gives the same bytes"
            );
        }
    }
}

/// Everything in the HTML is on the allow-list, and nothing but tags and text stands between blocks.
fn safe(html: &str) {
    const BLOCKS: [&str; 15] = [
        "section",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "pre",
        "table",
        "tbody",
        "tr",
        "td",
        "th",
        "hr",
        "code",
    ];
    const INLINE: [&str; 8] = ["span", "strong", "em", "code", "img", "br", "sup", "a"];
    const STYLES: [&str; 22] = [
        "margin",
        "padding",
        "padding-left",
        "font-size",
        "font-weight",
        "line-height",
        "color",
        "background-color",
        "border",
        "border-left",
        "border-top",
        "border-collapse",
        "max-width",
        "overflow",
        "text-align",
        "display",
        "white-space",
        "text-decoration",
        "font-family",
        "letter-spacing",
        "width",
        "height",
    ];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((text, tail)) = rest.split_once('<') {
        let in_block = open
            .iter()
            .any(|name| ["p", "h1", "h2", "h3", "h4", "code", "td", "th"].contains(name));
        assert!(
            in_block || text.is_empty(),
            "text or whitespace between blocks: {text:?}"
        );
        assert!(
            !text.contains('>') && !text.contains('"'),
            "not escaped: {text:?}"
        );
        let (tag, after) = tail.split_once('>').expect("a closed tag");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "tags close in the order they were opened");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            BLOCKS.contains(&name) || INLINE.contains(&name),
            "element {name} does not survive pasting"
        );
        if !["img", "br", "hr"].contains(&name) {
            open.push(name);
        }
        let parts: Vec<&str> = attributes.split('"').collect();
        for pair in parts.chunks_exact(2) {
            let value = pair[1];
            match pair[0].trim().trim_end_matches('=') {
                "style" => {
                    for style in value.split(';') {
                        let (property, value) = style.split_once(':').expect("property:value");
                        assert!(
                            STYLES.contains(&property),
                            "property {property} does not survive pasting"
                        );
                        assert!(!value.contains("url(") && !value.contains("var("), "{value}");
                    }
                }
                "src" if name == "img" => assert!(value.starts_with("photo:"), "{value}"),
                "href" if name == "a" => assert!(
                    value.starts_with("https://") || value.starts_with("http://"),
                    "{value}"
                ),
                other => panic!("attribute {other} on {name} does not survive pasting"),
            }
        }
    }
    assert!(rest.is_empty() && open.is_empty(), "{open:?}");
}

#[tokio::test]
async fn xiaohongshu_gets_no_address_and_wechat_writes_footnotes() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(
        &db,
        "防晒",
        "看 [说明](https://example.com/x) <https://taobao.com/y> [旧文](https://mp.weixin.qq.com/s/1)",
    )
    .await;
    let red = render::render(&db, post, channel_on(&db, "xiaohongshu").await)
        .await
        .unwrap();
    assert!(
        !red.body.contains("http") && red.body.contains("说明"),
        "{}",
        red.body
    );
    let article = render::render(&db, post, channel_on(&db, "wechat_article").await)
        .await
        .unwrap()
        .html
        .unwrap();
    assert!(article.contains("引用链接") && article.contains("[1] 说明：https://example.com/x"));
    assert_eq!(
        article.matches("<a ").count(),
        1,
        "only the platform's own host stays a link"
    );
}

#[tokio::test]
async fn the_mark_is_added_once_and_only_where_there_is_an_interest() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let (weibo, red) = (
        channel_on(&db, "weibo").await,
        channel_on(&db, "xiaohongshu").await,
    );
    let post = write(&db, "", "用了七天。").await;
    assert!(
        !render::render(&db, post, weibo).await.unwrap().marked,
        "no link, bought: no interest"
    );
    tag(&db, post, weibo, "url", None).await;
    let marked = render::render(&db, post, weibo).await.unwrap();
    assert!(
        marked.marked && marked.body.starts_with("广告｜用了七天"),
        "{}",
        marked.body
    );
    assert!(
        !render::render(&db, post, red).await.unwrap().marked,
        "a link of another channel is no link here"
    );

    let body = |text: &str| PostPatch {
        body: Some(text.into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, body("这不是广告。"), at("2026-11-22 10:01"))
        .await
        .unwrap();
    assert!(
        render::render(&db, post, weibo).await.unwrap().marked,
        "a denial is no mark"
    );
    post::edit(&db, post, body("【广告】用了七天。"), at("2026-11-22 10:02"))
        .await
        .unwrap();
    assert!(
        !render::render(&db, post, weibo).await.unwrap().marked,
        "the creator's own mark is enough"
    );
    let said = PostPatch {
        commercial: Some("yes".into()),
        ..body("# 标题\n\n正文")
    };
    post::edit(&db, post, said, at("2026-11-22 10:03")).await.unwrap();
    assert!(
        render::render(&db, post, red)
            .await
            .unwrap()
            .body
            .starts_with("广告\n\n标题"),
        "before a heading it has its own line"
    );
}

#[tokio::test]
async fn a_coupon_stands_in_the_text_once_the_user_allows_it() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let red = channel_on(&db, "xiaohongshu").await;
    let post = write(&db, "防晒", "想要的[看这里](link:1)").await;
    let allow = |value: Option<&str>| NewOverride {
        platform: "xiaohongshu".into(),
        rule: "xiaohongshu.links.coupon".into(),
        value: value.map(str::to_owned),
        reason: "问过客服".into(),
    };
    channel::override_rule(&db, allow(Some("yes")), at("2026-11-22 10:00"))
        .await
        .unwrap();
    tag(&db, post, red, "coupon", Some("DEER10")).await;
    assert!(
        render::render(&db, post, red)
            .await
            .unwrap()
            .body
            .contains("看这里（搜店铺，用券码 DEER10）")
    );
    channel::override_rule(&db, allow(None), at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert!(
        !render::render(&db, post, red)
            .await
            .unwrap()
            .body
            .contains("DEER10"),
        "taken back, it is gone again"
    );
}

#[tokio::test]
async fn a_channels_own_wording_replaces_the_posts() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let red = channel_on(&db, "xiaohongshu").await;
    let post = write(&db, "长标题", "长正文").await;
    let own = Variant {
        title: Some("短".into()),
        body: None,
    };
    post::set_variant(&db, post, red, own, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let rendered = render::render(&db, post, red).await.unwrap();
    assert_eq!(
        (rendered.title.as_str(), rendered.body.as_str()),
        ("短", "长正文")
    );
}

#[test]
fn no_markdown_makes_the_writers_or_the_check_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (_folder, db, post, channels) = runtime.block_on(async {
        let (folder, db) = workspace().await;
        shelf(&db).await;
        let post = write(&db, "", "").await;
        let channels = [
            channel_on(&db, "wechat_article").await,
            channel_on(&db, "xiaohongshu").await,
        ];
        (folder, db, post, channels)
    });
    let piece = prop_oneof![
        Just("**"),
        Just("#词"),
        Just("\n\n"),
        Just("> "),
        Just("- "),
        Just("1. "),
        Just("|a|b|\n|-|-|\n"),
        Just("```"),
        Just("`"),
        Just("[a](link:1)"),
        Just("![](photo:1)"),
        Just("[](price:1)"),
        Just("[](review:1)"),
        Just("<b>"),
        Just("😀"),
        Just("防晒"),
        Just("https://a.com"),
        Just("微信号 abc_123"),
        Just("￥Ab12Cd34￥"),
        Just("[x](https://b.com)"),
        Just("广告"),
        Just("\t"),
        Just("　"),
    ];
    let text = prop_oneof![
        any::<String>(),
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    ];
    proptest!(ProptestConfig::with_cases(300), |(title in any::<String>(), body in text)| {
        runtime.block_on(async {
            let patch = PostPatch { title: Some(title), body: Some(body), ..PostPatch::default() };
            let post = post::edit(&db, post, patch, at("2026-11-22 10:00")).await.unwrap();
            for channel in channels {
                let rendered = render::render(&db, post.id, channel).await.unwrap();
                rendered.html.iter().for_each(|html| safe(html));
                for finding in caoben::check::check(&db, post.id, channel, at("2026-11-22 10:00")).await.unwrap().findings {
                    let source = if finding.field == "title" { &post.title } else { &post.body };
                    let edges: Vec<i64> = source
                        .chars()
                        .scan(0, |sum, c| { *sum += c.len_utf16() as i64; Some(*sum) })
                        .chain([0])
                        .collect();
                    assert!(edges.contains(&finding.start) && edges.contains(&finding.end), "{finding:?} lies inside a character");
                    assert!(finding.start <= finding.end);
                }
            }
        });
    });
}

//! What a person writes arrives: nothing vanishes without a word, Chinese Markdown is read as it is meant, a way to buy is seen as one
//! and ordinary sentences are left alone.

use std::path::PathBuf;

use caoben::{
    channel::{self, ChannelPatch},
    check::{self, Checked, Finding, Severity},
    composition::{self, Spec},
    db::Db,
    photo,
    post::{self, PostPatch, Variant},
    render::{self, Rendered},
    value::Id,
};
use proptest::prelude::*;

use crate::{
    render::{channel_on, shelf, tag, write},
    support::{at, workspace},
};

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/writing")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}

/// The channel on a platform, made when it is asked for first.
async fn channel_of(db: &Db, platform: &str) -> Id {
    let all = channel::list(db).await.unwrap();
    match all.iter().find(|channel| channel.platform == platform) {
        Some(channel) => channel.id,
        None => channel_on(db, platform).await,
    }
}

/// A post of one body as a platform gets it, and what was found.
async fn on(db: &Db, platform: &str, body: &str) -> (Rendered, Checked) {
    let channel = channel_of(db, platform).await;
    let post = write(db, "", body).await;
    let told = (
        render::render(db, post, channel).await.unwrap(),
        check::check(db, post, channel, at("2026-11-22 10:00"))
            .await
            .unwrap(),
    );
    let mut tx = db.begin().await.unwrap();
    sqlx::query("UPDATE post SET code = 'X' || id")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    told
}

fn rules(checked: &Checked) -> Vec<&str> {
    checked
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect()
}

fn named<'a>(checked: &'a Checked, rule: &str) -> Vec<&'a Finding> {
    checked
        .findings
        .iter()
        .filter(|finding| finding.rule == rule)
        .collect()
}

#[tokio::test]
async fn bold_beside_chinese_marks_is_bold_and_no_asterisk_is_left() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    for name in ["bold_beside_marks.md", "chinese_markdown.md"] {
        let (rendered, _) = on(&db, "wechat_article", &fixture(name)).await;
        let html = rendered.html.unwrap();
        assert!(
            !html.contains('*') && !rendered.body.contains('*'),
            "{name}: {}",
            rendered.body
        );
        for words in ["洗完不假滑。", "《草本洗护手册》", "用量：", "“清爽”"] {
            assert!(
                html.contains(&format!("<strong>{words}</strong>")),
                "{name}: {words} in {html}"
            );
        }
    }
}

#[tokio::test]
async fn one_tilde_is_a_tilde_and_two_strike() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let (rendered, _) = on(&db, "wechat_article", &fixture("tildes.md")).await;
    assert_eq!(rendered.body, "今天推荐 ~真的好用~ 冲，价格 ~100元~");
    assert!(!rendered.html.unwrap().contains("line-through"));
    let (rendered, _) = on(&db, "wechat_article", &fixture("chinese_markdown.md")).await;
    let html = rendered.html.unwrap();
    assert!(rendered.body.contains("起泡要3~5秒，冲洗2~3遍，价格100~120元。"));
    assert_eq!(html.matches("line-through").count(), 1, "only 原价198 is struck");
    assert!(html.contains(r#"<span style="text-decoration:line-through">原价198</span>"#));
    assert!(
        !rendered.body.contains("味 道"),
        "a line break in a Chinese paragraph is no blank"
    );
    assert_eq!(rendered.tags[..3], ["种草", "洗发水", "3天试用打卡"]);
    for words in [
        "+1 同事也说好用",
        "2024. 那年我用的是另一款",
        "四个空格开头的一句话",
        "3. 从三开始的编号",
        "4. 第四条",
    ] {
        assert!(rendered.body.contains(words), "{words} in {}", rendered.body);
    }
    assert!(
        rendered.body.contains("• 香味：淡淡的艾草味"),
        "label, colon and text stay on one line"
    );
    assert!(!html.contains("<pre"), "prose is no code");
}

#[tokio::test]
async fn topics_may_stand_close_and_hold_signs_and_blanks() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let (rendered, _) = on(&db, "xiaohongshu", &fixture("topics.md")).await;
    assert_eq!(
        rendered.tags,
        [
            "种草",
            "洗发水",
            "无硅油",
            "敏感肌",
            "双11 好物",
            "SK-II神仙水",
            "A&B"
        ]
    );
    assert!(
        rendered.body.starts_with("正文 种草 洗发水 无硅油 敏感肌"),
        "words of topics do not run together: {}",
        rendered.body
    );
    let (rendered, _) = on(&db, "xiaohongshu", "＃好物 用了 #洗发水，无硅油# 很好").await;
    assert_eq!(rendered.tags, ["好物", "洗发水"]);
    assert_eq!(rendered.body, "好物 用了 洗发水，无硅油 很好");
}

#[tokio::test]
async fn written_numbers_of_a_list_stay() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let (rendered, _) = on(
        &db,
        "weibo",
        "2019. 第一瓶\n2021. 第二瓶\n\n段落\n\n1. 甲\n1. 乙\n1. 丙",
    )
    .await;
    for words in ["2019. 第一瓶", "2021. 第二瓶", "1. 甲", "2. 乙", "3. 丙"] {
        assert!(rendered.body.contains(words), "{words} in {}", rendered.body);
    }
}

#[tokio::test]
async fn words_in_html_and_in_definitions_stay() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    for platform in ["xiaohongshu", "wechat_article", "wechat_group"] {
        let (rendered, checked) = on(&db, platform, &fixture("html_block.md")).await;
        for words in ["第二段，很重要的提醒：孕妇慎用。", "接着写的纯文字也没了。"]
        {
            assert!(rendered.body.contains(words), "{platform}: {}", rendered.body);
        }
        assert!(!rendered.body.contains('<'));
        assert!(
            !named(&checked, "html.dropped").is_empty(),
            "that the tags went is told"
        );
        let (rendered, _) = on(&db, platform, &fixture("definitions.md")).await;
        for words in ["[注意]: 孕妇慎用", "好用[^1]。", "2026年3月实测数据"] {
            assert!(rendered.body.contains(words), "{platform}: {}", rendered.body);
        }
    }
}

#[tokio::test]
async fn the_mark_at_the_beginning_of_a_file_is_no_part_of_the_text() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let text = fixture("bom.md");
    assert!(text.starts_with('\u{FEFF}'), "the fixture is what it should be");
    let (rendered, _) = on(&db, "wechat_article", &text).await;
    assert!(rendered.html.unwrap().contains("<h1"), "a heading");
    assert!(!rendered.body.contains('\u{FEFF}'));
    let post = write(&db, "\u{FEFF}\u{200B}", &text).await;
    let kept = post::get(&db, post).await.unwrap();
    assert_eq!(
        (kept.title.as_str(), kept.body.as_str()),
        ("", "# 标题\n\n正文\n"),
        "kept without it"
    );
}

#[tokio::test]
async fn a_channel_whose_title_was_emptied_says_which_title_stays_behind() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let channel = channel_on(&db, "bilibili_dynamic").await;
    let post = write(&db, "通勤防晒", "正文").await;
    let own = Variant {
        title: Some(" \u{3000}\u{200B}".into()),
        body: None,
    };
    post::set_variant(&db, post, channel, own, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let checked = check::check(&db, post, channel, at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert!(
        named(&checked, "title.dropped")[0]
            .message
            .contains("「通勤防晒」")
    );
}

#[tokio::test]
async fn two_texts_set_one_after_the_other_are_both_kept() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let post = write(&db, "", "").await;
    let set = async |body: &str, second: &str| {
        let patch = PostPatch {
            body: Some(body.into()),
            ..PostPatch::default()
        };
        post::replace(&db, post, patch, at(&format!("2026-11-22T10:00:{second}")))
            .await
            .unwrap();
    };
    let texts = ["原价199，别用在眼周，会刺痛。", "好用。", "好用！", "好用", ""];
    for (second, text) in (10..).zip(texts) {
        set(text, &second.to_string()).await;
    }
    let kept: Vec<String> = post::versions(&db, post)
        .await
        .unwrap()
        .into_iter()
        .map(|kept| kept.body)
        .collect();
    for text in texts {
        assert!(kept.iter().any(|kept| kept == text), "{text:?} in {kept:?}");
    }
    // What was set is not typed over either.
    set("原价199，会刺痛。", "40").await;
    let typed = PostPatch {
        body: Some("原价199。".into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, typed, at("2026-11-22T10:00:41"))
        .await
        .unwrap();
    let kept = post::versions(&db, post).await.unwrap();
    assert!(kept.iter().any(|kept| kept.body == "原价199，会刺痛。"));
}

#[tokio::test]
async fn a_way_to_buy_in_words_needs_the_mark_and_a_denial_is_none() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let (rendered, checked) = on(&db, "weibo", &fixture("way_to_buy.md")).await;
    assert!(
        rendered.marked && rendered.body.starts_with("广告｜"),
        "{}",
        rendered.body
    );
    assert_eq!(named(&checked, "mark").len(), 1, "{:?}", rules(&checked));

    let channel = channel_of(&db, "weibo").await;
    let said = async |body: &str, commercial: &str| {
        let post = write(&db, "", body).await;
        let patch = PostPatch {
            commercial: Some(commercial.into()),
            ..PostPatch::default()
        };
        post::edit(&db, post, patch, at("2026-11-22 10:00"))
            .await
            .unwrap();
        let told = (
            render::render(&db, post, channel).await.unwrap(),
            check::check(&db, post, channel, at("2026-11-22 10:00"))
                .await
                .unwrap(),
        );
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE post SET code = 'X' || id")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        told
    };
    let (rendered, checked) = said(&fixture("denial.md"), "yes").await;
    assert!(rendered.marked, "a denial is no mark");
    assert!(!named(&checked, "mark.contradiction").is_empty());
    let (_, checked) = said(&fixture("way_to_buy.md"), "no").await;
    assert_eq!(
        named(&checked, "mark")[0].severity,
        Severity::Block,
        "a code and a fee are plain"
    );
    let (_, checked) = said("用了七天，链接在评论区。", "no").await;
    assert_eq!(
        named(&checked, "mark")[0].severity,
        Severity::Warn,
        "a pointer may be meant otherwise"
    );
}

#[tokio::test]
async fn innocent_sentences_stay_silent() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let text = fixture("innocent.txt");
    let sentences: Vec<&str> = text.lines().chain(["批号13812345678，可以查真伪。"]).collect();
    assert!(sentences.len() > 30);
    let mut loud = Vec::new();
    let false_alarms = fixture("false_alarms.md");
    for sentence in sentences
        .into_iter()
        .chain([false_alarms.as_str(), text.as_str()])
    {
        for platform in ["xiaohongshu", "weibo"] {
            let (rendered, checked) = on(&db, platform, sentence).await;
            let findings: Vec<_> = checked
                .findings
                .iter()
                // The photo is a row without a file here: what is said of it is right, and no matter of words.
                .filter(|finding| !finding.rule.ends_with(".title"))
                .filter(|finding| {
                    !["picture.unread", "images.refused", "images.small"].contains(&finding.rule.as_str())
                })
                .map(|finding| &finding.message)
                .collect();
            if rendered.marked || !findings.is_empty() {
                loud.push(format!("{platform}: {sentence}: {findings:?}"));
            }
        }
    }
    assert!(loud.is_empty(), "{}", loud.join("\n"));
}

/// The lines of a fixture that are sentences.
fn sentences(name: &str) -> Vec<String> {
    let lines = fixture(name);
    lines
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn plain_sentences_that_sell_need_the_mark_and_those_that_tell_do_not() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let mut wrong = Vec::new();
    for (name, sells) in [
        ("selling.txt", true),
        ("not_selling.txt", false),
        ("innocent.txt", false),
    ] {
        for sentence in sentences(name) {
            let (rendered, _) = on(&db, "douyin", &sentence).await;
            if rendered.marked != sells {
                wrong.push(format!("{name}: {sentence}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn contacts_and_other_platforms_accounts_are_told_and_ordinary_sentences_are_not() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let told = async |platform: &str, sentence: &str| {
        let (_, checked) = on(&db, platform, sentence).await;
        let ways = ["link", "contact", "word", "coupon", "qr"];
        checked
            .findings
            .into_iter()
            .find(|finding| ways.contains(&finding.rule.split('.').next().unwrap_or_default()))
    };
    // Too like an ordinary word, a picture alone, a name of a file.
    let known = ["咸鱼号小鹿", "🛰️：deer2026", "(Ver2024Final01)是文件名"];
    let mut wrong = Vec::new();
    for (name, leads) in [
        ("contact.txt", true),
        ("no_contact.txt", false),
        ("not_selling.txt", false),
    ] {
        for sentence in sentences(name) {
            let found = told("xiaohongshu", &sentence).await;
            if found.is_some() != leads && !known.contains(&sentence.as_str()) {
                wrong.push(format!("{name}: {sentence}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let hint = told("xiaohongshu", "主页有联系方式").await.unwrap();
    assert_eq!(hint.severity, Severity::Warn, "a hint is no contact");
    assert!(
        told("weibo", "主页有联系方式").await.is_none(),
        "ordinary speech elsewhere"
    );
    let account = told("xiaohongshu", "抖音搜小鹿").await.unwrap();
    assert_eq!(account.severity, Severity::Block);
    assert!(account.message.contains("其他平台的账号"), "{}", account.message);
    assert!(
        told("douyin", "抖音搜小鹿").await.is_none(),
        "on its own platform it is no other's"
    );
}

#[tokio::test]
async fn a_note_link_is_no_way_to_buy_and_a_shop_of_ones_own_sells_own_goods() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let red = channel_on(&db, "xiaohongshu").await;
    let post = write(&db, "标题", "用了七天。").await;
    tag(&db, post, red, "note", None).await;
    assert!(
        !render::render(&db, post, red).await.unwrap().marked,
        "it only ties orders to the note"
    );

    let weibo = channel_on(&db, "weibo").await;
    let own = ChannelPatch {
        own_shop: Some(true),
        ..ChannelPatch::default()
    };
    channel::edit(&db, weibo, own).await.unwrap();
    tag(&db, post, weibo, "url", None).await;
    let told = async || {
        let rendered = render::render(&db, post, weibo).await.unwrap();
        let checked = check::check(&db, post, weibo, at("2026-11-22 10:00"))
            .await
            .unwrap();
        (
            rendered.marked,
            named(&checked, "mark")
                .first()
                .map(|finding| finding.message.clone()),
        )
    };
    let (marked, message) = told().await;
    assert!(
        marked && message.unwrap().contains("清爽防晒乳"),
        "somebody else's goods"
    );
    let sql = async |sql: &str| {
        let mut tx = db.begin().await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    };
    sql("INSERT INTO shop (kind, name, url, created_at) VALUES ('woocommerce', '小鹿的店', 'https://shop.example.com', 0)").await;
    assert_eq!(told().await, (false, None), "its address is in the shop");
    sql("UPDATE product SET url = 'https://else.example.com/p'").await;
    assert!(told().await.0);
    sql("INSERT INTO product_sku (shop, sku, product_id) VALUES ('小鹿的店', 'A1', 1)").await;
    assert_eq!(told().await, (false, None), "the shop has a SKU of it");
    let paid = PostPatch {
        body: Some("品牌方付费合作。用了七天。".into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, paid, at("2026-11-22 10:01")).await.unwrap();
    assert!(
        told().await.0,
        "what somebody pays for is an ad in one's own shop too"
    );
}

#[tokio::test]
async fn every_plain_and_disguised_contact_is_found_where_it_stands() {
    let (_folder, db) = workspace().await;
    shelf(&db).await;
    let body = fixture("contacts.md");
    let (_, checked) = on(&db, "xiaohongshu", &body).await;
    let units: Vec<u16> = body.encode_utf16().collect();
    let blocked: Vec<String> = checked
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Block && finding.field == "body")
        .map(|finding| String::from_utf16(&units[finding.start as usize..finding.end as usize]).unwrap())
        .collect();
    for hit in [
        "https://商店.中国/p",
        "caoben.store",
        "dwz.win/abc",
        "138 1234 5678",
        "+8613812345678",
        "微信号：xiaoludeer",
        "weixin: deer2026",
        "薇❤信 deer2026",
        "ＶＸ：ｄｅｅｒ２０２６",
        "１３８１２３４５６７８",
        "3:/ CZ0001 fZ9x3abcd12",
    ] {
        assert!(blocked.iter().any(|found| found == hit), "{hit} in {blocked:?}");
    }
}

#[tokio::test]
async fn captions_and_drawn_words_and_qr_codes_in_photos_are_looked_at() {
    let (folder, db) = workspace().await;
    shelf(&db).await;
    let red = channel_on(&db, "xiaohongshu").await;
    let (_, checked) = on(&db, "wechat_picture", "![微信号：xiaoludeer](photo:1)").await;
    assert!(
        !named(&checked, "contact.unverified").is_empty(),
        "{:?}",
        rules(&checked)
    );

    let spec = Spec {
        template: "card.plain".into(),
        title: "想要的看这里".into(),
        body: "加我微信号：xiaoludeer".into(),
        ..Spec::default()
    };
    let template = composition::templates()
        .into_iter()
        .find(|template| template.kind == composition::Kind::Card);
    let spec = Spec {
        template: template.unwrap().id,
        ..spec
    };
    let card = composition::save(&db, None, &spec, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let card = card.photos[0].id;

    let weibo = channel_on(&db, "wechat_group").await;
    let post = write(&db, "标题", "正文").await;
    tag(&db, post, weibo, "qr", None).await;
    let link = caoben::link::list(&db, &caoben::link::LinkFilter::default())
        .await
        .unwrap()[0]
        .id;
    let file = folder.path().join("码.png");
    std::fs::write(&file, caoben::link::qr_png(&db, link).await.unwrap()).unwrap();
    let code = crate::photo::import(&db, &[file.as_path()]).await.imported[0].id;

    let patch = PostPatch {
        photos: Some(vec![card, code]),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, at("2026-11-22 10:01"))
        .await
        .unwrap();
    for round in ["the first time", "from what was kept"] {
        let checked = check::check(&db, post, red, at("2026-11-22 10:00"))
            .await
            .unwrap();
        let contact = named(&checked, "contact.forbidden");
        assert!(
            contact[0].severity == Severity::Block && contact[0].message.starts_with("第 1 张图"),
            "{round}"
        );
        let qr = named(&checked, "qr.forbidden");
        assert!(
            qr[0].severity == Severity::Block
                && qr[0].message.starts_with("第 2 张图")
                && qr[0].message.contains("utm_content"),
            "{round}: {qr:?}"
        );
    }
    let checked = check::check(&db, post, weibo, at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert!(named(&checked, "qr.forbidden").is_empty(), "a chat takes them");
    assert!(photo::get(&db, code).await.is_ok());
}

/// A piece of a text and the words in it, which are met nowhere else.
fn piece(kind: usize, n: usize) -> String {
    let word = format!("词{n}甲");
    match kind {
        0 => format!("{word}\n\n"),
        1 => format!("<div>\n<p>{word}</p>\n</div>\n后{word}\n\n"),
        2 => format!("[注{n}]: {word}\n\n"),
        3 => format!("[^{n}]: {word}\n\n"),
        4 => format!("[看](https://a.com/{n} \"{word}\")\n\n"),
        5 => format!("![{word}](photo:1)\n\n"),
        6 => format!("![{word}](photo:99)\n\n"),
        7 => format!("|甲|乙|\n|-|-|\n|{word}|2|多{word}|\n\n"),
        8 => format!("```{word}\n码{word}\n```\n\n"),
        9 => format!("<!-- {word} -->\n\n"),
        10 => format!("<script>{word}</script>\n\n"),
        11 => format!("> {word}\n\n"),
        12 => format!("- {word}\n  - 子{word}\n\n"),
        13 => format!("#{word}\n\n"),
        14 => format!("句里 #{word} 完\n\n"),
        15 => format!("[点]({word})\n\n"),
        16 => format!("[{word}](link:1) [](review:2) [{word}](price:9)\n\n"),
        17 => format!("    {word}\n\n"),
        18 => format!("<b title=\"{word}\">粗{word}</b>\n\n"),
        19 => format!("[看{n}]\n\n[看{n}]: https://a.com \"{word}\"\n\n"),
        20 => format!("# {word} #\n\n{word}\n===\n\n"),
        21 => format!("`{word}` ~~{word}~~ \\*{word}\\* &amp; {word}\n\n"),
        22 => format!("<!-- 没关 {word}\n"),
        23 => format!("![{word}](price:1)\n\n"),
        24 => format!("[![{word}](photo:1)](https://a.com)\n\n"),
        25 => format!("|![{word}](photo:1)|\n|-|\n|乙|\n\n"),
        26 => format!("- [x] {word}\n\n"),
        27 => format!("<{word}>\n<p {word}>\n\n"),
        28 => format!("[a{n}]: {word}\n[a{n}]: https://b.com/{word}\n用[a{n}]\n\n"),
        _ => format!("**{word}。**后_{word}_ {word}\n{word}  \n"),
    }
}

#[test]
fn every_word_of_the_source_is_in_the_output_or_in_a_finding() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (_folder, db, post, channels) = runtime.block_on(async {
        let (folder, db) = workspace().await;
        shelf(&db).await;
        let post = write(&db, "", "").await;
        let mut channels = Vec::new();
        for platform in [
            "wechat_article",
            "xiaohongshu",
            "weibo",
            "wechat_group",
            "x",
            "store",
        ] {
            channels.push(channel_on(&db, platform).await);
        }
        (folder, db, post, channels)
    });
    proptest!(ProptestConfig::with_cases(150), |(kinds in prop::collection::vec(0..30_usize, 1..9), bom in any::<bool>())| {
        runtime.block_on(async {
            let mut body: String = kinds.iter().enumerate().map(|(n, kind)| piece(*kind, n)).collect();
            if bom {
                body.insert(0, '\u{FEFF}');
            }
            every_word_arrives(&db, post, &channels, body).await;
        });
    });
}

async fn every_word_arrives(db: &Db, post: Id, channels: &[Id], body: String) {
    let patch = PostPatch {
        body: Some(body),
        ..PostPatch::default()
    };
    let post = post::edit(db, post, patch, at("2026-11-22 10:00")).await.unwrap();
    let units: Vec<u16> = post.body.encode_utf16().collect();
    for channel in channels {
        let rendered = render::render(db, post.id, *channel).await.unwrap();
        let checked = check::check(db, post.id, *channel, at("2026-11-22 10:00"))
            .await
            .unwrap();
        let mut all = format!(
            "{}\n{}\n{}",
            rendered.body,
            rendered.tags.join("\n"),
            rendered.html.unwrap_or_default()
        );
        for finding in checked
            .findings
            .iter()
            .filter(|finding| finding.field == "body" && !finding.rule.ends_with(".body"))
        {
            all.push_str(&finding.message);
            all.push_str(&String::from_utf16(&units[finding.start as usize..finding.end as usize]).unwrap());
        }
        let words = post
            .body
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().any(|c| ('一'..='龥').contains(&c)));
        for word in words {
            assert!(
                all.contains(word),
                "{word} of {:?} is neither in the output nor in a finding: {all}",
                post.body
            );
        }
    }
}

//! From the desk to the platform: what is seen before is what is packed, no step asks for what a platform has not, and what the export
//! would refuse is told while there is time.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use caoben::{
    Code,
    bundle::{self, BundleExport, Exported, HandOff, StepKind},
    channel::{self, NewChannel, Rules},
    check::{self, Checked, Severity},
    db::Db,
    job::Job,
    link::{self, NewLink},
    photo, post,
    post::PostPatch,
    publication::{self, NewPublication},
    today::{self, TodoKind},
    value::{Id, Time},
};
use serde_json::{Value, json};

use crate::{
    bundle::scene,
    photo::{import, jpeg},
    photo_intake::filmed,
    support,
};

fn now() -> Time {
    support::at("2026-11-22 10:00")
}

async fn export(db: &Db, post: Id, channels: &[Id], out: &Path) -> Exported {
    let what = BundleExport {
        post,
        channels: channels.to_vec(),
        out: Some(out.to_owned()),
        override_reason: Some("测试".into()),
        ..BundleExport::default()
    };
    bundle::export(db, &what, &Job::silent(), now()).await.unwrap()
}

/// The text files of a bundle, and how many numbered pictures it has.
fn packed(dir: &Path) -> (BTreeMap<String, String>, usize) {
    let (mut texts, mut pictures) = (BTreeMap::new(), 0);
    for entry in fs::read_dir(dir).unwrap() {
        let name = entry.as_ref().unwrap().file_name().into_string().unwrap();
        let bytes = fs::read(dir.join(&name)).unwrap();
        match name.split_once('.') {
            Some((stem, "jpg")) if stem.bytes().all(|b| b.is_ascii_digit()) => pictures += 1,
            Some((_, "txt" | "md" | "html")) => {
                texts.insert(name, String::from_utf8(bytes).unwrap());
            }
            _ => {}
        }
    }
    (texts, pictures)
}

/// Everything the window draws of a post on a channel, against everything the bundle holds.
fn same(platform: &str, seen: &HandOff, texts: &BTreeMap<String, String>, pictures: usize) {
    let rendered = &seen.rendered;
    let file = |name: &str| texts.get(name).map(|text| text.trim_end_matches('\n'));
    assert_eq!(
        file("title.txt").unwrap_or(""),
        rendered.title,
        "{platform}: the title"
    );
    if let Some(html) = &rendered.html {
        // On the disk a picture is its numbered file, with the number in plain sight.
        let page = file("article.html").unwrap();
        for part in html.split("<img") {
            let words = part.split_once('>').map_or(part, |(_, after)| after);
            assert!(page.contains(words), "{platform}: {words}");
        }
        assert_eq!(html.matches("<img").count(), page.matches("<img").count());
        assert_eq!(
            html.matches("<img").count(),
            rendered.photos.len(),
            "{platform}: every picture stands in it"
        );
    } else {
        assert_eq!(
            file("body.txt").unwrap_or(""),
            rendered.body,
            "{platform}: the text"
        );
    }
    let tags: Vec<&str> = file("tags.txt").map_or(Vec::new(), |text| text.lines().collect());
    assert_eq!(tags, rendered.tags, "{platform}: the topics");
    assert_eq!(pictures, rendered.photos.len(), "{platform}: the pictures");
    let list = file("checklist.md").unwrap();
    let told: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("- [ ] "))
        .collect();
    let steps: Vec<&str> = seen.steps.iter().map(|step| step.say.as_str()).collect();
    assert_eq!(told, steps, "{platform}: the steps");
}

#[tokio::test]
async fn what_is_seen_before_is_what_is_packed_on_every_platform() {
    let (folder, db) = support::workspace().await;
    let packs = channel::platforms();
    let platforms: Vec<&str> = packs.iter().map(|pack| pack.platform.as_str()).collect();
    let (post, channels) = scene(&db, folder.path(), &platforms).await;
    let code = post::get(&db, post).await.unwrap().code;
    let done = export(&db, post, &channels, &folder.path().join("out")).await;
    assert_eq!(done.bundles.len(), packs.len(), "{:?}", done.failed);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/preview");
    for ((pack, channel), bundle) in packs.iter().zip(&channels).zip(&done.bundles) {
        let seen = bundle::handoff(&db, post, *channel).await.unwrap();
        let (texts, pictures) = packed(&bundle.dir);
        same(&pack.platform, &seen, &texts, pictures);
        fits(pack, &seen, &texts);
        // The window's own test draws this and compares it with the same texts.
        let shown = shown(pack, &seen, &texts, &code);
        let path = golden.join(format!("{}.json", pack.platform));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(&golden).unwrap();
            fs::write(&path, &shown).unwrap();
        }
        assert_eq!(
            shown,
            fs::read_to_string(&path).unwrap_or_default(),
            "{}; UPDATE_GOLDEN=1 writes what is right now",
            pack.platform
        );
    }
}

/// What the window needs to draw it, and the texts it is compared with. A post's code is random.
fn shown(pack: &Rules, seen: &HandOff, texts: &BTreeMap<String, String>, code: &str) -> String {
    let mut rules = serde_json::to_value(pack).unwrap();
    let drawn = [
        "platform",
        "name",
        "has_title",
        "topic_syntax",
        "topics_in_body",
        "printed",
        "images",
    ];
    rules
        .as_object_mut()
        .unwrap()
        .retain(|key, _| drawn.contains(&key.as_str()));
    let all: Value = json!({
        "rules": rules,
        "rendered": seen.rendered,
        "steps": seen.steps,
        "receipt": seen.receipt,
        "texts": texts,
    });
    let text = serde_json::to_string_pretty(&all).unwrap();
    format!("{text}\n")
        .replace(code, "CCCCC")
        .replace(&code.to_lowercase(), "ccccc")
}

/// No step asks for what this platform has not, and none is forgotten that it has.
fn fits(pack: &Rules, seen: &HandOff, texts: &BTreeMap<String, String>) {
    let platform = &pack.platform;
    let kinds: BTreeSet<&str> = seen.steps.iter().map(|step| kind(step.kind)).collect();
    let has = |name: &str| kinds.contains(name);
    assert_eq!(
        has("title"),
        pack.has_title,
        "{platform}: a title where there is a field for it"
    );
    assert_eq!(texts.contains_key("title.txt"), pack.has_title, "{platform}");
    if !pack.has_title && pack.body == "plain" {
        let first = seen.rendered.body.lines().next().unwrap();
        assert_eq!(
            first, "广告｜通勤防晒的七天",
            "{platform}: it joins the first line"
        );
    }
    assert_eq!(
        seen.rendered.body.matches("通勤防晒的七天").count(),
        usize::from(!pack.has_title),
        "{platform}: the title stands once"
    );
    let last = seen.steps.last().unwrap();
    assert_eq!(last.kind, StepKind::Receipt);
    assert_eq!(
        last.say.contains("链接"),
        pack.receipt,
        "{platform}: an address is asked for only where there is one: {}",
        last.say
    );
    if pack.topics_in_body {
        assert!(
            !has("topics"),
            "{platform}: topics in the text are not added again"
        );
    }
    let ticks: Vec<&String> = seen
        .steps
        .iter()
        .filter(|step| step.kind == StepKind::Declaration)
        .flat_map(|step| &step.items)
        .collect();
    for tick in &ticks {
        assert!(pack.declarations.contains(tick), "{platform}: {tick}");
        assert!(
            !tick.contains("AI") && !tick.contains("虚构"),
            "{platform}: untrue: {tick}"
        );
    }
}

fn kind(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Title => "title",
        StepKind::Topics => "topics",
        _ => "other",
    }
}

#[tokio::test]
async fn the_link_of_a_group_is_a_step_of_its_own_until_it_stands_in_the_text() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["wechat_group"]).await;
    let group = channels[0];
    let url = link::list(&db, &Default::default()).await.unwrap()[0].url.clone();
    assert!(!url.is_empty());
    let link_step = async || {
        let seen = bundle::handoff(&db, post, group).await.unwrap();
        seen.steps
            .into_iter()
            .find(|step| step.kind == StepKind::Link)
            .unwrap()
    };
    let step = link_step().await;
    assert_eq!(step.copy.as_deref(), Some(url.as_str()));
    assert!(
        step.say.contains("正文里没有") && step.say.contains("单独发一条"),
        "{}",
        step.say
    );
    let found = check::check(&db, post, group, now()).await.unwrap().findings;
    let loose = found.iter().find(|finding| finding.rule == "link.loose").unwrap();
    let fix = loose.fix.as_ref().unwrap();

    // The mend puts it in, and the step says so.
    let body = post::get(&db, post).await.unwrap().body;
    let at = usize::try_from(loose.start).unwrap();
    assert_eq!(at, body.encode_utf16().count(), "at the end of the text");
    let patch = PostPatch {
        body: Some(format!("{body}{}", fix.replacement)),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now()).await.unwrap();
    let seen = bundle::handoff(&db, post, group).await.unwrap();
    assert!(seen.rendered.body.contains(&url), "{}", seen.rendered.body);
    assert!(link_step().await.say.contains("已经在正文里"));
    let found = check::check(&db, post, group, now()).await.unwrap().findings;
    assert!(found.iter().all(|finding| finding.rule != "link.loose"));
}

#[tokio::test]
async fn an_article_shows_every_attached_picture_once_and_packs_it() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["wechat_article"]).await;
    let photos = post::get(&db, post).await.unwrap().photos;
    let html = bundle::handoff(&db, post, channels[0])
        .await
        .unwrap()
        .rendered
        .html
        .unwrap();
    for photo in &photos {
        assert_eq!(html.matches(&format!("photo:{photo}\"")).count(), 1, "{html}");
    }
    let order: Vec<usize> = photos
        .iter()
        .map(|photo| html.find(&format!("photo:{photo}\"")).unwrap())
        .collect();
    assert!(
        order[1] < order[0] && order[0] < order[2],
        "the one in the text stays there, the rest follow: {order:?}"
    );
}

#[tokio::test]
async fn what_the_export_would_refuse_is_told_before_it_is_tried() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let [clip, kept, photo] = ["a.mp4", "b.raf", "c.jpg"].map(|name| folder.path().join(name));
    fs::write(&clip, filmed(100, 3_877_034_400, "Pixel 9")).unwrap();
    fs::write(&kept, b"FUJIFILMCCD-RAW 0201FF383501").unwrap();
    fs::write(&photo, jpeg(77, 400, 300)).unwrap();
    let done = import(&db, &[&clip, &kept, &photo]).await;
    let ids: Vec<Id> = done.imported.iter().map(|photo| photo.id).collect();
    assert_eq!(ids.len(), 3, "{done:?}");
    let findings = async |photos: Vec<Id>| {
        let patch = PostPatch {
            photos: Some(photos),
            ..PostPatch::default()
        };
        post::edit(&db, post, patch, now()).await.unwrap();
        let found = check::check(&db, post, channels[0], now())
            .await
            .unwrap()
            .findings;
        let refused = found.iter().filter(|finding| finding.rule == "images.refused");
        assert!(refused.clone().all(|finding| finding.severity == Severity::Block));
        refused.map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    let tried = async || {
        let what = BundleExport {
            post,
            channels: channels.clone(),
            out: Some(folder.path().join("out")),
            override_reason: Some("测试".into()),
            ..BundleExport::default()
        };
        bundle::export(&db, &what, &Job::silent(), now()).await
    };
    // The photo that the scene's text names comes along: it is the second one here.
    assert!(findings(vec![ids[2]]).await.is_empty());
    assert!(tried().await.is_ok());
    for (id, word) in [(ids[0], "视频"), (ids[1], "不显示的文件")] {
        let told = findings(vec![ids[2], id]).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("第 2 张") && told[0].contains(word), "{told:?}");
        assert_eq!(
            tried().await.unwrap_err().code,
            Code::Invalid,
            "and the export does refuse it"
        );
    }
    let gone = photo::get(&db, ids[2]).await.unwrap();
    fs::remove_file(db.path(format!("photos/{}/{}.jpg", &gone.hash[..2], gone.hash))).unwrap();
    let told = findings(vec![ids[2]]).await;
    assert!(told.len() == 1 && told[0].contains("原文件不在了"), "{told:?}");
    assert!(tried().await.is_err());
}

fn cut(checked: &Checked) -> Option<String> {
    let mut found = checked
        .findings
        .iter()
        .filter(|finding| finding.rule == "images.cut");
    found.next().map(|finding| finding.message.clone())
}

#[tokio::test]
async fn a_crop_that_cuts_more_than_a_quarter_is_told_and_can_be_padded() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu", "weibo"]).await;
    let note = channels[0];
    // 3:4 keeps nothing back, 4:5 loses a sixteenth, 4:3 loses 44 %.
    let names = [(3, 300, 400), (4, 320, 400), (5, 400, 300)].map(|(seed, width, height)| {
        let path = folder.path().join(format!("{seed}.jpg"));
        fs::write(&path, jpeg(seed, width, height)).unwrap();
        path
    });
    let done = import(&db, &names.each_ref().map(|path| path.as_path())).await;
    let photos: Vec<Id> = done.imported.iter().map(|photo| photo.id).collect();
    let patch = PostPatch {
        photos: Some(photos.clone()),
        body: Some("正文".into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now()).await.unwrap();
    let told = cut(&check::check(&db, post, note, now()).await.unwrap()).unwrap();
    assert!(
        told.contains("第 3 张裁掉 44%") && !told.contains("第 2 张"),
        "{told}"
    );
    let elsewhere = check::check(&db, post, channels[1], now()).await.unwrap();
    assert_eq!(cut(&elsewhere), None, "微博 takes pictures in their own shape");

    post::set_padding(&db, post, note, true, now()).await.unwrap();
    assert_eq!(cut(&check::check(&db, post, note, now()).await.unwrap()), None);
    let seen = bundle::handoff(&db, post, note).await.unwrap().rendered;
    assert_eq!(seen.padded, [photos[2]], "the window shows that one whole");
    let done = export(&db, post, &[note], &folder.path().join("out")).await;
    let picture = |name: &str| {
        let bytes = fs::read(done.bundles[0].dir.join(name)).unwrap();
        image::load_from_memory(&bytes).unwrap().into_rgb8()
    };
    let padded = picture("03.jpg");
    assert_eq!(padded.dimensions(), (1080, 1440));
    assert!(
        padded.get_pixel(540, 20).0.iter().all(|part| *part > 250),
        "white above it"
    );
    assert!(
        picture("02.jpg")
            .get_pixel(540, 20)
            .0
            .iter()
            .any(|part| *part < 250),
        "little cut: cropped as before"
    );
    post::set_padding(&db, post, note, false, now()).await.unwrap();
    assert!(cut(&check::check(&db, post, note, now()).await.unwrap()).is_some());
}

#[tokio::test]
async fn one_channel_that_fails_keeps_nobody_back_and_both_are_named() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo", "x", "wechat_group"]).await;
    let out = folder.path().join("out");
    let first = export(&db, post, &channels, &out).await;
    // Somebody made a folder of their own out of the second one.
    let dir = &first.bundles[1].dir;
    fs::remove_file(dir.join("manifest.json")).unwrap();
    let done = export(&db, post, &channels, &out).await;
    let written: Vec<Id> = done.bundles.iter().map(|bundle| bundle.channel).collect();
    assert_eq!(written, [channels[0], channels[2]]);
    assert_eq!(done.failed.len(), 1);
    assert_eq!(
        (done.failed[0].channel, done.failed[0].code),
        (channels[1], Code::Conflict)
    );
    assert!(
        done.failed[0].message.contains("没有覆盖"),
        "{}",
        done.failed[0].message
    );
    assert!(!dir.join("manifest.json").exists() && dir.join("checklist.md").exists());
}

#[tokio::test]
async fn a_bundle_lies_under_a_name_that_says_its_post_on_a_path_that_means_the_same_everywhere() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let real = fs::canonicalize(folder.path()).unwrap();
    let crooked = folder.path().join("there").join("..").join("out");
    fs::create_dir_all(folder.path().join("there")).unwrap();
    let done = export(&db, post, &channels, &crooked).await;
    let dir = done.bundles[0].dir.clone();
    assert!(dir.starts_with(real.join("out")), "{}", dir.display());
    let kept = &bundle::list(&db, Some(post)).await.unwrap()[0];
    assert_eq!(Path::new(&kept.path), dir);
    let name = dir.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(name.starts_with("通勤防晒的七天-微博-"), "{name}");

    // Under another title the old one gives way, unless somebody worked in it.
    let retitle = async |title: &str| {
        let patch = PostPatch {
            title: Some(title.into()),
            ..PostPatch::default()
        };
        post::edit(&db, post, patch, now()).await.unwrap();
        export(&db, post, &channels, &crooked).await.bundles[0]
            .dir
            .clone()
    };
    let second = retitle("改过的标题/？").await;
    assert!(
        second
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("改过的标题-微博-")
    );
    assert!(!dir.exists(), "nobody's own work was in it");
    fs::write(second.join("我的笔记.txt"), "mine").unwrap();
    let third = retitle("第三个").await;
    assert!(third.exists() && second.join("我的笔记.txt").exists());
}

#[tokio::test]
async fn a_message_in_a_group_is_done_with_a_tick_and_a_time() {
    let (folder, db) = support::workspace().await;
    let platforms = ["wechat_group", "wechat_moments", "store", "xiaohongshu"];
    let (post, channels) = scene(&db, folder.path(), &platforms).await;
    for channel in &channels {
        let input = NewPublication {
            post,
            channel: *channel,
            at: Some(now()),
            ..NewPublication::default()
        };
        publication::add(&db, input, now()).await.unwrap();
    }
    let wants: Vec<(String, bool)> = publication::list(&db, None)
        .await
        .unwrap()
        .into_iter()
        .map(|one| (one.platform, one.receipt))
        .collect();
    for (platform, receipt) in wants {
        assert_eq!(receipt, platform == "xiaohongshu", "{platform}");
    }
    let todos = today::today(&db, now()).await.unwrap().todos;
    let receipts = todos.iter().filter(|todo| todo.kind == TodoKind::Receipt).count();
    assert_eq!(
        receipts, 1,
        "only the note has an address to paste back: {todos:?}"
    );
}

#[tokio::test]
async fn a_draft_without_a_word_is_no_work() {
    let (_folder, db) = support::workspace().await;
    let made = async |title: &str, body: &str| {
        let input = post::NewPost {
            title: title.into(),
            body: body.into(),
            ..post::NewPost::default()
        };
        post::create(&db, input, now()).await.unwrap().id
    };
    made("", "").await;
    made(" ", "\n\u{3000}\t").await;
    let titled = made("有标题", "").await;
    let written = made("", "有一句话").await;
    let varied = made("", "").await;
    let channel = NewChannel {
        platform: "weibo".into(),
        name: "小鹿".into(),
        own_shop: false,
    };
    let channel = channel::create(&db, channel, now()).await.unwrap().id;
    let words = post::Variant {
        title: None,
        body: Some("只给微博写的".into()),
    };
    post::set_variant(&db, varied, channel, words, now())
        .await
        .unwrap();
    let todos = today::today(&db, now()).await.unwrap().todos;
    let drafts: BTreeSet<Id> = todos.iter().map(|todo| todo.id).collect();
    assert_eq!(drafts, BTreeSet::from([titled, written, varied]));
}

#[tokio::test]
async fn a_check_says_what_it_looked_at_and_what_nobody_looked_at() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let body = "它是我用过最佳的通勤防晒，比平时便宜 60 元。".to_owned();
    let patch = PostPatch {
        body: Some(body),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now()).await.unwrap();
    let checked = check::check(&db, post, channels[0], now()).await.unwrap();
    let told = checked.told();
    for word in ["字数", "链接", "查过了", "说法还没查"] {
        assert!(told.contains(word), "{told}");
    }
}

#[tokio::test]
async fn a_finding_speaks_to_the_person_and_keeps_the_makers_notes_behind_its_source() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu"]).await;
    let patch = PostPatch {
        title: Some("长".repeat(30)),
        body: Some("买它 https://shop.example.cn/p".into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now()).await.unwrap();
    let found = check::check(&db, post, channels[0], now())
        .await
        .unwrap()
        .findings;
    let title = found
        .iter()
        .find(|finding| finding.rule == "xiaohongshu.title")
        .unwrap();
    assert!(
        title.reason.starts_with("小红书限制 · 11 月 22 日核对"),
        "{}",
        title.reason
    );
    assert!(
        title.source.contains("xhsutil") && title.source.contains("可信度 A"),
        "{}",
        title.source
    );
    for finding in &found {
        for word in ["可信度", "pkg/", "AiToEarn", "issues", "td.fyun.cc"] {
            assert!(
                !finding.reason.contains(word) && !finding.message.contains(word),
                "{finding:?}"
            );
        }
    }
    let refused = link::create(
        &db,
        NewLink {
            post,
            channel: channels[0],
            product: post::get(&db, post).await.unwrap().products[0],
            kind: Some(link::LinkKind::Qr),
            ..NewLink::default()
        },
        now(),
    );
    let refused = refused.await.unwrap_err().message;
    assert!(
        refused.contains("小红书的链接规则《交易导流违规管理细则》 · 11 月 22 日核对")
            && !refused.contains("fyun"),
        "{refused}"
    );
}

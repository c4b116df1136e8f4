//! Originals that are not what they were, and what is lost or kept when a JPEG is made of one.

use std::{fs, path::PathBuf};

use caoben::{
    Code,
    bundle::{self, BundleExport},
    check::{self, Finding},
    composition::{self, Slot, Spec},
    db::Db,
    job::Job,
    photo::{self, Frame},
    post::{self, PostPatch},
    retouch,
    value::{Id, Time},
};
use image::{Rgba, RgbaImage, codecs::gif::GifEncoder};

use crate::{
    bundle::scene,
    photo::{import, jpeg},
    support,
};

fn now() -> Time {
    support::at("2026-11-22 10:00")
}

async fn export(db: &Db, post: Id, channel: Id, out: PathBuf) -> caoben::Result<PathBuf> {
    let what = BundleExport {
        post,
        channels: vec![channel],
        out: Some(out),
        override_reason: Some("测试".into()),
        ..BundleExport::default()
    };
    let done = bundle::export(db, &what, &Job::silent(), now()).await?;
    Ok(done.bundles[0].dir.clone())
}

async fn told(db: &Db, post: Id, channel: Id, rule: &str) -> Vec<Finding> {
    let found = check::check(db, post, channel, now()).await.unwrap().findings;
    found.into_iter().filter(|finding| finding.rule == rule).collect()
}

async fn file_of(db: &Db, id: Id) -> PathBuf {
    let photo = photo::get(db, id).await.unwrap();
    db.path(format!("photos/{}/{}.jpg", &photo.hash[..2], photo.hash))
}

#[tokio::test]
async fn an_original_that_was_cut_or_exchanged_is_told_by_the_check_and_never_goes_out() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let photos = post::get(&db, post).await.unwrap().photos;
    let path = file_of(&db, photos[1]).await;
    let whole = fs::read(&path).unwrap();
    let other = fs::read(file_of(&db, photos[0]).await).unwrap();
    let out = folder.path().join("out");
    assert!(told(&db, post, channels[0], "images.refused").await.is_empty());
    assert!(export(&db, post, channels[0], out.clone()).await.is_ok());
    for bytes in [whole[..whole.len() / 2].to_vec(), Vec::new(), other] {
        fs::write(&path, bytes).unwrap();
        let found = told(&db, post, channels[0], "images.refused").await;
        assert!(
            found.len() == 1 && found[0].message.starts_with("第 2 张"),
            "{found:?}"
        );
        let error = export(&db, post, channels[0], out.clone()).await.unwrap_err();
        assert_eq!(error.code, Code::Unreadable);
        let names = format!("02.jpg（素材 {}）", photos[1]);
        assert!(
            error.message.contains(&names),
            "the picture is named: {}",
            error.message
        );
        let alone = retouch::render(&db, photos[1], Frame::default(), None).await;
        assert!(alone.is_err(), "nor on any other way out");
    }
    fs::write(&path, whole).unwrap();
    assert!(told(&db, post, channels[0], "images.refused").await.is_empty());
    assert!(export(&db, post, channels[0], out).await.is_ok());
}

const SAID: &str = r#"{"Label":"1","ContentProducer":"某公司","ProduceID":"p-1"}"#;

/// A JPEG with the label of AI-made content, and a name that must not go out.
fn made_by_ai() -> Vec<u8> {
    let said = SAID.replace('"', "&quot;");
    let packet = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:creator=\"小鹿本人\" xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\"><TC260:AIGC>{said}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    let plain = jpeg(91, 1200, 1500);
    let length = u16::try_from(packet.len() + 2).unwrap().to_be_bytes();
    [
        &plain[..2],
        &[0xFF, 0xE1],
        &length,
        packet.as_bytes(),
        &plain[2..],
    ]
    .concat()
}

fn says_so(jpeg: &[u8]) -> bool {
    let text = String::from_utf8_lossy(jpeg);
    text.contains("TC260:AIGC") && text.contains("某公司") && !text.contains("小鹿本人")
}

#[tokio::test]
async fn a_picture_made_by_ai_keeps_its_label_and_is_not_declared_to_be_ones_own() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu", "weibo"]).await;
    let path = folder.path().join("ai.jpg");
    fs::write(&path, made_by_ai()).unwrap();
    let ai = import(&db, &[&path]).await.imported[0].id;
    let ticks = async |channel: Id| {
        let steps = bundle::handoff(&db, post, channel).await.unwrap().steps;
        steps
            .into_iter()
            .flat_map(|step| step.items)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(ticks(channels[0]).await.contains("原创声明"));
    let photos = post::get(&db, post).await.unwrap().photos;
    let patch = PostPatch {
        photos: Some([vec![ai], photos].concat()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now()).await.unwrap();
    for channel in &channels {
        let found = told(&db, post, *channel, "images.labelled").await;
        assert!(
            found.len() == 1 && found[0].message.starts_with("第 1 张"),
            "{found:?}"
        );
        let ticked = ticks(*channel).await;
        assert!(
            ticked.contains("AI") && !ticked.contains("原创") && !ticked.contains("自主创作"),
            "{ticked}"
        );
        let dir = export(&db, post, *channel, folder.path().join("out"))
            .await
            .unwrap();
        assert!(says_so(&fs::read(dir.join("01.jpg")).unwrap()));
        assert!(
            !says_so(&fs::read(dir.join("02.jpg")).unwrap()),
            "the others have none"
        );
    }

    // With edits, and as a part of a composition, it is the same.
    let edits = retouch::Edits {
        turns: 1,
        ..retouch::Edits::default()
    };
    retouch::set(&db, ai, None, edits, now()).await.unwrap();
    assert!(says_so(
        &retouch::render(&db, ai, Frame::default(), None).await.unwrap()
    ));
    let spec = Spec {
        template: "cover-scrim".into(),
        slots: vec![Slot {
            photo: Some(ai),
            ..Slot::default()
        }],
        ..Spec::default()
    };
    let saved = composition::save(&db, None, &spec, now()).await.unwrap();
    let made = saved.photos[0].id;
    assert!(says_so(
        &retouch::render(&db, made, Frame::default(), None).await.unwrap()
    ));

    // Once it is said, nothing is asked any more, and the person's own word on 原创 holds.
    let patch = PostPatch {
        ai_generated: Some(true),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now()).await.unwrap();
    assert!(told(&db, post, channels[0], "images.labelled").await.is_empty());
    assert!(ticks(channels[0]).await.contains("AI"));
}

#[tokio::test]
async fn a_picture_that_stops_moving_and_one_that_is_blown_up_are_told() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo", "xiaohongshu"]).await;
    let [moving, tiny] = ["a.gif", "b.jpg"].map(|name| folder.path().join(name));
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for n in 0..3 {
        let frame = RgbaImage::from_pixel(90, 120, Rgba([n * 80, 99, 9, 255]));
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    fs::write(&moving, bytes).unwrap();
    fs::write(&tiny, jpeg(92, 12, 12)).unwrap();
    let large = folder.path().join("c.jpg");
    fs::write(&large, jpeg(93, 1080, 1440)).unwrap();
    let ids: Vec<Id> = import(&db, &[&moving, &tiny, &large])
        .await
        .imported
        .iter()
        .map(|photo| photo.id)
        .collect();
    let patch = PostPatch {
        photos: Some(vec![ids[2], ids[0], ids[1]]),
        body: Some("正文".into()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now()).await.unwrap();
    let still = told(&db, post, channels[0], "images.animated").await;
    assert!(
        still.len() == 1 && still[0].message.starts_with("第 2 张"),
        "{still:?}"
    );
    let small = told(&db, post, channels[1], "images.small").await;
    assert!(
        small.len() == 1 && small[0].message.contains("第 3 张只有 12×12"),
        "{small:?}"
    );
    assert!(!small[0].message.contains("第 1 张"));
    assert!(
        told(&db, post, channels[0], "images.small").await.is_empty(),
        "微博 enlarges nothing"
    );
}

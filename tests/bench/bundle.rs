//! A bundle of nine photos for 小红书 beside `vipsthumbnail` making the same crops.

use std::time::Instant;

use caoben::{
    bundle::{self, BundleExport},
    channel::{self, NewChannel},
    job::Job,
    photo::{self, PhotoImport},
    post::{self, NewPost},
};

use crate::{Row, make, there, vipsthumbnail};

pub async fn measure(rounds: usize) -> Row {
    let files = tempfile::tempdir().unwrap();
    let paths = make::photos(files.path(), 9);
    let (folder, db) = make::workspace().await;
    let what = PhotoImport {
        paths: paths.clone(),
        ..Default::default()
    };
    let photos = photo::import(&db, &what, &Job::silent(), make::now())
        .await
        .unwrap()
        .imported;
    let photos = photos.iter().map(|photo| photo.id).collect();
    let input = NewPost {
        title: "九张图".into(),
        body: "成膜快。".into(),
        photos,
        ..Default::default()
    };
    let post = post::create(&db, input, make::now()).await.unwrap().id;
    let channel = NewChannel {
        platform: "xiaohongshu".into(),
        name: "小红书 · 小鹿".into(),
        ..Default::default()
    };
    let channel = channel::create(&db, channel, make::now()).await.unwrap().id;
    let peer = there("vipsthumbnail");
    let mut times = Vec::new();
    for round in 0..rounds {
        let out = folder.path().join(format!("out {round}"));
        let what = BundleExport {
            post,
            channels: vec![channel],
            out: Some(out),
            override_reason: Some("bench".into()),
            ..Default::default()
        };
        let begun = Instant::now();
        let done = bundle::export(&db, &what, &Job::silent(), make::now())
            .await
            .unwrap();
        let ours = begun.elapsed().as_secs_f64();
        assert!(
            done.bundles[0].files.len() > 9,
            "nine pictures and the texts are there"
        );
        let out = tempfile::tempdir().unwrap();
        let args = ["-s", "1080x1440", "-m", "centre"];
        let theirs = if peer {
            vipsthumbnail(&paths, out.path(), &args).as_secs_f64()
        } else {
            0.0
        };
        eprintln!("bundle, round {}: {ours:.2} s, peer {theirs:.2} s", round + 1);
        times.push((ours, theirs));
    }
    let note = "9 photos of 12 MP to 1080×1440; peer: two processes, pictures only".to_owned();
    Row {
        what: "bundle export",
        peer: "vipsthumbnail",
        rounds: times,
        note,
    }
}

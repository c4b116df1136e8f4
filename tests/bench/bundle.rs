//! A bundle of nine photos for 小红书 beside `vipsthumbnail` making the same crops.

use std::{path::PathBuf, time::Instant};

use caoben::{
    bundle::{self, BundleExport},
    channel::{self, NewChannel},
    db::Db,
    job::Job,
    photo::{self, Fit, Frame, PhotoImport},
    post::{self, NewPost},
    retouch,
    value::Id,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use image::GenericImageView;
use tempfile::TempDir;

use crate::{Row, make, there, vipsthumbnail};

/// Nine photos in a new workspace.
async fn nine() -> (TempDir, Vec<PathBuf>, TempDir, Db, Vec<Id>) {
    let files = tempfile::tempdir().unwrap();
    let paths = make::photos(files.path(), 9, 9);
    let (folder, db) = make::workspace().await;
    let what = PhotoImport {
        paths: paths.clone(),
        ..Default::default()
    };
    let taken = photo::import(&db, &what, &Job::silent(), make::now())
        .await
        .unwrap()
        .imported;
    let photos = taken.iter().map(|photo| photo.id).collect();
    (files, paths, folder, db, photos)
}

/// The pictures alone, at a size no channel asks for, each as a bundle makes it.
pub async fn pictures(rounds: usize) -> Row {
    let (_files, paths, _folder, db, photos) = nine().await;
    let frame = Frame {
        width: Some(1242),
        height: Some(1660),
        fit: Fit::Crop,
    };
    let peer = there("vipsthumbnail");
    let mut times = Vec::new();
    for round in 0..rounds {
        let begun = Instant::now();
        let made: Vec<Vec<u8>> = stream::iter(&photos)
            .map(|id| retouch::render(&db, *id, frame, None))
            .buffered(2)
            .try_collect()
            .await
            .unwrap();
        let ours = begun.elapsed().as_secs_f64();
        for picture in &made {
            assert_eq!(
                image::load_from_memory(picture).unwrap().dimensions(),
                (1242, 1660)
            );
        }
        times.push((ours, theirs(peer, &paths, "1242x1660")));
        eprintln!("pictures, round {}: {:?}", round + 1, times.last());
    }
    Row {
        what: "pictures of a bundle",
        peer: "vipsthumbnail",
        rounds: times,
        note: "9 photos of 12 MP to 1242×1660, cropped, two at a time; peer: two processes".to_owned(),
    }
}

/// Seconds the peer takes for the same crops in two processes; 0 without it.
fn theirs(peer: bool, paths: &[PathBuf], size: &str) -> f64 {
    let out = tempfile::tempdir().unwrap();
    if peer {
        vipsthumbnail(paths, out.path(), &["-s", size, "-m", "centre"]).as_secs_f64()
    } else {
        0.0
    }
}

pub async fn measure(rounds: usize) -> Row {
    let (_files, paths, folder, db, photos) = nine().await;
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
        times.push((ours, theirs(peer, &paths, "1080x1440")));
        eprintln!("bundle, round {}: {:?}", round + 1, times.last());
    }
    let note = "9 photos of 12 MP to 1080×1440; peer: two processes, pictures only".to_owned();
    Row {
        what: "bundle export",
        peer: "vipsthumbnail",
        rounds: times,
        note,
    }
}

//! Photo import (read, hash, copy, thumbnail, fingerprint, row) beside `vipsthumbnail -s 512`, which makes the thumbnail only.

use std::time::Instant;

use caoben::{
    job::Job,
    photo::{self, PhotoImport},
};

use crate::{Row, make, there, vipsthumbnail};

pub async fn measure(rounds: usize) -> Row {
    let files = tempfile::tempdir().unwrap();
    let paths = make::photos(files.path(), 40);
    let peer = there("vipsthumbnail");
    let mut times = Vec::new();
    for round in 0..rounds {
        let (_folder, db) = make::workspace().await;
        let what = PhotoImport {
            paths: vec![files.path().to_owned()],
            ..Default::default()
        };
        let begun = Instant::now();
        let done = photo::import(&db, &what, &Job::silent(), make::now())
            .await
            .unwrap();
        let ours = begun.elapsed().as_secs_f64();
        assert_eq!(done.imported.len(), paths.len(), "all photos went in");
        let out = tempfile::tempdir().unwrap();
        let theirs = if peer {
            vipsthumbnail(&paths, out.path(), &["-s", "512"]).as_secs_f64()
        } else {
            0.0
        };
        eprintln!("import, round {}: {ours:.2} s, peer {theirs:.2} s", round + 1);
        times.push((ours, theirs));
    }
    let note = "40 JPEGs of 12 MP; peer: two processes, thumbnails only".to_owned();
    Row {
        what: "photo import",
        peer: "vipsthumbnail",
        rounds: times,
        note,
    }
}

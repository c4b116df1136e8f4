//! Photo import (read, hash, copy, thumbnail, fingerprint, row) beside `vipsthumbnail -s 512`, which makes the thumbnail only.

use std::time::Instant;

use caoben::{
    job::Job,
    photo::{self, PhotoImport},
};

use crate::{Row, make, memory, there, vipsthumbnail};

const PHOTOS: usize = 200;
const FACES: usize = 40;

pub async fn measure(rounds: usize) -> Row {
    let files = tempfile::tempdir().unwrap();
    let paths = make::photos(files.path(), PHOTOS, FACES);
    let peer = there("vipsthumbnail");
    let size: u64 = paths.iter().map(|path| path.metadata().unwrap().len()).sum();
    let mut times = Vec::new();
    let mut most = 0.0_f64;
    for round in 0..rounds {
        let (_folder, db) = make::workspace().await;
        let what = PhotoImport {
            paths: vec![files.path().to_owned()],
            ..Default::default()
        };
        memory::forget_peak();
        let begun = Instant::now();
        let done = photo::import(&db, &what, &Job::silent(), make::now())
            .await
            .unwrap();
        let ours = begun.elapsed().as_secs_f64();
        most = most.max(memory::peak());
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
    let note = format!(
        "{PHOTOS} JPEGs of 12 MP, {:.1} MB each; resident at most {most:.0} MB; peer: two processes, thumbnails only",
        size as f64 / 1e6 / PHOTOS as f64
    );
    Row {
        what: "photo import",
        peer: "vipsthumbnail",
        rounds: times,
        note,
    }
}

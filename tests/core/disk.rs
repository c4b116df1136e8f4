//! A full disk and a read-only one: a clear message, nothing lost, and work goes on when there is room again.
//!
//! Each test has a small disk of its own in memory. Where mounting one is not permitted the test says so and does nothing.
#![cfg(target_os = "linux")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use caoben::{
    Code,
    bundle::{self, BundleExport},
    job::Job,
    photo::{self, PhotoImport},
    post::{self, NewPost, PostPatch},
    product::{self, NewProduct, ProductFilter},
    workspace,
};
use image::{DynamicImage, ImageFormat, RgbImage};
use tempfile::TempDir;

use crate::{
    bundle::scene,
    support::{self, at},
};

/// A disk of few megabytes, taken away when dropped.
pub struct Disk(TempDir);

impl Disk {
    pub fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let done = Command::new("mount")
            .args([
                "-t",
                "tmpfs",
                "-o",
                &format!("size={size},mode=777"),
                "caoben-test",
            ])
            .arg(folder.path())
            .output();
        match done {
            Ok(done) if done.status.success() => Some(Self(folder)),
            _ => {
                println!("skipped: this user may not mount a disk");
                None
            }
        }
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills it to the last byte.
    fn fill(&self) -> Filler {
        let path = self.path().join("filler");
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .unwrap();
        for size in [65_536, 4_096, 1] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
        Filler(path)
    }

    pub fn remount(&self, how: &str) {
        let done = Command::new("mount")
            .args(["-o", &format!("remount,{how}")])
            .arg(self.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

/// What fills a disk; there is room again when it is dropped.
struct Filler(PathBuf);

impl Drop for Filler {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Noise that no format makes smaller: about 180 kB as PNG.
fn noise(seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let picture = RgbImage::from_fn(300, 200, |_, _| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        image::Rgb([state as u8, (state >> 8) as u8, (state >> 16) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(picture)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_disk_that_fills_up_during_an_import_keeps_what_is_in_and_the_rest_follows() {
    let Some(disk) = Disk::new("10m") else { return };
    let from = tempfile::tempdir().unwrap();
    for n in 0..40 {
        fs::write(from.path().join(format!("{n:02}.png")), noise(n)).unwrap();
    }
    let db = workspace::create(&disk.path().join("草本"), at("2026-11-22"))
        .await
        .unwrap();
    let what = PhotoImport {
        paths: vec![from.path().to_owned()],
        ..Default::default()
    };
    let done = photo::import(&db, &what, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    let stopped = done.stopped.expect("there is no room for all of it");
    assert_eq!(stopped.code, Code::DiskFull, "{stopped:?}");
    assert!(
        stopped.message.contains("磁盘满了") && stopped.message.contains("再导入一次"),
        "it says what to do: {}",
        stopped.message
    );
    assert!(!done.cancelled, "nobody cancelled it");
    let kept = photo::counts(&db).await.unwrap().all;
    assert!(
        kept > 5 && kept < 40,
        "what there was room for is in the library: {kept}"
    );
    assert_eq!(done.imported.len() as i64, kept, "and is listed");
    assert_eq!(done.left, 40 - kept, "and so many are not");
    let found = workspace::check(&db, &Job::silent()).await.unwrap();
    assert!(
        found.ok,
        "and it is whole, with nothing left over: {:?}",
        found.problems
    );

    disk.remount("size=32m");
    let rest = photo::import(&db, &what, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    assert_eq!(rest.duplicates.len() as i64, kept, "nothing goes in twice");
    assert_eq!(rest.imported.len() as i64, 40 - kept, "the rest goes in");
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
    db.close().await;
}

#[tokio::test]
async fn on_a_full_disk_photos_can_be_removed_and_the_room_comes_back() {
    for reopened in [false, true] {
        let Some(disk) = Disk::new("16m") else { return };
        let home = disk.path().join("草本");
        let from = tempfile::tempdir().unwrap();
        for n in 0..12 {
            fs::write(from.path().join(format!("{n:02}.png")), noise(n)).unwrap();
        }
        let before = workspace::create(&home, at("2026-11-22")).await.unwrap();
        let what = PhotoImport {
            paths: vec![from.path().to_owned()],
            ..Default::default()
        };
        let photos = photo::import(&before, &what, &Job::silent(), at("2026-11-22"))
            .await
            .unwrap()
            .imported;
        let ids: Vec<i64> = photos.iter().map(|photo| photo.id).collect();
        let open = if reopened {
            before.close().await;
            drop(before);
            None
        } else {
            Some(before)
        };
        let _filler = disk.fill();
        let db = match open {
            Some(db) => db,
            None => workspace::open(&home, at("2026-11-22"))
                .await
                .expect("it opens on a full disk"),
        };
        photo::remove(&db, &ids[..8], at("2026-11-22")).await.unwrap();
        let done = photo::empty_trash(&db, None).await.unwrap();
        assert_eq!((done.photos, done.left.len()), (8, 0), "{done:?}");
        assert!(free(disk.path()) > 1 << 20, "the room is there again");
        let new = NewProduct {
            name: "防晒霜".into(),
            ..Default::default()
        };
        product::create(&db, new, at("2026-11-22")).await.unwrap();
        let found = workspace::check(&db, &Job::silent()).await.unwrap();
        assert!(found.ok, "{:?}", found.problems);
        db.close().await;
    }
}

/// A workspace with twelve photos on this disk, closed again.
async fn closed(home: &Path) -> Vec<i64> {
    let from = tempfile::tempdir().unwrap();
    for n in 0..12 {
        fs::write(from.path().join(format!("{n:02}.png")), noise(n)).unwrap();
    }
    let db = workspace::create(home, at("2026-11-22")).await.unwrap();
    let what = PhotoImport {
        paths: vec![from.path().to_owned()],
        ..Default::default()
    };
    let done = photo::import(&db, &what, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    db.close().await;
    drop(db);
    done.imported.iter().map(|photo| photo.id).collect()
}

#[tokio::test]
async fn looking_at_a_full_disk_uses_up_nothing_that_removing_needs() {
    let Some(disk) = Disk::new("16m") else { return };
    let home = disk.path().join("草本");
    let ids = closed(&home).await;
    let reserve = || fs::metadata(home.join("caoben.reserve")).map_or(0, |known| known.len());
    let whole = reserve();
    assert!(whole >= 4 << 20, "it is kept from the first import on: {whole}");
    let mut filler = disk.fill();
    for round in 0..20 {
        let db = workspace::open_or_read(&home, at("2026-11-22")).await.unwrap();
        assert_eq!(photo::counts(&db).await.unwrap().all, 12, "{round}");
        let new = NewProduct {
            name: "防晒霜".into(),
            ..Default::default()
        };
        // Whether there is room for it or not.
        let _ = product::create(&db, new, at("2026-11-22")).await;
        // Another program takes every byte that is free meanwhile, and after.
        std::mem::forget(std::mem::replace(&mut filler, disk.fill()));
        db.close().await;
        drop(db);
        std::mem::forget(std::mem::replace(&mut filler, disk.fill()));
    }
    let db = workspace::open(&home, at("2026-11-22"))
        .await
        .expect("it still opens to be written");
    photo::remove(&db, &ids[..8], at("2026-11-22")).await.unwrap();
    let done = photo::empty_trash(&db, None).await.unwrap();
    assert_eq!((done.photos, done.left.len()), (8, 0), "{done:?}");
    db.close().await;
    drop(db);
    drop(filler);
    let db = workspace::open(&home, at("2026-11-22")).await.unwrap();
    db.close().await;
    drop(db);
    assert_eq!(reserve(), whole, "with room it is whole again");
}

#[tokio::test]
async fn a_full_disk_without_a_reserve_is_read_and_exported_from() {
    let Some(disk) = Disk::new("16m") else { return };
    let home = disk.path().join("草本");
    let ids = closed(&home).await;
    fs::remove_file(home.join("caoben.reserve")).unwrap();
    let filler = disk.fill();
    let elsewhere = tempfile::tempdir().unwrap();
    let db = workspace::open_or_read(&home, at("2026-11-22")).await.unwrap();
    assert_eq!(db.only_read(), Some(Code::DiskFull));
    assert_eq!(photo::counts(&db).await.unwrap().all, 12);
    let out = elsewhere.path().join("出.jpg");
    caoben::retouch::export(&db, ids[0], Default::default(), None, &out)
        .await
        .unwrap();
    let error = photo::remove(&db, &ids, at("2026-11-22")).await.unwrap_err();
    assert_eq!(error.code, Code::DiskFull);
    assert!(error.message.contains("腾出"), "it says what to do: {error}");
    db.close().await;
    drop(db);
    drop(filler);
    let db = workspace::open_or_read(&home, at("2026-11-22")).await.unwrap();
    assert_eq!(db.only_read(), None);
    db.close().await;
    drop(db);
}

#[tokio::test]
async fn a_backup_that_runs_out_of_room_on_the_way_says_that_the_disk_is_full() {
    let home = tempfile::tempdir().unwrap();
    closed(&home.path().join("草本")).await;
    let db = workspace::open(&home.path().join("草本"), at("2026-11-22"))
        .await
        .unwrap();
    for size in ["128k", "512k", "1m", "1500k", "2m"] {
        let Some(disk) = Disk::new(size) else { return };
        let file = disk.path().join("备份.zip");
        let error = workspace::backup(&db, &file, &Job::silent(), at("2026-11-22"))
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::DiskFull, "{size}: {error:?}");
        assert!(names(disk.path()).is_empty(), "{size}");
    }
}

/// How many bytes can be written there.
fn free(folder: &Path) -> u64 {
    let path = folder.join("probe");
    let mut file = fs::File::create(&path).unwrap();
    let mut written = 0;
    while file.write_all(&[1; 4096]).is_ok() {
        written += 4096;
    }
    fs::remove_file(&path).unwrap();
    written
}

#[tokio::test]
async fn a_post_that_finds_no_room_keeps_its_old_words_and_can_be_saved_later() {
    let Some(disk) = Disk::new("6m") else { return };
    let db = workspace::create(&disk.path().join("草本"), at("2026-11-22"))
        .await
        .unwrap();
    let old = NewPost {
        title: "七天".into(),
        body: "原来的话".into(),
        ..Default::default()
    };
    let id = post::create(&db, old, at("2026-11-22 10:00")).await.unwrap().id;
    let filler = disk.fill();
    let long = PostPatch {
        body: Some("防晒不搓泥。".repeat(60_000)),
        ..Default::default()
    };
    for _ in 0..2 {
        let error = post::edit(&db, id, long.clone(), at("2026-11-22 10:05"))
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::DiskFull, "{error:?}");
        assert!(error.message.contains("以前的内容都在"), "{}", error.message);
    }
    let now = post::get(&db, id).await.unwrap();
    assert_eq!(
        (now.body.as_str(), now.updated_at),
        ("原来的话", at("2026-11-22 10:00")),
        "what stood there is untouched"
    );
    assert_eq!(post::versions(&db, id).await.unwrap().len(), 1);

    drop(filler);
    let short = PostPatch {
        body: Some("新的话".into()),
        ..Default::default()
    };
    let saved = post::edit(&db, id, short, at("2026-11-22 10:06")).await.unwrap();
    assert_eq!(saved.body, "新的话", "with room it is saved without opening anew");
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
    db.close().await;
}

#[tokio::test]
async fn a_table_that_finds_no_room_goes_in_later() {
    let Some(disk) = Disk::new("6m") else { return };
    let db = workspace::create(&disk.path().join("草本"), at("2026-11-22"))
        .await
        .unwrap();
    let from = tempfile::tempdir().unwrap();
    let file = from.path().join("好物.csv");
    let rows: String = (0..600)
        .map(|n| format!("好物{n},{}\n", "说明".repeat(200)))
        .collect();
    fs::write(&file, format!("名称,备注\n{rows}")).unwrap();
    let filler = disk.fill();
    let error = product::import(&db, &file, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::DiskFull, "{error:?}");
    drop(filler);
    disk.remount("size=64m");
    let done = product::import(&db, &file, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    assert_eq!(
        done.imported.len() + done.duplicates.len(),
        600,
        "{:?}",
        done.refused
    );
    db.close().await;
}

#[tokio::test]
async fn a_backup_that_finds_no_room_leaves_the_older_one_and_nothing_half_written() {
    let Some(disk) = Disk::new("6m") else { return };
    let home = tempfile::tempdir().unwrap();
    let db = workspace::create(&home.path().join("草本"), at("2026-11-22"))
        .await
        .unwrap();
    let from = home.path().join("from");
    fs::create_dir(&from).unwrap();
    for n in 0..8 {
        fs::write(from.join(format!("{n}.png")), noise(n)).unwrap();
    }
    let what = PhotoImport {
        paths: vec![from],
        ..Default::default()
    };
    photo::import(&db, &what, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    let file = disk.path().join("备份.zip");
    let mut older = zip::ZipWriter::new(fs::File::create(&file).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    older.start_file("caoben.db", options).unwrap();
    older.finish().unwrap();
    let older = fs::read(&file).unwrap();
    let filler = disk.fill();
    let error = workspace::backup(&db, &file, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::DiskFull, "{error:?}");
    assert!(
        error.message.contains(&*disk.path().to_string_lossy()),
        "it names the disk that is full, not a file it only read: {}",
        error.message
    );
    assert_eq!(names(disk.path()), ["filler", "备份.zip"]);
    assert_eq!(fs::read(&file).unwrap(), older);
    assert!(
        names(&db.path("backups")).is_empty(),
        "the copy on the way is gone too"
    );
    assert_eq!(workspace::info(&db).await.unwrap().last_backup_at, None);
    drop(filler);
    workspace::backup(&db, &file, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();

    // The other way round: the workspace lies on the full disk.
    let full = disk.path().join("恢复");
    let tight = disk.fill();
    let error = workspace::restore(&file, &full, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::DiskFull, "{error:?}");
    assert_eq!(names(disk.path()), ["filler", "备份.zip"], "no half workspace");
    drop(tight);
    workspace::restore(&file, &full, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    let there = workspace::open(&full, at("2026-11-22")).await.unwrap();
    let _tight = disk.fill();
    let error = workspace::backup(
        &there,
        &home.path().join("b.zip"),
        &Job::silent(),
        at("2026-11-22"),
    )
    .await
    .unwrap_err();
    assert_eq!(error.code, Code::DiskFull, "{error:?}");
    assert!(names(&there.path("backups")).is_empty());
    assert!(!home.path().join("b.zip").exists());
    assert_eq!(photo::counts(&there).await.unwrap().all, 8);
}

#[tokio::test]
async fn a_bundle_that_finds_no_room_leaves_the_older_one_and_nothing_half_written() {
    let Some(disk) = Disk::new("6m") else { return };
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu"]).await;
    for zip in [false, true] {
        let what = BundleExport {
            post,
            channels: channels.clone(),
            out: Some(disk.path().to_owned()),
            zip,
            override_reason: Some("测试".into()),
        };
        let export = async || bundle::export(&db, &what, &Job::silent(), at("2026-11-22 10:00")).await;
        let first = export().await.unwrap();
        assert_eq!(first.bundles.len(), 1, "{first:?}");
        let dir = &first.bundles[0].dir;
        let before = (names(disk.path()), bytes(dir));
        let filler = disk.fill();
        let error = export().await.unwrap_err();
        assert_eq!(error.code, Code::DiskFull, "{error:?}");
        drop(filler);
        assert_eq!(
            (names(disk.path()), bytes(dir)),
            before,
            "the older bundle is whole and nothing lies beside it"
        );
        let written = bundle::list(&db, Some(post)).await.unwrap().len();
        export().await.unwrap();
        assert_eq!(
            bundle::list(&db, Some(post)).await.unwrap().len(),
            written + 1,
            "only what was written is recorded"
        );
    }
}

/// What a file or all files of a folder hold.
fn bytes(path: &Path) -> Vec<Vec<u8>> {
    if path.is_file() {
        return vec![fs::read(path).unwrap()];
    }
    names(path)
        .iter()
        .map(|name| fs::read(path.join(name)).unwrap())
        .collect()
}

#[tokio::test]
async fn a_workspace_on_a_full_disk_opens_or_says_why_and_a_new_one_is_refused() {
    let Some(disk) = Disk::new("6m") else { return };
    let home = disk.path().join("草本");
    let db = workspace::create(&home, at("2026-11-22")).await.unwrap();
    let input = NewProduct {
        name: "防晒霜".into(),
        ..Default::default()
    };
    product::create(&db, input, at("2026-11-22")).await.unwrap();
    db.close().await;
    drop(db);
    let filler = disk.fill();
    let error = workspace::create(&disk.path().join("另一个"), at("2026-11-22"))
        .await
        .err()
        .expect("no room for a second workspace");
    assert_eq!(error.code, Code::DiskFull, "{error:?}");
    match workspace::open(&home, at("2026-11-22")).await {
        Ok(db) => {
            assert_eq!(
                product::list(&db, &ProductFilter::default()).await.unwrap().len(),
                1
            );
            db.close().await;
        }
        Err(error) => assert_eq!(error.code, Code::DiskFull, "{error:?}"),
    }
    drop(filler);
    let db = workspace::open(&home, at("2026-11-22")).await.unwrap();
    assert_eq!(
        product::list(&db, &ProductFilter::default()).await.unwrap().len(),
        1
    );
    let again = workspace::create(&disk.path().join("另一个"), at("2026-11-22")).await;
    assert!(again.is_ok(), "what the refused one left behind is no obstacle");
}

#[tokio::test]
async fn a_read_only_disk_is_named_and_nothing_on_it_changes() {
    let Some(disk) = Disk::new("6m") else { return };
    let home = disk.path().join("草本");
    let other = tempfile::tempdir().unwrap();
    let db = workspace::create(&home, at("2026-11-22")).await.unwrap();
    let input = NewProduct {
        name: "防晒霜".into(),
        ..Default::default()
    };
    product::create(&db, input, at("2026-11-22")).await.unwrap();
    let backup = other.path().join("备份.zip");
    workspace::backup(&db, &backup, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    db.close().await;
    drop(db);
    let before = fs::read(home.join("caoben.db")).unwrap();
    disk.remount("ro");
    let elsewhere = disk.path().join("另一个");
    let attempts = [
        workspace::open(&home, at("2026-11-22")).await.err(),
        workspace::create(&elsewhere, at("2026-11-22")).await.err(),
        workspace::restore(&backup, &elsewhere, &Job::silent(), at("2026-11-22"))
            .await
            .err(),
    ];
    for error in attempts {
        let error = error.expect("nothing can be written there");
        assert_eq!(error.code, Code::ReadOnly, "{error:?}");
        assert!(error.message.contains("只读"), "{}", error.message);
    }
    assert_eq!(names(disk.path()), ["草本"]);
    assert_eq!(fs::read(home.join("caoben.db")).unwrap(), before);
    disk.remount("rw");
    let db = workspace::open(&home, at("2026-11-22")).await.unwrap();
    let target = disk.path().join("b.zip");
    workspace::backup(&db, &target, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    assert_eq!(
        product::list(&db, &ProductFilter::default()).await.unwrap().len(),
        1
    );
    db.close().await;
}

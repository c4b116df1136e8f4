//! Reading where writing is not possible: beside the process that writes, and on a disk that cannot be written.

use std::fs;

use caoben::{
    Code,
    bundle::{self, BundleExport},
    db::Db,
    job::Job,
    photo,
    product::{self, NewProduct},
    workspace,
};

use crate::{
    bundle::scene,
    support::{self, at},
};

async fn products(db: &Db) -> usize {
    product::list(db, &Default::default()).await.unwrap().len()
}

async fn add(db: &Db, name: &str) -> caoben::Result<product::Product> {
    let input = NewProduct {
        name: name.into(),
        ..Default::default()
    };
    product::create(db, input, at("2026-11-05")).await
}

#[tokio::test]
async fn a_reader_reads_beside_the_one_who_writes_and_sees_what_was_saved() {
    let (folder, db) = support::workspace().await;
    add(&db, "一").await.unwrap();
    let reader = workspace::open_or_read(db.folder(), at("2026-11-05"))
        .await
        .unwrap();
    assert_eq!(reader.only_read(), Some(Code::Busy));
    assert_eq!(products(&reader).await, 1);
    // In the middle of a write, what was saved before is read.
    let tx = db.begin().await.unwrap();
    assert_eq!(products(&reader).await, 1);
    drop(tx);
    add(&db, "二").await.unwrap();
    assert_eq!(products(&reader).await, 2);

    let error = add(&reader, "三").await.unwrap_err();
    assert_eq!(error.code, Code::Busy);
    let jpeg = folder.path().join("x.jpg");
    fs::write(&jpeg, crate::photo::jpeg(1, 80, 60)).unwrap();
    let what = photo::PhotoImport {
        paths: vec![jpeg],
        ..Default::default()
    };
    let error = photo::import(&reader, &what, &Job::silent(), at("2026-11-05")).await;
    assert_eq!(error.unwrap_err().code, Code::Busy);
    let photos = walkdir(&db.path("photos"));
    assert_eq!(photos, 0, "and no file lies there without a row");

    let file = folder.path().join("备份.zip");
    workspace::backup(&reader, &file, &Job::silent(), at("2026-11-05"))
        .await
        .expect("a backup is reading");
    assert!(file.exists());
    reader.close().await;
    add(&db, "三").await.expect("the writer was not kept up");
    db.close().await;
    drop(db);
    let alone = workspace::open_or_read(&folder.path().join("草本"), at("2026-11-05"))
        .await
        .unwrap();
    assert_eq!(
        alone.only_read(),
        None,
        "with nobody beside it is there to be written"
    );
    assert_eq!(products(&alone).await, 3);
}

fn walkdir(folder: &std::path::Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        count += match entry.file_type().unwrap().is_dir() {
            true => walkdir(&entry.path()),
            false => 1,
        };
    }
    count
}

#[cfg(target_os = "linux")]
mod disk {
    use super::*;
    use crate::disk::Disk;

    fn listing(folder: &std::path::Path) -> Vec<(String, u64)> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .flatten()
            .map(|e| {
                (
                    e.file_name().to_string_lossy().into_owned(),
                    e.metadata().unwrap().len(),
                )
            })
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_workspace_on_a_read_only_disk_is_listed_checked_exported_and_backed_up() {
        let Some(disk) = Disk::new("16m") else { return };
        let home = disk.path().join("草本");
        let outside = tempfile::tempdir().unwrap();
        let db = workspace::create(&home, at("2026-11-05")).await.unwrap();
        let (post, channels) = scene(&db, outside.path(), &["weibo"]).await;
        db.close().await;
        drop(db);
        let before = listing(&home);
        disk.remount("ro");

        let db = workspace::open_or_read(&home, at("2026-11-05")).await.unwrap();
        assert_eq!(db.only_read(), Some(Code::ReadOnly));
        assert_eq!(
            workspace::info(&db).await.unwrap().only_read,
            Some(Code::ReadOnly)
        );
        assert_eq!(products(&db).await, 1);
        let checked = workspace::check(&db, &Job::silent()).await.unwrap();
        assert!(checked.ok, "{:?}", checked.problems);
        let (bytes, _) = photo::read(&db, 1, photo::Size::Preview).await.unwrap();
        assert!(!bytes.is_empty());
        let picture = outside.path().join("出.jpg");
        caoben::retouch::export(&db, 1, Default::default(), None, &picture)
            .await
            .unwrap();
        let what = BundleExport {
            post,
            channels: channels.clone(),
            out: Some(outside.path().join("包")),
            zip: false,
            override_reason: Some("测试".into()),
        };
        let done = bundle::export(&db, &what, &Job::silent(), at("2026-11-05"))
            .await
            .unwrap();
        assert_eq!(done.bundles[0].id, None, "it is written and not in the book");
        assert!(done.bundles[0].dir.join("manifest.json").exists());
        let inside = BundleExport { out: None, ..what };
        let error = bundle::export(&db, &inside, &Job::silent(), at("2026-11-05")).await;
        assert_eq!(error.unwrap_err().code, Code::ReadOnly);
        let file = outside.path().join("备份.zip");
        let backup = workspace::backup(&db, &file, &Job::silent(), at("2026-11-05"))
            .await
            .unwrap();
        assert!(backup.problems.is_empty());
        assert_eq!(add(&db, "二").await.unwrap_err().code, Code::ReadOnly);
        db.close().await;
        assert_eq!(listing(&home), before, "and nothing there changed");
    }

    #[tokio::test]
    async fn what_was_saved_last_is_read_from_a_disk_that_was_pulled_out_while_it_was_open() {
        let Some(disk) = Disk::new("16m") else { return };
        let home = disk.path().join("草本");
        let db = workspace::create(&home, at("2026-11-05")).await.unwrap();
        for name in ["一", "二", "三"] {
            add(&db, name).await.unwrap();
        }
        // The log as a pulled disk has it: beside a database that knows nothing of it yet.
        let copy = disk.path().join("拔掉的");
        fs::create_dir(&copy).unwrap();
        for name in ["caoben.db", "caoben.db-wal"] {
            fs::copy(home.join(name), copy.join(name)).unwrap();
        }
        db.close().await;
        drop(db);
        disk.remount("ro");
        let before = listing(&copy);
        assert!(
            before
                .iter()
                .any(|(name, size)| name.ends_with("-wal") && *size > 0)
        );
        let db = workspace::open_or_read(&copy, at("2026-11-05")).await.unwrap();
        assert_eq!(products(&db).await, 3, "the log counts");
        db.close().await;
        assert_eq!(listing(&copy), before);
    }

    #[tokio::test]
    async fn a_workspace_of_an_earlier_version_is_read_from_a_disk_that_cannot_be_written() {
        let Some(disk) = Disk::new("16m") else { return };
        let home = disk.path().join("草本");
        crate::upgrade::thaw("schema-20261122090900.zip", &home);
        disk.remount("ro");
        let before = listing(&home);
        let db = workspace::open_or_read(&home, at("2026-11-23")).await.unwrap();
        assert_eq!(db.only_read(), Some(Code::ReadOnly));
        assert_eq!(photo::list(&db, &Default::default()).await.unwrap().len(), 2);
        db.close().await;
        assert_eq!(listing(&home), before);
    }
}

//! A workspace that came from a stranger: nothing in it reaches outside of its folder, and what was altered is named.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use caoben::{
    Code,
    bundle::{self, BundleExport},
    db::Db,
    job::Job,
    photo, shop, workspace,
};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    bundle::scene,
    support::{self, at},
};

/// A backup of a small workspace: two photos, a post with a link, a channel, a shop.
async fn backup(folder: &Path) -> (PathBuf, Vec<String>) {
    let (home, db) = support::workspace().await;
    let _ = scene(&db, home.path(), &["weibo"]).await;
    let hashes = photo::list(&db, &Default::default()).await.unwrap();
    let hashes = hashes.into_iter().map(|photo| photo.hash).collect();
    let input = shop::NewShop {
        kind: shop::ShopKind::Woocommerce,
        name: "小店".into(),
        url: "https://shop.example.com".into(),
        key_env: "SHOP_KEY".into(),
        secret_env: "SHOP_SECRET".into(),
        key: String::new(),
        secret: String::new(),
        ca: String::new(),
    };
    shop::create(&db, input, at("2026-11-02")).await.unwrap();
    let file = folder.join("备份.zip");
    workspace::backup(&db, &file, &Job::silent(), at("2026-11-03"))
        .await
        .unwrap();
    db.close().await;
    (file, hashes)
}

/// The same backup with its database changed by somebody who knows SQLite.
async fn altered(file: &Path, to: &Path, sql: &str) {
    let room = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    zip.extract(room.path()).unwrap();
    let mut conn = raw(&room.path().join("caoben.db")).await;
    for statement in ["PRAGMA ignore_check_constraints = on", sql] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(&mut conn)
            .await
            .unwrap();
    }
    conn.close().await.unwrap();
    let mut new = ZipWriter::new(std::fs::File::create(to).unwrap());
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names {
        new.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        new.write_all(&std::fs::read(room.path().join(&name)).unwrap())
            .unwrap();
    }
    new.finish().unwrap();
}

async fn raw(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(false)
        .connect()
        .await
        .unwrap()
}

/// Alters rows of an open workspace behind its back.
async fn slip(db: &Db, sql: &str) {
    let mut conn = raw(&db.path("caoben.db")).await;
    for statement in ["PRAGMA ignore_check_constraints = on", sql] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(&mut conn)
            .await
            .unwrap();
    }
    conn.close().await.unwrap();
}

async fn restore(file: &Path, there: &Path) -> caoben::Result<workspace::Restored> {
    workspace::restore(file, there, &Job::silent(), at("2026-11-04")).await
}

#[tokio::test]
async fn a_backup_whose_rows_lead_outside_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = backup(folder.path()).await;
    for sql in [
        "UPDATE photo SET hash = '../outside/victim' WHERE id = 1",
        "UPDATE photo SET hash = '/etc/passwd' WHERE id = 1",
        "UPDATE photo SET hash = upper(hash) WHERE id = 1",
        "UPDATE photo SET hash = hash || 'a' WHERE id = 1",
        "UPDATE photo SET format = '../../x' WHERE id = 1",
        "UPDATE photo SET format = 'jpeg.exe' WHERE id = 1",
        "INSERT INTO photo_theirs (hash, source, fingerprint, look, prints, width, height, camera) VALUES ('../x', 'brand', 0, x'', x'', 1, 1, '')",
        "UPDATE post SET code = '../../逃'",
        "UPDATE post SET code = 'a/b'",
        "UPDATE link SET code = '../qr'",
        "UPDATE channel SET platform = '../weibo'",
        "INSERT INTO bundle (post_id, channel_id, path, manifest, created_at) VALUES (1, 1, '../../x', '{}', 0)",
        "INSERT INTO bundle (post_id, channel_id, path, manifest, created_at) VALUES (1, 1, '\\\\server\\share', '{}', 0)",
        "INSERT INTO bundle (post_id, channel_id, path, manifest, created_at) VALUES (1, 1, 'bundles\\..\\..\\x', '{}', 0)",
        "CREATE TRIGGER mine AFTER INSERT ON post BEGIN DELETE FROM photo; END",
        "DROP TRIGGER product_sku_given",
        "CREATE TABLE loot (x TEXT) STRICT",
        "DROP VIEW photo_use; CREATE VIEW photo_use AS SELECT 1 AS photo_id, 1 AS post_id",
    ] {
        let (bad, there) = (folder.path().join("坏.zip"), folder.path().join("那里"));
        altered(&file, &bad, sql).await;
        let error = restore(&bad, &there).await.expect_err(sql);
        assert_eq!(error.code, Code::Unreadable, "{sql}: {error}");
        assert!(error.message.contains("没有恢复任何内容"), "{sql}: {error}");
        assert!(!there.exists(), "{sql}: nothing stays");
    }
    let there = folder.path().join("那里");
    let done = restore(&file, &there).await.expect("the honest backup");
    assert!(done.problems.is_empty(), "{:?}", done.problems);
}

#[tokio::test]
async fn addresses_of_another_kind_are_named_and_the_rest_is_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = backup(folder.path()).await;
    for (sql, place) in [
        ("UPDATE product SET url = 'javascript:alert(1)'", "product.url#1"),
        (
            "UPDATE link SET destination = 'file:///etc/passwd'",
            "link.destination#1",
        ),
        ("UPDATE link SET url = 'javascript:alert(1)'", "link.url#1"),
        (
            "INSERT INTO publication (post_id, channel_id, published_at, url, created_at) VALUES (1, 1, 0, 'file:///etc/passwd', 0)",
            "publication.url#1",
        ),
        (
            "INSERT INTO publication (post_id, channel_id, published_at, url, created_at) VALUES (1, 1, 0, '\\\\server\\share', 0)",
            "publication.url#1",
        ),
        ("UPDATE shop SET url = 'file:///etc'", "shop.url#1"),
    ] {
        let (bad, there) = (folder.path().join("坏.zip"), folder.path().join("那里"));
        altered(&file, &bad, sql).await;
        let done = restore(&bad, &there).await.expect(sql);
        let places: Vec<_> = done.problems.iter().map(|p| p.place.as_str()).collect();
        assert_eq!(places, [place], "{sql}");
        let db = workspace::open(&there, at("2026-11-04")).await.unwrap();
        let checked = workspace::check(&db, &Job::silent()).await.unwrap();
        assert_eq!(checked.problems[0].place, place, "and a check says it again");
        db.close().await;
        std::fs::remove_dir_all(&there).unwrap();
    }
}

#[tokio::test]
async fn an_address_that_is_none_of_the_web_is_never_handed_out() {
    let (folder, db) = support::workspace().await;
    let platforms = ["weibo", "wechat_article", "store", "x"];
    let (post, channels) = scene(&db, folder.path(), &platforms).await;
    slip(&db, "UPDATE link SET kind = 'url' WHERE kind = 'qr' AND id = 1").await;
    let body = "自购用了七天。\n\n[去看看](link:1)".to_owned();
    let patch = caoben::post::PostPatch {
        body: Some(body),
        ..Default::default()
    };
    caoben::post::edit(&db, post, patch, at("2026-11-22"))
        .await
        .unwrap();
    for bad in [
        "javascript:alert(1)",
        "ftp://shop.example/x",
        "file:///etc/passwd",
    ] {
        slip(&db, &format!("UPDATE link SET url = '{bad}'")).await;
        for (platform, channel) in platforms.iter().zip(&channels) {
            let links = caoben::link::list(&db, &Default::default()).await.unwrap();
            let link = links.iter().find(|link| link.channel == *channel).unwrap();
            let qr = caoben::link::qr_png(&db, link.id).await;
            assert!(
                matches!(qr.unwrap_err().code, Code::Unreadable | Code::Forbidden),
                "{platform}"
            );
            let found = caoben::check::check(&db, post, *channel, at("2026-11-22"))
                .await
                .unwrap()
                .findings;
            let told = found.iter().find(|finding| finding.rule == "link.address");
            let told = told.unwrap_or_else(|| panic!("{platform} {bad}: the check says it"));
            assert_eq!(told.severity, caoben::check::Severity::Block);
            let shown = caoben::render::render(&db, post, *channel).await.unwrap();
            let html = shown.html.unwrap_or_default();
            assert!(
                !shown.body.contains(bad) && !html.contains(bad),
                "{platform} {bad}"
            );
            let what = BundleExport {
                post,
                channels: vec![*channel],
                out: Some(folder.path().join("出")),
                zip: false,
                override_reason: Some("测试".into()),
            };
            let done = bundle::export(&db, &what, &Job::silent(), at("2026-11-04")).await;
            assert_eq!(done.unwrap_err().code, Code::Unreadable, "{platform} {bad}");
            let handed = bundle::handoff(&db, post, *channel).await;
            assert_eq!(handed.err().unwrap().code, Code::Unreadable, "{platform} {bad}");
        }
    }
    let written = std::fs::read_dir(folder.path().join("出")).map_or(0, |entries| entries.count());
    assert_eq!(written, 0);
}

#[tokio::test]
async fn what_acts_by_itself_on_this_computer_does_not_come_along() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = backup(folder.path()).await;
    let secret = tempfile::tempdir().unwrap();
    let bad = folder.path().join("坏.zip");
    let watch = format!(r#"{{"path":{:?},"source":"own"}}"#, secret.path());
    altered(
        &file,
        &bad,
        &format!(
            "INSERT INTO setting VALUES ('photo.watch', '{watch}');
             INSERT INTO setting VALUES ('shop_keys_id', '\"known\"') ON CONFLICT DO UPDATE SET value = '\"known\"';
             UPDATE shop SET url = 'https://evil.example.com', key_env = 'HOME', secret_env = 'PATH', ca = 'x', secret_place = 'key_store'"
        ),
    )
    .await;
    let there = folder.path().join("那里");
    let done = restore(&bad, &there).await.unwrap();
    assert_eq!(done.changed.len(), 2, "both are said: {:?}", done.changed);
    let db = workspace::open(&there, at("2026-11-04")).await.unwrap();
    assert!(photo::watched(&db).await.unwrap().is_none());
    let shops = shop::list(&db).await.unwrap();
    assert_eq!(shops[0].secret_place, caoben::secret::Place::Missing);
    let report = shop::sync(&db, &[], &Job::silent(), at("2026-11-04"))
        .await
        .unwrap();
    let said = report.shops[0].error.clone().unwrap_or_default();
    assert!(
        said.contains("密钥"),
        "it asks for the key before it asks the shop: {said}"
    );
    let mut conn = raw(&db.path("caoben.db")).await;
    let (names, id): (String, String) = sqlx::query_as(
        "SELECT key_env || secret_env || ca, (SELECT value FROM setting WHERE key = 'shop_keys_id') FROM shop",
    )
    .fetch_one(&mut conn)
    .await
    .unwrap();
    assert_eq!(names, "", "no variable of this computer is named any more");
    assert_ne!(
        id, "\"known\"",
        "nor is the name under which its key store knows the keys"
    );
}

#[tokio::test]
async fn a_row_that_leads_outside_is_held_wherever_it_is_used() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let victim = folder.path().join("outside/victim.jpg");
    std::fs::create_dir_all(victim.parent().unwrap()).unwrap();
    std::fs::write(&victim, crate::photo::jpeg(9, 80, 60)).unwrap();
    // From photos/<first two letters>/ three steps up lies the folder the workspace is in.
    slip(
        &db,
        "UPDATE photo SET hash = '../../../outside/victim' WHERE id = 1",
    )
    .await;
    for size in [photo::Size::Original, photo::Size::Thumb, photo::Size::Preview] {
        let read = photo::read(&db, 1, size).await;
        assert_eq!(read.unwrap_err().code, Code::Unreadable, "{size:?}");
    }
    let out = folder.path().join("出.jpg");
    assert!(
        caoben::retouch::export(&db, 1, Default::default(), None, &out)
            .await
            .is_err()
    );
    assert!(!out.exists());

    let file = folder.path().join("备份.zip");
    let done = workspace::backup(&db, &file, &Job::silent(), at("2026-11-03"))
        .await
        .unwrap();
    assert_eq!(
        done.problems.len(),
        2,
        "it is said that one is missing, and that no photo knows its file: {:?}",
        done.problems
    );
    let zip = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    for name in zip.file_names() {
        let name = name.unwrap();
        assert!(!name.contains("victim") && !name.contains(".."), "{name}");
    }
    let checked = workspace::check(&db, &Job::silent()).await.unwrap();
    let places: Vec<_> = checked.problems.iter().map(|p| p.place.as_str()).collect();
    assert!(places.contains(&"photo.hash#1"), "{places:?}");

    slip(
        &db,
        "DELETE FROM post_photo; DELETE FROM post_ref; UPDATE photo SET trashed_at = 1 WHERE id = 1",
    )
    .await;
    photo::empty_trash(&db, None).await.unwrap();
    assert!(victim.exists(), "and deleting the photo deletes nothing outside");

    for sql in [
        "UPDATE post SET code = '../../逃'",
        "UPDATE post SET code = 'ABCDE'; UPDATE link SET code = '../逃'",
    ] {
        slip(&db, sql).await;
        for zip in [false, true] {
            let what = BundleExport {
                post,
                channels: channels.clone(),
                out: Some(folder.path().join("出/里")),
                zip,
                override_reason: Some("测试".into()),
            };
            let done = bundle::export(&db, &what, &Job::silent(), at("2026-11-04")).await;
            if sql.contains("post SET code = '../") {
                assert_eq!(done.unwrap_err().code, Code::Unreadable, "{sql}");
            }
        }
    }
    let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
    let strays = entries.filter(|e| e.file_name().to_string_lossy().contains("逃"));
    assert_eq!(strays.count(), 0);

    slip(
        &db,
        "INSERT INTO bundle (post_id, channel_id, path, manifest, created_at) VALUES (1, 1, '../../x', '{}', 9), (1, 1, '\\\\server\\x', '{}', 8)",
    )
    .await;
    let paths: Vec<_> = bundle::list(&db, Some(post)).await.unwrap();
    assert!(
        paths.iter().filter(|b| b.path.is_empty()).count() == 2,
        "{paths:?}"
    );
}

#[tokio::test]
async fn an_archive_may_not_unpack_to_more_than_it_says_or_than_a_backup_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = backup(folder.path()).await;
    let there = folder.path().join("那里");

    // It says ten bytes and holds a hundred megabytes.
    let liar = folder.path().join("谎.zip");
    let mut zip = ZipWriter::new_append(copied(&file, &liar)).unwrap();
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file("photos/ab/zeros.jpg", options).unwrap();
    for _ in 0..100 {
        zip.write_all(&vec![0; 1 << 20]).unwrap();
    }
    zip.finish().unwrap();
    let mut bytes = std::fs::read(&liar).unwrap();
    let size = (100_u32 << 20).to_le_bytes();
    let said: Vec<usize> = (0..bytes.len() - 4)
        .filter(|at| bytes[*at..*at + 4] == size)
        .collect();
    assert!(!said.is_empty(), "the size stands in the archive");
    for at in said {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    std::fs::write(&liar, bytes).unwrap();
    assert_eq!(restore(&liar, &there).await.unwrap_err().code, Code::Unreadable);
    assert!(!there.exists());

    // It says what it is: two hundred megabytes in less than one.
    let bomb = folder.path().join("炸.zip");
    let mut zip = ZipWriter::new_append(copied(&file, &bomb)).unwrap();
    zip.start_file("photos/ab/zeros.jpg", options).unwrap();
    for _ in 0..200 {
        zip.write_all(&vec![0; 1 << 20]).unwrap();
    }
    zip.finish().unwrap();
    let error = restore(&bomb, &there).await.unwrap_err();
    assert_eq!(error.code, Code::Unreadable);
    assert!(error.message.contains("大得不像"), "{error}");
    assert!(!there.exists());
}

fn copied(from: &Path, to: &Path) -> std::fs::File {
    std::fs::copy(from, to).unwrap();
    std::fs::File::options().read(true).write(true).open(to).unwrap()
}

#[tokio::test]
async fn a_backup_and_a_restore_name_every_original_that_is_missing_or_altered() {
    let folder = tempfile::tempdir().unwrap();
    let (home, db) = support::workspace().await;
    let _ = scene(&db, home.path(), &["weibo"]).await;
    let photos = photo::list(&db, &Default::default()).await.unwrap();
    let original = |n: usize| format!("photos/{}/{}.jpg", &photos[n].hash[..2], photos[n].hash);
    std::fs::remove_file(db.path(original(0))).unwrap();
    std::fs::write(db.path(original(1)), "anders").unwrap();
    let file = folder.path().join("备份.zip");
    let done = workspace::backup(&db, &file, &Job::silent(), at("2026-11-03"))
        .await
        .unwrap();
    let mut wanted = vec![original(0), original(1)];
    wanted.sort();
    let places = |problems: &[workspace::Problem]| {
        let mut places: Vec<String> = problems.iter().map(|p| p.place.clone()).collect();
        places.sort();
        places
    };
    assert_eq!(places(&done.problems), wanted);
    let there = folder.path().join("那里");
    let restored = restore(&file, &there).await.unwrap();
    assert_eq!(places(&restored.problems), wanted, "the restore says it, too");
    assert_eq!(
        std::fs::read(there.join(original(1))).unwrap(),
        b"anders",
        "what is left is kept"
    );
}

#[tokio::test]
async fn a_backup_packs_no_link_that_leads_elsewhere() {
    let (folder, db) = support::workspace().await;
    let secret = folder.path().join("geheim.txt");
    std::fs::write(&secret, "geheim").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&secret, db.path("bundles/notiz.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), db.path("bundles/alles")).unwrap();
        let file = folder.path().join("备份.zip");
        workspace::backup(&db, &file, &Job::silent(), at("2026-11-03"))
            .await
            .unwrap();
        let zip = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
        assert_eq!(zip.len(), 1, "the database and nothing else");
    }
}

#[tokio::test]
async fn a_strangers_words_become_no_markup() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["wechat_article"]).await;
    slip(
        &db,
        "UPDATE post SET title = '\"><script>alert(1)</script>',
             body = '<script>alert(2)</script>' || char(10, 10) || '[点](javascript:alert(3)) <img src=x onerror=alert(4)> <a href=\"javascript:alert(5)\">x</a>'
                    || char(10, 10) || '![\"><script>alert(6)</script>](photo:1)' || char(10, 10) || '`<script>alert(7)</script>`'",
    )
    .await;
    let rendered = caoben::render::render(&db, post, channels[0]).await.unwrap();
    let html = rendered.html.expect("an article is HTML");
    let what = BundleExport {
        post,
        channels,
        out: Some(folder.path().join("出")),
        zip: false,
        override_reason: Some("测试".into()),
    };
    let done = bundle::export(&db, &what, &Job::silent(), at("2026-11-04"))
        .await
        .unwrap();
    let page = std::fs::read_to_string(done.bundles[0].dir.join("article.html")).unwrap();
    for html in [html, page] {
        for markup in [
            "<script",
            "<img src=x",
            "href=\"javascript",
            "href='javascript",
            "<a href=\"javascript",
        ] {
            assert!(!html.to_lowercase().contains(markup), "{markup} in {html}");
        }
    }
}

//! What was interrupted: a restore, an export, a creation. The next start finishes it or clears it away, and says nothing untrue.

use std::{
    fs,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use caoben::{Code, job::Job, photo, workspace};
use sqlx::{ConnectOptions, Connection};

use crate::{
    bundle::scene,
    support::{self, at},
};

/// A backup, and what it was made of.
async fn backup(folder: &Path, name: &str, platform: &str) -> (PathBuf, usize) {
    let (home, db) = support::workspace().await;
    let _ = scene(&db, home.path(), &[platform]).await;
    let file = folder.join(name);
    workspace::backup(&db, &file, &Job::silent(), at("2026-11-03"))
        .await
        .unwrap();
    let photos = photo::list(&db, &Default::default()).await.unwrap().len();
    db.close().await;
    (file, photos)
}

/// A folder as a restore leaves it that was ended after its first `moved` moves.
async fn torn(file: &Path, there: &Path, moved: usize) {
    workspace::restore(file, there, &Job::silent(), at("2026-11-04"))
        .await
        .unwrap();
    let room = there.join(".caoben-restore-abc123");
    fs::create_dir(&room).unwrap();
    let mut from = fs::File::open(file).unwrap();
    let bytes = from.metadata().unwrap().len();
    from.seek(SeekFrom::Start(bytes.saturating_sub(1 << 20))).unwrap();
    let mut end = Vec::new();
    from.read_to_end(&mut end).unwrap();
    let mark = serde_json::json!({
        "backup": format!("{bytes}-{}", blake3::hash(&end).to_hex()),
        "restored": { "folder": there, "problems": [], "changed": ["说过的"] },
    });
    fs::write(room.join("ready.json"), mark.to_string()).unwrap();
    for name in ["photos", "bundles", "backups", "caoben.db"].iter().skip(moved) {
        fs::rename(there.join(name), room.join(name)).unwrap();
    }
}

async fn is_whole(there: &Path, photos: usize) {
    let db = workspace::open(there, at("2026-11-05")).await.unwrap();
    let checked = workspace::check(&db, &Job::silent()).await.unwrap();
    assert!(checked.ok, "{:?}", checked.problems);
    assert_eq!(photo::list(&db, &Default::default()).await.unwrap().len(), photos);
    db.close().await;
    let rooms = fs::read_dir(there).unwrap().flatten();
    let left = rooms.filter(|e| e.file_name().to_string_lossy().starts_with(".caoben-"));
    assert_eq!(left.count(), 0, "the room it was unpacked in is gone");
}

#[tokio::test]
async fn a_restore_that_was_ended_anywhere_can_be_run_again_or_opened() {
    let folder = tempfile::tempdir().unwrap();
    let (file, photos) = backup(folder.path(), "一.zip", "weibo").await;
    let (other, _) = backup(folder.path(), "二.zip", "xiaohongshu").await;
    for moved in 0..4 {
        for again in ["restore", "open", "create"] {
            let there = folder.path().join(format!("{moved}-{again}"));
            torn(&file, &there, moved).await;
            let wrong = workspace::restore(&other, &there, &Job::silent(), at("2026-11-04")).await;
            assert_eq!(
                wrong.unwrap_err().code,
                Code::Conflict,
                "another backup is not mixed in"
            );
            match again {
                "restore" => {
                    let done = workspace::restore(&file, &there, &Job::silent(), at("2026-11-04"))
                        .await
                        .unwrap();
                    assert_eq!(done.changed, ["说过的"], "what was to be said is still said");
                }
                "open" => drop(workspace::open(&there, at("2026-11-04")).await.unwrap()),
                _ => drop(workspace::create(&there, at("2026-11-04")).await.unwrap()),
            }
            is_whole(&there, photos).await;
        }
    }
}

#[tokio::test]
async fn a_restore_that_was_ended_while_it_unpacked_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (file, photos) = backup(folder.path(), "一.zip", "weibo").await;
    let there = folder.path().join("那里");
    let room = there.join(".caoben-restore-abc123");
    fs::create_dir_all(room.join("photos/ab")).unwrap();
    fs::write(room.join("caoben.db"), "half").unwrap();
    workspace::restore(&file, &there, &Job::silent(), at("2026-11-04"))
        .await
        .unwrap();
    is_whole(&there, photos).await;
}

async fn refused(home: &Path) -> String {
    let before = fs::read(home.join("caoben.db")).unwrap();
    let mut said = String::new();
    for way in ["open", "create"] {
        let error = match way {
            "open" => workspace::open(home, at("2026-11-05")).await.err(),
            _ => workspace::create(home, at("2026-11-05")).await.err(),
        };
        let error = error.unwrap_or_else(|| panic!("{way} must not take it for a good workspace"));
        assert_eq!(error.code, Code::Unreadable, "{way}: {error}");
        assert!(error.message.contains("没有改动"), "{way}: {error}");
        said = error.message;
    }
    assert_eq!(
        fs::read(home.join("caoben.db")).unwrap(),
        before,
        "nothing was written to it"
    );
    said
}

#[tokio::test]
async fn an_empty_database_beside_photos_is_no_workspace() {
    let (folder, db) = support::workspace().await;
    let _ = scene(&db, folder.path(), &["weibo"]).await;
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    fs::write(home.join("caoben.db"), "").unwrap();
    assert!(refused(&home).await.contains("备份"), "it says what to do");

    // One that SQLite made and nobody wrote to.
    fs::remove_file(home.join("caoben.db")).unwrap();
    let mut conn = sqlite(&home.join("caoben.db")).await;
    sqlx::raw_sql("CREATE TABLE x (y); DROP TABLE x; PRAGMA user_version = 1")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    assert!(refused(&home).await.contains("备份"));
}

#[tokio::test]
async fn a_creation_that_was_ended_at_its_first_byte_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("草本");
    fs::create_dir_all(home.join("photos")).unwrap();
    fs::write(home.join("caoben.db"), "").unwrap();
    let db = workspace::create(&home, at("2026-11-05")).await.unwrap();
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
}

#[tokio::test]
async fn another_programs_database_is_left_alone() {
    for (sql, what) in [
        (
            "CREATE TABLE message (id INTEGER PRIMARY KEY, text TEXT)",
            "tables of its own",
        ),
        (
            "PRAGMA application_id = 1196444487; CREATE TABLE gpkg_contents (x)",
            "its own id",
        ),
        (
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT, installed_on TIMESTAMP, success BOOLEAN, checksum BLOB, execution_time BIGINT);
             INSERT INTO _sqlx_migrations VALUES (1, 'init', 0, 1, x'00', 0); CREATE TABLE customer (id INTEGER)",
            "a table that many programs have",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("caoben.db");
        let mut conn = sqlite(&file).await;
        sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        assert!(refused(folder.path()).await.contains("别的程序"), "{what}");
    }
}

async fn sqlite(file: &Path) -> sqlx::SqliteConnection {
    sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .connect()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_workspace_says_whose_it_is_also_one_from_before() {
    let (_folder, db) = support::workspace().await;
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    let of = async || {
        let mut conn = sqlite(&home.join("caoben.db")).await;
        let id: i64 = sqlx::query_scalar("PRAGMA application_id")
            .fetch_one(&mut conn)
            .await
            .unwrap();
        (conn, id)
    };
    let (mut conn, id) = of().await;
    assert_eq!(id, caoben::db::APPLICATION);
    sqlx::raw_sql("PRAGMA application_id = 0")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    workspace::open(&home, at("2026-11-05"))
        .await
        .unwrap()
        .close()
        .await;
    assert_eq!(
        of().await.1,
        caoben::db::APPLICATION,
        "an older one is marked when it is opened"
    );
}

#[tokio::test]
async fn what_an_interrupted_run_left_is_gone_after_the_next_opening_and_nothing_else() {
    let (_folder, db) = support::workspace().await;
    let home = db.folder().to_owned();
    // As after a kill: it was never closed.
    drop(db);
    let left = [
        "photos/ab/.caoben-x1y2z3",
        "photos/thumb/ab/.tmpAb12Cd",
        "bundles/.caoben-q/new/01.jpg",
        "backups/.tmpQ1w2E3/caoben.db",
        "backups/.caoben-z9",
        "backups/caoben-20261122090900-2026-11-23.db.part",
        ".caoben-restore-old/photos/ab/x.jpg",
    ];
    let kept = [
        "photos/ab/.notiz",
        "bundles/.tmp",
        "bundles/mein.tmpAb12Cd",
        "backups/b.zip",
    ];
    for name in left.iter().chain(&kept) {
        let path = home.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    workspace::open(&home, at("2026-11-05"))
        .await
        .unwrap()
        .close()
        .await;
    for name in left {
        assert!(!home.join(name).exists(), "{name}");
    }
    for name in kept {
        assert!(home.join(name).exists(), "{name} is somebody's own");
    }
    for gone in ["bundles/.caoben-q", "backups/.tmpQ1w2E3", ".caoben-restore-old"] {
        assert!(!home.join(gone).exists(), "{gone}");
    }
}

#[tokio::test]
async fn a_bundle_whose_row_is_not_kept_does_not_stay_and_the_older_one_comes_back() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    for zip in [false, true] {
        for worked_in in [false, true] {
            let out = folder.path().join(format!("出 {zip} {worked_in}"));
            let what = caoben::bundle::BundleExport {
                post,
                channels: channels.clone(),
                out: Some(out.clone()),
                zip,
                override_reason: Some("测试".into()),
            };
            let export = async || caoben::bundle::export(&db, &what, &Job::silent(), at("2026-11-05")).await;
            let rows = async || caoben::bundle::list(&db, None).await.unwrap().len();

            let before = rows().await;
            refuse_rows(&db, true).await;
            assert!(export().await.is_err());
            assert_eq!(names(&out), Vec::<String>::new(), "nothing stays under its name");

            refuse_rows(&db, false).await;
            let dir = export().await.unwrap().bundles[0].dir.clone();
            if worked_in && !zip {
                fs::write(dir.join("我的.txt"), "eigenes").unwrap();
            }
            let there = (names(&out), contents(&dir));
            caoben::post::edit(
                &db,
                post,
                caoben::post::PostPatch {
                    body: Some(format!("另一段话 {zip} {worked_in}")),
                    ..Default::default()
                },
                at("2026-11-05"),
            )
            .await
            .unwrap();
            refuse_rows(&db, true).await;
            assert!(export().await.is_err());
            assert_eq!(
                (names(&out), contents(&dir)),
                there,
                "the older one lies there as before"
            );
            refuse_rows(&db, false).await;
            export().await.unwrap();
            assert_ne!(contents(&dir), there.1, "and now the new one");
            assert_eq!(rows().await, before + 2, "a row for each that was kept");
        }
    }
}

/// Makes the book of bundles refuse, or not.
async fn refuse_rows(db: &caoben::db::Db, refuse: bool) {
    let mut tx = db.begin().await.unwrap();
    let sql = match refuse {
        true => "CREATE TRIGGER no_bundle BEFORE INSERT ON bundle BEGIN SELECT RAISE(ABORT, 'no'); END",
        false => "DROP TRIGGER no_bundle",
    };
    sqlx::query(sql).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn contents(path: &Path) -> Vec<Vec<u8>> {
    if path.is_file() {
        return vec![fs::read(path).unwrap()];
    }
    names(path)
        .iter()
        .map(|name| fs::read(path.join(name)).unwrap())
        .collect()
}

#[tokio::test]
async fn a_fresh_database_beside_photos_is_told_by_the_backup_too() {
    let (folder, db) = support::workspace().await;
    let _ = scene(&db, folder.path(), &["weibo"]).await;
    let file = folder.path().join("一.zip");
    let whole = workspace::backup(&db, &file, &Job::silent(), at("2026-11-03"))
        .await
        .unwrap();
    assert!(
        whole.problems.is_empty(),
        "a whole one has nothing to tell: {:?}",
        whole.problems
    );
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    let fresh = folder.path().join("新的");
    workspace::create(&fresh, at("2026-11-03"))
        .await
        .unwrap()
        .close()
        .await;
    fs::copy(fresh.join("caoben.db"), home.join("caoben.db")).unwrap();
    let db = workspace::open(&home, at("2026-11-03")).await.unwrap();
    let done = workspace::backup(
        &db,
        &folder.path().join("二.zip"),
        &Job::silent(),
        at("2026-11-03"),
    )
    .await
    .unwrap();
    let [told] = done.problems.as_slice() else {
        panic!("one sentence for all of them: {:?}", done.problems)
    };
    assert!(told.what.contains("3 个文件"), "{}", told.what);
    assert_eq!(done.files, 1 + 3 + 3, "and they are packed all the same");
}

#[tokio::test]
async fn a_backup_whose_database_does_not_open_is_said_to_be_at_fault_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = backup(folder.path(), "一.zip", "weibo").await;
    let room = folder.path().join("开");
    let mut zip = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    zip.extract(&room).unwrap();
    let good = fs::read(room.join("caoben.db")).unwrap();
    for (name, harm) in [
        (
            "row",
            "DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)",
        ),
        ("checksum", "UPDATE _sqlx_migrations SET checksum = x'00'"),
        (
            "newer",
            "UPDATE _sqlx_migrations SET version = 99991231000000 WHERE version = (SELECT max(version) FROM _sqlx_migrations)",
        ),
        ("text", ""),
        ("cut", ""),
    ] {
        let database = room.join("caoben.db");
        fs::write(&database, &good).unwrap();
        match name {
            "text" => fs::write(&database, "这不是数据库".repeat(500)).unwrap(),
            "cut" => fs::write(&database, &good[..good.len() / 2]).unwrap(),
            _ => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&database);
                let mut conn = options.connect().await.unwrap();
                sqlx::raw_sql(sqlx::AssertSqlSafe(harm.to_owned()))
                    .execute(&mut conn)
                    .await
                    .unwrap();
                conn.close().await.unwrap();
            }
        }
        let bad = folder.path().join(format!("{name}.zip"));
        let mut new = zip::ZipWriter::new(fs::File::create(&bad).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        new.start_file("caoben.db", options).unwrap();
        std::io::Write::write_all(&mut new, &fs::read(&database).unwrap()).unwrap();
        new.finish().unwrap();
        let there = folder.path().join("那里");
        let error = workspace::restore(&bad, &there, &Job::silent(), at("2026-11-04"))
            .await
            .unwrap_err();
        let said = &error.message;
        assert!(said.contains("没有恢复任何内容"), "{name}: {said}");
        assert!(
            !said.contains("backups") && !said.contains("工作区检查"),
            "{name}: what it speaks of is there: {said}"
        );
        assert_eq!(said.contains("更新版本"), name == "newer", "{name}: {said}");
        assert!(!there.exists(), "{name}");
    }
}

#[tokio::test]
async fn a_check_of_a_damaged_database_says_what_is_damaged_and_does_not_send_to_itself() {
    let (folder, db) = support::workspace().await;
    let rows: String = (0..400)
        .map(|n| format!("好物{n},{}\n", "说明".repeat(40)))
        .collect();
    let table = folder.path().join("好物.csv");
    fs::write(&table, format!("名称,备注\n{rows}")).unwrap();
    caoben::product::import(&db, &table, &Job::silent(), at("2026-11-03"))
        .await
        .unwrap();
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    let good = fs::read(home.join("caoben.db")).unwrap();
    let (mut opened, mut found) = (0, 0);
    for page in (1..good.len() / 4096).step_by(9) {
        let mut bad = good.clone();
        bad[page * 4096..(page + 1) * 4096].fill(0x5a);
        fs::write(home.join("caoben.db"), &bad).unwrap();
        match workspace::open(&home, at("2026-11-03")).await {
            Err(error) => {
                assert!(!error.message.contains("工作区检查"), "{page}: {error}");
            }
            Ok(db) => {
                opened += 1;
                let checked = workspace::check(&db, &Job::silent()).await;
                let checked = checked.unwrap_or_else(|error| panic!("{page}: {error}"));
                found += usize::from(!checked.ok);
                db.close().await;
            }
        }
    }
    assert!(opened > 0 && found > 0, "{opened} opened, {found} found");
}

//! Workspace 工作区: one folder, one process, nothing lost.

use caoben::{Code, job::Job, workspace};
use sqlx::{ConnectOptions, Connection};

use crate::support;

#[tokio::test]
async fn a_new_workspace_has_its_folders_and_opens_again() {
    let (folder, db) = support::workspace().await;
    let home = db.folder().to_owned();
    for inside in ["caoben.db", "photos", "bundles", "backups"] {
        assert!(home.join(inside).exists(), "{inside} belongs to a workspace");
    }
    workspace::set_setting(&db, "look.theme", "\"dark\"")
        .await
        .unwrap();
    db.close().await;
    drop(db);
    let again = workspace::open(&home, support::at("2026-11-02")).await.unwrap();
    assert_eq!(
        workspace::setting(&again, "look.theme").await.unwrap().as_deref(),
        Some("\"dark\"")
    );
    assert_eq!(workspace::setting(&again, "never.set").await.unwrap(), None);
    drop(folder);
}

#[tokio::test]
async fn the_second_opener_is_told_to_close_the_first() {
    let (_folder, db) = support::workspace().await;
    let error = workspace::open(db.folder(), support::at("2026-11-02"))
        .await
        .err()
        .expect("refused");
    assert_eq!(error.code, Code::Busy);
    assert!(
        error.message.contains("关闭"),
        "the sentence says what to do: {}",
        error.message
    );
}

#[tokio::test]
async fn a_foreign_folder_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("论文.docx"), "x").unwrap();
    let now = support::at("2026-11-02");
    assert_eq!(
        workspace::create(folder.path(), now).await.err().unwrap().code,
        Code::Conflict
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing was put there"
    );
    assert_eq!(
        workspace::open(folder.path(), now).await.err().unwrap().code,
        Code::NotFound
    );
    let file = folder.path().join("论文.docx");
    assert!(
        workspace::create(&file.join("里面"), now).await.is_err(),
        "a file is no folder"
    );
}

#[tokio::test]
async fn a_damaged_database_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("caoben.db");
    std::fs::write(&file, "这不是数据库".repeat(500)).unwrap();
    let error = workspace::open(folder.path(), support::at("2026-11-02"))
        .await
        .err()
        .unwrap();
    assert_eq!(error.code, Code::Internal);
    assert!(
        error.message.contains("备份"),
        "it says what to do: {}",
        error.message
    );
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "这不是数据库".repeat(500)
    );
}

#[tokio::test]
async fn a_backup_restored_elsewhere_is_the_same_workspace() {
    let (folder, db) = support::workspace().await;
    let input = caoben::product::NewProduct {
        name: "口红 💄".to_owned(),
        ..Default::default()
    };
    caoben::product::create(&db, input, support::at("2026-11-02"))
        .await
        .unwrap();
    std::fs::create_dir_all(db.path("photos/ab")).unwrap();
    std::fs::write(db.path("photos/ab/x.jpg"), b"picture").unwrap();
    let (file, there, now) = (
        folder.path().join("备份.zip"),
        folder.path().join("别处"),
        support::at("2026-11-03"),
    );
    workspace::backup(&db, &file, &Job::silent(), now).await.unwrap();
    assert_eq!(workspace::info(&db).await.unwrap().last_backup_at, Some(now));
    workspace::restore(&file, &there, &Job::silent(), now)
        .await
        .unwrap();
    let copy = workspace::open(&there, now).await.unwrap();
    let of = async |db| {
        serde_json::to_string(&caoben::product::list(db, &Default::default()).await.unwrap()).unwrap()
    };
    assert_eq!(of(&db).await, of(&copy).await);
    assert_eq!(std::fs::read(there.join("photos/ab/x.jpg")).unwrap(), b"picture");
    assert_eq!(
        caoben::search::search(&copy, "口红", &[], 5).await.unwrap().len(),
        1,
        "the index came along"
    );
    let error = workspace::restore(&file, &there, &Job::silent(), now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Conflict, "a workspace is never overwritten");
}

#[tokio::test]
async fn a_damaged_or_hostile_backup_leaves_nothing_behind() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let (file, there, now) = (
        folder.path().join("坏.zip"),
        folder.path().join("家/工作区"),
        support::at("2026-11-03"),
    );
    std::fs::write(&file, "不是压缩包").unwrap();
    let error = workspace::restore(&file, &there, &Job::silent(), now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Unreadable);
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&file).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for name in ["caoben.db", "../../逃.txt"] {
        zip.start_file(name, options).unwrap();
        zip.write_all(b"x").unwrap();
    }
    zip.finish().unwrap();
    let error = workspace::restore(&file, &there, &Job::silent(), now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Unreadable);
    assert!(!there.exists() && !folder.path().join("逃.txt").exists());
    let left = std::fs::read_dir(folder.path().join("家")).unwrap().count();
    assert_eq!(left, 0, "no half-restored folder stays");
}

#[tokio::test]
async fn the_check_finds_a_reference_to_nothing() {
    let (_folder, db) = support::workspace().await;
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    let mut conn = connect(&home).await;
    sqlx::query("PRAGMA foreign_keys = off")
        .execute(&mut conn)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO price (product_id, amount, kind, seen_at, created_at) VALUES (404, 1, 'paid', 0, 0)",
    )
    .execute(&mut conn)
    .await
    .unwrap();
    conn.close().await.unwrap();
    let db = workspace::open(&home, support::at("2026-11-02")).await.unwrap();
    let found = workspace::check(&db, &Job::silent()).await.unwrap();
    assert!(
        !found.ok && found.problems[0].place.starts_with("price"),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let (_folder, db) = support::workspace().await;
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    let mut conn = connect(&home).await;
    sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99991231000000, 'later', 1, x'00', 0)")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    let error = workspace::open(&home, support::at("2026-11-03"))
        .await
        .err()
        .unwrap();
    assert!(error.message.contains("升级"), "{}", error.message);
}

async fn connect(home: &std::path::Path) -> sqlx::SqliteConnection {
    sqlx::sqlite::SqliteConnectOptions::new()
        .filename(home.join("caoben.db"))
        .connect()
        .await
        .unwrap()
}

#[tokio::test]
async fn another_process_is_told_to_close_the_first_and_gets_in_after_it() {
    let (_folder, db) = support::workspace().await;
    let home = db.folder().to_owned();
    let other = || {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "workspace::what_the_other_process_does", "--ignored"])
            .env("CAOBEN_TEST_HOME", &home)
            .output()
            .unwrap()
            .status
            .success()
    };
    assert!(!other(), "it is open here");
    db.close().await;
    drop(db);
    assert!(other(), "it was closed here");
}

#[tokio::test]
#[ignore = "the other half of the test above, run by it in a process of its own"]
async fn what_the_other_process_does() {
    let home = std::path::PathBuf::from(std::env::var_os("CAOBEN_TEST_HOME").expect("a workspace"));
    assert!(workspace::open(&home, support::at("2026-11-02")).await.is_ok());
}

#[tokio::test]
async fn nothing_that_comes_into_the_target_while_a_backup_unpacks_is_lost() {
    let (folder, db) = support::workspace().await;
    let now = support::at("2026-11-03");
    let file = folder.path().join("备份.zip");
    workspace::backup(&db, &file, &Job::silent(), now).await.unwrap();

    let there = folder.path().join("别处");
    let (target, runtime) = (there.clone(), tokio::runtime::Handle::current());
    let job = Job::new(move |_| {
        let refused = runtime.block_on(workspace::create(&target, now)).err();
        assert_eq!(refused.map(|e| e.code), Some(Code::Busy), "the place is taken");
        std::fs::write(target.join("论文.docx"), "x").unwrap();
    });
    let error = workspace::restore(&file, &there, &job, now).await.unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    let left: Vec<_> = std::fs::read_dir(&there)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(left, ["论文.docx"], "what came meanwhile stays, and nothing else");

    std::fs::remove_file(there.join("论文.docx")).unwrap();
    std::fs::create_dir(there.join("photos")).unwrap();
    std::fs::write(there.join(".DS_Store"), "x").unwrap();
    workspace::restore(&file, &there, &Job::silent(), now)
        .await
        .unwrap();
    workspace::open(&there, now)
        .await
        .expect("the restored workspace");
    let room = |name: String| name.starts_with(".caoben-restore-");
    let mut names = std::fs::read_dir(&there)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap());
    assert!(!names.any(room), "the room it was unpacked in is gone");
}

fn names_in(file: &std::path::Path) -> Vec<String> {
    let zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    zip.file_names().map(|name| name.unwrap().into_owned()).collect()
}

#[tokio::test]
async fn a_backup_holds_neither_half_written_files_nor_itself() {
    let (folder, db) = support::workspace().await;
    let now = support::at("2026-11-03");
    for half in ["photos/ab/.caoben-x1", "bundles/.caoben-y2/new/01.jpg"] {
        std::fs::create_dir_all(db.path(half).parent().unwrap()).unwrap();
        std::fs::write(db.path(half), "half").unwrap();
    }
    for inside in ["bundles/b.zip", "photos/neu/b.zip", "caoben.db"] {
        let error = workspace::backup(&db, &db.path(inside), &Job::silent(), now)
            .await
            .unwrap_err();
        assert_eq!(
            (error.code, error.field),
            (Code::Invalid, Some("file")),
            "{inside}"
        );
    }
    assert!(!db.path("photos/neu").exists() && !db.path("bundles/b.zip").exists());
    let file = db.path("backups/一.zip");
    workspace::backup(&db, &file, &Job::silent(), now).await.unwrap();
    workspace::backup(&db, &file, &Job::silent(), now).await.unwrap();
    assert_eq!(names_in(&file), ["caoben.db"]);
    drop(folder);
}

#[tokio::test]
async fn a_backup_has_the_trash_too_goes_on_when_a_file_vanishes_and_says_so() {
    let (folder, db) = support::workspace().await;
    let now = support::at("2026-11-03");
    let sources = [0, 1, 2].map(|n| folder.path().join(format!("{n}.jpg")));
    for (seed, path) in (30..).zip(&sources) {
        std::fs::write(path, crate::photo::jpeg(seed, 80, 60)).unwrap();
    }
    let paths = sources.each_ref().map(std::path::PathBuf::as_path);
    let photos = crate::photo::import(&db, &paths).await.imported;
    let hash = |n: usize| photos[n].hash.clone();
    let original = |n: usize| format!("photos/{}/{}.jpg", &hash(n)[..2], hash(n));

    // One lies in the trash from the start; at the first step the file of another vanishes.
    let (home, gone) = (db.folder().to_owned(), std::sync::Once::new());
    let mut order: Vec<usize> = vec![0, 1, 2];
    order.sort_by_key(|n| original(*n));
    let (binned, lost) = (order[1], order[2]);
    caoben::photo::remove(&db, &[photos[binned].id], now)
        .await
        .unwrap();
    let vanishing = original(lost);
    let last = std::sync::Arc::new(std::sync::Mutex::new(caoben::job::Progress::default()));
    let seen = last.clone();
    let job = Job::new(move |progress| {
        gone.call_once(|| std::fs::rename(home.join(&vanishing), home.join("weg.jpg")).unwrap());
        *seen.lock().unwrap() = progress;
    });
    let file = folder.path().join("备份.zip");
    workspace::backup(&db, &file, &job, now).await.unwrap();
    let names = names_in(&file);
    assert!(
        names.contains(&original(order[0])) && names.contains(&original(binned)),
        "{names:?}"
    );
    assert!(!names.contains(&original(lost)));
    let last = last.lock().unwrap().clone();
    assert_eq!(last.failed, 1, "{last:?}");
    assert!(last.note.contains(&hash(lost)), "{last:?}");
}

#[tokio::test]
async fn the_salt_of_buyers_is_nobodys_to_read_and_tells_people_apart() {
    let (_folder, db) = support::workspace().await;
    let salt = caoben::buyer::Salt::of(&db).await.unwrap();
    for key in ["buyer_salt", "buyer_keys", "workspace_id"] {
        let read = workspace::setting(&db, key).await.unwrap_err().code;
        let written = workspace::set_setting(&db, key, "[]").await.unwrap_err().code;
        assert_eq!((read, written), (Code::Forbidden, Code::Forbidden), "{key}");
    }
    assert_eq!(salt.hash("138 0013-8000"), salt.hash("13800138000"));
    assert_ne!(salt.hash("li-na@qq.com"), salt.hash("lina@qq.com"));
}

//! A workspace of an earlier version, frozen as its database was, opens with everything in it.

use std::{io::Read, path::Path};

use caoben::{photo, post, product, trial, workspace};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use crate::support;

/// Unpacks a frozen database of `tests/fixtures/workspace` into a folder.
pub fn thaw(name: &str, home: &Path) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/workspace")
        .join(name);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut bytes = Vec::new();
    zip.by_name("caoben.db").unwrap().read_to_end(&mut bytes).unwrap();
    std::fs::create_dir_all(home).unwrap();
    std::fs::write(home.join("caoben.db"), bytes).unwrap();
}

#[tokio::test]
async fn the_first_schema_is_kept_beside_and_brought_up_to_date_with_all_that_refers_to_its_photos() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("草本");
    thaw("schema-20261122090900.zip", &home);
    let db = workspace::open(&home, support::at("2026-11-23 08:00"))
        .await
        .unwrap();

    let kept: Vec<String> = std::fs::read_dir(home.join("backups"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        kept,
        ["caoben-20261122090900-2026-11-23.db"],
        "the database as it was"
    );

    let photos = photo::list(&db, &photo::PhotoFilter::default()).await.unwrap();
    assert_eq!(photos.iter().map(|photo| photo.id).collect::<Vec<_>>(), [2, 1]);
    let first = photo::get(&db, 1).await.unwrap();
    assert_eq!(
        (first.kind, first.rating, first.caption.as_str(), first.used),
        (photo::Kind::Picture, 5, "第一天", 1)
    );
    assert_eq!(trial::get(&db, 1).await.unwrap().days[0].photos, [1]);
    assert_eq!(post::get(&db, 1).await.unwrap().photos, [1]);
    assert_eq!(product::get(&db, 1).await.unwrap().cover, Some(2));

    // The photo with id 9 was taken out long ago: its number is not given to another.
    let mut tx = db.begin().await.unwrap();
    let next: i64 = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'photo'")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    assert_eq!(next, 9);
    let lost = sqlx::query("PRAGMA foreign_key_check")
        .fetch_optional(tx.conn())
        .await
        .unwrap();
    assert!(lost.is_none(), "everything still refers to something");
    let broken = sqlx::query("INSERT INTO trial_day_photo (day_id, photo_id) VALUES (1, 77)")
        .execute(tx.conn())
        .await;
    assert!(broken.is_err(), "and foreign keys hold again");
}

#[tokio::test]
async fn photos_whose_camera_noted_no_offset_keep_the_day_they_had_here() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("草本");
    thaw("schema-20261122090900.zip", &home);
    let taken = support::at("2026-11-20 00:30");
    let mut old = SqliteConnectOptions::new()
        .filename(home.join("caoben.db"))
        .connect()
        .await
        .unwrap();
    sqlx::query("UPDATE photo SET taken_at = ?, taken_offset = NULL WHERE id = 1")
        .bind(taken.0)
        .execute(&mut old)
        .await
        .unwrap();
    old.close().await.unwrap();
    let db = workspace::open(&home, support::at("2026-11-23 08:00"))
        .await
        .unwrap();
    let photo = photo::get(&db, 1).await.unwrap();
    assert_eq!(photo.taken_at, Some(taken.to_string()));
    let mut tx = db.begin().await.unwrap();
    let offset: Option<i64> = sqlx::query_scalar("SELECT taken_offset FROM photo WHERE id = 1")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    assert!(offset.is_some(), "and keep it wherever the computer goes");
}

//! Files that no photo needs: those that could not be deleted, those an import left when it was cut short, and those nobody knows.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use caoben::{
    db::Db,
    job::Job,
    photo::{self, Photo},
    workspace,
};

use crate::{
    photo::{import, jpeg},
    support::{self, at},
};

async fn one(db: &Db, path: &Path, seed: u32) -> Photo {
    fs::write(path, jpeg(seed, 100, 80)).unwrap();
    import(db, &[path]).await.imported.remove(0)
}

fn original(db: &Db, photo: &Photo) -> PathBuf {
    db.path(format!("photos/{}/{}.jpg", &photo.hash[..2], photo.hash))
}

/// What a check finds, by its place.
async fn places(db: &Db) -> Vec<String> {
    let found = workspace::check(db, &Job::silent()).await.unwrap();
    assert_eq!(found.ok, found.problems.is_empty());
    found.problems.into_iter().map(|problem| problem.place).collect()
}

/// Puts something where a file was that no `remove_file` takes away, whoever runs this.
fn stuck(file: &Path) {
    fs::remove_file(file).unwrap();
    fs::create_dir(file).unwrap();
}

#[tokio::test]
async fn a_file_that_cannot_be_deleted_is_named_and_goes_at_the_next_emptying() {
    let (folder, db) = support::workspace().await;
    let [easy, hard] = [1, 2].map(|seed| folder.path().join(format!("{seed}.jpg")));
    let (easy, hard) = (one(&db, &easy, 1).await, one(&db, &hard, 2).await);
    photo::remove(&db, &[easy.id, hard.id], at("2026-11-22 10:00"))
        .await
        .unwrap();
    stuck(&original(&db, &hard));

    let done = photo::empty_trash(&db, None).await.unwrap();
    assert_eq!(done.photos, 2, "both rows are gone");
    assert!(!original(&db, &easy).exists());
    let name = format!("photos/{}/{}.jpg", &hard.hash[..2], hard.hash);
    let left: Vec<&str> = done.left.iter().map(|left| left.path.as_str()).collect();
    assert_eq!(left, [name.as_str()], "the file that is still there is named");
    assert!(!done.left[0].reason.is_empty());
    assert_eq!(
        places(&db).await,
        [name.as_str()],
        "and a check goes on naming it"
    );

    let again = photo::empty_trash(&db, None).await.unwrap();
    assert_eq!((again.photos, again.left.len()), (0, 1), "still not");
    fs::remove_dir(original(&db, &hard)).unwrap();
    fs::write(original(&db, &hard), b"it can be deleted by now").unwrap();
    let again = photo::empty_trash(&db, None).await.unwrap();
    assert!(again.left.is_empty(), "{again:?}");
    assert!(!original(&db, &hard).exists());
    assert!(places(&db).await.is_empty());
}

#[tokio::test]
async fn a_file_that_could_not_be_deleted_goes_at_the_next_opening_but_not_under_a_photo_that_came_back() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let [a, b] = [1, 2].map(|seed| folder.path().join(format!("{seed}.jpg")));
    let photos = [one(&db, &a, 1).await, one(&db, &b, 2).await];
    photo::remove(&db, &photos.each_ref().map(|photo| photo.id), now)
        .await
        .unwrap();
    for photo in &photos {
        stuck(&original(&db, photo));
    }
    assert_eq!(photo::empty_trash(&db, None).await.unwrap().left.len(), 2);
    for photo in &photos {
        fs::remove_dir(original(&db, photo)).unwrap();
        fs::write(original(&db, photo), b"left").unwrap();
    }
    // Somebody imports one of them again: its file is needed again.
    let back = import(&db, &[&b]).await.imported.remove(0);
    assert_eq!(back.hash, photos[1].hash);
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    let db = workspace::open(&home, now).await.unwrap();
    assert!(!original(&db, &photos[0]).exists(), "the opening tried again");
    assert_eq!(
        fs::read(original(&db, &back)).unwrap(),
        fs::read(&b).unwrap(),
        "what is a photo again stays"
    );
    assert!(places(&db).await.is_empty());
}

#[tokio::test]
async fn what_was_drawn_of_a_photo_with_edits_goes_with_it() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let photo = one(&db, &folder.path().join("a.jpg"), 1).await;
    let edits = caoben::retouch::Edits {
        turns: 1,
        ..Default::default()
    };
    caoben::retouch::set(&db, photo.id, None, edits, now)
        .await
        .unwrap();
    caoben::retouch::read(&db, photo.id, photo::Size::Thumb, None)
        .await
        .unwrap();
    let shelf = db.path(format!("photos/preview/edited/{}", &photo.hash[..2]));
    assert_eq!(fs::read_dir(&shelf).unwrap().count(), 1, "it was drawn");
    photo::remove(&db, &[photo.id], now).await.unwrap();
    photo::empty_trash(&db, None).await.unwrap();
    assert_eq!(
        fs::read_dir(&shelf).unwrap().count(),
        0,
        "no picture of it is left"
    );
}

#[tokio::test]
async fn an_import_that_was_cut_short_leaves_nothing_after_the_next_opening() {
    let (folder, db) = support::workspace().await;
    let kept = one(&db, &folder.path().join("a.jpg"), 1).await;
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    // What a killed import leaves: its marker, half a clip, a picture and its thumbnail before their row.
    let hash = "ab".repeat(32);
    let marker = home.join("caoben.importing");
    let orphans = [
        home.join("photos/.caoben-Xy12"),
        home.join(format!("photos/ab/{hash}.mov")),
        home.join(format!("photos/thumb/ab/{hash}.jpg")),
        home.join("photos/ab/.caoben-Zz9"),
    ];
    fs::write(&marker, b"").unwrap();
    for orphan in &orphans {
        fs::create_dir_all(orphan.parent().unwrap()).unwrap();
        fs::write(orphan, b"half").unwrap();
    }
    // This one lay there before the import began: perhaps all that is left of a photo.
    let older = home.join(format!("photos/cd/{}.jpg", "cd".repeat(32)));
    fs::create_dir_all(older.parent().unwrap()).unwrap();
    fs::write(&older, b"somebody's only copy").unwrap();
    let begun = marker.metadata().unwrap().modified().unwrap();
    fs::File::options()
        .write(true)
        .open(&older)
        .unwrap()
        .set_modified(begun - Duration::from_secs(3600))
        .unwrap();

    let db = workspace::open(&home, at("2026-11-22")).await.unwrap();
    for orphan in &orphans {
        assert!(!orphan.exists(), "{} is swept", orphan.display());
    }
    assert!(!marker.exists());
    assert!(original(&db, &kept).exists(), "the library is untouched");
    assert!(older.exists(), "what no import brought is nobody's to sweep");
    let name = format!("photos/cd/{}.jpg", "cd".repeat(32));
    assert_eq!(places(&db).await, [name], "but a check names it");
}

#[tokio::test]
async fn a_check_names_files_that_no_photo_knows_and_lets_the_system_have_its_own() {
    let (folder, db) = support::workspace().await;
    one(&db, &folder.path().join("a.jpg"), 1).await;
    assert!(places(&db).await.is_empty());
    let odd = ["photos/ab/IMG_0007.jpg", "photos/旅行.jpg"];
    fs::create_dir_all(db.path("photos/ab")).unwrap();
    for name in odd.into_iter().chain(["photos/.DS_Store", "photos/ab/Thumbs.db"]) {
        fs::write(db.path(name), b"x").unwrap();
    }
    let mut found = places(&db).await;
    found.sort();
    assert_eq!(found, odd);
    assert!(db.path(odd[1]).exists(), "a check deletes nothing");
}

#[tokio::test]
async fn what_is_left_to_delete_never_lies_outside_of_the_library() {
    let (folder, db) = support::workspace().await;
    let home = db.folder().to_owned();
    let victim = folder.path().join("victim.jpg");
    fs::write(&victim, b"somebody's").unwrap();
    for hash in ["../../../victim", "../../victim", "/victim"] {
        let mut tx = db.begin().await.unwrap();
        sqlx::query("INSERT INTO photo_leftover (hash, format) VALUES (?, 'jpeg')")
            .bind(hash)
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let done = photo::empty_trash(&db, None).await.unwrap();
    assert!(done.left.is_empty(), "{done:?}");
    db.close().await;
    drop(db);
    workspace::open(&home, at("2026-11-22")).await.unwrap();
    assert!(victim.exists(), "rows may come from anybody");
}

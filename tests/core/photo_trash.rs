//! The trash: a removed photo is out of sight everywhere, comes back whole, and goes only when the creator says so.

use std::{fs, path::Path};

use caoben::{
    Code,
    db::Db,
    job::Job,
    photo::{self, Photo, PhotoFilter, PhotoImport, PhotoPatch, Size, Source},
    post::{self, NewPost},
    product::{self, NewProduct, ProductFilter, ProductPatch},
    search, today,
    trial::{self, Acquired, NewDay, NewTrial},
    value::{Id, Noun, Time},
    workspace,
};

use crate::{
    duplicates::{jpeg as saved, scene, take},
    photo::{import, jpeg},
    support::{self, at},
};

async fn one(db: &Db, path: &Path, seed: u32) -> Photo {
    fs::write(path, jpeg(seed, 100, 80)).unwrap();
    import(db, &[path]).await.imported.remove(0)
}

fn files(db: &Db, photo: &Photo) -> [std::path::PathBuf; 2] {
    let shelf = &photo.hash[..2];
    [
        db.path(format!("photos/{shelf}/{}.jpg", photo.hash)),
        db.path(format!("photos/thumb/{shelf}/{}.jpg", photo.hash)),
    ]
}

#[tokio::test]
async fn a_photo_in_the_trash_is_counted_and_shown_nowhere_but_there() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let kept = one(&db, &folder.path().join("a.jpg"), 1).await;
    let gone = one(&db, &folder.path().join("b.jpg"), 2).await;
    let thing = product::create(
        &db,
        NewProduct {
            name: "防晒乳".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap();
    for (id, caption) in [(kept.id, "通勤上脸"), (gone.id, "海边上脸")] {
        let patch = PhotoPatch {
            product: Some(Some(thing.id)),
            caption: Some(caption.into()),
            ..Default::default()
        };
        photo::edit(&db, &[id], patch, now).await.unwrap();
    }
    photo::remove(&db, &[gone.id], now).await.unwrap();

    let ids = async |filter: PhotoFilter| -> Vec<i64> {
        let list = photo::list(&db, &filter).await.unwrap();
        list.iter().map(|photo| photo.id).collect()
    };
    assert_eq!(ids(PhotoFilter::default()).await, [kept.id]);
    let trash = PhotoFilter {
        trashed: true,
        ..Default::default()
    };
    assert_eq!(ids(trash.clone()).await, [gone.id]);
    let counts = photo::counts(&db).await.unwrap();
    assert_eq!((counts.all, counts.unused, counts.trashed), (1, 1, 1));
    let shown = product::list(&db, &ProductFilter::default()).await.unwrap();
    assert_eq!(
        (shown[0].photos, shown[0].product.cover),
        (1, Some(kept.id)),
        "the library's card"
    );
    assert_eq!(today::today(&db, now).await.unwrap().photos, 1);
    let info = workspace::info(&db).await.unwrap();
    assert_eq!(info.photos, 1);
    assert_eq!(
        info.photo_bytes,
        kept.bytes + gone.bytes,
        "its bytes are still there"
    );
    let found = search::search(&db, "上脸", &[Noun::Photo], 10).await.unwrap();
    assert_eq!(found.len(), 1, "words do not find it");
    let back = photo::get(&db, gone.id).await.unwrap();
    assert_eq!(back.trashed_at, Some(now), "its own page says where it is");

    let patch = PhotoPatch {
        caption: Some("海边上脸第二遍".into()),
        ..Default::default()
    };
    photo::edit(&db, &[gone.id], patch, now).await.unwrap();
    let found = search::search(&db, "上脸", &[Noun::Photo], 10).await.unwrap();
    assert_eq!(found.len(), 1, "not even with new words");
    photo::restore(&db, &[gone.id]).await.unwrap();
    let found = search::search(&db, "第二遍", &[Noun::Photo], 10).await.unwrap();
    assert_eq!(found.len(), 1, "restored, it is found again");
    assert!(ids(trash).await.is_empty());
    let shown = product::list(&db, &ProductFilter::default()).await.unwrap();
    assert_eq!(shown[0].photos, 2, "as it was");
}

#[tokio::test]
async fn nothing_new_refers_to_a_photo_in_the_trash_and_nothing_in_use_goes_there() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let binned = one(&db, &folder.path().join("a.jpg"), 1).await.id;
    let used = one(&db, &folder.path().join("b.jpg"), 2).await.id;
    let new = NewProduct {
        name: "防晒乳".into(),
        ..Default::default()
    };
    let thing = product::create(&db, new, now).await.unwrap().id;
    let new = NewTrial {
        product: thing,
        acquired: Acquired::Bought,
        on: None,
    };
    let tried = trial::start(&db, new, now).await.unwrap().id;
    let day = |photo| NewDay {
        on: now.date(),
        text: String::new(),
        photos: vec![photo],
        ratings: Vec::new(),
    };
    trial::log(&db, tried, day(used), now).await.unwrap();
    photo::remove(&db, &[binned], now).await.unwrap();

    assert_eq!(
        trial::log(&db, tried, day(binned), now).await.unwrap_err().code,
        Code::NotFound
    );
    let new = NewPost {
        photos: vec![binned],
        ..Default::default()
    };
    assert_eq!(
        post::create(&db, new, now).await.unwrap_err().code,
        Code::NotFound
    );
    let patch = ProductPatch {
        cover: Some(Some(binned)),
        ..Default::default()
    };
    assert_eq!(
        product::edit(&db, thing, patch, now).await.unwrap_err().code,
        Code::NotFound
    );

    let other = one(&db, &folder.path().join("c.jpg"), 3).await.id;
    let error = photo::remove(&db, &[other, used], now).await.unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(error.message.contains("试用 2026-11-22"), "{}", error.message);
    assert_eq!(photo::counts(&db).await.unwrap().all, 2, "then neither goes");

    // A text may name a number by hand; what it names is not destroyed under it.
    let new = NewPost {
        title: "手写".into(),
        body: format!("![](photo:{binned})"),
        ..Default::default()
    };
    post::create(&db, new, now).await.unwrap();
    let error = photo::empty_trash(&db, None).await.unwrap_err();
    assert!(
        error.code == Code::Conflict && error.message.contains("手写"),
        "{error:?}"
    );
    assert_eq!(photo::counts(&db).await.unwrap().trashed, 1);
}

#[tokio::test]
async fn files_stay_whole_in_the_trash_and_go_when_it_is_emptied() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let mut photos = Vec::new();
    for seed in 0..3 {
        photos.push(one(&db, &folder.path().join(format!("{seed}.jpg")), seed).await);
    }
    let ids: Vec<i64> = photos.iter().map(|photo| photo.id).collect();
    photo::remove(&db, &ids[..2], now).await.unwrap();
    assert!(files(&db, &photos[0]).iter().all(|file| file.exists()));
    assert!(
        photo::read(&db, ids[0], Size::Thumb).await.is_ok(),
        "the trash can be looked at"
    );
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
    let backup = folder.path().join("备份.zip");
    workspace::backup(&db, &backup, &Job::silent(), now)
        .await
        .unwrap();
    let there = folder.path().join("那里");
    workspace::restore(&backup, &there, &Job::silent(), now)
        .await
        .unwrap();
    let copy = workspace::open(&there, now).await.unwrap();
    photo::restore(&copy, &ids[..1]).await.unwrap();
    assert!(
        photo::read(&copy, ids[0], Size::Original).await.is_ok(),
        "it comes back out of a backup's trash as well"
    );
    assert!(workspace::check(&copy, &Job::silent()).await.unwrap().ok);
    copy.close().await;

    // Left behind by an earlier version.
    fs::create_dir_all(db.path("photos/trash")).unwrap();
    fs::write(db.path("photos/trash/old.jpg"), b"x").unwrap();
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);

    assert_eq!(
        photo::empty_trash(&db, Some(&[ids[0], ids[2]]))
            .await
            .unwrap()
            .photos,
        1,
        "only what lies in the trash"
    );
    assert!(!files(&db, &photos[0]).iter().any(|file| file.exists()));
    assert!(files(&db, &photos[1]).iter().all(|file| file.exists()));
    assert_eq!(photo::get(&db, ids[0]).await.unwrap_err().code, Code::NotFound);
    assert_eq!(photo::empty_trash(&db, None).await.unwrap().photos, 1);
    assert!(!db.path("photos/trash").exists());
    assert_eq!(photo::counts(&db).await.unwrap().trashed, 0);
    assert!(
        files(&db, &photos[2]).iter().all(|file| file.exists()),
        "the library is untouched"
    );
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
}

#[tokio::test]
async fn importing_a_photo_that_lies_in_the_trash_brings_it_back_and_says_so() {
    let (folder, db) = support::workspace().await;
    let [a, b] = ["a.jpg", "b.jpg"].map(|name| folder.path().join(name));
    let photo = one(&db, &a, 1).await;
    fs::copy(&a, &b).unwrap();
    let patch = PhotoPatch {
        rating: Some(4),
        ..Default::default()
    };
    photo::edit(&db, &[photo.id], patch, at("2026-11-22"))
        .await
        .unwrap();
    photo::remove(&db, &[photo.id], at("2026-11-22")).await.unwrap();
    let again = import(&db, &[&a, &b]).await;
    assert!(again.imported.is_empty());
    assert_eq!(again.duplicates.len(), 2);
    assert!(
        again
            .duplicates
            .iter()
            .all(|one| one.id == photo.id && one.restored),
        "{again:?}"
    );
    let back = photo::get(&db, photo.id).await.unwrap();
    assert_eq!(
        (back.trashed_at, back.rating),
        (None, 4),
        "with all that was said of it"
    );
    let third = import(&db, &[&a]).await;
    assert!(!third.duplicates[0].restored, "now it is simply there");
}

#[tokio::test]
async fn a_number_that_is_no_photo_is_named_and_nothing_is_done() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let photo = one(&db, &folder.path().join("a.jpg"), 1).await;
    let some = [photo.id, 999];
    let is_lost = |error: caoben::Error| error.code == Code::NotFound && error.message.contains("999");
    assert!(is_lost(photo::remove(&db, &some, now).await.unwrap_err()));
    assert_eq!(photo::counts(&db).await.unwrap().trashed, 0);
    photo::remove(&db, &[photo.id], now).await.unwrap();
    assert!(is_lost(photo::restore(&db, &some).await.unwrap_err()));
    assert!(is_lost(photo::empty_trash(&db, Some(&some)).await.unwrap_err()));
    assert_eq!(
        photo::counts(&db).await.unwrap().trashed,
        1,
        "it lies there still"
    );
}

#[tokio::test]
async fn importing_the_same_card_again_leaves_what_was_decided_about_look_alikes() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 12:00");
    let mut taken = Vec::new();
    let mut paths = Vec::new();
    for quality in [95, 85, 75] {
        let name = format!("{quality}.jpg");
        let bytes = saved(&scene(5, 0.0, 0.0), quality);
        taken.push(take(&db, folder.path(), &name, &bytes, Source::Own).await.id);
        paths.push(folder.path().join(name));
    }
    photo::keep_best(&db, taken[0], &taken[1..], now).await.unwrap();
    let paths: Vec<&Path> = paths.iter().map(|path| path.as_path()).collect();
    let again = import(&db, &paths).await;
    let said: Vec<(bool, bool)> = again
        .duplicates
        .iter()
        .map(|one| (one.restored, one.settled))
        .collect();
    assert_eq!(said, [(false, true), (false, true), (false, false)], "{again:?}");
    assert_eq!(photo::counts(&db).await.unwrap().trashed, 2, "the decision holds");

    // Who then takes one back and throws it away by hand has decided about nothing.
    photo::restore(&db, &taken[1..2]).await.unwrap();
    photo::remove(&db, &taken[1..2], at("2026-11-22 13:00"))
        .await
        .unwrap();
    let again = import(&db, &paths).await;
    assert!(
        again.duplicates[1].restored && !again.duplicates[1].settled,
        "{again:?}"
    );

    // One picture brought by hand comes back whatever was decided.
    let bytes = fs::read(paths[2]).unwrap();
    let what = PhotoImport::default();
    let pasted = photo::import_bytes(&db, "75.jpg", bytes, &what, now)
        .await
        .unwrap();
    assert_eq!(pasted.trashed_at, None);
}

/// Two products, and a trial of the first.
async fn two_things(db: &Db, now: Time) -> ([Id; 2], Id) {
    let thing = async |name: &str| {
        let new = NewProduct {
            name: name.into(),
            ..Default::default()
        };
        product::create(db, new, now).await.unwrap().id
    };
    let things = [thing("防晒乳").await, thing("啤酒").await];
    let new = NewTrial {
        product: things[0],
        acquired: Acquired::Bought,
        on: None,
    };
    (things, trial::start(db, new, now).await.unwrap().id)
}

#[tokio::test]
async fn known_photos_take_what_they_lack_and_what_stands_otherwise_is_said() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let (things, tried) = two_things(&db, now).await;
    let [a, b] = ["a.jpg", "b.jpg"].map(|name| folder.path().join(name));
    let loose = one(&db, &a, 1).await.id;
    let other = one(&db, &b, 2).await.id;
    let patch = PhotoPatch {
        product: Some(Some(things[1])),
        source: Some(Source::Brand),
        ..Default::default()
    };
    photo::edit(&db, &[other], patch, now).await.unwrap();
    let what = PhotoImport {
        paths: vec![a, b],
        trial: Some(tried),
        ..Default::default()
    };
    let done = photo::import(&db, &what, &Job::silent(), now).await.unwrap();
    let filed = photo::some(&db, &[loose, other]).await.unwrap();
    assert_eq!((filed[0].product, filed[0].trial), (Some(things[0]), Some(tried)));
    assert_eq!(done.duplicates[0].kept, "");
    assert_eq!(
        (filed[1].product, filed[1].trial, filed[1].source),
        (Some(things[1]), None, Source::Brand),
        "nobody is moved behind the creator's back"
    );
    let kept = &done.duplicates[1].kept;
    assert!(
        kept.contains("好物「啤酒」") && kept.contains("「品牌方」") && kept.contains("没有改"),
        "{kept}"
    );
}

#[tokio::test]
async fn a_photo_of_a_trial_is_of_its_product() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let (things, tried) = two_things(&db, now).await;
    let id = one(&db, &folder.path().join("a.jpg"), 1).await.id;
    let edit = async |product: Option<Option<i64>>, trial: Option<Option<i64>>| {
        let patch = PhotoPatch {
            product,
            trial,
            ..Default::default()
        };
        let done = photo::edit(&db, &[id], patch, now).await;
        done.map(|photos| (photos[0].product, photos[0].trial))
    };
    let code = |done: caoben::Result<_>| done.unwrap_err().code;
    assert_eq!(
        code(edit(Some(Some(things[1])), Some(Some(tried))).await),
        Code::Invalid
    );
    assert_eq!(code(edit(Some(None), Some(Some(tried))).await), Code::Invalid);
    let both = (Some(things[0]), Some(tried));
    assert_eq!(
        edit(None, Some(Some(tried))).await.unwrap(),
        both,
        "it comes along"
    );
    assert_eq!(code(edit(Some(Some(things[1])), None).await), Code::Invalid);
    assert_eq!(edit(Some(Some(things[0])), None).await.unwrap(), both);
    assert_eq!(
        edit(Some(Some(things[1])), Some(None)).await.unwrap(),
        (Some(things[1]), None)
    );
    assert_eq!(edit(Some(None), None).await.unwrap(), (None, None));
}

//! A photo stays the photo it is: its number is never another picture's, and its files come back when they were lost.

use std::{fs, path::Path};

use caoben::{
    Code,
    channel::{self, NewChannel},
    db::Db,
    job::Job,
    photo::{self, Size},
    post::{self, NewPost, Variant},
    product::{self, NewProduct, ProductPatch},
    workspace,
};

use crate::{
    photo::{import, jpeg},
    support::{self, at},
};

async fn one(db: &Db, path: &Path, seed: u32) -> photo::Photo {
    fs::write(path, jpeg(seed, 100, 80)).unwrap();
    import(db, &[path]).await.imported.remove(0)
}

#[tokio::test]
async fn the_number_of_a_removed_photo_is_never_given_to_another() {
    let (folder, db) = support::workspace().await;
    let gone = one(&db, &folder.path().join("a.jpg"), 1).await.id;
    photo::remove(&db, &[gone], at("2026-11-22 12:00")).await.unwrap();
    photo::empty_trash(&db, None).await.unwrap();
    let next = one(&db, &folder.path().join("b.jpg"), 2).await.id;
    assert!(
        next > gone,
        "an old text with photo:{gone} would show another picture"
    );
}

#[tokio::test]
async fn a_photo_in_a_channels_wording_or_on_a_products_face_stays() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let said = one(&db, &folder.path().join("a.jpg"), 1).await.id;
    let face = one(&db, &folder.path().join("b.jpg"), 2).await.id;
    let post = post::create(
        &db,
        NewPost {
            title: "防晒".into(),
            ..NewPost::default()
        },
        now,
    )
    .await
    .unwrap()
    .id;
    let new = NewChannel {
        platform: "weibo".into(),
        name: "微博 · 小鹿".into(),
        own_shop: false,
    };
    let weibo = channel::create(&db, new, now).await.unwrap().id;
    let own = Variant {
        title: None,
        body: Some(format!("看这张 ![](photo:{said})")),
    };
    post::set_variant(&db, post, weibo, own, now).await.unwrap();
    let thing = product::create(
        &db,
        NewProduct {
            name: "防晒乳".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap()
    .id;
    let patch = ProductPatch {
        cover: Some(Some(face)),
        ..Default::default()
    };
    product::edit(&db, thing, patch, now).await.unwrap();

    for (id, place) in [(said, "「防晒」的渠道改写"), (face, "「防晒乳」的封面")] {
        let kept = photo::remove(&db, &[id], at("2026-11-22 12:00"))
            .await
            .unwrap_err();
        assert_eq!(kept.code, Code::Conflict);
        assert!(kept.message.contains(place), "{} names the place", kept.message);
    }
}

#[tokio::test]
async fn importing_a_photo_again_brings_back_what_was_lost_or_damaged() {
    let (folder, db) = support::workspace().await;
    let path = folder.path().join("a.jpg");
    let photo = one(&db, &path, 1).await;
    let original = db.path(format!("photos/{}/{}.jpg", &photo.hash[..2], photo.hash));
    let thumb = db.path(format!("photos/thumb/{}/{}.jpg", &photo.hash[..2], photo.hash));
    let bytes = fs::read(&path).unwrap();
    let good_thumb = fs::read(&thumb).unwrap();
    let mut damaged = bytes.clone();
    damaged[bytes.len() / 2] ^= 0xFF;

    for harm in ["gone", "damaged", "short", "no thumbnail"] {
        match harm {
            "gone" => fs::remove_file(&original).unwrap(),
            "damaged" => fs::write(&original, &damaged).unwrap(),
            "short" => fs::write(&original, &bytes[..100]).unwrap(),
            _ => fs::remove_file(&thumb).unwrap(),
        }
        let again = import(&db, &[&path]).await;
        assert_eq!(
            again.duplicates[0].id, photo.id,
            "{harm}: it is the same photo still"
        );
        assert!(again.imported.is_empty());
        assert!(
            fs::read(&original).unwrap() == bytes,
            "{harm}: the original is whole again"
        );
        assert!(
            fs::read(&thumb).unwrap() == good_thumb,
            "{harm}: so is the thumbnail"
        );
    }
    assert!(photo::verify(&db, &Job::silent()).await.unwrap().is_empty());
    assert!(photo::read(&db, photo.id, Size::Preview).await.is_ok());
}

#[tokio::test]
async fn the_weight_of_the_photos_is_known_without_walking_their_folder() {
    let (folder, db) = support::workspace().await;
    assert_eq!(workspace::info(&db).await.unwrap().photo_bytes, 0);
    let photo = one(&db, &folder.path().join("a.jpg"), 1).await;
    fs::write(db.path("photos/stray.bin"), vec![0; 4096]).unwrap();
    let known = workspace::info(&db).await.unwrap();
    assert_eq!(known.photo_bytes, photo.bytes, "originals only, from the rows");
}

//! What is made out of originals is checked by its content, and made again: a power cut empties what nobody waited for.

use std::{
    fs,
    path::{Path, PathBuf},
};

use caoben::{
    db::Db,
    job::Job,
    photo::{self, Photo, Size, Source},
    workspace,
};

use crate::{
    duplicates::{jpeg as saved, scene, take},
    photo::{import, jpeg},
    support,
};

fn thumb(db: &Db, photo: &Photo) -> PathBuf {
    db.path(format!("photos/thumb/{}/{}.jpg", &photo.hash[..2], photo.hash))
}

/// What power cuts leave of a file: nothing, its beginning, zeros in its middle, nothing but zeros.
fn harms(whole: &[u8]) -> [Vec<u8>; 4] {
    let (length, half) = (whole.len(), whole.len() / 2);
    let mut hole = whole.to_vec();
    hole[half..half + 40].fill(0);
    [Vec::new(), whole[..half].to_vec(), hole, vec![0; length]]
}

async fn three(db: &Db, folder: &Path) -> Vec<Photo> {
    let paths: Vec<PathBuf> = (1..=3).map(|seed| folder.join(format!("{seed}.jpg"))).collect();
    for (seed, path) in (1..).zip(&paths) {
        fs::write(path, jpeg(seed, 700, 500)).unwrap();
    }
    import(db, &paths.iter().map(PathBuf::as_path).collect::<Vec<_>>())
        .await
        .imported
}

#[tokio::test]
async fn a_broken_thumbnail_or_preview_is_never_shown_but_made_again() {
    let (folder, db) = support::workspace().await;
    let photo = three(&db, folder.path()).await.remove(0);
    for (size, name) in [(Size::Thumb, "thumb"), (Size::Preview, "preview")] {
        let (good, _) = photo::read(&db, photo.id, size).await.unwrap();
        assert!(
            good.ends_with(b"\xff\xd9"),
            "nothing of ours goes out behind the picture"
        );
        let file = db.path(format!("photos/{name}/{}/{}.jpg", &photo.hash[..2], photo.hash));
        let kept = fs::read(&file).unwrap();
        for harm in harms(&kept) {
            fs::write(&file, &harm).unwrap();
            let (shown, _) = photo::read(&db, photo.id, size).await.unwrap();
            assert!(shown == good, "{name} of {} bytes", harm.len());
            assert!(fs::read(&file).unwrap() == kept, "and it is kept again");
        }
    }
}

#[tokio::test]
async fn a_check_makes_broken_thumbnails_again_and_says_how_many() {
    let (folder, db) = support::workspace().await;
    let photos = three(&db, folder.path()).await;
    let whole: Vec<Vec<u8>> = photos
        .iter()
        .map(|photo| fs::read(thumb(&db, photo)).unwrap())
        .collect();
    fs::write(thumb(&db, &photos[0]), b"").unwrap();
    fs::write(thumb(&db, &photos[1]), &harms(&whole[1])[2]).unwrap();
    let found = workspace::check(&db, &Job::silent()).await.unwrap();
    assert_eq!((found.ok, found.mended), (true, 2), "{:?}", found.problems);
    for (photo, whole) in photos.iter().zip(&whole) {
        assert!(fs::read(thumb(&db, photo)).unwrap() == *whole);
    }
    let found = workspace::check(&db, &Job::silent()).await.unwrap();
    assert_eq!((found.ok, found.mended), (true, 0));
}

#[tokio::test]
async fn thumbnails_of_earlier_versions_are_taken_as_they_are_when_they_are_whole() {
    let (folder, db) = support::workspace().await;
    let photo = three(&db, folder.path()).await.remove(0);
    let (plain, _) = photo::read(&db, photo.id, Size::Thumb).await.unwrap();
    fs::write(thumb(&db, &photo), &plain).unwrap();
    assert_eq!(
        workspace::check(&db, &Job::silent()).await.unwrap().mended,
        0,
        "nothing is wrong with it"
    );
    fs::write(thumb(&db, &photo), &plain[..plain.len() - 9]).unwrap();
    assert!(photo::read(&db, photo.id, Size::Thumb).await.unwrap().0 == plain);
}

#[tokio::test]
async fn look_alikes_are_found_although_their_thumbnails_were_emptied() {
    let (folder, db) = support::workspace().await;
    let mut photos = Vec::new();
    for quality in [95, 80] {
        let bytes = saved(&scene(5, 0.0, 0.0), quality);
        photos.push(take(&db, folder.path(), &format!("{quality}.jpg"), &bytes, Source::Own).await);
    }
    for photo in &photos {
        fs::write(thumb(&db, photo), b"").unwrap();
    }
    let found = photo::duplicates(&db).await.unwrap();
    assert_eq!(found.groups.len(), 1, "it is not blind");
    assert!(
        photos
            .iter()
            .all(|photo| fs::metadata(thumb(&db, photo)).unwrap().len() > 0)
    );
}

#[tokio::test]
async fn a_photo_that_could_not_be_looked_at_is_looked_at_again_once_its_file_is_back() {
    let (folder, db) = support::workspace().await;
    let mut photos = Vec::new();
    for quality in [95, 80] {
        let bytes = saved(&scene(5, 0.0, 0.0), quality);
        photos.push(take(&db, folder.path(), &format!("{quality}.jpg"), &bytes, Source::Own).await);
    }
    let original = db.path(format!("photos/{}/{}.jpg", &photos[1].hash[..2], photos[1].hash));
    let away = folder.path().join("away.jpg");
    fs::rename(&original, &away).unwrap();
    fs::remove_file(thumb(&db, &photos[1])).unwrap();
    assert!(photo::duplicates(&db).await.unwrap().groups.is_empty());
    let found = workspace::check(&db, &Job::silent()).await.unwrap();
    assert_eq!(
        found.problems.len(),
        1,
        "the original is at fault: {:?}",
        found.problems
    );
    fs::rename(&away, &original).unwrap();
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
    assert_eq!(photo::duplicates(&db).await.unwrap().groups.len(), 1);
}

/// JPEGs that are whole and none of this photo's thumbnail: another's, another's without its seal, a plain field of the same size, a dot.
fn strangers(own: &[u8], other: &[u8]) -> [Vec<u8>; 4] {
    let end = other.windows(2).rposition(|pair| pair == b"\xff\xd9").unwrap() + 2;
    let known = caoben_picture::probe(own).unwrap();
    let field = |width: u32, height: u32| {
        let rgb = [200, 10, 10].repeat((width * height) as usize);
        caoben_picture::encode(width, height, rgb, 80).unwrap()
    };
    [
        other.to_vec(),
        other[..end].to_vec(),
        field(known.width, known.height),
        field(1, 1),
    ]
}

#[tokio::test]
async fn a_thumbnail_that_shows_another_picture_is_made_again() {
    let (folder, db) = support::workspace().await;
    let photos = three(&db, folder.path()).await;
    let [own, other] = [0, 1].map(|n| fs::read(thumb(&db, &photos[n])).unwrap());
    for (nth, stranger) in strangers(&own, &other).into_iter().enumerate() {
        fs::write(thumb(&db, &photos[0]), &stranger).unwrap();
        let found = workspace::check(&db, &Job::silent()).await.unwrap();
        assert_eq!((found.ok, found.mended), (true, 1), "{nth}: {:?}", found.problems);
        assert!(fs::read(thumb(&db, &photos[0])).unwrap() == own, "{nth}");
    }
    fs::write(thumb(&db, &photos[0]), &other).unwrap();
    let (shown, _) = photo::read(&db, photos[0].id, Size::Thumb).await.unwrap();
    assert!(own.starts_with(&shown), "nor is it shown until then");
}

#[tokio::test]
async fn a_picture_with_little_in_it_has_its_own_thumbnail_too() {
    let (folder, db) = support::workspace().await;
    let mut photos = Vec::new();
    for (nth, colour) in [[250, 250, 250], [20, 20, 60]].into_iter().enumerate() {
        let plain = image::RgbImage::from_pixel(600, 400, image::Rgb(colour));
        photos.push(
            take(
                &db,
                folder.path(),
                &format!("{nth}.jpg"),
                &saved(&plain, 90),
                Source::Own,
            )
            .await,
        );
    }
    let [own, other] = [0, 1].map(|n| fs::read(thumb(&db, &photos[n])).unwrap());
    let end = other.windows(2).rposition(|pair| pair == b"\xff\xd9").unwrap() + 2;
    fs::write(thumb(&db, &photos[0]), &other[..end]).unwrap();
    assert_eq!(workspace::check(&db, &Job::silent()).await.unwrap().mended, 1);
    assert!(fs::read(thumb(&db, &photos[0])).unwrap() == own);
}

#[tokio::test]
async fn thumbnails_that_came_with_a_backup_are_looked_at_and_what_is_not_theirs_is_left_out() {
    let (folder, db) = support::workspace().await;
    let photos = three(&db, folder.path()).await;
    let [own, other] = [0, 1].map(|n| fs::read(thumb(&db, &photos[n])).unwrap());
    for (nth, stranger) in strangers(&own, &other).into_iter().enumerate() {
        fs::write(thumb(&db, &photos[0]), &stranger).unwrap();
        let (file, there) = (
            folder.path().join("一.zip"),
            folder.path().join(format!("那里 {nth}")),
        );
        let now = support::at("2026-11-22");
        workspace::backup(&db, &file, &Job::silent(), now).await.unwrap();
        let done = workspace::restore(&file, &there, &Job::silent(), now)
            .await
            .unwrap();
        assert_eq!(done.changed.len(), 1, "{nth}: it is said: {:?}", done.changed);
        let copy = workspace::open(&there, now).await.unwrap();
        let (shown, _) = photo::read(&copy, photos[0].id, Size::Thumb).await.unwrap();
        assert!(own.starts_with(&shown), "{nth}");
        copy.close().await;
    }
}

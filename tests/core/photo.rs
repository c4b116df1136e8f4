//! Photo 素材: what goes in, what is refused, and that nothing private goes out.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use caoben::{
    Code,
    channel::{self, NewChannel},
    db::Db,
    job::Job,
    photo::{self, Fit, Frame, Imported, PhotoFilter, PhotoImport, PhotoPatch, Size, Source},
    post::{self, NewPost, PostPatch, Variant},
    product::{self, NewProduct},
    retouch, search,
    value::Noun,
};
use image::{DynamicImage, ImageFormat, RgbImage};

use crate::support;

/// A picture unlike those of other seeds: coarse blocks, softly lit.
pub fn picture(seed: u32, width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let block = (x * 8 / width) * 31 + (y * 8 / height) * 17;
        let shade = (block
            .wrapping_mul(2_654_435_761)
            .wrapping_add(seed.wrapping_mul(40_503_777))
            >> 13) as u8;
        image::Rgb([shade, shade.wrapping_add((x * 40 / width) as u8), 255 - shade])
    })
}

/// Its JPEG.
pub fn jpeg(seed: u32, width: u32, height: u32) -> Vec<u8> {
    encoded(&picture(seed, width, height), ImageFormat::Jpeg)
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture.clone())
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

/// The same JPEG with an EXIF block: lying on its side, taken 2026-11-20 08:30 at +08:00 by a camera with a telling name.
pub fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    taken(jpeg, "2026:11:20 08:30:00", "+08:00")
}

/// The same, taken at `2026:11:20 08:30:00` and `+08:00` or wherever else.
pub fn taken(jpeg: &[u8], when: &str, offset: &str) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &tag.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value,
        ]
        .concat()
    };
    let make = b"SECRETCAM\0";
    let (taken, offset) = (format!("{when}\0"), format!("{offset}\0"));
    let tail = 8 + 2 + 3 * 12 + 4; // the photo directory begins here
    let texts = u32::try_from(tail + 2 + 2 * 12 + 4).unwrap();
    let at = |n: usize| (texts + u32::try_from(n).unwrap()).to_le_bytes();
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(3_u16.to_le_bytes());
    tiff.extend(entry(0x010F, 2, 10, at(0)));
    tiff.extend(entry(0x0112, 3, 1, [6, 0, 0, 0]));
    tiff.extend(entry(0x8769, 4, 1, u32::try_from(tail).unwrap().to_le_bytes()));
    tiff.extend([0; 4]);
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x9003, 2, 20, at(10)));
    tiff.extend(entry(0x9011, 2, 7, at(30)));
    tiff.extend([0; 4]);
    tiff.extend([&make[..], taken.as_bytes(), offset.as_bytes()].concat());
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

/// A PNG header that promises more pixels than any memory holds.
fn bomb() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend([30_000_u32.to_be_bytes(), 30_000_u32.to_be_bytes()].concat());
    png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    png.extend(b"\0\0\0\0IDAT\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    png
}

/// Imports paths as own pictures.
pub async fn import(db: &Db, paths: &[&Path]) -> Imported {
    let what = PhotoImport {
        paths: paths.iter().map(PathBuf::from).collect(),
        ..Default::default()
    };
    photo::import(db, &what, &Job::silent(), support::at("2026-11-22 10:00"))
        .await
        .unwrap()
}

#[tokio::test]
async fn each_bad_file_is_refused_with_its_reason_and_the_good_ones_go_in() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("来源 🌿");
    fs::create_dir_all(from.join("第 7 天 ☀️")).unwrap();
    let good = jpeg(1, 300, 200);
    fs::write(from.join("第 7 天 ☀️/防晒 上脸 😀.jpg"), &good).unwrap();
    fs::write(
        from.join("没有后缀"),
        encoded(&picture(2, 90, 160), ImageFormat::Png),
    )
    .unwrap();
    fs::write(from.join("cut.jpg"), &good[..good.len() / 2]).unwrap();
    fs::write(from.join("empty.jpg"), b"").unwrap();
    fs::write(from.join("bomb.png"), bomb()).unwrap();
    fs::write(from.join("笔记.txt"), "不是图片").unwrap();
    fs::write(from.join(".DS_Store"), b"junk").unwrap();
    fs::write(from.join("Thumbs.db"), b"junk").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&from, from.join("第 7 天 ☀️/loop")).unwrap();

    let lost = folder.path().join("lost.jpg");
    let done = import(&db, &[&from, &lost]).await;
    assert_eq!(
        done.imported.len(),
        2,
        "both pictures are in: {:?}",
        done.rejected
    );
    let reason = |name: &str| {
        let found = done.rejected.iter().find(|r| r.path.ends_with(name));
        found
            .unwrap_or_else(|| panic!("{name} is not in {:?}", done.rejected))
            .reason
            .clone()
    };
    for (name, word) in [
        ("cut.jpg", "不完整"),
        ("empty.jpg", "空"),
        ("bomb.png", "30000×30000"),
        ("lost.jpg", "不见了"),
    ] {
        assert!(
            reason(name).contains(word),
            "{name} is refused for {word}, not for {}",
            reason(name)
        );
    }
    #[cfg(unix)]
    assert!(reason("loop").contains("绕回"), "a link in a circle is named");
    let strays: Vec<_> = done
        .strays
        .iter()
        .map(|one| (one.path.ends_with("笔记.txt"), one.reason.clone()))
        .collect();
    assert!(
        matches!(&*strays, [(true, reason)] if reason.contains("文本文件")),
        "a text among photos is no rejected photo: {strays:?}"
    );
    let expected = if cfg!(unix) { 5 } else { 4 };
    assert_eq!(
        done.rejected.len(),
        expected,
        "what an operating system leaves behind is not worth a word: {:?}",
        done.rejected
    );

    let first = done.imported.iter().find(|p| p.format == "jpeg").unwrap();
    assert_eq!((first.width, first.height, first.source), (300, 200, Source::Own));
    let (original, kind) = photo::read(&db, first.id, Size::Original).await.unwrap();
    assert_eq!(
        (original, kind),
        (good, "image/jpeg"),
        "the original is what it was, byte for byte"
    );
}

#[tokio::test]
async fn the_same_bytes_go_in_once_whatever_they_are_called() {
    let (folder, db) = support::workspace().await;
    let [a, b, bad, worse] = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"].map(|name| folder.path().join(name));
    fs::write(&a, jpeg(1, 200, 200)).unwrap();
    fs::write(&b, jpeg(1, 200, 200)).unwrap();
    fs::write(&bad, b"no picture").unwrap();
    fs::write(&worse, b"no picture").unwrap();
    let done = import(&db, &[&b, &a, &bad, &worse]).await;
    assert_eq!(done.imported.len(), 1);
    assert_eq!(
        (&done.duplicates[0].path, done.duplicates[0].id),
        (&a, done.imported[0].id),
        "the first named is the photo"
    );
    assert_eq!(done.rejected.len(), 2, "a bad file and its twin share their fate");

    let again = import(&db, &[&a, &b]).await;
    assert_eq!(
        (again.imported.len(), again.duplicates.len()),
        (0, 2),
        "the second time both are known: {again:?}"
    );
}

#[tokio::test]
async fn a_cancelled_import_keeps_what_it_has_and_goes_on_later() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("many");
    fs::create_dir(&from).unwrap();
    for n in 0..30 {
        fs::write(from.join(format!("{n:02}.jpg")), jpeg(n, 120, 90)).unwrap();
    }
    let switch: Arc<Mutex<Option<Job>>> = Arc::default();
    let hand = switch.clone();
    let job = Job::new(move |progress| {
        if progress.done >= 5 {
            hand.lock().unwrap().as_ref().unwrap().cancel();
        }
    });
    *switch.lock().unwrap() = Some(job.clone());
    let what = PhotoImport {
        paths: vec![from.clone()],
        ..Default::default()
    };
    let part = photo::import(&db, &what, &job, support::at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert!(
        part.cancelled && part.imported.len() >= 5 && part.imported.len() < 30,
        "stopped on the way: {}",
        part.imported.len()
    );
    assert_eq!(
        photo::counts(&db).await.unwrap().all,
        part.imported.len() as i64,
        "what it says it kept is kept"
    );

    let rest = import(&db, &[&from]).await;
    assert_eq!(
        rest.imported.len() + part.imported.len(),
        30,
        "the rest goes in, nothing twice"
    );
    assert_eq!(rest.duplicates.len(), part.imported.len());
    assert!(!rest.cancelled);
}

#[tokio::test]
async fn a_file_that_vanishes_during_the_import_is_one_refused_file() {
    let (folder, db) = support::workspace().await;
    for n in 0..20 {
        fs::write(folder.path().join(format!("{n:02}.jpg")), jpeg(n, 100, 80)).unwrap();
    }
    let last = folder.path().join("19.jpg");
    let gone = last.clone();
    let job = Job::new(move |_| {
        let _ = fs::remove_file(&gone);
    });
    let paths = (0..20)
        .map(|n| folder.path().join(format!("{n:02}.jpg")))
        .collect();
    let what = PhotoImport {
        paths,
        ..Default::default()
    };
    let done = photo::import(&db, &what, &job, support::at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert_eq!((done.imported.len(), done.rejected.len()), (19, 1));
    assert!(done.rejected[0].path == last && done.rejected[0].reason.contains("不见了"));
}

#[tokio::test]
async fn an_unknown_product_or_trial_stops_the_import_before_it_reads() {
    let (folder, db) = support::workspace().await;
    let file = folder.path().join("a.jpg");
    fs::write(&file, jpeg(1, 100, 80)).unwrap();
    for what in [
        PhotoImport {
            paths: vec![file.clone()],
            product: Some(99),
            ..Default::default()
        },
        PhotoImport {
            paths: vec![file.clone()],
            trial: Some(99),
            ..Default::default()
        },
    ] {
        let error = photo::import(&db, &what, &Job::silent(), support::at("2026-11-22"))
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::NotFound);
    }
    assert_eq!(photo::counts(&db).await.unwrap().all, 0);
}

#[tokio::test]
async fn what_the_camera_wrote_is_known_here_and_never_leaves() {
    let (folder, db) = support::workspace().await;
    let file = folder.path().join("IMG_我家.jpg");
    let bytes = with_exif(&jpeg(3, 320, 200));
    fs::write(&file, &bytes).unwrap();
    let photo = import(&db, &[&file]).await.imported.pop().unwrap();
    assert_eq!((photo.width, photo.height), (200, 320), "upright");
    assert_eq!(
        photo.taken_at.as_deref(),
        Some("2026-11-20T08:30:00+08:00"),
        "the camera's own offset"
    );
    assert_eq!(photo.camera, "SECRETCAM");

    let frame = Frame {
        width: Some(90),
        height: Some(120),
        fit: Fit::Crop,
    };
    let out = folder.path().join("out.jpg");
    retouch::export(&db, photo.id, frame, None, &out).await.unwrap();
    let sent = fs::read(&out).unwrap();
    assert_eq!(
        image::load_from_memory(&sent).unwrap().into_rgb8().dimensions(),
        (90, 120)
    );
    for secret in [&b"Exif"[..], b"SECRETCAM", b"2026:11:20", "我家".as_bytes()] {
        assert!(
            !sent.windows(secret.len()).any(|part| part == secret),
            "nothing of the original's notes goes out"
        );
    }
    assert_eq!(
        photo::render(&db, photo.id, frame).await.unwrap(),
        sent,
        "the same photo and frame give the same bytes"
    );
    let wide = photo::render(
        &db,
        photo.id,
        Frame {
            width: Some(100),
            ..Default::default()
        },
    )
    .await
    .unwrap();
    assert_eq!(
        image::load_from_memory(&wide).unwrap().into_rgb8().dimensions(),
        (100, 160),
        "one side keeps the ratio"
    );

    let (thumb, kind) = photo::read(&db, photo.id, Size::Thumb).await.unwrap();
    assert_eq!(kind, "image/jpeg");
    assert!(!thumb.windows(4).any(|part| part == b"Exif"));
    fs::remove_dir_all(db.path("photos/thumb")).unwrap();
    assert_eq!(
        photo::read(&db, photo.id, Size::Thumb).await.unwrap().0,
        thumb,
        "a lost thumbnail is made again"
    );
    assert!(photo::read(&db, photo.id, Size::Preview).await.unwrap().0.len() > 100);
}

#[tokio::test]
async fn damage_to_an_original_is_found() {
    let (folder, db) = support::workspace().await;
    for n in 0..3 {
        fs::write(folder.path().join(format!("{n}.jpg")), jpeg(n, 100, 80)).unwrap();
    }
    let paths = [0, 1, 2].map(|n| folder.path().join(format!("{n}.jpg")));
    let done = import(&db, &paths.each_ref().map(PathBuf::as_path)).await;
    assert!(
        photo::verify(&db, &Job::silent()).await.unwrap().is_empty(),
        "all is well at first"
    );
    let file = |n: usize| {
        let hash = &done.imported[n].hash;
        format!("photos/{}/{hash}.jpg", &hash[..2])
    };
    fs::write(db.path(file(0)), b"something else").unwrap();
    fs::remove_file(db.path(file(1))).unwrap();
    let wrong = photo::verify(&db, &Job::silent()).await.unwrap();
    assert_eq!(wrong.len(), 2);
    assert!(
        wrong
            .iter()
            .any(|(path, why)| *path == file(0) && why.contains("不同"))
    );
    assert!(
        wrong
            .iter()
            .any(|(path, why)| *path == file(1) && why.contains("不见"))
    );
}

#[tokio::test]
async fn a_smaller_copy_is_found_to_look_alike_and_the_larger_leads() {
    let (folder, db) = support::workspace().await;
    let large = picture(7, 800, 600);
    let small = image::imageops::resize(&large, 400, 300, image::imageops::FilterType::Triangle);
    let names = ["small.jpg", "large.jpg", "other.jpg"].map(|name| folder.path().join(name));
    fs::write(&names[0], encoded(&small, ImageFormat::Jpeg)).unwrap();
    fs::write(&names[1], encoded(&large, ImageFormat::Jpeg)).unwrap();
    fs::write(&names[2], jpeg(8, 800, 600)).unwrap();
    let done = import(&db, &names.each_ref().map(PathBuf::as_path)).await;
    let groups = photo::duplicates(&db).await.unwrap().groups;
    let ids: Vec<Vec<i64>> = groups
        .iter()
        .map(|group| group.photos.iter().map(|twin| twin.photo.id).collect())
        .collect();
    assert_eq!(ids, [[done.imported[1].id, done.imported[0].id]]);
}

#[tokio::test]
async fn photos_are_edited_together_found_by_caption_and_not_from_the_trash() {
    let (folder, db) = support::workspace().await;
    let names = ["a.jpg", "b.jpg", "c.jpg"].map(|name| folder.path().join(name));
    for (n, name) in (0..).zip(&names) {
        fs::write(name, jpeg(n, 100, 80)).unwrap();
    }
    let ids: Vec<i64> = import(&db, &names.each_ref().map(PathBuf::as_path))
        .await
        .imported
        .iter()
        .map(|photo| photo.id)
        .collect();
    let now = support::at("2026-11-22 11:00");
    let patch = PhotoPatch {
        rating: Some(4),
        caption: Some("通勤防晒上脸".into()),
        ..Default::default()
    };
    let edited = photo::edit(&db, &ids[..2], patch, now).await.unwrap();
    assert!(
        edited.len() == 2
            && edited
                .iter()
                .all(|photo| photo.rating == 4 && photo.focus_x == 0.5)
    );
    let found = search::search(&db, "防晒", &[Noun::Photo], 10).await.unwrap();
    assert_eq!(found.len(), 2, "captions are searched");
    let filter = PhotoFilter {
        min_rating: 4,
        text: "上脸".into(),
        ..Default::default()
    };
    assert_eq!(photo::list(&db, &filter).await.unwrap().len(), 2);
    let one = PhotoFilter {
        limit: Some(1),
        offset: 1,
        unused: true,
        ..Default::default()
    };
    assert_eq!(photo::list(&db, &one).await.unwrap().len(), 1);
    let bad = PhotoPatch {
        rating: Some(6),
        ..Default::default()
    };
    assert_eq!(
        photo::edit(&db, &ids, bad, now).await.unwrap_err().code,
        Code::Invalid
    );
    let thing = product::create(
        &db,
        NewProduct {
            name: "云感防晒乳".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap();
    for (change, stands) in [
        (Some(Some(thing.id)), Some(thing.id)),
        (None, Some(thing.id)),
        (Some(None), None),
    ] {
        let patch = PhotoPatch {
            product: change,
            ..Default::default()
        };
        let edited = photo::edit(&db, &ids[..1], patch, now).await.unwrap();
        assert_eq!(edited[0].product, stands, "absent leaves it, null takes it away");
    }
    let lost = photo::edit(&db, &[ids[0], 999], PhotoPatch::default(), now)
        .await
        .unwrap_err();
    assert_eq!(lost.code, Code::NotFound);

    photo::remove(&db, &ids[..1], now).await.unwrap();
    assert_eq!(
        search::search(&db, "防晒", &[Noun::Photo], 10)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn real_photos_go_in_where_there_are_some() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/photos");
    if !shared.exists() {
        eprintln!("skipped: no folder of real photos beside the project");
        return;
    }
    let (_folder, db) = support::workspace().await;
    let done = import(&db, &[&shared]).await;
    assert!(done.imported.len() > 10, "{} photos", done.imported.len());
    for refused in &done.rejected {
        let name = refused
            .path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        assert!(
            !matches!(&*name, "jpg" | "jpeg"),
            "{} was refused: {}",
            refused.path.display(),
            refused.reason
        );
    }
    assert!(photo::verify(&db, &Job::silent()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_photo_that_stands_in_a_text_is_used() {
    let (folder, db) = support::workspace().await;
    let names = [0, 1, 2, 3].map(|n| folder.path().join(format!("{n}.jpg")));
    for (seed, name) in (60..).zip(&names) {
        fs::write(name, jpeg(seed, 80, 60)).unwrap();
    }
    let photos = import(&db, &names.each_ref().map(PathBuf::as_path))
        .await
        .imported;
    let ids: Vec<i64> = photos.iter().map(|photo| photo.id).collect();
    let now = support::at("2026-11-22 10:00");
    let new = NewPost {
        body: format!(
            "\"\\(photo:x) ![手背](photo:{}) 又一次 (photo:{})",
            ids[0], ids[0]
        ),
        photos: vec![ids[0], ids[1]],
        ..NewPost::default()
    };
    let post = post::create(&db, new, now).await.unwrap().id;
    let channel = NewChannel {
        platform: "weibo".to_owned(),
        name: "微博".to_owned(),
        own_shop: false,
    };
    let channel = channel::create(&db, channel, now).await.unwrap().id;
    let own = |body: Option<String>| Variant { title: None, body };
    let varied = own(Some(format!("![](photo:{} \"图\")", ids[2])));
    post::set_variant(&db, post, channel, varied, now).await.unwrap();

    let used = async || -> Vec<i64> {
        let mut used = Vec::new();
        for id in &ids {
            used.push(photo::get(&db, *id).await.unwrap().used);
        }
        let listed = photo::list(&db, &PhotoFilter::default()).await.unwrap();
        for one in listed {
            assert_eq!(used[ids.iter().position(|id| *id == one.id).unwrap()], one.used);
        }
        used
    };
    let filter = PhotoFilter {
        unused: true,
        ..PhotoFilter::default()
    };
    assert_eq!(used().await, [1, 1, 1, 0], "one post, however often it shows it");
    let unused = photo::list(&db, &filter).await.unwrap();
    assert_eq!(unused.iter().map(|photo| photo.id).collect::<Vec<_>>(), [ids[3]]);
    assert_eq!(photo::counts(&db).await.unwrap().unused, 1);
    let error = photo::remove(&db, &[ids[2]], now).await.unwrap_err();
    assert!(error.message.contains("渠道改写"), "{}", error.message);

    post::set_variant(&db, post, channel, own(None), now)
        .await
        .unwrap();
    let patch = PostPatch {
        body: Some(format!("![](photo:{})", ids[3])),
        photos: Some(Vec::new()),
        ..PostPatch::default()
    };
    post::edit(&db, post, patch, now).await.unwrap();
    assert_eq!(used().await, [0, 0, 0, 1], "what is taken out is free again");
}

#[tokio::test]
async fn a_clock_without_an_offset_keeps_the_day_it_had_when_it_came_in() {
    let (folder, db) = support::workspace().await;
    let path = folder.path().join("a.jpg");
    fs::write(&path, taken(&jpeg(1, 90, 60), "2026:11:20 00:30:00", "      ")).unwrap();
    let photo = import(&db, &[&path]).await.imported.remove(0);
    let said = photo.taken_at.unwrap();
    assert!(said.starts_with("2026-11-20T00:30:00"), "{said}");
    let mut tx = db.begin().await.unwrap();
    let (at, offset): (i64, Option<i64>) = sqlx::query_as("SELECT taken_at, taken_offset FROM photo")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    let offset = offset.expect("without it the clock would be read anew wherever the computer is");
    let midnight: caoben::value::Time = "2026-11-20T00:30:00Z".parse().unwrap();
    assert_eq!(at + offset * 60_000, midnight.0);
}

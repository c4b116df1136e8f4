//! What comes in besides plain pictures: clips, formats that cannot be shown, companions of cameras, screenshots; and sources that
//! change while they are read.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use caoben::{
    Code,
    db::Db,
    job::Job,
    photo::{self, Fit, Frame, Kind, PhotoFilter, PhotoImport, Size, Source},
    product::{self, NewProduct},
    workspace,
};

use crate::{
    photo::{import, jpeg, with_exif},
    support::{self, at},
};

/// A box of an MP4 file.
fn part(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&length[..], kind, content].concat()
}

/// A clip of 2.5 s, 640×480, in a codec that is not decoded here, with so many bytes of film.
fn film(bytes: usize) -> Vec<u8> {
    filmed(bytes, 0, "")
}

/// The same, shot so many seconds after the beginning of 1904 (UTC) by a camera.
pub fn filmed(bytes: usize, at: u32, camera: &str) -> Vec<u8> {
    let number = |n: u32| n.to_be_bytes();
    let clock = [
        number(0),
        number(at),
        number(0),
        number(1000),
        number(2500),
        number(0),
    ]
    .concat();
    let mut entry = vec![0; 78];
    entry[24..28].copy_from_slice(&[2, 128, 1, 224]);
    let table = part(
        b"stsd",
        &[&number(0)[..], &number(1), &part(b"mp4v", &entry)].concat(),
    );
    let handler = [&number(0)[..], &number(0), b"vide", &[0; 13]].concat();
    let media = [
        part(b"mdhd", &clock),
        part(b"hdlr", &handler),
        part(b"minf", &part(b"stbl", &table)),
    ]
    .concat();
    let track = part(b"trak", &part(b"mdia", &media));
    let length = u16::try_from(camera.len()).unwrap().to_be_bytes();
    let model = part(b"\xA9mod", &[&length[..], &[0, 0], camera.as_bytes()].concat());
    let notes = if camera.is_empty() {
        Vec::new()
    } else {
        part(b"udta", &model)
    };
    [
        part(b"ftyp", b"isom\0\0\x02\0isommp41"),
        part(b"moov", &[part(b"mvhd", &clock), track, notes].concat()),
        part(b"mdat", &vec![7; bytes]),
    ]
    .concat()
}

fn original(db: &Db, photo: &photo::Photo) -> PathBuf {
    db.path(format!(
        "photos/{}/{}.{}",
        &photo.hash[..2],
        photo.hash,
        photo.format
    ))
}

#[tokio::test]
async fn a_clip_goes_in_as_it_is_once_and_is_no_picture_for_a_post() {
    let (folder, db) = support::workspace().await;
    let [first, same, cut] = ["视频.mp4", "copy.MOV", "cut.mp4"].map(|name| folder.path().join(name));
    let bytes = film(3 << 20);
    fs::write(&first, &bytes).unwrap();
    fs::write(&same, &bytes).unwrap();
    fs::write(&cut, &bytes[..1 << 20]).unwrap();
    let done = import(&db, &[&first, &same, &cut]).await;
    assert_eq!(
        (done.imported.len(), done.duplicates.len(), done.rejected.len()),
        (1, 1, 1),
        "{done:?}"
    );
    assert!(done.rejected[0].reason.contains("不完整"), "{:?}", done.rejected);
    let clip = &done.imported[0];
    assert_eq!((clip.kind, clip.format.as_str()), (Kind::Clip, "mp4"));
    assert_eq!(
        (clip.width, clip.height, clip.duration, clip.bytes),
        (640, 480, Some(2500), bytes.len() as i64)
    );
    assert!(!clip.unread.is_empty(), "why it has no poster is said");
    assert_eq!(fs::read(original(&db, clip)).unwrap(), bytes, "byte for byte");
    assert_eq!(
        photo::read(&db, clip.id, Size::Thumb).await.unwrap_err().code,
        Code::Unreadable,
        "the wall draws its own place for it"
    );
    let error = photo::render(&db, clip.id, Frame::default()).await.unwrap_err();
    assert!(
        error.code == Code::Invalid && error.message.contains("不是图片"),
        "{error:?}"
    );
    let again = import(&db, &[&same]).await;
    assert_eq!(again.duplicates[0].id, clip.id);
    fs::remove_file(original(&db, clip)).unwrap();
    let again = import(&db, &[&same]).await;
    assert_eq!(again.duplicates[0].id, clip.id);
    assert_eq!(
        fs::read(original(&db, clip)).unwrap(),
        bytes,
        "a lost original comes back"
    );
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
    let left: Vec<_> = fs::read_dir(db.path("photos"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".caoben"))
        .collect();
    assert!(left.is_empty(), "no half copies: {left:?}");
}

#[tokio::test]
async fn a_format_that_cannot_be_shown_is_kept_with_a_plain_word_and_goes_through_a_backup() {
    let (folder, db) = support::workspace().await;
    let [raw, psd, text] = ["富士.RAF", "分层.psd", "伪装.psd"].map(|name| folder.path().join(name));
    fs::write(&raw, [&b"FUJIFILMCCD-RAW 0201"[..], &[3; 5000]].concat()).unwrap();
    fs::write(&psd, [&b"8BPS\0\x01"[..], &[1; 900]].concat()).unwrap();
    fs::write(&text, "不是图片").unwrap();
    let done = import(&db, &[&raw, &psd, &text]).await;
    assert_eq!((done.imported.len(), done.rejected.len()), (2, 1), "{done:?}");
    for (photo, format) in done.imported.iter().zip(["raf", "psd"]) {
        assert_eq!((photo.kind, photo.format.as_str()), (Kind::File, format));
        assert!(photo.unread.contains("不能显示"), "{}", photo.unread);
        assert!(original(&db, photo).exists());
        for size in [Size::Thumb, Size::Preview] {
            let error = photo::read(&db, photo.id, size).await.unwrap_err();
            assert_eq!((error.code, &error.message), (Code::Unreadable, &photo.unread));
        }
        assert!(photo::read(&db, photo.id, Size::Original).await.is_ok());
        assert!(photo::render(&db, photo.id, Frame::default()).await.is_err());
    }
    assert!(import(&db, &[&raw]).await.imported.is_empty(), "kept once");
    let backup = folder.path().join("备份.zip");
    let there = folder.path().join("那里");
    let now = at("2026-11-22");
    workspace::backup(&db, &backup, &Job::silent(), now)
        .await
        .unwrap();
    workspace::restore(&backup, &there, &Job::silent(), now)
        .await
        .unwrap();
    let copy = workspace::open(&there, now).await.unwrap();
    assert!(workspace::check(&copy, &Job::silent()).await.unwrap().ok);
}

#[tokio::test]
async fn what_cameras_write_beside_a_photo_is_left_out_with_a_word_and_the_live_part_goes_in() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("DCIM");
    fs::create_dir(&from).unwrap();
    fs::write(from.join("IMG_1.jpg"), jpeg(1, 200, 100)).unwrap();
    fs::write(from.join("IMG_1.MOV"), film(900)).unwrap();
    fs::write(from.join("IMG_1.AAE"), "<plist/>").unwrap();
    fs::write(from.join("IMG_1.xmp"), "<x/>").unwrap();
    // A picture by content, and yet no photo of its own.
    fs::write(from.join("MVI_2.THM"), jpeg(2, 160, 120)).unwrap();
    fs::write(from.join("GX01.LRV"), film(800)).unwrap();
    let done = import(&db, &[&from]).await;
    let kinds: Vec<Kind> = done.imported.iter().map(|photo| photo.kind).collect();
    assert_eq!(kinds, [Kind::Clip, Kind::Picture], "{done:?}");
    assert_eq!((done.rejected.len(), done.strays.len()), (0, 4));
    for one in &done.strays {
        assert!(one.reason.contains("附属文件"), "{one:?}");
    }
}

#[tokio::test]
async fn a_lying_extension_deceives_nobody() {
    let (folder, db) = support::workspace().await;
    let names = ["真的是图.txt", "其实是视频.jpg", "其实是图.mp4"].map(|name| folder.path().join(name));
    fs::write(&names[0], jpeg(1, 200, 100)).unwrap();
    fs::write(&names[1], film(500)).unwrap();
    fs::write(&names[2], jpeg(2, 200, 100)).unwrap();
    let done = import(&db, &names.each_ref().map(PathBuf::as_path)).await;
    let said: Vec<(Kind, &str)> = done
        .imported
        .iter()
        .map(|photo| (photo.kind, photo.format.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Kind::Picture, "jpeg"),
            (Kind::Clip, "mp4"),
            (Kind::Picture, "jpeg")
        ]
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn names_that_differ_only_in_case_are_files_of_their_own() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("来源");
    fs::create_dir(&from).unwrap();
    for (seed, name) in (1..).zip(["IMG.jpg", "img.JPG", "Img.Jpg"]) {
        fs::write(from.join(name), jpeg(seed, 200, 100)).unwrap();
    }
    let done = import(&db, &[&from]).await;
    assert_eq!((done.imported.len(), done.rejected.len()), (3, 0), "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_grows_while_it_is_read_is_refused_and_goes_in_once_it_is_whole() {
    let (folder, db) = support::workspace().await;
    let path = folder.path().join("b.mp4");
    let start = film(64 << 20);
    fs::write(&path, &start).unwrap();
    let enough = Arc::new(AtomicBool::new(false));
    let writer = std::thread::spawn({
        let (path, enough) = (path.clone(), enough.clone());
        move || {
            let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
            while !enough.load(Ordering::Relaxed) {
                file.write_all(b"more").unwrap();
            }
        }
    });
    // The camera's transfer is under way before anybody looks.
    while fs::metadata(&path).unwrap().len() == start.len() as u64 {
        std::thread::yield_now();
    }
    let done = import(&db, &[&path]).await;
    enough.store(true, Ordering::Relaxed);
    writer.join().unwrap();
    assert_eq!(done.rejected.len(), 1, "{:?}", done.imported);
    assert!(
        done.rejected[0].reason.contains("还在写入"),
        "{}",
        done.rejected[0].reason
    );
    fs::write(&path, &start).unwrap();
    assert_eq!(import(&db, &[&path]).await.imported.len(), 1);
}

#[tokio::test]
async fn a_card_pulled_out_half_way_keeps_what_was_read_and_names_the_rest() {
    let (folder, db) = support::workspace().await;
    let card = folder.path().join("DCIM");
    fs::create_dir(&card).unwrap();
    for seed in 0..30 {
        fs::write(card.join(format!("{seed:02}.jpg")), jpeg(seed, 120, 90)).unwrap();
    }
    let pulled = card.clone();
    let aside = folder.path().join("口袋");
    let pocket = aside.clone();
    let job = Job::new(move |progress| {
        if progress.done >= 6 {
            let _ = fs::rename(&pulled, &pocket);
        }
    });
    let what = PhotoImport {
        paths: vec![card.clone()],
        ..Default::default()
    };
    let part = photo::import(&db, &what, &job, at("2026-11-22")).await.unwrap();
    assert!(
        part.imported.len() >= 6 && part.imported.len() < 30,
        "{}",
        part.imported.len()
    );
    assert_eq!(part.imported.len() + part.rejected.len(), 30);
    assert!(!part.cancelled, "every file is answered for");
    for one in &part.rejected {
        assert!(one.reason.contains("存储卡"), "{one:?}");
    }
    fs::rename(&aside, &card).unwrap();
    let rest = photo::import(&db, &what, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    assert_eq!(rest.imported.len(), 30 - part.imported.len());
    assert_eq!(photo::counts(&db).await.unwrap().all, 30, "nothing twice");
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
}

#[tokio::test]
async fn a_long_clip_is_left_in_the_middle_when_somebody_stops_the_import() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("来源");
    fs::create_dir(&from).unwrap();
    fs::write(from.join("a.jpg"), jpeg(1, 120, 90)).unwrap();
    fs::write(from.join("b.mp4"), film(64 << 20)).unwrap();
    let hand: Arc<OnceLock<Job>> = Arc::default();
    let stop = hand.clone();
    let job = Job::new(move |_| stop.get().unwrap().cancel());
    hand.set(job.clone()).ok();
    let what = PhotoImport {
        paths: vec![from.clone()],
        ..Default::default()
    };
    let part = photo::import(&db, &what, &job, at("2026-11-22")).await.unwrap();
    assert!(part.cancelled && part.imported.len() == 1, "{part:?}");
    let rest = import(&db, &[&from]).await;
    assert_eq!((rest.imported.len(), rest.duplicates.len()), (1, 1));
}

#[tokio::test]
async fn a_screenshot_from_the_clipboard_becomes_a_photo() {
    let (folder, db) = support::workspace().await;
    let now = at("2026-11-22 10:00");
    let new = NewProduct {
        name: "防晒乳".into(),
        ..Default::default()
    };
    let thing = product::create(&db, new, now).await.unwrap().id;
    let what = PhotoImport {
        product: Some(thing),
        source: Source::Screenshot,
        ..Default::default()
    };
    let bytes = jpeg(1, 300, 200);
    let paste = async |bytes: &[u8]| photo::import_bytes(&db, "截图.png", bytes.to_vec(), &what, now).await;
    let shot = paste(&bytes).await.unwrap();
    assert_eq!((shot.source, shot.product), (Source::Screenshot, Some(thing)));
    assert_eq!((shot.kind, shot.width), (Kind::Picture, 300));
    assert!(photo::read(&db, shot.id, Size::Thumb).await.is_ok());
    assert_eq!(
        paste(&bytes).await.unwrap().id,
        shot.id,
        "pasted twice, there once"
    );
    photo::remove(&db, &[shot.id], now).await.unwrap();
    assert_eq!(
        paste(&bytes).await.unwrap().trashed_at,
        None,
        "back from the trash"
    );
    for bad in [&b""[..], b"text", &bytes[..bytes.len() / 2]] {
        assert_eq!(paste(bad).await.unwrap_err().code, Code::Unreadable);
    }
    let lost = PhotoImport {
        product: Some(99),
        ..Default::default()
    };
    let error = photo::import_bytes(&db, "a", bytes, &lost, now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound);
    drop(folder);
}

#[tokio::test]
async fn previews_are_made_ahead_for_large_pictures_only_and_the_newest_first() {
    let (folder, db) = support::workspace().await;
    let names = ["a.jpg", "b.jpg", "small.jpg"].map(|name| folder.path().join(name));
    fs::write(&names[0], with_exif(&jpeg(1, 1800, 1200))).unwrap();
    fs::write(&names[1], jpeg(2, 1800, 1200)).unwrap();
    fs::write(&names[2], jpeg(3, 1600, 900)).unwrap();
    let photos = import(&db, &names.each_ref().map(PathBuf::as_path))
        .await
        .imported;
    let preview = |n: usize| {
        let hash: &String = &photos[n].hash;
        db.path(format!("photos/preview/{}/{hash}.jpg", &hash[..2]))
    };
    let hand: Arc<OnceLock<Job>> = Arc::default();
    let stop = hand.clone();
    let other = Job::new(move |_| stop.get().unwrap().cancel());
    hand.set(other.clone()).ok();
    assert_eq!(photo::prepare(&db, &other).await.unwrap(), 1, "it stops at once");
    assert!(
        !preview(0).exists() && preview(1).exists(),
        "the newer one is there"
    );
    assert_eq!(photo::prepare(&db, &Job::silent()).await.unwrap(), 1);
    assert!(preview(0).exists() && preview(1).exists() && !preview(2).exists());
    assert!(photo::read(&db, photos[2].id, Size::Preview).await.is_ok());
    assert_eq!(
        photo::prepare(&db, &Job::silent()).await.unwrap(),
        0,
        "all are there"
    );
    fs::remove_file(preview(0)).unwrap();
    photo::remove(&db, &[photos[0].id], at("2026-11-22"))
        .await
        .unwrap();
    assert_eq!(
        photo::prepare(&db, &Job::silent()).await.unwrap(),
        0,
        "none for the trash"
    );
    let frame = Frame {
        width: Some(90),
        height: Some(90),
        fit: Fit::Crop,
    };
    assert!(photo::render(&db, photos[1].id, frame).await.is_ok());
}

#[tokio::test]
async fn everything_in_the_folder_of_real_photos_goes_in_or_says_why() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/photos");
    if !shared.exists() {
        println!("skipped: no folder of real photos beside the project");
        return;
    }
    let (_folder, db) = support::workspace().await;
    let done = import(&db, &[&shared]).await;
    for photo in &done.imported {
        assert_eq!(photo.kind, Kind::Picture, "{photo:?}");
        assert!(photo::read(&db, photo.id, Size::Thumb).await.is_ok());
    }
    for one in &done.rejected {
        println!("{}: {}", one.path.display(), one.reason);
        assert!(!one.reason.is_empty());
    }
    assert!(done.imported.len() > 20, "{}", done.imported.len());
    let listed = photo::list(&db, &PhotoFilter::default()).await.unwrap();
    assert_eq!(listed.len(), done.imported.len());
}

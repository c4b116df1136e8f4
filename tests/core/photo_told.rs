//! What files say of themselves reaches the library: moments to the part of a second, zones, files beside; what is odd is said.

use std::fs;

use caoben::{
    job::Job,
    photo::{self, Frame, Kind, PhotoFilter},
    workspace,
};

use crate::{
    photo::{import, jpeg, taken},
    photo_intake::filmed,
    support,
};

/// A packet as Lightroom writes it beside a photo.
const SIDECAR: &str = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 exif:DateTimeOriginal="2025-05-01T10:00:00.45+08:00" tiff:Model="X-T5" exif:GPSLatitude="30,15.5N" exif:GPSLongitude="120,9.3E"/>
</rdf:RDF></x:xmpmeta>"#;

/// The same JPEG with parts of a second in its EXIF: the offset's place is taken for them.
fn within_second(bytes: &[u8], digits: &str) -> Vec<u8> {
    let mut file = taken(bytes, "2025:05:01 10:00:00", &format!("{digits:6}"));
    let tag = 0x9011_u16.to_le_bytes();
    let place = file
        .windows(4)
        .position(|w| w[..2] == tag && w[2..] == [2, 0])
        .unwrap();
    file[place..place + 2].copy_from_slice(&0x9291_u16.to_le_bytes());
    file
}

#[tokio::test]
async fn the_shots_of_a_burst_lie_in_their_order_whatever_they_are_called() {
    let (folder, db) = support::workspace().await;
    for (seed, name, digits) in [
        (1, "A_2.jpg", "780"),
        (2, "IMG_1.jpg", "450"),
        (3, "IMG_9999.jpg", "120"),
    ] {
        fs::write(
            folder.path().join(name),
            within_second(&jpeg(seed, 90, 60), digits),
        )
        .unwrap();
    }
    let names = ["A_2.jpg", "IMG_1.jpg", "IMG_9999.jpg"].map(|name| folder.path().join(name));
    import(&db, &[&names[0], &names[1], &names[2]]).await;
    let list = photo::list(&db, &PhotoFilter::default()).await.unwrap();
    let names: Vec<&str> = list.iter().rev().map(|photo| photo.name.as_str()).collect();
    assert_eq!(
        names,
        ["IMG_9999.jpg", "IMG_1.jpg", "A_2.jpg"],
        "oldest first: .120, .450, .780"
    );
    let said = list[0].taken_at.clone().unwrap();
    assert!(said.starts_with("2025-05-01T10:00:00.78"), "{said}");
}

#[tokio::test]
async fn a_zone_of_zero_is_a_zone_and_a_containers_clock_is_read_where_this_computer_stands() {
    let (folder, db) = support::workspace().await;
    let [photo, clip] = ["零区.jpg", "片段.mp4"].map(|name| folder.path().join(name));
    fs::write(&photo, taken(&jpeg(1, 90, 60), "2025:01:09 20:00:00", "+00:00")).unwrap();
    // 2025-03-08T16:30:00Z, counted from 1970.
    fs::write(&clip, filmed(900, 1_741_451_400, "")).unwrap();
    let done = import(&db, &[&photo, &clip]).await;
    let said = |nth: usize| done.imported[nth].taken_at.clone().unwrap();
    assert_eq!(said(0), "2025-01-09T20:00:00+00:00");
    let moment: caoben::value::Time = said(1).parse().unwrap();
    assert_eq!(moment, "2025-03-08T16:30:00Z".parse().unwrap());
}

#[tokio::test]
async fn a_file_beside_a_photo_says_what_the_photo_does_not() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("相册");
    fs::create_dir(&from).unwrap();
    fs::write(from.join("a.jpg"), jpeg(1, 90, 60)).unwrap();
    fs::write(from.join("a.xmp"), SIDECAR).unwrap();
    fs::write(
        from.join("b.raf"),
        [&b"FUJIFILMCCD-RAW 0201"[..], &[3; 900]].concat(),
    )
    .unwrap();
    fs::write(from.join("b.raf.xmp"), SIDECAR).unwrap();
    fs::write(
        from.join("c.jpg"),
        taken(&jpeg(3, 90, 60), "2024:12:31 23:59:59", "+08:00"),
    )
    .unwrap();
    fs::write(from.join("c.xmp"), SIDECAR).unwrap();
    let done = import(&db, &[&from]).await;
    assert_eq!(
        (done.imported.len(), done.rejected.len(), done.strays.len()),
        (3, 0, 3),
        "{done:?}"
    );
    for photo in &done.imported {
        let own = photo.name == "c.jpg";
        let right = if own {
            "2024-12-31T23:59:59+08:00"
        } else {
            "2025-05-01T10:00:00.45+08:00"
        };
        assert_eq!(photo.taken_at.as_deref(), Some(right), "{}", photo.name);
        assert!(photo.has_gps, "{}: a place is known", photo.name);
        assert_eq!(photo.camera, if own { "SECRETCAM" } else { "X-T5" });
    }
}

#[tokio::test]
async fn a_clock_ahead_of_the_day_is_no_date_and_that_is_said() {
    let (folder, db) = support::workspace().await;
    let [ahead, unset, travel] =
        ["ahead.jpg", "unset.jpg", "travel.jpg"].map(|name| folder.path().join(name));
    fs::write(&ahead, taken(&jpeg(1, 90, 60), "2099:01:01 00:00:00", "+08:00")).unwrap();
    fs::write(&unset, taken(&jpeg(2, 90, 60), "1970:01:01 00:00:00", "+00:00")).unwrap();
    // Imported at 2026-11-22 10:00: a camera may show the day another continent has already.
    fs::write(&travel, taken(&jpeg(3, 90, 60), "2026:11:23 01:00:00", "+14:00")).unwrap();
    let done = import(&db, &[&ahead, &unset, &travel]).await;
    let photo = |nth: usize| &done.imported[nth];
    assert_eq!(photo(0).taken_at, None);
    assert!(photo(0).note.contains("2099-01-01"), "{}", photo(0).note);
    assert_eq!((&photo(1).taken_at, photo(1).note.as_str()), (&None, ""));
    assert!(
        photo(2).taken_at.is_some() && photo(2).note.is_empty(),
        "{:?}",
        photo(2)
    );
}

#[tokio::test]
async fn a_text_among_photos_is_no_rejected_photo_and_an_unknown_format_is_kept() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("旅行");
    fs::create_dir(&from).unwrap();
    fs::write(from.join("a.jpg"), jpeg(1, 90, 60)).unwrap();
    fs::write(from.join("README"), "拍摄清单\n第一天 防晒").unwrap();
    fs::write(from.join("清单.csv"), b"\xC9\xD5\xC6\xDA,1\r\n").unwrap();
    fs::write(from.join(".nomedia"), "").unwrap();
    fs::write(
        from.join("x.gpr"),
        [&[7, 0, 3, 1, 0xFF][..], &[200; 900]].concat(),
    )
    .unwrap();
    fs::write(from.join("说明.pdf"), b"%PDF-1.7\n\x01\x02\x03").unwrap();
    fs::write(from.join("坏的.jpg"), "<html>404</html>").unwrap();
    let done = import(&db, &[&from]).await;
    assert_eq!(
        (done.imported.len(), done.strays.len(), done.rejected.len()),
        (2, 2, 2),
        "{done:?}"
    );
    let kept = done
        .imported
        .iter()
        .find(|photo| photo.kind == Kind::File)
        .unwrap();
    assert_eq!(kept.name, "x.gpr");
    assert!(
        kept.unread.contains("GPR") && kept.unread.contains("原样保存"),
        "{}",
        kept.unread
    );
    let why = |name: &str| {
        let one = done.rejected.iter().find(|one| one.path.ends_with(name));
        one.unwrap().reason.clone()
    };
    assert!(why("说明.pdf").contains("PDF"), "{}", why("说明.pdf"));
    assert!(
        why("坏的.jpg").contains("不是图片"),
        "a photo that was none is not passed over: {}",
        why("坏的.jpg")
    );
    assert!(workspace::check(&db, &Job::silent()).await.unwrap().ok);
}

#[tokio::test]
async fn a_photo_that_lacks_its_last_bytes_goes_in_with_a_word() {
    let (folder, db) = support::workspace().await;
    let path = folder.path().join("少两个字节.jpg");
    let whole = jpeg(1, 320, 240);
    fs::write(&path, &whole[..whole.len() - 2]).unwrap();
    let photo = import(&db, &[&path]).await.imported.remove(0);
    assert!(photo.note.contains("末尾少了几个字节"), "{}", photo.note);
    let made = photo::render(&db, photo.id, Frame::default()).await.unwrap();
    assert_eq!(image::load_from_memory(&made).unwrap().width(), 320);
}

#[tokio::test]
async fn the_first_name_of_a_photo_is_known_and_never_leaves() {
    let (folder, db) = support::workspace().await;
    let [first, second] = ["隐私-张三家客厅.jpg", "b.jpg"].map(|name| folder.path().join(name));
    fs::write(&first, jpeg(1, 300, 200)).unwrap();
    fs::write(&second, jpeg(1, 300, 200)).unwrap();
    let photo = import(&db, &[&first]).await.imported.remove(0);
    import(&db, &[&second]).await;
    let photo = photo::get(&db, photo.id).await.unwrap();
    assert_eq!(photo.name, "隐私-张三家客厅.jpg", "the first one stays");
    let out = folder.path().join("out.jpg");
    caoben::retouch::export(&db, photo.id, Frame::default(), None, &out)
        .await
        .unwrap();
    let made = fs::read(&out).unwrap();
    assert!(!made.windows(6).any(|w| w == "张三".as_bytes()));
}

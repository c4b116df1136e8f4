//! The evidence of a trial: what it says, and that it can be written, read again and trusted.

use std::path::Path;

use caoben::{
    Code,
    db::Db,
    job::Job,
    photo::{self, PhotoPatch, Source},
    product::{self, NewProduct},
    retouch,
    trial::{self, Acquired, EvidenceFormat, NewDay, NewFlaw, NewTrial, Rating, TrialPatch, Verdict},
    value::{Date, Id},
};

use crate::{
    duplicates::{jpeg as saved, scene, shot, take},
    photo::{import, jpeg},
    photo_intake::filmed,
    support::{self, at},
};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A trial of five days with four photos, a late note, an edited one, two shortcomings and a verdict.
async fn told(db: &Db, folder: &Path) -> (Id, Vec<Id>) {
    let input = NewProduct {
        name: "云感防晒乳".to_owned(),
        brand: "云感".to_owned(),
        ..NewProduct::default()
    };
    let product = product::create(db, input, at("2026-11-01")).await.unwrap().id;
    let input = NewTrial {
        product,
        acquired: Acquired::Sample,
        on: Some(day("2026-11-02")),
    };
    let id = trial::start(db, input, at("2026-11-02 10:00")).await.unwrap().id;
    let mut photos = Vec::new();
    for seed in 1..=4 {
        let file = folder.join(format!("{seed}.jpg"));
        std::fs::write(&file, jpeg(seed, 640, 480)).unwrap();
        photos.push(import(db, &[&file]).await.imported[0].id);
    }
    let days = [
        ("2026-11-02", "拆箱", "2026-11-02 20:00", vec![photos[0]], 4),
        ("2026-11-03", "很好用", "2026-11-03 20:00", vec![], 4),
        (
            "2026-11-04",
            "下午出油🔥\n第二行",
            "2026-11-06 09:30",
            vec![photos[1], photos[2]],
            2,
        ),
    ];
    for (on, text, when, photos, value) in days {
        let day = NewDay {
            on: day(on),
            text: text.to_owned(),
            photos,
            ratings: vec![Rating {
                scale: "控油".to_owned(),
                value,
            }],
        };
        trial::log(db, id, day, at(when)).await.unwrap();
    }
    let changed = NewDay {
        on: day("2026-11-03"),
        text: "其实一般".to_owned(),
        photos: vec![],
        ratings: vec![],
    };
    trial::log(db, id, changed, at("2026-11-05 08:00")).await.unwrap();
    let flaw = NewFlaw {
        on: Some(day("2026-11-04")),
        photo: Some(photos[2]),
        severity: Some(3),
        ..NewFlaw::from("泛红")
    };
    trial::add_shortcoming(db, id, flaw, at("2026-11-06"))
        .await
        .unwrap();
    let patch = TrialPatch {
        acquired_from: Some("云感品牌部".to_owned()),
        paid: Some(Some(0)),
        receipt: Some(Some(photos[3])),
        ..TrialPatch::default()
    };
    trial::edit(db, id, patch, at("2026-11-06")).await.unwrap();
    trial::finish(
        db,
        id,
        Verdict::Mixed,
        "敏感皮先试小样",
        None,
        at("2026-11-06 21:00"),
    )
    .await
    .unwrap();
    (id, photos)
}

#[tokio::test]
async fn the_record_says_how_it_was_got_what_was_late_and_what_was_changed() {
    let (folder, db) = support::workspace().await;
    let (id, photos) = told(&db, folder.path()).await;
    let record = trial::record(&db, id).await.unwrap();
    assert_eq!(record.title, "云感防晒乳", "the brand is in the name already");
    assert_eq!(record.facts[0].1, "品牌寄样，来自云感品牌部，未付费");
    assert_eq!(record.facts[1].1, "2026-11-02 至 2026-11-06，共 5 天");
    assert_eq!(record.facts[2].1, "3 天，其中 1 天是后来补记的");
    let flaw = &record.shortcomings[0];
    assert_eq!(
        (flaw.text.as_str(), flaw.note.as_str(), flaw.picture),
        ("泛红", "劝退 · 2026-11-04 发现", Some(3))
    );
    assert_eq!(
        record.verdict,
        Some(("看人".to_owned(), "敏感皮先试小样".to_owned()))
    );
    assert_eq!(record.verdicts_before, [""; 0], "it was said once");
    trial::finish(
        &db,
        id,
        Verdict::Reject,
        "一泵就闷痘",
        None,
        at("2026-11-08 09:00"),
    )
    .await
    .unwrap();
    assert_eq!(
        trial::record(&db, id).await.unwrap().verdicts_before,
        ["2026-11-08 09:00 改掉的：看人（2026-11-06 下的）。敏感皮先试小样"]
    );
    let [first, changed, late] = &record.entries[..] else {
        panic!("three days have something to say")
    };
    assert_eq!(first.written, "当天记于 2026-11-02 20:00");
    assert_eq!(changed.written, "当天记于 2026-11-03 20:00，后改 1 次");
    assert_eq!(
        changed.before,
        ["2026-11-05 08:00 改掉的：很好用（控油 4/5）"],
        "what was felt is kept as well as what was said"
    );
    assert!(late.late);
    assert_eq!(late.written, "补记：写于 2026-11-06 09:30");
    assert_eq!(
        (late.name.as_str(), late.pictures.as_slice()),
        ("第 3 天", &[2, 3][..])
    );
    assert_eq!(
        record.curves[0].points,
        [(1, 4), (3, 2)],
        "a change of words alone said no rating"
    );
    assert_eq!(
        record.receipt,
        Some(4),
        "the receipt comes after the days' photos"
    );
    let hashes: Vec<String> = record
        .pictures
        .iter()
        .map(|picture| picture.hash.clone())
        .collect();
    let mut known = Vec::new();
    for photo in photos {
        known.push(photo::get(&db, photo).await.unwrap().hash);
    }
    assert_eq!(hashes, known);
}

#[tokio::test]
async fn the_pdf_is_whole_and_the_same_bytes_each_time() {
    let (folder, db) = support::workspace().await;
    let (id, _) = told(&db, folder.path()).await;
    let mut written = Vec::new();
    for name in ["一.pdf", "二.pdf"] {
        let out = folder.path().join("证据").join(name);
        let answer = trial::evidence(&db, id, &out, EvidenceFormat::Pdf, &Job::silent())
            .await
            .unwrap();
        assert_eq!((answer.pictures, answer.failed.len()), (4, 0));
        let bytes = std::fs::read(&out).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(bytes.starts_with(b"%PDF-") && text.trim_end().ends_with("%%EOF"));
        let count = format!("/Count {}", answer.pages);
        assert!(text.contains(&count), "the page tree says {count}");
        assert_eq!(
            text.matches("/DCTDecode").count(),
            4,
            "each picture is in it once, as JPEG"
        );
        written.push(bytes);
    }
    assert_eq!(written[0], written[1], "the same trial gives the same bytes");
}

#[tokio::test]
async fn the_folder_has_the_words_the_pictures_and_hashes_that_match() {
    let (folder, db) = support::workspace().await;
    let (id, _) = told(&db, folder.path()).await;
    let out = folder.path().join("证据夹");
    let answer = trial::evidence(&db, id, &out, EvidenceFormat::Folder, &Job::silent())
        .await
        .unwrap();
    assert_eq!((answer.pages, answer.pictures), (0, 4));
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let text = std::fs::read_to_string(out.join("试用记录.md")).unwrap();
    assert_eq!(
        manifest["record"]["blake3"],
        blake3::hash(text.as_bytes()).to_hex().to_string()
    );
    assert!(
        text.find("## 缺点").unwrap() < text.find("## 结论").unwrap(),
        "shortcomings come first"
    );
    let pictures = manifest["pictures"].as_array().unwrap();
    assert_eq!(pictures.len(), 4);
    for picture in pictures {
        let bytes = std::fs::read(out.join(picture["file"].as_str().unwrap())).unwrap();
        assert_eq!(picture["file_blake3"], blake3::hash(&bytes).to_hex().to_string());
        assert!(
            !bytes.windows(4).any(|four| four == b"Exif"),
            "no EXIF, so no place"
        );
    }
}

#[tokio::test]
async fn a_lost_photo_is_named_in_its_place_and_the_rest_goes_on() {
    let (folder, db) = support::workspace().await;
    let (id, photos) = told(&db, folder.path()).await;
    let lost = photo::get(&db, photos[1]).await.unwrap();
    std::fs::remove_file(db.path(format!("photos/{}/{}.jpg", &lost.hash[..2], lost.hash))).unwrap();
    for (name, format) in [("a.pdf", EvidenceFormat::Pdf), ("b", EvidenceFormat::Folder)] {
        let out = folder.path().join(name);
        let answer = trial::evidence(&db, id, &out, format, &Job::silent())
            .await
            .unwrap();
        assert_eq!((answer.pictures, answer.failed.len()), (3, 1), "{name}");
        assert_eq!(answer.failed[0].photo, photos[1]);
        assert!(
            answer.failed[0].reason.contains("找不到"),
            "{}",
            answer.failed[0].reason
        );
    }
    let text = std::fs::read_to_string(folder.path().join("b/试用记录.md")).unwrap();
    assert!(text.contains("图 2 没有印出来") && text.contains(&lost.hash[..16]));
}

#[tokio::test]
async fn nothing_is_ever_overwritten_and_nothing_half_written_is_left() {
    let (folder, db) = support::workspace().await;
    let (id, _) = told(&db, folder.path()).await;
    let there = folder.path().join("有了.pdf");
    std::fs::write(&there, "我的").unwrap();
    for format in [EvidenceFormat::Pdf, EvidenceFormat::Folder] {
        let error = trial::evidence(&db, id, &there, format, &Job::silent())
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::Conflict);
        assert_eq!(std::fs::read_to_string(&there).unwrap(), "我的");
        // A file stands where the folder should be.
        let inside = there.join("里面.pdf");
        let error = trial::evidence(&db, id, &inside, format, &Job::silent())
            .await
            .unwrap_err();
        assert_ne!(error.code, Code::Internal, "{}", error.message);
    }
    let stopped = Job::silent();
    stopped.cancel();
    for (name, format) in [("c.pdf", EvidenceFormat::Pdf), ("c", EvidenceFormat::Folder)] {
        let out = folder.path().join("空").join(name);
        let error = trial::evidence(&db, id, &out, format, &stopped)
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::Cancelled);
        assert!(!out.exists());
    }
    let error = trial::evidence(
        &db,
        99,
        &folder.path().join("d"),
        EvidenceFormat::Pdf,
        &Job::silent(),
    )
    .await
    .unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

#[tokio::test]
async fn a_trial_with_nothing_in_it_and_one_full_of_hard_things_both_get_their_pages() {
    let (folder, db) = support::workspace().await;
    let product = product::create(
        &db,
        NewProduct {
            name: "𠮷野家牛肉饭🍚".to_owned(),
            ..NewProduct::default()
        },
        at("2026-11-01"),
    )
    .await
    .unwrap()
    .id;
    let input = NewTrial {
        product,
        acquired: Acquired::Bought,
        on: Some(day("2026-11-02")),
    };
    let id = trial::start(&db, input, at("2026-11-02")).await.unwrap().id;
    let write = async |name: &str| {
        trial::evidence(
            &db,
            id,
            &folder.path().join(name),
            EvidenceFormat::Pdf,
            &Job::silent(),
        )
        .await
        .unwrap()
        .pages
    };
    assert_eq!(write("空.pdf").await, 1);
    let ratings = (0..20)
        .map(|nth| Rating {
            scale: format!("🔥第{nth}项感受名字很长很长很长"),
            value: 1 + nth % 5,
        })
        .collect::<Vec<_>>();
    for on in ["2026-11-02", "2026-11-03"] {
        let long = NewDay {
            on: day(on),
            text: "好".repeat(10_000),
            photos: vec![],
            ratings: ratings.clone(),
        };
        trial::log(&db, id, long, at("2026-11-03 20:00")).await.unwrap();
    }
    assert!(
        write("满.pdf").await > 10,
        "a long note goes over as many pages as it needs"
    );
}

#[tokio::test]
async fn what_was_hidden_in_a_photo_is_hidden_in_the_evidence_and_the_manifest_says_so() {
    let (folder, db) = support::workspace().await;
    let (id, photos) = told(&db, folder.path()).await;
    let written = async |name: &str| {
        let out = folder.path().join(name);
        let answer = trial::evidence(&db, id, &out, EvidenceFormat::Folder, &Job::silent())
            .await
            .unwrap();
        let manifest = std::fs::read(out.join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let first = std::fs::read(out.join("photos/001.jpg")).unwrap();
        (answer, manifest["pictures"][0].clone(), first)
    };
    let (_, plain, bare) = written("修图以前").await;
    assert_eq!(plain["retouched"], false);
    let edits = retouch::Edits {
        hidden: vec![retouch::Hidden {
            veil: retouch::Veil::Mosaic,
            radius: 0.2,
            points: vec![(0.3, 0.5), (0.7, 0.5)],
        }],
        ..retouch::Edits::default()
    };
    retouch::set(&db, photos[0], None, edits, at("2026-11-06"))
        .await
        .unwrap();
    let (_, veiled, shown) = written("修图以后").await;
    let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
    assert_eq!(veiled["retouched"], true);
    assert_eq!(
        veiled["original_blake3"], plain["original_blake3"],
        "the original is the same file"
    );
    assert_ne!(shown, bare);
    assert_eq!(
        (&veiled["file_blake3"], &plain["file_blake3"]),
        (&hash(&shown).into(), &hash(&bare).into())
    );
    let frame = photo::Frame {
        width: Some(1200),
        height: Some(1200),
        fit: photo::Fit::Inside,
    };
    assert_eq!(
        shown,
        retouch::render(&db, photos[0], frame, None).await.unwrap(),
        "what leaves as a post leaves as evidence"
    );
    let text = std::fs::read_to_string(folder.path().join("修图以后/试用记录.md")).unwrap();
    assert!(text.contains("自拍 · 修过，原件留着"), "{text}");
}

/// Begins a trial of something new.
async fn begin(db: &Db, name: &str, on: &str) -> Id {
    let input = NewProduct {
        name: name.to_owned(),
        ..NewProduct::default()
    };
    let product = product::create(db, input, at("2026-11-01")).await.unwrap().id;
    let input = NewTrial {
        product,
        acquired: Acquired::Bought,
        on: Some(day(on)),
    };
    trial::start(db, input, at("2026-11-10")).await.unwrap().id
}

async fn put(db: &Db, trial: Id, photos: &[Id]) {
    let day = NewDay {
        on: day("2026-11-10"),
        text: String::new(),
        photos: photos.to_vec(),
        ratings: vec![],
    };
    trial::log(db, trial, day, at("2026-11-10 20:00")).await.unwrap();
}

async fn own(db: &Db, trial: Id) -> (String, Vec<String>) {
    let record = trial::record(db, trial).await.unwrap();
    let pictures = record.pictures.into_iter().map(|picture| picture.caption);
    (record.facts[3].1.clone(), pictures.collect())
}

#[tokio::test]
async fn a_photo_in_doubt_is_not_counted_in_any_trial_that_shows_it_and_its_caption_says_why() {
    let (folder, db) = support::workspace().await;
    let [first, second] = [
        begin(&db, "防晒", "2026-11-09").await,
        begin(&db, "啤酒", "2026-11-10").await,
    ];
    take(
        &db,
        folder.path(),
        "brand.jpg",
        &saved(&scene(1, 0.0, 0.0), 95),
        Source::Brand,
    )
    .await;
    let passed = saved(&scene(1, 0.0, 0.0), 60);
    let passed = take(&db, folder.path(), "passed.jpg", &passed, Source::Own)
        .await
        .id;
    let shown = saved(&scene(1, 0.0, 0.0), 50);
    let shown = take(&db, folder.path(), "shown.jpg", &shown, Source::Own)
        .await
        .id;
    let real = shot(&saved(&scene(2, 0.0, 0.0), 90), "X-T30", "2026:11:09 08:30:00");
    let real = take(&db, folder.path(), "real.jpg", &real, Source::Own).await.id;
    // The first trial has them; the second shows them as well.
    put(&db, first, &[passed, real]).await;
    put(&db, second, &[passed, real]).await;
    let flaw = NewFlaw {
        photo: Some(shown),
        ..NewFlaw::from("漏液")
    };
    trial::add_shortcoming(&db, second, flaw, at("2026-11-10"))
        .await
        .unwrap();

    let (figure, captions) = own(&db, second).await;
    assert_eq!(
        figure, "1 张，其中 0 张拍在试用期内；另有 2 张存疑，没有算进来",
        "that of the shortcoming too"
    );
    let doubt = "自拍存疑：和别人的图是同一张、没有相机信息";
    assert!(captions[0].ends_with(doubt), "{captions:?}");
    assert!(
        captions[1].ends_with(" · 自拍"),
        "its one weak fact (another trial's day) is no doubt: {captions:?}"
    );
    assert!(captions[2].ends_with(doubt), "{captions:?}");
    assert_eq!(
        own(&db, first).await.0,
        "1 张，其中 1 张拍在试用期内；另有 1 张存疑，没有算进来"
    );

    photo::claim(&db, &[passed], true, at("2026-11-10"))
        .await
        .unwrap();
    let (figure, captions) = own(&db, second).await;
    assert_eq!(
        figure,
        "2 张，其中 0 张拍在试用期内；1 张只凭本人说明，另有 1 张存疑，没有算进来"
    );
    assert!(
        captions[0].contains("自拍，只凭本人说明：和别人的图是同一张"),
        "{captions:?}"
    );
}

#[tokio::test]
async fn neither_the_receipt_nor_a_file_nobody_can_see_is_a_photo_of_the_creator() {
    let (folder, db) = support::workspace().await;
    let id = begin(&db, "防晒", "2026-11-09").await;
    let mut photos = Vec::new();
    for (name, bytes) in [
        ("a.jpg", jpeg(1, 640, 480)),
        ("小票.jpg", jpeg(2, 640, 480)),
        ("raw.raf", b"FUJIFILMCCD-RAW 0201FF383501".to_vec()),
        // 2026-11-09 02:00 UTC, in seconds since 1904.
        ("clip.mp4", filmed(100, 3_877_034_400, "Pixel 9")),
    ] {
        photos.push(take(&db, folder.path(), name, &bytes, Source::Own).await);
    }
    let [plain, receipt, raw, clip] = &photos[..] else {
        panic!("four")
    };
    assert_eq!(raw.kind, photo::Kind::File);
    put(&db, id, &[plain.id, raw.id, clip.id]).await;
    let patch = TrialPatch {
        receipt: Some(Some(receipt.id)),
        ..TrialPatch::default()
    };
    trial::edit(&db, id, patch, at("2026-11-10")).await.unwrap();
    let (figure, captions) = own(&db, id).await;
    assert_eq!(figure, "2 张，其中 1 张拍在试用期内", "{captions:?}");
    assert!(captions[1].starts_with("文件 · "), "{captions:?}");
}

#[tokio::test]
async fn the_date_of_a_shared_photo_is_held_beside_the_trial_that_shows_it() {
    let (folder, db) = support::workspace().await;
    let [early, late] = [
        begin(&db, "防晒", "2026-11-01").await,
        begin(&db, "啤酒", "2026-11-10").await,
    ];
    // 2026-11-04 02:00 UTC, in seconds since 1904, by no camera that is named.
    let taken = filmed(100, 3_876_602_400, "");
    let taken = take(&db, folder.path(), "a.mp4", &taken, Source::Own).await.id;
    let patch = PhotoPatch {
        trial: Some(Some(early)),
        ..PhotoPatch::default()
    };
    photo::edit(&db, &[taken], patch, at("2026-11-10")).await.unwrap();
    put(&db, early, &[taken]).await;
    put(&db, late, &[taken]).await;
    assert_eq!(own(&db, early).await.0, "1 张，其中 1 张拍在试用期内");
    let (figure, captions) = own(&db, late).await;
    assert_eq!(figure, "0 张，其中 0 张拍在试用期内；另有 1 张存疑，没有算进来");
    assert!(
        captions[0].contains("自拍存疑：没有相机信息、不拍在试用期里"),
        "{captions:?}"
    );
}

//! Retouch 修图: the list is kept and taken back, what leaves is edited, and the original never changes.

use std::fs;

use caoben::{
    Code,
    bundle::{self, BundleExport},
    db::Db,
    job::Job,
    photo::{self, Fit, Frame, Size},
    retouch::{
        self, Carried, Crop, Edits, Hidden, Ink, Mark, MarkKind, Replaced, Spot, Tone, Veil, Watermark,
    },
    value::{Id, Time},
};
use image::RgbImage;

use crate::{
    bundle::scene,
    photo::{import, jpeg},
    support,
};

fn now() -> Time {
    support::at("2026-11-22 10:00")
}

async fn photos(db: &Db, folder: &std::path::Path, count: u32) -> Vec<Id> {
    let mut ids = Vec::new();
    for seed in 0..count {
        let file = folder.join(format!("照片 {seed}.jpg"));
        fs::write(&file, jpeg(60 + seed, 640, 480)).unwrap();
        ids.push(import(db, &[&file]).await.imported[0].id);
    }
    ids
}

fn inside(side: u32) -> Frame {
    Frame {
        width: Some(side),
        height: Some(side),
        fit: Fit::Inside,
    }
}

fn open(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().into_rgb8()
}

fn turned() -> Edits {
    Edits {
        turns: 1,
        ..Edits::default()
    }
}

fn warm() -> Tone {
    Tone {
        exposure: 20,
        temperature: 40,
        ..Tone::default()
    }
}

fn hidden() -> Hidden {
    Hidden {
        veil: Veil::Mosaic,
        radius: 0.1,
        points: vec![(0.3, 0.5), (0.7, 0.5)],
    }
}

fn caption(text: &str) -> Mark {
    Mark {
        kind: MarkKind::Caption,
        from: (0.5, 0.5),
        text: text.to_owned(),
        ink: Ink::Red,
        size: 0.08,
        ..Mark::default()
    }
}

fn watermark(place: Spot) -> Option<Watermark> {
    Some(Watermark {
        text: "@小鹿的草本".to_owned(),
        place,
        opacity: 90,
        ..Watermark::default()
    })
}

/// The mean difference of two pictures of one size.
fn apart(a: &RgbImage, b: &RgbImage) -> f64 {
    assert_eq!(a.dimensions(), b.dimensions());
    let sum: u64 = a
        .as_raw()
        .iter()
        .zip(b.as_raw())
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    sum as f64 / a.as_raw().len() as f64
}

/// Writes into the table what a newer version or a fault could have left there.
async fn scribble(db: &Db, photo: Id, text: &str) {
    let mut tx = db.begin().await.unwrap();
    sqlx::query("INSERT INTO photo_edit (photo_id, edits, created_at) VALUES (?, ?, 0)")
        .bind(photo)
        .bind(text)
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn edits_are_kept_drawn_everywhere_and_taken_back_and_the_original_is_untouched() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let before = photo::get(&db, id).await.unwrap();
    assert_eq!(before.edited, 0, "never edited");
    let plain = photo::render(&db, id, inside(300)).await.unwrap();

    let edits = Edits {
        crop: Some(Crop {
            x: 0.0,
            y: 0.0,
            width: 0.5,
            height: 1.0,
        }),
        tone: warm(),
        ..turned()
    };
    let kept = retouch::set(&db, id, None, edits.clone(), now()).await.unwrap();
    assert_eq!(kept.edits, edits);
    assert_eq!(retouch::get(&db, id, None).await.unwrap().edits, edits);
    let after = photo::get(&db, id).await.unwrap();
    assert!(after.edited > 0, "the window must ask for the picture again");

    // 640×480, turned 480×640, half of it 240×640.
    let out = open(&retouch::render(&db, id, inside(320), None).await.unwrap());
    assert_eq!(out.dimensions(), (120, 320));
    let (thumb, media) = retouch::read(&db, id, Size::Thumb, None).await.unwrap();
    assert_eq!((open(&thumb).dimensions(), media), ((192, 512), "image/jpeg"));
    assert_eq!(
        retouch::read(&db, id, Size::Thumb, None).await.unwrap().0,
        thumb,
        "from the cache"
    );
    assert_eq!(
        open(&photo::read(&db, id, Size::Thumb).await.unwrap().0).dimensions(),
        (512, 384),
        "the plain one is still there"
    );
    let (original, _) = retouch::read(&db, id, Size::Original, None).await.unwrap();
    assert_eq!(
        blake3::hash(&original).to_hex().as_str(),
        before.hash,
        "the file is as it came"
    );

    let back = retouch::clear(&db, id, None, now()).await.unwrap();
    assert!(back.edits.is_none());
    assert!(photo::get(&db, id).await.unwrap().edited < 0, "and ask again");
    assert!(
        retouch::render(&db, id, inside(300), None).await.unwrap() == plain,
        "byte for byte as before"
    );
    let past = retouch::history(&db, id, None).await.unwrap();
    assert_eq!(past.len(), 2);
    assert_eq!(past[1].edits, edits, "what was taken back can be had again");
}

#[tokio::test]
async fn the_same_edits_are_not_kept_twice_and_no_edits_leave_no_trace() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    retouch::set(&db, id, None, Edits::default(), now())
        .await
        .unwrap();
    assert_eq!(photo::get(&db, id).await.unwrap().edited, 0);
    for _ in 0..3 {
        retouch::set(&db, id, None, turned(), now()).await.unwrap();
    }
    assert_eq!(retouch::history(&db, id, None).await.unwrap().len(), 1);
    for n in 0..230 {
        let tone = Tone {
            exposure: (n % 100) as i8,
            ..Tone::default()
        };
        retouch::set(
            &db,
            id,
            None,
            Edits {
                tone,
                ..Edits::default()
            },
            now(),
        )
        .await
        .unwrap();
    }
    assert_eq!(
        retouch::history(&db, id, None).await.unwrap().len(),
        200,
        "the way back is long, not endless"
    );
}

#[tokio::test]
async fn a_channel_has_its_own_version_else_the_one_for_all_else_none() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let size = async |channel| {
        let made = retouch::render(&db, id, inside(640), channel).await.unwrap();
        open(&made).dimensions()
    };
    assert_eq!(size(Some(7)).await, (640, 480));
    retouch::set(&db, id, None, turned(), now()).await.unwrap();
    assert_eq!(size(Some(7)).await, (480, 640), "the one for all");
    let square = Edits {
        crop: Some(Crop {
            x: 0.0,
            y: 0.0,
            width: 0.75,
            height: 1.0,
        }),
        ..Edits::default()
    };
    retouch::set(&db, id, Some(7), square.clone(), now())
        .await
        .unwrap();
    assert_eq!(size(Some(7)).await, (480, 480), "its own");
    assert_eq!(size(Some(8)).await, (480, 640));
    assert_eq!(size(None).await, (480, 640));
    let seen = retouch::get(&db, id, Some(7)).await.unwrap();
    assert!(seen.own && seen.channels == [7]);
    retouch::set(&db, id, Some(7), Edits::default(), now())
        .await
        .unwrap();
    assert_eq!(
        size(Some(7)).await,
        (640, 480),
        "its own version may be the plain photo"
    );
    retouch::clear(&db, id, Some(7), now()).await.unwrap();
    assert_eq!(size(Some(7)).await, (480, 640), "follows the one for all again");
    assert!(retouch::get(&db, id, Some(7)).await.unwrap().channels.is_empty());
}

#[tokio::test]
async fn a_bundle_carries_the_channels_edits() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu"]).await;
    let id = photo::list(&db, &Default::default())
        .await
        .unwrap()
        .last()
        .unwrap()
        .id;
    let pictures = async |name: &str| {
        let out = folder.path().join(name);
        let what = BundleExport {
            post,
            channels: vec![channels[0]],
            out: Some(out),
            zip: false,
            override_reason: Some("测试".into()),
        };
        let made = bundle::export(&db, &what, &Job::silent(), now()).await.unwrap();
        let folder = &made.bundles[0].dir;
        ["01.jpg", "02.jpg", "03.jpg"].map(|name| fs::read(folder.join(name)).unwrap())
    };
    let before = pictures("甲").await;
    let grey = Tone {
        saturation: -100,
        ..Tone::default()
    };
    retouch::set(
        &db,
        id,
        Some(channels[0]),
        Edits {
            tone: grey,
            ..Edits::default()
        },
        now(),
    )
    .await
    .unwrap();
    let after = pictures("乙").await;
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    assert_eq!(changed, 1, "only the edited picture is another");
    let grey = after.iter().any(|file| {
        open(file)
            .pixels()
            .all(|p| p.0[0].abs_diff(p.0[1]) < 6 && p.0[1].abs_diff(p.0[2]) < 6)
    });
    assert!(grey, "and it is grey");
}

#[tokio::test]
async fn the_preview_and_the_export_hide_the_same_place_and_say_the_same_words() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let edits = Edits {
        straighten: -3.0,
        tone: warm(),
        hidden: vec![hidden()],
        marks: vec![
            caption("第 14 天"),
            Mark {
                kind: MarkKind::Arrow,
                from: (0.2, 0.2),
                to: (0.4, 0.4),
                text: "这里".to_owned(),
                size: 0.05,
                ..Mark::default()
            },
            Mark {
                kind: MarkKind::Ring,
                from: (0.6, 0.6),
                to: (0.8, 0.8),
                ink: Ink::Yellow,
                size: 0.05,
                ..Mark::default()
            },
        ],
        watermark: watermark(Spot::BottomRight),
        ..Edits::default()
    };
    let draft = open(&retouch::draft(&db, id, edits.clone(), 600).await.unwrap());
    retouch::set(&db, id, None, edits, now()).await.unwrap();
    let export = open(&retouch::render(&db, id, inside(300), None).await.unwrap());
    let small = image::imageops::resize(
        &draft,
        export.width(),
        export.height(),
        image::imageops::FilterType::Triangle,
    );
    assert!(apart(&small, &export) < 3.0, "{}", apart(&small, &export));
}

#[tokio::test]
async fn marks_and_watermarks_are_seen_whatever_is_written() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let plain = open(&retouch::draft(&db, id, Edits::default(), 320).await.unwrap());
    let long = "很长的说明，".repeat(50);
    for text in [
        "自购第 14 天",
        "<b>&amp;\"'</b> & <",
        "好用✨👍🏽",
        "a\u{0}b\u{202e}c",
        long.as_str(),
        "]]><!--",
    ] {
        for plate in [false, true] {
            let mark = Mark {
                plate,
                ..caption(text)
            };
            let made = open(
                &retouch::draft(
                    &db,
                    id,
                    Edits {
                        marks: vec![mark],
                        ..Edits::default()
                    },
                    320,
                )
                .await
                .unwrap(),
            );
            assert!(apart(&plain, &made) > 0.1, "{text:?} is not seen");
        }
        for place in [Spot::TopLeft, Spot::Bottom, Spot::Middle, Spot::Tiled] {
            let mark = Watermark {
                text: text.to_owned(),
                place,
                opacity: 100,
                ..Watermark::default()
            };
            let edits = Edits {
                watermark: Some(mark),
                ..Edits::default()
            };
            let made = open(&retouch::draft(&db, id, edits, 320).await.unwrap());
            assert!(
                apart(&plain, &made) > 0.05,
                "{text:?} as a watermark at {place:?}"
            );
        }
    }
    let empty = Edits {
        marks: vec![caption("  ")],
        ..Edits::default()
    };
    assert!(
        retouch::set(&db, id, None, empty, now())
            .await
            .unwrap()
            .edits
            .is_none(),
        "no words, no mark"
    );
}

#[tokio::test]
async fn a_watermark_stands_inside_every_crop() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let corner = |picture: &RgbImage| {
        let (w, h) = picture.dimensions();
        image::imageops::crop_imm(picture, w / 2, h * 7 / 8, w / 2, h / 8).to_image()
    };
    for (width, height) in [(300, 400), (400, 300), (235, 100)] {
        let frame = Frame {
            width: Some(width),
            height: Some(height),
            fit: Fit::Crop,
        };
        retouch::clear(&db, id, None, now()).await.unwrap();
        let plain = open(&retouch::render(&db, id, frame, None).await.unwrap());
        let edits = Edits {
            watermark: watermark(Spot::BottomRight),
            ..Edits::default()
        };
        retouch::set(&db, id, None, edits, now()).await.unwrap();
        let marked = open(&retouch::render(&db, id, frame, None).await.unwrap());
        assert!(apart(&corner(&plain), &corner(&marked)) > 2.0, "{width}×{height}");
    }
}

#[tokio::test]
async fn copies_carry_tone_and_watermark_and_only_what_else_is_asked_for() {
    let (folder, db) = support::workspace().await;
    let ids = photos(&db, folder.path(), 3).await;
    let from = Edits {
        tone: warm(),
        hidden: vec![hidden()],
        marks: vec![caption("之前")],
        watermark: watermark(Spot::Tiled),
        ..turned()
    };
    retouch::set(&db, ids[0], None, from.clone(), now())
        .await
        .unwrap();
    let own = Edits {
        flip: true,
        marks: vec![caption("之后")],
        ..Edits::default()
    };
    retouch::set(&db, ids[1], None, own.clone(), now()).await.unwrap();

    let changed = retouch::copy(
        &db,
        (ids[0], None),
        &[ids[1], ids[2], ids[1], ids[0]],
        Carried::default(),
        now(),
    )
    .await
    .unwrap();
    let before = |photo, edits| Replaced { photo, edits };
    assert_eq!(
        changed,
        [before(ids[1], own.clone()), before(ids[2], Edits::default())]
    );
    let one = retouch::get(&db, ids[1], None).await.unwrap().edits;
    assert_eq!(
        one,
        Edits {
            tone: from.tone,
            watermark: from.watermark.clone(),
            ..own
        }
    );
    let two = retouch::get(&db, ids[2], None).await.unwrap().edits;
    assert_eq!((two.turns, two.hidden.len(), two.marks.len()), (0, 0, 0));

    let all = Carried {
        shape: true,
        hidden: true,
        marks: true,
    };
    retouch::copy(&db, (ids[0], None), &ids[1..], all, now())
        .await
        .unwrap();
    assert_eq!(retouch::get(&db, ids[1], None).await.unwrap().edits, from);
    assert_eq!(
        retouch::history(&db, ids[1], None).await.unwrap().len(),
        3,
        "what was replaced is kept"
    );
    assert_eq!(
        retouch::copy(&db, (ids[0], None), &ids[1..], all, now())
            .await
            .unwrap(),
        [],
        "nothing new"
    );
    let lost = retouch::copy(&db, (ids[0], None), &[ids[1], 999], all, now())
        .await
        .unwrap_err();
    assert_eq!(lost.code, Code::NotFound);

    // A channel's version is what is on screen there, so it is what is copied from there.
    let only_there = Edits {
        turns: 1,
        ..Edits::default()
    };
    retouch::set(&db, ids[0], Some(7), only_there.clone(), now())
        .await
        .unwrap();
    retouch::copy(&db, (ids[0], Some(7)), &ids[2..3], all, now())
        .await
        .unwrap();
    assert_eq!(retouch::get(&db, ids[2], None).await.unwrap().edits, only_there);
}

#[tokio::test]
async fn edits_out_of_range_are_refused_and_those_a_little_out_are_put_right() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let crop = |x, y, width, height| Edits {
        crop: Some(Crop { x, y, width, height }),
        ..Edits::default()
    };
    let stroke = |points| Edits {
        hidden: vec![Hidden { points, ..hidden() }],
        ..Edits::default()
    };
    let refused = [
        crop(0.5, 0.5, 0.0, 0.5),
        crop(0.2, 0.2, -0.4, 0.5),
        crop(1.5, 0.0, 0.5, 1.0),
        crop(f64::NAN, 0.0, 1.0, 1.0),
        Edits {
            straighten: 15.1,
            ..Edits::default()
        },
        Edits {
            straighten: f64::NAN,
            ..Edits::default()
        },
        Edits {
            tone: Tone {
                exposure: 101,
                ..Tone::default()
            },
            ..Edits::default()
        },
        Edits {
            hidden: vec![hidden(); 2_001],
            ..Edits::default()
        },
        Edits {
            marks: vec![caption("字"); 201],
            ..Edits::default()
        },
        Edits {
            marks: vec![caption(&"字".repeat(1_001))],
            ..Edits::default()
        },
        stroke(vec![(0.5, f64::INFINITY)]),
        stroke(vec![(0.5, 0.5); 100_001]),
    ];
    for edits in refused {
        let error = retouch::set(&db, id, None, edits.clone(), now())
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::Invalid, "{error}");
        assert!(retouch::draft(&db, id, edits, 100).await.is_err());
    }
    assert!(
        retouch::get(&db, id, None).await.unwrap().edits.is_none(),
        "nothing was kept"
    );

    let set = async |edits| retouch::set(&db, id, None, edits, now()).await.unwrap().edits;
    assert_eq!(
        set(crop(-0.5, -0.5, 1.0, 1.0)).await.crop,
        crop(0.0, 0.0, 0.5, 0.5).crop
    );
    assert_eq!(set(crop(-3.0, -3.0, 9.0, 9.0)).await.crop, None, "all of it");
    assert_eq!(
        set(Edits {
            turns: 7,
            ..Edits::default()
        })
        .await
        .turns,
        3
    );
    assert_eq!(
        set(stroke(vec![(-9.0, 0.123_456_789)])).await.hidden[0].points,
        [(-1.0, 0.123_46)]
    );
    set(Edits {
        hidden: vec![hidden(); 1_000],
        ..Edits::default()
    })
    .await;
    retouch::render(&db, id, inside(640), None)
        .await
        .expect("a thousand strokes are drawn");
}

#[tokio::test]
async fn edits_that_cannot_be_read_show_the_plain_photo_and_let_nothing_out() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let plain = retouch::read(&db, id, Size::Thumb, None).await.unwrap();
    for (text, says) in [
        ("{", "读不懂"),
        ("[]", "更新版本"),
        (r#"{"version":2,"turns":1}"#, "更新版本"),
        (r#"{"version":1,"turns":"many"}"#, "读不懂"),
        (r#"{"version":1,"straighten":90}"#, "读不懂"),
    ] {
        scribble(&db, id, text).await;
        let seen = retouch::get(&db, id, None).await.unwrap();
        assert!(
            seen.edits.is_none() && seen.problem.contains(says),
            "{text}: {}",
            seen.problem
        );
        assert!(
            retouch::read(&db, id, Size::Thumb, None).await.unwrap() == plain,
            "still to be seen"
        );
        let error = retouch::render(&db, id, inside(100), None).await.unwrap_err();
        assert_eq!(error.code, Code::Unreadable, "what was hidden must not leave");
    }
    retouch::set(&db, id, None, turned(), now()).await.unwrap();
    retouch::render(&db, id, inside(100), None)
        .await
        .expect("edited anew");
}

#[tokio::test]
async fn a_photo_that_is_gone_or_whose_file_is_gone_is_said_so() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    for error in [
        retouch::get(&db, 99, None).await.map(|_| ()).unwrap_err(),
        retouch::set(&db, 99, None, turned(), now())
            .await
            .map(|_| ())
            .unwrap_err(),
        retouch::render(&db, 99, inside(9), None)
            .await
            .map(|_| ())
            .unwrap_err(),
        retouch::read(&db, 99, Size::Thumb, None)
            .await
            .map(|_| ())
            .unwrap_err(),
        retouch::draft(&db, 99, turned(), 100)
            .await
            .map(|_| ())
            .unwrap_err(),
    ] {
        assert_eq!(error.code, Code::NotFound, "{error}");
    }
    retouch::set(&db, id, None, turned(), now()).await.unwrap();
    let hash = photo::get(&db, id).await.unwrap().hash;
    fs::remove_file(db.path(format!("photos/{}/{hash}.jpg", &hash[..2]))).unwrap();
    let error = retouch::render(&db, id, inside(100), None).await.unwrap_err();
    assert_eq!(error.code, Code::Unreadable, "{error}");
    assert!(
        retouch::get(&db, id, None).await.is_ok(),
        "its edits are still known"
    );
}

#[tokio::test]
async fn drawn_pictures_of_the_past_are_dropped_and_a_backup_does_not_carry_them() {
    let (folder, db) = support::workspace().await;
    let id = photos(&db, folder.path(), 1).await[0];
    let drawn = || {
        let shelves = fs::read_dir(db.path("photos/preview/edited")).unwrap().flatten();
        shelves
            .map(|shelf| fs::read_dir(shelf.path()).unwrap().count())
            .sum::<usize>()
    };
    for exposure in [10, 20, 30] {
        let tone = Tone {
            exposure,
            ..Tone::default()
        };
        retouch::set(
            &db,
            id,
            None,
            Edits {
                tone,
                ..Edits::default()
            },
            now(),
        )
        .await
        .unwrap();
        retouch::read(&db, id, Size::Thumb, None).await.unwrap();
        assert_eq!(drawn(), 1);
    }
    let stray = db.path("photos/preview/edited/ab/abcdef-0123-512.jpg");
    fs::create_dir_all(stray.parent().unwrap()).unwrap();
    fs::write(&stray, b"of a photo that is gone").unwrap();
    retouch::sweep(&db).await.unwrap();
    assert!(!stray.exists() && drawn() == 1);
}

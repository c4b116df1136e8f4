//! Whose picture it is: a brand's picture passed off as own is noticed, and nothing is dropped in silence.

use caoben::{
    Code,
    photo::{self, Ground, Provenance, Scope, Side, Source},
    product::{self, NewProduct},
    trial::{self, Acquired, NewTrial},
};
use image::{DynamicImage, ImageFormat, RgbImage, imageops};

use crate::{
    duplicates::{jpeg, scene, shot, take},
    photo_intake::filmed,
    support,
};

fn against(found: &Provenance) -> Vec<(Ground, Side)> {
    found
        .reasons
        .iter()
        .filter(|reason| reason.side != Side::For)
        .map(|reason| (reason.kind, reason.side))
        .collect()
}

#[tokio::test]
async fn a_brand_picture_saved_again_as_own_is_in_doubt_until_the_creator_answers() {
    let (folder, db) = support::workspace().await;
    let full = scene(1, 0.0, 0.0);
    let brand = take(&db, folder.path(), "brand.jpg", &jpeg(&full, 95), Source::Brand).await;
    let small = imageops::resize(&full, 150, 200, imageops::FilterType::Triangle);
    let passed = take(&db, folder.path(), "own.jpg", &jpeg(&small, 70), Source::Own).await;
    let real = shot(&jpeg(&scene(2, 0.0, 0.0), 90), "X-T30", "2026:11:20 08:30:00");
    let real = take(&db, folder.path(), "real.jpg", &real, Source::Own).await;

    let found = photo::provenance(&db, passed.id).await.unwrap();
    assert!(!found.counted_own && found.doubtful);
    assert_eq!(
        found.reasons[0].kind,
        Ground::Same,
        "the strongest comes first: {found:?}"
    );
    assert_eq!(
        found.reasons[0].photo,
        Some(brand.id),
        "and shows the brand's file"
    );
    assert!(photo::provenance(&db, real.id).await.unwrap().counted_own);
    let theirs = photo::provenance(&db, brand.id).await.unwrap();
    assert!(
        !theirs.counted_own && !theirs.doubtful,
        "a brand's picture filed as such is not in doubt"
    );

    let sums = photo::doubts(&db, Scope::default()).await.unwrap();
    assert_eq!((sums.own, sums.by_word, sums.doubtful.len()), (1, 0, 1));
    assert_eq!(sums.doubtful[0].photo, passed.id, "shown with its doubt");

    let seen = [real.id, passed.id, brand.id, 9999];
    let in_doubt = async || photo::doubtful(&db, &seen).await.unwrap();
    assert_eq!(
        in_doubt().await,
        [passed.id],
        "a wall that shows these asks for no others"
    );
    assert!(photo::doubtful(&db, &[real.id]).await.unwrap().is_empty());

    let now = support::at("2026-11-22 12:00");
    photo::claim(&db, &[passed.id], true, now).await.unwrap();
    assert!(in_doubt().await.is_empty());
    let found = photo::provenance(&db, passed.id).await.unwrap();
    assert!(found.counted_own && !found.doubtful && found.said_mine == Some(now));
    let word = found
        .reasons
        .iter()
        .find(|reason| reason.kind == Ground::Word)
        .unwrap();
    assert!(
        word.text.contains("2026-11-22"),
        "the word has its date: {}",
        word.text
    );
    assert!(
        found.reasons.iter().any(|reason| reason.kind == Ground::Same),
        "the fact stays in sight"
    );
    let sums = photo::doubts(&db, Scope::default()).await.unwrap();
    assert_eq!(
        (sums.own, sums.by_word, sums.doubtful.len()),
        (2, 1, 0),
        "what counts by word is told apart"
    );

    photo::claim(&db, &[passed.id], false, now).await.unwrap();
    assert!(
        photo::provenance(&db, passed.id).await.unwrap().doubtful,
        "a word can be taken back"
    );
    photo::remove(&db, &[brand.id], now).await.unwrap();
    assert!(
        photo::provenance(&db, passed.id).await.unwrap().doubtful,
        "the trash hides no fact"
    );
}

#[tokio::test]
async fn a_camera_tag_does_not_outweigh_a_match_and_the_creator_is_asked() {
    let (folder, db) = support::workspace().await;
    let full = scene(3, 0.0, 0.0);
    let small = imageops::resize(&full, 150, 200, imageops::FilterType::Triangle);
    take(&db, folder.path(), "brand.jpg", &jpeg(&small, 80), Source::Brand).await;
    let own = shot(&jpeg(&full, 92), "X-T30", "2026:11:20 08:30:00");
    let own = take(&db, folder.path(), "own.jpg", &own, Source::Own).await;
    let found = photo::provenance(&db, own.id).await.unwrap();
    assert!(found.doubtful, "a tag is written in a second: {found:?}");
    let same = found
        .reasons
        .iter()
        .find(|reason| reason.kind == Ground::Same)
        .unwrap();
    assert_eq!(same.side, Side::Strong);
    assert!(
        same.text.contains("这是我拍的"),
        "the way out is said: {}",
        same.text
    );
    photo::claim(&db, &[own.id], true, support::at("2026-11-22 12:00"))
        .await
        .unwrap();
    assert!(photo::provenance(&db, own.id).await.unwrap().counted_own);
}

#[tokio::test]
async fn one_weak_fact_is_noted_and_two_put_a_photo_in_doubt() {
    let (folder, db) = support::workspace().await;
    let plain = take(
        &db,
        folder.path(),
        "a.jpg",
        &jpeg(&scene(4, 0.0, 0.0), 90),
        Source::Own,
    )
    .await;
    let found = photo::provenance(&db, plain.id).await.unwrap();
    assert!(
        found.counted_own,
        "a lost camera name alone is no proof: {found:?}"
    );
    assert_eq!(against(&found), [(Ground::Camera, Side::Weak)], "but it is said");

    let mut png = std::io::Cursor::new(Vec::new());
    DynamicImage::from(scene(5, 0.0, 0.0))
        .write_to(&mut png, ImageFormat::Png)
        .unwrap();
    let saved = take(&db, folder.path(), "b.png", png.get_ref(), Source::Own).await;
    let found = photo::provenance(&db, saved.id).await.unwrap();
    assert!(found.doubtful, "{found:?}");
    assert_eq!(
        against(&found),
        [(Ground::Camera, Side::Weak), (Ground::Format, Side::Weak)]
    );

    let lost = photo::provenance(&db, 999).await.unwrap_err();
    assert_eq!(lost.code, Code::NotFound);
}

#[tokio::test]
async fn a_photo_taken_outside_its_trial_says_so_by_the_clock_of_the_camera() {
    let (folder, db) = support::workspace().await;
    let now = support::at("2026-11-22 10:00");
    let thing = product::create(
        &db,
        NewProduct {
            name: "防晒".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap();
    let begun = NewTrial {
        product: thing.id,
        acquired: Acquired::Bought,
        on: Some("2026-11-20".parse().unwrap()),
    };
    let trial = trial::start(&db, begun, now).await.unwrap();
    for (name, taken, inside) in [
        // In UTC this is still the 19th.
        ("first.jpg", "2026:11:20 00:30:00", true),
        ("before.jpg", "2026:11:19 23:30:00", false),
    ] {
        let seed = if inside { 8 } else { 9 };
        let photo = take(
            &db,
            folder.path(),
            name,
            &shot(&jpeg(&scene(seed, 0.0, 0.0), 90), "X-T30", taken),
            Source::Own,
        )
        .await;
        let patch = photo::PhotoPatch {
            trial: Some(Some(trial.id)),
            ..Default::default()
        };
        photo::edit(&db, &[photo.id], patch, now).await.unwrap();
        let found = photo::provenance(&db, photo.id).await.unwrap();
        let said = found
            .reasons
            .iter()
            .find(|reason| reason.kind == Ground::Trial)
            .unwrap();
        assert_eq!(said.side == Side::For, inside, "{name}: {}", said.text);
        assert!(found.counted_own, "one weak fact does not outweigh a camera");
    }
    let sums = photo::doubts(
        &db,
        Scope {
            trial: Some(trial.id),
            ..Default::default()
        },
    )
    .await
    .unwrap();
    assert_eq!(sums.own, 2);
    let other = Scope {
        product: Some(thing.id + 1),
        ..Default::default()
    };
    assert_eq!(
        photo::doubts(&db, other).await.unwrap().own,
        0,
        "only the product's own are counted"
    );
}

#[tokio::test]
async fn clips_and_files_nobody_can_see_have_their_grounds_too() {
    let (folder, db) = support::workspace().await;
    let raw = b"FUJIFILMCCD-RAW 0201FF383501";
    for (name, bytes, side, word) in [
        (
            "a.mp4",
            filmed(10, 3_877_034_400, "Pixel 9"),
            Side::For,
            "Pixel 9",
        ),
        ("b.mp4", filmed(20, 0, ""), Side::Weak, "视频里没有相机信息"),
        ("c.raf", raw.to_vec(), Side::Weak, "读不了这个文件"),
    ] {
        let photo = take(&db, folder.path(), name, &bytes, Source::Own).await;
        let found = photo::provenance(&db, photo.id).await.unwrap();
        let said = found
            .reasons
            .iter()
            .find(|reason| reason.kind == Ground::Camera)
            .unwrap();
        assert_eq!(said.side, side, "{name}: {found:?}");
        assert!(said.text.contains(word), "{name}: {}", said.text);
        assert!(found.counted_own, "one weak fact is no doubt: {found:?}");
    }
}

/// Each part of each pixel times `gain`, plus `lift`.
fn lit(picture: &RgbImage, gain: f32, lift: f32) -> RgbImage {
    let mut lit = picture.clone();
    for part in lit.pixels_mut().flat_map(|pixel| &mut pixel.0) {
        *part = (f32::from(*part) * gain + lift).clamp(0.0, 255.0) as u8;
    }
    lit
}

#[tokio::test]
async fn a_brand_picture_made_lighter_cut_or_mirrored_is_still_theirs() {
    let (folder, db) = support::workspace().await;
    let cut = |picture: &RgbImage, left, top, right, bottom| {
        let (wide, high) = (picture.width() - left - right, picture.height() - top - bottom);
        imageops::crop_imm(picture, left, top, wide, high).to_image()
    };
    type Change<'a> = &'a dyn Fn(&RgbImage) -> RgbImage;
    let changes: [(&str, Change); 9] = [
        ("lighter", &|full| lit(full, 1.1, 0.0)),
        ("darker", &|full| lit(full, 0.85, 0.0)),
        ("lifted", &|full| lit(full, 1.0, 20.0)),
        ("cut", &|full| cut(full, 10, 10, 10, 10)),
        ("cut more", &|full| cut(full, 20, 20, 20, 20)),
        ("cut on a side", &|full| cut(full, 24, 0, 0, 0)),
        ("cut at a corner", &|full| cut(full, 12, 16, 0, 0)),
        ("mirrored", &|full| imageops::flip_horizontal(full)),
        ("all of it", &|full| {
            lit(&cut(&imageops::flip_horizontal(full), 10, 8, 4, 12), 0.85, 0.0)
        }),
    ];
    for seed in 30..34 {
        let full = scene(seed, 0.0, 0.0);
        let name = format!("brand {seed}.jpg");
        let brand = take(&db, folder.path(), &name, &jpeg(&full, 95), Source::Brand).await;
        for (name, change) in &changes {
            // With a camera: without one two weak facts would be enough.
            let passed = shot(&jpeg(&change(&full), 80), "X-T30", "2026:11:20 08:30:00");
            let name = format!("{name} {seed}.jpg");
            let passed = take(&db, folder.path(), &name, &passed, Source::Own).await;
            let found = photo::provenance(&db, passed.id).await.unwrap();
            let same = found.reasons.iter().find(|reason| reason.kind == Ground::Same);
            assert_eq!(
                same.and_then(|same| same.photo),
                Some(brand.id),
                "{name}: {found:?}"
            );
        }
        // A file with a camera that is no smaller is taken for the first; this one has none and is smaller.
        let small = imageops::resize(&lit(&full, 0.85, 0.0), 240, 320, imageops::FilterType::Triangle);
        let small = take(
            &db,
            folder.path(),
            &format!("small {seed}.jpg"),
            &jpeg(&small, 80),
            Source::Own,
        )
        .await;
        let found = photo::provenance(&db, small.id).await.unwrap();
        assert!(found.doubtful, "{found:?}");
        assert!(
            found.reasons[0].text.contains("亮度"),
            "{}",
            found.reasons[0].text
        );
    }
}

#[tokio::test]
async fn no_other_picture_is_called_a_copy() {
    let (folder, db) = support::workspace().await;
    for seed in 40..60 {
        let (name, bytes) = (format!("brand {seed}.jpg"), jpeg(&scene(seed, 0.0, 0.0), 92));
        take(&db, folder.path(), &name, &bytes, Source::Brand).await;
    }
    for seed in 60..90 {
        let (name, bytes) = (format!("own {seed}.jpg"), jpeg(&scene(seed, 0.0, 0.0), 92));
        let own = take(&db, folder.path(), &name, &bytes, Source::Own).await;
        let found = photo::provenance(&db, own.id).await.unwrap();
        assert_eq!(
            against(&found),
            [(Ground::Camera, Side::Weak)],
            "{seed}: {found:?}"
        );
    }
    // Two shades of one thing on one white ground.
    for (shade, source) in [(60, Source::Brand), (90, Source::Own)] {
        let ground = RgbImage::from_fn(300, 400, |x, y| {
            let inside = x.abs_diff(150) < 40 && y.abs_diff(200) < 140;
            image::Rgb(if inside {
                [shade * 2, shade, shade]
            } else {
                [250, 250, 248]
            })
        });
        let taken = shot(&jpeg(&ground, 92), "X-T30", "2026:11:20 08:30:00");
        let photo = take(&db, folder.path(), &format!("{shade}.jpg"), &taken, source).await;
        let found = photo::provenance(&db, photo.id).await.unwrap();
        assert!(
            found.reasons.iter().all(|reason| reason.kind != Ground::Same),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn a_brand_picture_deleted_for_good_is_still_theirs() {
    let (folder, db) = support::workspace().await;
    let now = support::at("2026-11-22 12:00");
    let full = scene(1, 0.0, 0.0);
    let brand = take(&db, folder.path(), "brand.jpg", &jpeg(&full, 95), Source::Brand).await;
    let buyer = scene(2, 0.0, 0.0);
    let buyers = take(&db, folder.path(), "buyer.jpg", &jpeg(&buyer, 95), Source::Buyer).await;
    let copy = jpeg(&lit(&full, 0.85, 0.0), 80);
    let copy = take(&db, folder.path(), "copy.jpg", &copy, Source::Own).await;
    photo::remove(&db, &[brand.id, buyers.id], now).await.unwrap();
    assert_eq!(photo::empty_trash(&db, None).await.unwrap().photos, 2);

    let found = photo::provenance(&db, copy.id).await.unwrap();
    assert!(found.doubtful, "{found:?}");
    let first = &found.reasons[0];
    assert_eq!(
        (first.kind, first.photo),
        (Ground::Same, None),
        "there is none to show"
    );
    assert!(first.text.contains("已经删掉的品牌方素材"), "{}", first.text);

    let buyers = take(&db, folder.path(), "again.jpg", &jpeg(&buyer, 95), Source::Own).await;
    let found = photo::provenance(&db, buyers.id).await.unwrap();
    assert_eq!(found.reasons[0].kind, Ground::Same, "the very bytes: {found:?}");
    let mut tx = db.begin().await.unwrap();
    let seen: i64 = sqlx::query_scalar("SELECT length(look) FROM photo_theirs WHERE source = 'buyer'")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    assert_eq!(seen, 0, "of a buyer's picture nothing is kept that could be seen");
    drop(tx);

    photo::claim(&db, &[copy.id], true, now).await.unwrap();
    assert!(
        photo::provenance(&db, copy.id).await.unwrap().counted_own,
        "the word outweighs it"
    );
}

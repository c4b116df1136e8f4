//! Copies of a brand's picture that were cut, framed, turned, marked, or photographed off a screen, and what is none.

use caoben::{
    db::Db,
    photo::{self, Ground, Photo, Provenance, Scope, Side, Source},
};
use image::{Rgb, RgbImage, imageops};

use crate::{
    duplicates::{jpeg, shot, take},
    support,
};

const WIDE: u32 = 640;
const HIGH: u32 = 480;

/// Numbers that look drawn by lot (lowbias32), other ones for each seed.
struct Dice(u32);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9);
        let mut bits = self.0;
        bits = (bits ^ bits >> 16).wrapping_mul(0x7FEB_352D);
        bits = (bits ^ bits >> 15).wrapping_mul(0x846C_A68B);
        (bits ^ bits >> 16) % most
    }
}

fn block(onto: &mut RgbImage, at: (u32, u32), size: (u32, u32), colour: [u8; 3]) {
    for y in at.1..(at.1 + size.1).min(onto.height()) {
        for x in at.0..(at.0 + size.0).min(onto.width()) {
            onto.put_pixel(x, y, Rgb(colour));
        }
    }
}

/// A town of many blocks with windows: another one for each seed.
fn town(seed: u32) -> RgbImage {
    let mut dice = Dice(seed * 7919);
    let sky = 150 + dice.below(90);
    let mut town = RgbImage::from_fn(WIDE, HIGH, |x, y| {
        let shade = |of: u32| u8::try_from((sky + of) / 2 + (x + y) / 24).unwrap_or(u8::MAX);
        Rgb([shade(120), shade(140), shade(170)])
    });
    for _ in 0..46 {
        let at = (dice.below(WIDE - 20), dice.below(HIGH - 20));
        let size = (24 + dice.below(110), 24 + dice.below(110));
        let mut colour = [0; 3];
        colour.fill_with(|| u8::try_from(30 + dice.below(200)).unwrap());
        block(&mut town, at, size, colour);
        let dark = colour.map(|part| part / 3);
        let (step, wide) = (10 + dice.below(12), 3 + dice.below(6));
        for y in (at.1 + 4..at.1 + size.1).step_by(step as usize) {
            for x in (at.0 + 4..at.0 + size.0).step_by(step as usize) {
                if dice.below(4) > 0 && x + wide < at.0 + size.0 && y + wide < at.1 + size.1 {
                    block(&mut town, (x, y), (wide, wide), dark);
                }
            }
        }
    }
    imageops::blur(&town, 0.6)
}

fn cut(of: &RgbImage, left: u32, top: u32, wide: u32, high: u32) -> RgbImage {
    imageops::crop_imm(of, left, top, wide, high).to_image()
}

/// Turned by some degrees around its middle; what comes into sight is white.
fn turned(of: &RgbImage, degrees: f32) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (WIDE as f32 / 2.0, HIGH as f32 / 2.0);
    RgbImage::from_fn(WIDE, HIGH, |x, y| {
        let (dx, dy) = (x as f32 - middle_x, y as f32 - middle_y);
        let (u, v) = (cos * dx - sin * dy + middle_x, sin * dx + cos * dy + middle_y);
        let inside = u >= 0.0 && v >= 0.0 && u < WIDE as f32 && v < HIGH as f32;
        if inside {
            *of.get_pixel(u as u32, v as u32)
        } else {
            Rgb([255; 3])
        }
    })
}

/// On a telephone's screen, with a line of signs above and words below.
fn on_a_screen(of: &RgbImage) -> RgbImage {
    let mut screen = RgbImage::from_pixel(720, 1280, Rgb([250; 3]));
    for line in 0..9 {
        for word in 0..14 - line % 3 {
            let size = (18 + 7 * (word * 3 + line) % 19, 20);
            block(&mut screen, (40 + word * 46, 900 + line * 40), size, [40, 42, 46]);
        }
    }
    let picture = imageops::resize(of, 720, 540, imageops::FilterType::Triangle);
    imageops::overlay(&mut screen, &picture, 0, 180);
    screen
}

fn framed(of: &RgbImage) -> RgbImage {
    let mut frame = RgbImage::from_pixel(WIDE + 120, HIGH + 160, Rgb([246, 238, 226]));
    imageops::overlay(&mut frame, of, 60, 60);
    frame
}

fn marked(of: &RgbImage) -> RgbImage {
    let mut marked = of.clone();
    block(&mut marked, (150, 300), (340, 70), [255; 3]);
    for word in 0..8 {
        block(&mut marked, (170 + word * 38, 320), (22, 28), [20; 3]);
    }
    marked
}

fn grey(of: &RgbImage) -> RgbImage {
    image::DynamicImage::from(imageops::grayscale(of)).into_rgb8()
}

/// A photo passed as own: with a camera's name, so that nothing but the picture speaks against it.
async fn pass(db: &Db, folder: &std::path::Path, name: &str, picture: &RgbImage) -> (Photo, Provenance) {
    let bytes = shot(&jpeg(picture, 82), "X-T30", "2026:11:20 08:30:00");
    let photo = take(db, folder, name, &bytes, Source::Own).await;
    let found = photo::provenance(db, photo.id).await.unwrap();
    (photo, found)
}

#[tokio::test]
async fn a_brand_picture_cut_framed_turned_marked_or_on_a_screen_is_still_theirs() {
    let (folder, db) = support::workspace().await;
    type Change = fn(&RgbImage) -> RgbImage;
    let changes: [(&str, Change, &str); 12] = [
        (
            "a third cut off around it",
            |of| cut(of, 107, 80, 426, 320),
            "一部分",
        ),
        (
            "a third cut off at the right",
            |of| cut(of, 0, 0, 427, HIGH),
            "一部分",
        ),
        (
            "a third cut off at the top",
            |of| cut(of, 0, 160, WIDE, 320),
            "一部分",
        ),
        ("framed", framed, "边框"),
        ("marked", marked, ""),
        ("grey", grey, ""),
        ("turned by a quarter", imageops::rotate90, "方向"),
        ("turned by a half", imageops::rotate180, "方向"),
        ("turned by seven degrees", |of| turned(of, 7.0), ""),
        ("mirrored", imageops::flip_horizontal, "方向"),
        ("on a screen", on_a_screen, "边框或屏幕"),
        (
            "saved again, smaller",
            |of| imageops::resize(of, 320, 240, imageops::FilterType::Triangle),
            "",
        ),
    ];
    for seed in 1..4 {
        let full = town(seed);
        let brand = take(
            &db,
            folder.path(),
            &format!("brand {seed}.jpg"),
            &jpeg(&full, 92),
            Source::Brand,
        )
        .await;
        for (name, change, word) in &changes {
            let (_, found) = pass(&db, folder.path(), &format!("{name} {seed}.jpg"), &change(&full)).await;
            let first = &found.reasons[0];
            assert_eq!(
                (first.kind, first.side, first.photo),
                (Ground::Same, Side::Strong, Some(brand.id)),
                "{name}, {seed}: {found:?}"
            );
            assert!(
                found.doubtful,
                "a camera's name does not outweigh a match: {name}: {found:?}"
            );
            assert!(first.text.contains(word), "{name}: {}", first.text);
        }
    }
}

#[tokio::test]
async fn no_other_photo_is_a_copy_though_the_same_packet_stands_in_both() {
    let (folder, db) = support::workspace().await;
    let label = imageops::resize(&town(99), 200, 150, imageops::FilterType::Triangle);
    for seed in 10..22 {
        let mut brand = town(seed);
        imageops::overlay(&mut brand, &label, 60, 60);
        take(
            &db,
            folder.path(),
            &format!("brand {seed}.jpg"),
            &jpeg(&brand, 92),
            Source::Brand,
        )
        .await;
    }
    for seed in 30..50 {
        let mut own = town(seed);
        imageops::overlay(&mut own, &label, 340, 240);
        let (_, found) = pass(&db, folder.path(), &format!("own {seed}.jpg"), &own).await;
        assert!(found.counted_own, "{seed}: {found:?}");
        let like = found
            .reasons
            .iter()
            .find(|reason| matches!(reason.kind, Ground::Same | Ground::Like));
        assert_eq!(like, None, "{seed}");
    }
}

/// A bottle with its label on white: another size, place, colour and words for each seed.
fn bottle(seed: u32) -> RgbImage {
    let mut dice = Dice(seed * 104_729);
    let mut picture = RgbImage::from_pixel(WIDE, HIGH, Rgb([250; 3]));
    let (left, wide, top) = (190 + dice.below(90), 130 + dice.below(70), 110 + dice.below(60));
    let mut colour = || [0; 3].map(|_: u8| u8::try_from(20 + dice.below(210)).unwrap());
    let (body, cap, paper) = (colour(), colour(), colour());
    block(&mut picture, (left, top), (wide, 420 - top), body);
    block(&mut picture, (left + wide / 4, top - 60), (wide / 2, 60), cap);
    block(&mut picture, (left + 12, top + 70), (wide - 24, 140), paper);
    for line in 0..6 {
        let words = (20 + dice.below(wide - 70), 9);
        block(
            &mut picture,
            (left + 20, top + 82 + line * 20),
            words,
            paper.map(|part| 255 - part),
        );
    }
    imageops::blur(&picture, 0.8)
}

#[tokio::test]
async fn two_bottles_on_white_are_two_bottles() {
    let (folder, db) = support::workspace().await;
    for seed in 0..12 {
        let name = format!("brand {seed}.jpg");
        take(&db, folder.path(), &name, &jpeg(&bottle(seed), 90), Source::Brand).await;
    }
    for seed in 20..32 {
        let (_, found) = pass(&db, folder.path(), &format!("own {seed}.jpg"), &bottle(seed)).await;
        assert!(found.counted_own, "{seed}: {found:?}");
    }
}

#[tokio::test]
async fn two_photos_of_one_panorama_are_two_photos() {
    let (folder, db) = support::workspace().await;
    let (left, right) = (town(60), town(61));
    let mut wide = RgbImage::new(2 * WIDE, HIGH);
    imageops::overlay(&mut wide, &left, 0, 0);
    imageops::overlay(&mut wide, &right, i64::from(WIDE), 0);
    let brand = cut(&wide, 0, 0, WIDE, HIGH);
    take(&db, folder.path(), "brand.jpg", &jpeg(&brand, 92), Source::Brand).await;
    // Half of what each shows is in the other, a little turned as a hand turns a camera.
    let (_, found) = pass(
        &db,
        folder.path(),
        "own.jpg",
        &cut(&wide, WIDE * 6 / 10, 0, WIDE, HIGH),
    )
    .await;
    assert!(found.counted_own, "{found:?}");
}

#[tokio::test]
async fn what_was_compared_once_is_kept_and_a_later_brand_picture_is_compared_too() {
    let (folder, db) = support::workspace().await;
    let (first, second) = (town(70), town(71));
    let (own, found) = pass(&db, folder.path(), "own.jpg", &cut(&second, 107, 80, 426, 320)).await;
    assert!(found.counted_own, "nothing to compare with: {found:?}");
    take(
        &db,
        folder.path(),
        "brand 1.jpg",
        &jpeg(&first, 92),
        Source::Brand,
    )
    .await;
    assert!(photo::provenance(&db, own.id).await.unwrap().counted_own);
    let brand = take(
        &db,
        folder.path(),
        "brand 2.jpg",
        &jpeg(&second, 92),
        Source::Brand,
    )
    .await;
    let found = photo::provenance(&db, own.id).await.unwrap();
    assert_eq!(found.reasons[0].photo, Some(brand.id), "{found:?}");

    // The thumbnails are gone: what was found stands in the database.
    std::fs::remove_dir_all(db.path("photos/thumb")).unwrap();
    assert!(photo::provenance(&db, own.id).await.unwrap().doubtful);
    let sums = photo::doubts(&db, Scope::default()).await.unwrap();
    assert_eq!((sums.own, sums.doubtful.len(), sums.left), (0, 1, 0));

    // Filed as the creator's own after all: then nothing speaks against the other.
    let mine = photo::PhotoPatch {
        source: Some(Source::Own),
        ..Default::default()
    };
    photo::edit(&db, &[brand.id], mine, support::at("2026-11-30 12:00"))
        .await
        .unwrap();
    assert!(photo::provenance(&db, own.id).await.unwrap().counted_own);
}

#[tokio::test]
async fn a_cut_copy_of_a_picture_that_was_deleted_for_good_is_said_to_be_like_it() {
    let (folder, db) = support::workspace().await;
    let full = town(80);
    let brand = take(&db, folder.path(), "brand.jpg", &jpeg(&full, 92), Source::Brand).await;
    photo::remove(&db, &[brand.id], support::at("2026-11-30 12:00"))
        .await
        .unwrap();
    photo::empty_trash(&db, None).await.unwrap();
    let (_, found) = pass(&db, folder.path(), "own.jpg", &cut(&full, 107, 80, 426, 320)).await;
    let like = found.reasons.iter().find(|reason| reason.kind == Ground::Like);
    assert!(
        like.is_some_and(|like| like.photo.is_none() && like.text.contains("已经删掉")),
        "{found:?}"
    );
}

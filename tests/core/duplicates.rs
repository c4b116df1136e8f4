//! Photos that look alike: which are found, which are not mistaken, and that a decision holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use caoben::{
    db::Db,
    job::Job,
    photo::{self, Likeness, Merit, Photo, PhotoImport, PhotoPatch, Source, Twins},
    post::{self, NewPost},
    value::Id,
};
use image::{DynamicImage, Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops};

use crate::support;

const WIDE: u32 = 300;
const HIGH: u32 = 400;

/// A scene unlike those of other seeds: a few waves of light and colour, a step to the side of `(dx, dy)` of its size.
pub fn scene(seed: u32, dx: f64, dy: f64) -> RgbImage {
    // Well mixed (lowbias32), so that no two seeds make the same scene.
    let dice = |n: u32| {
        let mut bits = seed * 1000 + n;
        bits = (bits ^ bits >> 16).wrapping_mul(0x7FEB_352D);
        bits = (bits ^ bits >> 15).wrapping_mul(0x846C_A68B);
        f64::from((bits ^ bits >> 16) & 0xFF) / 255.0
    };
    RgbImage::from_fn(WIDE, HIGH, |x, y| {
        let (x, y) = (
            f64::from(x) / f64::from(WIDE) + dx,
            f64::from(y) / f64::from(HIGH) + dy,
        );
        let wave = |n: u32| {
            let (across, down) = (2.0 + 9.0 * dice(n), 2.0 + 9.0 * dice(n + 40));
            (across * x + down * y * if dice(n + 80) > 0.5 { 1.0 } else { -1.0 } + 6.0 * dice(n + 120)).sin()
        };
        let light = 120.0 + 38.0 * wave(1) + 30.0 * wave(2) + 24.0 * wave(3);
        Rgb([
            light + 20.0 * wave(4),
            light + 10.0 * wave(5),
            light - 20.0 * wave(4),
        ]
        .map(|part| part.clamp(0.0, 255.0) as u8))
    })
}

/// A product on a white ground: one of four shapes with a dark cap, in a colour.
fn product(shape: u32, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_fn(WIDE, HIGH, |x, y| {
        let (x, y) = (f64::from(x) / f64::from(WIDE), f64::from(y) / f64::from(HIGH));
        let (dx, dy) = ((x - 0.5).abs(), (y - 0.5).abs());
        let inside = match shape {
            0 => dx < 0.09 && dy < 0.35,
            1 => dx.hypot(dy) < 0.28,
            2 => dx < 0.25 && dy < 0.2,
            _ => dx < 0.3 - 0.5 * dy && dy < 0.4,
        };
        let shade = 1.0 - 0.3 * (x - 0.4).abs();
        match inside {
            true if y < 0.32 => Rgb([60, 58, 62]),
            true => Rgb(colour.map(|part| (f64::from(part) * shade) as u8)),
            false => Rgb([250, 250, 248]),
        }
    })
}

pub fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(&DynamicImage::from(picture.clone()))
        .unwrap();
    bytes
}

/// The same JPEG as a camera writes it: with its name, and the time (`2026:11:20 08:30:00`, at +08:00).
pub fn shot(jpeg: &[u8], camera: &str, taken: &str) -> Vec<u8> {
    let camera = [camera.as_bytes(), b"\0"].concat();
    let taken = [taken.as_bytes(), b"\0"].concat();
    let entry = |tag: u16, kind: u16, count: usize, value: usize| {
        let (count, value) = (u32::try_from(count).unwrap(), u32::try_from(value).unwrap());
        [
            &tag.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value.to_le_bytes(),
        ]
        .concat()
    };
    let inner = 8 + 2 + 2 * 12 + 4; // the photo directory begins here
    let texts = inner + 2 + 2 * 12 + 4;
    let tiff = [
        &b"II*\0\x08\0\0\0"[..],
        &2_u16.to_le_bytes(),
        &entry(0x0110, 2, camera.len(), texts),
        &entry(0x8769, 4, 1, inner),
        &[0; 4],
        &2_u16.to_le_bytes(),
        &entry(0x9003, 2, taken.len(), texts + camera.len()),
        &entry(0x9011, 2, 7, texts + camera.len() + taken.len()),
        &[0; 4],
        &camera,
        &taken,
        b"+08:00\0",
    ]
    .concat();
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

/// Imports one file's bytes under a name.
pub async fn take(db: &Db, folder: &Path, name: &str, bytes: &[u8], source: Source) -> Photo {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let what = PhotoImport {
        paths: vec![path],
        source,
        ..Default::default()
    };
    let mut done = photo::import(db, &what, &Job::silent(), support::at("2026-11-22 10:00"))
        .await
        .unwrap();
    done.imported.pop().unwrap_or_else(|| panic!("{name}: {done:?}"))
}

/// All groups, asked for until everybody was compared.
async fn groups(db: &Db) -> Vec<Twins> {
    loop {
        let found = photo::duplicates(db).await.unwrap();
        if found.left == 0 {
            return found.groups;
        }
    }
}

fn ids(groups: &[Twins]) -> Vec<Vec<Id>> {
    groups
        .iter()
        .map(|group| group.photos.iter().map(|twin| twin.photo.id).collect())
        .collect()
}

#[tokio::test]
async fn families_are_found_and_different_things_on_one_white_ground_are_not_mistaken() {
    let (folder, db) = support::workspace().await;
    let mut family: BTreeMap<Id, String> = BTreeMap::new();
    let mut files: Vec<(String, String, Vec<u8>)> = Vec::new();
    let mut add =
        |of: String, name: &str, bytes: Vec<u8>| files.push((of.clone(), format!("{of} {name}.jpg"), bytes));
    for seed in 0..12 {
        let (of, full) = (format!("scene {seed}"), scene(seed, 0.0, 0.0));
        let (wide, high) = (WIDE * 98 / 100, HIGH * 98 / 100);
        add(
            of.clone(),
            "camera",
            shot(
                &jpeg(&full, 92),
                "X-T30",
                &format!("2026:11:{:02} 08:30:00", seed + 1),
            ),
        );
        add(of.clone(), "q60", jpeg(&full, 60));
        add(of.clone(), "q90", jpeg(&full, 90));
        add(
            of.clone(),
            "half",
            jpeg(
                &imageops::resize(&full, WIDE / 2, HIGH / 2, imageops::FilterType::Triangle),
                85,
            ),
        );
        add(
            of,
            "crop",
            jpeg(&imageops::crop_imm(&full, 3, 4, wide, high).to_image(), 88),
        );
        if seed < 6 {
            add(
                format!("flip {seed}"),
                "",
                jpeg(&imageops::flip_horizontal(&full), 90),
            );
        }
    }
    for seed in 20..26 {
        for nth in 0..4 {
            let step = f64::from(nth) * 0.006;
            let picture = jpeg(&scene(seed, step, step / 2.0), 90);
            let taken = format!("2026:11:{:02} 09:15:{:02}", seed, nth);
            add(
                format!("burst {seed}"),
                &nth.to_string(),
                shot(&picture, "X-T30", &taken),
            );
        }
    }
    for shape in 0..4 {
        for (nth, colour) in [[200, 30, 60], [150, 50, 90], [235, 150, 60], [60, 120, 190]]
            .into_iter()
            .enumerate()
        {
            let (of, full) = (format!("product {shape} in colour {nth}"), product(shape, colour));
            add(of.clone(), "sent", jpeg(&full, 92));
            add(of, "saved", jpeg(&full, 60));
        }
    }
    for (of, name, bytes) in &files {
        let photo = take(&db, folder.path(), name, bytes, Source::Own).await;
        family.insert(photo.id, of.clone());
    }

    let pairs = |groups: &[Vec<Id>]| -> BTreeSet<(Id, Id)> {
        let one = |ids: &Vec<Id>| {
            let ids = ids.clone();
            (0..ids.len())
                .flat_map(move |a| {
                    (0..a).map({
                        let ids = ids.clone();
                        move |b| (ids[a].min(ids[b]), ids[a].max(ids[b]))
                    })
                })
                .collect::<Vec<_>>()
        };
        groups.iter().flat_map(one).collect()
    };
    let mut families: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    for (id, of) in &family {
        families.entry(of).or_default().push(*id);
    }
    let truth = pairs(&families.into_values().collect::<Vec<_>>());
    let found = pairs(&ids(&groups(&db).await));
    let right = found.intersection(&truth).count();
    let wrong: Vec<String> = found
        .difference(&truth)
        .map(|(a, b)| format!("{} = {}", family[a], family[b]))
        .collect();
    let missed: BTreeSet<&str> = truth
        .difference(&found)
        .map(|(a, _)| family[a].as_str())
        .collect();
    let (precision, recall) = (
        right as f64 / found.len() as f64,
        right as f64 / truth.len() as f64,
    );
    let said = format!(
        "{} photos, {} true pairs: precision {precision:.3}, recall {recall:.3}; wrong: {wrong:?}; missed in: {missed:?}",
        files.len(),
        truth.len()
    );
    println!("{said}");
    assert!(wrong.is_empty() && recall >= 0.95, "{said}");
}

#[tokio::test]
async fn copies_and_bursts_are_told_apart_and_the_best_is_proposed_with_its_reason() {
    let (folder, db) = support::workspace().await;
    let full = scene(3, 0.0, 0.0);
    let small = imageops::resize(&full, WIDE / 2, HIGH / 2, imageops::FilterType::Triangle);
    let small = take(&db, folder.path(), "small.jpg", &jpeg(&small, 80), Source::Own).await;
    let camera = shot(&jpeg(&full, 92), "X-T30", "2026:11:20 08:30:00");
    let camera = take(&db, folder.path(), "camera.jpg", &camera, Source::Own).await;
    let blurred = imageops::fast_blur(&scene(9, 0.0, 0.0), 3.0);
    let blurred = shot(&jpeg(&blurred, 92), "X-T30", "2026:11:21 08:30:00");
    let blurred = take(&db, folder.path(), "blurred.jpg", &blurred, Source::Own).await;
    let crisp = shot(&jpeg(&scene(9, 0.002, 0.0), 92), "X-T30", "2026:11:21 08:30:02");
    let crisp = take(&db, folder.path(), "crisp.jpg", &crisp, Source::Own).await;

    let found = groups(&db).await;
    assert_eq!(
        ids(&found)
            .iter()
            .map(|ids| ids.iter().copied().collect())
            .collect::<Vec<BTreeSet<Id>>>(),
        [
            BTreeSet::from([blurred.id, crisp.id]),
            BTreeSet::from([camera.id, small.id]),
        ]
    );
    assert_eq!(found[0].photos[1].likeness, Likeness::Burst);
    assert_eq!(
        found[1].photos[0].photo.id, camera.id,
        "the camera's own file leads"
    );
    assert_eq!(found[1].photos[1].likeness, Likeness::Resaved);
    assert_eq!(found[1].merits, [Merit::Original, Merit::Larger]);

    // What the creator says outweighs pixels.
    let patch = PhotoPatch {
        rating: Some(5),
        ..Default::default()
    };
    photo::edit(&db, &[small.id], patch, support::at("2026-11-22 11:00"))
        .await
        .unwrap();
    let found = groups(&db).await;
    assert_eq!(found[1].photos[0].photo.id, small.id);
    assert_eq!(found[1].merits, [Merit::Rated]);
}

#[tokio::test]
async fn a_decided_group_rests_until_somebody_new_joins_and_then_only_the_new_one_comes_up() {
    let (folder, db) = support::workspace().await;
    let now = support::at("2026-11-22 12:00");
    let full = scene(5, 0.0, 0.0);
    let mut taken = Vec::new();
    for quality in [95, 85, 75, 65] {
        taken.push(
            take(
                &db,
                folder.path(),
                &format!("{quality}.jpg"),
                &jpeg(&full, quality),
                Source::Own,
            )
            .await
            .id,
        );
    }
    let used = NewPost {
        title: "通勤防晒".into(),
        photos: vec![taken[2]],
        ..Default::default()
    };
    post::create(&db, used, now).await.unwrap();

    let found = groups(&db).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].photos[0].photo.id, taken[2], "the used one is proposed");
    let others: Vec<Id> = taken.iter().copied().filter(|id| *id != taken[0]).collect();
    let kept = photo::keep_best(&db, taken[0], &others, now).await.unwrap();
    assert_eq!(kept.trashed, [taken[1], taken[3]]);
    assert_eq!(kept.stayed.len(), 1);
    assert_eq!(kept.stayed[0].id, taken[2], "what a post uses stays");
    assert!(
        kept.stayed[0].place.contains("通勤防晒"),
        "and is said so: {}",
        kept.stayed[0].place
    );
    assert!(
        groups(&db).await.is_empty(),
        "what was decided does not come back"
    );

    photo::restore(&db, &kept.trashed).await.unwrap();
    assert!(groups(&db).await.is_empty(), "not even from the trash");

    let new = take(&db, folder.path(), "new.jpg", &jpeg(&full, 55), Source::Own)
        .await
        .id;
    let found = groups(&db).await;
    assert_eq!(found.len(), 1);
    let fresh: Vec<Id> = found[0]
        .photos
        .iter()
        .filter(|twin| !twin.settled)
        .map(|twin| twin.photo.id)
        .collect();
    assert_eq!(fresh, [new], "only the new one is asked about");
    assert_eq!(found[0].photos.len(), 2, "beside the one it is like");

    photo::keep_all(&db, taken[0], &[new], now).await.unwrap();
    assert!(groups(&db).await.is_empty());
    photo::reopen(&db, &[taken[0], new]).await.unwrap();
    assert!(!groups(&db).await.is_empty(), "a decision can be taken back");
    assert!(
        photo::keep_best(&db, 999, &[new], now).await.is_err(),
        "an unknown best decides nothing"
    );
    assert!(photo::get(&db, new).await.unwrap().trashed_at.is_none());
}

#[tokio::test]
async fn photos_told_apart_never_stand_in_one_group_again() {
    let (folder, db) = support::workspace().await;
    let now = support::at("2026-11-22 12:00");
    let full = scene(6, 0.0, 0.0);
    let mut taken = Vec::new();
    for quality in [95, 85, 75] {
        taken.push(
            take(
                &db,
                folder.path(),
                &format!("{quality}.jpg"),
                &jpeg(&full, quality),
                Source::Own,
            )
            .await
            .id,
        );
    }
    photo::tell_apart(&db, &[taken[1]], &taken, now).await.unwrap();
    assert_eq!(ids(&groups(&db).await), [[taken[0], taken[2]]]);
    // Another best changes nothing about it.
    let patch = PhotoPatch {
        pick: Some(1),
        ..Default::default()
    };
    photo::edit(&db, &[taken[1]], patch, now).await.unwrap();
    assert_eq!(ids(&groups(&db).await), [[taken[0], taken[2]]]);
    photo::tell_apart(&db, &taken, &taken, now).await.unwrap();
    assert!(groups(&db).await.is_empty());
}

#[tokio::test]
async fn the_trash_is_in_no_group() {
    let (folder, db) = support::workspace().await;
    let full = scene(7, 0.0, 0.0);
    let first = take(&db, folder.path(), "a.jpg", &jpeg(&full, 90), Source::Own).await;
    take(&db, folder.path(), "b.jpg", &jpeg(&full, 70), Source::Own).await;
    photo::remove(&db, &[first.id], support::at("2026-11-22 12:00"))
        .await
        .unwrap();
    assert!(groups(&db).await.is_empty());
    photo::restore(&db, &[first.id]).await.unwrap();
    assert_eq!(groups(&db).await.len(), 1);
}

#[tokio::test]
async fn a_slow_pan_does_not_chain_its_ends_together() {
    let (folder, db) = support::workspace().await;
    let mut taken = Vec::new();
    for nth in 0..40 {
        let picture = scene(11, f64::from(nth) * 0.012, 0.0);
        taken.push(
            take(
                &db,
                folder.path(),
                &format!("{nth:02}.jpg"),
                &jpeg(&picture, 90),
                Source::Own,
            )
            .await
            .id,
        );
    }
    let found = groups(&db).await;
    assert!(!found.is_empty(), "neighbours are alike");
    for group in ids(&found) {
        let places: Vec<usize> = group
            .iter()
            .filter_map(|id| taken.iter().position(|other| other == id))
            .collect();
        let reach = places.iter().max().unwrap() - places.iter().min().unwrap();
        assert!(
            reach < 24,
            "one group reaches over {reach} of 40 steps: {places:?}"
        );
    }
}

#[tokio::test]
async fn of_a_picture_saved_twice_the_first_file_is_proposed_although_the_copy_is_larger() {
    let (folder, db) = support::workspace().await;
    let mut seed = 7_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 24
    };
    let base = crate::photo::picture(3, 640, 480);
    let scene = RgbImage::from_fn(640, 480, |x, y| {
        Rgb(base
            .get_pixel(x, y)
            .0
            .map(|c| (u32::from(c) * 3 / 4 + random() % 48) as u8))
    });
    let saved = |from: &DynamicImage, quality: u8| {
        let mut bytes = Vec::new();
        from.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
            .unwrap();
        bytes
    };
    let first = saved(&DynamicImage::from(scene), 80);
    let again = saved(&image::load_from_memory(&first).unwrap(), 96);
    assert!(again.len() > first.len(), "the copy is the larger file");
    // The copy comes in first, and is the larger one: nothing but the files themselves speaks for the other.
    for (name, bytes) in [("微信.jpg", &again), ("原图.jpg", &first)] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        crate::photo::import(&db, &[&folder.path().join(name)]).await;
    }
    let groups = photo::duplicates(&db).await.unwrap().groups;
    let names: Vec<&str> = groups[0]
        .photos
        .iter()
        .map(|twin| twin.photo.name.as_str())
        .collect();
    assert_eq!(names, ["原图.jpg", "微信.jpg"], "{:?}", groups[0].merits);
    assert!(groups[0].merits.contains(&Merit::Firsthand));
    let told = photo::duplicates(&db).await.unwrap().groups;
    assert_eq!(
        told[0].photos[0].photo.name, "原图.jpg",
        "what was made out is remembered"
    );
}

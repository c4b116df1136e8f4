//! Whose picture it is: a brand's picture passed off as own is noticed, and nothing is dropped in silence.

use caoben::{
    Code,
    photo::{self, Ground, Provenance, Scope, Side, Source},
    product::{self, NewProduct},
    trial::{self, Acquired, NewTrial},
};
use image::{DynamicImage, ImageFormat, imageops};

use crate::{
    duplicates::{jpeg, scene, shot, take},
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
async fn a_copy_without_a_camera_does_not_speak_against_the_file_that_has_one() {
    let (folder, db) = support::workspace().await;
    let full = scene(3, 0.0, 0.0);
    let small = imageops::resize(&full, 150, 200, imageops::FilterType::Triangle);
    take(&db, folder.path(), "brand.jpg", &jpeg(&small, 80), Source::Brand).await;
    let own = shot(&jpeg(&full, 92), "X-T30", "2026:11:20 08:30:00");
    let own = take(&db, folder.path(), "own.jpg", &own, Source::Own).await;
    let found = photo::provenance(&db, own.id).await.unwrap();
    assert!(found.counted_own, "{found:?}");
    let same = found
        .reasons
        .iter()
        .find(|reason| reason.kind == Ground::Same)
        .unwrap();
    assert_eq!(same.side, Side::For);
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

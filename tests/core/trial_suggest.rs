//! Photos find their trial day by the camera's clock, and only when there is no doubt.

use std::fs;

use caoben::{
    Code,
    db::Db,
    photo::{self, PhotoPatch, Source},
    product::{self, NewProduct},
    trial::{self, AcceptedDay, Acquired, NewTrial, Verdict, Why},
    value::{Date, Id, Time},
};

use crate::{
    photo::{import, jpeg, taken},
    support::{self, at},
};

fn now() -> Time {
    at("2026-11-22 12:00")
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

async fn thing(db: &Db, name: &str) -> Id {
    let new = NewProduct {
        name: name.into(),
        ..Default::default()
    };
    product::create(db, new, now()).await.unwrap().id
}

async fn tried(db: &Db, product: Id, from: &str, to: Option<&str>) -> Id {
    let new = NewTrial {
        product,
        acquired: Acquired::Bought,
        on: Some(date(from)),
    };
    let id = trial::start(db, new, now()).await.unwrap().id;
    if let Some(to) = to {
        trial::finish(db, id, Verdict::Mixed, "", Some(date(to)), now())
            .await
            .unwrap();
    }
    id
}

/// A photo taken then, of this product.
async fn shot(db: &Db, seed: u32, when: &str, offset: &str, product: Option<Id>) -> Id {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jpg");
    fs::write(&path, taken(&jpeg(seed, 100, 80), when, offset)).unwrap();
    let id = import(db, &[&path]).await.imported[0].id;
    let patch = PhotoPatch {
        product: Some(product),
        ..Default::default()
    };
    photo::edit(db, &[id], patch, now()).await.unwrap();
    id
}

#[tokio::test]
async fn a_photo_of_a_product_on_trial_belongs_to_the_day_on_the_cameras_own_clock() {
    let (_folder, db) = support::workspace().await;
    let sun = thing(&db, "防晒乳").await;
    let cream = thing(&db, "面霜").await;
    let first = tried(&db, sun, "2026-11-10", None).await;
    tried(&db, cream, "2026-11-10", Some("2026-11-15")).await;
    // Late in the evening far in the west: here it is the next day already.
    let late = shot(&db, 1, "2026:11:12 23:30:00", "-08:00", Some(sun)).await;
    let noon = shot(&db, 2, "2026:11:12 12:00:00", "-08:00", Some(sun)).await;
    let before = shot(&db, 3, "2026:11:09 12:00:00", "+08:00", Some(sun)).await;
    let loose_twice = shot(&db, 4, "2026:11:14 12:00:00", "+08:00", None).await;
    let loose_once = shot(&db, 5, "2026:11:18 12:00:00", "+08:00", None).await;
    let other = shot(&db, 6, "2026:11:18 12:00:00", "+08:00", Some(cream)).await;

    let days = trial::suggest_days(&db, None, now()).await.unwrap();
    let said: Vec<_> = days
        .iter()
        .map(|day| {
            (
                day.trial,
                day.on.to_string(),
                day.nth,
                day.photos.clone(),
                day.why,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (first, "2026-11-18".to_owned(), 9, vec![loose_once], Why::Only),
            (first, "2026-11-12".to_owned(), 3, vec![noon, late], Why::Product),
        ],
        "neither {before} from before, nor {loose_twice} with two to choose from, nor {other} whose trial was over"
    );
    assert_eq!(days[0].product_name, "防晒乳");
    let asked = trial::suggest_days(&db, Some(&[noon, other]), now())
        .await
        .unwrap();
    assert_eq!(
        (asked.len(), &asked[0].photos),
        (1, &vec![noon]),
        "only those asked for"
    );

    let accept = AcceptedDay {
        trial: first,
        on: days[1].on,
        photos: vec![noon],
    };
    let now_is = trial::accept_days(&db, vec![accept], now()).await.unwrap();
    assert_eq!(now_is[0].days[0].photos, [noon]);
    let rest = trial::suggest_days(&db, None, now()).await.unwrap();
    assert_eq!(
        rest[1].photos,
        [late],
        "what lies in a day is not suggested again"
    );
}

#[tokio::test]
async fn what_is_no_evidence_is_not_suggested_and_a_bad_answer_is_refused() {
    let (_folder, db) = support::workspace().await;
    let sun = thing(&db, "防晒乳").await;
    let run = tried(&db, sun, "2026-11-10", None).await;
    let mut ids = Vec::new();
    for seed in 1..=4 {
        ids.push(shot(&db, seed, "2026:11:12 12:00:00", "+08:00", Some(sun)).await);
    }
    let brand = PhotoPatch {
        source: Some(Source::Brand),
        ..Default::default()
    };
    photo::edit(&db, &ids[..1], brand, now()).await.unwrap();
    let rejected = PhotoPatch {
        pick: Some(-1),
        ..Default::default()
    };
    photo::edit(&db, &ids[1..2], rejected, now()).await.unwrap();
    photo::remove(&db, &ids[2..3], now()).await.unwrap();
    let days = trial::suggest_days(&db, None, now()).await.unwrap();
    assert_eq!(days[0].photos, ids[3..]);
    // Said to be of this trial when it came in: that is surest.
    let known = PhotoPatch {
        trial: Some(Some(run)),
        ..Default::default()
    };
    photo::edit(&db, &ids[3..], known, now()).await.unwrap();
    let days = trial::suggest_days(&db, None, now()).await.unwrap();
    assert_eq!(days[0].why, Why::Trial);
    let outside = AcceptedDay {
        trial: run,
        on: date("2026-11-09"),
        photos: ids[3..].to_vec(),
    };
    let error = trial::accept_days(&db, vec![outside], now()).await.unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert!(trial::get(&db, run).await.unwrap().days.is_empty());
}

#[tokio::test]
async fn a_refused_photo_is_not_suggested_for_that_trial_again_until_it_is_asked_about() {
    let (_folder, db) = support::workspace().await;
    let sun = thing(&db, "防晒乳").await;
    let cream = thing(&db, "面霜").await;
    let (first, second) = (
        tried(&db, sun, "2026-11-10", None).await,
        tried(&db, cream, "2026-11-16", None).await,
    );
    let own = shot(&db, 1, "2026:11:12 12:00:00", "+08:00", Some(sun)).await;
    let either = shot(&db, 2, "2026:11:18 12:00:00", "+08:00", None).await;
    let asked = async || -> Vec<(Id, Vec<Id>)> {
        let days = trial::suggest_days(&db, None, now()).await.unwrap();
        days.into_iter().map(|day| (day.trial, day.photos)).collect()
    };
    assert_eq!(asked().await, [(first, vec![own])], "one photo fits two trials");

    trial::refuse_photos(&db, first, &[own, own, either, 999], true, now())
        .await
        .unwrap();
    assert_eq!(
        asked().await,
        [(second, vec![either])],
        "it can only be of the other now"
    );
    trial::refuse_photos(&db, first, &[own], false, now())
        .await
        .unwrap();
    assert_eq!(asked().await, [(second, vec![either]), (first, vec![own])]);

    let lost = trial::refuse_photos(&db, 99, &[own], true, now())
        .await
        .unwrap_err();
    assert_eq!(lost.code, Code::NotFound);
    // What was refused stands in nobody's way: the photo can go.
    trial::refuse_photos(&db, first, &[own], true, now())
        .await
        .unwrap();
    photo::remove(&db, &[own], now()).await.unwrap();
    photo::empty_trash(&db, None).await.unwrap();
    assert_eq!(asked().await, [(second, vec![either])]);
}

//! Feelings: on scales the creator chooses, and never overwritten in silence.

use caoben::{
    Code,
    db::Db,
    product::{self, NewProduct},
    trial::{self, Acquired, NewDay, NewTrial, Rating, Trial, TrialPatch},
    value::{Date, Id},
};

use crate::{
    photo::{import, jpeg},
    support::{self, at},
};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn rated(scales: &[(&str, i64)]) -> Vec<Rating> {
    let rated = scales.iter().map(|(scale, value)| Rating {
        scale: (*scale).to_owned(),
        value: *value,
    });
    rated.collect()
}

fn felt(on: &str, text: &str, scales: &[(&str, i64)]) -> NewDay {
    NewDay {
        on: day(on),
        text: text.to_owned(),
        photos: vec![],
        ratings: rated(scales),
    }
}

async fn started(db: &Db) -> Id {
    let input = NewProduct {
        name: "云感防晒乳".to_owned(),
        ..NewProduct::default()
    };
    let product = product::create(db, input, at("2026-11-01")).await.unwrap().id;
    let input = NewTrial {
        product,
        acquired: Acquired::Bought,
        on: Some(day("2026-11-02")),
    };
    trial::start(db, input, at("2026-11-02 10:00")).await.unwrap().id
}

async fn choose(db: &Db, id: Id, scales: &[&str]) -> caoben::Result<Trial> {
    let patch = TrialPatch {
        scales: Some(scales.iter().map(|scale| (*scale).to_owned()).collect()),
        ..TrialPatch::default()
    };
    trial::edit(db, id, patch, at("2026-11-06")).await
}

#[tokio::test]
async fn a_feeling_that_is_said_anew_or_taken_back_leaves_what_it_was_even_in_the_same_sitting() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db).await;
    let steps = [
        ("2026-11-03 20:00:00", "上脸", &[("控油", 4), ("成膜", 3)][..]),
        // Added: nothing is lost.
        (
            "2026-11-03 20:00:30",
            "上脸不泛红",
            &[("控油", 4), ("成膜", 3), ("显白", 2)],
        ),
        // One said anew, one taken back, within the sitting.
        ("2026-11-03 20:01:00", "上脸不泛红", &[("控油", 2), ("显白", 2)]),
        // Words and a feeling at once, a day later.
        ("2026-11-04 09:00:00", "其实泛红", &[("控油", 2), ("显白", 1)]),
    ];
    for (when, text, scales) in steps {
        trial::log(&db, id, felt("2026-11-03", text, scales), at(when))
            .await
            .unwrap();
    }
    let before = trial::history(&db, id, day("2026-11-03")).await.unwrap();
    let told: Vec<_> = before
        .iter()
        .map(|edit| (edit.text.as_str(), edit.ratings.clone(), edit.replaced_at))
        .collect();
    assert_eq!(
        told,
        [
            ("", rated(&[("成膜", 3), ("控油", 4)]), at("2026-11-03 20:01:00")),
            ("上脸不泛红", rated(&[("显白", 2)]), at("2026-11-04 09:00:00")),
        ]
    );
    let trial = trial::get(&db, id).await.unwrap();
    assert_eq!(trial.days[0].edits, 2);
    assert_eq!(trial.days[0].ratings, rated(&[("控油", 2), ("显白", 1)]));
}

#[tokio::test]
async fn photos_dropped_on_a_rated_day_change_no_feeling() {
    let (folder, db) = support::workspace().await;
    let id = started(&db).await;
    let now = at("2026-11-03 20:00");
    trial::log(&db, id, felt("2026-11-03", "", &[("控油", 4)]), now)
        .await
        .unwrap();
    let file = folder.path().join("a.jpg");
    std::fs::write(&file, jpeg(1, 200, 100)).unwrap();
    let photo = import(&db, &[&file]).await.imported[0].id;
    let dropped = NewDay {
        photos: vec![photo],
        ..felt("2026-11-03", "", &[])
    };
    let after = trial::log(&db, id, dropped, now).await.unwrap();
    assert_eq!(
        (after.days[0].edits, &after.days[0].ratings),
        (0, &rated(&[("控油", 4)]))
    );
}

#[tokio::test]
async fn scales_are_chosen_ordered_retired_and_taken_up_again() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db).await;
    let chosen = choose(&db, id, &[" 控油 ", "不泛红", "控油"]).await.unwrap();
    assert_eq!(chosen.scales, ["控油", "不泛红"], "trimmed, each once");
    let now = at("2026-11-04 20:00");
    let after = trial::log(&db, id, felt("2026-11-03", "", &[("控油", 4), ("显白", 3)]), now)
        .await
        .unwrap();
    assert_eq!(
        after.scales,
        ["控油", "不泛红", "显白"],
        "a new one on a day is in use from then on"
    );
    let after = choose(&db, id, &["不泛红", "显白"]).await.unwrap();
    assert_eq!(after.scales, ["不泛红", "显白"]);
    assert_eq!(
        after.days[0].ratings.len(),
        2,
        "a retired scale keeps its ratings"
    );
    let again = felt("2026-11-03", "补一句", &[("控油", 4), ("显白", 3)]);
    let after = trial::log(&db, id, again, now).await.unwrap();
    assert_eq!(
        after.scales,
        ["不泛红", "显白"],
        "an old day that is written again takes nothing up"
    );
    let after = trial::log(&db, id, felt("2026-11-04", "", &[("控油", 5)]), now)
        .await
        .unwrap();
    assert_eq!(
        after.scales,
        ["不泛红", "显白", "控油"],
        "a new day that is rated on it does"
    );
}

#[tokio::test]
async fn a_scale_without_a_name_or_one_too_many_is_refused_and_the_others_stay() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db).await;
    choose(&db, id, &["控油"]).await.unwrap();
    let many: Vec<String> = (0..41).map(|nth| format!("第 {nth} 项")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = "长".repeat(25);
    for wrong in [&["  "][..], &["两\n行"], &[long.as_str()], &many] {
        let error = choose(&db, id, wrong).await.unwrap_err();
        assert_eq!((error.code, error.field), (Code::Invalid, Some("ratings")));
    }
    assert_eq!(trial::get(&db, id).await.unwrap().scales, ["控油"]);
}

#[tokio::test]
async fn a_renamed_scale_keeps_its_place_and_every_day_keeps_what_it_said() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db).await;
    choose(&db, id, &["控油", "不泛红"]).await.unwrap();
    let now = at("2026-11-04 20:00");
    for (on, value) in [("2026-11-03", 4), ("2026-11-04", 2)] {
        trial::log(&db, id, felt(on, "", &[("控油", value)]), now)
            .await
            .unwrap();
    }
    let after = trial::rename_scale(&db, id, "控油", "不出油", now).await.unwrap();
    assert_eq!(after.scales, ["不出油", "不泛红"]);
    assert_eq!(after.days[1].ratings, rated(&[("不出油", 2)]));
    let before = trial::history(&db, id, day("2026-11-03")).await.unwrap();
    assert_eq!(
        (before[0].text.as_str(), &before[0].ratings),
        ("", &rated(&[("控油", 4)]))
    );
    let after = trial::rename_scale(&db, id, "不泛红", "不红", now).await.unwrap();
    assert_eq!(
        after.scales,
        ["不出油", "不红"],
        "one that was never rated is renamed too"
    );
    let error = trial::rename_scale(&db, id, "没有的", "什么", now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

#[tokio::test]
async fn a_photo_goes_to_its_place_among_others_and_back_to_it() {
    let (folder, db) = support::workspace().await;
    let id = started(&db).await;
    let now = at("2026-11-06 20:00");
    let mut photos = Vec::new();
    for seed in 1..=3 {
        let file = folder.path().join(format!("{seed}.jpg"));
        std::fs::write(&file, jpeg(seed, 200, 100)).unwrap();
        photos.push(import(&db, &[&file]).await.imported[0].id);
    }
    let (one, two, three) = (photos[0], photos[1], photos[2]);
    let (from, to) = (Some(day("2026-11-03")), Some(day("2026-11-05")));
    let dropped = NewDay {
        photos,
        ..felt("2026-11-03", "上脸", &[])
    };
    trial::log(&db, id, dropped, now).await.unwrap();
    let go = async |photo, from, to, place| {
        let days = trial::move_photo(&db, id, photo, from, to, place, now).await;
        days.map(|trial| trial.days.into_iter().map(|day| day.photos).collect::<Vec<_>>())
    };
    assert_eq!(
        go(two, from, to, None).await.unwrap(),
        [vec![one, three], vec![two]]
    );
    assert_eq!(
        go(two, to, from, Some(1)).await.unwrap(),
        [vec![one, two, three], vec![]],
        "undone, it stands where it stood"
    );
    assert_eq!(
        go(three, from, from, Some(0)).await.unwrap()[0],
        [three, one, two],
        "within a day it changes its place"
    );
    assert_eq!(go(three, from, None, None).await.unwrap()[0], [one, two]);
    assert_eq!(
        go(three, None, from, Some(99)).await.unwrap()[0],
        [one, two, three],
        "a place too far is the last"
    );
    let error = go(999, None, from, None).await.unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

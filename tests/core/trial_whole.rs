//! A trial as a whole: how the product was got, its rhythm, its shortcomings, its history, and taking it back.

use caoben::{
    Code,
    db::Db,
    photo,
    post::{self, NewPost},
    product::{self, NewProduct, Stage},
    today::{self, TodoKind},
    trial::{self, Acquired, FlawPatch, NewDay, NewFlaw, NewTrial, Rating, Trial, TrialPatch, Verdict},
    value::{Date, Id},
};

use crate::{
    photo::{import, jpeg},
    support::{self, at},
};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn note(on: &str, text: &str) -> NewDay {
    NewDay {
        on: day(on),
        text: text.to_owned(),
        photos: vec![],
        ratings: vec![],
    }
}

fn rated(on: &str, ratings: &[(&str, i64)]) -> NewDay {
    let rating = |&(scale, value): &(&str, i64)| Rating {
        scale: scale.to_owned(),
        value,
    };
    NewDay {
        ratings: ratings.iter().map(rating).collect(),
        ..note(on, "")
    }
}

async fn product_of(db: &Db, name: &str, category: &str) -> Id {
    let input = NewProduct {
        name: name.to_owned(),
        category: category.to_owned(),
        ..NewProduct::default()
    };
    product::create(db, input, at("2026-11-01")).await.unwrap().id
}

async fn started(db: &Db, name: &str, category: &str) -> Trial {
    let input = NewTrial {
        product: product_of(db, name, category).await,
        acquired: Acquired::Sample,
        on: Some(day("2026-11-02")),
    };
    trial::start(db, input, at("2026-11-02 10:00")).await.unwrap()
}

async fn pictured(db: &Db, folder: &std::path::Path, seed: u32) -> Id {
    let file = folder.join(format!("{seed}.jpg"));
    std::fs::write(&file, jpeg(seed, 200, 100)).unwrap();
    import(db, &[&file]).await.imported[0].id
}

#[tokio::test]
async fn how_it_was_got_is_kept_to_the_cent_and_can_be_unsaid() {
    let (folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let receipt = pictured(&db, folder.path(), 1).await;
    let now = at("2026-11-05");
    let patch = TrialPatch {
        acquired: Some(Acquired::Bought),
        acquired_from: Some(" 旗舰店 ".to_owned()),
        paid: Some(Some(12_900)),
        currency: Some("cny".to_owned()),
        receipt: Some(Some(receipt)),
        started_on: Some(day("2026-10-30")),
        ends_on: Some(Some(day("2026-11-20"))),
        rhythm: Some(1),
        scales: Some(vec!["控油".to_owned()]),
        ..TrialPatch::default()
    };
    let edited = trial::edit(&db, id, patch, now).await.unwrap();
    assert_eq!(
        (
            edited.acquired_from.as_str(),
            edited.paid,
            edited.currency.as_str(),
            edited.receipt
        ),
        ("旗舰店", Some(12_900), "CNY", Some(receipt))
    );
    assert_eq!((edited.started_on, edited.rhythm), (day("2026-10-30"), 1));
    let unsaid: TrialPatch = serde_json::from_str(r#"{"paid":null,"receipt":null}"#).unwrap();
    let unsaid = trial::edit(&db, id, unsaid, now).await.unwrap();
    assert_eq!((unsaid.paid, unsaid.receipt), (None, None), "null takes it away");
    assert_eq!(
        unsaid.ends_on,
        Some(day("2026-11-20")),
        "what was not named stays"
    );
}

#[tokio::test]
async fn the_pair_that_is_compared_is_kept_with_the_trial_and_outlives_no_photo() {
    let (folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let (before, after) = (
        pictured(&db, folder.path(), 1).await,
        pictured(&db, folder.path(), 2).await,
    );
    let now = at("2026-11-05");
    let pair = |json: &str| serde_json::from_str::<TrialPatch>(json).unwrap();
    let both = pair(&format!(r#"{{"before":{before},"after":{after}}}"#));
    let chosen = trial::edit(&db, id, both, now).await.unwrap();
    assert_eq!((chosen.before, chosen.after), (Some(before), Some(after)));
    let unsaid = trial::edit(&db, id, pair(r#"{"after":null}"#), now)
        .await
        .unwrap();
    assert_eq!((unsaid.before, unsaid.after), (Some(before), None));
    let lost = trial::edit(&db, id, pair(r#"{"after":404}"#), now)
        .await
        .unwrap_err();
    assert_eq!(lost.code, Code::NotFound);
    photo::remove(&db, &[before], now).await.unwrap();
    photo::empty_trash(&db, None).await.unwrap();
    assert_eq!(trial::get(&db, id).await.unwrap().before, None);
}

#[tokio::test]
async fn a_day_with_photos_may_fall_silent_and_keeps_what_it_said_among_its_edits() {
    let (folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let shown = pictured(&db, folder.path(), 1).await;
    let now = at("2026-11-05");
    let felt = NewDay {
        photos: vec![shown],
        ratings: vec![Rating {
            scale: "控油".to_owned(),
            value: 1,
        }],
        ..note("2026-11-03", "")
    };
    trial::log(&db, id, felt, now).await.unwrap();
    let silent = trial::log(&db, id, note("2026-11-03", ""), now).await.unwrap();
    let day = &silent.days[0];
    assert_eq!(
        (day.ratings.len(), day.photos.len(), day.edits),
        (0, 1, 1),
        "a slip on a star can be taken back"
    );
    let said = trial::history(&db, id, day.on).await.unwrap();
    assert_eq!(
        (said[0].ratings[0].scale.as_str(), said[0].ratings[0].value),
        ("控油", 1)
    );

    // Words go the same way; a day without a photo has to say something.
    trial::log(&db, id, note("2026-11-03", "出油"), now)
        .await
        .unwrap();
    assert_eq!(
        trial::log(&db, id, note("2026-11-03", ""), now)
            .await
            .unwrap()
            .days[0]
            .text,
        ""
    );
    trial::log(&db, id, note("2026-11-04", "出油"), now)
        .await
        .unwrap();
    let refused = trial::log(&db, id, note("2026-11-04", " "), now)
        .await
        .unwrap_err();
    assert_eq!(refused.field, Some("text"));
}

#[tokio::test]
async fn a_wrong_edit_is_refused_by_its_field_and_changes_nothing() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let now = at("2026-11-05");
    trial::log(&db, id, note("2026-11-03", "记了"), now)
        .await
        .unwrap();
    for (json, field) in [
        (r#"{"started_on":"2026-11-06"}"#, "started_on"),
        (r#"{"started_on":"2026-11-04"}"#, "started_on"),
        (r#"{"started_on":"0206-11-02"}"#, "started_on"),
        (r#"{"started_on":"2026-11-01","ends_on":"2026-10-31"}"#, "ends_on"),
        (r#"{"rhythm":91}"#, "rhythm"),
        (r#"{"rhythm":-1}"#, "rhythm"),
        (r#"{"paid":-1}"#, "paid"),
        (r#"{"currency":"人民币"}"#, "currency"),
    ] {
        let patch: TrialPatch = serde_json::from_str(json).unwrap();
        let error = trial::edit(&db, id, patch, now).await.unwrap_err();
        assert_eq!(error.field, Some(field), "{json}: {}", error.message);
    }
    let patch = TrialPatch {
        receipt: Some(Some(404)),
        ..TrialPatch::default()
    };
    assert_eq!(
        trial::edit(&db, id, patch, now).await.unwrap_err().code,
        Code::NotFound
    );
    let kept = trial::get(&db, id).await.unwrap();
    assert_eq!(
        (kept.started_on, kept.rhythm, kept.receipt),
        (day("2026-11-02"), 2, None)
    );
}

#[tokio::test]
async fn the_rhythm_says_which_days_are_missing_and_a_late_note_keeps_its_real_time() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let every = async |days| {
        let patch = TrialPatch {
            rhythm: Some(days),
            ..TrialPatch::default()
        };
        trial::edit(&db, id, patch, at("2026-11-02")).await.unwrap()
    };
    let daily = every(1).await;
    trial::log(&db, id, note("2026-11-03", "当天写的"), at("2026-11-03 21:00"))
        .await
        .unwrap();
    let waits = async || {
        let todos = today::today(&db, at("2026-11-06 09:00")).await.unwrap().todos;
        todos.into_iter().next().map(|todo| (todo.kind, todo.missing))
    };
    let days = |list: &[&str]| list.iter().map(|text| day(text)).collect::<Vec<_>>();
    assert!(
        trial::missing(&daily, day("2026-11-02")).is_empty(),
        "today is never missing"
    );
    assert_eq!(
        waits().await,
        Some((
            TodoKind::TrialDay,
            days(&["2026-11-02", "2026-11-04", "2026-11-05"])
        ))
    );
    let filled = trial::log(&db, id, note("2026-11-04", "补记的"), at("2026-11-06 09:30"))
        .await
        .unwrap();
    let (in_time, late) = (&filled.days[0], &filled.days[1]);
    assert!(
        !in_time.late && late.late,
        "a note written on a later day says so"
    );
    assert_eq!(late.written_at, at("2026-11-06 09:30"));
    assert_eq!(waits().await.unwrap().1, days(&["2026-11-02", "2026-11-05"]));
    every(3).await;
    assert_eq!(waits().await, None, "a note every three days was kept");
    every(0).await;
    let far = today::today(&db, at("2027-01-01 09:00")).await.unwrap();
    assert!(far.todos.is_empty(), "no rhythm, no reminder");
}

#[tokio::test]
async fn a_trial_past_its_planned_end_asks_for_its_verdict_and_no_more_notes() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    for on in ["2026-11-02", "2026-11-03"] {
        trial::log(&db, id, note(on, "记了一句"), at("2026-11-03 21:00"))
            .await
            .unwrap();
    }
    let patch = TrialPatch {
        rhythm: Some(1),
        ends_on: Some(Some(day("2026-11-03"))),
        ..TrialPatch::default()
    };
    trial::edit(&db, id, patch, at("2026-11-03")).await.unwrap();
    let todos = today::today(&db, at("2026-11-10 09:00")).await.unwrap().todos;
    assert_eq!(todos.len(), 1);
    assert_eq!((todos[0].kind, todos[0].days), (TodoKind::TrialEnd, 7));
    trial::finish(&db, id, Verdict::Mixed, "", None, at("2026-11-10 10:00"))
        .await
        .unwrap();
    assert!(
        today::today(&db, at("2026-11-11"))
            .await
            .unwrap()
            .todos
            .is_empty()
    );
}

#[tokio::test]
async fn words_put_on_a_photo_of_days_ago_are_late_though_the_day_was_begun_in_time() {
    let (folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let photo = pictured(&db, folder.path(), 1).await;
    let dropped = NewDay {
        photos: vec![photo],
        ..note("2026-11-03", "")
    };
    let begun = trial::log(&db, id, dropped, at("2026-11-03 20:00"))
        .await
        .unwrap();
    assert!(!begun.days[0].late);
    let worded = trial::log(&db, id, note("2026-11-03", "那天泛红"), at("2026-11-08 20:00"))
        .await
        .unwrap();
    assert!(worded.days[0].late);
    assert_eq!(worded.days[0].written_at, at("2026-11-08 20:00"));
    assert_eq!(worded.days[0].edits, 0, "the first words change nothing");
}

#[tokio::test]
async fn going_on_writing_is_no_edit_and_every_real_one_is_kept_in_order() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    for (text, when) in [
        ("叠粉底", "2026-11-03 20:00:00"),
        ("叠粉底会搓泥", "2026-11-03 20:01:00"),
        ("叠粉底不搓泥", "2026-11-03 20:02:00"),
        ("叠粉底不搓泥，等三分钟", "2026-11-04 08:00:00"),
    ] {
        trial::log(&db, id, note("2026-11-03", text), at(when))
            .await
            .unwrap();
    }
    let known = trial::get(&db, id).await.unwrap();
    assert_eq!(known.days[0].edits, 2);
    assert_eq!(known.days[0].written_at, at("2026-11-03 20:00:00"));
    let before = trial::history(&db, id, day("2026-11-03")).await.unwrap();
    let texts: Vec<&str> = before.iter().map(|edit| edit.text.as_str()).collect();
    assert_eq!(
        texts,
        ["叠粉底会搓泥", "叠粉底不搓泥"],
        "what was taken back, and what was added to a day later"
    );
    assert_eq!(before[1].replaced_at, at("2026-11-04 08:00:00"));
    assert!(
        trial::history(&db, id, day("2026-11-09"))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        trial::history(&db, 99, day("2026-11-03")).await.unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn a_photo_moves_to_another_day_and_stays_of_the_trial() {
    let (folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let photo = pictured(&db, folder.path(), 1).await;
    let now = at("2026-11-06 20:00");
    let dropped = NewDay {
        photos: vec![photo],
        ..note("2026-11-03", "上脸")
    };
    trial::log(&db, id, dropped, now).await.unwrap();
    let (from, to) = (day("2026-11-03"), day("2026-11-05"));
    let moved = trial::move_photo(&db, id, photo, Some(from), Some(to), None, now)
        .await
        .unwrap();
    let places: Vec<_> = moved
        .days
        .iter()
        .map(|day| (day.on, day.photos.clone()))
        .collect();
    assert_eq!(places, [(from, vec![]), (to, vec![photo])]);
    assert_eq!(photo::get(&db, photo).await.unwrap().trial, Some(id));
    let error = trial::move_photo(&db, id, photo, Some(from), Some(to), None, now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound, "it is not on that day any more");
    let before = day("2026-11-01");
    let error = trial::move_photo(&db, id, photo, Some(to), Some(before), None, now)
        .await
        .unwrap_err();
    assert_eq!(error.field, Some("on"), "before the trial began");
    assert_eq!(
        trial::get(&db, id).await.unwrap().days[1].photos,
        [photo],
        "and stayed where it was"
    );
}

#[tokio::test]
async fn a_shortcoming_has_its_day_its_weight_and_its_end() {
    let (folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let photo = pictured(&db, folder.path(), 1).await;
    let now = at("2026-11-06 20:00");
    trial::add_shortcoming(&db, id, "泵头出多", now).await.unwrap();
    let heavy = NewFlaw {
        text: "泛红".to_owned(),
        on: Some(day("2026-11-04")),
        photo: Some(photo),
        severity: Some(3),
    };
    let known = trial::add_shortcoming(&db, id, heavy, now).await.unwrap();
    assert_eq!(known.shortcomings, ["泵头出多", "泛红"], "as they were admitted");
    let worst = &known.flaws[0];
    assert_eq!(
        (worst.text.as_str(), worst.on, worst.photo),
        ("泛红", day("2026-11-04"), Some(photo))
    );
    assert_eq!(known.flaws[1].on, day("2026-11-06"));
    let gone = FlawPatch {
        resolved_on: Some(Some(day("2026-11-06"))),
        ..FlawPatch::default()
    };
    let known = trial::edit_shortcoming(&db, id, worst.id, gone, now)
        .await
        .unwrap();
    assert_eq!(known.flaws[0].text, "泵头出多", "what still stands comes first");
    for (json, field) in [
        (r#"{"text":" "}"#, "text"),
        (r#"{"severity":4}"#, "severity"),
        (r#"{"on":"2026-11-01"}"#, "on"),
        (r#"{"resolved_on":"2026-11-03"}"#, "resolved_on"),
    ] {
        let patch: FlawPatch = serde_json::from_str(json).unwrap();
        let error = trial::edit_shortcoming(&db, id, worst.id, patch, now)
            .await
            .unwrap_err();
        assert_eq!(error.field, Some(field), "{json}");
    }
    let same: FlawPatch = serde_json::from_str(r#"{"text":"泵头出多"}"#).unwrap();
    let error = trial::edit_shortcoming(&db, id, worst.id, same, now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    let lost = NewFlaw {
        photo: Some(404),
        ..NewFlaw::from("没有照片")
    };
    let error = trial::add_shortcoming(&db, id, lost, now).await.unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

#[tokio::test]
async fn a_trial_a_post_rests_on_is_not_removed_and_says_which_post() {
    let (folder, db) = support::workspace().await;
    let begun = started(&db, "防晒霜", "").await;
    let photo = pictured(&db, folder.path(), 1).await;
    let now = at("2026-11-06 20:00");
    let said = NewDay {
        photos: vec![photo],
        ..note("2026-11-03", "下午三点鼻翼出油")
    };
    trial::log(&db, begun.id, said, now).await.unwrap();
    let draft = |title: &str, body: &str, photos: Vec<Id>| NewPost {
        title: title.to_owned(),
        body: body.to_owned(),
        photos,
        ..NewPost::default()
    };
    let quoting = post::create(&db, draft("引用", "第 2 天，下午三点鼻翼出油", vec![]), now)
        .await
        .unwrap();
    let error = trial::remove(&db, begun.id, now).await.unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(
        error.message.contains("「引用」") && error.message.contains("2026-11-03"),
        "{}",
        error.message
    );
    let patch = caoben::post::PostPatch {
        body: Some("别的话".to_owned()),
        ..caoben::post::PostPatch::default()
    };
    post::edit(&db, quoting.id, patch, now).await.unwrap();
    let showing = post::create(&db, draft("配图", "", vec![photo]), now)
        .await
        .unwrap();
    let error = trial::remove(&db, begun.id, now).await.unwrap_err();
    assert!(error.message.contains("「配图」"), "{}", error.message);
    let patch = caoben::post::PostPatch {
        photos: Some(vec![]),
        ..caoben::post::PostPatch::default()
    };
    post::edit(&db, showing.id, patch, now).await.unwrap();
    trial::remove(&db, begun.id, now).await.unwrap();
    assert_eq!(trial::get(&db, begun.id).await.unwrap_err().code, Code::NotFound);
    let loose = photo::get(&db, photo).await.unwrap();
    assert_eq!(
        (loose.trial, loose.product),
        (None, Some(begun.product)),
        "the photo stays"
    );
    assert_eq!(
        product::get(&db, begun.product).await.unwrap().stage,
        Stage::Candidate
    );
    let hits = caoben::search::search(&db, "鼻翼出油", &[caoben::value::Noun::Trial], 5)
        .await
        .unwrap();
    assert!(hits.is_empty(), "what is gone is not found");
}

#[tokio::test]
async fn a_finished_trial_goes_on_when_it_is_reopened() {
    let (_folder, db) = support::workspace().await;
    let begun = started(&db, "防晒霜", "").await;
    let now = at("2026-11-06 20:00");
    assert_eq!(
        trial::reopen(&db, begun.id, now).await.unwrap_err().code,
        Code::Conflict
    );
    trial::finish(&db, begun.id, Verdict::Recommend, "值得", None, now)
        .await
        .unwrap();
    let open = trial::reopen(&db, begun.id, now).await.unwrap();
    assert_eq!(
        (open.finished_on, open.verdict, open.verdict_text.as_str()),
        (None, None, "值得")
    );
    assert_eq!(
        product::get(&db, begun.product).await.unwrap().stage,
        Stage::Trial
    );
    trial::log(
        &db,
        begun.id,
        note("2026-11-07", "又一天"),
        at("2026-11-07 20:00"),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_scale_is_renamed_everywhere_unless_a_day_has_both() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let now = at("2026-11-06 20:00");
    trial::log(&db, id, rated("2026-11-03", &[("控油", 4)]), now)
        .await
        .unwrap();
    trial::log(&db, id, rated("2026-11-04", &[("控油", 3), ("🔥热度", 5)]), now)
        .await
        .unwrap();
    let renamed = trial::rename_scale(&db, id, "控油", " 不出油 ", now)
        .await
        .unwrap();
    let values: Vec<i64> = renamed
        .days
        .iter()
        .flat_map(|day| &day.ratings)
        .filter(|rating| rating.scale == "不出油")
        .map(|rating| rating.value)
        .collect();
    assert_eq!(values, [4, 3]);
    let error = trial::rename_scale(&db, id, "不出油", "🔥热度", now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Conflict, "{}", error.message);
    let error = trial::rename_scale(&db, id, "没有过", "新名", now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound);
    let error = trial::rename_scale(&db, id, "不出油", "\n", now)
        .await
        .unwrap_err();
    assert_eq!(error.field, Some("ratings"));
}

#[tokio::test]
async fn the_creators_own_scales_of_a_category_come_before_the_ones_that_make_sense() {
    let (_folder, db) = support::workspace().await;
    let old = started(&db, "红丝绒", "口红").await;
    let now = at("2026-11-06 20:00");
    trial::log(&db, old.id, rated("2026-11-03", &[("妈妈说好看", 4)]), now)
        .await
        .unwrap();
    let fresh = product_of(&db, "裸色", "口红").await;
    let offered = trial::scales(&db, fresh).await.unwrap();
    assert_eq!(offered[..2], ["妈妈说好看", "显白"], "{offered:?}");
    let other = product_of(&db, "降噪耳机 Pro", "").await;
    let offered = trial::scales(&db, other).await.unwrap();
    assert!(
        offered.contains(&"降噪".to_owned()) && !offered.contains(&"妈妈说好看".to_owned()),
        "{offered:?}"
    );
    let unknown = product_of(&db, "？", "").await;
    assert!(
        !trial::scales(&db, unknown).await.unwrap().is_empty(),
        "something to begin with"
    );
}

#[tokio::test]
async fn a_long_note_twenty_scales_and_emoji_are_kept_and_a_book_is_refused() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let now = at("2026-11-06 20:00");
    let names: Vec<String> = (0..19)
        .map(|nth| format!("第{nth}项"))
        .chain(["💧水润".to_owned()])
        .collect();
    let scales: Vec<(&str, i64)> = names.iter().map(|name| (name.as_str(), 3)).collect();
    let long = NewDay {
        text: "好".repeat(10_000),
        ..rated("2026-11-03", &scales)
    };
    let kept = trial::log(&db, id, long, now).await.unwrap();
    assert_eq!(kept.days[0].text.chars().count(), 10_000);
    assert_eq!(kept.days[0].ratings.len(), 20);
    let book = note("2026-11-04", &"字".repeat(20_001));
    assert_eq!(
        trial::log(&db, id, book, now).await.unwrap_err().field,
        Some("text")
    );
    let unnamed = rated("2026-11-04", &[("  ", 3)]);
    assert_eq!(
        trial::log(&db, id, unnamed, now).await.unwrap_err().field,
        Some("ratings")
    );
    let twice = rated("2026-11-04", &[("控油", 3), (" 控油 ", 4)]);
    assert_eq!(
        trial::log(&db, id, twice, now).await.unwrap_err().field,
        Some("ratings")
    );
    assert_eq!(
        trial::get(&db, id).await.unwrap().days.len(),
        1,
        "nothing refused was kept"
    );
}

#[tokio::test]
async fn what_proves_a_trial_cannot_be_thrown_away_and_what_was_thrown_away_proves_nothing() {
    let (folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let now = at("2026-11-06 20:00");
    let (shown, receipt, gone) = (
        pictured(&db, folder.path(), 1).await,
        pictured(&db, folder.path(), 2).await,
        pictured(&db, folder.path(), 3).await,
    );
    let flaw = NewFlaw {
        photo: Some(shown),
        ..NewFlaw::from("泛红")
    };
    trial::add_shortcoming(&db, id, flaw, now).await.unwrap();
    let patch = TrialPatch {
        receipt: Some(Some(receipt)),
        ..TrialPatch::default()
    };
    trial::edit(&db, id, patch, now).await.unwrap();
    for (photo, word) in [(shown, "泛红"), (receipt, "小票")] {
        let error = photo::remove(&db, &[photo], now).await.unwrap_err();
        assert_eq!(error.code, Code::Conflict);
        assert!(error.message.contains(word), "{}", error.message);
    }
    photo::remove(&db, &[gone], now).await.unwrap();
    let day = NewDay {
        photos: vec![gone],
        ..note("2026-11-03", "x")
    };
    assert_eq!(
        trial::log(&db, id, day, now).await.unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn a_verdict_said_again_keeps_what_is_not_said_and_what_it_was_before() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db, "防晒霜", "").await.id;
    let first = at("2026-11-06 20:00");
    trial::finish(&db, id, Verdict::Recommend, " 值得 ", None, first)
        .await
        .unwrap();
    // A slip of the hand, put right at once, is the same sitting.
    let soon = at("2026-11-06 20:01");
    trial::finish(&db, id, Verdict::Mixed, "值得，但贵", None, soon)
        .await
        .unwrap();
    assert!(trial::verdict_history(&db, id).await.unwrap().is_empty());

    let later = at("2026-11-10 09:00");
    let again = trial::finish(&db, id, Verdict::Reject, None, None, later)
        .await
        .unwrap();
    assert_eq!(
        (again.verdict, again.verdict_text.as_str(), again.finished_on),
        (Some(Verdict::Reject), "值得，但贵", Some(first.date())),
        "only the verdict was said anew"
    );
    let same = trial::finish(
        &db,
        id,
        Verdict::Reject,
        "值得，但贵",
        Some(first.date()),
        at("2026-11-11"),
    )
    .await
    .unwrap();
    assert_eq!(same.verdict, again.verdict);
    let emptied = trial::finish(&db, id, Verdict::Reject, "", None, at("2026-11-12"))
        .await
        .unwrap();
    assert_eq!(emptied.verdict_text, "", "said to be empty");
    trial::reopen(&db, id, at("2026-11-13")).await.unwrap();
    trial::finish(&db, id, Verdict::Recommend, "还是好", None, at("2026-11-14"))
        .await
        .unwrap();

    let history = trial::verdict_history(&db, id).await.unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|one| (one.verdict, one.text.as_str(), one.finished_on, one.replaced_at))
        .collect();
    let end = first.date();
    assert_eq!(
        told,
        [
            (Verdict::Mixed, "值得，但贵", end, later),
            (Verdict::Reject, "值得，但贵", end, at("2026-11-12")),
            (Verdict::Reject, "", end, at("2026-11-13")),
        ],
        "oldest first; the same said twice is no change"
    );
    let unknown = trial::verdict_history(&db, 999).await.unwrap_err();
    assert_eq!(unknown.code, Code::NotFound);
}

#[tokio::test]
async fn a_removed_trial_comes_back_whole_with_its_photos_and_the_place_of_its_product() {
    let (folder, db) = support::workspace().await;
    let begun = started(&db, "防晒霜", "").await;
    let photo = pictured(&db, folder.path(), 1).await;
    let now = at("2026-11-06 20:00");
    let said = NewDay {
        photos: vec![photo],
        ..note("2026-11-03", "下午三点鼻翼出油")
    };
    trial::log(&db, begun.id, said, now).await.unwrap();
    trial::log(&db, begun.id, note("2026-11-03", "下午四点鼻翼出油"), now)
        .await
        .unwrap();
    let flaw = NewFlaw {
        photo: Some(photo),
        ..NewFlaw::from("搓泥")
    };
    trial::add_shortcoming(&db, begun.id, flaw, now).await.unwrap();
    trial::finish(&db, begun.id, Verdict::Recommend, "值得", None, now)
        .await
        .unwrap();
    trial::reopen(&db, begun.id, now).await.unwrap();
    let stage = async || product::get(&db, begun.product).await.unwrap().stage;
    let (was, stood) = (trial::get(&db, begun.id).await.unwrap(), stage().await);

    let gone = trial::remove(&db, begun.id, now).await.unwrap();
    let back = trial::restore(&db, gone.clone(), now).await.unwrap();
    let whole = |trial: &trial::Trial| {
        let mut said = serde_json::to_value(trial).unwrap();
        for flaw in said["flaws"].as_array_mut().unwrap() {
            flaw["id"] = 0.into();
        }
        said
    };
    assert_eq!(whole(&back), whole(&was));
    assert_eq!(photo::get(&db, photo).await.unwrap().trial, Some(begun.id));
    assert_eq!(stage().await, stood, "its product stands where it stood");
    let day = "2026-11-03".parse().unwrap();
    assert_eq!(
        trial::history(&db, begun.id, day).await.unwrap().len(),
        1,
        "what was written before is kept too"
    );
    let hits = caoben::search::search(&db, "鼻翼出油", &[caoben::value::Noun::Trial], 5)
        .await
        .unwrap();
    assert_eq!(hits.len(), 1, "and it is found again");
    let twice = trial::restore(&db, gone, now).await.unwrap_err();
    assert_eq!(twice.code, Code::Conflict, "what stands is not written over");
}

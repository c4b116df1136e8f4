//! Trial 试用, review 评价 and the day that reads them.

use caoben::{
    Code,
    channel::{self, NewChannel},
    db::Db,
    job::Job,
    photo,
    post::{self, NewPost},
    product::{self, NewProduct, ProductPatch, Stage},
    publication::{self, NewPublication, PublicationPatch},
    review::{self, NewReview, ReviewPatch},
    today::{self, TodoKind},
    trial::{self, Acquired, NewDay, NewTrial, Rating, Trial, Verdict},
    value::{Date, Noun},
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

async fn started(db: &Db) -> Trial {
    let input = NewProduct {
        name: "防晒霜".to_owned(),
        ..NewProduct::default()
    };
    let product = product::create(db, input, at("2026-11-01")).await.unwrap().id;
    let input = NewTrial {
        product,
        acquired: Acquired::Bought,
        on: Some(day("2026-11-02")),
    };
    trial::start(db, input, at("2026-11-02 10:00")).await.unwrap()
}

#[tokio::test]
async fn a_trial_goes_from_start_to_verdict_and_moves_its_product() {
    let (_folder, db) = support::workspace().await;
    let begun = started(&db).await;
    assert_eq!(
        product::get(&db, begun.product).await.unwrap().stage,
        Stage::Trial
    );
    trial::log(
        &db,
        begun.id,
        note("2026-11-04", "第三天"),
        at("2026-11-04 20:00"),
    )
    .await
    .unwrap();
    trial::log(
        &db,
        begun.id,
        note("2026-11-02", "第一天"),
        at("2026-11-04 20:00"),
    )
    .await
    .unwrap();
    trial::add_shortcoming(&db, begun.id, " 搓泥 ", at("2026-11-05"))
        .await
        .unwrap();
    let twice = trial::add_shortcoming(&db, begun.id, "搓泥", at("2026-11-05"))
        .await
        .unwrap();
    assert_eq!(twice.shortcomings, ["搓泥"]);
    let texts: Vec<&str> = twice.days.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(texts, ["第一天", "第三天"], "days stand in their own order");
    let error = trial::finish(
        &db,
        begun.id,
        Verdict::Recommend,
        "",
        Some(day("2026-11-03")),
        at("2026-11-06"),
    )
    .await
    .unwrap_err();
    assert_eq!(error.field, Some("on"), "it cannot end before a noted day");
    let done = trial::finish(&db, begun.id, Verdict::Recommend, "值得", None, at("2026-11-06"))
        .await
        .unwrap();
    assert_eq!(
        (done.finished_on, done.verdict),
        (Some(day("2026-11-06")), Some(Verdict::Recommend))
    );
    assert_eq!(
        product::get(&db, begun.product).await.unwrap().stage,
        Stage::Recommended
    );
    let hits = caoben::search::search(&db, "搓泥", &[], 5).await.unwrap();
    assert_eq!(hits.len(), 1, "what was admitted is found");
    let emptied = trial::remove_shortcoming(&db, begun.id, "搓泥", at("2026-11-07"))
        .await
        .unwrap();
    assert!(emptied.shortcomings.is_empty());
}

#[tokio::test]
async fn a_note_keeps_its_day_and_what_it_said_before() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db).await.id;
    let now = at("2026-11-05 20:00");
    trial::log(&db, id, note("2026-11-03", "很好"), now)
        .await
        .unwrap();
    trial::log(&db, id, note("2026-11-03", "很好"), now)
        .await
        .unwrap();
    let rated = NewDay {
        ratings: vec![Rating {
            scale: "控油".to_owned(),
            value: 4,
        }],
        ..note("2026-11-03", "其实一般")
    };
    let edited = trial::log(&db, id, rated, now).await.unwrap();
    let day = &edited.days[0];
    assert_eq!(
        (day.text.as_str(), day.edits, day.ratings[0].value),
        ("其实一般", 1, 4),
        "the same words are no edit"
    );
}

#[tokio::test]
async fn a_day_outside_the_trial_or_a_wrong_rating_is_refused() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db).await.id;
    let now = at("2026-11-05 20:00");
    for (on, why) in [
        ("2026-11-01", "before the start"),
        ("2026-11-06", "still to come"),
    ] {
        assert_eq!(
            trial::log(&db, id, note(on, "x"), now).await.unwrap_err().field,
            Some("on"),
            "{why}"
        );
    }
    assert_eq!(
        trial::log(&db, id, note("2026-11-03", " "), now)
            .await
            .unwrap_err()
            .field,
        Some("text")
    );
    for value in [0, 6] {
        let rated = NewDay {
            ratings: vec![Rating {
                scale: "控油".to_owned(),
                value,
            }],
            ..note("2026-11-03", "x")
        };
        assert_eq!(
            trial::log(&db, id, rated, now).await.unwrap_err().field,
            Some("ratings")
        );
    }
    let photos = NewDay {
        photos: vec![404],
        ..note("2026-11-03", "x")
    };
    assert_eq!(
        trial::log(&db, id, photos, now).await.unwrap_err().code,
        Code::NotFound
    );
    assert_eq!(trial::get(&db, 99).await.unwrap_err().code, Code::NotFound);
    assert!(
        trial::get(&db, id).await.unwrap().days.is_empty(),
        "nothing refused was kept"
    );
    trial::finish(&db, id, Verdict::Mixed, "", Some(day("2026-11-03")), now)
        .await
        .unwrap();
    assert_eq!(
        trial::log(&db, id, note("2026-11-04", "x"), now)
            .await
            .unwrap_err()
            .field,
        Some("on"),
        "after the end"
    );
}

#[tokio::test]
async fn a_buyer_is_a_hash_and_numbers_in_the_words_are_masked() {
    let (folder, db) = support::workspace().await;
    let product = started(&db).await.product;
    let file = folder.path().join("评价.csv");
    let content = "买家昵称,评分,评价内容,评价时间\n138-0013-8000,5星,好用 加我 138 0013 8000 或 a.b@qq.com，2026-11-01 买的,2026/11/3\n\
        138 0013 8000,,又买了,2026年11月4日\n小王,9,坏评分,\n小王,1,,\n小李,二星,日期坏,昨天\n";
    std::fs::write(&file, content).unwrap();
    let now = at("2026-11-10");
    let done = review::import(&db, &file, product, None, &Job::silent(), now)
        .await
        .unwrap();
    assert_eq!(
        done.refused.iter().map(|r| r.row).collect::<Vec<_>>(),
        [4, 5, 6],
        "{done:?}"
    );
    let kept = review::list(&db, Some(product)).await.unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(
        kept[0].buyer, kept[1].buyer,
        "the same phone, written twice, is the same buyer"
    );
    assert!(!kept[1].own && kept[1].text.contains("***"), "{}", kept[1].text);
    let all = format!("{kept:?}");
    assert!(
        !all.contains("13800") && !all.contains("138 ") && !all.contains("qq.com"),
        "nothing personal is kept: {all}"
    );
    assert!(all.contains("2026-11-01 买的"), "a date is no phone: {all}");
    let again = review::import(&db, &file, product, None, &Job::silent(), now)
        .await
        .unwrap();
    assert_eq!(again.duplicates, [2, 3], "a second import doubles nothing");
    assert!(!kept[0].consent);
    let patch = ReviewPatch {
        consent: Some(true),
        ..ReviewPatch::default()
    };
    assert!(review::edit(&db, kept[0].id, patch, now).await.unwrap().consent);
    let own = NewReview {
        product,
        text: "我的电话手感".to_owned(),
        rating: Some(3),
        ..NewReview::default()
    };
    assert!(review::add(&db, own.clone(), now).await.unwrap().own);
    let wrong = NewReview {
        rating: Some(6),
        ..own
    };
    assert_eq!(
        review::add(&db, wrong, now).await.unwrap_err().field,
        Some("rating")
    );
}

#[tokio::test]
async fn the_day_names_what_waits() {
    let (_folder, db) = support::workspace().await;
    let id = started(&db).await.id;
    let quiet = today::today(&db, at("2026-11-03 09:00")).await.unwrap();
    assert!(
        quiet.todos.is_empty(),
        "one day without a note is no reproach: {:?}",
        quiet.todos
    );
    let later = today::today(&db, at("2026-11-05 09:00")).await.unwrap();
    assert_eq!(later.todos.len(), 1);
    assert_eq!(
        (later.todos[0].kind, later.todos[0].id, later.todos[0].days),
        (TodoKind::TrialDay, id, 3)
    );
    assert_eq!(
        (later.products, later.new_orders, later.currency.as_str()),
        (1, 0, "CNY")
    );
    assert_eq!(later.since, at("2026-10-29 09:00"), "seven days back at most");
    today::seen(&db, at("2026-11-05 10:00")).await.unwrap();
    let after = today::today(&db, at("2026-11-05 11:00")).await.unwrap();
    assert_eq!(after.since, at("2026-11-05 10:00"));
}

#[tokio::test]
async fn a_photo_taken_off_a_day_waits_without_a_day_and_stays_of_the_trial() {
    let (folder, db) = support::workspace().await;
    let begun = started(&db).await;
    let file = folder.path().join("a.jpg");
    std::fs::write(&file, jpeg(1, 200, 100)).unwrap();
    let id = import(&db, &[&file]).await.imported[0].id;
    let now = at("2026-11-05 20:00");
    for on in ["2026-11-03", "2026-11-04"] {
        let day = NewDay {
            photos: vec![id],
            ..note(on, "上脸")
        };
        trial::log(&db, begun.id, day, now).await.unwrap();
    }
    let tied = async || {
        let photo = photo::get(&db, id).await.unwrap();
        (photo.product, photo.trial)
    };
    assert_eq!(tied().await, (Some(begun.product), Some(begun.id)));
    let take_off =
        async |on: &str| trial::move_photo(&db, begun.id, id, Some(day(on)), None, None, now).await;
    let after = take_off("2026-11-03").await.unwrap();
    assert!(after.days[0].photos.is_empty() && after.days[1].photos == [id]);
    assert_eq!(after.days[0].text, "上脸", "the note stays");
    assert_eq!(
        tied().await,
        (Some(begun.product), Some(begun.id)),
        "it is on another day still"
    );
    let error = take_off("2026-11-03").await.unwrap_err();
    assert_eq!(error.code, Code::NotFound, "{}", error.message);
    let after = take_off("2026-11-04").await.unwrap();
    assert!(after.days.iter().all(|day| day.photos.is_empty()));
    assert_eq!(
        tied().await,
        (Some(begun.product), Some(begun.id)),
        "on no day, and still the trial's and the product's"
    );
}

#[tokio::test]
async fn a_renamed_product_renames_what_search_says_of_its_trials() {
    let (_folder, db) = support::workspace().await;
    let begun = started(&db).await;
    let now = at("2026-11-05 20:00");
    trial::log(&db, begun.id, note("2026-11-03", "不搓泥"), now)
        .await
        .unwrap();
    let patch = ProductPatch {
        name: Some("小金瓶".to_owned()),
        ..ProductPatch::default()
    };
    product::edit(&db, begun.product, patch, now).await.unwrap();
    let hits = async |query| {
        caoben::search::search(&db, query, &[Noun::Trial], 5)
            .await
            .unwrap()
    };
    let found = hits("小金瓶").await;
    assert_eq!(
        (found.len(), found[0].id, found[0].title.as_str()),
        (1, begun.id, "小金瓶")
    );
    assert_eq!(hits("不搓泥").await.len(), 1, "its words are found as before");
    assert!(hits("防晒霜").await.is_empty(), "the old name is forgotten");
}

#[tokio::test]
async fn a_draft_a_bundle_and_a_missing_receipt_wait_in_turn() {
    let (_folder, db) = support::workspace().await;
    let channel = NewChannel {
        platform: "xiaohongshu".into(),
        name: "小红书 · 小鹿".into(),
        own_shop: false,
    };
    let channel = channel::create(&db, channel, at("2026-11-01")).await.unwrap().id;
    let draft = NewPost {
        title: "七天".into(),
        body: "好用".into(),
        ..NewPost::default()
    };
    let post = post::create(&db, draft, at("2026-11-02 10:00")).await.unwrap().id;
    let waiting = async || {
        let todos = today::today(&db, at("2026-11-05 09:00")).await.unwrap().todos;
        assert!(todos.len() <= 1, "one post waits for one thing: {todos:?}");
        todos
            .into_iter()
            .next()
            .map(|todo| (todo.kind, todo.about, todo.days))
    };
    assert_eq!(waiting().await, Some((TodoKind::Draft, post, 3)));
    let mut tx = db.begin().await.unwrap();
    let exported = at("2026-11-03 10:00");
    sqlx::query("INSERT INTO bundle (post_id, channel_id, path, manifest, created_at) VALUES (?1, ?2, 'bundles/x', '{}', ?3)")
        .bind(post)
        .bind(channel)
        .bind(exported)
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(waiting().await, Some((TodoKind::Unpublished, post, 2)));
    let out = NewPublication {
        post,
        channel,
        at: Some(at("2026-11-04 10:00")),
        ..NewPublication::default()
    };
    let out = publication::add(&db, out, at("2026-11-04 10:00")).await.unwrap();
    assert_eq!(waiting().await, Some((TodoKind::Receipt, post, 1)));
    let pasted = PublicationPatch {
        url: Some("https://www.xiaohongshu.com/explore/6583a1b2000000001203f4e5".into()),
        ..PublicationPatch::default()
    };
    publication::edit(&db, out.id, pasted).await.unwrap();
    assert_eq!(waiting().await, None, "with its link pasted back nothing waits");
}

//! The wall: the same photos as the list in the same order, as columns, read from its index alone.

use caoben::{
    db::Db,
    photo::{self, PhotoFilter, PhotoPatch, Source, Wall},
    post::{self, NewPost},
    product::{self, NewProduct},
    value::{Id, Time},
};
use sqlx::AssertSqlSafe;

use crate::support::{self, at};

/// Puts in a photo row: when it was taken (UTC), what offset the camera noted, and what else is said as SQL columns.
async fn put(db: &Db, n: i64, taken: Option<Time>, offset: Option<i64>, sets: &str) -> Id {
    let mut tx = db.begin().await.unwrap();
    let id = sqlx::query_scalar(
        "INSERT INTO photo (hash, format, width, height, bytes, taken_at, taken_offset, created_at)
         VALUES (?, 'jpeg', 30, 40, 1, ?, ?, ?) RETURNING id",
    )
    .bind(format!("{n:064x}"))
    .bind(taken.map(|at| at.0))
    .bind(offset)
    .bind(at("2026-11-22 12:00").0 + n)
    .fetch_one(tx.conn())
    .await
    .unwrap();
    if !sets.is_empty() {
        sqlx::query(AssertSqlSafe(format!("UPDATE photo SET {sets} WHERE id = {id}")))
            .execute(tx.conn())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    id
}

async fn all(db: &Db) -> Wall {
    photo::wall(db, &PhotoFilter::default()).await.unwrap()
}

fn days(wall: &Wall) -> Vec<String> {
    wall.days
        .iter()
        .map(|day| format!("{} {}", day.on, day.count))
        .collect()
}

#[tokio::test]
async fn an_empty_library_is_an_empty_wall() {
    let (_folder, db) = support::workspace().await;
    assert_eq!(all(&db).await, Wall::default());
}

#[tokio::test]
async fn the_wall_is_the_list_in_the_same_order_whatever_is_asked_for() {
    let (_folder, db) = support::workspace().await;
    let thing = NewProduct {
        name: "通勤防晒".into(),
        ..Default::default()
    };
    let thing = product::create(&db, thing, at("2026-11-01 09:00"))
        .await
        .unwrap()
        .id;
    let file = format!("product_id = {thing}");
    let sets = [
        "rating = 3, camera = 'X-T30'",
        "pick = 1, kind = 'clip', format = 'mp4'",
        "pick = -1, source = 'brand'",
        "kind = 'file', format = 'cr3'",
        "trashed_at = 1",
        &file,
        "caption = '早上 100%'",
    ];
    for n in 0..60_i64 {
        // Pairs share an instant: then the newer row stands first.
        let taken = (n % 4 != 3).then(|| Time(at("2026-11-20 00:30").0 - (n / 2) * 9_000_000));
        put(
            &db,
            n,
            taken,
            (n % 2 == 0).then_some(-480),
            sets[n as usize % sets.len()],
        )
        .await;
    }
    let used = all(&db).await.ids[..5].to_vec();
    let text = NewPost {
        photos: used.clone(),
        ..Default::default()
    };
    post::create(&db, text, at("2026-11-22 13:00")).await.unwrap();

    let day = |text: &str| Some(text.parse().unwrap());
    let none = PhotoFilter::default;
    let asked = [
        ("everything", none()),
        (
            "a product",
            PhotoFilter {
                product: Some(thing),
                ..none()
            },
        ),
        (
            "a source",
            PhotoFilter {
                source: Some(Source::Brand),
                ..none()
            },
        ),
        (
            "clips",
            PhotoFilter {
                kind: Some(photo::Kind::Clip),
                ..none()
            },
        ),
        (
            "picked",
            PhotoFilter {
                pick: Some(1),
                ..none()
            },
        ),
        (
            "rejected",
            PhotoFilter {
                pick: Some(-1),
                ..none()
            },
        ),
        (
            "a camera",
            PhotoFilter {
                camera: Some("X-T30".into()),
                ..none()
            },
        ),
        (
            "three stars",
            PhotoFilter {
                min_rating: 3,
                ..none()
            },
        ),
        ("used", PhotoFilter { used: true, ..none() }),
        (
            "unused",
            PhotoFilter {
                unused: true,
                ..none()
            },
        ),
        (
            "of no product",
            PhotoFilter {
                unfiled: true,
                ..none()
            },
        ),
        (
            "two days",
            PhotoFilter {
                from: day("2026-11-18"),
                to: day("2026-11-19"),
                ..none()
            },
        ),
        (
            "trash",
            PhotoFilter {
                trashed: true,
                ..none()
            },
        ),
        (
            "a sign of LIKE in a caption",
            PhotoFilter {
                text: "100%".into(),
                ..none()
            },
        ),
    ];
    for (what, filter) in asked {
        let wall = photo::wall(&db, &filter).await.unwrap();
        let listed = photo::list(&db, &filter).await.unwrap();
        let ids: Vec<Id> = listed.iter().map(|photo| photo.id).collect();
        assert_eq!(wall.ids, ids, "{what}");
        assert!(!ids.is_empty(), "{what}: the test must find some");
        assert!(
            what == "everything" || ids.len() < 52,
            "{what}: the test must leave some out"
        );
        assert_eq!(wall.marks.len(), ids.len(), "{what}");
        let counted: u32 = wall.days.iter().map(|day| day.count).sum();
        assert_eq!(counted as usize, ids.len(), "{what}");
        for (photo, mark) in listed.iter().zip(&wall.marks) {
            let source = ["own", "brand", "buyer", "screenshot"][usize::from(mark >> 7 & 3)];
            assert_eq!(i64::from(mark & 7), photo.rating, "{what}");
            assert_eq!(
                (mark & 8 != 0, mark & 16 != 0),
                (photo.pick == 1, photo.pick == -1),
                "{what}"
            );
            assert_eq!(mark & 32 != 0, photo.kind == photo::Kind::Clip, "{what}");
            assert_eq!(mark & 64 != 0, photo.kind == photo::Kind::File, "{what}");
            assert_eq!(
                serde_json::json!(source),
                serde_json::json!(photo.source),
                "{what}"
            );
            assert_eq!(mark & 512 != 0, used.contains(&photo.id), "{what}");
        }
    }
    let wrong = PhotoFilter {
        camera: Some("' OR 1 --".into()),
        ..none()
    };
    assert!(photo::wall(&db, &wrong).await.unwrap().ids.is_empty());
}

#[tokio::test]
async fn a_day_is_that_of_the_cameras_clock() {
    let (_folder, db) = support::workspace().await;
    // 23:30 at -08:00 and 07:00 at +08:00: one day and the next by UTC, by the clocks the other way round.
    let late: Time = "2026-11-21T23:30:00-08:00".parse().unwrap();
    let early: Time = "2026-11-22T07:00:00+08:00".parse().unwrap();
    let none = at("2026-11-20 00:10");
    let late = put(&db, 1, Some(late), Some(-480), "").await;
    let early = put(&db, 2, Some(early), Some(480), "").await;
    let here = put(&db, 3, Some(none), None, "").await;
    let wall = all(&db).await;
    assert_eq!(wall.ids, [late, early, here], "instants order the wall");
    assert_eq!(days(&wall), ["2026-11-21 1", "2026-11-22 1", "2026-11-20 1"]);
    for (day, id) in [("2026-11-21", late), ("2026-11-22", early), ("2026-11-20", here)] {
        let on = Some(day.parse().unwrap());
        let filter = PhotoFilter {
            from: on,
            to: on,
            ..Default::default()
        };
        assert_eq!(photo::wall(&db, &filter).await.unwrap().ids, [id], "{day}");
    }
}

#[tokio::test]
async fn a_day_knows_its_products_and_what_could_prove_a_trial() {
    let (_folder, db) = support::workspace().await;
    let mut things = Vec::new();
    for name in ["防晒", "啤酒"] {
        let thing = NewProduct {
            name: name.into(),
            ..Default::default()
        };
        things.push(
            product::create(&db, thing, at("2026-11-01 09:00"))
                .await
                .unwrap()
                .id,
        );
    }
    let noon = Some(at("2026-11-20 12:00"));
    for (n, sets) in [
        format!("product_id = {}", things[0]),
        format!("product_id = {}, trial_id = 7", things[0]),
        format!("product_id = {}, source = 'brand'", things[0]),
        format!("product_id = {}, made = 1", things[1]),
        "rating = 5".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        put(&db, n as i64, noon, None, sets).await;
    }
    let wall = all(&db).await;
    assert_eq!(days(&wall), ["2026-11-20 5"]);
    let mut products = wall.days[0].products.clone();
    products.sort_unstable();
    assert_eq!(products, [(things[0], 1), (things[1], 0)]);
}

#[tokio::test]
async fn edited_pictures_carry_the_stamp_that_changes_their_address() {
    let (_folder, db) = support::workspace().await;
    let one = put(&db, 1, None, None, "").await;
    let two = put(&db, 2, None, None, "").await;
    let three = put(&db, 3, None, None, "").await;
    let mut tx = db.begin().await.unwrap();
    for (photo, channel, edits) in [
        (one, 0, "[]"),
        (one, 0, "[1]"),
        (two, 0, "[1]"),
        (two, 0, ""),
        (three, 4, "[1]"),
    ] {
        sqlx::query("INSERT INTO photo_edit (photo_id, channel_id, edits, created_at) VALUES (?, ?, ?, 1)")
            .bind(photo)
            .bind(channel)
            .bind(edits)
            .execute(tx.conn())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let wall = all(&db).await;
    let listed = photo::some(&db, &[one, two, three]).await.unwrap();
    let stamps: Vec<(Id, i64)> = listed.iter().map(|photo| (photo.id, photo.edited)).collect();
    assert_eq!(stamps, [(one, 2), (two, -4), (three, 0)]);
    assert_eq!(
        wall.edited,
        [(one, 2), (two, -4)],
        "a channel's own version does not show on the wall"
    );
}

#[tokio::test]
async fn what_there_is_to_filter_by_is_counted_without_the_trash() {
    let (_folder, db) = support::workspace().await;
    for (n, sets) in [
        "camera = 'A'",
        "camera = 'B', pick = 1",
        "camera = 'B', kind = 'clip'",
        "pick = -1, kind = 'file'",
        "camera = 'C', pick = 1, trashed_at = 1",
    ]
    .iter()
    .enumerate()
    {
        put(&db, n as i64, None, None, sets).await;
    }
    let facets = photo::facets(&db).await.unwrap();
    assert_eq!(facets.cameras, [("B".to_owned(), 2), ("A".to_owned(), 1)]);
    assert_eq!(
        (facets.clips, facets.files, facets.picked, facets.rejected),
        (1, 1, 1, 1)
    );
}

#[tokio::test]
async fn some_photos_come_in_the_order_asked_for_and_lost_ones_are_left_out() {
    let (_folder, db) = support::workspace().await;
    let one = put(&db, 1, None, None, "").await;
    let two = put(&db, 2, None, None, "").await;
    let patch = PhotoPatch {
        rating: Some(4),
        ..Default::default()
    };
    photo::edit(&db, &[two], patch, at("2026-11-22 10:00"))
        .await
        .unwrap();
    let some = photo::some(&db, &[two, 999, one, -1]).await.unwrap();
    assert_eq!(
        some.iter()
            .map(|photo| (photo.id, photo.rating))
            .collect::<Vec<_>>(),
        [(two, 4), (one, 0)]
    );
}

#[tokio::test]
async fn the_wall_is_read_along_its_index_and_never_sorted() {
    let (_folder, db) = support::workspace().await;
    for sql in [
        include_str!("../../src-tauri/core/src/photo/wall.sql"),
        include_str!("../../src-tauri/core/src/photo/list.sql"),
    ] {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")))
                .fetch_all(db.read())
                .await
                .unwrap();
        let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
        assert!(
            steps
                .iter()
                .any(|step| step.contains("photo USING INDEX photo_newest")),
            "{steps:?}"
        );
        assert!(
            !steps.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY")),
            "{steps:?}"
        );
    }
}

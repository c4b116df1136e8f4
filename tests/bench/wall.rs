//! The wall's index of 100,000 photos beside a bare `SELECT id` in the same order, fetched row by row.

use std::time::Instant;

use caoben::{
    photo::{self, PhotoFilter},
    value::Id,
};

use crate::{Row, make};

const PHOTOS: usize = 100_000;

pub async fn measure(rounds: usize) -> Row {
    let (_folder, db) = make::workspace().await;
    let mut dice = make::Dice(11);
    let rows: Vec<serde_json::Value> = (0..PHOTOS)
        .map(|n| {
            let taken = make::now().0 - dice.below(3 * 365 * 86_400) as i64 * 1000;
            let source = ["own", "own", "brand", "buyer"][n % 4];
            serde_json::json!([format!("{n:064x}"), taken, dice.below(6), dice.below(40), source])
        })
        .collect();
    let mut tx = db.begin().await.unwrap();
    for sql in [
        "INSERT INTO product (id, name, created_at, updated_at)
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i, '好物 ' || i, 1, 1 FROM n",
        "INSERT INTO photo (hash, format, width, height, bytes, taken_at, taken_offset, camera, lens, fingerprint, rating, product_id,
                            source, caption, original_name, created_at)
         SELECT value ->> 0, 'jpeg', 4000, 3000, 3000000, value ->> 1, iif(key % 3, 480, NULL), 'FUJIFILM X-T30', 'XF35mmF2', key * 7919,
                value ->> 2, nullif(value ->> 3, 0), value ->> 4, iif(key % 4, '', '早上八点，窗边自然光'), 'IMG_' || key || '.JPG', 1
         FROM json_each(?)",
    ] {
        sqlx::query(sql)
            .bind(serde_json::to_string(&rows).unwrap())
            .execute(tx.conn())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();

    let mut times = Vec::new();
    let mut size = 0;
    for round in 0..=rounds {
        let begun = Instant::now();
        let wall = photo::wall(&db, &PhotoFilter::default()).await.unwrap();
        size = serde_json::to_vec(&wall).unwrap().len();
        let ours = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let floor: Vec<Id> =
            sqlx::query_scalar("SELECT id FROM photo ORDER BY coalesce(taken_at, created_at) DESC, id DESC")
                .fetch_all(db.read())
                .await
                .unwrap();
        let theirs = begun.elapsed().as_secs_f64();
        assert_eq!(wall.ids, floor, "the wall is everything in its order");
        // The first round reads the file into memory.
        if round > 0 {
            times.push((ours, theirs));
        }
    }
    let note = format!(
        "{PHOTOS} photos with days, marks and products, JSON written; answer {:.2} MB, packed numbers alone would be {:.2} MB",
        size as f64 / 1e6,
        (PHOTOS * 6) as f64 / 1e6
    );
    Row {
        what: "wall",
        peer: "SELECT id",
        rounds: times,
        note,
    }
}

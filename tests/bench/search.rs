//! Search over 10,000 notes: is every note found that holds the words, and how fast, beside `LIKE` over the same rows.

use std::{collections::BTreeSet, time::Instant};

use caoben::{
    search,
    value::{Id, Noun},
};

use crate::{
    Row,
    make::{self, Dice},
    median,
};

const NOTES: Id = 10_000;
/// How many hits the window asks for; `LIKE` has no order of merit and must read them all to have one.
const PAGE: u32 = 50;
const WORDS: [&str; 40] = [
    "防晒",
    "成膜",
    "通勤",
    "油皮",
    "搓泥",
    "假白",
    "口红",
    "显白",
    "拔干",
    "持妆",
    "绿植",
    "浇水",
    "徒长",
    "爆盆",
    "耳机",
    "降噪",
    "续航",
    "漏音",
    "面霜",
    "保湿",
    "闷痘",
    "回购",
    "踩雷",
    "平价",
    "大牌",
    "开箱",
    "上脸",
    "质地",
    "香味",
    "孕妇",
    "敏感肌",
    "学生党",
    "性价比",
    "夏天",
    "冬天",
    "户外",
    "卸妆",
    "早八",
    "宿舍",
    "送礼",
];

/// A note of five to forty words with filler between them.
fn note(dice: &mut Dice) -> String {
    let fill = ["的", "，", "很", "不", "用了", "觉得", "。", "但是", "今天", "还"];
    (0..5 + dice.below(35)).fold(String::new(), |mut text, _| {
        text.push_str(WORDS[dice.below(WORDS.len() as u64) as usize]);
        text.push_str(fill[dice.below(fill.len() as u64) as usize]);
        text
    })
}

pub async fn measure(rounds: usize) -> Row {
    let (_folder, db) = make::workspace().await;
    let mut dice = Dice(7);
    let notes: Vec<(Id, String)> = (1..=NOTES).map(|id| (id, note(&mut dice))).collect();
    let mut tx = db.begin().await.unwrap();
    for (id, text) in &notes {
        search::put(&mut tx, Noun::Review, *id, "", text).await.unwrap();
    }
    tx.commit().await.unwrap();

    // Half of the queries are three words anywhere, half two words with a particle between them.
    let queries: Vec<String> = (0..60)
        .map(|_| {
            let [a, b, c] = [0; 3].map(|_: u8| WORDS[dice.below(WORDS.len() as u64) as usize]);
            if dice.below(2) == 0 {
                format!("{a} {b} {c}")
            } else {
                format!("{a}很{b}")
            }
        })
        .collect();
    let (mut found, mut wanted, mut wrong) = (0, 0, 0);
    let mut times = Vec::new();
    for round in 0..rounds {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for query in &queries {
            let truth: BTreeSet<Id> = notes
                .iter()
                .filter(|(_, text)| query.split(' ').all(|word| text.contains(word)))
                .map(|(id, _)| *id)
                .collect();
            let begun = Instant::now();
            let page = search::search(&db, query, &[Noun::Review], PAGE).await.unwrap();
            ours.push(begun.elapsed().as_secs_f64());
            assert!(page.len() <= PAGE as usize);
            let like = format!("%{}%", query.replace(' ', "%"));
            let begun = Instant::now();
            let rows: Vec<(Id, String, String)> = sqlx::query_as(
                "SELECT ref, title, body FROM search_entry WHERE noun = 'review' AND body LIKE ?",
            )
            .bind(like)
            .fetch_all(db.read())
            .await
            .unwrap();
            theirs.push(begun.elapsed().as_secs_f64());
            assert!(rows.len() <= NOTES as usize);
            if round == 0 {
                let hits = search::search(&db, query, &[Noun::Review], NOTES as u32)
                    .await
                    .unwrap();
                let hits: BTreeSet<Id> = hits.iter().map(|hit| hit.id).collect();
                found += hits.intersection(&truth).count();
                wrong += hits.difference(&truth).count();
                wanted += truth.len();
            }
        }
        times.push((median(ours.into_iter()), median(theirs.into_iter())));
    }
    let recall = if wanted == 0 {
        1.0
    } else {
        found as f64 / wanted as f64
    };
    let note = format!(
        "10,000 notes, 60 queries, best 50 against all by LIKE, median latency; recall {recall:.4} ({found} of {wanted}), {wrong} false"
    );
    Row {
        what: "search",
        peer: "LIKE",
        rounds: times,
        note,
    }
}

//! Search: every piece of a text finds it, and nothing else is found.

use caoben::{db::Db, search, value::Noun};
use proptest::prelude::*;

use crate::support;

async fn put(db: &Db, noun: Noun, id: i64, title: &str, body: &str) {
    let mut tx = db.begin().await.unwrap();
    search::put(&mut tx, noun, id, title, body).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ids(db: &Db, query: &str) -> Vec<i64> {
    search::search(db, query, &[], 50)
        .await
        .unwrap()
        .into_iter()
        .map(|hit| hit.id)
        .collect()
}

#[tokio::test]
async fn a_word_of_two_characters_is_found_and_only_where_it_stands() {
    let (_folder, db) = support::workspace().await;
    put(&db, Noun::Product, 1, "安热沙小金瓶防晒霜", "通勤夏天").await;
    put(&db, Noun::Product, 2, "日晒伤修复", "防护要紧，晒后也要紧").await;
    put(&db, Noun::Post, 3, "夏天怎么过", "我用过的防晒，第七天开始搓泥").await;
    assert_eq!(
        ids(&db, "防晒").await,
        [1, 3],
        "the title comes first, and 防…晒 apart is no hit"
    );
    assert_eq!(ids(&db, "泥").await, [3], "one character is a word too");
    assert_eq!(
        ids(&db, "夏天 防晒 通勤").await,
        [1],
        "words are all needed, wherever they stand"
    );
    let only = search::search(&db, "防晒", &[Noun::Post], 50).await.unwrap();
    assert_eq!(only.len(), 1);
    assert!(
        only[0].snippet.contains("防晒"),
        "the snippet shows the match: {}",
        only[0].snippet
    );
}

#[tokio::test]
async fn case_width_and_parts_of_latin_words_do_not_matter() {
    let (_folder, db) = support::workspace().await;
    put(&db, Noun::Product, 1, "ＡＮＥＳＳＡ ５０＋", "SPF50 Perfect Café").await;
    for query in ["anessa", "NESS", "50+", "ｓｐｆ", "perf", "cafe", "Café", "café"] {
        assert_eq!(ids(&db, query).await, [1], "{query} finds it");
    }
}

#[tokio::test]
async fn a_title_is_found_by_its_pinyin_after_those_found_by_letters() {
    let (_folder, db) = support::workspace().await;
    put(&db, Noun::Product, 1, "兰蔻防晒霜", "").await;
    put(&db, Noun::Product, 2, "fs 收纳盒", "").await;
    assert_eq!(ids(&db, "fangshai").await, [1]);
    assert_eq!(ids(&db, "fs").await, [2, 1], "letters first, sounds after");
    assert_eq!(ids(&db, "lkfss").await, [1]);
    assert!(
        ids(&db, "angshai").await.is_empty(),
        "a sound begins with a syllable"
    );
}

#[tokio::test]
async fn what_is_syntax_elsewhere_is_text_here() {
    let (_folder, db) = support::workspace().await;
    let odd = "a\"b'c*d:e(f)g-h^i NEAR OR 100% _ {}[] \\ 😀👨‍👩‍👧";
    put(&db, Noun::Review, 9, "", odd).await;
    for query in [
        "\"",
        "'",
        "*",
        ":",
        "(f)",
        "-h^",
        "NEAR",
        "OR",
        "100%",
        "_",
        "{}",
        "\\",
        "😀",
        "👨‍👩‍👧",
        odd,
    ] {
        assert_eq!(ids(&db, query).await, [9], "{query} finds it");
    }
    for query in ["", "   ", "%%", "a OR z", "NOT", "\0"] {
        assert!(
            ids(&db, query).await.is_empty(),
            "{query:?} finds nothing and breaks nothing"
        );
    }
}

#[tokio::test]
async fn a_replaced_or_removed_text_is_no_longer_found() {
    let (_folder, db) = support::workspace().await;
    put(&db, Noun::Post, 1, "旧标题", "旧正文").await;
    put(&db, Noun::Post, 1, "新标题", "新正文").await;
    assert!(ids(&db, "旧").await.is_empty());
    assert_eq!(ids(&db, "新正文").await, [1]);
    let mut tx = db.begin().await.unwrap();
    search::remove(&mut tx, Noun::Post, 1).await.unwrap();
    search::remove(&mut tx, Noun::Post, 77).await.unwrap();
    tx.commit().await.unwrap();
    assert!(ids(&db, "新").await.is_empty());
}

#[tokio::test]
async fn more_than_one_page_of_near_misses_hides_nothing() {
    let (_folder, db) = support::workspace().await;
    let mut tx = db.begin().await.unwrap();
    for id in 0..700 {
        search::put(&mut tx, Noun::Photo, id, "", "甲乙 乙丙")
            .await
            .unwrap();
    }
    search::put(
        &mut tx,
        Noun::Photo,
        7_000,
        "",
        &format!("甲乙丙{}", "长".repeat(500)),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        ids(&db, "甲乙丙").await,
        [7_000],
        "all pairs stand in 700 others, the word only here"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_piece_of_a_text_finds_it(text in "(\\PC|[防晒霜口红abcAé， 　'\"*]){1,40}", from in 0_usize..40, length in 1_usize..12) {
        let chars: Vec<char> = text.chars().collect();
        let from = from % chars.len();
        let piece: String = chars.iter().skip(from).take(length).collect();
        prop_assume!(!piece.trim().is_empty());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let found = runtime.block_on(async {
            let (_folder, db) = support::workspace().await;
            put(&db, Noun::Review, 5, "", &text).await;
            ids(&db, &piece).await
        });
        prop_assert_eq!(found, vec![5], "{:?} stands in {:?}", piece, text);
    }
}

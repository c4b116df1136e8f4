//! What is done while somebody types: counting for X beside the parser of twitter-text, and the check of a post, which must take twice
//! as long for twice the text and no longer.

use std::time::Instant;

use caoben::{
    channel::{self, Counting, NewChannel},
    check,
    db::Db,
    post::{self, NewPost},
    value::Id,
};
use twitter_text::ParserBackend;

use crate::{Row, make};

/// A line of a post: Chinese, an address, a figure, an emoji, a topic.
const LINE: &str = "今天用了 https://a.com/b 第 1 天，😀 #词 ";
/// Characters of the text that is counted.
const LENGTH: usize = 10_000;

fn text(length: usize) -> String {
    LINE.chars().cycle().take(length).collect()
}

/// Counting 10,000 characters for X.
pub fn counting(rounds: usize) -> Row {
    let text = text(LENGTH);
    let mut times = Vec::new();
    for round in 0..rounds {
        let begun = Instant::now();
        let ours = channel::count(Counting::TwitterWeighted, &text);
        let took = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let config = twitter_text_config::config_v3();
        let theirs = twitter_text::parse_with_parser_backend(&text, config, true, ParserBackend::External);
        times.push((took, begun.elapsed().as_secs_f64()));
        assert_eq!(
            i32::try_from(ours).unwrap(),
            theirs.weighted_length,
            "both count the same"
        );
        eprintln!("counting, round {}: {:?}", round + 1, times.last());
    }
    Row {
        what: "counting for X",
        peer: "twitter-text",
        rounds: times,
        note: format!("{LENGTH} characters; must stay within 0.016 s"),
    }
}

/// The check of a long post beside twice the check of half of it.
pub async fn checking(rounds: usize, what: &'static str, line: &str) -> Row {
    let (_folder, db) = make::workspace().await;
    let channel = NewChannel {
        platform: "xiaohongshu".into(),
        name: "小红书 · 小鹿".into(),
        ..Default::default()
    };
    let channel = channel::create(&db, channel, make::now()).await.unwrap().id;
    let long: String = line.chars().cycle().take(20_000).collect();
    let half: String = line.chars().cycle().take(10_000).collect();
    let (long, half) = (written(&db, long).await, written(&db, half).await);
    let mut times = Vec::new();
    for round in 0..rounds {
        let ours = seconds(&db, long, channel).await;
        let theirs = 2.0 * seconds(&db, half, channel).await;
        times.push((ours, theirs));
        eprintln!("{what}, round {}: {:?}", round + 1, times.last());
    }
    Row {
        what,
        peer: "2 × half of it",
        rounds: times,
        note: "20,000 characters for 小红书; a ratio of 1 is linear".to_owned(),
    }
}

async fn written(db: &Db, body: String) -> Id {
    let input = NewPost {
        body,
        ..Default::default()
    };
    post::create(db, input, make::now()).await.unwrap().id
}

async fn seconds(db: &Db, post: Id, channel: Id) -> f64 {
    let begun = Instant::now();
    let checked = check::check(db, post, channel, make::now()).await.unwrap();
    assert!(!checked.counts.is_empty());
    begun.elapsed().as_secs_f64()
}

/// The lines that are checked: one with something to find in each, and one that only looks so.
pub const LINES: [(&str, &str); 2] = [("check, much to find", LINE), ("check, vx without end", "vx")];

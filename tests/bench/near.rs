//! Near duplicates among 100,000 fingerprints: everything near one print, and all that hang together, beside comparing with everybody.

use std::{hint::black_box, time::Instant};

use caoben::photo::Prints;

use crate::{Row, make::Dice, median};

const PRINTS: usize = 100_000;
const NEAR: u32 = 7;
const QUERIES: usize = 1_000;

/// Which libraries are measured.
#[derive(Clone, Copy)]
pub enum Library {
    /// Bursts and copies among pictures of all kinds.
    Mixed,
    /// The same, a fifth of them one picture, a fifth on one white ground.
    Skewed,
}

fn prints(library: Library) -> Vec<(i64, i64)> {
    let mut dice = Dice(11);
    let mut wide = move || dice.below(1 << 31) << 33 ^ dice.below(1 << 31) << 16 ^ dice.below(1 << 31);
    let mut prints: Vec<u64> = Vec::with_capacity(PRINTS);
    for nth in 0..PRINTS {
        let one = match (library, nth % 10) {
            (Library::Skewed, 0 | 1) => 0x0000_3C7E_7E3C_1800,
            // Rims of eight cells are white: only the middle differs.
            (Library::Skewed, 2 | 3) => wide() & 0x0000_7E7E_7E7E_0000,
            // One in ten is a few bits from an earlier one.
            (_, 9) => prints[nth / 2] ^ 1 << (wide() % 64) ^ 1 << (wide() % 64),
            _ => wide(),
        };
        prints.push(one);
    }
    (1..).zip(prints.into_iter().map(u64::cast_signed)).collect()
}

/// What is compared with everybody: the floor.
fn scan(prints: &[(i64, i64)], print: i64) -> Vec<(i64, u32)> {
    let mut found: Vec<(i64, u32)> = prints
        .iter()
        .map(|(id, known)| (*id, (known ^ print).count_ones()))
        .filter(|(_, bits)| *bits <= NEAR)
        .collect();
    found.sort_unstable_by_key(|(id, bits)| (*bits, *id));
    found
}

/// One print against all: the index beside a linear scan over the same prints.
pub fn one(rounds: usize, library: Library) -> Row {
    let prints = prints(library);
    let index = Prints::new(&prints);
    let asked: Vec<i64> = prints
        .iter()
        .step_by(PRINTS / QUERIES)
        .map(|(_, print)| *print)
        .collect();
    for print in asked.iter().step_by(50) {
        assert_eq!(index.near(*print), scan(&prints, *print), "both find the same");
    }
    let (mut times, mut slowest) = (Vec::new(), 0.0_f64);
    for _ in 0..rounds {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for print in &asked {
            let begun = Instant::now();
            black_box(index.near(*print));
            ours.push(begun.elapsed().as_secs_f64());
            let begun = Instant::now();
            black_box(scan(&prints, *print));
            theirs.push(begun.elapsed().as_secs_f64());
        }
        slowest = ours.iter().copied().fold(slowest, f64::max);
        times.push((median(ours.into_iter()), median(theirs.into_iter())));
    }
    let (ours, theirs) = (
        median(times.iter().map(|t| t.0)),
        median(times.iter().map(|t| t.1)),
    );
    Row {
        what: match library {
            Library::Mixed => "near one of 100,000",
            Library::Skewed => "near one, skewed",
        },
        peer: "scan",
        note: format!(
            "median of {QUERIES} queries: {:.1} µs beside {:.1} µs; slowest ours {:.2} ms; same answers",
            ours * 1e6,
            theirs * 1e6,
            slowest * 1e3
        ),
        rounds: times,
    }
}

/// All groups: sorting the prints into the index and gathering, beside n linear scans (extrapolated from some).
pub fn groups(rounds: usize, library: Library) -> Row {
    let prints = prints(library);
    let mut times = Vec::new();
    let mut found = 0;
    for _ in 0..rounds {
        let begun = Instant::now();
        found = black_box(Prints::new(&prints).clusters()).len();
        let ours = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        for (_, print) in prints.iter().step_by(PRINTS / 200) {
            black_box(scan(&prints, *print));
        }
        times.push((ours, begun.elapsed().as_secs_f64() * (PRINTS / 200) as f64));
    }
    let ours = median(times.iter().map(|t| t.0));
    Row {
        what: match library {
            Library::Mixed => "groups of 100,000",
            Library::Skewed => "groups, skewed",
        },
        peer: "scans",
        note: format!(
            "{:.0} ms with building the index, {found} groups; peer extrapolated from 200 of 100,000 scans",
            ours * 1e3
        ),
        rounds: times,
    }
}

/// From the workspace to the answer: fingerprints out of SQLite, index, groups, photos; no closer look is missing.
pub async fn workspace(rounds: usize) -> Row {
    let (_folder, db) = crate::make::workspace().await;
    let prints = prints(Library::Mixed);
    let mut tx = db.begin().await.unwrap();
    for (id, print) in &prints {
        // Random pictures: nothing but their prints is alike, so what is timed is the search.
        sqlx::query(
            "INSERT INTO photo (hash, format, width, height, bytes, fingerprint, created_at) VALUES (?, 'jpeg', 4000, 3000, 1, ?, 0)",
        )
        .bind(format!("{id:064x}"))
        .bind(print)
        .execute(tx.conn())
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut times = Vec::new();
    for _ in 0..rounds {
        let begun = Instant::now();
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT id, fingerprint FROM photo WHERE fingerprint IS NOT NULL AND trashed_at IS NULL AND kind = 'picture' AND made = 0",
        )
        .fetch_all(db.read())
        .await
        .unwrap();
        let read = begun.elapsed().as_secs_f64();
        let clusters = black_box(Prints::new(&rows).clusters());
        assert!(!clusters.is_empty());
        times.push((begun.elapsed().as_secs_f64(), read));
    }
    Row {
        what: "groups from the database",
        peer: "its reading alone",
        note: "100,000 rows out of SQLite, index, groups; without the closer look at thumbnails".to_owned(),
        rounds: times,
    }
}

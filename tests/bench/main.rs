//! The measurements behind `cargo xtask bench`: our speed beside that of a peer on the same work, as ratios.
//!
//! A ratio above 1 means that we are slower. Peers that are not installed are skipped by name.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

mod bundle;
mod copies;
mod export;
mod import;
mod make;
mod memory;
mod near;
mod order;
mod search;
mod wall;
mod words;

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const HELP: &str = "\
caoben-bench [--rounds N] [import|export|bundle|search|wall|near|words|order]…

Runs all measurements, or those named. N rounds each (at least 3, 5 unless told), ours and the peer's by turns; the median counts.
";

/// One line of the answer.
pub struct Row {
    pub what: &'static str,
    pub peer: &'static str,
    /// Seconds of (ours, theirs) per round; empty with a reason where the peer is missing.
    pub rounds: Vec<(f64, f64)>,
    pub note: String,
}

#[tokio::main]
async fn main() {
    let mut rounds = 5;
    let mut wanted = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--help" | "-h" => return print!("{HELP}"),
            "--rounds" => rounds = args.next().and_then(|n| n.parse().ok()).unwrap_or(rounds).max(3),
            _ => wanted.push(arg),
        }
    }
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    println!("| what | peer | ours (s) | peer (s) | ratio, median (all) | note |\n|---|---|---|---|---|---|");
    if runs("import") {
        show(&import::measure(rounds).await);
    }
    if runs("export") {
        for large in [export::Large::Jpeg, export::Large::Turned, export::Large::Png] {
            show(&export::measure(rounds, large));
        }
    }
    if runs("bundle") {
        show(&bundle::measure(rounds).await);
        show(&bundle::pictures(rounds).await);
    }
    if runs("search") {
        show(&search::measure(rounds).await);
    }
    if runs("wall") {
        show(&wall::measure(rounds).await);
    }
    if runs("words") {
        show(&words::counting(rounds));
        for (what, line) in words::LINES {
            show(&words::checking(rounds, what, line).await);
        }
    }
    if runs("order") {
        for row in order::measure(rounds).await {
            show(&row);
        }
    }
    if runs("near") {
        for library in [near::Library::Mixed, near::Library::Skewed] {
            show(&near::one(rounds, library));
            show(&near::groups(rounds, library));
        }
        show(&near::workspace(rounds).await);
        show(&copies::measure(rounds));
    }
}

fn show(row: &Row) {
    let Row {
        what,
        peer,
        rounds,
        note,
    } = row;
    if rounds.iter().all(|(_, theirs)| *theirs == 0.0) {
        let ours = median(rounds.iter().map(|(ours, _)| *ours));
        return println!("| {what} | {peer} | {ours:.4} | – | skipped: no {peer} here | {note} |");
    }
    let ratios: Vec<f64> = rounds.iter().map(|(ours, theirs)| ours / theirs).collect();
    let all: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
    let (ours, theirs) = (
        median(rounds.iter().map(|r| r.0)),
        median(rounds.iter().map(|r| r.1)),
    );
    println!(
        "| {what} | {peer} | {ours:.4} | {theirs:.4} | {:.2} ({}) | {note} |",
        median(ratios.iter().copied()),
        all.join(" ")
    );
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Whether a program can be started.
pub fn there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// Runs `vipsthumbnail` over files in two processes at once, half of the files each; answers with the time until both are done.
pub fn vipsthumbnail(files: &[std::path::PathBuf], out: &Path, args: &[&str]) -> Duration {
    std::fs::create_dir_all(out).unwrap();
    let form = out.join("%s.jpg[Q=80,strip]");
    let begun = Instant::now();
    let running: Vec<_> = files
        .chunks(files.len().div_ceil(2))
        .map(|part| {
            Command::new("vipsthumbnail")
                .args(args)
                .arg("--vips-concurrency=1")
                .arg("-o")
                .arg(&form)
                .args(part)
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut process in running {
        assert!(process.wait().unwrap().success(), "vipsthumbnail failed");
    }
    begun.elapsed()
}

//! `fuzz`: the fuzz target of the import, with libFuzzer, on stable Rust.

use std::{fs, path::Path};

use crate::setup;
use crate::shell::{Outcome, at, cargo, command, root, run, target};

pub const HELP: &str = "\
cargo xtask fuzz [MINUTES]

Builds tests/fuzz with libFuzzer's counters (Linux and macOS) and runs it for so many minutes, 10 if not said, in each of
two processes. It begins with the pictures of the tests; what it learns stays in TARGET/fuzz/corpus, what breaks it in
TARGET/fuzz/found.
";

/// What cargo-fuzz passes, but for the sanitizer, which needs nightly.
const COUNTERS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cdebug-assertions -Coverflow-checks";
/// Of one process, in megabytes: what the import allows a single picture, and room for the fuzzer itself.
const MEMORY: &str = "-rss_limit_mb=3072";

pub fn main(args: &[String]) -> Outcome {
    let minutes: u64 = match args.first() {
        Some(given) => given
            .parse()
            .map_err(|_| format!("`{given}` is no number of minutes"))?,
        None => 10,
    };
    setup::system(&[setup::BUILD])?;
    let room = target().join("fuzz");
    let (corpus, found) = (room.join("corpus"), room.join("found/"));
    for folder in [&corpus, &found] {
        at(folder, fs::create_dir_all(folder))?;
    }
    let host = host()?;
    // A target of its own: other flags would have everything compiled anew, here and there, each time.
    run(cargo([
        "build",
        "--release",
        "--package",
        "caoben-tests",
        "--features",
        "fuzz",
        "--bin",
        "fuzz-intake",
    ])
    .args(["--target", &host])
    .env("RUSTFLAGS", COUNTERS)
    .env("CARGO_TARGET_DIR", &room))?;
    let program = room.join(&host).join("release/fuzz-intake");
    let seeds = root().join("src-tauri/picture/tests/fixtures");
    let option = |name: &str, path: &Path| format!("-{name}={}", path.display());
    run(command(
        program,
        [
            MEMORY,
            "-timeout=25",
            "-fork=2",
            "-max_len=65536",
            "-print_final_stats=1",
        ],
    )
    .arg(format!("-max_total_time={}", minutes * 60))
    .arg(option("artifact_prefix", &found))
    .arg(corpus)
    .arg(seeds))
}

fn host() -> Outcome<String> {
    let said = crate::shell::output(&mut command("rustc", ["-vV"])).unwrap_or_default();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc does not say which system this is".to_owned())
}

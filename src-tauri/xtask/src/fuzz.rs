//! `fuzz`: the fuzz target of the import, with libFuzzer, on stable Rust.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::setup;
use crate::shell::{Outcome, at, cargo, command, output, run, target};

pub const HELP: &str = "\
cargo xtask fuzz [MINUTES [PROCESSES]]

Builds tests/fuzz with libFuzzer's counters (Linux and macOS) and runs it for so many minutes, 10 if not said, in each of
so many processes, 2 if not said. Where clang and its runtime are installed (Debian: clang libclang-rt-14-dev) the decoders
written in C and C++ are watched by AddressSanitizer too, without their assembly. It begins with the pictures of the tests;
what it learns stays in TARGET/fuzz/corpus, what breaks it in TARGET/fuzz/found.
";

/// What cargo-fuzz passes, but for the sanitizer, which needs nightly.
const COUNTERS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";
/// Sums that overflow are found too, but in re_rav1d, as in the root's Cargo.toml.
const CHECKS: [&str; 4] = [
    "profile.release.debug-assertions=true",
    "profile.release.overflow-checks=true",
    "profile.release.package.re_rav1d.debug-assertions=false",
    "profile.release.package.re_rav1d.overflow-checks=false",
];
/// The same for C and C++, and the watch over memory.
const WATCHED: &str = "-O1 -g -fno-omit-frame-pointer -fsanitize=address,fuzzer-no-link";
/// Of one process, in megabytes: what the import allows a single picture, and room for the fuzzer itself.
const MEMORY: &str = "-rss_limit_mb=3072";

pub fn main(args: &[String]) -> Outcome {
    let number = |nth: usize, usual: u64| match args.get(nth) {
        Some(given) => given.parse().map_err(|_| format!("`{given}` is no number")),
        None => Ok(usual),
    };
    let (minutes, processes) = (number(0, 10)?, number(1, 2)?);
    setup::system(&[setup::BUILD])?;
    let room = target().join("fuzz");
    let (corpus, found) = (room.join("corpus"), room.join("found/"));
    for folder in [&corpus, &found] {
        at(folder, fs::create_dir_all(folder))?;
    }
    let host = host()?;
    // A target of its own: other flags would have everything compiled anew, here and there, each time.
    let mut build = cargo([
        "build",
        "--release",
        "--package",
        "caoben-fuzz",
        "--features",
        "libfuzzer-sys",
    ]);
    build.args(CHECKS.iter().flat_map(|check| ["--config", check]));
    build.args(["--target", &host]).env("CARGO_TARGET_DIR", &room);
    let flags = match clang() {
        Some(runtime) => {
            watch(&mut build, &host, &runtime);
            format!("{COUNTERS} -Clinker=clang++ -Clink-arg=-fsanitize=address")
        }
        None => COUNTERS.to_owned(),
    };
    run(build.env("RUSTFLAGS", flags))?;
    let program = room.join(&host).join("release/fuzz-intake");
    let option = |name: &str, path: &Path| format!("-{name}={}", path.display());
    run(command(
        program,
        [MEMORY, "-timeout=25", "-max_len=65536", "-print_final_stats=1"],
    )
    .arg(format!("-fork={processes}"))
    .arg(format!("-max_total_time={}", minutes * 60))
    .arg(option("artifact_prefix", &found))
    .arg(corpus)
    .args(["tests/fuzz/seeds", "src-tauri/picture/tests/fixtures"])
    // libFuzzer has a limit of its own; libjpeg-turbo's assembly is as blind to the watch as any other.
    .env(
        "ASAN_OPTIONS",
        "detect_leaks=0:quarantine_size_mb=32:allocator_may_return_null=1",
    )
    .env("JSIMD_FORCENONE", "1"))
}

/// Where clang keeps its libFuzzer, if it has AddressSanitizer as well.
fn clang() -> Option<PathBuf> {
    let arch = std::env::consts::ARCH;
    let at = |library: String| {
        let said = output(&mut command("clang", [format!("-print-file-name={library}")]))?;
        Some(PathBuf::from(said.trim())).filter(|path| path.is_file())
    };
    at(format!("libclang_rt.asan-{arch}.a"))?;
    at(format!("libclang_rt.fuzzer-{arch}.a"))
}

/// Has C and C++ compiled under watch, but for libFuzzer itself, which must not count its own steps.
fn watch(build: &mut Command, host: &str, runtime: &Path) {
    let own = host.replace('-', "_");
    build
        .env(format!("CC_{own}"), "clang")
        .env(format!("CXX_{own}"), "clang++")
        .env(format!("CFLAGS_{own}"), WATCHED)
        .env(format!("CXXFLAGS_{own}"), WATCHED)
        .env("OPENH264_NO_ASM", "1")
        .env("CUSTOM_LIBFUZZER_PATH", runtime);
}

fn host() -> Outcome<String> {
    let said = output(&mut command("rustc", ["-vV"])).unwrap_or_default();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc does not say which system this is".to_owned())
}

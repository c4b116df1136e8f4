//! `windows`: builds the command line and the tests of the core and the command line for Windows on a Debian, and runs them under Wine.
//!
//! The standard library comes from Debian's own source, as for `platforms`. Wine is not Windows: it shows faults with paths, names, locks,
//! renames, sharing and time zones, not all of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::platforms::{MINGW, WINDOWS, compiler, foreign};
use crate::setup;
use crate::shell::{Outcome, at, command, output, run, target};

pub const HELP: &str = "\
cargo xtask windows [core] [cli] [FILTER…]

Builds the command line and the test binaries `core` and `cli` for x86_64-pc-windows-gnu and runs the tests under Wine
(both when none is named; FILTERs go to them). Works on Debian 12 with its security updates; about half an hour the first
time. What cannot run under Wine is skipped, and the reason is printed. Not part of `test`: by hand, and before a release.
";

/// By the path of the test, and why.
const SKIPPED: &[(&str, &str)] = &[(
    "upgrade::photos_whose_camera_noted_no_offset",
    "an old migration asks SQLite for local time, and the C library of Windows reads no zone name out of TZ; without TZ, as on \
     people's computers, both know the same zone",
)];

/// Wine 8 lacks this library, which Rust's standard library asks for random numbers: the same numbers from where Wine has them.
const SHIM: &str = "\
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
";

pub fn main(args: &[String]) -> Outcome {
    let named = |name: &str| args.iter().any(|arg| arg == name);
    let both = !named("core") && !named("cli");
    let filters: Vec<&String> = args
        .iter()
        .filter(|arg| !["core", "cli"].contains(&arg.as_str()))
        .collect();
    setup::system(&[setup::BUILD, MINGW, setup::WINE])?;
    let compiler = compiler()?;
    run(foreign(&compiler, "build", WINDOWS).args(["--package", "caoben-cli"]))?;
    let made = target().join("platforms").join(WINDOWS).join("debug");
    beside(&made)?;
    for (skipped, reason) in SKIPPED {
        println!("Skipped: {skipped} ({reason})");
    }
    let mut failed = Vec::new();
    for test in ["core", "cli"].into_iter().filter(|test| both || named(test)) {
        run(foreign(&compiler, "test", WINDOWS).args([
            "--no-run",
            "--package",
            "caoben-tests",
            "--test",
            test,
        ]))?;
        let program = newest(&made.join("deps"), test)?;
        beside(&made.join("deps"))?;
        let mut wine = wine(&program, &made)?;
        wine.args(["--test-threads", "2"]).args(&filters);
        for (skipped, _) in SKIPPED {
            wine.args(["--skip", skipped]);
        }
        if let Err(reason) = run(&mut wine) {
            failed.push(reason);
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join("\n"))
    }
}

/// Wine over a Windows of its own, in the folder of the tests.
fn wine(program: &Path, made: &Path) -> Outcome<Command> {
    let prefix = made.join("wine");
    at(&prefix, fs::create_dir_all(&prefix))?;
    let mut wine = command("wine", [program]);
    wine.env("WINEPREFIX", &prefix)
        .env("WINEDEBUG", "-all")
        .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
        .env("TZ", "Asia/Shanghai")
        .current_dir(crate::shell::root().join("tests"));
    Ok(wine)
}

/// Puts what a program of mingw needs beside it: its run-time libraries, and the shim.
fn beside(folder: &Path) -> Outcome {
    for library in ["libstdc++-6.dll", "libgcc_s_seh-1.dll"] {
        let asked = format!("-print-file-name={library}");
        let from = output(&mut command("x86_64-w64-mingw32-g++-win32", [asked])).unwrap_or_default();
        let from = PathBuf::from(from.trim());
        at(&from, fs::copy(&from, folder.join(library)))?;
    }
    let source = folder.join("bcryptprimitives.c");
    at(&source, fs::write(&source, SHIM))?;
    run(command("x86_64-w64-mingw32-gcc-win32", ["-shared", "-o"])
        .arg(folder.join("bcryptprimitives.dll"))
        .arg(&source)
        .arg("-ladvapi32"))
}

/// The test binary that was built last.
fn newest(folder: &Path, test: &str) -> Outcome<PathBuf> {
    let begin = format!("{test}-");
    let entries = at(folder, fs::read_dir(folder))?.flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.strip_prefix(&begin)
            .is_some_and(|rest| rest.ends_with(".exe") && !rest.contains('-'))
    });
    ours.max_by_key(|entry| entry.metadata().and_then(|known| known.modified()).ok())
        .map(|entry| entry.path())
        .ok_or_else(|| format!("no {test} test binary in {}", folder.display()))
}

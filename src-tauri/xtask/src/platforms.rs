//! `platforms`: type-checks the code for Windows and macOS on a Debian that can build for neither.
//!
//! Debian's `rustc-web` can compile the standard library from its own source (`-Zbuild-std`), so no foreign standard
//! library is downloaded. It is unpacked beside the target folder and replaces nothing. Nothing is linked or run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::setup;
use crate::shell::{Outcome, at, cargo, command, empty, run, target};

pub const HELP: &str = "\
cargo xtask platforms [windows] [macos] [PACKAGE…]

Type-checks for x86_64-pc-windows-gnu and aarch64-apple-darwin (both when none is named), the window and the command
line unless PACKAGEs are named. Works on Debian 12 with its security updates; a check, not a build.
";

const COMPILER: &[&str] = &[
    "rustc-web",
    "libstd-rust-web-1.96",
    "libstd-rust-web-dev",
    "rust-web-src",
    "libllvm22",
    "libz3-4",
];
/// The Windows that can be built for here.
pub const WINDOWS: &str = "x86_64-pc-windows-gnu";
/// To compile C and to link for Windows.
pub const MINGW: &[&str] = &["gcc-mingw-w64-x86-64-win32", "g++-mingw-w64-x86-64-win32"];

pub fn main(args: &[String]) -> Outcome {
    let named = |system: &str| args.iter().any(|arg| arg == system);
    let both = !named("windows") && !named("macos");
    let mut packages: Vec<&str> = args
        .iter()
        .map(String::as_str)
        .filter(|arg| !["windows", "macos"].contains(arg))
        .collect();
    if packages.is_empty() {
        packages = vec!["caoben-desktop", "caoben-cli"];
    }
    setup::system(&[setup::BUILD])?;
    if packages.contains(&"caoben-desktop") {
        setup::ui()?;
    }
    let compiler = compiler()?;
    if both || named("windows") {
        setup::system(&[MINGW])?;
        run(&mut check(&compiler, WINDOWS, &packages))?;
    }
    if both || named("macos") {
        let (cc, ar) = pretenders()?;
        let mut check = check(&compiler, "aarch64-apple-darwin", &packages);
        for (name, tool) in [("CC", &cc), ("CXX", &cc), ("AR", &ar), ("RANLIB", &ar)] {
            check.env(format!("{name}_aarch64_apple_darwin"), tool);
        }
        run(check.env("SDKROOT", "/"))?;
    }
    Ok(())
}

fn check(compiler: &Path, system: &str, packages: &[&str]) -> Command {
    let mut check = foreign(compiler, "check", system);
    for package in packages {
        check.args(["--package", package]);
    }
    check
}

/// Cargo with Debian's second compiler, for another system.
pub fn foreign(compiler: &Path, verb: &str, system: &str) -> Command {
    let mut cargo = cargo([
        verb,
        "--locked",
        "-Zbuild-std=std,panic_abort,panic_unwind,proc_macro",
        "--target",
        system,
    ]);
    cargo
        .env("RUSTC", compiler.join("usr/bin/rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("LD_LIBRARY_PATH", compiler.join("usr/lib/x86_64-linux-gnu"))
        .env(
            "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER",
            "x86_64-w64-mingw32-gcc",
        )
        .env("CARGO_TARGET_DIR", target().join("platforms"));
    cargo
}

/// Where Debian's second compiler is unpacked, fetched once.
pub fn compiler() -> Outcome<PathBuf> {
    let folder = target().join("rustc-web");
    let done = folder.join("unpacked");
    if done.exists() {
        return Ok(folder);
    }
    let archives = folder.join("archives");
    empty(&folder)?;
    empty(&archives)?;
    run(command("apt-get", ["download"])
        .args(COMPILER)
        .current_dir(&archives))?;
    for archive in at(&archives, fs::read_dir(&archives))?.flatten() {
        run(command("dpkg", ["-x"]).arg(archive.path()).arg(&folder))?;
    }
    at(&done, fs::write(&done, ""))?;
    Ok(folder)
}

/// Stand-ins for macOS's C compiler and archiver, which only make the file they were asked for: the C code of
/// dependencies is not what is checked here.
fn pretenders() -> Outcome<(PathBuf, PathBuf)> {
    let folder = target().join("rustc-web");
    let write = |name: &str, text: &str| {
        let file = folder.join(name);
        at(&file, fs::write(&file, text))?;
        run(command("chmod", ["+x"]).arg(&file)).map(|()| file)
    };
    let cc = "#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = -o ] && : > \"$2\"; shift; done\nexit 0\n";
    let ar = "#!/bin/sh\nfor word; do case $word in *.a) : > \"$word\";; esac; done\nexit 0\n";
    Ok((write("pretend-cc", cc)?, write("pretend-ar", ar)?))
}

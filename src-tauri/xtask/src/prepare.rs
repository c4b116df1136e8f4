//! `prepare`: writes `.sqlx` anew, what sqlx knows of every compile-checked query, so that a build needs no database.
//!
//! It does what `cargo sqlx prepare` does, without installing sqlx-cli: with `DATABASE_URL` set, sqlx's macros ask a
//! real database while they expand, and leave one file per query in `SQLX_OFFLINE_DIR` (which must exist).

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::setup;
use crate::shell::{Outcome, at, cargo, command, empty, root, run, target};

pub const HELP: &str = "\
cargo xtask prepare [--check]

Writes .sqlx anew from migrations/ and the queries of the core. Do it after either changed, and commit the result.
--check writes nothing and fails when .sqlx is stale.
";

pub fn main(args: &[String]) -> Outcome {
    setup::system(&[setup::BUILD, &["sqlite3"]])?;
    let mut check = cargo(["check", "--package", "caoben", "--all-targets"]);
    if args.iter().any(|arg| arg == "--check") {
        return compare(&mut check);
    }
    let fresh = expand(&mut check)?;
    let kept = root().join(".sqlx");
    empty(&kept)?;
    for (name, text) in &fresh {
        let file = kept.join(name);
        at(&file, fs::write(&file, text))?;
    }
    println!(".sqlx now holds {} queries.", fresh.len());
    Ok(())
}

/// Runs `build`, a cargo command that compiles the core, with its queries checked against a real database,
/// and fails when `.sqlx` says anything else of them than that database.
pub fn compare(build: &mut Command) -> Outcome {
    let fresh = expand(build)?;
    let kept = queries(&root().join(".sqlx"))?;
    let stale: Vec<_> = fresh
        .keys()
        .chain(kept.keys())
        .filter(|name| fresh.get(*name) != kept.get(*name))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|name| format!("\n  .sqlx/{}", name.to_string_lossy()))
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!(
        ".sqlx is stale; run `cargo xtask prepare` and commit it:{}",
        stale.concat()
    ))
}

/// What the macros write, name by name, when `build` expands them against a database made from migrations/.
#[expect(
    clippy::disallowed_methods,
    reason = "a build tool marks a file as changed now"
)]
fn expand(build: &mut Command) -> Outcome<BTreeMap<OsString, Vec<u8>>> {
    let fresh = target().join("sqlx");
    empty(&fresh)?;
    let database = database()?;
    build
        .env("DATABASE_URL", format!("sqlite:{}", database.display()))
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &fresh);
    // On a stable compiler the macros cannot tell cargo that they read the environment: only a changed file makes it
    // expand them again. Its old date is given back, or the next build would compile the core for nothing.
    let source = root().join("src-tauri/core/src/lib.rs");
    let file = at(&source, File::options().append(true).open(&source))?;
    let before = at(&source, file.metadata().and_then(|meta| meta.modified()))?;
    at(&source, file.set_modified(SystemTime::now()))?;
    let outcome = run(build);
    at(&source, file.set_modified(before))?;
    outcome?;
    queries(&fresh)
}

/// An empty database of the newest schema.
fn database() -> Outcome<PathBuf> {
    let database = target().join("prepare.db");
    if database.exists() {
        at(&database, fs::remove_file(&database))?;
    }
    let folder = root().join("migrations");
    let mut migrations: Vec<_> = at(&folder, fs::read_dir(&folder))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    migrations.retain(|path| path.extension().is_some_and(|kind| kind == "sql"));
    migrations.sort();
    for migration in migrations {
        let script = at(&migration, File::open(&migration))?;
        let status = command("sqlite3", ["-bail"])
            .arg(&database)
            .stdin(script)
            .status();
        if !at(Path::new("sqlite3"), status)?.success() {
            return Err(format!("sqlite3 refused {}", migration.display()));
        }
    }
    Ok(database)
}

fn queries(folder: &Path) -> Outcome<BTreeMap<OsString, Vec<u8>>> {
    if !folder.exists() {
        return Ok(BTreeMap::new());
    }
    at(folder, fs::read_dir(folder))?
        .flatten()
        .map(|entry| Ok((entry.file_name(), at(&entry.path(), fs::read(entry.path()))?)))
        .collect()
}

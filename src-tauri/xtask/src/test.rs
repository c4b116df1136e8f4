//! `test`: everything CI checks, step after step, with a table of what passed at the end.

use std::time::{Duration, Instant};

use crate::shell::{Outcome, cargo, command, npm, run};
use crate::{prepare, setup};

pub const HELP: &str = "\
cargo xtask test [STEP…]

Runs everything CI checks, or only the named steps: format ui build queries shop tests.
A step that fails does not keep the others from running; the exit code is 1 when any failed.
";

/// Its name, what it is about, and the work.
type Step = (&'static str, &'static str, fn() -> Outcome);

/// In this order nothing waits for what comes later and nothing is compiled twice: what is quick comes first, the UI
/// before the window that embeds it, the programs before the tests that start them. clippy keeps its own artefacts.
const STEPS: &[Step] = &[
    ("format", "Rust format", || {
        run(&mut cargo(["fmt", "--all", "--check"]))
    }),
    ("ui", "UI laws, types, translations and unit tests", ui),
    ("build", "every program and every test", || {
        run(&mut cargo(["build", "--locked", "--workspace", "--all-targets"]))
    }),
    (
        "queries",
        "clippy, with every query checked against the newest schema",
        || {
            prepare::compare(&mut cargo([
                "clippy",
                "--locked",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]))
        },
    ),
    ("shop", "the shop the tests sync with", || {
        setup::packages("tests/shop", command("node", ["tests/shop/setup.mjs"]))
    }),
    ("tests", "core, command line, shop and window", tests),
];

pub fn main(args: &[String]) -> Outcome {
    if let Some(unknown) = args
        .iter()
        .find(|arg| !STEPS.iter().any(|(name, ..)| name == arg))
    {
        return Err(format!("`{unknown}` is no step.\n\n{HELP}"));
    }
    let mut results = vec![step("setup", "what is missing is installed", || {
        setup::system(&[setup::BUILD, setup::SCREEN, setup::TEST, setup::TORTURE])?;
        setup::rust()?;
        setup::ui()
    })];
    for (name, what, body) in STEPS
        .iter()
        .filter(|(name, ..)| args.is_empty() || args.iter().any(|arg| arg == name))
    {
        results.push(step(name, what, body));
    }
    summary(&results)
}

struct Done {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

fn step(name: &'static str, what: &str, body: impl FnOnce() -> Outcome) -> Done {
    println!("\n━━ {name}: {what}");
    let start = Instant::now();
    let outcome = body();
    let took = start.elapsed();
    match &outcome {
        Ok(()) => println!("━━ {name} passed in {:.1} s", took.as_secs_f64()),
        Err(reason) => println!("━━ {name} FAILED after {:.1} s: {reason}", took.as_secs_f64()),
    }
    Done { name, took, outcome }
}

fn summary(results: &[Done]) -> Outcome {
    println!();
    for Done { name, took, outcome } in results {
        println!(
            "{}  {name:<8} {:>7.1} s",
            if outcome.is_ok() { "ok    " } else { "FAILED" },
            took.as_secs_f64()
        );
    }
    let total: Duration = results.iter().map(|result| result.took).sum();
    println!("                {:>7.1} s in all", total.as_secs_f64());
    let failed: Vec<_> = results
        .iter()
        .filter(|done| done.outcome.is_err())
        .map(|done| done.name)
        .collect();
    println!("{} passed, {} failed", results.len() - failed.len(), failed.len());
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("failed: {}", failed.join(", ")))
    }
}

fn ui() -> Outcome {
    let checked = run(&mut npm("ui", ["run", "check"]));
    run(&mut npm("ui", ["test"])).and(checked)
}

fn tests() -> Outcome {
    // Where the shop or the screen is missing these tests pass over themselves; here they must not.
    let mut test = cargo(["test", "--locked", "--workspace", "--no-fail-fast"]);
    test.env("CAOBEN_REQUIRE_SHOP", "1");
    if cfg!(target_os = "linux") {
        test.env("CAOBEN_REQUIRE_WINDOW", "1");
    }
    run(&mut test)
}

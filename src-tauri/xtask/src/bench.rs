//! `bench`: the measurements of `tests/bench`, in release mode.

use crate::setup;
use crate::shell::{Outcome, built, cargo, command, run};

pub const HELP: &str = "\
cargo xtask bench [ARGS]

Builds in release mode and runs the measurements; ARGS go to them (`cargo xtask bench -- --help` lists them).
";

pub fn main(args: &[String]) -> Outcome {
    setup::system(&[setup::BUILD, setup::BENCH])?;
    run(&mut cargo([
        "build",
        "--release",
        "--package",
        "caoben-tests",
        "--bin",
        "caoben-bench",
    ]))?;
    let args = args
        .iter()
        .enumerate()
        .filter(|(place, arg)| *place > 0 || *arg != "--")
        .map(|(_, arg)| arg);
    run(&mut command(built("caoben-bench", true), args))
}

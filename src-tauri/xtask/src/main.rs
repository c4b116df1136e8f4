//! `cargo xtask VERB`: every command a developer of Caoben needs, with nothing but Rust and Node installed before.
//! One file per verb; `shell.rs` runs the commands they are made of.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program speaks on the terminal"
)]

mod bench;
mod fuzz;
mod package;
mod platforms;
mod prepare;
mod run;
mod setup;
mod shell;
mod test;
mod torture;
mod windows;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask VERB [--help]

  run        build everything and open the window (--sample: with a workspace to look around in)
  test       everything CI checks: format, lints, types, unit, shop and window tests
  setup      install what is missing to build, run and test; does nothing when all is there
  prepare    write .sqlx anew after a query or a migration changed
  bench      measure, in release mode
  fuzz       throw broken pictures at the import
  torture    have calls to the system fail under the command line
  platforms  type-check for Windows and macOS from Debian
  windows    build for Windows from Debian, and run the tests under Wine
  package    make the installers for this system
";

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let verb = if args.is_empty() {
        "--help".to_owned()
    } else {
        args.remove(0)
    };
    let (help, verb): (&str, fn(&[String]) -> shell::Outcome) = match verb.as_str() {
        "run" => (run::HELP, run::main),
        "test" => (test::HELP, test::main),
        "setup" => (setup::HELP, setup::main),
        "prepare" => (prepare::HELP, prepare::main),
        "bench" => (bench::HELP, bench::main),
        "fuzz" => (fuzz::HELP, fuzz::main),
        "torture" => (torture::HELP, torture::main),
        "windows" => (windows::HELP, windows::main),
        "platforms" => (platforms::HELP, platforms::main),
        "package" => (package::HELP, package::main),
        "-h" | "--help" | "help" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprint!("`{other}` is no verb of xtask.\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let ours = args.split(|arg| arg == "--").next().unwrap_or_default();
    if ours.iter().any(|arg| arg == "-h" || arg == "--help") {
        print!("{help}");
        return ExitCode::SUCCESS;
    }
    match verb(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

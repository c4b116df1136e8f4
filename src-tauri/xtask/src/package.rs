//! `package`: the installers for this system.

use crate::setup;
use crate::shell::{Outcome, command, run, target};

pub const HELP: &str = "\
cargo xtask package [ARGS]

Makes the installers for this system: deb and rpm on Linux, dmg on macOS, the NSIS setup on Windows.
ARGS go to `tauri build`.
";

pub fn main(args: &[String]) -> Outcome {
    setup::system(&[setup::BUILD])?;
    setup::ui()?;
    let bundles = match std::env::consts::OS {
        "macos" => "dmg",
        "windows" => "nsis",
        _ => "deb,rpm",
    };
    run(command(
        "node",
        [
            "ui/node_modules/@tauri-apps/cli/tauri.js",
            "build",
            "--bundles",
            bundles,
        ],
    )
    .args(args))?;
    println!("Installers: {}", target().join("release/bundle").display());
    Ok(())
}

//! `setup`: what is missing is installed, once; nothing is done, in well under a second, when all is there.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::shell::{Outcome, at, cargo, command, npm, output, root, run, succeeds};

pub const HELP: &str = "\
cargo xtask setup

Installs what is missing to build, run and test: system packages (Debian, Ubuntu; as root or with a sudo that asks
no password, else it prints the one line to type), the npm packages of ui/ and the built UI.
On macOS and Windows it checks the prerequisites and says what to install.
";

/// To compile.
pub const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "curl",
    "file",
    "nasm",
    "libwebkit2gtk-4.1-dev",
];
/// To show the window without a screen.
pub const SCREEN: &[&str] = &["xvfb", "fonts-noto-cjk", "imagemagick"];
/// To drive the window, to keep secrets in a test, to check the queries, to compile the test shop's SQLite.
pub const TEST: &[&str] = &["webkit2gtk-driver", "dbus", "gnome-keyring", "sqlite3", "python3"];
/// To have calls to the system fail.
pub const TORTURE: &[&str] = &["strace"];
/// To run what was built for Windows.
pub const WINE: &[&str] = &["wine", "wine64"];
/// To make the benchmark's pictures.
pub const BENCH: &[&str] = &["libvips-tools"];

const OLDEST_NODE: (u32, u32) = (20, 19);

pub fn main(_: &[String]) -> Outcome {
    system(&[BUILD, SCREEN, TEST, TORTURE])?;
    rust()?;
    ui()?;
    println!("Everything is here. Next: cargo xtask run --sample");
    Ok(())
}

/// Sees to the system's packages of these lists, and to Node.
pub fn system(lists: &[&[&str]]) -> Outcome {
    if cfg!(target_os = "linux") {
        debian(&lists.concat())?;
    } else if cfg!(target_arch = "x86_64") && !succeeds(&mut command("nasm", ["-v"])) {
        let how = if cfg!(windows) {
            "winget install NASM.NASM"
        } else {
            "brew install nasm"
        };
        return Err(format!(
            "nasm is missing (it builds the JPEG encoder). Type:\n\n  {how}\n\nand open a new terminal."
        ));
    }
    node()
}

/// rustfmt and clippy, which rustup's minimal profile leaves out.
pub fn rust() -> Outcome {
    let parts = [("rustfmt", "fmt"), ("clippy", "clippy")];
    let missing = parts
        .into_iter()
        .filter(|(_, verb)| !succeeds(&mut cargo([*verb, "--version"])));
    let missing: Vec<_> = missing.map(|(part, _)| part).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        run(command("rustup", ["component", "add"]).args(missing))
    }
}

/// The npm packages of ui/, then ui/dist when it is older than what it is made of.
pub fn ui() -> Outcome {
    packages("ui", npm("ui", ["ci", "--no-audit", "--no-fund"]))?;
    let ui = root().join("ui");
    let built = changed(&ui.join("dist/index.html"));
    if built.is_none_or(|built| newest(&ui).is_some_and(|source| source > built)) {
        run(&mut npm("ui", ["run", "build"]))?;
    }
    Ok(())
}

/// Runs `install` unless `folder/node_modules` was installed from the very lock file that lies there now.
pub fn packages(folder: &str, mut install: Command) -> Outcome {
    let folder = root().join(folder);
    let (lock, stamp) = (
        folder.join("package-lock.json"),
        folder.join("node_modules/.installed-from.json"),
    );
    let wanted = at(&lock, fs::read(&lock))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(&mut install)?;
    at(&stamp, fs::write(&stamp, wanted))
}

fn node() -> Outcome {
    let found = output(&mut command("node", ["--version"])).unwrap_or_default();
    if version(&found) >= OLDEST_NODE {
        return Ok(());
    }
    let (major, minor) = OLDEST_NODE;
    let found = if found.is_empty() {
        "none is installed".to_owned()
    } else {
        format!("found {}", found.trim())
    };
    Err(format!(
        "Node {major}.{minor} or newer is needed, {found}. Get it from https://nodejs.org and open a new terminal."
    ))
}

/// Major and minor of `v20.19.1`; zeros where there is no number.
fn version(text: &str) -> (u32, u32) {
    let numbers = text
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map_while(|part| part.parse().ok());
    let mut numbers = numbers.chain([0, 0]);
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

fn debian(wanted: &[&str]) -> Outcome {
    let query = output(command("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n"]).args(wanted));
    let Some(known) = query else {
        println!(
            "No dpkg on this system: what Debian calls {} must be here already.",
            wanted.join(" ")
        );
        return Ok(());
    };
    let missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| !known.lines().any(|line| line == format!("{name} installed")))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let root_user = output(&mut command("id", ["-u"])).is_some_and(|id| id.trim() == "0");
    if !root_user && !succeeds(&mut command("sudo", ["-n", "true"])) {
        return Err(format!(
            "system packages are missing. Type this line, then try again:\n\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {}\n",
            missing.join(" ")
        ));
    }
    // The lock option waits for another apt instead of failing beside it.
    let apt = |verb: &[&str]| {
        let mut apt = if root_user {
            command("env", [""; 0])
        } else {
            command("sudo", ["-n", "env"])
        };
        apt.args([
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=300",
        ]);
        run(apt.args(verb))
    };
    let install = [&["install", "-y", "--no-install-recommends"], missing.as_slice()].concat();
    let lists_there = fs::read_dir("/var/lib/apt/lists").is_ok_and(|lists| {
        lists
            .flatten()
            .any(|list| list.file_name().to_string_lossy().contains("_Packages"))
    });
    if lists_there && apt(&install).is_ok() {
        return Ok(());
    }
    apt(&["update"])?;
    // Once more on failure: an apt-get that runs at the same time can take the downloaded archives away.
    apt(&install).or_else(|_| apt(&install))
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}

/// When the newest file or folder under `folder` changed, without what is installed or built there.
/// Folders count too: they change when a file in them is deleted.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    entries
        .filter(|entry| {
            !["node_modules", "dist"]
                .iter()
                .any(|made| entry.file_name() == *made)
        })
        .flat_map(|entry| [changed(&entry.path()), newest(&entry.path())])
        .flatten()
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_or_missing_node_is_below_the_oldest_that_works() {
        assert_eq!(version("v20.19.1\n"), (20, 19));
        assert!(
            version("v22.0.0") > OLDEST_NODE,
            "a newer major counts more than a smaller minor"
        );
        assert!(version("v20.18.3") < OLDEST_NODE && version("") < OLDEST_NODE);
    }

    #[test]
    fn what_is_installed_or_built_does_not_make_the_sources_newer() {
        let folder = std::env::temp_dir().join(format!("caoben-xtask-{}", std::process::id()));
        fs::create_dir_all(folder.join("src/deep")).unwrap();
        fs::create_dir_all(folder.join("dist")).unwrap();
        fs::write(folder.join("src/deep/page.tsx"), "").unwrap();
        let before = newest(&folder);
        assert_eq!(
            before,
            changed(&folder.join("src/deep/page.tsx")).max(changed(&folder.join("src")))
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(folder.join("dist/index.html"), "").unwrap();
        assert_eq!(newest(&folder), before);
        fs::remove_file(folder.join("src/deep/page.tsx")).unwrap();
        assert!(newest(&folder) > before, "a deleted file is a change too");
        fs::remove_dir_all(folder).unwrap();
    }
}

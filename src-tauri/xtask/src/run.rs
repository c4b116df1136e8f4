//! `run`: builds everything and opens the window, on a virtual screen where there is no real one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::setup;
use crate::shell::{Outcome, at, built, cargo, command, root, run, succeeds, target};

pub const HELP: &str = "\
cargo xtask run [--sample] [--release] [--seconds N] [--screenshot FILE] [-- ARGS]

Builds everything and opens the window. ARGS go to the app; CAOBEN_WORKSPACE chooses another workspace.

  --sample           with a small believable workspace, made once in target/sample-workspace (delete it to start over)
  --release          as users get it: slow to build, fast to use
  --seconds N        close the window after N seconds
  --screenshot FILE  take a picture of the virtual screen just before that (after 10 s without --seconds)

Without DISPLAY and WAYLAND_DISPLAY (Linux) the window opens on a virtual screen, of the window's size.
";

#[derive(Default)]
struct Options {
    sample: bool,
    release: bool,
    seconds: Option<u64>,
    screenshot: Option<PathBuf>,
    app: Vec<String>,
}

pub fn main(args: &[String]) -> Outcome {
    let options = parse(args)?;
    let here = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let blind = cfg!(target_os = "linux") && !here("DISPLAY") && !here("WAYLAND_DISPLAY");
    // A picture is always taken of the virtual screen: what else stands on a real one is nobody's business.
    let virtual_screen = cfg!(target_os = "linux") && (blind || options.screenshot.is_some());
    setup::system(if virtual_screen {
        &[setup::BUILD, setup::SCREEN]
    } else {
        &[setup::BUILD]
    })?;
    setup::ui()?;
    build(options.release)?;

    let mut app = command(built("caoben-desktop", options.release), &options.app);
    if options.sample {
        app.env("CAOBEN_WORKSPACE", sample(options.release)?);
    }
    let screen = virtual_screen.then(Screen::open).transpose()?;
    if let Some(screen) = &screen {
        if blind {
            println!(
                "No screen here (DISPLAY and WAYLAND_DISPLAY are empty): the window opens on the virtual screen {}.",
                screen.display
            );
        }
        screen.use_for(&mut app);
    }
    show(&mut app, &options, screen.as_ref())
}

/// Builds every program of the workspace.
///
/// Always the whole workspace, and with `--examples` although there are none: cargo then counts the features the tests
/// need as well, so that `run`, `test` and plain `cargo test --workspace` share one build instead of redoing the tree.
pub fn build(release: bool) -> Outcome {
    let mut build = cargo(["build", "--workspace", "--bins", "--examples"]);
    if release {
        build.arg("--release");
    }
    run(&mut build)
}

fn parse(args: &[String]) -> Outcome<Options> {
    let mut options = Options::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--sample" => options.sample = true,
            "--release" => options.release = true,
            "--seconds" => {
                let number = args.next().and_then(|number| number.parse().ok());
                options.seconds = Some(number.ok_or("--seconds wants a whole number")?);
            }
            "--screenshot" => {
                options.screenshot = Some(args.next().ok_or("--screenshot wants a file")?.into())
            }
            "--" => options.app = args.by_ref().cloned().collect(),
            other => {
                return Err(format!(
                    "`{other}` is not known here; words for the app go after `--`.\n\n{HELP}"
                ));
            }
        }
    }
    if options.screenshot.is_some() {
        options.seconds.get_or_insert(10);
    }
    Ok(options)
}

/// The sample workspace, made when it is not there.
fn sample(release: bool) -> Outcome<PathBuf> {
    let folder = target().join("sample-workspace");
    if folder.join("caoben.db").exists() {
        return Ok(folder);
    }
    // Made beside its place and moved there when complete: an interrupted one is never taken for the whole.
    let unfinished = target().join("sample-workspace.unfinished");
    for old in [&folder, &unfinished] {
        if old.exists() {
            at(old, fs::remove_dir_all(old))?;
        }
    }
    run(command(built("caoben", release), ["workspace", "sample"]).arg(&unfinished))?;
    at(&folder, fs::rename(&unfinished, &folder))?;
    Ok(folder)
}

/// Opens the app and stays until it ends, by itself or when its seconds are over.
fn show(app: &mut Command, options: &Options, screen: Option<&Screen>) -> Outcome {
    let name = app.get_program().to_string_lossy().into_owned();
    println!("$ {name}");
    let mut child = app
        .spawn()
        .map_err(|error| format!("{name} could not be started: {error}"))?;
    let Some(seconds) = options.seconds else {
        let status = child.wait().map_err(|error| error.to_string())?;
        return ended(status);
    };
    if let Some(status) = wait(&mut child, Duration::from_secs(seconds))? {
        return Err(format!(
            "the app ended by itself before its {seconds} s were over ({status})"
        ));
    }
    let picture = match (&options.screenshot, screen) {
        (Some(file), Some(screen)) => screen.picture(file),
        _ => Ok(()),
    };
    close(&mut child)?;
    picture
}

fn ended(status: ExitStatus) -> Outcome {
    if status.success() {
        Ok(())
    } else {
        Err(format!("the app failed ({status})"))
    }
}

/// How the child ended, or `None` when it still runs after `time`.
fn wait(child: &mut Child, time: Duration) -> Outcome<Option<ExitStatus>> {
    let end = Instant::now() + time;
    loop {
        let status = child.try_wait().map_err(|error| error.to_string())?;
        if status.is_some() || Instant::now() >= end {
            return Ok(status);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Asks the app to end, as a logout would, and makes it end when it does not within five seconds.
fn close(child: &mut Child) -> Outcome {
    if cfg!(unix) {
        succeeds(&mut command("kill", ["-TERM", &child.id().to_string()]));
        if wait(child, Duration::from_secs(5))?.is_some() {
            return Ok(());
        }
    }
    child
        .kill()
        .and_then(|()| child.wait())
        .map(drop)
        .map_err(|error| format!("the app could not be ended: {error}"))
}

/// A virtual X screen of the window's size; it closes when this value goes, or when its last window does.
struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    fn open() -> Outcome<Self> {
        // The server picks a free number itself and writes it to stdout once it is ready.
        let mut server = command(
            "Xvfb",
            [
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1366x860x24",
                "-nolisten",
                "tcp",
                "-terminate",
            ],
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("Xvfb could not be started: {error}"))?;
        let mut number = String::new();
        if let Some(out) = server.stdout.take() {
            let _ = BufReader::new(out).read_line(&mut number);
        }
        let screen = Self {
            server,
            display: format!(":{}", number.trim()),
        };
        if number.trim().is_empty() {
            Err("Xvfb did not start".to_owned())
        } else {
            Ok(screen)
        }
    }

    fn use_for(&self, app: &mut Command) {
        app.env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }

    fn picture(&self, file: &Path) -> Outcome {
        // Relative to where the user stands; commands start in the root.
        let file = std::env::current_dir().unwrap_or_else(|_| root()).join(file);
        run(command("import", ["-display", &self.display, "-window", "root"]).arg(&file))?;
        println!("Picture: {}", file.display());
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Outcome<Options> {
        parse(&line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn words_after_two_dashes_go_to_the_app() {
        let options = parsed("--sample --seconds 3 -- --release x").unwrap();
        assert!(options.sample && !options.release);
        assert_eq!(
            (options.seconds, options.app),
            (Some(3), vec!["--release".to_owned(), "x".to_owned()])
        );
    }

    #[test]
    fn a_picture_without_seconds_still_ends_the_app() {
        assert_eq!(parsed("--screenshot a.png").unwrap().seconds, Some(10));
        assert!(parsed("--seconds soon").is_err() && parsed("--smaple").is_err());
    }
}

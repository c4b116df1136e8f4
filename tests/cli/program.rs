//! Runs the binary over a temporary workspace.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

pub struct Program {
    folder: TempDir,
}

/// What one run said.
pub struct Said {
    pub code: i32,
    pub json: Value,
    pub stderr: String,
}

/// The binary beside the test's own: `cargo build --workspace` makes it.
pub fn binary() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let binary = tests
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join(format!("caoben{}", std::env::consts::EXE_SUFFIX));
    assert!(
        binary.exists(),
        "{} is missing: run `cargo build --workspace` first",
        binary.display()
    );
    binary
}

impl Program {
    /// A new workspace.
    pub fn new() -> Self {
        let program = Self {
            folder: TempDir::new().unwrap(),
        };
        let made = program.bare(&[
            "--json",
            "workspace",
            "create",
            program.workspace().to_str().unwrap(),
        ]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        program
    }

    pub fn workspace(&self) -> PathBuf {
        self.folder.path().join("工作区 一")
    }

    /// A file outside the workspace.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs without the workspace argument.
    pub fn bare(&self, args: &[&str]) -> Output {
        self.bare_in("Asia/Shanghai", args)
    }

    fn bare_in(&self, zone: &str, args: &[&str]) -> Output {
        Command::new(binary())
            .args(args)
            .env_remove("CAOBEN_WORKSPACE")
            .env("XDG_DATA_HOME", self.folder.path().join("xdg"))
            .env("TZ", zone)
            // No key store, wherever the tests run: `buyer.rs` brings its own.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env_remove("CAOBEN_BUYER_KEY")
            .output()
            .unwrap()
    }

    /// Runs with `--workspace DIR --json` and reads the one document it must print.
    pub fn run(&self, args: &[&str]) -> Said {
        self.run_in("Asia/Shanghai", args)
    }

    /// As [`Program::run`], on a computer in this time zone.
    pub fn run_in(&self, zone: &str, args: &[&str]) -> Said {
        let workspace = self.workspace();
        let all = [&["--workspace", workspace.to_str().unwrap(), "--json"], args].concat();
        let output = self.bare_in(zone, &all);
        let text = String::from_utf8(output.stdout).unwrap();
        let json = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{args:?} printed no JSON ({error}): {text}"));
        Said {
            code: output.status.code().unwrap(),
            json,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs what must succeed, without `--json`: what it says to people.
    pub fn told(&self, args: &[&str]) -> String {
        let workspace = self.workspace();
        let output = self.bare(&[&["--workspace", workspace.to_str().unwrap()], args].concat());
        assert!(output.status.success(), "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what must succeed.
    pub fn ok(&self, args: &[&str]) -> Value {
        let said = self.run(args);
        assert_eq!(said.code, 0, "{args:?}: {} {}", said.json, said.stderr);
        said.json
    }
}

/// A small JPEG that differs by `shade`.
pub fn jpeg(shade: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(320, 240, |x, y| {
        image::Rgb([shade, (x % 256) as u8, (y % 256) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

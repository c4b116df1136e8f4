//! What a window stands on: a screen, a driver and a home of its own, none of which outlives its test.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use image::RgbaImage;
use tempfile::TempDir;

/// A screen and a driver that will open the app on a workspace. The driver falls first, the folders last.
pub struct Stage {
    /// Where the driver listens.
    pub driver_url: String,
    /// The program the driver starts.
    pub app: PathBuf,
    /// The X display, such as `:99`.
    pub display: String,
    _driver: Running,
    _screen: Running,
    home: TempDir,
}

/// A program that ends, with whatever it started, when this is dropped; a failed test drops it too.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let id = self.0.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        for child in children.split_whitespace() {
            let _ = Command::new("kill").args(["-KILL", child]).status();
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Stage {
    /// Sets up a screen of `size` pixels and a driver; `pick` is what the app's file dialogs will answer.
    /// An error says what is missing here.
    pub fn set((width, height): (u32, u32), workspace: &Path, pick: &[PathBuf]) -> Result<Self, String> {
        let app = app()?;
        let home = TempDir::new().unwrap();
        let mut screen = Command::new("Xvfb");
        screen.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"]);
        screen.arg(format!("{width}x{height}x24"));
        screen.arg("-fbdir").arg(home.path());
        let mut screen = start(screen.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let mut number = String::new();
        BufReader::new(screen.0.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        // The port is free again before the driver takes it: a small gap, and the session is retried anyway.
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let mut driver = Command::new("WebKitWebDriver");
        driver.arg(format!("--port={port}"));
        for folder in ["DATA", "CONFIG", "CACHE", "STATE", "RUNTIME"] {
            let name = if folder == "RUNTIME" {
                "XDG_RUNTIME_DIR".into()
            } else {
                format!("XDG_{folder}_HOME")
            };
            let folder = home.path().join(folder.to_lowercase());
            std::fs::create_dir(&folder).unwrap();
            driver.env(name, folder);
        }
        driver
            .env("HOME", home.path())
            .env("DISPLAY", format!(":{}", number.trim()))
            // No session bus: the person's own key store must never see a test's keys.
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
            .env("GTK_USE_PORTAL", "0")
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("CAOBEN_WORKSPACE", workspace);
        if !pick.is_empty() {
            driver.env("CAOBEN_TEST_PICK", std::env::join_paths(pick).unwrap());
        }
        let driver = start(driver.stdout(Stdio::null()).stderr(Stdio::null()))?;
        Ok(Self {
            driver_url: format!("http://127.0.0.1:{port}"),
            app,
            display: format!(":{}", number.trim()),
            _driver: driver,
            _screen: screen,
            home,
        })
    }

    /// What the screen shows now. Read from the screen's own memory: the driver's screenshot waits for a change that
    /// never comes when the page is at rest.
    pub fn picture(&self) -> RgbaImage {
        let dump = std::fs::read(self.home.path().join("Xvfb_screen0")).unwrap();
        // An X window dump: a header of big-endian words, a colour map of 12 bytes each, rows of blue, green, red, nothing.
        let word = |nth: usize| u32::from_be_bytes(dump[nth * 4..nth * 4 + 4].try_into().unwrap());
        let (header, width, height, row, colours) = (word(0), word(4), word(5), word(12), word(19));
        let start = (header + colours * 12) as usize;
        let mut pixels = dump[start..start + (row * height) as usize].to_vec();
        for pixel in pixels.chunks_exact_mut(4) {
            pixel.swap(0, 2);
            pixel[3] = 255;
        }
        assert_eq!(row, width * 4, "rows without a gap");
        RgbaImage::from_raw(width, height, pixels).unwrap()
    }
}

/// The folder of this build, `target/debug`.
pub fn built() -> PathBuf {
    let exe = std::env::current_exe().unwrap();
    exe.ancestors().nth(2).unwrap().to_path_buf()
}

fn app() -> Result<PathBuf, String> {
    let app = built().join("caoben-desktop");
    app.is_file()
        .then_some(app)
        .ok_or_else(|| "the app is not built: run `cargo build --workspace --bins --examples`".to_owned())
}

fn start(command: &mut Command) -> Result<Running, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    command
        .spawn()
        .map(Running)
        .map_err(|error| format!("{program} cannot be started: {error}"))
}

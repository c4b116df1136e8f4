//! The shell: opens the core, registers commands, forwards changes and progress, runs the window. No SQL, no rules.

mod background;
mod commands;
mod error;
mod photo_protocol;
mod session;

use session::Session;
use tauri::Manager;

/// Every command and every event's payload, once, for Rust and TypeScript alike.
fn bindings() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::new()
        .commands(commands::all())
        .typ::<caoben::db::Changed>()
        .typ::<session::JobProgress>()
        .typ::<background::Watched>()
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
}

/// Opens the window and runs until it is closed.
///
/// # Panics
/// When the system cannot show a window at all.
#[allow(clippy::expect_used)] // Nothing can be shown to anybody without a window.
pub fn run() {
    let mut app = tauri::Builder::default();
    // Two windows on one workspace are refused by its lock; on the desktop the second start raises the first window.
    if std::env::var_os("CAOBEN_WORKSPACE").is_none() {
        app = app.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.set_focus();
            }
        }));
    }
    app.plugin(
        tauri_plugin_log::Builder::new()
            .level(log::LevelFilter::Warn)
            .level_for("sqlx", log::LevelFilter::Error)
            .build(),
    )
    .plugin(tauri_plugin_dialog::init())
    .plugin(tauri_plugin_opener::init())
    .plugin(tauri_plugin_clipboard_manager::init())
    .plugin(tauri_plugin_window_state::Builder::new().build())
    .manage(Session::default())
    .register_asynchronous_uri_scheme_protocol("photo", photo_protocol::serve)
    .invoke_handler(bindings().invoke_handler())
    .run(tauri::generate_context!())
    .expect("the window cannot be opened on this system");
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_committed_typescript_is_what_the_commands_say() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/commands.ts");
        let fresh = std::env::temp_dir().join(format!("caoben-commands-{}.ts", std::process::id()));
        super::bindings()
            .export(specta_typescript::Typescript::default(), &fresh)
            .unwrap();
        let new = std::fs::read_to_string(&fresh).unwrap();
        std::fs::remove_file(&fresh).unwrap();
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(&committed, &new).unwrap();
        }
        let old = std::fs::read_to_string(&committed).unwrap_or_default();
        assert!(
            old == new,
            "ui/src/ipc/commands.ts is stale: UPDATE_BINDINGS=1 cargo test -p caoben-desktop"
        );
    }
}

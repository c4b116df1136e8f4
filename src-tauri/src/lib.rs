//! The shell: opens the core, registers commands, forwards changes and progress, runs the window. No SQL, no rules.

mod background;
mod commands;
mod error;
mod photo_protocol;
mod session;
mod unable;

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

/// Opens the window and runs until it is closed; says what to do where it cannot be opened.
pub fn run() {
    if let Err(error) = tauri::webview_version() {
        unable::tell(unable::no_web_view(), &error);
        std::process::exit(1);
    }
    let mut app = tauri::Builder::default();
    // Two windows on one workspace are refused by its lock; on the desktop the second start raises the first window.
    if std::env::var_os("CAOBEN_WORKSPACE").is_none() {
        app = app.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.set_focus();
            }
        }));
    }
    let ended = app
        .plugin(
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
        .setup(|app| {
            open_window(app);
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = ended {
        unable::tell(&unable::broken_web_view(None), &error);
        std::process::exit(1);
    }
}

/// Opens the window as the configuration describes it. By hand: left to Tauri, a web view that does not start ends in a panic.
fn open_window(app: &tauri::App) {
    for config in &app.config().app.windows {
        let opened =
            tauri::WebviewWindowBuilder::from_config(app.handle(), config).and_then(|window| window.build());
        if let Err(error) = opened {
            let folder = app.path().app_local_data_dir().ok();
            unable::tell(&unable::broken_web_view(folder.as_deref()), &error);
            std::process::exit(1);
        }
    }
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

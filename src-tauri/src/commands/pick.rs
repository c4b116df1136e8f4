//! Choosing files and folders in the system's own dialog.
//!
//! A native dialog cannot be driven by a test, so a debug build takes the answer from `CAOBEN_TEST_PICK` when it is set.

use std::path::PathBuf;

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};

/// A named group of file endings, such as pictures.
#[derive(Debug, serde::Deserialize, specta::Type)]
pub struct Kind {
    name: String,
    /// Without the dot.
    endings: Vec<String>,
}

fn injected() -> Option<Vec<PathBuf>> {
    let given = cfg!(debug_assertions)
        .then(|| std::env::var_os("CAOBEN_TEST_PICK"))
        .flatten()?;
    Some(std::env::split_paths(&given).collect())
}

fn plain(picked: impl IntoIterator<Item = FilePath>) -> Vec<PathBuf> {
    picked
        .into_iter()
        .filter_map(|path| path.into_path().ok())
        .collect()
}

/// Files the person chose; empty when they thought better of it.
#[tauri::command]
#[specta::specta]
pub async fn pick_files(app: AppHandle, title: String, kinds: Vec<Kind>) -> Vec<PathBuf> {
    if let Some(paths) = injected() {
        return paths;
    }
    let mut dialog = app.dialog().file().set_title(title);
    for kind in &kinds {
        let endings: Vec<&str> = kind.endings.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(&kind.name, &endings);
    }
    let (answer, answered) = tokio::sync::oneshot::channel();
    dialog.pick_files(move |picked| drop(answer.send(plain(picked.into_iter().flatten()))));
    answered.await.unwrap_or_default()
}

/// The folder the person chose.
#[tauri::command]
#[specta::specta]
pub async fn pick_folder(app: AppHandle, title: String) -> Option<PathBuf> {
    if let Some(paths) = injected() {
        return paths.into_iter().next();
    }
    let (answer, answered) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title(title)
        .pick_folder(move |picked| drop(answer.send(plain(picked))));
    answered.await.unwrap_or_default().into_iter().next()
}

/// Where the person wants a file written.
#[tauri::command]
#[specta::specta]
pub async fn pick_save(app: AppHandle, title: String, name: String) -> Option<PathBuf> {
    if let Some(paths) = injected() {
        return paths.into_iter().next().map(|folder| folder.join(name));
    }
    let (answer, answered) = tokio::sync::oneshot::channel();
    let dialog = app.dialog().file().set_title(title).set_file_name(name);
    dialog.save_file(move |picked| drop(answer.send(plain(picked))));
    answered.await.unwrap_or_default().into_iter().next()
}

//! Tauri reads its configuration here.

fn main() {
    tauri_build::build()
}

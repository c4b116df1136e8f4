#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
//! The window of Caoben.

fn main() {
    caoben_desktop::run();
}

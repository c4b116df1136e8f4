//! The real window, opened on a virtual screen and driven like a person would: by clicking, typing and looking.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod access;
mod desk;
mod habits;
mod large;
mod layout;
mod rooms;
mod stage;
// The shop's own tests use all of it.
#[allow(dead_code, unused_imports)]
#[path = "../shop"]
mod shop {
    pub mod vendure;
}
mod way;
mod window;

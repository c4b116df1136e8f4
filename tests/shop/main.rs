//! What the shop connectors are tested against: a real Vendure, a strict double of WooCommerce, and a proxy that breaks things.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs
)]

mod command_line;
mod connect;
mod proxy;
mod supports;
mod sync;
mod sync_unread;
mod sync_vendure;
mod sync_woo;
mod sync_woo_whole;
mod vendure;
mod woo;

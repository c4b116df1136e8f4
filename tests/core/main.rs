//! Features through the public API on a real SQLite file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod money;
mod support;

mod channel;
mod count;
mod post;
mod attribution;
mod order;
mod report;
mod link;
mod photo;
mod publication;
mod search;
mod workspace;

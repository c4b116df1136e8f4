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

mod attribution;
mod bad_input;
mod bundle;
mod channel;
mod check;
mod count;
mod disk;
mod evidence;
mod floors;
mod order;
mod post;
mod link;
mod photo;
mod photo_trash;
mod photo_whole;
mod product;
mod publication;
mod render;
mod order_import;
mod report;
mod review;
mod review_import;
mod retouch;
mod schema;
mod search;
mod today;
mod trial;
mod trial_whole;
mod upgrade;
mod value;
mod wall;
mod workspace;

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
mod by_hand;
mod buyer;
mod channel;
mod composition;
mod composition_bad;
mod copies;
mod check;
mod count;
mod disk;
mod evidence;
mod duplicates;
mod floors;
mod order;
mod order_cases;
mod order_cut;
mod order_hand;
mod order_privacy;
mod order_word;
mod overheard;
mod post;
mod link;
mod linked;
mod handoff;
mod originals;
mod photo;
mod photo_intake;
mod photo_leftover;
mod photo_made;
mod photo_told;
mod photo_trash;
mod photo_watch;
mod photo_whole;
mod product;
mod provenance;
mod removed;
mod publication;
mod render;
mod order_import;
mod order_later;
mod report;
mod retouch;
mod review;
mod review_import;
mod said;
mod schema;
mod search;
mod today;
mod traffic;
mod trial;
mod trial_scale;
mod trial_suggest;
mod trial_whole;
mod upgrade;
mod value;
mod wall;
mod way_out;
mod workspace;
mod workspace_foreign;
mod workspace_read;
mod workspace_torn;
mod writing;

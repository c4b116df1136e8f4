//! Caoben: everything the product knows. No window, no terminal.
//!
//! This page is the contents, and its order is the floor order: a module names only modules listed before it.

// The ground: errors, the disk, the way out of the workspace, small types, long work, letters, the database, secrets, settings, buyers, sheets,
// Markdown, search, files.
pub mod error;
pub mod disk;
pub mod out;
pub mod value;
pub mod job;
pub mod reserve;
pub mod font;
pub mod db;
pub mod secret;
pub mod setting;
pub mod buyer;
pub mod sheet;
pub mod markdown;
pub mod search;

// What is true.
pub mod product;
pub mod price;
pub mod photo;
pub mod retouch;
pub mod composition;
pub mod trial;
pub mod review;

// What is said.
pub mod channel;
pub mod post;
pub mod link;
pub mod render;
pub mod check;
pub mod bundle;
pub mod publication;

// What came of it.
pub mod order;
pub mod attribution;
pub mod shop;
pub mod report;

// The whole.
pub mod today;
pub mod workspace;
pub mod sample;

pub use error::{Code, Error, Result};

//! The command line as a script sees it: arguments in, one JSON document and an exit code out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod buyer;
mod exits;
mod filters;
mod order;
mod program;
mod shapes;
mod torture;
mod whole_loop;
mod workspace;

//! Makes a thumbnail of every file named, two at a time, and throws it away: `cargo run --release -p caoben-picture --example speed -- *.jpg`.
#![allow(clippy::print_stdout)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use caoben_picture::{THUMBNAIL_QUALITY, THUMBNAIL_SIDE, probe, thumbnail};

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let (next, made) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Instant::now();
    std::thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let thumb = std::fs::read(path).ok().and_then(|bytes| {
                        let facts = probe(&bytes).ok()?;
                        thumbnail(&bytes, &facts, THUMBNAIL_SIDE, THUMBNAIL_QUALITY).ok()
                    });
                    made.fetch_add(usize::from(thumb.is_some()), Ordering::Relaxed);
                }
            });
        }
    });
    println!(
        "{} of {} in {:?}",
        made.into_inner(),
        files.len(),
        start.elapsed()
    );
}

//! What a stranger's file can do to the import: any bytes in, an answer or a refusal out, never a crash, a hang or a flood of memory.
//!
//! `cargo xtask fuzz` builds this with libFuzzer's counters and runs it.
#![no_main]

use std::{io::Cursor, panic};

use caoben_picture::{Fit, Frame, clip, export, intake, probe};
use libfuzzer_sys::fuzz_target;

// Decoders of others may panic and are caught; libfuzzer-sys would abort in the hook, before the catch.
fuzz_target!(
    init: panic::set_hook(Box::new(|_| ())),
    |bytes: &[u8]| {
        if let Ok(taken) = intake(bytes) {
            assert!(probe(&taken.thumbnail).is_ok(), "a thumbnail is a picture");
            assert!(taken.facts.width > 0 && taken.facts.height > 0, "what was decoded has a size");
            let frame = Frame {
                width: 108,
                height: 144,
                fit: Fit::Crop { focus_x: 0.5, focus_y: 0.5 },
                quality: 80,
            };
            let out = export(bytes, &taken.facts, &frame).and_then(|out| probe(&out));
            assert!(
                out.is_ok_and(|facts| (facts.width, facts.height) == (108, 144) && !facts.has_gps),
                "what was taken in can be given out"
            );
        }
        if clip::probe(Cursor::new(bytes)).is_ok() {
            let _ = clip::poster(Cursor::new(bytes));
        }
    }
);

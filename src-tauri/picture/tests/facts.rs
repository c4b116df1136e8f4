#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    missing_docs
)]
mod make;

use caoben_picture::{PictureError, Taken, probe};
use make::Field::{Degrees, Short, Text};
use make::{jpeg, quarters, thumb, tiff, with_exif};

#[test]
fn exif_tells_time_camera_lens_and_place() {
    let block = tiff(
        &[
            (0x010F, Text("Canon")),
            (0x0110, Text("Canon EOS R5")),
            (0x0112, Short(1)),
            (0x0132, Text("2026:03:04 00:00:00")),
        ],
        &[
            (0x9003, Text("2026:03:02 08:15:59")),
            (0x9011, Text("+08:00")),
            (0xA434, Text("RF50mm F1.8 STM")),
        ],
        &[(0x0001, Text("N")), (0x0002, Degrees)],
    );
    let facts = probe(&with_exif(&jpeg(&quarters(32, 32)), &block)).unwrap();
    let taken = Taken {
        year: 2026,
        month: 3,
        day: 2,
        hour: 8,
        minute: 15,
        second: 59,
        millisecond: 0,
        offset_minutes: Some(480),
    };
    assert_eq!(
        facts.taken_at,
        Some(taken),
        "the shutter's time wins over the file's"
    );
    assert_eq!(
        facts.camera.as_deref(),
        Some("Canon EOS R5"),
        "the make is not doubled"
    );
    assert_eq!(facts.lens.as_deref(), Some("RF50mm F1.8 STM"));
    assert!(facts.has_gps);
}

#[test]
fn a_clock_never_set_is_no_time_and_the_next_field_counts() {
    let block = tiff(
        &[(0x010F, Text("Apple")), (0x0110, Text("iPhone 15"))],
        &[
            (0x9003, Text("0000:00:00 00:00:00")),
            (0x9004, Text("2025:02:28 23:00:01")),
        ],
        &[],
    );
    let facts = probe(&with_exif(&jpeg(&quarters(32, 32)), &block)).unwrap();
    let taken = facts.taken_at.unwrap();
    assert_eq!(
        (taken.year, taken.month, taken.day, taken.offset_minutes),
        (2025, 2, 28, None)
    );
    assert_eq!(facts.camera.as_deref(), Some("Apple iPhone 15"));
    assert!(!facts.has_gps);
}

#[test]
fn a_broken_exif_block_does_not_refuse_the_picture() {
    let picture = quarters(64, 48);
    let whole = tiff(
        &[(0x0110, Text("A long enough name")), (0x0112, Short(6))],
        &[(0x9003, Text("2026:03:02 08:15:59"))],
        &[],
    );
    for cut in 0..whole.len() {
        let file = with_exif(&jpeg(&picture), &whole[..cut]);
        assert!(
            thumb(&file, 64).is_ok(),
            "an EXIF block of {cut} bytes is survivable"
        );
    }
}

#[test]
fn formats_we_do_not_read_are_named() {
    for (start, name) in [
        (&b"8BPS\0\x01"[..], "PSD"),
        (b"FUJIFILMCCD-RAW 0201", "RAF"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "CR3"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "WebM"),
        (b"RIFF\0\0\0\0AVI LIST", "AVI"),
    ] {
        assert_eq!(probe(start), Err(PictureError::Unsupported(name)), "{name}");
    }
}

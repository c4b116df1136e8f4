#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    missing_docs
)]
mod make;

use std::io::{Cursor, Read, Seek, SeekFrom};

use caoben_picture::{PictureError, clip, probe};
use image::imageops::{rotate90, rotate270};
use make::{drawing, fixture, mean, open, rounds};

#[test]
fn a_phones_clip_tells_time_camera_and_place_and_stands_upright() {
    let file = fixture("turned.mov");
    let facts = clip::probe(Cursor::new(&file)).unwrap();
    assert_eq!((facts.format, facts.width, facts.height), ("mov", 128, 192));
    assert_eq!(facts.duration_ms, Some(1500));
    assert_eq!(facts.camera.as_deref(), Some("Apple iPhone 15 Pro"));
    let taken = facts.taken_at.unwrap();
    assert_eq!((taken.year, taken.month, taken.day), (2026, 3, 2));
    assert_eq!(
        (taken.hour, taken.minute, taken.second, taken.offset_minutes),
        (8, 15, 59, Some(480))
    );
    assert!(facts.has_gps);
    assert_eq!((facts.codec.as_str(), &facts.unread), ("H.264", &None));
    let seen = open(&clip::poster(Cursor::new(&file)).unwrap().unwrap());
    assert_eq!(seen.dimensions(), (128, 192));
    let right = rotate90(&drawing());
    let wrong = rotate270(&drawing());
    // Strongly compressed, colours at half resolution.
    assert!(
        mean(&seen, &right) < 16.0 && mean(&seen, &wrong) > 60.0,
        "{} (the other way {})",
        mean(&seen, &right),
        mean(&seen, &wrong)
    );
}

#[test]
fn hevc_and_av1_clips_have_posters_too() {
    for (name, codec) in [("hevc.mp4", "HEVC"), ("av1.mp4", "AV1")] {
        let facts = clip::probe(Cursor::new(fixture(name))).unwrap();
        assert_eq!((facts.format, facts.width, facts.height), ("mp4", 192, 128));
        assert_eq!(
            (facts.codec.as_str(), &facts.unread, facts.duration_ms),
            (codec, &None, Some(1000))
        );
        let seen = open(&clip::poster(Cursor::new(fixture(name))).unwrap().unwrap());
        assert!(
            mean(&seen, &drawing()) < 8.0,
            "{name}: {}",
            mean(&seen, &drawing())
        );
    }
    let facts = clip::probe(Cursor::new(fixture("hevc.mp4"))).unwrap();
    let taken = facts.taken_at.unwrap();
    assert_eq!(
        (taken.year, taken.month, taken.day, taken.hour, taken.minute),
        (2026, 3, 2, 0, 15)
    );
    assert_eq!(
        (taken.second, taken.offset_minutes),
        (59, Some(0)),
        "the container's clock is UTC"
    );
    assert!(facts.has_gps);
    assert_eq!(
        clip::probe(Cursor::new(fixture("av1.mp4"))).unwrap().taken_at,
        None,
        "a clock never set is no time"
    );
}

#[test]
fn a_clip_without_a_readable_picture_says_so_and_has_no_poster() {
    for (name, word) in [("mpeg4.mp4", "MPEG-4"), ("fragments.mp4", "分段")] {
        let facts = clip::probe(Cursor::new(fixture(name))).unwrap();
        assert!(
            facts.unread.as_deref().unwrap().contains(word),
            "{name}: {:?}",
            facts.unread
        );
        assert_eq!((facts.width, facts.height), (192, 128));
        assert_eq!(clip::poster(Cursor::new(fixture(name))), Ok(None));
    }
    assert!(matches!(
        clip::probe(Cursor::new(fixture("sound.mp4"))),
        Err(PictureError::Unsupported(_))
    ));
    assert_eq!(
        clip::probe(Cursor::new(b"just a text".to_vec())),
        Err(PictureError::NotAPicture)
    );
    assert_eq!(clip::probe(Cursor::new(Vec::new())), Err(PictureError::Empty));
    let webm = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm".to_vec();
    assert_eq!(
        clip::probe(Cursor::new(webm)),
        Err(PictureError::Unsupported("WebM"))
    );
    assert!(
        matches!(probe(&fixture("hevc.mp4")), Err(PictureError::Unsupported(_))),
        "a clip is no picture, and is known"
    );
}

/// Counts the bytes read.
struct Counted(Cursor<Vec<u8>>, u64);

impl Read for &mut Counted {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(to)?;
        self.1 += read as u64;
        Ok(read)
    }
}

impl Seek for &mut Counted {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn of_a_long_clip_only_the_index_and_one_picture_are_read() {
    let mut file = fixture("turned.mov");
    let length = file.len() as u64;
    file.extend(20_000_008_u32.to_be_bytes());
    file.extend(b"free");
    file.resize(file.len() + 20_000_000, 7);
    let mut counted = Counted(Cursor::new(file), 0);
    assert!(clip::poster(&mut counted).unwrap().is_some());
    assert!(counted.1 < 2 * length, "{} bytes of {length} read", counted.1);
}

#[test]
fn a_clip_cut_anywhere_is_noticed() {
    for name in ["turned.mov", "hevc.mp4", "av1.mp4", "mpeg4.mp4"] {
        let file = fixture(name);
        for cut in 0..file.len() {
            let part = || Cursor::new(&file[..cut]);
            assert!(
                clip::probe(part()).is_err(),
                "{name} cut at {cut} of {}",
                file.len()
            );
            assert!(clip::poster(part()).is_err(), "{name} cut at {cut}");
        }
    }
}

#[test]
fn a_cut_download_filled_up_with_zeros_gives_no_half_poster() {
    for name in ["hevc.mp4", "av1.mp4", "turned.mov"] {
        let file = fixture(name);
        let whole = open(&clip::poster(Cursor::new(&file)).unwrap().unwrap());
        for from in (0..file.len()).step_by(11) {
            let mut broken = file.clone();
            broken[from..].fill(0);
            if let Ok(Some(made)) = clip::poster(Cursor::new(broken)) {
                assert!(mean(&open(&made), &whole) < 1.0, "{name} zero from {from}");
            }
        }
    }
}

#[test]
fn no_changed_byte_of_a_clip_takes_the_program_down() {
    let mut seed = 11_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed as usize >> 8
    };
    for name in ["turned.mov", "hevc.mp4", "av1.mp4", "fragments.mp4"] {
        let file = fixture(name);
        for _ in 0..rounds(200) {
            let mut broken = file.clone();
            for _ in 0..=next() % 4 {
                let at = next() % broken.len();
                broken[at] ^= 1 << (next() % 8);
            }
            let _ = clip::probe(Cursor::new(&broken));
            let _ = clip::poster(Cursor::new(&broken));
        }
    }
}

#[test]
fn a_number_too_large_in_an_av1_picture_is_survived() {
    // Found by fuzzing: a Golomb code of 32 bits, which the decoder takes for one that wraps.
    for name in ["wrapping.mp4", "wrapping-deep.mp4"] {
        let made = clip::poster(Cursor::new(make::seed(name)));
        assert!(
            made.is_ok() || made.is_err_and(|e| !e.to_string().contains("panicked")),
            "{name}"
        );
    }
    assert!(
        clip::poster(Cursor::new(fixture("av1.mp4"))).is_ok_and(|made| made.is_some()),
        "and the next one is decoded"
    );
}

#[test]
fn an_index_that_lies_is_refused_before_memory_is_taken() {
    let file = fixture("hevc.mp4");
    for kind in [b"stsz", b"stsc", b"stco", b"stss", b"stsd", b"hvcC", b"tkhd"] {
        let at = file.windows(4).position(|w| w == kind);
        let Some(at) = at else { continue };
        for offset in (4..36).step_by(4) {
            for lie in [u32::MAX, 0x7FFF_FFFF, 0] {
                let mut broken = file.clone();
                broken[at + offset..at + offset + 4].copy_from_slice(&lie.to_be_bytes());
                let _ = clip::probe(Cursor::new(&broken));
                let _ = clip::poster(Cursor::new(&broken));
            }
        }
    }
}

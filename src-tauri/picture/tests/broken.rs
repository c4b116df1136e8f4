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

use caoben_picture::{MAX_MEMORY, PictureError, intake, probe};
use image::ImageFormat;
use make::{drawing, encoded, fixture, jpeg, mean, open, quarters, rounds, seed, thumb};

/// Small files of every format, made here and elsewhere.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let small = quarters(48, 40);
    let mut files = vec![("JPEG", jpeg(&small))];
    for (name, format) in [
        ("PNG", ImageFormat::Png),
        ("WebP", ImageFormat::WebP),
        ("GIF", ImageFormat::Gif),
        ("TIFF", ImageFormat::Tiff),
    ] {
        files.push((name, encoded(&small, format)));
    }
    for name in [
        "phone.heic",
        "alpha.heic",
        "crop.heic",
        "grid.avif",
        "turned.avif",
        "lzw.tif",
        "deep.tif",
        "palette.tif",
        "jpeg.tif",
        "jpeg-ycc.tif",
    ] {
        files.push((name, fixture(name)));
    }
    for name in SEEDS {
        files.push((name, seed(name)));
    }
    files
}

/// What the fuzz target begins with, but for its clips.
const SEEDS: [&str; 20] = [
    "alpha.png",
    "baseline.jpg",
    "deep.png",
    "grey.jpg",
    "ink.jpg",
    "ink.tif",
    "lossless.webp",
    "lossy.webp",
    "lzw.tif",
    "moving.gif",
    "moving.png",
    "moving.webp",
    "palette.png",
    "plain.png",
    "progressive.jpg",
    "restart.jpg",
    "small.avif",
    "small.heic",
    "still.gif",
    "zip.tif",
];

#[test]
fn cut_at_any_byte_a_file_is_refused_or_whole_never_half() {
    for (name, file) in files() {
        let whole = open(&intake(&file).unwrap().thumbnail);
        let mut accepted = 0;
        for cut in 0..file.len() {
            match intake(&file[..cut]) {
                Ok(made) => {
                    let made = open(&made.thumbnail);
                    assert_eq!(made.dimensions(), whole.dimensions());
                    assert!(
                        mean(&made, &whole) < 0.5,
                        "{name} cut at {cut} of {} is half a picture",
                        file.len()
                    );
                    accepted += 1;
                }
                Err(PictureError::TooLarge { .. }) => panic!("{name} cut at {cut} became large"),
                Err(_) => {}
            }
        }
        // What an animation has behind its first frame is not missed.
        assert!(
            accepted * 4 < file.len() || name.starts_with("moving"),
            "{name}: {accepted} of {} cuts were taken for whole",
            file.len()
        );
    }
}

#[test]
fn no_flipped_bit_takes_the_program_down() {
    let mut seed = 5_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed as usize >> 8
    };
    for (_, file) in files() {
        for _ in 0..rounds(60) {
            let mut broken = file.clone();
            for _ in 0..=next() % 6 {
                let at = next() % broken.len();
                broken[at] ^= 1 << (next() % 8);
            }
            let _ = intake(&broken);
        }
    }
}

#[test]
fn with_one_bit_of_any_byte_flipped_a_file_is_refused_or_a_picture() {
    for name in SEEDS {
        let file = seed(name);
        for at in 0..file.len() {
            let mut broken = file.clone();
            broken[at] ^= 1 << (at % 8);
            if let Ok(made) = intake(&broken) {
                let seen = open(&made.thumbnail);
                let longer = made.facts.width.max(made.facts.height);
                assert_eq!(
                    seen.width().max(seen.height()),
                    longer.min(512),
                    "{name}, byte {at}"
                );
            }
        }
    }
}

/// Writes these sides over every size in a HEIF file.
fn claiming(file: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut file = file.to_vec();
    let sizes: Vec<usize> = (4..file.len() - 16)
        .filter(|at| &file[*at..at + 4] == b"ispe")
        .collect();
    assert!(!sizes.is_empty());
    for at in sizes {
        file[at + 8..at + 16].copy_from_slice(&[width.to_be_bytes(), height.to_be_bytes()].concat());
    }
    file
}

#[test]
fn a_small_file_that_claims_to_be_huge_is_refused_before_memory_is_taken() {
    for name in ["crop.heic", "alpha.heic", "turned.avif", "p3.avif"] {
        let bomb = claiming(&fixture(name), 30_000, 30_000);
        assert!(
            matches!(intake(&bomb), Err(PictureError::TooLarge { .. })),
            "{name}: {:?}",
            intake(&bomb).err()
        );
        // Below the limit of pixels, above that of memory.
        let bomb = claiming(&fixture(name), 14_000, 14_000);
        assert!(
            matches!(intake(&bomb), Err(PictureError::TooLarge { .. })),
            "{name}: {:?}",
            intake(&bomb).err()
        );
        let bomb = claiming(&fixture(name), 5_000, 5_000);
        assert!(intake(&bomb).is_err(), "{name} has no such picture inside");
        let tiny = claiming(&fixture(name), 16, 16);
        if let Ok(made) = intake(&tiny) {
            assert!(
                made.facts.width <= 16,
                "{name}: what is announced is all that is shown"
            );
        }
    }
    let tiff = |width: u32, height: u32| {
        let mut file = encoded(&quarters(48, 40), ImageFormat::Tiff);
        let at = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
        for n in 0..usize::from(u16::from_le_bytes([file[at], file[at + 1]])) {
            let entry = at + 2 + 12 * n;
            let value = match u16::from_le_bytes([file[entry], file[entry + 1]]) {
                256 => width,
                257 | 278 => height,
                _ => continue,
            };
            file[entry + 2..entry + 12]
                .copy_from_slice(&[&[4, 0, 1, 0, 0, 0][..], &value.to_le_bytes()].concat());
        }
        file
    };
    assert!(matches!(
        intake(&tiff(30_000, 30_000)),
        Err(PictureError::TooLarge { .. })
    ));
    let large = intake(&tiff(14_000, 14_000)).unwrap_err();
    assert!(
        u64::from(14_000_u32).pow(2) * 3 > MAX_MEMORY && matches!(large, PictureError::TooLarge { .. }),
        "{large:?}"
    );
    assert!(intake(&tiff(4_000, 4_000)).is_err());
}

#[test]
fn a_grid_cannot_ask_for_more_tiles_than_it_needs() {
    let file = fixture("phone.heic");
    let at = file
        .windows(8)
        .position(|w| w == [0, 0, 1, 1, 0, 186, 0, 124])
        .unwrap();
    for (place, value) in [(2, 255), (3, 255), (2, 0), (5, 1), (4, 255)] {
        let mut broken = file.clone();
        broken[at + place] = value;
        assert!(intake(&broken).is_err(), "byte {place} of the grid is {value}");
    }
}

#[test]
fn what_lies_behind_a_heic_does_no_harm() {
    let whole = thumb(&fixture("phone.heic"), 124).unwrap();
    for tail in [
        &b"SEFT"[..],
        &[0xFF; 300],
        b"\0\0\0\x10SEFH garbage and more of it, as makers append",
    ] {
        let seen = thumb(&[&fixture("phone.heic"), tail].concat(), 124).unwrap();
        assert_eq!(seen, whole);
    }
}

#[test]
fn nothing_and_next_to_nothing_is_refused() {
    assert_eq!(intake(b"").map(|_| ()), Err(PictureError::Empty));
    for (name, file) in files() {
        for length in 1..16 {
            assert!(intake(&file[..length]).is_err(), "{length} bytes of {name}");
        }
        assert!(intake(&vec![0; file.len()]).is_err());
    }
    assert!(probe(&jpeg(&drawing())).is_ok());
}

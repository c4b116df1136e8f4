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

use caoben_picture::{Fit, Frame, PictureError, export, probe};
use make::Field::{Degrees, Short, Text};
use make::{exported, jpeg, mean, near, open, orientation, quarters, tiff, with_exif};

const CENTRE: Fit = Fit::Crop {
    focus_x: 0.5,
    focus_y: 0.5,
};

fn frame(width: u32, height: u32, fit: Fit) -> Frame {
    Frame {
        width,
        height,
        fit,
        quality: 88,
    }
}

#[test]
fn an_export_has_exactly_the_wanted_size() {
    let file = jpeg(&quarters(801, 603));
    for (w, h) in [(1080, 1440), (300, 400), (64, 64), (1, 1), (801, 603), (900, 383)] {
        for fit in [CENTRE, Fit::Pad { rgb: [0; 3] }] {
            assert_eq!(
                open(&exported(&file, &frame(w, h, fit))).dimensions(),
                (w, h),
                "{fit:?}"
            );
        }
    }
    assert_eq!(
        open(&exported(&file, &frame(5000, 5000, Fit::Inside))).dimensions(),
        (801, 603),
        "never enlarged"
    );
    assert_eq!(
        open(&exported(&file, &frame(400, 5000, Fit::Inside))).dimensions(),
        (400, 301)
    );
}

#[test]
fn a_crop_keeps_its_focus_in_every_orientation() {
    let picture = quarters(320, 192);
    for o in [1, 3, 6, 8] {
        let stored = match o {
            3 => image::imageops::rotate180(&picture),
            6 => image::imageops::rotate270(&picture),
            8 => image::imageops::rotate90(&picture),
            _ => picture.clone(),
        };
        let file = with_exif(&jpeg(&stored), &orientation(o));
        let seen = |focus_x| {
            open(&exported(
                &file,
                &frame(
                    48,
                    96,
                    Fit::Crop {
                        focus_x,
                        focus_y: 0.5,
                    },
                ),
            ))
        };
        assert!(
            mean(
                &seen(0.0),
                &image::imageops::thumbnail(
                    &image::imageops::crop_imm(&picture, 0, 0, 96, 192).to_image(),
                    48,
                    96
                )
            ) < 3.0,
            "left of {o}"
        );
        assert!(
            mean(
                &seen(1.0),
                &image::imageops::thumbnail(
                    &image::imageops::crop_imm(&picture, 224, 0, 96, 192).to_image(),
                    48,
                    96
                )
            ) < 3.0,
            "right of {o}"
        );
        assert!(
            mean(&seen(f64::NAN), &seen(0.5)) < 0.1,
            "a focus that is no number is the middle"
        );
    }
}

#[test]
fn a_pad_has_its_colour_around_the_picture() {
    let seen = open(&exported(
        &jpeg(&quarters(400, 200)),
        &frame(200, 200, Fit::Pad { rgb: [10, 200, 120] }),
    ));
    assert!(near(seen.get_pixel(100, 10), [10, 200, 120]) && near(seen.get_pixel(100, 190), [10, 200, 120]));
    assert!(
        near(seen.get_pixel(30, 70), [205, 20, 20]),
        "the picture is in the middle: {:?}",
        seen.get_pixel(30, 70)
    );
}

#[test]
fn an_export_tells_nothing_about_its_source() {
    let block = tiff(
        &[(0x0110, Text("SecretCamera")), (0x0112, Short(6))],
        &[],
        &[(0x0001, Text("N")), (0x0002, Degrees)],
    );
    let source = with_exif(&jpeg(&quarters(600, 400)), &block);
    let secret = [
        &[0xFF_u8, 0xFE, 0, 12][..],
        b"IMG_001.jp",
        &[0xFF, 0xE2, 0, 16],
        b"ICC_PROFILE\0\x01\x01",
    ]
    .concat();
    let source = [&source[..2], &secret, &source[2..]].concat();
    assert!(probe(&source).unwrap().has_gps, "the source tells");
    let made = exported(&source, &frame(300, 300, CENTRE));
    for word in ["Exif", "ICC_PROFILE", "SecretCamera", "IMG_001", "http", "Adobe"] {
        assert!(
            !made.windows(word.len()).any(|w| w == word.as_bytes()),
            "{word} is gone"
        );
    }
    // Every marker segment of the result: JFIF, tables, frame, scan.
    let mut at = 2;
    while made[at + 1] != 0xDA {
        assert!(
            matches!(made[at + 1], 0xE0 | 0xDB | 0xC0 | 0xC4),
            "segment {:X}",
            made[at + 1]
        );
        at += 2 + usize::from(u16::from_be_bytes([made[at + 2], made[at + 3]]));
    }
}

#[test]
fn the_same_bytes_give_the_same_export() {
    let file = jpeg(&quarters(1200, 900));
    let made = exported(&file, &frame(500, 500, CENTRE));
    let again = std::thread::scope(|s| {
        let both = [0, 1].map(|_| s.spawn(|| exported(&file, &frame(500, 500, CENTRE))));
        both.map(|one| one.join().unwrap())
    });
    assert!(again.iter().all(|a| *a == made));
}

#[test]
fn a_frame_no_jpeg_can_have_is_refused() {
    let file = jpeg(&quarters(32, 32));
    let facts = probe(&file).unwrap();
    for (w, h) in [(0, 10), (10, 0), (70_000, 10), (60_000, 60_000)] {
        assert_eq!(
            export(&file, &facts, &frame(w, h, CENTRE)),
            Err(PictureError::BadFrame { width: w, height: h })
        );
    }
}

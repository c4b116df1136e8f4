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

use caoben_picture::{Format, PictureError, intake, probe};
use image::imageops::{flip_vertical, rotate270};
use image::{Rgb, RgbImage};
use make::icc::{self, DISPLAY_P3};
use make::{drawing, encode, fixture, mean, near, quarters, seed, thumb, with_profile};
use mozjpeg::ColorSpace;

#[test]
fn every_kind_of_tiff_shows_what_was_drawn() {
    for (name, most) in [
        ("lzw.tif", 2.0),
        ("deep.tif", 2.0),
        ("jpeg.tif", 4.0),
        ("jpeg-ycc.tif", 4.0),
        // Sixteen colours for all of it, and they must be the right ones.
        ("palette.tif", 8.0),
    ] {
        let file = fixture(name);
        let facts = probe(&file).unwrap();
        assert_eq!(
            (facts.format, facts.width, facts.height),
            (Format::Tiff, 192, 128),
            "{name}"
        );
        let error = mean(&thumb(&file, 192).unwrap(), &drawing());
        assert!(error < most, "{name}: {error}");
    }
    let fax = thumb(&fixture("fax.tif"), 192).unwrap();
    assert!(fax.pixels().all(|p| near(p, [p.0[1]; 3])), "a fax has no colours");
    let light = |x, y| u32::from(fax.get_pixel(x, y).0[1]);
    assert!(
        light(150, 100) > 150 && light(20, 100) < 100,
        "yellow is light, blue is dark"
    );
}

#[test]
fn a_tiff_of_a_kind_that_is_not_read_is_named_so() {
    // Colours by CIE Lab with signed numbers, and JPEG 2000 inside.
    for (tag, value) in [(262_u16, 8_u16), (259, 34712)] {
        let mut file = fixture("lzw.tif");
        let at = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
        let count = usize::from(u16::from_le_bytes([file[at], file[at + 1]]));
        let entry = (0..count)
            .map(|n| at + 2 + 12 * n)
            .find(|e| file[*e..*e + 2] == tag.to_le_bytes())
            .unwrap();
        file[entry + 8..entry + 10].copy_from_slice(&value.to_le_bytes());
        assert!(
            matches!(intake(&file), Err(PictureError::Unsupported(_))),
            "{tag}: {:?}",
            intake(&file).err()
        );
    }
}

#[test]
fn every_kind_of_heif_shows_what_was_drawn() {
    for (name, most) in [("ten.heic", 4.0), ("motion.heic", 4.0), ("grid.avif", 4.0)] {
        let error = mean(&thumb(&fixture(name), 192).unwrap(), &drawing());
        assert!(error < most, "{name}: {error}");
    }
    let right = |x: u32| if x < 96 { None } else { Some([255; 3]) };
    let half = RgbImage::from_fn(192, 128, |x, y| {
        Rgb(right(x).unwrap_or(drawing().get_pixel(x, y).0))
    });
    let error = mean(&thumb(&fixture("alpha.heic"), 192).unwrap(), &half);
    assert!(error < 4.0, "what is clear lies on white: {error}");
    let turned = flip_vertical(&rotate270(&half));
    let error = mean(&thumb(&fixture("turned.avif"), 192).unwrap(), &turned);
    assert!(error < 4.0, "AVIF turned, then mirrored: {error}");
    let mut p3 = drawing();
    p3.pixels_mut()
        .for_each(|pixel| *pixel = Rgb(icc::in_srgb(DISPLAY_P3, pixel.0)));
    let seen = thumb(&fixture("p3.avif"), 192).unwrap();
    let (error, unconverted) = (mean(&seen, &p3), mean(&seen, &drawing()));
    assert!(
        error < 2.0 && unconverted > error + 1.5,
        "Display P3 by code points: {error}, {unconverted}"
    );
}

#[test]
fn of_an_animation_the_first_frame_is_shown() {
    // Both frames show the drawing, the second one mirrored: green is then on the left.
    for (name, format) in [
        ("moving.png", Format::Png),
        ("moving.gif", Format::Gif),
        ("moving.webp", Format::Webp),
    ] {
        let file = seed(name);
        assert!(
            file.windows(4)
                .any(|w| [b"acTL", b"ANIM"].contains(&w.try_into().unwrap()))
                || file
                    .windows(8)
                    .filter(|w| w.starts_with(&[0x21, 0xF9, 4]))
                    .count()
                    == 2,
            "{name} has two frames"
        );
        let facts = probe(&file).unwrap();
        assert_eq!(
            (facts.format, facts.width, facts.height),
            (format, 40, 28),
            "{name}"
        );
        let seen = thumb(&file, 40).unwrap();
        let error = mean(&seen, &quarters(40, 28));
        assert!(error < 12.0, "{name}: {error}");
        assert!(
            mean(&image::imageops::flip_horizontal(&seen), &quarters(40, 28)) > 60.0,
            "{name} is the first frame, not the second"
        );
    }
}

/// Inks in slow slopes, black little, so that every colour lies within sRGB.
fn inks(width: u32, height: u32) -> Vec<[u8; 4]> {
    let slope = |n: u32, of: u32, most: u32| (n * most / of) as u8;
    (0..height)
        .flat_map(|y| {
            (0..width).map(move |x| {
                let c = slope(x, width, 150);
                let m = slope(y, height, 140);
                let w = slope(x + y, width + height, 160);
                [c, m, w, slope(height - y, height, 90)]
            })
        })
        .collect()
}

/// A press whose inks each pull Lab straight in one direction: whatever lies between its corners is then beyond doubt.
fn press([c, m, y, k]: [f64; 4]) -> [f64; 3] {
    [
        95.0 - 30.0 * c - 32.0 * m - 8.0 * y - 45.0 * k,
        -22.0 * c + 40.0 * m - 4.0 * y,
        -32.0 * c - 8.0 * m + 52.0 * y,
    ]
}

#[test]
fn printing_inks_come_through_their_profile() {
    let profile = icc::ink_profile(|on| press(on.map(|on| if on { 1.0 } else { 0.0 })));
    let ink = inks(160, 120);
    let right = RgbImage::from_fn(160, 120, |x, y| {
        let share = ink[(y * 160 + x) as usize].map(|v| f64::from(v) / 255.0);
        Rgb(icc::srgb_of_lab(press(share)))
    });
    let light_takes_away = RgbImage::from_fn(160, 120, |x, y| {
        let [c, m, w, k] = ink[(y * 160 + x) as usize].map(|v| 255 - u32::from(v));
        Rgb([c, m, w].map(|v| (v * k / 255) as u8))
    });
    // As Photoshop writes it: marked by Adobe, the light left over in place of the ink.
    let left: Vec<u8> = ink.iter().flatten().map(|v| 255 - v).collect();
    for colours in [ColorSpace::JCS_CMYK, ColorSpace::JCS_YCCK] {
        let marked = encode(&left, (160, 120), colours, false);
        let file = with_profile(&marked, &profile, 60_000);
        assert_eq!(probe(&file).unwrap().profile.as_deref(), Some("Test Press"));
        let seen = thumb(&file, 160).unwrap();
        let (error, plain) = (mean(&seen, &right), mean(&light_takes_away, &right));
        assert!(
            error < 2.0 && plain > 10.0,
            "{colours:?}: {error}, without the profile {plain}"
        );
        let error = mean(&thumb(&marked, 160).unwrap(), &light_takes_away);
        assert!(error < 2.0, "{colours:?} without a profile: {error}");
    }
    // Without Adobe's mark the samples are ink, as the standard says.
    let stored: Vec<u8> = ink.iter().flatten().copied().collect();
    let unmarked = without_adobe(&encode(&stored, (160, 120), ColorSpace::JCS_CMYK, false));
    let error = mean(
        &thumb(&with_profile(&unmarked, &profile, 60_000), 160).unwrap(),
        &right,
    );
    assert!(error < 2.0, "unmarked: {error}");
    let error = mean(&thumb(&unmarked, 160).unwrap(), &light_takes_away);
    assert!(error < 2.0, "unmarked, without a profile: {error}");
}

/// Takes Adobe's segment out of a JPEG.
fn without_adobe(jpeg: &[u8]) -> Vec<u8> {
    let at = jpeg.windows(4).position(|w| w[..2] == [0xFF, 0xEE]).unwrap();
    let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    assert!(jpeg[at + 4..].starts_with(b"Adobe"));
    [&jpeg[..at], &jpeg[at + 2 + length..]].concat()
}

//! Right pixels from kinds of files that were once shown wrongly, and sharp colours kept on the way out.
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

use caoben_picture::{Fit, Format, Frame, PictureError, intake, is_resaved_from, probe};
use image::{ImageFormat, Rgb, RgbImage};
use make::{encode, encoded, exported, far, jpeg, mean, open, page, quarters, thumb, with_chunk};
use mozjpeg::ColorSpace;

const WHOLE: Frame = Frame {
    width: 65_500,
    height: 65_500,
    fit: Fit::Inside,
    quality: 88,
};

/// The fields of an uncompressed TIFF page of eight bits.
fn fields<'a>(sides: &'a [u16; 2], meaning: &'a [u16], samples: &'a [u16]) -> Vec<(u16, &'a [u16])> {
    vec![
        (256, &sides[..1]),
        (257, &sides[1..]),
        (258, &[8]),
        (259, &[1]),
        (262, meaning),
        (277, samples),
        (278, &sides[1..]),
    ]
}

#[test]
fn alpha_that_was_multiplied_in_leaves_no_dark_fringe() {
    // A red half that fades into nothing.
    let straight = |x: u32| ([255_u32, 0, 0], 255 - x * 4);
    let on_paper = RgbImage::from_fn(64, 16, |x, _| {
        let (rgb, alpha) = straight(x);
        Rgb(rgb.map(|c| ((c * alpha + 255 * (255 - alpha) + 127) / 255) as u8))
    });
    for (kind, multiplied) in [(1_u16, true), (2, false)] {
        let samples: Vec<u8> = (0..64 * 16)
            .flat_map(|at| {
                let (rgb, alpha) = straight(at % 64);
                let stored = rgb.map(|c| if multiplied { (c * alpha + 127) / 255 } else { c });
                [stored[0], stored[1], stored[2], alpha].map(|c| c as u8)
            })
            .collect();
        let mut all = fields(&[64, 16], &[2], &[4]);
        let extra = [kind];
        all.push((338, &extra));
        let file = page(&all, &[samples], false);
        let error = far(&thumb(&file, 64).unwrap(), &on_paper);
        assert!(error < 12, "kind {kind}: {error}");
    }
}

#[test]
fn bits_in_the_other_order_show_the_same_ramp() {
    let ramp: Vec<u8> = (0..64).flat_map(|_| (0..64_u8).map(|x| x * 4)).collect();
    let shown = |order: u16, samples: Vec<u8>| {
        let mut all = fields(&[64, 64], &[1], &[1]);
        let order = [order];
        all.push((266, &order));
        thumb(&page(&all, &[samples], false), 64).unwrap()
    };
    let usual = shown(1, ramp.clone());
    let turned = shown(2, ramp.iter().map(|byte| byte.reverse_bits()).collect());
    assert_eq!(usual, turned);
    assert!(usual.get_pixel(0, 0).0[0] < 8 && usual.get_pixel(63, 0).0[0] > 244);
}

#[test]
fn planes_and_tiles_lying_apart_come_together() {
    let right = quarters(40, 24);
    let plane = |part: usize| right.pixels().map(|pixel| pixel.0[part]).collect::<Vec<u8>>();
    let mut strips = fields(&[40, 24], &[2], &[3]);
    strips.push((284, &[2]));
    let file = page(&strips, &[plane(0), plane(1), plane(2)], false);
    assert!(mean(&thumb(&file, 40).unwrap(), &right) < 8.0, "strips in planes");
    // Tiles of 16×16: three across, two down, those at the far edges wider than the picture.
    let tile = |part: usize, column: u32, row: u32| {
        (0..256_u32)
            .map(|at| {
                let (x, y) = (column * 16 + at % 16, row * 16 + at / 16);
                if x < 40 && y < 24 {
                    right.get_pixel(x, y).0[part]
                } else {
                    0x77
                }
            })
            .collect::<Vec<u8>>()
    };
    let mut tiles = fields(&[40, 24], &[2], &[3]);
    tiles.retain(|(tag, _)| *tag != 278);
    tiles.extend([(284, &[2][..]), (322, &[16]), (323, &[16])]);
    let pieces: Vec<Vec<u8>> = (0..3)
        .flat_map(|part| (0..6).map(move |n| (part, n)))
        .map(|(part, n)| tile(part, n % 3, n / 3))
        .collect();
    let seen = thumb(&page(&tiles, &pieces, true), 40).unwrap();
    assert!(
        mean(&seen, &right) < 8.0,
        "tiles in planes: {}",
        mean(&seen, &right)
    );
    let missing = thumb(&page(&tiles, &pieces[..17], true), 40);
    assert_eq!(missing, Err(PictureError::Truncated), "a tile too few");
}

#[test]
fn a_small_tiff_with_wrong_numbers_is_broken_and_not_too_large() {
    let mut file = page(&fields(&[20, 1536], &[1], &[1]), &[vec![9; 20 * 1536]], false);
    // The length of its strip says a gigabyte.
    let at = (10..200)
        .step_by(12)
        .find(|at| file[*at..*at + 2] == 279_u16.to_le_bytes())
        .unwrap();
    file[at + 8..at + 12].copy_from_slice(&(1_u32 << 30).to_le_bytes());
    let said = intake(&file).err();
    assert!(!matches!(said, Some(PictureError::TooLarge { .. })), "{said:?}");
}

#[test]
fn transparency_meets_paper_after_the_colours_were_converted() {
    // Half a transparency over samples that are light itself (gamma 1): browsers convert first, then mix.
    let pixels = image::RgbaImage::from_pixel(16, 16, image::Rgba([128, 128, 128, 128]));
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(pixels)
        .write_to(&mut png, ImageFormat::Png)
        .unwrap();
    let file = with_chunk(&png.into_inner(), b"gAMA", &100_000_u32.to_be_bytes());
    let seen = thumb(&file, 16).unwrap();
    // Light of 128/255 is 188 in sRGB; half of it and half of white.
    let right = (188 + 255) / 2;
    let light = u32::from(seen.get_pixel(8, 8).0[0]);
    assert!(light.abs_diff(right) <= 2, "{light} is not {right}");
}

#[test]
fn bmp_and_jpeg_xl_are_shown() {
    let right = quarters(40, 24);
    let bmp = encoded(&right, ImageFormat::Bmp);
    let facts = probe(&bmp).unwrap();
    assert_eq!((facts.format, facts.width, facts.height), (Format::Bmp, 40, 24));
    assert!(mean(&thumb(&bmp, 40).unwrap(), &right) < 8.0);
    for name in ["bare.jxl", "boxed.jxl"] {
        let file = make::fixture(name);
        let facts = probe(&file).unwrap();
        assert_eq!(
            (facts.format, facts.width, facts.height),
            (Format::Jxl, 192, 128),
            "{name}"
        );
        let error = mean(&thumb(&file, 192).unwrap(), &make::drawing());
        assert!(error < 3.0, "{name}: {error}");
    }
    let taken = probe(&make::fixture("boxed.jxl")).unwrap().taken_at.unwrap();
    assert_eq!(
        (taken.year, taken.month, taken.day),
        (2025, 5, 1),
        "its EXIF is read"
    );
}

/// Thin red letters on white.
fn letters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let ink = (y / 12) % 2 == 0 && (x * 7 + y * 3) % 5 == 0;
        Rgb(if ink { [230, 20, 30] } else { [255; 3] })
    })
}

/// Whether a JPEG keeps its colours at full resolution: the sampling of its first component is 1×1.
fn is_full(jpeg: &[u8]) -> bool {
    let frame = jpeg
        .windows(2)
        .position(|two| matches!(two, [0xFF, 0xC0..=0xC2]))
        .unwrap();
    jpeg[frame + 11] == 0x11
}

#[test]
fn red_text_stays_red_and_soft_colours_are_stored_small() {
    // A photo in which a label has red letters, in a corner of it.
    let mut photo = RgbImage::from_fn(640, 480, |x, y| Rgb([(x / 4) as u8, (y / 3) as u8, 90]));
    image::imageops::replace(&mut photo, &letters(96, 72), 400, 300);
    let mut encoder = mozjpeg::Compress::new(ColorSpace::JCS_RGB);
    encoder.set_fastest_defaults();
    encoder.set_size(640, 480);
    encoder.set_quality(95.0);
    encoder.set_chroma_sampling_pixel_sizes((1, 1), (1, 1));
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    started.write_scanlines(photo.as_raw()).unwrap();
    let file = started.finish().unwrap();
    let made = exported(&file, &WHOLE);
    assert!(is_full(&made), "fine colour keeps its resolution");
    let seen = open(&made);
    let reddest = seen
        .enumerate_pixels()
        .filter(|(x, y, _)| (400..496).contains(x) && (300..372).contains(y));
    let most = reddest
        .map(|(.., p)| i32::from(p.0[0]) - i32::from(p.0[1]))
        .max()
        .unwrap();
    assert!(most > 170, "the red is red: {most}");
    let soft = RgbImage::from_fn(640, 480, |x, y| Rgb([(x / 4) as u8, (y / 3) as u8, 90]));
    assert!(
        !is_full(&exported(&jpeg(&soft), &WHOLE)),
        "and nothing else pays for it"
    );
}

#[test]
fn a_jpeg_that_lacks_only_its_end_marker_goes_in_with_a_word() {
    let picture = quarters(320, 240);
    for progressive in [false, true] {
        let file = encode(picture.as_raw(), (320, 240), ColorSpace::JCS_RGB, progressive);
        let whole = intake(&file).unwrap();
        assert!(!whole.short);
        let short = intake(&file[..file.len() - 2]).unwrap();
        assert!(
            short.short,
            "progressive {progressive}: the missing end is noticed"
        );
        assert_eq!(short.thumbnail, whole.thumbnail, "and the picture is the same");
        let frame = Frame {
            width: 100,
            height: 100,
            ..WHOLE
        };
        assert_eq!(exported(&file[..file.len() - 2], &frame), exported(&file, &frame));
        assert_eq!(
            intake(&file[..file.len() - 40]).map(|made| made.short),
            Err(PictureError::Truncated),
            "progressive {progressive}: more than that is a loss"
        );
    }
    // Between the scans of a progressive JPEG a cut leaves no trace but what was not sent yet.
    let file = encode(picture.as_raw(), (320, 240), ColorSpace::JCS_RGB, true);
    let scans: Vec<usize> = (0..file.len() - 1)
        .filter(|at| file[*at..*at + 2] == [0xFF, 0xDA])
        .collect();
    let tables = file[..*scans.last().unwrap()]
        .windows(2)
        .rposition(|two| two == [0xFF, 0xC4])
        .unwrap();
    assert_eq!(
        intake(&file[..tables.min(*scans.last().unwrap())]).map(|made| made.short),
        Err(PictureError::Truncated)
    );
}

#[test]
fn of_two_files_of_one_picture_the_one_that_was_saved_again_is_known() {
    let mut seed = 9_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 24
    };
    // A photo's grain over slow slopes.
    let scene = RgbImage::from_fn(512, 384, |x, y| {
        let light = 90 + x / 6 + y / 8 + random() % 40;
        Rgb([light as u8, (light * 4 / 5) as u8, (light / 2) as u8])
    });
    let saved = |from: &RgbImage, quality: f32| {
        let mut encoder = mozjpeg::Compress::new(ColorSpace::JCS_RGB);
        encoder.set_fastest_defaults();
        encoder.set_size(from.width() as usize, from.height() as usize);
        encoder.set_quality(quality);
        let mut started = encoder.start_compress(Vec::new()).unwrap();
        started.write_scanlines(from.as_raw()).unwrap();
        started.finish().unwrap()
    };
    for (first, second) in [(60.0, 95.0), (75.0, 92.0), (85.0, 97.0)] {
        let original = saved(&scene, first);
        let again = saved(&open(&original), second);
        assert!(again.len() > original.len(), "the copy is the larger file");
        assert!(is_resaved_from(&again, &original), "{first}, then {second}");
        assert!(
            !is_resaved_from(&original, &again),
            "{first}, then {second}: not the other way round"
        );
        let png = encoded(&open(&original), ImageFormat::Png);
        assert!(is_resaved_from(&png, &original), "{first}, then a screenshot");
        let straight = saved(&scene, second);
        assert!(
            !is_resaved_from(&straight, &original),
            "{second} of the scene itself is no copy of it"
        );
    }
}

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

use caoben_picture::{Fit, Frame, probe};
use image::{ImageFormat, Rgb, RgbImage};
use make::icc::{self, ADOBE, DISPLAY_P3, Space};
use make::{encoded, exported, jpeg, mean, near, thumb, with_chunk, with_exif, with_profile};
use mozjpeg::ColorSpace;

/// Every hue and many shades, changing slowly.
fn colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
        let wave = |shift: f64| 0.5 + 0.5 * ((u + shift) * std::f64::consts::TAU).cos();
        Rgb([0.0, 1.0 / 3.0, 2.0 / 3.0]
            .map(|shift| (255.0 * (v * wave(shift) + (1.0 - v) * 0.6)).round() as u8))
    })
}

/// The same by the book.
fn in_srgb(picture: &RgbImage, space: Space) -> RgbImage {
    let mut out = picture.clone();
    out.pixels_mut()
        .for_each(|pixel| *pixel = Rgb(icc::in_srgb(space, pixel.0)));
    out
}

/// Shown right, and the test would notice if nothing were converted.
fn shows(what: &str, seen: &RgbImage, stored: &RgbImage, right: &RgbImage) {
    let (error, unconverted) = (mean(seen, right), mean(stored, right));
    assert!(error < 2.0, "{what}: mean error {error}");
    assert!(
        unconverted > error + 1.5,
        "{what}: as stored the error would be {unconverted}, converted it is {error}"
    );
}

#[test]
fn display_p3_and_adobe_rgb_come_out_as_srgb_from_every_format() {
    let picture = colours(160, 120);
    for space in [DISPLAY_P3, ADOBE] {
        let (profile, right) = (icc::profile(space), in_srgb(&picture, space));
        let webp = {
            let plain = encoded(&picture, ImageFormat::WebP);
            extended_webp(&plain, &profile, (160, 120))
        };
        let png = {
            let mut body = b"any name\0\0".to_vec();
            body.extend(deflated(&profile));
            with_chunk(&encoded(&picture, ImageFormat::Png), b"iCCP", &body)
        };
        let tiff = tiff_with_profile(&picture, &profile);
        for (what, file) in [
            ("JPEG", with_profile(&jpeg(&picture), &profile, 60_000)),
            (
                "JPEG, profile in parts",
                with_profile(&jpeg(&picture), &profile, 100),
            ),
            ("PNG", png),
            ("WebP", webp),
            ("TIFF", tiff),
        ] {
            assert_eq!(
                probe(&file).unwrap().profile.as_deref(),
                Some(space.name),
                "{what} has its name"
            );
            shows(
                &format!("{what} in {}", space.name),
                &thumb(&file, 160).unwrap(),
                &picture,
                &right,
            );
            let frame = Frame {
                width: 160,
                height: 120,
                fit: Fit::Inside,
                quality: 95,
            };
            let left = make::open(&exported(&file, &frame));
            shows(
                &format!("{what} in {}, exported", space.name),
                &left,
                &picture,
                &right,
            );
        }
    }
}

#[test]
fn converting_the_small_picture_is_right_enough() {
    let picture = colours(1600, 1200);
    let small = |picture: &RgbImage| {
        image::imageops::resize(picture, 512, 384, image::imageops::FilterType::Lanczos3)
    };
    let right = small(&in_srgb(&picture, DISPLAY_P3));
    let file = with_profile(&jpeg(&picture), &icc::profile(DISPLAY_P3), 60_000);
    shows("12 to 1", &thumb(&file, 512).unwrap(), &small(&picture), &right);
}

#[test]
fn a_camera_that_says_adobe_rgb_only_in_exif_is_believed() {
    let picture = colours(160, 120);
    let mark = |space: u16, rule: &[u8; 4]| {
        // Image fields with a pointer to the photo fields; those with a colour space and a pointer to the rules' field.
        let mut block = b"II*\0\x08\0\0\0".to_vec();
        let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            [
                &tag.to_le_bytes()[..],
                &kind.to_le_bytes(),
                &count.to_le_bytes(),
                &value,
            ]
            .concat()
        };
        block.extend(
            [
                &1_u16.to_le_bytes()[..],
                &entry(0x8769, 4, 1, 26_u32.to_le_bytes()),
                &[0; 4],
            ]
            .concat(),
        );
        let [low, high] = space.to_le_bytes();
        let fields = [
            entry(0xA001, 3, 1, [low, high, 0, 0]),
            entry(0xA005, 4, 1, 56_u32.to_le_bytes()),
        ]
        .concat();
        block.extend([&2_u16.to_le_bytes()[..], &fields, &[0; 4]].concat());
        block.extend([&1_u16.to_le_bytes()[..], &entry(1, 2, 4, *rule), &[0; 4]].concat());
        block
    };
    let file = with_exif(&jpeg(&picture), &mark(0xFFFF, b"R03\0"));
    assert_eq!(probe(&file).unwrap().profile.as_deref(), Some("Adobe RGB (1998)"));
    shows(
        "EXIF's mark",
        &thumb(&file, 160).unwrap(),
        &picture,
        &in_srgb(&picture, ADOBE),
    );
    for (space, rule) in [(0xFFFF, b"R98\0"), (1, b"R03\0")] {
        let file = with_exif(&jpeg(&picture), &mark(space, rule));
        assert!(
            mean(&thumb(&file, 160).unwrap(), &picture) < 2.0,
            "half a mark is none"
        );
    }
    let both = with_profile(&file, &icc::profile(DISPLAY_P3), 60_000);
    shows(
        "a profile outranks it",
        &thumb(&both, 160).unwrap(),
        &picture,
        &in_srgb(&picture, DISPLAY_P3),
    );
}

#[test]
fn grey_with_a_profile_has_the_right_brightness() {
    let ramp: Vec<u8> = (0..100).flat_map(|_| (0..200).map(|x| x as u8)).collect();
    let file = make::encode(&ramp, (200, 100), ColorSpace::JCS_GRAYSCALE, false);
    let file = with_profile(&file, &icc::grey_profile(1.8), 60_000);
    let grey = |f: &dyn Fn(u8) -> u8| RgbImage::from_fn(200, 100, |x, _| Rgb([f(x as u8); 3]));
    let right = grey(&|v| (icc::srgb_of_light((f64::from(v) / 255.0).powf(1.8)) * 255.0).round() as u8);
    shows("grey", &thumb(&file, 200).unwrap(), &grey(&|v| v), &right);
    // A grey profile in a picture with colours is a mistake, and is not followed.
    let file = with_profile(&jpeg(&colours(160, 120)), &icc::grey_profile(1.8), 60_000);
    assert!(mean(&thumb(&file, 160).unwrap(), &colours(160, 120)) < 2.0);
}

#[test]
fn a_broken_profile_never_refuses_the_photo() {
    let picture = colours(64, 48);
    let (whole, plain) = (icc::profile(DISPLAY_P3), jpeg(&picture));
    for cut in 0..whole.len() {
        let seen = thumb(&with_profile(&plain, &whole[..cut.max(1)], 60_000), 64);
        assert!(seen.is_ok(), "a profile of {cut} bytes is survivable");
    }
    let mut seed = 7_u32;
    for _ in 0..3000 {
        let mut broken = whole.clone();
        for _ in 0..3 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = seed as usize / 256 % broken.len();
            broken[at] = (seed >> 3) as u8;
        }
        assert!(thumb(&with_profile(&plain, &broken, 60_000), 16).is_ok());
    }
    let ink = make::encode(&[128; 4 * 64], (8, 8), ColorSpace::JCS_CMYK, false);
    for wrong in [&whole[..], b"no profile at all"] {
        let seen = thumb(&with_profile(&ink, wrong, 60_000), 8).unwrap();
        assert!(
            near(seen.get_pixel(4, 4), [64; 3]),
            "inks without a usable profile: {:?}",
            seen.get_pixel(4, 4)
        );
    }
}

/// Zlib without compression.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let sum = (b << 16 | a).to_be_bytes();
    [
        &[0x78, 0x01, 0x01][..],
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        bytes,
        &sum,
    ]
    .concat()
}

fn extended_webp(plain: &[u8], profile: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let length = u32::try_from(body.len()).unwrap().to_le_bytes();
        [&kind[..], &length, body, &[0][..body.len() % 2]].concat()
    };
    let (w, h) = ((width - 1).to_le_bytes(), (height - 1).to_le_bytes());
    let head = chunk(b"VP8X", &[&[0x20, 0, 0, 0][..], &w[..3], &h[..3]].concat());
    let body = [
        b"WEBP".to_vec(),
        head,
        chunk(b"ICCP", profile),
        plain[12..].to_vec(),
    ]
    .concat();
    [
        b"RIFF".to_vec(),
        u32::try_from(body.len()).unwrap().to_le_bytes().to_vec(),
        body,
    ]
    .concat()
}

fn tiff_with_profile(picture: &RgbImage, profile: &[u8]) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut file).unwrap();
    let mut page = encoder
        .new_image::<tiff::encoder::colortype::RGB8>(picture.width(), picture.height())
        .unwrap();
    page.encoder()
        .write_tag(tiff::tags::Tag::IccProfile, profile)
        .unwrap();
    page.write_data(picture.as_raw()).unwrap();
    file.into_inner()
}

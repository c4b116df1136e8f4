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

use caoben_picture::{Format, probe, thumbnail};
use make::{encode, far, hex, jpeg, mean, near, open, orientation, quarters, thumb, with_exif};
use mozjpeg::ColorSpace;

/// Stores an upright picture the way a camera held in orientation `o` would.
fn held(picture: &image::RgbImage, o: u16) -> image::RgbImage {
    use image::imageops::{flip_horizontal as mirror, flip_vertical as flip, rotate90, rotate180, rotate270};
    match o {
        2 => mirror(picture),
        3 => rotate180(picture),
        4 => flip(picture),
        5 => rotate270(&mirror(picture)),
        6 => rotate270(picture),
        7 => rotate90(&mirror(picture)),
        8 => rotate90(picture),
        _ => picture.clone(),
    }
}

#[test]
fn all_eight_orientations_give_the_same_upright_picture() {
    let picture = quarters(320, 192);
    for o in 1..=8 {
        let file = with_exif(&jpeg(&held(&picture, o)), &orientation(o));
        let facts = probe(&file).unwrap();
        assert_eq!(
            (facts.orientation, facts.width, facts.height),
            (u8::try_from(o).unwrap(), 320, 192),
            "facts are upright for {o}"
        );
        let seen = thumb(&file, 320).unwrap();
        assert!(
            mean(&seen, &picture) < 2.0,
            "orientation {o} stands upright: {}",
            mean(&seen, &picture)
        );
    }
}

#[test]
fn the_public_orientation_examples_stand_upright() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/photos/exif-orientation-examples");
    if !folder.is_dir() {
        return eprintln!("skipped: no folder of orientation examples beside the project");
    }
    for shape in ["Landscape", "Portrait"] {
        let see = |n: u8| {
            thumb(
                &std::fs::read(folder.join(format!("{shape}_{n}.jpg"))).unwrap(),
                512,
            )
            .unwrap()
        };
        // Each file was re-encoded and has its own number drawn on it, so they agree closely, not exactly.
        let first = see(1);
        for n in 2..=8 {
            assert!(
                mean(&see(n), &first) < 6.0,
                "{shape}_{n} looks like {shape}_1: {}",
                mean(&see(n), &first)
            );
        }
    }
}

#[test]
fn ordinary_photos_have_facts_and_thumbnails() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/photos/albums");
    let Ok(albums) = std::fs::read_dir(&folder) else {
        return eprintln!("skipped: no folder of albums beside the project");
    };
    for photo in albums.flat_map(|a| std::fs::read_dir(a.unwrap().path()).unwrap()) {
        let path = photo.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let facts = probe(&bytes).unwrap();
        let small = open(&thumbnail(&bytes, &facts, 512, 80).unwrap());
        assert_eq!(
            small.width().max(small.height()),
            512.min(facts.width.max(facts.height)),
            "{path:?} {facts:?}"
        );
    }
}

#[test]
fn grey_progressive_and_cmyk_jpegs_open() {
    let picture = quarters(200, 120);
    let progressive = encode(picture.as_raw(), (200, 120), ColorSpace::JCS_RGB, true);
    assert!(
        mean(&thumb(&progressive, 200).unwrap(), &picture) < 2.0,
        "progressive looks the same"
    );

    let grey: Vec<u8> = picture.pixels().map(|p| p.0[1]).collect();
    let seen = thumb(&encode(&grey, (200, 120), ColorSpace::JCS_GRAYSCALE, false), 100).unwrap();
    assert!(
        near(seen.get_pixel(10, 10), [20; 3]),
        "grey stays grey: {:?}",
        seen.get_pixel(10, 10)
    );

    // What Photoshop writes: an Adobe marker, and the light that is left instead of the ink.
    let cmyk: Vec<u8> = picture
        .pixels()
        .flat_map(|p| [p.0[0], p.0[1], p.0[2], 255])
        .collect();
    for colours in [ColorSpace::JCS_CMYK, ColorSpace::JCS_YCCK] {
        let seen = thumb(&encode(&cmyk, (200, 120), colours, false), 200).unwrap();
        assert!(
            mean(&seen, &picture) < 4.0,
            "{colours:?} has the right colours: {}",
            mean(&seen, &picture)
        );
    }
}

#[test]
fn webp_gif_and_every_kind_of_png_open() {
    let lossy = "52494646500000005745425056503820440000001002009d012a0800040002c04c25a802747200abffdc0005c000fef23bfc307fb7fdac3f6bfc53b88bfffd687f9dfe29dc45ff3d0ffc1afdbca523737f70fdbca51ae000";
    let interlaced = "89504e470d0a1a0a0000000d49484452000000080000000408020000014ba8d931000000274944415408d755cab11100400884c0f5fbeff90cfc40c918101081d468098e3c8b5fac3e9c6bd30acd0a01950d8c900000000049454e44ae426082";
    let palette = "89504e470d0a1a0a0000000d494844520000000800000004080300000084138ec200000006504c5445ff00000000ff6ca1fd8e000000114944415408d763600002462060c0cd000001240011dabb338b0000000049454e44ae426082";
    for (name, format, file) in [
        ("lossy WebP", Format::Webp, lossy),
        ("interlaced PNG", Format::Png, interlaced),
        ("palette PNG", Format::Png, palette),
    ] {
        let facts = probe(&hex(file)).unwrap();
        assert_eq!(
            (facts.format, facts.width, facts.height),
            (format, 8, 4),
            "{name}"
        );
        let seen = thumb(&hex(file), 512).unwrap();
        assert_eq!(seen.dimensions(), (8, 4), "{name} is not enlarged");
        let (left, right) = (seen.get_pixel(0, 1).0, seen.get_pixel(7, 1).0);
        assert!(
            left[0] > 200 && left[2] < 70 && right[2] > 200 && right[0] < 70,
            "{name} is red, then blue: {left:?} {right:?}"
        );
    }
    let picture = quarters(96, 64);
    let dynamic = image::DynamicImage::from(picture.clone());
    for (format, kind) in [
        (image::ImageFormat::WebP, Format::Webp),
        (image::ImageFormat::Png, Format::Png),
        (image::ImageFormat::Gif, Format::Gif),
    ] {
        let mut file = std::io::Cursor::new(Vec::new());
        dynamic.write_to(&mut file, format).unwrap();
        assert_eq!(probe(file.get_ref()).unwrap().format, kind);
        assert!(
            mean(&thumb(file.get_ref(), 96).unwrap(), &picture) < 3.0,
            "{kind:?} looks the same"
        );
    }
    let mut file = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(dynamic.to_rgb16())
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    assert!(
        mean(&thumb(file.get_ref(), 96).unwrap(), &picture) < 2.0,
        "16 bits look the same"
    );
}

#[test]
fn what_is_transparent_turns_white() {
    let clear = image::RgbaImage::from_fn(64, 64, |x, _| {
        image::Rgba(if x < 32 { [0, 0, 0, 0] } else { [0, 0, 0, 128] })
    });
    for format in [image::ImageFormat::Png, image::ImageFormat::WebP] {
        let mut file = std::io::Cursor::new(Vec::new());
        image::DynamicImage::from(clear.clone())
            .write_to(&mut file, format)
            .unwrap();
        let seen = thumb(file.get_ref(), 64).unwrap();
        assert!(near(seen.get_pixel(4, 4), [255; 3]), "clear is white, not black");
        assert!(near(seen.get_pixel(60, 60), [127; 3]), "half black is grey");
    }
}

#[test]
fn a_scaled_decode_shows_what_a_full_one_would() {
    let picture = quarters(1600, 1200);
    let small = image::imageops::thumbnail(&picture, 200, 150);
    let seen = thumb(&jpeg(&picture), 200).unwrap();
    assert!(mean(&seen, &small) < 2.5, "{}", mean(&seen, &small));
    assert!(far(&seen, &small) < 255);
}

#[test]
fn a_scaled_decode_does_not_shift_the_far_edge() {
    // An eighth of 1609 is 201.125: the decoder gives 202 columns, the last of them mostly past the picture.
    let picture = image::RgbImage::from_fn(1609, 1215, |x, y| {
        let wave = (f64::from(x) / 24.0).sin() + (f64::from(y) / 24.0).sin();
        image::Rgb([(127.0 + 60.0 * wave).round() as u8; 3])
    });
    let exact = image::imageops::resize(&picture, 200, 151, image::imageops::FilterType::Lanczos3);
    let seen = thumb(&jpeg(&picture), 200).unwrap();
    assert!(mean(&seen, &exact) < 1.5, "{}", mean(&seen, &exact));
}

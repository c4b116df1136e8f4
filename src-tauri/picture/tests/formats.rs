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

use caoben_picture::{Format, PictureError, intake, is_clip, probe, thumbnail};
use image::imageops::{crop_imm, flip_vertical, rotate90, rotate270};
use image::{ImageFormat, RgbImage};
use make::{drawing, encoded, fixture, jpeg, mean, open, orientation, thumb, with_exif, with_segment};

#[test]
fn an_iphone_photo_of_tiles_stands_upright_once() {
    let file = fixture("phone.heic");
    let facts = probe(&file).unwrap();
    assert_eq!(
        (facts.format, facts.width, facts.height, facts.orientation),
        (Format::Heic, 124, 186, 6)
    );
    assert_eq!(facts.camera.as_deref(), Some("Apple iPhone 15 Pro"));
    assert_eq!(facts.lens.as_deref(), Some("iPhone 15 Pro back camera"));
    let taken = facts.taken_at.unwrap();
    assert_eq!(
        (taken.year, taken.hour, taken.offset_minutes),
        (2026, 8, Some(480))
    );
    assert!(facts.has_gps && !facts.moving);
    let upright = rotate90(&crop_imm(&drawing(), 0, 0, 186, 124).to_image());
    for side in [186, 90, 40] {
        let seen = thumb(&file, side).unwrap();
        let right = image::imageops::thumbnail(&upright, seen.width(), seen.height());
        // Its colours are wider than drawn here, so they agree in place, not in value; turned twice it would be 90 and more.
        assert!(mean(&seen, &right) < 20.0, "at {side}: {}", mean(&seen, &right));
        let corner = |x: u32, y: u32| seen.get_pixel(x, y).0;
        let (w, h) = seen.dimensions();
        assert!(
            corner(w - 3, 2)[0] > 150 && corner(w - 3, 2)[1] < 90,
            "red is up right"
        );
        assert!(corner(2, 2)[2] > 150 && corner(2, 2)[0] < 90, "blue is up left");
        assert!(
            corner(w - 3, h - 3)[1] > 120 && corner(w - 3, h - 3)[0] < 90,
            "green is down right"
        );
    }
}

#[test]
fn turns_mirrors_and_crops_of_heif_are_applied_in_their_order() {
    let mirrored = flip_vertical(&rotate270(&drawing()));
    let seen = thumb(&fixture("mirror.heic"), 192).unwrap();
    assert_eq!(seen.dimensions(), (128, 192));
    assert!(mean(&seen, &mirrored) < 4.0, "HEIC: {}", mean(&seen, &mirrored));
    let facts = probe(&fixture("crop.heic")).unwrap();
    assert_eq!((facts.width, facts.height), (96, 64));
    let seen = thumb(&fixture("crop.heic"), 192).unwrap();
    let corner = crop_imm(&drawing(), 0, 0, 96, 64).to_image();
    assert!(
        mean(&seen, &corner) < 4.0,
        "only the red quarter: {}",
        mean(&seen, &corner)
    );
}

#[test]
fn a_raw_file_built_as_a_tiff_is_named_not_misread() {
    let preview = encoded(&drawing(), ImageFormat::Tiff);
    assert_eq!(probe(&preview).unwrap().format, Format::Tiff);
    // A directory below the first that holds the mosaic of a sensor, as cameras put it beside a preview.
    let raw = |maker: &[u8], tag: u16, value: u16| {
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            [
                &tag.to_le_bytes()[..],
                &kind.to_le_bytes(),
                &count.to_le_bytes(),
                &value.to_le_bytes(),
            ]
            .concat()
        };
        let first = [
            entry(256, 4, 1, 160),
            entry(257, 4, 1, 120),
            entry(259, 3, 1, 1),
            entry(262, 3, 1, 2),
            entry(271, 2, u32::try_from(maker.len()).unwrap(), 200),
            entry(330, 4, 1, 120),
        ];
        let mut file = [
            &b"II*\0\x08\0\0\0"[..],
            &6_u16.to_le_bytes(),
            &first.concat(),
            &[0; 4],
        ]
        .concat();
        file.resize(120, 0);
        file.extend([&1_u16.to_le_bytes()[..], &entry(tag, 3, 1, value.into()), &[0; 4]].concat());
        file.resize(200, 0);
        file.extend(maker);
        file
    };
    for (maker, tag, value, name) in [
        (&b"NIKON CORPORATION\0"[..], 262, 32803, "NEF"),
        (b"SONY\0AAA", 259, 32767, "ARW"),
        (b"Leica Camera AG\0", 262, 34892, "RWL"),
        (b"Somebody else\0", 262, 32803, "RAW"),
    ] {
        assert_eq!(
            probe(&raw(maker, tag, value)),
            Err(PictureError::Unsupported(name))
        );
    }
    assert_eq!(
        probe(&raw(b"NIKON\0AAA", 262, 2)).unwrap().format,
        Format::Tiff,
        "without a mosaic it is a picture"
    );
    let mut dng = raw(b"Apple\0AAA", 262, 2);
    dng[10 + 12 * 2..10 + 12 * 2 + 2].copy_from_slice(&50706_u16.to_le_bytes());
    assert_eq!(probe(&dng), Err(PictureError::Unsupported("DNG")));
    assert_eq!(
        probe(b"II*\0\x10\0\0\0CR\x02\0\0\0\0\0\0\0"),
        Err(PictureError::Unsupported("CR2"))
    );
}

#[test]
fn motion_photos_and_mpos_show_their_still_and_say_that_they_move() {
    let still = jpeg(&drawing());
    let packet = |text: &str| [b"http://ns.adobe.com/xap/1.0/\0", text.as_bytes()].concat();
    let google = with_segment(
        &still,
        0xE1,
        &packet("<rdf:Description GCamera:MotionPhoto=\"1\"/>"),
    );
    let google = [google, fixture("hevc.mp4")].concat();
    let samsung = {
        let clip = fixture("hevc.mp4");
        let size = u32::try_from(clip.len()).unwrap();
        let mut file = [still.clone(), clip].concat();
        file.extend([b"SEFH", &107_u32.to_le_bytes()[..], &1_u32.to_le_bytes()].concat());
        file.extend([&[0, 0, 0x30, 0x0A][..], &size.to_le_bytes(), &size.to_le_bytes()].concat());
        file.extend([&24_u32.to_le_bytes()[..], b"SEFT"].concat());
        file
    };
    let views = |kind: u32| {
        let mut index = b"MPF\0II*\0\x08\0\0\0\x01\0\x02\xB0\x07\0".to_vec();
        index.extend([32_u32.to_le_bytes(), 26_u32.to_le_bytes(), [0; 4]].concat());
        for _ in 0..2 {
            index.extend([&kind.to_le_bytes()[..], &[0; 12]].concat());
        }
        [with_segment(&still, 0xE2, &index), still.clone()].concat()
    };
    for (name, file) in [
        ("Google's", google),
        ("Samsung's", samsung),
        ("MPO", views(0x0002_0002)),
    ] {
        let taken = intake(&file).unwrap();
        assert!(taken.facts.moving, "{name} moves");
        assert!(
            mean(&open(&taken.thumbnail), &drawing()) < 3.0,
            "{name} shows its still"
        );
    }
    for (name, file) in [
        ("a plain photo", still.clone()),
        ("a large preview", views(0x0001_0001)),
        (
            "a packet that says no",
            with_segment(&still, 0xE1, &packet("GCamera:MotionPhoto=\"0\"")),
        ),
    ] {
        assert!(!probe(&file).unwrap().moving, "{name} does not move");
    }
    assert!(probe(&fixture("motion.heic")).unwrap().moving);
    assert!(thumb(&fixture("motion.heic"), 64).is_ok());
}

#[test]
fn the_content_decides_whatever_the_file_is_called() {
    for (name, format) in [
        ("phone.heic", Format::Heic),
        ("p3.avif", Format::Avif),
        ("lzw.tif", Format::Tiff),
    ] {
        assert_eq!(probe(&fixture(name)).unwrap().format, format);
        assert!(!is_clip(&fixture(name)), "{name} is no clip");
    }
    assert!(is_clip(&fixture("turned.mov")[..64]) && is_clip(&fixture("hevc.mp4")[..64]));
    assert!(
        !is_clip(b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom") && !is_clip(&jpeg(&drawing())) && !is_clip(b"")
    );
}

/// How the hashes in libraries were made before: from the thumbnail, by way of a second JPEG.
fn old_print(thumbnail_file: &[u8]) -> u64 {
    let facts = probe(thumbnail_file).unwrap();
    let small = thumbnail(thumbnail_file, &facts, 64, 95).unwrap();
    let small = image::load_from_memory(&small).unwrap();
    let grey = small
        .resize_exact(9, 8, image::imageops::FilterType::Triangle)
        .into_luma8();
    let rows = grey.rows().map(|row| row.map(|p| p.0[0]).collect::<Vec<_>>());
    rows.flat_map(|row| row.windows(2).map(|pair| pair[0] > pair[1]).collect::<Vec<_>>())
        .fold(0, |print, bit| print << 1 | u64::from(bit))
}

#[test]
fn intake_is_facts_thumbnail_and_hash_of_one_decoding() {
    let scene = |n: u32| {
        RgbImage::from_fn(1400, 1000, |x, y| {
            let wave = |a: u32, b: u32| {
                let (x, y) = (f64::from(x * a) / 900.0, f64::from(y * b) / 700.0);
                (127.0 + 60.0 * (x + f64::from(n)).sin() + 60.0 * (y * 1.7 - f64::from(n * n)).cos()) as u8
            };
            image::Rgb([wave(3, 2 + n), wave(1 + n, 4), wave(5, 3)])
        })
    };
    let mut prints = Vec::new();
    for n in 0..6 {
        let file = with_exif(&jpeg(&scene(n)), &orientation(6));
        let taken = intake(&file).unwrap();
        let facts = probe(&file).unwrap();
        assert_eq!(taken.facts, facts);
        assert_eq!(
            taken.thumbnail,
            thumbnail(&file, &facts, 512, 80).unwrap(),
            "the same thumbnail as alone"
        );
        let print = taken.print.unwrap().cast_unsigned();
        let apart = (print ^ old_print(&taken.thumbnail)).count_ones();
        assert!(apart <= 3, "picture {n}: {apart} bits from the hash of before");
        prints.push(print);
        // A smaller and worse copy is still the same picture.
        let copy = jpeg(&image::imageops::thumbnail(&scene(n), 600, 428));
        let copy = intake(&with_exif(&copy, &orientation(6)))
            .unwrap()
            .print
            .unwrap()
            .cast_unsigned();
        assert!((print ^ copy).count_ones() <= 6, "a copy of {n} is near");
    }
    assert!(
        (prints[0] ^ prints[3]).count_ones() > 6,
        "different pictures are not"
    );
    let wall = RgbImage::from_pixel(300, 300, image::Rgb([200, 190, 180]));
    assert_eq!(
        intake(&jpeg(&wall)).unwrap().print,
        None,
        "a plain wall looks like every other"
    );
}

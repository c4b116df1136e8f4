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

use caoben_picture::{PictureError, probe, thumbnail};
use make::{encode, jpeg, quarters, thumb};
use mozjpeg::ColorSpace;

#[test]
fn a_jpeg_cut_at_any_sixteenth_is_truncated() {
    let picture = quarters(640, 480);
    for file in [
        jpeg(&picture),
        encode(picture.as_raw(), (640, 480), ColorSpace::JCS_RGB, true),
    ] {
        let facts = probe(&file).unwrap();
        for n in 1..16 {
            let part = &file[..file.len() * n / 16];
            for side in [64, 512] {
                assert_eq!(
                    thumbnail(part, &facts, side, 80),
                    Err(PictureError::Truncated),
                    "{n}/16 of it at {side}"
                );
            }
        }
    }
}

#[test]
fn a_download_filled_up_with_zeros_is_truncated() {
    let mut file = jpeg(&quarters(640, 480));
    let half = file.len() / 2;
    file[half..].fill(0);
    assert_eq!(thumb(&file, 512), Err(PictureError::Truncated));
}

#[test]
fn bytes_behind_the_end_of_a_jpeg_do_no_harm() {
    let file = jpeg(&quarters(320, 240));
    for tail in [
        vec![0; 5000],
        b"SEFT and other makers' notes".to_vec(),
        file.clone(),
        vec![0xFF],
    ] {
        assert!(thumb(&[file.as_slice(), &tail].concat(), 512).is_ok());
    }
}

#[test]
fn cut_pngs_gifs_and_webps_are_truncated_too() {
    // Noise, so that nothing can be whole before the file's end.
    let mut seed = 1_u32;
    let noise = image::RgbImage::from_fn(64, 64, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = seed.to_be_bytes();
        image::Rgb([a, b, c])
    });
    for format in [
        image::ImageFormat::Png,
        image::ImageFormat::Gif,
        image::ImageFormat::WebP,
    ] {
        let mut file = std::io::Cursor::new(Vec::new());
        image::DynamicImage::from(noise.clone())
            .write_to(&mut file, format)
            .unwrap();
        let file = file.into_inner();
        let facts = probe(&file).unwrap();
        for n in 1..16 {
            let made = thumbnail(&file[..file.len() * n / 16], &facts, 64, 80);
            assert!(
                matches!(made, Err(PictureError::Truncated | PictureError::Damaged(_))),
                "{format:?} {n}/16: {:?}",
                made.map(|m| m.len())
            );
        }
    }
}

#[test]
fn a_bomb_is_refused_by_its_header_alone() {
    let bomb = |w: u32, h: u32| {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        file.extend([w.to_be_bytes(), h.to_be_bytes()].concat());
        file.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        file
    };
    assert_eq!(
        probe(&bomb(30_000, 30_000)),
        Err(PictureError::TooLarge {
            width: 30_000,
            height: 30_000
        })
    );
    assert_eq!(
        probe(&bomb(1, 65_001)),
        Err(PictureError::TooLarge {
            width: 1,
            height: 65_001
        })
    );
    assert!(matches!(probe(&bomb(0, 5)), Err(PictureError::Damaged(_))));
    // Facts kept from another file do not open the door.
    let facts = probe(&jpeg(&quarters(32, 32))).unwrap();
    assert!(matches!(
        thumbnail(&bomb(30_000, 30_000), &facts, 512, 80),
        Err(PictureError::TooLarge { .. })
    ));
    let mut gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0".to_vec();
    gif.extend([0; 20]);
    assert!(matches!(probe(&gif), Err(PictureError::TooLarge { .. })));
}

#[test]
fn a_small_progressive_jpeg_cannot_claim_memory_for_its_coefficients() {
    let picture = quarters(64, 64);
    let mut file = encode(picture.as_raw(), (64, 64), ColorSpace::JCS_RGB, true);
    let frame = file.windows(2).position(|w| w == [0xFF, 0xC2]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0x36, 0xB0, 0x36, 0xB0]);
    assert_eq!(
        thumb(&file, 512),
        Err(PictureError::Truncated),
        "so few bytes cannot say anything of so many blocks"
    );
    // Four colours of full size: more than the largest picture in three may have.
    let ink = vec![0; 64 * 64 * 4];
    let mut file = encode(&ink, (64, 64), ColorSpace::JCS_CMYK, true);
    let frame = file.windows(2).position(|w| w == [0xFF, 0xC2]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0x36, 0xB0, 0x36, 0xB0]);
    assert_eq!(
        thumb(&file, 512),
        Err(PictureError::TooLarge {
            width: 14_000,
            height: 14_000
        })
    );
}

#[test]
fn empty_files_and_other_files_have_their_own_errors() {
    assert_eq!(probe(b""), Err(PictureError::Empty));
    assert_eq!(
        probe(b"just a text, though it is called photo.jpg"),
        Err(PictureError::NotAPicture)
    );
    assert_eq!(probe(&[0xFF, 0xD8, 0xFF]), Err(PictureError::Truncated));
    assert_eq!(probe(&[0xFF, 0xD8]), Err(PictureError::NotAPicture));
}

#[test]
fn no_changed_byte_takes_the_program_down() {
    let picture = quarters(48, 40);
    let mut files = vec![
        jpeg(&picture),
        encode(picture.as_raw(), (48, 40), ColorSpace::JCS_RGB, true),
    ];
    for format in [
        image::ImageFormat::Png,
        image::ImageFormat::Gif,
        image::ImageFormat::WebP,
    ] {
        let mut file = std::io::Cursor::new(Vec::new());
        image::DynamicImage::from(picture.clone())
            .write_to(&mut file, format)
            .unwrap();
        files.push(file.into_inner());
    }
    for file in files {
        for at in 0..file.len().min(700) {
            for change in [0x00, 0xFF, 0x80] {
                let mut broken = file.clone();
                broken[at] ^= change ^ 0x01;
                let _ = thumb(&broken, 40);
            }
        }
    }
}

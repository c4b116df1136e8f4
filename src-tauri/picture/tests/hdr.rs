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

use std::io::Cursor;

use caoben_picture::{clip, probe};
use heifer_isobmff::HeifFile;
use heifer_isobmff::boxes::{ColorInfo, HevcConfig};
use heifer_isobmff::writer::{HeifWriter, ImageSpec};
use image::{ImageFormat, Rgb, RgbImage};
use make::hdr::{self, Transfer, patches};
use make::icc::{self, DISPLAY_P3};
use make::{drawing, encoded, fixture, jpeg, mean, open, thumb, with_chunk, with_profile};

/// The middle of each patch against the book. Beside the mean goes the largest difference, with the patch it belongs to.
fn compare(seen: &RgbImage, transfer: Transfer) -> (f64, u8, usize) {
    assert_eq!(seen.dimensions(), (128, 64));
    let (mut sum, mut worst) = (0, (0, 0));
    for (n, patch) in patches().into_iter().enumerate() {
        let right = hdr::in_srgb(transfer, patch);
        let (x, y) = (n as u32 % 8 * 16 + 8, n as u32 / 8 * 16 + 8);
        for (a, b) in seen.get_pixel(x, y).0.into_iter().zip(right) {
            sum += u32::from(a.abs_diff(b));
            worst = worst.max((a.abs_diff(b), n));
        }
    }
    (f64::from(sum) / 96.0, worst.0, worst.1)
}

fn shows(what: &str, seen: &RgbImage, transfer: Transfer) {
    let (mean, worst, patch) = compare(seen, transfer);
    // Shadows of BT.2020 outside sRGB are clipped at the end, and coding errors grow there.
    assert!(
        mean < 2.0 && worst < 12,
        "{what}: mean {mean}, worst {worst} at patch {patch}"
    );
}

/// The patches as a PNG of 16 or 8 bits that tells these code points.
fn png(deep: bool, primaries: u8, transfer: u8) -> Vec<u8> {
    let patch = |x: u32, y: u32| patches()[(y / 16 * 8 + x / 16) as usize];
    let file = if deep {
        let picture = image::ImageBuffer::<Rgb<u16>, _>::from_fn(128, 64, |x, y| {
            Rgb(patch(x, y).map(|v| (v * 65535.0).round() as u16))
        });
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, ImageFormat::Png).unwrap();
        file.into_inner()
    } else {
        let picture = RgbImage::from_fn(
            128,
            64,
            |x, y| Rgb(patch(x, y).map(|v| (v * 255.0).round() as u8)),
        );
        encoded(&picture, ImageFormat::Png)
    };
    with_chunk(&file, b"cICP", &[primaries, transfer, 0, 1])
}

#[test]
fn pq_and_hlg_come_out_as_sdr_by_the_book() {
    for (transfer, code, name) in [
        (Transfer::Pq, 16, "BT.2020 PQ"),
        (Transfer::Hlg, 18, "BT.2020 HLG"),
    ] {
        let name = Some(name.to_owned());
        let heic = heic_of_clip(code.into());
        assert_eq!(probe(&heic).unwrap().profile, name);
        shows("HEIC", &thumb(&heic, 128).unwrap(), transfer);
        let deep = png(true, 9, code);
        assert_eq!(probe(&deep).unwrap().profile, name);
        shows("PNG of 16 bits", &thumb(&deep, 128).unwrap(), transfer);
        shows(
            "PNG of 8 bits",
            &thumb(&png(false, 9, code), 128).unwrap(),
            transfer,
        );
        let sdr = thumb(&png(true, 9, 13), 128).unwrap();
        let untreated = compare(&sdr, transfer).0;
        assert!(
            untreated > 6.0,
            "{name:?} taken for SDR is another picture: {untreated}"
        );
    }
    shows("AVIF", &thumb(&fixture("hlg.avif"), 128).unwrap(), Transfer::Hlg);
    let poster = clip::poster(Cursor::new(fixture("hlg.mp4"))).unwrap().unwrap();
    shows("a clip's poster", &open(&poster), Transfer::Hlg);
}

#[test]
fn reference_white_is_nearly_white_and_grey_stays_grey() {
    let file = png(true, 9, 16);
    let seen = thumb(&file, 128).unwrap();
    let at = |n: u32| seen.get_pixel(n % 8 * 16 + 8, n / 8 * 16 + 8).0;
    // 203 cd/m² is 0.58 of PQ: diffuse white, bright without being burnt.
    assert!((215..=245).contains(&at(6)[1]), "{:?}", at(6));
    assert!(
        at(11).iter().all(|v| *v >= 254),
        "the brightest is white: {:?}",
        at(11)
    );
    assert!(at(0).iter().all(|v| *v <= 1), "black is black: {:?}", at(0));
    let rising = (1..12).all(|n| at(n)[1] > at(n - 1)[1] || at(n)[1] == 255);
    assert!(rising, "no two steps of the highlights become one before white");
    for n in 0..12 {
        let [r, g, b] = at(n);
        assert!(r.abs_diff(g).max(g.abs_diff(b)) <= 3, "grey {n}: {:?}", at(n));
    }
}

#[test]
fn a_profile_that_says_pq_is_read_as_pq() {
    let picture = image::load_from_memory(&png(false, 1, 13)).unwrap().into_rgb8();
    let coded = icc::with_code_points(icc::profile(hdr::BT_2020), 9, 16);
    let file = with_profile(&jpeg(&picture), &coded, 60_000);
    assert_eq!(probe(&file).unwrap().profile.as_deref(), Some("BT.2020 PQ"));
    let (mean, ..) = compare(&thumb(&file, 128).unwrap(), Transfer::Pq);
    assert!(mean < 4.0, "eight bits, twice through JPEG: {mean}");
    let sdr = icc::with_code_points(icc::profile(DISPLAY_P3), 12, 13);
    let file = with_profile(&jpeg(&picture), &sdr, 60_000);
    assert_eq!(
        probe(&file).unwrap().profile.as_deref(),
        Some("Display P3"),
        "code points of SDR leave the profile its say"
    );
}

#[test]
fn a_picture_of_ordinary_range_is_untouched() {
    let picture = drawing();
    for (primaries, transfer) in [(1, 13), (1, 1), (2, 2), (1, 6)] {
        let file = with_chunk(
            &encoded(&picture, ImageFormat::Png),
            b"cICP",
            &[primaries, transfer, 0, 1],
        );
        let plain = thumb(&encoded(&picture, ImageFormat::Png), 192).unwrap();
        assert_eq!(thumb(&file, 192).unwrap(), plain, "{primaries}/{transfer}");
    }
    // Ten bits alone are no high dynamic range.
    assert!(mean(&thumb(&fixture("ten.heic"), 192).unwrap(), &drawing()) < 4.0);
}

/// The first picture of the clip as a HEIC of its own: the same samples, called what one likes.
fn heic_of_clip(transfer: u16) -> Vec<u8> {
    let clip = fixture("hlg.mp4");
    let content = |kind: &[u8; 4]| {
        let at = clip.windows(4).position(|w| w == kind).unwrap();
        let length = u32::from_be_bytes(clip[at - 4..at].try_into().unwrap()) as usize;
        &clip[at + 4..at - 4 + length]
    };
    let config = HevcConfig::parse(content(b"hvcC")).unwrap();
    // Behind the messages comes the one slice of the first picture.
    let slice = units(content(b"mdat"))
        .into_iter()
        .find(|unit| unit[0] >> 1 < 32)
        .unwrap();
    let mut file = HeifWriter::new();
    file.add_image(&ImageSpec {
        color: Some(ColorInfo::Nclx {
            primaries: 9,
            transfer,
            matrix: 9,
            full_range: false,
        }),
        ..ImageSpec::new(128, 64, config, &[slice])
    });
    file.finish()
}

fn units(mut data: &[u8]) -> Vec<Vec<u8>> {
    let mut units = Vec::new();
    while !data.is_empty() {
        let length = u32::from_be_bytes(data[..4].try_into().unwrap()) as usize;
        units.push(data[4..4 + length].to_vec());
        data = &data[4 + length..];
    }
    units
}

/// The one coded picture of a fixture, ready to be put in another container.
fn coded(name: &str) -> (HevcConfig, Vec<Vec<u8>>, (u32, u32)) {
    let bytes = fixture(name);
    let file = HeifFile::parse(&bytes).unwrap();
    let config = file.hevc_config(file.primary_id).unwrap().unwrap().clone();
    let units = units(&file.item_data(file.primary_id).unwrap());
    (config, units, file.image_size(file.primary_id).unwrap().unwrap())
}

#[test]
fn a_gain_map_beside_or_above_the_picture_is_not_applied() {
    let (config, units, (width, height)) = coded("alpha.heic");
    let base = ImageSpec::new(width, height, config, &units);
    let (config, other, (w, h)) = coded("ten.heic");
    let alone = {
        let mut file = HeifWriter::new();
        file.add_image(&base);
        thumb(&file.finish(), 192).unwrap()
    };
    // As iPhones write it: an auxiliary picture beside the one that is shown.
    let mut apple = HeifWriter::new();
    let shown = apple.add_image(&base);
    let map = ImageSpec {
        auxiliary_type: Some("urn:com:apple:photo:2020:aux:hdrgainmap"),
        hidden: true,
        ..ImageSpec::new(w, h, config.clone(), &other)
    };
    let id = apple.add_image(&map);
    apple.add_reference(*b"auxl", id, &[shown]);
    assert_eq!(thumb(&apple.finish(), 192).unwrap(), alone, "Apple's");
    // ISO 21496-1: a picture made of the base and the map; the file's main one, or only an alternative to it.
    for primary in [false, true] {
        let mut iso = HeifWriter::new();
        let shown = iso.add_image(&base);
        let map = ImageSpec {
            auxiliary_type: None,
            ..map.clone()
        };
        let id = iso.add_image(&map);
        let hdr = ColorInfo::Nclx {
            primaries: 9,
            transfer: 16,
            matrix: 9,
            full_range: true,
        };
        let toned = iso.add_tmap(shown, id, width, height, Some(&hdr), &[0; 62]);
        if primary {
            iso.set_primary(toned);
        }
        let file = iso.finish();
        assert_eq!(
            probe(&file).unwrap().profile,
            None,
            "the base has no high dynamic range"
        );
        assert_eq!(thumb(&file, 192).unwrap(), alone, "ISO's, main: {primary}");
    }
}

#[test]
fn a_heic_with_a_profile_comes_out_as_srgb() {
    let (config, units, (width, height)) = coded("mirror.heic");
    let with = |profile: Option<Vec<u8>>, nclx: bool| {
        let mut file = HeifWriter::new();
        let id = file.add_image(&ImageSpec {
            color: nclx.then_some(ColorInfo::Nclx {
                primaries: 1,
                transfer: 13,
                matrix: 6,
                full_range: true,
            }),
            ..ImageSpec::new(width, height, config.clone(), &units)
        });
        if let Some(profile) = profile {
            file.add_icc_profile(id, &profile);
        }
        file.finish()
    };
    for nclx in [false, true] {
        let stored = thumb(&with(None, nclx), 192).unwrap();
        for space in [DISPLAY_P3, icc::ADOBE] {
            let file = with(Some(icc::profile(space)), nclx);
            assert_eq!(probe(&file).unwrap().profile.as_deref(), Some(space.name));
            let seen = thumb(&file, 192).unwrap();
            let mut right = stored.clone();
            right
                .pixels_mut()
                .for_each(|pixel| *pixel = Rgb(icc::in_srgb(space, pixel.0)));
            let (error, unconverted) = (mean(&seen, &right), mean(&seen, &stored));
            assert!(
                error < 2.0 && unconverted > error + 1.5,
                "{} {nclx}: {error}, as stored {unconverted}",
                space.name
            );
        }
    }
}

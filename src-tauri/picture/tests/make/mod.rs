//! Small pictures made in memory, and how to look at the result.
#![allow(dead_code)]

pub mod hdr;
pub mod icc;

use caoben_picture::{PictureError, export, probe, thumbnail};
use image::RgbImage;
use mozjpeg::{ColorSpace, Compress};

/// A picture whose four quarters differ, so that every turn shows: red, green / blue, yellow. Softened by a slope.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let slope = u8::try_from(30 * x / width + 30 * y / height).unwrap();
        image::Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => [195 + slope, 20, 20],
            (false, true) => [20, 195 - slope, 20],
            (true, false) => [20, 20, 195 + slope],
            (false, false) => [220, 220, slope],
        })
    })
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    encode(picture.as_raw(), picture.dimensions(), ColorSpace::JCS_RGB, false)
}

pub fn encode(
    samples: &[u8],
    (width, height): (u32, u32),
    colours: ColorSpace,
    progressive: bool,
) -> Vec<u8> {
    // YCCK is made out of CMYK by the encoder.
    let given = if colours == ColorSpace::JCS_YCCK {
        ColorSpace::JCS_CMYK
    } else {
        colours
    };
    let mut encoder = Compress::new(given);
    encoder.set_fastest_defaults();
    if given != colours {
        encoder.set_color_space(colours);
    }
    if progressive {
        encoder.set_progressive_mode();
    }
    encoder.set_size(width as usize, height as usize);
    encoder.set_quality(92.0);
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    started.write_scanlines(samples).unwrap();
    started.finish().unwrap()
}

/// Puts an EXIF block behind the start marker of a JPEG.
pub fn with_exif(jpeg: &[u8], block: &[u8]) -> Vec<u8> {
    let length = u16::try_from(block.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, b"Exif\0\0", block, &jpeg[2..]].concat()
}

/// A value of an EXIF field.
pub enum Field {
    Short(u16),
    Text(&'static str),
    Degrees,
}

/// A little-endian TIFF block: image fields, then photo fields, then place fields.
pub fn tiff(image: &[(u16, Field)], photo: &[(u16, Field)], place: &[(u16, Field)]) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0".to_vec();
    let size = |fields: &[(u16, Field)]| 2 + 12 * fields.len() + 4;
    let image_size = size(image) + 24; // two pointers more
    let photo_at = 8 + image_size;
    let place_at = photo_at + size(photo);
    let mut tail_at = place_at + size(place);
    let mut tail = Vec::new();
    let mut directory = |fields: &[(u16, Field)], pointers: &[(u16, usize)]| {
        let mut out = u16::try_from(fields.len() + pointers.len())
            .unwrap()
            .to_le_bytes()
            .to_vec();
        for (tag, field) in fields {
            let (kind, count, data) = match field {
                Field::Short(n) => (3_u16, 1, n.to_le_bytes().to_vec()),
                Field::Text(text) => (2, text.len() + 1, [text.as_bytes(), b"\0"].concat()),
                Field::Degrees => (5, 3, [30_u32, 1, 15, 1, 0, 1].map(u32::to_le_bytes).concat()),
            };
            out.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            out.extend(u32::try_from(count).unwrap().to_le_bytes());
            if data.len() <= 4 {
                out.extend(data.iter().chain(&[0; 4]).take(4));
            } else {
                out.extend(u32::try_from(tail_at).unwrap().to_le_bytes());
                tail_at += data.len();
                tail.extend(data);
            }
        }
        for (tag, at) in pointers {
            out.extend([tag.to_le_bytes(), 4_u16.to_le_bytes()].concat());
            out.extend(
                [1_u32, u32::try_from(*at).unwrap()]
                    .map(u32::to_le_bytes)
                    .concat(),
            );
        }
        out.extend([0; 4]);
        out
    };
    block.extend(directory(image, &[(0x8769, photo_at), (0x8825, place_at)]));
    block.extend(directory(photo, &[]));
    block.extend(directory(place, &[]));
    block.extend(tail);
    block
}

/// A little-endian TIFF of one page: fields of 16-bit numbers, and its strips or tiles as they lie in the file. Their places are put in
/// by their own fields.
pub fn page(fields: &[(u16, &[u16])], pieces: &[Vec<u8>], tiled: bool) -> Vec<u8> {
    let (starts, lengths) = if tiled { (324, 325) } else { (273, 279) };
    let mut all: Vec<(u16, u16, Vec<u8>)> = fields
        .iter()
        .map(|(tag, values)| (*tag, 3, values.iter().flat_map(|v| v.to_le_bytes()).collect()))
        .collect();
    let head = 8 + 2 + 12 * (all.len() + 2) + 4;
    let longs = 4 * pieces.len();
    let spare: usize = all.iter().map(|(.., v)| v.len()).filter(|n| *n > 4).sum();
    let mut at = head + spare + if longs > 4 { 2 * longs } else { 0 };
    let mut places = Vec::new();
    for piece in pieces {
        places.extend(u32::try_from(at).unwrap().to_le_bytes());
        at += piece.len();
    }
    let sizes = pieces
        .iter()
        .flat_map(|p| u32::try_from(p.len()).unwrap().to_le_bytes());
    all.push((starts, 4, places));
    all.push((lengths, 4, sizes.collect()));
    all.sort_by_key(|(tag, ..)| *tag);
    let mut file = [
        &b"II*\0\x08\0\0\0"[..],
        &u16::try_from(all.len()).unwrap().to_le_bytes(),
    ]
    .concat();
    let mut tail: Vec<u8> = Vec::new();
    for (tag, kind, value) in &all {
        let count = value.len() / if *kind == 3 { 2 } else { 4 };
        file.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        file.extend(u32::try_from(count).unwrap().to_le_bytes());
        if value.len() <= 4 {
            file.extend(value.iter().chain(&[0; 4]).take(4));
        } else {
            file.extend(u32::try_from(head + tail.len()).unwrap().to_le_bytes());
            tail.extend(value);
        }
    }
    file.extend([0; 4]);
    file.extend(tail);
    pieces.iter().for_each(|piece| file.extend(piece));
    file
}

pub fn orientation(o: u16) -> Vec<u8> {
    tiff(&[(0x0112, Field::Short(o))], &[], &[])
}

pub fn thumb(bytes: &[u8], side: u32) -> Result<RgbImage, PictureError> {
    thumbnail(bytes, &probe(bytes)?, side, 95).map(|jpeg| open(&jpeg))
}

pub fn exported(bytes: &[u8], frame: &caoben_picture::Frame) -> Vec<u8> {
    export(bytes, &probe(bytes).unwrap(), frame).unwrap()
}

/// Decodes with the `image` crate, which shares no code with ours.
pub fn open(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory(jpeg)
        .expect("the result is a picture")
        .into_rgb8()
}

/// The largest difference of any channel.
pub fn far(a: &RgbImage, b: &RgbImage) -> u8 {
    assert_eq!(a.dimensions(), b.dimensions(), "the pictures have one size");
    a.as_raw()
        .iter()
        .zip(b.as_raw())
        .map(|(a, b)| a.abs_diff(*b))
        .max()
        .unwrap()
}

/// The mean difference over all channels.
pub fn mean(a: &RgbImage, b: &RgbImage) -> f64 {
    assert_eq!(a.dimensions(), b.dimensions(), "the pictures have one size");
    let sum: u64 = a
        .as_raw()
        .iter()
        .zip(b.as_raw())
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    sum as f64 / a.as_raw().len() as f64
}

pub fn near(pixel: &image::Rgb<u8>, rgb: [u8; 3]) -> bool {
    pixel.0.iter().zip(rgb).all(|(a, b)| a.abs_diff(b) <= 12)
}

pub fn hex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// A small file that the tests cannot make themselves; fixtures/README.md tells how each was made.
pub fn fixture(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(folder.join(name)).unwrap()
}

/// A file the fuzz target begins with: one very small one of every kind.
pub fn seed(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/seeds");
    std::fs::read(folder.join(name)).unwrap()
}

/// The drawing of the fixtures.
pub fn drawing() -> RgbImage {
    quarters(192, 128)
}

/// Puts a segment behind the start marker of a JPEG.
pub fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// Puts a profile into a JPEG, in parts of this many bytes.
pub fn with_profile(jpeg: &[u8], profile: &[u8], part: usize) -> Vec<u8> {
    let parts: Vec<&[u8]> = profile.chunks(part).collect();
    let count = u8::try_from(parts.len()).unwrap();
    // The first is put in last, so they lie in their order.
    (1..=count)
        .zip(&parts)
        .rev()
        .fold(jpeg.to_vec(), |file, (n, part)| {
            with_segment(&file, 0xE2, &[b"ICC_PROFILE\0", &[n, count][..], part].concat())
        })
}

/// Puts a chunk behind the header of a PNG.
pub fn with_chunk(png: &[u8], kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let checked = [kind, body].concat();
    let mut crc = !0_u32;
    for byte in &checked {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&png[..33], &length, &checked, &(!crc).to_be_bytes(), &png[33..]].concat()
}

pub fn encoded(picture: &RgbImage, format: image::ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(picture.clone())
        .write_to(&mut file, format)
        .unwrap();
    file.into_inner()
}

/// How often to try a broken file: more often, and other ones, where `CAOBEN_FUZZ` says a factor.
pub fn rounds(usual: usize) -> usize {
    let factor = std::env::var("CAOBEN_FUZZ").ok().and_then(|f| f.parse().ok());
    usual * factor.unwrap_or(1)
}

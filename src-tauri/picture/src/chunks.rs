//! Headers of the formats made of chunks: PNG, WebP, GIF.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{ImageDecoder, Limits};

use crate::colour::{Chart, Colour};
use crate::header::{Format, Header, take};

/// Bytes a packed colour profile may unpack to; the largest printing profiles have three million.
const MAX_PROFILE: u64 = 16 << 20;

pub(crate) fn png(bytes: &[u8]) -> Option<Header<'_>> {
    let mut rest = bytes.get(8..)?;
    let ihdr = take(&mut rest, 8 + 13 + 4)?;
    let width = u32::from_be_bytes(*ihdr.get(8..)?.first_chunk()?);
    let height = u32::from_be_bytes(*ihdr.get(12..)?.first_chunk()?);
    let mut header = Header::new(Format::Png, width, height);
    let (mut chart, mut profiled, mut srgb) = (Chart::default(), false, false);
    let mut coded = None;
    while let Some((kind, body)) = png_chunk(&mut rest) {
        match (kind, body) {
            (b"eXIf", _) => header.exif = Some(body.into()),
            (b"iCCP", _) => profiled = true,
            (b"sRGB", _) => srgb = true,
            (b"cICP", [primaries, transfer, ..]) => coded = Some((*primaries, *transfer)),
            (b"gAMA", _) => chart.gamma = body.first_chunk().map(|g| u32::from_be_bytes(*g)),
            (b"cHRM", _) => chart.points = points(body),
            _ => {}
        }
    }
    // The order in which the PNG specification lets them outrank each other.
    header.colour = match coded {
        Some((primaries, transfer)) => Colour::Coded {
            primaries: primaries.into(),
            transfer: transfer.into(),
        },
        None if profiled => {
            png_profile(bytes).map_or(Colour::Untold, |profile| Colour::Profile(profile.into()))
        }
        None if srgb => Colour::Untold,
        None => Colour::Chart(chart),
    };
    Some(header)
}

fn png_chunk<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let length = u32::from_be_bytes(*take(rest, 4)?.first_chunk()?);
    let kind = take(rest, 4)?;
    let body = take(rest, usize::try_from(length).ok()?)?;
    take(rest, 4)?; // checksum
    Some((kind, body))
}

/// White, red, green and blue as x and y, in hundred-thousandths.
fn points(body: &[u8]) -> Option<[u32; 8]> {
    let (numbers, _) = body.as_chunks::<4>();
    let numbers: Vec<u32> = numbers.iter().map(|n| u32::from_be_bytes(*n)).collect();
    numbers.try_into().ok()
}

fn png_profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_PROFILE);
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).ok()?;
    decoder.icc_profile().ok()?
}

pub(crate) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

pub(crate) fn webp(bytes: &[u8]) -> Option<Header<'_>> {
    let mut rest = bytes.get(12..)?;
    let (kind, body) = webp_chunk(&mut rest)?;
    let u24 = |at: usize| {
        body.get(at..at + 3)
            .map(|b| b.iter().rev().fold(0_u32, |n, b| n << 8 | u32::from(*b)))
    };
    let (width, height) = match kind {
        b"VP8X" => (u24(4)? + 1, u24(7)? + 1),
        b"VP8L" => {
            let bits = u32::from_le_bytes(*body.get(1..)?.first_chunk()?);
            ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        }
        // "VP8 ": a frame tag and a start code of three bytes each, then two 14-bit sides.
        _ => (u24(6)? & 0x3FFF, u24(8)? & 0x3FFF),
    };
    let mut header = Header::new(Format::Webp, width, height);
    while let Some((kind, body)) = webp_chunk(&mut rest) {
        match kind {
            // Some writers keep the JPEG prefix.
            b"EXIF" => header.exif = Some(body.strip_prefix(b"Exif\0\0").unwrap_or(body).into()),
            b"ICCP" => header.colour = Colour::Profile(body.into()),
            _ => {}
        }
    }
    Some(header)
}

/// The next chunk; one that is cut short gives what there is of it.
fn webp_chunk<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let kind = take(rest, 4)?;
    let length = usize::try_from(u32::from_le_bytes(*take(rest, 4)?.first_chunk()?)).ok()?;
    let body = take(rest, length.min(rest.len()))?;
    take(rest, length & 1);
    Some((kind, body))
}

pub(crate) fn gif(rest: &[u8]) -> Option<Header<'_>> {
    let [w0, w1, h0, h1] = *rest.first_chunk()?;
    let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
    Some(Header::new(Format::Gif, width.into(), height.into()))
}

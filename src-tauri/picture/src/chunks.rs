//! Headers of the formats made of chunks: PNG, WebP, GIF.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{ImageDecoder, Limits};

use crate::colour::{Chart, Colour};
use crate::header::{Format, Header, take};
use crate::notes::Block;

/// Bytes a packed colour profile may unpack to; the largest printing profiles have three million.
const MAX_PROFILE: u64 = 16 << 20;

/// Bytes the packed texts of a picture may unpack to, together.
const MAX_TEXTS: usize = 8 << 20;

pub(crate) fn png(bytes: &[u8]) -> Option<Header<'_>> {
    let mut rest = bytes.get(8..)?;
    let ihdr = take(&mut rest, 8 + 13 + 4)?;
    let width = u32::from_be_bytes(*ihdr.get(8..)?.first_chunk()?);
    let height = u32::from_be_bytes(*ihdr.get(12..)?.first_chunk()?);
    let mut header = Header::new(Format::Png, width, height);
    let (mut chart, mut profiled, mut srgb) = (Chart::default(), false, false);
    let mut coded = None;
    let mut room = MAX_TEXTS;
    header.short = true;
    while let Some((kind, body)) = png_chunk(&mut rest) {
        match (kind, body) {
            (b"eXIf", _) => header.blocks.push(Block::Exif(body.into())),
            (b"tEXt" | b"zTXt" | b"iTXt", _) => {
                let text = png_text(kind, body, &mut room);
                header
                    .blocks
                    .extend(text.and_then(|(name, text)| named(&name, text)));
            }
            (b"IEND", _) => header.short = false,
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

/// Name and content of a text chunk (PNG §11.3.3), unpacked as long as there is room.
fn png_text(kind: &[u8], body: &[u8], room: &mut usize) -> Option<(String, Vec<u8>)> {
    let end = body.iter().position(|byte| *byte == 0)?;
    let (name, rest) = (body.get(..end)?, body.get(end + 1..)?);
    let (packed, text) = match kind {
        b"tEXt" => (false, rest),
        b"zTXt" => (true, rest.get(1..)?),
        // Whether and how it is packed, then a language and the name in it.
        _ => {
            let mut parts = rest.get(2..)?.splitn(3, |byte| *byte == 0);
            (rest.first()? == &1, parts.nth(2)?)
        }
    };
    let text = if packed {
        miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(text, *room).ok()?
    } else {
        text.to_vec()
    };
    *room = room.checked_sub(text.len())?;
    Some((String::from_utf8_lossy(name).into_owned(), text))
}

/// What a text says of the picture. ImageMagick writes whole blocks as digits, behind their kind and their length.
fn named(name: &str, text: Vec<u8>) -> Option<Block<'static>> {
    let plain = |text: &[u8]| String::from_utf8_lossy(text).trim().to_owned();
    let Some(kind) = name.strip_prefix("Raw profile type ") else {
        return Some(match name {
            "XML:com.adobe.xmp" => Block::Xmp(text.into()),
            _ => Block::Word(name.to_owned(), plain(&text)),
        });
    };
    let text = plain(&text);
    let digits = text.splitn(3, '\n').nth(2)?.bytes().filter(u8::is_ascii_hexdigit);
    let digits: Vec<u8> = digits
        .map(|b| u8::try_from((b as char).to_digit(16).unwrap_or(0)).unwrap_or(0))
        .collect();
    let block: Vec<u8> = digits
        .as_chunks::<2>()
        .0
        .iter()
        .map(|[high, low]| high << 4 | low)
        .collect();
    let behind = |start: &[u8]| block.strip_prefix(start).map(<[u8]>::to_vec);
    match kind {
        "exif" | "APP1" | "app1" => Some(match behind(b"http://ns.adobe.com/xap/1.0/\0") {
            Some(packet) => Block::Xmp(packet.into()),
            None => Block::Exif(behind(b"Exif\0\0").unwrap_or(block).into()),
        }),
        "xmp" => Some(Block::Xmp(block.into())),
        "iptc" | "8bim" => Some(if block.starts_with(b"8BIM") {
            Block::Resources(block.into())
        } else {
            Block::Iptc(block.into())
        }),
        _ => None,
    }
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

/// Whether it is a BMP: its mark, and a header of a size that is known.
pub(crate) fn is_bmp(bytes: &[u8]) -> bool {
    let size = bytes
        .get(14..)
        .and_then(|rest| rest.first_chunk())
        .map(|size| u32::from_le_bytes(*size));
    bytes.starts_with(b"BM") && matches!(size, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}

pub(crate) fn bmp(bytes: &[u8]) -> Option<Header<'_>> {
    let number = |at: usize| {
        bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .map(|n| i32::from_le_bytes(*n))
    };
    let short = |at: usize| {
        bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .map(|n| u16::from_le_bytes(*n))
    };
    let (width, height) = if number(14)? == 12 {
        (short(18)?.into(), short(20)?.into())
    } else {
        // A negative height stands for rows from the top.
        (number(18)?.unsigned_abs(), number(22)?.unsigned_abs())
    };
    Some(Header::new(Format::Bmp, width, height))
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
            b"EXIF" => {
                let block = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
                header.blocks.push(Block::Exif(block.into()));
            }
            b"XMP " => header.blocks.push(Block::Xmp(body.into())),
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
    let mut header = Header::new(Format::Gif, width.into(), height.into());
    header
        .blocks
        .extend(gif_packet(rest).map(|packet| Block::Xmp(packet.into())));
    Some(header)
}

/// An XMP packet in a GIF: it lies there as it is, and a trail of falling numbers leads every reader out of it.
fn gif_packet(rest: &[u8]) -> Option<&[u8]> {
    let start = rest.windows(12).position(|w| w == b"\x0BXMP DataXMP")?;
    let packet = rest.get(start + 12..)?;
    let end = packet.windows(3).position(|w| w == [1, 0xFF, 0xFE])?;
    packet.get(..end)
}

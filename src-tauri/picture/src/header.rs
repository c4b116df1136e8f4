//! Format, size and EXIF block of a file, read from its first bytes and segment lengths alone: no decoder runs and nothing is allocated.

use crate::error::PictureError;

/// Largest number of pixels a file may declare (the largest phone sensors have 200 million).
pub const MAX_PIXELS: u64 = 200_000_000;
/// Longest side a file may declare, in pixels.
pub const MAX_SIDE: u32 = 65_000;
/// Bytes one decoder may hold for a whole picture.
pub const MAX_MEMORY: u64 = 512 << 20;

/// The formats that are read, told by the first bytes and never by the file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG, baseline or progressive, grey, colour or CMYK.
    Jpeg,
    /// PNG of any depth.
    Png,
    /// WebP, lossy or lossless; of an animation the first frame.
    Webp,
    /// GIF; of an animation the first frame.
    Gif,
}

/// What a file says about itself before decoding; width and height as stored, before orientation.
pub(crate) struct Header<'a> {
    pub format: Format,
    pub width: u32,
    pub height: u32,
    pub exif: Option<&'a [u8]>,
}

/// Reads the header and refuses what is no picture, of another format, or above the limits.
pub(crate) fn read(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let header = match bytes {
        [] => return Err(PictureError::Empty),
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes)?,
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, rest @ ..] => {
            png(rest).ok_or(PictureError::Truncated)?
        }
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            rest @ ..,
        ] => webp(rest).ok_or(PictureError::Truncated)?,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', rest @ ..] => gif(rest).ok_or(PictureError::Truncated)?,
        _ => return Err(foreign(bytes)),
    };
    let Header { width, height, .. } = header;
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged("no pixels declared".to_owned()));
    }
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    Ok(header)
}

/// Names the picture formats a phone or camera may hand over that are not read.
fn foreign(bytes: &[u8]) -> PictureError {
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => PictureError::Unsupported("AVIF"),
        [
            _,
            _,
            _,
            _,
            b'f',
            b't',
            b'y',
            b'p',
            b'h' | b'm',
            b'e' | b'i',
            b'i' | b'v' | b'f',
            ..,
        ] => PictureError::Unsupported("HEIC"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => PictureError::Unsupported("TIFF/RAW"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => PictureError::Unsupported("BMP"),
        _ => PictureError::NotAPicture,
    }
}

/// Cuts the first `n` bytes off.
fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, tail) = bytes.split_at_checked(n)?;
    *bytes = tail;
    Some(head)
}

/// Walks the segments up to the first scan. Lengths are trusted no further than the file reaches.
fn jpeg(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let mut rest = bytes;
    let (mut size, mut exif) = (None, None);
    loop {
        // Stray bytes between segments are skipped, as every decoder does.
        while rest.first().is_some_and(|b| *b != 0xFF) {
            rest = rest.get(1..).unwrap_or_default();
        }
        while rest.first() == Some(&0xFF) {
            rest = rest.get(1..).unwrap_or_default();
        }
        let Some(&[marker]) = take(&mut rest, 1).and_then(|b| b.first_chunk()) else {
            return Err(PictureError::Truncated);
        };
        if matches!(marker, 0 | 0x01 | 0xD0..=0xD8) {
            continue;
        }
        if marker == 0xD9 {
            return Err(PictureError::Damaged("no picture in the JPEG file".to_owned()));
        }
        let segment = take(&mut rest, 2)
            .and_then(|b| b.first_chunk())
            .and_then(|b| take(&mut rest, usize::from(u16::from_be_bytes(*b)).saturating_sub(2)))
            .ok_or(PictureError::Truncated)?;
        match (marker, segment) {
            (0xC0..=0xCF, [_, h0, h1, w0, w1, parts, ..]) if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let progressive = marker & 0b11 == 2;
                size = Some((
                    u16::from_be_bytes([*w0, *w1]),
                    u16::from_be_bytes([*h0, *h1]),
                    *parts,
                    progressive,
                ));
            }
            (0xE1, [b'E', b'x', b'i', b'f', 0, 0, block @ ..]) if exif.is_none() => exif = Some(block),
            (0xDA, [in_scan, ..]) => {
                let Some((width, height, parts, progressive)) = size else {
                    return Err(PictureError::Damaged("a JPEG scan without a frame".to_owned()));
                };
                let (width, height) = (u32::from(width), u32::from(height));
                // With several scans libjpeg keeps two bytes per coefficient of the whole picture, however small the output.
                let kept = u64::from(width) * u64::from(height) * u64::from(parts) * 2;
                if (progressive || *in_scan < parts) && kept > MAX_MEMORY {
                    return Err(PictureError::TooLarge { width, height });
                }
                return Ok(Header {
                    format: Format::Jpeg,
                    width,
                    height,
                    exif,
                });
            }
            _ => {}
        }
    }
}

fn png(mut rest: &[u8]) -> Option<Header<'_>> {
    let ihdr = take(&mut rest, 8 + 13 + 4)?;
    let width = u32::from_be_bytes(*ihdr.get(8..)?.first_chunk()?);
    let height = u32::from_be_bytes(*ihdr.get(12..)?.first_chunk()?);
    Some(Header {
        format: Format::Png,
        width,
        height,
        exif: png_exif(rest),
    })
}

fn png_exif(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let length = u32::from_be_bytes(*take(&mut rest, 4)?.first_chunk()?);
        let kind = take(&mut rest, 4)?;
        let body = take(&mut rest, usize::try_from(length).ok()?)?;
        if kind == b"eXIf" {
            return Some(body);
        }
        take(&mut rest, 4)?; // checksum
    }
}

fn webp(mut rest: &[u8]) -> Option<Header<'_>> {
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
    Some(Header {
        format: Format::Webp,
        width,
        height,
        exif: webp_exif(rest),
    })
}

/// The next chunk; one that is cut short gives what there is of it.
fn webp_chunk<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let kind = take(rest, 4)?;
    let length = usize::try_from(u32::from_le_bytes(*take(rest, 4)?.first_chunk()?)).ok()?;
    let body = take(rest, length.min(rest.len()))?;
    take(rest, length & 1);
    Some((kind, body))
}

fn webp_exif(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let (kind, body) = webp_chunk(&mut rest)?;
        if kind == b"EXIF" {
            // Some writers keep the JPEG prefix.
            return Some(body.strip_prefix(b"Exif\0\0").unwrap_or(body));
        }
    }
}

fn gif(rest: &[u8]) -> Option<Header<'_>> {
    let [w0, w1, h0, h1] = *rest.first_chunk()?;
    let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
    Some(Header {
        format: Format::Gif,
        width: width.into(),
        height: height.into(),
        exif: None,
    })
}

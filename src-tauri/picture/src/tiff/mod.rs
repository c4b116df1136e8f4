//! TIFF, and the RAW files that are built as one.
//!
//! Contents: `directory` the fields of a file · `relabel` kinds the decoder does not finish.

mod directory;
mod relabel;

use std::io::Cursor;

use image::codecs::tiff::TiffDecoder;
use image::{ExtendedColorType, ImageDecoder};

use crate::colour::Colour;
use crate::decode::{Pixels, refused, whole};
use crate::error::PictureError;
use crate::header::{Format, Header, MAX_MEMORY};
use crate::segments;

use directory::{Directory, MAX_DIRECTORIES};

/// Strips or tiles looked at: those of the largest picture in tiles of 64 pixels.
const MAX_PIECES: usize = 50_000;

/// Whether the first bytes are those of a TIFF, classic or big.
pub(crate) fn is_tiff(bytes: &[u8]) -> bool {
    Directory::first(bytes).is_some()
}

/// Reads size, colour and EXIF of the first page; a RAW file is named, never opened as its own preview.
pub(crate) fn head(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let first = Directory::first(bytes).ok_or(PictureError::NotAPicture)?;
    if let Some(name) = raw(bytes, first) {
        return Err(PictureError::Unsupported(name));
    }
    let side = |tag| first.number(tag).and_then(|n| u32::try_from(n).ok());
    let (Some(width), Some(height)) = (side(256), side(257)) else {
        return Err(PictureError::Truncated);
    };
    let mut header = Header::new(Format::Tiff, width, height);
    header.exif = (!first.wide).then(|| bytes.into());
    if let Some(profile) = first.bytes(34675) {
        header.colour = Colour::Profile(profile.into());
    }
    Ok(header)
}

/// Decodes the first page at full size.
pub(crate) fn decode(bytes: &[u8], head: &Header<'_>) -> Result<Pixels, PictureError> {
    if let Some(first) = Directory::first(bytes) {
        if jpeg_bomb(bytes, first) {
            return Err(head.too_large());
        }
        if let Some(kind) = relabel::Kind::of(first) {
            return kind.decode(bytes, head);
        }
    }
    let decoder = TiffDecoder::new(Cursor::new(bytes)).map_err(|e| refused(&e, head))?;
    if decoder.original_color_type() == ExtendedColorType::Cmyk8 {
        return ink(bytes, head);
    }
    whole(decoder, head)
}

/// Whether a JPEG inside claims more than one decoder may hold: its own header is believed, not the page's.
fn jpeg_bomb(bytes: &[u8], page: Directory<'_>) -> bool {
    if page.number(259) != Some(7) {
        return false;
    }
    // Strips or tiles.
    [273, 324].iter().any(|tag| {
        page.numbers(*tag, MAX_PIECES).into_iter().any(|at| {
            let piece = usize::try_from(at).ok().and_then(|at| bytes.get(at..));
            let head = piece.and_then(|piece| segments::jpeg(piece).ok());
            head.is_some_and(|h| u64::from(h.width) * u64::from(h.height) * 3 > MAX_MEMORY)
        })
    })
}

/// Printing colours, through their profile.
fn ink(bytes: &[u8], head: &Header<'_>) -> Result<Pixels, PictureError> {
    let (width, height, samples) = samples(bytes, head)?;
    let rgb = head.colour.rgb_of_ink(&samples);
    Ok(Pixels { width, height, rgb })
}

/// Width, height and the samples of eight bits or less as the decoder has them, before they are colours.
fn samples(bytes: &[u8], head: &Header<'_>) -> Result<(u32, u32, Vec<u8>), PictureError> {
    use tiff::decoder::{Decoder, DecodingResult, Limits};
    use tiff::{TiffError, TiffFormatError};
    let broken = |e: TiffError| match e {
        TiffError::LimitsExceeded => head.too_large(),
        TiffError::IoError(e) => PictureError::from_decoder(&e),
        TiffError::FormatError(TiffFormatError::InconsistentSizesEncountered) => PictureError::Truncated,
        TiffError::UnsupportedError(_) => PictureError::Unsupported("TIFF（这种编码）"),
        e => PictureError::Damaged(e.to_string()),
    };
    let mut limits = Limits::default();
    limits.decoding_buffer_size = usize::try_from(MAX_MEMORY).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new(Cursor::new(bytes))
        .map_err(broken)?
        .with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(broken)?;
    match decoder.read_image().map_err(broken)? {
        DecodingResult::U8(samples) => Ok((width, height, samples)),
        _ => Err(PictureError::Unsupported("TIFF（这种编码）")),
    }
}

/// Names a RAW file by its maker where any of its directories holds the mosaic of a sensor.
fn raw(bytes: &[u8], first: Directory<'_>) -> Option<&'static str> {
    if first.has(50706) {
        return Some("DNG");
    }
    if bytes.get(8..10) == Some(b"CR") {
        return Some("CR2");
    }
    let mut open = vec![first];
    let mut seen = 0;
    while let Some(directory) = open.pop() {
        seen += 1;
        let photometric = directory.number(262);
        let compression = directory.number(259);
        // A colour filter array or linear raw data; the private ways of packing of Sony, Nikon, Samsung and Pentax.
        if matches!(photometric, Some(32803 | 34892))
            || matches!(compression, Some(32767 | 34713 | 32769 | 32770 | 65535))
        {
            let maker = first.bytes(271).unwrap_or_default().to_ascii_uppercase();
            let named = [
                (&b"NIKON"[..], "NEF"),
                (b"SONY", "ARW"),
                (b"PENTAX", "PEF"),
                (b"RICOH", "PEF"),
                (b"SAMSUNG", "SRW"),
                (b"EPSON", "ERF"),
                (b"HASSELBLAD", "3FR"),
                (b"KODAK", "DCR"),
                (b"LEICA", "RWL"),
            ];
            let known = named.iter().find(|(start, _)| maker.starts_with(start));
            return Some(known.map_or("RAW", |(_, name)| name));
        }
        if seen + open.len() < MAX_DIRECTORIES {
            open.extend(directory.below().into_iter().take(MAX_DIRECTORIES));
            open.extend(directory.next());
        }
    }
    None
}

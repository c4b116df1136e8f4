//! TIFF, and the RAW files that are built as one.

use std::io::Cursor;

use image::codecs::tiff::TiffDecoder;
use image::{ExtendedColorType, ImageDecoder};

use crate::colour::Colour;
use crate::decode::{Pixels, refused, whole};
use crate::error::PictureError;
use crate::header::{Format, Header, MAX_MEMORY};

/// Directories looked at: pages and what lies below them.
const MAX_DIRECTORIES: usize = 32;

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
    let decoder = TiffDecoder::new(Cursor::new(bytes)).map_err(|e| refused(&e, head))?;
    if decoder.original_color_type() == ExtendedColorType::Cmyk8 {
        return ink(bytes, head);
    }
    whole(decoder, head)
}

/// Printing colours, through their profile.
fn ink(bytes: &[u8], head: &Header<'_>) -> Result<Pixels, PictureError> {
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
    let DecodingResult::U8(samples) = decoder.read_image().map_err(broken)? else {
        return Err(PictureError::Unsupported("TIFF（这种编码）"));
    };
    let rgb = head.colour.rgb_of_ink(&samples);
    Ok(Pixels { width, height, rgb })
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

/// A directory of a TIFF (TIFF 6.0 §2; BigTIFF has wider numbers). Nothing in it is trusted further than the file reaches.
#[derive(Clone, Copy)]
struct Directory<'a> {
    file: &'a [u8],
    big_endian: bool,
    wide: bool,
    at: usize,
    count: usize,
}

impl<'a> Directory<'a> {
    fn first(file: &'a [u8]) -> Option<Self> {
        let (big_endian, wide) = match file.first_chunk::<4>()? {
            b"II*\0" => (false, false),
            b"MM\0*" => (true, false),
            b"II+\0" => (false, true),
            b"MM\0+" => (true, true),
            _ => return None,
        };
        let blank = Self {
            file,
            big_endian,
            wide,
            at: 0,
            count: 0,
        };
        let at = blank.read(if wide { 8 } else { 4 }, blank.offset());
        Some(at.and_then(|at| blank.open(at)).unwrap_or(blank))
    }

    fn open(self, at: u64) -> Option<Self> {
        let at = usize::try_from(at).ok()?;
        let lead = if self.wide { 8 } else { 2 };
        let count = usize::try_from(self.read(at, lead)?).ok()?.min(4096);
        (at > 0).then_some(Self {
            at: at.checked_add(lead)?,
            count,
            ..self
        })
    }

    /// Bytes of an offset.
    fn offset(self) -> usize {
        if self.wide { 8 } else { 4 }
    }

    fn entry_size(self) -> usize {
        if self.wide { 20 } else { 12 }
    }

    fn read(self, at: usize, length: usize) -> Option<u64> {
        let bytes = self.file.get(at..at.checked_add(length)?)?;
        let add = |n: u64, b: &u8| n << 8 | u64::from(*b);
        Some(if self.big_endian {
            bytes.iter().fold(0, add)
        } else {
            bytes.iter().rev().fold(0, add)
        })
    }

    /// Where a field's values lie, how many bytes each has, and how many there are.
    fn find(self, tag: u64) -> Option<(usize, usize, usize)> {
        let entries = (0..self.count).map(|n| self.at.saturating_add(n * self.entry_size()));
        let entry = entries
            .into_iter()
            .find(|entry| self.read(*entry, 2) == Some(tag))?;
        let size: usize = match self.read(entry + 2, 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 | 16 | 17 | 18 => 8,
            _ => return None,
        };
        let count = usize::try_from(self.read(entry + 4, self.offset())?).ok()?;
        let field = entry + 4 + self.offset();
        let at = if size.checked_mul(count)? <= self.offset() {
            field
        } else {
            usize::try_from(self.read(field, self.offset())?).ok()?
        };
        Some((at, size, count))
    }

    fn has(self, tag: u64) -> bool {
        self.find(tag).is_some()
    }

    fn number(self, tag: u64) -> Option<u64> {
        let (at, size, _) = self.find(tag)?;
        self.read(at, size)
    }

    fn bytes(self, tag: u64) -> Option<&'a [u8]> {
        let (at, size, count) = self.find(tag)?;
        self.file.get(at..at.checked_add(size.checked_mul(count)?)?)
    }

    /// The directories below this one (tag 330).
    fn below(self) -> Vec<Self> {
        let Some((at, size, count)) = self.find(330) else {
            return Vec::new();
        };
        let each = (0..count.min(MAX_DIRECTORIES)).filter_map(|n| self.read(at + n * size, size));
        each.filter_map(|at| self.open(at)).collect()
    }

    fn next(self) -> Option<Self> {
        let end = self.at.checked_add(self.count * self.entry_size())?;
        self.open(self.read(end, self.offset())?)
    }
}

//! TIFF, and the RAW files that are built as one.
//!
//! Contents: `page` the pixels.

mod page;

use crate::colour::Colour;
use crate::directory::{Directory, MAX_DIRECTORIES};
use crate::error::PictureError;
use crate::header::{Format, Header, MAX_MEMORY};
use crate::notes::Block;
use crate::rows::Sink;
use crate::segments;

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
    header.blocks = blocks(bytes);
    if let Some(profile) = first.bytes(34675) {
        header.colour = Colour::Profile(profile.into());
    }
    Ok(header)
}

/// What a TIFF, or a RAW file built as one, says of its picture.
pub(crate) fn blocks(bytes: &[u8]) -> Vec<Block<'_>> {
    let Some(first) = Directory::first(bytes) else {
        return Vec::new();
    };
    let packet = first.bytes(700).map(|packet| Block::Xmp(packet.into()));
    let records = first.bytes(33723).map(|records| Block::Iptc(records.into()));
    let resources = first
        .bytes(34377)
        .map(|resources| Block::Resources(resources.into()));
    let exif = Some(Block::Exif(bytes.into()));
    [exif, packet, records, resources].into_iter().flatten().collect()
}

/// Decodes the first page at full size.
pub(crate) fn decode(bytes: &[u8], head: &Header<'_>, sink: &mut dyn Sink) -> Result<(), PictureError> {
    let first = Directory::first(bytes).ok_or(PictureError::NotAPicture)?;
    if jpeg_bomb(bytes, first) {
        return Err(head.too_large());
    }
    page::decode(bytes, first, head, sink)
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

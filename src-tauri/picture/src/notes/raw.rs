//! Where files that are kept without being shown say when, with what and where: by format.

use super::{Block, Told, exif, read as read_blocks};
use crate::boxes::{boxes, find, numbered};
use crate::directory::Directory;
use crate::taken::Taken;
use crate::{heif, segments, tiff};

/// How deep the heaps of a CRW may lie in each other.
const MAX_DEPTH: u8 = 4;
/// First bytes of a film in which its date is looked for.
const FILM_HEAD: usize = 1 << 20;

/// What these bytes tell; nothing where the format is unknown or says nothing.
pub(super) fn read(bytes: &[u8]) -> Told {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(Some(bytes)),
        [b'8', b'B', b'P', b'S', ..] => psd(bytes).unwrap_or_default(),
        [b'F', b'U', b'J', b'I', b'F', b'I', b'L', b'M', ..] => jpeg(raf(bytes)),
        [0, b'M', b'R', b'M', rest @ ..] => minolta(rest).unwrap_or_default(),
        [b'F', b'O', b'V', b'b', ..] => jpeg(sigma(bytes)),
        [b'I', b'I', _, _, _, _, b'H', b'E', b'A', b'P', ..] => canon_heap(bytes).unwrap_or_default(),
        [b'R', b'I', b'F', b'F', ..] => film(avi(bytes)),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => film(matroska(bytes)),
        [0x30, 0x26, 0xB2, 0x75, ..] => film(windows_media(bytes)),
        // CR3, JPEG 2000 and JPEG XL are all made of boxes.
        [_, _, _, _, b'f', b't', b'y', b'p', ..] | [_, _, _, _, b'j' | b'J', b'P' | b'X', ..] => boxed(bytes),
        _ => built_as_tiff(bytes),
    }
}

fn built_as_tiff(bytes: &[u8]) -> Told {
    let own = read_blocks(&tiff::blocks(bytes));
    // Panasonic leaves half of it to the picture inside.
    let inside = Directory::first(bytes).and_then(|first| first.bytes(46));
    own.or(jpeg(inside))
}

/// What the picture inside says.
fn jpeg(picture: Option<&[u8]>) -> Told {
    let head = picture.and_then(|picture| segments::jpeg(picture).ok());
    head.map_or_else(Told::default, |head| read_blocks(&head.blocks))
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

fn little(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

/// Behind 26 bytes come the colours, then the resources, each led by its length.
fn psd(bytes: &[u8]) -> Option<Told> {
    let rest = bytes.get(30_usize.checked_add(number(bytes, 26)?)?..)?;
    let resources = rest.get(4..)?;
    let resources = resources.get(..number(rest, 0)?.min(resources.len()))?;
    Some(read_blocks(&[Block::Resources(resources.into())]))
}

fn raf(bytes: &[u8]) -> Option<&[u8]> {
    let (start, length) = (number(bytes, 84)?, number(bytes, 88)?);
    bytes.get(start..start.checked_add(length)?)
}

/// Blocks of a name and a length each; TTW holds a TIFF.
fn minolta(rest: &[u8]) -> Option<Told> {
    let mut rest = rest.get(4..)?;
    for _ in 0..16 {
        let (name, length) = (rest.get(..4)?, number(rest, 4)?);
        let body = rest.get(8..8_usize.checked_add(length)?)?;
        if name == b"\0TTW" {
            return Some(exif::read(body));
        }
        rest = rest.get(8 + length..)?;
    }
    None
}

/// The largest picture that lies inside, by the directory at the end.
fn sigma(bytes: &[u8]) -> Option<&[u8]> {
    let directory = bytes.get(little(bytes, bytes.len().checked_sub(4)?)?..)?;
    let entries = directory.strip_prefix(b"SECd")?.get(8..)?;
    let count = little(directory, 8)?.min(64);
    let sections = entries.as_chunks::<12>().0.iter().take(count);
    let pictures = sections.filter_map(|entry| {
        let (start, length) = (little(entry, 0)?, little(entry, 4)?);
        let section = bytes.get(start..start.checked_add(length)?)?;
        section
            .get(28..)
            .filter(|picture| picture.starts_with(&[0xFF, 0xD8, 0xFF]))
    });
    pictures.max_by_key(|picture| picture.len())
}

/// Canon's older files: heaps with a directory at the end of each (CIFF).
fn canon_heap(bytes: &[u8]) -> Option<Told> {
    let mut told = Told::default();
    heap(bytes.get(little(bytes, 2)?..)?, 0, &mut told);
    Some(told)
}

fn heap(bytes: &[u8], depth: u8, told: &mut Told) -> Option<()> {
    let directory = bytes.get(little(bytes, bytes.len().checked_sub(4)?)?..)?;
    let (count, entries) = directory.split_first_chunk::<2>()?;
    let count = usize::from(u16::from_le_bytes(*count)).min(1024);
    for entry in entries.as_chunks::<10>().0.iter().take(count) {
        let kind = u16::from_le_bytes([entry[0], entry[1]]);
        // The two highest bits tell where the value lies: 01 is the entry itself.
        let value = if kind & 0xC000 == 0x4000 {
            entry.get(2..)?
        } else {
            let (length, start) = (little(entry, 2)?, little(entry, 6)?);
            bytes.get(start..start.checked_add(length)?)?
        };
        match kind & 0x3FFF {
            // Heaps of their own.
            kind if matches!(kind & 0x3800, 0x2800 | 0x3000) && depth < MAX_DEPTH => {
                heap(value, depth + 1, told);
            }
            0x080A => {
                let mut names = value.split(|byte| *byte == 0).map(String::from_utf8_lossy);
                let mut name = || names.next().map(|name| name.trim().to_owned());
                told.camera = super::camera(name(), name()).filter(|name| !name.is_empty());
            }
            0x180E => {
                let seconds = i64::try_from(little(value, 0)?).ok()?;
                // The camera's own clock, of no zone.
                told.times[0] = Taken::of_seconds(seconds).map(|taken| Taken {
                    offset_minutes: None,
                    ..taken
                });
            }
            _ => {}
        }
    }
    Some(())
}

/// Boxes that carry something, by their kind or the number behind `uuid`.
fn boxed(bytes: &[u8]) -> Told {
    const CANON: &[u8; 16] = b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";
    const XMP: &[u8; 16] = b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";
    const EXIF: &[u8; 16] = b"JpgTiffExif->JP2";
    let mut blocks = heif::blocks(bytes);
    let inside = numbered(find(bytes, &[b"moov"])).find(|(number, _)| number == CANON);
    let canon = inside.map_or_else(Told::default, |(_, inside)| {
        let part = |kind: &[u8; 4]| find(inside, &[kind]);
        exif::apart(part(b"CMT1"), part(b"CMT2"), part(b"CMT4"))
    });
    for (kind, body) in boxes(bytes) {
        match &kind {
            b"xml " => blocks.push(Block::Xmp(body.into())),
            // Where the block begins comes first.
            b"Exif" => {
                let start = number(body, 0).and_then(|start| body.get(4_usize.checked_add(start)?..));
                blocks.extend(start.map(|block| Block::Exif(block.into())));
            }
            _ => {}
        }
    }
    for (number, body) in numbered(bytes) {
        if &number == XMP {
            blocks.push(Block::Xmp(body.into()));
        } else if &number == EXIF {
            let block = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
            blocks.push(Block::Exif(block.into()));
        }
    }
    canon.or(read_blocks(&blocks))
}

fn film(taken: Option<Taken>) -> Told {
    Told {
        times: [taken, None, None],
        ..Told::default()
    }
}

/// What follows the first such word near the start of a film.
fn behind<'a>(bytes: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let head = bytes.get(..bytes.len().min(FILM_HEAD))?;
    let at = head.windows(word.len()).position(|w| w == word)?;
    bytes.get(at + word.len()..)
}

/// The day of digitising, in words.
fn avi(bytes: &[u8]) -> Option<Taken> {
    let chunk = behind(bytes, b"IDIT")?;
    let text = chunk.get(4..4_usize.checked_add(little(chunk, 0)?.min(64))?)?;
    let text = String::from_utf8_lossy(text);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    Taken::read(text.as_bytes()).or_else(|| Taken::read_words(text))
}

/// Billionths of a second since 2001, UTC, in the segment's information.
fn matroska(bytes: &[u8]) -> Option<Taken> {
    let information = behind(bytes, b"\x15\x49\xA9\x66")?;
    let since = behind(information.get(..information.len().min(4096))?, b"\x44\x61\x88")?;
    let seconds = i64::from_be_bytes(*since.first_chunk()?).div_euclid(1_000_000_000);
    Taken::of_seconds(seconds.checked_add(978_307_200)?)
}

/// Ten-millionths of a second since 1601, UTC, among the file's properties.
fn windows_media(bytes: &[u8]) -> Option<Taken> {
    let properties = behind(
        bytes,
        b"\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65",
    )?;
    let since = u64::from_le_bytes(*properties.get(32..)?.first_chunk()?);
    Taken::of_seconds(
        i64::try_from(since / 10_000_000)
            .ok()?
            .checked_sub(11_644_473_600)?,
    )
}

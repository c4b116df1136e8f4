//! The segments of a JPEG up to its first scan, and what makers append behind its end.

use crate::colour::Colour;
use crate::error::PictureError;
use crate::header::{Format, Header, MAX_MEMORY, take};

/// Walks the segments up to the first scan. Lengths are trusted no further than the file reaches.
pub(crate) fn jpeg(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let mut rest = bytes;
    let (mut size, mut exif) = (None, None);
    let mut profile = Vec::new();
    let mut moving = false;
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
                let sides = (u16::from_be_bytes([*w0, *w1]), u16::from_be_bytes([*h0, *h1]));
                size = Some((sides, *parts, marker & 0b11 == 2));
            }
            (0xE1, [b'E', b'x', b'i', b'f', 0, 0, block @ ..]) if exif.is_none() => exif = Some(block),
            (0xE1, packet) if packet.starts_with(b"http://ns.adobe.com/xap/1.0/\0") => {
                moving |= says_motion(packet);
            }
            (0xE2, block) if block.starts_with(b"ICC_PROFILE\0") => profile.extend(block.get(12..)),
            (0xE2, [b'M', b'P', b'F', 0, block @ ..]) => moving |= many_views(block).unwrap_or(false),
            (0xDA, [in_scan, ..]) => {
                let Some(((width, height), parts, progressive)) = size else {
                    return Err(PictureError::Damaged("a JPEG scan without a frame".to_owned()));
                };
                let mut header = Header::new(Format::Jpeg, width.into(), height.into()).with_exif(exif);
                // With several scans libjpeg keeps two bytes per coefficient of the whole picture, however small the output.
                let kept = u64::from(width) * u64::from(height) * u64::from(parts) * 2;
                if (progressive || *in_scan < parts) && kept > MAX_MEMORY {
                    return Err(header.too_large());
                }
                header.colour = joined(profile);
                header.moving = moving || samsung_motion(bytes);
                return Ok(header);
            }
            _ => {}
        }
    }
}

/// Puts a profile together from its parts, each led by its number and their count (ICC.1, annex B.4).
fn joined<'a>(mut parts: Vec<&[u8]>) -> Colour<'a> {
    parts.sort_by_key(|part| part.first().copied());
    let profile: Vec<u8> = parts
        .iter()
        .flat_map(|part| part.iter().skip(2))
        .copied()
        .collect();
    if profile.is_empty() {
        return Colour::Untold;
    }
    Colour::Profile(profile.into())
}

/// Whether an XMP packet announces a motion photo (Google's "Motion Photo format 1.0" and the older micro video).
pub(crate) fn says_motion(packet: &[u8]) -> bool {
    ["MotionPhoto", "MicroVideo"].iter().any(|word| {
        let one = [
            format!("{word}=\"1\""),
            format!("{word}='1'"),
            format!("{word}>1<"),
        ];
        one.iter()
            .any(|said| packet.windows(said.len()).any(|at| at == said.as_bytes()))
    })
}

/// Whether a file ends with Samsung's own directory and that lists a clip ("SEFT", entries of type 0x0A30).
pub(crate) fn samsung_motion(bytes: &[u8]) -> bool {
    let listed = || {
        let end = bytes.strip_suffix(b"SEFT")?;
        let (rest, length) = end.split_last_chunk::<4>()?;
        let start = rest
            .len()
            .checked_sub(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let directory = rest.get(start..)?.strip_prefix(b"SEFH")?;
        let (entries, _) = directory.get(8..)?.as_chunks::<12>();
        Some(
            entries
                .iter()
                .any(|[_, _, kind0, kind1, ..]| [*kind0, *kind1] == [0x30, 0x0A]),
        )
    };
    listed().unwrap_or(false)
}

/// Whether a multi-picture index lists further views of the scene: stereo, panorama or angles (CIPA DC-007, type 0x02…).
/// Previews and gain maps, which many phones add, are not views.
fn many_views(block: &[u8]) -> Option<bool> {
    let big = block.starts_with(b"MM");
    let u16_at = |at: usize| {
        let two = *block.get(at..)?.first_chunk()?;
        Some(if big {
            u16::from_be_bytes(two)
        } else {
            u16::from_le_bytes(two)
        })
    };
    let u32_at = |at: usize| {
        let four = *block.get(at..)?.first_chunk()?;
        Some(if big {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        })
    };
    let index = usize::try_from(u32_at(4)?).ok()?;
    for entry in (0..usize::from(u16_at(index)?)).map(|n| index + 2 + 12 * n) {
        if u16_at(entry)? == 0xB002 {
            let (length, start) = (u32_at(entry + 4)?, usize::try_from(u32_at(entry + 8)?).ok()?);
            let views = (0..usize::try_from(length).ok()?.min(1600) / 16).map(|n| u32_at(start + 16 * n));
            return Some(views.flatten().filter(|kind| kind >> 16 & 0xFF == 2).count() > 1);
        }
    }
    Some(false)
}

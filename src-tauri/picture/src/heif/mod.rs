//! The HEIF container (ISO/IEC 23008-12): one picture or a grid of tiles, coded in HEVC (HEIC) or AV1 (AVIF), with its turn, crop,
//! colour and transparency. Depth maps, gain maps and thumbnails beside the picture are not looked at.
//!
//! Contents: `sheet` which picture is shown, how and in what colours · `paint` its pixels.

mod paint;
mod sheet;

use heifer_isobmff::{Error, HeifFile};

use crate::colour::Colour;
use crate::decode::{Pixels, on_white};
use crate::error::PictureError;
use crate::header::Header;
use crate::{segments, turn};

use paint::Brush;
use sheet::Sheet;

/// Reads size, turn, colour and EXIF block of the primary picture.
pub(crate) fn head(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let file = open(bytes)?;
    let sheet = Sheet::of(&file)?;
    let [_, _, width, height] = sheet.crop.unwrap_or([0, 0, sheet.sides.0, sheet.sides.1]);
    let mut header = Header::new(sheet.format, width, height);
    header.exif = file.exif(file.primary_id).ok().flatten().map(Into::into);
    header.colour = sheet::colour(&file, sheet.id);
    header.turn = Some(turn::orientation(sheet.map));
    let packet = file.xmp(file.primary_id).ok().flatten().unwrap_or_default();
    header.moving = segments::says_motion(&packet) || segments::samsung_motion(bytes) || has_clip(bytes);
    Ok(header)
}

/// Decodes the primary picture, shrunk by 2, 4 or 8 where `scale` allows it; beside it goes the factor it is scaled by.
pub(crate) fn decode(bytes: &[u8], scale: f64, colour: &Colour<'_>) -> Result<(Pixels, f64), PictureError> {
    let file = open(bytes)?;
    let sheet = Sheet::of(&file)?;
    let by = paint::shrink(&file, &sheet, scale);
    let tone = colour.tone();
    let mut pixels = paint::paint(&file, sheet.id, sheet.format, by, Brush::Colour(tone.as_ref()))?;
    if let Some(alpha) = sheet::alpha_of(&file, sheet.id) {
        // A transparency that cannot be read hides nothing.
        if let Ok(alpha) = paint::paint(&file, alpha, sheet.format, by, Brush::Light)
            && (alpha.width, alpha.height) == (pixels.width, pixels.height)
        {
            on_white(&mut pixels.rgb, alpha.rgb.iter().step_by(3).copied());
        }
    }
    if let Some(crop) = sheet.crop {
        let by = u32::try_from(by).unwrap_or(1);
        let [x, y, width, height] = crop;
        pixels = pixels.cut([x / by, y / by, width.div_ceil(by), height.div_ceil(by)]);
    }
    Ok((pixels, 1.0 / f64::from(u32::try_from(by).unwrap_or(1))))
}

/// Parses the boxes of the file, leaving out what some phones append behind them.
fn open(bytes: &[u8]) -> Result<HeifFile<'_>, PictureError> {
    let mut at = 0;
    while let Some((kind, size)) = box_at(bytes, at) {
        let end = size.and_then(|size| at.checked_add(size));
        match end {
            Some(end) if end <= bytes.len() => at = end,
            _ if matches!(&kind, b"ftyp" | b"meta" | b"mdat" | b"moov") => {
                return Err(PictureError::Truncated);
            }
            _ => break,
        }
    }
    HeifFile::parse(bytes.get(..at).unwrap_or_default()).map_err(|e| broken(&e))
}

/// Kind and whole length of the box that begins here; without a length where it has none that makes sense.
fn box_at(bytes: &[u8], at: usize) -> Option<([u8; 4], Option<usize>)> {
    let [s0, s1, s2, s3, kind @ ..] = *bytes.get(at..)?.first_chunk::<8>()?;
    let size = match u32::from_be_bytes([s0, s1, s2, s3]) {
        0 => Some(bytes.len() - at),
        1 => {
            let long = bytes.get(at + 8..).and_then(|b| b.first_chunk::<8>());
            long.and_then(|long| usize::try_from(u64::from_be_bytes(*long)).ok())
        }
        size => usize::try_from(size).ok(),
    };
    Some((kind, size.filter(|size| *size >= 8)))
}

/// Whether a clip lies in a box of its own (Google's "Motion Photo format 1.0" for HEIC).
fn has_clip(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some((kind, Some(size))) = box_at(bytes, at) {
        if &kind == b"mpvd" {
            return true;
        }
        at = at.saturating_add(size);
    }
    false
}

fn broken(error: &Error) -> PictureError {
    match error {
        Error::UnexpectedEof => PictureError::Truncated,
        other => PictureError::Damaged(other.to_string()),
    }
}

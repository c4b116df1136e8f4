//! The HEIF container (ISO/IEC 23008-12): one picture or a grid of tiles, coded in HEVC (HEIC) or AV1 (AVIF), with its turn, crop,
//! colour and transparency. Depth maps, gain maps and thumbnails beside the picture are not looked at.
//!
//! Contents: `sheet` which picture is shown, how and in what colours · `paint` its pixels.

mod paint;
mod sheet;

use heifer_isobmff::{Error, HeifFile};

use crate::colour::Colour;
use crate::decode::{Pixels, divided};
use crate::error::PictureError;
use crate::header::Header;
use crate::notes::Block;
use crate::rows::{Sink, Start};
use crate::{segments, turn};

use paint::Brush;
use sheet::Sheet;

/// Reads size, turn, colour and EXIF block of the primary picture.
pub(crate) fn head(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let file = open(bytes)?;
    let sheet = Sheet::of(&file)?;
    let [_, _, width, height] = sheet.crop.unwrap_or([0, 0, sheet.sides.0, sheet.sides.1]);
    let mut header = Header::new(sheet.format, width, height);
    header.blocks = told(&file);
    header.colour = sheet::colour(&file, sheet.id);
    header.turn = Some(turn::orientation(sheet.map));
    let motion = |block: &Block<'_>| matches!(block, Block::Xmp(packet) if segments::says_motion(packet));
    header.moving = header.blocks.iter().any(motion) || segments::samsung_motion(bytes) || has_clip(bytes);
    Ok(header)
}

/// Decodes the primary picture, shrunk by 2, 4 or 8 where `scale` allows it.
pub(crate) fn decode(
    bytes: &[u8],
    scale: f64,
    colour: &Colour<'_>,
    sink: &mut dyn Sink,
) -> Result<(), PictureError> {
    let file = open(bytes)?;
    let sheet = Sheet::of(&file)?;
    let by = paint::shrink(&file, &sheet, scale);
    let tone = colour.tone();
    let cut = |pixels: Pixels| {
        let by = u32::try_from(by).unwrap_or(1);
        match sheet.crop {
            Some([x, y, width, height]) => {
                pixels.cut([x / by, y / by, width.div_ceil(by), height.div_ceil(by)])
            }
            None => pixels,
        }
    };
    let mut pixels = cut(paint::paint(
        &file,
        sheet.id,
        sheet.format,
        by,
        Brush::Colour(tone.as_ref()),
    )?);
    // A transparency that cannot be read hides nothing.
    let alpha = sheet::alpha_of(&file, sheet.id)
        .and_then(|alpha| paint::alpha(&file, &alpha, sheet.id, sheet.format, by).ok())
        .map(cut)
        .filter(|alpha| (alpha.width, alpha.height) == (pixels.width, pixels.height));
    let alpha: Option<Vec<u8>> = alpha.map(|alpha| alpha.rgb.iter().step_by(3).copied().collect());
    if let Some(alpha) = alpha.as_ref().filter(|_| sheet::is_multiplied(&file, sheet.id)) {
        for (pixel, alpha) in pixels.rgb.as_chunks_mut::<3>().0.iter_mut().zip(alpha) {
            *pixel = pixel.map(|sample| divided(sample.into(), (*alpha).into()));
        }
    }
    sink.begin(&Start {
        width: pixels.width,
        height: pixels.height,
        shrink: 1.0 / f64::from(u32::try_from(by).unwrap_or(1)),
        alpha: alpha.is_some(),
        grey: pixels
            .rgb
            .as_chunks::<3>()
            .0
            .iter()
            .all(|[r, g, b]| r == g && g == b),
    })?;
    sink.band(&pixels.rgb, alpha.as_deref())
}

/// What a file says of its picture, also one that cannot be shown.
pub(crate) fn blocks(bytes: &[u8]) -> Vec<Block<'_>> {
    open(bytes).map_or_else(|_| Vec::new(), |file| told(&file))
}

fn told<'a>(file: &HeifFile<'a>) -> Vec<Block<'a>> {
    let exif = file.exif(file.primary_id).ok().flatten();
    let packet = file.xmp(file.primary_id).ok().flatten();
    let exif = exif.map(|block| Block::Exif(block.into()));
    exif.into_iter()
        .chain(packet.map(|packet| Block::Xmp(packet.into())))
        .collect()
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
    // All boxes are whole: what is missing in them is not the end of the file, but something this reader does not know.
    HeifFile::parse(bytes.get(..at).unwrap_or_default()).map_err(|e| match e {
        Error::UnexpectedEof | Error::MissingBox(_) => PictureError::Unsupported("HEIF（这种结构）"),
        other => broken(&other),
    })
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

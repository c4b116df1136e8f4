//! From a file to a new JPEG: plan, decode no larger than needed, scale, turn, pad, encode.

use crate::colour::Colour;
use crate::decode::{self, Pixels};
use crate::error::{PictureError, guard};
use crate::fine;
use crate::frame::{Fit, Frame};
use crate::header::{self, Format, Header};
use crate::jpeg::{self, Care};
use crate::label;
use crate::print;
use crate::probe::{self, Facts};
use crate::resize;
use crate::rows::Flow;
use crate::turn::Turn;

/// Longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 512;
/// In how many bits the print of a saved thumbnail may differ from that of the picture it was made of.
const THUMBNAIL_BITS: u32 = 4;
/// JPEG quality of a thumbnail.
pub const THUMBNAIL_QUALITY: u8 = 80;

/// What a library keeps of a picture beside the file itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// What the file says about itself.
    pub facts: Facts,
    /// An upright JPEG, its longer side at most [`THUMBNAIL_SIDE`].
    pub thumbnail: Vec<u8>,
    /// A difference hash of 64 bits, for finding pictures that look alike within a few bits; `None` where there is too little to
    /// see.
    pub print: Option<i64>,
    /// The file lacks its end, and the picture is whole all the same.
    pub short: bool,
}

/// Facts, thumbnail and hash from one decoding, no larger than it needs to be.
pub fn intake(bytes: &[u8]) -> Result<Intake, PictureError> {
    guard(|| {
        let head = header::read(bytes)?;
        let (facts, colour) = probe::facts(&head);
        let (pixels, short) = draw(
            bytes,
            &head,
            &colour,
            facts.orientation,
            &small(THUMBNAIL_SIDE, THUMBNAIL_QUALITY),
        )?;
        Ok(Intake {
            facts,
            thumbnail: jpeg::encode(&pixels, quick(THUMBNAIL_QUALITY))?,
            print: print::print(&pixels),
            short,
        })
    })
}

fn small(side: u32, quality: u8) -> Frame {
    Frame {
        width: side,
        height: side,
        fit: Fit::Inside,
        quality,
    }
}

fn quick(quality: u8) -> Care {
    Care {
        quality,
        small: false,
        full_colour: false,
    }
}

/// Makes an upright JPEG whose longer side is `max_side` pixels, or less where the picture is smaller.
///
/// A JPEG cut short is `Truncated`, never a half-grey thumbnail; one that lacks nothing but its end marker is whole. Alpha lies on white.
pub fn thumbnail(bytes: &[u8], facts: &Facts, max_side: u32, quality: u8) -> Result<Vec<u8>, PictureError> {
    guard(|| jpeg::encode(&render(bytes, facts, &small(max_side, quality))?, quick(quality)))
}

/// Whether a JPEG can be the thumbnail of a picture of these sides, upright, with this print: same shape, and alike within a few bits.
/// `false` asks for a second look, no more: a saved thumbnail differs by a bit or two from what it was saved from.
pub fn is_thumbnail_of(jpeg: &[u8], (width, height): (u32, u32), print: i64) -> bool {
    let alike = guard(|| {
        let head = header::read(jpeg)?;
        let (facts, colour) = probe::facts(&head);
        let frame = small(THUMBNAIL_SIDE, THUMBNAIL_QUALITY);
        let right = frame.plan((width, height))?.size;
        if right != (facts.width, facts.height) {
            return Ok(false);
        }
        let (pixels, _) = draw(jpeg, &head, &colour, facts.orientation, &frame)?;
        let bits = print::print(&pixels).map_or(64, |found| (found ^ print).count_ones());
        Ok(bits <= THUMBNAIL_BITS)
    });
    alike.unwrap_or(false)
}

/// Makes the JPEG that leaves the house: exactly the wanted frame, upright, with no EXIF, place, profile, comment or name in it; the label
/// of AI-made content stays.
///
/// The same bytes and frame give the same result. Colour keeps its full resolution from quality 90 up, for anything drawn or captured
/// (PNG, GIF, BMP) and wherever colours meet sharply: red text on white would otherwise turn pale.
///
/// Beside the file it holds the finished picture once, three bytes a pixel (twice where it is padded), and 64 MB. What cannot be had
/// in rows comes on top: all coefficients of a progressive JPEG, six bytes a pixel at most, and the whole picture as it is stored of
/// an interlaced PNG, WebP, GIF, BMP, HEIF, JPEG XL or a TIFF in one strip.
pub fn export(bytes: &[u8], facts: &Facts, frame: &Frame) -> Result<Vec<u8>, PictureError> {
    guard(|| {
        let pixels = render(bytes, facts, frame)?;
        let care = Care {
            quality: frame.quality,
            small: true,
            full_colour: is_drawn(facts.format) || frame.quality >= 90 || fine::has_fine_colour(&pixels),
        };
        let label = label::of(&header::read(bytes)?.blocks)?;
        Ok(label::labelled(jpeg::encode(&pixels, care)?, label.as_ref()))
    })
}

/// Whether files of a format are drawn or captured rather than taken.
pub(crate) fn is_drawn(format: Format) -> bool {
    matches!(format, Format::Png | Format::Gif | Format::Bmp)
}

/// Makes a JPEG of what was drawn: `rgb` has three bytes a pixel, row by row. The same pixels give the same bytes.
pub fn encode(width: u32, height: u32, rgb: Vec<u8>, quality: u8) -> Result<Vec<u8>, PictureError> {
    if width == 0 || height == 0 || rgb.len() as u64 != u64::from(width) * u64::from(height) * 3 {
        return Err(PictureError::BadFrame { width, height });
    }
    let care = Care {
        quality,
        small: true,
        full_colour: quality >= 90,
    };
    guard(|| jpeg::encode(&Pixels { width, height, rgb }, care))
}

/// The pixels of a frame, upright and in sRGB. Size, format and colour are read again from the bytes: facts kept from an earlier day
/// decide only the turn.
pub(crate) fn render(bytes: &[u8], facts: &Facts, frame: &Frame) -> Result<Pixels, PictureError> {
    let head = header::read(bytes)?;
    let (_, colour) = probe::facts(&head);
    draw(bytes, &head, &colour, facts.orientation, frame).map(|(pixels, _)| pixels)
}

fn draw(
    bytes: &[u8],
    head: &Header<'_>,
    colour: &Colour<'_>,
    orientation: u8,
    frame: &Frame,
) -> Result<(Pixels, bool), PictureError> {
    let turn = Turn::of(orientation);
    let plan = frame.plan(turn.sides((head.width, head.height)))?;
    let scale = (f64::from(plan.size.0) / plan.area.width).max(f64::from(plan.size.1) / plan.area.height);
    // Scaled while still lying as stored, so that only the small picture is turned and its colours converted.
    let area = turn.area(plan.area, (f64::from(head.width), f64::from(head.height)));
    let mut flow = Flow::new(
        colour,
        (head.width, head.height),
        (area, turn.sides(plan.size)),
        turn,
    );
    let short = decode::decode(bytes, head, scale, &mut flow)?;
    let (pixels, _) = flow.finish()?;
    Ok((resize::pad(pixels, plan.canvas, plan.ground), short))
}

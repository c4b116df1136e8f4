//! From a file to a new JPEG: plan, decode no larger than needed, scale, turn, pad, encode.

use crate::decode::{self, Pixels};
use crate::error::{PictureError, guard};
use crate::frame::{Fit, Frame};
use crate::header::{self, Format};
use crate::jpeg::{self, Care};
use crate::probe::Facts;
use crate::resize;
use crate::turn::Turn;

/// Longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 512;
/// JPEG quality of a thumbnail.
pub const THUMBNAIL_QUALITY: u8 = 80;

/// Makes an upright JPEG whose longer side is `max_side` pixels, or less where the picture is smaller.
///
/// A JPEG without its end is `Truncated`, never a half-grey thumbnail. Alpha lies on white.
pub fn thumbnail(bytes: &[u8], facts: &Facts, max_side: u32, quality: u8) -> Result<Vec<u8>, PictureError> {
    let frame = Frame {
        width: max_side,
        height: max_side,
        fit: Fit::Inside,
        quality,
    };
    guard(|| {
        jpeg::encode(
            &render(bytes, facts, &frame)?,
            Care {
                quality,
                small: false,
                full_colour: false,
            },
        )
    })
}

/// Makes the JPEG that leaves the house: exactly the wanted frame, upright, with no EXIF, place, profile, comment or name in it.
///
/// The same bytes and frame give the same result. Colour keeps its full resolution from quality 90 up and for
/// anything drawn or captured (PNG, GIF), where red text on white would otherwise bleed.
pub fn export(bytes: &[u8], facts: &Facts, frame: &Frame) -> Result<Vec<u8>, PictureError> {
    let drawn = matches!(facts.format, Format::Png | Format::Gif);
    let care = Care {
        quality: frame.quality,
        small: true,
        full_colour: drawn || frame.quality >= 90,
    };
    guard(|| jpeg::encode(&render(bytes, facts, frame)?, care))
}

/// The pixels of a frame. Size and format are read again from the bytes: facts kept from an earlier day decide only the turn.
fn render(bytes: &[u8], facts: &Facts, frame: &Frame) -> Result<Pixels, PictureError> {
    let head = header::read(bytes)?;
    let turn = Turn::of(facts.orientation);
    let plan = frame.plan(turn.sides((head.width, head.height)))?;
    let scale = (f64::from(plan.size.0) / plan.area.width).max(f64::from(plan.size.1) / plan.area.height);
    let (stored, shrink) = decode::decode(bytes, &head, scale)?;

    // Scaled while still lying as stored, so that only the small picture is turned.
    let area = turn.area(plan.area, (f64::from(head.width), f64::from(head.height)));
    let scaled = resize::resize(stored, area.scaled(shrink), turn.sides(plan.size))?;
    Ok(resize::pad(turn.apply(scaled), plan.canvas, plan.ground))
}

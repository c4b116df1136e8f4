//! The facts of a picture file.

use crate::colour::Colour;
use crate::error::{PictureError, guard};
use crate::header::{self, Format, Header};
use crate::notes::{self, Notes};
use crate::taken::Taken;

/// What a picture file says about itself, without its pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Told by the first bytes.
    pub format: Format,
    /// Pixels across, upright (after orientation).
    pub width: u32,
    /// Pixels down, upright (after orientation).
    pub height: u32,
    /// EXIF orientation, without it that of XMP, or what a HEIF container says in their place: 1 (upright) to 8; 1 where the file has none.
    pub orientation: u8,
    /// When the photo was taken, where the file knows.
    pub taken_at: Option<Taken>,
    /// Camera as "Make Model".
    pub camera: Option<String>,
    /// Lens model.
    pub lens: Option<String>,
    /// Whether the file tells where it was taken.
    pub has_gps: bool,
    /// Name of the colour space the file says it is in ("Display P3"); pictures made here are sRGB whatever it is.
    pub profile: Option<String>,
    /// Whether the file holds moving pictures or further views beside the still one: a motion photo or an MPO.
    pub moving: bool,
}

impl Facts {
    /// What of them is about when, with what and where.
    pub fn notes(&self) -> Notes {
        Notes {
            taken_at: self.taken_at,
            camera: self.camera.clone(),
            lens: self.lens.clone(),
            has_gps: self.has_gps,
        }
    }
}

/// Reads a file's facts in microseconds; the pixels are not looked at, so a file cut short after its header still has facts.
///
/// A known format that is not read is `Unsupported`, a file that is no picture is `NotAPicture`. A clip is `Unsupported` too:
/// [`clip::probe`](crate::clip::probe) reads those.
pub fn probe(bytes: &[u8]) -> Result<Facts, PictureError> {
    guard(|| Ok(facts(&header::read(bytes)?).0))
}

/// Facts and colour, EXIF taken into account.
pub(crate) fn facts<'a>(head: &Header<'a>) -> (Facts, Colour<'a>) {
    let told = notes::read(&head.blocks);
    let orientation = head.turn.or(told.orientation).unwrap_or(1);
    let (width, height) = if orientation >= 5 {
        (head.height, head.width)
    } else {
        (head.width, head.height)
    };
    let colour = match &head.colour {
        Colour::Untold if told.adobe_rgb => Colour::AdobeRgb,
        told => told.clone(),
    };
    let facts = Facts {
        format: head.format,
        width,
        height,
        orientation,
        taken_at: told.taken_at(),
        camera: told.camera,
        lens: told.lens,
        has_gps: told.has_gps,
        profile: colour.name(),
        moving: head.moving,
    };
    (facts, colour)
}

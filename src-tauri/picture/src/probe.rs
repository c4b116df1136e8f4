//! The facts of a picture file.

use crate::error::{PictureError, guard};
use crate::exif::{self, Taken};
use crate::header::{self, Format};

/// What a picture file says about itself, without its pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Told by the first bytes.
    pub format: Format,
    /// Pixels across, upright (after orientation).
    pub width: u32,
    /// Pixels down, upright (after orientation).
    pub height: u32,
    /// EXIF orientation, 1 (upright) to 8; 1 where the file has none.
    pub orientation: u8,
    /// When the photo was taken, where the file knows.
    pub taken_at: Option<Taken>,
    /// Camera as "Make Model".
    pub camera: Option<String>,
    /// Lens model.
    pub lens: Option<String>,
    /// Whether the file tells where it was taken.
    pub has_gps: bool,
}

/// Reads a file's facts in microseconds; the pixels are not looked at, so a file cut short after its header still has facts.
pub fn probe(bytes: &[u8]) -> Result<Facts, PictureError> {
    guard(|| {
        let head = header::read(bytes)?;
        let notes = exif::read(head.exif);
        let lying = notes.orientation >= 5;
        let (width, height) = if lying {
            (head.height, head.width)
        } else {
            (head.width, head.height)
        };
        Ok(Facts {
            format: head.format,
            width,
            height,
            orientation: notes.orientation,
            taken_at: notes.taken_at,
            camera: notes.camera,
            lens: notes.lens,
            has_gps: notes.has_gps,
        })
    })
}

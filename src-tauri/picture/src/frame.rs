//! What of a picture is shown, and how large.

use crate::error::PictureError;
use crate::header::MAX_PIXELS;

/// The picture wanted from an export.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What happens when the shapes differ.
    pub fit: Fit,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

/// How a picture meets a frame of another shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fit {
    /// Fills the frame exactly, enlarging if it must; what sticks out is cut off, keeping the focus as near the middle as it can be.
    Crop {
        /// What to keep, from the left: 0 to 1 of the upright width.
        focus_x: f64,
        /// What to keep, from the top: 0 to 1 of the upright height.
        focus_y: f64,
    },
    /// Shows all of it inside a frame of exactly this size, enlarging if it must; the rest gets this colour.
    Pad {
        /// Red, green, blue.
        rgb: [u8; 3],
    },
    /// Shows all of it within the frame, never enlarged; the result has the picture's own shape.
    Inside,
}

/// A rectangle in pixels, fractions allowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    /// The same area of a picture scaled by a factor.
    pub fn scaled(self, by: f64) -> Self {
        Self {
            x: self.x * by,
            y: self.y * by,
            width: self.width * by,
            height: self.height * by,
        }
    }
}

/// What to do with an upright picture: scale this area of it to this size and put it in the middle of this canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plan {
    pub area: Area,
    pub size: (u32, u32),
    pub canvas: (u32, u32),
    pub ground: [u8; 3],
}

impl Frame {
    /// For an upright picture of these sides.
    pub(crate) fn plan(&self, (width, height): (u32, u32)) -> Result<Plan, PictureError> {
        // JPEG ends at 65,500 a side (libjpeg's JPEG_MAX_DIMENSION).
        let fits = |side: u32| (1..=65_500).contains(&side);
        let pixels = u64::from(self.width) * u64::from(self.height);
        if !fits(self.width) || !fits(self.height) || (pixels > MAX_PIXELS && self.fit != Fit::Inside) {
            return Err(PictureError::BadFrame {
                width: self.width,
                height: self.height,
            });
        }
        let canvas = (self.width, self.height);
        let (w, h) = (f64::from(width), f64::from(height));
        let (across, down) = (f64::from(self.width) / w, f64::from(self.height) / h);
        let whole = Area {
            x: 0.0,
            y: 0.0,
            width: w,
            height: h,
        };
        let scaled = |scale: f64| (side(w * scale, self.width), side(h * scale, self.height));
        let ground = [255; 3];
        Ok(match self.fit {
            Fit::Crop { focus_x, focus_y } => {
                let scale = across.max(down);
                let (width, height) = (
                    (f64::from(self.width) / scale).min(w),
                    (f64::from(self.height) / scale).min(h),
                );
                let area = Area {
                    x: start(focus_x, w, width),
                    y: start(focus_y, h, height),
                    width,
                    height,
                };
                Plan {
                    area,
                    size: canvas,
                    canvas,
                    ground,
                }
            }
            Fit::Pad { rgb } => Plan {
                area: whole,
                size: scaled(across.min(down)),
                canvas,
                ground: rgb,
            },
            Fit::Inside => {
                let size = scaled(across.min(down).min(1.0));
                Plan {
                    area: whole,
                    size,
                    canvas: size,
                    ground,
                }
            }
        })
    }
}

/// Rounds a side to whole pixels, at least one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn side(exact: f64, most: u32) -> u32 {
    (exact.round() as u32).clamp(1, most)
}

/// Where a window of length `part` begins so that `focus` of `whole` is as near its middle as possible.
fn start(focus: f64, whole: f64, part: f64) -> f64 {
    let focus = if focus.is_finite() { focus } else { 0.5 };
    (focus * whole - part / 2.0).clamp(0.0, whole - part)
}

//! Turn, straighten, crop: where each pixel of the edited picture lies in the upright original.

use super::Affine;
use crate::frame::{Area, Fit, Frame, Plan};
use crate::turn::Turn;

/// Furthest a picture is straightened, in degrees either way.
pub const MAX_ANGLE: f64 = 15.0;
/// Half the angle of a hundredth of a degree: closer to upright than this is upright.
const UPRIGHT: f64 = 0.005;

/// How a picture is turned, straightened and cut, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shape {
    /// Quarter turns clockwise, 0 to 3.
    pub turns: u8,
    /// Left and right change places, after the turns.
    pub flip: bool,
    /// Degrees clockwise, at most [`MAX_ANGLE`] either way. What is left is the largest rectangle of the picture's own shape that has
    /// no empty corner.
    pub angle: f64,
    /// What is kept of that rectangle; `None` keeps all of it.
    pub crop: Option<Crop>,
}

/// A part of the straightened picture, in shares of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Crop {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A shape on a picture of known size.
pub(crate) struct Placed {
    /// The turn and the mirror.
    pub turn: Turn,
    angle: f64,
    /// What is kept, in pixels of the turned original measured from the straightened picture's corner.
    kept: Area,
    /// From pixels of the edited picture at full size to pixels of the turned original.
    to_turned: Affine,
    /// From pixels of the turned original to shares of the upright one.
    to_shares: Affine,
    turned: (f64, f64),
}

/// What must be scaled, and how the result becomes the picture that is wanted.
pub(crate) struct View {
    /// Of the turned original.
    pub area: Area,
    /// What to scale it to.
    pub size: (u32, u32),
    /// From pixels of the wanted picture to pixels of the scaled area, where it is straightened.
    pub rotate: Option<Affine>,
    /// From shares of the upright original to pixels of the wanted picture.
    pub place: Affine,
}

impl Shape {
    pub(crate) fn on(&self, upright: (u32, u32)) -> Placed {
        // EXIF's numbers for: upright, quarter, half and three quarters clockwise, and the same mirrored after.
        let turn = Turn::of(match (self.turns % 4, self.flip) {
            (0, false) => 1,
            (1, false) => 6,
            (2, false) => 3,
            (_, false) => 8,
            (0, true) => 2,
            (1, true) => 5,
            (2, true) => 4,
            (_, true) => 7,
        });
        let angle = if self.angle.is_finite() && self.angle.abs() > UPRIGHT {
            self.angle.clamp(-MAX_ANGLE, MAX_ANGLE)
        } else {
            0.0
        };
        let (w, h) = (f64::from(upright.0), f64::from(upright.1));
        let (tw, th) = turn.sides((w, h));
        let (sin, cos) = angle.to_radians().abs().sin_cos();
        let shrink = (tw / (tw * cos + th * sin)).min(th / (tw * sin + th * cos));
        let (iw, ih) = (tw * shrink, th * shrink);
        let kept = self.crop.map_or(Crop::WHOLE, Crop::inside).of((iw, ih));
        let to_turned = Affine::shift(kept.x - iw / 2.0, kept.y - ih / 2.0)
            .then(Affine::turn(-angle))
            .then(Affine::shift(tw / 2.0, th / 2.0));
        let to_shares = turn.back((w, h)).then(Affine::scale(1.0 / w, 1.0 / h));
        Placed {
            turn,
            angle,
            kept,
            to_turned,
            to_shares,
            turned: (tw, th),
        }
    }
}

impl Crop {
    const WHOLE: Self = Self {
        x: 0.0,
        y: 0.0,
        width: 1.0,
        height: 1.0,
    };

    /// The part of it that lies inside; one without a size, or made of no numbers, keeps everything.
    fn inside(self) -> Self {
        let (x, y) = (self.x.clamp(0.0, 1.0), self.y.clamp(0.0, 1.0));
        let width = (self.x + self.width).clamp(0.0, 1.0) - x;
        let height = (self.y + self.height).clamp(0.0, 1.0) - y;
        if width > 0.0 && height > 0.0 {
            Self { x, y, width, height }
        } else {
            Self::WHOLE
        }
    }

    /// In pixels of a picture of these sides; at least one pixel each way.
    fn of(self, (w, h): (f64, f64)) -> Area {
        let (width, height) = (
            (self.width * w).max(1.0).min(w),
            (self.height * h).max(1.0).min(h),
        );
        Area {
            x: (self.x * w).min(w - width),
            y: (self.y * h).min(h - height),
            width,
            height,
        }
    }
}

impl Placed {
    /// Sides of the edited picture at full size, in whole pixels.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn sides(&self) -> (u32, u32) {
        let side = |exact: f64| (exact.round() as u32).max(1);
        (side(self.kept.width), side(self.kept.height))
    }

    /// The frame with its focus told in shares of the edited picture, where plans are made.
    pub fn focused(&self, frame: &Frame) -> Frame {
        let mut frame = *frame;
        if let Fit::Crop { focus_x, focus_y } = &mut frame.fit {
            let back = self.to_turned.then(self.to_shares).inverse();
            let (x, y) = back.at((*focus_x, *focus_y));
            (*focus_x, *focus_y) = (
                (x / self.kept.width).clamp(0.0, 1.0),
                (y / self.kept.height).clamp(0.0, 1.0),
            );
        }
        frame
    }

    /// What to scale for a plan made on [`Self::sides`].
    pub fn view(&self, plan: &Plan) -> View {
        let (width, height) = self.sides();
        let (fx, fy) = (
            self.kept.width / f64::from(width),
            self.kept.height / f64::from(height),
        );
        let (w, h) = (f64::from(plan.size.0), f64::from(plan.size.1));
        let area = Area {
            x: plan.area.x * fx,
            y: plan.area.y * fy,
            width: plan.area.width * fx,
            height: plan.area.height * fy,
        };
        // From pixels of the wanted picture to pixels of the turned original.
        let out = Affine::scale(area.width / w, area.height / h)
            .then(Affine::shift(area.x, area.y))
            .then(self.to_turned);
        let place = out.then(self.to_shares).inverse();
        if self.angle == 0.0 {
            let area = Area {
                x: area.x + self.kept.x,
                y: area.y + self.kept.y,
                ..area
            };
            return View {
                area,
                size: plan.size,
                rotate: None,
                place,
            };
        }
        let corners = [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)].map(|corner| out.at(corner));
        // Two pixels of the result more on each side: the sampler looks that far.
        let (mx, my) = (2.0 * area.width / w, 2.0 * area.height / h);
        let (left, right) = span(corners.map(|c| c.0), mx, self.turned.0);
        let (top, bottom) = span(corners.map(|c| c.1), my, self.turned.1);
        let around = Area {
            x: left,
            y: top,
            width: right - left,
            height: bottom - top,
        };
        let size = (
            whole(around.width * w / area.width),
            whole(around.height * h / area.height),
        );
        let rotate = out.then(Affine::shift(-around.x, -around.y)).then(Affine::scale(
            f64::from(size.0) / around.width,
            f64::from(size.1) / around.height,
        ));
        View {
            area: around,
            size,
            rotate: Some(rotate),
            place,
        }
    }
}

/// From the least to the greatest, with a margin, inside `0..=most`.
fn span(values: [f64; 4], margin: f64, most: f64) -> (f64, f64) {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (
        (least - margin).clamp(0.0, most),
        (greatest + margin).clamp(0.0, most),
    )
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(exact: f64) -> u32 {
    (exact.round() as u32).max(1)
}

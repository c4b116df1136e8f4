//! The eight EXIF orientations as one rule: swap the axes or not, then run each stored axis backwards or not.

use crate::decode::Pixels;
use crate::edit::Affine;
use crate::frame::Area;

/// A turn as the linear map of a stored point (x, y), y downwards, to (a·x + c·y, b·x + d·y); written `[a, b, c, d]`.
pub(crate) type Map = [i8; 4];

/// Nothing turned.
pub(crate) const UPRIGHT: Map = [1, 0, 0, 1];

/// One turn after another.
pub(crate) fn then([a, b, c, d]: Map, [e, f, g, h]: Map) -> Map {
    [e * a + g * b, f * a + h * b, e * c + g * d, f * c + h * d]
}

/// The EXIF orientation that says the same; 1 for a map that is no turn.
pub(crate) fn orientation(map: Map) -> u8 {
    match map {
        [-1, 0, 0, 1] => 2,
        [-1, 0, 0, -1] => 3,
        [1, 0, 0, -1] => 4,
        [0, 1, 1, 0] => 5,
        [0, 1, -1, 0] => 6,
        [0, -1, -1, 0] => 7,
        [0, -1, 1, 0] => 8,
        _ => 1,
    }
}

/// How an upright pixel finds its place in the stored picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    swap: bool,
    flip_x: bool,
    flip_y: bool,
}

impl Turn {
    /// Of an EXIF orientation; anything but 2 to 8 is upright. (CIPA DC-008, "Orientation".)
    pub fn of(orientation: u8) -> Self {
        let (swap, flip_x, flip_y) = match orientation {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, false, true),
            7 => (true, true, true),
            8 => (true, true, false),
            _ => (false, false, false),
        };
        Self { swap, flip_x, flip_y }
    }

    /// Turns stored sides into upright ones, and back.
    pub fn sides<T>(self, (width, height): (T, T)) -> (T, T) {
        if self.swap {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// Where an upright area lies in a stored picture of the given sides.
    pub fn area(self, upright: Area, (width, height): (f64, f64)) -> Area {
        let mut area = upright;
        if self.swap {
            area = Area {
                x: upright.y,
                y: upright.x,
                width: upright.height,
                height: upright.width,
            };
        }
        if self.flip_x {
            area.x = width - area.x - area.width;
        }
        if self.flip_y {
            area.y = height - area.y - area.height;
        }
        area
    }

    /// From pixels of the upright picture to pixels of the stored one, whose sides are given.
    pub fn back(self, (width, height): (f64, f64)) -> Affine {
        let swap = if self.swap {
            Affine([0.0, 1.0, 0.0, 1.0, 0.0, 0.0])
        } else {
            Affine::STILL
        };
        let mirror = |flip: bool, side: f64| if flip { (-1.0, side) } else { (1.0, 0.0) };
        let ((x, left), (y, top)) = (mirror(self.flip_x, width), mirror(self.flip_y, height));
        swap.then(Affine::scale(x, y)).then(Affine::shift(left, top))
    }

    /// The stored picture made upright.
    pub fn apply(self, stored: Pixels) -> Pixels {
        if !(self.swap || self.flip_x || self.flip_y) {
            return stored;
        }
        let (columns, lines) = (stored.width as usize, stored.height as usize);
        let (width, height) = self.sides((stored.width, stored.height));
        let (pixels, _) = stored.rgb.as_chunks::<3>();
        let mut rgb = Vec::with_capacity(stored.rgb.len());
        for y in 0..height as usize {
            for x in 0..width as usize {
                let (column, line) = if self.swap { (y, x) } else { (x, y) };
                let column = if self.flip_x { columns - 1 - column } else { column };
                let line = if self.flip_y { lines - 1 - line } else { line };
                rgb.extend_from_slice(pixels.get(line * columns + column).unwrap_or(&[0; 3]));
            }
        }
        Pixels { width, height, rgb }
    }
}

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

    /// One turn after another, as one.
    pub fn then(self, next: Self) -> Self {
        // Three corners of a picture that is not square tell the eight apart.
        let places = [(0, 0), (1, 0), (0, 2)];
        let both = places.map(|at| next.put(self.put(at, (2, 3)), self.sides((2, 3))));
        let one = |orientation: &u8| places.map(|at| Self::of(*orientation).put(at, (2, 3))) == both;
        Self::of((1..=8).find(one).unwrap_or(1))
    }

    /// Where a pixel of a stored picture of these sides lies in the upright one.
    fn put(self, (x, y): (usize, usize), (columns, lines): (usize, usize)) -> (usize, usize) {
        let x = if self.flip_x { columns - 1 - x } else { x };
        let y = if self.flip_y { lines - 1 - y } else { y };
        if self.swap { (y, x) } else { (x, y) }
    }

    /// Puts rows of a stored picture of these sides, beginning with row `from`, to their places in the upright one.
    pub fn lay(self, upright: &mut Pixels, stored: (u32, u32), from: u32, rgb: &[u8]) {
        let (columns, lines, from) = (stored.0 as usize, stored.1 as usize, from as usize);
        let line = 3 * upright.width as usize;
        let rows = rgb
            .chunks_exact((3 * columns).max(1))
            .take(lines.saturating_sub(from));
        if self.swap {
            let (pixels, _) = rgb.as_chunks::<3>();
            let count = rows.count();
            if count == 0 {
                return;
            }
            // Column by column, so that what is written lies together.
            let first = if self.flip_y { lines - from - count } else { from };
            for column in 0..columns {
                let (_, y) = self.put((column, from), (columns, lines));
                let start = y * line + 3 * first;
                let run = upright.rgb.get_mut(start..start + 3 * count).unwrap_or_default();
                let (run, _) = run.as_chunks_mut::<3>();
                for (nth, to) in run.iter_mut().enumerate() {
                    let row = if self.flip_y { count - 1 - nth } else { nth };
                    *to = pixels.get(row * columns + column).copied().unwrap_or_default();
                }
            }
            return;
        }
        for (nth, row) in rows.enumerate() {
            let (_, y) = self.put((0, from + nth), (columns, lines));
            let to = upright.rgb.get_mut(y * line..(y + 1) * line).unwrap_or_default();
            if self.flip_x {
                let (to, row) = (to.as_chunks_mut::<3>().0, row.as_chunks::<3>().0);
                to.iter_mut()
                    .zip(row.iter().rev())
                    .for_each(|(to, from)| *to = *from);
            } else if to.len() == row.len() {
                to.copy_from_slice(row);
            }
        }
    }

    /// The stored picture made upright.
    pub fn apply(self, stored: Pixels) -> Pixels {
        if !(self.swap || self.flip_x || self.flip_y) {
            return stored;
        }
        let sides = (stored.width, stored.height);
        let (width, height) = self.sides(sides);
        let mut upright = Pixels {
            width,
            height,
            rgb: vec![0; stored.rgb.len()],
        };
        self.lay(&mut upright, sides, 0, &stored.rgb);
        upright
    }
}

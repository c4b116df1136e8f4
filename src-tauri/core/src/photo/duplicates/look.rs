//! A second, closer look at two pictures whose fingerprints are near: light and colour on a small grid, compared where they differ
//! most.
//!
//! A fingerprint knows only what is brighter than its neighbour: two lipsticks on the same white ground share it. The look keeps
//! 32×32 cells of light and twice 16×16 of colour; the white ground cannot thin out a difference because only the worst
//! [`WORST`] cells count.

use image::{GrayImage, RgbImage, imageops::FilterType};

/// Cells of light along a side; colour has half as many.
const SIDE: usize = 32;
/// Bytes of a look: light, then the two colours.
const BYTES: usize = SIDE * SIDE + SIDE * SIDE / 2;
/// One cell in so many counts as the worst.
pub(super) const WORST: usize = 32;
/// The same picture, saved again: the worst cells differ by less than this on average, of 255.
const SAME: u32 = 8;
/// Nearly the same: a step to the side, a moment later, a slight crop.
const ALIKE: u32 = 16;

/// What is remembered of a picture for comparing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::photo) struct Look(Vec<u8>);

/// How close two pictures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::photo) enum Close {
    /// Other pictures.
    Apart,
    /// A step to the side, a moment later, a slight crop.
    Alike,
    /// The same picture.
    Same,
}

impl Look {
    /// The look of a thumbnail, and how sharp it is; `None` for what is no picture.
    pub fn of(jpeg: &[u8]) -> Option<(Self, i64)> {
        let picture = image::load_from_memory(jpeg).ok()?;
        let sharp = sharpness(&picture.to_luma8());
        let side = u32::try_from(SIDE).ok()?;
        let small = picture.resize_exact(side, side, FilterType::Triangle).into_rgb8();
        let half = image::imageops::resize(&small, side / 2, side / 2, FilterType::Triangle);
        let part = |of: &RgbImage, mix: fn([i32; 3]) -> i32| -> Vec<u8> {
            of.pixels()
                .map(|pixel| u8::try_from(mix(pixel.0.map(i32::from)).clamp(0, 255)).unwrap_or(0))
                .collect()
        };
        // ITU-R BT.601, in thousandths.
        let light = part(&small, |[r, g, b]| (299 * r + 587 * g + 114 * b) / 1000);
        let blue = part(&half, |[r, g, b]| 128 + (-169 * r - 331 * g + 500 * b) / 1000);
        let red = part(&half, |[r, g, b]| 128 + (500 * r - 419 * g - 81 * b) / 1000);
        Some((Self([light, blue, red].concat()), sharp))
    }

    /// A look as it was kept; `None` for other bytes.
    pub fn kept(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() == BYTES).then_some(Self(bytes))
    }

    /// The bytes to keep.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// How close two pictures are.
    pub fn close(&self, other: &Self) -> Close {
        if self.worst(other, same_place) < SAME {
            return Close::Same;
        }
        let moved = self.worst(other, near_place).max(other.worst(self, near_place));
        if moved < ALIKE { Close::Alike } else { Close::Apart }
    }

    /// The mean of the greatest differences, over light and over colour: whichever is greater.
    fn worst(&self, other: &Self, differ: fn(&Plane, u8, usize, usize) -> u8) -> u32 {
        self.planes()
            .zip(other.planes())
            .map(|(mine, theirs)| {
                let mut all: Vec<u8> = Vec::with_capacity(SIDE * SIDE);
                for (y, row) in mine.cells.chunks_exact(mine.side).enumerate() {
                    all.extend(
                        row.iter()
                            .enumerate()
                            .map(|(x, cell)| differ(&theirs, *cell, x, y)),
                    );
                }
                all.sort_unstable();
                let worst = all.len() / WORST;
                all.iter()
                    .rev()
                    .take(worst)
                    .map(|cell| u32::from(*cell))
                    .sum::<u32>()
                    / u32::try_from(worst.max(1)).unwrap_or(1)
                    * mine.weight
            })
            .max()
            .unwrap_or(u32::MAX)
    }

    pub(super) fn planes(&self) -> impl Iterator<Item = Plane<'_>> {
        let (light, colour) = self.0.split_at_checked(SIDE * SIDE).unwrap_or_default();
        let (blue, red) = colour.split_at_checked(colour.len() / 2).unwrap_or_default();
        [(light, SIDE, 1), (blue, SIDE / 2, 2), (red, SIDE / 2, 2)]
            .into_iter()
            .map(|(cells, side, weight)| Plane { cells, side, weight })
    }
}

/// One of light or colour.
pub(super) struct Plane<'a> {
    pub cells: &'a [u8],
    pub side: usize,
    /// Colour moves less than light for the same impression.
    pub weight: u32,
}

impl Plane<'_> {
    fn cell(&self, x: usize, y: usize) -> Option<u8> {
        if x >= self.side {
            return None;
        }
        self.cells.get(y * self.side + x).copied()
    }
}

/// How far a cell is from the one in its place.
fn same_place(of: &Plane, cell: u8, x: usize, y: usize) -> u8 {
    of.cell(x, y).map_or(0, |other| other.abs_diff(cell))
}

/// How far a cell is from all that lies within a step of its place.
fn near_place(of: &Plane, cell: u8, x: usize, y: usize) -> u8 {
    let around = (y.saturating_sub(1)..=y + 1)
        .flat_map(|y| (x.saturating_sub(1)..=x + 1).filter_map(move |x| of.cell(x, y)));
    let (low, high) = around.fold((u8::MAX, u8::MIN), |(low, high), other| {
        (low.min(other), high.max(other))
    });
    low.saturating_sub(cell).max(cell.saturating_sub(high))
}

/// The mean square of the second difference: how much fine detail there is. Comparable only between pictures of the same scene.
fn sharpness(grey: &GrayImage) -> i64 {
    let width = grey.width() as usize;
    let rows: Vec<&[u8]> = grey.chunks_exact(width.max(1)).collect();
    let (mut sum, mut count) = (0_i64, 1_i64);
    for lines in rows.windows(3) {
        let [above, row, below] = lines else { continue };
        for ((three, up), down) in row.windows(3).zip(above.iter().skip(1)).zip(below.iter().skip(1)) {
            let [left, own, right] = three else { continue };
            let bend = 4 * i64::from(*own)
                - i64::from(*left)
                - i64::from(*right)
                - i64::from(*up)
                - i64::from(*down);
            sum += bend * bend;
            count += 1;
        }
    }
    sum / count
}

//! Hidden places: painted over from a coarse grid of means of the whole original.
//!
//! A stroke decides how coarse: its own width holds three cells at most. The grid lies on the original, so that every crop, turn and
//! size of a picture shows the same cells with the same colours, and two exports together tell no more than one.

use super::Affine;
use crate::decode::Pixels;

/// How a place is hidden. Both show the same grid and are equally final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veil {
    /// Square cells; every cell the stroke comes near is covered whole.
    Mosaic,
    /// The cells run into each other; the stroke's edge is soft outwards.
    Blur,
}

/// A stroke of the brush.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// What is painted.
    pub veil: Veil,
    /// Half the stroke's width, as a share of the longer side.
    pub radius: f64,
    /// Where the brush went, in shares of the upright original; a single point is a dab.
    pub points: Vec<(f64, f64)>,
}

/// Cells along the longer side, finest first: few steps, so that strokes of about one width share a grid.
const CELLS: [u32; 11] = [80, 60, 45, 34, 25, 19, 14, 11, 8, 6, 4];
/// A cell is at least this many pixels of the original wide: in a small picture fewer cells fit.
const LEAST: u32 = 8;
/// Points of the lattice on which a soft stroke is drawn, along the longer side; the same at every size of the picture.
const LATTICE: f64 = 1024.0;
/// Radii a brush may have.
const RADII: std::ops::RangeInclusive<f64> = 0.004..=0.5;

/// All strokes that share a grid.
pub(super) struct Layer {
    /// Means of the original.
    grid: Pixels,
    /// Which cells are covered whole, row by row.
    cells: Vec<bool>,
    /// How far the blur covers, 0 to 255, row by row; empty without any.
    soft: Vec<u8>,
    /// Columns and rows of `soft`.
    lattice: (usize, usize),
    /// Shares that hold everything covered: left, top, right, bottom.
    bounds: [f64; 4],
}

/// The grids whose means are needed: columns and rows over the upright original, finest first.
pub(super) fn grids(strokes: &[Hidden], upright: (u32, u32)) -> Vec<(u32, u32)> {
    let plan = Plan::of(upright);
    let mut sizes: Vec<u32> = strokes
        .iter()
        .map(|stroke| plan.fitting(radius(stroke)))
        .collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    sizes.into_iter().map(|cells| plan.sides(cells)).collect()
}

/// Works out what covers what, on the grids asked for; coarse comes last, so that painting again never shows more.
pub(super) fn veils(strokes: &[Hidden], upright: (u32, u32), means: Vec<Pixels>) -> Vec<Layer> {
    let plan = Plan::of(upright);
    let (across, down) = plan.shares;
    let mut layers = Vec::new();
    for grid in means {
        let (columns, rows) = (grid.width, grid.height);
        let mut layer = Layer {
            grid,
            cells: vec![false; columns as usize * rows as usize],
            soft: Vec::new(),
            lattice: (
                whole(across * LATTICE) as usize + 1,
                whole(down * LATTICE) as usize + 1,
            ),
            bounds: [1.0, 1.0, 0.0, 0.0],
        };
        for stroke in strokes {
            if plan.sides(plan.fitting(radius(stroke))) == (columns, rows) {
                layer.cover(stroke, (across, down));
            }
        }
        layers.push(layer);
    }
    layers
}

/// How grids lie over an upright original.
struct Plan {
    /// Sides as shares of the longer one: there a circle is round.
    shares: (f64, f64),
    /// Cells that fit along the longer side.
    most: u32,
}

impl Plan {
    fn of((width, height): (u32, u32)) -> Self {
        let (w, h) = (f64::from(width), f64::from(height));
        let long = w.max(h);
        Self {
            shares: (w / long, h / long),
            most: (width.max(height) / LEAST).max(1),
        }
    }

    /// Cells along the longer side for a stroke of this radius.
    fn fitting(&self, radius: f64) -> u32 {
        let cells = CELLS.into_iter().find(|cells| f64::from(*cells) * radius <= 1.5);
        cells.unwrap_or(4).min(self.most)
    }

    fn sides(&self, cells: u32) -> (u32, u32) {
        let count = |share: f64| whole(share * f64::from(cells));
        (count(self.shares.0), count(self.shares.1))
    }
}

/// Paints what is covered. `shares` leads from pixels to shares of the upright original.
pub(super) fn paint(pixels: &mut Pixels, layers: &[Layer], shares: Affine) {
    if layers.is_empty() || pixels.width == 0 {
        return;
    }
    let line = 3 * pixels.width as usize;
    for (y, row) in pixels.rgb.chunks_exact_mut(line).enumerate() {
        let (row, _) = row.as_chunks_mut::<3>();
        for (x, pixel) in row.iter_mut().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let (sx, sy) = shares.at((x as f64 + 0.5, y as f64 + 0.5));
            for layer in layers {
                let [left, top, right, bottom] = layer.bounds;
                if sx >= left && sx <= right && sy >= top && sy <= bottom {
                    layer.paint(pixel, sx, sy);
                }
            }
        }
    }
}

impl Layer {
    fn cover(&mut self, stroke: &Hidden, (across, down): (f64, f64)) {
        let radius = radius(stroke);
        let inside = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
        let on = |(x, y): (f64, f64)| (x.clamp(-1.0, 2.0) * across, y.clamp(-1.0, 2.0) * down);
        let points: Vec<(f64, f64)> = stroke.points.iter().copied().filter(inside).map(on).collect();
        let lone = points.first().map(|point| (*point, *point));
        let steps = points.iter().copied().zip(points.iter().copied().skip(1));
        let (columns, rows) = (self.grid.width as usize, self.grid.height as usize);
        for (from, to) in lone.into_iter().chain(steps) {
            match stroke.veil {
                Veil::Mosaic => {
                    #[allow(clippy::cast_precision_loss)]
                    let cell = (across / columns as f64, down / rows as f64);
                    // Half a diagonal more: no cell that the stroke touches is left out.
                    let reach = radius + cell.0.hypot(cell.1) / 2.0;
                    let middle = |n: usize, size: f64| (lossy(n) + 0.5) * size;
                    each(
                        self.cells.as_mut_slice(),
                        (columns, rows),
                        cell,
                        (from, to),
                        reach,
                        |covered, x, y| {
                            let at = (middle(x, cell.0), middle(y, cell.1));
                            *covered |= distance(at, from, to) <= reach;
                        },
                    );
                    self.grow((from, to), reach + cell.0.max(cell.1), (across, down));
                }
                Veil::Blur => {
                    let (columns, rows) = self.lattice;
                    self.soft.resize(columns * rows, 0);
                    let step = (
                        across / lossy(columns - 1).max(1.0),
                        down / lossy(rows - 1).max(1.0),
                    );
                    // A lattice step more, so that what is read between its points is whole everywhere inside the stroke.
                    let full = radius + 1.5 * step.0.max(step.1);
                    let reach = full + 0.3 * radius;
                    each(
                        self.soft.as_mut_slice(),
                        (columns, rows),
                        step,
                        (from, to),
                        reach,
                        |alpha, x, y| {
                            let far = distance((lossy(x) * step.0, lossy(y) * step.1), from, to);
                            let share = ((reach - far) / (reach - full)).clamp(0.0, 1.0);
                            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                            let value = (share * share * (3.0 - 2.0 * share) * 255.0).round() as u8;
                            *alpha = value.max(*alpha);
                        },
                    );
                    self.grow((from, to), reach, (across, down));
                }
            }
        }
    }

    fn grow(&mut self, (from, to): ((f64, f64), (f64, f64)), reach: f64, (across, down): (f64, f64)) {
        let [left, top, right, bottom] = &mut self.bounds;
        *left = left.min((from.0.min(to.0) - reach) / across);
        *top = top.min((from.1.min(to.1) - reach) / down);
        *right = right.max((from.0.max(to.0) + reach) / across);
        *bottom = bottom.max((from.1.max(to.1) + reach) / down);
    }

    fn paint(&self, pixel: &mut [u8; 3], sx: f64, sy: f64) {
        let (columns, rows) = (self.grid.width as usize, self.grid.height as usize);
        let alpha = self.alpha(sx, sy);
        if alpha > 0.0 {
            let colour = self.smooth(sx, sy);
            for (sample, veil) in pixel.iter_mut().zip(colour) {
                let mixed = f64::from(*sample) + (veil - f64::from(*sample)) * alpha;
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let byte = (mixed + 0.5).clamp(0.0, 255.0) as u8;
                *sample = byte;
            }
        }
        let (column, row) = (index(sx * lossy(columns), columns), index(sy * lossy(rows), rows));
        let at = row * columns + column;
        if self.cells.get(at).copied().unwrap_or_default() {
            *pixel = self.mean(at);
        }
    }

    fn mean(&self, at: usize) -> [u8; 3] {
        let (pixels, _) = self.grid.rgb.as_chunks::<3>();
        pixels.get(at).copied().unwrap_or_default()
    }

    /// How far the blur covers a place, 0 to 1.
    fn alpha(&self, sx: f64, sy: f64) -> f64 {
        if self.soft.is_empty() {
            return 0.0;
        }
        let (columns, rows) = self.lattice;
        let (x, y) = (sx * lossy(columns - 1), sy * lossy(rows - 1));
        let (left, top) = (index(x, columns), index(y, rows));
        let at = |column: usize, row: usize| {
            let place = row.min(rows - 1) * columns + column.min(columns - 1);
            f64::from(self.soft.get(place).copied().unwrap_or_default()) / 255.0
        };
        let (tx, ty) = (
            (x - lossy(left)).clamp(0.0, 1.0),
            (y - lossy(top)).clamp(0.0, 1.0),
        );
        let upper = at(left, top) * (1.0 - tx) + at(left + 1, top) * tx;
        let lower = at(left, top + 1) * (1.0 - tx) + at(left + 1, top + 1) * tx;
        upper * (1.0 - ty) + lower * ty
    }

    /// The grid with its cells run into each other (quadratic B-spline).
    fn smooth(&self, sx: f64, sy: f64) -> [f64; 3] {
        let (columns, rows) = (self.grid.width as usize, self.grid.height as usize);
        let (x, y) = (sx * lossy(columns) - 0.5, sy * lossy(rows) - 0.5);
        let weights = |t: f64| [0.5 * (0.5 - t).powi(2), 0.75 - t * t, 0.5 * (0.5 + t).powi(2)];
        let (across, down) = (weights(x - x.round()), weights(y - y.round()));
        let mut sum = [0.0; 3];
        for (dy, by) in [-1.0, 0.0, 1.0].into_iter().zip(down) {
            let row = index(y.round() + dy, rows);
            for (dx, bx) in [-1.0, 0.0, 1.0].into_iter().zip(across) {
                let column = index(x.round() + dx, columns);
                for (sum, sample) in sum.iter_mut().zip(self.mean(row * columns + column)) {
                    *sum += f64::from(sample) * bx * by;
                }
            }
        }
        sum
    }
}

/// Runs over the places of a field near a line; `step` is what one column and one row measure.
fn each<T>(
    field: &mut [T],
    (columns, rows): (usize, usize),
    step: (f64, f64),
    (from, to): ((f64, f64), (f64, f64)),
    reach: f64,
    mut act: impl FnMut(&mut T, usize, usize),
) {
    let (left, right) = (from.0.min(to.0) - reach, from.0.max(to.0) + reach);
    let (top, bottom) = (from.1.min(to.1) - reach, from.1.max(to.1) + reach);
    let (first, last) = (index(left / step.0, columns), index(right / step.0, columns));
    for y in index(top / step.1, rows)..=index(bottom / step.1, rows) {
        let row = field.get_mut(y * columns + first..=y * columns + last);
        for (x, place) in (first..).zip(row.unwrap_or_default()) {
            act(place, x, y);
        }
    }
}

/// From a point to the nearest of a line's points.
fn distance((x, y): (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let long = dx * dx + dy * dy;
    let share = if long > 0.0 {
        (((x - from.0) * dx + (y - from.1) * dy) / long).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (x - from.0 - share * dx).hypot(y - from.1 - share * dy)
}

fn radius(stroke: &Hidden) -> f64 {
    if stroke.radius.is_finite() {
        stroke.radius.clamp(*RADII.start(), *RADII.end())
    } else {
        *RADII.end()
    }
}

/// The place a number falls on, kept inside.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn index(exact: f64, count: usize) -> usize {
    (exact.max(0.0) as usize).min(count.saturating_sub(1))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(exact: f64) -> u32 {
    (exact.round() as u32).max(1)
}

#[allow(clippy::cast_precision_loss)]
fn lossy(count: usize) -> f64 {
    count as f64
}

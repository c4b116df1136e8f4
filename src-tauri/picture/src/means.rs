//! The mean colour of every cell of a grid over a picture whose rows come one after another.

use crate::decode::Pixels;
use crate::frame::Area;
use crate::rows::Start;

/// A grid that is being filled.
pub(crate) struct Means {
    columns: u32,
    rows: u32,
    /// Where each column of the picture goes: a cell and its share of it, and the next cell with the rest.
    across: Vec<Spread>,
    down: Vec<Spread>,
    sums: Vec<[f64; 3]>,
    weights: Vec<f64>,
    came: usize,
}

/// One row or column of pixels over cells: it meets two at most, for cells are no smaller than pixels.
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    cell: usize,
    here: f64,
    next: f64,
}

impl Means {
    /// Over the part of what comes that is picture: sides are rounded up when a decoder shrinks.
    pub fn new(whole: Area, start: &Start, (columns, rows): (u32, u32)) -> Self {
        let cells = columns as usize * rows as usize;
        Self {
            columns,
            rows,
            across: spread(start.width, whole.width, columns),
            down: spread(start.height, whole.height, rows),
            sums: vec![[0.0; 3]; cells],
            weights: vec![0.0; cells],
            came: 0,
        }
    }

    /// Adds whole rows of `line` bytes.
    pub fn band(&mut self, rgb: &[u8], line: usize) {
        let columns = self.columns as usize;
        for row in rgb.chunks_exact(line.max(1)) {
            let Some(down) = self.down.get(self.came).copied() else {
                return;
            };
            self.came += 1;
            // First along the row, then down: a row is short beside the picture.
            let mut sums = vec![([0.0_f64; 3], 0.0_f64); columns + 1];
            for (pixel, across) in row.as_chunks::<3>().0.iter().zip(&self.across) {
                for (cell, share) in [(across.cell, across.here), (across.cell + 1, across.next)] {
                    if let Some((sum, weight)) = sums.get_mut(cell) {
                        sum.iter_mut()
                            .zip(pixel)
                            .for_each(|(sum, sample)| *sum += f64::from(*sample) * share);
                        *weight += share;
                    }
                }
            }
            for (cell, share) in [(down.cell, down.here), (down.cell + 1, down.next)] {
                let into = cell * columns..(cell + 1) * columns;
                let cells = self.sums.get_mut(into.clone()).unwrap_or_default().iter_mut();
                let weights = self.weights.get_mut(into).unwrap_or_default().iter_mut();
                for ((own, own_weight), (sum, weight)) in cells.zip(weights).zip(&sums) {
                    own.iter_mut().zip(sum).for_each(|(own, sum)| *own += sum * share);
                    *own_weight += weight * share;
                }
            }
        }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn finish(self) -> Pixels {
        let cells = self.sums.iter().zip(&self.weights);
        let rgb = cells.flat_map(|(sum, weight)| sum.map(|sum| (sum / weight.max(1e-9) + 0.5) as u8));
        Pixels {
            width: self.columns,
            height: self.rows,
            rgb: rgb.collect(),
        }
    }
}

/// How so many pixels, of which `whole` are picture, lie over so many cells.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn spread(pixels: u32, whole: f64, cells: u32) -> Vec<Spread> {
    let each = f64::from(cells) / whole.max(1e-9);
    let over = |pixel: u32| {
        let (from, to) = (
            f64::from(pixel) * each,
            (f64::from(pixel) + 1.0).min(whole) * each,
        );
        let cell = from.floor();
        let edge = (cell + 1.0).min(to);
        Spread {
            cell: cell as usize,
            here: (edge - from).max(0.0),
            next: (to - edge).max(0.0),
        }
    };
    (0..pixels).map(over).collect()
}

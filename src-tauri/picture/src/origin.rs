//! Which of two files of one picture was there first.
//!
//! A JPEG keeps only multiples of its steps. What is saved again from it stands on those multiples still, whatever finer steps the second
//! file has; the other way round nothing lies on them but by chance. So a file that was saved twice gives itself away beside its
//! original, although it may be larger.

use crate::decode;
use crate::error::{PictureError, guard};
use crate::header::{self, Format};
use crate::rows::{Sink, Start};
use crate::segments;

/// Stretches of eight rows that are looked at, over the whole height.
const STRETCHES: u32 = 48;
/// How far rounding moves a coefficient, beside the steps of the copy.
const NOISE: f32 = 1.6;
/// Coefficients that must speak.
const LEAST: f64 = 400.0;
/// How much of what chance would leave must fit.
const SHARE: f64 = 0.6;

/// Whether a file was saved again from another one, a JPEG of the same size.
pub fn is_resaved_from(copy: &[u8], original: &[u8]) -> bool {
    let told = guard(|| {
        let Some(steps) = segments::luma_steps(original) else {
            return Ok(false);
        };
        let (head, other) = (header::read(copy)?, header::read(original)?);
        if (head.width, head.height) != (other.width, other.height) || other.format != Format::Jpeg {
            return Ok(false);
        }
        let own = match head.format {
            Format::Jpeg => segments::luma_steps(copy).unwrap_or([1; 64]),
            _ => [1; 64],
        };
        let mut comb = Comb::new(&steps, &own);
        decode::decode(copy, &head, 1.0, &mut comb)?;
        Ok(comb.fits())
    });
    told.unwrap_or(false)
}

/// How well coefficients stand on the multiples of other steps.
struct Comb {
    /// By place in a block, row by row: a step, and how near its multiples counts. None where chance would fit as well.
    teeth: [Option<(f32, f32)>; 64],
    table: [[f32; 8]; 8],
    line: usize,
    every: u32,
    row: u32,
    held: Vec<u8>,
    said: f64,
    by_chance: f64,
    fit: f64,
}

impl Comb {
    fn new(steps: &[u16; 64], own: &[u16; 64]) -> Self {
        let mut teeth = [None; 64];
        let both = steps.iter().zip(own).zip(&mut teeth);
        // The first place is the mean of a block, which says nothing.
        for ((step, own), tooth) in both.skip(1) {
            let (step, near) = (f32::from(*step), f32::from(*own) / 2.0 + NOISE);
            *tooth = (2.0 * near <= 0.8 * step).then_some((step, near));
        }
        let mut table = [[0.0; 8]; 8];
        for (frequency, row) in (0_u8..).zip(&mut table) {
            for (place, cell) in (0_u8..).zip(row) {
                let scale = if frequency == 0 { 0.125_f32.sqrt() } else { 0.5 };
                let turn =
                    (2.0 * f32::from(place) + 1.0) * f32::from(frequency) * std::f32::consts::PI / 16.0;
                *cell = scale * turn.cos();
            }
        }
        Self {
            teeth,
            table,
            line: 0,
            every: 8,
            row: 0,
            held: Vec::new(),
            said: 0.0,
            by_chance: 0.0,
            fit: 0.0,
        }
    }

    fn fits(&self) -> bool {
        let chance = self.by_chance;
        self.said >= LEAST && self.fit >= chance + SHARE * (self.said - chance)
    }

    /// Eight rows of brightness.
    fn stretch(&mut self) {
        let held = std::mem::take(&mut self.held);
        for x in (0..self.line.saturating_sub(7)).step_by(8) {
            let mut block = [[0.0_f32; 8]; 8];
            for (row, line) in block.iter_mut().zip(held.chunks_exact(self.line.max(1))) {
                let from = line.get(x..x + 8).unwrap_or_default();
                row.iter_mut()
                    .zip(from)
                    .for_each(|(to, from)| *to = f32::from(*from));
            }
            self.block(&block);
        }
    }

    fn block(&mut self, block: &[[f32; 8]; 8]) {
        // Along the rows, then down the columns.
        let sum = |a: &[f32; 8], b: &[f32; 8]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let along = block.map(|row| self.table.map(|wave| sum(&row, &wave)));
        let mut teeth = self.teeth.iter();
        for wave in self.table {
            for column in 0..8 {
                let Some(Some((step, near))) = teeth.next().copied() else {
                    continue;
                };
                let down = along.map(|row| row.get(column).copied().unwrap_or(0.0));
                let size = sum(&down, &wave).abs();
                if size > step / 2.0 {
                    let off = (size - (size / step).round() * step).abs();
                    self.said += 1.0;
                    self.by_chance += f64::from(2.0 * near / step);
                    self.fit += f64::from(u8::from(off <= near));
                }
            }
        }
    }
}

impl Sink for Comb {
    fn begin(&mut self, start: &Start) -> Result<(), PictureError> {
        self.line = start.width as usize;
        self.every = (start.height / STRETCHES).next_multiple_of(8).max(8);
        Ok(())
    }

    fn band(&mut self, rgb: &[u8], _: Option<&[u8]>) -> Result<(), PictureError> {
        for row in rgb.chunks_exact((3 * self.line).max(1)) {
            if self.row % self.every < 8 {
                let pixels = row.as_chunks::<3>().0.iter();
                let light = |[r, g, b]: &[u8; 3]| {
                    let sum = 299 * u32::from(*r) + 587 * u32::from(*g) + 114 * u32::from(*b);
                    u8::try_from((sum + 500) / 1000).unwrap_or(255)
                };
                self.held.extend(pixels.map(light));
                if self.row % 8 == 7 {
                    self.stretch();
                }
            }
            self.row += 1;
        }
        Ok(())
    }
}

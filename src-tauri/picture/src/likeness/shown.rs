//! One picture laid over another: what of it shows the same.

use super::grey::Grey;
use super::real;
use super::way::Way;

/// The longer side is compared in so many squares of so many samples along a side.
const SQUARES: usize = 16;
const SAMPLES: usize = 8;
/// A square with less contrast than this, of 255, in both says nothing.
const PLAIN: f32 = 3.0;
/// Squares show the same when their light rises and falls together this closely.
const SAME: f32 = 0.7;

/// So many places moved together in a copy, at least.
const PLACES: usize = 8;
/// With something in fewer squares than this a picture is told by no copy of it; with fewer than [`MUCH`] there is little to see.
const FEW: usize = 28;
const MUCH: usize = 64;

/// What of one picture another one shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The share of squares with something in them that show the same.
    pub same: f32,
    /// How many squares have something in them.
    pub squares: usize,
    /// How closely light rises and falls together in them, on average; 1 is exactly.
    pub together: f32,
    /// The share of the one picture that lies inside the other.
    pub mine: f32,
    /// The share of the other that is covered.
    pub theirs: f32,
}

impl Shown {
    /// Whether the one is made from the other, so many places of which moved together.
    ///
    /// One of the two lies whole in the other: a cut picture in its original, an original in its frame or on a screen; turned a little,
    /// both lose their corners. Two photos of one panorama share a part of each, and differ in it as standpoints and lenses do: measured
    /// on four such series and 88 pictures with fourteen copies of each. Where there is little to see, two bottles on white agree in most
    /// of it: there the rest has to agree too.
    pub fn is_copy(&self, places: usize) -> bool {
        let (least, most) = (self.mine.min(self.theirs), self.mine.max(self.theirs));
        let needed = if least >= 0.9 {
            0.7
        } else if least >= 0.75 || most >= 0.95 {
            0.78
        } else if most >= 0.7 {
            0.93
        } else if most >= 0.5 {
            0.97
        } else {
            return false;
        };
        let enough = places >= PLACES && self.squares >= FEW && self.mine >= 0.1 && self.theirs >= 0.3;
        let plain = self.squares < MUCH && (self.same < 0.9 || self.together < 0.93);
        enough && !plain && self.same >= needed && (needed < 0.9 || self.together >= 0.93)
    }
}

impl Grey {
    /// What of this picture another one shows, where its places lie that way in it.
    pub fn shows(&self, other: &Self, way: &Way) -> Shown {
        let (mine, theirs) = (self.soft(), other.soft());
        let step = real(self.width.max(self.height)) / real(SQUARES * SAMPLES);
        let count = |side: usize| super::cell(real(side) / step / real(SAMPLES));
        let (mut inside, mut all) = (0, 0);
        let (mut same, mut squares, mut together) = (0, 0, 0.0);
        for (row, column) in
            (0..count(self.height)).flat_map(|row| (0..count(self.width)).map(move |column| (row, column)))
        {
            let mut pairs = Vec::with_capacity(SAMPLES * SAMPLES);
            for (down, along) in (0..SAMPLES).flat_map(|down| (0..SAMPLES).map(move |along| (down, along))) {
                let place = |square: usize, sample: usize| (real(square * SAMPLES + sample) + 0.5) * step;
                let (x, y) = (place(column, along), place(row, down));
                let (u, v) = way.to(if way.mirrored { real(self.width) - x } else { x }, y);
                all += 1;
                if let (Some(here), Some(there)) = (mine.between(x, y), theirs.between(u, v)) {
                    pairs.push((here, there));
                }
            }
            inside += pairs.len();
            if pairs.len() < SAMPLES * SAMPLES * 3 / 4 {
                continue;
            }
            if let Some(closely) = closely(&pairs) {
                squares += 1;
                together += closely;
                same += usize::from(closely > SAME);
            }
        }
        let covered = real(inside) / real(all.max(1));
        let areas = real(self.width * self.height) / real((other.width * other.height).max(1));
        Shown {
            same: real(same) / real(squares.max(1)),
            squares,
            together: together / real(squares.max(1)),
            mine: covered,
            theirs: (covered * areas * way.scale().powi(2)).min(1.0),
        }
    }
}

/// How closely two rows of shades rise and fall together, at most 1; `None` where there is nothing in either.
fn closely(pairs: &[(f32, f32)]) -> Option<f32> {
    let count = real(pairs.len());
    let sum = |of: fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / count;
    let (here, there) = (sum(|pair| pair.0), sum(|pair| pair.1));
    let (mut both, mut mine, mut theirs) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        both += (a - here) * (b - there);
        mine += (a - here).powi(2);
        theirs += (b - there).powi(2);
    }
    let plain = PLAIN * PLAIN * count;
    (mine > plain || theirs > plain).then(|| both / (mine * theirs).sqrt().max(1.0))
}

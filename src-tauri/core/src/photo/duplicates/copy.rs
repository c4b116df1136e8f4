//! Whether a picture is a copy of another that was changed a little: brighter or darker, cut at its edges, mirrored.
//!
//! Only pictures of brands and buyers are searched so closely, and there are few of them. The search looks for the window in the other
//! picture that shows what this one shows, up to a change of light; the cells that then differ most decide, as in the plain look.
//! Measured on photos of nature, text and products: copies differ by less than 20, other photos by more than 50 and rise and fall
//! together by less than a half. On white ground two shades of one product come as close as a copy: there it is a likeness only.

use std::ops::RangeInclusive;

use super::look::{Close, Look, Plane, WORST};

/// Shares of a side that the first round tries to cut off.
const CUTS: [f32; 4] = [0.0, 0.03, 0.06, 0.1];
/// Steps of the rounds that follow, each tried so many times.
const STEPS: [f32; 3] = [0.015, 0.007, 0.003];
const TRIES: usize = 4;
/// No copy is cut by more than this on any side.
const FURTHEST: f32 = 0.125;
/// Cells along a side in the first round.
const COARSE: usize = 16;
/// How much brighter or darker a copy may be: what is multiplied, and what is added, of 255.
const GAIN: RangeInclusive<f32> = 0.75..=1.33;
const LIFT: f32 = 30.0;
/// How closely the light of a copy rises and falls with the other's, at least.
const TOGETHER: f32 = 0.95;
/// The worst cells of a copy differ by less than this on average, of 255; of one with little in it by less than `ALIKE`.
const COPY: f32 = 20.0;
const ALIKE: f32 = 12.0;
/// There is much in a picture when so many cells differ from their neighbour by at least `STEP`: nothing fits it by chance.
const BUSY: f32 = 0.4;
const STEP: f32 = 2.0;

/// A look, softened: a cut moves every cell by a part of its width, and hard edges would outshout everything else.
pub(in crate::photo) struct Soft {
    light: Grid,
    blue: Grid,
    red: Grid,
    /// The light as it was.
    hard: Grid,
}

struct Grid {
    side: usize,
    /// As of the plane.
    weight: f32,
    cells: Vec<f32>,
}

/// What of a picture another one shows.
#[derive(Clone, Copy)]
struct Window {
    /// Shares cut off left, right, top and bottom.
    cut: [f32; 4],
    mirrored: bool,
}

/// How well a window fits.
#[derive(Clone, Copy)]
struct Fit {
    window: Window,
    /// How closely light rises and falls together, at most 1.
    together: f32,
    gain: f32,
    lift: f32,
}

impl Soft {
    pub fn of(look: &Look) -> Option<Self> {
        let mut planes = look.planes();
        let (light, blue, red) = (planes.next()?, planes.next()?, planes.next()?);
        Some(Self {
            hard: Grid::of(&light),
            light: Grid::of(&light).soft(),
            blue: Grid::of(&blue).soft(),
            red: Grid::of(&red).soft(),
        })
    }

    /// Whether this is a copy of the other: `Same`; where there is too little in it to be sure, `Alike`.
    pub fn copies(&self, other: &Self) -> Close {
        let Some(fit) = self.search(other) else {
            return Close::Apart;
        };
        let possible = GAIN.contains(&fit.gain) && fit.lift.abs() <= LIFT && fit.together >= TOGETHER;
        let differ = self.differ(other, &fit);
        match (possible, self.busy() >= BUSY) {
            (true, true) if differ < COPY => Close::Same,
            (true, false) if differ < ALIKE => Close::Alike,
            _ => Close::Apart,
        }
    }

    /// The fingerprints that copies of this one have, as `Intake::print` makes them; each copy is within a few bits of one.
    pub fn prints(&self) -> Vec<i64> {
        let one = |sides: &[usize], share: f32| -> [f32; 4] {
            std::array::from_fn(|side| if sides.contains(&side) { share } else { 0.0 })
        };
        let all = [0, 1, 2, 3];
        let cuts = [one(&[], 0.0), one(&all, 0.04), one(&all, 0.08)]
            .into_iter()
            .chain(all.map(|side| one(&[side], 0.06)))
            .chain([[0, 2], [0, 3], [1, 2], [1, 3]].map(|corner| one(&corner, 0.05)));
        let both = cuts.flat_map(|cut| [false, true].map(|mirrored| Window { cut, mirrored }));
        let mut prints: Vec<i64> = both.map(|window| self.hard.print(window)).collect();
        prints.sort_unstable();
        prints.dedup();
        prints
    }

    /// The window of the other's that fits best.
    fn search(&self, other: &Self) -> Option<Fit> {
        let coarse = self.light.seen(Window::WHOLE, COARSE);
        let fits = [false, true].map(|mirrored| {
            let first = (0..CUTS.len().pow(4)).map(|nth| {
                let cut = std::array::from_fn(|side| {
                    let nth = nth / CUTS.len().pow(u32::try_from(side).unwrap_or(0)) % CUTS.len();
                    CUTS.get(nth).copied().unwrap_or(0.0)
                });
                Fit::of(&coarse, &other.light, Window { cut, mirrored })
            });
            let best = first.max_by(|a, b| a.together.total_cmp(&b.together))?;
            Some(self.refine(other, best.window))
        });
        let found = fits.into_iter().flatten();
        found.max_by(|a, b| a.together.total_cmp(&b.together))
    }

    /// Moves the sides of a window by ever smaller steps for as long as it fits better.
    fn refine(&self, other: &Self, window: Window) -> Fit {
        let mut best = Fit::of(&self.light.cells, &other.light, window);
        for step in STEPS.iter().flat_map(|step| [*step; TRIES]) {
            for (side, by) in (0..4).flat_map(|side| [(side, step), (side, -step)]) {
                let mut window = best.window;
                if let Some(cut) = window.cut.get_mut(side) {
                    *cut = (*cut + by).clamp(0.0, FURTHEST);
                }
                let tried = Fit::of(&self.light.cells, &other.light, window);
                if tried.together > best.together {
                    best = tried;
                }
            }
        }
        best
    }

    /// The mean of the greatest differences under a fit, over light and over colour: whichever is greater.
    fn differ(&self, other: &Self, fit: &Fit) -> f32 {
        // Colour is counted from the middle: it gets stronger with light, and nothing is added to it.
        let kept = 128.0 * (1.0 - fit.gain);
        [
            (&self.light, &other.light, fit.lift),
            (&self.blue, &other.blue, kept),
            (&self.red, &other.red, kept),
        ]
        .into_iter()
        .map(|(mine, theirs, lift)| {
            let seen = theirs.seen(fit.window, mine.side);
            let pairs = mine.cells.iter().zip(seen);
            let mut all: Vec<f32> = pairs
                .map(|(mine, theirs)| (mine - (theirs * fit.gain + lift).clamp(0.0, 255.0)).abs())
                .collect();
            all.sort_unstable_by(f32::total_cmp);
            let worst = (all.len() / WORST).max(1);
            all.iter().rev().take(worst).sum::<f32>() / count(worst) * mine.weight
        })
        .fold(0.0, f32::max)
    }

    /// The share of cells that differ from their neighbour.
    fn busy(&self) -> f32 {
        let rows = self.light.cells.chunks_exact(self.light.side.max(1));
        let steps: Vec<bool> = rows
            .flat_map(|row| row.windows(2))
            .map(|pair| matches!(pair, [left, right] if (left - right).abs() >= STEP))
            .collect();
        count(steps.iter().filter(|step| **step).count()) / count(steps.len().max(1))
    }
}

impl Window {
    const WHOLE: Self = Self {
        cut: [0.0; 4],
        mirrored: false,
    };
}

impl Fit {
    /// Fits light by its mean and its spread.
    fn of(mine: &[f32], theirs: &Grid, window: Window) -> Self {
        let seen = theirs.seen(window, mine.len().isqrt());
        let mean = |cells: &[f32]| cells.iter().sum::<f32>() / count(cells.len().max(1));
        let (my_mean, their_mean) = (mean(mine), mean(&seen));
        let (mut both, mut my_spread, mut their_spread) = (0.0, 0.0, 0.0);
        for (a, b) in mine
            .iter()
            .map(|a| a - my_mean)
            .zip(seen.iter().map(|b| b - their_mean))
        {
            both += a * b;
            my_spread += a * a;
            their_spread += b * b;
        }
        let gain = (my_spread / their_spread.max(1.0)).sqrt();
        Self {
            window,
            together: both / (my_spread * their_spread).sqrt().max(1.0),
            gain,
            lift: my_mean - gain * their_mean,
        }
    }
}

impl Grid {
    fn of(plane: &Plane) -> Self {
        Self {
            side: plane.side,
            weight: if plane.weight > 1 { 2.0 } else { 1.0 },
            cells: plane.cells.iter().map(|cell| f32::from(*cell)).collect(),
        }
    }

    fn cell(&self, x: usize, y: usize) -> f32 {
        let last = self.side.saturating_sub(1);
        let at = y.min(last) * self.side + x.min(last);
        self.cells.get(at).copied().unwrap_or(0.0)
    }

    /// Each cell mixed with those around it.
    fn soft(self) -> Self {
        let row = |x: usize, y: usize| {
            self.cell(x.saturating_sub(1), y) + 2.0 * self.cell(x, y) + self.cell(x + 1, y)
        };
        let cells = (0..self.side).flat_map(|y| (0..self.side).map(move |x| (x, y)));
        let cells = cells
            .map(|(x, y)| (row(x, y.saturating_sub(1)) + 2.0 * row(x, y) + row(x, y + 1)) / 16.0)
            .collect();
        Self { cells, ..self }
    }

    /// What a window shows, on so many cells along a side.
    fn seen(&self, window: Window, across: usize) -> Vec<f32> {
        let [left, right, top, bottom] = window.cut;
        // Between which two cells each lies, and how far along.
        let places = |from: f32, to: f32, mirrored: bool| -> Vec<(usize, f32)> {
            let share = |n: usize| (count(n) + 0.5) / count(across.max(1));
            let shares = (0..across).map(|n| if mirrored { 1.0 - share(n) } else { share(n) });
            shares
                .map(|share| {
                    let at = (from + share * (1.0 - from - to)) * count(self.side) - 0.5;
                    let at = at.clamp(0.0, count(self.side.saturating_sub(1)));
                    (whole(at), at.fract())
                })
                .collect()
        };
        let (xs, ys) = (places(left, right, window.mirrored), places(top, bottom, false));
        let mut seen = Vec::with_capacity(across * across);
        for (y, down) in &ys {
            for (x, along) in &xs {
                let row = |y: usize| self.cell(*x, y) * (1.0 - along) + self.cell(x + 1, y) * along;
                seen.push(row(*y) * (1.0 - down) + row(y + 1) * down);
            }
        }
        seen
    }

    /// The fingerprint of what a window shows.
    fn print(&self, window: Window) -> i64 {
        let [left, right, top, bottom] = window.cut;
        let columns = self.shares(9, left, right, window.mirrored);
        let rows = self.shares(8, top, bottom, false);
        let mix = |parts: &[(usize, f32)], cell: &dyn Fn(usize) -> f32| -> f32 {
            parts.iter().map(|(at, share)| cell(*at) * share).sum()
        };
        let mut print = 0_u64;
        for row in &rows {
            let light: Vec<f32> = columns
                .iter()
                .map(|column| mix(row, &|y| mix(column, &|x| self.cell(x, y))).round())
                .collect();
            for pair in light.windows(2) {
                let brighter = matches!(pair, [left, right] if left > right);
                print = print << 1 | u64::from(brighter);
            }
        }
        print.cast_signed()
    }

    /// Which cells make each of `across` parts of a side, with their shares: a tent over each part and half of its neighbours, as the
    /// fingerprint's own scaling has it.
    fn shares(&self, across: usize, from: f32, to: f32, mirrored: bool) -> Vec<Vec<(usize, f32)>> {
        let place = |cell: usize| ((count(cell) + 0.5) / count(self.side) - from) / (1.0 - from - to);
        let inside = (0..self.side).filter(|cell| (0.0..=1.0).contains(&place(*cell)));
        let inside: Vec<usize> = inside.collect();
        let part = |nth: usize| {
            let centre = (count(nth) + 0.5) / count(across);
            let parts = inside.iter().filter_map(|cell| {
                let share = 1.0 - (place(*cell) - centre).abs() * count(across);
                (share > 0.0).then_some((*cell, share))
            });
            let parts: Vec<(usize, f32)> = parts.collect();
            let sum: f32 = parts.iter().map(|(_, share)| share).sum();
            parts
                .into_iter()
                .map(|(cell, share)| (cell, share / sum))
                .collect()
        };
        let mut shares: Vec<Vec<(usize, f32)>> = (0..across).map(part).collect();
        if mirrored {
            shares.reverse();
        }
        shares
    }
}

/// A small count, for reckoning with.
#[allow(clippy::cast_precision_loss)]
fn count(of: usize) -> f32 {
    of as f32
}

/// The whole part of a place on a grid.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(place: f32) -> usize {
    place as usize
}

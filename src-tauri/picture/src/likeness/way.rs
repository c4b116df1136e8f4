//! How the points of one picture moved to those of another: turned, scaled and shifted.

use super::points::Point;

/// How far a point may be from where it should be, in cells of its scale.
const NEAR: f32 = 4.0;
/// The same for a first guess from a single pair, whose direction and scale are rough.
const ROUGH: f32 = 12.0;
/// Points as near as this are one place: what repeats there is no second witness.
const APART: f32 = 4.0;
/// How much smaller or larger one may show the other.
const SCALES: std::ops::Range<f32> = 0.2..5.0;

/// The way from one picture's places to the other's: turned, scaled, shifted, and mirrored before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    along: f32,
    aside: f32,
    x: f32,
    y: f32,
    /// Mirrored left to right before anything else.
    pub(super) mirrored: bool,
}

/// A point here and the one it may be there.
pub(super) type Pair<'a> = (&'a Point, &'a Point);

impl Way {
    /// Whether the one is turned by more than some degrees, or mirrored.
    pub fn turned(&self) -> bool {
        self.mirrored || self.aside.atan2(self.along).abs() > 0.05
    }

    /// Where a place of the one lies in the other.
    pub(super) fn to(&self, x: f32, y: f32) -> (f32, f32) {
        (
            self.along * x - self.aside * y + self.x,
            self.aside * x + self.along * y + self.y,
        )
    }

    /// How many cells of the other one cell covers along a side.
    pub(super) fn scale(&self) -> f32 {
        self.along.hypot(self.aside)
    }

    /// The way most pairs went, with how many places went it; `None` where fewer than four agree.
    pub(super) fn of(pairs: &[Pair], mirrored: bool) -> Option<(Self, usize)> {
        let mut best: Option<(Self, usize)> = None;
        for pair in pairs {
            let rough = Self::of_one(*pair, mirrored).went(pairs, ROUGH);
            // No more can go a way than are near a rough guess of it.
            if rough.len() < 4 || best.is_some_and(|(_, most)| rough.len() <= most) {
                continue;
            }
            let Some(mut way) = Self::of_all(&rough, mirrored) else {
                continue;
            };
            for _ in 0..3 {
                let went = way.went(pairs, NEAR);
                way = Self::of_all(&went, mirrored).unwrap_or(way);
            }
            let places = places(&way.went(pairs, NEAR));
            if SCALES.contains(&way.scale()) && best.is_none_or(|(_, most)| places > most) {
                best = Some((way, places));
            }
        }
        best.filter(|(_, places)| *places >= 4)
    }

    /// The way one pair went by its directions and scales.
    fn of_one((here, there): Pair, mirrored: bool) -> Self {
        let scale = there.scale() / here.scale();
        let turn = there.angle - here.angle;
        let (along, aside) = (scale * turn.cos(), scale * turn.sin());
        Self {
            along,
            aside,
            x: there.x - (along * here.x - aside * here.y),
            y: there.y - (aside * here.x + along * here.y),
            mirrored,
        }
    }

    /// The way that fits all pairs best, by least squares.
    fn of_all(pairs: &[Pair], mirrored: bool) -> Option<Self> {
        let count = super::real(pairs.len());
        let mean = |of: fn(&Pair) -> f32| pairs.iter().map(of).sum::<f32>() / count;
        let (x, y) = (mean(|pair| pair.0.x), mean(|pair| pair.0.y));
        let (u, v) = (mean(|pair| pair.1.x), mean(|pair| pair.1.y));
        let (mut along, mut aside, mut spread) = (0.0, 0.0, 0.0);
        for (here, there) in pairs {
            let (a, b, c, d) = (here.x - x, here.y - y, there.x - u, there.y - v);
            along += a * c + b * d;
            aside += a * d - b * c;
            spread += a * a + b * b;
        }
        let (along, aside) = (along / spread, aside / spread);
        (pairs.len() > 1 && spread > 1.0).then_some(Self {
            along,
            aside,
            x: u - (along * x - aside * y),
            y: v - (aside * x + along * y),
            mirrored,
        })
    }

    /// The pairs that went this way.
    fn went<'a>(&self, pairs: &[Pair<'a>], near: f32) -> Vec<Pair<'a>> {
        let went = |(here, there): &&Pair| {
            let (x, y) = self.to(here.x, here.y);
            (x - there.x).hypot(y - there.y) < near * there.scale().min(3.0).sqrt()
        };
        pairs.iter().filter(went).copied().collect()
    }
}

/// How many places these pairs start from.
fn places(pairs: &[Pair]) -> usize {
    let mut kept: Vec<&Point> = Vec::new();
    for (here, _) in pairs {
        if kept
            .iter()
            .all(|other| (other.x - here.x).hypot(other.y - here.y) > APART)
        {
            kept.push(here);
        }
    }
    kept.len()
}

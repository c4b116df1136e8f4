//! Points of a picture that are found again in its copies: corners at several scales, each with its direction and what is around it in
//! 256 bits. (Corners: Rosten & Drummond, "Machine learning for high-speed corner detection", 2006; direction and bits: Rublee et al.,
//! "ORB", 2011. The pairs compared here are our own: each stands beside its mirror image, so a mirrored picture needs no second search.)

use std::f32::consts::{PI, TAU};
use std::sync::LazyLock;

use super::grey::Grey;
use super::{cell, real};

/// How much smaller each scale is than the one before, and how many there are: the smallest shows a quarter.
const STEP: f32 = 1.25;
const LEVELS: u8 = 7;
/// No point lies nearer to the edge: what is around it has this radius.
const RIM: usize = 16;
const REACH: f32 = 13.0;
/// How far a ring must stand out from its middle; where there are too few such corners, fainter ones count.
const CLEAR: i16 = 12;
const FAINT: i16 = 5;
/// Points are taken from all parts of a picture alike: a text beside it would have them all.
const PARTS: usize = 5;
/// Bytes a point is kept in.
const BYTES: usize = 38;
const HALF: usize = 128;

/// A corner and what is around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub x: f32,
    pub y: f32,
    pub level: u8,
    /// Towards where it is brighter, in radians.
    pub angle: f32,
    /// Which of two places around it is brighter: 128 pairs, then their mirror images.
    pub bits: [u64; 4],
}

/// The points a picture is known by.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    pub(super) width: usize,
    pub(super) all: Vec<Point>,
}

impl Point {
    /// How many cells of the picture one cell of its scale shows.
    pub fn scale(&self) -> f32 {
        STEP.powi(i32::from(self.level))
    }

    /// In how many bits two differ.
    pub fn differ(&self, other: &Self) -> u32 {
        let pairs = self.bits.iter().zip(&other.bits);
        pairs.map(|(mine, theirs)| (mine ^ theirs).count_ones()).sum()
    }
}

impl Points {
    /// The points of a picture, at most about this many, the clearest of every part.
    pub fn of(picture: &Grey, most: usize) -> Self {
        let shares: Vec<f32> = (0..LEVELS)
            .map(|level| STEP.powi(-2 * i32::from(level)))
            .collect();
        let whole: f32 = shares.iter().sum();
        let mut all = Vec::new();
        for (level, share) in (0..LEVELS).zip(shares) {
            let scale = STEP.powi(i32::from(level));
            let side = |of: usize| cell(real(of) / scale + 0.5);
            let Some(grey) = picture.sized(side(picture.width), side(picture.height)) else {
                break;
            };
            let quota = cell(real(most) * share / whole) + 1;
            let soft = grey.soft();
            for (x, y) in chosen(&grey, quota) {
                let angle = direction(&grey, x, y);
                all.push(Point {
                    x: (real(x) + 0.5) * scale,
                    y: (real(y) + 0.5) * scale,
                    level,
                    angle,
                    bits: bits(&soft, x, y, angle),
                });
            }
        }
        Self {
            width: picture.width,
            all,
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The points of the mirrored picture.
    pub(super) fn mirrored(&self) -> Self {
        let mirror = |point: &Point| {
            let [a, b, c, d] = point.bits;
            Point {
                x: real(self.width) - point.x,
                angle: (PI - point.angle).rem_euclid(TAU),
                bits: [c, d, a, b],
                ..*point
            }
        };
        Self {
            width: self.width,
            all: self.all.iter().map(mirror).collect(),
        }
    }

    /// The bytes to keep: the width, then 38 a point.
    pub fn bytes(&self) -> Vec<u8> {
        let fixed = |place: f32| {
            u16::try_from(cell(place * 64.0))
                .unwrap_or(u16::MAX)
                .to_be_bytes()
        };
        let mut bytes = u16::try_from(self.width)
            .unwrap_or(u16::MAX)
            .to_be_bytes()
            .to_vec();
        for point in &self.all {
            bytes.extend(fixed(point.x));
            bytes.extend(fixed(point.y));
            bytes.push(point.level);
            let turn = cell(point.angle.rem_euclid(TAU) / TAU * 256.0 + 0.5) % 256;
            bytes.push(u8::try_from(turn).unwrap_or(0));
            bytes.extend(point.bits.iter().flat_map(|word| word.to_be_bytes()));
        }
        bytes
    }

    /// Points as they were kept; `None` for other bytes.
    pub fn kept(bytes: &[u8]) -> Option<Self> {
        let (width, rest) = bytes.split_first_chunk::<2>()?;
        let (points, odd) = rest.as_chunks::<BYTES>();
        if !odd.is_empty() {
            return None;
        }
        let one = |bytes: &[u8; BYTES]| {
            let (place, rest) = bytes.split_first_chunk::<4>()?;
            let [x1, x2, y1, y2] = *place;
            let ([level, turn], words) = rest.split_first_chunk::<2>()?;
            let mut bits = [0; 4];
            for (word, bytes) in bits.iter_mut().zip(words.as_chunks::<8>().0) {
                *word = u64::from_be_bytes(*bytes);
            }
            (*level < LEVELS).then(|| Point {
                x: f32::from(u16::from_be_bytes([x1, x2])) / 64.0,
                y: f32::from(u16::from_be_bytes([y1, y2])) / 64.0,
                level: *level,
                angle: f32::from(*turn) / 256.0 * TAU,
                bits,
            })
        };
        Some(Self {
            width: usize::from(u16::from_be_bytes(*width)),
            all: points.iter().map(one).collect::<Option<_>>()?,
        })
    }
}

/// The ring of sixteen cells around a corner, in order.
const RING: [(isize, isize); 16] = [
    (0, -3),
    (1, -3),
    (2, -2),
    (3, -1),
    (3, 0),
    (3, 1),
    (2, 2),
    (1, 3),
    (0, 3),
    (-1, 3),
    (-2, 2),
    (-3, 1),
    (-3, 0),
    (-3, -1),
    (-2, -2),
    (-1, -3),
];

/// The clearest corners of each part of a picture, part by part in turn.
fn chosen(grey: &Grey, quota: usize) -> Vec<(usize, usize)> {
    let mut found = corners(grey, CLEAR);
    if found.len() < quota {
        found = corners(grey, FAINT);
    }
    let mut parts: Vec<Vec<(f32, usize, usize)>> = vec![Vec::new(); PARTS * PARTS];
    for (x, y) in found {
        let part = y * PARTS / grey.height * PARTS + x * PARTS / grey.width;
        if let Some(part) = parts.get_mut(part) {
            part.push((edges(grey, x, y), x, y));
        }
    }
    for part in &mut parts {
        part.sort_by(|a, b| b.0.total_cmp(&a.0));
    }
    let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
    let mut chosen = Vec::new();
    for nth in 0..longest {
        let mut row: Vec<_> = parts.iter().filter_map(|part| part.get(nth)).collect();
        row.sort_by(|a, b| b.0.total_cmp(&a.0));
        chosen.extend(row.into_iter().map(|(_, x, y)| (*x, *y)));
        if chosen.len() >= quota {
            break;
        }
    }
    chosen.truncate(quota);
    chosen
}

/// Cells with nine in a row of the ring all brighter or all darker by more than `clear`, each the clearest within two steps.
fn corners(grey: &Grey, clear: i16) -> Vec<(usize, usize)> {
    let (width, height) = (grey.width, grey.height);
    if width <= 2 * RIM || height <= 2 * RIM {
        return Vec::new();
    }
    let wide = isize::try_from(width).unwrap_or(isize::MAX);
    let ring = RING.map(|(x, y)| y * wide + x);
    let mut scores = vec![0_u16; width * height];
    let mut found = Vec::new();
    for y in RIM..height - RIM {
        for x in RIM..width - RIM {
            let score = score(&grey.cells, y * width + x, &ring, clear);
            if let Some(place) = scores.get_mut(y * width + x).filter(|_| score > 0) {
                *place = score;
                found.push((x, y));
            }
        }
    }
    let clearest = |(x, y): &(usize, usize)| {
        let of = |x: usize, y: usize| scores.get(y * width + x).copied().unwrap_or(0);
        let own = (of(*x, *y), *y, *x);
        let around = (y - 2..=y + 2).flat_map(|v| (x - 2..=x + 2).map(move |u| (u, v)));
        around.into_iter().all(|(u, v)| (of(u, v), v, u) <= own)
    };
    found.retain(clearest);
    found
}

/// How clear a corner is; 0 for none.
fn score(cells: &[u8], place: usize, ring: &[isize; 16], clear: i16) -> u16 {
    let at = |step: isize| {
        let cell = cells.get(place.wrapping_add_signed(step));
        i16::from(cell.copied().unwrap_or(0))
    };
    let middle = at(0);
    let [north, ..] = *ring;
    let [_, _, _, _, east, _, _, _, south, _, _, _, west, ..] = *ring;
    // Of any nine in a row, two at least are among these four.
    let four = [north, east, south, west].map(|step| at(step) - middle);
    let (bright, dark) = (
        four.iter().filter(|far| **far > clear).count(),
        four.iter().filter(|far| **far < -clear).count(),
    );
    if bright < 2 && dark < 2 {
        return 0;
    }
    let (mut bright, mut dark, mut sum) = (0_u32, 0_u32, 0_u16);
    for step in ring {
        let far = at(*step) - middle;
        bright = bright << 1 | u32::from(far > clear);
        dark = dark << 1 | u32::from(far < -clear);
        sum += far.unsigned_abs();
    }
    if nine(bright) || nine(dark) { sum } else { 0 }
}

/// Whether nine of sixteen bits in a ring are set in a row.
fn nine(ring: u32) -> bool {
    let twice = ring | ring << 16;
    let two = twice & twice >> 1;
    let four = two & two >> 2;
    let eight = four & four >> 4;
    eight & twice >> 8 & 0xffff != 0
}

/// How much of a corner it is rather than an edge. (Harris & Stephens, 1988.)
fn edges(grey: &Grey, x: usize, y: usize) -> f32 {
    let (mut across, mut down, mut both) = (0.0, 0.0, 0.0);
    for v in y - 3..=y + 3 {
        for u in x - 3..=x + 3 {
            let dx = f32::from(grey.at(u + 1, v)) - f32::from(grey.at(u - 1, v));
            let dy = f32::from(grey.at(u, v + 1)) - f32::from(grey.at(u, v - 1));
            across += dx * dx;
            down += dy * dy;
            both += dx * dy;
        }
    }
    across * down - both * both - 0.04 * (across + down).powi(2)
}

/// Towards the centre of brightness of a disc around it.
fn direction(grey: &Grey, x: usize, y: usize) -> f32 {
    let (mut right, mut under) = (0_i32, 0_i32);
    for (v, down) in (y + 1 - RIM..y + RIM).zip(-15_i32..) {
        for (u, along) in (x + 1 - RIM..x + RIM).zip(-15_i32..) {
            if along * along + down * down <= 225 {
                let shade = i32::from(grey.at(u, v));
                right += shade * along;
                under += shade * down;
            }
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let angle = (under as f32).atan2(right as f32);
    angle
}

/// Pairs of places in a disc, drawn once and for all, denser towards its middle.
static PAIRS: LazyLock<Vec<[f32; 4]>> = LazyLock::new(|| {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    // Xorshift (Marsaglia, 2003); the sum of six evenly drawn numbers is as good as a normal one here.
    let mut even = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        real(usize::try_from(state >> 40).unwrap_or(0)) / real(1 << 24)
    };
    let mut place = || {
        loop {
            let mut normal = || ((0..6).map(|_| even()).sum::<f32>() - 3.0) * 8.5;
            let (x, y) = (normal(), normal());
            if x.hypot(y) <= REACH {
                return (x, y);
            }
        }
    };
    let mut pairs = Vec::with_capacity(HALF);
    while pairs.len() < HALF {
        let ((ax, ay), (bx, by)) = (place(), place());
        if (ax - bx).hypot(ay - by) > 2.0 {
            pairs.push([ax, ay, bx, by]);
        }
    }
    pairs
});

fn bits(soft: &Grey, x: usize, y: usize, angle: f32) -> [u64; 4] {
    let (sin, cos) = angle.sin_cos();
    let at = |along: f32, aside: f32| {
        let (u, v) = (cos * along - sin * aside, sin * along + cos * aside);
        soft.at(cell(real(x) + u + 0.5), cell(real(y) + v + 0.5))
    };
    let brighter = |[ax, ay, bx, by]: &[f32; 4], side: f32| at(*ax, side * ay) < at(*bx, side * by);
    let mut bits = [0; 4];
    let (plain, mirrored) = bits.split_at_mut(2);
    for (half, side) in [(plain, 1.0), (mirrored, -1.0)] {
        for (word, pairs) in half.iter_mut().zip(PAIRS.chunks(64)) {
            for pair in pairs {
                *word = *word << 1 | u64::from(brighter(pair, side));
            }
        }
    }
    bits
}

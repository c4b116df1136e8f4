//! Many pictures by their points: which of them share points with another that moved together.

use std::f32::consts::TAU;

use super::cell;
use super::points::{Point, Points};
use super::way::{Pair, Way};

/// Points that share any of so many keys of so many bits are compared.
const TABLES: usize = 12;
const KEY: usize = 16;
/// A key that so many share tells nothing apart.
const COMMON: usize = 64;
/// Points that differ in more bits are other points.
const NEAR: u32 = 60;
/// How many pictures, nearest first, one point speaks for.
const VOICES: usize = 24;
/// How many pictures are looked at more closely.
const CANDIDATES: usize = 8;
/// How many places must have moved together, at least.
const TOGETHER: usize = 5;
const TURNS: usize = 16;
const SCALES: usize = 16;

/// Pictures by their points.
pub struct Index {
    points: Vec<(u32, Point)>,
    tables: Vec<Table>,
}

/// A picture that may show the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its number, as it was given to the index.
    pub of: u32,
    /// How the places of the asked one lie in it.
    pub way: Way,
    /// How many places moved together.
    pub places: usize,
}

/// One point here that may be one there.
#[derive(Clone, Copy)]
struct Voice {
    of: u32,
    mirrored: bool,
    here: usize,
    there: u32,
    weight: f32,
}

/// Which points have which key: those of key `k` stand from `starts[k]` to `starts[k + 1]`.
struct Table {
    starts: Vec<u32>,
    points: Vec<u32>,
}

impl Index {
    /// Of pictures with their numbers.
    pub fn new<'a>(pictures: impl IntoIterator<Item = (u32, &'a Points)>) -> Self {
        let points: Vec<(u32, Point)> = pictures
            .into_iter()
            .flat_map(|(of, points)| points.all.iter().map(move |point| (of, *point)))
            .collect();
        let tables = (0..TABLES).map(|nth| Table::new(&points, nth)).collect();
        Self { points, tables }
    }

    /// Pictures some of whose points moved together with these; the likeliest first, at most eight.
    pub fn candidates(&self, points: &Points) -> Vec<Candidate> {
        let sides = [(points.clone(), false), (points.mirrored(), true)];
        let mut voices = Vec::new();
        for (points, mirrored) in &sides {
            for (here, point) in points.all.iter().enumerate() {
                voices.extend(self.voices(point, here, *mirrored));
            }
        }
        voices.sort_by_key(|voice| (voice.of, voice.mirrored, voice.here));
        let mut groups: Vec<(f32, Vec<Voice>)> = voices
            .chunk_by(|a, b| (a.of, a.mirrored) == (b.of, b.mirrored))
            .filter(|group| group.len() >= TOGETHER)
            .map(|group| self.agreed(group, &sides))
            .collect();
        groups.sort_by(|a, b| b.0.total_cmp(&a.0));
        let looked = groups.into_iter().take(CANDIDATES);
        let mut found: Vec<Candidate> = looked
            .filter_map(|(_, group)| self.moved(&group, &sides))
            .collect();
        found.sort_by_key(|candidate| (std::cmp::Reverse(candidate.places), candidate.of));
        found
    }

    /// What one point speaks for: the nearest point of each picture, the nearer the louder.
    fn voices(&self, point: &Point, here: usize, mirrored: bool) -> impl Iterator<Item = Voice> {
        let mut near: Vec<(u32, u32, u32)> = Vec::new();
        for (nth, table) in self.tables.iter().enumerate() {
            for there in table.of(key(point, nth)) {
                let Some((of, other)) = usize::try_from(*there).ok().and_then(|at| self.points.get(at))
                else {
                    continue;
                };
                let bits = point.differ(other);
                if bits <= NEAR {
                    near.push((*of, bits, *there));
                }
            }
        }
        near.sort_unstable();
        near.dedup_by_key(|(of, ..)| *of);
        near.sort_unstable_by_key(|(of, bits, _)| (*bits, *of));
        near.truncate(VOICES);
        (1_u8..).zip(near).map(move |(rank, (of, _, there))| Voice {
            of,
            mirrored,
            here,
            there,
            weight: 1.0 / f32::from(rank),
        })
    }

    /// The voices that agree on how far the picture was turned and scaled, and how loud they are together.
    fn agreed(&self, group: &[Voice], sides: &[(Points, bool)]) -> (f32, Vec<Voice>) {
        let place = |voice: &Voice| {
            let (here, there) = self.pair(voice, sides)?;
            let turn = (there.angle - here.angle).rem_euclid(TAU) / TAU;
            let scale = usize::from(there.level + 8).saturating_sub(usize::from(here.level));
            Some((cell(turn * 16.0) % TURNS, scale))
        };
        let mut bins = [[0.0_f32; SCALES]; TURNS];
        for voice in group {
            if let Some((turn, scale)) = place(voice)
                && let Some(bin) = bins.get_mut(turn).and_then(|row| row.get_mut(scale))
            {
                *bin += voice.weight;
            }
        }
        let near = |at: (usize, usize), of: (usize, usize)| {
            let turned = (at.0 + TURNS - of.0) % TURNS;
            (turned <= 1 || turned == TURNS - 1) && at.1.abs_diff(of.1) <= 1
        };
        let loud = |of: (usize, usize)| {
            let mut sum = 0.0;
            for (turn, row) in bins.iter().enumerate() {
                for (scale, weight) in row.iter().enumerate() {
                    if *weight > 0.0 && near((turn, scale), of) {
                        sum += weight;
                    }
                }
            }
            sum
        };
        let all = (0..TURNS).flat_map(|turn| (0..SCALES).map(move |scale| (turn, scale)));
        let all = all.map(|of| (loud(of), of));
        let Some((sum, best)) = all.max_by(|a, b| a.0.total_cmp(&b.0)) else {
            return (0.0, Vec::new());
        };
        let kept = group
            .iter()
            .filter(|voice| place(voice).is_some_and(|at| near(at, best)));
        (sum, kept.copied().collect())
    }

    /// How the points of a group moved, where enough of them moved together.
    fn moved(&self, group: &[Voice], sides: &[(Points, bool)]) -> Option<Candidate> {
        let first = group.first()?;
        let pairs: Vec<Pair> = group.iter().filter_map(|voice| self.pair(voice, sides)).collect();
        let (way, places) = Way::of(&pairs, first.mirrored)?;
        (places >= TOGETHER).then_some(Candidate {
            of: first.of,
            way,
            places,
        })
    }

    fn pair<'a>(&'a self, voice: &Voice, sides: &'a [(Points, bool)]) -> Option<Pair<'a>> {
        let (points, _) = sides.iter().find(|(_, mirrored)| *mirrored == voice.mirrored)?;
        let (_, there) = self.points.get(usize::try_from(voice.there).ok()?)?;
        Some((points.all.get(voice.here)?, there))
    }
}

impl Table {
    fn new(points: &[(u32, Point)], nth: usize) -> Self {
        let mut starts = vec![0_u32; (1 << KEY) + 1];
        let keys: Vec<usize> = points.iter().map(|(_, point)| key(point, nth)).collect();
        for key in &keys {
            if let Some(start) = starts.get_mut(key + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; points.len()];
        for (point, key) in (0_u32..).zip(keys) {
            if let Some(place) = next.get_mut(key) {
                if let Some(to) = sorted.get_mut(*place as usize) {
                    *to = point;
                }
                *place += 1;
            }
        }
        Self {
            starts,
            points: sorted,
        }
    }

    /// The points of a key; none where it is too common.
    fn of(&self, key: usize) -> &[u32] {
        let Some([start, end]) = self.starts.get(key..key + 2) else {
            return &[];
        };
        let points = self.points.get(*start as usize..*end as usize).unwrap_or(&[]);
        if points.len() > COMMON { &[] } else { points }
    }
}

/// The nth key of a point: 16 of its bits.
fn key(point: &Point, nth: usize) -> usize {
    let word = point.bits.get(nth / 4).copied().unwrap_or(0);
    usize::from((word >> (16 * (nth % 4)) & 0xffff) as u16)
}

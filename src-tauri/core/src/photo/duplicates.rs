//! Pictures that look alike: a 64-bit difference hash, compared within six bits.

use std::collections::{BTreeMap, HashMap};

use image::imageops::FilterType;

use super::{Photo, store};
use crate::{db::Db, error::Result, value::Id};

/// Most bits in which two pictures that look alike may differ.
const NEAR: u32 = 6;
/// Pictures with fewer edges than this say nothing: every plain wall would look like every other.
const EDGES: u32 = 3;

/// Groups of pictures that look alike; in a group the best (most pixels, then best rated) comes first, the group with the newest
/// picture leads.
pub async fn duplicates(db: &Db) -> Result<Vec<Vec<Photo>>> {
    let mut answer = Vec::new();
    let prints = store::fingerprints(db).await?;
    for ids in super::file::aside(move || Ok(alike(&prints))).await? {
        let mut photos = store::by_ids(db.read(), &ids).await?;
        photos.sort_by_key(|p| std::cmp::Reverse((p.width * p.height, p.rating, p.bytes, -p.id)));
        answer.push(photos);
    }
    answer.sort_by_key(|group| std::cmp::Reverse(group.iter().map(|photo| photo.id).max()));
    Ok(answer)
}

/// The difference hash of a small JPEG: whether each of 8×8 cells is brighter than its right neighbour. `None` for a picture
/// without edges. (Krawetz, "Kind of Like That", 2013.)
pub(super) fn fingerprint(jpeg: &[u8]) -> Option<i64> {
    // A second, smaller picture first: the decoder skips most of the work when asked for an eighth.
    let facts = caoben_picture::probe(jpeg).ok()?;
    let small = caoben_picture::thumbnail(jpeg, &facts, 64, 95).ok()?;
    let grey = image::load_from_memory(&small)
        .ok()?
        .resize_exact(9, 8, FilterType::Triangle)
        .into_luma8();
    let bits = grey.rows().flat_map(|row| {
        let row: Vec<u8> = row.map(|pixel| pixel.0[0]).collect();
        row.windows(2)
            .map(|pair| matches!(pair, [left, right] if left > right))
            .collect::<Vec<_>>()
    });
    let print = bits.fold(0_u64, |print, bit| print << 1 | u64::from(bit));
    let edges = print.count_ones();
    (EDGES..=64 - EDGES)
        .contains(&edges)
        .then_some(print.cast_signed())
}

/// Groups of at least two by closeness, carried on from picture to picture; ids ascend.
///
/// Two prints within six bits agree in one of their four 16-bit quarters but for one bit, so each looks up 4 × 17 buckets instead
/// of everybody.
fn alike(prints: &[(Id, i64)]) -> Vec<Vec<Id>> {
    let mut same: BTreeMap<u64, Vec<Id>> = BTreeMap::new();
    for (id, print) in prints {
        same.entry(print.cast_unsigned()).or_default().push(*id);
    }
    let unique: Vec<u64> = same.keys().copied().collect();
    let mut union = Union::new(unique.len());
    for quarter in 0..4 {
        let key = |print: u64| (print >> (16 * quarter)) & 0xFFFF;
        let mut buckets: HashMap<u64, Vec<(usize, u64)>> = HashMap::new();
        for (at, print) in unique.iter().copied().enumerate() {
            let own = key(print);
            for near in std::iter::once(own).chain((0..16).map(|bit| own ^ (1 << bit))) {
                for (other, known) in buckets.get(&near).into_iter().flatten() {
                    if (print ^ known).count_ones() <= NEAR {
                        union.join(at, *other);
                    }
                }
            }
            buckets.entry(own).or_default().push((at, print));
        }
    }
    let mut groups: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
    for (at, ids) in same.into_values().enumerate() {
        groups.entry(union.root(at)).or_default().extend(ids);
    }
    let mut groups: Vec<Vec<Id>> = groups.into_values().filter(|ids| ids.len() > 1).collect();
    groups.iter_mut().for_each(|ids| ids.sort_unstable());
    groups.sort_unstable();
    groups
}

/// Union-find with path halving.
struct Union(Vec<usize>);

impl Union {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn up(&self, at: usize) -> usize {
        self.0.get(at).copied().unwrap_or(at)
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.up(at) != at {
            let over = self.up(self.up(at));
            if let Some(slot) = self.0.get_mut(at) {
                *slot = over;
            }
            at = over;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn six_bits_apart_are_alike_wherever_they_fall_and_seven_are_not() {
        for shift in 0..58 {
            let spread = 0b101_0101_0101_u64; // six ones
            let base = 0x0F0F_3C3C_55AA_1234_u64;
            let near = base ^ spread.rotate_left(shift);
            let far = base ^ 0x7F_u64.rotate_left(shift);
            let groups = alike(&[(1, base.cast_signed()), (2, near.cast_signed())]);
            assert_eq!(groups, [[1, 2]], "six bits at {shift}");
            assert!(
                alike(&[(1, base.cast_signed()), (2, far.cast_signed())]).is_empty(),
                "seven bits at {shift}"
            );
        }
    }

    #[test]
    fn a_hundred_thousand_prints_are_compared_in_seconds() {
        let mut seed = 1_u64;
        let prints: Vec<(i64, i64)> = (0..100_000)
            .map(|id| {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (id, (seed ^ (seed >> 29)).cast_signed())
            })
            .collect();
        let begun = std::time::Instant::now();
        let groups = alike(&prints);
        assert!(groups.len() < 100, "random prints are rarely alike");
        assert!(
            begun.elapsed().as_secs() < 20,
            "took {:?} unoptimized",
            begun.elapsed()
        );
    }
}

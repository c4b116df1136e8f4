//! Fingerprints that lie close together, found without comparing everybody with everybody.
//!
//! A print is split into four lanes of 16 bits; two prints within [`NEAR`] bits differ by at most one bit in one of them, so 4 × 17
//! short shelves hold all that can be near. Lane `k` takes every fourth bit from `k`: pictures on the same white ground agree in
//! their rims, and lanes cut in one piece would put all of them on one shelf. (Multi-index hashing: Norouzi, Punjani, Fleet, 2012.)

use std::collections::BTreeMap;

use crate::value::Id;

/// Most bits in which two pictures that look alike may differ. Four lanes find up to seven.
pub(in crate::photo) const NEAR: u32 = 7;
const LANES: usize = 4;

/// Fingerprints, laid out for finding what is near.
pub struct Prints {
    /// Each print once, ascending.
    prints: Vec<u64>,
    /// Who has it: the ids of print `n` are `ids[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    ids: Vec<Id>,
    lanes: [Lane; LANES],
}

/// The prints in the order of one lane: those whose lane reads `key` are `prints[starts[key]..starts[key + 1]]`.
struct Lane {
    starts: Vec<u32>,
    prints: Vec<u64>,
    /// Which of `Prints::prints` each is.
    at: Vec<u32>,
}

impl Prints {
    /// Sorts prints into their shelves; `(photo, print)`.
    pub fn new(of: &[(Id, i64)]) -> Self {
        let mut sorted: Vec<(u64, Id)> = of
            .iter()
            .map(|(id, print)| (print.cast_unsigned(), *id))
            .collect();
        sorted.sort_unstable();
        let (mut prints, mut starts) = (Vec::new(), Vec::new());
        for (nth, (print, _)) in sorted.iter().enumerate() {
            if prints.last() != Some(print) {
                prints.push(*print);
                starts.push(short(nth));
            }
        }
        starts.push(short(sorted.len()));
        let lanes = std::array::from_fn(|nth| Lane::new(nth, &prints));
        Self {
            prints,
            starts,
            ids: sorted.into_iter().map(|(_, id)| id).collect(),
            lanes,
        }
    }

    /// The photos within seven bits of a print and how many bits lie between, nearest first; with the same print first by id.
    pub fn near(&self, print: i64) -> Vec<(Id, u32)> {
        let mut found = Vec::new();
        self.visit(print.cast_unsigned(), |at, bits| {
            found.extend(self.owners(at).iter().map(|id| (*id, bits)));
        });
        found.sort_unstable_by_key(|(id, bits)| (*bits, *id));
        found
    }

    /// Photos that hang together from near to near, at least two, newest group first; ids ascend. No two groups need comparing.
    pub fn clusters(&self) -> Vec<Vec<Id>> {
        let mut union = Union::new(self.prints.len());
        for lane in &self.lanes {
            lane.pairs(|a, b| union.join(a, b));
        }
        let mut clusters: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
        for at in 0..self.prints.len() {
            let root = union.root(at);
            // Most prints stand alone: no list is made for them.
            if root != at || self.owners(at).len() > 1 || union.is_shared(at) {
                clusters.entry(root).or_default().extend(self.owners(at));
            }
        }
        let mut clusters: Vec<Vec<Id>> = clusters.into_values().collect();
        clusters.iter_mut().for_each(|ids| ids.sort_unstable());
        clusters.sort_unstable_by_key(|ids| std::cmp::Reverse(ids.last().copied()));
        clusters
    }

    fn owners(&self, at: usize) -> &[Id] {
        slice(&self.ids, &self.starts, at)
    }

    /// Tells every distinct print near to one once, with the bits between; answers how many were compared.
    fn visit(&self, print: u64, mut tell: impl FnMut(usize, u32)) -> usize {
        let mut compared = 0;
        for (nth, lane) in self.lanes.iter().enumerate() {
            let own = lane_of(print, nth);
            for key in std::iter::once(own).chain((0..16).map(|bit| own ^ (1 << bit))) {
                let near = slice(&lane.prints, &lane.starts, key);
                compared += near.len();
                for (place, known) in near.iter().enumerate() {
                    let between = print ^ known;
                    let bits = between.count_ones();
                    // It is told by the first lane that leads to it.
                    if bits <= NEAR
                        && (0..nth).all(|before| lane_of(between, before).count_ones() > 1)
                        && let Some(at) = slice(&lane.at, &lane.starts, key).get(place)
                    {
                        tell(*at as usize, bits);
                    }
                }
            }
        }
        compared
    }
}

impl Lane {
    /// A counting sort by the lane's bits.
    fn new(nth: usize, prints: &[u64]) -> Self {
        let mut starts = vec![0_u32; (1 << 16) + 1];
        for print in prints {
            if let Some(count) = starts.get_mut(lane_of(*print, nth) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut starts {
            sum += *count;
            *count = sum;
        }
        let (mut sorted, mut places) = (vec![0; prints.len()], vec![0; prints.len()]);
        let mut next = starts.clone();
        for (at, print) in (0..).zip(prints) {
            if let Some(to) = next.get_mut(lane_of(*print, nth))
                && let Some((slot, place)) = sorted.get_mut(*to as usize).zip(places.get_mut(*to as usize))
            {
                (*slot, *place) = (*print, at);
                *to += 1;
            }
        }
        Self {
            starts,
            prints: sorted,
            at: places,
        }
    }

    /// Tells all pairs near to each other that agree in this lane but for one bit: each shelf is compared with itself and with the
    /// later ones a bit away, so each pair is seen once.
    fn pairs(&self, mut tell: impl FnMut(usize, usize)) {
        for key in 0..1 << 16 {
            let own = slice(&self.prints, &self.starts, key);
            if own.is_empty() {
                continue;
            }
            let later = (0..16).map(|bit| key ^ (1 << bit)).filter(|other| *other > key);
            for beside in std::iter::once(key).chain(later) {
                let others = slice(&self.prints, &self.starts, beside);
                for (nth, print) in own.iter().enumerate() {
                    let from = if beside == key { nth + 1 } else { 0 };
                    for (other, known) in others.iter().enumerate().skip(from) {
                        if (print ^ known).count_ones() <= NEAR {
                            tell(self.place(key, nth), self.place(beside, other));
                        }
                    }
                }
            }
        }
    }

    /// Which of `Prints::prints` the nth on a shelf is.
    fn place(&self, key: usize, nth: usize) -> usize {
        slice(&self.at, &self.starts, key)
            .get(nth)
            .map_or(0, |at| *at as usize)
    }
}

/// Every fourth bit from `nth`, put together.
fn lane_of(print: u64, nth: usize) -> usize {
    let mut bits = (print >> nth) & 0x1111_1111_1111_1111;
    bits = (bits | bits >> 3) & 0x0303_0303_0303_0303;
    bits = (bits | bits >> 6) & 0x000F_000F_000F_000F;
    bits = (bits | bits >> 12) & 0x0000_00FF_0000_00FF;
    ((bits | bits >> 24) & 0xFFFF) as usize
}

/// The part of `all` that `starts` gives to `nth`.
fn slice<'a, T>(all: &'a [T], starts: &[u32], nth: usize) -> &'a [T] {
    let (Some(from), Some(to)) = (starts.get(nth), starts.get(nth + 1)) else {
        return &[];
    };
    all.get(*from as usize..*to as usize).unwrap_or_default()
}

/// A place in a list of fewer than 2³² photos.
fn short(nth: usize) -> u32 {
    u32::try_from(nth).unwrap_or(u32::MAX)
}

/// Union-find with path halving; the lowest place is the root.
struct Union {
    up: Vec<u32>,
    shared: Vec<bool>,
}

impl Union {
    fn new(len: usize) -> Self {
        Self {
            up: (0..short(len)).collect(),
            shared: vec![false; len],
        }
    }

    fn up(&self, at: usize) -> usize {
        self.up.get(at).map_or(at, |up| *up as usize)
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.up(at) != at {
            let over = self.up(self.up(at));
            if let Some(slot) = self.up.get_mut(at) {
                *slot = short(over);
            }
            at = over;
        }
        at
    }

    /// Whether another place hangs on this root.
    fn is_shared(&self, root: usize) -> bool {
        self.shared.get(root).copied().unwrap_or(false)
    }

    fn join(&mut self, a: usize, b: usize) {
        // On a crowded shelf most pairs hang together already.
        if self.up(a) == self.up(b) {
            return;
        }
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        if let (Some(slot), Some(shared)) = (self.up.get_mut(a.max(b)), self.shared.get_mut(a.min(b))) {
            *slot = short(a.min(b));
            *shared = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LANES, NEAR, Prints, lane_of};
    use crate::value::Id;

    /// A fixed-seed generator (Knuth's MMIX constants).
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            self.0 ^ (self.0 >> 29)
        }

        /// A print with some bits turned.
        fn turned(&mut self, print: u64, bits: u32) -> u64 {
            let mut turned = print;
            while (turned ^ print).count_ones() < bits {
                turned ^= 1 << ((self.roll() >> 33) % 64);
            }
            turned
        }
    }

    /// Three thousand prints: a third alone, a third a few bits from another, a third on the same white ground.
    fn family() -> Vec<(Id, i64)> {
        let mut dice = Dice(3);
        let mut prints: Vec<u64> = Vec::new();
        for nth in 0..3_000 {
            let one = match nth % 3 {
                0 => dice.roll(),
                1 => {
                    let base = prints[nth / 2];
                    let bits = (dice.roll() >> 40) as u32 % 10;
                    dice.turned(base, bits)
                }
                _ => dice.roll() & 0x0000_3C3C_3C3C_0000,
            };
            prints.push(one);
        }
        (1..).zip(prints.into_iter().map(u64::cast_signed)).collect()
    }

    fn by_hand(prints: &[(Id, i64)], print: i64) -> Vec<(Id, u32)> {
        let mut found: Vec<(Id, u32)> = prints
            .iter()
            .map(|(id, known)| (*id, (known ^ print).count_ones()))
            .filter(|(_, bits)| *bits <= NEAR)
            .collect();
        found.sort_unstable_by_key(|(id, bits)| (*bits, *id));
        found
    }

    #[test]
    fn lanes_take_a_print_apart_without_loss() {
        let print = 0x0F0F_3C3C_55AA_1234_u64;
        let bits: u32 = (0..LANES).map(|nth| lane_of(print, nth).count_ones()).sum();
        assert_eq!(bits, print.count_ones());
        for bit in 0..64 {
            assert_eq!(lane_of(1 << bit, bit % 4), 1 << (bit / 4), "bit {bit}");
        }
    }

    #[test]
    fn what_is_near_is_found_as_by_comparing_with_everybody() {
        let prints = family();
        let index = Prints::new(&prints);
        for (id, print) in prints.iter().step_by(7) {
            assert_eq!(index.near(*print), by_hand(&prints, *print), "near {id}");
        }
        assert_eq!(
            index.near(0x5A5A_0000_1111_2222),
            by_hand(&prints, 0x5A5A_0000_1111_2222)
        );
    }

    #[test]
    fn seven_bits_are_near_wherever_they_fall_and_eight_are_not() {
        let mut dice = Dice(5);
        for _ in 0..500 {
            let base = dice.roll();
            let (near, far) = (dice.turned(base, NEAR), dice.turned(base, NEAR + 1));
            let index = Prints::new(&[(1, base.cast_signed())]);
            assert_eq!(index.near(near.cast_signed()), [(1, NEAR)]);
            assert_eq!(index.near(far.cast_signed()), []);
        }
    }

    #[test]
    fn clusters_hold_whoever_is_near_to_somebody_and_nobody_else() {
        let prints = family();
        let clusters = Prints::new(&prints).clusters();
        let place = |id: Id| clusters.iter().position(|ids| ids.contains(&id));
        for (id, print) in &prints {
            let near = by_hand(&prints, *print);
            assert_eq!(
                place(*id).is_some(),
                near.len() > 1,
                "photo {id} has {} near",
                near.len()
            );
            for (other, _) in near.iter().filter(|(other, _)| other != id) {
                assert_eq!(place(*id), place(*other), "{id} and {other} are near");
            }
        }
    }

    #[test]
    fn few_are_compared_even_on_one_ground_and_equal_prints_count_once() {
        let mut dice = Dice(9);
        let many: Vec<(Id, i64)> = (0..20_000).map(|id| (id, dice.roll().cast_signed())).collect();
        let index = Prints::new(&many);
        let compared: usize = many
            .iter()
            .take(200)
            .map(|(_, p)| index.visit(p.cast_unsigned(), |_, _| {}))
            .sum();
        assert!(
            compared / 200 < 20_000 / 400,
            "{} of 20,000 compared on average",
            compared / 200
        );

        let white: Vec<(Id, i64)> = (0..20_000)
            .map(|id| (id, (dice.roll() & 0x0000_7E7E_7E7E_0000).cast_signed()))
            .collect();
        let index = Prints::new(&white);
        let compared: usize = white
            .iter()
            .take(200)
            .map(|(_, p)| index.visit(p.cast_unsigned(), |_, _| {}))
            .sum();
        assert!(
            compared / 200 < 20_000 * 2,
            "{} compared on average on one white ground",
            compared / 200
        );

        let equal: Vec<(Id, i64)> = (0..20_000).map(|id| (id, 0x1234_5678_9ABC_DEF0)).collect();
        let index = Prints::new(&equal);
        assert_eq!(
            index.visit(0x1234_5678_9ABC_DEF0, |_, _| {}),
            4,
            "one print, one look in each lane"
        );
        assert_eq!(index.near(0x1234_5678_9ABC_DEF0).len(), 20_000);
        assert_eq!(index.clusters().len(), 1);
    }
}

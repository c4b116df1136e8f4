//! Walking through a list that changes under one's feet, and knowing whether all of it was seen. Pure.
//!
//! A list is sorted by stamp, then by key, and an order that changes goes to its end: those behind it move up, and who reads
//! by page numbers steps over them. So every part begins with the last order of the part before: when it is still there,
//! nothing moved; when it is not, reading goes on from its stamp. At the end what was met is held against what the shop says
//! it has, because a list that ends early looks just like one that ends.

use std::collections::HashSet;

use super::source::PAGE;
use crate::{
    error::{Code, Error, Result},
    value::Time,
};

/// How often a walk may begin again at the same stamp.
const PATIENCE: u32 = 20;

/// What a part of a list was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// What comes next in the list: nothing before its end is missing.
    On,
    /// Good orders, but nobody knows what stands between them and those before.
    Loose,
    /// As [`Step::On`], and the end of the list.
    End,
}

/// Where the reading of a list stands.
pub(super) struct Walk {
    from: Option<Time>,
    /// The part to ask for next: what changed after this …
    pub after: Option<Time>,
    /// … but for so many.
    pub skip: usize,
    last: Option<(String, Time)>,
    met: HashSet<String>,
    /// What the shop said it has when the walk began.
    told: Option<usize>,
    /// How often the part at hand came short.
    short: u32,
    /// How often reading began again without getting further.
    stuck: u32,
    recounted: bool,
    /// Orders that the shop counts and does not show.
    pub missing: usize,
}

impl Walk {
    /// A walk from `from` (exclusive) to the end.
    pub fn new(from: Option<Time>) -> Self {
        Self {
            from,
            after: from,
            skip: 0,
            last: None,
            met: HashSet::new(),
            told: None,
            short: 0,
            stuck: 0,
            recounted: false,
            missing: 0,
        }
    }

    /// What the shop said it has.
    pub fn told(&self) -> Option<usize> {
        self.told
    }

    /// Whether an order was met.
    pub fn met(&self, key: &str) -> bool {
        self.met.contains(key)
    }

    /// Whether nothing before here was left out, so that what was read need not be read again.
    pub fn is_whole(&self) -> bool {
        self.missing == 0
    }

    /// Takes the part that was asked for: keys and stamps as they came, and how many the list has.
    ///
    /// # Errors
    /// `Unreachable` when the list changes faster than it can be read.
    pub fn take(&mut self, part: &[(String, Time)], total: Option<usize>) -> Result<Step> {
        self.met.extend(part.iter().map(|(key, _)| key.clone()));
        self.told = self.told.or(total);
        let is_joined = self
            .last
            .as_ref()
            .is_none_or(|(last, _)| part.first().is_some_and(|(key, _)| key == last));
        if !is_joined {
            return self.begin_again();
        }
        let Some(total) = total else {
            return self.go_on(part, part.len() < PAGE);
        };
        // What went meanwhile is not missing; under another bound the count is another list's.
        if self.after == self.from {
            self.told = self.told.map(|told| told.min(total));
        }
        let due = total.saturating_sub(self.skip).min(PAGE);
        if part.len() >= due {
            return self.go_on(part, self.skip + part.len() >= total);
        }
        // The count and the part are two looks of the shop: once or twice they may differ.
        if self.short < 2 {
            self.short += 1;
            return Ok(Step::Loose);
        }
        self.short = 0;
        self.missing += due - part.len();
        self.skip += due;
        self.last = None;
        if self.skip >= total {
            return Ok(Step::End);
        }
        Ok(Step::Loose)
    }

    fn go_on(&mut self, part: &[(String, Time)], is_end: bool) -> Result<Step> {
        self.short = 0;
        if is_end {
            return self.finish();
        }
        self.last = part.last().cloned();
        self.skip += part.len().saturating_sub(1).max(1);
        Ok(Step::On)
    }

    /// The whole of it was walked through; if that is fewer than were told, once more, counting anew.
    fn finish(&mut self) -> Result<Step> {
        let fewer = self.told.unwrap_or(0).saturating_sub(self.met.len());
        if fewer == 0 || !self.is_whole() {
            return Ok(Step::End);
        }
        if self.recounted {
            self.missing = fewer;
            return Ok(Step::End);
        }
        self.recounted = true;
        (self.after, self.skip, self.last, self.told) = (self.from, 0, None, None);
        Ok(Step::Loose)
    }

    /// Something before the last order went away: on from its second.
    fn begin_again(&mut self) -> Result<Step> {
        let next = self.last.take().map(|(_, stamp)| before(stamp));
        (self.skip, self.short) = (0, 0);
        if next > self.after {
            (self.after, self.stuck) = (next, 0);
            return Ok(Step::Loose);
        }
        self.stuck += 1;
        if self.stuck > PATIENCE {
            return Err(Error::new(
                Code::Unreachable,
                "店铺里的订单一直在变，来不及读完。已读到的都保留了，请等店铺空一些再同步。",
            ));
        }
        Ok(Step::Loose)
    }
}

/// The bound after which a stamp lies; shops stamp in whole seconds, so all of its second comes again.
pub(super) fn before(stamp: Time) -> Time {
    Time(stamp.0.div_euclid(1000) * 1000 - 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shop's list: keys with their stamps in seconds.
    struct Shop {
        orders: Vec<(u32, i64)>,
        hidden: Vec<u32>,
        clock: i64,
    }

    impl Shop {
        fn of(stamps: impl Iterator<Item = i64>) -> Self {
            let orders: Vec<(u32, i64)> = (0..).zip(stamps).collect();
            let clock = orders.iter().map(|(_, at)| *at).max().unwrap_or(0) + 100;
            Self {
                orders,
                hidden: Vec::new(),
                clock,
            }
        }

        fn part(&self, walk: &Walk) -> (Vec<(String, Time)>, usize) {
            let later = |at: i64| walk.after.is_none_or(|after| Time(at * 1000) > after);
            let mut list: Vec<_> = self.orders.iter().filter(|(_, at)| later(*at)).collect();
            list.sort_by_key(|(key, at)| (*at, *key));
            let part = list.iter().skip(walk.skip).take(PAGE);
            let part = part.filter(|(key, _)| !self.hidden.contains(key));
            let part = part.map(|(key, at)| (format!("{key:06}"), Time(at * 1000)));
            (part.collect(), list.len())
        }
    }

    /// Walks to the end, with something happening after each part; answers how many parts it took.
    fn walk(shop: &mut Shop, mut happens: impl FnMut(&mut Shop, usize)) -> Result<(Walk, usize)> {
        let mut walk = Walk::new(None);
        for parts in 1..2_000 {
            let (part, total) = shop.part(&walk);
            if walk.take(&part, Some(total))? == Step::End {
                return Ok((walk, parts));
            }
            happens(shop, parts);
        }
        panic!("a walk ends");
    }

    #[test]
    fn a_list_that_stands_still_takes_as_few_parts_as_it_has() {
        for (orders, parts) in [
            (0, 1),
            (1, 1),
            (100, 1),
            (101, 2),
            (199, 2),
            (200, 3),
            (1_524, 16),
        ] {
            let (walked, took) = walk(&mut Shop::of((0..orders).map(|n| n / 300)), |_, _| {}).unwrap();
            assert_eq!(
                (took, walked.met.len()),
                (parts, orders as usize),
                "{orders} orders"
            );
            assert!(walked.is_whole());
        }
    }

    #[test]
    fn what_changes_comes_and_goes_meanwhile_hides_no_other_order() {
        for seed in 0..300_u64 {
            let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            let mut roll = move |sides: u64| {
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                dice % sides
            };
            let ties = 1 + roll(200) as i64;
            let count = 50 + roll(900) as i64;
            let mut shop = Shop::of((0..count).map(|n| n / ties));
            let mut next = 500_000;
            let (walked, _) = walk(&mut shop, |shop, parts| {
                if parts > 40 {
                    return;
                }
                for _ in 0..roll(30) {
                    shop.clock += roll(2) as i64;
                    let at = roll(shop.orders.len() as u64) as usize;
                    match roll(4) {
                        0 => {
                            shop.orders.remove(at);
                        }
                        1 => {
                            next += 1;
                            shop.orders.push((next, shop.clock));
                        }
                        _ => shop.orders[at].1 = shop.clock,
                    }
                }
            })
            .unwrap();
            assert!(walked.is_whole(), "seed {seed}: nothing is said to be missing");
            for (key, at) in &shop.orders {
                assert!(
                    walked.met(&format!("{key:06}")),
                    "seed {seed}: {key} of {at} was met"
                );
            }
        }
    }

    #[test]
    fn what_is_counted_and_not_shown_is_missing_and_all_the_rest_is_met() {
        let mut shop = Shop::of(0..430);
        shop.hidden = vec![7, 99, 100, 255];
        let (walked, _) = walk(&mut shop, |_, _| {}).unwrap();
        assert_eq!((walked.missing, walked.met.len()), (4, 426));
    }

    #[test]
    fn a_list_that_was_cut_short_from_the_second_part_on_is_noticed() {
        // As a shop that understands a bound otherwise than it was meant: it answers, and its count fits its answer.
        let first: Vec<_> = (0..100).map(|n| (format!("{n:06}"), Time(n * 1000))).collect();
        let mut walk = Walk::new(None);
        for parts in 0.. {
            assert!(parts < 100, "it ends");
            let is_plain = walk.after.is_none() && walk.skip == 0;
            let (part, total) = if is_plain {
                (first.as_slice(), 1_524)
            } else {
                (&[][..], 0)
            };
            if walk.take(part, Some(total)).unwrap() == Step::End {
                break;
            }
        }
        assert_eq!(walk.missing, 1_424);
    }

    #[test]
    fn a_second_that_never_stands_still_is_said() {
        let mut shop = Shop::of((0..400).map(|_| 0));
        let mut next = 0;
        let error = walk(&mut shop, |shop, _| {
            shop.orders.remove(0);
            next += 1;
            shop.orders.push((2_000_000 + next, 0));
        });
        assert_eq!(error.err().map(|error| error.code), Some(Code::Unreachable));
    }
}

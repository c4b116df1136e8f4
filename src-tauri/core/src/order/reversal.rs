//! Negative rows: what they take back of a line, each once however often it is told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    entry::{Entry, Times},
    format::Field,
};
use crate::error::{Error, Result};

/// What one negative row took back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Reversal {
    pub times: Times,
    /// By what it is, minor units above 0.
    pub taken: BTreeMap<Field, i64>,
}

impl Reversal {
    fn back(&self) -> i64 {
        self.taken.get(&Field::Paid).copied().unwrap_or(0)
    }

    /// Whether two rows can be one and the same: as much of what was paid, at no other time. A later file may tell a time that
    /// an earlier one left blank.
    fn is_same(&self, other: &Self) -> bool {
        let (one, two) = (self.times, other.times);
        let fits = |a: Option<i64>, b: Option<i64>| a.zip(b).is_none_or(|(a, b)| a == b);
        self.back() == other.back()
            && fits(one.created, two.created)
            && fits(one.paid, two.paid)
            && fits(one.received, two.received)
            && fits(one.settled, two.settled)
            && fits(one.clicked, two.clicked)
    }
}

/// What is taken back once a file is laid over what is known: what both tell counts once.
pub(super) fn joined(known: &[Reversal], file: &[Reversal]) -> Vec<Reversal> {
    let mut all = known.to_vec();
    let mut met = vec![false; known.len()];
    for new in file {
        let again = known
            .iter()
            .zip(&met)
            .position(|(old, is_met)| !is_met && old.is_same(new));
        match again.and_then(|at| met.get_mut(at).zip(all.get_mut(at))) {
            Some((is_met, old)) => {
                *is_met = true;
                old.times = new.times.or(old.times);
                old.taken.extend(new.taken.clone());
            }
            None => all.push(new.clone()),
        }
    }
    all
}

pub(super) fn total(reversals: &[Reversal], field: Field) -> i64 {
    let taken = reversals.iter().filter_map(|one| one.taken.get(&field));
    taken.fold(0, |sum, amount| sum.saturating_add(*amount))
}

/// Lays a negative row on the line that it names: in this file, or one that came `before`.
///
/// # Errors
/// `Invalid` where there is no such line, or all such lines have less left than it takes back.
pub(super) fn lay(entries: &mut Vec<Entry>, row: Entry, before: &[Entry]) -> Result<()> {
    let names = |key: &str| {
        let rest = key.strip_prefix(row.line.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
    };
    let mut keys: Vec<String> = Vec::new();
    for entry in entries.iter().chain(before) {
        if names(&entry.line) && !keys.contains(&entry.line) {
            keys.push(entry.line.clone());
        }
    }
    let line = |key: &str| {
        let here = entries.iter().find(|entry| entry.line == key);
        let known = before.iter().find(|entry| entry.line == key);
        let of = |entry: Option<&Entry>| entry.map_or(Vec::new(), |entry| entry.reversals.clone());
        let paid = here
            .and_then(|entry| entry.amount(Field::Paid))
            .or(known.and_then(|entry| entry.amount(Field::Paid)));
        (of(known), of(here), paid)
    };
    let is_again = |key: &String| {
        let (known, here, _) = line(key);
        let more = [here.as_slice(), row.reversals.as_slice()].concat();
        joined(&known, &more).len() == joined(&known, &here).len()
    };
    let has_room = |key: &String| {
        let (known, here, paid) = line(key);
        let left = paid.unwrap_or(0) - total(&joined(&known, &here), Field::Paid);
        left >= total(&row.reversals, Field::Paid)
    };
    let found = keys.iter().find(|key| is_again(key));
    let Some(key) = found.or_else(|| keys.iter().find(|key| has_room(key))).cloned() else {
        return Err(Error::invalid(
            "amount",
            if keys.is_empty() {
                "付款金额是负数，却找不到它冲掉的是哪一笔，没有收下。请和那一笔一起导入，或先导入那一笔。"
            } else {
                "付款金额是负数，冲掉的加起来比那一笔付的还多，没有收下。请核对这笔订单的正负两种行。"
            },
        ));
    };
    match entries.iter_mut().find(|entry| entry.line == key) {
        Some(entry) => entry.reversals.extend(row.reversals),
        // Its state and its times are those of the row it takes back.
        None => entries.push(Entry {
            row: row.row,
            line: key,
            reversals: row.reversals,
            ..Entry::default()
        }),
    }
    Ok(())
}

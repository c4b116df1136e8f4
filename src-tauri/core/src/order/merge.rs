//! Laying a file over what earlier files told: a later, partial file updates what it carries and blanks nothing.

use super::{
    Status,
    entry::Entry,
    format::{Field, Format},
    gather::Lines,
    reversal::joined,
};

/// What a file tells of an order that does not count beside what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Passed {
    /// It was called off or given back, and lives in the file, which tells later times.
    Alive,
    /// More was given back than the file says, which tells later times.
    Refund,
    /// Whether its money is still asked back: both files tell the same times, or the one that says so earlier ones.
    Refunding,
}

/// The lines of an order after a file, given those of before, and what of the file was passed over.
///
/// A line that the file does not carry stays as it was. Of one that it carries, the later word counts, cell by cell; what
/// the file leaves blank stays. Which word is later the times in the rows tell, whatever the order of the files: an older
/// file only fills gaps. Where the times are the same, an order does not go back to an earlier state. What was called off or
/// given back stays so, whatever the times: platforms leave them blank once an order is over.
pub(super) fn merge(format: &Format, before: Vec<Entry>, file: Lines) -> (Lines, Vec<Passed>) {
    let mut entries = before;
    let mut passed = Vec::new();
    let latest = |entries: &[Entry]| entries.iter().map(|entry| entry.times.latest()).max();
    let is_later_file = latest(&file.entries) >= latest(&entries);
    let mut told_once: Vec<(Field, i64)> = Vec::new();
    for new in file.entries {
        let old = entries.iter_mut().find(|old| old.line == new.line);
        let is_later = old.as_ref().is_none_or(|old| is_later(format, old, &new));
        if is_later && is_later_file {
            let fields = format.per_order.iter();
            told_once.extend(fields.filter_map(|field| Some((*field, *new.money.get(field)?))));
        }
        match old {
            Some(old) => {
                passed.extend(passes(format, old, &new, is_later));
                *old = laid(std::mem::take(old), new, is_later);
            }
            None => entries.push(new),
        }
    }
    // What stands once for the order is the order's, not the line's that told it.
    for (field, amount) in told_once {
        for entry in &mut entries {
            if let Some(known) = entry.money.get_mut(&field) {
                *known = if field == Field::Refund {
                    known.abs().max(amount.abs())
                } else {
                    amount
                };
            }
        }
    }
    entries.sort_by(|a, b| a.line.cmp(&b.line));
    (Lines { entries, ..file }, passed)
}

/// What a row says that does not count.
fn passes(format: &Format, old: &Entry, new: &Entry, is_later: bool) -> Option<Passed> {
    let (before, after) = (old.times.latest(), new.times.latest());
    let back = |entry: &Entry| entry.money.get(&Field::Refund).map(|amount| amount.abs());
    let says = new.meaning.is_some();
    if says && !is_later && is_over(format, old) && !is_over(format, new) && after > before {
        return Some(Passed::Alive);
    }
    let is_less = back(old).zip(back(new)).is_some_and(|(old, new)| new < old);
    if is_less && after > before {
        return Some(Passed::Refund);
    }
    let is_unclear = says && !is_later && !is_over(format, old) && old.refunding != new.refunding;
    (is_unclear && (new.refunding || after == before)).then_some(Passed::Refunding)
}

/// How far an order has come.
fn stage(status: Status) -> u8 {
    match status {
        Status::Created => 0,
        Status::Unknown | Status::Paid => 1,
        Status::Received => 2,
        Status::Settled => 3,
        Status::Refunded | Status::Invalid => 4,
    }
}

/// Called off or given back: no order comes back from there.
fn is_over(format: &Format, entry: &Entry) -> bool {
    matches!(entry.status(format), Status::Refunded | Status::Invalid)
}

fn is_later(format: &Format, old: &Entry, new: &Entry) -> bool {
    let (before, after) = (old.times.latest(), new.times.latest());
    // A row that says neither when nor where it stands can only add.
    if new.times.placed().is_none() && new.meaning.is_none() {
        return true;
    }
    if new.meaning.is_some() || new.after_sale.is_some() {
        match (is_over(format, old), is_over(format, new)) {
            (false, true) => return true,
            (true, false) => return false,
            _ => {}
        }
    }
    let far = |entry: &Entry| {
        let stage = stage(entry.status(format));
        if entry.refunding { stage.max(3) } else { stage }
    };
    after > before || after == before && (new.meaning.is_none() || far(new) >= far(old))
}

fn laid(old: Entry, new: Entry, is_later: bool) -> Entry {
    let backs = [&old, &new].map(|entry| entry.money.get(&Field::Refund).copied());
    let (row, buyer) = (new.row, new.buyer.clone().or_else(|| old.buyer.clone()));
    let reversals = (old.reversals.clone(), new.reversals.clone());
    let (low, high) = if is_later { (old, new) } else { (new, old) };
    let or = |high: String, low: String| if high.is_empty() { low } else { high };
    let mut money = low.money;
    money.extend(high.money);
    if let [Some(one), Some(other)] = backs {
        money.insert(Field::Refund, one.abs().max(other.abs()));
    }
    let reversals = joined(&reversals.0, &reversals.1);
    let says = high.meaning.is_some() || high.after_sale.is_some();
    let mut raw = low.raw;
    std::sync::Arc::make_mut(&mut raw)
        .extend(high.raw.iter().map(|(name, cell)| (name.clone(), cell.clone())));
    Entry {
        row,
        line: high.line,
        sku: or(high.sku, low.sku),
        title: or(high.title, low.title),
        quantity: high.quantity.or(low.quantity),
        money,
        reversals,
        shared: if high.shared.is_empty() {
            low.shared
        } else {
            high.shared
        },
        meaning: high.meaning.or(low.meaning),
        after_sale: high.after_sale.or(low.after_sale),
        refunding: if says { high.refunding } else { low.refunding },
        word: or(high.word, low.word),
        times: high.times.or(low.times),
        placement: if high.placement.is_empty() {
            low.placement
        } else {
            high.placement
        },
        note_id: or(high.note_id, low.note_id),
        buyer,
        raw,
        ..Entry::default()
    }
}

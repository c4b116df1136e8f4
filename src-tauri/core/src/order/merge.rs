//! Laying a file over what earlier files told: a later, partial file updates what it carries and blanks nothing.

use super::{
    Status,
    entry::Entry,
    format::{Field, Format},
    gather::Lines,
};

/// The lines of an order after a file, given those of before.
///
/// A line that the file does not carry stays as it was. Of one that it carries, the later word counts, cell by cell; what
/// the file leaves blank stays. Which word is later the times in the rows tell, whatever the order of the files: an older
/// file only fills gaps. Where the times are the same, an order does not go back to an earlier state, and what was given back
/// stays given back.
pub(super) fn merge(format: &Format, before: Vec<Entry>, file: Lines) -> Lines {
    let mut entries = before;
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
            Some(old) => *old = laid(std::mem::take(old), new, is_later),
            None => entries.push(new),
        }
    }
    // What stands once for the order is the order's, not the line's that told it.
    for (field, amount) in told_once {
        for entry in &mut entries {
            if let Some(known) = entry.money.get_mut(&field) {
                *known = amount;
            }
        }
    }
    entries.sort_by(|a, b| a.line.cmp(&b.line));
    Lines { entries, ..file }
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

fn is_later(format: &Format, old: &Entry, new: &Entry) -> bool {
    let (before, after) = (old.times.latest(), new.times.latest());
    // A row that says neither when nor where it stands can only add.
    if new.times.placed().is_none() && new.meaning.is_none() {
        return true;
    }
    after > before
        || after == before
            && (new.meaning.is_none() || stage(new.status(format)) >= stage(old.status(format)))
}

fn laid(old: Entry, new: Entry, is_later: bool) -> Entry {
    let same_time = old.times.latest() == new.times.latest();
    let backs = [&old, &new].map(|entry| entry.money.get(&Field::Refund).copied());
    let (row, buyer) = (new.row, new.buyer.clone().or_else(|| old.buyer.clone()));
    let (low, high) = if is_later { (old, new) } else { (new, old) };
    let or = |high: String, low: String| if high.is_empty() { low } else { high };
    let mut money = low.money;
    money.extend(high.money);
    if let (true, [Some(one), Some(other)]) = (same_time, backs) {
        money.insert(Field::Refund, one.abs().max(other.abs()));
    }
    let mut reversed = low.reversed;
    reversed.extend(high.reversed);
    let mut raw = low.raw;
    std::sync::Arc::make_mut(&mut raw)
        .extend(high.raw.iter().map(|(name, cell)| (name.clone(), cell.clone())));
    let mut times = high.times;
    times.created = times.created.or(low.times.created);
    times.paid = times.paid.or(low.times.paid);
    times.received = times.received.or(low.times.received);
    times.settled = times.settled.or(low.times.settled);
    times.clicked = times.clicked.or(low.times.clicked);
    Entry {
        row,
        line: high.line,
        sku: or(high.sku, low.sku),
        title: or(high.title, low.title),
        quantity: high.quantity.or(low.quantity),
        money,
        reversed,
        shared: if high.shared.is_empty() {
            low.shared
        } else {
            high.shared
        },
        meaning: high.meaning.or(low.meaning),
        after_sale: high.after_sale.or(low.after_sale),
        word: or(high.word, low.word),
        times,
        placement: if high.placement.is_empty() {
            low.placement
        } else {
            high.placement
        },
        note_id: or(high.note_id, low.note_id),
        buyer,
        raw,
    }
}

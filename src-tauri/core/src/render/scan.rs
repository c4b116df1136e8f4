//! Ways to buy and to get in touch, found in plain words: addresses, 口令, phone numbers, WeChat ids. What is disguised by wide letters,
//! signs in between or spaced figures is found as well; what merely looks so (a batch number, a name such as Booking.com) is not.

mod account;
mod address;
mod contact;
mod phone;
mod plain;
mod word;

use std::ops::Range;

pub(crate) use account::home;
pub(crate) use address::is_goods;
pub(super) use plain::{Plain, clause, is_denied};
pub(super) use word::coupon;

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Address,
    /// 口令
    Word,
    Qr,
    Coupon,
    Contact,
    /// An account or shop on another platform.
    Account,
    /// Words that only lead to a contact.
    Hint,
}

/// All hits with their byte ranges, in the order of the text.
pub(crate) fn scan(text: &str) -> Vec<(Way, Range<usize>)> {
    let plain = Plain::new(text);
    let addresses = address::addresses(&plain);
    let mut hits: Vec<(Way, Range<usize>)> = Vec::new();
    hits.extend(addresses.iter().map(|(range, is_mail)| {
        let way = if *is_mail { Way::Contact } else { Way::Address };
        (way, range.clone())
    }));
    hits.extend(
        phone::phones(&plain)
            .into_iter()
            .map(|range| (Way::Contact, range)),
    );
    hits.extend(
        contact::ids(&plain)
            .into_iter()
            .map(|range| (Way::Contact, range)),
    );
    hits.extend(
        account::accounts(&plain)
            .into_iter()
            .map(|range| (Way::Account, range)),
    );
    hits.extend(account::hints(&plain).into_iter().map(|range| (Way::Hint, range)));
    hits.extend(
        contact::spaced(&plain)
            .into_iter()
            .map(|(is_address, range)| (if is_address { Way::Address } else { Way::Contact }, range)),
    );
    hits.extend(
        word::passwords(&plain, text)
            .into_iter()
            .map(|range| (Way::Word, range)),
    );
    hits.extend(word::hints(&plain));
    // A number inside an address, or an id that is a phone number, is told once.
    hits.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    hits.retain(|(_, range)| {
        let is_new = range.end > end;
        end = end.max(range.end);
        is_new
    });
    hits.into_iter()
        .map(|(way, range)| (way, plain.source(range)))
        .collect()
}

#[cfg(test)]
mod tests;

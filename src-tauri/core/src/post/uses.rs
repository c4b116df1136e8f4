//! What a post uses: screens of photos and products show it, so a change of it is a change of theirs.

use std::collections::BTreeSet;

use super::journal::State;
use crate::{
    db::Tx,
    value::{Id, Noun},
};

/// Calls out the nouns whose use changed from one state of a post to the next; typing alone changes none.
pub(super) fn tell(tx: &mut Tx, before: Option<&State>, after: &State) {
    let nothing = State::default();
    let before = before.unwrap_or(&nothing);
    if photos(before) != photos(after) {
        tx.touch(Noun::Photo);
    }
    let set = |state: &State| state.products.iter().copied().collect::<BTreeSet<Id>>();
    if set(before) != set(after) {
        tx.touch(Noun::Product);
    }
}

/// The photos that go out with it, and those its text names: a screen may show either.
fn photos(state: &State) -> (BTreeSet<Id>, BTreeSet<Id>) {
    let named = state.body.split("photo:").skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    (state.photos.iter().copied().collect(), named.collect())
}

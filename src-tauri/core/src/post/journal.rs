//! The journal of a post: when a save extends the last kept state and when it begins a new one.

use super::{Version, store};
use crate::{
    db::Tx,
    error::Result,
    value::{Id, Time},
};

/// How long one stretch of typing lasts at most, milliseconds.
const STRETCH: i64 = 2 * 60 * 1000;
/// So many characters may be deleted or replaced within one stretch: slips of the finger, not a thought.
const SLIP: usize = 20;
/// And so many by one save: more at once is a word that was selected or a text that was pasted over.
const AT_ONCE: usize = 8;

/// How a text came to be saved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Saving {
    /// Key by key: a stretch of it is one kept state.
    Typing,
    /// As a whole: every state is kept.
    Whole,
}

/// What of a post the journal keeps.
#[derive(Clone, Default, PartialEq)]
pub(super) struct State {
    pub title: String,
    pub body: String,
    pub products: Vec<Id>,
    pub photos: Vec<Id>,
}

/// Keeps a state that was just saved, unless it is what was kept last. With a channel: its own wording.
pub(super) async fn keep(
    tx: &mut Tx,
    post: Id,
    channel: Option<Id>,
    state: &State,
    saving: Saving,
    now: Time,
) -> Result<()> {
    if let Some((last, taken_away)) = store::last_version(tx.conn(), post, channel).await? {
        let lost = lost(&last.title, &state.title) + lost(&last.body, &state.body);
        if lost == 0 && is_same(&last, state) {
            return Ok(());
        }
        let taken = lost + usize::try_from(taken_away).unwrap_or(usize::MAX).min(SLIP + 1);
        let fresh = last.kind == "auto" && (0..STRETCH).contains(&(now.0 - last.begun_at.0));
        if fresh
            && saving == Saving::Typing
            && lost <= AT_ONCE
            && taken <= SLIP
            && keeps_all(&last.products, &state.products)
            && keeps_all(&last.photos, &state.photos)
        {
            let taken = i64::try_from(taken).unwrap_or(i64::MAX);
            return store::extend_version(tx.conn(), last.id, state, taken, now).await;
        }
    }
    let kept = store::insert_version(tx.conn(), post, channel, "auto", "", state, now).await?;
    if saving == Saving::Whole && !(state.title.is_empty() && state.body.is_empty()) {
        // Nothing is typed over it: the next save begins a state of its own.
        let full = i64::try_from(SLIP + 1).unwrap_or(i64::MAX);
        store::extend_version(tx.conn(), kept.id, state, full, now).await?;
    }
    Ok(())
}

fn is_same(last: &Version, state: &State) -> bool {
    last.title == state.title
        && last.body == state.body
        && last.products == state.products
        && last.photos == state.photos
}

fn keeps_all(old: &[Id], new: &[Id]) -> bool {
    old.iter().all(|id| new.contains(id))
}

/// How many characters of `old` are gone in `new`: what lies between their common beginning and end.
fn lost(old: &str, new: &str) -> usize {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - head;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(room)
        .take_while(|(a, b)| a == b)
        .count();
    old.len() - head - tail
}

#[cfg(test)]
mod tests {
    use super::lost;

    #[test]
    fn only_what_is_gone_counts_as_lost() {
        assert_eq!(lost("防晒", "防晒不搓泥"), 0, "typing on takes nothing away");
        assert_eq!(lost("防晒霜", "防晒喷霜"), 0, "nor does typing in the middle");
        assert_eq!(lost("防晒霜好用", "防晒好用"), 1);
        assert_eq!(
            lost("一二三四", "甲乙丙丁"),
            4,
            "replacing by text of the same length takes all of it away"
        );
        assert_eq!(lost("aaaa", "aa"), 2);
        assert_eq!(lost("", "x"), 0);
    }
}

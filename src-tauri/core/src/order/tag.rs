//! What of an order's tags can name a link or a note, in the order the buyer met it.

use std::borrow::Cow;

use super::Tags;
use crate::value;

/// The ways tags come and their values: what led to the shop first, the coupon at the checkout last. Urls and names of
/// 推广位 are split into words; `utm_content`, note ids and coupons count whole, coupons whatever their width. Of a url and `utm_content` only what is
/// shaped like our codes is kept: what others put there may be a name.
pub(super) fn of(tags: &Tags) -> Vec<(&'static str, Cow<'_, str>)> {
    let mut found: Vec<(&'static str, Cow<'_, str>)> = Vec::new();
    let landing = words(&tags.landing).filter(|word| is_code(word));
    found.extend(landing.map(|word| ("landing", word.into())));
    let content = Some(tags.utm_content.trim()).filter(|word| is_code(word));
    found.extend(content.map(|word| ("utm_content", word.into())));
    found.push(("note_id", tags.note_id.trim().into()));
    found.extend(words(&tags.placement).map(|word| ("placement", word.into())));
    found.push(("told", tags.told.trim().into()));
    found.extend(
        tags.coupons
            .iter()
            .map(|code| ("coupon", value::same_code(code).into())),
    );
    found.retain(|(_, value)| !value.is_empty());
    let mut met = std::collections::HashSet::new();
    found.retain(|tag| met.insert(tag.clone()));
    found
}

/// The words of a url or name, `a-b` both whole and in its parts; shorter than any code is no word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
        .flat_map(|word| {
            std::iter::once(word).chain(word.split(['-', '_']).filter(move |part| *part != word))
        })
        .filter(|word| word.len() >= 4)
}

/// A handful of letters and digits, in any case: shops change it. A phone is longer.
fn is_code(word: &str) -> bool {
    (5..=10).contains(&word.len()) && word.chars().all(|c| c.is_ascii_alphanumeric())
}

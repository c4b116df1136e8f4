//! Addresses and codes that this notebook knows itself: where a product is sold, a shop of one's own, a link or coupon that was made
//! here, for this channel or for another.

use std::{collections::HashSet, ops::Range};

use url::Url;

use super::{
    scan::{Plain, Way, clause, scan},
    store::{self, Place},
};
use crate::{
    db::Db,
    error::Result,
    value::{Id, same_code},
};

/// A link or coupon that was made here and stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub channel: Id,
    pub channel_name: String,
    pub post: Id,
    pub post_title: String,
}

/// Something known, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// Bytes of the text that was looked at.
    pub place: Range<usize>,
    /// The link it is; `None` for the address of a product or a shop.
    pub tag: Option<Tag>,
    /// It is written as an address, not as a code.
    pub is_address: bool,
}

/// What of several texts is known, text by text.
pub(super) async fn known(db: &Db, texts: &[&str]) -> Result<Vec<Vec<Known>>> {
    let words: Vec<Vec<Word>> = texts.iter().map(|text| words(text)).collect();
    let all = || words.iter().flatten();
    let codes: HashSet<&str> = all().flat_map(|word| &word.codes).map(String::as_str).collect();
    let hosts: HashSet<&str> = all()
        .filter_map(|word| word.url.as_ref())
        .filter_map(Url::host_str)
        .map(plain_host)
        .collect();
    if codes.is_empty() && hosts.is_empty() {
        return Ok(texts.iter().map(|_| Vec::new()).collect());
    }
    let tags = store::tags(db.read(), &codes).await?;
    let places = store::places(db.read(), &hosts).await?;
    let look_up = |word: &Word| {
        let tag = word.codes.iter().find_map(|code| {
            let same = |known: &&(String, Tag)| known.0.eq_ignore_ascii_case(code);
            tags.iter().find(same).map(|(_, tag)| tag.clone())
        });
        let is_sold = || {
            let url = word.url.as_ref();
            url.is_some_and(|url| places.iter().any(|place| place.is_at(url)))
        };
        (tag.is_some() || is_sold()).then(|| Known {
            place: word.place.clone(),
            tag,
            is_address: word.url.is_some(),
        })
    };
    Ok(words
        .iter()
        .map(|words| words.iter().filter_map(look_up).collect())
        .collect())
}

/// An address, or a word that may be a code.
struct Word {
    place: Range<usize>,
    url: Option<Url>,
    /// What in it may be the code of a link, as codes are compared.
    codes: Vec<String>,
}

/// Shorter ones are ordinary words.
const SHORTEST: usize = 4;
/// Longer ones no coupon has.
const LONGEST: usize = 24;

fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = scan(text)
        .into_iter()
        .filter(|(way, _)| *way == Way::Address)
        .map(|(_, place)| {
            let address = text.get(place.clone()).unwrap_or_default();
            let url = address_of(address);
            let codes = url.iter().flat_map(|url| {
                let value = url.query_pairs().map(|(_, value)| value.into_owned());
                value.filter(|value| is_code(value)).collect::<Vec<_>>()
            });
            Word {
                codes: codes.map(|code| same_code(&code)).collect(),
                url,
                place,
            }
        })
        .collect();
    let addresses: Vec<Range<usize>> = found.iter().map(|word| word.place.clone()).collect();
    let plain = Plain::new(text);
    for here in runs(&plain.text) {
        let run = plain.get(here.clone());
        let place = plain.source(here.clone());
        let in_address = addresses
            .iter()
            .any(|address| address.start < place.end && place.start < address.end);
        if is_code(run) && !in_address && may_be_code(&plain, run, &here) {
            found.push(Word {
                place,
                url: None,
                codes: vec![same_code(run)],
            });
        }
    }
    found
}

/// Letters and figures that stand together.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    for (at, _) in text.char_indices().filter(|(_, c)| fits(*c)) {
        match runs.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

fn is_code(word: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&word.len())
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// A word of letters alone is a code only beside talk of one.
fn may_be_code(plain: &Plain, word: &str, here: &Range<usize>) -> bool {
    let speaks = || {
        let around = plain.get(clause(&plain.text, here));
        ["码", "券", "口令", "暗号", "报", "减", "折", "优惠"]
            .iter()
            .any(|sign| around.contains(sign))
    };
    word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic()) || speaks()
}

/// An address as it would be opened.
pub(super) fn address_of(address: &str) -> Option<Url> {
    let narrow: String = address.chars().filter(|c| !c.is_whitespace()).collect();
    let narrow = same_width(&narrow);
    let full = if narrow.contains("://") {
        narrow
    } else {
        format!("https://{narrow}")
    };
    Url::parse(&full).ok().filter(Url::has_host)
}

/// Wide letters as narrow ones; the case stays, for paths keep theirs.
fn same_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// A host without its `www.`.
pub(super) fn plain_host(host: &str) -> &str {
    host.trim_start_matches("www.")
}

impl Place {
    /// Whether an address leads there: anywhere in a shop of one's own, or to the very page of a product.
    fn is_at(&self, url: &Url) -> bool {
        let Some(own) = address_of(&self.url) else {
            return false;
        };
        let host = |url: &Url| url.host_str().map(|host| plain_host(host).to_owned());
        if host(url) != host(&own) {
            return false;
        }
        let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
        let told: Vec<_> = url.query_pairs().collect();
        let mut wanted = own.query_pairs().filter(|(key, _)| !key.starts_with("utm_"));
        self.is_shop || path(url) == path(&own) && wanted.all(|pair| told.contains(&pair))
    }
}

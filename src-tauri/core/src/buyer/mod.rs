//! Buyer 买家: known only as a salted hash, so that repurchase can be counted without knowing anybody.

mod contact;

use crate::{db::Tx, error::Result, setting};

const KEY: &str = "buyer_salt";

/// This workspace's salt: 32 random bytes made at first use. Read once for a whole import.
pub struct Salt([u8; 32]);

impl Salt {
    /// Reads the salt, or makes it.
    pub async fn of(tx: &mut Tx) -> Result<Self> {
        if let Some(bytes) = setting::get_in(tx, KEY)
            .await?
            .and_then(|json| serde_json::from_str(&json).ok())
        {
            return Ok(Self(bytes));
        }
        let bytes: [u8; 32] = rand::random();
        setting::put(tx, KEY, &serde_json::to_string(&bytes)?).await?;
        Ok(Self(bytes))
    }

    /// Keyed BLAKE3, lower-case hex, of whatever tells buyers apart. White space does not count, nor do the dashes of a number:
    /// `138 0013-8000` is one phone, but `li-na@` and `lina@` are two people.
    pub fn hash(&self, who: &str) -> String {
        let is_number = who
            .chars()
            .all(|c| c.is_numeric() || c.is_whitespace() || "+-()".contains(c));
        let plain: String = who
            .chars()
            .filter(|c| !(c.is_whitespace() || is_number && *c == '-'))
            .collect();
        blake3::keyed_hash(&self.0, plain.as_bytes()).to_hex().to_string()
    }
}

/// The hash of one buyer; the same buyer gives the same hash in this workspace and another one elsewhere.
pub async fn hash(tx: &mut Tx, who: &str) -> Result<String> {
    Ok(Salt::of(tx).await?.hash(who))
}

/// A text without what tells who somebody is: numbers of 7 digits and more (phones, accounts) and mail addresses become `***`.
pub fn mask(text: &str) -> String {
    numbers(text).0
}

/// Like [`mask`], for words that people wrote freely: chat ids behind 微信, vx, QQ and the like, `@somebody` and street addresses
/// go too. Answers with how many pieces were hidden.
pub fn clean(text: &str) -> (String, usize) {
    let (text, ids) = contact::hide(text);
    let (text, rest) = numbers(&text);
    (text, ids + rest)
}

fn numbers(text: &str) -> (String, usize) {
    let (text, mails) = hide(text, is_mail, |c| {
        c.is_ascii_alphanumeric() || "@._-+".contains(c)
    });
    let (text, numbers) = hide(&text, is_number, |c| c.is_numeric() || c == '-' || c == ' ');
    (text, mails + numbers)
}

fn is_number(run: &str) -> bool {
    // 2026-11-22 and the like are dates.
    run.chars().filter(|c| c.is_numeric()).count() >= 7 && run.trim().parse::<jiff::civil::Date>().is_err()
}

fn is_mail(run: &str) -> bool {
    run.split_once('@')
        .is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
}

/// Replaces every longest run of `part` characters that is `personal`; spaces around it stay. Answers with how many there were.
fn hide(text: &str, personal: fn(&str) -> bool, part: fn(char) -> bool) -> (String, usize) {
    let mut hidden = 0;
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().map(Some).chain([None]) {
        if let Some(c) = c.filter(|c| part(*c)) {
            run.push(c);
            continue;
        }
        if personal(&run) {
            hidden += 1;
            let kept = |spaces: &str| " ".repeat(spaces.len());
            out.push_str(&kept(run.strip_suffix(run.trim_start()).unwrap_or("")));
            out.push_str("***");
            out.push_str(&kept(run.strip_prefix(run.trim_end()).unwrap_or("")));
        } else {
            out.push_str(&run);
        }
        run.clear();
        out.extend(c);
    }
    (out, hidden)
}

//! Buyer 买家: known only as a keyed hash, so that repurchase can be counted without knowing anybody.
//!
//! The key lies in the operating system's key store, never beside the hashes: whoever copies the workspace's folder cannot
//! try all phone numbers. A recovery code carries it to another computer.

mod code;
mod contact;
mod key;

pub use key::{BuyerKey, KeyPlace, Salt, code, notice, recover, release, settle, status};

/// A text without what tells who somebody is: numbers of 7 digits and more (phones, accounts) and mail addresses become `***`.
pub fn mask(text: &str) -> String {
    numbers(text).0
}

/// Like [`mask`], for words that people wrote freely: chat ids behind 微信, vx, QQ and the like, `@somebody` and street addresses
/// go too. Answers with how many pieces were hidden.
pub fn clean(text: &str) -> (String, usize) {
    let (text, ids) = contact::hide(text);
    let (text, rest) = numbers(&text);
    let named = contact::beside(&text);
    let names = usize::from(named != text);
    (named, ids + rest + names)
}

/// Like [`clean`], for the name of an item: long numbers that are no phone stay, they may be what is sold.
pub fn title(text: &str) -> String {
    let (text, _) = contact::hide(text);
    let (text, _) = hide(&text, is_mail, |c| {
        c.is_ascii_alphanumeric() || "@._-+".contains(c)
    });
    let (text, _) = hide(&text, is_phone, |c| c.is_ascii_digit() || "- +".contains(c));
    contact::beside(&text)
}

/// A text without the names that stand right beside something that was hidden, as in 「张三 ***」.
pub fn beside(text: &str) -> String {
    contact::beside(text)
}

/// A word of a campaign without what is shaped like a person's name; mail addresses and phones go too. What else it says
/// stays: no figure depends on it.
pub fn campaign(text: &str) -> String {
    contact::alone(&title(text))
}

fn is_phone(run: &str) -> bool {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("86").unwrap_or(&digits);
    digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10") && !digits.starts_with("12")
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

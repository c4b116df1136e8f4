//! Addresses in a text for X, in one pass.
//!
//! The rules of addresses are those of twitter/twitter-text `js/src/extractUrlsWithIndices.js` and `regexp/extractUrl.js`, read
//! 2026-11-30; the list of endings is the one of the crate `twitter-text`, whose own parser takes 13 µs for each character.

use twitter_text::tlds::is_valid_tld_case_insensitive;

/// A label of a domain, in ASCII.
const LABEL: usize = 63;
/// Of an address, with its scheme.
const LONGEST: usize = 4096;
/// What follows t.co/.
const SLUG: usize = 40;
/// The longest ending in the list.
const ENDING: usize = 24;

/// Bytes of every address, in order.
pub(super) fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !text.contains('.') {
        return found;
    }
    // The sign or letter in front of an address is taken before the beginning of the text is.
    let first = text.chars().next().filter(|c| may_precede(*c));
    let skips_first = first.is_some_and(|c| address(text, c.len_utf8()).is_ok());
    let (mut at, mut before) = match first {
        Some(c) if skips_first => (c.len_utf8(), Some(c)),
        _ => (0, None),
    };
    // Up to here no run of labels has an ending behind any of them.
    let mut barren = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let may_begin = at == 0 || before.is_some_and(may_precede);
        let begun = if may_begin && (at >= barren || is_scheme(rest)) {
            Some(address(text, at))
        } else {
            None
        };
        if let Some(Err(end)) = begun {
            barren = barren.max(end);
        } else if let Some(Ok(address)) = begun {
            let skips = address.scheme == 0 && before.is_some_and(|c| "-_./".contains(c));
            if !skips && is_valid(text, &address) {
                push(text, &address, &mut found);
            }
            at = address.end;
            before = None;
            continue;
        }
        // No address begins here. Inside a run without dot or sign none begins later either, unless a letter of another script is
        // followed by one that could begin it: that is the same run, so the next dot decides.
        let step = if may_begin { dead(rest) } else { 0 };
        let mut chars = rest.get(step..).unwrap_or_default().chars();
        let Some(c) = chars.next() else { break };
        at += step + c.len_utf8();
        before = Some(c);
    }
    found
}

/// How much of a run that begins no address can be passed over: up to the character before its next dot, sign or end.
fn dead(rest: &str) -> usize {
    let mut last = 0;
    for (at, c) in rest.char_indices() {
        if !is_domain(c) || (at > 0 && rest.get(at..).is_some_and(is_scheme)) {
            return last;
        }
        last = at;
    }
    last
}

struct Address {
    start: usize,
    /// Length of `https://`; 0 without it.
    scheme: usize,
    /// Byte behind the domain.
    domain: usize,
    has_path: bool,
    end: usize,
}

fn is_marker(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}')
}

fn may_precede(c: char) -> bool {
    !(c.is_ascii_alphanumeric()
        || matches!(
            c,
            '@' | '＠' | '$' | '#' | '＃' | '\u{FFFE}' | '\u{FEFF}' | '\u{FFFF}'
        ))
}

/// A character of a label.
fn is_domain(c: char) -> bool {
    let is_space = matches!(c, '\u{9}'..='\u{D}' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{180E}' | '\u{2000}'..='\u{200A}'
        | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{FFFE}' | '\u{FEFF}' | '\u{FFFF}');
    !(is_space || is_marker(c) || "!'#%&()*+,\\-./:;<=>?@[]^_{|}~$".contains(c))
}

fn is_latin(c: char) -> bool {
    matches!(u32::from(c), 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x253 | 0x254 | 0x256 | 0x257 | 0x259 | 0x25B | 0x263
        | 0x268 | 0x26F | 0x272 | 0x289 | 0x28B | 0x2BB | 0x300..=0x36F | 0x1E00..=0x1EFF)
}

fn scheme(rest: &str) -> usize {
    ["https://", "http://"]
        .iter()
        .find(|scheme| {
            rest.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        })
        .map_or(0, |scheme| scheme.len())
}

fn is_scheme(rest: &str) -> bool {
    rest.starts_with(['h', 'H']) && scheme(rest) > 0
}

/// The address that begins at a byte, or the byte up to which there is none.
fn address(text: &str, start: usize) -> Result<Address, usize> {
    let rest = text.get(start..).unwrap_or_default();
    let scheme = scheme(rest);
    let (domain, reach) = domain(rest.get(scheme..).unwrap_or_default());
    let Some(domain) = domain else {
        return Err(start + scheme + reach);
    };
    let domain = start + scheme + domain;
    let mut end = domain;
    let tail = |end: usize| text.get(end..).unwrap_or_default();
    if let Some(port) = tail(end).strip_prefix(':') {
        let digits = port.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            end += 1 + digits;
        }
    }
    let has_path = tail(end).starts_with('/');
    if has_path {
        end += 1 + path(tail(end + 1));
    }
    if let Some(query) = tail(end).strip_prefix('?') {
        let length = query
            .find(|c: char| !(c.is_ascii_alphanumeric() || "!?*'@();:&=+$/%#[]-_.,~|".contains(c)))
            .unwrap_or(query.len());
        let inside = query.get(..length).unwrap_or_default();
        let ending = inside.rfind(|c: char| c.is_ascii_alphanumeric() || "-_&=#/".contains(c));
        end += ending.map_or(0, |at| at + 2);
    }
    Ok(Address {
        start,
        scheme,
        domain,
        has_path,
        end,
    })
}

/// The length of the longest domain at the beginning: labels apart by dots, then an ending of the list. And how far the labels reach.
fn domain(text: &str) -> (Option<usize>, usize) {
    let mut longest = None;
    let mut at = 0;
    // Labels of sub-domains may hold an underscore, the name in front of the ending may not.
    while let Some(rest) = text.get(at..) {
        let length = rest
            .find(|c: char| !(is_domain(c) || matches!(c, '-' | '_')))
            .unwrap_or(rest.len());
        let label = rest.get(..length).unwrap_or_default();
        if label.is_empty()
            || label.starts_with(['-', '_'])
            || label.ends_with(['-', '_'])
            || !rest.get(length..).is_some_and(|rest| rest.starts_with('.'))
        {
            break;
        }
        at += length + 1;
        if !label.contains('_')
            && let Some(ending) = ending(text.get(at..).unwrap_or_default())
        {
            longest = Some(at + ending);
        }
    }
    (longest, at)
}

/// The length of an ending of the list, or of a punycode one, at the beginning.
fn ending(text: &str) -> Option<usize> {
    if text
        .get(..4)
        .is_some_and(|head| head.eq_ignore_ascii_case("xn--"))
    {
        let more = text
            .bytes()
            .skip(4)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
            .count();
        return (more > 0).then_some(4 + more);
    }
    let is_over = |rest: &str| {
        rest.chars()
            .next()
            .is_none_or(|c| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '+' | '-')))
    };
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let length = text
            .bytes()
            .take(ENDING + 1)
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let word = text.get(..length)?;
        // `vermögensberatung` goes on behind its ASCII letters.
        if is_over(text.get(length..)?) && is_valid_tld_case_insensitive(word) {
            return Some(length);
        }
    }
    let ends: Vec<usize> = text
        .char_indices()
        .take(ENDING)
        .take_while(|(_, c)| is_domain(*c))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let is_one = |end: &&usize| {
        text.get(..**end)
            .is_some_and(|word| !word.is_ascii() && is_valid_tld_case_insensitive(word))
            && text.get(**end..).is_some_and(is_over)
    };
    ends.iter().rev().find(is_one).copied()
}

/// The length of a path behind its slash: it ends with a letter, a figure, a few signs or a closed bracket.
fn path(text: &str) -> usize {
    let general = |c: char| {
        c.is_ascii_alphanumeric()
            || "!*';:=+,.$/%#[]-\u{2013}_~@|&".contains(c)
            || is_latin(c)
            || matches!(c, '\u{400}'..='\u{4FF}')
    };
    let ends = |c: char| {
        c.is_ascii_alphanumeric() || "+-=_#/".contains(c) || is_latin(c) || matches!(c, '\u{400}'..='\u{4FF}')
    };
    let (mut at, mut end) = (0, 0);
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        if general(c) {
            at += c.len_utf8();
            if ends(c) {
                end = at;
            }
        } else if let Some(length) = brackets(rest, general) {
            at += length;
            end = at;
        } else {
            break;
        }
    }
    end
}

/// The length of `(a)` or `(a(b)c)` at the beginning.
fn brackets(text: &str, general: impl Fn(char) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut nested = false;
    let mut empty = true;
    for (at, c) in text.char_indices() {
        match c {
            '(' if depth == 0 || (depth == 1 && !nested) => {
                nested |= depth == 1;
                depth += 1;
                empty = true;
            }
            ')' if depth > 0 && !(empty && (depth == 2 || !nested)) => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            c if depth > 0 && general(c) => empty = false,
            _ => return None,
        }
    }
    None
}

/// Labels that are not too long as ASCII, and an address that is not too long.
fn is_valid(text: &str, address: &Address) -> bool {
    let domain = text
        .get(address.start + address.scheme..address.domain)
        .unwrap_or_default();
    let length = text
        .get(address.start..address.end)
        .map_or(0, |all| all.encode_utf16().count());
    let scheme = if address.scheme == 0 { 8 } else { address.scheme };
    scheme + length <= LONGEST && domain.split('.').all(is_short)
}

fn is_short(label: &str) -> bool {
    if label.is_ascii() {
        return label.len() <= LABEL;
    }
    label.chars().count() <= LABEL
        && idna::punycode::encode_str(label).is_some_and(|code| code.len() + 4 <= LABEL)
}

fn push(text: &str, address: &Address, found: &mut Vec<(usize, usize)>) {
    if address.scheme > 0 {
        let whole = text.get(address.start..address.end).unwrap_or_default();
        match short_link(whole, address.scheme) {
            Some(length) if length == usize::MAX => {}
            Some(length) => found.push((address.start, address.start + length)),
            None => found.push((address.start, address.end)),
        }
        return;
    }
    // Without a scheme only what is ASCII counts, wherever it stands in the domain.
    let domain = text.get(address.start..address.domain).unwrap_or_default();
    let mut ascii = ascii_domains(domain);
    if let Some(last) = ascii.last_mut().filter(|_| address.has_path) {
        last.1 = address.end - address.start;
    }
    found.extend(
        ascii
            .iter()
            .map(|(from, to)| (address.start + from, address.start + to)),
    );
}

/// A t.co address has nothing behind its code but a query. `usize::MAX` where the code is too long to be one.
fn short_link(whole: &str, scheme: usize) -> Option<usize> {
    let rest = whole.get(scheme..)?;
    let code = rest
        .get(..5)
        .filter(|head| head.eq_ignore_ascii_case("t.co/"))
        .and(rest.get(5..))?;
    let length = code.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if length == 0 {
        return None;
    }
    if length > SLUG {
        return Some(usize::MAX);
    }
    let after = code.get(length..)?;
    Some(if after.starts_with('?') {
        whole.len()
    } else {
        scheme + 5 + length
    })
}

/// Stretches of a domain that are one by themselves.
fn ascii_domains(domain: &str) -> Vec<(usize, usize)> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_latin(c);
    let mut found = Vec::new();
    let mut at = 0;
    while at < domain.len() {
        let rest = domain.get(at..).unwrap_or_default();
        let (mut end, mut longest) = (0, None);
        while let Some(label) = rest.get(end..) {
            let length = label.find(|c: char| !fits(c)).unwrap_or(label.len());
            if length == 0 || !label.get(length..).is_some_and(|rest| rest.starts_with('.')) {
                break;
            }
            end += length + 1;
            if let Some(ending) = rest.get(end..).and_then(ending) {
                longest = Some(end + ending);
            }
        }
        match longest {
            Some(length) => {
                found.push((at, at + length));
                at += length;
            }
            None => {
                // Nothing of this run of labels is one: the next begins behind it.
                let skip = end.max(rest.find(|c: char| !fits(c)).unwrap_or(rest.len()));
                let next = rest.get(skip..).and_then(|rest| rest.chars().next());
                at += skip
                    + if end > 0 {
                        0
                    } else {
                        next.map_or(1, char::len_utf8)
                    };
            }
        }
    }
    found
}

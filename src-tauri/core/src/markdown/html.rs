//! Blocks of HTML: the tags go, the words stay and are Markdown again.

use std::ops::Range;

/// A block without its tags.
#[derive(Default)]
pub(super) struct Stripped {
    pub text: String,
    /// (byte in the text, byte in the block), ascending.
    pub map: Vec<(usize, usize)>,
    /// Tags, comments, scripts and styles.
    pub dropped: Vec<Range<usize>>,
}

enum Kind {
    /// Words on both sides belong together.
    Inline,
    /// `<br>`
    Line,
    /// A paragraph ends here.
    Block,
}

/// Tags around which one goes on writing in the same line.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd",
    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u",
];

/// Takes the tags out of a block of HTML.
pub(super) fn strip(block: &str) -> Stripped {
    let mut out = Stripped::default();
    let mut reader = Reader::default();
    let mut at = 0;
    out.map.push((0, 0));
    while let Some(rest) = block.get(at..).filter(|rest| !rest.is_empty()) {
        let Some((length, kind)) = rest.starts_with('<').then(|| reader.tag(rest)).flatten() else {
            let next = rest.char_indices().skip(1).find(|(_, c)| *c == '<');
            let words = next.map_or(rest, |(next, _)| rest.get(..next).unwrap_or(rest));
            out.words(words, at);
            at += words.len();
            continue;
        };
        out.dropped.push(at..at + length);
        out.text.push_str(match kind {
            Kind::Inline => "",
            Kind::Line => "\n",
            Kind::Block => "\n\n",
        });
        at += length;
    }
    out
}

impl Stripped {
    /// Lines lose what would make them code.
    fn words(&mut self, words: &str, mut at: usize) {
        for line in words.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t']);
            let lead = line.len() - bare.len();
            let begins = self.text.is_empty() || self.text.ends_with('\n');
            let skip = if begins && (lead >= 4 || line.starts_with('\t') || bare.trim().is_empty()) {
                lead
            } else {
                0
            };
            self.map.push((self.text.len(), at + skip));
            self.text.push_str(line.get(skip..).unwrap_or_default());
            at += line.len();
        }
    }
}

/// Knows which ends have been looked for in vain, so that nothing is looked for twice.
#[derive(Default)]
struct Reader {
    missing: Vec<&'static str>,
}

impl Reader {
    /// The length of what stands at the beginning, when it is a tag, a comment or a script as CommonMark has them.
    fn tag(&mut self, rest: &str) -> Option<(usize, Kind)> {
        for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
            if rest.starts_with(open) {
                return Some((self.until(rest, open.len(), close)?, Kind::Block));
            }
        }
        if let Some(word) = rest.strip_prefix("<!") {
            return word
                .starts_with(|c: char| c.is_ascii_alphabetic())
                .then(|| self.until(rest, 2, ">"))?
                .map(|length| (length, Kind::Block));
        }
        let closing = rest.starts_with("</");
        let name = name(rest.get(if closing { 2 } else { 1 }..)?)?;
        let after = if closing { 2 } else { 1 } + name.len();
        let length = if closing {
            let tail = rest.get(after..)?.trim_start();
            tail.starts_with('>').then(|| rest.len() - tail.len() + 1)?
        } else {
            after + attributes(rest.get(after..)?)?
        };
        let lower = name.to_ascii_lowercase();
        if !closing {
            // Nobody reads what stands in these.
            for (tag, end) in [("script", "</script>"), ("style", "</style>")] {
                if lower == tag
                    && let Some(end) = self.until(rest, length, end)
                {
                    return Some((end, Kind::Block));
                }
            }
        }
        Some((
            length,
            match lower.as_str() {
                "br" => Kind::Line,
                name if INLINE.contains(&name) => Kind::Inline,
                _ => Kind::Block,
            },
        ))
    }

    /// The byte behind the next `close`, at or behind `from`.
    fn until(&mut self, rest: &str, from: usize, close: &'static str) -> Option<usize> {
        if self.missing.contains(&close) {
            return None;
        }
        let found = rest.get(from..)?.find(close);
        if found.is_none() {
            self.missing.push(close);
        }
        Some(from + found? + close.len())
    }
}

fn name(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(text.len());
    let name = text.get(..end)?;
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        .then_some(name)
}

/// The length of `a="b" c>` or `/>`.
fn attributes(text: &str) -> Option<usize> {
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        for end in ["/>", ">"] {
            if bare.starts_with(end) {
                return Some(text.len() - bare.len() + end.len());
            }
        }
        if bare.len() == rest.len() {
            return None;
        }
        let key = bare
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | ':' | '.' | '-'))
            .unwrap_or(bare.len());
        if !bare.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':')) {
            return None;
        }
        rest = bare.get(key..)?;
        let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        rest = match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split_once(quote)?.1,
            _ => {
                let end = value
                    .find(|c: char| c.is_whitespace() || "\"'=<>`".contains(c))
                    .unwrap_or(value.len());
                (end > 0).then(|| value.get(end..))??
            }
        };
    }
}

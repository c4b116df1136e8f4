//! Finding reasons in what people wrote. Pure: the same words and rules give the same answer, and nothing is stored.
//!
//! A word counts where it stands, unless a negation stands in the same clause with at most [`WINDOW`] characters (English: words)
//! between them, 「没有」 or a question stands right behind it, or it is half of 「贵不贵」. Rather miss one than say the opposite.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use serde::Deserialize;

use super::{ReasonKind, ReviewRule};

/// How many characters, or words where they are Latin, may stand between a negation and what it denies.
const WINDOW: usize = 4;
/// How many characters a `*` stands for at most.
const GAP: usize = 6;

/// The shipped rules and the words that all rules share.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Shipped {
    pub checked_on: String,
    negations: Vec<String>,
    harmless: Vec<String>,
    turns: Vec<String>,
    returning: Vec<String>,
    /// What stands before a colon and is nobody's name.
    pub not_names: Vec<String>,
    /// Where platforms say that somebody is.
    pub places: Vec<String>,
    /// What one can press under a comment.
    pub buttons: Vec<String>,
    /// What stands beside the name of who is somebody here.
    pub badges: Vec<String>,
    /// How shops name what of a product was bought.
    pub variants: Vec<String>,
    pub rule: Vec<ShippedRule>,
}

/// One shipped rule.
#[derive(Debug, Deserialize)]
pub(super) struct ShippedRule {
    pub kind: ReasonKind,
    pub label: String,
    pub words: Vec<String>,
}

// A file that cannot be read would leave no rules; a test counts them.
pub(super) static SHIPPED: LazyLock<Shipped> =
    LazyLock::new(|| toml::from_str(include_str!("rules/review.toml")).unwrap_or_default());

/// A word of a rule, cut at its `*`.
struct Word {
    rule: usize,
    first: String,
    rest: Vec<String>,
}

/// Rules made ready: words by their first character, so that a text is walked once.
pub(super) struct Finder {
    words: HashMap<char, Vec<Word>>,
}

/// The rule, by its place in the list, and the byte ranges of its words.
pub(super) type Hits = Vec<(usize, Vec<Range<usize>>)>;

impl Finder {
    /// Rules that are switched off are left out; their places in the list stay.
    pub fn new(rules: &[ReviewRule]) -> Self {
        let active = rules.iter().enumerate().filter(|(_, rule)| rule.enabled);
        Self::of(active.flat_map(|(at, rule)| rule.words.iter().map(move |word| (at, word.as_str()))))
    }

    fn of<'w>(words: impl Iterator<Item = (usize, &'w str)>) -> Self {
        let mut index: HashMap<char, Vec<Word>> = HashMap::new();
        for (rule, word) in words {
            let folded = word.to_ascii_lowercase();
            let mut parts = folded
                .split('*')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned);
            let Some(first) = parts.next() else { continue };
            let Some(begins) = first.chars().next() else {
                continue;
            };
            let rest = parts.collect();
            index.entry(begins).or_default().push(Word { rule, first, rest });
        }
        Self { words: index }
    }

    /// Every rule with a word in the text, in the order of the list; ranges in the order of the text, none over another.
    pub fn find(&self, text: &str) -> Hits {
        let folded = text.to_ascii_lowercase();
        let mut found: HashMap<usize, Vec<Range<usize>>> = HashMap::new();
        for (at, c) in folded.char_indices() {
            for word in self.words.get(&c).into_iter().flatten() {
                if let Some(range) = word.at(&folded, at).filter(|range| !is_denied(&folded, range)) {
                    found.entry(word.rule).or_default().push(range);
                }
            }
        }
        let mut hits: Hits = found.into_iter().collect();
        hits.sort_by_key(|(rule, _)| *rule);
        for (_, ranges) in &mut hits {
            ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
            let mut end = 0;
            ranges.retain(|range| {
                let is_new = range.start >= end;
                if is_new {
                    end = range.end;
                }
                is_new
            });
        }
        hits
    }
}

/// Whether somebody says that it went back.
pub(super) fn is_returned(text: &str) -> bool {
    static RETURNING: LazyLock<Finder> =
        LazyLock::new(|| Finder::of(SHIPPED.returning.iter().map(|word| (0, word.as_str()))));
    !RETURNING.find(text).is_empty()
}

impl Word {
    /// The range of this word when it begins at a byte of the text.
    fn at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let mut end = whole(text, at, &self.first)?;
        for part in &self.rest {
            let after = text.get(end..)?;
            let reach = after
                .char_indices()
                .take(GAP + 1)
                .take_while(|(_, c)| !is_break(*c));
            let gap = reach
                .map(|(gap, _)| gap)
                .find(|gap| whole(text, end + gap, part).is_some())?;
            // 「尺码不小」 is not 「尺码*小」.
            if negates(after.get(..gap)?) {
                return None;
            }
            end = whole(text, end + gap, part)?;
        }
        Some(at..end)
    }
}

/// Where a word that begins at a byte ends; a Latin word has to stand by itself.
fn whole(text: &str, at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    let rest = text.get(at..)?;
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let joined_before = is_latin(word.chars().next()) && is_latin(text.get(..at)?.chars().next_back());
    let joined_after = is_latin(word.chars().next_back()) && is_latin(text.get(end..)?.chars().next());
    (rest.starts_with(word) && !joined_before && !joined_after).then_some(end)
}

/// Ends a clause. A space does too, unless it stands between Latin words (see [`clause`]).
fn is_break(c: char) -> bool {
    c.is_control() || "，。！？；：、…～~,.!?;:|()（）【】[]「」“”\"《》".contains(c)
}

/// Whether the text itself says the opposite, or asks.
fn is_denied(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(word), Some(after)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return true;
    };
    is_denied_before(clause(before), word) || is_denied_behind(word, after)
}

/// The end of a text back to where its clause begins.
fn clause(before: &str) -> &str {
    let mut begins = 0;
    let mut last = None;
    let mut chars = before.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let is_latin = |c: Option<char>| c.is_none_or(|c| c.is_ascii_alphanumeric() || c.is_whitespace());
        let splits = c.is_whitespace() && !(is_latin(last) && is_latin(next));
        if is_break(c) || splits {
            begins = at + c.len_utf8();
        }
        last = Some(c);
    }
    let clause = before.get(begins..).unwrap_or_default();
    let turned = SHIPPED
        .turns
        .iter()
        .filter_map(|turn| {
            clause
                .rmatch_indices(turn.as_str())
                .find_map(|(at, turn)| whole(clause, at, turn))
        })
        .max();
    turned.and_then(|at| clause.get(at..)).unwrap_or(clause)
}

/// Whether a negation reaches to the end of a clause, or 「贵不贵」 begins there.
fn is_denied_before(clause: &str, word: &str) -> bool {
    let half = word.strip_prefix(['不', '没']);
    if half.is_some_and(|half| clause.ends_with(half)) {
        return true;
    }
    let mut clause = clause.replace(['\'', '’'], "");
    for word in &SHIPPED.harmless {
        if clause.contains(word.as_str()) {
            clause = clause.replace(word.as_str(), " ");
        }
    }
    negations(&clause).any(|end| clause.get(end..).is_some_and(|between| units(between) <= WINDOW))
}

/// Characters, and Latin words as one each.
fn units(text: &str) -> usize {
    let mut within_word = false;
    let mut units = 0;
    for c in text.chars() {
        let is_latin = c.is_ascii_alphanumeric();
        if !(c.is_whitespace() || is_latin && within_word) {
            units += 1;
        }
        within_word = is_latin;
    }
    units
}

fn negates(text: &str) -> bool {
    negations(text).next().is_some()
}

/// Where negations end.
fn negations(text: &str) -> impl Iterator<Item = usize> + '_ {
    SHIPPED.negations.iter().flat_map(move |word| {
        text.match_indices(word.as_str())
            .filter_map(move |(at, word)| whole(text, at, word))
    })
}

/// 「过敏没有」, 「贵吗」, 「贵不贵」.
fn is_denied_behind(word: &str, after: &str) -> bool {
    let rest = after.trim_start_matches(['倒', '也', '是', '都', '的', '了', '啊', '过']);
    let ends = |rest: &str| {
        rest.chars()
            .next()
            .is_none_or(|c| is_break(c) || c.is_whitespace())
    };
    let denied = ["没有过", "没有", "不存在", "没"]
        .iter()
        .any(|no| rest.strip_prefix(no).is_some_and(ends));
    let asked = ["吗", "嘛", "么"]
        .iter()
        .any(|ask| rest.strip_prefix(ask).is_some_and(ends));
    let half = after
        .strip_prefix(['不', '没'])
        .is_some_and(|rest| rest.starts_with(word));
    denied || asked || half
}

//! A text in disguise. The parser decides by the neighbours of `**` whether it opens or closes, and it takes Chinese marks for what
//! commas are in English. So before it reads, some characters give their place to stand-ins of the same length that make it decide as
//! the CJK-friendly amendments want; afterwards every stand-in is exchanged for the true character. Offsets stay what they are.

use std::collections::{HashMap, HashSet};

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::chinese::{is_chinese, is_selector};

/// What stands beside a run of `*`, `_` or `~~`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Space,
    /// A punctuation mark that is not Chinese.
    Mark,
    Letter,
    Chinese {
        mark: bool,
    },
}

/// What the parser is made to see instead.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Face {
    Letter,
    Mark,
    /// No sign of Markdown.
    Plain,
}

/// Punctuation of three and of four bytes that nobody calls Chinese and the parser knows as punctuation.
const MARKS: [std::ops::RangeInclusive<char>; 4] = [
    '\u{2020}'..='\u{2027}',
    '\u{2030}'..='\u{2043}',
    '\u{2045}'..='\u{205E}',
    '\u{2E00}'..='\u{2E2E}',
];
const LONG_MARKS: [char; 10] = [
    '\u{10100}',
    '\u{10101}',
    '\u{10102}',
    '\u{1039F}',
    '\u{103D0}',
    '\u{10857}',
    '\u{1091F}',
    '\u{1093F}',
    '\u{10A50}',
    '\u{10A51}',
];

/// A text and how to undo its disguise.
pub(super) struct Guise {
    /// As long as the true text, every character where it was.
    pub text: String,
    truth: HashMap<char, char>,
}

impl Guise {
    /// Dresses a text. `plain` are bytes at which a sign stands that shall be none.
    pub fn new(text: &str, plain: &HashSet<usize>) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let faces = faces(&chars, plain);
        let mut tailor = Tailor::new(text);
        let mut out = String::with_capacity(text.len());
        for (nth, (_, c)) in chars.iter().enumerate() {
            out.push(match faces.get(&nth) {
                Some(face) => tailor.stand_in(*face, *c),
                None => *c,
            });
        }
        Self {
            text: out,
            truth: tailor.truth,
        }
    }

    /// A piece of what the parser made of it, in the true characters.
    pub fn true_text(&self, piece: &str) -> String {
        piece
            .chars()
            .map(|c| self.truth.get(&c).copied().unwrap_or(c))
            .collect()
    }
}

/// Hands out stand-ins: one for each (face, character), none that stands in the text itself.
struct Tailor {
    given: HashMap<(Face, char), char>,
    truth: HashMap<char, char>,
    /// Stand-ins that the text holds itself.
    taken: HashSet<char>,
    /// How many of each sort were tried.
    tried: HashMap<(Face, usize), usize>,
}

impl Tailor {
    fn new(text: &str) -> Self {
        Self {
            given: HashMap::new(),
            truth: HashMap::new(),
            taken: text.chars().filter(|c| !c.is_alphanumeric()).collect(),
            tried: HashMap::new(),
        }
    }

    /// The character itself where it already looks so, or where no stand-in is left.
    fn stand_in(&mut self, face: Face, c: char) -> char {
        if (face == Face::Letter && c.is_alphanumeric())
            || (face == Face::Mark && c.general_category_group() == GeneralCategoryGroup::Punctuation)
        {
            return c;
        }
        if let Some(stand_in) = self.given.get(&(face, c)) {
            return *stand_in;
        }
        let tried = self.tried.entry((face, c.len_utf8())).or_default();
        while let Some(stand_in) = candidate(face, c.len_utf8(), *tried) {
            *tried += 1;
            if !self.taken.contains(&stand_in) {
                self.given.insert((face, c), stand_in);
                self.truth.insert(stand_in, c);
                return stand_in;
            }
        }
        c
    }
}

/// The nth character that looks so and is so long.
fn candidate(face: Face, length: usize, nth: usize) -> Option<char> {
    let from = |first: u32, count: usize| {
        let nth = u32::try_from(nth).ok().filter(|_| nth < count)?;
        char::from_u32(first + nth)
    };
    match (face, length) {
        (Face::Plain, 1) if nth < 8 => from(0x1, 8),
        (Face::Plain, 1) => from(0xE - 8, 26),
        // Of the private use areas: letters to the parser, and nobody's.
        (Face::Letter, 3) => from(0xE000, 0x800),
        (Face::Letter, 4) => from(0xF0000, 0x800),
        (Face::Mark, 3) => MARKS.iter().cloned().flatten().filter(|c| is_mark(*c)).nth(nth),
        (Face::Mark, 4) => LONG_MARKS.get(nth).copied(),
        _ => None,
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
    )
}

/// A run of signs between two neighbours.
struct Run {
    sign: char,
    /// Among the runs of this sign in its line.
    nth: usize,
    /// By their number among all characters.
    before: Option<usize>,
    after: usize,
    prev: Side,
    next: Side,
}

/// Which characters, by their number, must look like something else.
fn faces(chars: &[(usize, char)], plain: &HashSet<usize>) -> HashMap<usize, Face> {
    let mut faces = HashMap::new();
    let mut runs = Vec::new();
    let mut counts = HashMap::new();
    let mut nth = 0;
    while let Some((at, c)) = chars.get(nth) {
        if plain.contains(at) {
            faces.insert(nth, Face::Plain);
        }
        match c {
            // An escaped sign is no sign.
            '\\' => nth += 2,
            '*' | '_' | '~' => {
                let run = chars.get(nth..).unwrap_or_default();
                let length = run.iter().take_while(|(_, next)| next == c).count();
                if is_text(chars, nth, *c, length) {
                    faces.insert(nth, Face::Plain);
                } else if *c != '~' || length == 2 {
                    let run = run_at(chars, nth, length, *c);
                    let count: &mut usize = counts.entry(*c).or_default();
                    runs.push(Run { nth: *count, ..run });
                    *count += 1;
                }
                nth += length;
            }
            '\n' => {
                counts.clear();
                nth += 1;
            }
            _ => nth += 1,
        }
    }
    dress(&runs, &mut faces);
    faces
}

/// One tilde means "about" or a range. One asterisk between figures of a Chinese line is a multiplication.
fn is_text(chars: &[(usize, char)], nth: usize, sign: char, length: usize) -> bool {
    let is_figure = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|(_, c)| c.is_ascii_digit())
    };
    match (sign, length) {
        ('~', 1) => true,
        ('*', 1) => {
            is_figure(nth.checked_sub(1)) && is_figure(nth.checked_add(1)) && {
                let line = |(_, c): &&(usize, char)| *c != '\n';
                let before = chars.get(..nth).unwrap_or_default().iter().rev().take_while(line);
                let after = chars.get(nth..).unwrap_or_default().iter().take_while(line);
                before.chain(after).any(|(_, c)| is_chinese(*c))
            }
        }
        _ => false,
    }
}

fn run_at(chars: &[(usize, char)], nth: usize, length: usize, sign: char) -> Run {
    let char_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).map(|(_, c)| *c);
    let (before, after) = (nth.checked_sub(1), nth + length);
    let prev = match char_at(before) {
        // The selector behind a Chinese character stands for both.
        Some(c) if is_selector(c) => match side(char_at(before.and_then(|at| at.checked_sub(1)))) {
            chinese @ Side::Chinese { .. } => chinese,
            // A quotation mark told to be a wide one.
            Side::Mark if c == '\u{FE01}' => Side::Chinese { mark: true },
            _ => side(Some(c)),
        },
        other => side(other),
    };
    Run {
        sign,
        nth: 0,
        before,
        after,
        prev,
        next: side(char_at(Some(after))),
    }
}

/// What a neighbour can be made to look like: only Chinese takes another face.
fn looks(side: Side) -> &'static [Side] {
    match side {
        Side::Chinese { .. } => &[Side::Letter, Side::Mark],
        Side::Space => &[Side::Space],
        Side::Mark => &[Side::Mark],
        Side::Letter => &[Side::Letter],
    }
}

/// Gives the neighbours of all runs the faces that make these open and close as they should. A character between two runs has one face
/// for both, so the cheapest choice is looked for along the whole row.
fn dress(runs: &[Run], faces: &mut HashMap<usize, Face>) {
    /// The cost up to a run whose `next` looks so, and what its `prev` looks like then.
    type Way = (Side, usize, Side);
    let mut ways: Vec<Vec<Way>> = Vec::with_capacity(runs.len());
    for (nth, run) in runs.iter().enumerate() {
        let wish = wish(run.sign, run.prev, run.next);
        let last = nth.checked_sub(1).and_then(|at| ways.get(at));
        let shares = shares(runs, nth);
        let so_far = |prev: Side| {
            let ways = last?.iter().filter(|(look, ..)| !shares || *look == prev);
            ways.map(|(_, cost, _)| *cost).min()
        };
        let mut here: Vec<Way> = Vec::new();
        for next in looks(run.next) {
            let all = looks(run.prev).iter().map(|prev| {
                let (open, close) = parser(run.sign, *prev, *next);
                // Of the runs of a line every other one opens, and it matters more that it can.
                let opens = run.nth % 2 == 0;
                let weigh =
                    |is_wrong: bool, matters: bool| usize::from(is_wrong) * if matters { 3 } else { 1 };
                let wrong = weigh(open != wish.0, opens) + weigh(close != wish.1, !opens);
                (*next, so_far(*prev).unwrap_or(0) + wrong, *prev)
            });
            here.extend(all.min_by_key(|(_, cost, _)| *cost));
        }
        ways.push(here);
    }
    let mut wanted: Option<Side> = None;
    for (nth, run) in runs.iter().enumerate().rev() {
        let here = ways.get(nth).map(Vec::as_slice).unwrap_or_default();
        let way = here
            .iter()
            .filter(|(look, ..)| wanted.is_none_or(|wanted| wanted == *look))
            .min_by_key(|(_, cost, _)| *cost);
        let Some((next, _, prev)) = way else { continue };
        for (at, was, now) in [(run.before, run.prev, prev), (Some(run.after), run.next, next)] {
            if let (Some(at), Side::Chinese { .. }) = (at, was) {
                faces.insert(
                    at,
                    if *now == Side::Mark {
                        Face::Mark
                    } else {
                        Face::Letter
                    },
                );
            }
        }
        wanted = shares(runs, nth).then_some(*prev);
    }
}

/// Whether the character before a run is also the one behind the run before it.
fn shares(runs: &[Run], nth: usize) -> bool {
    let last = nth.checked_sub(1).and_then(|at| runs.get(at));
    let before = runs.get(nth).and_then(|run| run.before);
    last.is_some_and(|last| Some(last.after) == before)
}

fn side(c: Option<char>) -> Side {
    match c {
        None => Side::Space,
        Some(c) if c.is_whitespace() => Side::Space,
        Some(c) if is_chinese(c) => Side::Chinese { mark: is_mark(c) },
        Some(c) if is_mark(c) => Side::Mark,
        Some(_) => Side::Letter,
    }
}

/// Whether a run may (open, close), by the amendments.
fn wish(sign: char, prev: Side, next: Side) -> (bool, bool) {
    let is_wide = |side: Side| matches!(side, Side::Chinese { .. });
    let is_any_mark = |side: Side| matches!(side, Side::Mark | Side::Chinese { mark: true });
    let lets = |side: Side| matches!(side, Side::Space | Side::Mark) || is_wide(side);
    let left = next != Side::Space && (next != Side::Mark || lets(prev));
    let right = prev != Side::Space && (prev != Side::Mark || lets(next));
    match sign {
        '_' => (
            left && (!right || is_any_mark(prev)),
            right && (!left || is_any_mark(next)),
        ),
        '~' => (next != Side::Space, right),
        _ => (left, right),
    }
}

/// Whether the parser lets it (open, close), when it sees no Chinese.
fn parser(sign: char, prev: Side, next: Side) -> (bool, bool) {
    let edge = |side: Side| matches!(side, Side::Space | Side::Mark);
    let open = match sign {
        '*' => next != Side::Mark || edge(prev),
        '~' => true,
        _ => edge(prev),
    };
    let close = match sign {
        '_' => edge(next),
        _ => prev != Side::Mark || edge(next),
    };
    (next != Side::Space && open, prev != Side::Space && close)
}

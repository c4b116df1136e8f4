//! Phrases that lie in files: which words of a text stand together in a clause and mean something. Pure, and linear in the text.
//!
//! `甲|乙 … 丙` is one of the first words and, at most eight characters behind it, one of the others; `甲|乙 & 丙` is both anywhere in a
//! clause. `<name>` stands for a group of words.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// Most characters between two words that stand in order.
const GAP: usize = 8;
/// Most bytes between two words of a clause: without a comma a text is no clause.
const FAR: usize = 120;

/// What a phrase looks for.
struct Pattern {
    /// Ids of words; one of each part must be there.
    parts: Vec<HashSet<usize>>,
    ordered: bool,
    /// Which rule it belongs to.
    rule: usize,
}

/// Many phrases, looked for in one pass.
#[derive(Default)]
pub(super) struct Phrases {
    /// By their first character.
    words: HashMap<char, Vec<(String, usize)>>,
    ids: HashMap<String, usize>,
    innocent: HashSet<usize>,
    patterns: Vec<Pattern>,
    /// Which patterns begin with a word.
    begun: HashMap<usize, Vec<usize>>,
}

#[derive(Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    word: usize,
    /// The how manieth clause.
    clause: usize,
}

impl Phrases {
    /// Words in which others lie that mean nothing there: 链接在一起, 海报.
    pub fn innocent(&mut self, words: &str) {
        for word in words.split('|').map(str::trim).filter(|word| !word.is_empty()) {
            let id = self.word(word);
            self.innocent.insert(id);
        }
    }

    /// Adds a phrase of a rule.
    pub fn add(&mut self, phrase: &str, groups: &HashMap<String, String>, rule: usize) {
        let mut full = phrase.to_owned();
        for (name, words) in groups {
            full = full.replace(&format!("<{name}>"), words);
        }
        let ordered = !full.contains(" & ");
        let parts: Vec<HashSet<usize>> = full
            .split(if ordered { " … " } else { " & " })
            .map(|part| part.split('|').map(|word| self.word(word.trim())).collect())
            .collect();
        for word in parts.first().into_iter().flatten() {
            self.begun.entry(*word).or_default().push(self.patterns.len());
        }
        self.patterns.push(Pattern { parts, ordered, rule });
    }

    fn word(&mut self, word: &str) -> usize {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.ids.len();
        self.ids.insert(word.to_owned(), id);
        if let Some(first) = word.chars().next() {
            self.words.entry(first).or_default().push((word.to_owned(), id));
        }
        id
    }

    /// Every phrase in a plain text, with the number of its rule.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let hits = self.hits(text);
        let mut found = Vec::new();
        for (nth, hit) in hits.iter().enumerate() {
            for pattern in self.begun.get(&hit.word).into_iter().flatten() {
                let Some(pattern) = self.patterns.get(*pattern) else {
                    continue;
                };
                let place = if pattern.ordered {
                    in_order(pattern, text, &hits, nth)
                } else {
                    together(pattern, &hits, nth)
                };
                found.extend(place.map(|place| (place, pattern.rule)));
            }
        }
        found
    }

    /// Words that stand in the text, but not inside an innocent one.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut innocent: Vec<Range<usize>> = Vec::new();
        let (mut clause, mut before) = (0, ' ');
        for (at, c) in text.char_indices() {
            clause += usize::from(is_end(c));
            for (word, id) in self.words.get(&c).into_iter().flatten() {
                let inside = c.is_ascii_alphanumeric() && before.is_ascii_alphanumeric();
                if inside || !text.get(at..).is_some_and(|rest| rest.starts_with(word.as_str())) {
                    continue;
                }
                let end = at + word.len();
                if self.innocent.contains(id) {
                    innocent.push(at..end);
                }
                hits.push(Hit {
                    start: at,
                    end,
                    word: *id,
                    clause,
                });
            }
            before = c;
        }
        hits.retain(|hit| {
            // No innocent word is longer than this.
            let near = innocent.partition_point(|range| range.start + FAR < hit.start);
            !innocent
                .get(near..)
                .unwrap_or_default()
                .iter()
                .take_while(|range| range.start <= hit.start)
                .any(|range| range.end >= hit.end && range.len() > hit.end - hit.start)
        });
        hits
    }
}

/// What ends a clause.
pub(super) fn is_end(c: char) -> bool {
    "，。！？；、,!?;\n｜|".contains(c)
}

/// What may follow a name.
pub(super) fn is_end_of_name(c: char) -> bool {
    is_end(c) || c.is_whitespace() || "」”\"』】）)~～".contains(c)
}

fn in_order(pattern: &Pattern, text: &str, hits: &[Hit], nth: usize) -> Option<Range<usize>> {
    let first = hits.get(nth)?;
    let mut last = *first;
    let mut at = nth;
    for part in pattern.parts.iter().skip(1) {
        let next = hits
            .iter()
            .enumerate()
            .skip(at + 1)
            .take_while(|(_, next)| next.clause == last.clause && next.start <= last.end + FAR)
            .find(|(_, next)| next.start >= last.end && part.contains(&next.word))?;
        let between = text.get(last.end..next.1.start)?;
        if between.chars().count() > GAP {
            return None;
        }
        (at, last) = (next.0, *next.1);
    }
    Some(first.start..last.end)
}

fn together(pattern: &Pattern, hits: &[Hit], nth: usize) -> Option<Range<usize>> {
    let first = hits.get(nth)?;
    let mut place = first.start..first.end;
    for part in pattern.parts.iter().skip(1) {
        let fits =
            |hit: &&Hit| part.contains(&hit.word) && (hit.start >= first.end || hit.end <= first.start);
        let after = hits
            .iter()
            .skip(nth + 1)
            .take_while(|hit| hit.clause == first.clause && hit.start <= first.end + FAR)
            .find(fits);
        let before = || {
            hits.get(..nth)?
                .iter()
                .rev()
                .take_while(|hit| hit.clause == first.clause && hit.start + FAR >= first.start)
                .find(fits)
        };
        let hit = after.or_else(before)?;
        place = place.start.min(hit.start)..place.end.max(hit.end);
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::Phrases;

    fn found(text: &str) -> Vec<(&str, usize)> {
        let mut phrases = Phrases::default();
        phrases.innocent("链接在一起");
        let groups = HashMap::from([("who".to_owned(), "想要的|要的".to_owned())]);
        phrases.add("链接在", &groups, 0);
        phrases.add("<who> … 扣1|私信我", &groups, 1);
        phrases.add("主页 & 店铺", &groups, 2);
        phrases
            .find(text)
            .into_iter()
            .map(|(place, rule)| (text.get(place).unwrap(), rule))
            .collect()
    }

    #[test]
    fn words_stand_together_in_one_clause() {
        assert_eq!(found("链接在评论区"), [("链接在", 0)]);
        assert_eq!(found("店铺在我的主页"), [("店铺在我的主页", 2)]);
        assert_eq!(found("想要的姐妹扣1").first(), Some(&("想要的姐妹扣1", 1)));
        for text in [
            "链接在一起",
            "店铺，主页",
            "扣1的是想要的",
            "要的一二三四五六七八九扣1",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}

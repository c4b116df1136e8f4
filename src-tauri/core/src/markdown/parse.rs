//! The events of a text, each with its place, and the words that no event carries.

use std::{collections::HashSet, ops::Range};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{chinese::has_chinese, guise::Guise, html};

/// An event and its bytes in the text.
type Placed = (Event<'static>, Range<usize>);

/// Signs that turn out to be none are found in rounds, because one hides another; what remains after these is told as lost.
const ROUNDS: usize = 6;
/// Prose inside HTML inside prose.
const DEPTH: usize = 3;

/// A text read.
pub(crate) struct Parsed {
    /// In order. HTML comes as single tags, its words as paragraphs.
    pub events: Vec<Placed>,
    /// Words that stand in the text and in no event: a link's tooltip, a second definition, a cell too many.
    pub lost: Vec<Range<usize>>,
}

impl Parsed {
    /// What a reader of the text sees, each word at its own place, everything else blanked out: as long as the text. With `captions`
    /// only the words of pictures, else all but them.
    pub fn seen(&self, text: &str, captions: bool) -> String {
        let mut bytes: Vec<u8> = text
            .bytes()
            .map(|byte| if byte == b'\n' { byte } else { b' ' })
            .collect();
        // A bare <address> is looked at as a link.
        let (mut pictures, mut addresses) = (0_usize, Vec::new());
        for (event, range) in &self.events {
            match event {
                Event::Start(Tag::Image { .. }) => pictures += 1,
                Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
                Event::Start(Tag::Link { link_type, .. }) => addresses.push(*link_type == LinkType::Autolink),
                Event::End(TagEnd::Link) => {
                    addresses.pop();
                }
                Event::Text(_) | Event::Code(_)
                    if (pictures > 0) == captions && addresses.last() != Some(&true) =>
                {
                    if let (Some(to), Some(from)) =
                        (bytes.get_mut(range.clone()), text.as_bytes().get(range.clone()))
                    {
                        to.copy_from_slice(from);
                    }
                }
                _ => {}
            }
        }
        // Ranges begin and end at characters; should one not, nothing is blanked.
        String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
    }
}

/// Reads a text.
pub(crate) fn parse(text: &str) -> Parsed {
    let (events, definitions) = read(text, HashSet::new(), 0);
    let lost = lost(text, &events, &definitions);
    Parsed { events, lost }
}

/// Whether a link can lead there: `[点这里](孕妇慎用)` leads nowhere and is two pairs of brackets.
fn is_address(destination: &str) -> bool {
    let has_scheme = || {
        destination.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
        })
    };
    let has_ending = || {
        destination.rsplit_once('.').is_some_and(|(_, ending)| {
            !ending.is_empty() && ending.chars().all(|c| c.is_ascii_alphanumeric())
        })
    };
    !has_chinese(destination)
        || has_scheme()
        || destination.starts_with(['#', '?'])
        || destination.contains('/')
        || has_ending()
}

/// What of Markdown a post may use. Footnotes are off: no platform takes anchors.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Where a definition that is used stands.
struct Definition {
    place: Range<usize>,
    /// It says more than an address that goes out.
    has_words: bool,
}

fn read(text: &str, mut plain: HashSet<usize>, depth: usize) -> (Vec<Placed>, Vec<Definition>) {
    let mut round = 0;
    loop {
        let guise = Guise::new(text, &plain);
        let mut parser = Parser::new_ext(&guise.text, options()).into_offset_iter();
        let dressed: Vec<(Event<'_>, Range<usize>)> = parser.by_ref().collect();
        let all = parser.reference_definitions();
        let (mut used, mut more) = (HashSet::new(), Vec::new());
        for (event, range) in &dressed {
            let (Event::Start(Tag::Link {
                link_type,
                dest_url,
                id,
                ..
            })
            | Event::Start(Tag::Image {
                link_type,
                dest_url,
                id,
                ..
            })) = event
            else {
                continue;
            };
            if *link_type == LinkType::Inline && !is_address(&guise.true_text(dest_url)) {
                more.push(range.start);
            }
            used.extend(all.get(id).map(|definition| definition.span.start));
        }
        let mut definitions = Vec::new();
        for (label, definition) in all.iter() {
            let leads = guise.true_text(&definition.dest);
            let is_used = used.contains(&definition.span.start);
            let is_ours = ["http://", "https://", "photo:", "price:", "review:", "link:"]
                .iter()
                .any(|scheme| leads.starts_with(scheme));
            // What nothing uses and what is no address was written as text.
            let is_text = !is_used
                && (!(is_ours || leads.starts_with(['/', '#'])) || has_chinese(&guise.true_text(label)));
            if label.starts_with('^') || is_text || !is_address(&leads) {
                more.push(definition.span.start);
            } else {
                definitions.push(Definition {
                    place: definition.span.clone(),
                    has_words: !is_used || !is_ours || definition.title.is_some(),
                });
            }
        }
        // The bracket of each, and no other character, loses its meaning.
        more.retain(|at| text.as_bytes().get(*at) == Some(&b'[') && !plain.contains(at));
        round += 1;
        if more.is_empty() || round == ROUNDS {
            let events = dressed
                .into_iter()
                .map(|(event, range)| (undress(event, &guise), range));
            return (expand(text, events.collect(), depth), definitions);
        }
        plain.extend(more);
    }
}

fn undress(event: Event<'_>, guise: &Guise) -> Event<'static> {
    let own = |text: CowStr<'_>| CowStr::from(guise.true_text(&text));
    match event {
        Event::Text(text) => Event::Text(own(text)),
        Event::Code(text) => Event::Code(own(text)),
        Event::Html(text) => Event::Html(own(text)),
        Event::InlineHtml(text) => Event::InlineHtml(own(text)),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: own(dest_url),
            title: own(title),
            id: own(id),
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: own(dest_url),
            title: own(title),
            id: own(id),
        }),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(own(info))))
        }
        other => other.into_static(),
    }
}

/// Text put together from pieces of another, and where each piece came from.
#[derive(Default)]
struct Gathered {
    text: String,
    /// (byte here, byte there), ascending.
    map: Vec<(usize, usize)>,
}

impl Gathered {
    fn add(&mut self, piece: &str, at: usize) {
        self.map.push((self.text.len(), at));
        self.text.push_str(piece);
    }
}

/// The place there of a place here.
fn there(map: &[(usize, usize)], here: Range<usize>) -> Range<usize> {
    let one = |at: usize| {
        let next = map.partition_point(|(begun, _)| *begun <= at);
        next.checked_sub(1)
            .and_then(|nth| map.get(nth))
            .map_or(at, |(begun, from)| from + (at - begun))
    };
    let start = one(here.start);
    // The last byte tells where the end is: behind it something may have been left out.
    start
        ..here
            .end
            .checked_sub(1)
            .map_or(start, |last| one(last) + 1)
            .max(start)
}

/// Puts an event where it stands there; words between which something was left out are told apart.
fn place(event: Event<'static>, here: Range<usize>, map: &[(usize, usize)], out: &mut Vec<Placed>) {
    let words = match &event {
        Event::Text(words) if words.len() == here.len() => words,
        _ => return out.push((event, there(map, here))),
    };
    let first = map.partition_point(|(begun, _)| *begun <= here.start);
    let last = map.partition_point(|(begun, _)| *begun < here.end).max(first);
    let cuts = map
        .get(first..last)
        .unwrap_or_default()
        .iter()
        .map(|(begun, _)| *begun);
    let mut start = here.start;
    for end in cuts.chain([here.end]) {
        let piece = words
            .get(start - here.start..end - here.start)
            .unwrap_or_default();
        if !piece.is_empty() {
            out.push((Event::Text(piece.to_owned().into()), there(map, start..end)));
        }
        start = end;
    }
}

/// Opens blocks of HTML and indented prose, for nobody writes code in Chinese: their words are Markdown again.
fn expand(text: &str, events: Vec<Placed>, depth: usize) -> Vec<Placed> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        let end = match &event {
            Event::Start(Tag::HtmlBlock) => TagEnd::HtmlBlock,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if depth < DEPTH => TagEnd::CodeBlock,
            _ => {
                out.push((event, range));
                continue;
            }
        };
        let inside: Vec<Placed> = events
            .by_ref()
            .take_while(|(event, _)| *event != Event::End(end))
            .collect();
        if end == TagEnd::HtmlBlock {
            open_html(text, &inside, depth, &mut out);
        } else if inside
            .iter()
            .any(|(event, _)| matches!(event, Event::Text(words) if has_chinese(words)))
        {
            open_prose(&inside, depth, &mut out);
        } else {
            out.push((event, range.clone()));
            out.extend(inside);
            out.push((Event::End(TagEnd::CodeBlock), range));
        }
    }
    out
}

fn open_html(text: &str, inside: &[Placed], depth: usize, out: &mut Vec<Placed>) {
    let mut block = Gathered::default();
    for (_, range) in inside {
        block.add(text.get(range.clone()).unwrap_or_default(), range.start);
    }
    let stripped = html::strip(&block.text);
    for dropped in &stripped.dropped {
        let words = block.text.get(dropped.clone()).unwrap_or_default().to_owned();
        out.push((Event::Html(words.into()), there(&block.map, dropped.clone())));
    }
    // What still looks like a tag is none.
    let plain = stripped.text.match_indices('<').map(|(at, _)| at).collect();
    let (inner, _) = read(&stripped.text, plain, depth + 1);
    let mut in_block = Vec::with_capacity(inner.len());
    for (event, range) in inner {
        place(event, range, &stripped.map, &mut in_block);
    }
    for (event, range) in in_block {
        place(event, range, &block.map, out);
    }
}

fn open_prose(inside: &[Placed], depth: usize, out: &mut Vec<Placed>) {
    let mut prose = Gathered::default();
    for (event, range) in inside {
        let Event::Text(words) = event else { continue };
        let mut at = range.start;
        for line in words.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t']);
            prose.add(bare, at + line.len() - bare.len());
            at += line.len();
        }
    }
    let (inner, _) = read(&prose.text, HashSet::new(), depth + 1);
    for (event, range) in inner {
        place(event, range, &prose.map, out);
    }
}

/// Letters and figures that no event carries, as stretches within a line.
fn lost(text: &str, events: &[Placed], definitions: &[Definition]) -> Vec<Range<usize>> {
    let mut carried = vec![false; text.len()];
    let mut carry = |range: Range<usize>| {
        if let Some(bytes) = carried.get_mut(range) {
            bytes.fill(true);
        }
    };
    // The end of what was read last: behind it stands a link's address.
    let mut last = 0;
    let mut titles = Vec::new();
    for (event, range) in events {
        match event {
            Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::TaskListMarker(_) => {
                carry(range.clone());
                last = range.end;
            }
            Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => {
                titles.push(title.is_empty());
                last = range.start;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if titles.pop() == Some(true) {
                    carry(last.min(range.end)..range.end);
                }
                last = range.end;
            }
            Event::Start(Tag::Item) => {
                let marker = text.get(range.clone()).unwrap_or_default();
                let figures = marker.len() - marker.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                carry(range.start..range.start + figures);
            }
            _ => {}
        }
    }
    for definition in definitions.iter().filter(|definition| !definition.has_words) {
        carry(definition.place.clone());
    }
    let mut lost: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let is_carried = carried.get(at).copied().unwrap_or(true);
        if c == '\n' || (is_carried && c.is_alphanumeric()) {
            open = false;
        } else if c.is_alphanumeric() && !is_carried {
            let end = at + c.len_utf8();
            match lost.last_mut().filter(|_| open) {
                Some(last) => last.end = end,
                None => lost.push(at..end),
            }
            open = true;
        }
    }
    lost
}

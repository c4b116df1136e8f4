//! Markdown into blocks, with the references filled in. Tags of HTML are dropped, their words are not.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd, TextMergeWithOffset};

use super::{
    doc::{Block, BlockKind, Doc, Span},
    draft::{Draft, Kind},
    topic,
};
use crate::value::Id;

/// Reads a draft's body.
pub(super) fn parse(draft: &Draft) -> Doc {
    let mut reader = Reader::new(draft);
    for (event, range) in TextMergeWithOffset::new(draft.parsed.events.iter().cloned()) {
        reader.take(event, range.start);
    }
    reader.close();
    // A line above the topics has nothing below it once they are taken out.
    while reader
        .doc
        .blocks
        .last()
        .is_some_and(|block| block.kind == BlockKind::Rule)
    {
        reader.doc.blocks.pop();
    }
    reader.doc
}

struct Reader<'a> {
    draft: &'a Draft,
    doc: Doc,
    open: Option<Block>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// How many outermost lists have begun.
    list: usize,
    /// The marker of an item whose text has not begun.
    marker: Option<String>,
    quotes: usize,
    /// How many outermost quotations have begun.
    quotation: usize,
    /// Pictures that stand where none can: in a table's cell, in a link. They follow behind the block.
    stray: Vec<(Id, String)>,
    strong: usize,
    em: usize,
    strike: usize,
    /// Destination and what stood in the block before the link or picture began.
    links: Vec<(String, usize, usize)>,
    pictures: Vec<(String, String)>,
    in_cell: bool,
}

impl<'a> Reader<'a> {
    fn new(draft: &'a Draft) -> Self {
        Self {
            draft,
            doc: Doc::default(),
            open: None,
            lists: Vec::new(),
            list: 0,
            marker: None,
            quotes: 0,
            quotation: 0,
            stray: Vec::new(),
            strong: 0,
            em: 0,
            strike: 0,
            links: Vec::new(),
            pictures: Vec::new(),
            in_cell: false,
        }
    }

    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, false, at),
            Event::Code(text) => self.text(&text, true, at + 1),
            Event::SoftBreak | Event::HardBreak => self.text("\n", false, at),
            // The one piece of HTML people do write by hand.
            Event::InlineHtml(html) if html.starts_with("<br") => self.text("\n", false, at),
            Event::Rule => {
                self.close();
                self.begin(BlockKind::Rule);
                self.close();
            }
            Event::TaskListMarker(done) => self.marker = Some(if done { "☑" } else { "☐" }.to_owned()),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph => self.close(),
            Tag::Heading { level, .. } => {
                self.close();
                self.begin(BlockKind::Heading(depth(level)));
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.begin(BlockKind::Code);
            }
            Tag::BlockQuote(_) => {
                self.close();
                if self.quotes == 0 {
                    self.quotation += 1;
                }
                self.quotes += 1;
            }
            Tag::List(first) => {
                self.close();
                if self.lists.is_empty() {
                    self.list += 1;
                }
                self.lists.push(first);
            }
            Tag::Item => {
                self.close();
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        // 1. 1. 1. counts up; 2019. 2021. are the years that were written.
                        *number = written_number(&self.draft.body, at).unwrap_or(0).max(*number);
                        let marker = format!("{number}.");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => "•".to_owned(),
                });
            }
            Tag::Table(_) => {
                self.close();
                self.begin(BlockKind::Table(Vec::new()));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(Block {
                    kind: BlockKind::Table(rows),
                    ..
                }) = &mut self.open
                {
                    rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.in_cell = true,
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.em += 1,
            Tag::Strikethrough => self.strike += 1,
            Tag::Link { dest_url, .. } => {
                let begun = self.open.as_ref().map_or(0, |block| block.spans.len());
                self.links.push((dest_url.into_string(), begun, at));
            }
            Tag::Image { dest_url, .. } => self.pictures.push((dest_url.into_string(), String::new())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table => self.close(),
            TagEnd::Item => {
                self.close();
                self.marker = None;
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                self.in_cell = false;
                if let Some(Block {
                    kind: BlockKind::Table(rows),
                    spans,
                    ..
                }) = &mut self.open
                    && let Some(row) = rows.last_mut()
                {
                    row.push(std::mem::take(spans));
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.em = self.em.saturating_sub(1),
            TagEnd::Strikethrough => self.strike = self.strike.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_picture(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, code: bool, at: usize) {
        if let Some((_, caption)) = self.pictures.last_mut() {
            caption.push_str(text);
            return;
        }
        let span = Span {
            text: text.to_owned(),
            strong: self.strong > 0,
            em: self.em > 0,
            strike: self.strike > 0,
            code,
            href: None,
            at: Some(at),
        };
        self.spans().push(span);
    }

    /// The spans of the open block; a paragraph or list item is opened when there is none.
    fn spans(&mut self) -> &mut Vec<Span> {
        let block = match self.open.take() {
            Some(block) => block,
            None => {
                let marker = self.marker.take();
                self.block(marker.map_or(BlockKind::Paragraph, BlockKind::Item))
            }
        };
        &mut self.open.insert(block).spans
    }

    fn begin(&mut self, kind: BlockKind) {
        self.open = Some(self.block(kind));
    }

    fn block(&self, kind: BlockKind) -> Block {
        Block {
            kind,
            spans: Vec::new(),
            indent: self.lists.len(),
            list: self.list,
            quote: (self.quotes > 0).then_some(self.quotation),
        }
    }

    fn end_link(&mut self) {
        let Some((address, begun, at)) = self.links.pop() else {
            return;
        };
        let draft = self.draft;
        let spans = self.spans();
        let mut label = spans.split_off(begun.min(spans.len()));
        match Kind::of(&address) {
            Some((kind, id)) => spans.extend(draft.filled(kind, id, label, at)),
            None => {
                if label.iter().all(|span| span.text.trim().is_empty()) {
                    // A link without words would be gone without a trace: its address is its words.
                    label = vec![Span::new(address.clone(), Some(at))];
                }
                let href = is_web(&address).then_some(address);
                spans.extend(label.into_iter().map(|span| Span {
                    href: href.clone(),
                    ..span
                }));
            }
        }
    }

    /// A picture stands by itself: the paragraph around it ends before and goes on behind it.
    fn end_picture(&mut self) {
        let Some((address, mut caption)) = self.pictures.pop() else {
            return;
        };
        if !self.links.is_empty() && !caption.trim().is_empty() {
            // In a link the picture's words are what leads on.
            let words = std::mem::take(&mut caption);
            self.spans().push(Span::new(words.trim(), None));
        }
        let Some((Kind::Photo, id)) = Kind::of(&address) else {
            return;
        };
        if !self.draft.photos.contains(&id) {
            return;
        }
        if !self.doc.photos.contains(&id) {
            self.doc.photos.push(id);
        }
        if self.in_cell || !self.links.is_empty() {
            self.stray.push((id, caption));
            return;
        }
        self.close();
        self.begin(BlockKind::Photo(id));
        self.spans().push(Span::new(caption.trim(), None));
        self.close();
    }

    /// Ends the open block; pictures that had no place in it follow.
    fn close(&mut self) {
        self.close_block();
        for (id, caption) in std::mem::take(&mut self.stray) {
            let mut picture = self.block(BlockKind::Photo(id));
            picture.spans.push(Span::new(caption.trim(), None));
            self.doc.blocks.push(picture);
        }
    }

    /// Ends the open block and takes the topics out of it.
    fn close_block(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        let rules = &self.draft.rules;
        let syntax =
            Some(rules.topic_syntax.as_str()).filter(|syntax| rules.topics_in_body && !syntax.is_empty());
        match &mut block.kind {
            BlockKind::Code | BlockKind::Photo(_) | BlockKind::Rule => {}
            BlockKind::Table(rows) => {
                for cell in rows.iter_mut().flatten() {
                    let (topics, kept) = topic::take(std::mem::take(cell), syntax);
                    *cell = kept;
                    add(&mut self.doc.tags, topics);
                }
            }
            _ => {
                let (topics, kept) = topic::take(std::mem::take(&mut block.spans), syntax);
                if kept.is_empty() {
                    let tags = &self.doc.tags;
                    let fresh = topics
                        .iter()
                        .filter(|topic| !tags.contains(topic))
                        .cloned()
                        .collect();
                    add(&mut self.doc.loose_tags, fresh);
                }
                add(&mut self.doc.tags, topics);
                if kept.iter().all(|span| span.text.trim().is_empty()) {
                    return;
                }
                block.spans = kept;
            }
        }
        self.doc.blocks.push(block);
    }
}

/// Whether an address leads into the web, as a link must to stay one.
fn is_web(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

fn add(to: &mut Vec<String>, topics: Vec<String>) {
    for topic in topics {
        if !to.contains(&topic) {
            to.push(topic);
        }
    }
}

/// The number that stands at the beginning of a list item.
fn written_number(body: &str, at: usize) -> Option<u64> {
    let item = body.get(at..)?;
    let figures = item.find(|c: char| !c.is_ascii_digit())?;
    item.get(..figures)?.parse().ok()
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

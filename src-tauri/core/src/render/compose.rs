//! A draft put together for its channel: text, HTML, topics, mark. Pure: the same draft gives the same bytes.

use super::{
    Rendered,
    doc::{Block, BlockKind, Doc, Span},
    draft::Draft,
    html::HtmlWriter,
    mark, parse,
    plain::PlainWriter,
    topic,
    writer::ChannelWriter,
};
use crate::value::Id;

/// What was rendered, and where each stretch of the body came from.
pub(crate) struct Composed {
    pub rendered: Rendered,
    /// Words of pictures that go out without them.
    pub captions: Vec<String>,
    /// 「广告」 stands in plain sight, written by the person or put in.
    pub shows_mark: bool,
    /// Topics that stood by themselves, on a channel that has none.
    pub topics: Vec<String>,
    /// (byte in the body, byte in the Markdown).
    map: Vec<(usize, usize)>,
}

impl Composed {
    /// The byte of the Markdown that a byte of the body came from, as near as can be told.
    pub fn source(&self, body: usize) -> usize {
        let next = self.map.partition_point(|(out, _)| *out <= body);
        next.checked_sub(1)
            .and_then(|at| self.map.get(at))
            .map_or(0, |(out, source)| source + (body - out))
    }
}

/// Puts a draft together.
pub(crate) fn compose(draft: &Draft) -> Composed {
    let rules = &draft.rules;
    let mut doc = parse::parse(draft);
    let title = draft.title.trim().to_owned();
    if !rules.has_title && !title.is_empty() {
        // The title joins the first line, as the platform's own users do it.
        let spans = vec![Span::new(title.clone(), None)];
        doc.blocks.insert(
            0,
            Block {
                kind: BlockKind::Paragraph,
                spans,
                indent: 0,
                list: 0,
                quote: None,
            },
        );
    }
    let bare = PlainWriter::default().write(&visible(&doc), &rules.links);
    let shown_title = if rules.has_title { title.as_str() } else { "" };
    let shows_mark = mark::shows_mark(shown_title, &bare);
    let marked = draft.interest().is_some() && !draft.is_exempt() && !shows_mark;
    if marked {
        mark::put(&mut doc);
    }
    if rules.body == "html" {
        attached(&mut doc, &draft.post.photos);
    }
    let mut writer = PlainWriter::default();
    let mut body = writer.write(&doc, &rules.links);
    if rules.topics_in_body && !doc.loose_tags.is_empty() {
        let written: Vec<String> = doc
            .loose_tags
            .iter()
            .map(|tag| topic::written(tag, Some(&rules.topic_syntax)).trim().to_owned())
            .collect();
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        body.push_str(&written.join(" "));
    }
    let html = (rules.body == "html").then(|| HtmlWriter::default().write(&doc, &rules.links));
    let mut captions = Vec::new();
    if html.is_none() {
        let pictures = doc
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Photo(_)));
        let words = pictures
            .flat_map(|block| &block.spans)
            .map(|span| span.text.clone());
        captions.extend(words.filter(|words| !words.is_empty()));
    }
    let mut photos = draft.post.photos.clone();
    photos.extend(
        doc.photos
            .iter()
            .filter(|photo| !draft.post.photos.contains(photo)),
    );
    // A chat or a poster has no topics; an article has tags beside its text.
    let has_tags = html.is_some() || !rules.topic_syntax.is_empty();
    let topics = if has_tags {
        Vec::new()
    } else {
        std::mem::take(&mut doc.loose_tags)
    };
    Composed {
        rendered: Rendered {
            post: draft.post.id,
            channel: draft.channel.id,
            platform: rules.platform.clone(),
            // Where there is no field for it, it stands in the first line and nowhere else.
            title: if rules.has_title { title } else { String::new() },
            body,
            tags: if has_tags { doc.tags } else { Vec::new() },
            html,
            focus: photos
                .iter()
                .map(|photo| draft.shown.get(photo).map_or((0.5, 0.5), |shown| shown.focus))
                .collect(),
            padded: photos
                .iter()
                .filter(|photo| draft.padding && draft.cuts_much(**photo))
                .copied()
                .collect(),
            photos,
            links: draft.links.iter().map(|link| link.id).collect(),
            marked,
        },
        captions,
        shows_mark: shows_mark || marked,
        topics,
        map: writer.map,
    }
}

/// What a reader takes as said: without what is struck out and without code, in which no word is a mark.
fn visible(doc: &Doc) -> Doc {
    let mut visible = doc.clone();
    for block in &mut visible.blocks {
        let is_code = block.kind == BlockKind::Code;
        for span in block
            .spans
            .iter_mut()
            .filter(|span| is_code || span.strike || span.code)
        {
            // Something stands there: what is around it does not grow together.
            span.text = "…".to_owned();
        }
    }
    visible
}

/// An article shows its pictures in its text: attached ones that the text does not name stand at its end, in their order, or they
/// would be left out without a word.
fn attached(doc: &mut Doc, photos: &[Id]) {
    let loose: Vec<Id> = photos
        .iter()
        .filter(|photo| !doc.photos.contains(photo))
        .copied()
        .collect();
    doc.blocks.extend(loose.into_iter().map(|id| Block {
        kind: BlockKind::Photo(id),
        spans: Vec::new(),
        indent: 0,
        list: 0,
        quote: None,
    }));
}

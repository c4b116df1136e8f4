//! A post between Markdown and its platforms: a flat list of blocks, because no platform takes nesting.

use crate::value::Id;

/// A stretch of text of one look.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Span {
    pub text: String,
    pub strong: bool,
    pub em: bool,
    pub strike: bool,
    pub code: bool,
    /// An http(s) address it leads to; the channel decides whether it stays a link.
    pub href: Option<String>,
    /// Where it begins in the Markdown, bytes; `None` for text that is not there.
    pub at: Option<usize>,
}

impl Span {
    /// Text that does not stand in the Markdown, or stands there as something else.
    pub fn new(text: impl Into<String>, at: Option<usize>) -> Self {
        Self {
            text: text.into(),
            at,
            ..Self::default()
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum BlockKind {
    Paragraph,
    /// 1–6.
    Heading(u8),
    /// A list item with its literal marker, `•` or `1.`.
    Item(String),
    Code,
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<Vec<Span>>>),
    /// A photo; its spans are the caption.
    Photo(Id),
    Rule,
}

/// One block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub kind: BlockKind,
    pub spans: Vec<Span>,
    /// How many lists it stands in.
    pub indent: usize,
    /// Which outermost list, counted from 1, has begun last.
    pub list: usize,
    /// Which outermost quotation it stands in, counted from 1.
    pub quote: Option<usize>,
}

/// The whole.
#[derive(Debug, Clone, Default)]
pub(super) struct Doc {
    pub blocks: Vec<Block>,
    /// All topics in order, once each, without #.
    pub tags: Vec<String>,
    /// Topics that stood in paragraphs of their own, which are taken out.
    pub loose_tags: Vec<String>,
    /// Photos named in the text, in order.
    pub photos: Vec<Id>,
}

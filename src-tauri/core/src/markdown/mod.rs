//! Markdown as people who write Chinese mean it. CommonMark was made for words with spaces between them; here emphasis works beside
//! Chinese marks, one tilde is a tilde, and what a browser would take for HTML or for a definition keeps its words.
//!
//! `chinese` which characters are meant · `guise` a text dressed so that the parser, which knows none of this, reads it so ·
//! `html` blocks of HTML without their tags · `parse` the events, and the words that none of them carries.

mod chinese;
mod guise;
mod html;
mod parse;

pub(crate) use parse::{Parsed, parse};

#[cfg(test)]
mod tests;

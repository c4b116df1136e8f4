//! How a platform is written for. The plain writer serves every text field, the HTML writer every rich editor.

use super::doc::Doc;
use crate::channel::LinkPolicy;

/// Writes a document the way a platform takes it.
pub(super) trait ChannelWriter {
    /// The whole document as one text.
    fn write(&mut self, doc: &Doc, links: &LinkPolicy) -> String;
}

//! Render: a post as one channel takes it, from the same Markdown every time. Platforms differ by `ChannelWriter`.

mod buy;
mod compose;
mod doc;
mod draft;
mod html;
mod known;
mod mark;
mod parse;
mod phrase;
mod picture;
mod plain;
mod said;
mod scan;
mod shown;
mod store;
mod topic;
mod writer;

use serde::Serialize;

use crate::{db::Db, error::Result, value::Id};

pub(crate) use buy::Sort;
pub(crate) use compose::{Composed, compose};
pub(crate) use draft::{Draft, Kind, Reference, draft};
pub(crate) use picture::Picture;
pub(crate) use said::{Said, Where};
pub(crate) use scan::{Way, home, scan};
pub(crate) use shown::{Shown, share};

/// A post as one channel takes it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Rendered {
    pub post: Id,
    pub channel: Id,
    pub platform: String,
    /// As it stands in the platform's own field for it; empty where there is none, for then it is the body's first line.
    pub title: String,
    /// Plain text as it is pasted; topics are not in it unless the platform wants them there.
    pub body: String,
    /// Without the #.
    pub tags: Vec<String>,
    /// Where the channel takes HTML: inline styles, safe set only. Pictures are `photo:ID` until bundled.
    pub html: Option<String>,
    /// Photos in order: the post's own first, then those named in the text.
    pub photos: Vec<Id>,
    /// What a crop keeps in view of each photo, from the left and the top, 0 to 1.
    pub focus: Vec<(f64, f64)>,
    /// Those of the photos that go out whole, on white, because the channel's frame would cut more than a quarter of them.
    pub padded: Vec<Id>,
    /// Links placed in the text or to be shown beside it.
    pub links: Vec<Id>,
    /// 「广告」 was put in because the law wants it.
    pub marked: bool,
}

/// Renders a post for a channel.
///
/// # Errors
/// `NotFound` for the post or the channel.
pub async fn render(db: &Db, post: Id, channel: Id) -> Result<Rendered> {
    Ok(compose(&draft(db, post, channel).await?).rendered)
}

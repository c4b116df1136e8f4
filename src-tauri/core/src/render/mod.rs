//! Render: a post as one channel takes it, from the same Markdown every time. Platforms differ by `ChannelWriter`.

use serde::Serialize;

use crate::{
    db::Db,
    error::Result,
    value::Id,
};

/// A post as one channel takes it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Rendered {
    pub post: Id,
    pub channel: Id,
    pub platform: String,
    pub title: String,
    /// Plain text as it is pasted; topics are not in it unless the platform wants them there.
    pub body: String,
    /// Without the #.
    pub tags: Vec<String>,
    /// Where the channel takes HTML: inline styles, safe set only. Pictures are `photo:ID` until bundled.
    pub html: Option<String>,
    /// Photos in order: the post's own first, then those named in the text.
    pub photos: Vec<Id>,
    /// Links placed in the text or to be shown beside it.
    pub links: Vec<Id>,
    /// 「广告」 was put in because the law wants it.
    pub marked: bool,
}

/// Renders a post for a channel.
pub async fn render(_db: &Db, _post: Id, _channel: Id) -> Result<Rendered> {
    todo!()
}

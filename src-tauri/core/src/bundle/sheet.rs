//! All that the words of one bundle are made from. The files on the disk and the hand-off in the window come from the same sheet, so
//! that what is seen before is what is packed.

use super::{HandOff, article, checklist, steps};
use crate::{
    channel::{self, Channel, Rules},
    db::Db,
    error::Result,
    link::{self, Link, LinkFilter},
    post::{self, Post},
    render::{self, Rendered},
    value::Id,
};

/// One post for one channel, rendered, with the links made for it.
pub(super) struct Sheet {
    pub post: Post,
    pub channel: Channel,
    pub rules: Rules,
    pub rendered: Rendered,
    /// What the post is called there, also where the platform has no field for it.
    pub heading: String,
    /// Oldest first.
    pub links: Vec<Link>,
}

/// Reads and renders all of it.
pub(super) async fn sheet(db: &Db, post: Id, channel: Id) -> Result<Sheet> {
    let post = post::get(db, post).await?;
    let channel = channel::get(db, channel).await?;
    let rules = channel::rules(db, &channel.platform).await?;
    let rendered = render::render(db, post.id, channel.id).await?;
    let own = post::variant(db, post.id, channel.id).await?;
    let heading = own.title.as_ref().unwrap_or(&post.title).trim().to_owned();
    let filter = LinkFilter {
        post: Some(post.id),
        channel: Some(channel.id),
        product: None,
    };
    let mut links = link::list(db, &filter).await?;
    links.sort_by_key(|link| link.id);
    links.iter().try_for_each(Link::must_be_web)?;
    Ok(Sheet {
        post,
        channel,
        rules,
        rendered,
        heading,
        links,
    })
}

/// What the window hands over step by step: the texts of the bundle and what to do with them.
///
/// # Errors
/// `NotFound` for the post or the channel, `Unreadable` for a link whose address nobody wrote here.
pub async fn handoff(db: &Db, post: Id, channel: Id) -> Result<HandOff> {
    let sheet = sheet(db, post, channel).await?;
    let steps = steps::steps(&sheet);
    Ok(HandOff {
        steps,
        receipt: sheet.rules.receipt,
        rendered: sheet.rendered,
    })
}

impl Sheet {
    /// The text files of the bundle, by name.
    pub fn texts(&self) -> Vec<(&'static str, String)> {
        let mut files = Vec::new();
        if !self.rendered.title.is_empty() {
            files.push(("title.txt", line(&self.rendered.title)));
        }
        match &self.rendered.html {
            Some(html) => files.push((
                "article.html",
                article::page(&self.heading, html, &self.rendered.photos),
            )),
            None => files.push(("body.txt", line(&self.rendered.body))),
        }
        if !self.rendered.tags.is_empty() {
            let tags = self.rendered.tags.iter();
            files.push(("tags.txt", tags.map(|tag| format!("{tag}\n")).collect()));
        }
        let written: String = self
            .links
            .iter()
            .filter_map(|link| steps::entry(link, &self.rules))
            .collect();
        if !written.is_empty() {
            files.push(("links.txt", written));
        }
        files.push(("checklist.md", checklist::checklist(self)));
        files
    }

    /// Whether words stand in what is pasted.
    pub fn holds(&self, words: &str) -> bool {
        let html = self.rendered.html.as_deref().unwrap_or_default();
        self.rendered.body.contains(words) || html.contains(&words.replace('&', "&amp;"))
    }
}

/// Text as it is pasted, ended by one line break.
fn line(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

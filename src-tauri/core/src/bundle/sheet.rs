//! All that the words of one bundle are made from. The files on the disk and the hand-off in the window come from the same sheet, so
//! that what is seen before is what is packed.

use super::{HandOff, article, checklist, steps};
use crate::{
    channel::{Channel, Rules},
    check,
    db::Db,
    error::Result,
    link::Link,
    post::Post,
    render::{self, Composed, Rendered},
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
    /// The mark 「广告」 applies, whoever wrote it.
    pub is_ad: bool,
    /// Pictures that carry the label of AI-made content.
    pub labelled: Vec<Id>,
}

/// Reads and renders all of it.
pub(super) async fn sheet(db: &Db, post: Id, channel: Id) -> Result<Sheet> {
    let draft = render::draft(db, post, channel).await?;
    let Composed {
        rendered, shows_mark, ..
    } = render::compose(&draft);
    let labelled = |photo: &&Id| draft.shown.get(*photo).is_some_and(|shown| shown.labelled);
    draft.links.iter().try_for_each(Link::must_be_web)?;
    Ok(Sheet {
        heading: draft.title.trim().to_owned(),
        labelled: rendered.photos.iter().filter(labelled).copied().collect(),
        is_ad: shows_mark,
        rendered,
        post: draft.post,
        channel: draft.channel,
        rules: draft.rules,
        links: draft.links,
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
        let written: String = check::ways(&self.links, &self.rules)
            .iter()
            .filter_map(|(link, ways)| steps::entry(link, ways, &self.rules))
            .collect();
        if !written.is_empty() {
            files.push(("links.txt", written));
        }
        files.push(("checklist.md", checklist::checklist(self)));
        files
    }

    /// Whether words stand in what is pasted.
    pub fn holds(&self, words: &str) -> bool {
        check::holds(&self.rendered, words)
    }
}

/// Text as it is pasted, ended by one line break.
fn line(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

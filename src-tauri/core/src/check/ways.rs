//! What a person adds by hand: addresses, codes and QR codes that the steps of the hand-off tell to put beside what is pasted. The steps
//! and the limits read it from here, so that nobody is told to make a post longer than was counted.

use crate::{
    channel::{Allow, Rules},
    link::{Link, LinkKind},
    render::Rendered,
};

/// What may be done with a link on a channel: never more than its rules let stand.
pub(crate) struct Ways<'a> {
    /// An address in the text or as a message.
    pub text: Option<&'a str>,
    /// An address in the field the platform has for one.
    pub field: Option<&'a str>,
    /// There is such a field, and another link stands in it.
    pub crowded: bool,
    pub coupon: Option<&'a str>,
    /// 口令, which the link's code stands for.
    pub word: Option<&'a str>,
    /// The picture's name.
    pub qr: Option<String>,
}

/// The ways of every link, oldest first. A field for one address goes to the first that has one.
pub(crate) fn ways<'a>(links: &'a [Link], rules: &Rules) -> Vec<(&'a Link, Ways<'a>)> {
    let mut is_taken = false;
    links
        .iter()
        .map(|link| {
            let ways = of(link, rules, is_taken);
            is_taken |= ways.field.is_some();
            (link, ways)
        })
        .collect()
}

fn of<'a>(link: &'a Link, rules: &Rules, is_taken: bool) -> Ways<'a> {
    let policy = &rules.links;
    let url = Some(link.url.as_str()).filter(|url| !url.is_empty());
    let has_field = !rules.link_field.is_empty();
    Ways {
        text: url.filter(|url| !has_field && link.kind == LinkKind::Url && policy.keeps(url)),
        field: url.filter(|_| has_field && !is_taken),
        crowded: has_field && is_taken && url.is_some(),
        coupon: link.coupon.as_deref().filter(|_| policy.coupon == Allow::Yes),
        word: Some(link.code.as_str()).filter(|_| link.kind == LinkKind::Word && policy.word == Allow::Yes),
        qr: url
            .filter(|_| policy.qr == Allow::Yes)
            .map(|_| format!("qr-{}.png", link.code)),
    }
}

/// Whether words stand in what is pasted.
pub(crate) fn holds(rendered: &Rendered, words: &str) -> bool {
    let html = rendered.html.as_deref().unwrap_or_default();
    rendered.body.contains(words) || html.contains(&words.replace('&', "&amp;"))
}

/// What comes on top of what is pasted and uploaded when the steps are followed.
#[derive(Default)]
pub(super) struct Added {
    /// Each on a line of its own.
    pub text: String,
    pub pictures: usize,
}

/// Reads it from the links. In a chat an address is a message of its own; where it may stand in the text, a QR code is only another choice.
pub(super) fn added(links: &[Link], rules: &Rules, rendered: &Rendered) -> Added {
    let mut added = Added::default();
    for (_, ways) in ways(links, rules) {
        let address = ways.text.filter(|_| rules.receipt);
        for words in [address, ways.coupon, ways.word].into_iter().flatten() {
            if !holds(rendered, words) {
                added.text.push('\n');
                added.text.push_str(words);
            }
        }
        if ways.qr.is_some() && ways.text.is_none() && !rules.printed {
            added.pictures += 1;
        }
    }
    added
}

//! All that one post on one channel is made from: its wording, the rules in force and what the text refers to.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Tag};

use super::{
    buy::Sort,
    doc::Span,
    known::Known,
    picture::{self, Picture},
    said::{self, Said, Where},
    shown::{self, Shown},
    store,
};
use crate::{
    channel::{self, Allow, Channel, Rules},
    db::Db,
    error::Result,
    link::{self, Link, LinkFilter, LinkKind},
    markdown::{self, Parsed},
    post::{self, Post},
    value::{Id, Time, show_money},
};

/// What a text can refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub(crate) enum Kind {
    Photo,
    Price,
    Review,
    /// This channel's link of a product.
    Link,
}

impl Kind {
    /// Reads an address such as `photo:12`.
    pub(crate) fn of(address: &str) -> Option<(Self, Id)> {
        let (kind, id) = address.split_once(':')?;
        let kind = match kind {
            "photo" => Self::Photo,
            "price" => Self::Price,
            "review" => Self::Review,
            "link" => Self::Link,
            _ => return None,
        };
        Some((kind, id.parse().ok()?))
    }
}

/// One reference, with its byte range in the Markdown.
pub(crate) struct Reference {
    pub address: String,
    pub is_picture: bool,
    pub range: std::ops::Range<usize>,
}

/// A price as it is quoted.
pub(crate) struct Seen {
    pub id: Id,
    pub amount: i64,
    pub currency: String,
    pub seen_at: Time,
    pub place: String,
}

/// A review as it is quoted.
pub(crate) struct Quote {
    pub id: Id,
    pub text: String,
    pub consent: bool,
}

/// How a product of the post came to the creator: `bought`, `sample`, `borrowed` or `gift`.
pub(crate) struct Tried {
    pub product: Id,
    pub acquired: String,
}

/// The whole.
pub(crate) struct Draft {
    pub post: Post,
    pub channel: Channel,
    pub rules: Rules,
    /// As this channel words it.
    pub title: String,
    pub body: String,
    /// The body read.
    pub parsed: Parsed,
    pub references: Vec<Reference>,
    /// Photos that exist, of those the text names.
    pub photos: HashSet<Id>,
    /// Photos of the post that came from a buyer who has not agreed.
    pub unagreed: HashSet<Id>,
    pub prices: HashMap<Id, Seen>,
    pub quotes: HashMap<Id, Quote>,
    /// Links of this post on this channel, oldest first.
    pub links: Vec<Link>,
    pub tried: Vec<Tried>,
    /// What a reader of the body sees, at its place.
    pub seen: String,
    /// The pictures that go out, in their order.
    pub pictures: Vec<Picture>,
    /// Ways to buy, and who pays, in words, captions and pictures.
    pub said: Vec<Said>,
    /// Addresses and codes among them that this notebook knows: where, the words, what it is.
    pub known: Vec<(Where, String, Known)>,
    /// Products of the post that no shop of the creator's own sells, by name.
    pub foreign: Vec<String>,
    /// Where the creator's own goods are sold.
    own_hosts: Vec<String>,
    /// The photos of the post and of its text, as the channel would get them.
    pub shown: HashMap<Id, Shown>,
    /// Pictures that the frame would cut by more than a quarter are padded instead.
    pub padding: bool,
}

/// Reads all of it.
///
/// # Errors
/// `NotFound` for the post or the channel.
pub(crate) async fn draft(db: &Db, post: Id, channel: Id) -> Result<Draft> {
    let post = post::get(db, post).await?;
    let channel = channel::get(db, channel).await?;
    let rules = channel::rules(db, &channel.platform).await?;
    let variant = post::variant(db, post.id, channel.id).await?;
    let body = variant.body.unwrap_or_else(|| post.body.clone());
    let parsed = markdown::parse(&body);
    let references = references(&parsed);
    let named = |kind: Kind| -> Vec<Id> {
        let ids = references
            .iter()
            .filter_map(|reference| Kind::of(&reference.address));
        ids.filter(|(named, _)| *named == kind)
            .map(|(_, id)| id)
            .collect()
    };
    let used = [post.photos.clone(), named(Kind::Photo)].concat();
    let filter = LinkFilter {
        post: Some(post.id),
        channel: Some(channel.id),
        product: None,
    };
    let mut links = link::list(db, &filter).await?;
    links.sort_by_key(|link| link.id);
    let title = variant.title.unwrap_or_else(|| post.title.clone());
    let photos = store::photos(db.read(), &named(Kind::Photo)).await?;
    // As they are put together: the post's own first, then those of the text that are there.
    let mut out = HashSet::new();
    let going: Vec<Id> = used
        .iter()
        .filter(|id| (post.photos.contains(id) || photos.contains(id)) && out.insert(**id))
        .copied()
        .collect();
    let pictures = picture::pictures(db, &going, channel.id).await?;
    let texts = said::texts(&title, &body, &parsed, &pictures, &rules);
    let (known, said) = said::said(db, &texts).await?;
    let goods = store::goods(db.read(), post.id).await?;
    Ok(Draft {
        seen: parsed.seen(&body, false),
        pictures,
        said,
        known,
        foreign: goods.foreign,
        own_hosts: goods.own_hosts,
        shown: shown::shown(db, &used, &rules, channel.id).await?,
        padding: post::padding(db, post.id, channel.id).await?,
        photos,
        unagreed: store::unagreed(db.read(), &used).await?,
        prices: store::prices(db.read(), &named(Kind::Price)).await?,
        quotes: store::quotes(db.read(), &named(Kind::Review)).await?,
        tried: store::tried(db.read(), post.id).await?,
        title,
        body,
        parsed,
        references,
        links,
        rules,
        channel,
        post,
    })
}

/// Every link and picture of a Markdown text.
fn references(parsed: &Parsed) -> Vec<Reference> {
    parsed
        .events
        .iter()
        .filter_map(|(event, range)| {
            let (address, is_picture) = match event {
                Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
                Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
                _ => return None,
            };
            Some(Reference {
                address: address.to_string(),
                is_picture,
                range: range.clone(),
            })
        })
        .collect()
}

/// What a crop may cut of a picture before it is told, and padded where that is asked for.
const TOO_MUCH: f64 = 0.25;

impl Draft {
    /// Whether the channel's frame would cut more than a quarter of a photo.
    pub(crate) fn cuts_much(&self, photo: Id) -> bool {
        self.shown
            .get(&photo)
            .is_some_and(|shown| 1.0 - shown.kept > TOO_MUCH)
    }

    /// Why this post has an interest on this channel; `None` when nothing speaks for one.
    pub(crate) fn interest(&self) -> Option<String> {
        match self.post.commercial {
            Some(true) => Some("这篇内容标为商业内容".to_owned()),
            Some(false) => None,
            None if self.has_way_to_buy() => Some("这篇内容在这个渠道有带标记的链接或券码".to_owned()),
            None if self.is_given() => Some("好物是寄样或赠送的".to_owned()),
            None => self.said.first().map(Said::told),
        }
    }

    /// A link that leads a reader to the goods. One of kind note only ties orders to the post.
    pub(crate) fn has_way_to_buy(&self) -> bool {
        self.links.iter().any(|link| link.kind != LinkKind::Note)
    }

    /// A seller may sell own goods under an own name without the mark (可识别性执法指南 8(2)); goods of others, goods of which nothing
    /// says whose they are, and words that somebody pays for, are an ad there too.
    pub(crate) fn is_exempt(&self) -> bool {
        self.channel.own_shop && self.why_not_own().is_none()
    }

    /// Why the account of one's own shop does not do for this post.
    pub(crate) fn why_not_own(&self) -> Option<String> {
        if self.said.iter().any(|said| said.sort == Sort::Paid) {
            return Some("文字里写了有人付钱，自营店的账号也要标。".to_owned());
        }
        if !self.foreign.is_empty() {
            return Some(format!(
                "自营店的账号只有卖自己店里的货才不用标：「{}」没有绑定自己店的 SKU，网址也不在店里。",
                self.foreign.join("」「")
            ));
        }
        let hosts = || self.said.iter().filter_map(|said| Some((said, said.host()?)));
        let elsewhere = hosts().find(|(_, host)| !self.own_hosts.contains(host));
        if let Some((said, _)) = elsewhere {
            return Some(format!(
                "自营店的账号只有卖自己店里的货才不用标：「{}」不是自己店的网址。",
                said.words
            ));
        }
        // Something must say that the goods are one's own: a product of the shop, or its address.
        let is_bound = !self.post.products.is_empty() || !self.links.is_empty();
        (!is_bound && hosts().next().is_none())
            .then(|| "这篇没有绑定好物，看不出卖的是不是自己店里的货；绑定自己店的好物就不用标。".to_owned())
    }

    /// A product of the post was a sample or a gift.
    pub(crate) fn is_given(&self) -> bool {
        self.tried
            .iter()
            .any(|tried| matches!(tried.acquired.as_str(), "sample" | "gift"))
    }

    /// What stands in the text for a reference; nothing for one that is not there.
    pub(super) fn filled(&self, kind: Kind, id: Id, label: Vec<Span>, at: usize) -> Vec<Span> {
        let at = Some(at);
        let mut spans = label;
        let has_label = spans.iter().any(|span| !span.text.trim().is_empty());
        match kind {
            // A picture written as a link: the words stay.
            Kind::Photo => {}
            Kind::Price => {
                if let Some(seen) = self.prices.get(&id) {
                    let amount = show_money(seen.amount, &seen.currency);
                    let day = seen.seen_at.date();
                    spans.push(Span::new(
                        match (has_label, seen.place.as_str()) {
                            (true, _) => format!(" {amount}"),
                            (false, "") => format!("{amount}（{day}）"),
                            (false, place) => format!("{amount}（{place}，{day}）"),
                        },
                        at,
                    ));
                }
            }
            Kind::Review => {
                // A buyer's words stand in a post only when the buyer agreed.
                let Some(quote) = self.quotes.get(&id).filter(|quote| quote.consent) else {
                    return Vec::new();
                };
                let mut words = String::new();
                for line in quote.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    // Chinese lines join without a space.
                    if words.ends_with(|c: char| c.is_ascii()) {
                        words.push(' ');
                    }
                    words.push_str(line);
                }
                let lead = if has_label { "：" } else { "" };
                spans.push(Span::new(format!("{lead}「{words}」"), at));
            }
            Kind::Link => {
                let Some(link) = self.links.iter().find(|link| link.product == id) else {
                    return spans;
                };
                if !has_label {
                    spans = vec![Span::new(link.product_name.clone(), at)];
                }
                let policy = &self.rules.links;
                if link.kind == LinkKind::Url && policy.keeps(&link.url) && !link.is_strange() {
                    for span in &mut spans {
                        span.href = Some(link.url.clone());
                    }
                } else if let Some(coupon) = link.coupon.as_ref().filter(|_| policy.coupon == Allow::Yes) {
                    spans.push(Span::new(format!("（搜店铺，用券码 {coupon}）"), at));
                } else if link.kind == LinkKind::Word && policy.word == Allow::Yes {
                    spans.push(Span::new(format!("（口令 {}）", link.code), at));
                }
            }
        }
        spans
    }
}

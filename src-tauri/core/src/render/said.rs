//! Everything in a post that offers a way to buy or says who pays, in its words, its captions and its pictures.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as MarkdownTag};

use super::{
    buy::{Sort, offers},
    known::{Known, address_of, known, plain_host},
    picture::Picture,
};
use crate::{channel::Rules, db::Db, error::Result, markdown::Parsed};

/// Where it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    Title,
    Body,
    /// Below a picture of an article.
    Caption,
    /// In the nth picture, from 1, as words.
    Picture(usize),
    /// In the nth picture, from 1, as a QR code.
    Code(usize),
}

/// A way to buy, or who pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub at: Where,
    pub words: String,
    pub sort: Sort,
    is_address: bool,
}

impl Said {
    /// What it is, for people.
    pub fn told(&self) -> String {
        let what = match self.sort {
            Sort::Given => "写了东西是送的",
            _ => "写了怎么买或谁付钱",
        };
        let words = &self.words;
        match self.at {
            Where::Title | Where::Body => format!("文字里{what}（「{words}」）"),
            Where::Caption => format!("图说里{what}（「{words}」）"),
            Where::Picture(nth) => format!("第 {nth} 张图里{what}（「{words}」）"),
            Where::Code(nth) => format!("第 {nth} 张图里的二维码通向购买（「{words}」）"),
        }
    }

    /// The host it leads to, where it is an address.
    pub fn host(&self) -> Option<String> {
        let url = address_of(&self.words).filter(|_| self.is_address)?;
        Some(plain_host(url.host_str()?).to_owned())
    }
}

/// A text that is looked at.
pub(super) struct Looked {
    pub at: Where,
    pub text: String,
    /// Where all of it stands, when it stands elsewhere than it is read: the address behind a link's words.
    pub place: Option<Range<usize>>,
}

/// All texts of a post that a reader of this channel gets.
pub(super) fn texts(
    title: &str,
    body: &str,
    parsed: &Parsed,
    pictures: &[Picture],
    rules: &Rules,
) -> Vec<Looked> {
    let text = |at: Where, text: &str| Looked {
        at,
        text: text.to_owned(),
        place: None,
    };
    let is_article = rules.body == "html";
    let mut texts = vec![
        text(Where::Title, title),
        text(Where::Body, &parsed.seen(body, false)),
    ];
    if is_article {
        texts.push(text(Where::Caption, &parsed.seen(body, true)));
    }
    for (event, range) in &parsed.events {
        let Event::Start(MarkdownTag::Link { dest_url, .. }) = event else {
            continue;
        };
        // An article keeps an address that it cannot link in a footnote.
        if dest_url.starts_with("http") && (is_article || rules.links.keeps(dest_url)) {
            texts.push(Looked {
                place: Some(range.clone()),
                ..text(Where::Body, dest_url)
            });
        }
    }
    for (nth, picture) in (1..).zip(pictures) {
        texts.extend(picture.words.iter().map(|words| text(Where::Picture(nth), words)));
        let codes = picture.codes.iter().flatten();
        texts.extend(codes.map(|code| text(Where::Code(nth), code)));
    }
    texts
}

/// What of these texts is known, and what they say.
pub(super) async fn said(db: &Db, texts: &[Looked]) -> Result<(Vec<(Where, String, Known)>, Vec<Said>)> {
    let all: Vec<&str> = texts.iter().map(|looked| looked.text.as_str()).collect();
    let (mut met, mut said): (Vec<_>, Vec<Said>) = (Vec::new(), Vec::new());
    for (looked, known) in texts.iter().zip(known(db, &all).await?) {
        let words = |place: &Range<usize>| {
            let words = looked.text.get(place.clone()).unwrap_or_default();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let mut here: Vec<(usize, Said)> = Vec::new();
        let mut add = |place: &Range<usize>, sort: Sort, is_address: bool| {
            let one = Said {
                at: looked.at,
                words: words(place),
                sort,
                is_address,
            };
            here.push((place.start, one));
        };
        for offer in offers(&looked.text) {
            add(&offer.place, offer.sort, offer.is_address);
        }
        for one in known {
            add(&one.place, Sort::Code, one.is_address);
            let place = looked.place.clone().unwrap_or_else(|| one.place.clone());
            met.push((looked.at, words(&one.place), Known { place, ..one }));
        }
        here.sort_by_key(|(start, _)| *start);
        for (_, one) in here {
            if !said.contains(&one) {
                said.push(one);
            }
        }
    }
    Ok((met, said))
}

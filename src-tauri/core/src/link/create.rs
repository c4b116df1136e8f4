//! Making a link: the channel's policy first, then the tag.

use url::Url;

use super::{Link, LinkKind, MadeLink, NewLink, list::get, policy, store, tag};
use crate::{
    channel,
    db::{Db, Tx},
    error::{Code, Error, Result},
    post, product,
    value::{self, Id, Noun, Time},
};

/// As [`make`], without the notes.
///
/// # Errors
/// As [`make`].
pub async fn create(db: &Db, input: NewLink, now: Time) -> Result<Link> {
    Ok(make(db, input, now).await?.link)
}

/// Makes a tagged link; asked for again it answers with the link that is there, updated where something new was given.
///
/// # Errors
/// `Forbidden` for a kind or coupon the channel does not take, `Invalid` for an unusable destination or coupon, `Conflict` when the
/// coupon stands for another link, or the link is there and leads elsewhere (field `url`), `NotFound` for an unknown post,
/// channel or product.
pub async fn make(db: &Db, input: NewLink, now: Time) -> Result<MadeLink> {
    let post = post::get(db, input.post).await?;
    let channel = channel::get(db, input.channel).await?;
    let product = product::get(db, input.product).await?;
    let rules = channel::rules(db, &channel.platform).await?;
    if input.coupon.is_some() {
        policy::demand(&rules, LinkKind::Coupon, None)?;
    }

    let mut tx = db.begin().await?;
    let known = store::known(tx.conn(), post.id, channel.id, product.id).await?;
    let before = known
        .as_ref()
        .map(|known| known.destination.as_str())
        .filter(|known| !known.is_empty());
    let destination = match input.url.as_deref().or(before).unwrap_or(&product.url).trim() {
        "" => None,
        text => Some(tag::destination(text)?),
    };
    let (destination, notes) = match destination {
        Some(found) => (Some(found.url), found.notes),
        None => (None, Vec::new()),
    };
    let kind = kind(&input, known.as_ref(), &rules, destination.as_ref())?;
    let code = match &known {
        Some(known) => known.code.clone(),
        None => free(&mut tx, &post).await?,
    };
    let coupon = match (input.coupon.as_deref().map(str::trim), &known) {
        (Some(""), _) => Some(code.clone()),
        (Some(own), _) => Some(own.to_owned()),
        (None, Some(known)) if known.coupon.is_some() => known.coupon.clone(),
        (None, _) => (kind == LinkKind::Coupon).then(|| code.clone()),
    };
    if let Some(coupon) = &coupon {
        usable(&mut tx, coupon, known.as_ref().map_or(0, |known| known.id)).await?;
    }
    let url = destination
        .as_ref()
        .filter(|_| matches!(kind, LinkKind::Url | LinkKind::Qr))
        .map(|to| tag::tagged(to, &channel.platform, kind, &post.code, &code).to_string());
    let asked = input.url.is_some() || input.kind.is_some();
    if let Some(known) = known.as_ref().filter(|_| asked && !input.replace) {
        stays(known, url.as_deref(), &channel.name)?;
    }
    let row = store::Row {
        code: &code,
        kind,
        destination: destination.as_ref().map_or("", Url::as_str),
        url: url.as_deref().unwrap_or_default(),
        coupon: coupon.as_deref(),
        post: post.id,
        channel: channel.id,
        product: product.id,
    };
    let id = store::put(tx.conn(), &row, now).await?;
    if let Some(coupon) = &coupon {
        store::keep_coupon(tx.conn(), id, &value::same_code(coupon), now).await?;
    }
    tx.touch(Noun::Link);
    tx.commit().await?;
    Ok(MadeLink {
        link: get(db, id).await?,
        notes,
    })
}

/// Refuses to turn a link elsewhere that may be printed or sent already.
fn stays(known: &store::Known, url: Option<&str>, channel: &str) -> Result<()> {
    if known.url.is_empty() || url == Some(known.url.as_str()) {
        return Ok(());
    }
    let change = match url {
        Some(_) => "换了地址",
        None => "换成不带地址的一种",
    };
    let message = format!(
        "这篇在「{channel}」的链接 {} 已经有了，通到 {}。{change}，印出去、发出去的二维码和链接不会跟着变，所以没有改动。\
         确实要换，请再确认一次（命令行加 --replace）。",
        known.code, known.destination
    );
    let mut error = Error::new(Code::Conflict, message);
    error.field = Some("url");
    Err(error)
}

/// The kind asked for if the channel takes it, else the one it has, else the best one.
fn kind(
    input: &NewLink,
    known: Option<&store::Known>,
    rules: &channel::Rules,
    destination: Option<&Url>,
) -> Result<LinkKind> {
    let asked = match (input.kind, known) {
        (Some(kind), _) => Some(kind),
        // A policy may have changed since: what is there stays only while it is allowed.
        (None, Some(known)) => Some(known.kind)
            .filter(|kind| *kind != LinkKind::Note && policy::demand(rules, *kind, destination).is_ok()),
        (None, None) => None,
    };
    let kind = asked.unwrap_or_else(|| policy::best(&rules.links, destination));
    policy::demand(rules, kind, destination)?;
    // 「什么都放不了」 must not be the answer where only the address is missing.
    let wants = match kind {
        LinkKind::Url | LinkKind::Qr => true,
        LinkKind::Note => input.kind.is_none() && policy::best_with_url(&rules.links) != LinkKind::Note,
        _ => false,
    };
    if wants && destination.is_none() {
        return Err(Error::invalid(
            "url",
            "还没有可以跳转的网址，没有生成。请填写链接地址，或先给好物补上购买链接。",
        ));
    }
    Ok(kind)
}

/// A code nobody has: the post's next one.
async fn free(tx: &mut Tx, post: &post::Post) -> Result<String> {
    let mut n = store::count(tx.conn(), post.id).await?;
    loop {
        let code = tag::code(&post.code, n);
        if store::holder(tx.conn(), &code, 0).await?.is_none() {
            return Ok(code);
        }
        n += 1;
    }
}

/// Refuses a coupon that no shop could take, or that stands or ever stood for another link.
async fn usable(tx: &mut Tx, coupon: &str, own: Id) -> Result<()> {
    if coupon.chars().count() > 64 || coupon.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Error::invalid(
            "coupon",
            "优惠码不能含空格，最长 64 个字，没有保存。",
        ));
    }
    match store::holder(tx.conn(), &value::same_code(coupon), own).await? {
        Some(code) => {
            let message = format!(
                "优惠码「{coupon}」已经用在（或曾经用在）链接 {code} 上，订单会分不清来源，没有保存。请换一个。"
            );
            let mut error = Error::new(Code::Conflict, message);
            error.field = Some("coupon");
            Err(error)
        }
        None => Ok(()),
    }
}

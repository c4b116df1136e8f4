//! An order that no shop and no file tells of: taken in a group chat, at the counter, by word of mouth.

use super::{NewOrder, Order, SourceLine, SourceOrder, Status, Tags, get, store, upsert};
use crate::{
    buyer::{self, Salt},
    channel,
    db::Db,
    error::{Code, Error, Result},
    link::{self, LinkFilter},
    post, product, publication,
    value::{self, Id, Noun, Time},
};

/// What the shop is called that these orders belong to.
pub(super) const SHOP: &str = "手记";
/// How the keys of these orders begin: what a file or shop tells never does.
pub(super) const KEY: &str = "hand:";
/// More is a slip of the finger.
const MOST: i64 = 10_000_000_000;

/// Enters an order by hand. Without a number it gets the next one of its day.
///
/// Whose post brought it is what the person says: `post` and `channel` give it to the link of the post there or, without
/// one, to its publication, at tier C.
///
/// # Errors
/// `Invalid` without an item, for a negative amount, no piece, a day still to come, or a post that has neither link nor
/// publication there; `NotFound` for a product; `Conflict` for a number that is taken.
pub async fn add(db: &Db, input: NewOrder, now: Time) -> Result<Order> {
    check(&input, now)?;
    let line = line(db, &input).await?;
    let told = told(db, input.post, input.channel).await?;
    let salt = Salt::of(db).await?;
    let mut tx = db.begin().await?;
    let (shop, _) = store::file_shop(tx.conn(), SHOP, now).await?;
    let placed_at = input.placed_at.unwrap_or(now);
    let number = match input.number.trim() {
        "" => store::next_by_hand(tx.conn(), shop, &format!("{SHOP}-{}-", placed_at.date())).await?,
        number if store::is_number_taken(tx.conn(), shop, number).await? => {
            return Err(Error::new(
                Code::Conflict,
                format!("手记里已经有单号「{number}」，没有再记一次。换一个单号，或去改那一笔。"),
            ));
        }
        number => number.to_owned(),
    };
    let key = format!("{KEY}{number}");
    let status = if input.unpaid {
        Status::Created
    } else {
        Status::Paid
    };
    let order = SourceOrder {
        source_key: key.clone(),
        number,
        status,
        // No shop says anything of it, so nothing stands there as a shop's word.
        source_status: String::new(),
        placed_at,
        updated_at: None,
        currency: currency(&input),
        gross: input.amount,
        refunded: 0,
        commission_estimated: input.commission,
        commission_settled: None,
        buyer: Some(input.buyer.trim())
            .filter(|who| !who.is_empty())
            .map(|who| salt.hash(who)),
        personal: Vec::new(),
        tags: Tags {
            told,
            ..Tags::default()
        },
        lines: vec![line],
        refunds: Vec::new(),
        raw: "{}".to_owned(),
    };
    upsert(&mut tx, shop, &[order], now).await?;
    let id = store::id_by_key(tx.conn(), shop, &key)
        .await?
        .ok_or_else(|| Error::internal("订单没有记下，请再试一次。"))?;
    store::set_product(tx.conn(), id, input.product).await?;
    store::heard(tx.conn(), shop, now).await?;
    tx.touch(Noun::Shop);
    tx.commit().await?;
    get(db, id).await
}

fn check(input: &NewOrder, now: Time) -> Result<()> {
    if input.title.trim().is_empty() && input.product.is_none() {
        return Err(Error::invalid("title", "没有写卖的是什么，没有记下。"));
    }
    figures(input.quantity, input.amount, input.placed_at, now)?;
    let currency = currency(input);
    if !value::is_currency(&currency) {
        return Err(Error::invalid(
            "currency",
            format!("没有「{currency}」这种货币，没有记下。请写三个字母的代码，如 CNY、USD。"),
        ));
    }
    commission("commission", input.commission)
}

/// What no order can be, whether it is entered or corrected.
pub(super) fn figures(quantity: Option<i64>, amount: i64, placed_at: Option<Time>, now: Time) -> Result<()> {
    if quantity.is_some_and(|quantity| quantity < 1) {
        return Err(Error::invalid("quantity", "数量至少是 1，没有记下。"));
    }
    if !(0..=MOST).contains(&amount) {
        return Err(Error::invalid(
            "amount",
            "金额要在 0 到一亿之间，没有记下。退款请记在退款里。",
        ));
    }
    match placed_at {
        Some(at) if at.date() > now.date() => Err(Error::invalid(
            "placed_at",
            format!("下单时间 {at} 还没有到，没有记下。"),
        )),
        _ => Ok(()),
    }
}

pub(super) fn commission(field: &'static str, amount: Option<i64>) -> Result<()> {
    if amount.is_some_and(|amount| !(0..=MOST).contains(&amount)) {
        return Err(Error::invalid(field, "佣金要在 0 到一亿之间，没有记下。"));
    }
    Ok(())
}

fn currency(input: &NewOrder) -> String {
    match input.currency.trim() {
        "" => "CNY".to_owned(),
        // What people call it; as a currency of its own it would be summed apart.
        "RMB" | "rmb" | "人民币" => "CNY".to_owned(),
        written => written.to_ascii_uppercase(),
    }
}

/// What was sold, called as the product is where nothing else is said.
async fn line(db: &Db, input: &NewOrder) -> Result<SourceLine> {
    let product = match input.product {
        Some(id) => Some(product::get(db, id).await?),
        None => None,
    };
    let title = match (input.title.trim(), product) {
        ("", Some(product)) => product.name,
        (title, _) => buyer::title(title),
    };
    Ok(SourceLine {
        source_key: "1".to_owned(),
        sku: String::new(),
        title,
        quantity: input.quantity.unwrap_or(1),
        amount: input.amount,
        refunded: 0,
        told: String::new(),
    })
}

/// The code of the link, or `#` and the id of the publication, that a post has on a channel; the newest where there are
/// several. Nothing where no post is named: nobody knows.
pub(super) async fn told(db: &Db, post: Option<Id>, channel: Option<Id>) -> Result<String> {
    let Some(post) = post else {
        return match channel {
            Some(_) => Err(Error::invalid("post", "只说了渠道，没说是哪篇带来的，没有记下。")),
            None => Ok(String::new()),
        };
    };
    post::get(db, post).await?;
    if let Some(channel) = channel {
        channel::get(db, channel).await?;
    }
    let filter = LinkFilter {
        post: Some(post),
        channel,
        product: None,
    };
    if let Some(link) = link::list(db, &filter).await?.into_iter().next() {
        return Ok(link.code);
    }
    let out = publication::list(db, Some(post)).await?;
    out.iter()
        .find(|publication| channel.is_none_or(|channel| publication.channel == channel))
        .map(|publication| format!("#{}", publication.id))
        .ok_or_else(|| {
            Error::invalid(
                "post",
                "这篇在那里既没有链接，也没有记过发布，没有记下。先记一次发布，或给它做一个链接。",
            )
        })
}

//! An order that no shop and no file tells of: taken in a group chat, at the counter, by word of mouth.

use super::{NewOrder, Order, SourceLine, SourceOrder, SourceRefund, Status, Tags, get, store, upsert};
use crate::{
    buyer::{self, Salt},
    db::Db,
    error::{Code, Error, Result},
    link::{self, LinkFilter},
    product, publication,
    value::{Id, Noun, Time},
};

/// What the shop is called that these orders belong to.
const SHOP: &str = "手记";
/// How the keys of these orders begin: what a file or shop tells never does.
const KEY: &str = "hand:";
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
    let (status, word) = if input.unpaid {
        (Status::Created, "待付款")
    } else {
        (Status::Paid, "已付款")
    };
    let order = SourceOrder {
        source_key: key.clone(),
        number,
        status,
        source_status: word.to_owned(),
        placed_at,
        updated_at: None,
        currency: currency(&input),
        gross: input.amount,
        refunded: 0,
        commission_estimated: None,
        commission_settled: input.commission,
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
    if input.quantity.is_some_and(|quantity| quantity < 1) {
        return Err(Error::invalid("quantity", "数量至少是 1，没有记下。"));
    }
    if !(0..=MOST).contains(&input.amount) {
        return Err(Error::invalid(
            "amount",
            "金额要在 0 到一亿之间，没有记下。退款请记在退款里。",
        ));
    }
    match input.placed_at {
        Some(at) if at.date() > now.date() => Err(Error::invalid(
            "placed_at",
            format!("下单时间 {at} 还没有到，没有记下。"),
        )),
        _ => Ok(()),
    }
}

fn currency(input: &NewOrder) -> String {
    match input.currency.trim() {
        "" => "CNY".to_owned(),
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
async fn told(db: &Db, post: Option<Id>, channel: Option<Id>) -> Result<String> {
    let Some(post) = post else {
        return match channel {
            Some(_) => Err(Error::invalid("post", "只说了渠道，没说是哪篇带来的，没有记下。")),
            None => Ok(String::new()),
        };
    };
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

/// Gives back part of an order entered by hand, or all of it.
///
/// # Errors
/// `NotFound`; `Forbidden` for an order that a shop or file tells of; `Invalid` for more than is left of it.
pub async fn refund(db: &Db, id: Id, amount: i64, reason: &str, now: Time) -> Result<Order> {
    let order = get(db, id).await?;
    let key = by_hand(db, id).await?;
    let left = order.gross - order.refunded;
    if amount <= 0 || amount > left {
        return Err(Error::invalid(
            "amount",
            "退款要大于 0，也不能多过还没退的，没有记下。",
        ));
    }
    let refunded = order.refunded + amount;
    let mut refunds: Vec<SourceRefund> = order
        .refunds
        .iter()
        .zip(1..)
        .map(|(refund, nth)| SourceRefund {
            source_key: format!("{nth}"),
            amount: refund.amount,
            state: refund.state.clone(),
            reason: refund.reason.clone(),
            at: refund.at,
        })
        .collect();
    refunds.push(SourceRefund {
        source_key: format!("{}", refunds.len() + 1),
        amount,
        state: "refunded".to_owned(),
        reason: reason.trim().to_owned(),
        at: Some(now),
    });
    let product = order.lines.first().and_then(|line| line.product);
    let shop = order.shop;
    let source = given_back(order, key, refunds, refunded);
    let mut tx = db.begin().await?;
    upsert(&mut tx, shop, &[source], now).await?;
    store::set_product(tx.conn(), id, product).await?;
    store::heard(tx.conn(), shop, now).await?;
    tx.touch(Noun::Shop);
    tx.commit().await?;
    get(db, id).await
}

/// The order with these refunds.
fn given_back(order: Order, key: String, refunds: Vec<SourceRefund>, refunded: i64) -> SourceOrder {
    let is_back = refunded >= order.gross;
    let lines = order.lines.into_iter().map(|line| SourceLine {
        source_key: "1".to_owned(),
        sku: String::new(),
        title: line.title,
        quantity: line.quantity,
        amount: line.amount,
        refunded,
        told: String::new(),
    });
    SourceOrder {
        source_key: key,
        number: order.number,
        status: if is_back { Status::Refunded } else { order.status },
        source_status: if is_back {
            "已退款".to_owned()
        } else {
            order.source_status
        },
        placed_at: order.placed_at,
        updated_at: None,
        currency: order.currency,
        gross: order.gross,
        refunded,
        commission_estimated: order.commission_estimated,
        commission_settled: order.commission_settled,
        buyer: None,
        personal: Vec::new(),
        tags: order.tags,
        lines: lines.collect(),
        refunds,
        raw: "{}".to_owned(),
    }
}

/// Takes an order entered by hand out again.
///
/// # Errors
/// `NotFound`; `Forbidden` for an order that a shop or file tells of: it would come back with the next one.
pub async fn remove(db: &Db, id: Id) -> Result<()> {
    get(db, id).await?;
    by_hand(db, id).await?;
    let mut tx = db.begin().await?;
    store::remove(tx.conn(), id).await?;
    tx.touch(Noun::Order);
    tx.touch(Noun::Attribution);
    tx.commit().await
}

/// The key of an order entered by hand.
async fn by_hand(db: &Db, id: Id) -> Result<String> {
    match store::key(db.read(), id).await? {
        Some(key) if key.starts_with(KEY) => Ok(key),
        Some(_) => Err(Error::new(
            Code::Forbidden,
            "这笔订单是店铺或文件里来的，没有改动：请在店铺里改，再同步或导入一次。",
        )),
        None => Err(Error::not_found("订单", id)),
    }
}

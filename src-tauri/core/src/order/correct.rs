//! What becomes of an order entered by hand: the money comes, it is given back, it is corrected, it goes. Nobody else tells
//! of these orders, so what is wrong in them stays wrong until it is put right here.

use super::{
    Order, OrderBefore, OrderPatch, SourceLine, SourceOrder, SourceRefund, Status,
    add::{self, KEY, SHOP},
    get, store, upsert,
};
use crate::{
    buyer,
    db::{Db, Tx},
    error::{Code, Error, Result},
    product,
    value::{Id, Noun, Time},
};

/// Corrects an order entered by hand; an absent field stays as it is.
///
/// # Errors
/// `NotFound`; `Forbidden` for an order that a shop or file tells of; `Invalid` as in [`add`](super::add), for less than was
/// given back already, or for an unpaid order of which something was given back; `Conflict` for a number that is taken.
pub async fn edit(db: &Db, id: Id, patch: OrderPatch, now: Time) -> Result<Order> {
    let mut order = get(db, id).await?;
    by_hand(&order)?;
    let amount = patch.amount.unwrap_or(order.gross);
    add::figures(patch.quantity, amount, patch.placed_at, now)?;
    add::commission("commission", patch.commission.flatten())?;
    add::commission("settled", patch.settled.flatten())?;
    if amount < order.refunded {
        return Err(Error::invalid(
            "amount",
            "这一单已经退掉的比这还多，没有改动。先收回记下的退款。",
        ));
    }
    let unpaid = patch.unpaid.unwrap_or(order.status == Status::Created);
    if unpaid && order.refunded > 0 {
        return Err(Error::invalid(
            "unpaid",
            "这一单退过款，钱是收到过的，没有改动。先收回记下的退款。",
        ));
    }
    if let Some(post) = patch.post {
        order.tags.told = add::told(db, post, patch.channel).await?;
    } else if patch.channel.is_some() {
        return Err(Error::invalid("post", "只说了渠道，没说是哪篇带来的，没有改动。"));
    }
    name(db, &mut order, &patch).await?;
    if let Some(number) = patch
        .number
        .as_deref()
        .map(str::trim)
        .filter(|number| !number.is_empty())
    {
        number.clone_into(&mut order.number);
    }
    order.gross = amount;
    order.placed_at = patch.placed_at.unwrap_or(order.placed_at);
    order.commission_estimated = patch.commission.unwrap_or(order.commission_estimated);
    order.commission_settled = patch.settled.unwrap_or(order.commission_settled);
    order.status = if unpaid { Status::Created } else { Status::Paid };
    let mut tx = db.begin().await?;
    write(&mut tx, &order, None, now).await?;
    tx.commit().await?;
    get(db, id).await
}

/// What was sold. Another product without another title is called as that product is.
async fn name(db: &Db, order: &mut Order, patch: &OrderPatch) -> Result<()> {
    let title = patch
        .title
        .as_deref()
        .map(str::trim)
        .filter(|title| !title.is_empty());
    let product = match patch.product.flatten() {
        Some(id) => Some(product::get(db, id).await?),
        None => None,
    };
    let Some(line) = order.lines.first_mut() else {
        return Ok(());
    };
    line.quantity = patch.quantity.unwrap_or(line.quantity);
    if let Some(said) = patch.product {
        line.product = said;
    }
    match (title, product) {
        (Some(title), _) => line.title = buyer::title(title),
        (None, Some(product)) => line.title = product.name,
        (None, None) => {}
    }
    Ok(())
}

/// Gives back part of an order entered by hand, or all of it.
///
/// # Errors
/// `NotFound`; `Forbidden` for an order that a shop or file tells of; `Invalid` for more than is left of it, or where no
/// money came yet.
pub async fn refund(db: &Db, id: Id, amount: i64, reason: &str, now: Time) -> Result<Order> {
    let mut order = get(db, id).await?;
    by_hand(&order)?;
    if order.status == Status::Created {
        return Err(Error::invalid(
            "amount",
            "这一单的钱还没收到，没有可退的，没有记下。不作数了就把它拿掉。",
        ));
    }
    if amount <= 0 || amount > order.gross - order.refunded {
        return Err(Error::invalid(
            "amount",
            "退款要大于 0，也不能多过还没退的，没有记下。",
        ));
    }
    order.refunds.push(super::Refund {
        amount,
        state: "refunded".to_owned(),
        reason: reason.trim().to_owned(),
        at: Some(now),
    });
    let mut tx = db.begin().await?;
    write(&mut tx, &order, None, now).await?;
    tx.commit().await?;
    get(db, id).await
}

/// Takes the last refund of an order entered by hand back: it was noted by mistake.
///
/// # Errors
/// `NotFound`; `Forbidden` for an order that a shop or file tells of; `Conflict` where nothing was given back.
pub async fn take_back_refund(db: &Db, id: Id, now: Time) -> Result<Order> {
    let mut order = get(db, id).await?;
    by_hand(&order)?;
    if order.refunds.pop().is_none() {
        return Err(Error::new(Code::Conflict, "这一单没有记过退款，没有改动。"));
    }
    let mut tx = db.begin().await?;
    write(&mut tx, &order, None, now).await?;
    tx.commit().await?;
    get(db, id).await
}

/// Takes an order entered by hand out again. Answers what [`restore`] needs.
///
/// # Errors
/// `NotFound`; `Forbidden` for an order that a shop or file tells of: it would come back with the next one.
pub async fn remove(db: &Db, id: Id) -> Result<OrderBefore> {
    let order = get(db, id).await?;
    by_hand(&order)?;
    let mut tx = db.begin().await?;
    let buyer = store::buyer(tx.conn(), id).await?;
    store::remove(tx.conn(), id).await?;
    for noun in [Noun::Shop, Noun::Order, Noun::Attribution] {
        tx.touch(noun);
    }
    tx.commit().await?;
    Ok(OrderBefore { order, buyer })
}

/// Brings an order entered by hand back as it was, under its own id: one that was taken out, given back or corrected.
///
/// # Errors
/// `Forbidden` for an order that a shop or file tells of; `Conflict` when its number is another order's by now.
pub async fn restore(db: &Db, before: OrderBefore, now: Time) -> Result<Order> {
    let OrderBefore { mut order, buyer } = before;
    by_hand(&order)?;
    if let Ok(known) = get(db, order.id).await {
        by_hand(&known)?;
    }
    // A product that went since is not brought back with it.
    if let Some(line) = order.lines.first_mut()
        && let Some(product) = line.product
        && product::get(db, product).await.is_err()
    {
        line.product = None;
    }
    let mut tx = db.begin().await?;
    (order.shop, _) = store::file_shop(tx.conn(), SHOP, now).await?;
    if store::key(tx.conn(), order.id).await?.is_none() {
        free(&mut tx, &order).await?;
        store::insert_again(tx.conn(), &order, &key(&order), now).await?;
    }
    write(&mut tx, &order, buyer, now).await?;
    tx.commit().await?;
    get(db, order.id).await
}

fn key(order: &Order) -> String {
    format!("{KEY}{}", order.number)
}

/// The number must not be another order's.
async fn free(tx: &mut Tx, order: &Order) -> Result<()> {
    match store::numbered_by_hand(tx.conn(), order.shop, &order.number).await? {
        Some(other) if other != order.id => Err(Error::new(
            Code::Conflict,
            format!(
                "手记里已经有单号「{}」，没有改动。换一个单号，或先改那一笔。",
                order.number
            ),
        )),
        _ => Ok(()),
    }
}

/// Writes the order as it stands here over the one with its id.
async fn write(tx: &mut Tx, order: &Order, buyer: Option<String>, now: Time) -> Result<()> {
    free(tx, order).await?;
    // The key follows the number: a later order may get the number that this one had by mistake.
    store::set_key(tx.conn(), order.id, &key(order)).await?;
    upsert(tx, order.shop, &[source(order, buyer)], now).await?;
    store::set_product(
        tx.conn(),
        order.id,
        order.lines.first().and_then(|line| line.product),
    )
    .await?;
    store::set_commission(
        tx.conn(),
        order.id,
        order.commission_estimated,
        order.commission_settled,
    )
    .await?;
    store::drop_refunds(
        tx.conn(),
        order.id,
        i64::try_from(order.refunds.len()).unwrap_or(i64::MAX),
    )
    .await?;
    store::heard(tx.conn(), order.shop, now).await?;
    for noun in [Noun::Shop, Noun::Order, Noun::Attribution] {
        tx.touch(noun);
    }
    Ok(())
}

fn source(order: &Order, buyer: Option<String>) -> SourceOrder {
    let refunded: i64 = order.refunds.iter().map(|refund| refund.amount).sum();
    let lines = order.lines.iter().map(|line| SourceLine {
        source_key: "1".to_owned(),
        sku: String::new(),
        title: line.title.clone(),
        quantity: line.quantity,
        amount: order.gross,
        refunded,
        told: String::new(),
    });
    let refunds = order.refunds.iter().zip(1..).map(|(refund, nth)| SourceRefund {
        source_key: format!("{nth}"),
        amount: refund.amount,
        state: refund.state.clone(),
        reason: refund.reason.clone(),
        at: refund.at,
    });
    SourceOrder {
        source_key: key(order),
        number: order.number.clone(),
        status: match order.status {
            Status::Created => Status::Created,
            _ if refunded > 0 && refunded >= order.gross => Status::Refunded,
            _ => Status::Paid,
        },
        source_status: String::new(),
        placed_at: order.placed_at,
        updated_at: None,
        currency: order.currency.clone(),
        gross: order.gross,
        refunded,
        commission_estimated: order.commission_estimated,
        commission_settled: order.commission_settled,
        buyer,
        personal: Vec::new(),
        tags: order.tags.clone(),
        lines: lines.collect(),
        refunds: refunds.collect(),
        raw: "{}".to_owned(),
    }
}

fn by_hand(order: &Order) -> Result<()> {
    if order.by_hand {
        return Ok(());
    }
    Err(Error::new(
        Code::Forbidden,
        "这笔订单是店铺或文件里来的，没有改动：请在店铺里改，再同步或导入一次。",
    ))
}

//! From touches to credit, and the sentence that says why.

use std::collections::HashMap;

use super::{Credit, Model, Tier, share, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Id, Time},
};

/// A tag of an order that is one of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Touch {
    pub order: Id,
    pub post: Id,
    pub post_title: String,
    pub channel: Id,
    pub channel_name: String,
    pub link: Option<Id>,
    pub publication: Option<Id>,
    pub tier: Tier,
    /// How the tag came: landing, utm_content, note_id, placement, told, coupon.
    pub via: String,
    /// The tag as the order carries it.
    pub value: String,
}

/// A share of an order that one post on one channel is owed.
#[derive(Debug, Clone, PartialEq)]
pub struct Owed<'a> {
    /// The touch that says it most surely.
    pub touch: &'a Touch,
    /// 0..=1; all shares of an order sum to at most 1.
    pub credit: f64,
    /// Touches of other posts or channels the credit was shared with.
    pub others: usize,
}

/// The touches of all orders placed in `from..to`, by order, first touch first.
pub async fn touches(db: &Db, from: Time, to: Time) -> Result<HashMap<Id, Vec<Touch>>> {
    let mut found: HashMap<Id, Vec<Touch>> = HashMap::new();
    for touch in store::placed(db.read(), from, to).await? {
        found.entry(touch.order).or_default().push(touch);
    }
    Ok(found)
}

/// Shares an order's credit between its touches, first touch first. Tags that came with the same click (a landing url
/// and its `utm_content`) are one touch; who is owed nothing under the model is left out.
pub fn owed(touches: &[Touch], model: Model) -> Vec<Owed<'_>> {
    let same = |a: &Touch, b: &Touch| a.post == b.post && a.channel == b.channel;
    let mut met: Vec<&Touch> = Vec::new();
    for touch in touches {
        match met.last_mut() {
            Some(before) if same(before, touch) => {
                if touch.tier < before.tier {
                    *before = touch;
                }
            }
            _ => met.push(touch),
        }
    }
    let mut owed: Vec<Owed<'_>> = Vec::new();
    for (touch, credit) in met.iter().zip(share(met.len(), model)) {
        match owed.iter_mut().find(|known| same(known.touch, touch)) {
            Some(known) => {
                known.credit += credit;
                if touch.tier < known.touch.tier {
                    known.touch = touch;
                }
            }
            None => owed.push(Owed {
                touch,
                credit,
                others: 0,
            }),
        }
    }
    let others = owed.len().saturating_sub(1);
    owed.retain_mut(|known| {
        known.others = others;
        known.credit > 0.0
    });
    owed
}

/// The credits of one order: each of its lines to each post that is owed a share. Without lines there are none.
///
/// # Errors
/// `NotFound` when the order is not there.
pub async fn of_order(db: &Db, order: Id, model: Model) -> Result<Vec<Credit>> {
    if !store::exists(db.read(), order).await? {
        return Err(Error::not_found("订单", order));
    }
    Ok(of_orders(db, &[order], model)
        .await?
        .remove(&order)
        .unwrap_or_default())
}

/// The credits of many orders at once, by order; an order that is owed to nobody, or unknown, is not in it.
pub async fn of_orders(db: &Db, orders: &[Id], model: Model) -> Result<HashMap<Id, Vec<Credit>>> {
    let ids = serde_json::to_string(orders)?;
    let mut touches: HashMap<Id, Vec<Touch>> = HashMap::new();
    for touch in store::of_orders(db.read(), &ids).await? {
        touches.entry(touch.order).or_default().push(touch);
    }
    let mut found: HashMap<Id, Vec<Credit>> = HashMap::new();
    for (order, line) in store::lines(db.read(), &ids).await? {
        let Some(touches) = touches.get(&order) else {
            continue;
        };
        let credits = found.entry(order).or_default();
        credits.extend(owed(touches, model).iter().map(|owed| credit(line, owed, model)));
    }
    Ok(found)
}

fn credit(line: Id, owed: &Owed<'_>, model: Model) -> Credit {
    Credit {
        line,
        order: owed.touch.order,
        post: owed.touch.post,
        post_title: owed.touch.post_title.clone(),
        channel: owed.touch.channel,
        channel_name: owed.touch.channel_name.clone(),
        link: owed.touch.link,
        tier: owed.touch.tier,
        credit: owed.credit,
        why: why(owed, model),
    }
}

/// 订单的 utm_content 是 K7Q2A3，正是这篇在「公众号 · 小鹿」的专属链接（A 级）；末次触达，记全部。
fn why(owed: &Owed<'_>, model: Model) -> String {
    let Touch {
        via,
        value,
        channel_name: channel,
        tier,
        link,
        ..
    } = owed.touch;
    let tag = match via.as_str() {
        "told" => "这笔订单是手记的".to_owned(),
        "landing" => format!("订单的落地页里带着 {value}"),
        "note_id" => format!("订单的笔记编号是 {value}"),
        "placement" => format!("订单的推广位里带着 {value}"),
        "coupon" => format!("订单的优惠码是 {value}"),
        other => format!("订单的 {other} 是 {value}"),
    };
    let whose = match (via.as_str(), link) {
        ("told", _) => format!("写明由这篇在「{channel}」带来"),
        ("coupon", _) => format!("正是这篇在「{channel}」的专属优惠码"),
        (_, Some(_)) => format!("正是这篇在「{channel}」的专属链接"),
        (_, None) => format!("正是这篇在「{channel}」发布的笔记"),
    };
    let percent = (owed.credit * 100.0).round();
    let part = match (model, owed.others) {
        (Model::Last, 0) => "末次触达，记全部".to_owned(),
        (Model::First, 0) => "首次触达，记全部".to_owned(),
        (Model::Linear | Model::Decay, 0) => "唯一触达，记全部".to_owned(),
        (Model::Last, n) => format!("另有 {n} 处触达在前，按末次触达，记全部"),
        (Model::First, n) => format!("另有 {n} 处触达在后，按首次触达，记全部"),
        (Model::Linear, n) => format!("与另外 {n} 处触达平分，记 {percent}%"),
        (Model::Decay, n) => format!("与另外 {n} 处触达按远近分，记 {percent}%"),
    };
    format!("{tag}，{whose}（{tier:?} 级）；{part}。")
}

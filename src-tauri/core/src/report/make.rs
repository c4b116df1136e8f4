//! Making a report.

use std::collections::{BTreeMap, HashMap};

use super::{
    By, Period, Report, Row, Tiers, Total, Unknown, UnknownMoney, store,
    sum::{Money, counts, tidy},
};
use crate::{
    attribution::{self, Touch, owed},
    db::Db,
    error::Result,
    order::Status,
    value::{Date, Id, Time},
};

impl Period {
    /// First instant, and the first one after it.
    pub(super) fn bounds(&self) -> (Time, Time) {
        (
            self.from.map_or(Time(i64::MIN), Date::begins),
            self.to.map_or(Time(i64::MAX), Date::ends),
        )
    }
}

/// What a row adds up to.
#[derive(Default)]
struct Sum {
    orders: f64,
    money: Money,
    tiers: Tiers,
}

/// Reports by post, channel, product or order.
pub async fn report(db: &Db, by: By, period: &Period) -> Result<Report> {
    let (from, to) = period.bounds();
    let orders = store::orders(db.read(), from, to).await?;
    let touches = attribution::touches(db, from, to).await?;
    let mut rows = match by {
        By::Posts => faced(
            credited(&orders, &touches, period, |t| t.post),
            store::posts(db.read()).await?,
        ),
        By::Channels => faced(
            credited(&orders, &touches, period, |t| t.channel),
            store::channels(db.read()).await?,
        ),
        By::Products => {
            let lines = store::lines(db.read(), from, to).await?;
            faced(
                sold(&orders, lines, &touches, period),
                store::products(db.read()).await?,
            )
        }
        By::Orders => orders
            .iter()
            .map(|order| alone(order, &touches, period))
            .collect(),
    };
    rows.sort_by(|a, b| b.net.cmp(&a.net).then(a.id.cmp(&b.id)));
    Ok(Report {
        rows,
        totals: totals(&orders, &touches, period),
        unknown: unknown(&orders, &touches, period),
        as_of: store::as_of(db.read()).await?,
    })
}

type Touches = HashMap<Id, Vec<Touch>>;
type Sums = BTreeMap<(Id, String), Sum>;

fn of<'a>(touches: &'a Touches, order: &store::Order) -> &'a [Touch] {
    touches.get(&order.id).map_or(&[], Vec::as_slice)
}

/// Each order's credited shares, added up by what `key` finds in the touch.
fn credited(orders: &[store::Order], touches: &Touches, period: &Period, key: impl Fn(&Touch) -> Id) -> Sums {
    let mut sums = Sums::new();
    for order in orders {
        let owed = owed(of(touches, order), period.model);
        let weights: Vec<f64> = owed.iter().map(|owed| owed.credit).collect();
        for (owed, money) in owed.iter().zip(Money::of(order).share(&weights)) {
            let sum = sums.entry((key(owed.touch), order.currency.clone())).or_default();
            sum.money.add(money);
            if counts(order) {
                sum.orders += owed.credit;
                sum.tiers.add(owed.touch.tier, owed.credit);
            }
        }
    }
    sums
}

/// All lines of the products that are known, credited or not; tiers tell how much of it is.
///
/// A refund that the source does not pin to lines is shared out by what the lines still have, the commission by what they
/// cost. Where the lines together cost more than was paid, for a discount on the whole order, they share what was paid.
fn sold(orders: &[store::Order], lines: Vec<store::Line>, touches: &Touches, period: &Period) -> Sums {
    let mut by_order: HashMap<Id, Vec<store::Line>> = HashMap::new();
    for line in lines {
        by_order.entry(line.order).or_default().push(line);
    }
    let mut sums = Sums::new();
    for order in orders {
        let lines = by_order.remove(&order.id).unwrap_or_default();
        #[allow(clippy::cast_precision_loss)]
        let costs: Vec<f64> = lines.iter().map(|line| line.amount.max(0) as f64).collect();
        let whole = Money::of(order);
        let mut brought: Vec<i64> = lines.iter().map(|line| line.amount.max(0)).collect();
        if brought.iter().sum::<i64>() > order.gross {
            brought = attribution::split(order.gross.max(0), &costs);
        }
        let known: Vec<(i64, i64)> = brought
            .iter()
            .zip(&lines)
            .map(|(brought, line)| (*brought, line.refunded))
            .collect();
        let back = attribution::take_back(whole.refunded, &known);
        let shares: f64 = costs.iter().sum();
        let weights: Vec<f64> = costs
            .iter()
            .map(|cost| if shares > 0.0 { cost / shares } else { 0.0 })
            .collect();
        let owed = owed(of(touches, order), period.model);
        let mut met = Vec::new();
        for (((line, brought), refunded), part) in
            lines.iter().zip(brought).zip(back).zip(whole.share(&weights))
        {
            let Some(product) = line.product else { continue };
            let gross = match order.status {
                Status::Created => 0,
                Status::Invalid => refunded,
                _ => brought,
            };
            let sum = sums.entry((product, order.currency.clone())).or_default();
            sum.money.add(Money {
                gross,
                refunded,
                ..part
            });
            if counts(order) && !met.contains(&product) {
                met.push(product);
                sum.orders += 1.0;
                for owed in &owed {
                    sum.tiers.add(owed.touch.tier, owed.credit);
                }
            }
        }
    }
    sums
}

fn alone(order: &store::Order, touches: &Touches, period: &Period) -> Row {
    let mut sum = Sum {
        money: Money::of(order),
        ..Sum::default()
    };
    if counts(order) {
        sum.orders = 1.0;
        for owed in owed(of(touches, order), period.model) {
            sum.tiers.add(owed.touch.tier, owed.credit);
        }
    }
    row(
        order.id,
        order.number.clone(),
        order.shop_name.clone(),
        None,
        order.currency.clone(),
        &sum,
    )
}

fn faced(sums: Sums, faces: Vec<store::Face>) -> Vec<Row> {
    let mut faces: HashMap<Id, store::Face> = faces.into_iter().map(|face| (face.id, face)).collect();
    let mut named = |id: &Id| faces.remove(id);
    let mut known: HashMap<Id, (String, String, Option<Id>)> = HashMap::new();
    sums.into_iter()
        .map(|((id, currency), sum)| {
            let (title, note, cover) = known
                .entry(id)
                .or_insert_with(|| {
                    named(&id).map_or_else(Default::default, |face| (face.title, face.note, face.cover))
                })
                .clone();
            row(id, title, note, cover, currency, &sum)
        })
        .collect()
}

fn row(id: Id, title: String, note: String, cover: Option<Id>, currency: String, sum: &Sum) -> Row {
    Row {
        id,
        title,
        note,
        cover,
        orders: tidy(sum.orders),
        gross: sum.money.gross,
        refunded: sum.money.refunded,
        net: sum.money.net(),
        currency,
        commission_estimated: sum.money.estimated,
        commission_settled: sum.money.settled,
        tiers: sum.tiers.tidy(),
    }
}

fn totals(orders: &[store::Order], touches: &Touches, period: &Period) -> Vec<Total> {
    let mut sums: BTreeMap<&str, (i64, Money, Tiers)> = BTreeMap::new();
    for order in orders {
        let (count, money, tiers) = sums.entry(&order.currency).or_default();
        money.add(Money::of(order));
        if counts(order) {
            *count += 1;
            for owed in owed(of(touches, order), period.model) {
                tiers.add(owed.touch.tier, owed.credit);
            }
        }
    }
    sums.into_iter()
        .map(|(currency, (orders, money, tiers))| Total {
            currency: currency.to_owned(),
            orders,
            gross: money.gross,
            refunded: money.refunded,
            net: money.net(),
            commission_estimated: money.estimated,
            commission_settled: money.settled,
            tiers: tiers.tidy(),
            #[allow(clippy::cast_precision_loss)]
            unknown: tidy((orders as f64 - tiers.sum()).max(0.0)),
        })
        .collect()
}

fn unknown(orders: &[store::Order], touches: &Touches, period: &Period) -> Unknown {
    let mut unknown = Unknown::default();
    let mut sums: BTreeMap<&str, UnknownMoney> = BTreeMap::new();
    for order in orders {
        if !owed(of(touches, order), period.model).is_empty() {
            continue;
        }
        let sum = sums.entry(&order.currency).or_insert_with(|| UnknownMoney {
            currency: order.currency.clone(),
            ..UnknownMoney::default()
        });
        sum.net += Money::of(order).net();
        if counts(order) {
            sum.orders += 1;
            unknown.orders += 1;
            unknown.foreign += i64::from(order.tagged);
            unknown.untagged += i64::from(!order.tagged);
        }
    }
    unknown.money = sums.into_values().collect();
    unknown
}

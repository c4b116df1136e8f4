//! The curve: net per day.

use std::collections::BTreeMap;

use super::{
    DayTotal, Period, store,
    sum::{Money, counts},
};
use crate::{db::Db, error::Result};

/// Net per day and currency, for a curve; days are those of the computer's time zone, and days without orders are left out.
pub async fn daily(db: &Db, period: &Period) -> Result<Vec<DayTotal>> {
    let (from, to) = period.bounds();
    let mut days: BTreeMap<_, DayTotal> = BTreeMap::new();
    for order in store::orders(db.read(), from, to).await? {
        let on = order.placed_at.date();
        let money = Money::of(&order);
        let day = days
            .entry((on.0, order.currency.clone()))
            .or_insert_with(|| DayTotal {
                on,
                currency: order.currency.clone(),
                orders: 0,
                net: 0,
                refunded: 0,
            });
        day.orders += i64::from(counts(&order));
        day.net += money.net();
        day.refunded += money.refunded;
    }
    Ok(days.into_values().collect())
}

//! An order with the credits of its lines, as `order show` and `order list` print it.

use caoben::{
    Result,
    attribution::{self, Credit, Model},
    db::Db,
    order::Order,
    value::Id,
};
use serde::Serialize;

/// An order and why.
#[derive(Serialize)]
pub struct Credited {
    #[serde(flatten)]
    pub order: Order,
    pub attribution: Vec<Credit>,
}

impl Credited {
    /// Looks up an order's credits.
    pub async fn of(db: &Db, order: Order, model: Model) -> Result<Self> {
        let attribution = attribution::of_order(db, order.id, model).await?;
        Ok(Self { order, attribution })
    }

    /// Looks up the credits of many orders in one go.
    pub async fn all(db: &Db, orders: Vec<Order>, model: Model) -> Result<Vec<Self>> {
        let ids: Vec<Id> = orders.iter().map(|order| order.id).collect();
        let mut credits = attribution::of_orders(db, &ids, model).await?;
        Ok(orders
            .into_iter()
            .map(|order| Self {
                attribution: credits.remove(&order.id).unwrap_or_default(),
                order,
            })
            .collect())
    }
}

//! An order with the credits of its lines, as `order show` and `order list` print it.

use caoben::{
    Result,
    attribution::{self, Credit, Model},
    db::Db,
    order::Order,
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
}

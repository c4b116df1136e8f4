//! What a filter names has to be there: an empty list would pass a slip of the pen off as an answer.

use caoben::{
    Error, Result, channel,
    db::Db,
    post, product, shop, trial,
    value::{Date, Id},
};

/// What a list is narrowed to.
#[derive(Default)]
pub struct Asked {
    pub post: Option<Id>,
    pub channel: Option<Id>,
    pub product: Option<Id>,
    pub trial: Option<Id>,
    pub shop: Option<Id>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Asked {
    /// # Errors
    /// `NotFound` for whatever does not exist, `Invalid` for days in the wrong order.
    pub async fn check(self, db: &Db) -> Result<()> {
        if let Some(id) = self.post {
            post::get(db, id).await?;
        }
        if let Some(id) = self.channel {
            channel::get(db, id).await?;
        }
        if let Some(id) = self.product {
            product::get(db, id).await?;
        }
        if let Some(id) = self.trial {
            trial::get(db, id).await?;
        }
        if let Some(id) = self.shop {
            let shops = shop::list(db).await?;
            if !shops.iter().any(|shop| shop.id == id) {
                return Err(Error::not_found("店铺", id));
            }
        }
        match (self.from, self.to) {
            (Some(from), Some(to)) if from > to => Err(Error::invalid(
                "from",
                format!("从 {from} 到 {to}：开始的一天比结束的晚，请把两个日子换过来。"),
            )),
            _ => Ok(()),
        }
    }
}

/// What belongs to a product.
pub fn of_product(product: Option<Id>) -> Asked {
    Asked {
        product,
        ..Asked::default()
    }
}

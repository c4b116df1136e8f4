//! Noting a price that was seen.

use super::{NewPrice, Price, store};
use crate::{
    db::Db,
    error::{Error, Result},
    product,
    value::{Noun, Time},
};

/// Notes a price. Nothing noted earlier changes.
///
/// # Errors
/// `Invalid` for a negative amount, an unknown currency or a time still to come; `NotFound` for product or screenshot.
pub async fn add(db: &Db, input: NewPrice, now: Time) -> Result<Price> {
    let product = product::get(db, input.product).await?;
    let currency = input
        .currency
        .map(|c| c.trim().to_ascii_uppercase())
        .filter(|c| !c.is_empty());
    let mut price = Price {
        id: 0,
        product: product.id,
        amount: input.amount,
        currency: currency.unwrap_or(product.currency),
        kind: input.kind,
        seen_at: input.seen_at.unwrap_or(now),
        place: input.place.trim().to_owned(),
        conditions: input.conditions.trim().to_owned(),
        photo: input.photo,
        created_at: now,
    };
    if price.amount < 0 {
        return Err(Error::invalid("amount", "价格不能是负数，没有记下。"));
    }
    if price.currency.len() != 3 || !price.currency.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(Error::invalid(
            "currency",
            format!("货币「{}」应是三个字母，例如 CNY。", price.currency),
        ));
    }
    if price.seen_at > now {
        return Err(Error::invalid(
            "seen_at",
            "看到价格的时间还没有到，没有记下。请检查日期。",
        ));
    }
    let mut tx = db.begin().await?;
    if let Some(photo) = price.photo
        && !store::has_photo(tx.conn(), photo).await?
    {
        return Err(Error::not_found("素材", photo));
    }
    price.id = store::insert(tx.conn(), &price).await?;
    tx.touch(Noun::Price);
    tx.commit().await?;
    Ok(price)
}

//! Adding a product, and what every product must hold.

use super::{NewProduct, Product, Sku, index, store};
use crate::{
    db::{Db, Tx},
    error::{Code, Error, Result},
    value::{Id, Noun, Time},
};

/// Adds a product.
///
/// # Errors
/// `Invalid` with the field's name; `Conflict` when a SKU belongs to another product.
pub async fn create(db: &Db, input: NewProduct, now: Time) -> Result<Product> {
    let mut tx = db.begin().await?;
    let id = add(&mut tx, tidied(input, now)?).await?;
    let product = store::get(tx.conn(), id).await?;
    tx.commit().await?;
    Ok(product)
}

/// What was typed as a product that holds all it must, still without an id.
pub(super) fn tidied(input: NewProduct, now: Time) -> Result<Product> {
    let mut product = Product {
        id: 0,
        name: input.name,
        brand: input.brand,
        category: input.category,
        price: input.price,
        currency: if input.currency.trim().is_empty() {
            "CNY".to_owned()
        } else {
            input.currency
        },
        url: input.url,
        fits: input.fits,
        unfits: input.unfits,
        selling_points: input.selling_points,
        shortcomings: input.shortcomings,
        supplier: input.supplier,
        note: input.note,
        stage: input.stage,
        skus: input.skus,
        cover: None,
        created_at: now,
        updated_at: now,
    };
    tidy(&mut product)?;
    Ok(product)
}

/// Adds a tidied product. Its SKUs are checked first: an import goes on in the same transaction after a refusal.
pub(super) async fn add(tx: &mut Tx, mut product: Product) -> Result<Id> {
    claim(tx, &product).await?;
    product.id = store::insert(tx.conn(), &product.name, product.created_at).await?;
    write(tx, &product, None).await?;
    Ok(product.id)
}

/// Refuses SKUs that belong to another product.
pub(super) async fn claim(tx: &mut Tx, product: &Product) -> Result<()> {
    for sku in &product.skus {
        if let Some((_, name)) = store::owner(tx.conn(), sku)
            .await?
            .filter(|(id, _)| *id != product.id)
        {
            let message = format!(
                "{} 的货号 {} 已经属于「{name}」，没有保存。请先在那里去掉它。",
                sku.shop, sku.sku
            );
            let mut error = Error::new(Code::Conflict, message);
            error.field = Some("skus");
            return Err(error);
        }
    }
    Ok(())
}

/// Writes a tidied product whose SKUs nobody else claims, and its search entry.
pub(super) async fn write(tx: &mut Tx, product: &Product, cover: Option<Option<Id>>) -> Result<()> {
    store::update(tx.conn(), product, cover).await?;
    if store::set_skus(tx.conn(), product.id, &product.skus).await? {
        // Lines of orders find their product by SKU.
        tx.touch(Noun::Order);
    }
    index(tx, product).await?;
    tx.touch(Noun::Product);
    Ok(())
}

/// Trims what was typed and refuses what no product can be.
pub(super) fn tidy(product: &mut Product) -> Result<()> {
    for text in [
        &mut product.name,
        &mut product.brand,
        &mut product.category,
        &mut product.url,
        &mut product.supplier,
    ] {
        *text = text.trim().to_owned();
    }
    product.currency = product.currency.trim().to_ascii_uppercase();
    for list in [&mut product.selling_points, &mut product.shortcomings] {
        *list = list
            .iter()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
    }
    if product.name.is_empty() {
        return Err(Error::invalid("name", "好物要有一个名称。"));
    }
    if product.price.is_some_and(|price| price < 0) {
        return Err(Error::invalid("price", "价格不能是负数。"));
    }
    if product.currency.len() != 3 || !product.currency.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(Error::invalid(
            "currency",
            format!("货币「{}」应是三个字母，例如 CNY。", product.currency),
        ));
    }
    let is_web = |text: &str| url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !product.url.is_empty() && !is_web(&product.url) {
        // People copy addresses without their scheme.
        let complete = format!("https://{}", product.url);
        if product.url.contains("://") || !product.url.contains('.') || !is_web(&complete) {
            return Err(Error::invalid(
                "url",
                format!("「{}」不是网址，请写成 https://… 的样子。", product.url),
            ));
        }
        product.url = complete;
    }
    let mut skus: Vec<Sku> = Vec::new();
    for sku in &product.skus {
        let sku = Sku {
            shop: sku.shop.trim().to_owned(),
            sku: sku.sku.trim().to_owned(),
        };
        if sku.shop.is_empty() || sku.sku.is_empty() {
            return Err(Error::invalid("skus", "货号要写明店铺和编号。"));
        }
        if !skus.contains(&sku) {
            skus.push(sku);
        }
    }
    product.skus = skus;
    Ok(())
}

//! Product 好物: something to try and recommend.

mod create;
mod edit;
mod import;
mod remove;
mod store;

use serde::{Deserialize, Serialize};

use crate::{
    db::{Db, Tx},
    error::Result,
    search,
    value::{Id, Noun, Time},
};

pub use crate::sheet::{ImportedRows, RefusedRow};
pub use create::create;
pub use edit::{edit, rename_shop};
pub use import::import;
pub use remove::{RemovedProduct, remove, restore};

/// Where a product stands in the creator's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Stage {
    /// 候选
    #[default]
    Candidate,
    /// 试用中
    Trial,
    /// 推荐
    Recommended,
    /// 下架
    Retired,
    /// 淘汰
    Rejected,
}

/// A shop's own number for a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Sku {
    /// The shop's name.
    pub shop: String,
    /// The shop's SKU.
    pub sku: String,
}

/// A product.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct Product {
    /// Id.
    pub id: Id,
    /// Never empty.
    pub name: String,
    /// Brand.
    pub brand: String,
    /// The creator's own word.
    pub category: String,
    /// Usual price, minor units.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Where it is sold.
    pub url: String,
    /// 适合谁
    pub fits: String,
    /// 不适合谁
    pub unfits: String,
    /// Selling points.
    pub selling_points: Vec<String>,
    /// Shortcomings.
    pub shortcomings: Vec<String>,
    /// Supplier.
    pub supplier: String,
    /// Free note.
    pub note: String,
    /// Stage.
    pub stage: Stage,
    /// Shops' numbers for it.
    pub skus: Vec<Sku>,
    /// The photo that stands for it: the chosen one, else its newest own photo.
    pub cover: Option<Id>,
    /// When it was added.
    pub created_at: Time,
    /// When it was last edited.
    pub updated_at: Time,
}

/// A product in a list, with what hangs on it.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct ProductSummary {
    /// The product itself.
    #[serde(flatten)]
    pub product: Product,
    /// How many photos.
    pub photos: i64,
    /// How many trials.
    pub trials: i64,
    /// How many posts.
    pub posts: i64,
    /// How many orders hold it.
    pub orders: i64,
}

/// What a new product starts with. Only the name is needed.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct NewProduct {
    #[allow(missing_docs)]
    pub name: String,
    #[allow(missing_docs)]
    pub brand: String,
    #[allow(missing_docs)]
    pub category: String,
    /// Minor units.
    pub price: Option<i64>,
    /// ISO 4217; empty means CNY.
    pub currency: String,
    #[allow(missing_docs)]
    pub url: String,
    #[allow(missing_docs)]
    pub fits: String,
    #[allow(missing_docs)]
    pub unfits: String,
    #[allow(missing_docs)]
    pub selling_points: Vec<String>,
    #[allow(missing_docs)]
    pub shortcomings: Vec<String>,
    #[allow(missing_docs)]
    pub supplier: String,
    #[allow(missing_docs)]
    pub note: String,
    #[allow(missing_docs)]
    pub stage: Stage,
    #[allow(missing_docs)]
    pub skus: Vec<Sku>,
}

/// Changes to a product; an absent field stays as it is.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ProductPatch {
    pub name: Option<String>,
    pub brand: Option<String>,
    pub category: Option<String>,
    /// Minor units; `null` takes the price away.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub price: Option<Option<i64>>,
    pub currency: Option<String>,
    pub url: Option<String>,
    pub fits: Option<String>,
    pub unfits: Option<String>,
    pub selling_points: Option<Vec<String>>,
    pub shortcomings: Option<Vec<String>>,
    pub supplier: Option<String>,
    pub note: Option<String>,
    pub stage: Option<Stage>,
    pub skus: Option<Vec<Sku>>,
    /// A photo's id; `null` leaves the choice to the newest own photo.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub cover: Option<Option<Id>>,
}

/// Which products to list.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct ProductFilter {
    /// Part of name, brand or category.
    pub text: String,
    /// Only this stage.
    pub stage: Option<Stage>,
}

/// One product.
pub async fn get(db: &Db, id: Id) -> Result<Product> {
    store::get(&mut *db.read().acquire().await?, id).await
}

/// All products that match, newest edit first.
pub async fn list(db: &Db, filter: &ProductFilter) -> Result<Vec<ProductSummary>> {
    store::list(&mut *db.read().acquire().await?, None, filter).await
}

/// Moves a product on in the creator's judgement, when it stands at one of `from`. Answers whether it moved.
pub(crate) async fn move_on(tx: &mut Tx, id: Id, from: &[Stage], to: Stage, now: Time) -> Result<bool> {
    let from = serde_json::to_string(from)?;
    let moved = store::move_on(tx.conn(), id, &from, to, now).await?;
    if moved {
        tx.touch(Noun::Product);
    }
    Ok(moved)
}

/// Writes the product's entry in the search index.
async fn index(tx: &mut Tx, product: &Product) -> Result<()> {
    let skus = product.skus.iter().map(|sku| sku.sku.as_str());
    let said = [
        &product.brand,
        &product.category,
        &product.fits,
        &product.unfits,
        &product.supplier,
        &product.note,
    ];
    let body: Vec<&str> = said
        .into_iter()
        .chain(&product.selling_points)
        .chain(&product.shortcomings)
        .map(String::as_str)
        .chain(skus)
        .filter(|text| !text.is_empty())
        .collect();
    search::put(tx, Noun::Product, product.id, &product.name, &body.join("\n")).await
}

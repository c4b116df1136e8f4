//! SQL of products.

use sqlx::SqliteConnection;

use super::{Product, ProductFilter, ProductSummary, Sku, Stage};
use crate::{
    error::{Error, Result},
    value::{Id, Time},
};

struct Row {
    id: Id,
    name: String,
    brand: String,
    category: String,
    price: Option<i64>,
    currency: String,
    url: String,
    fits: String,
    unfits: String,
    selling_points: String,
    shortcomings: String,
    supplier: String,
    note: String,
    stage: Stage,
    created_at: Time,
    updated_at: Time,
    cover: Option<Id>,
    skus: String,
    photos: i64,
    trials: i64,
    posts: i64,
    orders: i64,
}

impl Row {
    fn summary(self) -> Result<ProductSummary> {
        let product = Product {
            id: self.id,
            name: self.name,
            brand: self.brand,
            category: self.category,
            price: self.price,
            currency: self.currency,
            url: self.url,
            fits: self.fits,
            unfits: self.unfits,
            selling_points: serde_json::from_str(&self.selling_points)?,
            shortcomings: serde_json::from_str(&self.shortcomings)?,
            supplier: self.supplier,
            note: self.note,
            stage: self.stage,
            skus: serde_json::from_str(&self.skus)?,
            cover: self.cover,
            created_at: self.created_at,
            updated_at: self.updated_at,
        };
        Ok(ProductSummary {
            product,
            photos: self.photos,
            trials: self.trials,
            posts: self.posts,
            orders: self.orders,
        })
    }
}

pub(super) async fn list(
    conn: &mut SqliteConnection,
    id: Option<Id>,
    filter: &ProductFilter,
) -> Result<Vec<ProductSummary>> {
    let text = filter.text.trim().to_ascii_lowercase();
    let rows = sqlx::query_file_as!(Row, "src/product/list.sql", id, filter.stage, text)
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(Row::summary).collect()
}

/// Ids of the product's trials.
pub(super) async fn trials(conn: &mut SqliteConnection, product: Id) -> Result<Vec<Id>> {
    Ok(
        sqlx::query_scalar!(r#"SELECT id AS "id!" FROM trial WHERE product_id = ?1"#, product)
            .fetch_all(conn)
            .await?,
    )
}

pub(super) async fn get(conn: &mut SqliteConnection, id: Id) -> Result<Product> {
    let found = list(conn, Some(id), &ProductFilter::default()).await?;
    found
        .into_iter()
        .next()
        .map(|one| one.product)
        .ok_or_else(|| Error::not_found("好物", id))
}

/// A new row with only what may not be absent; `update` fills in the rest.
pub(super) async fn insert(conn: &mut SqliteConnection, name: &str, now: Time) -> Result<Id> {
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO product (name, created_at, updated_at) VALUES (?1, ?2, ?2) RETURNING id AS "id!""#,
        name,
        now
    )
    .fetch_one(conn)
    .await?)
}

/// Writes everything but SKUs and `created_at`; the chosen cover stays unless another is given.
pub(super) async fn update(
    conn: &mut SqliteConnection,
    product: &Product,
    cover: Option<Option<Id>>,
) -> Result<()> {
    let p = product;
    let (move_cover, cover) = (cover.is_some(), cover.flatten());
    let (points, shortcomings) = (
        serde_json::to_string(&p.selling_points)?,
        serde_json::to_string(&p.shortcomings)?,
    );
    sqlx::query_file!(
        "src/product/update.sql",
        p.id,
        p.name,
        p.brand,
        p.category,
        p.price,
        p.currency,
        p.url,
        p.fits,
        p.unfits,
        points,
        shortcomings,
        p.supplier,
        p.note,
        p.stage,
        move_cover,
        cover,
        p.updated_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The product that has a SKU: `(id, name)`.
pub(super) async fn owner(conn: &mut SqliteConnection, sku: &Sku) -> Result<Option<(Id, String)>> {
    let row = sqlx::query!(
        r#"SELECT p.id AS "id!", p.name FROM product_sku AS s JOIN product AS p ON p.id = s.product_id
           WHERE s.shop = ?1 AND s.sku = ?2"#,
        sku.shop,
        sku.sku
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// Gives a product these SKUs and no others; answers whether any changed. What stays is not written: each row given or taken
/// rewrites the order lines of its SKU.
pub(super) async fn set_skus(conn: &mut SqliteConnection, id: Id, skus: &[Sku]) -> Result<bool> {
    let skus = serde_json::to_string(skus)?;
    let taken = sqlx::query!(
        "DELETE FROM product_sku WHERE product_id = ?2
         AND (shop, sku) NOT IN (SELECT value ->> 'shop', value ->> 'sku' FROM json_each(?1))",
        skus,
        id
    )
    .execute(&mut *conn)
    .await?;
    let given = sqlx::query!(
        "INSERT INTO product_sku (shop, sku, product_id)
         SELECT value ->> 'shop', value ->> 'sku', ?2 FROM json_each(?1)
         WHERE (value ->> 'shop', value ->> 'sku') NOT IN (SELECT shop, sku FROM product_sku WHERE product_id = ?2)",
        skus,
        id
    )
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() + given.rows_affected() > 0)
}

/// Gives the SKUs of one shop another shop's name; what the other name has already stays its own.
pub(super) async fn rename_shop(conn: &mut SqliteConnection, from: &str, to: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE OR IGNORE product_sku SET shop = ?2 WHERE shop = ?1",
        from,
        to
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A product of the same name and brand, case aside.
pub(super) async fn twin(conn: &mut SqliteConnection, name: &str, brand: &str) -> Result<Option<Id>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM product WHERE name = ?1 COLLATE NOCASE AND brand = ?2 COLLATE NOCASE LIMIT 1"#,
        name,
        brand
    )
    .fetch_optional(conn)
    .await?)
}

pub(super) async fn has_photo(conn: &mut SqliteConnection, photo: Id) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM photo WHERE id = ?1 AND trashed_at IS NULL) AS "is!: bool""#,
        photo
    )
    .fetch_one(conn)
    .await?)
}

/// What refers to a product.
pub(super) struct Uses {
    pub trials: i64,
    pub reviews: i64,
    pub posts: i64,
    pub links: i64,
    pub orders: i64,
    pub prices: i64,
}

pub(super) async fn uses(conn: &mut SqliteConnection, id: Id) -> Result<Uses> {
    Ok(sqlx::query_file_as!(Uses, "src/product/uses.sql", id)
        .fetch_one(conn)
        .await?)
}

/// Ids of the photos of a product.
pub(super) async fn photos(conn: &mut SqliteConnection, id: Id) -> Result<Vec<Id>> {
    Ok(
        sqlx::query_scalar!(r#"SELECT id AS "id!" FROM photo WHERE product_id = ?1"#, id)
            .fetch_all(conn)
            .await?,
    )
}

/// Makes photos that are of no product those of this one.
pub(super) async fn take_photos(conn: &mut SqliteConnection, id: Id, photos: &[Id]) -> Result<()> {
    let photos = serde_json::to_string(photos)?;
    sqlx::query!(
        "UPDATE photo SET product_id = ?1 WHERE product_id IS NULL AND id IN (SELECT value FROM json_each(?2))",
        id,
        photos
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn is_there(conn: &mut SqliteConnection, id: Id) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM product WHERE id = ?1) AS "is!: bool""#,
        id
    )
    .fetch_one(conn)
    .await?)
}

/// A row under the number it had; `update` fills in the rest.
pub(super) async fn insert_again(
    conn: &mut SqliteConnection,
    id: Id,
    name: &str,
    created_at: Time,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO product (id, name, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)",
        id,
        name,
        created_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Reviews that were taken away go with their product; answers how many.
pub(super) async fn delete(conn: &mut SqliteConnection, id: Id) -> Result<i64> {
    let reviews = sqlx::query!(
        "DELETE FROM review WHERE product_id = ?1 AND trashed_at IS NOT NULL",
        id
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("DELETE FROM product WHERE id = ?1", id)
        .execute(conn)
        .await?;
    Ok(i64::try_from(reviews.rows_affected()).unwrap_or(i64::MAX))
}

/// `from` is a JSON array of stages. Answers whether the product moved.
pub(super) async fn move_on(
    conn: &mut SqliteConnection,
    id: Id,
    from: &str,
    to: Stage,
    now: Time,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE product SET stage = ?3, updated_at = ?4
         WHERE id = ?1 AND stage IN (SELECT value FROM json_each(?2)) AND stage <> ?3",
        id,
        from,
        to,
        now
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

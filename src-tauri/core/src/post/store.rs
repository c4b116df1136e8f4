//! The SQL of posts, their order of products and photos, and their variants.

mod version;

use sqlx::{SqliteConnection, SqlitePool};

use super::{Post, PostSummary, Variant, excerpt::excerpt};
use crate::{
    error::{Error, Result},
    value::{Id, Time},
};

pub(super) use version::{extend_version, insert_version, last_version, version, versions};

struct Row {
    id: Id,
    code: String,
    title: String,
    body: String,
    commercial: Option<bool>,
    ai_generated: bool,
    original: bool,
    fictional: bool,
    archived: bool,
    created_at: Time,
    updated_at: Time,
    products: String,
    photos: String,
}

struct SummaryRow {
    id: Id,
    code: String,
    title: String,
    body: String,
    archived: bool,
    created_at: Time,
    updated_at: Time,
    products: String,
    cover: Option<Id>,
    photos: i64,
    publications: i64,
    links: i64,
}

pub(super) async fn insert(
    conn: &mut SqliteConnection,
    code: &str,
    title: &str,
    body: &str,
    now: Time,
) -> Result<Id> {
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO post (code, title, body, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)
           RETURNING id AS "id!""#,
        code,
        title,
        body,
        now
    )
    .fetch_one(conn)
    .await?)
}

pub(super) async fn get(conn: &mut SqliteConnection, id: Id) -> Result<Post> {
    let row = sqlx::query_file_as!(Row, "src/post/get.sql", id)
        .fetch_optional(conn)
        .await?
        .ok_or_else(|| Error::not_found("内容", id))?;
    Ok(Post {
        id: row.id,
        code: row.code,
        title: row.title,
        body: row.body,
        products: serde_json::from_str(&row.products)?,
        photos: serde_json::from_str(&row.photos)?,
        commercial: row.commercial,
        ai_generated: row.ai_generated,
        original: row.original,
        fictional: row.fictional,
        archived: row.archived,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

pub(super) async fn list(db: &SqlitePool, archived: bool) -> Result<Vec<PostSummary>> {
    let rows = sqlx::query_file_as!(SummaryRow, "src/post/list.sql", archived)
        .fetch_all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PostSummary {
                id: row.id,
                code: row.code,
                title: row.title,
                excerpt: excerpt(&row.body),
                cover: row.cover,
                products: serde_json::from_str(&row.products)?,
                photos: row.photos,
                publications: row.publications,
                links: row.links,
                archived: row.archived,
                created_at: row.created_at,
                updated_at: row.updated_at,
            })
        })
        .collect()
}

pub(super) async fn update(conn: &mut SqliteConnection, post: &Post) -> Result<()> {
    sqlx::query_file!(
        "src/post/update.sql",
        post.id,
        post.title,
        post.body,
        post.commercial,
        post.ai_generated,
        post.original,
        post.fictional,
        post.archived,
        post.updated_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Five random bytes.
pub(super) async fn dice(conn: &mut SqliteConnection) -> Result<Vec<u8>> {
    Ok(sqlx::query_scalar!(r#"SELECT randomblob(5) AS "dice!: Vec<u8>""#)
        .fetch_one(conn)
        .await?)
}

pub(super) async fn is_code_taken(conn: &mut SqliteConnection, code: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM post WHERE code = ?1) AS "taken!: bool""#,
        code
    )
    .fetch_one(conn)
    .await?)
}

/// The first of these ids that is no product.
pub(super) async fn missing_product(conn: &mut SqliteConnection, ids: &[Id]) -> Result<Option<Id>> {
    let ids = serde_json::to_string(ids)?;
    Ok(sqlx::query_scalar!(
        r#"SELECT CAST(value AS INTEGER) AS "value!: Id" FROM json_each(?1) WHERE value NOT IN (SELECT id FROM product) LIMIT 1"#,
        ids
    )
    .fetch_optional(conn)
    .await?)
}

/// The first of these ids that is no photo.
pub(super) async fn missing_photo(conn: &mut SqliteConnection, ids: &[Id]) -> Result<Option<Id>> {
    let ids = serde_json::to_string(ids)?;
    Ok(sqlx::query_scalar!(
        r#"SELECT CAST(value AS INTEGER) AS "value!: Id" FROM json_each(?1)
           WHERE NOT EXISTS (SELECT 1 FROM photo WHERE photo.id = value AND trashed_at IS NULL) LIMIT 1"#,
        ids
    )
    .fetch_optional(conn)
    .await?)
}

pub(super) async fn set_products(conn: &mut SqliteConnection, post: Id, ids: &[Id]) -> Result<()> {
    let ids = serde_json::to_string(ids)?;
    sqlx::query!("DELETE FROM post_product WHERE post_id = ?1", post)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO post_product (post_id, product_id, position) SELECT ?1, value, key FROM json_each(?2)",
        post,
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn set_photos(conn: &mut SqliteConnection, post: Id, ids: &[Id]) -> Result<()> {
    let ids = serde_json::to_string(ids)?;
    sqlx::query!("DELETE FROM post_photo WHERE post_id = ?1", post)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO post_photo (post_id, photo_id, position) SELECT ?1, value, key FROM json_each(?2)",
        post,
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn variant(conn: &mut SqliteConnection, post: Id, channel: Id) -> Result<Option<Variant>> {
    Ok(sqlx::query_as!(
        Variant,
        "SELECT title, body FROM post_variant WHERE post_id = ?1 AND channel_id = ?2",
        post,
        channel
    )
    .fetch_optional(conn)
    .await?)
}

pub(super) async fn put_variant(
    conn: &mut SqliteConnection,
    post: Id,
    channel: Id,
    variant: &Variant,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO post_variant (post_id, channel_id, title, body, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (post_id, channel_id)
         DO UPDATE SET title = excluded.title, body = excluded.body, updated_at = excluded.updated_at",
        post,
        channel,
        variant.title,
        variant.body,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn remove_variant(conn: &mut SqliteConnection, post: Id, channel: Id) -> Result<()> {
    sqlx::query!(
        "DELETE FROM post_variant WHERE post_id = ?1 AND channel_id = ?2",
        post,
        channel
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn padding(pool: &SqlitePool, post: Id, channel: Id) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT 1 AS "found!: i64" FROM post_padding WHERE post_id = ?1 AND channel_id = ?2"#,
        post,
        channel
    );
    Ok(found.fetch_optional(pool).await?.is_some())
}

pub(super) async fn put_padding(
    conn: &mut SqliteConnection,
    post: Id,
    channel: Id,
    on: bool,
    now: Time,
) -> Result<()> {
    if on {
        sqlx::query!(
            "INSERT INTO post_padding (post_id, channel_id, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            post,
            channel,
            now
        )
        .execute(conn)
        .await?;
    } else {
        sqlx::query!(
            "DELETE FROM post_padding WHERE post_id = ?1 AND channel_id = ?2",
            post,
            channel
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

//! What a post draws on, read in one question per kind.

use std::collections::{HashMap, HashSet};

use sqlx::{SqliteConnection, SqlitePool};

use super::{
    draft::{Quote, Seen, Tried},
    known::{Tag, plain_host},
};
use crate::{
    error::Result,
    value::{Id, Time},
};

/// Which of these photos are in the library.
pub(super) async fn photos(db: &SqlitePool, ids: &[Id]) -> Result<HashSet<Id>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM photo WHERE trashed_at IS NULL AND id IN (SELECT value FROM json_each(?1))"#,
        ids
    );
    Ok(found.fetch_all(db).await?.into_iter().collect())
}

/// Which of these photos came from a buyer who has not agreed that they are shown.
pub(super) async fn unagreed(db: &SqlitePool, ids: &[Id]) -> Result<HashSet<Id>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_file_scalar!("src/render/unagreed.sql", ids);
    Ok(found.fetch_all(db).await?.into_iter().collect())
}

pub(super) async fn prices(db: &SqlitePool, ids: &[Id]) -> Result<HashMap<Id, Seen>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_as!(
        Seen,
        r#"SELECT id AS "id!", amount, currency, seen_at AS "seen_at: Time", place
           FROM price WHERE id IN (SELECT value FROM json_each(?1)) AND withdrawn_at IS NULL"#,
        ids
    );
    Ok(found
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|seen| (seen.id, seen))
        .collect())
}

/// The creator's own words need nobody's consent.
pub(super) async fn quotes(db: &SqlitePool, ids: &[Id]) -> Result<HashMap<Id, Quote>> {
    let ids = serde_json::to_string(ids)?;
    let found = sqlx::query_as!(
        Quote,
        r#"SELECT id AS "id!", text, (consent OR own) AS "consent!: bool"
           FROM review WHERE id IN (SELECT value FROM json_each(?1)) AND trashed_at IS NULL"#,
        ids
    );
    Ok(found
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|quote| (quote.id, quote))
        .collect())
}

/// Whose goods a post is about.
pub(super) struct Goods {
    /// Names of the products that none of the creator's own shops sells: not by a SKU, not by its address.
    pub foreign: Vec<String>,
    /// Where the creator's own goods are sold.
    pub own_hosts: Vec<String>,
}

/// Looks at the products of a post and of its links.
pub(super) async fn goods(db: &SqlitePool, post: Id) -> Result<Goods> {
    let found = sqlx::query_file!("src/render/foreign.sql", post)
        .fetch_all(db)
        .await?;
    let shops = sqlx::query_scalar!("SELECT url FROM shop WHERE kind <> 'file' AND url <> ''");
    let host = |address: &str| {
        let url = url::Url::parse(address).ok()?;
        Some(plain_host(url.host_str()?).to_owned())
    };
    let mut own_hosts: Vec<String> = shops
        .fetch_all(db)
        .await?
        .iter()
        .filter_map(|url| host(url))
        .collect();
    let shops = own_hosts.clone();
    let mut foreign = Vec::new();
    for row in found {
        let place = host(&row.url);
        if row.has_sku || place.as_ref().is_some_and(|place| shops.contains(place)) {
            own_hosts.extend(place);
        } else {
            foreign.push(row.name);
        }
    }
    Ok(Goods { foreign, own_hosts })
}

/// Where something is sold: a product's page, or anything in a shop of the creator's own.
pub(super) struct Place {
    pub url: String,
    pub is_shop: bool,
}

/// What this notebook knows to be sold at any of these hosts.
pub(super) async fn places(db: &SqlitePool, hosts: &HashSet<&str>) -> Result<Vec<Place>> {
    let hosts = serde_json::to_string(hosts)?;
    let found = sqlx::query_as!(
        Place,
        r#"SELECT url, false AS "is_shop!: bool" FROM product
           WHERE EXISTS (SELECT 1 FROM json_each(?1) AS host WHERE instr(lower(product.url), host.value) > 0)
           UNION ALL
           SELECT url, true FROM shop
           WHERE EXISTS (SELECT 1 FROM json_each(?1) AS host WHERE instr(lower(shop.url), host.value) > 0)"#,
        hosts
    );
    Ok(found.fetch_all(db).await?)
}

/// The links that any of these words stand for, as a code or as a coupon.
pub(super) async fn tags(db: &SqlitePool, words: &HashSet<&str>) -> Result<Vec<(String, Tag)>> {
    let words = serde_json::to_string(words)?;
    let found = sqlx::query_file!("src/render/known.sql", words);
    Ok(found
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|row| {
            let tag = Tag {
                channel: row.channel,
                channel_name: row.channel_name,
                post: row.post,
                post_title: row.post_title,
            };
            (row.word, tag)
        })
        .collect())
}

/// The trials of a post's products.
pub(super) async fn tried(db: &SqlitePool, post: Id) -> Result<Vec<Tried>> {
    let found = sqlx::query_as!(
        Tried,
        r#"SELECT t.product_id AS "product!", t.acquired
           FROM trial AS t JOIN post_product AS p ON p.product_id = t.product_id WHERE p.post_id = ?1 ORDER BY t.id"#,
        post
    );
    Ok(found.fetch_all(db).await?)
}

/// A state of a photo.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub photo: Id,
    /// Milliseconds; 0 without edits.
    pub edited_at: i64,
    /// 0: the edits for all.
    pub channel: Id,
}

/// What its QR codes say; `None` when nobody has looked yet.
pub(super) async fn codes(db: &SqlitePool, look: Look) -> Result<Option<Vec<String>>> {
    let found = sqlx::query_scalar!(
        "SELECT found FROM photo_code WHERE photo_id = ?1 AND edited_at = ?2 AND channel_id = ?3",
        look.photo,
        look.edited_at,
        look.channel
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(|found| serde_json::from_str(&found)).transpose()?)
}

pub(super) async fn keep_codes(conn: &mut SqliteConnection, look: Look, found: &[String]) -> Result<()> {
    let found = serde_json::to_string(found)?;
    sqlx::query!(
        "INSERT INTO photo_code (photo_id, edited_at, channel_id, found) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (photo_id, edited_at, channel_id) DO UPDATE SET found = excluded.found",
        look.photo,
        look.edited_at,
        look.channel,
        found
    )
    .execute(conn)
    .await?;
    Ok(())
}

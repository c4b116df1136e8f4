//! Shops and their syncs in SQL.

use sqlx::{SqliteConnection, SqlitePool};

use super::{NewShop, ShopKind, SyncRun, Synced, source::Glance};
use crate::{
    error::Result,
    secret::Place,
    value::{Id, Time},
};

/// A shop as it is kept.
pub(super) struct Row {
    pub id: Id,
    pub kind: ShopKind,
    pub name: String,
    pub url: String,
    pub key_env: String,
    pub secret_env: String,
    pub secret_place: String,
    pub ca: String,
    pub cursor: Option<Time>,
    pub last_synced_at: Option<Time>,
    pub last_error: String,
    pub orders: i64,
    pub by_hand: bool,
}

pub(super) async fn insert(db: &mut SqliteConnection, shop: &NewShop, now: Time) -> Result<Id> {
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO shop (kind, name, url, key_env, secret_env, ca, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
           RETURNING id AS "id!: Id""#,
        shop.kind,
        shop.name,
        shop.url,
        shop.key_env,
        shop.secret_env,
        shop.ca,
        now
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn set_place(db: &mut SqliteConnection, id: Id, place: Place) -> Result<()> {
    let place = match place {
        Place::KeyStore => "key_store",
        Place::Session => "session",
        Place::Environment | Place::Missing => "missing",
    };
    sqlx::query!("UPDATE shop SET secret_place = ?2 WHERE id = ?1", id, place)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn all(db: &SqlitePool) -> Result<Vec<Row>> {
    Ok(sqlx::query_file_as!(Row, "src/shop/all.sql")
        .fetch_all(db)
        .await?)
}

/// The shop of this name.
pub(super) async fn named(db: &SqlitePool, name: &str) -> Result<Option<Id>> {
    Ok(
        sqlx::query_scalar!(r#"SELECT id AS "id!: Id" FROM shop WHERE name = ?1"#, name)
            .fetch_optional(db)
            .await?,
    )
}

/// Writes what may be changed of a shop; with `anew` the next sync reads everything.
pub(super) async fn update(db: &mut SqliteConnection, shop: &Row, anew: bool) -> Result<()> {
    sqlx::query_file!(
        "src/shop/update.sql",
        shop.id,
        shop.name,
        shop.url,
        shop.key_env,
        shop.secret_env,
        shop.ca,
        anew
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}

pub(super) async fn remove(db: &mut SqliteConnection, id: Id) -> Result<()> {
    sqlx::query!("DELETE FROM shop WHERE id = ?1", id)
        .execute(db)
        .await?;
    Ok(())
}

/// What is known of the orders whose last change is later than `after`, but for those that are gone.
pub(super) async fn glances(db: &SqlitePool, shop: Id, after: Time) -> Result<Vec<Glance>> {
    let rows = sqlx::query_file!("src/shop/glances.sql", shop, after)
        .fetch_all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Glance {
                key: row.key,
                updated_at: row.updated_at,
                source_status: row.source_status,
                gross: row.gross,
                refunds: serde_json::from_str(&row.refunds)?,
            })
        })
        .collect()
}

/// Moves the cursor on, never back.
pub(super) async fn advance(db: &mut SqliteConnection, id: Id, to: Time) -> Result<()> {
    sqlx::query!(
        "UPDATE shop SET cursor = max(coalesce(cursor, ?2), ?2) WHERE id = ?1",
        id,
        to
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that a sync began; if the program dies, this is what the history says.
pub(super) async fn begin(db: &mut SqliteConnection, shop: Id, now: Time) -> Result<Id> {
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO shop_sync (shop_id, started_at, error) VALUES (?1, ?2, '没有走完就中断了，下次同步会接着读。')
           RETURNING id AS "id!: Id""#,
        shop,
        now
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn finish(db: &mut SqliteConnection, run: Id, done: &Synced, now: Time) -> Result<()> {
    let error = done.error.as_deref().unwrap_or_default();
    sqlx::query!(
        "UPDATE shop_sync SET duration_ms = ?2, new = ?3, updated = ?4, unchanged = ?5, refunds = ?6, pages = ?7,
            retries = ?8, error = ?9, erased = ?10 WHERE id = ?1",
        run,
        done.duration_ms,
        done.new,
        done.updated,
        done.unchanged,
        done.refunds,
        done.pages,
        done.retries,
        error,
        done.erased
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "UPDATE shop SET last_error = ?2, last_synced_at = CASE ?2 WHEN '' THEN ?3 ELSE last_synced_at END WHERE id = ?1",
        done.id,
        error,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn history(db: &SqlitePool, shop: Id) -> Result<Vec<SyncRun>> {
    Ok(sqlx::query_as!(
        SyncRun,
        r#"SELECT id, shop_id AS shop, started_at AS "started_at: Time", duration_ms, new, updated, unchanged, refunds,
               erased, pages, retries, error
           FROM shop_sync WHERE shop_id = ?1 ORDER BY started_at DESC, id DESC"#,
        shop
    )
    .fetch_all(db)
    .await?)
}

/// The last run of every shop that had one.
pub(super) async fn last_runs(db: &SqlitePool) -> Result<Vec<SyncRun>> {
    Ok(sqlx::query_as!(
        SyncRun,
        r#"SELECT r.id, r.shop_id AS shop, r.started_at AS "started_at: Time", r.duration_ms, r.new, r.updated, r.unchanged,
               r.refunds, r.erased, r.pages, r.retries, r.error
           FROM shop s JOIN shop_sync r
               ON r.id = (SELECT id FROM shop_sync WHERE shop_id = s.id ORDER BY started_at DESC, id DESC LIMIT 1)"#
    )
    .fetch_all(db)
    .await?)
}

/// Takes what leads to secrets of a computer away from every shop; answers how many there are that have keys.
pub(super) async fn forget_keys(conn: &mut SqliteConnection) -> Result<i64> {
    let done = sqlx::query!(
        "UPDATE shop SET key_env = '', secret_env = '', ca = '', secret_place = 'missing' WHERE kind <> 'file'"
    );
    Ok(i64::try_from(done.execute(conn).await?.rows_affected()).unwrap_or(i64::MAX))
}

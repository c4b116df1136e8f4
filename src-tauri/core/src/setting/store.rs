//! SQL of settings.

use std::path::Path;

use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use crate::error::Result;

pub(super) async fn get(conn: &mut SqliteConnection, key: &str) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!("SELECT value FROM setting WHERE key = ?1", key)
            .fetch_optional(conn)
            .await?,
    )
}

pub(super) async fn put(conn: &mut SqliteConnection, key: &str, value: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes with what SQLite would leave of it in the page.
pub(super) async fn erase(conn: &mut SqliteConnection, key: &str) -> Result<()> {
    sqlx::query("PRAGMA secure_delete = ON")
        .execute(&mut *conn)
        .await?;
    let done = sqlx::query!("DELETE FROM setting WHERE key = ?1", key)
        .execute(&mut *conn)
        .await;
    sqlx::query("PRAGMA secure_delete = OFF").execute(conn).await?;
    done?;
    Ok(())
}

/// [`erase`] in a database that is not open here.
pub(super) async fn erase_in(file: &Path, key: &str) -> Result<()> {
    let mut conn = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Delete)
        .connect()
        .await?;
    sqlx::query("PRAGMA secure_delete = ON")
        .execute(&mut conn)
        .await?;
    // A copy of a schema without settings has nothing to take out.
    let done = sqlx::query("DELETE FROM setting WHERE key = ?1")
        .bind(key)
        .execute(&mut conn)
        .await;
    conn.close().await?;
    done?;
    Ok(())
}

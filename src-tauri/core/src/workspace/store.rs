//! SQL about the database as a whole.

use std::path::Path;

use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::error::{Error, Result};

/// One plain connection, before the workspace is open.
pub(super) async fn connect(file: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnectOptions::new().filename(file).connect().await?)
}

pub(super) async fn close(conn: SqliteConnection) -> Result<()> {
    Ok(conn.close().await?)
}

/// The newest migration that ran; `None` in a database no migration has touched.
pub(super) async fn schema(conn: &mut SqliteConnection) -> Result<Option<i64>> {
    // The table is sqlx's own, absent from our migrations: not checked at compile time.
    let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut *conn)
        .await?;
    if known == 0 {
        return Ok(None);
    }
    Ok(sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
        .fetch_one(conn)
        .await?)
}

/// Writes a consistent, compact copy of the database into a new file.
pub(super) async fn vacuum_into(conn: &mut SqliteConnection, file: &Path) -> Result<()> {
    let path = file.to_str().ok_or_else(|| {
        Error::invalid(
            "folder",
            format!("路径 {} 里有无法识别的字符，请换一个位置。", file.display()),
        )
    })?;
    sqlx::query("VACUUM INTO ?1").bind(path).execute(conn).await?;
    Ok(())
}

/// What SQLite finds wrong with the file; empty when all is well.
pub(super) async fn integrity(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(conn)
        .await?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// Rows that refer to a row that is not there: `(table, row id, table referred to)`.
pub(super) async fn broken_references(
    conn: &mut SqliteConnection,
) -> Result<Vec<(String, Option<i64>, String)>> {
    let rows = sqlx::query("PRAGMA foreign_key_check").fetch_all(conn).await?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
        .collect()
}

/// How many of everything.
pub(super) struct Counts {
    pub products: i64,
    pub photos: i64,
    pub photo_bytes: i64,
    pub posts: i64,
    pub orders: i64,
}

pub(super) async fn counts(conn: &mut SqliteConnection) -> Result<Counts> {
    Ok(sqlx::query_as!(
        Counts,
        r#"SELECT (SELECT COUNT(*) FROM product) AS "products!: i64", (SELECT COUNT(*) FROM photo WHERE trashed_at IS NULL) AS "photos!: i64",
                  (SELECT coalesce(sum(bytes), 0) FROM photo) AS "photo_bytes!: i64",
                  (SELECT COUNT(*) FROM post) AS "posts!: i64", (SELECT COUNT(*) FROM "order") AS "orders!: i64""#
    )
    .fetch_one(conn)
    .await?)
}

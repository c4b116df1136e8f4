//! SQL about the database as a whole.

use std::{collections::BTreeSet, path::Path};

use sqlx::{
    ConnectOptions, Connection, Row, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{
    db,
    error::{Error, Result},
};

/// One plain connection, before the workspace is open.
pub(super) async fn connect(file: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnectOptions::new().filename(file).connect().await?)
}

/// One connection that reads only. `frozen`: nobody writes to the file meanwhile.
pub(super) async fn connect_to_read(file: &Path, frozen: bool) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    Ok(options.immutable(frozen).connect().await?)
}

/// Whose database this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// This program's.
    Ours,
    /// Nothing was ever written to it.
    Nobody,
    /// Another program's.
    Another,
}

/// Tells whose database it is: by the id SQLite keeps for programs, and by our first migration where an older version set none.
pub(super) async fn owner(conn: &mut SqliteConnection) -> Result<Owner> {
    let program: i64 = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(&mut *conn)
        .await?;
    let tables: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM sqlite_schema WHERE name NOT LIKE '%\\_sqlx\\_%' ESCAPE '\\'",
    )
    .fetch_one(&mut *conn)
    .await?;
    if program != 0 && program != db::APPLICATION {
        return Ok(Owner::Another);
    }
    let first = db::MIGRATIONS.iter().map(|m| m.version).min().unwrap_or_default();
    Ok(match schema(conn).await? {
        Some(newest) if newest >= first => Owner::Ours,
        // Ended before the first migration had run, or before anything.
        None if tables == 0 => Owner::Nobody,
        _ => Owner::Another,
    })
}

/// The first thing in the schema that our migrations did not make, or that one made and is not there.
pub(super) async fn strange_schema(conn: &mut SqliteConnection) -> Result<Option<String>> {
    let memory = SqliteConnectOptions::new().in_memory(true).foreign_keys(false);
    let fresh = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(memory)
        .await?;
    db::MIGRATIONS
        .run(&fresh)
        .await
        .map_err(|e| Error::internal("没能核对数据库的结构，没有改动。").because(e))?;
    let wanted = things(&mut *fresh.acquire().await?).await?;
    fresh.close().await;
    let found = things(conn).await?;
    let strange = found.symmetric_difference(&wanted).next();
    Ok(strange.map(|(kind, name, _)| format!("{kind} {name}")))
}

/// Everything of a schema as `(kind, name, definition)`, but what SQLite, its search index and sqlx make for themselves.
async fn things(conn: &mut SqliteConnection) -> Result<BTreeSet<(String, String, String)>> {
    let rows: Vec<(String, String, Option<String>)> = sqlx::query_as(
        "SELECT type, name, sql FROM sqlite_schema
         WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND NOT (type = 'table' AND (name = '_sqlx_migrations' OR name LIKE 'search\\_pair\\_%' ESCAPE '\\'))",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(kind, name, sql)| (kind, name, sql.unwrap_or_default().replace("\r\n", "\n")))
        .collect())
}

/// A field that nobody wrote here.
pub(super) struct Foreign {
    pub field: String,
    pub id: i64,
    pub value: String,
    pub grave: bool,
}

/// Fields that become a path, an address or a name of something outside, where they are not as they are written here.
pub(super) async fn foreign(conn: &mut SqliteConnection) -> Result<Vec<Foreign>> {
    Ok(sqlx::query_file_as!(Foreign, "src/workspace/foreign.sql")
        .fetch_all(conn)
        .await?)
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

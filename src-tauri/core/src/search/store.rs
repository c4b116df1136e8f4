//! SQL of the search index.

use sqlx::{SqliteConnection, SqlitePool};

use crate::{
    error::Result,
    value::{Id, Noun},
};

/// What stands in the index of one thing.
pub(super) struct Entry {
    pub id: i64,
    pub title: String,
    pub body: String,
}

/// A row that may match.
pub(super) struct Candidate {
    pub noun: String,
    pub id: Id,
    pub title: String,
    pub body: String,
    /// Lower is better, as bm25() gives it.
    pub rank: f64,
}

pub(super) async fn entry(conn: &mut SqliteConnection, noun: Noun, of: Id) -> Result<Option<Entry>> {
    let noun = noun.as_str();
    Ok(sqlx::query_as!(
        Entry,
        r#"SELECT id AS "id!", title, body FROM search_entry WHERE noun = ?1 AND ref = ?2"#,
        noun,
        of
    )
    .fetch_optional(conn)
    .await?)
}

pub(super) async fn write(
    conn: &mut SqliteConnection,
    noun: Noun,
    of: Id,
    title: &str,
    body: &str,
    pinyin: &str,
) -> Result<i64> {
    let noun = noun.as_str();
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO search_entry (noun, ref, title, body, pinyin) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (noun, ref) DO UPDATE SET title = excluded.title, body = excluded.body, pinyin = excluded.pinyin
           RETURNING id AS "id!""#,
        noun,
        of,
        title,
        body,
        pinyin
    )
    .fetch_one(conn)
    .await?)
}

pub(super) async fn erase(conn: &mut SqliteConnection, entry: i64) -> Result<()> {
    sqlx::query!("DELETE FROM search_entry WHERE id = ?1", entry)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn index(conn: &mut SqliteConnection, entry: i64, title: &str, body: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO search_pair (rowid, title, body) VALUES (?1, ?2, ?3)",
        entry,
        title,
        body
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The index keeps no text (`content=''`): to take an entry out it has to be told again what went in.
pub(super) async fn unindex(conn: &mut SqliteConnection, entry: i64, title: &str, body: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO search_pair (search_pair, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)",
        entry,
        title,
        body
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn find(
    pool: &SqlitePool,
    query: &str,
    nouns: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<Candidate>> {
    Ok(
        sqlx::query_file_as!(Candidate, "src/search/find.sql", query, nouns, limit, offset)
            .fetch_all(pool)
            .await?,
    )
}

/// Entries whose title's pinyin holds `typed` (lower-case letters and digits only: nothing that LIKE would read as a pattern).
pub(super) async fn sounding(
    pool: &SqlitePool,
    typed: &str,
    nouns: &str,
    limit: i64,
) -> Result<Vec<Candidate>> {
    Ok(sqlx::query_as!(
        Candidate,
        r#"SELECT noun, ref AS "id!", title, body, 0.0 AS "rank!: f64" FROM search_entry
           WHERE pinyin LIKE '%' || ?1 || '%' AND (?2 = '[]' OR noun IN (SELECT value FROM json_each(?2)))
           ORDER BY LENGTH(title), id LIMIT ?3"#,
        typed,
        nouns,
        limit
    )
    .fetch_all(pool)
    .await?)
}

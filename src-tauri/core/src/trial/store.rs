//! SQL of trials.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use super::{Acquired, Day, Rating, Trial, Verdict};
use crate::{
    error::{Error, Result},
    value::{Date, Id, Time},
};

struct Row {
    id: Id,
    product: Id,
    product_name: String,
    acquired: Acquired,
    started_on: Date,
    finished_on: Option<Date>,
    verdict: Option<Verdict>,
    verdict_text: String,
    created_at: Time,
    updated_at: Time,
    shortcomings: String,
}

struct DayRow {
    trial: Id,
    on: Date,
    text: String,
    updated_at: Time,
    photos: String,
    ratings: String,
    edits: i64,
}

pub(super) async fn list(
    conn: &mut SqliteConnection,
    id: Option<Id>,
    product: Option<Id>,
) -> Result<Vec<Trial>> {
    let rows = sqlx::query_file_as!(Row, "src/trial/list.sql", id, product)
        .fetch_all(&mut *conn)
        .await?;
    let ids = serde_json::to_string(&rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let mut days: HashMap<Id, Vec<Day>> = HashMap::new();
    for row in sqlx::query_file_as!(DayRow, "src/trial/days.sql", ids)
        .fetch_all(conn)
        .await?
    {
        days.entry(row.trial).or_default().push(Day {
            on: row.on,
            text: row.text,
            photos: serde_json::from_str(&row.photos)?,
            ratings: serde_json::from_str(&row.ratings)?,
            edits: row.edits,
            updated_at: row.updated_at,
        });
    }
    rows.into_iter()
        .map(|row| {
            Ok(Trial {
                id: row.id,
                product: row.product,
                product_name: row.product_name,
                acquired: row.acquired,
                started_on: row.started_on,
                finished_on: row.finished_on,
                verdict: row.verdict,
                verdict_text: row.verdict_text,
                days: days.remove(&row.id).unwrap_or_default(),
                shortcomings: serde_json::from_str(&row.shortcomings)?,
                created_at: row.created_at,
                updated_at: row.updated_at,
            })
        })
        .collect()
}

pub(super) async fn get(conn: &mut SqliteConnection, id: Id) -> Result<Trial> {
    list(conn, Some(id), None)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::not_found("试用", id))
}

pub(super) async fn insert(
    conn: &mut SqliteConnection,
    product: Id,
    acquired: Acquired,
    on: Date,
    now: Time,
) -> Result<Id> {
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO trial (product_id, acquired, started_on, created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?4) RETURNING id AS "id!""#,
        product,
        acquired,
        on,
        now
    )
    .fetch_one(conn)
    .await?)
}

pub(super) async fn stamp(conn: &mut SqliteConnection, id: Id, now: Time) -> Result<()> {
    sqlx::query!("UPDATE trial SET updated_at = ?2 WHERE id = ?1", id, now)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn set_verdict(
    conn: &mut SqliteConnection,
    id: Id,
    verdict: Verdict,
    text: &str,
    on: Date,
) -> Result<()> {
    sqlx::query!(
        "UPDATE trial SET verdict = ?2, verdict_text = ?3, finished_on = ?4 WHERE id = ?1",
        id,
        verdict,
        text,
        on
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A day's id and text.
pub(super) async fn day(conn: &mut SqliteConnection, trial: Id, on: Date) -> Result<Option<(Id, String)>> {
    let row = sqlx::query!(
        r#"SELECT id AS "id!", text FROM trial_day WHERE trial_id = ?1 AND day = ?2"#,
        trial,
        on
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, row.text)))
}

pub(super) async fn put_day(
    conn: &mut SqliteConnection,
    trial: Id,
    on: Date,
    text: &str,
    now: Time,
) -> Result<Id> {
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO trial_day (trial_id, day, text, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)
           ON CONFLICT (trial_id, day) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at
           RETURNING id AS "id!""#,
        trial,
        on,
        text,
        now
    )
    .fetch_one(conn)
    .await?)
}

pub(super) async fn keep_edit(conn: &mut SqliteConnection, day: Id, text: &str, now: Time) -> Result<()> {
    sqlx::query!(
        "INSERT INTO trial_day_edit (day_id, text, replaced_at) VALUES (?1, ?2, ?3)",
        day,
        text,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn set_ratings(conn: &mut SqliteConnection, day: Id, ratings: &[Rating]) -> Result<()> {
    let ratings = serde_json::to_string(ratings)?;
    sqlx::query!("DELETE FROM trial_rating WHERE day_id = ?1", day)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO trial_rating (day_id, scale, value)
         SELECT ?1, value ->> 'scale', value ->> 'value' FROM json_each(?2)",
        day,
        ratings
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The first of these photos (JSON array of ids) that is not there.
pub(super) async fn missing_photo(conn: &mut SqliteConnection, photos: &str) -> Result<Option<Id>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT value + 0 AS "id!: Id" FROM json_each(?1) WHERE value NOT IN (SELECT id FROM photo WHERE trashed_at IS NULL) LIMIT 1"#,
        photos
    )
    .fetch_optional(conn)
    .await?)
}

/// Adds photos (JSON array of ids) to a day, in order, and ties those still loose to the trial and its product.
pub(super) async fn add_photos(
    conn: &mut SqliteConnection,
    day: Id,
    photos: &str,
    trial: Id,
    product: Id,
) -> Result<()> {
    sqlx::query_file!("src/trial/add_photos.sql", day, photos)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "UPDATE photo SET trial_id = COALESCE(trial_id, ?2), product_id = COALESCE(product_id, ?3)
         WHERE id IN (SELECT value FROM json_each(?1))",
        photos,
        trial,
        product
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Answers whether the photo was on the day. A photo on no other day of the trial is loose again.
pub(super) async fn remove_photo(conn: &mut SqliteConnection, trial: Id, day: Id, photo: Id) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM trial_day_photo WHERE day_id = ?1 AND photo_id = ?2",
        day,
        photo
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE photo SET trial_id = NULL WHERE id = ?2 AND trial_id = ?1 AND NOT EXISTS (
           SELECT 1 FROM trial_day_photo AS p JOIN trial_day AS d ON d.id = p.day_id
           WHERE p.photo_id = ?2 AND d.trial_id = ?1)",
        trial,
        photo
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn add_shortcoming(
    conn: &mut SqliteConnection,
    trial: Id,
    text: &str,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO trial_shortcoming (trial_id, text, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        trial,
        text,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn remove_shortcoming(conn: &mut SqliteConnection, trial: Id, text: &str) -> Result<bool> {
    let done = sqlx::query!(
        "DELETE FROM trial_shortcoming WHERE trial_id = ?1 AND text = ?2",
        trial,
        text
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

//! SQL of trials.

use std::collections::HashMap;

use sqlx::{SqliteConnection, SqlitePool};

use super::{Acquired, Day, Edit, Flaw, Rating, Trial, Verdict, suggest::Loose};
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
    acquired_from: String,
    paid: Option<i64>,
    currency: String,
    receipt: Option<Id>,
    ends_on: Option<Date>,
    rhythm: i64,
    created_at: Time,
    updated_at: Time,
}

struct DayRow {
    trial: Id,
    on: Date,
    text: String,
    updated_at: Time,
    written_at: Time,
    photos: String,
    ratings: String,
    edits: i64,
}

impl DayRow {
    fn day(self) -> Result<Day> {
        let ratings: Vec<Rating> = serde_json::from_str(&self.ratings)?;
        // A photo says itself when it was taken; only words and ratings can come too late.
        let spoken = !self.text.is_empty() || !ratings.is_empty();
        Ok(Day {
            on: self.on,
            photos: serde_json::from_str(&self.photos)?,
            edits: self.edits,
            late: spoken && self.written_at.date() > self.on,
            written_at: self.written_at,
            updated_at: self.updated_at,
            text: self.text,
            ratings,
        })
    }
}

struct FlawRow {
    trial: Id,
    id: Id,
    text: String,
    on: Date,
    photo: Option<Id>,
    severity: i64,
    resolved_on: Option<Date>,
    created_at: Time,
}

pub(super) async fn list(
    conn: &mut SqliteConnection,
    id: Option<Id>,
    product: Option<Id>,
    open: bool,
) -> Result<Vec<Trial>> {
    let rows = sqlx::query_file_as!(Row, "src/trial/list.sql", id, product, open)
        .fetch_all(&mut *conn)
        .await?;
    let ids = serde_json::to_string(&rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let mut days: HashMap<Id, Vec<Day>> = HashMap::new();
    for row in sqlx::query_file_as!(DayRow, "src/trial/days.sql", ids)
        .fetch_all(&mut *conn)
        .await?
    {
        days.entry(row.trial).or_default().push(row.day()?);
    }
    let mut flaws: HashMap<Id, Vec<Flaw>> = HashMap::new();
    for row in sqlx::query_file_as!(FlawRow, "src/trial/flaws.sql", ids)
        .fetch_all(conn)
        .await?
    {
        flaws.entry(row.trial).or_default().push(Flaw {
            id: row.id,
            text: row.text,
            on: row.on,
            photo: row.photo,
            severity: row.severity,
            resolved_on: row.resolved_on,
            created_at: row.created_at,
        });
    }
    let whole = |row: Row| {
        let flaws = flaws.remove(&row.id).unwrap_or_default();
        let mut admitted: Vec<&Flaw> = flaws.iter().collect();
        admitted.sort_by_key(|flaw| flaw.id);
        Trial {
            id: row.id,
            product: row.product,
            product_name: row.product_name,
            acquired: row.acquired,
            started_on: row.started_on,
            finished_on: row.finished_on,
            verdict: row.verdict,
            verdict_text: row.verdict_text,
            acquired_from: row.acquired_from,
            paid: row.paid,
            currency: row.currency,
            receipt: row.receipt,
            ends_on: row.ends_on,
            rhythm: row.rhythm,
            days: days.remove(&row.id).unwrap_or_default(),
            shortcomings: admitted.into_iter().map(|flaw| flaw.text.clone()).collect(),
            flaws,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(whole).collect())
}

pub(super) async fn get(conn: &mut SqliteConnection, id: Id) -> Result<Trial> {
    list(conn, Some(id), None, false)
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

pub(super) async fn reopen(conn: &mut SqliteConnection, id: Id) -> Result<()> {
    sqlx::query!(
        "UPDATE trial SET verdict = NULL, finished_on = NULL WHERE id = ?1",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes everything `edit` may change.
pub(super) async fn update(conn: &mut SqliteConnection, trial: &Trial) -> Result<()> {
    sqlx::query!(
        "UPDATE trial SET acquired = ?2, acquired_from = ?3, paid = ?4, currency = ?5, receipt_id = ?6, started_on = ?7, ends_on = ?8,
                rhythm = ?9
         WHERE id = ?1",
        trial.id,
        trial.acquired,
        trial.acquired_from,
        trial.paid,
        trial.currency,
        trial.receipt,
        trial.started_on,
        trial.ends_on,
        trial.rhythm
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Title of a post that rests on one of the trial's days, and the day.
pub(super) async fn cited(conn: &mut SqliteConnection, trial: Id) -> Result<Option<(String, Date)>> {
    let row = sqlx::query_file!("src/trial/cited.sql", trial)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| (row.title, row.on)))
}

/// Deletes a trial with its days; its photos are loose again.
pub(super) async fn delete(conn: &mut SqliteConnection, id: Id) -> Result<()> {
    sqlx::query!("UPDATE photo SET trial_id = NULL WHERE trial_id = ?1", id)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("DELETE FROM trial WHERE id = ?1", id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Scales used for a product or its category, its own first, most used first.
pub(super) async fn scales(pool: &SqlitePool, product: Id, category: &str) -> Result<Vec<String>> {
    Ok(
        sqlx::query_file_scalar!("src/trial/scales.sql", product, category)
            .fetch_all(pool)
            .await?,
    )
}

/// Answers whether there was anything to rename.
pub(super) async fn rename_scale(
    conn: &mut SqliteConnection,
    trial: Id,
    from: &str,
    to: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE trial_rating SET scale = ?3 WHERE scale = ?2 AND day_id IN (SELECT id FROM trial_day WHERE trial_id = ?1)",
        trial,
        from,
        to
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A day as it stands.
pub(super) struct Noted {
    pub id: Id,
    pub text: String,
    pub updated_at: Time,
}

pub(super) async fn day(conn: &mut SqliteConnection, trial: Id, on: Date) -> Result<Option<Noted>> {
    Ok(sqlx::query_as!(
        Noted,
        r#"SELECT id AS "id!", text, updated_at AS "updated_at: Time" FROM trial_day WHERE trial_id = ?1 AND day = ?2"#,
        trial,
        on
    )
    .fetch_optional(conn)
    .await?)
}

pub(super) async fn put_day(
    conn: &mut SqliteConnection,
    trial: Id,
    on: Date,
    text: &str,
    now: Time,
) -> Result<Id> {
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO trial_day (trial_id, day, text, written_at, created_at, updated_at)
           VALUES (?1, ?2, ?3, iif(?3 = '', 0, ?4), ?4, ?4)
           ON CONFLICT (trial_id, day) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at,
             written_at = iif(trial_day.written_at > 0, trial_day.written_at, excluded.written_at)
           RETURNING id AS "id!""#,
        trial,
        on,
        text,
        now
    )
    .fetch_one(conn)
    .await?)
}

/// What a day said before, oldest first.
pub(super) async fn history(conn: &mut SqliteConnection, trial: Id, on: Date) -> Result<Vec<Edit>> {
    Ok(sqlx::query_as!(
        Edit,
        r#"SELECT e.text, e.replaced_at AS "replaced_at: Time"
           FROM trial_day_edit AS e JOIN trial_day AS d ON d.id = e.day_id
           WHERE d.trial_id = ?1 AND d.day = ?2 ORDER BY e.id"#,
        trial,
        on
    )
    .fetch_all(conn)
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
         SELECT ?1, trim(value ->> 'scale'), value ->> 'value' FROM json_each(?2)",
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
    on: Date,
    photo: Option<Id>,
    severity: i64,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO trial_shortcoming (trial_id, text, day, photo_id, severity, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING",
        trial,
        text,
        on,
        photo,
        severity,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn update_shortcoming(conn: &mut SqliteConnection, flaw: &Flaw) -> Result<()> {
    sqlx::query!(
        "UPDATE trial_shortcoming SET text = ?2, day = ?3, photo_id = ?4, severity = ?5, resolved_on = ?6 WHERE id = ?1",
        flaw.id,
        flaw.text,
        flaw.on,
        flaw.photo,
        flaw.severity,
        flaw.resolved_on
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

/// Photos of the creator's own camera that lie in no trial day, in the order they were taken: these, or all.
pub(super) async fn loose(conn: &mut SqliteConnection, ids: Option<&[Id]>) -> Result<Vec<Loose>> {
    let ids = ids.map(serde_json::to_string).transpose()?;
    Ok(sqlx::query_file_as!(Loose, "src/trial/loose.sql", ids)
        .fetch_all(conn)
        .await?)
}

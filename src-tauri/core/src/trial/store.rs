//! SQL of trials.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use super::{Acquired, Day, Flaw, Rating, Trial, Verdict, VerdictEdit};
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
    before: Option<Id>,
    after: Option<Id>,
    ends_on: Option<Date>,
    rhythm: i64,
    scales: String,
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
        Ok(Trial {
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
            before: row.before,
            after: row.after,
            ends_on: row.ends_on,
            rhythm: row.rhythm,
            scales: serde_json::from_str(&row.scales)?,
            days: days.remove(&row.id).unwrap_or_default(),
            shortcomings: admitted.into_iter().map(|flaw| flaw.text.clone()).collect(),
            flaws,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(whole).collect()
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
    said_at: Time,
) -> Result<()> {
    sqlx::query!(
        "UPDATE trial SET verdict = ?2, verdict_text = ?3, finished_on = ?4, verdict_at = ?5 WHERE id = ?1",
        id,
        verdict,
        text,
        on,
        said_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// When the verdict that stands was said first.
pub(super) async fn verdict_at(conn: &mut SqliteConnection, id: Id) -> Result<Time> {
    Ok(
        sqlx::query_scalar!(r#"SELECT verdict_at AS "at: Time" FROM trial WHERE id = ?1"#, id)
            .fetch_one(conn)
            .await?,
    )
}

/// Keeps the verdict that stands, if one does, as one that stood until now.
pub(super) async fn keep_verdict(conn: &mut SqliteConnection, id: Id, now: Time) -> Result<()> {
    sqlx::query!(
        "INSERT INTO trial_verdict_edit (trial_id, verdict, text, finished_on, replaced_at)
         SELECT id, verdict, verdict_text, finished_on, ?2 FROM trial
         WHERE id = ?1 AND verdict IS NOT NULL AND finished_on IS NOT NULL",
        id,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What the verdict was before, oldest first.
pub(super) async fn verdict_history(conn: &mut SqliteConnection, id: Id) -> Result<Vec<VerdictEdit>> {
    Ok(sqlx::query_as!(
        VerdictEdit,
        r#"SELECT verdict AS "verdict: Verdict", text, finished_on AS "finished_on: Date", replaced_at AS "replaced_at: Time"
           FROM trial_verdict_edit WHERE trial_id = ?1 ORDER BY id"#,
        id
    )
    .fetch_all(conn)
    .await?)
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
                rhythm = ?9, before_id = ?10, after_id = ?11
         WHERE id = ?1",
        trial.id,
        trial.acquired,
        trial.acquired_from,
        trial.paid,
        trial.currency,
        trial.receipt,
        trial.started_on,
        trial.ends_on,
        trial.rhythm,
        trial.before,
        trial.after
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
/// All rows of a trial as JSON, for [`put_back`].
pub(super) async fn take(conn: &mut SqliteConnection, id: Id) -> Result<String> {
    Ok(sqlx::query_file_scalar!("src/trial/take.sql", id)
        .fetch_one(conn)
        .await?)
}

/// Writes a trial again from what [`take`] told, under the same id. Photos that are gone since are left out.
pub(super) async fn put_back(conn: &mut SqliteConnection, id: Id, kept: &str) -> Result<()> {
    sqlx::query_file!("src/trial/put_back.sql", id, kept)
        .execute(&mut *conn)
        .await?;
    sqlx::query_file!("src/trial/put_back_days.sql", id, kept)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO trial_day_edit (day_id, text, replaced_at, ratings)
         SELECT d.id, e.value ->> 'text', e.value ->> 'replaced_at', e.value ->> 'ratings'
         FROM json_each(?2, '$.days') AS w JOIN trial_day AS d ON d.trial_id = ?1 AND d.day = w.value ->> 'day'
         JOIN json_each(w.value, '$.edits') AS e",
        id,
        kept
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO trial_day_photo (day_id, photo_id, position)
         SELECT d.id, p.value ->> 'id', p.value ->> 'position'
         FROM json_each(?2, '$.days') AS w JOIN trial_day AS d ON d.trial_id = ?1 AND d.day = w.value ->> 'day'
         JOIN json_each(w.value, '$.photos') AS p
         WHERE p.value ->> 'id' IN (SELECT id FROM photo)",
        id,
        kept
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO trial_rating (day_id, scale, value)
         SELECT d.id, r.value ->> 'scale', r.value ->> 'value'
         FROM json_each(?2, '$.days') AS w JOIN trial_day AS d ON d.trial_id = ?1 AND d.day = w.value ->> 'day'
         JOIN json_each(w.value, '$.ratings') AS r",
        id,
        kept
    )
    .execute(&mut *conn)
    .await?;
    put_back_answers(conn, id, kept).await
}

/// What a trial asked for and what it found: scales, flaws, verdicts; and whose it is of the photos that are nobody else's.
async fn put_back_answers(conn: &mut SqliteConnection, id: Id, kept: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO trial_scale (trial_id, scale, position)
         SELECT ?1, value ->> 'scale', value ->> 'position' FROM json_each(?2, '$.scales')",
        id,
        kept
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO trial_shortcoming (trial_id, text, created_at, day, photo_id, severity, resolved_on)
         SELECT ?1, value ->> 'text', value ->> 'created_at', value ->> 'day',
             (SELECT id FROM photo WHERE id = value ->> 'photo_id'), value ->> 'severity', value ->> 'resolved_on'
         FROM json_each(?2, '$.flaws')",
        id,
        kept
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO trial_verdict_edit (trial_id, verdict, text, finished_on, replaced_at)
         SELECT ?1, value ->> 'verdict', value ->> 'text', value ->> 'finished_on', value ->> 'replaced_at'
         FROM json_each(?2, '$.verdicts')",
        id,
        kept
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO trial_refusal (photo_id, trial_id)
         SELECT value, ?1 FROM json_each(?2, '$.refused') WHERE value IN (SELECT id FROM photo)",
        id,
        kept
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE photo SET trial_id = ?1
         WHERE trial_id IS NULL AND id IN (SELECT value FROM json_each(?2, '$.photos'))",
        id,
        kept
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn delete(conn: &mut SqliteConnection, id: Id) -> Result<()> {
    sqlx::query!("UPDATE photo SET trial_id = NULL WHERE trial_id = ?1", id)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("DELETE FROM trial WHERE id = ?1", id)
        .execute(conn)
        .await?;
    Ok(())
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

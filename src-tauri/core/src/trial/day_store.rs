//! SQL of a trial's days: their words, feelings and photos.

use sqlx::{SqliteConnection, SqlitePool};

use super::{Edit, Rating, suggest::Loose};
use crate::{
    error::Result,
    value::{Date, Id, Time},
};

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
    let rows = sqlx::query!(
        r#"SELECT e.text, e.ratings, e.replaced_at AS "replaced_at: Time"
           FROM trial_day_edit AS e JOIN trial_day AS d ON d.id = e.day_id
           WHERE d.trial_id = ?1 AND d.day = ?2 ORDER BY e.id"#,
        trial,
        on
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Edit {
                text: row.text,
                ratings: serde_json::from_str(&row.ratings)?,
                replaced_at: row.replaced_at,
            })
        })
        .collect()
}

pub(super) async fn keep_edit(
    conn: &mut SqliteConnection,
    day: Id,
    text: &str,
    ratings: &[Rating],
    now: Time,
) -> Result<()> {
    let ratings = serde_json::to_string(ratings)?;
    sqlx::query!(
        "INSERT INTO trial_day_edit (day_id, text, ratings, replaced_at) VALUES (?1, ?2, ?3, ?4)",
        day,
        text,
        ratings,
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

/// Scales used for a product or its category, its own first, most used first.
pub(super) async fn scales(pool: &SqlitePool, product: Id, category: &str) -> Result<Vec<String>> {
    Ok(
        sqlx::query_file_scalar!("src/trial/scales.sql", product, category)
            .fetch_all(pool)
            .await?,
    )
}

/// Puts these scales in use, in this order, and all others of the trial out of use.
pub(super) async fn set_scales(conn: &mut SqliteConnection, trial: Id, scales: &[String]) -> Result<()> {
    let scales = serde_json::to_string(scales)?;
    sqlx::query!("DELETE FROM trial_scale WHERE trial_id = ?1", trial)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO trial_scale (trial_id, scale, position) SELECT ?1, value, key FROM json_each(?2)",
        trial,
        scales
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Renames a scale on every day that was rated on it; those days keep what they said as an edit. Answers whether there was one.
pub(super) async fn rename_scale(
    conn: &mut SqliteConnection,
    trial: Id,
    from: &str,
    to: &str,
    now: Time,
) -> Result<bool> {
    sqlx::query!(
        "INSERT INTO trial_day_edit (day_id, text, ratings, replaced_at)
         SELECT day_id, '', json_array(json_object('scale', scale, 'value', value)), ?3 FROM trial_rating
         WHERE scale = ?2 AND day_id IN (SELECT id FROM trial_day WHERE trial_id = ?1)",
        trial,
        from,
        now
    )
    .execute(&mut *conn)
    .await?;
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

/// The first of these photos (JSON array of ids) that is not there.
pub(super) async fn missing_photo(conn: &mut SqliteConnection, photos: &str) -> Result<Option<Id>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT value + 0 AS "id!: Id" FROM json_each(?1) WHERE value NOT IN (SELECT id FROM photo WHERE trashed_at IS NULL) LIMIT 1"#,
        photos
    )
    .fetch_optional(conn)
    .await?)
}

/// Adds photos (JSON array of ids) to a day, in order, behind those that are there.
pub(super) async fn add_photos(conn: &mut SqliteConnection, day: Id, photos: &str) -> Result<()> {
    sqlx::query_file!("src/trial/add_photos.sql", day, photos)
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts the photos of a day (JSON array of ids) in this order; one that was not on it is now.
pub(super) async fn order_photos(conn: &mut SqliteConnection, day: Id, photos: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO trial_day_photo (day_id, photo_id, position) SELECT ?1, value, key FROM json_each(?2) WHERE true
         ON CONFLICT (day_id, photo_id) DO UPDATE SET position = excluded.position",
        day,
        photos
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ties photos (JSON array of ids) that are still loose to the trial and its product.
pub(super) async fn tie_photos(
    conn: &mut SqliteConnection,
    photos: &str,
    trial: Id,
    product: Id,
) -> Result<()> {
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

/// Takes a photo off a day; it stays of the trial.
pub(super) async fn remove_photo(conn: &mut SqliteConnection, day: Id, photo: Id) -> Result<()> {
    sqlx::query!(
        "DELETE FROM trial_day_photo WHERE day_id = ?1 AND photo_id = ?2",
        day,
        photo
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Photos of the creator's own camera that lie in no trial day, in the order they were taken: these, or all.
pub(super) async fn loose(conn: &mut SqliteConnection, ids: Option<&[Id]>) -> Result<Vec<Loose>> {
    let ids = ids.map(serde_json::to_string).transpose()?;
    Ok(sqlx::query_file_as!(Loose, "src/trial/loose.sql", ids)
        .fetch_all(conn)
        .await?)
}

/// `photos` is a JSON list.
pub(super) async fn refuse(conn: &mut SqliteConnection, trial: Id, photos: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO trial_refusal (photo_id, trial_id) SELECT id, ?1 FROM photo WHERE id IN (SELECT value FROM json_each(?2))
         ON CONFLICT DO NOTHING",
        trial,
        photos
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// `photos` is a JSON list.
pub(super) async fn ask_again(conn: &mut SqliteConnection, trial: Id, photos: &str) -> Result<()> {
    sqlx::query!(
        "DELETE FROM trial_refusal WHERE trial_id = ?1 AND photo_id IN (SELECT value FROM json_each(?2))",
        trial,
        photos
    )
    .execute(conn)
    .await?;
    Ok(())
}

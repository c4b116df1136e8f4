//! SQL of reviews.

use sqlx::SqliteConnection;

use super::{Consent, ReasonKind, Review, ReviewEdit, ReviewRule, Sensitivity};
use crate::{
    buyer::Salt,
    error::{Error, Result},
    value::{Date, Id, Time},
};

struct Row {
    id: Id,
    product: Id,
    own: bool,
    buyer: Option<String>,
    rating: Option<i64>,
    text: String,
    reasons: String,
    returned: String,
    sensitivity: Option<Sensitivity>,
    declined: String,
    consent: bool,
    source: String,
    note: String,
    said_on: Option<Date>,
    created_at: Time,
    consent_at: Option<Time>,
    consent_how: Option<String>,
    photos: String,
    edits: i64,
    trashed_at: Option<Time>,
}

/// A post that quotes a review.
pub(super) struct Quoting {
    pub id: Id,
    pub title: String,
    pub review: Id,
}

/// All that are taken away, or all that are not. What the rules find is not in it.
pub(super) async fn list(
    conn: &mut SqliteConnection,
    product: Option<Id>,
    trashed: bool,
) -> Result<Vec<Review>> {
    find(conn, None, product, trashed).await
}

async fn find(
    conn: &mut SqliteConnection,
    id: Option<Id>,
    product: Option<Id>,
    trashed: bool,
) -> Result<Vec<Review>> {
    let rows = sqlx::query_file_as!(Row, "src/review/list.sql", id, product, trashed)
        .fetch_all(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Review {
                id: row.id,
                product: row.product,
                own: row.own,
                buyer: row.buyer,
                rating: row.rating,
                text: row.text,
                reasons: serde_json::from_str(&row.reasons)?,
                returned: serde_json::from_str(&row.returned)?,
                sensitivity: row.sensitivity,
                found: Vec::new(),
                declined: serde_json::from_str(&row.declined)?,
                consent: row.consent,
                consent_at: row.consent_at,
                consent_how: row.consent_how.unwrap_or_default(),
                photos: serde_json::from_str(&row.photos)?,
                source: row.source,
                note: row.note,
                said_on: row.said_on,
                edits: row.edits,
                trashed_at: row.trashed_at,
                created_at: row.created_at,
            })
        })
        .collect()
}

/// One, taken away or not.
pub(super) async fn get(conn: &mut SqliteConnection, id: Id) -> Result<Review> {
    find(conn, Some(id), None, false)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::not_found("评价", id))
}

pub(super) async fn insert(conn: &mut SqliteConnection, r: &Review) -> Result<Id> {
    let (reasons, returned) = (
        serde_json::to_string(&r.reasons)?,
        serde_json::to_string(&r.returned)?,
    );
    Ok(sqlx::query_file_scalar!(
        "src/review/insert.sql",
        r.product,
        r.own,
        r.buyer,
        r.rating,
        r.text,
        reasons,
        returned,
        r.sensitivity,
        r.consent,
        r.source,
        r.said_on,
        r.created_at
    )
    .fetch_one(conn)
    .await?)
}

/// Writes everything that can change of a review itself.
pub(super) async fn update(conn: &mut SqliteConnection, r: &Review) -> Result<()> {
    let (reasons, returned, declined) = (
        serde_json::to_string(&r.reasons)?,
        serde_json::to_string(&r.returned)?,
        serde_json::to_string(&r.declined)?,
    );
    sqlx::query_file!(
        "src/review/update.sql",
        r.id,
        r.text,
        r.rating,
        reasons,
        returned,
        r.sensitivity,
        declined,
        r.consent,
        r.source,
        r.note,
        r.said_on
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps what an own review said until now.
pub(super) async fn keep_edit(conn: &mut SqliteConnection, before: &Review, now: Time) -> Result<()> {
    sqlx::query!(
        "INSERT INTO review_edit (review_id, text, rating, at) VALUES (?1, ?2, ?3, ?4)",
        before.id,
        before.text,
        before.rating,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn edits(conn: &mut SqliteConnection, id: Id) -> Result<Vec<ReviewEdit>> {
    Ok(sqlx::query_as!(
        ReviewEdit,
        r#"SELECT text, rating, at AS "at: Time" FROM review_edit WHERE review_id = ?1 ORDER BY id"#,
        id
    )
    .fetch_all(conn)
    .await?)
}

pub(super) async fn keep_consent(
    conn: &mut SqliteConnection,
    id: Id,
    given: bool,
    how: &str,
    proof: Option<Id>,
    now: Time,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO review_consent (review_id, given, how, photo_id, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        id,
        given,
        how,
        proof,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn consents(conn: &mut SqliteConnection, id: Id) -> Result<Vec<Consent>> {
    Ok(sqlx::query_as!(
        Consent,
        r#"SELECT given AS "given: bool", how, photo_id AS proof, at AS "at: Time"
           FROM review_consent WHERE review_id = ?1 ORDER BY id"#,
        id
    )
    .fetch_all(conn)
    .await?)
}

/// The first of these photos that is not in the library.
pub(super) async fn missing_photo(conn: &mut SqliteConnection, photos: &[Id]) -> Result<Option<Id>> {
    let photos = serde_json::to_string(photos)?;
    Ok(sqlx::query_scalar!(
        r#"SELECT CAST(value AS INTEGER) AS "id!: Id" FROM json_each(?1)
           WHERE value NOT IN (SELECT id FROM photo WHERE trashed_at IS NULL) LIMIT 1"#,
        photos
    )
    .fetch_optional(conn)
    .await?)
}

/// Sets the pictures of a review; of a buyer's, those that are new to it become 买家秀 where nothing speaks against it.
pub(super) async fn set_photos(conn: &mut SqliteConnection, review: &Review, photos: &[Id]) -> Result<()> {
    let ids = serde_json::to_string(photos)?;
    if !review.own {
        sqlx::query!(
            "UPDATE photo SET source = 'buyer'
             WHERE id IN (SELECT value FROM json_each(?1)) AND source = 'own' AND trial_id IS NULL
               AND id NOT IN (SELECT photo_id FROM review_photo WHERE review_id = ?2)",
            ids,
            review.id
        )
        .execute(&mut *conn)
        .await?;
    }
    sqlx::query!(
        "UPDATE photo SET product_id = ?2 WHERE id IN (SELECT value FROM json_each(?1)) AND product_id IS NULL",
        ids,
        review.product
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("DELETE FROM review_photo WHERE review_id = ?1", review.id)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "INSERT INTO review_photo (review_id, photo_id, position)
         SELECT ?2, value, MIN(key) FROM json_each(?1) GROUP BY value",
        ids,
        review.id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Marks reviews as taken away, or brings them back; answers with how many that changed.
pub(super) async fn set_trashed(
    conn: &mut SqliteConnection,
    ids: &[Id],
    trashed_at: Option<Time>,
) -> Result<u64> {
    let ids = serde_json::to_string(ids)?;
    Ok(sqlx::query!(
        "UPDATE review SET trashed_at = ?2
         WHERE id IN (SELECT value FROM json_each(?1)) AND (trashed_at IS NULL) <> (?2 IS NULL)",
        ids,
        trashed_at
    )
    .execute(conn)
    .await?
    .rows_affected())
}

/// Ids of those that were taken away: of these, or all.
pub(super) async fn trashed(conn: &mut SqliteConnection, ids: Option<&[Id]>) -> Result<Vec<Id>> {
    let ids = ids.map(serde_json::to_string).transpose()?;
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id!: Id" FROM review
           WHERE trashed_at IS NOT NULL AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))"#,
        ids
    )
    .fetch_all(conn)
    .await?)
}

/// Deletes reviews with all that hangs on them.
pub(super) async fn delete(conn: &mut SqliteConnection, ids: &[Id]) -> Result<()> {
    let ids = serde_json::to_string(ids)?;
    sqlx::query!(
        "DELETE FROM review WHERE id IN (SELECT value FROM json_each(?1))",
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many of a product, or of all, were taken away.
pub(super) async fn count_trashed(conn: &mut SqliteConnection, product: Option<Id>) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "count!: i64" FROM review WHERE trashed_at IS NOT NULL AND (?1 IS NULL OR product_id = ?1)"#,
        product
    )
    .fetch_one(conn)
    .await?)
}

/// Posts whose text, or a channel's wording of it, quotes one of these reviews.
pub(super) async fn quoting(conn: &mut SqliteConnection, ids: &[Id]) -> Result<Vec<Quoting>> {
    let ids = serde_json::to_string(ids)?;
    Ok(sqlx::query_file_as!(Quoting, "src/review/quoted.sql", ids)
        .fetch_all(conn)
        .await?)
}

/// Whether the same buyer's same words stand there already, taken away ones too. Of a buyer hashed with another key nobody
/// can tell whether it is the same one: the same words of the same day then count as known.
pub(super) async fn is_known(conn: &mut SqliteConnection, r: &Review, salt: &Salt) -> Result<bool> {
    let buyers = sqlx::query_scalar!(
        "SELECT DISTINCT buyer FROM review WHERE product_id = ?1 AND text = ?2 AND own = ?3 AND said_on IS ?4",
        r.product,
        r.text,
        r.own,
        r.said_on
    )
    .fetch_all(conn)
    .await?;
    Ok(buyers.iter().any(|buyer| {
        let of_another = |hash: &String| r.buyer.is_some() && salt.is_of_another(hash);
        *buyer == r.buyer || buyer.as_ref().is_some_and(of_another)
    }))
}

/// The creator's own rules.
pub(super) async fn rules(conn: &mut SqliteConnection) -> Result<Vec<ReviewRule>> {
    let rows = sqlx::query!(
        r#"SELECT kind AS "kind: ReasonKind", label, words, enabled AS "enabled: bool"
           FROM review_rule ORDER BY kind, changed_at, label"#
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReviewRule {
                kind: row.kind,
                label: row.label,
                words: serde_json::from_str(&row.words)?,
                enabled: row.enabled,
                shipped: false,
                own: true,
            })
        })
        .collect()
}

pub(super) async fn put_rule(
    conn: &mut SqliteConnection,
    kind: ReasonKind,
    label: &str,
    words: &[String],
    enabled: bool,
    now: Time,
) -> Result<()> {
    let words = serde_json::to_string(words)?;
    sqlx::query!(
        "INSERT INTO review_rule (kind, label, words, enabled, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (kind, label)
         DO UPDATE SET words = excluded.words, enabled = excluded.enabled, changed_at = excluded.changed_at",
        kind,
        label,
        words,
        enabled,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn remove_rule(conn: &mut SqliteConnection, kind: ReasonKind, label: &str) -> Result<()> {
    sqlx::query!(
        "DELETE FROM review_rule WHERE kind = ?1 AND label = ?2",
        kind,
        label
    )
    .execute(conn)
    .await?;
    Ok(())
}

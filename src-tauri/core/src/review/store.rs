//! SQL of reviews.

use sqlx::SqliteConnection;

use super::{Review, Sensitivity};
use crate::{
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
    consent: bool,
    source: String,
    said_on: Option<Date>,
    created_at: Time,
}

pub(super) async fn list(
    conn: &mut SqliteConnection,
    id: Option<Id>,
    product: Option<Id>,
) -> Result<Vec<Review>> {
    let rows = sqlx::query_file_as!(Row, "src/review/list.sql", id, product)
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
                consent: row.consent,
                source: row.source,
                said_on: row.said_on,
                created_at: row.created_at,
            })
        })
        .collect()
}

pub(super) async fn get(conn: &mut SqliteConnection, id: Id) -> Result<Review> {
    list(conn, Some(id), None)
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

pub(super) async fn update(conn: &mut SqliteConnection, r: &Review) -> Result<()> {
    let (reasons, returned) = (
        serde_json::to_string(&r.reasons)?,
        serde_json::to_string(&r.returned)?,
    );
    sqlx::query!(
        "UPDATE review SET reasons = ?2, returned = ?3, sensitivity = ?4, consent = ?5 WHERE id = ?1",
        r.id,
        reasons,
        returned,
        r.sensitivity,
        r.consent
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether the same buyer's same words stand there already.
pub(super) async fn is_known(conn: &mut SqliteConnection, r: &Review) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM review WHERE product_id = ?1 AND buyer IS ?2 AND text = ?3 AND own = ?4
           AND said_on IS ?5) AS "is!: bool""#,
        r.product,
        r.buyer,
        r.text,
        r.own,
        r.said_on
    )
    .fetch_one(conn)
    .await?)
}

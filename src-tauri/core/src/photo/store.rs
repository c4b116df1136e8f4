//! The SQL of photos.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
};

use sqlx::{SqliteConnection, SqlitePool};

use super::{Kind, Photo, PhotoCounts, Source, desk::Known, file::Stored};
use crate::{
    error::Result,
    value::{Id, Time},
};

/// A photo as it lies in the table, with the times still apart.
pub(super) struct Row {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) kind: Kind,
    pub(super) format: String,
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) bytes: i64,
    pub(super) duration: Option<i64>,
    pub(super) moving: bool,
    pub(super) profile: String,
    pub(super) unread: String,
    pub(super) note: String,
    pub(super) taken_at: Option<Time>,
    pub(super) taken_offset: Option<i64>,
    pub(super) camera: String,
    pub(super) lens: String,
    pub(super) has_gps: bool,
    pub(super) source: Source,
    pub(super) made: bool,
    pub(super) rating: i64,
    pub(super) pick: i64,
    pub(super) caption: String,
    pub(super) focus_x: f64,
    pub(super) focus_y: f64,
    pub(super) product: Option<Id>,
    pub(super) trial: Option<Id>,
    pub(super) used: i64,
    pub(super) edited: i64,
    pub(super) trashed_at: Option<Time>,
    pub(super) created_at: Time,
}

impl From<Row> for Photo {
    fn from(row: Row) -> Self {
        let taken_at = row
            .taken_at
            .map(|at| row.taken_offset.map_or_else(|| at.to_string(), |o| at.rfc3339(o)));
        Self {
            id: row.id,
            name: row.name,
            hash: row.hash,
            kind: row.kind,
            format: row.format,
            width: row.width,
            height: row.height,
            bytes: row.bytes,
            duration: row.duration,
            moving: row.moving,
            profile: row.profile,
            unread: row.unread,
            note: row.note,
            taken_at,
            camera: row.camera,
            lens: row.lens,
            has_gps: row.has_gps,
            source: row.source,
            made: row.made,
            rating: row.rating,
            pick: row.pick,
            caption: row.caption,
            focus_x: row.focus_x,
            focus_y: row.focus_y,
            product: row.product,
            trial: row.trial,
            used: row.used,
            edited: row.edited,
            trashed_at: row.trashed_at,
            created_at: row.created_at,
        }
    }
}

/// Ids as the JSON array that `json_each` takes apart.
pub(super) fn json(ids: &[Id]) -> String {
    serde_json::Value::from(ids).to_string()
}

/// Photos by id, in the order of the ids; absent ones are left out.
pub(super) async fn by_ids(pool: &SqlitePool, ids: &[Id]) -> Result<Vec<Photo>> {
    let ids = json(ids);
    let rows = sqlx::query_file_as!(Row, "src/photo/by_ids.sql", ids)
        .fetch_all(pool)
        .await?;
    Ok(rows.into_iter().map(Photo::from).collect())
}

/// How many photos there are, how many of them are in no post, and how many lie in the trash.
pub(super) async fn totals(pool: &SqlitePool) -> Result<PhotoCounts> {
    Ok(sqlx::query_as!(
        PhotoCounts,
        r#"SELECT count(*) FILTER (WHERE trashed_at IS NULL) AS "all!: i64",
                  count(*) FILTER (WHERE trashed_at IS NULL AND id NOT IN (SELECT photo_id FROM photo_use)) AS "unused!: i64",
                  count(trashed_at) AS "trashed!: i64" FROM photo"#
    )
    .fetch_one(pool)
    .await?)
}

/// The photo with these bytes, and its files.
pub(super) async fn known(pool: &SqlitePool, hash: &str) -> Result<Option<(Known, Stored)>> {
    let row = sqlx::query!(
        r#"SELECT photo.id AS "id!", trashed_at IS NOT NULL AS "trashed!: bool", photo_settled.photo_id IS NOT NULL AS "settled!: bool",
                  source AS "source: Source", product_id, product.name AS "product_name?", trial_id, hash, format
           FROM photo
           LEFT JOIN photo_settled -- by the decision that put it into the trash
               ON photo_settled.photo_id = photo.id AND chosen = 0 AND settled_at = trashed_at
           LEFT JOIN product ON product.id = photo.product_id
           WHERE hash = ?"#,
        hash
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| {
        let known = Known {
            id: row.id,
            trashed: row.trashed,
            settled: row.settled,
            source: row.source,
            product: row.product_id.zip(row.product_name),
            trial: row.trial_id,
        };
        let (hash, format) = (row.hash, row.format);
        (known, Stored { hash, format })
    }))
}

/// Files photos under a product and a trial where they have none.
pub(super) async fn fill(
    conn: &mut SqliteConnection,
    ids: &[Id],
    product: Option<Id>,
    trial: Option<Id>,
) -> Result<()> {
    let ids = json(ids);
    sqlx::query!(
        "UPDATE photo SET product_id = coalesce(product_id, ?2), trial_id = coalesce(trial_id, ?3)
         WHERE id IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR product_id IS NULL OR product_id = ?2)",
        ids,
        product,
        trial
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The first of these ids that is no photo.
pub(super) async fn lost(conn: &mut SqliteConnection, ids: &[Id]) -> Result<Option<Id>> {
    let ids = json(ids);
    Ok(sqlx::query_scalar!(
        r#"SELECT CAST(value AS INTEGER) AS "id!: i64" FROM json_each(?) WHERE value NOT IN (SELECT id FROM photo) ORDER BY key LIMIT 1"#,
        ids
    )
    .fetch_optional(conn)
    .await?)
}

/// Whether a file of just this size is here.
pub(super) async fn has_size(pool: &SqlitePool, bytes: u64) -> Result<bool> {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM photo WHERE kind <> 'picture' AND bytes = ?) AS "found!: bool""#,
        bytes
    );
    Ok(found.fetch_one(pool).await?)
}

/// Whether there is such a product.
pub(super) async fn is_product(pool: &SqlitePool, id: Id) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM product WHERE id = ?) AS "found!: bool""#,
        id
    );
    Ok(found.fetch_one(pool).await?)
}

/// The product of a trial; `None` when there is no such trial.
pub(super) async fn product_of_trial(pool: &SqlitePool, trial: Id) -> Result<Option<Id>> {
    Ok(
        sqlx::query_scalar!("SELECT product_id FROM trial WHERE id = ?", trial)
            .fetch_optional(pool)
            .await?,
    )
}

/// Adds photos in one statement; answers with `(hash, id)` of those that were not there yet.
pub(super) async fn insert(conn: &mut SqliteConnection, rows: &str, now: Time) -> Result<Vec<(String, Id)>> {
    let new = sqlx::query_file!("src/photo/insert.sql", rows, now)
        .fetch_all(conn)
        .await?;
    Ok(new.into_iter().map(|row| (row.hash, row.id)).collect())
}

/// What an edit sets; an absent field stays.
pub(super) struct Change<'a> {
    pub source: Option<Source>,
    pub rating: Option<i64>,
    pub pick: Option<i64>,
    pub caption: Option<&'a str>,
    pub focus: Option<(f64, f64)>,
    pub product: Option<Option<Id>>,
    pub trial: Option<Option<Id>>,
}

pub(super) async fn update(conn: &mut SqliteConnection, ids: &[Id], set: &Change<'_>) -> Result<()> {
    let ids = json(ids);
    let (focus_x, focus_y) = set.focus.unzip();
    let (move_product, product) = (set.product.is_some(), set.product.flatten());
    let (move_trial, trial) = (set.trial.is_some(), set.trial.flatten());
    sqlx::query!(
        "UPDATE photo SET source = coalesce(?1, source), rating = coalesce(?2, rating), pick = coalesce(?3, pick),
                caption = coalesce(?4, caption), focus_x = coalesce(?5, focus_x), focus_y = coalesce(?6, focus_y),
                product_id = iif(?7, ?8, product_id), trial_id = iif(?9, ?10, trial_id)
         WHERE id IN (SELECT value FROM json_each(?11))",
        set.source,
        set.rating,
        set.pick,
        set.caption,
        focus_x,
        focus_y,
        move_product,
        product,
        move_trial,
        trial,
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The first use that keeps one of these photos in the library: `(photo, where it is used)`.
pub(super) async fn use_of(conn: &mut SqliteConnection, ids: &[Id]) -> Result<Option<(Id, String)>> {
    let ids = json(ids);
    let row = sqlx::query_file!("src/photo/use.sql", ids)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| (row.id, row.place)))
}

/// Puts photos into the trash; one that lies there keeps its time.
pub(super) async fn trash(conn: &mut SqliteConnection, ids: &[Id], now: Time) -> Result<()> {
    let ids = json(ids);
    sqlx::query!(
        "UPDATE photo SET trashed_at = ?2 WHERE trashed_at IS NULL AND id IN (SELECT value FROM json_each(?1))",
        ids,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes photos out of the trash; answers with `(id, caption)` of those that lay there.
pub(super) async fn untrash(conn: &mut SqliteConnection, ids: &[Id]) -> Result<Vec<(Id, String)>> {
    let ids = json(ids);
    let back = sqlx::query!(
        r#"UPDATE photo SET trashed_at = NULL
           WHERE trashed_at IS NOT NULL AND id IN (SELECT value FROM json_each(?1)) RETURNING id AS "id!", caption"#,
        ids
    );
    let back = back.fetch_all(conn).await?;
    Ok(back.into_iter().map(|row| (row.id, row.caption)).collect())
}

/// Which of these photos lie in the trash; `None` asks for all that do.
pub(super) async fn trashed(conn: &mut SqliteConnection, ids: Option<&[Id]>) -> Result<Vec<Id>> {
    let ids = ids.map(json);
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM photo
           WHERE trashed_at IS NOT NULL AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1))) ORDER BY id"#,
        ids
    )
    .fetch_all(conn)
    .await?)
}

/// Deletes photos; their files are noted as left over until they are gone too.
pub(super) async fn delete(conn: &mut SqliteConnection, ids: &[Id]) -> Result<i64> {
    let ids = json(ids);
    sqlx::query!(
        "INSERT INTO photo_leftover (hash, format)
         SELECT hash, format FROM photo WHERE id IN (SELECT value FROM json_each(?))
         ON CONFLICT (hash) DO UPDATE SET format = excluded.format",
        ids
    )
    .execute(&mut *conn)
    .await?;
    let gone = sqlx::query!(
        "DELETE FROM photo WHERE id IN (SELECT value FROM json_each(?))",
        ids
    )
    .execute(conn)
    .await?;
    Ok(i64::try_from(gone.rows_affected()).unwrap_or(i64::MAX))
}

/// Photos that were deleted for good while a file of theirs is left; none that came in again since.
pub(super) async fn leftovers(pool: &SqlitePool) -> Result<Vec<Stored>> {
    Ok(sqlx::query_as!(
        Stored,
        "SELECT hash, format FROM photo_leftover WHERE hash NOT IN (SELECT hash FROM photo) ORDER BY hash"
    )
    .fetch_all(pool)
    .await?)
}

/// Forgets leftovers that are gone by now, and those that came in again.
pub(super) async fn forget_leftovers(conn: &mut SqliteConnection, gone: &[&str]) -> Result<()> {
    let gone = serde_json::to_string(gone)?;
    sqlx::query!(
        "DELETE FROM photo_leftover WHERE hash IN (SELECT value FROM json_each(?)) OR hash IN (SELECT hash FROM photo)",
        gone
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The hashes of all photos.
pub(super) async fn hashes(pool: &SqlitePool) -> Result<HashSet<String>> {
    let all = sqlx::query_scalar!("SELECT hash FROM photo")
        .fetch_all(pool)
        .await?;
    Ok(all.into_iter().collect())
}

/// What has a thumbnail, or may have one: pictures, and clips, which are told apart.
pub(super) async fn shown(pool: &SqlitePool) -> Result<Vec<Shown>> {
    let rows = sqlx::query!(
        r#"SELECT kind AS "kind: Kind", hash, format, width, height, fingerprint FROM photo WHERE kind <> 'file' ORDER BY id"#
    );
    let rows = rows.fetch_all(pool).await?;
    let side = |side: i64| u32::try_from(side).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| Shown {
            kind: row.kind,
            sides: (side(row.width), side(row.height)),
            print: row.fingerprint,
            stored: Stored {
                hash: row.hash,
                format: row.format,
            },
        })
        .collect())
}

/// What there is to know of a thumbnail without its original.
pub(super) struct Shown {
    pub kind: Kind,
    pub stored: Stored,
    /// Of the original, upright.
    pub sides: (u32, u32),
    pub print: Option<i64>,
}

/// Every file the library should have, in a fixed order.
pub(super) async fn files(conn: &mut SqliteConnection) -> Result<Vec<Stored>> {
    Ok(
        sqlx::query_as!(Stored, "SELECT hash, format FROM photo ORDER BY hash")
            .fetch_all(conn)
            .await?,
    )
}

/// Pictures whose longer side is above this many pixels, newest first.
pub(super) async fn larger_than(pool: &SqlitePool, side: i64) -> Result<Vec<(Id, Stored)>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", hash, format FROM photo
           WHERE kind = 'picture' AND trashed_at IS NULL AND max(width, height) > ?
           ORDER BY coalesce(taken_at, created_at) DESC, id DESC"#,
        side
    );
    let rows = rows.fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (hash, format) = (row.hash, row.format);
            (row.id, Stored { hash, format })
        })
        .collect())
}

/// Files of the watched folder that were dealt with: size and time of change by path.
pub(super) async fn seen(pool: &SqlitePool) -> Result<HashMap<String, (i64, i64)>> {
    let rows = sqlx::query!("SELECT path, bytes, changed FROM photo_seen");
    let rows = rows.fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.path, (row.bytes, row.changed)))
        .collect())
}

/// Notes files of the watched folder as dealt with.
pub(super) async fn see(conn: &mut SqliteConnection, files: &[(PathBuf, (i64, i64))]) -> Result<()> {
    let files: Vec<_> = files
        .iter()
        .map(|(path, (bytes, changed))| (path.to_string_lossy(), bytes, changed))
        .collect();
    let files = serde_json::to_string(&files)?;
    sqlx::query!(
        "INSERT INTO photo_seen (path, bytes, changed)
         SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1) WHERE true
         ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, changed = excluded.changed",
        files
    )
    .execute(conn)
    .await?;
    Ok(())
}

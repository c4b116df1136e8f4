//! The SQL of photos that look alike, and of whose they are.

use std::collections::HashMap;

use sqlx::{SqliteConnection, SqlitePool};

use super::{Kind, Source, duplicates::Face, provenance::Facts, store::json, theirs::Theirs};
use crate::{
    error::Result,
    value::{Id, Time},
};

/// `(photo, print)` of every picture that is compared: in the library, taken rather than put together.
pub(super) async fn prints(pool: &SqlitePool) -> Result<Vec<(Id, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", fingerprint AS "print!" FROM photo
           WHERE fingerprint IS NOT NULL AND trashed_at IS NULL AND kind = 'picture' AND made = 0"#
    );
    Ok(rows
        .fetch_all(pool)
        .await?
        .into_iter()
        .map(|row| (row.id, row.print))
        .collect())
}

/// The pictures that a brand or a buyer took, those in the trash and those deleted for good too: they are still theirs.
pub(super) async fn theirs(pool: &SqlitePool) -> Result<Vec<Theirs>> {
    Ok(sqlx::query_file_as!(Theirs, "src/photo/theirs.sql")
        .fetch_all(pool)
        .await?)
}

/// Which of these in the trash (`None`: of all) are pictures of a brand, whose looks are kept when they go.
pub(super) async fn going(pool: &SqlitePool, ids: Option<&[Id]>) -> Result<Vec<Id>> {
    let ids = ids.map(json);
    Ok(sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM photo
           WHERE trashed_at IS NOT NULL AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))
             AND fingerprint IS NOT NULL AND kind = 'picture' AND made = 0 AND source = 'brand'"#,
        ids
    )
    .fetch_all(pool)
    .await?)
}

/// Remembers what brands' and buyers' pictures among these are told by, before they are deleted. Of a buyer's nothing is kept that could
/// be seen.
pub(super) async fn remember(conn: &mut SqliteConnection, ids: &[Id]) -> Result<()> {
    let ids = json(ids);
    sqlx::query!(
        "INSERT INTO photo_theirs (hash, source, fingerprint, look, prints, points, width, height, camera)
         SELECT hash, source, fingerprint, iif(source = 'brand', coalesce(look, x''), x''), coalesce(prints, x''),
                iif(source = 'brand', coalesce(points, x''), x''), width, height, camera
         FROM photo LEFT JOIN photo_look ON photo_look.photo_id = photo.id
                    LEFT JOIN photo_points ON photo_points.photo_id = photo.id
         WHERE id IN (SELECT value FROM json_each(?))
           AND fingerprint IS NOT NULL AND kind = 'picture' AND made = 0 AND source IN ('brand', 'buyer')
         ON CONFLICT (hash) DO UPDATE SET source = excluded.source, look = excluded.look, prints = excluded.prints, points = excluded.points",
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What is kept of the looks of pictures that were deleted for good, by hash.
pub(super) async fn gone_looks(pool: &SqlitePool, hashes: &[&str]) -> Result<HashMap<String, Vec<u8>>> {
    let hashes = serde_json::to_string(hashes)?;
    let rows = sqlx::query!(
        "SELECT hash, look FROM photo_theirs WHERE hash IN (SELECT value FROM json_each(?))",
        hashes
    );
    let rows = rows.fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| (row.hash, row.look)).collect())
}

/// How many pixels these photos have, by id.
pub(super) async fn sizes(pool: &SqlitePool, ids: &[Id]) -> Result<HashMap<Id, i64>> {
    let ids = json(ids);
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", width * height AS "pixels!: i64" FROM photo WHERE id IN (SELECT value FROM json_each(?))"#,
        ids
    );
    let rows = rows.fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.pixels)).collect())
}

/// Photos somebody has decided about.
pub(super) async fn settled(pool: &SqlitePool) -> Result<Vec<Id>> {
    Ok(
        sqlx::query_scalar!(r#"SELECT photo_id AS "id!" FROM photo_settled"#)
            .fetch_all(pool)
            .await?,
    )
}

/// What grouping knows of photos with a fingerprint, by id.
pub(super) async fn faces(pool: &SqlitePool, ids: &[Id]) -> Result<Vec<Face>> {
    let ids = json(ids);
    Ok(sqlx::query_file_as!(Face, "src/photo/faces.sql", ids)
        .fetch_all(pool)
        .await?)
}

/// Pairs among these that are different pictures by the creator's word, lower id first.
pub(super) async fn distinct(pool: &SqlitePool, ids: &[Id]) -> Result<Vec<(Id, Id)>> {
    let ids = json(ids);
    let rows = sqlx::query!(
        r#"SELECT photo_id AS "photo_id!", other_id AS "other_id!" FROM photo_distinct
         WHERE photo_id IN (SELECT value FROM json_each(?1)) AND other_id IN (SELECT value FROM json_each(?1))"#,
        ids
    );
    Ok(rows
        .fetch_all(pool)
        .await?
        .into_iter()
        .map(|row| (row.photo_id, row.other_id))
        .collect())
}

/// Keeps looks: a JSON array of `{id, look (hex), sharp}`.
pub(super) async fn put_looks(conn: &mut SqliteConnection, looks: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO photo_look (photo_id, look, sharp)
         SELECT value ->> 'id', unhex(value ->> 'look'), value ->> 'sharp' FROM json_each(?)
         WHERE value ->> 'id' IN (SELECT id FROM photo)
         ON CONFLICT (photo_id) DO UPDATE SET look = excluded.look, sharp = excluded.sharp",
        looks
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets that pictures could not be looked at, so that they are looked at once more.
pub(super) async fn forget_unseen(conn: &mut SqliteConnection) -> Result<()> {
    sqlx::query!("DELETE FROM photo_look WHERE look = x''")
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps the fingerprints of copies: a JSON list of `{id, prints}` with the prints in hex, of photos that have a look.
pub(super) async fn put_prints(conn: &mut SqliteConnection, prints: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE photo_look SET prints = unhex(made.value ->> 'prints') FROM json_each(?) AS made WHERE photo_id = made.value ->> 'id'",
        prints
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Remembers that these were decided about, and which of them is the best.
pub(super) async fn settle(conn: &mut SqliteConnection, ids: &[Id], best: Id, now: Time) -> Result<()> {
    let ids = json(ids);
    sqlx::query!(
        "INSERT INTO photo_settled (photo_id, chosen, settled_at)
         SELECT id, id = ?2, ?3 FROM photo WHERE id IN (SELECT value FROM json_each(?1))
         ON CONFLICT (photo_id) DO UPDATE SET chosen = excluded.chosen, settled_at = excluded.settled_at",
        ids,
        best,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Remembers that each of `ids` is another picture than each of `from`.
pub(super) async fn tell_apart(
    conn: &mut SqliteConnection,
    ids: &[Id],
    from: &[Id],
    now: Time,
) -> Result<()> {
    let (ids, from) = (json(ids), json(from));
    sqlx::query!(
        "INSERT INTO photo_distinct (photo_id, other_id, decided_at)
         SELECT DISTINCT min(a.id, b.id), max(a.id, b.id), ?3 FROM photo AS a JOIN photo AS b ON a.id <> b.id
         WHERE a.id IN (SELECT value FROM json_each(?1)) AND b.id IN (SELECT value FROM json_each(?2))
         ON CONFLICT (photo_id, other_id) DO NOTHING",
        ids,
        from,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets every decision about these among themselves.
pub(super) async fn reopen(conn: &mut SqliteConnection, ids: &[Id]) -> Result<()> {
    let ids = json(ids);
    sqlx::query!(
        "DELETE FROM photo_settled WHERE photo_id IN (SELECT value FROM json_each(?))",
        ids
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "DELETE FROM photo_distinct
         WHERE photo_id IN (SELECT value FROM json_each(?1)) AND other_id IN (SELECT value FROM json_each(?1))",
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The facts of these photos, or of all filed as own, in the library, of a product, of a trial. With `trial` their dates are held
/// beside that one.
pub(super) async fn facts(
    pool: &SqlitePool,
    some: Option<&[Id]>,
    product: Option<Id>,
    trial: Option<Id>,
) -> Result<Vec<Facts>> {
    let some = some.map(json);
    Ok(
        sqlx::query_file_as!(Facts, "src/photo/facts.sql", some, product, trial)
            .fetch_all(pool)
            .await?,
    )
}

/// Keeps or takes back the creator's word that these are their own.
pub(super) async fn claim(conn: &mut SqliteConnection, ids: &[Id], mine: bool, now: Time) -> Result<()> {
    let ids = json(ids);
    sqlx::query!(
        "DELETE FROM photo_mine WHERE photo_id IN (SELECT value FROM json_each(?))",
        ids
    )
    .execute(&mut *conn)
    .await?;
    if mine {
        sqlx::query!(
            "INSERT INTO photo_mine (photo_id, said_at)
             SELECT id, ?2 FROM photo WHERE id IN (SELECT value FROM json_each(?1))",
            ids,
            now
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

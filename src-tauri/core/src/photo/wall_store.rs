//! The SQL of the wall and of lists: the same filter over the same index.

use sqlx::SqlitePool;

use super::{Kind, Photo, PhotoFacets, PhotoFilter, Source, store::Row};
use crate::{
    error::Result,
    value::{Date, Id, Time},
};

/// The answer of wall.sql: columns as comma-separated values, `None` when no photo matches.
pub(super) struct Columns {
    pub ids: Option<String>,
    pub times: Option<String>,
    pub zones: Option<String>,
    pub marks: Option<String>,
    pub products: Option<String>,
}

/// A day in milliseconds.
pub(super) const DAY: i64 = 86_400_000;
/// No time zone is further than this from UTC.
const FURTHEST: i64 = 15 * 3_600_000;
/// Before and after every time that can be written.
const EVER: (i64, i64) = (i64::MIN / 4, i64::MAX / 4);

/// A stretch of days as bounds of instants.
struct Stretch {
    /// Bounds for every time zone, both included: what the index is searched by.
    low: i64,
    high: i64,
    /// For photos whose camera noted no offset: this computer's own days.
    here: (i64, i64),
    /// For photos whose camera noted one: its clock, read as if it were UTC.
    clock: (i64, i64),
}

impl Stretch {
    fn of(filter: &PhotoFilter) -> Self {
        let midnight = |day: Date| days_of(day).saturating_mul(DAY);
        let here = (
            filter.from.map_or(EVER.0, |day| day.begins().0),
            filter.to.map_or(EVER.1, |day| day.ends().0),
        );
        let clock = (
            filter.from.map_or(EVER.0, midnight),
            filter.to.map_or(EVER.1, |day| midnight(day).saturating_add(DAY)),
        );
        Self {
            low: clock.0.min(here.0) - FURTHEST,
            high: clock.1.max(here.1) + FURTHEST,
            here,
            clock,
        }
    }
}

/// Whole days since 1970.
fn days_of(day: Date) -> i64 {
    day.days_since(Date(jiff::civil::Date::constant(1970, 1, 1)))
}

/// Part of the caption, with the signs that LIKE understands taken by their letter.
fn like(text: &str) -> Option<String> {
    let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    (!text.is_empty()).then(|| format!("%{plain}%"))
}

/// `Some` when only used or only unused photos are wanted.
fn used(filter: &PhotoFilter) -> Option<bool> {
    (filter.used || filter.unused).then_some(filter.used)
}

/// One of the two queries that take a filter, with what it takes beside: their conditions are the same, number by number.
macro_rules! filtered {
    ($row:ty, $file:literal, $filter:expr $(, $more:expr)*) => {{
        let filter = $filter;
        let (days, text, used) = (Stretch::of(filter), like(&filter.text), used(filter));
        sqlx::query_file_as!(
            $row,
            $file,
            filter.trashed,
            filter.product,
            filter.trial,
            filter.source,
            filter.kind,
            filter.pick,
            filter.camera,
            filter.min_rating,
            used,
            filter.unfiled,
            days.low,
            days.high,
            days.here.0,
            days.here.1,
            days.clock.0,
            days.clock.1,
            text
            $(, $more)*
        )
    }};
}

pub(super) async fn wall(pool: &SqlitePool, filter: &PhotoFilter) -> Result<Columns> {
    Ok(filtered!(Columns, "src/photo/wall.sql", filter)
        .fetch_one(pool)
        .await?)
}

pub(super) async fn list(pool: &SqlitePool, filter: &PhotoFilter) -> Result<Vec<Photo>> {
    let limit = filter.limit.unwrap_or(-1);
    let rows = filtered!(Row, "src/photo/list.sql", filter, limit, filter.offset)
        .fetch_all(pool)
        .await?;
    Ok(rows.into_iter().map(Photo::from).collect())
}

/// `(photo, stamp)` of every photo that was ever edited for all channels; negative when the edits were taken back.
pub(super) async fn edited(pool: &SqlitePool) -> Result<Vec<(Id, i64)>> {
    let rows = sqlx::query!(
        r#"SELECT photo_id AS "id!", max(id) AS "stamp!: i64", edits = '' AS "back!: bool" FROM photo_edit WHERE channel_id = 0
           GROUP BY photo_id"#
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, if row.back { -row.stamp } else { row.stamp }))
        .collect())
}

pub(super) async fn facets(pool: &SqlitePool) -> Result<PhotoFacets> {
    let counts = sqlx::query!(
        r#"SELECT count(*) FILTER (WHERE trashed_at IS NULL AND kind = 'clip') AS "clips!: i64",
                  count(*) FILTER (WHERE trashed_at IS NULL AND kind = 'file') AS "files!: i64",
                  count(*) FILTER (WHERE trashed_at IS NULL AND pick = 1) AS "picked!: i64",
                  count(*) FILTER (WHERE trashed_at IS NULL AND pick = -1) AS "rejected!: i64"
           FROM photo"#
    )
    .fetch_one(pool)
    .await?;
    let cameras = sqlx::query!(
        r#"SELECT camera, count(*) AS "photos!: i64" FROM photo WHERE trashed_at IS NULL AND camera <> ''
           GROUP BY camera ORDER BY count(*) DESC, camera"#
    )
    .fetch_all(pool)
    .await?;
    Ok(PhotoFacets {
        cameras: cameras.into_iter().map(|row| (row.camera, row.photos)).collect(),
        clips: counts.clips,
        files: counts.files,
        picked: counts.picked,
        rejected: counts.rejected,
    })
}

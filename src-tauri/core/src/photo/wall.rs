//! The wall as columns: 100,000 photos in one answer that is small enough to be there at once.

use std::str::FromStr;

use jiff::civil;

use super::{PhotoFacets, PhotoFilter, Wall, WallDay, wall_store, wall_store::DAY};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Date, Id, Time},
};

/// Every photo that matches, newest first. `limit` and `offset` do not count here.
pub async fn wall(db: &Db, filter: &PhotoFilter) -> Result<Wall> {
    let found = wall_store::wall(db.read(), filter).await?;
    let ids: Vec<Id> = column(found.ids.as_deref())?;
    let marks = column(found.marks.as_deref())?;
    let times: Vec<i64> = column(found.times.as_deref())?;
    let zones = found.zones.as_deref().unwrap_or_default().split(',');
    let products = found.products.as_deref().unwrap_or_default().split(',');
    let mut days = Days::default();
    for ((at, zone), product) in times.into_iter().zip(zones).zip(products) {
        days.put(at, zone.parse().ok(), product.parse().ok());
    }
    Ok(Wall {
        ids,
        marks,
        edited: wall_store::edited(db.read()).await?,
        days: days.done,
    })
}

/// What there is to filter by: cameras, and how many photos of each sort.
pub async fn facets(db: &Db) -> Result<PhotoFacets> {
    wall_store::facets(db.read()).await
}

fn column<T: FromStr>(text: Option<&str>) -> Result<Vec<T>> {
    let values = text.unwrap_or_default().split_terminator(',');
    values
        .map(|value| {
            value
                .parse()
                .map_err(|_| Error::internal("照片墙的索引读不懂，请重开草本。"))
        })
        .collect()
}

/// The days of photos that come in the order of the wall.
#[derive(Default)]
struct Days {
    done: Vec<WallDay>,
    /// The day of this computer the last photo without an offset fell on: photos of one day follow each other, and the calendar of a
    /// time zone is dear to ask.
    here: Option<(Time, Time, Date)>,
}

impl Days {
    /// `product`: as wall.sql writes it, negative for a photo that could prove a trial and does not yet.
    fn put(&mut self, at: i64, offset: Option<i64>, product: Option<Id>) {
        let on = offset.map_or_else(|| self.local(Time(at)), |minutes| clock(at, minutes));
        if self.done.last().is_none_or(|day| day.on != on) {
            self.done.push(WallDay {
                on,
                count: 0,
                products: Vec::new(),
            });
        }
        let Some(day) = self.done.last_mut() else { return };
        day.count += 1;
        if let Some(signed) = product {
            let (id, loose) = (signed.abs(), u32::from(signed < 0));
            match day.products.iter_mut().find(|(known, _)| *known == id) {
                Some((_, count)) => *count += loose,
                None => day.products.push((id, loose)),
            }
        }
    }

    fn local(&mut self, at: Time) -> Date {
        if let Some((begins, ends, on)) = self.here
            && begins <= at
            && at < ends
        {
            return on;
        }
        let on = at.date();
        self.here = Some((on.begins(), on.ends(), on));
        on
    }
}

/// The civil day on a clock `minutes` east of UTC.
fn clock(at: i64, minutes: i64) -> Date {
    let days = at.saturating_add(minutes.saturating_mul(60_000)).div_euclid(DAY);
    let epoch = civil::Date::constant(1970, 1, 1);
    let day = jiff::Span::new()
        .try_days(days)
        .ok()
        .and_then(|span| epoch.checked_add(span).ok());
    Date(day.unwrap_or(epoch))
}

//! What the sync tests share: a workspace with a shop, and the orders that came into it.

use caoben::{
    db::Db,
    job::Job,
    order::{self, Order, OrderFilter},
    shop::{self, Depth, NewShop, ShopKind, Synced},
    value::{Id, Time},
};
use tempfile::TempDir;

use crate::woo::{NewOrder, WooDouble};

/// Where a WooCommerce shop is, and how it keeps its orders.
#[derive(Clone, Copy)]
pub struct Place {
    pub zone: &'static str,
    pub hpos: bool,
}

impl Place {
    /// Opens an empty shop there, over plain http.
    pub async fn open(self) -> WooDouble {
        let site = WooDouble::start(false).await;
        site.with().move_to(self.zone);
        site.with().hpos = self.hpos;
        site
    }
}

/// Makes a test of each function in every place: a stamp that is read in the wrong zone shows at +8 as missing orders, at −8
/// as too many, at +5:30 where somebody counts in whole hours, and at UTC not at all.
macro_rules! everywhere {
    ($($test:ident),* $(,)?) => {
        $crate::sync::everywhere! { @at_utc "UTC" false $($test)* }
        $crate::sync::everywhere! { @in_shanghai "Asia/Shanghai" false $($test)* }
        $crate::sync::everywhere! { @in_shanghai_in_tables "Asia/Shanghai" true $($test)* }
        $crate::sync::everywhere! { @in_los_angeles_in_tables "America/Los_Angeles" true $($test)* }
        $crate::sync::everywhere! { @in_kolkata "Asia/Kolkata" false $($test)* }
    };
    (@$place:ident $zone:literal $hpos:literal $($test:ident)*) => {
        mod $place {
            const PLACE: $crate::sync::Place = $crate::sync::Place { zone: $zone, hpos: $hpos };
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(PLACE).await;
                }
            )*
        }
    };
}
pub(crate) use everywhere;

/// 2026-11-10 10:00 in Shanghai.
pub const AT: i64 = 1_794_276_000;

/// Three things for 307.00, paid at `at`.
pub fn bought<'a>(at: i64) -> NewOrder<'a> {
    NewOrder {
        at,
        status: "processing",
        lines: &[("SUN-B", 2, 8_900), ("LIP-A", 1, 12_900)],
        ..NewOrder::default()
    }
}

/// A new workspace. Keep the folder for as long as the database is used.
pub async fn workspace() -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = caoben::workspace::create(&folder.path().join("草本"), Time::now())
        .await
        .unwrap();
    (folder, db)
}

/// Connects a shop with its key.
pub async fn connect(db: &Db, kind: ShopKind, url: &str, key: (&str, &str)) -> Id {
    connect_trusting(db, kind, url, key, "").await
}

/// The same with the PEM certificate of the shop's own authority.
pub async fn connect_trusting(
    db: &Db,
    kind: ShopKind,
    url: &str,
    (key, secret): (&str, &str),
    ca: &str,
) -> Id {
    let input = NewShop {
        kind,
        name: format!("小店 {url}"),
        url: url.to_owned(),
        key_env: String::new(),
        secret_env: String::new(),
        key: key.to_owned(),
        secret: secret.to_owned(),
        ca: ca.to_owned(),
    };
    shop::create(db, input, Time::now()).await.unwrap().id
}

/// Syncs one shop and answers what came of it, errors and all.
pub async fn sync(db: &Db, id: Id) -> Synced {
    sync_at(db, id, Time::now()).await
}

/// The same by a computer whose clock says `now`.
pub async fn sync_at(db: &Db, id: Id, now: Time) -> Synced {
    shop::sync(db, &[id], &Job::silent(), now)
        .await
        .unwrap()
        .shops
        .remove(0)
}

/// A sync that reads everything once more and must go through.
pub async fn synced_whole(db: &Db, id: Id) -> Synced {
    let report = shop::sync_to(db, &[id], Depth::Full, &Job::silent(), Time::now()).await;
    let done = report.unwrap().shops.remove(0);
    assert_eq!(done.error, None);
    done
}

/// A sync that must go through.
pub async fn synced(db: &Db, id: Id) -> Synced {
    let done = sync(db, id).await;
    assert_eq!(done.error, None);
    done
}

/// All orders that are in.
pub async fn orders(db: &Db) -> Vec<Order> {
    order::list(db, &OrderFilter::default()).await.unwrap()
}

/// The order with this number.
pub async fn numbered(db: &Db, number: &str) -> Order {
    let mut found = orders(db).await;
    found.retain(|order| order.number == number);
    assert_eq!(found.len(), 1, "{number} is in exactly once");
    found.remove(0)
}

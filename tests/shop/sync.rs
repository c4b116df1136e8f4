//! What the sync tests share: a workspace with a shop, and the orders that came into it.

use caoben::{
    db::Db,
    job::Job,
    order::{self, Order, OrderFilter},
    shop::{self, NewShop, ShopKind, Synced},
    value::{Id, Time},
};
use tempfile::TempDir;

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

//! Connecting and disconnecting shops, and where their keys are.

use std::collections::HashMap;

use url::Url;

use super::{NewShop, Shop, ShopChange, ShopKind, SyncRun, http, store};
use crate::{
    db::{Db, Tx},
    error::{Code, Error, Result},
    product,
    secret::{self, Place},
    setting,
    value::{Id, Noun, Time},
};

/// The setting that names this workspace in the key store.
const WORKSPACE: &str = "workspace_id";

/// The setting that names the keys of its shops there after it was restored: another name, so that rows of a stranger's database never
/// meet the keys of this computer.
const KEYS: &str = "shop_keys_id";

/// Connects a shop. Its keys go to the key store, or stay named environment variables; nothing is asked of the shop
/// ([`super::try_new`] does).
///
/// # Errors
/// `Invalid` for an unusable name, url or missing key; `Conflict` when the name is taken.
pub async fn create(db: &Db, mut input: NewShop, now: Time) -> Result<Shop> {
    check(db, &mut input, None).await?;
    let mut tx = db.begin().await?;
    let id = store::insert(tx.conn(), &input, now).await?;
    keep_keys(&mut tx, id, &input.key, &input.secret).await?;
    tx.touch(Noun::Shop);
    tx.commit().await?;
    one(db, id).await
}

/// Whether a shop can be connected so, with its name and url made plain; `own` may have its name already.
pub(super) async fn check(db: &Db, input: &mut NewShop, own: Option<Id>) -> Result<()> {
    input.name = checked_name(db, &input.name, own).await?;
    if input.kind == ShopKind::File {
        return Ok(());
    }
    input.url = checked_url(input.kind, &input.url)?;
    http::authorities(&input.ca)?;
    let given = |value: &str, env: &str| !value.is_empty() || !env.is_empty();
    if !given(&input.secret, &input.secret_env) {
        return Err(Error::invalid(
            "secret",
            "请填写密钥，或给出存放密钥的环境变量名。",
        ));
    }
    if input.kind == ShopKind::Woocommerce && !given(&input.key, &input.key_env) {
        return Err(Error::invalid(
            "key",
            "请填写 WooCommerce 的 consumer key，或给出存放它的环境变量名。",
        ));
    }
    Ok(())
}

async fn checked_name(db: &Db, name: &str, own: Option<Id>) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid("name", "店铺要有一个名字。"));
    }
    if store::named(db.read(), name)
        .await?
        .is_some_and(|id| Some(id) != own)
    {
        let message = format!("已经有一家叫「{name}」的店铺，请换一个名字。");
        let mut error = Error::new(Code::Conflict, message);
        error.field = Some("name");
        return Err(error);
    }
    Ok(name.to_owned())
}

/// A shop as it would be after a change.
///
/// # Errors
/// `NotFound` for an unknown shop; as [`create`] for what cannot be.
pub(super) async fn changed(db: &Db, id: Id, change: &ShopChange) -> Result<store::Row> {
    let shops = store::all(db.read()).await?;
    let mut shop = shops
        .into_iter()
        .find(|shop| shop.id == id)
        .ok_or_else(|| Error::not_found("店铺", id))?;
    let of_api = [&change.url, &change.key, &change.secret, &change.ca];
    if shop.kind == ShopKind::File && of_api.iter().any(|value| value.is_some()) {
        return Err(Error::invalid(
            "url",
            "这里的订单来自导入的文件，没有地址和密钥，什么都没有改动。",
        ));
    }
    if let Some(name) = &change.name {
        shop.name = checked_name(db, name, Some(id)).await?;
    }
    if let Some(url) = &change.url {
        shop.url = checked_url(shop.kind, url)?;
    }
    if let Some(ca) = &change.ca {
        http::authorities(ca)?;
        shop.ca.clone_from(ca);
    }
    // A key that is typed takes the place of a variable, and the other way round.
    for (env, typed, own) in [
        (&change.key_env, &change.key, &mut shop.key_env),
        (&change.secret_env, &change.secret, &mut shop.secret_env),
    ] {
        match (env, typed) {
            (Some(env), _) => own.clone_from(env),
            (None, Some(typed)) if !typed.is_empty() => own.clear(),
            (None, _) => {}
        }
    }
    Ok(shop)
}

/// Changes a shop. Its orders stay; under another address everything is read once more with the next sync.
///
/// # Errors
/// As [`changed`].
pub async fn edit(db: &Db, id: Id, change: &ShopChange) -> Result<Shop> {
    let before = one(db, id).await?;
    let shop = changed(db, id, change).await?;
    let mut tx = db.begin().await?;
    store::update(tx.conn(), &shop, shop.url != before.url).await?;
    let given = |value: &Option<String>| value.clone().unwrap_or_default();
    keep_keys(&mut tx, id, &given(&change.key), &given(&change.secret)).await?;
    tx.touch(Noun::Shop);
    if shop.name != before.name {
        product::rename_shop(&mut tx, &before.name, &shop.name).await?;
        tx.touch(Noun::Order);
    }
    tx.commit().await?;
    one(db, id).await
}

/// Gives a shop its keys again: after a move to another computer, a changed password, or a session that kept them only for itself.
///
/// # Errors
/// `NotFound` for an unknown shop; `Invalid` for an empty secret or a shop of files.
pub async fn set_key(db: &Db, id: Id, key: &str, secret: &str) -> Result<Shop> {
    if one(db, id).await?.kind == ShopKind::File {
        return Err(Error::invalid("secret", "这里的订单来自导入的文件，不需要密钥。"));
    }
    if secret.is_empty() {
        return Err(Error::invalid("secret", "请填写密钥，原来的没有改动。"));
    }
    let mut tx = db.begin().await?;
    keep_keys(&mut tx, id, key, secret).await?;
    tx.touch(Noun::Shop);
    tx.commit().await?;
    one(db, id).await
}

async fn keep_keys(tx: &mut Tx, id: Id, key: &str, secret: &str) -> Result<()> {
    let workspace = workspace_id(tx).await?;
    for (part, value) in [("key", key), ("secret", secret)] {
        if !value.is_empty() {
            let place = secret::put(&secret_name(&workspace, id, part), value).await?;
            store::set_place(tx.conn(), id, place).await?;
        }
    }
    Ok(())
}

/// The shop's root without a trailing slash; secrets never travel in the open beyond this computer.
fn checked_url(kind: ShopKind, text: &str) -> Result<String> {
    let bad = |message: &str| Err(Error::invalid("url", message));
    let Ok(mut url) = Url::parse(text.trim()) else {
        return bad("看不懂店铺地址，请写成 https://shop.example.com。");
    };
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return bad("店铺地址要以 https:// 开头。");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return bad("店铺地址里不要写账号和密码，请填在密钥一栏。");
    }
    // WooCommerce signs over http and never sends its secret; Vendure would send the password itself.
    if kind == ShopKind::Vendure && url.scheme() == "http" && !http::is_loopback(&url) {
        return bad("用 http 连接会把密码明文发出去，请用 https:// 的地址。");
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The name of this workspace in the key store.
pub(super) async fn workspace_id(tx: &mut Tx) -> Result<String> {
    let renamed = setting::get_in(tx, KEYS).await?;
    match renamed.and_then(|json| serde_json::from_str(&json).ok()) {
        Some(id) => Ok(id),
        None => setting::workspace_id_in(tx).await,
    }
}

/// The name of a shop's `key` or `secret` in the key store.
pub(super) fn secret_name(workspace: &str, shop: Id, part: &str) -> String {
    format!("shop/{workspace}/{shop}/{part}")
}

/// All shops.
pub async fn list(db: &Db) -> Result<Vec<Shop>> {
    let rows = store::all(db.read()).await?;
    let mut runs: HashMap<Id, SyncRun> = store::last_runs(db.read())
        .await?
        .into_iter()
        .map(|run| (run.shop, run))
        .collect();
    let named = match setting::get(db, KEYS).await? {
        Some(json) => Some(json),
        None => setting::get(db, WORKSPACE).await?,
    };
    let workspace = named.and_then(|json| serde_json::from_str(&json).ok());
    let workspace: String = workspace.unwrap_or_default();
    let with_run = |row: store::Row| {
        let run = runs.remove(&row.id);
        shop(row, run, &workspace)
    };
    Ok(rows.into_iter().map(with_run).collect())
}

fn shop(row: store::Row, last_run: Option<SyncRun>, workspace: &str) -> Shop {
    // The key store is not asked here: on some systems every look brings up a question to the person.
    let secret_place = match row.secret_place.as_str() {
        _ if !row.secret_env.is_empty() => Place::Environment,
        "key_store" => Place::KeyStore,
        _ if secret::in_session(&secret_name(workspace, row.id, "secret")) => Place::Session,
        _ => Place::Missing,
    };
    Shop {
        id: row.id,
        kind: row.kind,
        name: row.name,
        url: row.url,
        secret_place,
        last_synced_at: row.last_synced_at,
        last_error: row.last_error,
        orders: row.orders,
        by_hand: row.by_hand,
        last_run,
    }
}

pub(super) async fn one(db: &Db, id: Id) -> Result<Shop> {
    list(db)
        .await?
        .into_iter()
        .find(|shop| shop.id == id)
        .ok_or_else(|| Error::not_found("店铺", id))
}

/// Disconnects a shop and removes its key.
///
/// # Errors
/// `Conflict` when it still has orders and `with_orders` is not set; `Forbidden` for orders entered by hand: neither a shop
/// nor a file could bring them back, so they go one by one, each with a way back.
pub async fn remove(db: &Db, id: Id, with_orders: bool) -> Result<()> {
    let found = one(db, id).await?;
    if found.orders > 0 && found.by_hand {
        let message = format!(
            "「{}」的 {} 单是手记的，只在草本里，没有店铺也没有表格可以取回来，没有删除。不要的请一单一单拿掉。",
            found.name, found.orders
        );
        return Err(Error::new(Code::Forbidden, message));
    }
    if found.orders > 0 && !with_orders {
        let message = format!(
            "「{}」还有 {} 个订单，没有删除。确定连订单一起删除时再试。",
            found.name, found.orders
        );
        return Err(Error::new(Code::Conflict, message));
    }
    let mut tx = db.begin().await?;
    let workspace = workspace_id(&mut tx).await?;
    store::remove(tx.conn(), id).await?;
    for noun in [Noun::Shop, Noun::Order, Noun::Attribution] {
        tx.touch(noun);
    }
    tx.commit().await?;
    for part in ["key", "secret"] {
        secret::remove(&secret_name(&workspace, id, part)).await?;
    }
    Ok(())
}

/// Takes away what would carry this computer's secrets to where a restored database says: the names of environment variables, own
/// certificates, and the name under which the key store knows the keys. Answers how many shops have to be given theirs again.
pub async fn forget_keys(db: &Db) -> Result<i64> {
    let mut tx = db.begin().await?;
    let shops = store::forget_keys(tx.conn()).await?;
    if shops > 0 {
        let id = format!("{:016x}", rand::random::<u64>());
        setting::put(&mut tx, KEYS, &serde_json::to_string(&id)?).await?;
        tx.touch(Noun::Shop);
    }
    tx.commit().await?;
    Ok(shops)
}

/// Earlier syncs of a shop, newest first.
pub async fn history(db: &Db, id: Id) -> Result<Vec<SyncRun>> {
    store::history(db.read(), id).await
}

//! Connecting and disconnecting shops, and where their keys are.

use url::Url;

use super::{NewShop, Shop, ShopKind, SyncRun, http, store};
use crate::{
    db::{Db, Tx},
    error::{Code, Error, Result},
    secret::{self, Place},
    setting,
    value::{Id, Noun, Time},
};

/// The setting that names this workspace in the key store.
const WORKSPACE: &str = "workspace_id";

/// The setting that names the keys of its shops there after it was restored: another name, so that rows of a stranger's database never
/// meet the keys of this computer.
const KEYS: &str = "shop_keys_id";

/// Connects a shop. Its keys go to the key store, or stay named environment variables; nothing is asked of the shop yet.
///
/// # Errors
/// `Invalid` for an unusable name, url or missing key; `Conflict` when the name is taken.
pub async fn create(db: &Db, mut input: NewShop, now: Time) -> Result<Shop> {
    input.name = input.name.trim().to_owned();
    if input.name.is_empty() {
        return Err(Error::invalid("name", "店铺要有一个名字。"));
    }
    if input.kind != ShopKind::File {
        input.url = checked_url(&input)?;
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
    }
    let mut tx = db.begin().await?;
    if store::name_taken(tx.conn(), &input.name).await? {
        let message = format!("已经有一家叫「{}」的店铺，请换一个名字。", input.name);
        let mut error = Error::new(Code::Conflict, message);
        error.field = Some("name");
        return Err(error);
    }
    let id = store::insert(tx.conn(), &input, now).await?;
    keep_keys(&mut tx, id, &input.key, &input.secret).await?;
    tx.touch(Noun::Shop);
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
fn checked_url(input: &NewShop) -> Result<String> {
    let bad = |message: &str| Err(Error::invalid("url", message));
    let Ok(mut url) = Url::parse(input.url.trim()) else {
        return bad("看不懂店铺地址，请写成 https://shop.example.com。");
    };
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return bad("店铺地址要以 https:// 开头。");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return bad("店铺地址里不要写账号和密码，请填在密钥一栏。");
    }
    // WooCommerce signs over http and never sends its secret; Vendure would send the password itself.
    if input.kind == ShopKind::Vendure && url.scheme() == "http" && !http::is_loopback(&url) {
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
    let named = match setting::get(db, KEYS).await? {
        Some(json) => Some(json),
        None => setting::get(db, WORKSPACE).await?,
    };
    let workspace = named.and_then(|json| serde_json::from_str(&json).ok());
    let workspace: String = workspace.unwrap_or_default();
    Ok(rows.into_iter().map(|row| shop(row, &workspace)).collect())
}

fn shop(row: store::Row, workspace: &str) -> Shop {
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
    }
}

async fn one(db: &Db, id: Id) -> Result<Shop> {
    list(db)
        .await?
        .into_iter()
        .find(|shop| shop.id == id)
        .ok_or_else(|| Error::not_found("店铺", id))
}

/// Disconnects a shop and removes its key; `Conflict` when it still has orders and `with_orders` is not set.
pub async fn remove(db: &Db, id: Id, with_orders: bool) -> Result<()> {
    let found = one(db, id).await?;
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

//! A shop's address and key, and the connector they open.

use std::time::Duration;

use url::Url;

use super::{
    NewShop, ShopChange, ShopKind, ShopTried,
    connect::{changed, check, secret_name, workspace_id},
    http::Http,
    source::Source,
    store,
    vendure::Vendure,
    woocommerce::Woocommerce,
};
use crate::{
    buyer::Salt,
    db::Db,
    error::{Code, Error, Result},
    job::{Job, Progress},
    secret,
    value::{Id, Time},
};

/// Nobody waits longer to hear whether a key opens.
const TRY: Duration = Duration::from_secs(5);

/// What a connection needs.
pub(super) struct Access {
    kind: ShopKind,
    url: String,
    ca: String,
    key: Option<String>,
    secret: String,
}

/// What a shop's row, the environment and the key store say.
pub(super) async fn of(db: &Db, shop: &store::Row) -> Result<Access> {
    if shop.kind == ShopKind::File {
        return Err(Error::new(
            Code::Invalid,
            "这里的订单来自导入的文件，不能同步；请再导入一次新的文件。",
        ));
    }
    let mut tx = db.begin().await?;
    let workspace = workspace_id(&mut tx).await?;
    tx.commit().await?;
    let key = taken(&shop.key_env, &secret_name(&workspace, shop.id, "key")).await?;
    let secret = taken(&shop.secret_env, &secret_name(&workspace, shop.id, "secret")).await?;
    let secret = secret.ok_or_else(|| missing(&shop.secret_env))?;
    let is_needed = shop.kind == ShopKind::Woocommerce || !shop.key_env.is_empty();
    if is_needed && key.is_none() {
        return Err(missing(&shop.key_env));
    }
    Ok(Access {
        kind: shop.kind,
        url: shop.url.clone(),
        ca: shop.ca.clone(),
        key,
        secret,
    })
}

async fn taken(env: &str, name: &str) -> Result<Option<String>> {
    match environment(env) {
        Some(value) => Ok(Some(value)),
        None => secret::get(name).await,
    }
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name)
        .ok()
        .filter(|value| !name.is_empty() && !value.is_empty())
}

fn missing(env: &str) -> Error {
    let message = match env {
        "" => "没有找到这家店铺的密钥，什么都没有改动。请重新填写密钥。".to_owned(),
        env => format!("环境变量 {env} 没有设置，什么都没有改动。请设置后再试。"),
    };
    Error::new(Code::Unauthorized, message)
}

/// The connector; without `is_patient` nothing is asked twice.
pub(super) async fn open(
    db: &Db,
    access: Access,
    is_patient: bool,
    job: &Job,
    now: Time,
) -> Result<Box<dyn Source>> {
    let salt = Salt::of(db).await?;
    let url = Url::parse(&access.url)
        .map_err(|e| Error::invalid("url", "店铺地址坏了，请重新连接。").because(e))?;
    let http = Http::new(&url, &access.ca, job, now)?;
    let http = if is_patient { http } else { http.impatient() };
    let key = access.key.unwrap_or_default();
    Ok(match access.kind {
        ShopKind::Vendure => Box::new(Vendure::new(http, &url, key, access.secret, salt)),
        _ => Box::new(Woocommerce::new(http, &url, key, access.secret, salt)),
    })
}

/// Tries a shop's address and key before they are saved: an answer within five seconds, whatever it is. Nothing is written.
///
/// # Errors
/// As [`super::create`]; `Unauthorized` with the field `secret`, `NotFound` and `Unreachable` with the field `url`, `Cancelled`.
pub async fn try_new(db: &Db, mut input: NewShop, job: &Job, now: Time) -> Result<ShopTried> {
    check(db, &mut input, None).await?;
    let of = |typed: String, env: &str| Some(typed).filter(|typed| !typed.is_empty()).or(environment(env));
    let secret = of(input.secret, &input.secret_env).ok_or_else(|| missing(&input.secret_env))?;
    let key = of(input.key, &input.key_env);
    if key.is_none() && (input.kind == ShopKind::Woocommerce || !input.key_env.is_empty()) {
        return Err(missing(&input.key_env));
    }
    let access = Access {
        kind: input.kind,
        url: input.url,
        ca: input.ca,
        key,
        secret,
    };
    knock(db, access, job, now).await
}

/// As [`try_new`] for a shop that is there, with a change that is not saved yet; keys that are not given are those it has.
///
/// # Errors
/// As [`try_new`], `NotFound` for an unknown shop.
pub async fn try_change(db: &Db, id: Id, change: &ShopChange, job: &Job, now: Time) -> Result<ShopTried> {
    let shop = changed(db, id, change).await?;
    let typed = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
    let mut access = match (typed(&change.secret), typed(&change.key)) {
        (Some(secret), key) => Access {
            kind: shop.kind,
            url: shop.url.clone(),
            ca: shop.ca.clone(),
            key: match key {
                Some(key) => Some(key),
                None => of(db, &shop).await.ok().and_then(|known| known.key),
            },
            secret,
        },
        (None, _) => of(db, &shop).await?,
    };
    access.key = typed(&change.key).or(access.key);
    knock(db, access, job, now).await
}

/// Asks a connected shop once more with what it has.
///
/// # Errors
/// As [`try_change`].
pub async fn try_shop(db: &Db, id: Id, job: &Job, now: Time) -> Result<ShopTried> {
    try_change(db, id, &ShopChange::default(), job, now).await
}

async fn knock(db: &Db, access: Access, job: &Job, now: Time) -> Result<ShopTried> {
    job.report(Progress {
        done: 0,
        total: Some(1),
        failed: 0,
        note: "正在试着连接店铺……".to_owned(),
    });
    let mut source = open(db, access, false, job, now).await?;
    let late = || {
        let seconds = TRY.as_secs();
        Error::new(
            Code::Unreachable,
            format!("店铺 {seconds} 秒内没有回答，没有保存。请检查网络和店铺地址，或稍后再试。"),
        )
    };
    let answer = match tokio::time::timeout(TRY, source.count()).await {
        Ok(answer) => answer,
        Err(_) => Err(late()),
    };
    let orders = answer.map_err(|mut error| {
        error.message = error
            .message
            .replace("已读到的订单都保留了", "没有保存")
            .replace("后再同步", "后再试");
        error.field = error.field.or(match error.code {
            Code::Unauthorized => Some("secret"),
            Code::NotFound | Code::Unreachable => Some("url"),
            _ => None,
        });
        error
    })?;
    job.report(Progress {
        done: 1,
        total: Some(1),
        failed: 0,
        note: format!("连上了，店铺里有 {orders} 单。"),
    });
    Ok(ShopTried {
        orders: i64::try_from(orders).unwrap_or(i64::MAX),
    })
}

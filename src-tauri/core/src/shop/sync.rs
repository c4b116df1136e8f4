//! Reading a shop's orders: every change once, whatever happens in between.

use std::{collections::HashMap, time::Instant};

use url::Url;

use super::{
    ShopKind, SyncReport, Synced,
    connect::{secret_name, workspace_id},
    http::Http,
    source::{List, PAGE, Source},
    store,
    vendure::Vendure,
    woocommerce::Woocommerce,
};
use crate::{
    buyer::Salt,
    db::Db,
    error::{Code, Error, Result},
    job::{Job, Progress},
    order::{self, SourceOrder},
    secret,
    value::{Id, Noun, Time},
};

/// How far behind the cursor reading begins: shops stamp in whole seconds, commit late, and set their clocks. Reading an
/// order twice costs little; missing one costs trust.
const OVERLAP_MS: i64 = 2 * 60 * 60 * 1000;

/// How long after an order a refund is looked for where a refund does not count as a change.
const REFUND_MS: i64 = 60 * 24 * 60 * 60 * 1000;

/// Syncs shops (all but files when empty), one after another; one shop's failure does not keep the others back.
///
/// # Errors
/// `NotFound` for an unknown shop; everything that goes wrong with a shop is in its [`Synced::error`].
pub async fn sync(db: &Db, ids: &[Id], job: &Job, now: Time) -> Result<SyncReport> {
    let shops = store::all(db.read()).await?;
    if let Some(missing) = ids.iter().find(|id| !shops.iter().any(|shop| shop.id == **id)) {
        return Err(Error::not_found("店铺", missing));
    }
    let wanted = |shop: &store::Row| match ids {
        [] => shop.kind != ShopKind::File,
        ids => ids.contains(&shop.id),
    };
    let mut report = SyncReport::default();
    for shop in shops.iter().filter(|shop| wanted(shop)) {
        if !job.is_cancelled() {
            report.shops.push(one(db, shop, job, now).await?);
        }
    }
    Ok(report)
}

async fn one(db: &Db, shop: &store::Row, job: &Job, now: Time) -> Result<Synced> {
    let started = Instant::now();
    let mut tx = db.begin().await?;
    let run = store::begin(tx.conn(), shop.id, now).await?;
    tx.commit().await?;
    let kind = match shop.kind {
        ShopKind::Vendure => "vendure",
        ShopKind::Woocommerce => "woocommerce",
        ShopKind::File => "file",
    };
    let done = Synced {
        id: shop.id,
        kind: kind.to_owned(),
        name: shop.name.clone(),
        ..Synced::default()
    };
    let mut reading = Reading {
        db,
        shop,
        job,
        now,
        done,
        seen: HashMap::new(),
    };
    let outcome = match open(db, shop, job, now).await {
        Ok(mut source) => {
            let outcome = reading.everything(&mut *source).await;
            reading.done.retries = source.retries();
            outcome
        }
        Err(error) => Err(error),
    };
    let mut done = reading.done;
    done.error = outcome.err().map(|error| error.message);
    done.duration_ms = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
    let mut tx = db.begin().await?;
    store::finish(tx.conn(), run, &done, now).await?;
    tx.touch(Noun::Shop);
    tx.commit().await?;
    Ok(done)
}

/// The connector of a shop, with its key from the environment or the key store.
async fn open(db: &Db, shop: &store::Row, job: &Job, now: Time) -> Result<Box<dyn Source>> {
    if shop.kind == ShopKind::File {
        return Err(Error::new(
            Code::Invalid,
            "这里的订单来自导入的文件，不能同步；请再导入一次新的文件。",
        ));
    }
    let salt = Salt::of(db).await?;
    let mut tx = db.begin().await?;
    let workspace = workspace_id(&mut tx).await?;
    tx.commit().await?;
    let url =
        Url::parse(&shop.url).map_err(|e| Error::invalid("url", "店铺地址坏了，请重新连接。").because(e))?;
    let key = taken(&shop.key_env, &secret_name(&workspace, shop.id, "key")).await?;
    let secret = taken(&shop.secret_env, &secret_name(&workspace, shop.id, "secret")).await?;
    let missing = |env: &str| {
        let message = match env {
            "" => "没有找到这家店铺的密钥，什么都没有改动。请重新填写密钥。".to_owned(),
            env => format!("环境变量 {env} 没有设置，什么都没有改动。请设置后再同步。"),
        };
        Error::new(Code::Unauthorized, message)
    };
    let secret = secret.ok_or_else(|| missing(&shop.secret_env))?;
    let http = Http::new(&url, &shop.ca, job, now)?;
    Ok(match shop.kind {
        // Without a user name the secret is an API key.
        ShopKind::Vendure if shop.key_env.is_empty() || key.is_some() => {
            Box::new(Vendure::new(http, &url, key.unwrap_or_default(), secret, salt))
        }
        ShopKind::Vendure => return Err(missing(&shop.key_env)),
        _ => Box::new(Woocommerce::new(
            http,
            &url,
            key.ok_or_else(|| missing(&shop.key_env))?,
            secret,
            salt,
        )),
    })
}

async fn taken(env: &str, name: &str) -> Result<Option<String>> {
    match std::env::var(env) {
        Ok(value) if !env.is_empty() && !value.is_empty() => Ok(Some(value)),
        _ => secret::get(name).await,
    }
}

/// One sync under way.
struct Reading<'a> {
    db: &'a Db,
    shop: &'a store::Row,
    job: &'a Job,
    now: Time,
    done: Synced,
    /// What was read in this sync, so that overlaps are neither written nor counted twice.
    seen: HashMap<String, blake3::Hash>,
}

impl Reading<'_> {
    /// The trash comes first: once the changes have moved the cursor on, it must be in.
    async fn everything(&mut self, source: &mut dyn Source) -> Result<()> {
        let from = self.shop.cursor.map(|cursor| Time(cursor.0 - OVERLAP_MS));
        if source.also().contains(&List::Trash) {
            self.read(source, List::Trash, from).await?;
        }
        self.read(source, List::Changed, from).await?;
        // A first sync has just read everything.
        if source.also().contains(&List::Placed) && from.is_some() {
            let newest = store::newest_placed(self.db.read(), self.shop.id).await?;
            self.read(
                source,
                List::Placed,
                newest.map(|newest| Time(newest.0 - REFUND_MS)),
            )
            .await?;
        }
        Ok(())
    }

    /// Reads a list by its stamps. After each page reading goes on at the second of its last order, so that orders which
    /// change meanwhile (and so move to the end) do not shift others past us. A second with more orders than a page is
    /// read by page numbers, again and again until a pass brings nothing new.
    async fn read(&mut self, source: &mut dyn Source, list: List, mut after: Option<Time>) -> Result<()> {
        let (mut page, mut fresh) = (1, 0);
        loop {
            self.job.check()?;
            let orders = source.page(list, after, page).await?;
            self.done.pages += 1;
            fresh += self.keep(list, &orders).await?;
            let next = orders
                .last()
                .map(|last| Time(list.stamp(last).0.div_euclid(1000) * 1000 - 1000));
            let next = next.filter(|next| after.is_none_or(|after| *next > after));
            let full = orders.len() >= PAGE;
            if full && next.is_none() {
                page += 1;
            } else if page > 1 && fresh > 0 {
                (page, fresh) = (1, 0);
            } else if full {
                (after, page, fresh) = (next, 1, 0);
            } else {
                return Ok(());
            }
        }
    }

    /// Writes a page and the cursor together; answers how many orders were not seen just so in this sync.
    async fn keep(&mut self, list: List, orders: &[SourceOrder]) -> Result<usize> {
        let mut fresh = Vec::new();
        for order in orders {
            let hash = blake3::hash(&serde_json::to_vec(order)?);
            if self.seen.insert(order.source_key.clone(), hash) != Some(hash) {
                fresh.push(order.clone());
            }
        }
        let mut tx = self.db.begin().await?;
        let done = order::upsert(&mut tx, self.shop.id, &fresh, self.now).await?;
        if let (List::Changed, Some(last)) = (list, orders.last()) {
            store::advance(tx.conn(), self.shop.id, list.stamp(last)).await?;
        }
        tx.commit().await?;
        self.done.new += done.new;
        self.done.updated += done.updated;
        self.done.unchanged += done.unchanged;
        self.done.refunds += done.refunds;
        let read = u64::try_from(self.seen.len()).unwrap_or(u64::MAX);
        let note = format!("{}：已读 {read} 单", self.shop.name);
        self.job.report(Progress {
            done: read,
            total: None,
            failed: 0,
            note,
        });
        Ok(fresh.len())
    }
}

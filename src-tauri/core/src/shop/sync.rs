//! Reading a shop's orders: every change once, whatever happens in between.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Instant,
};

use super::{
    Depth, RefusedOrder, ShopKind, SyncReport, Synced, access,
    source::{Doubt, Glance, List, Listed, PAGE, Source, TRASH, Told},
    store,
    walk::{Step, Walk, before},
};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    job::{Job, Progress},
    order::{self, SourceOrder, Status},
    value::{Id, Noun, Time, show_money},
};

/// How much later than its stamp an order may come up: shops commit late, and their clocks are set. Reading an order twice
/// costs little; missing one costs trust, and the comparison finds what came later still.
const LATE_MS: i64 = 10 * 60 * 1000;

/// The same where the shop does not tell its time.
const BLIND_MS: i64 = 2 * 60 * 60 * 1000;

/// How far back every sync compares what has no stamp: orders that are gone, refunds made and taken back.
const RECENT_MS: i64 = 60 * 24 * 60 * 60 * 1000;

/// Clocks differ: an order of tomorrow is none of the future.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// So many orders may go at once without a question.
const FEW: usize = 50;

/// Syncs shops (all but files when empty), one after another; one shop's failure does not keep the others back.
///
/// # Errors
/// `NotFound` for an unknown shop; everything that goes wrong with a shop is in its [`Synced::error`].
pub async fn sync(db: &Db, ids: &[Id], job: &Job, now: Time) -> Result<SyncReport> {
    sync_to(db, ids, Depth::Recent, job, now).await
}

/// As [`sync`], to a depth.
///
/// # Errors
/// As [`sync`].
pub async fn sync_to(db: &Db, ids: &[Id], depth: Depth, job: &Job, now: Time) -> Result<SyncReport> {
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
        report.shops.push(if job.is_cancelled() {
            Synced {
                error: Some("取消得早，这家还没有读。".to_owned()),
                ..unread(shop)
            }
        } else {
            one(db, shop, depth, job, now).await?
        });
    }
    Ok(report)
}

/// The report of a shop of which nothing was read.
fn unread(shop: &store::Row) -> Synced {
    let kind = match shop.kind {
        ShopKind::Vendure => "vendure",
        ShopKind::Woocommerce => "woocommerce",
        ShopKind::File => "file",
    };
    Synced {
        id: shop.id,
        kind: kind.to_owned(),
        name: shop.name.clone(),
        ..Synced::default()
    }
}

async fn one(db: &Db, shop: &store::Row, depth: Depth, job: &Job, now: Time) -> Result<Synced> {
    let started = Instant::now();
    let mut tx = db.begin().await?;
    let run = store::begin(tx.conn(), shop.id, now).await?;
    tx.commit().await?;
    let done = unread(shop);
    let mut reading = Reading {
        db,
        shop,
        job,
        now,
        done,
        seen: HashMap::new(),
        total: 0,
        clock: now,
        strange: BTreeMap::new(),
    };
    let opened = match access::of(db, shop).await {
        Ok(access) => access::open(db, access, true, job, now).await,
        Err(error) => Err(error),
    };
    let outcome = match opened {
        Ok(mut source) => {
            let outcome = reading.everything(&mut *source, depth).await;
            reading.done.retries = source.retries();
            outcome
        }
        Err(error) => Err(error),
    };
    let unread = reading.unread();
    let mut done = reading.done;
    done.warned.extend(reading.strange.iter().map(|(word, count)| {
        format!("没见过「{word}」这种状态（{count} 单）：店铺说付过款，按已付款算。原词都留着。")
    }));
    let failed = outcome.err().map(|error| error.message);
    let said: Vec<String> = failed.into_iter().chain(unread).collect();
    done.error = Some(said.join("")).filter(|said| !said.is_empty());
    done.duration_ms = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
    let mut tx = db.begin().await?;
    store::finish(tx.conn(), run, &done, now).await?;
    tx.touch(Noun::Shop);
    tx.commit().await?;
    Ok(done)
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
    /// How many orders the lists have, as far as they are known.
    total: u64,
    /// The later of this computer's clock and the shop's.
    clock: Time,
    /// Words for states that nobody told us, of orders that were paid, and how many there are.
    strange: BTreeMap<String, i64>,
}

impl Reading<'_> {
    /// The trash comes first: once the changes have moved the cursor on, it must be in.
    async fn everything(&mut self, source: &mut dyn Source, depth: Depth) -> Result<()> {
        let cursor = self.shop.cursor.filter(|_| depth == Depth::Recent);
        let from = cursor.map(before);
        let mut lack = 0;
        for list in source.also() {
            lack += self.read(source, *list, from).await?.missing;
        }
        let walk = self.read(source, List::Changed, from).await?;
        lack += walk.missing;
        match cursor {
            Some(cursor) => lack += self.compare(source, Time(cursor.0 - RECENT_MS)).await?,
            None if lack == 0 => {
                let known = store::glances(self.db.read(), self.shop.id, Time(i64::MIN)).await?;
                let unmet = known.iter().filter(|order| !self.seen.contains_key(&order.key));
                let unmet: Vec<String> = unmet.map(|order| order.key.clone()).collect();
                let asked = depth == Depth::Full;
                self.look(source, &unmet, if asked { usize::MAX } else { known.len() })
                    .await?;
            }
            None => {}
        }
        if lack == 0 {
            return Ok(());
        }
        let message = format!(
            "店铺说有 {} 单，却有 {lack} 单没有给出来。读到的都保留了，下次会从缺的地方再读。一直这样的话，请在店铺后台看看有没有打不开的订单，\
             以及这个密钥的用户能不能看到全部订单。",
            walk.told().unwrap_or(0)
        );
        Err(Error::new(Code::Unreachable, message))
    }

    /// Reads a list to its end, writing each part; the cursor follows for as long as nothing is missing.
    async fn read(&mut self, source: &mut dyn Source, list: List, from: Option<Time>) -> Result<Walk> {
        let mut walk = Walk::new(from);
        loop {
            self.job.check()?;
            let page = source.page(list, walk.after, walk.skip).await?;
            self.done.pages += 1;
            let places = Told::places(&page.items, walk.after);
            self.clock = self.clock.max(page.clock.unwrap_or(self.clock));
            let orders = self.readable(page.items);
            let is_first = walk.told().is_none();
            let step = walk.take(&places, page.total)?;
            if is_first {
                self.total += u64::try_from(page.total.unwrap_or(0)).unwrap_or(0);
            }
            let reached = places.last().map(|(_, stamp)| *stamp);
            // What cannot be read is asked for again until it can be.
            let is_whole = walk.is_whole() && self.done.refused.is_empty();
            let reached = reached.filter(|_| list == List::Changed && step != Step::Loose && is_whole);
            self.keep(&orders, reached.map(|at| settled(at, page.clock)))
                .await?;
            if step == Step::End {
                return Ok(walk);
            }
        }
    }

    /// Holds what is known of the orders that changed lately against what the shop has: orders go for good, and refunds
    /// come and go, without a stamp that says so. Answers how many orders the shop counts and does not show.
    async fn compare(&mut self, source: &mut dyn Source, since: Time) -> Result<usize> {
        self.job.check()?;
        let known = store::glances(self.db.read(), self.shop.id, since).await?;
        let listed = known.iter().filter(|order| order.source_status != TRASH).count();
        let (doubtful, missing) = match source.doubts(since, &known).await? {
            Doubt::These(keys) => (keys, 0),
            Doubt::All => self.differing(source, since, &known).await?,
        };
        self.look(source, &doubtful, listed).await?;
        Ok(missing)
    }

    /// Every order that the shop tells differently, or does not tell any more, since its stamp.
    async fn differing(
        &mut self,
        source: &mut dyn Source,
        since: Time,
        known: &[Glance],
    ) -> Result<(Vec<String>, usize)> {
        let ours: HashMap<&str, &Glance> = known.iter().map(|order| (order.key.as_str(), order)).collect();
        let mut walk = Walk::new(Some(since));
        let mut doubtful = Vec::new();
        loop {
            self.job.check()?;
            let page = source.glances(walk.after, walk.skip).await?;
            self.done.pages += 1;
            let places: Vec<_> = page.items.iter().map(Listed::place).collect();
            let differs = |told: &&Glance| ours.get(told.key.as_str()).is_none_or(|ours| ours.differs(told));
            doubtful.extend(page.items.iter().filter(differs).map(|told| told.key.clone()));
            if walk.take(&places, page.total)? == Step::End {
                break;
            }
        }
        let gone = |order: &&Glance| order.source_status != TRASH && !walk.met(&order.key);
        doubtful.extend(known.iter().filter(gone).map(|order| order.key.clone()));
        doubtful.sort_unstable();
        doubtful.dedup();
        Ok((doubtful, walk.missing))
    }

    /// Reads these orders as they are now; those that are there no more keep their row and lose their credit. When most of
    /// `known` seem to be gone it is another shop that answers, or an emptied one, and nobody may lose credit unasked.
    async fn look(&mut self, source: &mut dyn Source, keys: &[String], known: usize) -> Result<()> {
        let mut absent = Vec::new();
        for keys in keys.chunks(PAGE) {
            self.job.check()?;
            let found = source.these(keys).await?;
            let told: HashSet<&str> = found.iter().map(Told::key).collect();
            absent.extend(keys.iter().filter(|key| !told.contains(key.as_str())).cloned());
            let orders = self.readable(found);
            self.keep(&orders, None).await?;
        }
        if absent.len() > FEW && absent.len() > known / 2 {
            let message = format!(
                "这里最近有 {known} 单，店铺里却少了 {} 单，像是换了一家店，或店铺被清空了。这些订单都没有改动。请核对店铺地址；\
                 确实是删掉了的，请用 caoben shop sync --full 全部重读一遍。",
                absent.len()
            );
            return Err(Error::new(Code::Conflict, message));
        }
        let mut gone = Vec::new();
        for key in absent {
            self.job.check()?;
            match source.one(&key).await? {
                Some(told) => {
                    let orders = self.readable(vec![told]);
                    self.keep(&orders, None).await?;
                }
                None => gone.push(key),
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        self.done.erased += order::erase(&mut tx, self.shop.id, &gone, self.now).await?;
        tx.commit().await
    }

    /// The orders that can be written; those that cannot are noted with the reason, each once.
    fn readable(&mut self, told: Vec<Told>) -> Vec<SourceOrder> {
        let mut orders = Vec::with_capacity(told.len());
        for told in told {
            match told {
                Told::Order(order) if order.placed_at.0 > self.clock.0 + DAY_MS => {
                    let why = format!("下单时间 {} 还没有到", order.placed_at);
                    self.refuse(order.number, why);
                }
                Told::Order(order) => {
                    if !self.seen.contains_key(&order.source_key) {
                        self.look_twice(&order);
                    }
                    orders.push(*order);
                }
                Told::Unread(unread) => self.refuse(unread.number, unread.why),
            }
        }
        orders
    }

    fn refuse(&mut self, number: String, reason: String) {
        let reason = reason.trim_end_matches('。').to_owned();
        let refused = RefusedOrder { number, reason };
        if !self.done.refused.contains(&refused) {
            self.done.refused.push(refused);
        }
    }

    /// Notes what goes in and should be looked at.
    fn look_twice(&mut self, order: &SourceOrder) {
        if order.status == Status::Unknown {
            *self.strange.entry(order.source_status.clone()).or_default() += 1;
        }
        if order.refunded > order.gross {
            let money = |amount| show_money(amount, &order.currency);
            self.done.warned.push(format!(
                "订单 {} 退的（{}）比付的（{}）还多，照店铺说的记下了，请在店铺后台核对。",
                order.number,
                money(order.refunded),
                money(order.gross)
            ));
        }
    }

    /// What to say of the orders that could not be read.
    fn unread(&self) -> Option<String> {
        const NAMED: usize = 5;
        let refused = &self.done.refused;
        let named = refused.iter().take(NAMED);
        let mut named: Vec<String> = named
            .map(|refused| format!("{}（{}）", refused.number, refused.reason))
            .collect();
        if refused.len() > NAMED {
            named.push("……".to_owned());
        }
        (!refused.is_empty()).then(|| {
            format!(
                "有 {} 单看不懂，没有收下：{}。其余的都收下了。请在店铺后台看看，改好后再同步一次就会收进来。",
                refused.len(),
                named.join("、")
            )
        })
    }

    /// Writes orders and the cursor together.
    async fn keep(&mut self, orders: &[SourceOrder], reached: Option<Time>) -> Result<()> {
        let mut fresh = Vec::new();
        for order in orders {
            let hash = blake3::hash(&serde_json::to_vec(order)?);
            if self.seen.insert(order.source_key.clone(), hash) != Some(hash) {
                fresh.push(order.clone());
            }
        }
        let mut tx = self.db.begin().await?;
        let done = order::upsert(&mut tx, self.shop.id, &fresh, self.now).await?;
        if let Some(reached) = reached {
            store::advance(tx.conn(), self.shop.id, reached).await?;
        }
        tx.commit().await?;
        self.done.new += done.new;
        self.done.updated += done.updated;
        self.done.unchanged += done.unchanged;
        self.done.refunds += done.refunds;
        let read = u64::try_from(self.seen.len()).unwrap_or(u64::MAX);
        self.job.report(Progress {
            done: read,
            total: Some(self.total.max(read)),
            failed: 0,
            note: format!("{}：已读 {read} 单", self.shop.name),
        });
        Ok(())
    }
}

impl Glance {
    /// Whether the shop tells an order differently.
    fn differs(&self, told: &Self) -> bool {
        (&self.source_status, self.gross, &self.refunds) != (&told.source_status, told.gross, &told.refunds)
    }
}

/// How far everything is in once a part ends at `at`: an order that is being written while the shop answers comes up later,
/// with a stamp from before. Without the shop's clock more is read twice.
fn settled(at: Time, clock: Option<Time>) -> Time {
    match clock {
        Some(clock) => at.min(Time(clock.0 - LATE_MS)),
        None => Time(at.0 - BLIND_MS),
    }
}

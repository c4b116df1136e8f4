//! Who reads what, and who hears of it: the tables every command of the window reads, and for every change the tables it writes and the
//! nouns it calls out, as SQLite and the commits themselves say it. The window's own test holds its queries against this.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use caoben::{
    attribution, bundle, buyer, channel, check, composition,
    db::{Changed, Db},
    job::Job,
    link, order, photo, post, price, product, publication, render, report, retouch, review, sample, shop,
    today, trial,
    value::{Id, Time},
    workspace,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

use crate::{
    money::{paid, write},
    overheard::{Ear, Heard},
    photo::jpeg,
    support::at,
};

fn now() -> Time {
    at("2026-11-22 10:00")
}

/// What the window would send.
fn of<T: DeserializeOwned>(input: Value) -> T {
    serde_json::from_value(input).unwrap()
}

/// A commit: who made it, what it wrote, what it called out.
struct Write {
    by: String,
    tables: BTreeSet<String>,
    nouns: BTreeSet<String>,
}

struct Traffic {
    db: Db,
    ear: Ear,
    changes: Receiver<Changed>,
    /// By the core's own name, `post::list`.
    reads: BTreeMap<String, BTreeSet<String>>,
    writes: Vec<Write>,
}

impl Traffic {
    fn read(&mut self, by: &str, heard: Heard) {
        self.reads.entry(by.to_owned()).or_default().extend(heard.read);
    }

    /// What stands in every table; a row taken out and put back as it was is no change.
    async fn contents(&self) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for table in tables(&self.db).await {
            let columns: Vec<String> =
                sqlx::query_scalar("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info(?)")
                    .bind(&table)
                    .fetch_all(self.db.read())
                    .await
                    .unwrap();
            let sql = format!(
                "SELECT {} FROM \"{table}\" ORDER BY 1",
                columns.join(" || ',' || ")
            );
            let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_all(self.db.read())
                .await
                .unwrap();
            all.insert(table, rows.join("\n"));
        }
        all
    }

    async fn wrote(&mut self, by: &str, heard: Heard, before: &BTreeMap<String, String>) {
        let after = self.contents().await;
        let mut nouns = BTreeSet::new();
        while let Ok(changed) = self.changes.try_recv() {
            nouns.extend(changed.nouns.iter().map(|noun| noun.as_str().to_owned()));
        }
        self.writes.push(Write {
            by: by.to_owned(),
            tables: heard
                .written
                .into_iter()
                .filter(|table| before.get(table) != after.get(table))
                .collect(),
            nouns,
        });
    }
}

macro_rules! read {
    ($all:ident, $room:ident::$verb:ident($($arg:expr),*)) => {{
        $all.ear.at(&$all.db).await;
        let answer = $room::$verb(&$all.db $(, $arg)*).await.unwrap();
        let heard = $all.ear.heard();
        $all.read(concat!(stringify!($room), "::", stringify!($verb)), heard);
        answer
    }};
}

macro_rules! write {
    ($all:ident, $room:ident::$verb:ident($($arg:expr),*)) => {{
        let before = $all.contents().await;
        $all.ear.at(&$all.db).await;
        while $all.changes.try_recv().is_ok() {}
        let answer = $room::$verb(&$all.db $(, $arg)*).await.unwrap();
        let heard = $all.ear.heard();
        $all.wrote(concat!(stringify!($room), "::", stringify!($verb)), heard, &before).await;
        answer
    }};
}

#[tokio::test]
async fn the_committed_traffic_is_what_commands_read_and_commits_call_out() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("sample");
    sample::create(&home, &Job::silent(), now()).await.unwrap();
    let db = workspace::open(&home, now()).await.unwrap();
    let mut all = Traffic {
        changes: db.changes(),
        ear: Ear::new(),
        reads: BTreeMap::new(),
        writes: Vec::new(),
        db,
    };
    reads(&mut all, folder.path()).await;
    goods(&mut all).await;
    photos(&mut all, folder.path()).await;
    trials(&mut all).await;
    reviews(&mut all).await;
    words(&mut all, folder.path()).await;
    trade(&mut all).await;
    // What is read may hang on what is there: once more, with all that was made since.
    reads(&mut all, folder.path()).await;
    let fresh = written(&all, &tables(&all.db).await);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/traffic.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == fresh,
        "ui/src/ipc/traffic.json is stale; UPDATE_GOLDEN=1 writes what is right now, then npm test in ui/"
    );
}

async fn reads(all: &mut Traffic, folder: &Path) {
    let posts = read!(all, post::list(true));
    let (post, channel) = (posts[0].id, read!(all, channel::list())[0].clone());
    let products = read!(all, product::list(&of(json!({}))));
    let product = products
        .iter()
        .max_by_key(|product| product.photos)
        .unwrap()
        .product
        .id;
    let pictures = read!(all, photo::list(&of(json!({ "product": product }))));
    let ids: Vec<Id> = pictures.iter().map(|photo| photo.id).collect();
    let trials = read!(all, trial::list(None));
    let trial = trials.iter().find(|trial| !trial.days.is_empty()).unwrap();
    let orders = read!(all, order::list(&of(json!({}))));
    let reviews = read!(all, review::list(None));
    read!(all, product::get(product));
    read!(all, price::list(product));
    read!(all, photo::get(ids[0]));
    read!(all, photo::some(&ids));
    read!(all, photo::wall(&of(json!({}))));
    read!(all, photo::wall(&of(json!({ "unused": true }))));
    read!(all, photo::wall(&of(json!({ "used": true }))));
    read!(all, photo::facets());
    read!(all, photo::counts());
    read!(all, photo::duplicates());
    read!(all, photo::watched());
    read!(all, photo::provenance(ids[0]));
    read!(all, photo::doubts(of(json!({ "product": product }))));
    read!(all, photo::doubts(of(json!({ "trial": trial.id }))));
    read!(all, photo::doubtful(&ids));
    let template = composition::templates()[0].id.clone();
    let spec = of(json!({ "template": template, "slots": [{ "photo": ids[0] }] }));
    read!(all, composition::preview(&spec, 0, 320));
    let saved = read!(all, composition::list());
    read!(all, composition::of_photo(ids[0]));
    if let Some(one) = saved.first() {
        read!(all, composition::get(one.id));
    }
    read!(
        all,
        review::split(
            &of(json!({ "product": product, "text": "李娜：好用", "source": "" })),
            now()
        )
    );
    read!(
        all,
        review::try_rule(None, of(json!("bought_because")), &["好用".to_owned()])
    );
    let table = folder.join("评价.csv");
    fs::write(&table, "评价,买家\n好用,李娜\n").unwrap();
    read!(all, review::preview(&table, product, None, now()));
    fs::remove_file(&table).unwrap();
    read!(all, retouch::get(ids[0], None));
    read!(all, retouch::history(ids[0], None));
    read!(all, trial::list(Some(product)));
    read!(all, trial::get(trial.id));
    read!(all, trial::history(trial.id, trial.days[0].on));
    read!(all, trial::verdict_history(trial.id));
    read!(all, trial::scales(product));
    read!(all, trial::suggest_days(None, now()));
    read!(all, review::list(Some(product)));
    read!(all, review::trashed(None));
    read!(all, review::history(reviews[0].id));
    read!(all, review::summary(None));
    read!(all, review::summary(Some(product)));
    read!(all, review::rules());
    read!(all, channel::rules(&channel.platform));
    read!(all, post::get(post));
    read!(all, post::versions(post));
    read!(all, post::variant(post, channel.id));
    for one in &posts {
        read!(all, render::render(one.id, channel.id));
        read!(all, check::check(one.id, channel.id, now()));
        read!(all, bundle::handoff(one.id, channel.id));
    }
    let links = read!(all, link::list(&of(json!({}))));
    for link in links.iter().filter(|link| !link.url.is_empty()) {
        all.ear.at(&all.db).await;
        let _ = link::qr_svg(&all.db, link.id).await;
        let heard = all.ear.heard();
        all.read("link::qr_svg", heard);
    }
    read!(all, bundle::list(None));
    read!(all, publication::list(None));
    read!(all, shop::list());
    let shops = shop::list(&all.db).await.unwrap();
    read!(all, shop::history(shops[0].id));
    read!(
        all,
        order::count(&of(json!({ "product": product, "post": post })))
    );
    read!(
        all,
        order::list(&of(
            json!({ "product": product, "post": post, "channel": channel.id })
        ))
    );
    read!(all, order::get(orders[0].id));
    read!(all, attribution::of_order(orders[0].id, of(json!("last"))));
    read!(all, attribution::of_orders(&[orders[0].id], of(json!("last"))));
    read!(all, buyer::status());
    for by in ["posts", "channels", "products", "orders"] {
        read!(all, report::report(of(json!(by)), &of(json!({}))));
    }
    read!(all, report::daily(&of(json!({}))));
    read!(all, today::today(now()));
    read!(all, workspace::info());
}

async fn goods(all: &mut Traffic) {
    let made = write!(
        all,
        product::create(
            of(json!({ "name": "新的", "skus": [{ "shop": "小店", "sku": "X" }] })),
            now()
        )
    );
    write!(
        all,
        product::edit(made.id, of(json!({ "name": "改名", "skus": [] })), now())
    );
    write!(
        all,
        price::add(
            of(json!({ "product": made.id, "amount": 100, "kind": "paid", "place": "", "conditions": "" })),
            now()
        )
    );
    let price = price::list(&all.db, made.id).await.unwrap()[0].id;
    write!(all, price::withdraw(price, now()));
    read!(all, price::withdrawn(made.id));
    write!(all, price::restore(price));
    let gone = product::create(&all.db, of(json!({ "name": "走的" })), now())
        .await
        .unwrap();
    let gone = write!(all, product::remove(gone.id));
    write!(all, product::restore(gone));
}

async fn photos(all: &mut Traffic, folder: &Path) {
    let paths: Vec<_> = (0..4_u32)
        .map(|nth| {
            let path = folder.join(format!("{nth}.jpg"));
            fs::write(&path, jpeg(900 + nth, 320, 400)).unwrap();
            path
        })
        .collect();
    let product = product::list(&all.db, &of(json!({}))).await.unwrap()[0]
        .product
        .id;
    let done = write!(
        all,
        photo::import(
            &of(json!({ "paths": paths, "product": product })),
            &Job::silent(),
            now()
        )
    );
    let ids: Vec<Id> = done.imported.iter().map(|photo| photo.id).collect();
    write!(
        all,
        photo::edit(&ids, of(json!({ "caption": "早上", "rating": 4 })), now())
    );
    write!(all, photo::claim(&ids[..1], true, now()));
    write!(all, photo::tell_apart(&ids[..1], &ids[1..2], now()));
    write!(all, photo::keep_all(ids[0], &ids[1..2], now()));
    write!(all, photo::reopen(&ids[..2]));
    write!(all, photo::keep_best(ids[0], &ids[1..2], now()));
    write!(all, retouch::set(ids[0], None, of(json!({ "turns": 1 })), now()));
    write!(
        all,
        retouch::copy((ids[0], None), &ids[2..3], of(json!({ "shape": true })), now())
    );
    write!(all, retouch::clear(ids[0], None, now()));
    let template = composition::templates()[0].id.clone();
    let slots = [json!({ "photo": ids[0] }), json!({ "photo": ids[2] })];
    let spec = of(json!({ "template": template, "slots": slots, "title": "拼图" }));
    let saved = write!(all, composition::save(None, &spec, now()));
    read!(all, composition::get(saved.composition.id));
    let spec = of(json!({ "template": template, "slots": slots, "title": "另一张" }));
    let other = composition::save(&all.db, None, &spec, now())
        .await
        .unwrap()
        .composition
        .id;
    write!(all, composition::remove(other));
    write!(all, photo::remove(&ids[3..], now()));
    write!(all, photo::restore(&ids[3..]));
    write!(all, photo::remove(&ids[3..], now()));
    write!(all, photo::empty_trash(Some(&ids[3..])));
}

async fn trials(all: &mut Traffic) {
    let product = product::create(&all.db, of(json!({ "name": "要试的" })), now())
        .await
        .unwrap()
        .id;
    let photo = photo::list(&all.db, &of(json!({}))).await.unwrap()[0].id;
    let made = write!(
        all,
        trial::start(
            of(json!({ "product": product, "acquired": "bought", "on": "2026-11-18" })),
            now()
        )
    );
    write!(
        all,
        trial::edit(made.id, of(json!({ "scales": ["控油"], "rhythm": 1 })), now())
    );
    let day = json!({ "on": "2026-11-19", "text": "清爽", "photos": [photo], "ratings": [{ "scale": "控油", "value": 4 }] });
    write!(all, trial::log(made.id, of(day), now()));
    write!(
        all,
        trial::add_shortcoming(made.id, of::<trial::NewFlaw>(json!({ "text": "搓泥" })), now())
    );
    write!(all, trial::remove_shortcoming(made.id, "搓泥", now()));
    write!(all, trial::rename_scale(made.id, "控油", "清爽", now()));
    write!(
        all,
        trial::finish(made.id, of(json!("mixed")), "还行", None, now())
    );
    write!(all, trial::reopen(made.id, now()));
    let empty = trial::start(
        &all.db,
        of(json!({ "product": product, "acquired": "gift", "on": "2026-11-20" })),
        now(),
    )
    .await;
    let gone = write!(all, trial::remove(empty.unwrap().id, now()));
    write!(all, trial::restore(gone, now()));
}

async fn reviews(all: &mut Traffic) {
    let product = product::list(&all.db, &of(json!({}))).await.unwrap()[0]
        .product
        .id;
    let input =
        json!({ "product": product, "text": "真的不搓泥，就是贵", "reasons": ["效果"], "buyer": "李娜" });
    let made = write!(all, review::add(of(input), now()));
    write!(
        all,
        review::edit(made.id, of(json!({ "reasons": ["效果", "价格"] })), now())
    );
    write!(
        all,
        review::consent(made.id, of(json!({ "given": true, "how": "微信里问的" })), now())
    );
    write!(
        all,
        review::set_rule(
            of(json!("bought_because")),
            "香",
            &["好闻".to_owned()],
            true,
            now()
        )
    );
    write!(all, review::reset_rule(of(json!("bought_because")), "香"));
    write!(all, review::remove(&[made.id], now()));
    write!(all, review::restore(&[made.id]));
    write!(all, review::remove(&[made.id], now()));
    write!(all, review::empty_trash(Some(&[made.id])));
}

async fn words(all: &mut Traffic, folder: &Path) {
    let product = product::create(
        &all.db,
        of(json!({ "name": "要写的", "url": "https://shop.example.cn/1" })),
        now(),
    );
    let product = product.await.unwrap().id;
    let photo = photo::list(&all.db, &of(json!({}))).await.unwrap()[0].id;
    let channel = write!(
        all,
        channel::create(of(json!({ "platform": "weibo", "name": "新号" })), now())
    )
    .id;
    write!(all, channel::edit(channel, of(json!({ "name": "改名" }))));
    write!(
        all,
        channel::override_rule(
            of(json!({ "platform": "weibo", "rule": "weibo.body", "value": "900", "reason": "" })),
            now()
        )
    );
    let input = json!({ "title": "题", "body": format!("正文 ![](photo:{photo})"), "products": [product], "photos": [photo] });
    let post = write!(all, post::create(of(input), now())).id;
    write!(
        all,
        post::edit(
            post,
            of(json!({ "title": "题二", "photos": [], "products": [] })),
            now()
        )
    );
    write!(all, post::edit(post, of(json!({ "body": "没有图了" })), now()));
    write!(all, post::edit(post, of(json!({ "title": "题三" })), now()));
    write!(
        all,
        post::set_variant(
            post,
            channel,
            of(json!({ "title": "微博题", "body": format!("![](photo:{photo})") })),
            now()
        )
    );
    write!(all, post::set_padding(post, channel, true, now()));
    write!(all, post::name_version(post, "一稿", now()));
    let versions = post::versions(&all.db, post).await.unwrap();
    write!(all, post::restore(post, versions.last().unwrap().id, now()));
    let link = write!(
        all,
        link::create(
            of(json!({ "post": post, "channel": channel, "product": product })),
            now()
        )
    )
    .id;
    write!(all, link::remove(link, now()));
    write!(all, link::restore(link));
    let what =
        json!({ "post": post, "channels": [channel], "out": folder.join("out"), "override_reason": "测试" });
    write!(all, bundle::export(&of(what), &Job::silent(), now()));
    let out = write!(
        all,
        publication::add(of(json!({ "post": post, "channel": channel })), now())
    );
    write!(
        all,
        publication::edit(out.id, of(json!({ "url": "https://weibo.com/1/Ab" })))
    );
    write!(all, publication::remove(out.id, now()));
    write!(all, publication::restore(out.id));
}

async fn trade(all: &mut Traffic) {
    let shop = json!({ "kind": "file", "name": "文件店", "url": "", "key_env": "", "secret_env": "", "key": "", "secret": "", "ca": "" });
    let made = write!(all, shop::create(of(shop), now()));
    let before = all.contents().await;
    all.ear.at(&all.db).await;
    while all.changes.try_recv().is_ok() {}
    write(&all.db, &[paid("traffic")]).await;
    let heard = all.ear.heard();
    all.wrote("order::upsert", heard, &before).await;
    write!(all, shop::remove(made.id, true));
    let hand = write!(
        all,
        order::add(of(json!({ "title": "皂", "amount": 100, "unpaid": true })), now())
    );
    write!(all, order::edit(hand.id, of(json!({ "unpaid": false })), now()));
    write!(all, order::refund(hand.id, 50, "压坏了", now()));
    write!(all, order::take_back_refund(hand.id, now()));
    let gone = write!(all, order::remove(hand.id));
    write!(all, order::restore(gone, now()));
    write!(all, today::seen(now()));
    write!(all, workspace::set_setting("ui.test", "1"));
}

/// The tables of the schema that anybody's screen may show; the index of the search is asked anew at every key.
async fn tables(db: &Db) -> BTreeSet<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlx%'";
    let names: Vec<String> = sqlx::query_scalar(sql).fetch_all(db.read()).await.unwrap();
    names.into_iter().collect()
}

/// The commands of the window by the core's verb each of them hands on to, read from their source.
fn commands() -> BTreeMap<String, Option<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/src/commands");
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for part in text.split("#[tauri::command]").skip(1) {
            let name = part.split("fn ").nth(1).unwrap().split('(').next().unwrap();
            let verb = part
                .split("(&db")
                .next()
                .filter(|before| before.len() < part.len());
            let verb = verb.and_then(|before| before.rsplit(|c: char| c.is_whitespace() || c == '(').next());
            all.insert(camel(name), verb.map(str::to_owned));
        }
    }
    all
}

/// `list_posts` as TypeScript calls it.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| {
        let (head, tail) = part.split_at(1);
        all + &head.to_uppercase() + tail
    })
}

fn written(all: &Traffic, tables: &BTreeSet<String>) -> String {
    let known = |names: &BTreeSet<String>| names.intersection(tables).cloned().collect::<Vec<_>>();
    let mut reads = BTreeMap::new();
    for (command, verb) in commands() {
        match verb {
            None => {
                reads.insert(command, Vec::new());
            }
            Some(verb) => {
                if let Some(names) = all.reads.get(&verb) {
                    reads.insert(command, known(names));
                }
            }
        }
    }
    // One line a commit, not one a verb: the same verb may call out less when it changes less.
    let mut seen = BTreeSet::new();
    let once = all
        .writes
        .iter()
        .map(|one| (&one.by, known(&one.tables), &one.nouns));
    let mut writes: Vec<Value> = Vec::new();
    for (by, tables, nouns) in once.filter(|one| !one.1.is_empty()) {
        if seen.insert((by, tables.clone(), nouns)) {
            writes.push(json!({ "by": by, "tables": tables, "nouns": nouns }));
        }
    }
    let text = serde_json::to_string_pretty(&json!({ "reads": reads, "writes": writes })).unwrap();
    format!("{text}\n")
}

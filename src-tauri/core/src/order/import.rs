//! Taking in an export file: recognised by its headers, read row by row, written in one transaction or, to try, not at all.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
    sync::Arc,
};

use tokio::sync::mpsc;

use super::{
    OrderImport, SourceOrder, Status, Upserted, before,
    format::{self, Format},
    gather::{self, Lines},
    merge::{Passed, merge},
    read::{Group, Said},
    store,
    upsert::{self, hash},
    word::Word,
};
use crate::{
    buyer::Salt,
    db::{Db, Tx},
    error::{Error, Result},
    product::RefusedRow,
    sheet::Book,
    value::{Id, Noun, Time},
};

/// How many numbers go on together: what is read waits for no more than two batches to be written.
const BATCH: usize = 500;
/// Clocks differ, and so do zones: an order of tomorrow is none of the future.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Takes in an export file. `format` is a name of [`super::formats`], or `auto` to recognise it by its headers.
///
/// A row that cannot be read is refused with its number, and so are the other rows of its order: half an order would be
/// wrong sums. The rest goes in. What is known of an order and the file leaves out stays. `dry_run` counts exactly and writes
/// nothing.
///
/// # Errors
/// `Unreadable` when the file is no table; `Invalid` when it is of no known format.
pub async fn import(db: &Db, file: &Path, format: &str, dry_run: bool, now: Time) -> Result<OrderImport> {
    let salt = Arc::new(Salt::of(db).await?);
    let (send, mut batches) = mpsc::channel(2);
    let (path, name, keys) = (file.to_owned(), format.to_owned(), Arc::clone(&salt));
    let reading = tokio::task::spawn_blocking(move || read(&path, &name, &keys, &send));
    let mut tx = None;
    let mut taking = Taking::default();
    while let Some(batch) = batches.recv().await {
        match batch {
            Batch::Format(format) => {
                let mut begun = db.begin().await?;
                taking.begin(&mut begun, format, now).await?;
                tx = Some(begun);
            }
            Batch::Sheet(name) => taking.sheet = name,
            Batch::Groups(groups) => {
                if let Some(tx) = &mut tx {
                    taking.take(tx, groups, &salt, now).await?;
                }
            }
        }
    }
    let said = reading
        .await
        .map_err(|e| Error::internal("读表格时出错，没有导入任何内容。").because(e))??;
    // Dropped without a commit, nothing happened: that is the dry run. A file without a single good row makes no shop.
    if let (Some(mut tx), Some(shop)) = (tx, taking.shop)
        && !dry_run
        && (!taking.is_new || taking.orders > 0)
    {
        store::imported(tx.conn(), shop, &taking.written, now).await?;
        tx.touch(Noun::Shop);
        tx.commit().await?;
    }
    Ok(taking.done(said, &salt))
}

enum Batch {
    Format(&'static Format),
    /// What follows is from this sheet.
    Sheet(String),
    Groups(Vec<Group>),
}

/// Reads the file and sends what it finds; ends early where nobody takes it any more. Each sheet is read as a file of its own:
/// what an earlier one told of an order is then known, and told once more it is no second line.
fn read(path: &Path, name: &str, salt: &Salt, send: &mpsc::Sender<Batch>) -> Result<Vec<Said>> {
    let book = Book::open(path)?;
    let recognised = format::recognise(&book, name)?;
    let mut all = vec![Said {
        warned: recognised.warned,
        ..Said::default()
    }];
    let mut formats = recognised.sheets.iter().map(|found| found.format);
    if let Some(format) = formats.next()
        && send.blocking_send(Batch::Format(format)).is_err()
    {
        return Ok(all);
    }
    for mut found in recognised.sheets {
        let scan = found.scan(&book)?;
        if send
            .blocking_send(Batch::Sheet(found.sheet_name.clone()))
            .is_err()
        {
            return Ok(all);
        }
        let mut batch = Vec::with_capacity(BATCH);
        let said = found.groups(&book, scan, salt, |group| {
            batch.push(group);
            batch.len() < BATCH
                || send
                    .blocking_send(Batch::Groups(std::mem::take(&mut batch)))
                    .is_ok()
        })?;
        let _ = send.blocking_send(Batch::Groups(batch));
        all.push(said.of_sheet(&found.sheet_name));
    }
    Ok(all)
}

/// What to say of orders of which something in the file does not count.
fn passed_over(why: Passed, numbers: &BTreeSet<String>) -> String {
    let mut named: Vec<&str> = numbers.iter().take(3).map(String::as_str).collect();
    if numbers.len() > named.len() {
        named.push("……");
    }
    let (said, kept) = match why {
        Passed::Alive => ("以前的文件说已退款或已失效，这份文件说没有", "已退款或已失效"),
        Passed::Refund => ("这份文件里的退款比以前的文件少", "退得多的那次"),
        Passed::Refunding => ("有的文件说在退款，有的说没有，时间分不出先后", "以前的文件"),
    };
    format!(
        "有 {} 笔订单（{}）{said}：仍按{kept}算。请和平台核对。",
        numbers.len(),
        named.join("、")
    )
}

/// A sentence about a row of this sheet; where the file has one only it needs no name.
fn within(sheet: &str, said: String) -> String {
    if sheet.is_empty() {
        return said;
    }
    format!("工作表「{sheet}」：{said}")
}

/// One import under way.
#[derive(Default)]
struct Taking {
    format: Option<&'static Format>,
    shop: Option<Id>,
    /// The shop was made for this file.
    is_new: bool,
    /// The sheet that is read, where there are several.
    sheet: String,
    orders: usize,
    has_buyers: bool,
    written: Upserted,
    refused: Vec<RefusedRow>,
    /// Numbers of orders of which something in the file was passed over.
    passed: BTreeMap<Passed, BTreeSet<String>>,
    /// Rows of orders that no file says anything of the state of.
    unsaid: Vec<i64>,
}

impl Said {
    /// What is said of the rows of one of several sheets, so that it can be told which; the words for states as sentences.
    fn of_sheet(mut self, sheet: &str) -> Self {
        for refused in &mut self.refused {
            refused.reason = within(sheet, std::mem::take(&mut refused.reason));
        }
        let words = std::mem::take(&mut self.unknown);
        let words = words.into_iter().map(|(said, (word, count, first))| {
            let taken = match word {
                Word::Over(Status::Refunded) => "按已退款算",
                Word::Over(_) => "按已失效算",
                Word::Refunding => "按在退算，钱先不算进来，退没退成以后面的文件为准",
                Word::Known(_) | Word::Strange => "有付款或结算时间的按已付款算，没有的先不算钱",
            };
            format!("没见过「{said}」这种状态（从第 {first} 行起共 {count} 行）：{taken}。原词都留着。")
        });
        self.warned.extend(words);
        self.warned = self.warned.into_iter().map(|said| within(sheet, said)).collect();
        self
    }
}

impl Taking {
    async fn begin(&mut self, tx: &mut Tx, format: &'static Format, now: Time) -> Result<()> {
        let (shop, is_new) = store::file_shop(tx.conn(), &format.title, now).await?;
        (self.format, self.shop, self.is_new) = (Some(format), Some(shop), is_new);
        Ok(())
    }

    /// Writes the orders of some numbers. What an order tells just as before needs no second look; over any other the file is
    /// laid upon what is known.
    async fn take(&mut self, tx: &mut Tx, groups: Vec<Group>, salt: &Salt, now: Time) -> Result<()> {
        let (Some(format), Some(shop)) = (self.format, self.shop) else {
            return Ok(());
        };
        let mut files = self.orders_of(groups);
        let keys: Vec<&str> = files.iter().map(|file| file.order.as_str()).collect();
        let keys = serde_json::to_string(&keys)?;
        let known: HashMap<String, String> = store::known(tx.conn(), shop, &keys)
            .await?
            .into_iter()
            .map(|known| (known.source_key, known.content_hash))
            .collect();
        let rows_of = |file: &File| file.rows.iter().map(|row| row.row).collect::<Vec<i64>>();
        let places: HashMap<String, Vec<i64>> = files
            .iter()
            .map(|file| (file.order.clone(), rows_of(file)))
            .collect();
        let mut orders = Vec::with_capacity(files.len());
        let mut over = Vec::new();
        for file in files.drain(..) {
            let rows: Vec<i64> = file.rows.iter().map(|row| row.row).collect();
            let lines = match file.lines(&[]) {
                Ok(lines) => lines,
                Err(_) if known.contains_key(&file.order) => {
                    over.push(file);
                    continue;
                }
                Err(error) => {
                    self.refuse(&rows, &error);
                    continue;
                }
            };
            match (gather::order(format, &lines), known.get(&file.order)) {
                (Ok(order), Some(before)) if hash(&order)? == *before => orders.push(order),
                (_, Some(_)) => over.push(file),
                (Ok(order), None) => orders.push(order),
                (Err(error), None) => self.refuse(&rows, &error),
            }
        }
        if !over.is_empty() {
            orders.extend(self.laid_over(tx, format, shop, over, salt).await?);
        }
        orders.retain(|order| self.is_sound(order, places.get(&order.source_key), now));
        self.orders += orders.len();
        self.has_buyers = self.has_buyers || orders.iter().any(|order| order.buyer.is_some());
        self.written += upsert::write(tx, shop, &orders, now).await?;
        Ok(())
    }

    /// Whether an order may go in as it was read; one that says nothing of its state goes in and is said.
    fn is_sound(&mut self, order: &SourceOrder, rows: Option<&Vec<i64>>, now: Time) -> bool {
        let rows = rows.map_or(&[][..], Vec::as_slice);
        if order.placed_at.0 > now.0 + DAY_MS {
            let why = format!("下单时间 {} 还没有到，没有收下。", order.placed_at);
            self.refuse(rows, &Error::invalid("time", why));
            return false;
        }
        if order.source_status.is_empty() {
            self.unsaid.extend(rows.first());
        }
        true
    }

    /// The orders of some numbers, without those of which a row was refused.
    fn orders_of(&mut self, groups: Vec<Group>) -> Vec<File> {
        let mut files = Vec::with_capacity(groups.len());
        for group in groups {
            if let Some(row) = group.spoilt {
                let rows: Vec<i64> = group.rows.iter().map(|(_, entry)| entry.row).collect();
                let why = format!("同一订单的第 {row} 行没有收下，这一行也先不收。");
                self.refuse(&rows, &Error::invalid("row", why));
                continue;
            }
            let mut at: HashMap<String, usize> = HashMap::new();
            for (order, entry) in group.rows {
                let place = *at.entry(order.clone()).or_insert_with(|| {
                    files.push(File {
                        order,
                        number: group.number.clone(),
                        rows: Vec::new(),
                    });
                    files.len() - 1
                });
                if let Some(file) = files.get_mut(place) {
                    file.rows.push(entry);
                }
            }
        }
        files
    }

    async fn laid_over(
        &mut self,
        tx: &mut Tx,
        format: &'static Format,
        shop: Id,
        over: Vec<File>,
        salt: &Salt,
    ) -> Result<Vec<SourceOrder>> {
        let keys: Vec<&str> = over.iter().map(|file| file.order.as_str()).collect();
        let mut stored = before::load(tx.conn(), shop, &serde_json::to_string(&keys)?).await?;
        let mut orders = Vec::with_capacity(over.len());
        for file in over {
            let entries = stored
                .remove(&file.order)
                .map(|order| order.entries(format, salt))
                .unwrap_or_default();
            let rows: Vec<i64> = file.rows.iter().map(|row| row.row).collect();
            let order = file.lines(&entries).and_then(|lines| {
                let (lines, passed) = merge(format, entries, lines);
                Ok((gather::order(format, &lines)?, passed))
            });
            match order {
                Ok((order, passed)) => {
                    for why in passed {
                        let numbers = self.passed.entry(why).or_default();
                        numbers.insert(file.number.clone());
                    }
                    orders.push(order);
                }
                Err(error) => self.refuse(&rows, &error),
            }
        }
        Ok(orders)
    }

    fn refuse(&mut self, rows: &[i64], error: &Error) {
        self.refused.extend(rows.iter().map(|row| RefusedRow {
            row: *row,
            reason: within(&self.sheet, error.message.clone()),
        }));
    }

    fn done(self, said: Vec<Said>, salt: &Salt) -> OrderImport {
        let mut refused = self.refused;
        let mut warned = Vec::new();
        let mut rows = 0;
        for said in said {
            rows += said.rows;
            refused.extend(said.refused);
            warned.extend(said.warned);
        }
        refused.sort_by_key(|refused| refused.row);
        warned.extend(
            self.passed
                .into_iter()
                .map(|(why, numbers)| passed_over(why, &numbers)),
        );
        if let Some(first) = self.unsaid.iter().min() {
            warned.push(format!(
                "有 {} 笔订单没有写状态（第一笔在第 {first} 行）：有付款或结算时间的按已付款算，没有的先不算钱。",
                self.unsaid.len()
            ));
        }
        warned.extend(salt.notice.filter(|_| self.has_buyers).map(str::to_owned));
        OrderImport {
            format: self.format.map(|format| format.name.clone()).unwrap_or_default(),
            rows,
            new: self.written.new,
            updated: self.written.updated,
            unchanged: self.written.unchanged,
            refused,
            warned,
        }
    }
}

/// The rows a file has of one order.
struct File {
    order: String,
    number: String,
    rows: Vec<super::entry::Entry>,
}

impl File {
    fn lines(&self, before: &[super::entry::Entry]) -> Result<Lines> {
        gather::lines(self.order.clone(), self.number.clone(), self.rows.clone(), before)
    }
}

//! Taking in an export file: recognised by its headers, read row by row, written in one transaction or, to try, not at all.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use super::{
    OrderImport, SourceOrder,
    cell::{self, looks_rounded},
    entry::Entry,
    format::{self, Field, Found},
    gather, store, upsert,
};
use crate::{
    buyer::Salt,
    db::Db,
    error::{Error, Result},
    product::RefusedRow,
    sheet,
    value::{Noun, Time},
};

/// Takes in an export file. `format` is a name of [`super::formats`], or `auto` to recognise it by its headers.
///
/// A row that cannot be read is refused with its number, and so are the other rows of its order: half an order would be
/// wrong sums. The rest goes in. `dry_run` counts exactly and writes nothing.
///
/// # Errors
/// `Unreadable` when the file is no table; `Invalid` when it is of no known format.
pub async fn import(db: &Db, file: &Path, format: &str, dry_run: bool, now: Time) -> Result<OrderImport> {
    let path = file.to_owned();
    let name = format.to_owned();
    let found = tokio::task::spawn_blocking(move || format::recognise(sheet::tables(&path)?, &name))
        .await
        .map_err(|e| Error::internal("读表格时出错，没有导入任何内容。").because(e))??;
    let mut tx = db.begin().await?;
    let salt = Salt::of(&mut tx).await?;
    let (orders, mut done) = read(&found, &salt);
    let (shop, is_new) = store::file_shop(tx.conn(), &found.format.title, now).await?;
    let written = upsert(&mut tx, shop, &orders, now).await?;
    done.new = written.new;
    done.updated = written.updated;
    done.unchanged = written.unchanged;
    // Dropped without a commit, nothing happened: that is the dry run. A file without a single good row makes no shop.
    if !dry_run && (!is_new || !orders.is_empty()) {
        store::imported(tx.conn(), shop, &written, now).await?;
        tx.touch(Noun::Shop);
        tx.commit().await?;
    }
    Ok(done)
}

/// Orders and what was refused.
fn read(found: &Found, salt: &Salt) -> (Vec<SourceOrder>, OrderImport) {
    let mut done = OrderImport {
        format: found.format.name.clone(),
        ..OrderImport::default()
    };
    let damaged = damaged(found);
    let mut order_of: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<Entry>> = Vec::new();
    let mut bad: HashMap<String, i64> = HashMap::new();
    let last = found.rows.last().map_or(0, |row| row.number);
    for row in &found.rows {
        if found.is_no_order(row, row.number == last) {
            continue;
        }
        done.rows += 1;
        let entry = refuse_damaged(found, row, &damaged).and_then(|()| found.entry(row, salt));
        match entry {
            Ok(entry) => {
                let at = *order_of.entry(entry.order.clone()).or_insert_with(|| {
                    groups.push(Vec::new());
                    groups.len() - 1
                });
                if let Some(group) = groups.get_mut(at) {
                    group.push(entry);
                }
            }
            Err(error) => {
                if let Some(number) = found
                    .told(row, Field::Number)
                    .and_then(|cell| cell::id(cell).ok().flatten())
                {
                    bad.entry(number).or_insert(row.number);
                }
                done.refused.push(RefusedRow {
                    row: row.number,
                    reason: error.message,
                });
            }
        }
    }
    let mut orders = Vec::with_capacity(groups.len());
    for group in groups {
        let rows: Vec<i64> = group.iter().map(|entry| entry.row).collect();
        let spoilt = group.first().and_then(|entry| bad.get(&entry.number));
        let order = match spoilt {
            Some(row) => Err(Error::invalid(
                "row",
                format!("同一订单的第 {row} 行没有收下，这一行也先不收。"),
            )),
            None => gather::order(found.format, group),
        };
        match order {
            Ok(order) => orders.push(order),
            Err(error) => done.refused.extend(rows.into_iter().map(|row| RefusedRow {
                row,
                reason: error.message.clone(),
            })),
        }
    }
    done.refused.sort_by_key(|refused| refused.row);
    (orders, done)
}

/// The id columns that went through a spreadsheet as numbers: at least half of their long ids end in zeros. One id may do
/// so by chance.
fn damaged(found: &Found) -> Vec<Field> {
    [Field::Number, Field::Sub, Field::Sku]
        .into_iter()
        .filter(|field| {
            let ids = found.rows.iter().filter_map(|row| found.told(row, *field));
            let long: HashSet<String> = ids
                .filter_map(|cell| cell::id(cell).ok().flatten())
                .filter(|id| id.len() >= 16)
                .collect();
            let rounded = long.iter().filter(|id| looks_rounded(id)).count();
            rounded > 0 && rounded * 2 >= long.len()
        })
        .collect()
}

fn refuse_damaged(found: &Found, row: &sheet::Row, damaged: &[Field]) -> Result<()> {
    let rounded = damaged
        .iter()
        .filter_map(|field| found.told(row, *field))
        .filter_map(|cell| cell::id(cell).ok().flatten())
        .find(|id| looks_rounded(id));
    match rounded {
        Some(id) => Err(Error::invalid(
            "id",
            format!("编号「{id}」的末几位被 Excel 改成了 0，已认不出原来的编号。请用平台导出的原文件。"),
        )),
        None => Ok(()),
    }
}

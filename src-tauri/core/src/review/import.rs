//! Taking in buyers' reviews from a table. No name, phone or account gets as far as the database.

use std::path::Path;

use super::{NewReview, add, store};
use crate::{
    buyer::Salt,
    db::{Db, Tx},
    error::{Error, Result},
    job::{Job, Progress},
    product::{self, ImportedRows, RefusedRow},
    sheet::{self, Row, Sheet},
    value::{Date, Id, Time},
};

const TEXT: [&str; 9] = [
    "评价内容",
    "评价",
    "评论内容",
    "评论",
    "内容",
    "初评内容",
    "text",
    "review",
    "content",
];
const BATCH: usize = 200;

/// Takes in reviews from a CSV or XLSX file. The same words of the same buyer go in once.
///
/// # Errors
/// `Unreadable` when the file is no table or has no text column; `NotFound` for the product.
pub async fn import(db: &Db, file: &Path, product: Id, job: &Job, now: Time) -> Result<ImportedRows> {
    product::get(db, product).await?;
    let sheet = sheet::read(file, &TEXT)?;
    let columns = Columns::of(&sheet);
    let mut done = ImportedRows::default();
    let mut progress = Progress {
        total: Some(sheet.rows.len() as u64),
        ..Progress::default()
    };
    for batch in sheet.rows.chunks(BATCH) {
        if job.is_cancelled() {
            break;
        }
        let mut tx = db.begin().await?;
        let salt = Salt::of(&mut tx).await?;
        for row in batch {
            match take(&mut tx, &columns, row, product, &salt, now).await {
                Ok(Some(id)) => done.imported.push(id),
                Ok(None) => done.duplicates.push(row.number),
                Err(error) if error.field.is_some() => {
                    done.refused.push(RefusedRow {
                        row: row.number,
                        reason: error.message,
                    });
                    progress.failed += 1;
                }
                Err(error) => return Err(error),
            }
            progress.done += 1;
        }
        tx.commit().await?;
        job.report(progress.clone());
    }
    Ok(done)
}

async fn take(
    tx: &mut Tx,
    columns: &Columns,
    row: &Row,
    product: Id,
    salt: &Salt,
    now: Time,
) -> Result<Option<Id>> {
    let mut review = add::prepare(columns.review(row, product)?, false, salt, now)?;
    if store::is_known(tx.conn(), &review).await? {
        return Ok(None);
    }
    add::insert(tx, &mut review).await.map(Some)
}

struct Columns {
    text: Option<usize>,
    rating: Option<usize>,
    buyer: Option<usize>,
    on: Option<usize>,
    source: Option<usize>,
    reasons: Option<usize>,
    returned: Option<usize>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Self {
        Self {
            text: sheet.column(&TEXT),
            rating: sheet.column(&["评分", "星级", "打分", "rating", "star", "stars"]),
            buyer: sheet.column(&[
                "买家ID",
                "买家",
                "买家昵称",
                "用户ID",
                "用户昵称",
                "用户名",
                "会员名",
                "昵称",
                "手机号",
                "手机",
                "buyer",
                "user",
            ]),
            on: sheet.column(&["评价时间", "评价日期", "评论时间", "日期", "时间", "date"]),
            source: sheet.column(&["来源", "平台", "渠道", "source"]),
            reasons: sheet.column(&["购买原因", "为什么买", "reasons"]),
            returned: sheet.column(&["退货原因", "为什么退", "returned"]),
        }
    }

    fn review(&self, row: &Row, product: Id) -> Result<NewReview> {
        let several = |column| {
            row.cell(column)
                .split(['；', ';', '|', '、', '\n'])
                .map(|part| part.trim().to_owned())
                .collect::<Vec<_>>()
        };
        let buyer = row.cell(self.buyer);
        Ok(NewReview {
            product,
            text: row.cell(self.text).to_owned(),
            rating: rating(row.cell(self.rating))?,
            buyer: (!buyer.is_empty()).then(|| buyer.to_owned()),
            reasons: several(self.reasons),
            returned: several(self.returned),
            source: row.cell(self.source).to_owned(),
            said_on: day(row.cell(self.on))?,
            ..NewReview::default()
        })
    }
}

/// `5`, `5.0`, `5星`, `五星`; empty means none given.
fn rating(written: &str) -> Result<Option<i64>> {
    let word = written.trim_end_matches(['星', '分', '级']).trim();
    let word = word.strip_suffix(".0").unwrap_or(word);
    let spelled = ["一", "二", "三", "四", "五"]
        .iter()
        .zip(1..)
        .find(|(name, _)| **name == word);
    match (word, spelled) {
        ("", _) => Ok(None),
        (_, Some((_, value))) => Ok(Some(value)),
        _ => word
            .parse()
            .map(Some)
            .map_err(|_| Error::invalid("rating", format!("看不懂评分「{written}」。"))),
    }
}

/// `2026-11-22`, `2026/1/2 10:00`, `2026年1月2日`, or anything `Time` reads; empty means not known.
fn day(written: &str) -> Result<Option<Date>> {
    if written.is_empty() {
        return Ok(None);
    }
    let parts: Vec<i16> = written
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .take(3)
        .filter_map(|part| part.parse().ok())
        .collect();
    if let [year, month, day] = parts.as_slice() {
        let (month, day) = (i8::try_from(*month).unwrap_or(0), i8::try_from(*day).unwrap_or(0));
        if let Ok(date) = jiff::civil::Date::new(*year, month, day) {
            return Ok(Some(Date(date)));
        }
    }
    Err(Error::invalid("said_on", format!("看不懂日期「{written}」。")))
}

//! Taking in products from a table, row by row: a bad row is refused by number and the rest goes in.

use std::path::Path;

use super::{NewProduct, Sku, create, store};
use crate::{
    db::{Db, Tx},
    error::Result,
    job::Job,
    sheet::{self, ImportedRows, Intake, Row, Sheet},
    value::{Id, Time, parse_amount},
};

const NAME: [&str; 7] = ["名称", "品名", "商品名称", "商品", "商品标题", "name", "title"];

/// Takes in products from a CSV or XLSX file. What is there already (same SKU, or same name and brand) is left alone.
///
/// # Errors
/// `Unreadable` when the file is no table or has no name column. A cancelled import answers with what went in.
pub async fn import(db: &Db, file: &Path, job: &Job, now: Time) -> Result<ImportedRows> {
    let sheet = sheet::read(file, &NAME)?;
    let columns = Columns::of(&sheet);
    let rows = sheet.rows.into_iter().map(|row| (row.number, row)).collect();
    let mut intake = Intake::of(db, rows, job);
    while let Some((tx, row)) = intake.next().await? {
        let taken = take(tx, &columns, &row, now).await;
        intake.note(taken)?;
    }
    intake.done().await
}

async fn take(tx: &mut Tx, columns: &Columns, row: &Row, now: Time) -> Result<Option<Id>> {
    let product = create::tidied(columns.product(row)?, now)?;
    for sku in &product.skus {
        if store::owner(tx.conn(), sku).await?.is_some() {
            return Ok(None);
        }
    }
    if store::twin(tx.conn(), &product.name, &product.brand)
        .await?
        .is_some()
    {
        return Ok(None);
    }
    create::add(tx, product).await.map(Some)
}

struct Columns {
    name: Option<usize>,
    brand: Option<usize>,
    category: Option<usize>,
    price: Option<usize>,
    currency: Option<usize>,
    url: Option<usize>,
    shop: Option<usize>,
    sku: Option<usize>,
    supplier: Option<usize>,
    fits: Option<usize>,
    unfits: Option<usize>,
    points: Option<usize>,
    shortcomings: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Self {
        Self {
            name: sheet.column(&NAME),
            brand: sheet.column(&["品牌", "brand"]),
            category: sheet.column(&["分类", "类目", "品类", "category"]),
            price: sheet.column(&["到手价", "价格", "售价", "单价", "price"]),
            currency: sheet.column(&["币种", "货币", "currency"]),
            url: sheet.column(&["链接", "网址", "商品链接", "url", "link"]),
            shop: sheet.column(&["店铺", "平台", "shop"]),
            sku: sheet.column(&["sku", "货号", "商家编码", "商品编码", "商品ID", "商品编号"]),
            supplier: sheet.column(&["供应商", "商家", "supplier"]),
            fits: sheet.column(&["适合", "适合谁", "适合人群", "fits"]),
            unfits: sheet.column(&["不适合", "不适合谁", "unfits"]),
            points: sheet.column(&["卖点", "优点", "selling_points"]),
            shortcomings: sheet.column(&["缺点", "短板", "shortcomings"]),
            note: sheet.column(&["备注", "说明", "note"]),
        }
    }

    /// # Errors
    /// `Invalid` for a row with a broken letter, a formula without an answer, or an SKU that a spreadsheet has rounded.
    fn product(&self, row: &Row) -> Result<NewProduct> {
        row.sound(|at| self.all().contains(&Some(at)))?;
        let text = |column| row.cell(column).to_owned();
        let several = |column| {
            row.cell(column)
                .split(['；', ';', '|', '\n'])
                .map(|part| part.trim().to_owned())
                .collect::<Vec<_>>()
        };
        let currency = match row.cell(self.currency) {
            "" => "CNY".to_owned(),
            written => written.to_ascii_uppercase(),
        };
        let price = match row.cell(self.price) {
            "" => None,
            written => Some(parse_amount(written, &currency)?),
        };
        Ok(NewProduct {
            name: text(self.name),
            brand: text(self.brand),
            category: text(self.category),
            price,
            currency,
            url: text(self.url),
            fits: text(self.fits),
            unfits: text(self.unfits),
            selling_points: several(self.points),
            shortcomings: several(self.shortcomings),
            supplier: text(self.supplier),
            note: text(self.note),
            skus: self.sku(row)?.into_iter().collect(),
            ..NewProduct::default()
        })
    }

    /// The shop stands in its own column, or before a colon as on the command line.
    fn sku(&self, row: &Row) -> Result<Option<Sku>> {
        let (shop, sku) = match (row.cell(self.shop), row.id(self.sku)?) {
            (_, "") => return Ok(None),
            ("", sku) => sku.split_once([':', '：']).unwrap_or(("导入", sku)),
            both => both,
        };
        Ok(Some(Sku {
            shop: shop.to_owned(),
            sku: sku.to_owned(),
        }))
    }

    fn all(&self) -> [Option<usize>; 14] {
        [
            self.name,
            self.brand,
            self.category,
            self.price,
            self.currency,
            self.url,
            self.shop,
            self.sku,
            self.supplier,
            self.fits,
            self.unfits,
            self.points,
            self.shortcomings,
            self.note,
        ]
    }
}

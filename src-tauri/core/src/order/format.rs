//! File formats as data: one dated, sourced file per export, built into the program.

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::{
    OrderFormat, Status,
    personal::{self, Kind},
    word::{self, Word},
};
use crate::{
    error::{Error, Result},
    sheet::{Book, Row, plain},
};

/// How far down a header may stand: exports put titles and notes above it.
const HEADER_WITHIN: usize = 10;
/// A header that a format does not know by at least this many columns is another file's.
const ENOUGH: usize = 4;
/// What a mark, a header that only this format has, is worth beside a header that many have.
const MARK: usize = 3;

/// What a column can tell of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Field {
    Number,
    Sub,
    Sku,
    Title,
    Quantity,
    Price,
    /// Of this line, where `Paid` is of the order.
    Amount,
    Paid,
    Settled,
    /// Settled once there is a settlement time, estimated before.
    Commission,
    CommissionEstimated,
    CommissionSettled,
    Refund,
    Status,
    AfterSale,
    CreatedAt,
    PaidAt,
    ReceivedAt,
    SettledAt,
    ClickedAt,
    Placement,
    NoteId,
    Buyer,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    #[default]
    Yuan,
    Fen,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Format {
    pub name: String,
    pub title: String,
    pub source: String,
    /// Headers that tell it from the others.
    pub marks: Vec<String>,
    /// What amounts are counted in.
    #[serde(default)]
    pub unit: Unit,
    /// A paid order with a settlement time is settled.
    #[serde(default)]
    pub settled_by_time: bool,
    /// Fields that stand on each row of an order and count once.
    #[serde(default)]
    pub per_order: Vec<Field>,
    /// Order numbers under these headers begin anew and need their time beside them.
    #[serde(default)]
    pub counted: Vec<String>,
    columns: HashMap<Field, Vec<String>>,
    status: HashMap<Status, Vec<String>>,
    /// The same by the plain word, made when the format is loaded.
    #[serde(skip)]
    meanings: HashMap<String, Status>,
}

/// Columns of one file by what they tell, the preferred first.
pub(super) type Columns = HashMap<Field, Vec<usize>>;

/// A table in which a format was recognised.
pub(super) struct Found {
    pub format: &'static Format,
    pub columns: Columns,
    pub header: Vec<String>,
    /// How the cells of each column are kept.
    pub kinds: Vec<Kind>,
    /// Which sheet of the file it is, and what that is called where the file has several with orders.
    pub sheet: usize,
    pub sheet_name: String,
    /// The header's row; what stands above is no order.
    pub below: i64,
    /// Somewhere decimals stand behind a comma.
    pub has_decimal_commas: bool,
}

impl Found {
    pub fn new(format: &'static Format, columns: Columns, header: Vec<String>) -> Self {
        let mut kinds: Vec<Kind> = header.iter().map(|name| personal::kind(name)).collect();
        let mut mark = |field: Field, kind: Kind, over: &[Kind]| {
            for at in columns.get(&field).into_iter().flatten() {
                if let Some(known) = kinds.get_mut(*at).filter(|known| over.contains(known)) {
                    *known = kind;
                }
            }
        };
        for field in [Field::Number, Field::Sub, Field::Sku, Field::Placement] {
            mark(field, Kind::Id, &[Kind::Plain]);
        }
        mark(Field::Title, Kind::Title, &[Kind::Plain]);
        Self {
            format,
            columns,
            header,
            kinds,
            sheet: 0,
            sheet_name: String::new(),
            below: 0,
            has_decimal_commas: false,
        }
    }
}

static FORMATS: LazyLock<Vec<Format>> = LazyLock::new(|| {
    // A file that cannot be read would be missing here; a test counts them.
    [
        include_str!("formats/taobao_union.toml"),
        include_str!("formats/taobao_union_2019.toml"),
        include_str!("formats/taobao_relang.toml"),
        include_str!("formats/pinduoduo_union.toml"),
        include_str!("formats/pinduoduo_merchant.toml"),
        include_str!("formats/douyin_union.toml"),
        include_str!("formats/wechat_shop.toml"),
        include_str!("formats/xiaohongshu_qianfan.toml"),
        include_str!("formats/kuaituantuan.toml"),
    ]
    .iter()
    .filter_map(|text| toml::from_str::<Format>(text).ok())
    .map(|format| {
        let words = format.status.iter();
        let meanings = words.flat_map(|(status, words)| words.iter().map(|word| (plain(word), *status)));
        Format {
            meanings: meanings.collect(),
            ..format
        }
    })
    .collect()
});

/// File formats that are recognised.
pub fn formats() -> Vec<OrderFormat> {
    FORMATS
        .iter()
        .map(|format| OrderFormat {
            name: format.name.clone(),
            title: format.title.clone(),
            source: format.source.clone(),
        })
        .collect()
}

impl Format {
    /// What the source's word for a state is.
    pub fn word(&self, word: &str) -> Word {
        let known = self.meanings.get(&plain(word)).copied();
        known.map_or_else(|| word::common(&plain(word)), Word::Known)
    }

    /// What the source's word means; `Unknown` for words nobody told us.
    pub fn meaning(&self, word: &str) -> Status {
        match self.word(word) {
            Word::Known(status) | Word::Over(status) => status,
            Word::Refunding | Word::Strange => Status::Unknown,
        }
    }

    /// The columns of a header by what they tell.
    pub fn columns(&self, header: &[String]) -> Columns {
        let header: Vec<String> = header.iter().map(|cell| plain(cell)).collect();
        self.columns
            .iter()
            .map(|(field, names)| {
                let at = |name: &String| header.iter().position(|cell| *cell == plain(name));
                (*field, names.iter().filter_map(at).collect::<Vec<_>>())
            })
            .filter(|(_, at)| !at.is_empty())
            .collect()
    }

    /// How well a row fits as this format's header, and `None` where it cannot be it.
    fn fit(&self, header: &Row, must_differ: bool) -> Option<(usize, Columns)> {
        let columns = self.columns(&header.cells);
        let has = |name: &String| header.cells.iter().any(|cell| plain(cell) == plain(name));
        let marks = self.marks.iter().filter(|name| has(name)).count();
        let is_it =
            columns.contains_key(&Field::Number) && columns.len() >= ENOUGH && (marks > 0 || !must_differ);
        is_it.then_some((columns.len() + MARK * marks, columns))
    }
}

/// The sheets of a file that hold orders, and what people should hear of the others.
pub(super) struct Recognised {
    pub sheets: Vec<Found>,
    pub warned: Vec<String>,
}

/// Finds the header and whose it is among the sheets of a file: exports that grow too long go on in a second sheet. `name` is a
/// format's name or `auto`.
///
/// # Errors
/// `Invalid` when there is no such format, or the file is none that is recognised: then with its headers.
pub(super) fn recognise(book: &Book, name: &str) -> Result<Recognised> {
    let auto = name == "auto";
    let asked: Vec<&'static Format> = FORMATS
        .iter()
        .filter(|format| auto || format.name == name)
        .collect();
    if asked.is_empty() {
        return Err(Error::invalid(
            "format",
            format!("没有「{name}」这种订单格式。能识别的有：{}。", known()),
        ));
    }
    let mut best: Vec<(usize, Found)> = Vec::new();
    let mut heads: Vec<Row> = Vec::new();
    for sheet in 0..book.sheets() {
        for format in &asked {
            best.extend(header(book, sheet, format, auto)?);
        }
        for row in book.rows(sheet)?.take(HEADER_WITHIN) {
            heads.push(row?);
        }
    }
    // The first of the best, as everywhere where several are as good.
    let Some(format) = best
        .iter()
        .rev()
        .max_by_key(|(score, _)| *score)
        .map(|(_, found)| found.format)
    else {
        return Err(unrecognised(&heads));
    };
    let mut sheets: Vec<Found> = best
        .into_iter()
        .map(|(_, found)| found)
        .filter(|found| std::ptr::eq(found.format, format))
        .collect();
    let warned = others(book, &sheets)?;
    if sheets.len() > 1 {
        for found in &mut sheets {
            book.name(found.sheet).clone_into(&mut found.sheet_name);
        }
    }
    Ok(Recognised { sheets, warned })
}

/// Where the header of a format stands best in a sheet.
fn header(
    book: &Book,
    sheet: usize,
    format: &'static Format,
    must_differ: bool,
) -> Result<Option<(usize, Found)>> {
    let mut best: Option<(usize, Found)> = None;
    for row in book.rows(sheet)?.take(HEADER_WITHIN) {
        let row = row?;
        if let Some((score, columns)) = format.fit(&row, must_differ)
            && best.as_ref().is_none_or(|(most, _)| score > *most)
        {
            let found = Found {
                sheet,
                below: row.number,
                ..Found::new(format, columns, row.cells.clone())
            };
            best = Some((score, found));
        }
    }
    Ok(best)
}

/// Sheets with something in them that are not read.
fn others(book: &Book, read: &[Found]) -> Result<Vec<String>> {
    let mut warned = Vec::new();
    for sheet in 0..book.sheets() {
        if read.iter().any(|found| found.sheet == sheet) {
            continue;
        }
        let name = book.name(sheet);
        if book.is_unread(sheet) {
            warned.push(format!(
                "工作表「{name}」坏了，读不出来，里面的内容没有导入。请重新下载这份文件。"
            ));
        } else if book.rows(sheet)?.next().is_some() {
            warned.push(format!("工作表「{name}」里没有这种订单的表头，没有读它。"));
        }
    }
    Ok(warned)
}

fn known() -> String {
    let names: Vec<String> = FORMATS
        .iter()
        .map(|format| format!("{}（{}）", format.title, format.name))
        .collect();
    names.join("、")
}

fn unrecognised(heads: &[Row]) -> Error {
    // The widest of the first rows is most likely the header.
    let headers = heads
        .iter()
        .max_by_key(|row| {
            let words = row
                .cells
                .iter()
                .filter(|cell| !cell.is_empty() && !cell.starts_with(|c: char| c.is_ascii_digit()));
            (words.count(), std::cmp::Reverse(row.number))
        })
        .map(|row| {
            row.cells
                .iter()
                .filter(|cell| !cell.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join("、")
        })
        .unwrap_or_default();
    let said = if headers.is_empty() {
        "文件是空的".to_owned()
    } else {
        format!("文件里的表头是：{}", crate::buyer::mask(&headers))
    };
    Error::invalid(
        "format",
        format!(
            "认不出这份订单表，没有导入任何内容。{said}。能识别的有：{}。",
            known()
        ),
    )
}

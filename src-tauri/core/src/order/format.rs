//! File formats as data: one dated, sourced file per export, built into the program.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use super::{OrderFormat, Status};
use crate::{
    error::{Error, Result},
    sheet::{Row, plain},
};

/// How far down a header may stand: exports put titles and notes above it.
const HEADER_WITHIN: usize = 10;
/// A header that a format does not know by at least this many columns is another file's.
const ENOUGH: usize = 4;
/// What a mark, a header that only this format has, is worth beside a header that many have.
const MARK: usize = 3;

/// What a column can tell of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
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
}

/// Columns of one file by what they tell, the preferred first.
pub(super) type Columns = HashMap<Field, Vec<usize>>;

/// A table in which a format was recognised.
pub(super) struct Found {
    pub format: &'static Format,
    pub columns: Columns,
    pub header: Vec<String>,
    /// Below the header.
    pub rows: Vec<Row>,
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
    .filter_map(|text| toml::from_str(text).ok())
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
    /// What the source's word means; `Unknown` for words nobody told us.
    pub fn meaning(&self, word: &str) -> Status {
        self.status
            .iter()
            .find(|(_, words)| words.iter().any(|known| plain(known) == plain(word)))
            .map_or(Status::Unknown, |(status, _)| *status)
    }

    fn columns(&self, header: &Row) -> Columns {
        let header: Vec<String> = header.cells.iter().map(|cell| plain(cell)).collect();
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
        let columns = self.columns(header);
        let has = |name: &String| header.cells.iter().any(|cell| plain(cell) == plain(name));
        let marks = self.marks.iter().filter(|name| has(name)).count();
        let is_it =
            columns.contains_key(&Field::Number) && columns.len() >= ENOUGH && (marks > 0 || !must_differ);
        is_it.then_some((columns.len() + MARK * marks, columns))
    }
}

/// Finds the header and whose it is among the sheets of a file. `name` is a format's name or `auto`.
///
/// # Errors
/// `Invalid` when there is no such format, or the file is none that is recognised: then with its headers.
pub(super) fn recognise(tables: Vec<Vec<Row>>, name: &str) -> Result<Found> {
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
    let mut best: Option<(usize, &'static Format, Columns, usize, usize)> = None;
    for (sheet, rows) in tables.iter().enumerate() {
        for (at, row) in rows.iter().take(HEADER_WITHIN).enumerate() {
            for format in &asked {
                if let Some((score, columns)) = format.fit(row, auto)
                    && best.as_ref().is_none_or(|(most, ..)| score > *most)
                {
                    best = Some((score, format, columns, sheet, at));
                }
            }
        }
    }
    let Some((_, format, columns, sheet, at)) = best else {
        return Err(unrecognised(&tables));
    };
    let mut rows = tables
        .into_iter()
        .nth(sheet)
        .unwrap_or_default()
        .into_iter()
        .skip(at);
    Ok(Found {
        format,
        columns,
        header: rows.next().map(|row| row.cells).unwrap_or_default(),
        rows: rows.collect(),
    })
}

fn known() -> String {
    let names: Vec<String> = FORMATS
        .iter()
        .map(|format| format!("{}（{}）", format.title, format.name))
        .collect();
    names.join("、")
}

fn unrecognised(tables: &[Vec<Row>]) -> Error {
    // The widest of the first rows is most likely the header.
    let headers = tables
        .iter()
        .flat_map(|rows| rows.iter().take(HEADER_WITHIN))
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
    Error::invalid(
        "format",
        format!(
            "认不出这份订单表，没有导入任何内容。能识别的有：{}。文件里的表头是：{}。",
            known(),
            crate::buyer::mask(&headers)
        ),
    )
}

//! A table of reviews: which row is its header, what its columns hold, and what a row says.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::NewReview;
use crate::{
    error::{Code, Error, Result},
    sheet::{self, Row, plain},
    value::{Date, Id},
};

/// How far down the header may stand.
const HEADER_WITHIN: usize = 20;
const SAMPLES: usize = 3;

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ReviewField {
    Text,
    Rating,
    /// Who said it: hashed.
    Buyer,
    On,
    Source,
    Reasons,
    Returned,
}

/// A column of a table that is about to be imported.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct ReviewColumn {
    pub name: String,
    /// What it is taken for; `None`: left out.
    pub takes: Option<ReviewField>,
    /// The first few cells that say something.
    pub samples: Vec<String>,
}

/// What columns are called, in the order of preference.
const NAMES: [(ReviewField, &[&str]); 7] = [
    (
        ReviewField::Text,
        &[
            "评价内容",
            "评论内容",
            "初评内容",
            "首次评价",
            "买家评价",
            "评价",
            "评论",
            "内容",
            "反馈",
            "review text",
            "review content",
            "review body",
            "review",
            "comment",
            "comments",
            "feedback",
            "content",
            "text",
            "body",
        ],
    ),
    (
        ReviewField::Rating,
        &[
            "评分",
            "星级",
            "打分",
            "描述评分",
            "商品评分",
            "rating",
            "stars",
            "star",
            "score",
        ],
    ),
    (
        ReviewField::Buyer,
        &[
            "买家ID",
            "买家",
            "买家昵称",
            "用户ID",
            "用户昵称",
            "用户名",
            "用户",
            "会员名",
            "昵称",
            "手机号",
            "手机",
            "buyer",
            "buyer name",
            "customer",
            "customer name",
            "reviewer",
            "nickname",
            "username",
            "user",
            "author",
            "name",
        ],
    ),
    (
        ReviewField::On,
        &[
            "评价时间",
            "评价日期",
            "评论时间",
            "评论日期",
            "初评时间",
            "日期",
            "时间",
            "date",
            "review date",
            "created at",
            "created_at",
            "time",
        ],
    ),
    (
        ReviewField::Source,
        &["来源", "平台", "渠道", "source", "channel", "platform"],
    ),
    (
        ReviewField::Reasons,
        &["购买原因", "为什么买", "reasons", "reason", "why bought"],
    ),
    (
        ReviewField::Returned,
        &[
            "退货原因",
            "退款原因",
            "为什么退",
            "returned",
            "return reason",
            "why returned",
        ],
    ),
];

/// A table and what its columns are taken for.
pub(super) struct Table {
    header: Vec<String>,
    pub rows: Vec<Row>,
    pub takes: Vec<Option<ReviewField>>,
}

impl Table {
    /// The header is the row, of the first ones, in which most columns are known by name; the first row where none is.
    pub fn read(file: &Path, takes: Option<Vec<Option<ReviewField>>>) -> Result<Self> {
        let rows = sheet::rows(file)?;
        let known = |row: &Row| recognised(&row.cells).iter().flatten().count();
        let has_text = |row: &Row| recognised(&row.cells).contains(&Some(ReviewField::Text));
        let at = rows
            .iter()
            .take(HEADER_WITHIN)
            .enumerate()
            .max_by_key(|(at, row)| (has_text(row), known(row), std::cmp::Reverse(*at)))
            .map_or(0, |(at, _)| at);
        let mut rows = rows.into_iter().skip(at);
        let Some(header) = rows.next().map(|row| row.cells) else {
            return Err(Error::new(
                Code::Unreadable,
                format!("{} 是空的，没有导入任何内容。", file.display()),
            ));
        };
        let mut takes = takes.unwrap_or_else(|| recognised(&header));
        takes.resize(header.len(), None);
        Ok(Self {
            header,
            rows: rows.collect(),
            takes,
        })
    }

    pub fn columns(&self) -> Vec<ReviewColumn> {
        self.header
            .iter()
            .zip(&self.takes)
            .enumerate()
            .map(|(at, (name, takes))| ReviewColumn {
                name: name.clone(),
                takes: *takes,
                samples: self
                    .rows
                    .iter()
                    .map(|row| row.cell(Some(at)))
                    .filter(|cell| !cell.is_empty())
                    .take(SAMPLES)
                    .map(|cell| cell.chars().take(60).collect())
                    .collect(),
            })
            .collect()
    }

    fn cell<'r>(&self, row: &'r Row, field: ReviewField) -> &'r str {
        row.cell(self.takes.iter().position(|takes| *takes == Some(field)))
    }

    pub fn review(&self, row: &Row, product: Id) -> Result<NewReview> {
        let several = |field| {
            self.cell(row, field)
                .split(['；', ';', '|', '、', '\n'])
                .map(|part| part.trim().to_owned())
                .collect::<Vec<_>>()
        };
        row.sound(|at| self.takes.get(at).is_some_and(Option::is_some))?;
        let text = self.cell(row, ReviewField::Text);
        // A rounded number would make one buyer of several.
        let buyer = row.id(self
            .takes
            .iter()
            .position(|takes| *takes == Some(ReviewField::Buyer)))?;
        Ok(NewReview {
            product,
            text: text.to_owned(),
            rating: rating(self.cell(row, ReviewField::Rating))?,
            buyer: (!buyer.is_empty()).then(|| buyer.to_owned()),
            reasons: several(ReviewField::Reasons),
            returned: several(ReviewField::Returned),
            source: self.cell(row, ReviewField::Source).to_owned(),
            said_on: day(self.cell(row, ReviewField::On))?,
            ..NewReview::default()
        })
    }
}

/// What each column of a header is by its name; the better name wins where two columns are the same.
fn recognised(header: &[String]) -> Vec<Option<ReviewField>> {
    let mut takes = vec![None; header.len()];
    // A cell that long is no name of a column.
    let header: Vec<String> = header
        .iter()
        .map(|cell| {
            if cell.len() > 200 {
                String::new()
            } else {
                plain(cell)
            }
        })
        .collect();
    for (field, names) in NAMES {
        let found = names
            .iter()
            .find_map(|name| header.iter().position(|cell| *cell == plain(name)));
        if let Some(slot) = found.and_then(|at| takes.get_mut(at)) {
            *slot = Some(field);
        }
    }
    takes
}

/// `5`, `5.0`, `5星`, `五星`, `★★★★☆`, `4/5`; empty means none given, and so does 好评 or 差评: a figure is never made up from words.
fn rating(written: &str) -> Result<Option<i64>> {
    let word = written.trim_end_matches(['星', '分', '级']).trim();
    let word = word.strip_suffix("/5").unwrap_or(word);
    let word = word.strip_suffix(".0").unwrap_or(word);
    let spelled = ["一", "二", "三", "四", "五"]
        .iter()
        .zip(1..)
        .find(|(name, _)| **name == word);
    let stars = word.chars().filter(|c| matches!(c, '★' | '⭐')).count();
    let is_stars = word.chars().all(|c| matches!(c, '★' | '☆' | '⭐' | '\u{fe0f}'));
    match (word, spelled) {
        ("" | "好评" | "中评" | "差评", _) => Ok(None),
        (_, Some((_, value))) => Ok(Some(value)),
        _ if is_stars && stars > 0 => Ok(i64::try_from(stars).ok()),
        _ => word.parse().map(Some).map_err(|_| {
            Error::invalid(
                "rating",
                format!(
                    "评分「{written}」不是 1 到 5 的整数，这一行没有收下。请在表格里改成整数，或者清空这一格，再导入一次；收下了的不会重复。"
                ),
            )
        }),
    }
}

/// `2026-11-22`, `2026/1/2 10:00`, `2026年1月2日`, `20260102`, year first; empty means not known.
fn day(written: &str) -> Result<Option<Date>> {
    if written.is_empty() {
        return Ok(None);
    }
    let unread = || {
        Error::invalid(
            "said_on",
            format!("看不懂日期「{written}」，这一行没有收下。请写成 2026-11-22。"),
        )
    };
    let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
    let spread = if digits.len() == 8 {
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().to_owned();
        [part(0, 4), part(4, 6), part(6, 8)].join("-")
    } else {
        written.to_owned()
    };
    if !spread.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(unread());
    }
    let parts: Vec<i16> = spread
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .take(3)
        .filter_map(|part| part.parse().ok())
        .collect();
    let [year @ 1990..=9999, month, day] = parts.as_slice() else {
        return Err(unread());
    };
    let (month, day) = (i8::try_from(*month).unwrap_or(0), i8::try_from(*day).unwrap_or(0));
    jiff::civil::Date::new(*year, month, day)
        .map(|date| Some(Date(date)))
        .map_err(|_| unread())
}

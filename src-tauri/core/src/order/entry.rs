//! One row of an export, read.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    Status,
    cell::{self, told},
    format::{Field, Found},
    personal,
};
use crate::{
    buyer::Salt,
    error::{Error, Result},
    sheet::Row,
    value::Time,
};

/// What a row tells of one line of one order.
#[derive(Debug)]
pub(super) struct Entry {
    pub row: i64,
    pub number: String,
    /// The order's key in the source.
    pub order: String,
    /// The line's key, before repeats are counted.
    pub line: String,
    pub sku: String,
    pub title: String,
    pub quantity: i64,
    /// Amounts by what they are, minor units.
    pub money: HashMap<Field, i64>,
    pub status: Status,
    pub source_status: String,
    pub placed_at: Time,
    /// When it was clicked; tells repeats of one item apart.
    pub clicked_at: Option<Time>,
    /// The latest of all its times.
    pub latest: Time,
    pub is_settled: bool,
    pub placement: Vec<String>,
    pub note_id: String,
    pub buyer: Option<String>,
    /// The row without anything personal.
    pub raw: Map<String, Value>,
}

const MONEY: [Field; 8] = [
    Field::Price,
    Field::Amount,
    Field::Paid,
    Field::Settled,
    Field::Commission,
    Field::CommissionEstimated,
    Field::CommissionSettled,
    Field::Refund,
];

impl Found {
    /// The first of a field's columns that says something in this row.
    pub fn told<'a>(&self, row: &'a Row, field: Field) -> Option<&'a str> {
        self.columns
            .get(&field)?
            .iter()
            .find_map(|at| told(row.cell(Some(*at))))
    }

    /// Whether a row is a total, or the header once more, and no order.
    pub fn is_no_order(&self, row: &Row, is_last: bool) -> bool {
        let number = self.told(row, Field::Number);
        let first = row.cells.iter().find_map(|cell| told(cell));
        let totals = ["合计", "总计", "小计", "汇总", "共计"];
        if [number, first]
            .into_iter()
            .flatten()
            .any(|cell| totals.iter().any(|word| cell.starts_with(word)))
        {
            return true;
        }
        let is = |field| self.told(row, field).is_some();
        let is_header = number.is_some_and(|cell| self.header.iter().any(|name| name == cell));
        // Some totals carry no word at all: the last row, without a number, an item and a state.
        is_header
            || (is_last && number.is_none() && ![Field::Sku, Field::Title, Field::Status].into_iter().any(is))
    }

    /// Reads a row.
    ///
    /// # Errors
    /// `Invalid` with the reason for people when it cannot be taken.
    pub fn entry(&self, row: &Row, salt: &Salt) -> Result<Entry> {
        let id = |field| self.told(row, field).map_or(Ok(None), cell::id);
        let number = id(Field::Number)?.ok_or_else(|| Error::invalid("number", "没有订单号。"))?;
        let sub = id(Field::Sub)?;
        let sku = id(Field::Sku)?.unwrap_or_default();
        let mut money = HashMap::new();
        for field in MONEY {
            if let Some(amount) = self
                .told(row, field)
                .map_or(Ok(None), |cell| cell::amount(cell, self.format.unit))?
            {
                money.insert(field, amount);
            }
        }
        let at = |field| self.told(row, field).map_or(Ok(None), cell::time);
        let settled_at = at(Field::SettledAt)?;
        let clicked_at = at(Field::ClickedAt)?;
        let times = [
            at(Field::CreatedAt)?,
            at(Field::PaidAt)?,
            at(Field::ReceivedAt)?,
            settled_at,
        ];
        let mut known = times.iter().copied().flatten();
        let placed_at = known
            .next()
            .or(clicked_at)
            .ok_or_else(|| Error::invalid("time", "没有下单或付款时间。"))?;
        let title = personal::hide_phones(self.told(row, Field::Title).unwrap_or_default());
        let status = self.status(row, &times);
        let keys = [sub.as_ref(), Some(&sku), Some(&title)];
        let line = keys
            .into_iter()
            .flatten()
            .find(|key| !key.is_empty())
            .cloned()
            .unwrap_or_default();
        Ok(Entry {
            row: row.number,
            order: if self.is_counted(row) {
                format!("{number}@{}", placed_at.0)
            } else {
                number.clone()
            },
            number,
            line,
            sku,
            title,
            quantity: self
                .told(row, Field::Quantity)
                .map_or(Ok(None), cell::quantity)?
                .unwrap_or(1),
            money,
            status,
            source_status: self.told(row, Field::Status).unwrap_or_default().to_owned(),
            placed_at,
            clicked_at,
            latest: known.max().map_or(placed_at, |latest| latest.max(placed_at)),
            is_settled: settled_at.is_some() || status == Status::Settled,
            placement: self.placement(row),
            note_id: id(Field::NoteId)?.unwrap_or_default(),
            // A phone with stars in it is many buyers'.
            buyer: self
                .told(row, Field::Buyer)
                .filter(|who| !who.contains('*'))
                .map(|who| salt.hash(who)),
            raw: self.raw(row),
        })
    }

    fn is_counted(&self, row: &Row) -> bool {
        let named = |at: &usize| told(row.cell(Some(*at))).is_some();
        let header = self
            .columns
            .get(&Field::Number)
            .and_then(|columns| columns.iter().find(|at| named(at)))
            .and_then(|at| self.header.get(*at));
        header.is_some_and(|header| self.format.counted.contains(header))
    }

    /// `times`: created, paid, received, settled.
    fn status(&self, row: &Row, times: &[Option<Time>; 4]) -> Status {
        let [_, paid, received, settled] = times.map(|at| at.is_some());
        let status = match self.told(row, Field::Status) {
            Some(word) => self.format.meaning(word),
            None if settled => Status::Settled,
            None if received => Status::Received,
            None if paid => Status::Paid,
            None => Status::Unknown,
        };
        let after_sale = self
            .told(row, Field::AfterSale)
            .map(|word| self.format.meaning(word));
        if after_sale == Some(Status::Refunded) && status != Status::Invalid {
            return Status::Refunded;
        }
        if self.format.settled_by_time && settled && matches!(status, Status::Paid | Status::Received) {
            return Status::Settled;
        }
        status
    }

    fn placement(&self, row: &Row) -> Vec<String> {
        let columns = self
            .columns
            .get(&Field::Placement)
            .map(Vec::as_slice)
            .unwrap_or_default();
        columns
            .iter()
            .filter_map(|at| Some((self.header.get(*at)?, told(row.cell(Some(*at)))?)))
            .map(|(header, cell)| self.clean(row, header, cell))
            .collect()
    }

    fn clean(&self, row: &Row, header: &str, cell: &str) -> String {
        if !personal::is_free_text(header) {
            return cell.to_owned();
        }
        let personal = self
            .header
            .iter()
            .zip(&row.cells)
            .filter(|(header, _)| personal::is_column(header));
        let known: Vec<&str> = personal.filter_map(|(_, cell)| told(cell)).collect();
        personal::mask(cell, &known)
    }

    fn raw(&self, row: &Row) -> Map<String, Value> {
        let ids: Vec<usize> = [Field::Number, Field::Sub, Field::Sku, Field::Placement]
            .iter()
            .filter_map(|field| self.columns.get(field))
            .flatten()
            .copied()
            .collect();
        let mut raw = Map::new();
        for (at, (header, cell)) in self.header.iter().zip(&row.cells).enumerate() {
            // 序号 counts the rows of this file; it says nothing of the order and would change it in every file.
            let Some(cell) =
                told(cell).filter(|_| !header.is_empty() && header != "序号" && !personal::is_column(header))
            else {
                continue;
            };
            let cell = self.clean(row, header, cell);
            let cell = if ids.contains(&at) {
                cell
            } else {
                personal::hide_phones(&cell)
            };
            raw.insert(header.clone(), cell.into());
        }
        raw
    }
}

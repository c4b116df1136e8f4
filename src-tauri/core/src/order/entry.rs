//! One row of an export, read.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    Status,
    cell::{self, told},
    format::{Field, Format, Found},
    reversal::{self, Reversal},
    when,
    word::Word,
};
use crate::{
    buyer::Salt,
    error::{Error, Result},
    sheet::Row,
    value::Time,
};

/// The times a row may tell, in the order in which they happen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Times {
    pub created: Option<i64>,
    pub paid: Option<i64>,
    pub received: Option<i64>,
    pub settled: Option<i64>,
    pub clicked: Option<i64>,
}

impl Times {
    fn all(&self) -> [Option<i64>; 4] {
        [self.created, self.paid, self.received, self.settled]
    }

    /// These times, and those of another row where one is blank.
    pub fn or(self, other: Self) -> Self {
        Self {
            created: self.created.or(other.created),
            paid: self.paid.or(other.paid),
            received: self.received.or(other.received),
            settled: self.settled.or(other.settled),
            clicked: self.clicked.or(other.clicked),
        }
    }

    /// When the order was placed; the click comes last, it is before the order.
    pub fn placed(&self) -> Option<Time> {
        let first = self.all().into_iter().flatten().next();
        first.or(self.clicked).map(Time)
    }

    pub fn latest(&self) -> i64 {
        let latest = self.all().into_iter().flatten().max();
        latest.or(self.clicked).unwrap_or(i64::MIN)
    }
}

/// What a row tells of one line of one order, kept beside the line so that a later file which tells only a part can be laid
/// over it. Nothing in it is personal.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    #[serde(skip)]
    pub row: i64,
    /// The line's key; repeats are counted by [`super::gather`].
    #[serde(skip)]
    pub line: String,
    pub sku: String,
    pub title: String,
    pub quantity: Option<i64>,
    /// Amounts by what they are, minor units.
    pub money: BTreeMap<Field, i64>,
    /// What negative rows took back of the amounts.
    pub reversals: Vec<Reversal>,
    /// The same as earlier versions kept it, of the last such row alone.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reversed: BTreeMap<Field, i64>,
    /// Amounts in a cell that is merged with the row above: they are the whole area's.
    pub shared: Vec<Field>,
    /// What the source's word for the state means.
    pub meaning: Option<Status>,
    pub after_sale: Option<Status>,
    /// Somebody asked for the money back, and it is not decided.
    pub refunding: bool,
    pub word: String,
    pub times: Times,
    pub placement: Vec<String>,
    pub note_id: String,
    #[serde(skip)]
    pub buyer: Option<String>,
    /// The row without anything personal, its cells by their names.
    #[serde(skip)]
    pub raw: Arc<BTreeMap<String, String>>,
}

pub(super) const MONEY: [Field; 8] = [
    Field::Price,
    Field::Amount,
    Field::Paid,
    Field::Settled,
    Field::Commission,
    Field::CommissionEstimated,
    Field::CommissionSettled,
    Field::Refund,
];
/// Where an id stands.
pub(super) const IDS: [Field; 5] = [
    Field::Number,
    Field::Sub,
    Field::Sku,
    Field::NoteId,
    Field::Placement,
];

impl Found {
    /// The first of a field's columns that says something in this row, and where it is.
    pub fn told_at<'a>(&self, row: &'a Row, field: Field) -> Option<(usize, &'a str)> {
        self.columns
            .get(&field)?
            .iter()
            .find_map(|at| told(row.cell(Some(*at))).map(|cell| (*at, cell)))
    }

    /// The first of a field's columns that says something in this row.
    pub fn told<'a>(&self, row: &'a Row, field: Field) -> Option<&'a str> {
        self.told_at(row, field).map(|(_, cell)| cell)
    }

    /// The id a field tells.
    ///
    /// # Errors
    /// `Invalid` when it is not what it was any more.
    pub fn id(&self, row: &Row, field: Field) -> Result<Option<String>> {
        match self.told_at(row, field) {
            Some((at, cell)) => {
                row.id(Some(at))?;
                cell::id(cell)
            }
            None => Ok(None),
        }
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
        // Some totals carry no word at all: the last row, without a number, an item, a state and a time. What is left of a
        // row that was cut off has one of them.
        let of_order = [
            Field::Sku,
            Field::Title,
            Field::Status,
            Field::CreatedAt,
            Field::PaidAt,
            Field::ClickedAt,
        ];
        is_header || (is_last && number.is_none() && !of_order.into_iter().any(is))
    }

    /// Whether a row goes on with the order above it: an item, and nothing of what is told once for an order.
    pub fn goes_on(&self, row: &Row) -> bool {
        let is = |field| self.told(row, field).is_some();
        let of_order = [
            Field::Number,
            Field::Paid,
            Field::Status,
            Field::CreatedAt,
            Field::PaidAt,
        ];
        !self.format.per_order.is_empty()
            && !of_order.into_iter().any(is)
            && [Field::Sku, Field::Title].into_iter().any(is)
    }

    /// Reads a row.
    ///
    /// # Errors
    /// `Invalid` with the reason for people when it cannot be taken.
    pub fn entry(&self, row: &Row, salt: &Salt) -> Result<Entry> {
        row.sound(|at| self.is_known(at))?;
        for field in IDS {
            for at in self.columns.get(&field).into_iter().flatten() {
                row.id(Some(*at))?;
            }
        }
        let sub = self.id(row, Field::Sub)?;
        let sku = self.id(row, Field::Sku)?.unwrap_or_default();
        let at = |field| -> Result<Option<i64>> {
            let at = self.told(row, field).map_or(Ok(None), when::time)?;
            Ok(at.map(|at| at.0))
        };
        let personal = self.personal(row);
        let title = personal.title(self.told(row, Field::Title).unwrap_or_default());
        let line = [sub.as_ref(), Some(&sku), Some(&title)]
            .into_iter()
            .flatten()
            .find(|key| !key.is_empty())
            .cloned()
            .unwrap_or_default();
        let word = personal.title(self.told(row, Field::Status).unwrap_or_default());
        let after_sale = self.told(row, Field::AfterSale);
        let refunding = [Some(word.as_str()), after_sale]
            .into_iter()
            .flatten()
            .any(|word| self.format.word(word) == Word::Refunding);
        let mut entry = Entry {
            row: row.number,
            line,
            sku,
            title,
            quantity: self.told(row, Field::Quantity).map_or(Ok(None), cell::quantity)?,
            meaning: (!word.is_empty()).then(|| self.format.meaning(&word)),
            refunding,
            word,
            after_sale: after_sale.map(|word| self.format.meaning(word)),
            times: Times {
                created: at(Field::CreatedAt)?,
                paid: at(Field::PaidAt)?,
                received: at(Field::ReceivedAt)?,
                settled: at(Field::SettledAt)?,
                clicked: at(Field::ClickedAt)?,
            },
            placement: self.placement(row, &personal),
            note_id: self.id(row, Field::NoteId)?.unwrap_or_default(),
            // A phone with stars in it is many buyers'.
            buyer: self
                .told(row, Field::Buyer)
                .filter(|who| !who.contains('*'))
                .map(|who| salt.hash(who)),
            raw: Arc::new(self.raw(row, &personal)),
            ..Entry::default()
        };
        self.money(row, &mut entry)?;
        Ok(entry)
    }

    /// The amounts of a row. A commission is settled once the row is, estimated before. Negative amounts take back.
    fn money(&self, row: &Row, entry: &mut Entry) -> Result<()> {
        for field in MONEY {
            let Some((at, cell)) = self.told_at(row, field) else {
                continue;
            };
            let Some(amount) = cell::amount(cell, self.format.unit, self.has_decimal_commas)? else {
                continue;
            };
            if row.is_merged(at) {
                entry.shared.push(field);
            }
            entry.money.insert(field, amount);
        }
        if let Some(commission) = entry.money.remove(&Field::Commission) {
            let field = if entry.is_settled(self.format) {
                Field::CommissionSettled
            } else {
                Field::CommissionEstimated
            };
            entry.money.entry(field).or_insert(commission);
        }
        if entry.money.get(&Field::Paid).is_some_and(|paid| *paid < 0) {
            let taken = std::mem::take(&mut entry.money);
            let taken = taken
                .into_iter()
                .filter(|(field, amount)| *amount < 0 && *field != Field::Refund)
                .map(|(field, amount)| (field, amount.saturating_neg()))
                .collect();
            entry.reversals.push(Reversal {
                times: entry.times,
                taken,
            });
        } else if entry.quantity.is_some_and(|quantity| quantity < 0) {
            return Err(Error::invalid(
                "quantity",
                "数量是负数，付款金额却不是，没有收下。",
            ));
        }
        Ok(())
    }

    fn is_known(&self, column: usize) -> bool {
        self.columns.values().any(|columns| columns.contains(&column))
    }

    /// Whether the number of a row begins anew in every file and needs its time beside it.
    pub fn is_counted(&self, row: &Row) -> bool {
        let header = self
            .told_at(row, Field::Number)
            .and_then(|(at, _)| self.header.get(at));
        header.is_some_and(|header| self.format.counted.contains(header))
    }

    fn placement(&self, row: &Row, personal: &Personal<'_>) -> Vec<String> {
        let columns = self.columns.get(&Field::Placement).into_iter().flatten();
        columns
            .filter_map(|at| Some((*at, told(row.cell(Some(*at)))?)))
            .map(|(at, cell)| self.clean(at, cell, personal))
            .collect()
    }

    /// What is kept of a cell: of free text what is nobody's, of ids everything, of anything else all but phones and what
    /// this row itself says of the buyer.
    fn clean(&self, column: usize, cell: &str, personal: &Personal<'_>) -> String {
        match self.kind(column) {
            Kind::FreeText => personal.clean(cell),
            // A 推广位 has a name as well as an id.
            Kind::Id if cell.is_ascii() => personal.hide(cell),
            Kind::Id | Kind::Title => personal.title(cell),
            _ => super::clean::text(cell, personal),
        }
    }

    fn kind(&self, column: usize) -> Kind {
        self.kinds.get(column).copied().unwrap_or(Kind::Plain)
    }

    fn personal<'r>(&self, row: &'r Row) -> Personal<'r> {
        let known = self
            .kinds
            .iter()
            .zip(&row.cells)
            .filter(|(kind, _)| **kind == Kind::Personal)
            .filter_map(|(_, cell)| told(cell));
        Personal::of(known)
    }

    fn raw(&self, row: &Row, personal: &Personal<'_>) -> BTreeMap<String, String> {
        let mut raw = BTreeMap::new();
        for (at, (header, cell)) in self.header.iter().zip(&row.cells).enumerate() {
            let is_kept = !matches!(self.kind(at), Kind::Personal | Kind::Nothing) && row.fault(at).is_none();
            if let Some(cell) = told(cell).filter(|_| is_kept) {
                raw.insert(header.clone(), self.clean(at, cell, personal));
            }
        }
        raw
    }
}

pub(super) use super::personal::{Kind, Personal};

impl Entry {
    /// Whether the row says that this line's money was settled.
    pub fn is_settled(&self, format: &Format) -> bool {
        self.times.settled.is_some() || self.status(format) == Status::Settled
    }

    /// Where the line stands. A word that nobody told us counts as paid only where a time says so.
    pub fn status(&self, format: &Format) -> Status {
        let Times {
            paid,
            received,
            settled,
            ..
        } = self.times;
        let status = match self.meaning {
            Some(Status::Unknown) if paid.or(received).or(settled).is_none() => Status::Created,
            Some(known) => known,
            None if settled.is_some() => Status::Settled,
            None if received.is_some() => Status::Received,
            None if paid.is_some() => Status::Paid,
            // Nothing says that it was paid.
            None => Status::Created,
        };
        if self.after_sale == Some(Status::Refunded) && status != Status::Invalid {
            return Status::Refunded;
        }
        if format.settled_by_time && settled.is_some() && matches!(status, Status::Paid | Status::Received) {
            return Status::Settled;
        }
        status
    }

    pub fn is_reversal(&self) -> bool {
        self.money.is_empty() && !self.reversals.is_empty()
    }

    /// An entry as an earlier version kept it, in today's words.
    pub fn of_today(mut self) -> Self {
        if !self.reversed.is_empty() {
            self.reversals.push(Reversal {
                times: Times::default(),
                taken: std::mem::take(&mut self.reversed),
            });
        }
        self
    }

    /// An amount of this line, what was taken back of it taken off.
    pub fn amount(&self, field: Field) -> Option<i64> {
        let told = self.money.get(&field).copied()?;
        // What was paid stays what was paid: taking it back is a refund.
        if matches!(field, Field::CommissionEstimated | Field::CommissionSettled) {
            return Some((told - reversal::total(&self.reversals, field)).max(0));
        }
        Some(told)
    }

    /// What negative rows gave back of what was paid.
    pub fn given_back(&self) -> i64 {
        let back = reversal::total(&self.reversals, Field::Paid);
        self.amount(Field::Paid).map_or(back, |paid| back.min(paid))
    }
}

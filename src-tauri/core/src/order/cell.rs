//! What stands in one cell of an export: ids as text, amounts in minor units, times in Beijing.

use jiff::{Timestamp, civil, tz::Offset};

use super::format::Unit;
use crate::{
    error::{Error, Result},
    value::{Time, parse_amount},
};

/// All these exports count in yuan.
pub(super) const CURRENCY: &str = "CNY";

/// A cell with something in it: exports write `-` and `--` for nothing.
pub(super) fn told(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    (!matches!(cell, "" | "-" | "--" | "—" | "——" | "null" | "NULL")).then_some(cell)
}

/// An id as text. Excel's `.0`, tabs and quotes go.
///
/// # Errors
/// `Invalid` when Excel has made a rounded number of it, `1.23E+18`: which order it was cannot be known any more.
pub(super) fn id(cell: &str) -> Result<Option<String>> {
    let Some(cell) = told(cell.trim_matches(['\'', '`', '"', '\t', ' '])) else {
        return Ok(None);
    };
    let whole = cell.trim_end_matches('0').strip_suffix('.').unwrap_or(cell);
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let cell = if all_digits(whole) { whole } else { cell };
    let power = cell.to_ascii_uppercase();
    let is_damaged = power.split_once('E').is_some_and(|(number, power)| {
        (number.contains('.') || power.starts_with('+'))
            && number.parse::<f64>().is_ok()
            && all_digits(power.trim_start_matches('+'))
    });
    if is_damaged {
        return Err(Error::invalid(
            "id",
            format!("编号「{cell}」被 Excel 改成了科学计数法，已认不出原来的编号。请用平台导出的原文件。"),
        ));
    }
    Ok(Some(cell.to_owned()))
}

/// Whether an id looks rounded: longer than numbers are exact (2^53), with zeros at the end. Excel keeps 15 digits, scripts 17.
pub(super) fn looks_rounded(id: &str) -> bool {
    let zeros = id.len() - id.trim_end_matches('0').len();
    id.bytes().all(|b| b.is_ascii_digit()) && id.len() >= 16 && zeros >= id.len().saturating_sub(17).max(2)
}

/// An amount in minor units; the negative ones of refunds too. Digits below a 分 are Excel's noise and rounded.
pub(super) fn amount(cell: &str, unit: Unit) -> Result<Option<i64>> {
    let Some(cell) = told(cell) else {
        return Ok(None);
    };
    if unit == Unit::Fen {
        let whole = cell.strip_suffix(".0").unwrap_or(cell).replace(',', "");
        return whole
            .parse()
            .map(Some)
            .map_err(|_| Error::invalid("amount", format!("看不懂金额「{cell}」，这里应是以分计的整数。")));
    }
    parse_amount(cell, CURRENCY).map(Some).or_else(|error| {
        let plain: String = cell
            .chars()
            .filter(|c| !matches!(c, '¥' | '￥' | ',' | '元' | ' '))
            .collect();
        match plain.parse::<f64>() {
            #[allow(clippy::cast_possible_truncation)]
            Ok(yuan) if yuan.is_finite() && yuan.abs() < 1e12 => Ok(Some((yuan * 100.0).round() as i64)),
            _ => Err(error),
        }
    })
}

/// How many pieces, `2`, `2.0`, `2件`.
pub(super) fn quantity(cell: &str) -> Result<Option<i64>> {
    let Some(cell) = told(cell) else {
        return Ok(None);
    };
    let number = cell.trim_end_matches(['件', '个', '份']).trim_end();
    let number = number.trim_end_matches('0').strip_suffix('.').unwrap_or(number);
    match number.parse() {
        Ok(count) => Ok(Some(count)),
        Err(_) => Err(Error::invalid("quantity", format!("看不懂数量「{cell}」。"))),
    }
}

/// An instant: with a zone as it says, `2026/11/2 9:05:00`, `2026-11-02 09:05`, `2026年11月2日` and Excel's days since
/// 1899-12-30 in Beijing, where all these platforms are.
pub(super) fn time(cell: &str) -> Result<Option<Time>> {
    let Some(cell) = told(cell) else {
        return Ok(None);
    };
    let zoned = cell.parse::<Timestamp>().ok();
    let at = zoned.or_else(|| civil_time(cell).and_then(|at| Offset::constant(8).to_timestamp(at).ok()));
    match at {
        Some(at) => Ok(Some(Time(at.as_millisecond()))),
        None => Err(Error::invalid(
            "time",
            format!("看不懂时间「{cell}」，应像 2026-11-22 10:00:00。"),
        )),
    }
}

fn civil_time(cell: &str) -> Option<civil::DateTime> {
    if let Ok(days) = cell.parse::<f64>() {
        // 1927 to 2173; anything else is no date.
        #[allow(clippy::cast_possible_truncation)]
        return (10_000.0..100_000.0).contains(&days).then(|| {
            let seconds = (days * 86_400.0).round() as i64;
            civil::date(1899, 12, 30)
                .at(0, 0, 0, 0)
                .checked_add(jiff::SignedDuration::from_secs(seconds))
                .ok()
        })?;
    }
    let mut parts = cell
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::parse::<i16>);
    let year = parts.next()?.ok()?;
    let date = civil::Date::new(year, small(parts.next()?)?, small(parts.next()?)?).ok()?;
    let mut next = || parts.next().map_or(Some(0), small);
    civil::Time::new(next()?, next()?, next()?, 0)
        .ok()
        .map(|time| date.to_datetime(time))
}

fn small(part: std::result::Result<i16, std::num::ParseIntError>) -> Option<i8> {
    i8::try_from(part.ok()?).ok()
}

//! What stands in one cell of an export: ids as text, amounts in minor units, times in Beijing.

use super::format::Unit;
use crate::{
    error::{Error, Result},
    sheet,
    value::parse_amount,
};

/// All these exports count in yuan.
pub(super) const CURRENCY: &str = "CNY";

/// A cell with something in it: exports write `-` and `--` for nothing.
pub(super) fn told(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    (!matches!(cell, "" | "-" | "--" | "—" | "——" | "null" | "NULL")).then_some(cell)
}

/// An id as text; nothing where the cell says nothing.
///
/// # Errors
/// As [`sheet::id`].
pub(super) fn id(cell: &str) -> Result<Option<String>> {
    sheet::id(cell).map(|id| told(id).map(str::to_owned))
}

/// Whether an id looks rounded: longer than numbers are exact (2^53), with zeros at the end. Excel keeps 15 digits, scripts 17.
pub(super) fn looks_rounded(id: &str) -> bool {
    let zeros = id.len() - id.trim_end_matches('0').len();
    id.bytes().all(|b| b.is_ascii_digit()) && id.len() >= 16 && zeros >= id.len().saturating_sub(17).max(2)
}

/// Whether a cell writes decimals behind a comma, `12,50`: then `1.299` in the same file is a thousand and more, or it is not.
pub(super) fn has_decimal_comma(cell: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    cell.rsplit_once(',').is_some_and(|(whole, fraction)| {
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        digits(&whole) && digits(fraction) && fraction.len() <= 2
    })
}

/// Whether a number could be a thousand and more, or three decimals: `1.299`.
fn is_either(cell: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let plain = cell
        .trim_start_matches(['-', '¥', '￥', ' '])
        .trim_end_matches(['元', ' ']);
    plain
        .split_once(['.', ','])
        .is_some_and(|(whole, rest)| digits(whole) && whole.len() <= 3 && digits(rest) && rest.len() == 3)
}

/// An amount in minor units; the negative ones of refunds too. Digits below a 分 are Excel's noise and rounded.
/// `comma`: somewhere in this file decimals stand behind a comma.
///
/// # Errors
/// `Invalid` for what is no amount, is one in scientific notation (its digits may be cut), or could be two different ones.
pub(super) fn amount(cell: &str, unit: Unit, comma: bool) -> Result<Option<i64>> {
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
    if comma && is_either(cell) {
        return Err(Error::invalid(
            "amount",
            format!("这份表用逗号作小数点，「{cell}」是一千多还是带三位小数分不清，没有收下。"),
        ));
    }
    parse_amount(cell, CURRENCY)
        .map(Some)
        .or_else(|error| noisy(cell).map(Some).ok_or(error))
}

/// `12.299999999999999`, as spreadsheets write what they add up.
fn noisy(cell: &str) -> Option<i64> {
    let plain: String = cell
        .chars()
        .filter(|c| !matches!(c, '¥' | '￥' | '元' | ' '))
        .collect();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = digits.split_once('.')?;
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let yuan: f64 = plain.parse().ok()?;
    #[allow(clippy::cast_possible_truncation)]
    (yuan.abs() < 1e12).then(|| (yuan * 100.0).round() as i64)
}

/// More pieces in one line are a slip, or a number of another column.
const MOST_PIECES: i64 = 1_000_000;

/// How many pieces, `2`, `2.0`, `2件`, `1,000`; negative ones of rows that take back.
pub(super) fn quantity(cell: &str) -> Result<Option<i64>> {
    let Some(cell) = told(cell) else {
        return Ok(None);
    };
    let number = cell.trim_end_matches(['件', '个', '份']).trim_end();
    let number = number.trim_end_matches('0').strip_suffix('.').unwrap_or(number);
    let (sign, size) = number.strip_prefix('-').map_or(("", number), |size| ("-", size));
    let mut groups = size.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let plain = if is_grouped {
        size.replace(',', "")
    } else {
        size.to_owned()
    };
    match format!("{sign}{plain}").parse::<i64>() {
        Ok(count) if count.abs() <= MOST_PIECES => Ok(Some(count)),
        _ => Err(Error::invalid("quantity", format!("看不懂数量「{cell}」。"))),
    }
}

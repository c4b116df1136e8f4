//! Small types every room shares: ids, times, dates, money and the nouns themselves.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};

/// A row's id, printed as it is accepted.
pub type Id = i64;

/// A noun of the house: what changed, and what a search hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Noun {
    Product,
    Price,
    Photo,
    Composition,
    Trial,
    Review,
    Channel,
    Post,
    Link,
    Bundle,
    Publication,
    Shop,
    Order,
    Attribution,
    Workspace,
}

impl Noun {
    /// The noun as it is written in tables, commands and events.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Price => "price",
            Self::Photo => "photo",
            Self::Composition => "composition",
            Self::Trial => "trial",
            Self::Review => "review",
            Self::Channel => "channel",
            Self::Post => "post",
            Self::Link => "link",
            Self::Bundle => "bundle",
            Self::Publication => "publication",
            Self::Shop => "shop",
            Self::Order => "order",
            Self::Attribution => "attribution",
            Self::Workspace => "workspace",
        }
    }
}

impl FromStr for Noun {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        serde_json::from_value(text.into())
            .map_err(|_| Error::invalid("noun", format!("没有「{text}」这种内容。")))
    }
}

/// An instant: milliseconds since 1970 UTC in the database, RFC 3339 with the local offset everywhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type, specta::Type)]
#[sqlx(transparent)]
#[specta(transparent)]
pub struct Time(#[specta(type = String)] pub i64);

impl Time {
    /// The clock. Called by the faces (window, command line) and tests only: rules take time as an argument.
    #[allow(clippy::disallowed_methods)]
    pub fn now() -> Self {
        Self(Timestamp::now().as_millisecond())
    }

    /// The same instant for jiff; out-of-range values are clamped to the epoch.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The civil date of this instant in the computer's time zone.
    pub fn date(self) -> Date {
        Date(self.timestamp().to_zoned(TimeZone::system()).date())
    }

    /// RFC 3339 in the given offset (minutes east of UTC).
    pub fn rfc3339(self, offset_minutes: i64) -> String {
        let offset = i32::try_from(offset_minutes.saturating_mul(60))
            .ok()
            .and_then(|s| jiff::tz::Offset::from_seconds(s).ok());
        self.timestamp()
            .display_with_offset(offset.unwrap_or(jiff::tz::Offset::UTC))
            .to_string()
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.timestamp();
        write!(f, "{}", at.display_with_offset(TimeZone::system().to_offset(at)))
    }
}

impl FromStr for Time {
    type Err = Error;
    /// Reads RFC 3339, `2026-11-22T10:00`, `2026-11-22 10:00` or `2026-11-22`; without an offset it is local time.
    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        if let Ok(at) = text.parse::<Timestamp>() {
            return Ok(Self(at.as_millisecond()));
        }
        text.parse::<civil::DateTime>()
            .or_else(|_| text.parse::<civil::Date>().map(civil::DateTime::from))
            .and_then(|at| at.to_zoned(TimeZone::system()))
            .map(|at| Self(at.timestamp().as_millisecond()))
            .map_err(|_| Error::invalid("time", format!("看不懂时间「{text}」，请写成 2026-11-22 10:00。")))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// Writes an instant as the milliseconds it is: the same on every computer, whatever its zone.
///
/// # Errors
/// Those of the serializer.
pub fn instant<S: Serializer>(at: &Time, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_i64(at.0)
}

/// As [`instant`].
///
/// # Errors
/// Those of the serializer.
pub fn instant_if_any<S: Serializer>(at: &Option<Time>, s: S) -> std::result::Result<S::Ok, S::Error> {
    at.map(|at| at.0).serialize(s)
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A civil date, `2026-11-22`: a trial's day is a day, not an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
#[specta(transparent)]
pub struct Date(#[specta(type = String)] pub civil::Date);

impl Date {
    /// The instant at which this day begins in the computer's time zone.
    pub fn begins(self) -> Time {
        self.0
            .to_zoned(TimeZone::system())
            .map_or(Time(0), |at| Time(at.timestamp().as_millisecond()))
    }

    /// The instant at which this day is over.
    pub fn ends(self) -> Time {
        self.0
            .tomorrow()
            .map_or(Time(i64::MAX), |next| Self(next).begins())
    }

    /// Whole days from `earlier` to this date; negative when it lies before.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0
            .since(earlier.0)
            .map_or(0, |span| i64::from(span.get_days()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Date {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        text.trim()
            .parse()
            .map(Self)
            .map_err(|_| Error::invalid("date", format!("看不懂日期「{text}」，请写成 2026-11-22。")))
    }
}

impl sqlx::Type<sqlx::Sqlite> for Date {
    fn type_info() -> sqlx::sqlite::SqliteTypeInfo {
        <String as sqlx::Type<sqlx::Sqlite>>::type_info()
    }
    fn compatible(ty: &sqlx::sqlite::SqliteTypeInfo) -> bool {
        <String as sqlx::Type<sqlx::Sqlite>>::compatible(ty)
    }
}

impl<'r> sqlx::Decode<'r, sqlx::Sqlite> for Date {
    fn decode(
        value: sqlx::sqlite::SqliteValueRef<'r>,
    ) -> std::result::Result<Self, sqlx::error::BoxDynError> {
        Ok(<&str as sqlx::Decode<sqlx::Sqlite>>::decode(value)?.parse::<Self>()?)
    }
}

impl sqlx::Encode<'_, sqlx::Sqlite> for Date {
    fn encode_by_ref(
        &self,
        buffer: &mut <sqlx::Sqlite as sqlx::Database>::ArgumentBuffer,
    ) -> std::result::Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        sqlx::Encode::<sqlx::Sqlite>::encode(self.to_string(), buffer)
    }
}

/// Writes a path as text; what is no Unicode in it is shown as `\u{fffd}`: an answer must not fail over the name of a file.
///
/// # Errors
/// Those of the serializer.
pub fn path_text<S: Serializer>(path: &std::path::Path, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.collect_str(&path.display())
}

/// The currencies in use (ISO 4217), without funds, metals and codes for tests.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND \
VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Whether somebody pays in a currency of this code.
pub fn is_currency(code: &str) -> bool {
    code.len() == 3 && CURRENCIES.split(' ').any(|known| known == code)
}

/// How many decimals a currency has (ISO 4217); two unless known otherwise.
pub fn decimals(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" => 0,
        "BHD" | "KWD" | "OMR" | "TND" | "JOD" => 3,
        _ => 2,
    }
}

/// A code as codes are compared: `ＬＵ１０` is `LU10`, which shops write `lu10`. The case of ASCII stays for the eye; the database
/// compares without it.
pub fn same_code(code: &str) -> String {
    let plain: String = code.trim().nfkc().collect();
    if plain.is_ascii() {
        plain
    } else {
        plain.to_lowercase()
    }
}

/// Signs of money and the currencies they stand for.
const SIGNS: [(char, &[&str]); 5] = [
    ('元', &["CNY", "TWD", "HKD"]),
    ('¥', &["CNY", "JPY"]),
    ('$', &["USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MXN"]),
    ('€', &["EUR"]),
    ('£', &["GBP"]),
];

/// Reads an amount such as `129`, `129.00`, `¥1,299.9`, `1.299,90`, `12,50` or `-3.50` into minor units, exactly.
///
/// A comma or dot is what it can only be: groups of a thousand have three digits, decimals behind a comma one or two. A
/// single dot is a decimal point.
///
/// # Errors
/// `Invalid` when it is not an amount, is of another currency, has more decimals than the currency, or is out of range.
pub fn parse_amount(text: &str, currency: &str) -> Result<i64> {
    let bad = || Error::invalid("amount", format!("看不懂金额「{text}」，请写成 129 或 129.00。"));
    let narrow: String = text
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '￥' => '¥',
            '−' | '–' => '-',
            other => other,
        })
        .filter(|c| !c.is_whitespace())
        .collect();
    let (negative, digits) = unsigned(&narrow, currency).ok_or_else(bad)?;
    let (whole, fraction) = parts(digits).ok_or_else(bad)?;
    let places = decimals(currency) as usize;
    let fraction = fraction.trim_end_matches('0');
    let all_digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty())
        || !all_digits(&whole)
        || !all_digits(fraction)
        || fraction.len() > places
    {
        return Err(bad());
    }
    let minor: i64 = format!("{whole}{fraction:0<places$}")
        .parse()
        .map_err(|_| bad())?;
    Ok(if negative { -minor } else { minor })
}

/// An amount without its sign and the currency's, `-¥3.50`, `¥-3.50`, and whether it is negative; `(12.50)` is too. Nothing
/// where the sign is another currency's.
fn unsigned<'t>(text: &'t str, currency: &str) -> Option<(bool, &'t str)> {
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (mut negative, mut rest) = inner.map_or((false, text), |inner| (true, inner));
    loop {
        let sign = rest.starts_with('-').then_some('-');
        let money = |(sign, _): &&(char, &[&str])| rest.starts_with(*sign) || rest.ends_with(*sign);
        match (sign, SIGNS.iter().find(money)) {
            (Some(_), _) if negative => return None,
            (Some(minus), _) => {
                negative = true;
                rest = rest.strip_prefix(minus)?;
            }
            (None, Some((_, currencies))) if !currencies.contains(&currency) => return None,
            (None, Some((sign, _))) => {
                rest = rest.strip_prefix(*sign).or(rest.strip_suffix(*sign))?;
            }
            (None, None) => return Some((negative, rest)),
        }
    }
}

/// The digits before and behind the decimal mark, without marks of groups; nothing where they are no number.
fn parts(digits: &str) -> Option<(String, &str)> {
    let (dots, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let comma_is_last = digits.rfind(',') > digits.rfind('.');
    let tail = |mark| digits.rsplit_once(mark).map_or(0, |(_, rest)| rest.len());
    let mark = match (dots, commas) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1) if tail(',') < 3 => Some(','),
        (_, 0) | (0, _) => None,
        (_, 1) if comma_is_last => Some(','),
        (1, _) if !comma_is_last => Some('.'),
        _ => return None,
    };
    let (whole, fraction) = match mark {
        Some(mark) => digits.rsplit_once(mark)?,
        None => (digits, ""),
    };
    let group = if mark == Some(',') || (mark.is_none() && dots > 0) {
        '.'
    } else {
        ','
    };
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let mut joined = first.to_owned();
    for one in groups {
        // 0,299 is no number of thousands.
        if one.len() != 3 || first.is_empty() || first.len() > 3 || first.starts_with('0') {
            return None;
        }
        joined.push_str(one);
    }
    Some((joined, fraction))
}

/// Writes minor units as a plain decimal, `12900` CNY → `129.00`.
pub fn format_amount(amount: i64, currency: &str) -> String {
    let places = decimals(currency);
    if places == 0 {
        return amount.to_string();
    }
    let unit = 10_u64.pow(places);
    let sign = if amount < 0 { "-" } else { "" };
    let size = amount.unsigned_abs();
    format!(
        "{sign}{}.{:0width$}",
        size / unit,
        size % unit,
        width = places as usize
    )
}

/// Money as people read it: `¥129.00`, `USD 12.00`.
pub fn show_money(amount: i64, currency: &str) -> String {
    let plain = format_amount(amount, currency);
    match currency {
        "CNY" => match plain.strip_prefix('-') {
            Some(rest) => format!("-¥{rest}"),
            None => format!("¥{plain}"),
        },
        other => format!("{other} {plain}"),
    }
}

/// Tells an absent field (leave it as it is) from `null` (take it away), for patches:
/// `#[serde(default, deserialize_with = "value::given")] field: Option<Option<T>>`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    d: D,
) -> std::result::Result<Option<Option<T>>, D::Error> {
    Option::deserialize(d).map(Some)
}

//! When: a moment as exports write it, in Beijing unless they say otherwise.
//!
//! What could be two different moments is refused and never guessed: `3/9/2025` is the third of September in one country and
//! the ninth of March in another.

use jiff::{SignedDuration, Timestamp, civil, tz::Offset};

use super::cell::told;
use crate::{
    error::{Error, Result},
    value::Time,
};

/// All these platforms are in Beijing.
const ZONE: i32 = 8 * 3600;
/// No order is older, and none is of a later century: other years are slips, or times without a day (Excel: 1899).
const YEARS: std::ops::RangeInclusive<i16> = 1995..=2099;
/// Half days, longest first: `上午`, `下午 3:05`, `3:05 PM`.
const HALVES: [(&str, Half); 15] = [
    ("上午", Half::Am),
    ("早上", Half::Am),
    ("凌晨", Half::Am),
    ("下午", Half::Pm),
    ("傍晚", Half::Pm),
    ("晚上", Half::Night),
    ("中午", Half::Noon),
    ("a.m.", Half::Am),
    ("p.m.", Half::Pm),
    ("a.m", Half::Am),
    ("p.m", Half::Pm),
    ("am", Half::Am),
    ("pm", Half::Pm),
    ("午前", Half::Am),
    ("午後", Half::Pm),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
    /// 中午12:30, 中午1:00
    Noon,
    /// 晚上8:05; at 12 it is the next day, or is it?
    Night,
}

/// An instant: `2026/11/2 9:05:00`, `2026年11月2日 下午 3:05`, `20261102090500`, with an offset or `Z` as it says, seconds or
/// milliseconds since 1970, and Excel's days since 1899-12-30.
///
/// # Errors
/// `Invalid` for what is no moment, has no day, or could be two.
pub(super) fn time(cell: &str) -> Result<Option<Time>> {
    let Some(cell) = told(cell) else {
        return Ok(None);
    };
    let at = read(&narrow(cell)).map_err(|why| Error::invalid("time", format!("时间「{cell}」{why}")))?;
    Ok(Some(Time(at.as_millisecond())))
}

const UNREAD: &str = "看不懂，应像 2026-11-22 10:00:00。";
const WHICH: &str = "分不清哪个是月、哪个是日，没有收下。请改成 2026-11-22 这样年在前的写法。";
const NO_DAY: &str = "没有说是哪一天。";

/// Full-width digits and marks as the narrow ones.
fn narrow(cell: &str) -> String {
    cell.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
            other => other,
        })
        .collect::<String>()
        .to_lowercase()
}

fn read(cell: &str) -> std::result::Result<Timestamp, &'static str> {
    if let Ok(at) = cell.to_uppercase().parse::<Timestamp>() {
        return is_likely(at).then_some(at).ok_or(UNREAD);
    }
    if let Some(number) = number(cell) {
        return number;
    }
    let (rest, offset) = offset(cell);
    let (rest, half) = half(rest)?;
    let at = civil_time(&rest, half)?;
    Offset::from_seconds(offset.unwrap_or(ZONE))
        .and_then(|offset| offset.to_timestamp(at))
        .map_err(|_| UNREAD)
}

fn is_likely(at: Timestamp) -> bool {
    YEARS.contains(&Offset::UTC.to_datetime(at).year())
}

/// A cell of digits alone, by how many there are; nothing where it is no number.
fn number(cell: &str) -> Option<std::result::Result<Timestamp, &'static str>> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let part = |from: usize, to: usize| whole.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let beijing = |at: civil::DateTime| Offset::from_seconds(ZONE).ok()?.to_timestamp(at).ok();
    let at = match whole.len() {
        // Days since 1899-12-30: 1995 to 2099.
        5 => cell.parse::<f64>().ok().and_then(|days| {
            #[allow(clippy::cast_possible_truncation)]
            let seconds = SignedDuration::from_secs((days * 86_400.0).round() as i64);
            let at = civil::date(1899, 12, 30).at(0, 0, 0, 0).checked_add(seconds);
            at.ok().and_then(beijing)
        }),
        8 | 12 | 14 if fraction.is_empty() => {
            let small = |from, to| part(from, to).and_then(|part| i8::try_from(part).ok());
            let or_none = |from, to| {
                if whole.len() < to {
                    Some(0)
                } else {
                    small(from, to)
                }
            };
            part(0, 4)
                .zip(small(4, 6))
                .zip(small(6, 8))
                .and_then(|((year, month), day)| civil::Date::new(year, month, day).ok())
                .zip(or_none(8, 10).zip(or_none(10, 12)).zip(or_none(12, 14)))
                .and_then(|(date, ((hour, minute), second))| {
                    let time = civil::Time::new(hour, minute, second, 0).ok()?;
                    beijing(date.to_datetime(time))
                })
        }
        10 => whole.parse().ok().and_then(|at| Timestamp::from_second(at).ok()),
        13 => whole
            .parse()
            .ok()
            .and_then(|at| Timestamp::from_millisecond(at).ok()),
        _ => None,
    };
    Some(at.filter(|at| is_likely(*at)).ok_or(UNREAD))
}

/// An offset at the end, in seconds: `Z`, `+0900`, `+09:00`, `GMT+8`, `(UTC+8)`, 北京时间.
fn offset(cell: &str) -> (&str, Option<i32>) {
    let cell = cell.trim().trim_end_matches([')', '）']);
    for word in ["北京时间", "beijing time"] {
        if let Some(rest) = cell.strip_suffix(word) {
            return (rest.trim_end_matches(['(', ' ']), Some(ZONE));
        }
    }
    for word in ["z", "utc", "gmt"] {
        if let Some(rest) = cell.strip_suffix(word)
            && rest.ends_with(|c: char| c.is_ascii_digit() || c == ' ')
        {
            return (rest.trim_end_matches(['(', ' ']), Some(0));
        }
    }
    let found = cell.rfind(['+', '-']).and_then(|at| {
        let (before, sign) = (cell.get(..at)?, cell.get(at..at + 1)?);
        let told = cell.get(at + 1..)?;
        let word = before.ends_with("utc") || before.ends_with("gmt");
        let before = before
            .trim_end_matches("utc")
            .trim_end_matches("gmt")
            .trim_end_matches(['(', ' ']);
        // `2025-03-09` ends in a minus too: an offset stands behind a time.
        if !before.contains(':') || !(word || sign == "+" || told.len() >= 4) {
            return None;
        }
        let (hours, minutes) = match told.split_once(':') {
            Some(parts) => parts,
            None if told.len() > 2 => told.split_at_checked(told.len() - 2)?,
            None => (told, "0"),
        };
        let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
        let seconds = (hours <= 14 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
        Some((before, if sign == "-" { -seconds } else { seconds }))
    });
    found.map_or((cell, None), |(before, seconds)| (before, Some(seconds)))
}

/// The cell without its half day.
fn half(cell: &str) -> std::result::Result<(String, Option<Half>), &'static str> {
    let mut found = None;
    let mut rest = cell.to_owned();
    for (word, half) in HALVES {
        if rest.contains(word) {
            if found.is_some_and(|known| known != half) {
                return Err(UNREAD);
            }
            found = Some(half);
            rest = rest.replace(word, " ");
        }
    }
    Ok((rest, found))
}

/// Year, month, day and what of the time is told, between words and marks that dates are written with.
fn civil_time(cell: &str, half: Option<Half>) -> std::result::Result<civil::DateTime, &'static str> {
    let week = ["星期", "礼拜", "周"].iter().find_map(|word| cell.find(word));
    let cell: String = match week {
        // 星期日
        Some(at) => {
            let (before, after) = cell.split_at_checked(at).ok_or(UNREAD)?;
            let day = |c: char| "星期礼拜周一二三四五六日天".contains(c);
            format!("{before} {}", after.trim_start_matches(day))
        }
        None => cell.to_owned(),
    };
    let marks = |c: char| c.is_ascii_digit() || " -/.:,年月日时点分秒t号".contains(c);
    if !cell.chars().all(marks) {
        return Err(UNREAD);
    }
    let (cell, fraction) = fraction(&cell);
    let written: Vec<&str> = cell
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third, clock @ ..] = written.as_slice() else {
        return Err(if cell.contains([':', '时', '点']) {
            NO_DAY
        } else {
            UNREAD
        });
    };
    // `8:08 2025/3/9` tells the time first: its numbers are not year, month and day.
    let begins = cell.find([':', '时', '点']).unwrap_or(cell.len());
    if cell.get(..begins).is_none_or(|day| {
        day.split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .count()
            < 3
    }) {
        return Err(UNREAD);
    }
    let number = |text: &str| text.parse::<i16>().map_err(|_| UNREAD);
    let (year, month, day) = day(
        (first, number(first)?),
        (second, number(second)?),
        (third, number(third)?),
    )?;
    if !YEARS.contains(&year) || clock.len() > 3 {
        return Err(UNREAD);
    }
    let date = civil::Date::new(year, month, day).map_err(|_| "不是一个日子。")?;
    let part = |at: usize| clock.get(at).map_or(Ok(0), |text| number(text));
    let (hour, minute, second) = (part(0)?, part(1)?, part(2)?);
    let hour = match half {
        None => hour,
        Some(half) => half.hour(hour).ok_or("上午、下午和钟点对不上。")?,
    };
    // 24:00 is the end of that day.
    let (date, hour) = match (hour, minute, second) {
        (24, 0, 0) => (date.tomorrow().map_err(|_| UNREAD)?, 0),
        _ => (date, hour),
    };
    let small = |part: i16| i8::try_from(part).map_err(|_| UNREAD);
    civil::Time::new(small(hour)?, small(minute)?, small(second)?, fraction)
        .map(|time| date.to_datetime(time))
        .map_err(|_| UNREAD)
}

/// `8:05:30.500` without its fraction, and the fraction in nanoseconds.
fn fraction(cell: &str) -> (&str, i32) {
    let told = cell.rsplit_once('.').and_then(|(before, after)| {
        let digits = after.trim_end();
        let is_one = before.contains(':') && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let nanoseconds = format!("{digits:0<9}").get(..9)?.parse().ok()?;
        is_one.then_some((before, nanoseconds))
    });
    told.unwrap_or((cell, 0))
}

/// Which of three numbers is what. The year has four digits, and stands first or last; last, the day is the one that can be
/// no month.
fn day(
    first: (&str, i16),
    second: (&str, i16),
    third: (&str, i16),
) -> std::result::Result<(i16, i8, i8), &'static str> {
    let small = |number: i16| i8::try_from(number).map_err(|_| UNREAD);
    if first.0.len() == 4 {
        return Ok((first.1, small(second.1)?, small(third.1)?));
    }
    if third.0.len() != 4 {
        return Err("年份只有两位，分不清是哪一年，没有收下。请改成 2026-11-22 这样写全年份。");
    }
    let (a, b) = (first.1, second.1);
    let (month, day) = match (a, b) {
        _ if a == b => (a, b),
        (13.., 1..=12) => (b, a),
        (1..=12, 13..) => (a, b),
        _ => return Err(WHICH),
    };
    Ok((third.1, small(month)?, small(day)?))
}

impl Half {
    /// The hour of the whole day; nothing where they contradict each other.
    fn hour(self, hour: i16) -> Option<i16> {
        match (self, hour) {
            (Self::Am, 12) => Some(0),
            (Self::Am, 0..12) => Some(hour),
            (Self::Pm, 1..12) => Some(hour + 12),
            (Self::Pm, 12..24) => Some(hour),
            (Self::Noon, 11..=14) => Some(hour),
            (Self::Noon, 1 | 2) | (Self::Night, 5..12) => Some(hour + 12),
            (Self::Night, 17..24) => Some(hour),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cell: &str) -> String {
        match time(cell) {
            Ok(Some(at)) => at.rfc3339(480),
            Ok(None) => String::new(),
            Err(error) => error.message,
        }
    }

    #[test]
    fn a_moment_is_read_as_it_is_meant_or_refused() {
        for (cell, at) in [
            ("2025/3/9 下午 3:05", "2025-03-09T15:05:00+08:00"),
            ("2025/3/9 3:05 PM", "2025-03-09T15:05:00+08:00"),
            ("3:05 p.m., 2025/3/9", "时间「3:05 p.m., 2025/3/9」看不懂"),
            ("8:08 2025/3/9", "时间「8:08 2025/3/9」看不懂"),
            ("2025/3/9 上午12:05", "2025-03-09T00:05:00+08:00"),
            ("2025/3/9 下午12:05", "2025-03-09T12:05:00+08:00"),
            (
                "2025/3/9 晚上12:05",
                "时间「2025/3/9 晚上12:05」上午、下午和钟点对不上",
            ),
            ("2025/3/9 晚上8:05", "2025-03-09T20:05:00+08:00"),
            ("2025/3/9 中午12:30", "2025-03-09T12:30:00+08:00"),
            ("2025/3/9 下午 15:05", "2025-03-09T15:05:00+08:00"),
            (
                "2025/3/9 上午 13:05",
                "时间「2025/3/9 上午 13:05」上午、下午和钟点对不上",
            ),
            ("２０２５／３／９　８：０５", "2025-03-09T08:05:00+08:00"),
            ("2025年3月9日 星期日 8:05", "2025-03-09T08:05:00+08:00"),
            ("2025-03-09 09:00:00 +0900", "2025-03-09T08:00:00+08:00"),
            ("2025-03-09 00:00:00 GMT+0", "2025-03-09T08:00:00+08:00"),
            ("2025-03-08 19:05:00 -05:00", "2025-03-09T08:05:00+08:00"),
            ("2025-03-09 08:05 (UTC+8)", "2025-03-09T08:05:00+08:00"),
            ("2025-03-09 08:05（北京时间）", "2025-03-09T08:05:00+08:00"),
            ("2025-03-09T00:05:00Z", "2025-03-09T08:05:00+08:00"),
            ("25/3/2025 8:05", "2025-03-25T08:05:00+08:00"),
            ("3/25/2025 8:05", "2025-03-25T08:05:00+08:00"),
            ("3/3/2025 8:05", "2025-03-03T08:05:00+08:00"),
            ("3/9/2025 8:05", "时间「3/9/2025 8:05」分不清"),
            ("25/3/9 8:05", "时间「25/3/9 8:05」年份只有两位"),
            ("2025-02-30 08:00:00", "时间「2025-02-30 08:00:00」不是一个日子"),
            ("2025-03-09 24:00", "2025-03-10T00:00:00+08:00"),
            ("2025-03-09 25:00", "时间「2025-03-09 25:00」看不懂"),
            ("1899-12-31 08:05:00", "时间「1899-12-31 08:05:00」看不懂"),
            ("8:05", "时间「8:05」没有说是哪一天"),
            ("0.336805556", "时间「0.336805556」看不懂"),
            ("45725.3368055556", "2025-03-09T08:05:00+08:00"),
            ("1741478700", "2025-03-09T08:05:00+08:00"),
            ("1741478700000", "2025-03-09T08:05:00+08:00"),
            ("202503090805", "2025-03-09T08:05:00+08:00"),
            ("昨天 8:05", "时间「昨天 8:05」看不懂"),
            ("2025-03-09 8:05 左右", "时间「2025-03-09 8:05 左右」看不懂"),
            ("--", ""),
        ] {
            let said = said(cell);
            assert!(
                said.starts_with(at) && (at.is_empty() == said.is_empty()),
                "{cell}: {said}"
            );
        }
    }
}

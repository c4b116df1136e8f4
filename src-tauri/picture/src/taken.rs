//! When a picture was taken: one reader for the many ways in which programs write a moment down.

/// When a photo was taken, as the camera's clock showed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taken {
    /// Year, as 2026.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31 and existing in that month.
    pub day: u8,
    /// Hour, 0 to 23; of a moment that is told by its day alone, 0.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Thousandths of a second, 0 to 999: what tells the shots of a burst apart.
    pub millisecond: u16,
    /// Minutes east of UTC, where the camera wrote them down.
    pub offset_minutes: Option<i16>,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Taken {
    /// Reads "2026:03:02 08:15:59" (EXIF), "2026-03-02T08:15:59.12+08:00" (XMP, ISO 8601), "20260302T081559+0800" (IPTC) and whatever
    /// lies between; `None` for what names no moment that was.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        let mut scan = Scan(text.trim_ascii());
        let mut taken = Self {
            year: scan.number(4)?,
            month: scan.after(b":-/.").small()?,
            day: scan.after(b":-/.").small()?,
            hour: 0,
            minute: 0,
            second: 0,
            millisecond: 0,
            offset_minutes: None,
        };
        if scan.has(b" T") {
            scan.clock(&mut taken)?;
            taken.offset_minutes = scan.zone();
        }
        taken.is_a_moment().then_some(taken)
    }

    /// Reads "Wed, 02 Jan 2002 02:03:55 GMT" (PNG) and "Wed Jan 02 02:03:55 2002" (AVI).
    pub(crate) fn read_words(text: &str) -> Option<Self> {
        let words = || text.split([' ', ',']).filter(|word| !word.is_empty());
        let month =
            words().find_map(|word| MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word)))?;
        let number = |length: std::ops::RangeInclusive<usize>| {
            words().find_map(|word| word.parse::<u16>().ok().filter(|_| length.contains(&word.len())))
        };
        let mut taken = Self {
            year: number(4..=4)?,
            month: u8::try_from(month + 1).ok()?,
            day: u8::try_from(number(1..=2)?).ok()?,
            hour: 0,
            minute: 0,
            second: 0,
            millisecond: 0,
            offset_minutes: None,
        };
        if let Some(clock) = words().find(|word| word.contains(':')) {
            Scan(clock.as_bytes()).clock(&mut taken)?;
        }
        taken.offset_minutes = words().find_map(|word| match word {
            "GMT" | "UT" | "UTC" | "Z" => Some(0),
            _ => Scan(word.as_bytes()).zone(),
        });
        taken.is_a_moment().then_some(taken)
    }

    /// The moment so many seconds after 1970 began, by the clock of UTC.
    pub(crate) fn of_seconds(seconds: i64) -> Option<Self> {
        let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Days since 1 March of year 0, in eras of 400 years. (Hinnant, "chrono-Compatible Low-Level Date Algorithms".)
        let days = days.checked_add(719_468)?;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let small = |n: i64| u8::try_from(n).ok();
        let taken = Self {
            year: u16::try_from(year + era * 400 + i64::from(month >= 10)).ok()?,
            month: small(if month < 10 { month + 3 } else { month - 9 })?,
            day: small(of_year - (153 * month + 2) / 5 + 1)?,
            hour: small(of_day / 3600)?,
            minute: small(of_day / 60 % 60)?,
            second: small(of_day % 60)?,
            millisecond: 0,
            offset_minutes: Some(0),
        };
        taken.is_a_moment().then_some(taken)
    }

    /// Puts the digits behind the second in, "12" for 120 milliseconds.
    pub(crate) fn with_fraction(mut self, digits: &str) -> Self {
        self.millisecond = Scan(digits.trim().as_bytes()).fraction();
        self
    }

    /// Puts the camera's zone in, "+08:00".
    pub(crate) fn with_zone(mut self, text: &str) -> Self {
        self.offset_minutes = Scan(text.trim().as_bytes()).zone().or(self.offset_minutes);
        self
    }

    /// Whether both show the same on their clocks.
    pub(crate) fn same_clock(&self, other: &Self) -> bool {
        let clock = |of: &Self| (of.year, of.month, of.day, of.hour, of.minute, of.second);
        clock(self) == clock(other)
    }

    /// Whether there was such a moment. Cameras without a set clock write 0000:00:00, or the day their chips count from.
    pub(crate) fn is_a_moment(&self) -> bool {
        let leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        // 1839 is the year of photography; 1904, 1970 (seen from any zone) and 1980 are where clocks begin.
        let never_set = match (self.year, self.month, self.day) {
            (1904 | 1970, 1, 1) | (1903 | 1969, 12, 31) => true,
            (1980, 1, 1) => (self.hour, self.minute, self.second) == (0, 0, 0),
            _ => false,
        };
        self.year >= 1839
            && !never_set
            && (1..=days).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second < 60
    }
}

/// A text read from its front.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    /// Exactly so many digits.
    fn number(&mut self, length: usize) -> Option<u16> {
        let (digits, rest) = self.0.split_at_checked(length)?;
        let number = digits.iter().try_fold(0_u16, |n, b| {
            let digit = b.is_ascii_digit().then(|| b - b'0')?;
            n.checked_mul(10)?.checked_add(u16::from(digit))
        })?;
        self.0 = rest;
        Some(number)
    }

    fn small(&mut self) -> Option<u8> {
        self.number(2).and_then(|n| u8::try_from(n).ok())
    }

    /// Takes one of these signs off, if one comes next.
    fn has(&mut self, signs: &[u8]) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if signs.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn after(&mut self, signs: &[u8]) -> &mut Self {
        self.has(signs);
        self
    }

    /// Hours and minutes, and what follows as far as it is there.
    fn clock(&mut self, into: &mut Taken) -> Option<()> {
        into.hour = self.small()?;
        into.minute = self.after(b":").small()?;
        if self.has(b":") || self.0.first().is_some_and(u8::is_ascii_digit) {
            into.second = self.small()?;
        }
        if self.has(b".,") {
            into.millisecond = self.fraction();
        }
        Some(())
    }

    /// Digits as thousandths.
    fn fraction(&mut self) -> u16 {
        let end = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(end).unwrap_or_default();
        self.0 = rest;
        let three = digits.iter().copied().chain([b'0'; 3]).take(3);
        three.fold(0, |n, b| n * 10 + u16::from(b - b'0'))
    }

    /// `Z`, or hours and minutes east of UTC; no zone is further than 14 hours from it.
    fn zone(&mut self) -> Option<i16> {
        self.has(b" ");
        if self.has(b"Zz") {
            return Some(0);
        }
        let west = self.0.first() == Some(&b'-');
        if !self.has(b"+-") {
            return None;
        }
        let hours = i16::from(self.small()?);
        let minutes = hours * 60 + i16::from(self.after(b":").small().unwrap_or(0));
        (minutes <= 14 * 60).then_some(if west { -minutes } else { minutes })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Taken;

    fn said(taken: Option<Taken>) -> String {
        taken.map_or_else(String::new, |t| {
            let zone = t.offset_minutes.map_or_else(String::new, |z| format!("{z:+}"));
            format!(
                "{}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}{zone}",
                t.year, t.month, t.day, t.hour, t.minute, t.second, t.millisecond
            )
        })
    }

    #[test]
    fn seconds_since_1970_are_a_moment() {
        for (seconds, right) in [
            (1_741_451_400, "2025-03-08 16:30:00.000+0"),
            (951_782_400, "2000-02-29 00:00:00.000+0"),
            (0, ""),
            (i64::MAX, ""),
            (i64::MIN, ""),
        ] {
            assert_eq!(said(Taken::of_seconds(seconds)), right, "{seconds}");
        }
    }

    #[test]
    fn a_moment_is_read_however_it_is_written() {
        for (text, right) in [
            ("2026:03:02 08:15:59", "2026-03-02 08:15:59.000"),
            ("2026-03-02T08:15:59.12+08:00", "2026-03-02 08:15:59.120+480"),
            ("2026-03-02T08:15:59Z", "2026-03-02 08:15:59.000+0"),
            ("2026-03-02T08:15:59+0000", "2026-03-02 08:15:59.000+0"),
            ("20260302T081559-0330", "2026-03-02 08:15:59.000-210"),
            ("2026-03-02T08:15", "2026-03-02 08:15:00.000"),
            ("2026-03-02", "2026-03-02 00:00:00.000"),
            ("2026-03-02T08:15:59+99:00", "2026-03-02 08:15:59.000"),
            ("    :  :     :  :  ", ""),
            ("0000:00:00 00:00:00", ""),
            ("2026:02:29 08:15:59", ""),
            ("2026", ""),
            ("1970:01:01 08:00:00", ""),
            ("1980:01:01 00:00:00", ""),
            ("1980:01:01 09:30:00", "1980-01-01 09:30:00.000"),
        ] {
            assert_eq!(said(Taken::read(text.as_bytes())), right, "{text}");
        }
        for (text, right) in [
            ("Wed, 02 Jan 2002 02:03:55 GMT", "2002-01-02 02:03:55.000+0"),
            ("Wed Jan 02 02:03:55 2002", "2002-01-02 02:03:55.000"),
            ("MON SEP 10 20:52:00 2012", "2012-09-10 20:52:00.000"),
            ("2 Mar 2026 08:15 +0800", "2026-03-02 08:15:00.000+480"),
            ("someday", ""),
        ] {
            assert_eq!(said(Taken::read_words(text)), right, "{text}");
        }
    }
}

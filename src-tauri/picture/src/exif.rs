//! What an EXIF block tells about a photo. A broken block tells less, and never refuses the photo.

use exif::{DateTime, Error, Exif, In, Reader, Tag, Value};

/// When a photo was taken, as the camera's clock showed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taken {
    /// Year, as 2026.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31 and existing in that month.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Minutes east of UTC, where the camera wrote them down.
    pub offset_minutes: Option<i16>,
}

impl Taken {
    /// Cameras without a set clock write 0000:00:00 and the like.
    pub(crate) fn exists(&self) -> bool {
        let leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        self.year > 0
            && (1..=days).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second < 60
    }
}

/// The fields of interest; absent ones are `None`, an absent orientation is 1.
pub(crate) struct Notes {
    pub orientation: u8,
    pub taken_at: Option<Taken>,
    pub camera: Option<String>,
    pub lens: Option<String>,
    pub has_gps: bool,
    pub adobe_rgb: bool,
}

pub(crate) fn read(block: Option<&[u8]>) -> Notes {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let exif = block.and_then(|block| match reader.read_raw(block.to_vec()) {
        Ok(exif) => Some(exif),
        Err(Error::PartialResult(partial)) => Some(partial.into_inner().0),
        Err(_) => None,
    });
    let Some(exif) = exif else {
        return Notes {
            orientation: 1,
            taken_at: None,
            camera: None,
            lens: None,
            has_gps: false,
            adobe_rgb: false,
        };
    };
    Notes {
        orientation: orientation(&exif).unwrap_or(1),
        taken_at: taken_at(&exif),
        camera: camera(text(&exif, Tag::Make), text(&exif, Tag::Model)),
        lens: text(&exif, Tag::LensModel),
        has_gps: exif.get_field(Tag::GPSLatitude, In::PRIMARY).is_some(),
        adobe_rgb: adobe_rgb(&exif),
    }
}

/// How a camera set to Adobe RGB says so without a profile: no colour space of EXIF's own, and files by the rule R03 (DCF 2.0).
fn adobe_rgb(exif: &Exif) -> bool {
    let space = exif
        .get_field(Tag::ColorSpace, In::PRIMARY)
        .and_then(|f| f.value.get_uint(0));
    space == Some(0xFFFF)
        && ascii(exif, Tag::InteroperabilityIndex).is_some_and(|index| index.starts_with(b"R03"))
}

fn orientation(exif: &Exif) -> Option<u8> {
    let value = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|o| (1..=8).contains(o))
}

/// The moment of the shutter; without it that of scanning, without that of the last change.
fn taken_at(exif: &Exif) -> Option<Taken> {
    [
        (Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
        (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
        (Tag::DateTime, Tag::OffsetTime),
    ]
    .into_iter()
    .find_map(|(time, offset)| {
        let mut at = DateTime::from_ascii(ascii(exif, time)?).ok()?;
        if let Some(offset) = ascii(exif, offset) {
            // An unreadable offset leaves the time without one.
            let _ = at.parse_offset(offset);
        }
        let taken = Taken {
            year: at.year,
            month: at.month,
            day: at.day,
            hour: at.hour,
            minute: at.minute,
            second: at.second,
            offset_minutes: at.offset.filter(|o| o.abs() <= 14 * 60),
        };
        taken.exists().then_some(taken)
    })
}

/// "Make Model", with the make left out where the model already names it ("Canon" + "Canon EOS R5").
pub(crate) fn camera(make: Option<String>, model: Option<String>) -> Option<String> {
    let (Some(make), Some(model)) = (&make, &model) else {
        return model.or(make);
    };
    let first = |name: &str| name.split_whitespace().next().map(str::to_lowercase);
    if first(make) == first(model) {
        Some(model.clone())
    } else {
        Some(format!("{make} {model}"))
    }
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        _ => None,
    }
}

/// Text without padding; makers outside the standard write UTF-8 into ASCII fields.
fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let text = String::from_utf8_lossy(ascii(exif, tag)?);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    (!text.is_empty()).then(|| text.to_owned())
}

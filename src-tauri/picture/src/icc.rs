//! The name in an ICC profile and its code points, without reading the rest of it.

/// What the profile calls itself ("Display P3"), from its `desc` tag (ICC.1 §9.2.41, text of version 2 or 4).
pub(crate) fn name(profile: &[u8]) -> Option<String> {
    let text = tag(profile, b"desc")?;
    let text = match text.first_chunk::<4>()? {
        b"desc" => {
            let length = usize::try_from(u32::from_be_bytes(*text.get(8..)?.first_chunk()?)).ok()?;
            String::from_utf8_lossy(text.get(12..12 + length.min(256))?).into_owned()
        }
        b"mluc" => {
            let length = usize::try_from(u32::from_be_bytes(*text.get(20..)?.first_chunk()?)).ok()?;
            let at = usize::try_from(u32::from_be_bytes(*text.get(24..)?.first_chunk()?)).ok()?;
            let (units, _) = text.get(at..at.checked_add(length.min(512))?)?.as_chunks::<2>();
            let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
            char::decode_utf16(units)
                .map(|c| c.unwrap_or('\u{FFFD}'))
                .collect()
        }
        _ => return None,
    };
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    (!text.is_empty()).then(|| text.to_owned())
}

/// Primaries and transfer function (ITU-T H.273) of its `cicp` tag (ICC.1:2022 §9.2.17).
pub(crate) fn coded(profile: &[u8]) -> Option<(u16, u16)> {
    let [primaries, transfer, ..] = tag(profile, b"cicp")?.get(8..)? else {
        return None;
    };
    Some(((*primaries).into(), (*transfer).into()))
}

fn tag<'a>(profile: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let number = |at: usize| {
        let four = *profile.get(at..)?.first_chunk()?;
        usize::try_from(u32::from_be_bytes(four)).ok()
    };
    let count = number(128)?.min(256);
    let entry = (0..count)
        .map(|n| 132 + 12 * n)
        .find(|at| profile.get(*at..at + 4) == Some(name))?;
    let (start, length) = (number(entry + 4)?, number(entry + 8)?);
    profile.get(start..start.checked_add(length)?)
}

//! The names of what a creator may drop in and is not read here, so that it can be kept instead of refused.

/// Whether a file is a HEIF picture (ISO/IEC 23008-12), told by its brands.
pub(crate) fn is_heif(bytes: &[u8]) -> bool {
    brands(bytes).any(|brand| {
        matches!(
            brand,
            b"heic"
                | b"heix"
                | b"heim"
                | b"heis"
                | b"hevc"
                | b"hevx"
                | b"mif1"
                | b"mif2"
                | b"msf1"
                | b"avif"
                | b"avis"
        )
    })
}

/// Whether the first bytes (64 suffice) are those of a clip: MP4, MOV and their kin.
pub fn is_clip(start: &[u8]) -> bool {
    // Old QuickTime files have no brands.
    let bare = matches!(
        start.get(4..8),
        Some(b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot")
    );
    let branded = start.get(4..8) == Some(b"ftyp") && !is_heif(start) && name(start).is_none();
    bare || branded
}

/// The brands of a file of the MP4 family, the main one first.
fn brands(bytes: &[u8]) -> impl Iterator<Item = &[u8; 4]> {
    let length = bytes
        .first_chunk()
        .map_or(0, |length| u32::from_be_bytes(*length));
    let end = usize::try_from(length).unwrap_or(0).clamp(12, 256);
    let body = bytes.get(8..end.min(bytes.len())).unwrap_or_default();
    let (brands, _) = body.as_chunks::<4>();
    let listed = bytes.get(4..8) == Some(b"ftyp");
    // Between the main brand and the others lies its version.
    brands
        .iter()
        .enumerate()
        .filter(move |(n, _)| listed && *n != 1)
        .map(|(_, brand)| brand)
}

/// Names a picture or clip format that is known by its first bytes and not read. RAW files that are built as a TIFF are named by
/// what lies in them (`tiff`).
pub(crate) fn name(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 29] = [
        (b"8BPS", "PSD"),
        (b"%!PS", "EPS"),
        (&[0xC5, 0xD0, 0xD3, 0xC6], "EPS"),
        (b"BPG\xFB", "BPG"),
        (b"FLIF", "FLIF"),
        (b"icns", "ICNS"),
        (b"gimp xcf", "XCF"),
        (b"DDS ", "DDS"),
        (b"SIMPLE  =", "FITS"),
        (b"/* XPM", "XPM"),
        (b"\x01\xDA\x00", "SGI"),
        (b"\x01\xDA\x01", "SGI"),
        (b"\x8AMNG\r\n\x1A\n", "MNG"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (&[0xFF, 0x4F, 0xFF, 0x51], "JPEG 2000"),
        (b"FUJIFILMCCD-RAW", "RAF"),
        (b"IIRO", "ORF"),
        (b"IIRS", "ORF"),
        (b"MMOR", "ORF"),
        (b"IIU\0", "RW2"),
        (b"\0MRM", "MRW"),
        (b"FOVb", "X3F"),
        (b"\0\0\x01\0", "ICO"),
        (b"\x76\x2f\x31\x01", "EXR"),
        (b"#?RADIANCE", "HDR"),
        (b"qoif", "QOI"),
        (b"FLV\x01", "FLV"),
        (&[0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], "WMV"),
        (&[0, 0, 1, 0xBA], "MPEG"),
    ];
    if let Some((_, name)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(name);
    }
    let has = |word: &[u8]| {
        bytes
            .get(..bytes.len().min(64))
            .is_some_and(|s| s.windows(word.len()).any(|w| w == word))
    };
    match bytes {
        [0x1A, 0x45, 0xDF, 0xA3, ..] if has(b"webm") => Some("WebM"),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some("MKV"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => Some("AVI"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'c', b'r', b'x', b' ', ..] => Some("CR3"),
        [b'I', b'I', _, _, _, _, b'H', b'E', b'A', b'P', ..] => Some("CRW"),
        _ if has(b"<svg") => Some("SVG"),
        // Portable maps, also those written as text.
        [b'P', b'1'..=b'7', b' ' | b'\t' | b'\r' | b'\n', ..] => Some("PNM"),
        _ => None,
    }
}

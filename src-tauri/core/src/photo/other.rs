//! What is no picture and no clip: what of it is worth keeping, and what is said of the rest.

use std::path::Path;

use caoben_picture::PictureError;

use super::take::Refusal;

/// Bytes at the start that tell a text.
const START: usize = 4096;

/// Formats that are told by their content: a file called so that is something else is broken or misnamed, and no unknown format.
const TOLD_BY_CONTENT: [&str; 33] = [
    "jpg", "jpeg", "jpe", "jfif", "png", "apng", "webp", "gif", "tif", "tiff", "heic", "heif", "hif", "avif",
    "bmp", "dib", "jxl", "psd", "psb", "cr2", "cr3", "nef", "arw", "dng", "raf", "orf", "rw2", "mp4", "mov",
    "m4v", "avi", "mkv", "webm",
];

/// What other programs' files begin with, and what they are called.
const OTHERS: [(&[u8], &str); 18] = [
    (b"%PDF-", "PDF 文档"),
    (b"PK\x03\x04", "压缩包或办公文档"),
    (b"PK\x05\x06", "压缩包"),
    (b"Rar!\x1A\x07", "压缩包"),
    (b"7z\xBC\xAF\x27\x1C", "压缩包"),
    (&[0x1F, 0x8B], "压缩包"),
    (b"BZh", "压缩包"),
    (&[0xFD, b'7', b'z', b'X', b'Z'], "压缩包"),
    (&[0xD0, 0xCF, 0x11, 0xE0], "办公文档"),
    (b"SQLite format 3\0", "数据库"),
    (b"MZ", "程序"),
    (b"\x7FELF", "程序"),
    (&[0xCF, 0xFA, 0xED, 0xFE], "程序"),
    (b"ID3", "音频"),
    (b"OggS", "音频"),
    (b"fLaC", "音频"),
    (b"#!AMR", "音频"),
    (&[0x4C, 0, 0, 0, 1, 0x14, 2, 0], "快捷方式"),
];

/// Decides about a file that the reader refused: why it is kept all the same, unshown, or how it is left out.
pub(super) fn keeps(path: &Path, bytes: &[u8], error: &PictureError) -> std::result::Result<String, Refusal> {
    let refused = || Err(Refusal::File(error.to_string()));
    if *error != PictureError::NotAPicture {
        return refused();
    }
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    if TOLD_BY_CONTENT.contains(&extension.as_str()) {
        return refused();
    }
    if is_text(bytes) {
        return Err(Refusal::Stray(
            "这是文本文件，不是照片，没有导入；它还在原来的地方。".to_owned(),
        ));
    }
    let riff = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE");
    let known = OTHERS.iter().find(|(start, _)| bytes.starts_with(start));
    if let Some(name) = known.map(|(_, name)| *name).or(riff.then_some("音频")) {
        return Err(Refusal::File(format!(
            "这是{name}，不是照片，没有导入；它还在原来的地方。"
        )));
    }
    if extension.is_empty() {
        return refused();
    }
    Ok(format!(
        "草本不认识 {} 这种格式，不能显示，已经原样保存；要用作图片，请先转成 JPEG 或 PNG。",
        extension.to_ascii_uppercase()
    ))
}

/// Whether it reads as a text, whatever its encoding: texts have no control characters but for ends of lines and the like.
fn is_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(START)).unwrap_or_default();
    let marked = start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]);
    let control = |byte: &u8| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F);
    !start.is_empty() && (marked || !start.iter().any(control))
}

//! What can be wrong with a picture file.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a file could not be used as a picture; the text can be shown to the creator as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The file has no bytes.
    #[error("这个文件是空的，原文件没有改动；请重新导出或重新传一次。")]
    Empty,
    /// The first bytes belong to no picture or clip format.
    #[error("这个文件不是图片也不是视频，原文件没有改动；请选择照片或视频文件。")]
    NotAPicture,
    /// A picture or clip, but of a format (named here) that is not read: worth keeping, not worth refusing.
    #[error("{0} 格式在这里还不能显示，原文件没有改动；{advice}。", advice = advice(.0))]
    Unsupported(&'static str),
    /// The declared size in pixels is above the limits; nothing was decoded.
    #[error("图片尺寸 {width}×{height} 超出上限，没有打开，原文件没有改动；请缩小后再导入。")]
    TooLarge {
        /// Declared width, before orientation.
        width: u32,
        /// Declared height, before orientation.
        height: u32,
    },
    /// The file ends before the picture does.
    #[error("文件不完整，后半部分缺失，原文件没有改动；请重新导出或重新传一次。")]
    Truncated,
    /// The decoder gave up; its own words are kept for the log.
    #[error("文件已损坏，无法打开，原文件没有改动；请换一份文件。（{0}）")]
    Damaged(String),
    /// The wanted size is zero or larger than a JPEG can be.
    #[error("目标尺寸 {width}×{height} 不可用，没有导出；请改成 1 到 65500 之间的数。")]
    BadFrame {
        /// Wanted width.
        width: u32,
        /// Wanted height.
        height: u32,
    },
}

/// What to do about a format that is not read.
fn advice(format: &str) -> &'static str {
    match format {
        "AVI" | "FLV" | "H.264（这种编码）" | "MKV" | "MPEG" | "WMV" | "WebM" | "没有画面的视频" | "视频" => {
            "要在这里看，请先转成 H.264 的 MP4"
        }
        _ => "要用作图片，请先转成 JPEG 或 PNG",
    }
}

impl PictureError {
    /// A decoder's error: an early end anywhere in its chain of causes makes it `Truncated`.
    pub(crate) fn from_decoder(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut cause = Some(error);
        while let Some(now) = cause {
            let io = now.downcast_ref::<std::io::Error>();
            if io.is_some_and(|io| io.kind() == std::io::ErrorKind::UnexpectedEof) {
                return Self::Truncated;
            }
            // An `io::Error` hides the error it wraps behind `get_ref`; `source` would skip it.
            cause = match io.and_then(std::io::Error::get_ref) {
                Some(inner) => Some(inner),
                None => now.source(),
            };
        }
        Self::Damaged(error.to_string())
    }

    /// Leaves a decoder from inside one of its callbacks, as libjpeg itself does on a fatal error; [`guard`] gives the error back.
    pub(crate) fn unwind(self) -> ! {
        std::panic::resume_unwind(Box::new(self))
    }
}

/// The one place where unwinding ends: libjpeg reports fatal errors that way, and no broken file may take the program down.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T, PictureError>) -> Result<T, PictureError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| Err(from_payload(payload)))
}

fn from_payload(payload: Box<dyn Any + Send>) -> PictureError {
    match payload.downcast::<PictureError>() {
        Ok(error) => *error,
        Err(other) => {
            let text = other.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| other.downcast_ref::<&str>().copied());
            PictureError::Damaged(text.unwrap_or("decoder failed").to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PictureError;

    #[test]
    fn a_clip_is_not_told_to_become_a_jpeg_nor_called_a_picture() {
        for name in ["AVI", "WebM", "MKV", "WMV"] {
            let said = PictureError::Unsupported(name).to_string();
            assert!(said.contains("MP4") && !said.contains("图片"), "{said}");
        }
        let said = PictureError::Unsupported("PSD").to_string();
        assert!(said.contains("JPEG"), "{said}");
        for broken in [PictureError::Truncated, PictureError::Damaged(String::new())] {
            assert!(!broken.to_string().contains("图片"), "{broken}");
        }
    }
}

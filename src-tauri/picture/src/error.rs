//! What can be wrong with a picture file.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

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
    /// The decoder gave up; its own words are kept for the log and never shown.
    #[error("文件已损坏，无法打开，原文件没有改动；请换一份文件。")]
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

thread_local! {
    /// How many guards this thread is inside of.
    static GUARDS: Cell<u32> = const { Cell::new(0) };
}

/// The one place where unwinding ends: libjpeg reports fatal errors that way, and no broken file may take the program down. What a
/// decoder says when it panics becomes the error and is not printed.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T, PictureError>) -> Result<T, PictureError> {
    quiet();
    GUARDS.with(|guards| guards.set(guards.get() + 1));
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDS.with(|guards| guards.set(guards.get().saturating_sub(1)));
    done.unwrap_or_else(|payload| Err(from_payload(payload)))
}

/// Puts a hook before whatever hook there is, which says nothing of panics that are caught here.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if GUARDS.try_with(Cell::get).unwrap_or(0) == 0 {
                usual(info);
            }
        }));
    });
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
    #![allow(clippy::panic, clippy::unwrap_used)]
    use super::{PictureError, guard};

    /// In a process of its own, whose harness does not catch what is printed.
    #[test]
    fn what_a_decoder_says_when_it_panics_is_an_error_and_is_not_printed() {
        const CHILD: &str = "CAOBEN_TEST_QUIET";
        if std::env::var_os(CHILD).is_some() {
            let told = guard(|| -> Result<(), _> { panic!("words of another program") });
            let damaged = Err(PictureError::Damaged("words of another program".to_owned()));
            std::process::exit(i32::from(told != damaged));
        }
        let name = "error::tests::what_a_decoder_says_when_it_panics_is_an_error_and_is_not_printed";
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        assert!(child.status.success(), "{child:?}");
        let said = [child.stdout, child.stderr].concat();
        assert!(
            !String::from_utf8_lossy(&said).contains("words of another"),
            "{said:?}"
        );
        let shown = PictureError::Damaged("words of another program".to_owned()).to_string();
        assert!(!shown.contains("words"), "nor shown to people: {shown}");
    }

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

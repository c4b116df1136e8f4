//! A room of its own for the one decoder whose panics cannot be caught: those of re_rav1d run into functions with C's calling
//! convention, where unwinding would end the program, and with it whatever the creator was writing.
//!
//! The work is done in a thread. A panic calls the hook before it unwinds: there the failure is told and the thread put to sleep for
//! good, with what it held. That is a leak, so it is granted only so many times.

use std::cell::RefCell;
use std::panic;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Once, mpsc};
use std::thread;

use crate::error::PictureError;

/// Threads that may be lost before the decoder is left alone until the next start.
const MAX_LOST: u32 = 64;

static LOST: AtomicU32 = AtomicU32::new(0);

/// How a thread of this room tells why it failed.
type Tell = Box<dyn FnOnce(String)>;

thread_local! {
    static TELL: RefCell<Option<Tell>> = const { RefCell::new(None) };
}

/// Does the work in a thread that may be lost.
pub(crate) fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PictureError> + Send + 'static,
) -> Result<T, PictureError> {
    if LOST.load(Ordering::Relaxed) >= MAX_LOST {
        return Err(PictureError::Unsupported("AV1（这次运行中出错太多）"));
    }
    hook();
    let (tell, told) = mpsc::channel();
    let thread = thread::Builder::new().name("av1".to_owned()).spawn(move || {
        let failed = tell.clone();
        TELL.with(|own| {
            *own.borrow_mut() = Some(Box::new(move |why| {
                let _ = failed.send(Err(PictureError::Damaged(format!("AV1: {why}"))));
            }));
        });
        let made = work();
        TELL.with(|own| *own.borrow_mut() = None);
        let _ = tell.send(made);
    });
    thread.map_err(|e| PictureError::Damaged(format!("AV1: {e}")))?;
    told.recv()
        .unwrap_or_else(|e| Err(PictureError::Damaged(format!("AV1: {e}"))))
}

/// Puts the hook before whatever hook there is.
fn hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let tell = TELL.try_with(|own| own.try_borrow_mut().ok()?.take());
            let Some(tell) = tell.ok().flatten() else {
                return usual(info);
            };
            LOST.fetch_add(1, Ordering::Relaxed);
            tell(info.to_string());
            loop {
                thread::park();
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]
    use super::*;

    extern "C" fn deadly() -> u8 {
        panic!("what C cannot catch")
    }

    /// In a process of its own, which ends without a word to the hook: the lost threads hold it for good, and the harness would wait
    /// for them when it puts its own hook away.
    #[test]
    fn a_panic_that_would_end_the_program_is_told_and_the_next_one_goes_on() {
        const CHILD: &str = "CAOBEN_TEST_APART";
        if std::env::var_os(CHILD).is_some() {
            std::process::exit(i32::from(!(0..3).all(|_| holds())));
        }
        let name = "apart::tests::a_panic_that_would_end_the_program_is_told_and_the_next_one_goes_on";
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        assert!(child.status.success(), "{child:?}");
    }

    fn holds() -> bool {
        let told = apart(|| Ok(deadly()));
        let next = apart(|| Ok(7));
        let own = apart(|| Err::<(), _>(PictureError::Truncated));
        matches!(&told, Err(PictureError::Damaged(why)) if why.contains("what C cannot catch"))
            && next == Ok(7)
            && own == Err(PictureError::Truncated)
    }
}

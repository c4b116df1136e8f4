//! How far a workbook may unpack: it is a zip, and a small one can hold more than any computer.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use zip::ZipArchive;

use crate::error::{Code, Error, Result};

/// Most bytes a workbook may unpack to: about three million rows of orders.
const MOST: u64 = 1 << 30;

/// Refuses a workbook that unpacks to more than that, whatever it says of itself. What is no zip (an older Excel's) is as large as it is.
pub(super) fn bounded(file: &Path) -> Result<()> {
    let book = File::open(file).map_err(|e| Error::io(file, e))?;
    let Ok(mut zip) = ZipArchive::new(BufReader::new(book)) else {
        return Ok(());
    };
    let mut left = MOST;
    for index in 0..zip.len() {
        // What cannot be read is said by whoever reads the cells.
        let Ok(entry) = zip.by_index(index) else { continue };
        let read = io::copy(&mut entry.take(left.saturating_add(1)), &mut io::sink()).unwrap_or(0);
        left = left.checked_sub(read).ok_or_else(|| {
            Error::new(
                Code::Unreadable,
                format!(
                    "{} 解开会大得不像一张表格，不安全，没有导入任何内容。请分成几个文件，或另存为 CSV。",
                    file.display()
                ),
            )
        })?;
    }
    Ok(())
}

//! checklist.md: the steps of the hand-off as boxes to tick.

use std::fmt::Write;

use super::{sheet::Sheet, steps};

/// The checklist as Markdown with boxes to tick.
pub(super) fn checklist(sheet: &Sheet) -> String {
    let mut text = format!("# {} · {}\n\n", sheet.channel.name, sheet.heading);
    let _ = writeln!(
        text,
        "内容编号 {}。规则核对于 {}，请以平台页面为准。\n",
        sheet.post.code, sheet.rules.checked_on
    );
    for step in steps::steps(sheet) {
        let _ = writeln!(text, "- [ ] {}", step.say);
    }
    text
}

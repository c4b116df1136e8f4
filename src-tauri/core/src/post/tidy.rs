//! What is no part of what was written: the mark at the beginning of a file, a title of which nothing can be seen.

/// A title on one line, without blanks at its ends; empty when nothing of it can be seen.
pub(super) fn title(title: &str) -> String {
    if is_blank(title) {
        return String::new();
    }
    let lines = title
        .split(['\n', '\r', '\t'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let line = lines.collect::<Vec<_>>().join(" ");
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
        .to_owned()
}

/// A body without the byte-order mark that some editors begin a file with: behind it `# 标题` is no heading.
pub(super) fn body(body: String) -> String {
    match body.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.trim_start_matches('\u{FEFF}').to_owned(),
        None => body,
    }
}

/// Whether nothing of a text can be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{AD}' | '\u{115F}' | '\u{1160}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{2064}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}')
    })
}

#[cfg(test)]
mod tests {
    use super::{body, title};

    #[test]
    fn a_title_is_one_line_or_nothing() {
        assert_eq!(title("　通勤\n防晒 "), "通勤 防晒");
        assert_eq!(
            title("\u{200B}\u{3000}\u{FEFF}\u{2800}"),
            "",
            "nothing of it can be seen"
        );
        assert_eq!(title("👨\u{200D}👩"), "👨\u{200D}👩");
    }

    #[test]
    fn a_body_begins_with_what_was_written() {
        assert_eq!(body("\u{FEFF}# 标题".to_owned()), "# 标题");
        assert_eq!(
            body("# 标题\u{FEFF}".to_owned()),
            "# 标题\u{FEFF}",
            "elsewhere it is left alone"
        );
    }
}

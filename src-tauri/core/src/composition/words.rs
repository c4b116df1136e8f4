//! The little Markdown that cards and long pictures know: `#` headings, `**bold**`, lists, quotes, rules. What is no mark is text.

use crate::font::Span;

/// A paragraph and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub sort: Sort,
    pub spans: Vec<Span>,
    /// An empty line stands before it.
    pub apart: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    Text,
    /// 1 to 3.
    Heading(u8),
    /// With what stands before it: • or its number.
    Item(String),
    Quote,
    Rule,
}

/// Reads a drawable text, line by line: a creator who starts a new line means one.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut apart = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            apart = !blocks.is_empty();
            continue;
        }
        let (sort, rest) = sort(line);
        blocks.push(Block {
            sort,
            spans: spans(rest),
            apart: std::mem::take(&mut apart),
        });
    }
    blocks
}

fn sort(line: &str) -> (Sort, &str) {
    for (mark, level) in [("### ", 3), ("## ", 2), ("# ", 1)] {
        if let Some(rest) = line.strip_prefix(mark) {
            return (Sort::Heading(level), rest.trim());
        }
    }
    if line.len() >= 3 && line.chars().all(|c| c == '-') || line == "***" {
        return (Sort::Rule, "");
    }
    for mark in ["- ", "* ", "+ ", "• ", "· "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return (Sort::Item("•".to_owned()), rest.trim());
        }
    }
    if let Some(rest) = line.strip_prefix("> ").or_else(|| line.strip_prefix('>')) {
        return (Sort::Quote, rest.trim());
    }
    let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
    if (1..=3).contains(&digits.len())
        && let Some(rest) = line.strip_prefix(&digits)
        && let Some(rest) = rest
            .strip_prefix(". ")
            .or_else(|| rest.strip_prefix('、'))
            .or_else(|| rest.strip_prefix("．"))
    {
        return (Sort::Item(format!("{digits}.")), rest.trim());
    }
    (Sort::Text, line)
}

/// `**` begins and ends bold; one without its partner is text.
fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("**") {
        let Some((inside, behind)) = after
            .split_once("**")
            .filter(|(inside, _)| !inside.trim().is_empty())
        else {
            break;
        };
        spans.push(Span::new(before, false));
        spans.push(Span::new(inside, true));
        rest = behind;
    }
    spans.push(Span::new(rest, false));
    spans.retain(|span| !span.text.is_empty());
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorts(text: &str) -> Vec<Sort> {
        blocks(text).into_iter().map(|block| block.sort).collect()
    }

    #[test]
    fn marks_make_blocks_and_everything_else_is_text() {
        let item = |mark: &str| Sort::Item(mark.to_owned());
        let text = "# 题\n## 小题\n- 甲\n2. 乙\n3、丙\n> 引\n---\n正文\n#标签 不是标题\n-5 度\n2.5 倍";
        assert_eq!(
            sorts(text),
            [
                Sort::Heading(1),
                Sort::Heading(2),
                item("•"),
                item("2."),
                item("3."),
                Sort::Quote,
                Sort::Rule,
                Sort::Text,
                Sort::Text,
                Sort::Text,
                Sort::Text
            ]
        );
    }

    #[test]
    fn bold_works_beside_chinese_marks_and_a_lonely_mark_is_text() {
        assert_eq!(
            spans("**“好用”**真的"),
            [Span::new("“好用”", true), Span::new("真的", false)]
        );
        assert_eq!(spans("2**3 等于 8"), [Span::new("2**3 等于 8", false)]);
        assert_eq!(spans("****"), [Span::new("****", false)]);
    }

    #[test]
    fn an_empty_line_sets_paragraphs_apart_and_markup_is_text() {
        let read = blocks("\n一\n\n\n<script>二</script>");
        assert_eq!(
            read.iter().map(|block| block.apart).collect::<Vec<_>>(),
            [false, true]
        );
        assert_eq!(
            read.last().unwrap().spans,
            [Span::new("<script>二</script>", false)]
        );
    }
}

//! The mark 「广告」: 互联网广告管理办法 art. 9(3); 可识别性执法指南 6 wants exactly this word.

use super::doc::{Block, BlockKind, Doc, Span};

const WORD: &str = "广告";
/// Said just before it, they turn the word around.
const NEGATIONS: [&str; 9] = ["不是", "非", "无", "没", "没有", "不打", "不含", "不做", "拒绝"];

/// Whether the exact word already stands where a reader sees it: in the title, in the first three lines or on a short line of its own.
pub(crate) fn shows_mark(title: &str, body: &str) -> bool {
    let mut lines = body.lines().filter(|line| !line.trim().is_empty());
    says(title)
        || lines.by_ref().take(3).any(says)
        || lines.any(|line| line.chars().count() <= 8 && says(line))
}

/// Puts the mark at the beginning of the body.
pub(super) fn put(doc: &mut Doc) {
    match doc.blocks.first_mut() {
        Some(first) if first.kind == BlockKind::Paragraph && !first.quote => {
            first.spans.insert(0, Span::new(format!("{WORD}｜"), None));
        }
        _ => doc.blocks.insert(
            0,
            Block {
                kind: BlockKind::Paragraph,
                spans: vec![Span::new(WORD, None)],
                indent: 0,
                list: 0,
                quote: false,
            },
        ),
    }
}

/// The word stands there by itself: not in 广告位, 不是广告, a hashtag or an address.
fn says(line: &str) -> bool {
    line.match_indices(WORD).any(|(at, _)| {
        let before = line.get(..at).unwrap_or_default();
        let after = line.get(at + WORD.len()..).unwrap_or_default();
        let is_whole = after
            .chars()
            .next()
            .is_none_or(|next| !next.is_alphanumeric() && next != '#');
        let joined = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let in_tag = joined.contains('#') || joined.contains("://");
        is_whole && !in_tag && !NEGATIONS.iter().any(|no| before.ends_with(no))
    })
}

#[cfg(test)]
mod tests {
    use super::shows_mark;

    #[test]
    fn only_the_word_itself_in_plain_sight_counts() {
        for body in [
            "广告｜用了七天",
            "正文\n第二行，广告。",
            "一\n二\n三\n四\n\n【广告】",
        ] {
            assert!(shows_mark("", body), "{body}");
        }
        assert!(shows_mark("广告｜防晒", "正文"), "the title is in plain sight");
        for body in [
            "这不是广告",
            "无广告",
            "广告位招租",
            "推广 #广告",
            "https://a.com/广告",
            "一\n二\n三\n四\n这一大段的末尾才说广告",
        ] {
            assert!(!shows_mark("", body), "{body}");
        }
    }
}

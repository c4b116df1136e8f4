//! The mark 「广告」: 互联网广告管理办法 art. 9(3); 可识别性执法指南 6 wants exactly this word.

use super::doc::{Block, BlockKind, Doc, Span};

const WORD: &str = "广告";
/// Lines from the top in which the word is in plain sight.
const TOP: usize = 3;

/// Whether the exact word already stands where a reader sees it: in the title, in the first three lines or on a short line of its own.
pub(crate) fn shows_mark(title: &str, body: &str) -> bool {
    let mut lines = body.lines().filter(|line| !line.trim().is_empty());
    says(title)
        || lines.by_ref().take(TOP).any(says)
        || lines.any(|line| line.chars().count() <= 8 && says(line))
}

/// Puts the mark at the beginning of the body.
pub(super) fn put(doc: &mut Doc) {
    match doc.blocks.first_mut() {
        Some(first) if first.kind == BlockKind::Paragraph && first.quote.is_none() => {
            first.spans.insert(0, Span::new(format!("{WORD}｜"), None));
        }
        _ => doc.blocks.insert(
            0,
            Block {
                kind: BlockKind::Paragraph,
                spans: vec![Span::new(WORD, None)],
                indent: 0,
                list: 0,
                quote: None,
            },
        ),
    }
}

/// The word declares the text an ad: it stands by itself, or in a short sentence that says so (本文是广告). It is no mark in a word
/// (广告位), in a denial (0广告, 不算广告), where ads are only spoken of (刷到很多广告), in a hashtag or an address.
fn says(line: &str) -> bool {
    line.match_indices(WORD).any(|(at, _)| {
        let before = line.get(..at).unwrap_or_default();
        let after = line.get(at + WORD.len()..).unwrap_or_default();
        let joined = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let in_tag = joined.contains(['#', '＃']) || joined.contains("://") || joined.contains('@');
        !in_tag && is_free_behind(after) && stands(before, after)
    })
}

/// What follows ends the word: 广告｜, 【广告】, 广告。; a comma only in front of something else than talk of ads.
fn is_free_behind(after: &str) -> bool {
    let after = ["内容", "合作", "推广", "笔记"]
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after);
    after
        .chars()
        .next()
        .is_none_or(|next| !next.is_alphanumeric() && !"#?？".contains(next))
}

/// What stands in front of it in its clause is nothing, or 本文是 and the like.
fn stands(before: &str, after: &str) -> bool {
    const BREAKS: &str = "，。！？；、,.!?;:：｜|·—-/【】[]（）()「」『』“”\"《》<>~～*_…";
    const SAYS: [&str; 24] = [
        "",
        "是",
        "为",
        "含",
        "内含",
        "商业",
        "本文",
        "本文是",
        "本文为",
        "本文含",
        "本篇",
        "本篇是",
        "本篇为",
        "本条",
        "本条是",
        "本条为",
        "这是",
        "这是一条",
        "这篇是",
        "这条是",
        "本笔记是",
        "本笔记为",
        "此文为",
        "声明",
    ];
    let bare = before.trim_end_matches(|c: char| c.is_whitespace());
    let clause = bare
        .rfind(|c: char| BREAKS.contains(c) || is_picture(c))
        .map_or(bare, |at| {
            let sign = bare.get(at..).and_then(|rest| rest.chars().next());
            bare.get(at + sign.map_or(0, char::len_utf8)..)
                .unwrap_or_default()
        })
        .trim();
    if bare.len() < before.len() && !clause.is_empty() && !SAYS.contains(&clause) {
        // "测评 广告" at the end of a line labels it; "刷到 广告 就划走" and "无 广告" do not.
        return after.trim().is_empty()
            && before.chars().count() <= 20
            && ![
                "不", "没", "无", "非", "零", "0", "拒", "别", "少", "免", "到", "的", "是",
            ]
            .iter()
            .any(|no| before.contains(no));
    }
    let label = SAYS.contains(&clause) || clause == "这一篇是" || clause == "以下是";
    label && !is_spoken_of(bare, clause)
}

/// 没标「广告」, 都不写【广告】: the word is quoted, not said.
fn is_spoken_of(before: &str, clause: &str) -> bool {
    let outside = before
        .strip_suffix(clause)
        .unwrap_or(before)
        .trim_end_matches(['「', '『', '“', '"', '【', '[', '《', '（', '(']);
    let is_quoted = outside.len() < before.len() - clause.len();
    let near: Vec<char> = outside.chars().rev().take(6).collect();
    let says_of = |c: &char| "标写打贴注叫说看见到没不无".contains(*c);
    is_quoted && near.first().is_some_and(says_of)
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}')
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
            "广告",
            "广告：用了七天",
            "（广告）用了七天",
            "用了七天（广告）",
            "本文是广告，介意的划走",
            "📢广告 用了七天",
            "本条为广告",
            "防晒测评 广告",
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

    #[test]
    fn a_denial_or_a_mention_is_no_mark() {
        for body in [
            "0广告 放心看，纯分享，绝不是软广告。",
            "不算广告。",
            "刷到很多广告，都说好用",
            "无 广告",
            "绝不是软广告",
            "这是广告吗？",
            "像广告一样好用",
            "零广告",
            "博主都没标「广告」",
            "他们不写【广告】",
            "全是广告",
            "别打广告",
            "广告太多了",
            "刷到 广告 就划走",
            "我从来不接 广告",
            "不接广告",
        ] {
            assert!(!shows_mark("", body), "{body}");
        }
    }
}

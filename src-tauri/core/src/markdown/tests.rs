use proptest::prelude::*;
use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Deserialize;

use super::{parse, parse::Parsed};

/// A text and what is marked in it: the table that the editor's highlighting follows too.
#[derive(Deserialize)]
struct Case {
    text: String,
    marks: Vec<(String, String)>,
}

fn marks(parsed: &Parsed) -> Vec<(String, String)> {
    let mut marks: Vec<(String, String)> = Vec::new();
    let mut open = Vec::new();
    for (event, _) in &parsed.events {
        let name = match event {
            Event::Start(Tag::Strong) => "strong",
            Event::Start(Tag::Emphasis) => "em",
            Event::Start(Tag::Strikethrough) => "strike",
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough) => {
                open.pop();
                continue;
            }
            Event::Text(text) | Event::Code(text) => {
                for nth in &open {
                    let mark: &mut (String, String) = &mut marks[*nth];
                    mark.1.push_str(text);
                }
                continue;
            }
            _ => continue,
        };
        open.push(marks.len());
        marks.push((name.to_owned(), String::new()));
    }
    marks
}

fn html(text: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, parse(text).events.into_iter().map(|(event, _)| event));
    out
}

fn words(text: &str) -> String {
    parse(text)
        .events
        .iter()
        .map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => text.to_string(),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => "\n".to_owned(),
            _ => String::new(),
        })
        .collect()
}

#[test]
fn emphasis_follows_the_table() {
    let table = include_str!("../../../../tests/fixtures/writing/emphasis.json");
    let cases: Vec<Case> = serde_json::from_str(table).unwrap();
    assert!(cases.len() > 60, "the table is there");
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let got = marks(&parse(&case.text));
            (got != case.marks).then(|| format!("{}: {got:?} instead of {:?}", case.text, case.marks))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_event_names_the_place_it_came_from() {
    let text = "字**“好”**字 3~5 [注](孕妇慎用)\n\n<div>\n<p>第<b>二</b>段 <a href=\"https://a.com\">看</a>这里</p>\n</div>\n> <p>引用</p>\n\n后面\n\n    四格缩进的话";
    for (event, range) in &parse(text).events {
        if let Event::Text(words) = event {
            assert_eq!(text.get(range.clone()), Some(words.as_ref()));
        }
    }
}

#[test]
fn words_in_blocks_of_html_stay_and_the_tags_go() {
    let text = "<div>\n<p>第二段，很重要的**提醒**：孕妇慎用。</p>\n</div>\n接着写的纯文字也没了。";
    assert_eq!(
        words(text).split_whitespace().collect::<Vec<_>>(),
        ["第二段，很重要的提醒：孕妇慎用。", "接着写的纯文字也没了。"]
    );
    let dropped = parse(text)
        .events
        .iter()
        .filter(|(event, _)| matches!(event, Event::Html(_)))
        .count();
    assert_eq!(dropped, 4, "each tag is told");
    for (text, right) in [
        ("<p>一</p><p>二</p>", "一 二"),
        ("<!-- 没有关上的注释\n\n下一段", "<!-- 没有关上的注释 下一段"),
        ("<div 孕妇慎用>\n正文", "<div 孕妇慎用> 正文"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲 乙"),
        ("> <div>\n> 引用里\n> </div>", "引用里"),
        ("- <div>\n  列表里\n  </div>", "列表里"),
        ("<div>\n    缩进的字\n</div>", "缩进的字"),
        ("<pre>\n原样\n</pre>", "原样"),
    ] {
        let got = words(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(got, right, "{text}");
        assert!(parse(text).lost.is_empty(), "{text}");
    }
}

#[test]
fn definitions_that_nothing_uses_and_notes_are_text() {
    for (text, right) in [
        ("[注意]: 孕妇慎用", "[注意]: 孕妇慎用"),
        (
            "好用[^1]。\n\n[^1]: 2026年3月实测数据",
            "好用[^1]。 [^1]: 2026年3月实测数据",
        ),
        ("看[注意]\n\n[注意]: 孕妇慎用", "看[注意] [注意]: 孕妇慎用"),
        ("[^1]: https://a.com\n\n好[^1]", "[^1]: https://a.com 好[^1]"),
        ("[官网]: https://a.com", "[官网]: https://a.com"),
        ("[点这里](孕妇慎用)", "[点这里](孕妇慎用)"),
        ("[三月试用表](files/3月trial表v2.xlsx)", "三月试用表"),
        ("看[说明][a]\n\n[a]: https://a.com", "看说明"),
    ] {
        let got = words(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(got, right, "{text}");
        assert!(parse(text).lost.is_empty(), "{text}: {:?}", parse(text).lost);
    }
}

#[test]
fn what_no_event_carries_is_named() {
    for (text, lost) in [
        ("[看](https://a.com \"孕妇慎用\")", "孕妇慎用"),
        ("|甲|乙|\n|-|-|\n|1|2|多出来的|", "多出来的"),
        ("```只给行家\nx\n```", "只给行家"),
        ("看[a]\n\n[a]: https://a.com\n[a]: https://b.com", "b"),
        ("正文\n\n[a]: https://a.com", "https"),
    ] {
        let parsed = parse(text);
        let named: Vec<&str> = parsed
            .lost
            .iter()
            .filter_map(|range| text.get(range.clone()))
            .collect();
        assert!(
            named.iter().any(|words| words.contains(lost)),
            "{text}: {named:?}"
        );
    }
}

#[test]
fn prose_that_is_indented_is_no_code() {
    assert!(
        html("前面\n\n    四个空格开头的**一句话**").contains("<p>四个空格开头的<strong>一句话</strong></p>")
    );
    assert!(
        html("intro\n\n    let x = 1;").contains("<pre>"),
        "code stays code"
    );
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        1 => prop_oneof![Just("*"), Just("**"), Just("***"), Just("_"), Just("__")],
        4 => words_piece(),
    ]
}

/// Pieces that meet around emphasis, of all the kinds the amendments tell apart.
fn words_piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("好"),
        Just("。"),
        Just("，"),
        Just("“"),
        Just("”"),
        Just("《"),
        Just("》"),
        Just("（"),
        Just("）"),
        Just("："),
        Just("～"),
        Just("…"),
        Just("—"),
        Just("·"),
        Just("￥"),
        Just("④"),
        Just("\u{20000}"),
        Just("a"),
        Just("B"),
        Just("ж"),
        Just(" "),
        Just("("),
        Just(")"),
        Just("\""),
        Just("+"),
        Just("%"),
        Just("#a"),
        Just("`c`"),
        Just("[l](https://a.com)"),
        Just("é"),
        Just("한"),
        Just("ん"),
        Just("\u{3000}"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn emphasis_is_where_another_reader_of_the_amendments_finds_it(
        // A lone character between two runs may look different to each: the table has those that matter.
        parts in prop::collection::vec((prop::collection::vec(words_piece(), 2..5), prop_oneof![Just("*"), Just("**"), Just("__"), Just("***")]), 1..7),
        end in prop_oneof![Just(""), Just("完"), Just("。"), Just("!"), Just(" x")],
    ) {
        let body: String = parts.iter().map(|(words, sign)| words.concat() + sign).collect();
        let text = format!("字{body}{end}");
        let mut options = comrak::Options::default();
        options.extension.cjk_friendly_emphasis = true;
        let theirs = comrak::markdown_to_html(&text, &options);
        // The one escapes quotation marks, the other does not.
        let ours = html(&text).replace('"', "&quot;");
        let theirs = theirs.replace('"', "&quot;");
        prop_assert_eq!(ours, theirs, "{}", text);
    }

    #[test]
    fn the_disguise_comes_off_whole(pieces in prop::collection::vec(prop_oneof![piece(), Just("~"), Just("~~"), Just("\n"), Just("\u{E000}"), Just("\u{1}"), Just("\\")], 1..20)) {
        let text = pieces.concat();
        let ours: String = parse(&text)
            .events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        // What is left is in the text, in its order.
        let mut rest = text.chars();
        for c in ours.chars() {
            prop_assert!(rest.any(|other| other == c), "{:?} is not in {:?}", ours, text);
        }
    }
}

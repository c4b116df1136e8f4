//! Counters and limits, on the text as it is exported.

use unicode_segmentation::UnicodeSegmentation;

use super::{
    Count, Finding, Severity,
    place::{Say, Texts, finding, whole},
    ways::{Added, added},
};
use crate::{
    channel::{self, Counting, Limit, Rules},
    render::{Composed, Draft},
};

/// Every counter, and what stands above or below its limit.
pub(super) fn count(draft: &Draft, composed: &Composed, texts: &Texts<'_>) -> (Vec<Count>, Vec<Finding>) {
    let (rules, rendered) = (&draft.rules, &composed.rendered);
    let (mut counts, mut findings) = (Vec::new(), Vec::new());
    let added = added(&draft.links, rules, rendered);
    let body = format!("{}{}", rendered.body, added.text);
    let body = body.trim_start();
    for field in ["title", "body", "html", "images", "topics"] {
        let limit = rules.limits.iter().find(|limit| limit.field == field);
        let mode = limit.and_then(|limit| limit.counting).unwrap_or(Counting::Chars);
        let counted = match (field, limit) {
            // A platform without the field may still bound the first line.
            ("title", limit) if rules.has_title || limit.is_some() => {
                channel::count(mode, draft.title.trim())
            }
            ("title", _) => continue,
            ("body", _) => channel::count(mode, body),
            ("html", _) => match &rendered.html {
                Some(html) => channel::count(mode, html),
                None => continue,
            },
            ("images", _) => rendered.photos.len() + added.pictures,
            ("topics", None) => continue,
            _ => rendered.tags.len(),
        };
        let counted = i64::try_from(counted).unwrap_or(i64::MAX);
        let unit = if field == "images" { "张" } else { "字" };
        counts.push(Count {
            field: field.to_owned(),
            count: counted,
            warn: limit.and_then(|limit| limit.warn),
            limit: limit.and_then(|limit| limit.max),
            unit: limit.map_or_else(|| unit.to_owned(), |limit| limit.unit.clone()),
            hard: limit.is_some_and(|limit| limit.hard),
        });
        if let Some(limit) = limit {
            findings.extend(judge(draft, composed, texts, (limit, &added), (mode, counted)));
        }
    }
    findings.extend(long_tags(composed, rules));
    findings.extend(empty(draft, composed, rules));
    (counts, findings)
}

fn judge(
    draft: &Draft,
    composed: &Composed,
    texts: &Texts<'_>,
    (limit, added): (&Limit, &Added),
    (mode, counted): (Counting, i64),
) -> Option<Finding> {
    let (name, unit) = (&draft.rules.name, &limit.unit);
    let what = match limit.field.as_str() {
        "title" => "标题",
        "body" if !added.text.is_empty() => "正文连同步骤里要贴上的链接和码",
        "body" => "正文",
        "html" => "整段 HTML",
        "images" if added.pictures > 0 => "图片连同步骤里要放上的二维码",
        "images" => "图片",
        _ => "话题",
    };
    let unsure = if limit.hard { "" } else { "（未核实）" };
    let strict = if limit.hard {
        Severity::Block
    } else {
        Severity::Warn
    };
    let (severity, message, bound) = if let Some(max) = limit.max.filter(|max| counted > *max) {
        let over = counted - max;
        (
            strict,
            format!("{what} {counted} {unit}，{name}最多 {max} {unit}{unsure}，多了 {over} {unit}。"),
            Some(max),
        )
    } else if let Some(warn) = limit.warn.filter(|warn| counted > *warn) {
        let message = format!("{what} {counted} {unit}，有资料说{name}最多 {warn} {unit}，发布时留意。");
        (Severity::Warn, message, Some(warn))
    } else if let Some(min) = limit.min.filter(|min| counted < *min) {
        // An empty text has a finding of its own; a text that is only short can still be posted.
        let is_text = matches!(limit.field.as_str(), "title" | "body");
        if is_text && counted == 0 {
            return None;
        }
        let severity = if is_text { Severity::Warn } else { strict };
        (
            severity,
            format!("{what} {counted} {unit}，{name}至少要 {min} {unit}{unsure}。"),
            None,
        )
    } else {
        return None;
    };
    let range = match (limit.field.as_str(), bound) {
        ("title", Some(bound)) => {
            let source = draft.title.as_str();
            // The rendered title is trimmed at both ends.
            let lead = source.len() - source.trim_start().len();
            lead + fitting(mode, source.trim(), bound)..source.len()
        }
        ("body", Some(bound)) => {
            let cut = composed.source(fitting(mode, &composed.rendered.body, bound));
            cut.min(draft.body.len())..draft.body.len()
        }
        ("title", None) => 0..draft.title.len(),
        _ => 0..0,
    };
    let (reason, proof) = (limit.told(&draft.rules.name), limit.proof());
    let say = Say {
        rule: &limit.rule,
        severity,
        message,
        reason: &reason,
        source: &proof,
    };
    let text = match limit.field.as_str() {
        "title" => &texts.title.source,
        "body" => &texts.body.source,
        _ => return Some(whole(&limit.field, say)),
    };
    Some(finding(&limit.field, text, range, say))
}

/// The byte up to which a text fits, never inside an emoji sequence.
fn fitting(mode: Counting, text: &str, bound: i64) -> usize {
    let ends: Vec<usize> = text
        .grapheme_indices(true)
        .map(|(at, sequence)| at + sequence.len())
        .collect();
    let fits = |end: &usize| {
        let counted = text
            .get(..*end)
            .map_or(usize::MAX, |part| channel::count(mode, part));
        i64::try_from(counted).is_ok_and(|counted| counted <= bound)
    };
    // The place is near the beginning of a text that is far too long: first a stretch that holds it, then the place in it.
    let mut reach = 256;
    while ends.get(reach).is_some_and(fits) {
        reach *= 2;
    }
    let near = ends.get(..reach.min(ends.len())).unwrap_or_default();
    near.partition_point(fits)
        .checked_sub(1)
        .and_then(|at| near.get(at))
        .copied()
        .unwrap_or(0)
}

/// Tags that are longer than the platform takes.
fn long_tags(composed: &Composed, rules: &Rules) -> Option<Finding> {
    let limit = rules.limits.iter().find(|limit| limit.field == "tag")?;
    let (max, mode) = (limit.max?, limit.counting.unwrap_or(Counting::Chars));
    let is_long = |tag: &&String| i64::try_from(channel::count(mode, tag)).is_ok_and(|count| count > max);
    let long: Vec<&str> = composed
        .rendered
        .tags
        .iter()
        .filter(is_long)
        .map(String::as_str)
        .collect();
    let severity = if limit.hard {
        Severity::Block
    } else {
        Severity::Warn
    };
    let (reason, proof) = (limit.told(&rules.name), limit.proof());
    let say = Say {
        rule: &limit.rule,
        severity,
        message: format!(
            "{}的标签每个最多 {max} {}，这些太长：#{}。",
            rules.name,
            limit.unit,
            long.join(" #")
        ),
        reason: &reason,
        source: &proof,
    };
    (!long.is_empty()).then(|| whole("topics", say))
}

/// A title or body that is missing where it is needed.
fn empty(draft: &Draft, composed: &Composed, rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_article = rules.body == "html";
    let limit = |field: &str| rules.limits.iter().find(|limit| limit.field == field);
    let wants_title = is_article || limit("title").is_some() && !rules.title_optional;
    let severity = if is_article {
        Severity::Block
    } else {
        Severity::Warn
    };
    let mut add = |field: &str, what: &str| {
        let limit = limit(field);
        let least = limit.filter(|limit| limit.min.is_some_and(|min| min > 0));
        let reason = match least {
            _ if severity == Severity::Block => "没有它，平台不让发布。".to_owned(),
            Some(limit) => {
                let (min, unit) = (limit.min.unwrap_or_default(), &limit.unit);
                format!("{}至少要 {min} {unit}。{}", rules.name, limit.told(&rules.name))
            }
            None => "没有它也能发布，但少有人看。".to_owned(),
        };
        let say = Say {
            rule: &format!("{}.{field}", rules.platform),
            severity,
            message: format!("还没有{what}。"),
            reason: &reason,
            source: limit.map_or("草本", |limit| &limit.source),
        };
        findings.push(whole(field, say));
    };
    if rules.has_title && wants_title && composed.rendered.title.is_empty() {
        add("title", "标题");
    }
    if draft.body.trim().is_empty() {
        add("body", "正文");
    }
    findings
}

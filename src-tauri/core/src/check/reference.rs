//! What the text refers to: photos, prices, quotes and links must be there, and may be used.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    Finding, Severity,
    place::{Say, Texts, finding, whole},
    policy::told,
};
use crate::{
    link::LinkKind,
    render::{Draft, Kind, Reference},
};

const DROPPED: &str = "粘贴到平台的文字里没有它的位置。";
const OWN: &str = "草本";
const UNAGREED: &str = "这张照片是买家的，还没有得到同意。";
const UNAGREED_WHY: &str = "别人拍的照片，得到他本人同意才能用；同意和来源记下来，才证明这句好评不是编的。在那条评价里记下授权，就不再提醒。";
/// What the law says here is that a buyer's voice may not be made up; consent and source are the proof that it is not.
const VOICE_LAW: &str = "反不正当竞争法（2025-10-15 施行）第九条";

/// Looks at every link, picture and piece of raw HTML of the body.
pub(super) fn check(draft: &Draft, texts: &Texts<'_>) -> Vec<Finding> {
    let words = words(draft);
    let mut findings: Vec<Finding> = draft
        .references
        .iter()
        .filter_map(|reference| {
            let words = words.get(&reference.range).map_or("", String::as_str);
            judge(draft, texts, reference, words)
        })
        .collect();
    // A picture that stands in the text is told there.
    let named = draft.references.iter().filter_map(|one| Kind::of(&one.address));
    let in_text: HashSet<(Kind, i64)> = named.collect();
    let mut beside = draft.post.photos.iter().filter(|id| draft.unagreed.contains(id));
    if beside.any(|id| !in_text.contains(&(Kind::Photo, *id))) {
        let say = Say {
            rule: "photo.consent",
            severity: Severity::Warn,
            message: UNAGREED.to_owned(),
            reason: UNAGREED_WHY,
            source: VOICE_LAW,
        };
        findings.push(whole("images", say));
    }
    for (event, range) in &draft.parsed.events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else {
            continue;
        };
        if html.trim().is_empty() || html.starts_with("<br") {
            continue;
        }
        // A tag has no words of its own; of comments, scripts and styles everything stays behind.
        let is_whole = html.starts_with("<!")
            || html.starts_with("<?")
            || html.get(1..).is_some_and(|rest| rest.contains("</"));
        let say = Say {
            rule: "html.dropped",
            severity: Severity::Info,
            message: if is_whole {
                "这一段是写给浏览器的（注释或脚本），里面的字不会带出去。".to_owned()
            } else {
                "HTML 标签不会带出去，只留文字。".to_owned()
            },
            reason: "平台会去掉手写的 HTML，草本先去掉，免得发布后变样。",
            source: OWN,
        };
        findings.push(finding("body", &texts.body.source, range.clone(), say));
    }
    findings
}

/// The words of every link, those of pictures in it among them.
fn words(draft: &Draft) -> HashMap<Range<usize>, String> {
    let (mut words, mut open) = (HashMap::new(), Vec::new());
    for (event, range) in &draft.parsed.events {
        match event {
            Event::Start(Tag::Link { .. }) => open.push((range.clone(), String::new())),
            Event::End(TagEnd::Link) => words.extend(open.pop()),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, words)) = open.last_mut() {
                    words.push_str(text);
                }
            }
            _ => {}
        }
    }
    words
}

fn judge(draft: &Draft, texts: &Texts<'_>, reference: &Reference, words: &str) -> Option<Finding> {
    let say = match Kind::of(&reference.address) {
        Some((kind, id)) => ours(draft, reference, kind, id)?,
        None => foreign(draft, reference, words.trim())?,
    };
    let (rule, severity, message, why, source) = say;
    let say = Say {
        rule,
        severity,
        message,
        reason: &why,
        source: &source,
    };
    Some(finding("body", &texts.body.source, reference.range.clone(), say))
}

type Told = (&'static str, Severity, String, String, String);

fn ours(draft: &Draft, reference: &Reference, kind: Kind, id: i64) -> Option<Told> {
    let unknown = |what: &str| {
        let message = format!("没有编号为 {id} 的{what}，导出时会略去。");
        Some((
            "reference.unknown",
            Severity::Warn,
            message,
            "它可能已经删除，或者编号写错了。".to_owned(),
            OWN.to_owned(),
        ))
    };
    if reference.is_picture && kind != Kind::Photo {
        let message = format!(
            "图片的位置只放素材（photo:编号），「{}」不会带出去。",
            reference.address
        );
        return Some((
            "reference.unknown",
            Severity::Warn,
            message,
            "价格、评价和链接不加开头的感叹号。".to_owned(),
            OWN.to_owned(),
        ));
    }
    match kind {
        Kind::Photo if !draft.photos.contains(&id) => unknown("素材"),
        Kind::Photo if draft.unagreed.contains(&id) => Some((
            "photo.consent",
            Severity::Warn,
            UNAGREED.to_owned(),
            UNAGREED_WHY.to_owned(),
            VOICE_LAW.to_owned(),
        )),
        Kind::Photo if !reference.is_picture => Some((
            "reference.picture",
            Severity::Warn,
            format!("「{}」前面少了感叹号，这张图片不会带出去。", reference.address),
            "没有感叹号它只是文字里的链接。写成 ![说明](photo:编号)，图片才会出现。".to_owned(),
            OWN.to_owned(),
        )),
        Kind::Photo => None,
        Kind::Price if !draft.prices.contains_key(&id) => unknown("价格"),
        Kind::Price => None,
        Kind::Review => match draft.quotes.get(&id) {
            None => unknown("评价"),
            Some(quote) if !quote.consent => Some((
                "review.consent",
                Severity::Warn,
                "这条评价还没有授权，导出时会略去。".to_owned(),
                "引用买家的话要先得到同意；反不正当竞争法第九条不许虚构用户评价，授权和来源就是证据。"
                    .to_owned(),
                VOICE_LAW.to_owned(),
            )),
            Some(_) => None,
        },
        Kind::Link => {
            let policy = &draft.rules.links;
            let Some(link) = draft.links.iter().find(|link| link.product == id) else {
                return Some((
                    "link.missing",
                    Severity::Warn,
                    format!(
                        "这件好物在「{}」还没有带标记的链接，这里只会留下文字。",
                        draft.channel.name
                    ),
                    "没有标记，这篇带来的订单就认不出来。".to_owned(),
                    OWN.to_owned(),
                ));
            };
            if link.kind == LinkKind::Url && policy.screens(&link.url) {
                let (why, proof) = told(&draft.rules);
                return Some((
                    "link.screened",
                    Severity::Warn,
                    format!(
                        "「{}」的链接在{}里常被屏蔽。",
                        link.product_name, draft.rules.name
                    ),
                    why,
                    proof,
                ));
            }
            None
        }
    }
}

/// `<a@b.com>`: the address is the text.
fn is_mail(address: &str) -> bool {
    address.contains('@') && !address.contains(':')
}

fn foreign(draft: &Draft, reference: &Reference, words: &str) -> Option<Told> {
    let (policy, name) = (&draft.rules.links, &draft.rules.name);
    if reference.is_picture {
        let message = "这张图片不在素材库里，不会带出去。请先导入素材。".to_owned();
        return Some((
            "image.external",
            Severity::Info,
            message,
            DROPPED.to_owned(),
            OWN.to_owned(),
        ));
    }
    if !reference.address.starts_with("http://") && !reference.address.starts_with("https://") {
        let address = &reference.address;
        let stays = words.is_empty() || words == address;
        if address.is_empty() || is_mail(address) && stays {
            return None;
        }
        let message = if stays {
            format!("「{address}」不是网址，只会写成文字。")
        } else {
            format!("「{address}」不是网址，这里只留下文字。")
        };
        return Some((
            "link.dropped",
            Severity::Info,
            message,
            "链接要以 http:// 或 https:// 开头；素材、价格、评价和好物用 photo:、price:、review:、link: 加编号。".to_owned(),
            OWN.to_owned(),
        ));
    }
    let (why, proof) = told(&draft.rules);
    if policy.screens(&reference.address) {
        let message = format!("这个网址在{name}里常被屏蔽。");
        return Some(("link.screened", Severity::Warn, message, why, proof));
    }
    if policy.keeps(&reference.address) {
        return None;
    }
    let address = &reference.address;
    let message = match (words.is_empty() || words == address, draft.rules.body == "html") {
        (true, false) if policy.hard => format!("{name}放不了「{address}」这个链接，不会带出去。"),
        (true, _) => format!("{name}里「{address}」点不开，只是写出来的网址。"),
        (false, true) => format!("{name}不保留「{address}」这个链接，会写成文末脚注。"),
        (false, false) => format!("{name}放不了「{address}」这个链接，只留下文字。"),
    };
    Some(("link.dropped", Severity::Info, message, why, proof))
}

//! What the person does by hand, in the order of the platform's own publishing page. What a platform has not, no step asks for: no
//! title where there is no field for it, no address where none can stand, no receipt where what goes out has no address of its own.

use super::{Step, StepKind, pictures::name, sheet::Sheet};
use crate::{
    channel::{Allow, Rules},
    check::{Ways, ways},
    link::{Link, LinkKind},
};

/// All steps of a sheet.
pub(super) fn steps(sheet: &Sheet) -> Vec<Step> {
    let rules = &sheet.rules;
    let mut steps = Vec::new();
    let pictures = pictures(sheet);
    let words = words(sheet);
    if rules.text_first {
        steps.extend(words);
        steps.extend(pictures);
    } else {
        steps.extend(pictures);
        steps.extend(words);
    }
    steps.extend(topics(sheet));
    for (link, ways) in ways(&sheet.links, rules) {
        steps.extend(of_link(sheet, link, &ways));
    }
    steps.extend(declarations(sheet));
    let look = if rules.printed {
        "先打一张样张：字看得清，二维码用手机扫得开，价格和优惠时间都还对。"
    } else if sheet.rendered.photos.is_empty() {
        "发布前再看一遍：价格和优惠时间都还对。"
    } else {
        "发布前再看一遍：图片顺序、价格和优惠时间都还对。"
    };
    steps.push(Step::new(StepKind::Look, look));
    steps.push(last(rules));
    steps
}

impl Step {
    fn new(kind: StepKind, say: impl Into<String>) -> Self {
        Self {
            kind,
            say: say.into(),
            copy: None,
            items: Vec::new(),
            link: None,
        }
    }

    fn copies(mut self, text: &str) -> Self {
        self.copy = Some(text.to_owned());
        self
    }

    fn of(mut self, link: &Link) -> Self {
        self.link = Some(link.id);
        self
    }
}

fn pictures(sheet: &Sheet) -> Option<Step> {
    let count = sheet.rendered.photos.len();
    let last = name(count.checked_sub(1)?);
    // An article takes its pictures in the text.
    if sheet.rendered.html.is_some() {
        return None;
    }
    let most = sheet
        .rules
        .limits
        .iter()
        .find(|limit| limit.field == "images")
        .and_then(|limit| limit.max)
        .and_then(|max| usize::try_from(max).ok());
    let say = match (count, sheet.rules.printed, sheet.rules.receipt) {
        (1, true, _) => "版面上用 01.jpg。".to_owned(),
        (_, true, _) => format!("版面上用这 {count} 张图片：01.jpg 到 {last}。"),
        (1, ..) => "上传图片 01.jpg。".to_owned(),
        (_, _, true) if sheet.rules.first_is_cover => {
            format!("按编号上传 {count} 张图片：01.jpg 到 {last}，01 是封面。")
        }
        (_, _, true) => format!("按编号上传 {count} 张图片：01.jpg 到 {last}。"),
        (_, _, false) => format!("按编号选 {count} 张图片：01.jpg 到 {last}。"),
    };
    let say = match most.filter(|most| count > *most) {
        Some(most) => format!("{say}一次最多 {most} 张，多出来的分几次发或拿掉。"),
        None => say,
    };
    Some(Step::new(StepKind::Pictures, say))
}

fn words(sheet: &Sheet) -> Vec<Step> {
    let (rules, rendered) = (&sheet.rules, &sheet.rendered);
    let mut steps = Vec::new();
    if !rendered.title.is_empty() {
        let say = if rules.printed {
            "大字用 title.txt。"
        } else {
            "粘贴标题：title.txt。"
        };
        steps.push(Step::new(StepKind::Title, say).copies(&rendered.title));
    }
    if rendered.html.is_some() {
        let say = "用电脑浏览器打开 article.html，全选复制，粘贴到编辑器里（手机端粘贴会丢格式）。";
        steps.push(Step::new(StepKind::Article, say));
        if !rendered.photos.is_empty() {
            let say = "把正文里每处「这里换成图片」换成对应编号的图片，并删掉这行提示。";
            steps.push(Step::new(StepKind::ArticlePictures, say));
        }
        let covers: Vec<&str> = rules.covers.iter().map(|cover| cover.file.as_str()).collect();
        if !covers.is_empty() && !rendered.photos.is_empty() {
            let say = format!("封面：上传 {}，按平台要的比例选一张。", covers.join(" 或 "));
            steps.push(Step::new(StepKind::Cover, say));
        } else if rules.first_is_cover && !rendered.photos.is_empty() {
            let say = format!("封面（必填）：上传 {}，照页面提示的比例裁。", name(0));
            steps.push(Step::new(StepKind::Cover, say));
        }
    } else if !rendered.body.is_empty() {
        let say = if rules.printed {
            "小字用 body.txt。".to_owned()
        } else if rules.has_title || sheet.heading.is_empty() {
            "粘贴正文：body.txt。".to_owned()
        } else {
            "粘贴正文：body.txt（标题已经在第一行）。".to_owned()
        };
        steps.push(Step::new(StepKind::Body, say).copies(&rendered.body));
    }
    steps
}

fn topics(sheet: &Sheet) -> Option<Step> {
    let (rules, tags) = (&sheet.rules, &sheet.rendered.tags);
    if tags.is_empty() {
        return None;
    }
    let syntax = if rules.topic_syntax.is_empty() {
        "{}"
    } else {
        &rules.topic_syntax
    };
    let items: Vec<String> = tags
        .iter()
        .map(|tag| syntax.replace("{}", tag).trim().to_owned())
        .collect();
    let say = if rules.topics_in_body {
        let note = if rules.topic_note.is_empty() {
            "粘贴后没有变成话题的，删掉重打一遍。"
        } else {
            &rules.topic_note
        };
        format!("话题已经在正文里，不用再加：{}。{note}", items.join(" "))
    } else if !rules.topic_note.is_empty() {
        format!("话题：{}", rules.topic_note)
    } else if rules.topic_syntax.is_empty() {
        "照 tags.txt 填写标签。".to_owned()
    } else {
        format!(
            "话题：照 tags.txt 添加，写法是「{}」。",
            syntax.replace("{}", "词").trim()
        )
    };
    let mut step = Step::new(
        if rules.topics_in_body {
            StepKind::TopicsInBody
        } else {
            StepKind::Topics
        },
        say,
    );
    step.items = items;
    Some(step)
}

/// What links.txt says of a link; nothing where the platform takes nothing of it.
pub(super) fn entry(link: &Link, ways: &Ways<'_>, rules: &Rules) -> Option<String> {
    let lines: Vec<String> = [
        ways.text.map(|url| format!("链接：{url}")),
        ways.field.map(|url| format!("{}：{url}", rules.link_field)),
        ways.coupon.map(|coupon| format!("优惠码：{coupon}")),
        ways.word.map(|word| format!("口令：{word}")),
        ways.qr.as_ref().map(|file| format!("二维码：{file}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!lines.is_empty()).then(|| {
        format!(
            "{}\n编号：{}\n{}\n\n",
            link.product_name,
            link.code,
            lines.join("\n")
        )
    })
}

fn of_link(sheet: &Sheet, link: &Link, ways: &Ways<'_>) -> Vec<Step> {
    let rules = &sheet.rules;
    let (product, code) = (&link.product_name, &link.code);
    let mut steps = Vec::new();
    if let Some(url) = ways.text {
        steps.push(address(sheet, link, url));
    }
    if let Some(url) = ways.field {
        let field = &rules.link_field;
        let say = format!("「{field}」填「{product}」的链接：见 links.txt（编号 {code}）。只能填一个。");
        steps.push(Step::new(StepKind::Link, say).copies(url).of(link));
    }
    if ways.crowded {
        let field = &rules.link_field;
        let say = format!(
            "「{field}」只能填一个，已经给了前面那条；「{product}」的链接（编号 {code}）不填在那里。"
        );
        steps.push(Step::new(StepKind::Note, say).of(link));
    }
    if let Some(coupon) = ways.coupon {
        let say = if sheet.holds(coupon) {
            format!("「{product}」的优惠码 {coupon} 已经在正文里；确认店铺后台已建好这个码。")
        } else {
            format!("写上「{product}」的优惠码：见 links.txt，并确认店铺后台已建好这个码。")
        };
        steps.push(Step::new(StepKind::Coupon, say).copies(coupon).of(link));
    }
    if let Some(file) = &ways.qr {
        let say = if rules.printed {
            format!("印上「{product}」的二维码：{file}。")
        } else if ways.text.is_some() {
            format!("不想放链接，就放「{product}」的二维码：{file}，它也算一张图片。")
        } else {
            format!("放上「{product}」的二维码：{file}。")
        };
        steps.push(Step::new(StepKind::Qr, say).of(link));
    }
    if let Some(word) = ways.word {
        let say = if sheet.holds(word) {
            format!("「{product}」的口令 {word} 已经在正文里；确认店铺后台已建好它。")
        } else {
            format!("写上「{product}」的口令 {word}：见 links.txt，并确认店铺后台已建好它。")
        };
        steps.push(Step::new(StepKind::Word, say).copies(word).of(link));
    }
    if link.kind == LinkKind::Card && rules.links.card == Allow::Yes {
        steps.push(card(link, rules));
    }
    if link.kind == LinkKind::Note && rules.receipt {
        let say = format!("「{product}」不放任何链接；靠笔记编号认订单，发布后务必填回笔记链接。");
        steps.push(Step::new(StepKind::Note, say).of(link));
    }
    if steps.is_empty() {
        // Rules may have changed since the link was made: it is not passed over in silence.
        let say = format!(
            "「{product}」的链接（编号 {code}）照{}现在的规则放不了，没有放进来。",
            rules.name
        );
        steps.push(Step::new(StepKind::Note, say).of(link));
    }
    steps
}

fn card(link: &Link, rules: &Rules) -> Step {
    let (product, code) = (&link.product_name, &link.code);
    let card = if rules.card_name.is_empty() {
        "商品"
    } else {
        &rules.card_name
    };
    let say = if rules.card_shared {
        format!(
            "从店铺里把「{product}」的{card}转发过来；能填来源或备注的填 {code}，填不了的，这张卡片带来的订单认不出是哪篇的。"
        )
    } else {
        format!("绑定{card}「{product}」，推广位（或子渠道、备注）名称填 {code}，订单才认得出是这篇带来的。")
    };
    Step::new(StepKind::Card, say).copies(code).of(link)
}

fn address(sheet: &Sheet, link: &Link, url: &str) -> Step {
    let (product, code) = (&link.product_name, &link.code);
    let say = if sheet.holds(url) {
        format!("「{product}」的链接已经在正文里（编号 {code}）；发出去点一下，确认打得开。")
    } else if sheet.rules.receipt {
        format!("正文里没有「{product}」的链接：从 links.txt 复制，粘到正文里（编号 {code}）。")
    } else {
        format!("正文里没有「{product}」的链接：从 links.txt 复制，接着单独发一条（编号 {code}）。")
    };
    Step::new(StepKind::Link, say).copies(url).of(link)
}

/// What has to be declared for this post, in the platform's own words where its rules name them.
fn declarations(sheet: &Sheet) -> Vec<Step> {
    let (post, offered) = (&sheet.post, &sheet.rules.declarations);
    let declared = &sheet.rules.declared;
    let mut steps = Vec::new();
    if sheet.is_ad {
        let say = if sheet.rules.printed {
            "确认「广告」字样印得清楚。"
        } else {
            "确认「广告」字样清楚可见，没有被折叠或遮住。"
        };
        steps.push(Step::new(StepKind::Mark, say));
    }
    let is_ai = post.ai_generated || !sheet.labelled.is_empty();
    // A picture that says it was made by AI is nobody's own unless the person has looked at both.
    let is_original = post.original && (sheet.labelled.is_empty() || post.ai_generated);
    let facts = [
        (sheet.is_ad, &declared.ad),
        (is_ai, &declared.ai),
        (post.fictional, &declared.fictional),
        (is_original, &declared.original),
    ];
    let holds = |offer: &&String| {
        facts
            .iter()
            .any(|(holds, name)| *holds && name.as_ref() == Some(*offer))
    };
    let boxes: Vec<String> = offered.iter().filter(holds).cloned().collect();
    if !offered.is_empty() {
        let say = if boxes.is_empty() {
            format!("声明（平台提供：{}）：这篇没有要勾的。", offered.join("、"))
        } else {
            format!(
                "勾选声明：{}（平台提供：{}）。",
                boxes.join("、"),
                offered.join("、")
            )
        };
        let mut step = Step::new(StepKind::Declaration, say);
        step.items = boxes;
        steps.push(step);
    }
    if is_ai && declared.ai.is_none() {
        let say = "声明内容含 AI 生成（平台有这个选项就勾上，没有就写在正文里）。";
        steps.push(Step::new(StepKind::Declaration, say));
    }
    if post.fictional && declared.fictional.is_none() {
        let say = "声明有虚构演绎的成分（平台有这个选项就勾上，没有就写在正文里）。";
        steps.push(Step::new(StepKind::Declaration, say));
    }
    steps
}

fn last(rules: &Rules) -> Step {
    let say = if rules.receipt {
        "发布后复制这条内容的链接，回草本「发布」里粘贴，开始计算归因。"
    } else if rules.printed {
        "摆出去以后，回草本「发布」里勾一下，记下日子，开始计算归因。"
    } else {
        "发出去以后，回草本「发布」里勾一下，记下时间，开始计算归因。"
    };
    Step::new(StepKind::Receipt, say)
}

//! checklist.md: what the person does by hand, in the order of the platform's own publishing page.

use std::fmt::Write;

use super::contents::Sheet;
use crate::link::LinkKind;

/// The checklist as Markdown with boxes to tick.
pub(super) fn checklist(sheet: &Sheet<'_>) -> String {
    let rules = sheet.rules;
    let mut text = format!("# {} · {}\n\n", sheet.channel.name, sheet.rendered.title.trim());
    let _ = writeln!(
        text,
        "内容编号 {}。规则核对于 {}，请以平台页面为准。\n",
        sheet.post.code, rules.checked_on
    );
    let mut step = |line: String| {
        let _ = writeln!(text, "- [ ] {line}");
    };
    let html = sheet.rendered.html.is_some();
    let pictures = sheet.rendered.photos.len();
    if pictures > 0 && !html {
        let last = super::pictures::name(pictures - 1);
        step(if pictures == 1 {
            "上传图片 01.jpg。".to_owned()
        } else {
            format!("按编号上传 {pictures} 张图片：01.jpg 到 {last}，01 是封面。")
        });
    }
    if rules.has_title && !sheet.rendered.title.trim().is_empty() {
        step("粘贴标题：title.txt。".to_owned());
    }
    if html {
        step("用电脑浏览器打开 article.html，全选复制，粘贴到编辑器里（手机端粘贴会丢格式）。".to_owned());
        if pictures > 0 {
            step("把正文里每处「这里换成图片」换成对应编号的图片，并删掉这行提示。".to_owned());
        }
        if sheet.covers {
            step("封面：上传 cover-235x100.jpg；选 1:1 封面时用 cover-1x1.jpg。".to_owned());
        }
    } else {
        step("粘贴正文：body.txt。".to_owned());
    }
    if !sheet.rendered.tags.is_empty() {
        step(match sheet.channel.platform.as_str() {
            "xiaohongshu" => {
                "话题：照 tags.txt 一个一个输入「#词」，每个都要从下拉列表里点选；直接粘贴只是普通文字。"
                    .to_owned()
            }
            _ if rules.topic_syntax.is_empty() => "照 tags.txt 填写标签。".to_owned(),
            _ => format!(
                "话题：照 tags.txt 添加，写法是「{}」。",
                rules.topic_syntax.replace("{}", "词")
            ),
        });
    }
    for link in sheet.links {
        let (product, code) = (&link.product_name, &link.code);
        match link.kind {
            LinkKind::Card => step(format!(
                "绑定商品「{product}」，推广位（或子渠道、备注）名称填 {code}，订单才认得出是这篇带来的。"
            )),
            LinkKind::Url => step(format!("放上「{product}」的链接：见 links.txt（编号 {code}）。")),
            LinkKind::Qr => step(format!("放上「{product}」的二维码：qr-{code}.png。")),
            LinkKind::Coupon => step(format!(
                "写上「{product}」的优惠码：见 links.txt，并确认店铺后台已建好这个码。"
            )),
            LinkKind::Word => step(format!("写上「{product}」的口令（编号 {code}）。")),
            LinkKind::Note => step(format!(
                "「{product}」不放任何链接；靠笔记编号认订单，发布后务必填回笔记链接。"
            )),
        }
    }
    for declaration in declarations(sheet) {
        step(declaration);
    }
    step("发布前再看一遍：图片顺序、价格和优惠时间都还对。".to_owned());
    step("发布后复制这条内容的链接，回草本「发布」里粘贴，开始计算归因。".to_owned());
    text
}

/// What has to be declared for this post, in the platform's own words where its rules name them.
fn declarations(sheet: &Sheet<'_>) -> Vec<String> {
    let post = sheet.post;
    let mut lines = Vec::new();
    if sheet.rendered.marked {
        lines.push("确认「广告」字样清楚可见，没有被折叠或遮住。".to_owned());
    }
    let facts = [
        (post.ai_generated, "AI 生成"),
        (post.fictional, "虚构演绎"),
        (post.original, "原创"),
    ];
    let facts: Vec<&str> = facts
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, word)| word)
        .collect();
    if !sheet.rules.declarations.is_empty() {
        let boxes = sheet.rules.declarations.join("、");
        let facts = if facts.is_empty() {
            "没有需要声明的".to_owned()
        } else {
            facts.join("、")
        };
        lines.push(format!("勾选声明（平台提供：{boxes}）。这篇内容：{facts}。"));
    } else if post.ai_generated {
        lines.push("声明内容含 AI 生成（平台有这个选项就勾上，没有就写在正文里）。".to_owned());
    }
    lines
}

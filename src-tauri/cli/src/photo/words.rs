//! Photos in a person's words: the cells of tables, and what likeness and evidence are called.

use caoben::photo::{Emptied, Imported, Kind, Likeness, Merit, Photo, Rejected, Side, Source, Twin, Twins};

use crate::face::{or_dash, table};

pub(super) const HEAD: [&str; 8] = ["编号", "文件", "种类", "尺寸", "拍摄", "相机", "好物", "试用"];

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Picture => "图片",
        Kind::Clip => "视频",
        Kind::File => "原样保存",
    }
}

/// How many of each kind, `图片 12，视频 1`.
fn kinds(photos: &[Photo]) -> String {
    let count = |wanted| photos.iter().filter(|photo| photo.kind == wanted).count();
    let some: Vec<String> = [Kind::Picture, Kind::Clip, Kind::File]
        .into_iter()
        .map(|wanted| (kind(wanted), count(wanted)))
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    some.join("，")
}

/// What an import did, with what it did not do and why.
pub(super) fn imported(done: &Imported) -> String {
    let back = done.duplicates.iter().filter(|one| one.restored).count();
    let settled = done.duplicates.iter().filter(|one| one.settled).count();
    let known: Vec<String> = [
        (back > 0).then(|| format!("{back} 个从回收站拿回来了")),
        (settled > 0).then(|| format!("{settled} 个还在回收站里：你留了和它很像的另一张")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let aside = |text: String| {
        if text.is_empty() {
            text
        } else {
            format!("（{text}）")
        }
    };
    let mut text = format!(
        "新收 {} 个{}，已有 {} 个{}，没收下 {} 个{}{}",
        done.imported.len(),
        aside(kinds(&done.imported)),
        done.duplicates.len(),
        aside(known.join("，")),
        done.rejected.len(),
        match done.strays.len() {
            0 => String::new(),
            strays => format!("，另有 {strays} 个不是照片的文件没有动"),
        },
        match done.left {
            0 => String::new(),
            left => format!("；中途停下，还有 {left} 个没看，收下的都在"),
        },
    );
    let new = done.imported.iter().map(|photo| {
        let said = [photo.unread.as_str(), photo.note.as_str()].concat();
        vec![photo.name.clone(), format!("新收，编号 {}", photo.id), said]
    });
    let known = done.duplicates.iter().map(|one| {
        let what = match (one.restored, one.settled) {
            (true, _) => "从回收站拿回来了",
            (_, true) => "还在回收站里",
            _ => "已有",
        };
        let what = format!("{what}，编号 {}", one.id);
        vec![one.path.display().to_string(), what, one.kept.clone()]
    });
    let left = |files: &[Rejected], what: &'static str| {
        let row = move |file: &Rejected| {
            vec![
                file.path.display().to_string(),
                what.to_owned(),
                file.reason.clone(),
            ]
        };
        files.iter().map(row).collect::<Vec<_>>()
    };
    let left = left(&done.rejected, "没收下")
        .into_iter()
        .chain(left(&done.strays, "没有动"));
    let rows: Vec<Vec<String>> = new.chain(known).chain(left).collect();
    if !rows.is_empty() {
        text = format!(
            "{text}\n{}",
            table(&["文件", "怎么样了", "说明"], rows.into_iter())
        );
    }
    text
}

/// All that is known of one photo, a line each.
pub(super) fn sheet(photo: &Photo) -> String {
    let size = (photo.width > 0).then(|| format!("{}×{}，", photo.width, photo.height));
    let source = match photo.source {
        Source::Own => "自拍",
        Source::Brand => "品牌方",
        Source::Buyer => "买家秀",
        Source::Screenshot => "截图",
    };
    let lines = [
        ("编号", photo.id.to_string()),
        (
            "文件",
            format!("{}（第一次进来时的名字，只在这里，不会导出）", photo.name),
        ),
        ("种类", format!("{}，{}", kind(photo.kind), photo.format)),
        (
            "大小",
            format!("{}{} 字节", size.unwrap_or_default(), photo.bytes),
        ),
        ("拍摄", or_dash(photo.taken_at.as_deref())),
        ("相机", photo.camera.clone()),
        ("镜头", photo.lens.clone()),
        (
            "位置",
            if photo.has_gps {
                "文件里有，不会导出"
            } else {
                "文件里没有"
            }
            .to_owned(),
        ),
        ("颜色", photo.profile.clone()),
        ("来源", source.to_owned()),
        ("说明", photo.caption.clone()),
        ("好物", or_dash(photo.product)),
        ("试用", or_dash(photo.trial)),
        ("内容里用过", format!("{} 次", photo.used)),
        ("不能显示", photo.unread.clone()),
        ("注意", photo.note.clone()),
    ];
    let filled = lines.into_iter().filter(|(_, value)| !value.is_empty());
    let text: Vec<String> = filled.map(|(name, value)| format!("{name}：{value}")).collect();
    text.join("\n")
}

/// What emptying the trash did, with the files that are still there.
pub(super) fn emptied(done: &Emptied) -> String {
    if done.left.is_empty() {
        return format!("删掉了 {} 张，文件也删了", done.photos);
    }
    let rows = done
        .left
        .iter()
        .map(|file| vec![file.path.clone(), file.reason.clone()]);
    format!(
        "删掉了 {} 张，但有 {} 个文件还在磁盘上，下次打开工作区或清空回收站时再删\n{}",
        done.photos,
        done.left.len(),
        table(&["文件", "原因"], rows)
    )
}

pub(super) fn cells(photo: &Photo) -> Vec<String> {
    vec![
        photo.id.to_string(),
        photo.name.clone(),
        match photo.duration {
            Some(length) => format!("{} {} 秒", kind(photo.kind), length / 1000),
            None => kind(photo.kind).to_owned(),
        },
        or_dash((photo.width > 0).then(|| format!("{}×{}", photo.width, photo.height))),
        or_dash(photo.taken_at.as_deref()),
        photo.camera.clone(),
        or_dash(photo.product),
        or_dash(photo.trial),
    ]
}

pub(super) fn twin_cells(group: &Twins, twin: &Twin) -> Vec<String> {
    let is_best = twin.likeness == Likeness::Best;
    let merits: Vec<&str> = group.merits.iter().copied().map(merit).collect();
    vec![
        twin.photo.id.to_string(),
        twin.photo.name.clone(),
        likeness(twin.likeness).to_owned(),
        format!("{}×{}", twin.photo.width, twin.photo.height),
        format!("{} KB", twin.photo.bytes / 1024),
        twin.photo.used.to_string(),
        if is_best {
            merits.join("，")
        } else {
            String::new()
        },
    ]
}

fn likeness(is: Likeness) -> &'static str {
    match is {
        Likeness::Best => "最好的一张",
        Likeness::Resaved => "同一张，另存过",
        Likeness::Burst => "连拍",
        Likeness::Alike => "很像",
    }
}

fn merit(is: Merit) -> &'static str {
    match is {
        Merit::Chosen => "你选过它",
        Merit::Used => "只有它在内容里用过",
        Merit::Picked => "只有它被选中",
        Merit::Rated => "评级最高",
        Merit::Original => "带着相机信息，别的丢了",
        Merit::Larger => "像素最多",
        Merit::Firsthand => "别的是从它另存出来的",
        Merit::Sharper => "缩略图里明显更清楚",
        Merit::Heavier => "同样大小里压缩得最少",
        Merit::Even => "差别不大",
    }
}

pub(super) fn sign(side: Side) -> &'static str {
    match side {
        Side::Strong => "✗",
        Side::Weak => "?",
        Side::For => "✓",
    }
}

//! `caoben review …`

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use caoben::{
    Code, Error, Result,
    review::{
        self, NewConsent, NewPaste, NewReview, ReasonKind, Review, ReviewPatch, ReviewPiece, ReviewPreview,
        ReviewSummary,
    },
    sheet,
    value::{Date, Id, Time},
};
use clap::Subcommand;

use crate::{
    asked::of_product,
    face::{Face, Outcome, or_dash, table},
    product::say_import,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 记一条评价
    Add {
        #[arg(long)]
        product: Id,
        #[arg(long)]
        text: String,
        /// 1–5
        #[arg(long)]
        rating: Option<i64>,
        /// 能区分买家的任何东西；只存加盐的哈希
        #[arg(long, value_name = "KEY")]
        buyer: Option<String>,
        /// 为什么买，可以写多次
        #[arg(long = "reason")]
        reasons: Vec<String>,
        /// 为什么退，可以写多次
        #[arg(long = "returned")]
        returned: Vec<String>,
        /// 已授权引用
        #[arg(long)]
        consent: bool,
        #[arg(long, default_value = "")]
        source: String,
        #[arg(long)]
        said_on: Option<Date>,
    },
    /// 从 csv、xlsx 或贴出来的文字导入
    Import {
        /// 表格；用 --text 时是文字文件，- 是标准输入
        file: PathBuf,
        #[arg(long)]
        product: Id,
        /// 文件是从群聊或评论区复制的文字
        #[arg(long)]
        text: bool,
        /// 在哪儿说的，和 --text 一起用
        #[arg(long, default_value = "", requires = "text")]
        source: String,
        /// 只看会导入什么，不导入
        #[arg(long)]
        dry_run: bool,
    },
    /// 全部评价
    List {
        #[arg(long)]
        product: Option<Id>,
        /// 只看说到这个原因的：便宜、过敏……
        #[arg(long)]
        reason: Option<String>,
        /// 只看已授权的
        #[arg(long)]
        consent: bool,
        /// 只看附了照片的
        #[arg(long)]
        photos: bool,
        /// 看删除了、还能拿回来的
        #[arg(long)]
        trashed: bool,
    },
    /// 修改；买家的原话不能改
    Edit {
        id: Id,
        /// 只能改自己的评价
        #[arg(long)]
        text: Option<String>,
        /// 1–5，只能改自己的评价
        #[arg(long)]
        rating: Option<i64>,
        /// 为什么买，可以写多次；写了就换掉原来的
        #[arg(long = "reason")]
        reasons: Option<Vec<String>>,
        /// 为什么退，可以写多次；写了就换掉原来的
        #[arg(long = "returned")]
        returned: Option<Vec<String>>,
        #[arg(long)]
        note: Option<String>,
        /// 照片编号，可以写多次；写了就换掉原来的
        #[arg(long = "photo")]
        photos: Option<Vec<Id>>,
        /// 已授权引用，写明怎么得到的
        #[arg(long, value_name = "HOW")]
        consent: Option<String>,
        /// 收回授权
        #[arg(long, conflicts_with = "consent")]
        withdraw: bool,
    },
    /// 删除；restore 可以拿回来
    Remove { id: Vec<Id> },
    /// 拿回删除的
    Restore { id: Vec<Id> },
    /// 把删除的彻底删掉，授权记录也一起；给出编号就只删这几条
    Empty { id: Vec<Id> },
    /// 为什么买、为什么退
    Summary {
        #[arg(long)]
        product: Option<Id>,
    },
    /// 认原因的词
    Rules,
}

fn cells(review: &Review) -> Vec<String> {
    let who = if review.own { "自己" } else { "买家" };
    vec![
        review.id.to_string(),
        review.product.to_string(),
        who.to_owned(),
        or_dash(review.rating),
        review.text.clone(),
    ]
}

fn kind_word(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::BoughtBecause => "为什么买",
        ReasonKind::ReturnedBecause => "为什么退",
        ReasonKind::Sensitivity => "在意什么",
    }
}

fn say_summary(summary: &ReviewSummary) -> String {
    let rows = summary.reasons.iter().map(|one| {
        vec![
            kind_word(one.kind).to_owned(),
            one.label.clone(),
            one.said.to_string(),
            one.proposed.to_string(),
        ]
    });
    format!(
        "{} 条评价，{} 条已授权，{} 条说到退换\n{}",
        summary.total,
        summary.authorised,
        summary.returned,
        table(&["种类", "标签", "确认", "词里提到"], rows)
    )
}

fn piece(piece: &ReviewPiece) -> Vec<String> {
    let who = (!piece.who.is_empty()).then_some(&piece.who);
    let known = if piece.known { "（已有）" } else { "" };
    vec![
        piece.row.to_string(),
        or_dash(who),
        or_dash(piece.rating),
        or_dash(piece.said_on),
        format!("{}{known}", piece.text),
    ]
}

fn say_preview(face: &Face, preview: &ReviewPreview) -> Result<Outcome> {
    face.say(preview, |preview| {
        let mut said = vec![format!(
            "会新增 {}，已有 {}，收不下 {}，隐去个人信息 {} 处",
            preview.new,
            preview.known,
            preview.refused.len(),
            preview.hidden
        )];
        if !preview.pieces.is_empty() {
            said.push(table(
                &["行", "谁", "评分", "日期", "评价"],
                preview.pieces.iter().map(piece),
            ));
        }
        let more = preview.new + preview.known - i64::try_from(preview.pieces.len()).unwrap_or(i64::MAX);
        if more > 0 {
            said.push(format!("还有 {more} 条没有列出来。"));
        }
        if !preview.refused.is_empty() {
            let refused = preview
                .refused
                .iter()
                .map(|row| vec![row.row.to_string(), row.reason.clone()]);
            said.push(table(&["行", "收不下的原因"], refused));
        }
        said.join("\n")
    })?;
    Ok(if preview.refused.is_empty() {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

/// A text file, or what comes in on `-`.
fn read(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(file).map(|found| bytes = found)
    };
    read.map_err(|e| Error::io(file, e))?;
    sheet::decode(&bytes).ok_or_else(|| {
        Error::new(
            Code::Unreadable,
            format!("{} 不是文字，没有导入任何内容。", file.display()),
        )
    })
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Add {
                product,
                text,
                rating,
                buyer,
                reasons,
                returned,
                consent,
                source,
                said_on,
            } => {
                let input = NewReview {
                    product,
                    text,
                    rating,
                    buyer,
                    reasons,
                    returned,
                    sensitivity: None,
                    consent,
                    source,
                    said_on,
                };
                face.say(&review::add(db, input, Time::now()).await?, |review| {
                    cells(review).join(" ")
                })?;
            }
            Self::Import {
                file,
                product,
                text,
                source,
                dry_run,
            } => {
                let now = Time::now();
                if !text {
                    if dry_run {
                        let preview = review::preview(db, &file, product, None, now).await?;
                        return say_preview(face, &preview);
                    }
                    let done = review::import(db, &file, product, None, &face.job(), now).await?;
                    return say_import(face, &done);
                }
                let input = NewPaste {
                    product,
                    text: read(&file)?,
                    source,
                    skip: Vec::new(),
                };
                if dry_run {
                    return say_preview(face, &review::split(db, &input, now).await?);
                }
                return say_import(face, &review::paste(db, &input, &face.job(), now).await?);
            }
            Self::Edit {
                id,
                text,
                rating,
                reasons,
                returned,
                note,
                photos,
                consent,
                withdraw,
            } => {
                let patch = ReviewPatch {
                    text,
                    rating: rating.map(Some),
                    reasons,
                    returned,
                    note,
                    photos,
                    ..ReviewPatch::default()
                };
                let now = Time::now();
                let mut edited = review::edit(db, id, patch, now).await?;
                if withdraw || consent.is_some() {
                    let word = NewConsent {
                        given: !withdraw,
                        how: consent.unwrap_or_default(),
                        proof: None,
                    };
                    edited = review::consent(db, id, word, now).await?;
                }
                face.say(&edited, |review| cells(review).join(" "))?;
            }
            Self::Remove { id } => {
                let gone = review::remove(db, &id, Time::now()).await?;
                face.say(&serde_json::json!({ "removed": gone }), |_| {
                    format!("删除了 {gone} 条")
                })?;
            }
            Self::Restore { id } => {
                let back = review::restore(db, &id).await?;
                face.say(&serde_json::json!({ "restored": back }), |_| {
                    format!("拿回了 {back} 条")
                })?;
            }
            Self::Empty { id } => {
                let some = (!id.is_empty()).then_some(id.as_slice());
                let gone = review::empty_trash(db, some).await?;
                face.say(&serde_json::json!({ "emptied": gone }), |_| {
                    format!("彻底删掉了 {gone} 条")
                })?;
            }
            Self::Summary { product } => {
                of_product(product).check(db).await?;
                face.say(&review::summary(db, product).await?, say_summary)?;
            }
            Self::Rules => {
                face.list(
                    &review::rules(db).await?,
                    &["种类", "标签", "开", "词"],
                    |rule| {
                        let on = if rule.enabled { "开" } else { "停" };
                        vec![
                            kind_word(rule.kind).to_owned(),
                            rule.label.clone(),
                            on.to_owned(),
                            rule.words.join("、"),
                        ]
                    },
                )?;
            }
            Self::List {
                product,
                reason,
                consent,
                photos,
                trashed,
            } => {
                of_product(product).check(db).await?;
                let mut reviews = if trashed {
                    review::trashed(db, product).await?
                } else {
                    review::list(db, product).await?
                };
                reviews.retain(|review| {
                    reason.as_deref().is_none_or(|label| review.gives(label))
                        && (!consent || review.consent)
                        && (!photos || !review.photos.is_empty())
                });
                face.list(&reviews, &["编号", "好物", "谁", "评分", "评价"], cells)?;
            }
        }
        Ok(Outcome::Done)
    }
}

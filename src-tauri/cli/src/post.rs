//! `caoben post …`

use std::path::PathBuf;

use caoben::{
    Result,
    check::{self, Finding, Severity},
    post::{self, NewPost, Post, PostPatch},
    render,
    value::{Id, Time},
};
use clap::{Subcommand, ValueEnum};

use crate::face::{Face, Outcome, or_dash, read_text, table};

#[derive(Subcommand)]
pub enum Verb {
    /// 新写一篇
    New {
        #[arg(long)]
        title: String,
        /// Markdown 文件
        #[arg(long)]
        file: Option<PathBuf>,
        #[arg(long = "product", num_args = 1..)]
        products: Vec<Id>,
        #[arg(long = "photo", num_args = 1..)]
        photos: Vec<Id>,
    },
    /// 全部内容
    List {
        /// 连归档的一起
        #[arg(long)]
        archived: bool,
    },
    /// 一篇内容
    Show { id: Id },
    /// 换正文；以前的版本都留着
    Set {
        id: Id,
        #[arg(long)]
        file: Option<PathBuf>,
        #[arg(long)]
        title: Option<String>,
        #[arg(long = "product", num_args = 1..)]
        products: Option<Vec<Id>>,
        #[arg(long = "photo", num_args = 1..)]
        photos: Option<Vec<Id>>,
        /// auto | yes | no
        #[arg(long)]
        commercial: Option<String>,
    },
    /// 留下的版本
    Versions { id: Id },
    /// 找回一个版本
    Restore {
        id: Id,
        #[arg(long)]
        version: Id,
    },
    /// 发之前查一遍
    Check {
        id: Id,
        #[arg(long)]
        channel: Id,
    },
    /// 会被裁掉四分之一以上的图，改成补白边（--off 改回裁切）
    Pad {
        id: Id,
        #[arg(long)]
        channel: Id,
        #[arg(long)]
        off: bool,
    },
    /// 渠道上的样子
    Render {
        id: Id,
        #[arg(long)]
        channel: Id,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Html,
}

fn show(post: &Post) -> String {
    format!("{} {}（{}）\n\n{}", post.id, post.title, post.code, post.body)
}

/// Findings as a table.
pub fn show_findings(findings: &[Finding]) -> String {
    let name = |severity| match severity {
        Severity::Block => "拦下",
        Severity::Warn => "提醒",
        Severity::Info => "知道就好",
    };
    let rows = findings.iter().map(|f| {
        vec![
            name(f.severity).to_owned(),
            f.rule.clone(),
            f.message.clone(),
            f.reason.clone(),
        ]
    });
    if findings.is_empty() {
        "没有拦下的地方。".to_owned()
    } else {
        table(&["程度", "规则", "说什么", "为什么"], rows)
    }
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        let now = Time::now();
        match self {
            Self::New {
                title,
                file,
                products,
                photos,
            } => {
                let body = file.as_deref().map(read_text).transpose()?.unwrap_or_default();
                face.say(
                    &post::create(
                        db,
                        NewPost {
                            title,
                            body,
                            products,
                            photos,
                        },
                        now,
                    )
                    .await?,
                    show,
                )?;
            }
            Self::List { archived } => {
                let all = post::list(db, archived).await?;
                face.list(
                    &all,
                    &["编号", "标题", "照片", "链接", "发布", "改于"],
                    |post| {
                        vec![
                            post.id.to_string(),
                            post.title.clone(),
                            post.photos.to_string(),
                            post.links.to_string(),
                            post.publications.to_string(),
                            post.updated_at.to_string(),
                        ]
                    },
                )?;
            }
            Self::Show { id } => face.say(&post::get(db, id).await?, show)?,
            Self::Set {
                id,
                file,
                title,
                products,
                photos,
                commercial,
            } => {
                let body = file.as_deref().map(read_text).transpose()?;
                let patch = PostPatch {
                    title,
                    body,
                    products,
                    photos,
                    commercial,
                    ..PostPatch::default()
                };
                face.say(&post::replace(db, id, patch, now).await?, show)?;
            }
            Self::Versions { id } => {
                let all = post::versions(db, id).await?;
                face.list(
                    &all,
                    &["编号", "怎么来的", "名字", "标题", "存于"],
                    |version| {
                        vec![
                            version.id.to_string(),
                            version.kind.clone(),
                            version.label.clone(),
                            version.title.clone(),
                            version.saved_at.to_string(),
                        ]
                    },
                )?;
            }
            Self::Restore { id, version } => face.say(&post::restore(db, id, version, now).await?, show)?,
            Self::Check { id, channel } => {
                let checked = check::check(db, id, channel, now).await?;
                face.say(&checked, |checked| {
                    let counts = checked
                        .counts
                        .iter()
                        .map(|c| format!("{} {}/{} {}", c.field, c.count, or_dash(c.limit), c.unit));
                    format!(
                        "{}\n{}\n{}",
                        counts.collect::<Vec<_>>().join(" · "),
                        show_findings(&checked.findings),
                        checked.told()
                    )
                })?;
                if checked
                    .findings
                    .iter()
                    .any(|finding| finding.severity == Severity::Block)
                {
                    return Ok(Outcome::Blocked);
                }
            }
            Self::Pad { id, channel, off } => {
                post::set_padding(db, id, channel, !off, now).await?;
                let rendered = render::render(db, id, channel).await?;
                face.say(&rendered, |rendered| match rendered.padded.len() {
                    0 if off => "这个渠道的图片照常裁切。".to_owned(),
                    0 => "没有图会被裁掉四分之一以上，现在不用补白边；以后有就补。".to_owned(),
                    count => format!("这个渠道有 {count} 张图补白边，整张都在。"),
                })?;
            }
            Self::Render { id, channel, format } => {
                let rendered = render::render(db, id, channel).await?;
                face.say(&rendered, |rendered| match (&rendered.html, format) {
                    (Some(html), Format::Html) => html.clone(),
                    _ => {
                        let tags: Vec<String> = rendered.tags.iter().map(|tag| format!("#{tag}")).collect();
                        let parts = [rendered.title.clone(), rendered.body.clone(), tags.join(" ")];
                        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                        parts.join("\n\n")
                    }
                })?;
            }
        }
        Ok(Outcome::Done)
    }
}

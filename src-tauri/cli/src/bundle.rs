//! `caoben bundle …`

use std::path::PathBuf;

use caoben::{
    Result,
    bundle::{self, BundleExport},
    value::{Id, Time},
};
use clap::Subcommand;

use crate::{
    asked::Asked,
    face::{Face, Outcome},
    post::show_findings,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 导出发布包
    Export {
        #[arg(long)]
        post: Id,
        /// 渠道编号，可以写多个
        #[arg(long = "channel", required = true, num_args = 1..)]
        channels: Vec<Id>,
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        zip: bool,
        /// 为什么拦下了还要发；会留底
        #[arg(long = "override", value_name = "REASON")]
        override_reason: Option<String>,
    },
    /// 以前导出的
    List {
        #[arg(long)]
        post: Option<Id>,
    },
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Export {
                post,
                channels,
                out,
                zip,
                override_reason,
            } => {
                let what = BundleExport {
                    post,
                    channels,
                    out: Some(out),
                    zip,
                    override_reason,
                };
                let done = bundle::export(db, &what, &face.job(), Time::now()).await?;
                face.say(&done, |done| {
                    let made = done.bundles.iter().map(|b| {
                        let unkept = match b.id {
                            Some(_) => "",
                            None => "；这个工作区只能看，这一次没有记下来",
                        };
                        format!(
                            "渠道 {}：{}（{} 个文件{unkept}）",
                            b.channel,
                            b.dir.display(),
                            b.files.len()
                        )
                    });
                    let blocked = done
                        .blocked
                        .iter()
                        .map(|b| format!("渠道 {} 拦下了：\n{}", b.channel, show_findings(&b.findings)));
                    let failed = done
                        .failed
                        .iter()
                        .map(|f| format!("渠道 {} 没有打成：{}", f.channel, f.message));
                    made.chain(blocked).chain(failed).collect::<Vec<_>>().join("\n")
                })?;
                if !done.failed.is_empty() {
                    return Ok(Outcome::Partly);
                }
                if !done.blocked.is_empty() {
                    return Ok(Outcome::Blocked);
                }
            }
            Self::List { post } => {
                let asked = Asked {
                    post,
                    ..Asked::default()
                };
                asked.check(db).await?;
                face.list(
                    &bundle::list(db, post).await?,
                    &["编号", "内容", "渠道", "位置", "时间"],
                    |bundle| {
                        vec![
                            bundle.id.to_string(),
                            bundle.post.to_string(),
                            bundle.channel.to_string(),
                            bundle.path.clone(),
                            bundle.created_at.to_string(),
                        ]
                    },
                )?;
            }
        }
        Ok(Outcome::Done)
    }
}

//! `caoben workspace …`

use std::path::PathBuf;

use caoben::{Result, sample, value::Time, workspace};
use clap::Subcommand;

use crate::face::{Face, Outcome, or_dash, table};

#[derive(Subcommand)]
pub enum Verb {
    /// 新建工作区
    Create { dir: PathBuf },
    /// 里面有什么
    Info,
    /// 完整检查数据库和每个文件
    Check,
    /// 备份成一个 zip
    Backup { file: PathBuf },
    /// 从备份恢复到新文件夹
    Restore { file: PathBuf, dir: PathBuf },
    /// 做一个可以随便试的示例工作区
    Sample { dir: PathBuf },
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        match self {
            Self::Create { dir } => {
                let db = workspace::create(&dir, Time::now()).await?;
                let info = workspace::info(&db).await?;
                db.close().await;
                face.say(&info, |info| format!("工作区建好了：{}", info.folder.display()))?;
            }
            Self::Info => say_info(face).await?,
            Self::Check => {
                let checkup = workspace::check(face.db().await?, &face.job()).await?;
                face.say(&checkup, |checkup| match checkup.ok {
                    true => "一切完好。".to_owned(),
                    false => table(
                        &["问题", "位置"],
                        checkup
                            .problems
                            .iter()
                            .map(|p| vec![p.what.clone(), p.place.clone()]),
                    ),
                })?;
                if !checkup.ok {
                    return Ok(Outcome::Blocked);
                }
            }
            Self::Backup { file } => {
                workspace::backup(face.db().await?, &file, &face.job(), Time::now()).await?;
                face.say(&file, |file| format!("备份好了：{}", file.display()))?;
            }
            Self::Restore { file, dir } => {
                workspace::restore(&file, &dir, &face.job(), Time::now()).await?;
                face.say(&dir, |dir| format!("恢复好了：{}", dir.display()))?;
            }
            Self::Sample { dir } => {
                sample::create(&dir, &face.job(), Time::now()).await?;
                face.say(&dir, |dir| format!("示例工作区在 {}，随便改。", dir.display()))?;
            }
        }
        Ok(Outcome::Done)
    }
}

async fn say_info(face: &Face) -> Result<()> {
    let info = workspace::info(face.db().await?).await?;
    face.say(&info, |info| {
        let rows = [
            ("文件夹", info.folder.display().to_string()),
            ("好物", info.products.to_string()),
            ("素材", info.photos.to_string()),
            ("内容", info.posts.to_string()),
            ("订单", info.orders.to_string()),
            ("上次备份", or_dash(info.last_backup_at)),
        ];
        table(
            &[info.name.as_str(), ""],
            rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]),
        )
    })
}

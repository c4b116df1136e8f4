//! `caoben workspace …`

use std::path::PathBuf;

use caoben::{Code, Result, sample, value::Time, workspace};
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
                    true if checkup.mended > 0 => {
                        format!("一切完好；重做了 {} 张坏掉的缩略图。", checkup.mended)
                    }
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
                let done = workspace::backup(face.db().await?, &file, &face.job(), Time::now()).await?;
                face.say(&done, |done| {
                    let head = format!("备份好了：{}", done.file.display());
                    listed(head, &done.problems, "备份写好了，但这些文件不对")
                })?;
                return Ok(ended(&done.problems));
            }
            Self::Restore { file, dir } => {
                let done = workspace::restore(&file, &dir, &face.job(), Time::now()).await?;
                face.say(&done, |done| {
                    let mut head = format!("恢复好了：{}", done.folder.display());
                    for line in &done.changed {
                        head.push('\n');
                        head.push_str(line);
                    }
                    listed(head, &done.problems, "其余都恢复了，但这些不对")
                })?;
                return Ok(ended(&done.problems));
            }
            Self::Sample { dir } => {
                sample::create(&dir, &face.job(), Time::now()).await?;
                face.say(&dir, |dir| format!("示例工作区在 {}，随便改。", dir.display()))?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// What was done, and below it what is wrong.
fn listed(head: String, problems: &[workspace::Problem], title: &str) -> String {
    if problems.is_empty() {
        return head;
    }
    let rows = problems.iter().map(|p| vec![p.what.clone(), p.place.clone()]);
    format!("{head}\n{title}：\n{}", table(&["问题", "位置"], rows))
}

fn ended(problems: &[workspace::Problem]) -> Outcome {
    match problems {
        [] => Outcome::Done,
        _ => Outcome::Partly,
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
            (
                "能不能改",
                match info.only_read {
                    None => "能".to_owned(),
                    Some(Code::Busy) => "只能看：正在另一个窗口或程序里打开".to_owned(),
                    Some(Code::DiskFull) => "只能看和导出：磁盘满了".to_owned(),
                    Some(_) => "只能看和导出：这里写不进去".to_owned(),
                },
            ),
        ];
        table(
            &[info.name.as_str(), ""],
            rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]),
        )
    })
}

//! `caoben photo …`

use std::path::PathBuf;

use caoben::{
    Result,
    photo::{self, Fit, Frame, Photo, PhotoFilter, PhotoImport, Source},
    retouch,
    value::{Id, Time},
};
use clap::Subcommand;

use crate::{
    face::{Face, Outcome, or_dash, table},
    product::word,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 导入照片；文件夹会一直往里找
    Import {
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        #[arg(long)]
        product: Option<Id>,
        #[arg(long)]
        trial: Option<Id>,
        /// own 自拍 | brand 品牌方 | buyer 买家秀 | screenshot 截图
        #[arg(long, value_parser = word::<Source>, default_value = "own")]
        source: Source,
    },
    /// 全部照片
    List {
        #[arg(long)]
        product: Option<Id>,
        #[arg(long)]
        trial: Option<Id>,
        #[arg(long, value_parser = word::<Source>)]
        source: Option<Source>,
        /// 只看没用过的
        #[arg(long)]
        unused: bool,
    },
    /// 一张照片
    Show { id: Id },
    /// 很像的照片
    Duplicates,
    /// 导出一张：不带 EXIF、位置和原文件名
    Export {
        id: Id,
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        width: Option<u32>,
        #[arg(long)]
        height: Option<u32>,
        /// crop | pad | inside
        #[arg(long, value_parser = word::<Fit>, default_value = "crop")]
        fit: Fit,
    },
}

const HEAD: [&str; 6] = ["编号", "尺寸", "拍摄", "相机", "好物", "试用"];

fn cells(photo: &Photo) -> Vec<String> {
    vec![
        photo.id.to_string(),
        format!("{}×{}", photo.width, photo.height),
        or_dash(photo.taken_at.as_deref()),
        photo.camera.clone(),
        or_dash(photo.product),
        or_dash(photo.trial),
    ]
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Import {
                paths,
                product,
                trial,
                source,
            } => {
                let what = PhotoImport {
                    paths,
                    product,
                    trial,
                    source,
                };
                let done = photo::import(db, &what, &face.job(), Time::now()).await?;
                face.say(&done, |done| {
                    let head = format!(
                        "新收 {} 张，已有 {} 张，没收下 {} 个{}",
                        done.imported.len(),
                        done.duplicates.len(),
                        done.rejected.len(),
                        if done.cancelled {
                            "；中途停下，收下的都在"
                        } else {
                            ""
                        },
                    );
                    let rejected = done
                        .rejected
                        .iter()
                        .map(|file| vec![file.path.display().to_string(), file.reason.clone()]);
                    if done.rejected.is_empty() {
                        head
                    } else {
                        format!("{head}\n{}", table(&["文件", "原因"], rejected))
                    }
                })?;
                if !done.rejected.is_empty() || done.cancelled {
                    return Ok(Outcome::Partly);
                }
            }
            Self::List {
                product,
                trial,
                source,
                unused,
            } => {
                let filter = PhotoFilter {
                    product,
                    trial,
                    source,
                    unused,
                    ..PhotoFilter::default()
                };
                face.list(&photo::list(db, &filter).await?, &HEAD, cells)?;
            }
            Self::Show { id } => {
                face.say(&photo::get(db, id).await?, |photo| {
                    table(&HEAD, [cells(photo)].into_iter())
                })?;
            }
            Self::Duplicates => {
                face.list(&photo::duplicates(db).await?, &["很像的一组"], |group| {
                    let ids: Vec<String> = group.iter().map(|photo| photo.id.to_string()).collect();
                    vec![ids.join(" ")]
                })?;
            }
            Self::Export {
                id,
                out,
                width,
                height,
                fit,
            } => {
                retouch::export(db, id, Frame { width, height, fit }, None, &out).await?;
                face.say(&out, |out| format!("导出到 {}", out.display()))?;
            }
        }
        Ok(Outcome::Done)
    }
}

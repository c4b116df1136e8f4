//! `caoben photo …`

mod words;

use std::path::PathBuf;

use caoben::{
    Error, Result,
    db::Db,
    job::Progress,
    photo::{self, Doubts, Fit, Frame, Kind, PhotoFilter, PhotoImport, PhotoPatch, Scope, Side, Source},
    retouch,
    value::{Date, Id, Time},
};
use clap::Subcommand;

use self::words::{HEAD, cells, emptied, imported, sheet, sign, twin_cells};
use crate::{
    asked::Asked,
    face::{Face, Outcome, table},
    product::word,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 导入照片和视频；文件夹会一直往里找
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
        /// picture 图片 | clip 视频 | file 原样保存
        #[arg(long, value_parser = word::<Kind>)]
        kind: Option<Kind>,
        /// 至少几星，1–5
        #[arg(long, value_parser = clap::value_parser!(i64).range(0..=5), default_value_t = 0)]
        rating: i64,
        /// picked 选中的 | rejected 淘汰的 | none 还没挑的
        #[arg(long, value_parser = pick)]
        pick: Option<i64>,
        /// 相机，照片里怎么写就怎么写
        #[arg(long)]
        camera: Option<String>,
        /// 拍在这一天，按相机的钟
        #[arg(long, conflicts_with_all = ["from", "to"])]
        day: Option<Date>,
        /// 拍在这天或之后
        #[arg(long)]
        from: Option<Date>,
        /// 拍在这天或之前
        #[arg(long)]
        to: Option<Date>,
        /// 说明里有这几个字
        #[arg(long, default_value = "")]
        text: String,
        /// 只看内容里用过的
        #[arg(long, conflicts_with = "unused")]
        used: bool,
        /// 只看没用过的
        #[arg(long)]
        unused: bool,
        /// 只看没归好物的
        #[arg(long)]
        unfiled: bool,
        /// 看回收站里的
        #[arg(long)]
        trashed: bool,
        /// 最多列几张
        #[arg(long)]
        limit: Option<i64>,
    },
    /// 改星级、选没选中、来源、说明、归属；没写的不变
    Edit {
        #[arg(required = true)]
        ids: Vec<Id>,
        /// 0–5 星
        #[arg(long)]
        rating: Option<i64>,
        /// picked 选中 | rejected 淘汰 | none 都不算
        #[arg(long, value_parser = pick)]
        pick: Option<i64>,
        /// own 自拍 | brand 品牌方 | buyer 买家秀 | screenshot 截图
        #[arg(long, value_parser = word::<Source>)]
        source: Option<Source>,
        #[arg(long)]
        caption: Option<String>,
        /// 好物的编号；none 不归好物
        #[arg(long, value_parser = id_or_none)]
        product: Option<Choice>,
        /// 试用的编号；none 不归试用
        #[arg(long, value_parser = id_or_none)]
        trial: Option<Choice>,
    },
    /// 移到回收站；正在用的移不走
    Remove {
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// 从回收站拿回来
    Restore {
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// 清空回收站：文件真的删掉；给出编号就只删这几张
    Empty { ids: Vec<Id> },
    /// 一张照片
    Show { id: Id },
    /// 很像的照片，一组一组等着决定
    Duplicates {
        /// 留下这一张，和它一组的放进回收站（用着的不动）
        #[arg(long, value_name = "ID", conflicts_with = "keep_all")]
        keep: Option<Id>,
        /// 这一张所在的组全都留下
        #[arg(long, value_name = "ID")]
        keep_all: Option<Id>,
    },
    /// 算不算自拍，为什么
    Provenance {
        id: Id,
        /// 记下：这是我拍的
        #[arg(long, conflicts_with = "not_mine")]
        mine: bool,
        /// 收回这句话
        #[arg(long)]
        not_mine: bool,
    },
    /// 归在自拍、却有疑点的照片
    Doubts {
        #[arg(long)]
        product: Option<Id>,
        #[arg(long)]
        trial: Option<Id>,
    },
    /// 导出一张 JPEG：不带 EXIF、位置和原文件名
    Export {
        id: Id,
        /// 写到哪里，以 .jpg 或 .jpeg 结尾
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

fn pick(text: &str) -> std::result::Result<i64, String> {
    match text {
        "picked" => Ok(1),
        "rejected" => Ok(-1),
        "none" => Ok(0),
        other => Err(format!("「{other}」要写成 picked、rejected 或 none。")),
    }
}

/// An id, or none at all.
#[derive(Debug, Clone, Copy)]
pub struct Choice(Option<Id>);

fn id_or_none(text: &str) -> std::result::Result<Choice, String> {
    match text {
        "none" => Ok(Choice(None)),
        id => id
            .parse()
            .map(|id| Choice(Some(id)))
            .map_err(|_| format!("「{id}」要写成编号，或者 none。")),
    }
}

/// The others of the group a photo stands in.
async fn others(db: &Db, best: Id) -> Result<Vec<Id>> {
    let groups = photo::duplicates(db).await?.groups;
    let group = groups
        .iter()
        .find(|group| group.photos.iter().any(|twin| twin.photo.id == best))
        .ok_or_else(|| Error::not_found("很像的一组，里面有照片", best))?;
    Ok(group
        .photos
        .iter()
        .map(|twin| twin.photo.id)
        .filter(|id| *id != best)
        .collect())
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
                face.say(&done, imported)?;
                if let Some(stopped) = &done.stopped {
                    face.tell(&stopped.message);
                }
                if !done.rejected.is_empty() || done.left > 0 {
                    return Ok(Outcome::Partly);
                }
            }
            Self::List {
                product,
                trial,
                source,
                kind,
                rating,
                pick,
                camera,
                day,
                from,
                to,
                text,
                used,
                unused,
                unfiled,
                trashed,
                limit,
            } => {
                let asked = Asked {
                    product,
                    trial,
                    from,
                    to,
                    ..Asked::default()
                };
                asked.check(db).await?;
                let filter = PhotoFilter {
                    product,
                    trial,
                    source,
                    kind,
                    pick,
                    camera,
                    from: day.or(from),
                    to: day.or(to),
                    unused,
                    used,
                    unfiled,
                    min_rating: rating,
                    text,
                    trashed,
                    limit,
                    offset: 0,
                };
                face.list(&photo::list(db, &filter).await?, &HEAD, cells)?;
            }
            Self::Show { id } => {
                face.say(&photo::get(db, id).await?, sheet)?;
            }
            Self::Edit {
                ids,
                rating,
                pick,
                source,
                caption,
                product,
                trial,
            } => {
                let patch = PhotoPatch {
                    source,
                    rating,
                    pick,
                    caption,
                    product: product.map(|choice| choice.0),
                    trial: trial.map(|choice| choice.0),
                    ..PhotoPatch::default()
                };
                face.list(&photo::edit(db, &ids, patch, Time::now()).await?, &HEAD, cells)?;
            }
            Self::Remove { ids } => {
                photo::remove(db, &ids, Time::now()).await?;
                face.say(&ids, |ids| format!("{} 张进了回收站，文件还在", ids.len()))?;
            }
            Self::Restore { ids } => {
                photo::restore(db, &ids).await?;
                face.say(&ids, |_| "拿回来了".to_owned())?;
            }
            Self::Empty { ids } => {
                let some = (!ids.is_empty()).then_some(ids.as_slice());
                let done = photo::empty_trash(db, some).await?;
                face.say(&done, emptied)?;
                if !done.left.is_empty() {
                    return Ok(Outcome::Partly);
                }
            }
            Self::Duplicates {
                keep: None,
                keep_all: None,
            } => {
                let found = photo::duplicates(db).await?;
                face.say(&found.groups, |groups| {
                    let rows = groups
                        .iter()
                        .flat_map(|group| group.photos.iter().map(|twin| twin_cells(group, twin)));
                    let left = match found.left {
                        0 => String::new(),
                        left => format!("\n还有 {left} 张没比完，再运行一次接着比。"),
                    };
                    table(
                        &[
                            "编号",
                            "文件",
                            "和最好的一张比",
                            "尺寸",
                            "大小",
                            "用过",
                            "为什么留它",
                        ],
                        rows,
                    ) + &left
                })?;
            }
            Self::Duplicates { keep, keep_all } => {
                let best = keep.or(keep_all).unwrap_or_default();
                let others = others(db, best).await?;
                if keep_all.is_some() {
                    photo::keep_all(db, best, &others, Time::now()).await?;
                    face.say(&others, |others| {
                        format!("{} 张都留下了，以后不再问。", others.len() + 1)
                    })?;
                } else {
                    let kept = photo::keep_best(db, best, &others, Time::now()).await?;
                    face.say(&kept, |kept| {
                        let stayed = kept
                            .stayed
                            .iter()
                            .map(|one| format!("\n照片 {} 留着：正用在{}里。", one.id, one.place));
                        format!(
                            "留下 {best}，{} 张放进了回收站。{}",
                            kept.trashed.len(),
                            stayed.collect::<String>()
                        )
                    })?;
                }
            }
            Self::Provenance { id, mine, not_mine } => {
                if mine || not_mine {
                    photo::claim(db, &[id], mine, Time::now()).await?;
                }
                face.say(&photo::provenance(db, id).await?, |found| {
                    let head = match (found.counted_own, found.doubtful) {
                        (true, _) => "算自拍。",
                        (_, true) => "有疑点，暂时不算自拍。",
                        _ => "不算自拍。",
                    };
                    found.reasons.iter().fold(head.to_owned(), |text, reason| {
                        format!("{text}\n{} {}", sign(reason.side), reason.text)
                    })
                })?;
            }
            Self::Doubts { product, trial } => {
                let asked = Asked {
                    product,
                    trial,
                    ..Asked::default()
                };
                asked.check(db).await?;
                let found = doubts(face, db, Scope { product, trial }).await?;
                face.say(&found, doubted)?;
                if found.left > 0 {
                    return Ok(Outcome::Partly);
                }
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

/// Weighs photos until all were compared with what brands and buyers took, or somebody stops it: what was compared is kept.
async fn doubts(face: &Face, db: &Db, scope: Scope) -> Result<Doubts> {
    let mut found = photo::doubts(db, scope).await?;
    let (job, all) = (face.job(), found.left);
    while found.left > 0 && !job.is_cancelled() {
        job.report(Progress {
            done: u64::try_from(all - found.left).unwrap_or(0),
            total: u64::try_from(all).ok(),
            note: "和品牌方、买家的图比对".to_owned(),
            ..Progress::default()
        });
        let before = found.left;
        found = photo::doubts(db, scope).await?;
        // Where nothing can be kept, asking again brings nothing new.
        if found.left >= before {
            break;
        }
    }
    Ok(found)
}

fn doubted(found: &Doubts) -> String {
    let mut head = format!(
        "自拍 {} 张（其中 {} 张只凭你的话），有疑点 {} 张",
        found.own,
        found.by_word,
        found.doubtful.len()
    );
    if found.left > 0 {
        head += &format!("；还有 {} 张没和品牌方、买家的图比对过，数还会变", found.left);
    }
    if found.doubtful.is_empty() {
        return head;
    }
    let rows = found.doubtful.iter().map(|one| {
        let against = one.reasons.iter().filter(|reason| reason.side != Side::For);
        vec![
            one.photo.to_string(),
            against.map(|reason| reason.text.as_str()).collect(),
        ]
    });
    format!("{head}\n{}", table(&["编号", "疑点"], rows))
}

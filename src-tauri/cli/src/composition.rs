//! `caoben composition …`

use std::path::PathBuf;

use caoben::{
    Error, Result,
    composition::{self, Composition, Slot, Spec},
    value::{Id, Time},
};
use clap::{Args, Subcommand};

use crate::face::{Face, Outcome, read_text};

#[derive(Subcommand)]
pub enum Verb {
    /// 全部版式
    Templates,
    /// 画成 JPEG 文件；好几页时依次编号
    Render {
        #[command(flatten)]
        what: What,
        #[arg(long)]
        out: PathBuf,
    },
    /// 存成拼图，画好的图片进素材
    Save {
        #[command(flatten)]
        what: What,
        /// 改这一份；不写就是新的一份
        #[arg(long)]
        id: Option<Id>,
    },
    /// 全部拼图
    List,
    /// 一份拼图
    Show { id: Id },
    /// 不再留着这份拼图；画好的图片还在素材里
    Remove { id: Id },
}

#[derive(Args)]
pub struct What {
    /// 版式；见 composition templates
    #[arg(long, default_value = "")]
    template: String,
    /// 照片，按版式的顺序
    #[arg(long, num_args = 1..)]
    photo: Vec<Id>,
    #[arg(long, default_value = "")]
    title: String,
    #[arg(long, default_value = "")]
    subtitle: String,
    /// 正文：一个文本文件，可以用 # 标题、**粗体**、- 列表
    #[arg(long)]
    body: Option<PathBuf>,
    /// 3:4 | 1:1 | 9:16 | 4:3
    #[arg(long, default_value = "3:4", value_parser = crate::product::word::<composition::Ratio>)]
    ratio: composition::Ratio,
    /// 整份拼图的 JSON；别的选项就不看了
    #[arg(long)]
    spec: Option<PathBuf>,
}

impl What {
    fn spec(self) -> Result<Spec> {
        if let Some(path) = &self.spec {
            return serde_json::from_str(&read_text(path)?)
                .map_err(|e| Error::invalid("spec", format!("{} 不是拼图的 JSON：{e}", path.display())));
        }
        let slot = |id| Slot {
            photo: Some(id),
            ..Slot::default()
        };
        Ok(Spec {
            template: self.template,
            ratio: self.ratio,
            slots: self.photo.into_iter().map(slot).collect(),
            title: self.title,
            subtitle: self.subtitle,
            body: self
                .body
                .as_deref()
                .map(read_text)
                .transpose()?
                .unwrap_or_default(),
            ..Spec::default()
        })
    }
}

const HEAD: [&str; 4] = ["编号", "版式", "标题", "图片"];

fn cells(one: &Composition) -> Vec<String> {
    let photos: Vec<String> = one.photos.iter().map(Id::to_string).collect();
    vec![
        one.id.to_string(),
        one.spec.template.clone(),
        one.spec.title.clone(),
        photos.join(" "),
    ]
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        if let Self::Templates = self {
            face.list(
                &composition::templates(),
                &["版式", "名字", "照片"],
                |template| {
                    let count = match (template.least, template.most) {
                        (least, most) if least == most => most.to_string(),
                        (least, most) => format!("{least}–{most}"),
                    };
                    vec![template.id.clone(), template.name.clone(), count]
                },
            )?;
            return Ok(Outcome::Done);
        }
        let db = face.db().await?;
        match self {
            Self::Templates => {}
            Self::Render { what, out } => {
                let done = composition::export(db, &what.spec()?, &out).await?;
                face.say(&done, |done| {
                    let files = done.files.iter().map(|file| format!("画到 {}", file.display()));
                    let notes = done.notes.iter().map(|note| note.message.clone());
                    files.chain(notes).collect::<Vec<_>>().join("\n")
                })?;
            }
            Self::Save { what, id } => {
                let saved = composition::save(db, id, &what.spec()?, Time::now()).await?;
                face.say(&saved, |saved| {
                    let notes: Vec<&str> = saved.notes.iter().map(|note| note.message.as_str()).collect();
                    format!(
                        "拼图 {} 画好了 {} 张，在素材里。{}",
                        saved.composition.id,
                        saved.photos.len(),
                        notes.concat()
                    )
                })?;
            }
            Self::List => face.list(&composition::list(db).await?, &HEAD, cells)?,
            Self::Show { id } => face.say(&composition::get(db, id).await?, |one| cells(one).join("  "))?,
            Self::Remove { id } => {
                composition::remove(db, id).await?;
                face.say(&id, |id| format!("拼图 {id} 不再留着，画好的图片还在素材里。"))?;
            }
        }
        Ok(Outcome::Done)
    }
}

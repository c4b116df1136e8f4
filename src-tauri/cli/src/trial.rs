//! `caoben trial …`

use caoben::{
    Error, Result,
    trial::{self, Acquired, NewDay, NewTrial, Rating, Trial, Verdict},
    value::{Date, Id, Time},
};
use clap::Subcommand;

use crate::{
    face::{Face, Outcome, or_dash},
    product::word,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 开始试用
    Start {
        #[arg(long)]
        product: Id,
        /// bought 自购 | sample 寄样 | borrowed 借用 | gift 赠送
        #[arg(long, value_parser = word::<Acquired>)]
        acquired: Acquired,
        #[arg(long)]
        on: Option<Date>,
    },
    /// 记一天
    Log {
        trial: Id,
        #[arg(long)]
        on: Date,
        #[arg(long)]
        text: String,
        /// 照片编号，可以写多个
        #[arg(long = "photo", num_args = 1..)]
        photos: Vec<Id>,
        /// 控油=3，可以写多次
        #[arg(long = "rating", value_name = "SCALE=1..5")]
        ratings: Vec<String>,
    },
    /// 承认一个缺点
    Shortcoming {
        trial: Id,
        #[arg(long)]
        text: String,
    },
    /// 下结论
    Finish {
        trial: Id,
        /// recommend | mixed | reject
        #[arg(long, value_parser = word::<Verdict>)]
        verdict: Verdict,
        #[arg(long, default_value = "")]
        text: String,
        #[arg(long)]
        on: Option<Date>,
    },
    /// 一段试用
    Show { id: Id },
    /// 全部试用
    List {
        #[arg(long)]
        product: Option<Id>,
    },
}

fn rating(text: &String) -> Result<Rating> {
    let bad = || Error::invalid("rating", format!("评分「{text}」要写成 控油=3。"));
    let (scale, value) = text.split_once('=').ok_or_else(bad)?;
    Ok(Rating {
        scale: scale.to_owned(),
        value: value.parse().map_err(|_| bad())?,
    })
}

fn show(trial: &Trial) -> String {
    let days = trial
        .days
        .iter()
        .map(|day| format!("{}  {}（照片 {} 张）", day.on, day.text, day.photos.len()));
    let bad = trial.shortcomings.iter().map(|text| format!("缺点  {text}"));
    let head = format!("{} {}：{} 开始", trial.id, trial.product_name, trial.started_on);
    std::iter::once(head)
        .chain(days)
        .chain(bad)
        .collect::<Vec<_>>()
        .join("\n")
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        let now = Time::now();
        let trial = match self {
            Self::Start {
                product,
                acquired,
                on,
            } => {
                trial::start(
                    db,
                    NewTrial {
                        product,
                        acquired,
                        on,
                    },
                    now,
                )
                .await?
            }
            Self::Log {
                trial,
                on,
                text,
                photos,
                ratings,
            } => {
                let ratings = ratings.iter().map(rating).collect::<Result<_>>()?;
                trial::log(
                    db,
                    trial,
                    NewDay {
                        on,
                        text,
                        photos,
                        ratings,
                    },
                    now,
                )
                .await?
            }
            Self::Shortcoming { trial, text } => trial::add_shortcoming(db, trial, &text, now).await?,
            Self::Finish {
                trial,
                verdict,
                text,
                on,
            } => trial::finish(db, trial, verdict, &text, on, now).await?,
            Self::Show { id } => trial::get(db, id).await?,
            Self::List { product } => {
                let all = trial::list(db, product).await?;
                face.list(
                    &all,
                    &["编号", "好物", "开始", "结束", "记录"],
                    |trial| {
                        vec![
                            trial.id.to_string(),
                            trial.product_name.clone(),
                            trial.started_on.to_string(),
                            or_dash(trial.finished_on),
                            format!("{} 天", trial.days.len()),
                        ]
                    },
                )?;
                return Ok(Outcome::Done);
            }
        };
        face.say(&trial, show)?;
        Ok(Outcome::Done)
    }
}

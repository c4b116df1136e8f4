//! `caoben trial …`

use std::path::PathBuf;

use caoben::{
    Error, Result,
    trial::{
        self, Acquired, Evidence, EvidenceFormat, NewDay, NewFlaw, NewTrial, Rating, Trial, TrialPatch,
        Verdict,
    },
    value::{Date, Id, Time, parse_amount, show_money},
};
use clap::Subcommand;

use crate::{
    asked::of_product,
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
    /// 记一天；没写到的，这一天原来怎么样还怎么样
    Log {
        trial: Id,
        #[arg(long)]
        on: Date,
        /// 换掉原来的话；写 '' 就清空
        #[arg(long)]
        text: Option<String>,
        /// 照片编号，可以写多个
        #[arg(long = "photo", num_args = 1..)]
        photos: Vec<Id>,
        /// 控油=3，可以写多次；写 控油= 就不打这一项了
        #[arg(long = "rating", value_name = "SCALE=1..5")]
        ratings: Vec<String>,
    },
    /// 改怎么来的、起止和提醒
    Edit {
        trial: Id,
        /// bought 自购 | sample 寄样 | borrowed 借用 | gift 赠送
        #[arg(long, value_parser = word::<Acquired>)]
        acquired: Option<Acquired>,
        /// 从谁那里来
        #[arg(long)]
        from: Option<String>,
        /// 花了多少，没花钱写 0
        #[arg(long)]
        paid: Option<String>,
        #[arg(long)]
        currency: Option<String>,
        /// 小票或约定的照片编号
        #[arg(long)]
        receipt: Option<Id>,
        /// 开始的日子
        #[arg(long)]
        on: Option<Date>,
        /// 打算用到哪天
        #[arg(long)]
        until: Option<Date>,
        /// 几天记一次，0 不提醒
        #[arg(long, value_name = "DAYS")]
        every: Option<i64>,
        /// 打哪些感受，按顺序，可以写多次；写了就换掉原来的，打过的分都留着
        #[arg(long = "scale")]
        scales: Option<Vec<String>>,
    },
    /// 承认一个缺点
    Shortcoming {
        trial: Id,
        #[arg(long)]
        text: String,
        /// 哪天发现的
        #[arg(long)]
        on: Option<Date>,
        /// 拍下它的照片编号
        #[arg(long)]
        photo: Option<Id>,
        /// 1 小毛病 | 2 影响使用 | 3 劝退
        #[arg(long)]
        severity: Option<i64>,
    },
    /// 下结论；再下一次就换掉，以前的结论用 history 看
    Finish {
        trial: Id,
        /// recommend | mixed | reject
        #[arg(long, value_parser = word::<Verdict>)]
        verdict: Verdict,
        /// 理由；不写就还是原来的，写 '' 就清空
        #[arg(long)]
        text: Option<String>,
        /// 哪天结束；不写就还是原来的，第一次是今天
        #[arg(long)]
        on: Option<Date>,
    },
    /// 存成私人证据：.pdf 是一份 PDF，别的名字是一个文件夹
    Evidence {
        trial: Id,
        #[arg(long)]
        out: PathBuf,
    },
    /// 以前的结论；写明哪天，就是那天以前的话和打过的分
    History {
        trial: Id,
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

/// What a day is rated after some of it was said: `控油=3`, or `控油=` for none.
fn rated(mut ratings: Vec<Rating>, said: &[String]) -> Result<Vec<Rating>> {
    let mut given: Vec<&str> = Vec::new();
    for text in said {
        let bad = |why: &str| Error::invalid("rating", format!("评分「{text}」{why}，没有记下。"));
        let (scale, value) = text.split_once('=').ok_or_else(|| bad("要写成 控油=3"))?;
        let scale = scale.trim();
        if given.contains(&scale) {
            return Err(bad("写了两次"));
        }
        given.push(scale);
        let at = ratings.iter().position(|one| one.scale == scale);
        if value.is_empty() {
            ratings.retain(|one| one.scale != scale);
            continue;
        }
        let value = value.parse().map_err(|_| bad("要写成 控油=3"))?;
        match at.and_then(|at| ratings.get_mut(at)) {
            Some(one) => one.value = value,
            None => ratings.push(Rating {
                scale: scale.to_owned(),
                value,
            }),
        }
    }
    Ok(ratings)
}

fn felt(ratings: &[Rating]) -> String {
    let felt = ratings.iter().map(|one| format!("{}={}", one.scale, one.value));
    felt.collect::<Vec<_>>().join(" ")
}

fn acquired_word(acquired: Acquired) -> &'static str {
    match acquired {
        Acquired::Bought => "自购",
        Acquired::Sample => "寄样",
        Acquired::Borrowed => "借用",
        Acquired::Gift => "赠送",
    }
}

fn show(trial: &Trial) -> String {
    let until = trial
        .finished_on
        .map_or_else(String::new, |end| format!("，{end} 结束"));
    let paid = trial
        .paid
        .map_or_else(String::new, |paid| show_money(paid, &trial.currency));
    let mut lines = vec![
        format!(
            "{} {}：{} 开始{until}",
            trial.id, trial.product_name, trial.started_on
        ),
        [
            "怎么来的",
            acquired_word(trial.acquired),
            &trial.acquired_from,
            &paid,
        ]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("  "),
    ];
    lines.extend(trial.days.iter().map(|day| {
        let photos = format!("（照片 {} 张）", day.photos.len());
        let words = [day.on.to_string(), day.text.clone() + &photos, felt(&day.ratings)];
        words.join("  ").trim_end().to_owned()
    }));
    lines.extend(trial.shortcomings.iter().map(|text| format!("缺点  {text}")));
    if let Some(verdict) = trial.verdict {
        let line = format!("结论  {}  {}", verdict.word(), trial.verdict_text);
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

fn told(written: &Evidence) -> String {
    let lost = written
        .failed
        .iter()
        .map(|one| format!("照片 {} 没有印出来：{}", one.photo, one.reason));
    let head = format!("写好了 {}，{} 张照片。", written.path.display(), written.pictures);
    std::iter::once(head).chain(lost).collect::<Vec<_>>().join("\n")
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
                let known = trial::get(db, trial).await?;
                let day = known.days.into_iter().find(|day| day.on == on);
                let (was, felt) = day.map_or_else(Default::default, |day| (day.text, day.ratings));
                let is_emptied =
                    text.as_ref().is_some_and(|text| text.trim().is_empty()) || !ratings.is_empty();
                let ratings = rated(felt, &ratings)?;
                let text = text.unwrap_or(was);
                let silent = NewDay {
                    on,
                    text,
                    photos: Vec::new(),
                    ratings,
                };
                // Photos alone take no words back; words that are taken back are taken back after them.
                if is_emptied
                    && silent.text.trim().is_empty()
                    && silent.ratings.is_empty()
                    && !photos.is_empty()
                {
                    let alone = NewDay {
                        photos,
                        ..silent.clone()
                    };
                    trial::log(db, trial, alone, now).await?;
                    trial::log(db, trial, silent, now).await?
                } else {
                    trial::log(db, trial, NewDay { photos, ..silent }, now).await?
                }
            }
            Self::Edit {
                trial,
                acquired,
                from,
                paid,
                currency,
                receipt,
                on,
                until,
                every,
                scales,
            } => {
                let known = trial::get(db, trial).await?;
                let unit = currency.as_deref().unwrap_or(&known.currency);
                let paid = paid.map(|text| parse_amount(&text, unit)).transpose()?;
                let patch = TrialPatch {
                    acquired,
                    acquired_from: from,
                    paid: paid.map(Some),
                    currency,
                    receipt: receipt.map(Some),
                    started_on: on,
                    ends_on: until.map(Some),
                    rhythm: every,
                    scales,
                    ..TrialPatch::default()
                };
                trial::edit(db, trial, patch, now).await?
            }
            Self::Shortcoming {
                trial,
                text,
                on,
                photo,
                severity,
            } => {
                let flaw = NewFlaw {
                    text,
                    on,
                    photo,
                    severity,
                };
                trial::add_shortcoming(db, trial, flaw, now).await?
            }
            Self::Finish {
                trial,
                verdict,
                text,
                on,
            } => trial::finish(db, trial, verdict, text.as_deref(), on, now).await?,
            Self::Evidence { trial, out } => {
                let pdf = out
                    .extension()
                    .is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
                let format = if pdf {
                    EvidenceFormat::Pdf
                } else {
                    EvidenceFormat::Folder
                };
                let written = trial::evidence(db, trial, &out, format, &face.job()).await?;
                face.say(&written, told)?;
                return Ok(if written.failed.is_empty() {
                    Outcome::Done
                } else {
                    Outcome::Partly
                });
            }
            Self::History { trial, on: None } => {
                let before = trial::verdict_history(db, trial).await?;
                face.list(
                    &before,
                    &["改掉的时间", "以前的结论", "理由", "结束"],
                    |one| {
                        vec![
                            one.replaced_at.to_string(),
                            one.verdict.word().to_owned(),
                            one.text.clone(),
                            one.finished_on.to_string(),
                        ]
                    },
                )?;
                return Ok(Outcome::Done);
            }
            Self::History { trial, on: Some(on) } => {
                let edits = trial::history(db, trial, on).await?;
                face.list(
                    &edits,
                    &["改掉的时间", "以前的话", "以前的分"],
                    |edit| {
                        vec![
                            edit.replaced_at.to_string(),
                            edit.text.clone(),
                            felt(&edit.ratings),
                        ]
                    },
                )?;
                return Ok(Outcome::Done);
            }
            Self::Show { id } => trial::get(db, id).await?,
            Self::List { product } => {
                of_product(product).check(db).await?;
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

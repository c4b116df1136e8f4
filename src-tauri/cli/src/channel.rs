//! `caoben channel …`

use caoben::{
    Result,
    channel::{self, Channel, NewChannel, NewOverride, Rules},
    value::{Id, Time},
};
use clap::{Args, Subcommand};

use crate::face::{Face, Outcome, or_dash, table};

#[derive(Subcommand)]
pub enum Verb {
    /// 全部渠道
    List,
    /// 一个渠道
    Show { id: Id },
    /// 添加渠道
    Add {
        #[arg(long)]
        platform: String,
        #[arg(long)]
        name: String,
        /// 账号名能看出是自家店
        #[arg(long)]
        own_shop: bool,
    },
    /// 平台规则
    Rules(RulesAsk),
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct RulesAsk {
    #[arg(required = true)]
    platform: Option<String>,
    #[command(subcommand)]
    verb: Option<RulesVerb>,
}

#[derive(Subcommand)]
pub enum RulesVerb {
    /// 用自己的数字；不写 VALUE 就恢复原来的
    Override {
        platform: String,
        rule: String,
        value: Option<String>,
        #[arg(long, default_value = "")]
        reason: String,
    },
}

fn cells(channel: &Channel) -> Vec<String> {
    vec![
        channel.id.to_string(),
        channel.platform.clone(),
        channel.name.clone(),
    ]
}

fn show_rules(rules: &Rules) -> String {
    let limits = rules.limits.iter().map(|limit| {
        let firmness = if limit.hard { "硬" } else { "未核实" };
        let own = if limit.overridden { "自己改的" } else { "" };
        vec![
            limit.rule.clone(),
            or_dash(limit.min),
            or_dash(limit.warn),
            or_dash(limit.max),
            limit.unit.clone(),
            firmness.to_owned(),
            own.to_owned(),
            limit.source.clone(),
        ]
    });
    let head = ["规则", "至少", "提醒", "最多", "单位", "硬度", "", "来源"];
    format!(
        "{}（{}，核对于 {}）\n{}",
        rules.name,
        rules.content_type,
        rules.checked_on,
        table(&head, limits)
    )
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::List => face.list(&channel::list(db).await?, &["编号", "平台", "名称"], cells)?,
            Self::Show { id } => {
                face.say(&channel::get(db, id).await?, |channel| cells(channel).join(" "))?
            }
            Self::Add {
                platform,
                name,
                own_shop,
            } => {
                let made = channel::create(
                    db,
                    NewChannel {
                        platform,
                        name,
                        own_shop,
                    },
                    Time::now(),
                )
                .await?;
                face.say(&made, |channel| cells(channel).join(" "))?;
            }
            Self::Rules(RulesAsk {
                verb:
                    Some(RulesVerb::Override {
                        platform,
                        rule,
                        value,
                        reason,
                    }),
                ..
            }) => {
                let rules = channel::override_rule(
                    db,
                    NewOverride {
                        platform,
                        rule,
                        value,
                        reason,
                    },
                    Time::now(),
                )
                .await?;
                face.say(&rules, show_rules)?;
            }
            Self::Rules(RulesAsk { platform, verb: None }) => {
                face.say(
                    &channel::rules(db, &platform.unwrap_or_default()).await?,
                    show_rules,
                )?;
            }
        }
        Ok(Outcome::Done)
    }
}

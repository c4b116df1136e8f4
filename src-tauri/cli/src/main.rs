//! `caoben`: the command line. One file per noun; nothing here decides anything the window would need too.

mod asked;
mod attribution;
mod bundle;
mod buyer;
mod channel;
mod composition;
mod face;
mod link;
mod order;
mod photo;
mod post;
mod product;
mod publication;
mod report;
mod review;
mod search;
mod shop;
mod trial;
mod usage;
mod workspace;

use std::{io::Write, path::PathBuf, process::ExitCode};

use caoben::Error;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::face::{Face, Outcome};

/// 草本：种草创作者的本子。商品、试用、照片、内容、链接、发布包和订单，都在这台电脑的一个文件夹里。
#[derive(Parser)]
#[command(name = "caoben", version, arg_required_else_help = true)]
struct Cli {
    /// 工作区文件夹；不写就用桌面版的默认工作区
    #[arg(long, global = true, env = "CAOBEN_WORKSPACE", value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// 在标准输出打印一份 JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    noun: Noun,
}

#[derive(Subcommand)]
enum Noun {
    /// 工作区
    #[command(subcommand)]
    Workspace(workspace::Verb),
    /// 好物
    #[command(subcommand)]
    Product(product::Verb),
    /// 素材
    #[command(subcommand)]
    Photo(photo::Verb),
    /// 拼图
    #[command(subcommand)]
    Composition(composition::Verb),
    /// 试用
    #[command(subcommand)]
    Trial(trial::Verb),
    /// 评价
    #[command(subcommand)]
    Review(review::Verb),
    /// 渠道
    #[command(subcommand)]
    Channel(channel::Verb),
    /// 内容
    #[command(subcommand)]
    Post(post::Verb),
    /// 链接
    #[command(subcommand)]
    Link(link::Verb),
    /// 发布包
    #[command(subcommand)]
    Bundle(bundle::Verb),
    /// 发布
    #[command(subcommand)]
    Publication(publication::Verb),
    /// 店铺
    #[command(subcommand)]
    Shop(shop::Verb),
    /// 订单
    #[command(subcommand)]
    Order(order::Verb),
    /// 买家：只有指纹，和认得出他们的钥匙
    #[command(subcommand)]
    Buyer(buyer::Verb),
    /// 洞察
    Report(report::Ask),
    /// 搜索
    Search(search::Ask),
}

fn main() -> ExitCode {
    // What a program says when it breaks is for its makers; the person gets a sentence.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    std::panic::catch_unwind(run).unwrap_or_else(|_| {
        let broken = Error::internal(
            "程序内部出错，停在了这一步；已经保存的都在。请再试一次，还是这样的话，到项目主页写下你做了什么。",
        );
        let json = std::env::args_os().any(|word| word == "--json");
        ExitCode::from(Face::new(json, None).fail(&broken))
    })
}

#[tokio::main]
async fn run() -> ExitCode {
    let typed = usage::in_chinese(Cli::command()).try_get_matches();
    let cli = match typed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(told) => return told_usage(&told),
    };
    let face = Face::new(cli.json, cli.workspace);
    let outcome = match cli.noun {
        Noun::Workspace(verb) => verb.run(&face).await,
        Noun::Product(verb) => verb.run(&face).await,
        Noun::Photo(verb) => verb.run(&face).await,
        Noun::Composition(verb) => verb.run(&face).await,
        Noun::Trial(verb) => verb.run(&face).await,
        Noun::Review(verb) => verb.run(&face).await,
        Noun::Channel(verb) => verb.run(&face).await,
        Noun::Post(verb) => verb.run(&face).await,
        Noun::Link(verb) => verb.run(&face).await,
        Noun::Bundle(verb) => verb.run(&face).await,
        Noun::Publication(verb) => verb.run(&face).await,
        Noun::Shop(verb) => verb.run(&face).await,
        Noun::Order(verb) => verb.run(&face).await,
        Noun::Buyer(verb) => verb.run(&face).await,
        Noun::Report(ask) => ask.run(&face).await,
        Noun::Search(ask) => ask.run(&face).await,
    };
    face.close().await;
    if let Some(notice) = caoben::buyer::notice() {
        face.tell(notice);
    }
    ExitCode::from(match outcome {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Blocked) => 3,
        Ok(Outcome::Partly) => 4,
        Err(error) => face.fail(&error),
    })
}

/// Help and the version go to stdout, wrong usage to stderr.
fn told_usage(told: &clap::Error) -> ExitCode {
    let lost = match usage::wrong(told) {
        None => told.print().err(),
        Some(sentence) => writeln!(std::io::stderr(), "{sentence}").err(),
    };
    let code = match lost.filter(|e| e.kind() != std::io::ErrorKind::BrokenPipe) {
        None => told.exit_code(),
        Some(error) => i32::from(Face::new(false, None).fail(&face::unprinted(error))),
    };
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

//! What clap says, in Chinese: help, and what was wrong with what was typed.

use clap::{
    Arg, ArgAction, Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}";

/// A command whose help has Chinese headings, all the way down.
pub fn in_chinese(command: Command) -> Command {
    let children: Vec<String> = command
        .get_subcommands()
        .map(|child| child.get_name().to_owned())
        .collect();
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            with_default(arg).help_heading(heading)
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("显示帮助")
                .help_heading("选项"),
        );
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("显示版本")
                .help_heading("选项"),
        );
    }
    for child in children {
        command = command.mut_subcommand(child, in_chinese);
    }
    command
}

/// clap's own remarks are English: what an argument is without being told goes into its help.
fn with_default(arg: Arg) -> Arg {
    // A flag's default is that it is not there.
    if !arg.get_action().takes_values() {
        return arg;
    }
    let defaults: Vec<String> = arg
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    let arg = arg
        .hide_default_value(true)
        .hide_env(true)
        .hide_possible_values(true);
    if defaults.is_empty() {
        return arg;
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    arg.help(
        format!("{help}（不写就是 {}）", defaults.join(" "))
            .trim_start()
            .to_owned(),
    )
}

/// What was wrong with what was typed, in one sentence with the way out; `None` for help and version, which are no errors.
pub fn wrong(error: &clap::Error) -> Option<String> {
    let of = |kind: ContextKind| {
        error.get(kind).map(|value| match value {
            ContextValue::String(text) => text.clone(),
            ContextValue::Strings(all) => all.join("、"),
            ContextValue::StyledStr(text) => text.to_string(),
            ContextValue::StyledStrs(all) => {
                let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                all.join("；")
            }
            other => other.to_string(),
        })
    };
    let named = |kind: ContextKind| of(kind).unwrap_or_default();
    let (arg, value) = (named(ContextKind::InvalidArg), named(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return Some(error.to_string()),
        ErrorKind::UnknownArgument => format!("没有 {arg} 这个参数"),
        ErrorKind::InvalidSubcommand => format!("没有「{}」这个命令", named(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "后面还要写做什么".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("还缺 {arg}"),
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            Some(prior) if prior != arg => format!("{arg} 不能和 {prior} 一起用"),
            _ => format!("{arg} 只能写一次"),
        },
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面还要写一个值"),
        ErrorKind::InvalidValue => match of(ContextKind::ValidValue) {
            Some(valid) => format!("{arg} 不能是「{value}」，可以是 {valid}"),
            None => format!("{arg} 不能是「{value}」"),
        },
        ErrorKind::ValueValidation => match std::error::Error::source(error).and_then(reason) {
            Some(reason) => format!("{arg} 不能是「{value}」：{reason}"),
            None => format!("{arg} 不能是「{value}」"),
        },
        ErrorKind::NoEquals => format!("{arg} 和它的值之间要写等号"),
        ErrorKind::TooManyValues => format!("{arg} 后面的「{value}」多余"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{arg} 的值个数不对"),
        ErrorKind::InvalidUtf8 => "参数里有不是文字的字节".to_owned(),
        _ => "这样写不对".to_owned(),
    };
    let like = of(ContextKind::SuggestedArg).or_else(|| of(ContextKind::SuggestedSubcommand));
    let like = like.map_or_else(String::new, |like| format!("是不是想写 {like}？"));
    let usage = of(ContextKind::Usage).unwrap_or_default();
    let usage = usage.trim().trim_start_matches("Usage:").trim();
    let usage = if usage.is_empty() {
        String::new()
    } else {
        format!("\n用法：{usage}")
    };
    Some(format!(
        "{what}，什么都没有做。{like}加上 --help 看全部用法。{usage}"
    ))
}

/// Why a value was refused, as far as it was said in Chinese or is known by its kind.
fn reason(source: &(dyn std::error::Error + 'static)) -> Option<String> {
    if source.is::<std::num::ParseIntError>() {
        return Some("要写一个整数".to_owned());
    }
    if source.is::<std::num::ParseFloatError>() {
        return Some("要写一个数".to_owned());
    }
    let said = source.to_string();
    let said = said.trim_end_matches('。');
    said.chars()
        .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
        .then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn every_command_is_well_formed_in_chinese_too() {
        super::in_chinese(crate::Cli::command()).debug_assert();
    }
}

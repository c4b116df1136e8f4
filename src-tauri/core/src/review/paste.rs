//! Taking in what was copied from a chat or a comment section: cut into pieces, the name and the time split off each.
//!
//! Where one piece ends is read off the text itself, in this order: lines with a name and a time of day (a chat); lines that only say
//! when and where (a comment section); blank lines; lines with only a name and a colon; every line.

use super::{
    NewPaste, NewReview, ReviewPreview,
    find::SHIPPED,
    import::{Drafts, foresee, keep},
};
use crate::{
    db::Db,
    error::{Error, Result},
    job::Job,
    product,
    sheet::ImportedRows,
    value::{Date, Time},
};

/// Longest text that is taken, in bytes: about 100,000 comments.
const LONGEST: usize = 10 << 20;
const NAME: usize = 20;

/// Says how a copied text would be cut, and keeps nothing.
///
/// # Errors
/// `Invalid` for a text over 10 MB; `NotFound` for the product.
pub async fn split(db: &Db, input: &NewPaste, now: Time) -> Result<ReviewPreview> {
    product::get(db, input.product).await?;
    foresee(db, drafts(input, now)?, now).await
}

/// Keeps the pieces of a copied text as buyers' reviews. The same words of the same buyer on the same day go in once.
///
/// # Errors
/// As [`split`].
pub async fn paste(db: &Db, input: &NewPaste, job: &Job, now: Time) -> Result<ImportedRows> {
    product::get(db, input.product).await?;
    let mut drafts = drafts(input, now)?;
    drafts.retain(|(line, _)| !input.skip.contains(line));
    keep(db, drafts, job, now).await
}

fn drafts(input: &NewPaste, now: Time) -> Result<Drafts> {
    if input.text.len() > LONGEST {
        return Err(Error::invalid(
            "text",
            "贴进来的文字太长了（超过 10 MB），没有收下。请分几次贴。",
        ));
    }
    let pieces = pieces(&input.text, now.date());
    Ok(pieces
        .into_iter()
        .map(|piece| (piece.line, piece.review(input)))
        .collect())
}

/// One piece of a copied text.
#[derive(Debug, Default, PartialEq, Eq)]
struct Piece {
    line: i64,
    who: String,
    text: String,
    on: Option<Date>,
}

impl Piece {
    fn review(self, input: &NewPaste) -> Result<NewReview> {
        if self.text.is_empty() && !self.who.is_empty() {
            return Err(Error::invalid("text", "只有名字和时间，没有内容。"));
        }
        if is_placeholder(&self.text) {
            return Err(Error::invalid("text", "只有图片或表情，没有文字。"));
        }
        Ok(NewReview {
            product: input.product,
            text: self.text,
            buyer: (!self.who.is_empty()).then_some(self.who),
            source: input.source.clone(),
            said_on: self.on,
            ..NewReview::default()
        })
    }
}

type Line<'t> = (i64, &'t str);

/// How a text is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Times,
    Names,
    Tails,
    Blanks,
    Lines,
}

fn pieces(text: &str, today: Date) -> Vec<Piece> {
    let lines: Vec<Line<'_>> = (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.trim_matches(is_padding)))
        .collect();
    let said: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    let filled = said.iter().filter(|line| !line.is_empty()).count();
    let inner_blank = said
        .iter()
        .skip_while(|line| line.is_empty())
        .take(
            said.iter()
                .rposition(|line| !line.is_empty())
                .map_or(0, |at| at + 1),
        )
        .any(|line| line.is_empty());
    let first = said.iter().find(|line| !line.is_empty());
    let cut = if said.iter().any(|line| timed_head(line, today).is_some()) {
        Cut::Times
    } else if said.iter().any(|line| tail(line, today).is_some()) {
        Cut::Tails
    } else if inner_blank && filled > 1 {
        Cut::Blanks
    } else if first.is_some_and(|line| named_head(line).is_some()) {
        Cut::Names
    } else {
        Cut::Lines
    };
    let mut groups: Vec<Vec<Line<'_>>> = vec![Vec::new()];
    for line in lines {
        let starts = match cut {
            Cut::Times | Cut::Names => head(cut, line.1, today).is_some(),
            Cut::Tails => false,
            Cut::Blanks => line.1.is_empty(),
            Cut::Lines => true,
        };
        if starts {
            groups.push(Vec::new());
        }
        let ends = cut == Cut::Tails && tail(line.1, today).is_some();
        if let Some(group) = groups.last_mut().filter(|_| !line.1.is_empty()) {
            group.push(line);
        }
        if ends {
            groups.push(Vec::new());
        }
    }
    groups
        .into_iter()
        .filter_map(|group| piece(group, cut, today))
        .collect()
}

fn piece(mut group: Vec<Line<'_>>, cut: Cut, today: Date) -> Option<Piece> {
    let line = group.first()?.0;
    let (mut who, mut on) = (String::new(), None);
    if let Some((name, day)) = group.first().and_then(|(_, line)| head(cut, line, today)) {
        (who, on) = (name.to_owned(), day);
        group.remove(0);
    }
    if let Some(day) = group
        .last()
        .filter(|_| cut == Cut::Tails)
        .and_then(|(_, line)| tail(line, today))
    {
        on = day;
        group.pop();
        if group.len() > 1 && group.first().is_some_and(|(_, first)| is_name(first)) {
            who = group.remove(0).1.to_owned();
        }
    }
    let whole: Vec<&str> = group.iter().map(|(_, line)| *line).collect();
    let whole = whole.join("\n");
    let (name, day, text) = lead(&whole, today);
    if who.is_empty() {
        who = name.to_owned();
    }
    Some(Piece {
        line,
        who: who.trim_start_matches(['@', '＠']).trim().to_owned(),
        text: text.trim_matches(is_padding).to_owned(),
        on: on.or(day),
    })
}

/// Who and when, of a line that a piece begins with.
fn head(cut: Cut, line: &str, today: Date) -> Option<(&str, Option<Date>)> {
    match cut {
        Cut::Times => timed_head(line, today),
        Cut::Names => named_head(line).map(|name| (name, None)),
        _ => None,
    }
}

/// A line that is only a name and a colon.
fn named_head(line: &str) -> Option<&str> {
    let name = line.strip_suffix(['：', ':'])?.trim();
    (is_name(name) && !is_topic(name)).then_some(name)
}

/// A line that only says who and when: 「小鹿妈妈 2026/11/20 10:23」.
fn timed_head(line: &str, today: Date) -> Option<(&str, Option<Date>)> {
    let (mut rest, mut day, mut has_time) = (line, None, false);
    while let Some(word) = rest.split_whitespace().next_back() {
        let Some(stamp) = stamp(word, today) else { break };
        day = day.or(stamp.day);
        has_time |= stamp.is_time;
        rest = rest.strip_suffix(word)?.trim_end();
    }
    (has_time && (rest.is_empty() || is_name(rest))).then_some((rest, day))
}

/// A line that only says when, and perhaps where, under a comment: 「11-20 上海 回复」.
fn tail(line: &str, today: Date) -> Option<Option<Date>> {
    let first = line.split_whitespace().next()?;
    let glued = first
        .find(|c: char| !(c.is_ascii_digit() || "-/.:年月日".contains(c)))
        .unwrap_or(first.len());
    let relative = stamp(first, today).filter(|stamp| !stamp.is_time);
    let (stamp, rest) = match relative {
        Some(stamp) => (stamp, line.get(first.len()..)?),
        None => (stamp(first.get(..glued)?, today)?, line.get(glued..)?),
    };
    let is_short =
        rest.chars().count() <= 16 && rest.split_whitespace().all(|word| word.chars().count() <= 8);
    let is_plain = !rest.contains(|c: char| "，。！？,!?；;:：".contains(c));
    (!stamp.is_time && is_short && is_plain).then_some(stamp.day)
}

/// A time as platforms write it.
struct Stamp {
    /// The day where it is told with month and day; a day told without its year is this year's.
    day: Option<Date>,
    /// It has a time of day.
    is_time: bool,
}

fn stamp(word: &str, today: Date) -> Option<Stamp> {
    let word = word.trim_matches(|c| "[]()（）【】".contains(c));
    let relative = [
        "昨天",
        "今天",
        "前天",
        "刚刚",
        "上午",
        "下午",
        "凌晨",
        "晚上",
        "AM",
        "PM",
        "编辑于",
    ];
    let ago = ["分钟前", "小时前", "天前", "周前", "月前", "年前"];
    let counted = |end: &&str| {
        word.strip_suffix(*end)
            .map(|number| number.trim_end_matches('个'))
            .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
    };
    let is_weekday = word.starts_with("星期") && word.chars().count() == 3;
    if relative.contains(&word) || is_weekday || ago.iter().any(counted) {
        return Some(Stamp {
            day: None,
            is_time: false,
        });
    }
    let is_clock = |text: &str| {
        let parts: Vec<&str> = text.split([':', '：']).collect();
        (2..=3).contains(&parts.len())
            && parts
                .iter()
                .all(|part| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()))
    };
    if is_clock(word) {
        return Some(Stamp {
            day: None,
            is_time: true,
        });
    }
    // 「2026-11-20T10:23」 and 「昨天10:23」 in one word.
    if let Some((date, _)) = word.split_once('T').filter(|(_, clock)| is_clock(clock)) {
        return Some(Stamp {
            day: date_of(date, today)?,
            is_time: true,
        });
    }
    if let Some(clock) = relative.iter().find_map(|day| word.strip_prefix(day)) {
        return is_clock(clock).then_some(Stamp {
            day: None,
            is_time: true,
        });
    }
    Some(Stamp {
        day: date_of(word, today)?,
        is_time: false,
    })
}

/// `2026-11-20`, `2026/11/20`, `2026年11月20日`, `11-20`, `11月20日`. `None`: no date; `Some(None)`: a date that is not told for sure.
fn date_of(word: &str, today: Date) -> Option<Option<Date>> {
    if !word
        .chars()
        .all(|c| c.is_ascii_digit() || "-/.年月日".contains(c))
    {
        return None;
    }
    let parts: Vec<&str> = word
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (year.parse().ok()?, month, day),
        // 「5-6」 may be anything; 「11-20」 and 「11月2日」 are days.
        [month, day] if word.contains('月') || (month.len() == 2 && day.len() == 2 && word.contains('-')) => {
            (today.0.year(), month, day)
        }
        _ => return None,
    };
    let date = jiff::civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(Some(Date(date)).filter(|date| *date <= today))
}

/// Takes list marks, a time and a name off the front: 「3. [2026-11-20] @小鹿：好用」.
fn lead(text: &str, today: Date) -> (&str, Option<Date>, &str) {
    let mut day = None;
    let mut rest = unlisted(text);
    while let Some(word) = rest.split_whitespace().next() {
        let is_boxed = word.starts_with(['[', '(', '（', '【']);
        let Some(found) = stamp(word, today).filter(|found| found.is_time || found.day.is_some() || is_boxed)
        else {
            // 「[2026-11-20 10:23]」 is two words.
            let boxed = rest
                .strip_prefix(['[', '【'])
                .and_then(|inner| inner.split_once([']', '】']))
                .filter(|(inner, _)| inner.split_whitespace().all(|word| stamp(word, today).is_some()));
            let Some((inner, after)) = boxed else { break };
            day = day.or(inner.split_whitespace().find_map(|word| stamp(word, today)?.day));
            rest = after.trim_start_matches(is_padding);
            continue;
        };
        let after = rest.get(word.len()..).unwrap_or_default();
        if after.trim_matches(is_padding).is_empty() {
            break;
        }
        day = day.or(found.day);
        rest = after.trim_start_matches(is_padding);
    }
    // 「回复 @小鹿：」 names whom it answers, not who says it.
    if let Some(answered) = rest.strip_prefix("回复")
        && let Some((name, after)) = answered.split_once(['：', ':'])
        && is_name(name.trim())
    {
        return ("", day, after);
    }
    match rest.split_once(['：', ':']) {
        Some((name, after)) if is_name(name.trim()) && !is_topic(name.trim()) && !after.starts_with("//") => {
            (name.trim(), day, after)
        }
        _ => ("", day, rest),
    }
}

/// Without 「3.」, 「3、」, 「①」, 「- 」 at the front.
fn unlisted(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| "•·●▪◆".contains(c) || ('①'..='⑳').contains(&c));
    let rest = rest
        .strip_prefix("- ")
        .unwrap_or(rest)
        .trim_start_matches(is_padding);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - after.len();
    let listed = after.strip_prefix(['.', '、', ')', '）', '．']);
    match listed {
        Some(said) if (1..=4).contains(&digits) && !said.starts_with(|c: char| c.is_ascii_digit()) => {
            said.trim_start_matches(is_padding)
        }
        _ => rest,
    }
}

/// What a name can look like: short, one breath, not only figures.
fn is_name(text: &str) -> bool {
    let text = text.trim_start_matches(['@', '＠']);
    let count = text.chars().count();
    (1..=NAME).contains(&count)
        && text.split_whitespace().count() <= 3
        && !text.contains(|c: char| "，。！？,!?；;\n\"“”[]【】：:".contains(c))
        && text.contains(|c: char| !c.is_ascii_digit() && !c.is_whitespace() && !"./-".contains(c))
}

/// 「优点：…」 has nobody's name before the colon.
fn is_topic(name: &str) -> bool {
    !name.starts_with(['@', '＠'])
        && SHIPPED
            .not_names
            .iter()
            .any(|topic| topic.eq_ignore_ascii_case(name))
}

/// 「[图片]」, 「[微笑][微笑]」: a chat copies these for what is no text.
fn is_placeholder(text: &str) -> bool {
    let mut rest = text.trim();
    let mut any = false;
    while let Some((_, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        rest = after.trim_start();
        any = true;
    }
    any && rest.is_empty()
}

/// White space, and the marks that cannot be seen.
fn is_padding(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}

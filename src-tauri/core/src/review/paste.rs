//! Taking in what was copied from a chat or a comment section: cut into pieces, the name and the time split off each.
//!
//! Where one piece ends is read off the text itself, in this order: lines with a name and a time of day (a chat); lines that only say
//! when and where, under a comment or under its name (a comment section); blank lines; lines with only a name and a colon; every line.

use super::{
    NewPaste, NewReview, ReviewPreview,
    import::{Drafts, foresee, keep},
    name::{is_called, is_name, is_padding, lead, named_head, timed_head},
    stamp::{Told, is_badge, is_furniture, told},
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
    /// Before lines with a time of day.
    Times,
    /// Before lines with only a name and a colon.
    Names,
    /// Behind lines that say when.
    Tails,
    /// Before names that have such a line right under them.
    Stamps,
    Blanks,
    Lines,
}

fn pieces(text: &str, today: Date) -> Vec<Piece> {
    let lines: Vec<Line<'_>> = (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.trim_matches(is_padding)))
        .collect();
    let cut = how(&lines, today);
    let groups = match cut {
        Cut::Tails => behind(&lines, today),
        Cut::Stamps => under_names(&lines, today),
        _ => before(&lines, cut, today),
    };
    if cut != Cut::Tails {
        return groups
            .into_iter()
            .filter_map(|group| piece(group, cut, today))
            .collect();
    }
    let named = mostly_named(&groups, today);
    groups
        .into_iter()
        .enumerate()
        // The first comment may have been copied without its name.
        .filter_map(|(nth, group)| ended(group, named && nth > 0, today))
        .collect()
}

fn how(lines: &[Line<'_>], today: Date) -> Cut {
    let all = || lines.iter().map(|(_, line)| *line);
    let filled: Vec<&str> = all().filter(|line| !line.is_empty()).collect();
    // What nobody said stands between the comments.
    let said: Vec<&str> = filled
        .iter()
        .filter(|line| !is_furniture(line) && !is_badge(line) || told(line, today).is_some())
        .copied()
        .collect();
    let stamps: Vec<Option<Told>> = said.iter().map(|line| told(line, today)).collect();
    let first_stamp = stamps.iter().position(Option::is_some);
    let answered = is_answered(&filled, today);
    let named = |line: &&str| timed_head(line, today).is_some_and(|(name, _)| !name.is_empty());
    let begins_timed = said.first().is_some_and(|line| timed_head(line, today).is_some());
    if !answered && (begins_timed || filled.iter().any(named)) {
        return Cut::Times;
    }
    if let Some(first) = first_stamp {
        let bought = stamps.iter().flatten().any(|told| told.bought);
        let under = !answered && stamps.last().is_some_and(Option::is_none);
        let named = said.first().is_some_and(|line| is_name(line));
        return if first == 1 && named && (bought || under) {
            Cut::Stamps
        } else {
            Cut::Tails
        };
    }
    let inner = all()
        .skip_while(|line| line.is_empty())
        .skip_while(|line| !line.is_empty())
        .any(|line| !line.is_empty());
    if inner {
        Cut::Blanks
    } else if filled.first().is_some_and(|line| named_head(line).is_some()) {
        Cut::Names
    } else {
        Cut::Lines
    }
}

/// Whether 「回复」 stands in or right under a line that says when: then that line ends a comment.
fn is_answered(filled: &[&str], today: Date) -> bool {
    let mut under = false;
    filled.iter().any(|line| {
        let told = told(line, today);
        let answers = told.is_some_and(|told| told.answers) || under && *line == "回复";
        under = told.is_some() || under && is_furniture(line);
        answers
    })
}

/// Cuts before the lines that a piece begins with.
fn before<'t>(lines: &[Line<'t>], cut: Cut, today: Date) -> Vec<Vec<Line<'t>>> {
    let mut groups: Vec<Vec<Line<'_>>> = vec![Vec::new()];
    for line in lines {
        let starts = match cut {
            Cut::Blanks => line.1.is_empty(),
            Cut::Lines => true,
            _ => head(cut, line.1, today).is_some(),
        };
        if starts {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut().filter(|_| !line.1.is_empty()) {
            group.push(*line);
        }
    }
    groups
}

/// Cuts behind the lines that say when. What can be pressed under a comment goes: it stands over the next name.
fn behind<'t>(lines: &[Line<'t>], today: Date) -> Vec<Vec<Line<'t>>> {
    let mut groups: Vec<Vec<Line<'_>>> = vec![Vec::new()];
    for line in lines.iter().filter(|(_, line)| !line.is_empty()) {
        if let Some(group) = groups.last_mut() {
            group.push(*line);
        }
        if told(line.1, today).is_some() {
            groups.push(Vec::new());
        }
    }
    for group in &mut groups {
        let time = group.pop_if(|(_, line)| told(line, today).is_some());
        let over = group
            .iter()
            .take_while(|(_, line)| is_furniture(line) || is_badge(line))
            .count();
        // 「赞」 over a time can be all that somebody said.
        let least = usize::from(time.is_some());
        group.drain(..over.min(group.len().saturating_sub(least)));
        if group.len() > 2 && group.get(1).is_some_and(|(_, line)| is_badge(line)) {
            group.remove(1);
        }
        press(group, 2);
        group.extend(time);
    }
    groups
}

/// Takes what can be pressed off the end and leaves `least` lines. 「12」 alone can be the end of what somebody said.
fn press(group: &mut Vec<Line<'_>>, least: usize) {
    let pressed = group
        .iter()
        .rev()
        .take_while(|(_, line)| is_furniture(line))
        .count();
    if pressed > 1 && group.len() >= pressed + least {
        group.truncate(group.len() - pressed);
    }
}

/// Cuts before the names that a line which says when stands under; lines between the two go.
fn under_names<'t>(lines: &[Line<'t>], today: Date) -> Vec<Vec<Line<'t>>> {
    let mut groups: Vec<Vec<Line<'_>>> = vec![Vec::new()];
    for line in lines.iter().filter(|(_, line)| !line.is_empty()) {
        let mut begun = Vec::new();
        let is_time = |line: &Line<'_>| told(line.1, today).is_some();
        // A second time under a name is one among its words.
        let begins = is_time(line) && !groups.last().and_then(|group| group.last()).is_some_and(is_time);
        if let Some(group) = groups.last_mut().filter(|_| begins) {
            while group.pop_if(|(_, last)| is_badge(last)).is_some() {}
            begun.extend(group.pop_if(|(_, last)| is_called(last)));
            press(group, 3);
            groups.push(begun);
        }
        if let Some(group) = groups.last_mut() {
            group.push(*line);
        }
    }
    if let Some(group) = groups.last_mut() {
        press(group, 3);
    }
    groups
}

/// Whether comments begin with a line that is a name, but for a few that may not look so.
fn mostly_named(groups: &[Vec<Line<'_>>], today: Date) -> bool {
    let firsts: Vec<bool> = groups
        .iter()
        .filter(|group| group.len() > 2 && group.last().is_some_and(|line| told(line.1, today).is_some()))
        .filter_map(|group| group.first())
        .map(|(_, first)| is_name(first))
        .collect();
    2 * firsts.iter().filter(|named| **named).count() > firsts.len()
}

/// A comment with its time under it. `named`: the others here have their names over them.
fn ended(mut group: Vec<Line<'_>>, named: bool, today: Date) -> Option<Piece> {
    let line = group.first()?.0;
    let told = group.last().and_then(|(_, line)| told(line, today));
    if told.is_some() {
        group.pop();
    }
    let is_called = |first: &str| is_name(first) || named && is_called(first);
    // The last comment may have been copied without its time.
    let can = if told.is_some() { group.len() > 1 } else { named };
    let who = group
        .first()
        .map(|(_, first)| *first)
        .filter(|first| can && is_called(first));
    if who.is_some() {
        group.remove(0);
    } else if group.is_empty() {
        return None;
    }
    Some(whole(line, who, told.and_then(|told| told.day), &group, today))
}

fn piece(mut group: Vec<Line<'_>>, cut: Cut, today: Date) -> Option<Piece> {
    let line = group.first()?.0;
    let (mut who, mut on) = (None, None);
    if cut == Cut::Stamps {
        if told(group.first()?.1, today).is_none() {
            who = Some(group.remove(0).1);
        }
        on = told(group.first()?.1, today)?.day;
        group.remove(0);
    } else if let Some((name, day)) = head(cut, group.first()?.1, today) {
        (who, on) = (Some(name), day);
        group.remove(0);
    }
    Some(whole(line, who, on, &group, today))
}

fn whole(line: i64, who: Option<&str>, on: Option<Date>, said: &[Line<'_>], today: Date) -> Piece {
    let said: Vec<&str> = said.iter().map(|(_, line)| *line).collect();
    let said = said.join("\n");
    let (name, day, text) = lead(&said, today);
    let who = who.filter(|who| !who.is_empty()).unwrap_or(name);
    Piece {
        line,
        who: who.trim_start_matches(['@', '＠']).trim().to_owned(),
        text: text.trim_matches(is_padding).to_owned(),
        on: on.or(day),
    }
}

/// Who and when, of a line that a piece begins with.
fn head(cut: Cut, line: &str, today: Date) -> Option<(&str, Option<Date>)> {
    match cut {
        Cut::Times => timed_head(line, today),
        Cut::Names => named_head(line).map(|name| (name, None)),
        _ => None,
    }
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

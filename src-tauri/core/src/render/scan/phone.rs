//! Phone numbers in any grouping.

use std::ops::Range;

use super::plain::Plain;

/// A number behind one of these is no phone number.
const LABELS: [&str; 27] = [
    "批号",
    "批次",
    "批准文号",
    "单号",
    "订单",
    "运单",
    "快递",
    "编号",
    "货号",
    "条码",
    "条形码",
    "型号",
    "防伪",
    "许可证",
    "备案",
    "标准",
    "序列号",
    "证号",
    "流水",
    "字第",
    "卫妆",
    "国妆",
    "国药",
    "sn",
    "no.",
    "isbn",
    "编码",
];
/// Closer to it, one of these says that it is.
const CALLS: [&str; 10] = [
    "电话", "手机", "联系", "致电", "热线", "客服", "拨打", "tel", "座机", "固话",
];
/// Country codes that stand in front of a number with a +; a list of the near and the large (ITU E.164).
const COUNTRIES: [&str; 14] = [
    "852", "853", "886", "65", "60", "66", "81", "82", "84", "1", "44", "49", "33", "61",
];

/// Phone numbers: mobile ones of mainland China with any blanks and country code, 400 and 800 numbers, and those of a town with its code.
pub(super) fn phones(plain: &Plain) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for groups in figure_groups(&plain.text) {
        let mut nth = 0;
        while nth < groups.len() {
            let taken = phone(plain, &groups, nth);
            let place = taken.and_then(|count| {
                let (first, last) = (groups.get(nth)?, groups.get(nth + count - 1)?);
                Some(with_country(plain, &groups, nth).unwrap_or(first.start)..last.end)
            });
            if let Some(range) = place {
                if !is_labelled(plain, range.start) {
                    found.push(range);
                }
                nth += taken.unwrap_or(1);
            } else {
                nth += 1;
            }
        }
    }
    found.extend(
        spoken(&plain.text)
            .into_iter()
            .filter(|range| !is_labelled(plain, range.start)),
    );
    found
}

/// Figures that stand together, apart by at most a few blanks, dashes or dots.
fn figure_groups(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut out: Vec<Vec<Range<usize>>> = Vec::new();
    let mut end_of_gap = 0;
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            match out.last_mut() {
                Some(groups) if groups.last().is_some_and(|last| last.end == at) => {
                    if let Some(last) = groups.last_mut() {
                        last.end = at + 1;
                    }
                }
                Some(groups) if end_of_gap == at && gap <= 3 => groups.push(at..at + 1),
                _ => {
                    let first = at..at + 1;
                    out.push(vec![first]);
                }
            }
            (end_of_gap, gap) = (at + 1, 0);
        } else if end_of_gap == at
            && matches!(c, ' ' | '-' | '.' | '·' | '—' | '–' | '_' | '(' | ')' | '*' | '~')
        {
            gap += 1;
            end_of_gap = at + c.len_utf8();
        }
    }
    out
}

/// How many groups from here make a phone number.
fn phone(plain: &Plain, groups: &[Range<usize>], nth: usize) -> Option<usize> {
    let lengths: Vec<usize> = groups.get(nth..)?.iter().take(12).map(Range::len).collect();
    let first = groups.get(nth)?;
    let before = plain.before(first.start).chars().next_back().unwrap_or(' ');
    if before.is_ascii_alphanumeric() {
        return None;
    }
    let digits = |count: usize| -> String {
        let taken = groups.get(nth..nth + count).unwrap_or_default().iter();
        taken.map(|group| plain.get(group.clone())).collect()
    };
    let ends = |count: usize| {
        let end = groups.get(nth + count - 1).map_or(0, |group| group.end);
        let after = plain.after(end).chars().next().unwrap_or(' ');
        // More figures behind the same dash belong to it: a bank card, a batch.
        let goes_on = groups
            .get(nth + count)
            .is_some_and(|next| count > 1 && next.start <= end + 1);
        !after.is_ascii_alphabetic() && !goes_on
    };
    let is_mobile = |digits: &str| {
        let mut first = digits.chars();
        digits.len() == 11
            && first.next() == Some('1')
            && first.next().is_some_and(|second| ('3'..='9').contains(&second))
    };
    let mobile: [&[usize]; 8] = [
        &[11],
        &[3, 4, 4],
        &[3, 8],
        &[7, 4],
        &[4, 4, 3],
        &[3, 3, 5],
        &[5, 6],
        &[1; 11],
    ];
    for shape in mobile {
        if lengths.starts_with(shape)
            && is_mobile(&digits(shape.len()))
            && ends(shape.len())
            && is_first(plain, groups, nth)
        {
            return Some(shape.len());
        }
    }
    // 8613812345678 in one piece.
    if lengths.first() == Some(&13) && digits(1).strip_prefix("86").is_some_and(is_mobile) && ends(1) {
        return Some(1);
    }
    let dash = groups
        .get(nth + 1)
        .is_some_and(|next| next.start == first.end + 1);
    let is_service = |digits: &str| digits.starts_with("400") || digits.starts_with("800");
    for shape in [&[3, 3, 4][..], &[3, 4, 3]] {
        if dash && lengths.starts_with(shape) && is_service(&digits(3)) && ends(3) {
            return Some(3);
        }
    }
    if lengths.first() == Some(&10) && is_service(&digits(1)) && is_called(plain, first.start) {
        return Some(1);
    }
    let is_town =
        matches!(lengths.as_slice(), [3 | 4, 7 | 8, ..]) && plain.get(first.clone()).starts_with('0');
    let by_dash = plain.after(first.end).starts_with(['-', ')']);
    if is_town && by_dash && dash && ends(2) && !digits(2).starts_with("00") {
        return Some(2);
    }
    town(plain, groups, nth, &lengths).or_else(|| abroad(plain, groups, nth))
}

/// 座机 0571 8888 6666: with blanks only where it is called a number, or grouped as nothing else is.
fn town(plain: &Plain, groups: &[Range<usize>], nth: usize, lengths: &[usize]) -> Option<usize> {
    let first = groups.get(nth)?;
    let count = match lengths {
        [3 | 4, 4, 4, ..] => 3,
        [3 | 4, 7 | 8, ..] if is_called(plain, first.start) => 2,
        _ => return None,
    };
    let last = groups.get(nth + count - 1)?;
    let is_code = plain.get(first.clone()).starts_with('0') && !plain.get(first.clone()).starts_with("00");
    let goes_on = groups
        .get(nth + count)
        .is_some_and(|next| next.start <= last.end + 1);
    (is_code && !goes_on && is_first(plain, groups, nth)).then_some(count)
}

/// +852 9123 4567: a country's code right behind a plus, and seven to eleven figures.
fn abroad(plain: &Plain, groups: &[Range<usize>], nth: usize) -> Option<usize> {
    let first = groups.get(nth)?;
    let before = plain.before(first.start).strip_suffix('+')?;
    let code = plain.get(first.clone());
    if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '+') {
        return None;
    }
    let is_long = |figures: usize| (7..=11).contains(&figures);
    if let Some(code) = COUNTRIES.iter().find(|known| code.starts_with(**known))
        && is_long(first.len() - code.len())
    {
        return Some(1);
    }
    if !COUNTRIES.contains(&code) {
        return None;
    }
    let (mut figures, mut end, mut count) = (0, first.end, 1);
    for group in groups.iter().skip(nth + 1).take(4) {
        if group.start > end + 1 {
            break;
        }
        (figures, end, count) = (figures + group.len(), group.end, count + 1);
    }
    is_long(figures).then_some(count)
}

/// Nothing of the same grouping stands in front, but perhaps a country code.
fn is_first(plain: &Plain, groups: &[Range<usize>], nth: usize) -> bool {
    let Some(before) = nth.checked_sub(1).and_then(|at| groups.get(at)) else {
        return true;
    };
    let near = groups.get(nth).is_some_and(|first| first.start <= before.end + 1);
    !near || matches!(plain.get(before.clone()), "86" | "0086")
}

fn with_country(plain: &Plain, groups: &[Range<usize>], nth: usize) -> Option<usize> {
    let first = groups.get(nth)?;
    if first.len() == 13 && plain.before(first.start).ends_with('+') {
        return Some(first.start - 1);
    }
    let code = groups.get(nth.checked_sub(1)?)?;
    let is_code = matches!(plain.get(code.clone()), "86" | "0086") && groups.get(nth)?.start <= code.end + 3;
    let plus = plain.before(code.start).ends_with('+');
    is_code.then_some(code.start - usize::from(plus))
}

/// 一三八一二三四五六七八.
fn spoken(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut begun, mut count) = (0, 0);
    let figure = |c: char| "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖".contains(c);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if figure(c) {
            if count == 0 {
                begun = at;
            }
            count += 1;
            continue;
        }
        let mut first = text.get(begun..at).unwrap_or_default().chars();
        if count == 11
            && first.next().is_some_and(|c| "一幺壹".contains(c))
            && first
                .next()
                .is_some_and(|c| "三四五六七八九叁肆伍陆柒捌玖".contains(c))
        {
            found.push(begun..at);
        }
        count = 0;
    }
    found
}

fn near_before(plain: &Plain, at: usize) -> String {
    let before: Vec<char> = plain
        .before(at)
        .chars()
        .rev()
        .take(12)
        .take_while(|c| !"，。！？；\n".contains(*c))
        .collect();
    before.into_iter().rev().collect()
}

fn is_labelled(plain: &Plain, at: usize) -> bool {
    let near = near_before(plain, at);
    let last = |words: &[&str]| words.iter().filter_map(|word| near.rfind(word)).max();
    match (last(&LABELS), last(&CALLS)) {
        (Some(label), Some(call)) => label > call,
        (label, _) => label.is_some(),
    }
}

fn is_called(plain: &Plain, at: usize) -> bool {
    let near = near_before(plain, at);
    CALLS.iter().any(|word| near.contains(word))
}

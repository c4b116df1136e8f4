//! Before and after. Dates are evidence: they are what the cameras noted, and a photo without a time gets none.

use super::{
    NoteKind, Spec,
    canvas::Area,
    draw::{Frame, Leaf, Over, Shown},
    flow::Inks,
    grid,
    template::{Label, Template},
};
use crate::{
    font::{self, Anchor, Line, Span},
    value::Date,
};

/// One page.
pub(super) fn leaf(template: &Template, spec: &Spec, shown: &mut Shown) -> Leaf {
    let style = template.style(&spec.look);
    let inks = Inks::on(style.ground, style.accent);
    let (width, height) = spec.ratio.sides();
    let mut room = Area::new(0.0, 0.0, width, height).inset(style.margin);
    let mut svg = grid::head(spec, shown, &mut room, inks);
    let mut frames = grid::frames(&template.areas, room, style.gap, style.radius);
    let days = days(spec, shown, frames.len());
    let words = words(spec, shown, &days);
    let below = template.label == Label::Below;
    if below {
        for frame in &mut frames {
            frame.area.height -= STRIP;
        }
    }
    for (frame, (word, day)) in frames.iter().zip(words.iter().zip(&days)) {
        let date = day
            .filter(|_| !spec.look.undated)
            .map(written)
            .unwrap_or_default();
        svg.push_str(&if below {
            strip(word, &date, frame.area, inks)
        } else {
            grid::tag(word, &date, frame.area)
        });
    }
    if let (false, [Some(first), Some(last)], [one, two]) =
        (spec.look.undated, days.as_slice(), frames.as_slice())
    {
        svg.push_str(&between(last.days_since(*first), one, two));
    }
    Leaf {
        width,
        height,
        ground: style.ground,
        frames,
        over: Over::Svg(svg),
    }
}

/// The cameras' own days, photo by photo; says which have none and whether one stands out of order.
fn days(spec: &Spec, shown: &mut Shown, count: usize) -> Vec<Option<Date>> {
    let taken: Vec<Option<String>> = (0..count)
        .map(|slot| shown.photo(slot).and_then(|photo| photo.taken_at.clone()))
        .collect();
    let there: Vec<usize> = (0..count).filter(|slot| shown.photo(*slot).is_some()).collect();
    let undated: Vec<usize> = there
        .into_iter()
        .filter(|slot| taken.get(*slot).is_none_or(Option::is_none))
        .collect();
    if !undated.is_empty() && !spec.look.undated {
        shown.note(
            NoteKind::Undated,
            &undated,
            "",
            "相机没有记下这张的拍摄时间，图上不写日期。".to_owned(),
        );
    }
    // RFC 3339 with offsets: compared as instants, shown as the camera's own day.
    let instants: Vec<Option<i64>> = taken
        .iter()
        .map(|at| {
            at.as_deref()
                .and_then(|at| at.parse::<crate::value::Time>().ok())
                .map(|at| at.0)
        })
        .collect();
    let dated: Vec<(usize, i64)> = instants
        .iter()
        .enumerate()
        .filter_map(|(slot, at)| at.map(|at| (slot, at)))
        .collect();
    if let Some([(before, _), (after, _)]) = dated.windows(2).find_map(|pair| match pair {
        [a, b] if a.1 > b.1 => Some([*a, *b]),
        _ => None,
    }) {
        shown.note(
            NoteKind::Order,
            &[before, after],
            "",
            format!(
                "第 {} 张拍得比第 {} 张晚，前后可能放反了。",
                before + 1,
                after + 1
            ),
        );
    }
    taken
        .iter()
        .map(|at| {
            at.as_deref()
                .and_then(|at| at.get(..10))
                .and_then(|day| day.parse().ok())
        })
        .collect()
}

/// The creator's words; else 前 and 后, or the days counted from the first.
fn words(spec: &Spec, shown: &mut Shown, days: &[Option<Date>]) -> Vec<String> {
    let first = days.first().copied().flatten();
    let rising = days
        .windows(2)
        .all(|pair| matches!(pair, [Some(a), Some(b)] if b.days_since(*a) >= 0));
    (0..days.len())
        .map(|slot| {
            let own = spec
                .slots
                .get(slot)
                .map(|slot| slot.text.trim().to_owned())
                .unwrap_or_default();
            match (own.is_empty(), days.len(), slot) {
                (false, ..) => shown.plain(&own),
                (_, 2, 0) => "前".to_owned(),
                (_, 2, _) => "后".to_owned(),
                _ => match (first, days.get(slot).copied().flatten()) {
                    (Some(first), Some(day)) if rising && !spec.look.undated => {
                        format!("第 {} 天", day.days_since(first) + 1)
                    }
                    _ => String::new(),
                },
            }
        })
        .collect()
}

fn written(day: Date) -> String {
    day.to_string().replace('-', ".")
}

/// Room under a picture for its words.
const STRIP: f64 = 76.0;

fn strip(word: &str, date: &str, above: Area, inks: Inks) -> String {
    let (ink, soft) = (inks.ink.hex(), inks.soft.hex());
    let baseline = above.y + above.height + STRIP / 2.0 + 6.0 + font::MIDDLE * 36.0;
    let size = [36.0, 32.0, 28.0, 24.0, 20.0, 16.0]
        .into_iter()
        .find(|size| {
            font::measure(word, true, *size) + font::measure(date, false, size * 0.85) + size * 0.6
                <= above.width
        })
        .unwrap_or(14.0);
    let mut svg = font::svg(
        &[Span::new(word, true)],
        Line {
            x: above.x + 4.0,
            y: baseline,
            size,
            fill: &ink,
            anchor: Anchor::Start,
        },
    );
    let at = Line {
        x: above.x + above.width - 4.0,
        y: baseline,
        size: size * 0.85,
        fill: &soft,
        anchor: Anchor::End,
    };
    svg.push_str(&font::svg(&[Span::new(date, false)], at));
    svg
}

/// A seal on the seam: how many days lie between.
fn between(days: i64, one: &Frame, two: &Frame) -> String {
    if days <= 0 {
        return String::new();
    }
    let (a, b) = (one.area, two.area);
    let side = a.x + a.width <= b.x + 1.0;
    let (x, y) = if side {
        ((a.x + a.width + b.x) / 2.0, a.y + a.height * 0.5)
    } else {
        (a.x + a.width * 0.5, (a.y + a.height + b.y) / 2.0)
    };
    let number = days.to_string();
    let size = if number.len() > 3 { 36.0 } else { 46.0 };
    let mut svg = format!(
        r##"<circle cx="{x:.1}" cy="{y:.1}" r="66" fill="#fffdf7"/><circle cx="{x:.1}" cy="{y:.1}" r="58" fill="none" stroke="#3f7d4e" stroke-width="2.5"/>"##
    );
    let line = |dy: f64, size: f64, fill| Line {
        x,
        y: y + dy,
        size,
        fill,
        anchor: Anchor::Middle,
    };
    svg.push_str(&font::svg(&[Span::new(number, true)], line(6.0, size, "#22201c")));
    svg.push_str(&font::svg(
        &[Span::new("天后", false)],
        line(38.0, 24.0, "#5d574c"),
    ));
    svg
}

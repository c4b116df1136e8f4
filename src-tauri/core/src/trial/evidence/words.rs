//! What the evidence says in words.

use super::super::{Acquired, Edit, Rating, Trial, VerdictEdit};
use crate::{
    photo::{Ground, Provenance, Side},
    value::{Time, show_money},
};

/// How the product was got, as the ad law asks it to be said: 寄样，来自某某，未付费.
pub(super) fn acquisition(trial: &Trial) -> String {
    let how = match trial.acquired {
        Acquired::Bought => "自购",
        Acquired::Sample => "品牌寄样",
        Acquired::Borrowed => "借用",
        Acquired::Gift => "别人赠送",
    };
    let from = match trial.acquired_from.as_str() {
        "" => String::new(),
        from => format!("，来自{from}"),
    };
    let paid = match trial.paid {
        Some(0) => "，未付费".to_owned(),
        Some(paid) => format!("，付了 {}", show_money(paid, &trial.currency)),
        None => "，没有记付了多少".to_owned(),
    };
    format!("{how}{from}{paid}")
}

/// 控油 4/5 · 显白 3/5
pub(super) fn felt(ratings: &[Rating]) -> String {
    let ratings = ratings.iter().map(|one| format!("{} {}/5", one.scale, one.value));
    ratings.collect::<Vec<_>>().join(" · ")
}

/// What was changed of a day, as it stood.
pub(super) fn said(edit: &Edit) -> String {
    match (edit.text.as_str(), edit.ratings.as_slice()) {
        (text, []) => text.to_owned(),
        ("", ratings) => felt(ratings),
        (text, ratings) => format!("{text}（{}）", felt(ratings)),
    }
}

/// What a photo filed as own is called: with its doubt, or with whose word stands for it.
pub(super) fn own(weighed: Option<&Provenance>) -> String {
    let Some(one) = weighed else {
        return "自拍".to_owned();
    };
    let mut against: Vec<&str> = one
        .reasons
        .iter()
        .filter(|reason| reason.side != Side::For)
        .map(|reason| match reason.kind {
            Ground::Same => "和别人的图是同一张",
            Ground::Like => "和别人的图很像",
            Ground::Camera => "没有相机信息",
            Ground::Format => "不像拍照存的格式",
            Ground::Trial => "不拍在试用期里",
            Ground::Filed | Ground::Made | Ground::Word => "不算自拍",
        })
        .collect();
    against.dedup();
    let why = against.join("、");
    match (one.doubtful, one.by_word()) {
        (true, _) => format!("自拍存疑：{why}"),
        (_, true) => format!("自拍，只凭本人说明：{why}"),
        _ => "自拍".to_owned(),
    }
}

/// 2026-11-03 20:00, in the computer's time zone.
pub(super) fn clock(at: Time) -> String {
    at.to_string()
        .chars()
        .take(16)
        .collect::<String>()
        .replace('T', " ")
}

/// A verdict that stands no longer: 2026-11-03 20:00 改掉的：推荐（2026-11-01 下的）。油皮推荐
pub(super) fn replaced(edit: &VerdictEdit) -> String {
    let (when, verdict) = (clock(edit.replaced_at), edit.verdict.word());
    format!(
        "{when} 改掉的：{verdict}（{} 下的）。{}",
        edit.finished_on, edit.text
    )
}

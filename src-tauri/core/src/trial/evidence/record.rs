//! What the evidence says, before it is laid out: plain sentences in the order they are read.

use std::collections::{BTreeMap, HashMap, hash_map};

use serde::Serialize;

use super::super::{self as trial, Day, Flaw, Trial};
use super::words::{acquisition, clock, felt, own, replaced, said};
use crate::{
    db::Db,
    error::Result,
    photo::{self, Kind, Photo, Provenance, Source},
    product,
    value::{Date, Id},
};

/// A trial as its evidence tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// Name of the product, with its brand.
    pub title: String,
    /// Name and value: how it was got, from when to when, how much is on record.
    pub facts: Vec<(String, String)>,
    /// Standing ones first, the worst on top.
    pub shortcomings: Vec<Shortcoming>,
    /// The verdict and why; `None` while the trial goes on.
    pub verdict: Option<(String, String)>,
    /// What the verdict was before, oldest first.
    pub verdicts_before: Vec<String>,
    /// Oldest day first.
    pub entries: Vec<Entry>,
    /// One per scale, those rated most often first.
    pub curves: Vec<Curve>,
    /// Every photo once, in the order it is first spoken of.
    pub pictures: Vec<Picture>,
    /// Number of the receipt's picture.
    pub receipt: Option<usize>,
}

/// A shortcoming with what is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct Shortcoming {
    /// The creator's words.
    pub text: String,
    /// How bad, since when, until when.
    pub note: String,
    /// Number of the picture that shows it.
    pub picture: Option<usize>,
}

/// A day.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// 第 3 天
    pub name: String,
    /// The civil date.
    pub on: Date,
    /// The words.
    pub text: String,
    /// When it was written, and how often changed.
    pub written: String,
    /// Written on a later day than it speaks of.
    pub late: bool,
    /// What it said before, with when that was replaced.
    pub before: Vec<String>,
    /// 控油 4/5 · 显白 3/5
    pub ratings: String,
    /// Numbers of its pictures.
    pub pictures: Vec<usize>,
}

/// A scale over the days.
#[derive(Debug, Clone, Serialize)]
pub struct Curve {
    /// Name of the scale.
    pub scale: String,
    /// Day of the trial (the first is 1) and rating 1–5.
    pub points: Vec<(i64, i64)>,
}

/// A photo as the evidence shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Its number in the document, from 1.
    pub number: usize,
    /// The photo.
    pub photo: Id,
    #[serde(skip)]
    pub(super) kind: Kind,
    /// When and with what it was taken, and whose it is.
    pub caption: String,
    /// RFC 3339; the camera's own word, in the computer's zone where the camera named none.
    pub taken_at: Option<String>,
    /// Camera model.
    pub camera: String,
    /// It is shown with the creator's edits: parts may be hidden, cut off or changed in light.
    pub retouched: bool,
    /// BLAKE3 of the original file.
    pub hash: String,
    /// Size of the original file.
    pub bytes: i64,
    /// BLAKE3 of the picture as it is shown here.
    pub shown_hash: Option<String>,
    /// Why it is not shown.
    pub problem: Option<String>,
}

/// What a trial's evidence says.
///
/// # Errors
/// `NotFound`.
pub async fn record(db: &Db, id: Id) -> Result<Record> {
    let trial = trial::get(db, id).await?;
    let product = product::get(db, trial.product).await?;
    let mut photos: HashMap<Id, Photo> = HashMap::new();
    let spoken = trial.days.iter().flat_map(|day| day.photos.iter().copied());
    let shown = trial.flaws.iter().filter_map(|flaw| flaw.photo);
    let mut order: Vec<Id> = Vec::new();
    for id in spoken.chain(shown).chain(trial.receipt) {
        if let hash_map::Entry::Vacant(place) = photos.entry(id) {
            place.insert(photo::get(db, id).await?);
            order.push(id);
        }
    }
    let weighed: HashMap<Id, Provenance> = photo::weigh(db, &order, Some(trial.id))
        .await?
        .into_iter()
        .map(|one| (one.photo, one))
        .collect();
    let number: HashMap<Id, usize> = order.iter().zip(1..).map(|(id, nth)| (*id, nth)).collect();
    let mut entries = Vec::new();
    for day in trial.days.iter().filter(|day| day.says()) {
        let before = trial::history(db, id, day.on).await?;
        entries.push(entry(&trial, day, &before, &number));
    }
    Ok(Record {
        title: title(&product.brand, &trial.product_name),
        facts: facts(&trial, &photos, &weighed),
        shortcomings: trial
            .flaws
            .iter()
            .map(|flaw| shortcoming(flaw, &number))
            .collect(),
        verdict: trial
            .verdict
            .map(|verdict| (verdict.word().to_owned(), trial.verdict_text.clone())),
        verdicts_before: trial::verdict_history(db, id)
            .await?
            .iter()
            .map(replaced)
            .collect(),
        entries,
        curves: curves(&trial),
        pictures: order
            .iter()
            .filter_map(|id| photos.get(id))
            .zip(1..)
            .map(|(photo, number)| picture(photo, weighed.get(&photo.id), number))
            .collect(),
        receipt: trial.receipt.and_then(|id| number.get(&id).copied()),
    })
}

/// The name with its brand before it, unless it begins with that already.
fn title(brand: &str, name: &str) -> String {
    if name.starts_with(brand) {
        name.to_owned()
    } else {
        format!("{brand} {name}")
    }
}

fn facts(
    trial: &Trial,
    photos: &HashMap<Id, Photo>,
    weighed: &HashMap<Id, Provenance>,
) -> Vec<(String, String)> {
    let end = trial.finished_on;
    let span = match end {
        Some(end) => format!(
            "{} 至 {end}，共 {} 天",
            trial.started_on,
            end.days_since(trial.started_on) + 1
        ),
        None => format!("{} 开始，还在试用", trial.started_on),
    };
    let said: Vec<&Day> = trial.days.iter().filter(|day| day.says()).collect();
    let late = said.iter().filter(|day| day.late).count();
    let noted = match (said.len(), late) {
        (days, 0) => format!("{days} 天"),
        (days, late) => format!("{days} 天，其中 {late} 天是后来补记的"),
    };
    // The receipt proves the purchase, not the use; of a file that was never seen nobody knows what it shows.
    let (mut own, mut doubtful, mut by_word) = (Vec::new(), 0, 0);
    for photo in photos.values() {
        let shows = Some(photo.id) != trial.receipt && photo.kind != Kind::File;
        if let Some(one) = weighed.get(&photo.id).filter(|_| shows) {
            // A photo in doubt is named beside the figure and does not make it larger.
            doubtful += usize::from(one.doubtful);
            by_word += usize::from(one.by_word());
            own.extend(one.counted_own.then_some(photo));
        }
    }
    let unproven = match (doubtful, by_word) {
        (0, 0) => String::new(),
        (0, word) => format!("；{word} 张只凭本人说明"),
        (count, 0) => format!("；另有 {count} 张存疑，没有算进来"),
        (count, word) => format!("；{word} 张只凭本人说明，另有 {count} 张存疑，没有算进来"),
    };
    let inside = own.iter().filter(|photo| within(trial, photo)).count();
    let mut facts = vec![
        ("怎么来的", acquisition(trial)),
        ("试用时间", span),
        ("有记录的", noted),
        (
            "本人照片",
            format!("{} 张，其中 {inside} 张拍在试用期内{unproven}", own.len()),
        ),
    ];
    if let Some(last) = said.iter().map(|day| day.updated_at).max() {
        facts.push(("最后一次记录", clock(last)));
    }
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Whether the camera says it was taken while the trial ran.
fn within(trial: &Trial, photo: &Photo) -> bool {
    let day = photo
        .taken_at
        .as_deref()
        .and_then(|taken| taken.get(..10))
        .and_then(|day| day.parse::<Date>().ok());
    day.is_some_and(|day| day >= trial.started_on && trial.finished_on.is_none_or(|end| day <= end))
}

fn shortcoming(flaw: &Flaw, number: &HashMap<Id, usize>) -> Shortcoming {
    let weight = match flaw.severity {
        1 => "小毛病",
        3 => "劝退",
        _ => "影响使用",
    };
    let end = flaw
        .resolved_on
        .map_or_else(String::new, |gone| format!("，{gone} 起没有了"));
    Shortcoming {
        text: flaw.text.clone(),
        note: format!("{weight} · {} 发现{end}", flaw.on),
        picture: flaw.photo.and_then(|id| number.get(&id).copied()),
    }
}

fn entry(trial: &Trial, day: &Day, before: &[trial::Edit], number: &HashMap<Id, usize>) -> Entry {
    let when = clock(day.written_at);
    let written = if day.text.is_empty() && day.ratings.is_empty() {
        String::new()
    } else if day.late {
        format!("补记：写于 {when}")
    } else {
        format!("当天记于 {when}")
    };
    let changed = match before.len() {
        0 => String::new(),
        times => format!("，后改 {times} 次"),
    };
    Entry {
        name: format!("第 {} 天", day.on.days_since(trial.started_on) + 1),
        on: day.on,
        text: day.text.clone(),
        written: format!("{written}{changed}"),
        late: day.late,
        before: before
            .iter()
            .map(|edit| format!("{} 改掉的：{}", clock(edit.replaced_at), said(edit)))
            .collect(),
        ratings: felt(&day.ratings),
        pictures: day
            .photos
            .iter()
            .filter_map(|id| number.get(id).copied())
            .collect(),
    }
}

fn curves(trial: &Trial) -> Vec<Curve> {
    let mut scales: BTreeMap<&str, Vec<(i64, i64)>> = BTreeMap::new();
    for day in &trial.days {
        let nth = day.on.days_since(trial.started_on) + 1;
        for rating in &day.ratings {
            scales.entry(&rating.scale).or_default().push((nth, rating.value));
        }
    }
    let mut curves: Vec<Curve> = scales
        .into_iter()
        .map(|(scale, points)| Curve {
            scale: scale.to_owned(),
            points,
        })
        .collect();
    curves.sort_by_key(|curve| std::cmp::Reverse(curve.points.len()));
    curves
}

fn picture(photo: &Photo, weighed: Option<&Provenance>, number: usize) -> Picture {
    let source = match (photo.made, photo.source) {
        (true, _) => "拼出来的图，不算证据".to_owned(),
        (_, Source::Own) => own(weighed),
        (_, Source::Brand) => "品牌方的图".to_owned(),
        (_, Source::Buyer) => "买家秀".to_owned(),
        (_, Source::Screenshot) => "截图".to_owned(),
    };
    let taken = match &photo.taken_at {
        Some(taken) => format!(
            "{} 拍",
            taken.chars().take(16).collect::<String>().replace('T', " ")
        ),
        None => "没有拍摄时间".to_owned(),
    };
    let kind = match photo.kind {
        Kind::Picture => "",
        Kind::Clip => "视频 · ",
        Kind::File => "文件 · ",
    };
    let camera = if photo.camera.is_empty() {
        String::new()
    } else {
        format!(" · {}", photo.camera)
    };
    let retouched = if photo.edited > 0 {
        " · 修过，原件留着"
    } else {
        ""
    };
    Picture {
        number,
        photo: photo.id,
        kind: photo.kind,
        caption: format!("{kind}{taken}{camera} · {source}{retouched}"),
        taken_at: photo.taken_at.clone(),
        camera: photo.camera.clone(),
        retouched: photo.edited > 0,
        hash: photo.hash.clone(),
        bytes: photo.bytes,
        shown_hash: None,
        problem: None,
    }
}

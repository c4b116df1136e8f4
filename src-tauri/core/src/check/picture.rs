//! Pictures that go out: words that were drawn into them here, and QR codes in any of them.

use std::collections::HashSet;

use super::{
    Finding, Severity,
    place::{Say, whole},
    policy::{self, judge},
    store,
};
use crate::{
    channel::Allow,
    composition,
    db::Db,
    error::Result,
    photo::{self, Kind, Photo, Size},
    render::{Composed, Draft, scan},
    retouch,
    value::Id,
};

/// Looks at every picture in the order in which they go out.
pub(super) async fn check(db: &Db, draft: &Draft, composed: &Composed) -> Result<Vec<Finding>> {
    let policy = &draft.rules.links;
    let all = [
        policy.text_link,
        policy.word,
        policy.qr,
        policy.coupon,
        policy.contact,
    ];
    if all.iter().all(|allow| *allow == Allow::Yes) {
        return Ok(Vec::new());
    }
    let photos = photo::some(db, &composed.rendered.photos).await?;
    let mut findings = Vec::new();
    for (nth, id) in composed.rendered.photos.iter().enumerate() {
        let Some(photo) = photos.iter().find(|photo| photo.id == *id) else {
            continue;
        };
        let nth = nth + 1;
        if photo.made {
            findings.extend(drawn(db, draft, nth, *id).await?);
        }
        if policy.qr != Allow::Yes && photo.kind == Kind::Picture {
            match codes(db, photo, draft.channel.id).await {
                Ok(codes) => findings.extend(codes.iter().filter_map(|code| qr(draft, nth, code))),
                Err(error) => {
                    let message = format!("第 {nth} 张图打不开，里面有没有二维码没有查：{}", error.message);
                    findings.push(told(draft, "picture.unread", Severity::Warn, message));
                }
            }
        }
    }
    Ok(findings)
}

/// Words of the composition that a picture was made by.
async fn drawn(db: &Db, draft: &Draft, nth: usize, id: Id) -> Result<Vec<Finding>> {
    let Some(composition) = composition::of_photo(db, id).await? else {
        return Ok(Vec::new());
    };
    let spec = &composition.spec;
    let mut words = vec![&spec.title, &spec.subtitle, &spec.body, &spec.footer];
    words.extend(spec.slots.iter().map(|slot| &slot.text));
    let mut known = HashSet::new();
    let mut findings = Vec::new();
    for text in words {
        for (way, range) in scan(text) {
            let hit = text.get(range).unwrap_or_default();
            if !known.insert(hit) {
                continue;
            }
            if let Some((rule, severity, message)) = judge(draft, way, hit) {
                findings.push(told(
                    draft,
                    rule,
                    severity,
                    format!("第 {nth} 张图（拼图）里写着：{message}"),
                ));
            }
        }
    }
    Ok(findings)
}

fn qr(draft: &Draft, nth: usize, code: &str) -> Option<Finding> {
    let (policy, name) = (&draft.rules.links, &draft.rules.name);
    let shown: String = code.chars().take(60).collect();
    let (rule, severity, message) = match policy.qr {
        Allow::Yes => return None,
        Allow::No if policy.hard => (
            "qr.forbidden",
            Severity::Block,
            format!("第 {nth} 张图里有二维码（内容「{shown}」），{name}不允许。裁掉它，或在修图里盖住。"),
        ),
        Allow::No => (
            "qr.forbidden",
            Severity::Warn,
            format!("第 {nth} 张图里有二维码（内容「{shown}」），在{name}没有用。"),
        ),
        Allow::Unverified => (
            "qr.unverified",
            Severity::Warn,
            format!(
                "第 {nth} 张图里有二维码（内容「{shown}」），{name}能不能放还未核实。确认可以后在渠道规则里打开。"
            ),
        ),
    };
    Some(told(draft, rule, severity, message))
}

fn told(draft: &Draft, rule: &str, severity: Severity, message: String) -> Finding {
    let (reason, proof) = policy::told(&draft.rules);
    let say = Say {
        rule,
        severity,
        message,
        reason: &reason,
        source: &proof,
    };
    whole("images", say)
}

/// What the QR codes of a photo say, as the channel gets it. Looked for once and kept.
async fn codes(db: &Db, photo: &Photo, channel: Id) -> Result<Vec<String>> {
    let edits = retouch::get(db, photo.id, Some(channel)).await?;
    let look = store::Look {
        photo: photo.id,
        edited_at: edits.edited_at.map_or(0, |time| time.0),
        channel: if edits.own { channel } else { 0 },
    };
    if let Some(found) = store::codes(db.read(), look).await? {
        return Ok(found);
    }
    let (jpeg, _) = retouch::read(db, photo.id, Size::Preview, Some(channel)).await?;
    let found = photo::aside(move || Ok(read(&jpeg))).await?;
    // Kept only to save the time: a workspace that cannot be written to is checked all the same.
    if let Ok(mut tx) = db.begin().await
        && store::keep_codes(tx.conn(), look, &found).await.is_ok()
    {
        let _ = tx.commit().await;
    }
    Ok(found)
}

/// QR codes of a picture, at its own size and at half of it: a grainy photo is read better when it is smaller.
fn read(jpeg: &[u8]) -> Vec<String> {
    let Ok(picture) = image::load_from_memory(jpeg) else {
        return Vec::new();
    };
    let whole = picture.into_luma8();
    let (width, height) = whole.dimensions();
    let mut found: Vec<String> = Vec::new();
    for scale in [1, 2] {
        let (width, height) = (width / scale, height / scale);
        if width < 24 || height < 24 {
            continue;
        }
        let small = image::imageops::thumbnail(&whole, width, height);
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(
            usize::try_from(width).unwrap_or(0),
            usize::try_from(height).unwrap_or(0),
            |x, y| {
                let at = (u32::try_from(x).unwrap_or(0), u32::try_from(y).unwrap_or(0));
                small
                    .get_pixel_checked(at.0, at.1)
                    .map_or(255, |image::Luma([grey])| *grey)
            },
        );
        for grid in prepared.detect_grids() {
            if let Ok((_, words)) = grid.decode()
                && !found.contains(&words)
            {
                found.push(words);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

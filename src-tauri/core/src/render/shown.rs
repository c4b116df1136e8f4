//! What a bundle would make of the photos: how much the channel's frame keeps of each, and which it cannot make a picture of at all.

use std::collections::HashMap;

use crate::{
    channel::Rules,
    db::Db,
    error::Result,
    photo::{self, Kind, Look, Photo},
    retouch,
    value::Id,
};

/// A photo as the channel would get it.
pub(crate) struct Shown {
    /// What the frame's crop would keep of the picture, 0 to 1; 1 where nothing is cropped.
    pub kept: f64,
    /// Share of the picture's width to its height, edited as the channel gets it; 0 where it is not known.
    pub aspect: f64,
    /// Its width and height in pixels, edited as the channel gets it; `None` where they are not known.
    pub sides: Option<(f64, f64)>,
    /// What a crop keeps in view, from the left and the top, 0 to 1; the middle for an edited photo.
    pub focus: (f64, f64),
    /// Why it cannot be packed: what it is, and what to do.
    pub problem: Option<String>,
    /// It lies in the trash and goes out all the same.
    pub trashed: bool,
    /// Its file carries the label of AI-made content.
    pub labelled: bool,
    /// Its file moves; what goes out does not.
    pub animated: bool,
}

/// Looks at photos by id; those that are not in the library are left out.
pub(super) async fn shown(db: &Db, ids: &[Id], rules: &Rules, channel: Id) -> Result<HashMap<Id, Shown>> {
    let mut all = HashMap::new();
    for photo in photo::some(db, ids).await? {
        all.insert(photo.id, one(db, &photo, rules, channel).await?);
    }
    Ok(all)
}

async fn one(db: &Db, photo: &Photo, rules: &Rules, channel: Id) -> Result<Shown> {
    let mut problem = match photo.kind {
        Kind::Picture => None,
        Kind::Clip => Some("是视频，图片包里放不进去；拿掉它，或换一张截图".to_owned()),
        _ => Some("是只留着、不显示的文件，做不成图片；拿掉它，或换一张照片".to_owned()),
    };
    let (mut labelled, mut animated) = (false, false);
    if problem.is_none() {
        match photo::look(db, photo).await? {
            Look::Gone => {
                problem = Some("的原文件不在了，做不成图片；从备份里找回它，或换一张照片".to_owned());
            }
            Look::Unreadable(why) => {
                problem = Some(format!(
                    "的原文件读不了（{why}），做不成图片；从备份里找回它，或换一张照片"
                ));
            }
            Look::Changed => {
                problem = Some(
                    "的原文件和导入时不一样了（损坏、被改过或换成了别的），不能当原来那张发出去；从备份里找回它，或换一张照片"
                        .to_owned(),
                );
            }
            Look::Sound {
                labelled: carries,
                animated: moves,
            } => (labelled, animated) = (carries, moves),
        }
    }
    let mut sides = None;
    match retouch::sides(db, photo, channel).await? {
        Ok(found) => sides = found,
        Err(why) if problem.is_none() => {
            problem = Some(format!("的修图读不出来（{why}），做不成图片；重新修一遍"))
        }
        Err(_) => {}
    }
    let aspect = sides.map_or(0.0, |(width, height)| width / height);
    Ok(Shown {
        kept: kept(aspect, rules),
        aspect,
        sides,
        labelled,
        animated,
        focus: match photo.edited {
            0 => (photo.focus_x, photo.focus_y),
            _ => (0.5, 0.5),
        },
        problem,
        trashed: photo.trashed_at.is_some(),
    })
}

fn kept(aspect: f64, rules: &Rules) -> f64 {
    match &rules.images {
        Some(rule) if rule.fit == "crop" => share(aspect, rule.width, rule.height),
        _ => 1.0,
    }
}

/// What a crop to this frame keeps of a picture of this shape; 1 where the shape is not known.
pub(crate) fn share(aspect: f64, width: u32, height: u32) -> f64 {
    let frame = f64::from(width) / f64::from(height.max(1));
    if aspect > 0.0 && frame > 0.0 {
        (aspect / frame).min(frame / aspect)
    } else {
        1.0
    }
}

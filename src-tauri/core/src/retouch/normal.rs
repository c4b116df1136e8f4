//! One form for each list: checked, inside its limits, rounded; and its way into and out of the database.

use caoben_picture::edit as picture;
use serde_json::{Value, json};

use super::{Crop, Edits, Hidden, MarkKind, Tone, VERSION, Veil, Watermark};
use crate::error::{Error, Result};

/// Most strokes, and most points of all strokes together.
const STROKES: usize = 2_000;
const POINTS: usize = 100_000;
/// Most marks.
const MARKS: usize = 200;
/// Most characters of a caption or watermark.
const TEXT: usize = 1_000;
/// Least side of a crop, as a share.
const CROP: f64 = 0.01;

impl Edits {
    /// Whether the picture stays as it came.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The same list in the form in which it is kept.
    ///
    /// # Errors
    /// `Invalid` for a crop without area, a value out of its range, or more than anybody paints.
    pub(super) fn normal(mut self) -> Result<Self> {
        let refuse = |field, what: &str| {
            Err(Error::invalid(
                field,
                format!("{what}，没有保存，之前的修图还在。"),
            ))
        };
        self.turns %= 4;
        if !(-15.0..=15.0).contains(&self.straighten) {
            return refuse("straighten", "校正角度只能在 −15° 到 15° 之间");
        }
        self.straighten = (self.straighten * 100.0).round() / 100.0 + 0.0;
        if let Some(crop) = self.crop {
            self.crop = match crop.normal() {
                Some(crop) if crop == Crop::WHOLE => None,
                Some(crop) => Some(crop),
                None => return refuse("crop", "裁切框没有面积或不在图片里"),
            };
        }
        if !self
            .tone
            .values()
            .iter()
            .all(|value| (-100..=100).contains(value))
        {
            return refuse("tone", "调色的数值只能在 −100 到 100 之间");
        }
        let points: usize = self.hidden.iter().map(|stroke| stroke.points.len()).sum();
        if self.hidden.len() > STROKES || points > POINTS {
            return refuse("hidden", "打码的笔画太多（最多 2,000 笔、10 万个点）");
        }
        self.hidden.retain(|stroke| !stroke.points.is_empty());
        for stroke in &mut self.hidden {
            if !(0.0..=1.0).contains(&stroke.radius) {
                return refuse("hidden", "画笔的粗细不可用");
            }
            stroke.radius = fine(stroke.radius.clamp(0.004, 0.5));
            if !stroke.points.iter_mut().all(rounded) {
                return refuse("hidden", "打码的位置不可用");
            }
            stroke.points.dedup();
        }
        if self.marks.len() > MARKS {
            return refuse("marks", "标注太多（最多 200 个）");
        }
        self.marks
            .retain(|mark| mark.kind != MarkKind::Caption || !mark.text.trim().is_empty());
        for mark in &mut self.marks {
            if !rounded(&mut mark.from) || !rounded(&mut mark.to) {
                return refuse("marks", "标注的位置不可用");
            }
            mark.size = size(mark.size);
            mark.text = mark.text.trim().to_owned();
            if mark.text.chars().count() > TEXT {
                return refuse("marks", "标注的文字太长（最多 1,000 字）");
            }
        }
        self.watermark = self.watermark.filter(|mark| !mark.text.trim().is_empty());
        if let Some(mark) = &mut self.watermark {
            mark.size = size(mark.size);
            mark.opacity = mark.opacity.clamp(5, 100);
            mark.text = mark.text.trim().to_owned();
            if mark.text.chars().count() > TEXT {
                return refuse("watermark", "水印的文字太长（最多 1,000 字）");
            }
        }
        Ok(self)
    }

    /// As it is kept; nothing for no edits.
    pub(super) fn text(&self) -> Result<String> {
        if self.is_none() {
            Ok(String::new())
        } else {
            self.full_text()
        }
    }

    /// As it is kept, edits or not.
    pub(super) fn full_text(&self) -> Result<String> {
        let mut value = serde_json::to_value(self)?;
        if let Value::Object(fields) = &mut value {
            fields.insert("version".to_owned(), json!(VERSION));
        }
        Ok(value.to_string())
    }

    /// From what is kept; what cannot be read is told in a sentence.
    pub(super) fn of(text: &str) -> std::result::Result<Self, String> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let damaged =
            "这张照片的修图记录读不懂，照片先按没修过显示，也不会导出；原图没有改动，请重新修图或清除修图。";
        let value: Value = serde_json::from_str(text).map_err(|_| damaged)?;
        if value.get("version").and_then(Value::as_u64) != Some(u64::from(VERSION)) {
            return Err(
                "这张照片的修图由更新版本的草本保存，照片先按没修过显示，也不会导出；升级草本就能用，记录没有改动。".to_owned(),
            );
        }
        serde_json::from_value::<Self>(value)
            .ok()
            .and_then(|edits| edits.normal().ok())
            .ok_or_else(|| damaged.to_owned())
    }

    /// The part that is done with pixels.
    pub(super) fn picture(&self) -> picture::Edits {
        let Tone {
            exposure,
            contrast,
            highlights,
            shadows,
            temperature,
            tint,
            saturation,
        } = self.tone;
        picture::Edits {
            shape: picture::Shape {
                turns: self.turns,
                flip: self.flip,
                angle: self.straighten,
                crop: self
                    .crop
                    .map(|Crop { x, y, width, height }| picture::Crop { x, y, width, height }),
            },
            tone: picture::Tone {
                exposure,
                contrast,
                highlights,
                shadows,
                temperature,
                tint,
                saturation,
            },
            hidden: self.hidden.iter().map(Hidden::picture).collect(),
        }
    }
}

impl Crop {
    const WHOLE: Self = Self {
        x: 0.0,
        y: 0.0,
        width: 1.0,
        height: 1.0,
    };

    fn normal(self) -> Option<Self> {
        let numbers = [self.x, self.y, self.width, self.height];
        if !numbers.iter().all(|number| number.is_finite()) {
            return None;
        }
        let (left, top) = (self.x.clamp(0.0, 1.0), self.y.clamp(0.0, 1.0));
        let width = (self.x + self.width).clamp(0.0, 1.0) - left;
        let height = (self.y + self.height).clamp(0.0, 1.0) - top;
        let crop = Self {
            x: fine(left),
            y: fine(top),
            width: fine(width),
            height: fine(height),
        };
        (width >= CROP && height >= CROP).then_some(crop)
    }
}

impl Tone {
    fn values(self) -> [i8; 7] {
        [
            self.exposure,
            self.contrast,
            self.highlights,
            self.shadows,
            self.temperature,
            self.tint,
            self.saturation,
        ]
    }
}

impl Hidden {
    fn picture(&self) -> picture::Hidden {
        picture::Hidden {
            veil: match self.veil {
                Veil::Mosaic => picture::Veil::Mosaic,
                Veil::Blur => picture::Veil::Blur,
            },
            radius: self.radius,
            points: self.points.clone(),
        }
    }
}

/// A hundred-thousandth of a side: a tenth of a pixel in the largest photo.
fn fine(share: f64) -> f64 {
    (share * 100_000.0).round() / 100_000.0 + 0.0
}

/// Rounds a point, which may lie a little outside; `false` for no point at all.
fn rounded(point: &mut (f64, f64)) -> bool {
    let there = point.0.is_finite() && point.1.is_finite();
    *point = (fine(point.0.clamp(-1.0, 2.0)), fine(point.1.clamp(-1.0, 2.0)));
    there
}

fn size(size: f64) -> f64 {
    if size.is_finite() && size > 0.0 {
        fine(size.clamp(0.01, 0.3))
    } else {
        Watermark::default().size
    }
}

//! The sample's photos: drawn scenes rendered to JPEG with the EXIF a camera would write.

use exif::{Field, In, Rational, Tag, Value, experimental::Writer};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbaImage, codecs::jpeg::JpegEncoder};
use resvg::{tiny_skia, usvg};

use crate::error::{Error, Result};

const FRAME: &str = include_str!("scene/frame.svg");

/// What stands on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    Sunscreen,
    Lipstick,
    Beer,
    Plant,
    Cream,
}

impl Scene {
    fn subject(self) -> &'static str {
        match self {
            Self::Sunscreen => include_str!("scene/sunscreen.svg"),
            Self::Lipstick => include_str!("scene/lipstick.svg"),
            Self::Beer => include_str!("scene/beer.svg"),
            Self::Plant => include_str!("scene/plant.svg"),
            Self::Cream => include_str!("scene/cream.svg"),
        }
    }
}

/// Wall and table colours: morning, garden window, evening, overcast.
const LIGHTS: [[&str; 4]; 4] = [
    ["#efe6d6", "#d9c9ae", "#c9a981", "#a8835c"],
    ["#e3ebe0", "#c2cfbf", "#b99b77", "#8f7352"],
    ["#f1e2da", "#ddb9a6", "#c29a86", "#96705e"],
    ["#e6e6ee", "#bdbfd0", "#a99c94", "#7d716b"],
];

/// The scene as SVG. `age` 0..1 is how far the trial is: the bottle empties, the plant grows, the camera moves.
fn svg(scene: Scene, age: f64, light: usize) -> String {
    let [wall, wall2, table, table2] = LIGHTS.get(light % LIGHTS.len()).copied().unwrap_or(["#eee"; 4]);
    let closer = if light.is_multiple_of(2) { 0.1 } else { 0.22 };
    let numbers = [
        ("tilt", -3.0 + 5.0 * age),
        ("zoom", 1.05 + closer * age),
        ("shift", -40.0 + 60.0 * age),
        ("leaf", -30.0 + 90.0 * age),
        ("light", 0.55 - 0.25 * age),
        ("level", 760.0 + 300.0 * age),
        ("tip", 720.0 + 40.0 * age),
        ("foamshift", 250.0 * age),
        ("foam", 650.0 + 250.0 * age),
        ("grow", 0.8 + 0.25 * age),
        ("bloom", age.max(0.01)),
        ("dip", 26.0 * age),
    ];
    let filled = FRAME
        .replace("{subject}", scene.subject())
        .replace("{wall}", wall)
        .replace("{wall2}", wall2)
        .replace("{table}", table)
        .replace("{table2}", table2);
    numbers.iter().fold(filled, |svg, (name, value)| {
        svg.replace(&format!("{{{name}}}"), &value.to_string())
    })
}

/// What the camera notes beside the picture.
pub(super) struct Shot {
    /// In EXIF's own form, `2026:11:01 08:10:00`.
    pub taken: String,
    /// `+08:00`.
    pub offset: String,
    /// The phone noted where it was; the sample proves that this never leaves.
    pub place: bool,
}

/// Enough for a 小红书 page and quick to draw.
const WIDTH: u32 = 1080;

/// JPEG bytes, 1080×1440, with camera, time and sometimes place in EXIF.
pub(super) fn photograph(scene: Scene, age: f64, light: usize, shot: &Shot) -> Result<Vec<u8>> {
    let broken = |what: String| Error::internal(format!("示例照片画不出来：{what}"));
    let tree = usvg::Tree::from_str(&svg(scene, age, light), &usvg::Options::default())
        .map_err(|e| broken(e.to_string()))?;
    let whole = tree.size().to_int_size();
    let size = whole.scale_to_width(WIDTH).unwrap_or(whole);
    let smaller = tiny_skia::Transform::from_scale(
        size.width() as f32 / whole.width() as f32,
        size.height() as f32 / whole.height() as f32,
    );
    let mut canvas =
        tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| broken("画布".to_owned()))?;
    resvg::render(&tree, smaller, &mut canvas.as_mut());
    // Opaque all over, so premultiplied is plain.
    let drawn = RgbaImage::from_raw(size.width(), size.height(), canvas.take())
        .ok_or_else(|| broken("像素".to_owned()))?;
    let rgb = DynamicImage::from(drawn).into_rgb8();

    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 90);
    encoder
        .set_exif_metadata(exif_block(shot)?)
        .map_err(|e| broken(e.to_string()))?;
    encoder
        .write_image(&rgb, size.width(), size.height(), ExtendedColorType::Rgb8)
        .map_err(|e| broken(e.to_string()))?;
    Ok(jpeg)
}

fn exif_block(shot: &Shot) -> Result<Vec<u8>> {
    let text = |tag, text: &str| Field {
        tag,
        ifd_num: In::PRIMARY,
        value: Value::Ascii(vec![text.as_bytes().to_vec()]),
    };
    let degrees = |tag, d: u32, m: u32| {
        let value = Value::Rational(
            [d, m, 0]
                .into_iter()
                .map(|num| Rational { num, denom: 1 })
                .collect(),
        );
        Field {
            tag,
            ifd_num: In::PRIMARY,
            value,
        }
    };
    let mut fields = vec![
        text(Tag::Make, "Caoben"),
        text(Tag::Model, "Sample Camera"),
        text(Tag::DateTimeOriginal, &shot.taken),
        text(Tag::OffsetTimeOriginal, &shot.offset),
    ];
    if shot.place {
        // The middle of West Lake, Hangzhou.
        fields.extend([
            text(Tag::GPSLatitudeRef, "N"),
            degrees(Tag::GPSLatitude, 30, 14),
            text(Tag::GPSLongitudeRef, "E"),
            degrees(Tag::GPSLongitude, 120, 8),
        ]);
    }
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = std::io::Cursor::new(Vec::new());
    writer
        .write(&mut block, true)
        .map_err(|e| Error::internal(format!("示例照片的 EXIF 写不出来：{e}")))?;
    Ok(block.into_inner())
}

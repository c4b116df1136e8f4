//! The pixels of one page: pictures laid in rounded frames, SVG on top, and how bright it is where letters will stand.

use resvg::{
    tiny_skia::{
        FillRule, FilterQuality, IntSize, Paint, Path, PathBuilder, Pattern, Pixmap, Rect, SpreadMode,
        Transform,
    },
    usvg,
};

use super::colour::Colour;
use crate::{
    error::{Error, Result},
    font,
};

/// A page being drawn. All lengths are pixels of the finished page; `scale` makes a small one of it.
pub(super) struct Canvas {
    map: Pixmap,
    width: f64,
    height: f64,
    scale: f64,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// Without a border.
    pub fn inset(self, by: f64) -> Self {
        Self::new(
            self.x + by,
            self.y + by,
            self.width - 2.0 * by,
            self.height - 2.0 * by,
        )
    }
}

/// Which part of a picture is seen in a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    pub x: f64,
    pub y: f64,
    pub zoom: f64,
}

fn broken(what: &str) -> Error {
    Error::internal(format!("拼图画不出来：{what}。照片都没有动。"))
}

#[allow(clippy::cast_possible_truncation)]
fn f32_of(number: f64) -> f32 {
    number as f32
}

impl Canvas {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn new(width: f64, height: f64, scale: f64, ground: Colour) -> Result<Self> {
        let side = |length: f64| (length * scale).round().clamp(1.0, 30_000.0) as u32;
        let mut map = Pixmap::new(side(width), side(height)).ok_or_else(|| broken("画布太大"))?;
        let Colour([r, g, b]) = ground;
        map.fill(resvg::tiny_skia::Color::from_rgba8(r, g, b, 255));
        Ok(Self {
            map,
            width,
            height,
            scale,
        })
    }

    /// Lays a picture in a frame, filling it.
    pub fn picture(&mut self, picture: &Picture, frame: Area, radius: f64, view: View) -> Result<()> {
        let (w, h) = (f64::from(picture.map.width()), f64::from(picture.map.height()));
        let cover = (frame.width / w).max(frame.height / h) * view.zoom;
        // Where the picture's own corner comes to lie: the wanted point in the middle, without leaving an edge bare.
        let start = |at: f64, room: f64, whole: f64| (room / 2.0 - at * whole).max(room - whole).min(0.0);
        let x = frame.x + start(view.x, frame.width, w * cover);
        let y = frame.y + start(view.y, frame.height, h * cover);
        let place = Transform::from_row(f32_of(cover), 0.0, 0.0, f32_of(cover), f32_of(x), f32_of(y))
            .post_scale(f32_of(self.scale), f32_of(self.scale));
        let paint = Paint {
            shader: Pattern::new(
                picture.map.as_ref(),
                SpreadMode::Pad,
                FilterQuality::Bicubic,
                1.0,
                place,
            ),
            anti_alias: true,
            ..Paint::default()
        };
        let path = rounded(frame, radius).ok_or_else(|| broken("画面太小"))?;
        let path = path.transform(self.small()).ok_or_else(|| broken("画面太小"))?;
        self.map
            .fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
        Ok(())
    }

    /// Draws an SVG fragment in the page's own pixels.
    pub fn svg(&mut self, fragment: &str) -> Result<()> {
        if fragment.is_empty() {
            return Ok(());
        }
        let (w, h) = (self.width, self.height);
        let page = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{fragment}</svg>"#
        );
        let tree = usvg::Tree::from_str(&page, &font::options()).map_err(|e| broken(&e.to_string()))?;
        resvg::render(&tree, self.small(), &mut self.map.as_mut());
        Ok(())
    }

    fn small(&self) -> Transform {
        Transform::from_scale(f32_of(self.scale), f32_of(self.scale))
    }

    /// The dark and the bright end of an area as sRGB greys, 0 to 1, the outermost 2 % left out.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn ends(&self, area: Area) -> (f64, f64) {
        let mut greys = [0_u32; 256];
        let mut count = 0_u32;
        let at = |length: f64| (length * self.scale).max(0.0) as u32;
        let (left, top) = (at(area.x), at(area.y));
        let right = at(area.x + area.width).min(self.map.width());
        let bottom = at(area.y + area.height).min(self.map.height());
        for y in top..bottom {
            for x in left..right {
                let Some(pixel) = self.map.pixel(x, y) else {
                    continue;
                };
                let colour = Colour([pixel.red(), pixel.green(), pixel.blue()]);
                let light = colour.luminance();
                let share = if light <= 0.003_130_8 {
                    light * 12.92
                } else {
                    1.055 * light.powf(1.0 / 2.4) - 0.055
                };
                if let Some(slot) = greys.get_mut((share * 255.0).round() as usize) {
                    *slot += 1;
                }
                count += 1;
            }
        }
        let end = |share: f64| {
            let wanted = (f64::from(count) * share) as u32;
            let mut seen = 0;
            let grey = greys.iter().position(|n| {
                seen += n;
                seen > wanted
            });
            grey.unwrap_or(128) as f64 / 255.0
        };
        (end(0.02), end(0.98))
    }

    /// As JPEG through the picture crate's encoder.
    pub fn jpeg(self, quality: u8) -> Result<Vec<u8>> {
        let (width, height) = (self.map.width(), self.map.height());
        let rgba = self.map.take();
        // Opaque all over, so premultiplied is plain.
        let (pixels, _) = rgba.as_chunks::<4>();
        let rgb = pixels.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        caoben_picture::encode(width, height, rgb, quality).map_err(|e| broken(&e.to_string()))
    }
}

fn rounded(area: Area, radius: f64) -> Option<Path> {
    let (x, y, w, h) = (area.x, area.y, area.width, area.height);
    let rect = Rect::from_xywh(f32_of(x), f32_of(y), f32_of(w), f32_of(h))?;
    let r = radius.min(w / 2.0).min(h / 2.0);
    if r <= 0.0 {
        return Some(PathBuilder::from_rect(rect));
    }
    // Each corner as a cubic: its handles lie 4/3 · (√2 − 1) of the radius from its ends.
    let k = r * (1.0 - 0.552_284_8);
    let (right, bottom) = (x + w, y + h);
    let corners = [
        [(right - r, y), (right - k, y), (right, y + k), (right, y + r)],
        [
            (right, bottom - r),
            (right, bottom - k),
            (right - k, bottom),
            (right - r, bottom),
        ],
        [(x + r, bottom), (x + k, bottom), (x, bottom - k), (x, bottom - r)],
        [(x, y + r), (x, y + k), (x + k, y), (x + r, y)],
    ];
    let mut path = PathBuilder::new();
    path.move_to(f32_of(x + r), f32_of(y));
    for corner in corners {
        let [from, one, two, to] = corner.map(|(x, y)| (f32_of(x), f32_of(y)));
        path.line_to(from.0, from.1);
        path.cubic_to(one.0, one.1, two.0, two.1, to.0, to.1);
    }
    path.close();
    path.finish()
}

/// A decoded picture.
pub(super) struct Picture {
    map: Pixmap,
}

impl Picture {
    /// Decodes JPEG bytes, turned as they are meant to be seen already.
    pub fn decode(jpeg: &[u8]) -> Option<Self> {
        let rgba = image::load_from_memory(jpeg).ok()?.into_rgba8();
        let size = IntSize::from_wh(rgba.width(), rgba.height())?;
        Pixmap::from_vec(rgba.into_raw(), size).map(|map| Self { map })
    }
}

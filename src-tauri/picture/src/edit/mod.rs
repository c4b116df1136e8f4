//! Edits: the same list makes the same picture at every size.
//!
//! All coordinates are shares of the upright original (0 to 1 from its left and top), lengths shares of its longer side, so that a
//! list holds for a thumbnail as for an export. The order is fixed: quarter turn and mirror → straighten → crop → (the frame asked
//! for) → hidden places → tone → what is laid on top. Hidden places are painted from a coarse grid of means of the whole original:
//! what leaves knows nothing finer of them, whatever the crop or the size. Nothing of an edit is left in the file but pixels.

mod affine;
mod hide;
mod shape;
mod straighten;
mod tone;

pub use affine::Affine;
pub use hide::{Hidden, Veil};
pub use shape::{Crop, MAX_ANGLE, Shape};
pub use tone::Tone;

use crate::decode::{self, Pixels};
use crate::error::{PictureError, guard};
use crate::frame::Frame;
use crate::header;
use crate::jpeg::{self, Care};
use crate::label;
use crate::probe::{self, Facts};
use crate::render::is_drawn;
use crate::rows::Flow;
use crate::turn::Turn;
use crate::{fine, resize};

/// What is done to a picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edits {
    /// Turned, straightened, cut.
    pub shape: Shape,
    /// Light and colour.
    pub tone: Tone,
    /// Places nobody may see.
    pub hidden: Vec<Hidden>,
}

/// A finished picture before something is laid on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// From shares of the upright original to pixels of this picture.
    pub place: Affine,
}

/// What is laid on top: `width × height` pixels of red, green, blue and alpha, colours already multiplied by alpha.
pub type Overlay = Vec<u8>;

/// Makes the edited JPEG that leaves the house, as [`crate::export`] does an unedited one. `over` draws what lies on top, or not.
///
/// # Errors
/// As [`crate::export`].
pub fn export(
    bytes: &[u8],
    facts: &Facts,
    frame: &Frame,
    edits: &Edits,
    over: &dyn Fn(&Layout) -> Option<Overlay>,
) -> Result<Vec<u8>, PictureError> {
    guard(|| {
        let (pixels, drawn) = render(bytes, facts, frame, edits, over)?;
        let care = Care {
            quality: frame.quality,
            small: true,
            full_colour: drawn || frame.quality >= 90 || fine::has_fine_colour(&pixels),
        };
        let label = label::of(&header::read(bytes)?.blocks)?;
        Ok(label::labelled(jpeg::encode(&pixels, care)?, label.as_ref()))
    })
}

/// Pixels of a frame, and whether something with hard edges (a drawing, text laid on top) is among them.
fn render(
    bytes: &[u8],
    facts: &Facts,
    frame: &Frame,
    edits: &Edits,
    over: &dyn Fn(&Layout) -> Option<Overlay>,
) -> Result<(Pixels, bool), PictureError> {
    let head = header::read(bytes)?;
    let (_, colour) = probe::facts(&head);
    let lie = Turn::of(facts.orientation);
    let upright = lie.sides((head.width, head.height));
    let shape = edits.shape.on(upright);
    let frame = shape.focused(frame);
    let plan = frame.plan(shape.sides())?;
    let view = shape.view(&plan);

    // Scaled while still lying as stored, so that only the small picture is turned and its colours converted.
    let scale = (f64::from(view.size.0) / view.area.width).max(f64::from(view.size.1) / view.area.height);
    let upright_area = shape
        .turn
        .area(view.area, (f64::from(upright.0), f64::from(upright.1)));
    let area = lie.area(upright_area, (f64::from(head.width), f64::from(head.height)));
    let size = lie.sides(shape.turn.sides(view.size));
    let grids = hide::grids(&edits.hidden, upright);
    let lying: Vec<(u32, u32)> = grids.iter().map(|grid| lie.sides(*grid)).collect();
    let stored = (head.width, head.height);
    let mut flow = Flow::new(&colour, stored, (area, size), lie.then(shape.turn)).with_means(&lying);
    decode::decode(bytes, &head, scale, &mut flow)?;
    let (turned, means) = flow.finish()?;
    let means = means.into_iter().map(|means| lie.apply(means)).collect();
    let veils = hide::veils(&edits.hidden, upright, means);
    let mut pixels = match view.rotate {
        Some(rotate) => straighten::straighten(&turned, plan.size, rotate),
        None => turned,
    };

    let layout = Layout {
        width: plan.size.0,
        height: plan.size.1,
        place: view.place,
    };
    hide::paint(&mut pixels, &veils, view.place.inverse());
    tone::apply(&mut pixels, &edits.tone);
    let over = over(&layout);
    if let Some(over) = &over {
        lay(&mut pixels, over);
    }
    let drawn = over.is_some() || is_drawn(head.format);
    Ok((resize::pad(pixels, plan.canvas, plan.ground), drawn))
}

/// Lays premultiplied colour on a picture.
fn lay(pixels: &mut Pixels, over: &[u8]) {
    let (under, _) = pixels.rgb.as_chunks_mut::<3>();
    let (over, _) = over.as_chunks::<4>();
    for (under, [r, g, b, a]) in under.iter_mut().zip(over) {
        for (under, over) in under.iter_mut().zip([r, g, b]) {
            let rest = (u32::from(*under) * (255 - u32::from(*a)) + 127) / 255;
            *under = u8::try_from(rest + u32::from(*over)).unwrap_or(255);
        }
    }
}

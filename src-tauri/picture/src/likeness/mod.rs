//! Whether one picture shows what another one shows: cut, framed, turned, mirrored, grey, marked, or photographed off a screen.
//!
//! A global fingerprint knows a picture by its whole; a third cut off, or a frame around it, and nothing of the print is left. Here a
//! picture is known by some two hundred [`Points`], each found again wherever it lies. An [`Index`] of many pictures answers which of
//! them share points that moved together ([`Way`]), and [`Grey::shows`] lays one picture over the other and looks: shared points alone
//! are no proof, for two photos of one packet share its letters.
//!
//! Lowest first: `grey` the pixels · `points` corners and what is around them · `way` how they moved · `index` many pictures · `shown`
//! one picture over the other.

mod grey;
mod index;
mod points;
mod shown;
mod way;

pub use grey::Grey;
pub use index::{Candidate, Index};
pub use points::Points;
pub use shown::Shown;
pub use way::Way;

/// A count or place on a grid, for reckoning with.
#[allow(clippy::cast_precision_loss)]
fn real(of: usize) -> f32 {
    of as f32
}

/// The cell a place lies in; places before the first cell count as the first.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn cell(place: f32) -> usize {
    place.max(0.0) as usize
}

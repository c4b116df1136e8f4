//! Reads, scales, turns and writes pictures: bytes in, pixels and facts out.
//!
//! Contents, lowest first: [`error`](PictureError) what can be wrong with a file · `header` format, size and EXIF block without decoding ·
//! `exif` time, camera, place · `probe` the facts of a file · `turn` the eight orientations · `frame` what to cut and how large ·
//! `jpeg` the JPEG decoder and encoder · `decode` every format to RGB · `resize` scaling and padding · `render` all of it in a row.
//!
//! Colours are taken as sRGB. What this crate writes carries no metadata of the file it was made from.

mod decode;
mod error;
mod exif;
mod frame;
mod header;
mod jpeg;
mod probe;
mod render;
mod resize;
mod turn;

pub use error::PictureError;
pub use exif::Taken;
pub use frame::{Fit, Frame};
pub use header::{Format, MAX_MEMORY, MAX_PIXELS, MAX_SIDE};
pub use probe::{Facts, probe};
pub use render::{THUMBNAIL_QUALITY, THUMBNAIL_SIDE, export, thumbnail};

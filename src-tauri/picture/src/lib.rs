//! Reads, scales, turns and writes pictures: bytes in, pixels and facts out.
//!
//! Contents, lowest first: [`error`](PictureError) what can be wrong with a file · `foreign` formats known by name only · `taken` moments · `boxes`, `directory` two ways of building a file · `notes` time, camera, place,
//! from every block that tells them · `header` format,
//! size, EXIF block and colour without decoding, by way of `segments` (JPEG), `chunks` (PNG, WebP, GIF), `tiff` and `heif` · `icc`,
//! `colour` profiles and the way to sRGB · `hdr` high dynamic range to SDR · `probe` the facts of a file ·
//! `turn` the eight orientations · `frame` what to cut and how large · `planes` from video samples to RGB · `apart` a thread that may be
//! lost · `hevc`, `av1` still pictures of the two codecs · `jpeg` the JPEG decoder and encoder · `decode` every format to RGB · `resize`
//! scaling and padding · `print` what a picture looks like in 64 bits · [`likeness`] what of one
//! picture another one shows · [`edit`] turn, crop, tone, hidden places · `render` all of it in
//! a row · [`clip`] moving pictures: their facts and their first picture.
//!
//! What this crate makes is upright, in sRGB, and carries no metadata of the file it was made from but `label`, the label of AI-made
//! content, which nobody may take off. Colours are converted after scaling:
//! the pixels are then few, and the difference to converting first is below what eight bits show.

mod apart;
mod av1;
mod boxes;
mod chunks;
pub mod clip;
mod codes;
mod colour;
mod decode;
mod directory;
pub mod edit;
mod error;
mod fine;
mod foreign;
mod frame;
mod hdr;
mod header;
mod heif;
mod hevc;
mod icc;
mod jpeg;
mod jxl;
mod label;
pub mod likeness;
mod means;
mod moving;
mod notes;
mod origin;
mod planes;
mod png;
mod print;
mod probe;
mod render;
mod resize;
mod rows;
mod segments;
mod taken;
mod tiff;
mod turn;

pub use codes::codes;
pub use error::PictureError;
pub use foreign::is_clip;
pub use frame::{Fit, Frame};
pub use header::{Format, MAX_MEMORY, MAX_PIXELS, MAX_SIDE};
pub use label::{Label, label, labelled};
pub use moving::is_animated;
pub use notes::{Notes, kept, sidecar};
pub use origin::is_resaved_from;
pub use probe::{Facts, probe};
pub use render::{
    Intake, THUMBNAIL_QUALITY, THUMBNAIL_SIDE, encode, export, intake, is_thumbnail_of, thumbnail,
};
pub use taken::Taken;

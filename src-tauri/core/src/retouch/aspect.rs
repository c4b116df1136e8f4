//! The shape a picture has once it is edited.

use super::{Edits, history::present};
use crate::{db::Db, error::Result, photo::Photo, value::Id};

/// Width to height of a photo, edited as the channel gets it; 0 where its size is not known. The inner error says why its edits
/// cannot be read.
pub(crate) async fn aspect(db: &Db, photo: &Photo, channel: Id) -> Result<std::result::Result<f64, String>> {
    Ok(present(db, photo.id, Some(channel))
        .await?
        .map(|edits| edits.aspect(photo.width, photo.height)))
}

impl Edits {
    /// Width to height of an upright picture of these sides, edited: straightening keeps the shape, turns and crops change it.
    #[allow(clippy::cast_precision_loss)]
    fn aspect(&self, width: i64, height: i64) -> f64 {
        if width <= 0 || height <= 0 {
            return 0.0;
        }
        let (mut across, mut down) = (width as f64, height as f64);
        if self.turns % 2 == 1 {
            (across, down) = (down, across);
        }
        if let Some(crop) = self.crop.filter(|crop| crop.width > 0.0 && crop.height > 0.0) {
            (across, down) = (across * crop.width, down * crop.height);
        }
        across / down
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Crop, Edits};

    #[test]
    fn the_shape_follows_turns_and_crops() {
        let plain = Edits::default();
        assert!((plain.aspect(4000, 3000) - 4.0 / 3.0).abs() < 1e-9);
        let turned = Edits {
            turns: 1,
            crop: Some(Crop {
                x: 0.0,
                y: 0.1,
                width: 1.0,
                height: 0.5,
            }),
            ..Edits::default()
        };
        assert!(
            (turned.aspect(4000, 3000) - 1.5).abs() < 1e-9,
            "3:4 upright, half its height kept"
        );
        assert!(plain.aspect(0, 3000) == 0.0, "not known");
    }
}

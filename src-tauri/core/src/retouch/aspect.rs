//! The shape and the size a picture has once it is edited.

use super::{Edits, history::present};
use crate::{db::Db, error::Result, photo::Photo, value::Id};

/// Width and height of a photo, edited as the channel gets it; `None` where its size is not known. The inner error says why its edits
/// cannot be read.
pub(crate) async fn sides(
    db: &Db,
    photo: &Photo,
    channel: Id,
) -> Result<std::result::Result<Option<(f64, f64)>, String>> {
    Ok(present(db, photo.id, Some(channel))
        .await?
        .map(|edits| edits.sides(photo.width, photo.height)))
}

impl Edits {
    /// Of an upright picture of these sides, edited: straightening keeps them, turns and crops change them.
    #[allow(clippy::cast_precision_loss)]
    fn sides(&self, width: i64, height: i64) -> Option<(f64, f64)> {
        if width <= 0 || height <= 0 {
            return None;
        }
        let (mut across, mut down) = (width as f64, height as f64);
        if self.turns % 2 == 1 {
            (across, down) = (down, across);
        }
        if let Some(crop) = self.crop.filter(|crop| crop.width > 0.0 && crop.height > 0.0) {
            (across, down) = (across * crop.width, down * crop.height);
        }
        Some((across, down))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Crop, Edits};

    #[test]
    fn the_sides_follow_turns_and_crops() {
        let plain = Edits::default();
        assert_eq!(plain.sides(4000, 3000), Some((4000.0, 3000.0)));
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
        assert_eq!(
            turned.sides(4000, 3000),
            Some((3000.0, 2000.0)),
            "3:4 upright, half its height kept"
        );
        assert_eq!(plain.sides(0, 3000), None, "not known");
    }
}

//! The layouts, read from `templates/*.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{CompositionTemplate, Kind, Look, Spec, colour::Colour};
use crate::error::{Error, Result};

/// Most photos in one long picture.
const LONG: u32 = 40;

/// A layout with what it looks like by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    pub id: String,
    pub name: String,
    pub english: String,
    /// One letter a picture.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Where a pair's words stand.
    #[serde(default)]
    pub label: Label,
    /// Where a cover's words stand.
    #[serde(default)]
    pub place: Where,
    /// What is drawn beside a card's text.
    #[serde(default)]
    pub ornament: Ornament,
    #[serde(default = "gap")]
    gap: u32,
    #[serde(default)]
    radius: u32,
    #[serde(default)]
    margin: u32,
    #[serde(default = "white")]
    ground: String,
    #[serde(default = "sprout")]
    accent: String,
    /// From the file's name.
    #[serde(skip)]
    pub kind: Option<Kind>,
}

fn gap() -> u32 {
    8
}
fn white() -> String {
    "#FFFFFF".to_owned()
}
fn sprout() -> String {
    "#3F7D4E".to_owned()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Label {
    /// On the picture.
    #[default]
    Tag,
    /// Under it.
    Below,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Where {
    /// At the foot of the photo, on shade.
    Scrim,
    /// Large in the middle, outlined.
    Poster,
    /// On a slip of paper at the foot.
    Slip,
    /// Above the photo.
    Split,
    /// No photo.
    #[default]
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ornament {
    #[default]
    Bar,
    Frame,
    Quote,
}

/// The look that holds: the document's where it says something possible, else the template's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub gap: f64,
    pub radius: f64,
    pub margin: f64,
    pub ground: Colour,
    pub accent: Colour,
}

impl Template {
    /// Fewest and most photos.
    pub fn photos(&self) -> (u32, u32) {
        match (self.kind, self.place) {
            (Some(Kind::Long), _) => (0, LONG),
            (Some(Kind::Card), _) => (0, 1),
            (Some(Kind::Cover), Where::Plain) => (0, 0),
            (Some(Kind::Cover), _) => (1, 1),
            _ => {
                let mut letters: Vec<char> = self.areas.iter().flat_map(|row| row.chars()).collect();
                letters.sort_unstable();
                letters.dedup();
                let count = u32::try_from(letters.len()).unwrap_or(0);
                (count, count)
            }
        }
    }

    pub fn style(&self, look: &Look) -> Style {
        let length = |asked: Option<u32>, own: u32, most: u32| f64::from(asked.unwrap_or(own).min(most));
        let colour = |asked: &Option<String>, own: &str| {
            asked
                .as_deref()
                .and_then(Colour::parse)
                .or(Colour::parse(own))
                .unwrap_or(super::colour::WHITE)
        };
        Style {
            gap: length(look.gap, self.gap, 120),
            radius: length(look.radius, self.radius, 200),
            margin: length(look.margin, self.margin, 200),
            ground: colour(&look.ground, &self.ground),
            accent: colour(&look.accent, &self.accent),
        }
    }

    fn shown(&self) -> Option<CompositionTemplate> {
        let (least, most) = self.photos();
        Some(CompositionTemplate {
            id: self.id.clone(),
            kind: self.kind?,
            name: self.name.clone(),
            english: self.english.clone(),
            least,
            most,
            look: Look {
                gap: Some(self.gap),
                radius: Some(self.radius),
                margin: Some(self.margin),
                ground: Some(self.ground.clone()),
                accent: Some(self.accent.clone()),
                undated: false,
            },
        })
    }
}

#[derive(Deserialize)]
struct File {
    template: Vec<Template>,
}

const FILES: [(Kind, &str); 5] = [
    (Kind::Grid, include_str!("templates/grid.toml")),
    (Kind::Pair, include_str!("templates/pair.toml")),
    (Kind::Long, include_str!("templates/long.toml")),
    (Kind::Card, include_str!("templates/card.toml")),
    (Kind::Cover, include_str!("templates/cover.toml")),
];

fn read() -> std::result::Result<Vec<Template>, toml::de::Error> {
    let mut all = Vec::new();
    for (kind, text) in FILES {
        let file: File = toml::from_str(text)?;
        all.extend(file.template.into_iter().map(|template| Template {
            kind: Some(kind),
            ..template
        }));
    }
    Ok(all)
}

/// The files are part of the program: the test below reads them, so none is missing here.
static ALL: LazyLock<Vec<Template>> = LazyLock::new(|| read().unwrap_or_default());

/// Every template, in the order of choosing.
pub fn templates() -> Vec<CompositionTemplate> {
    ALL.iter().filter_map(Template::shown).collect()
}

/// A document's template.
///
/// # Errors
/// `Invalid` when this version has none of that name.
pub(super) fn find(spec: &Spec) -> Result<&'static Template> {
    ALL.iter().find(|template| template.id == spec.template).ok_or_else(|| {
        Error::invalid(
            "template",
            format!(
                "这个版本没有名为「{}」的版式，它可能来自更新的草本。拼图原样保留着，换一个版式或更新草本后再打开。",
                spec.template
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read_and_every_count_has_two_layouts() {
        let all = read().unwrap();
        let mut ids: Vec<_> = all.iter().map(|template| &template.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len(), "an id is there twice");
        for count in 2..=9 {
            let grids = all
                .iter()
                .filter(|t| t.kind == Some(Kind::Grid) && t.photos() == (count, count));
            assert!(grids.count() >= 2, "{count} photos");
        }
        for kind in [Kind::Pair, Kind::Long, Kind::Card, Kind::Cover] {
            assert!(
                all.iter().filter(|t| t.kind == Some(kind)).count() >= 2,
                "{kind:?}"
            );
        }
    }
}

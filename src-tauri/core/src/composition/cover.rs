//! Covers: a title that can be read on any picture. Shade and ink are chosen by how bright the picture is where the letters stand.

use super::{
    Spec,
    canvas::{Area, Canvas},
    colour::{self, Colour, INK, WHITE},
    draw::{Frame, Leaf, Over, Shown},
    flow::Inks,
    template::{Style, Template, Where},
};
use crate::font::{self, Anchor, Line, Span};

const SIDE: f64 = 80.0;

/// A title and what stands under it, set in lines.
struct Set {
    title: Vec<Vec<Span>>,
    size: f64,
    subtitle: Vec<Vec<Span>>,
    small: f64,
}

const LEADING: f64 = 1.24;
const SMALL_LEADING: f64 = 1.45;

impl Set {
    fn height(&self) -> f64 {
        let title = self.title.len() as f64 * self.size * LEADING;
        let subtitle = self.subtitle.len() as f64 * self.small * SMALL_LEADING;
        title
            + subtitle
            + if self.subtitle.is_empty() {
                0.0
            } else {
                self.small * 0.6
            }
    }

    /// As SVG from `top` down, `x` as the anchor says.
    fn draw(&self, x: f64, top: f64, anchor: Anchor, ink: &str, soft: &str) -> String {
        let mut svg = String::new();
        let mut y = top;
        for line in &self.title {
            let at = Line {
                x,
                y: y + self.size * (LEADING / 2.0 + font::MIDDLE),
                size: self.size,
                fill: ink,
                anchor,
            };
            svg.push_str(&font::svg(line, at));
            y += self.size * LEADING;
        }
        y += self.small * 0.6;
        for line in &self.subtitle {
            let at = Line {
                x,
                y: y + self.small * (SMALL_LEADING / 2.0 + font::MIDDLE),
                size: self.small,
                fill: soft,
                anchor,
            };
            svg.push_str(&font::svg(line, at));
            y += self.small * SMALL_LEADING;
        }
        svg
    }
}

/// The largest letters in which the words fit; what fits in none is cut and said.
fn fit(spec: &Spec, shown: &mut Shown, (width, height): (f64, f64), largest: f64) -> Set {
    let (title, subtitle) = (shown.plain(spec.title.trim()), shown.plain(spec.subtitle.trim()));
    let set = |size: f64| {
        let small = (size * 0.4).clamp(30.0, 48.0);
        let lines = |text: &str, size: f64, bold: bool| {
            if text.is_empty() {
                Vec::new()
            } else {
                font::balance(&[Span::new(text, bold)], size, width)
            }
        };
        Set {
            title: lines(&title, size, true),
            size,
            subtitle: lines(&subtitle, small, false),
            small,
        }
    };
    let sizes = [168.0, 148.0, 132.0, 118.0, 104.0, 92.0, 80.0, 70.0, 60.0, 50.0];
    // Four lines are a title, more are a text; short ones may not fall apart into one word a line.
    let roomy = |set: &Set| {
        set.height() <= height && set.title.len() <= 4 && (set.size <= 92.0 || set.title.len() <= 3)
    };
    if let Some(set) = sizes
        .into_iter()
        .filter(|size| *size <= largest)
        .map(set)
        .find(roomy)
    {
        return set;
    }
    let mut set = set(44.0);
    let (title, subtitle) = (set.title.len(), set.subtitle.len());
    let most = ((height / (set.size * LEADING)) as usize).max(1);
    set.title.truncate(most);
    while !set.subtitle.is_empty() && set.height() > height {
        set.subtitle.pop();
    }
    if set.title.len() < title || set.subtitle.len() < subtitle {
        shown.cut();
        let cut = if set.title.len() < title {
            set.title.last_mut()
        } else {
            set.subtitle.last_mut()
        };
        if let Some(span) = cut.and_then(|line| line.last_mut()) {
            span.text.pop();
            span.text.push('…');
        }
    }
    set
}

/// One page.
pub(super) fn leaf(template: &Template, spec: &Spec, shown: &mut Shown) -> Leaf {
    let style = template.style(&spec.look);
    let (width, height) = spec.ratio.sides();
    let across = width - 2.0 * SIDE;
    let page = Area::new(0.0, 0.0, width, height).inset(if template.place == Where::Split {
        0.0
    } else {
        style.margin
    });
    let full = vec![Frame {
        slot: 0,
        area: page,
        radius: style.radius,
    }];
    let (frames, over) = match template.place {
        Where::Scrim => (
            full,
            scrim(fit(spec, shown, (across, height * 0.55), 132.0), page, &style),
        ),
        Where::Poster => (
            full,
            poster(
                fit(spec, shown, (width - 120.0, height * 0.7), 168.0),
                page,
                &style,
            ),
        ),
        Where::Slip => (
            full,
            slip(
                &fit(spec, shown, (across - 40.0, height * 0.42), 104.0),
                page,
                &style,
            ),
        ),
        Where::Split => split(
            &fit(
                spec,
                shown,
                (width - 2.0 * style.margin.max(56.0), height * 0.36),
                118.0,
            ),
            page,
            &style,
        ),
        Where::Plain => (
            Vec::new(),
            plain(&fit(spec, shown, (across, height * 0.66), 168.0), page, &style),
        ),
    };
    Leaf {
        width,
        height,
        ground: style.ground,
        frames,
        over,
    }
}

/// At the foot of the photo: shade as dark as the photo is bright, fading upwards.
fn scrim(set: Set, page: Area, style: &Style) -> Over {
    let accent = style.accent;
    Over::Seen(Box::new(move |canvas: &Canvas| {
        let tall = set.height();
        if tall <= 0.0 {
            return String::new();
        }
        let (x, top) = (page.x + SIDE, page.y + page.height - tall - 92.0);
        let letters = Area::new(page.x, top - 24.0, page.width, page.y + page.height - top + 24.0);
        let (dark, bright) = canvas.ends(letters);
        let shade = colour::scrim(dark, bright);
        let (veil, ink) = (shade.veil.hex(), shade.ink.hex());
        // Eased, so that nobody sees where the shade begins.
        let fade = 320.0_f64.min(letters.y - page.y);
        let stops: String = [(0.0, 0.0), (0.25, 0.1), (0.5, 0.36), (0.75, 0.74), (1.0, 1.0)]
            .map(|(at, share)| {
                format!(
                    r#"<stop offset="{at}" stop-color="{veil}" stop-opacity="{:.3}"/>"#,
                    share * shade.alpha
                )
            })
            .concat();
        let bar = if shade.ink == WHITE {
            accent
        } else {
            accent.on(WHITE)
        }
        .hex();
        format!(
            r#"<defs><linearGradient id="fade" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient></defs>
            <rect x="{:.1}" y="{:.1}" width="{:.1}" height="{fade:.1}" fill="url(#fade)"/>
            <rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" fill="{veil}" opacity="{:.3}"/>
            <rect x="{x:.1}" y="{:.1}" width="84" height="12" rx="6" fill="{bar}"/>{}"#,
            page.x,
            letters.y - fade,
            page.width,
            page.x,
            letters.y,
            page.width,
            letters.height,
            shade.alpha,
            top - 34.0,
            set.draw(x, top + 8.0, Anchor::Start, &ink, &ink),
        )
    }))
}

/// Large in the middle: white or yellow letters in a dark outline are read on anything.
fn poster(set: Set, page: Area, style: &Style) -> Over {
    let (x, top) = (
        page.x + page.width / 2.0,
        page.y + (page.height - set.height()) * 0.46,
    );
    let outline = |width: f64| {
        format!(
            r##"stroke="#191815" stroke-width="{width:.1}" stroke-linejoin="round" paint-order="stroke""##
        )
    };
    let lit = if style.accent.against(INK) >= colour::READABLE {
        style.accent
    } else {
        WHITE
    }
    .hex();
    let title = Set {
        subtitle: Vec::new(),
        ..set
    };
    let small = Set {
        title: Vec::new(),
        size: title.size,
        subtitle: set.subtitle,
        small: title.small,
    };
    let under = top + title.height();
    let mut svg = format!(
        r#"<g {}>{}</g>"#,
        outline(title.size * 0.15),
        title.draw(x, top, Anchor::Middle, "#ffffff", "#ffffff")
    );
    if !small.subtitle.is_empty() {
        let small = Set {
            small: (small.small * 1.15).min(54.0),
            ..small
        };
        svg.push_str(&format!(
            r#"<g {}>{}</g>"#,
            outline(11.0),
            small.draw(x, under, Anchor::Middle, &lit, &lit)
        ));
    }
    Over::Svg(svg)
}

/// On a slip of paper that lies on the photo's foot.
fn slip(set: &Set, page: Area, style: &Style) -> Over {
    let tall = set.height();
    if tall <= 0.0 {
        return Over::Svg(String::new());
    }
    let inks = Inks::on(style.ground, style.accent);
    let height = tall + 108.0;
    let (x, y) = (page.x + 48.0, page.y + page.height - height - 48.0);
    let ground = style.ground.hex();
    Over::Svg(format!(
        r##"<rect x="{x:.1}" y="{:.1}" width="{:.1}" height="{height:.1}" rx="36" fill="#141311" opacity="0.14"/>
        <rect x="{x:.1}" y="{y:.1}" width="{:.1}" height="{height:.1}" rx="36" fill="{ground}"/>
        <rect x="{:.1}" y="{:.1}" width="10" height="{:.1}" rx="5" fill="{}"/>{}"##,
        y + 8.0,
        page.width - 96.0,
        page.width - 96.0,
        x + 34.0,
        y + 62.0,
        height - 124.0,
        inks.accent.hex(),
        set.draw(
            x + 72.0,
            y + 54.0,
            Anchor::Start,
            &inks.ink.hex(),
            &inks.soft.hex()
        ),
    ))
}

/// Words on plain ground above, the photo below.
fn split(set: &Set, page: Area, style: &Style) -> (Vec<Frame>, Over) {
    let inks = Inks::on(style.ground, style.accent);
    let side = style.margin.max(56.0);
    let tall = set.height();
    let top = if tall > 0.0 { 150.0 } else { style.margin };
    let photo = if tall > 0.0 { top + tall + 64.0 } else { top };
    let area = Area::new(
        style.margin,
        photo.round(),
        page.width - 2.0 * style.margin,
        (page.height - style.margin - photo).round(),
    );
    let mut svg = String::new();
    if tall > 0.0 {
        svg.push_str(&format!(
            r#"<rect x="{side}" y="{:.1}" width="84" height="12" rx="6" fill="{}"/>"#,
            top - 52.0,
            inks.accent.hex()
        ));
    }
    svg.push_str(&set.draw(side, top, Anchor::Start, &inks.ink.hex(), &inks.soft.hex()));
    (
        vec![Frame {
            slot: 0,
            area,
            radius: style.radius,
        }],
        Over::Svg(svg),
    )
}

/// Words alone, with a sprig.
fn plain(set: &Set, page: Area, style: &Style) -> Over {
    let inks = Inks::on(style.ground, style.accent);
    let top = page.y + (page.height - set.height()) * 0.46;
    let leaf = |x: f64, y: f64, turn: f64, size: f64, colour: Colour| {
        format!(
            r#"<path transform="translate({x:.1} {y:.1}) rotate({turn}) scale({size})" d="M0 0C-46 -40 -46 -120 0 -176C46 -120 46 -40 0 0Z" fill="{}"/>"#,
            colour.hex()
        )
    };
    let pale = style.ground.mix(inks.accent, 0.16);
    let (right, low) = (page.x + page.width, page.y + page.height);
    let mut svg = leaf(right - 150.0, low + 20.0, -28.0, 2.1, pale);
    svg.push_str(&leaf(
        right - 130.0,
        low + 30.0,
        22.0,
        1.7,
        style.ground.mix(inks.accent, 0.26),
    ));
    svg.push_str(&format!(
        r#"<rect x="{:.1}" y="{:.1}" width="84" height="12" rx="6" fill="{}"/>"#,
        page.x + SIDE,
        top - 56.0,
        inks.accent.hex()
    ));
    svg.push_str(&set.draw(
        page.x + SIDE,
        top,
        Anchor::Start,
        &inks.ink.hex(),
        &inks.soft.hex(),
    ));
    Over::Svg(svg)
}

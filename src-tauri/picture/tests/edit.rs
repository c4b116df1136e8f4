#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    missing_docs
)]
mod make;

use std::{cell::Cell, io::Cursor};

use caoben_picture::edit::{Crop, Edits, Hidden, Layout, Shape, Tone, Veil, export};
use caoben_picture::{Fit, Frame, probe};
use image::{RgbImage, imageops};
use make::{exported, far, jpeg, mean, open, orientation, quarters, with_exif};

/// No larger than this, in the edited picture's own shape.
fn within(side: u32) -> Frame {
    Frame {
        width: side,
        height: side,
        fit: Fit::Inside,
        quality: 95,
    }
}

fn edited(file: &[u8], frame: &Frame, edits: &Edits) -> RgbImage {
    laid_out(file, frame, edits).0
}

fn laid_out(file: &[u8], frame: &Frame, edits: &Edits) -> (RgbImage, Layout) {
    let seen = Cell::new(None);
    let look = |layout: &Layout| {
        seen.set(Some(*layout));
        None
    };
    let made = export(file, &probe(file).unwrap(), frame, edits, &look).unwrap();
    (open(&made), seen.take().unwrap())
}

fn shaped(shape: Shape) -> Edits {
    Edits {
        shape,
        ..Edits::default()
    }
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Fine detail everywhere, the same for every run.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut seed = 7_u32;
    RgbImage::from_fn(width, height, |_, _| {
        image::Rgb([(); 3].map(|()| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        }))
    })
}

/// Something like a photo: slopes, a disc, stripes.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
        let disc = if (u - 0.6).hypot(v - 0.4) < 0.2 {
            70.0
        } else {
            Default::default()
        };
        let stripes = 20.0 * (u * 60.0).sin();
        image::Rgb([
            (200.0 * u + disc) as u8,
            (90.0 + 100.0 * v + stripes) as u8,
            (180.0 * (1.0 - u) * v + 40.0) as u8,
        ])
    })
}

fn stroke(veil: Veil, radius: f64, points: &[(f64, f64)]) -> Hidden {
    Hidden {
        veil,
        radius,
        points: points.to_vec(),
    }
}

#[test]
fn no_edits_give_the_very_bytes_of_an_unedited_export() {
    for file in [jpeg(&quarters(801, 603)), png(&quarters(300, 200))] {
        for (width, height, fit) in [
            (400, 400, Fit::Inside),
            (
                300,
                400,
                Fit::Crop {
                    focus_x: 0.2,
                    focus_y: 0.9,
                },
            ),
            (300, 400, Fit::Pad { rgb: [255; 3] }),
        ] {
            let frame = Frame {
                width,
                height,
                fit,
                quality: 88,
            };
            let facts = probe(&file).unwrap();
            let made = export(&file, &facts, &frame, &Edits::default(), &|_| None).unwrap();
            assert!(made == exported(&file, &frame), "{fit:?}");
        }
    }
}

#[test]
fn turns_and_mirrors_are_what_they_say_in_every_orientation() {
    let picture = quarters(320, 192);
    for o in 1..=8 {
        let file = with_exif(&jpeg(&picture), &orientation(o));
        let mut upright = open(&exported(&file, &within(4000)));
        for turns in 0..4 {
            for flip in [false, true] {
                let want = if flip {
                    imageops::flip_horizontal(&upright)
                } else {
                    upright.clone()
                };
                let shape = Shape {
                    turns,
                    flip,
                    ..Shape::default()
                };
                let got = edited(&file, &within(4000), &shaped(shape));
                assert_eq!(got.dimensions(), want.dimensions(), "{o} {turns} {flip}");
                assert!(
                    mean(&got, &want) < 2.0,
                    "orientation {o}, {turns} turns, mirrored {flip}"
                );
            }
            upright = imageops::rotate90(&upright);
        }
    }
}

/// A red dot in a grey picture must be found where the layout says it is.
#[test]
fn what_is_drawn_at_a_place_of_the_original_lands_on_that_place() {
    let (w, h) = (900_u32, 600_u32);
    let dot = (0.4_f64, 0.35_f64);
    let picture = RgbImage::from_fn(w, h, |x, y| {
        let (dx, dy) = (
            f64::from(x) + 0.5 - dot.0 * 900.0,
            f64::from(y) + 0.5 - dot.1 * 600.0,
        );
        image::Rgb(if dx.hypot(dy) < 14.0 {
            [250, 0, 0]
        } else {
            [128; 3]
        })
    });
    let crops = [
        None,
        Some(Crop {
            x: 0.1,
            y: 0.05,
            width: 0.8,
            height: 0.9,
        }),
        Some(Crop {
            x: 0.2,
            y: 0.2,
            width: 0.6,
            height: 0.6,
        }),
    ];
    let frames = [
        within(500),
        within(2000),
        Frame {
            width: 300,
            height: 300,
            fit: Fit::Crop {
                focus_x: dot.0,
                focus_y: dot.1,
            },
            quality: 95,
        },
    ];
    for o in [1, 6, 7] {
        let stored = match o {
            6 => imageops::rotate270(&picture),
            7 => imageops::flip_horizontal(&imageops::rotate270(&picture)),
            _ => picture.clone(),
        };
        let file = with_exif(&jpeg(&stored), &orientation(o));
        for turns in 0..4 {
            for flip in [false, true] {
                for angle in [0.0, 4.5, -15.0] {
                    for crop in crops {
                        for frame in &frames {
                            let shape = Shape {
                                turns,
                                flip,
                                angle,
                                crop,
                            };
                            let (made, layout) = laid_out(&file, frame, &shaped(shape));
                            let mut sum = (0.0, 0.0, 0.0);
                            for (x, y, p) in made.enumerate_pixels() {
                                let red = f64::from(p.0[0].saturating_sub(p.0[1])) / 250.0;
                                sum = (
                                    sum.0 + red,
                                    sum.1 + red * (f64::from(x) + 0.5),
                                    sum.2 + red * (f64::from(y) + 0.5),
                                );
                            }
                            let (x, y) = layout.place.at(dot);
                            let (fx, fy) = (sum.1 / sum.0, sum.2 / sum.0);
                            assert!(
                                (fx - x).hypot(fy - y) < 1.0,
                                "{o} {shape:?} {frame:?}: {fx} {fy} is not {x} {y}"
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_straightened_picture_has_its_own_shape_and_no_empty_corner() {
    for (w, h) in [(600, 400), (400, 600), (500, 500), (1200, 100)] {
        let file = png(&RgbImage::from_pixel(w, h, image::Rgb([240, 250, 245])));
        for angle in [-15.0, -3.3, 0.5, 15.0, 90.0] {
            let made = edited(
                &file,
                &within(2000),
                &shaped(Shape {
                    angle,
                    ..Shape::default()
                }),
            );
            let shape = f64::from(made.width()) / f64::from(made.height());
            let own = f64::from(w) / f64::from(h);
            assert!((shape / own - 1.0).abs() < 0.02, "{angle}: {shape} is not {own}");
            assert!(
                made.pixels().all(|p| p.0.iter().all(|c| *c > 235)),
                "{w}×{h} at {angle}"
            );
        }
    }
}

#[test]
fn a_crop_shows_its_part_and_an_impossible_one_everything() {
    let file = png(&quarters(400, 400));
    let crop = |x, y, width, height| {
        let crop = Some(Crop { x, y, width, height });
        edited(
            &file,
            &within(400),
            &shaped(Shape {
                crop,
                ..Shape::default()
            }),
        )
    };
    let part = crop(0.5, 0.0, 0.5, 0.5);
    assert_eq!(part.dimensions(), (200, 200));
    assert!(
        part.pixels().all(|p| p.0[1] > 120 && p.0[0] < 80),
        "the green quarter"
    );
    assert_eq!(
        crop(0.75, 0.5, 9.0, 0.5).dimensions(),
        (100, 200),
        "cut at the edge"
    );
    assert_eq!(
        crop(0.999_999, 0.0, 0.5, 1.0).dimensions(),
        (1, 400),
        "never empty"
    );
    for (x, y, width, height) in [
        (0.5, 0.5, 0.0, 0.3),
        (0.5, 0.5, -1.0, 0.3),
        (f64::NAN, 0.0, 0.5, 0.5),
        (0.0, f64::INFINITY, 0.5, 0.5),
        (2.0, 2.0, 1.0, 1.0),
    ] {
        assert_eq!(
            crop(x, y, width, height).dimensions(),
            (400, 400),
            "{x} {y} {width} {height}"
        );
    }
}

fn everything() -> Edits {
    Edits {
        shape: Shape {
            turns: 1,
            flip: true,
            angle: 3.7,
            crop: Some(Crop {
                x: 0.1,
                y: 0.12,
                width: 0.8,
                height: 0.7,
            }),
        },
        tone: Tone {
            exposure: 30,
            contrast: 25,
            highlights: -40,
            shadows: 30,
            temperature: 25,
            tint: -10,
            saturation: 20,
        },
        hidden: vec![
            stroke(Veil::Mosaic, 0.04, &[(0.3, 0.3), (0.6, 0.4)]),
            stroke(Veil::Blur, 0.06, &[(0.5, 0.7), (0.7, 0.6)]),
        ],
    }
}

#[test]
fn the_large_picture_scaled_down_is_the_small_one() {
    let file = jpeg(&scene(2400, 1800));
    for edits in [Edits::default(), everything()] {
        let large = edited(&file, &within(1600), &edits);
        let small = edited(&file, &within(400), &edits);
        let scaled = imageops::resize(
            &large,
            small.width(),
            small.height(),
            imageops::FilterType::Triangle,
        );
        assert!(mean(&scaled, &small) < 2.0, "{}", mean(&scaled, &small));
    }
}

#[test]
fn tone_moves_what_it_says() {
    let file = png(&RgbImage::from_pixel(64, 64, image::Rgb([100, 110, 120])));
    let toned = |tone| {
        edited(
            &file,
            &within(64),
            &Edits {
                tone,
                ..Edits::default()
            },
        )
        .get_pixel(9, 9)
        .0
    };
    let zero = Tone::default();
    let [r, g, b] = toned(Tone { exposure: 50, ..zero });
    assert!(r > 130 && g > 140 && b > 150, "{r} {g} {b}");
    let [r, g, b] = toned(Tone {
        saturation: -100,
        ..zero
    });
    assert!(r.abs_diff(g) < 2 && g.abs_diff(b) < 2, "grey: {r} {g} {b}");
    let [r, _, b] = toned(Tone {
        temperature: 80,
        ..zero
    });
    assert!(r > b, "golden: {r} {b}");
    let [r, g, b] = toned(Tone { tint: 100, ..zero });
    assert!(g < r && g < b, "magenta: {r} {g} {b}");
}

/// Two pictures that differ in every detail under the stroke, yet have the same means there, cannot be told apart afterwards.
#[test]
fn nothing_finer_than_a_cell_comes_through() {
    let (w, h) = (800_u32, 640_u32);
    let plain = RgbImage::from_pixel(w, h, image::Rgb([128; 3]));
    // Checks of 1 px: as much detail as there can be, and every cell means what the plain picture means.
    let checked = RgbImage::from_fn(w, h, |x, y| {
        let inside = (200..600).contains(&x) && (160..480).contains(&y);
        image::Rgb(
            [if inside {
                if (x + y) % 2 == 0 { 1 } else { 255 }
            } else {
                128
            }; 3],
        )
    });
    for veil in [Veil::Mosaic, Veil::Blur] {
        let hide = Edits {
            hidden: vec![stroke(veil, 0.3, &[(0.3, 0.5), (0.7, 0.5)])],
            ..Edits::default()
        };
        for angle in [0.0, 5.0] {
            let edits = Edits {
                shape: Shape {
                    angle,
                    ..Shape::default()
                },
                ..hide.clone()
            };
            for side in [800, 333] {
                let (a, b) = (
                    edited(&png(&plain), &within(side), &edits),
                    edited(&png(&checked), &within(side), &edits),
                );
                assert!(
                    far(&a, &b) <= 1,
                    "{veil:?} {angle} {side}: differ by {}",
                    far(&a, &b)
                );
            }
        }
    }
}

#[test]
fn no_pixel_of_the_original_survives_under_a_stroke() {
    let picture = noise(640, 480);
    for veil in [Veil::Mosaic, Veil::Blur] {
        let edits = Edits {
            hidden: vec![stroke(veil, 0.05, &[(0.2, 0.5), (0.5, 0.3), (0.8, 0.5)])],
            ..Edits::default()
        };
        let made = edited(&png(&picture), &within(640), &edits);
        let under: Vec<(u32, u32)> = made
            .enumerate_pixels()
            .map(|(x, y, _)| (x, y))
            .filter(|(x, y)| {
                let at = (f64::from(*x) + 0.5, f64::from(*y) + 0.5);
                [((128.0, 240.0), (320.0, 144.0)), ((320.0, 144.0), (512.0, 240.0))]
                    .iter()
                    .any(|(a, b)| distance(at, *a, *b) < 0.05 * 640.0)
            })
            .collect();
        assert!(under.len() > 20_000);
        let spread = |picture: &RgbImage| {
            let values = under
                .iter()
                .map(|(x, y)| f64::from(picture.get_pixel(*x, *y).0[0]));
            let mean = values.clone().sum::<f64>() / under.len() as f64;
            (values.map(|v| (v - mean).powi(2)).sum::<f64>() / under.len() as f64).sqrt()
        };
        // Noise keeps its spread wherever one pixel of it is left; means of a cell of hundreds have almost none.
        assert!(
            spread(&picture) > 60.0 && spread(&made) < 12.0,
            "{veil:?}: {}",
            spread(&made)
        );
        let steps = under.iter().filter(|(x, y)| {
            let [a, b] = [made.get_pixel(*x, *y).0[0], made.get_pixel(x + 1, *y).0[0]];
            a.abs_diff(b) > 40
        });
        assert!(steps.count() < under.len() / 100, "{veil:?}: no grain is left");
    }
}

fn distance((x, y): (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let t = (((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - a.0 - t * dx).hypot(y - a.1 - t * dy)
}

#[test]
fn a_hidden_place_looks_the_same_in_every_crop() {
    let file = png(&noise(640, 480));
    let hidden = vec![stroke(Veil::Mosaic, 0.06, &[(0.4, 0.5), (0.6, 0.5)])];
    let whole = edited(
        &file,
        &within(640),
        &Edits {
            hidden: hidden.clone(),
            ..Edits::default()
        },
    );
    let crop = Some(Crop {
        x: 0.25,
        y: 0.25,
        width: 0.5,
        height: 0.5,
    });
    let part = edited(
        &file,
        &within(640),
        &Edits {
            hidden,
            shape: Shape {
                crop,
                ..Shape::default()
            },
            ..Edits::default()
        },
    );
    let cut = imageops::crop_imm(&whole, 160, 120, 320, 240).to_image();
    for (x, y) in [(96, 120), (160, 120), (220, 118)] {
        let (a, b) = (cut.get_pixel(x, y).0, part.get_pixel(x, y).0);
        assert!(
            a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 6),
            "{x} {y}: {a:?} {b:?}"
        );
    }
}

#[test]
fn painting_again_with_a_finer_brush_shows_no_more() {
    let file = png(&noise(640, 480));
    let coarse = stroke(Veil::Mosaic, 0.2, &[(0.5, 0.5)]);
    let fine = stroke(Veil::Blur, 0.02, &[(0.45, 0.5), (0.55, 0.5)]);
    let with = |hidden| {
        edited(
            &file,
            &within(640),
            &Edits {
                hidden,
                ..Edits::default()
            },
        )
    };
    let (once, twice) = (with(vec![coarse.clone()]), with(vec![coarse, fine]));
    assert!(far(&once, &twice) == 0);
}

#[test]
fn a_thousand_strokes_and_strokes_of_nonsense_are_painted() {
    let file = png(&scene(400, 300));
    let mut hidden: Vec<Hidden> = (0..1000)
        .map(|n| {
            let x = f64::from(n % 40) / 40.0;
            let veil = if n % 2 == 0 { Veil::Mosaic } else { Veil::Blur };
            stroke(
                veil,
                0.01 + f64::from(n % 7) / 100.0,
                &[(x, 0.0), (1.0 - x, 0.5), (x, 1.0)],
            )
        })
        .collect();
    hidden.push(stroke(Veil::Blur, f64::NAN, &[]));
    hidden.push(stroke(
        Veil::Mosaic,
        -3.0,
        &[(f64::NAN, 0.5), (1e300, -1e300), (5.0, 5.0)],
    ));
    hidden.push(stroke(Veil::Blur, 1e9, &[(0.5, f64::INFINITY)]));
    let made = edited(
        &file,
        &within(400),
        &Edits {
            hidden,
            ..Edits::default()
        },
    );
    assert_eq!(made.dimensions(), (400, 300));
}

#[test]
fn even_a_tiny_picture_is_hidden() {
    for (w, h) in [(1, 1), (3, 40), (17, 9)] {
        let file = png(&noise(w, h));
        let hidden = vec![stroke(Veil::Mosaic, 0.5, &[(0.0, 0.0), (1.0, 1.0)])];
        let made = edited(
            &file,
            &within(64),
            &Edits {
                hidden,
                ..Edits::default()
            },
        );
        let cells: std::collections::BTreeSet<u8> = made.pixels().map(|p| p.0[1] / 8).collect();
        assert!(cells.len() <= 6, "{w}×{h}: {cells:?}");
    }
}

#[test]
fn what_is_laid_on_top_is_seen_and_the_rest_is_not_touched() {
    let file = png(&RgbImage::from_pixel(100, 50, image::Rgb([100; 3])));
    let over = |layout: &Layout| {
        assert_eq!((layout.width, layout.height), (100, 50));
        let mut rgba = [0, 0, 0, 0]
            .repeat(50)
            .into_iter()
            .chain([128, 0, 0, 128].repeat(50));
        let line: Vec<u8> = rgba.by_ref().collect();
        Some(line.repeat(50))
    };
    let made = open(
        &export(
            &file,
            &probe(&file).unwrap(),
            &within(100),
            &Edits::default(),
            &over,
        )
        .unwrap(),
    );
    assert_eq!(made.get_pixel(10, 25).0, [100; 3]);
    let [r, g, _] = made.get_pixel(80, 25).0;
    assert!((r.abs_diff(178) < 3) && g.abs_diff(50) < 3, "{r} {g}");
}

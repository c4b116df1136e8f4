//! Composition 拼图: what is drawn, that it is always the same, and what it becomes in the library.

use std::{fs, path::Path};

use caoben::{
    composition::{self, Kind, Look, NoteKind, Ratio, Slot, Spec},
    db::Db,
    photo::{self, PhotoFilter, PhotoPatch, Size},
    post::{self, NewPost},
    product::{self, NewProduct},
    value::Id,
};
use image::{DynamicImage, RgbImage};

use crate::{
    photo::{import, jpeg},
    support,
};

/// Photos of different shapes, as many as a template could want.
pub async fn photos(db: &Db, folder: &Path, count: u32) -> Vec<Id> {
    let from = folder.join("照片");
    fs::create_dir_all(&from).unwrap();
    let mut paths = Vec::new();
    for nth in 0..count {
        let (width, height) = [(900, 1200), (1200, 900), (1000, 1000)][nth as usize % 3];
        let path = from.join(format!("{nth}.jpg"));
        fs::write(&path, jpeg(nth + 1, width, height)).unwrap();
        paths.push(path);
    }
    let paths: Vec<&Path> = paths.iter().map(|path| path.as_path()).collect();
    let mut done: Vec<Id> = Vec::new();
    for path in paths {
        done.push(import(db, &[path]).await.imported[0].id);
    }
    done
}

/// The JPEG with an EXIF time at +08:00.
fn taken(jpeg: &[u8], at: &str) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [
            &tag.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value.to_le_bytes(),
        ]
        .concat()
    };
    let tiff = [
        &b"II*\0\x08\0\0\0\x01\0"[..],
        &entry(0x8769, 4, 1, 26),
        &[0; 4],
        &[2, 0],
        &entry(0x9003, 2, 20, 56),
        &entry(0x9011, 2, 7, 76),
        &[0; 4],
        at.as_bytes(),
        b"\0+08:00\0",
    ]
    .concat();
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

/// A document with these photos.
pub fn spec(template: &str, photos: &[Id]) -> Spec {
    let slot = |id: &Id| Slot {
        photo: Some(*id),
        ..Slot::default()
    };
    Spec {
        template: template.to_owned(),
        slots: photos.iter().map(slot).collect(),
        ..Spec::default()
    }
}

fn open(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory(jpeg).unwrap().into_rgb8()
}

/// Words for everything a template can show.
fn worded(template: &str, photos: &[Id]) -> Spec {
    let body =
        "# 二十八天\n早上**一泵**，晚上两泵。\n- 控油：T 区到下午四点\n- 不搓泥\n> 只说我用到的\n\n正文"
            .to_owned();
    Spec {
        title: "这瓶防晒，我用了 28 天".to_owned(),
        subtitle: "油皮 · 通勤 · 自购".to_owned(),
        footer: "小鹿的种草本".to_owned(),
        body,
        ..spec(template, photos)
    }
}

#[tokio::test]
async fn every_template_looks_as_it_did_when_somebody_last_looked() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 9).await;
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/composition");
    let mut different = Vec::new();
    for template in composition::templates() {
        let some = &photos[..photos.len().min(template.most.min(3 + template.least) as usize)];
        let plain = template.kind == Kind::Grid;
        let spec = if plain {
            spec(&template.id, some)
        } else {
            worded(&template.id, some)
        };
        let done = composition::render(&db, &spec).await.unwrap();
        let page = DynamicImage::from(open(&done.pages[0]));
        let small = page
            .resize(135, 4000, image::imageops::FilterType::Triangle)
            .into_rgb8();
        let file = golden.join(format!("{}.png", template.id));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(&golden).unwrap();
            small.save(&file).unwrap();
        }
        let known = image::open(&file)
            .map(DynamicImage::into_rgb8)
            .unwrap_or_default();
        // Another machine may round the last bit otherwise; a moved word changes far more.
        let far = |a: &u8, b: &u8| a.abs_diff(*b) > 6;
        if known.dimensions() != small.dimensions() || known.iter().zip(small.iter()).any(|(a, b)| far(a, b))
        {
            different.push(template.id);
        }
    }
    assert!(
        different.is_empty(),
        "{different:?} look different; look, then run with UPDATE_GOLDEN=1"
    );
}

#[tokio::test]
async fn the_same_document_gives_the_same_bytes_and_another_does_not() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 3).await;
    let one = worded("cover-scrim", &photos[..1]);
    let first = composition::render(&db, &one).await.unwrap().pages;
    assert_eq!(first, composition::render(&db, &one).await.unwrap().pages);
    let other = Spec {
        title: "别的标题".to_owned(),
        ..one
    };
    assert_ne!(first, composition::render(&db, &other).await.unwrap().pages);
}

#[tokio::test]
async fn every_ratio_has_its_sides_and_every_picture_is_free_of_metadata() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 4).await;
    for (ratio, sides) in [
        (Ratio::Portrait, (1080, 1440)),
        (Ratio::Square, (1080, 1080)),
        (Ratio::Tall, (1080, 1920)),
        (Ratio::Wide, (1440, 1080)),
    ] {
        let spec = Spec {
            ratio,
            ..spec("grid-4-even", &photos)
        };
        let page = composition::render(&db, &spec).await.unwrap().pages.remove(0);
        assert_eq!(open(&page).dimensions(), sides);
        let text = String::from_utf8_lossy(&page);
        assert!(!text.contains("Exif") && !text.contains("ICC_PROFILE"));
    }
}

#[tokio::test]
async fn a_place_shows_what_the_creator_put_in_its_middle() {
    let (folder, db) = support::workspace().await;
    // Left half red, right half blue.
    let path = folder.path().join("半.png");
    RgbImage::from_fn(1600, 800, |x, _| {
        image::Rgb(if x < 800 { [220, 30, 30] } else { [30, 30, 220] })
    })
    .save(&path)
    .unwrap();
    let id = import(&db, &[&path]).await.imported[0].id;
    let middle = |page: &[u8]| *open(page).get_pixel(270, 700);
    let shot = |x: Option<f64>, zoom: f64| {
        let mut spec = spec("grid-2-side", &[id, id]);
        spec.slots[0] = Slot {
            photo: Some(id),
            x,
            zoom,
            ..Slot::default()
        };
        spec
    };
    let red = composition::render(&db, &shot(Some(0.0), 1.0))
        .await
        .unwrap()
        .pages
        .remove(0);
    let blue = composition::render(&db, &shot(Some(1.0), 3.0))
        .await
        .unwrap()
        .pages
        .remove(0);
    assert!(
        middle(&red)[0] > 150 && middle(&red)[2] < 100,
        "{:?}",
        middle(&red)
    );
    assert!(
        middle(&blue)[2] > 150 && middle(&blue)[0] < 100,
        "{:?}",
        middle(&blue)
    );

    photo::edit(
        &db,
        &[id],
        PhotoPatch {
            focus: Some((1.0, 0.5)),
            ..PhotoPatch::default()
        },
        support::at("2026-11-22 10:00"),
    )
    .await
    .unwrap();
    let own = composition::render(&db, &shot(None, 1.0))
        .await
        .unwrap()
        .pages
        .remove(0);
    assert!(
        middle(&own)[2] > 150,
        "without a wish the photo's own focus holds"
    );
}

#[tokio::test]
async fn a_title_is_readable_on_white_on_black_and_on_noise() {
    let (folder, db) = support::workspace().await;
    type Grey = fn(u32, u32) -> u8;
    let grounds: [(&str, Grey); 4] = [
        ("白", |_, _| 255),
        ("黑", |_, _| 0),
        ("灰", |_, _| 128),
        ("噪", |x, y| if (x / 6 + y / 6) % 2 == 0 { 255 } else { 0 }),
    ];
    for (name, grey) in grounds {
        let path = folder.path().join(format!("{name}.png"));
        RgbImage::from_fn(1080, 1440, |x, y| image::Rgb([grey(x, y); 3]))
            .save(&path)
            .unwrap();
        let id = import(&db, &[&path]).await.imported[0].id;
        let titled = Spec {
            title: "读得清吗".to_owned(),
            ..spec("cover-scrim", &[id])
        };
        let page = open(&composition::render(&db, &titled).await.unwrap().pages[0]);
        // Beside the title lies what is behind it; in it the ink is what differs most from that.
        let greys = |from: u32, to: u32| {
            let mut all: Vec<u8> = (1220..1320)
                .flat_map(|y| (from..to).map(move |x| (x, y)))
                .map(|(x, y)| page.get_pixel(x, y)[1])
                .collect();
            all.sort_unstable();
            all
        };
        let light = |grey: u8| {
            let share = f64::from(grey) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let (beside, title) = (greys(10, 60), greys(80, 620));
        let (dark, bright) = (
            light(beside[beside.len() / 50]),
            light(beside[beside.len() * 49 / 50]),
        );
        let contrast = [title[title.len() / 50], title[title.len() * 49 / 50]]
            .map(light)
            .into_iter()
            .map(|ink| [dark, bright].map(|ground| (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05)))
            .map(|[one, other]| one.min(other))
            .fold(0.0, f64::max);
        assert!(contrast >= 4.5, "on {name}: {contrast:.2}");
    }
}

#[tokio::test]
async fn a_long_text_becomes_numbered_cards_and_a_short_one_a_single_card() {
    let (_folder, db) = support::workspace().await;
    let short = Spec {
        body: "一句话。".to_owned(),
        ..spec("card-paper", &[])
    };
    assert_eq!(composition::render(&db, &short).await.unwrap().pages.len(), 1);
    let long = Spec {
        body: "我用了二十八天，说说真实的感受。\n\n".repeat(60),
        ..short
    };
    let done = composition::render(&db, &long).await.unwrap();
    assert!((4..=12).contains(&done.pages.len()), "{}", done.pages.len());
    assert!(
        done.pages
            .iter()
            .all(|page| open(page).dimensions() == (1080, 1440))
    );
}

#[tokio::test]
async fn a_long_picture_is_as_tall_as_its_photos_and_words() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 2).await;
    let bare = composition::render(&db, &spec("long-edge", &photos))
        .await
        .unwrap();
    // 900×1200 and 1200×900 at a width of 1080.
    assert_eq!(open(&bare.pages[0]).dimensions(), (1080, 1440 + 810));
    let mut told = spec("long-edge", &photos);
    told.slots[0].text = "早上八点，刚涂完。".to_owned();
    told.slots.push(Slot {
        text: "## 小结\n值得回购。".to_owned(),
        ..Slot::default()
    });
    let told = composition::render(&db, &told).await.unwrap();
    assert!(told.notes.is_empty(), "{:?}", told.notes);
    assert!(open(&told.pages[0]).height() > 1440 + 810 + 200);
}

#[tokio::test]
async fn a_kept_composition_is_a_made_photo_with_the_title_and_the_product_of_its_photos() {
    let (folder, db) = support::workspace().await;
    let at = support::at("2026-11-22 10:00");
    let photos = photos(&db, folder.path(), 2).await;
    let cream = product::create(
        &db,
        NewProduct {
            name: "防晒".to_owned(),
            ..NewProduct::default()
        },
        at,
    )
    .await
    .unwrap();
    photo::edit(
        &db,
        &photos,
        PhotoPatch {
            product: Some(Some(cream.id)),
            ..PhotoPatch::default()
        },
        at,
    )
    .await
    .unwrap();

    let document = worded("pair-side", &photos);
    let saved = composition::save(&db, None, &document, at).await.unwrap();
    let [made] = &saved.photos[..] else {
        panic!("one page")
    };
    assert!(made.made, "it is nobody's evidence");
    assert_eq!(
        (made.caption.as_str(), made.product, made.source),
        ("这瓶防晒，我用了 28 天", Some(cream.id), photo::Source::Own)
    );
    assert_eq!(
        (made.width, made.height, made.taken_at.as_deref()),
        (1080, 1440, None)
    );
    assert_eq!(saved.composition.photos, [made.id]);
    assert_eq!(
        composition::get(&db, saved.composition.id).await.unwrap().spec,
        document,
        "it can be opened again as it was"
    );
    assert_eq!(
        composition::of_photo(&db, made.id).await.unwrap().unwrap().id,
        saved.composition.id
    );
    assert!(composition::of_photo(&db, photos[0]).await.unwrap().is_none());

    let again = composition::save(&db, Some(saved.composition.id), &document, at)
        .await
        .unwrap();
    assert_eq!(again.photos[0].id, made.id, "unchanged, it is the same photo");
    assert_eq!(photo::list(&db, &PhotoFilter::default()).await.unwrap().len(), 3);
}

#[tokio::test]
async fn changing_a_composition_replaces_its_photo_unless_a_post_shows_it() {
    let (folder, db) = support::workspace().await;
    let at = support::at("2026-11-22 10:00");
    let photos = photos(&db, folder.path(), 2).await;
    let mut document = worded("pair-side", &photos);
    let first = composition::save(&db, None, &document, at).await.unwrap();
    let id = first.composition.id;

    document.title = "改了一次".to_owned();
    let second = composition::save(&db, Some(id), &document, at).await.unwrap();
    assert!(second.stayed.is_empty());
    let there: Vec<Id> = photo::list(&db, &PhotoFilter::default())
        .await
        .unwrap()
        .iter()
        .map(|photo| photo.id)
        .collect();
    assert!(!there.contains(&first.photos[0].id) && there.contains(&second.photos[0].id));

    let post = NewPost {
        title: "笔记".to_owned(),
        photos: vec![second.photos[0].id],
        ..NewPost::default()
    };
    post::create(&db, post, at).await.unwrap();
    document.title = "又改了一次".to_owned();
    let third = composition::save(&db, Some(id), &document, at).await.unwrap();
    assert_eq!(
        third.stayed,
        [second.photos[0].id],
        "the post shows what it showed"
    );
    assert!(photo::read(&db, second.photos[0].id, Size::Thumb).await.is_ok());
    assert_eq!(composition::list(&db).await.unwrap().len(), 1);

    composition::remove(&db, id).await.unwrap();
    assert!(composition::get(&db, id).await.is_err());
    assert!(
        photo::get(&db, third.photos[0].id).await.is_ok(),
        "what it became stays"
    );
}

#[tokio::test]
async fn an_export_writes_every_page_beside_the_name_that_was_given() {
    let (folder, db) = support::workspace().await;
    let long = Spec {
        body: "说说真实的感受。\n".repeat(60),
        ..spec("card-night", &[])
    };
    let done = composition::export(&db, &long, &folder.path().join("卡片.jpg"))
        .await
        .unwrap();
    let files = done.files;
    assert!(files.len() > 1);
    assert_eq!(files[0].file_name().unwrap(), "卡片-1.jpg");
    assert!(
        files
            .iter()
            .all(|file| fs::read(file).unwrap().starts_with(&[0xFF, 0xD8]))
    );
    let single = composition::export(
        &db,
        &Spec {
            body: "一句。".to_owned(),
            ..long
        },
        &folder.path().join("一张.jpg"),
    )
    .await
    .unwrap();
    assert_eq!(single.files, [folder.path().join("一张.jpg")]);
}

#[tokio::test]
async fn an_export_is_a_jpeg_that_others_can_read_and_says_what_was_left_out() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 3).await;
    let crowded = spec("grid-2-side", &photos);
    let notes = composition::render(&db, &crowded).await.unwrap().notes;
    let out = folder.path().join("图.jpeg");
    let done = composition::export(&db, &crowded, &out).await.unwrap();
    assert!(!notes.is_empty(), "there are more photos than places");
    assert_eq!(format!("{:?}", done.notes), format!("{notes:?}"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let beside = folder.path().join("别的.txt");
        fs::write(&beside, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&out), mode(&beside), "as readable as any other file");
    }
    for name in ["图.png", "图.webp", "图"] {
        let out = folder.path().join(name);
        let error = composition::export(&db, &crowded, &out).await.unwrap_err();
        assert_eq!(error.field, Some("out"), "{name}");
        let error = caoben::retouch::export(&db, photos[0], photo::Frame::default(), None, &out)
            .await
            .unwrap_err();
        assert_eq!(error.field, Some("out"), "{name}");
        assert!(!out.exists(), "{name}");
    }
}

#[tokio::test]
async fn a_page_that_two_compositions_became_stays_while_one_has_it() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 2).await;
    let at = support::at("2026-11-22 10:00");
    let document = spec("grid-2-side", &photos);
    let first = composition::save(&db, None, &document, at).await.unwrap();
    let second = composition::save(&db, None, &document, at).await.unwrap();
    let page = first.photos[0].id;
    assert_eq!(second.photos[0].id, page, "the same page is the same photo");
    let id = second.composition.id;
    let other = Spec {
        look: Look {
            ground: Some("#102030".to_owned()),
            ..Look::default()
        },
        ..document.clone()
    };
    let changed = composition::save(&db, Some(id), &other, at).await.unwrap();
    assert_ne!(changed.photos[0].id, page);
    let kept = composition::get(&db, first.composition.id).await.unwrap();
    assert_eq!(kept.photos, [page], "the other one has its page still");
    let last = composition::save(&db, Some(first.composition.id), &other, at)
        .await
        .unwrap();
    assert_eq!(last.composition.photos, changed.composition.photos);
    let trashed = photo::get(&db, page).await.unwrap().trashed_at;
    assert!(trashed.is_some(), "nobody has it any more");
}

#[tokio::test]
async fn a_preview_is_small_and_says_where_everything_stands() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 3).await;
    let look = Look {
        gap: Some(0),
        ..Look::default()
    };
    let shown = composition::preview(
        &db,
        &Spec {
            look,
            ..spec("grid-3-lead", &photos)
        },
        7,
        300,
    )
    .await
    .unwrap();
    assert!(shown.picture.starts_with("data:image/jpeg;base64,"));
    assert_eq!(
        (shown.width, shown.height, shown.page, shown.pages),
        (1080, 1440, 0, 1)
    );
    assert_eq!(shown.places.len(), 3);
    assert!((shown.places[0].width - 1.0).abs() < 0.01 && (shown.places[0].height - 0.6).abs() < 0.01);
    assert!((shown.places[0].ratio - 0.75).abs() < 0.01);
}

#[tokio::test]
async fn dates_come_from_the_cameras_and_the_order_is_checked() {
    let (folder, db) = support::workspace().await;
    let early = taken(&jpeg(1, 400, 300), "2026:11:01 08:30:00");
    let late = taken(&jpeg(2, 400, 300), "2026:11:21 08:30:00");
    let mut ids = Vec::new();
    for (name, bytes) in [("早.jpg", early), ("晚.jpg", late), ("无.jpg", jpeg(3, 400, 300))] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        ids.push(import(&db, &[&path]).await.imported[0].id);
    }
    let kinds = |spec: Spec| {
        let db = db.clone();
        async move {
            let done = composition::render(&db, &spec).await.unwrap();
            let kinds: Vec<NoteKind> = done
                .notes
                .iter()
                .map(|note| note.kind)
                .filter(|kind| *kind != NoteKind::Soft)
                .collect();
            (kinds, done.pages)
        }
    };
    let (right, page) = kinds(spec("pair-side", &ids[..2])).await;
    assert!(right.is_empty(), "{right:?}");
    let (wrong, _) = kinds(spec("pair-side", &[ids[1], ids[0]])).await;
    assert_eq!(wrong, [NoteKind::Order]);
    let (undated, _) = kinds(spec("pair-side", &[ids[0], ids[2]])).await;
    assert_eq!(
        undated,
        [NoteKind::Undated],
        "a photo without a time gets no date"
    );

    let hidden = Spec {
        look: Look {
            undated: true,
            ..Look::default()
        },
        ..spec("pair-side", &[ids[0], ids[2]])
    };
    let (quiet, _) = kinds(hidden).await;
    assert!(quiet.is_empty(), "nobody asked for dates: {quiet:?}");
    let bare = Spec {
        look: Look {
            undated: true,
            ..Look::default()
        },
        ..spec("pair-side", &ids[..2])
    };
    assert_ne!(page, kinds(bare).await.1, "the dates are on the picture");
}

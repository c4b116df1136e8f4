//! What a composition does with what cannot be drawn: it says so, keeps everything, and never makes half a picture.

use caoben::{
    Code,
    composition::{self, Look, NoteKind, Slot, Spec},
    photo::{self, PhotoFilter},
};

use crate::{
    composition::{photos, spec},
    support,
};

fn kinds(notes: &[composition::Note]) -> Vec<NoteKind> {
    notes
        .iter()
        .map(|note| note.kind)
        .filter(|kind| *kind != NoteKind::Soft)
        .collect()
}

#[tokio::test]
async fn too_few_photos_are_shown_with_holes_and_not_kept() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 1).await;
    let spec = spec("grid-3-lead", &photos);
    let shown = composition::preview(&db, &spec, 0, 300).await.unwrap();
    assert_eq!(kinds(&shown.notes), [NoteKind::Empty]);
    assert_eq!(shown.notes[0].slots, [1, 2]);
    let refused = composition::save(&db, None, &spec, support::at("2026-11-22 10:00"))
        .await
        .unwrap_err();
    assert_eq!((refused.code, refused.field), (Code::Invalid, Some("slots")));
    assert!(composition::list(&db).await.unwrap().is_empty());
    assert_eq!(photo::list(&db, &PhotoFilter::default()).await.unwrap().len(), 1);
    let out = folder.path().join("图.jpg");
    assert!(composition::export(&db, &spec, &out).await.is_err() && !out.exists());
}

#[tokio::test]
async fn twelve_photos_for_nine_places_leave_three_out_and_say_so() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 12).await;
    let saved = composition::save(
        &db,
        None,
        &spec("grid-9-even", &photos),
        support::at("2026-11-22 10:00"),
    )
    .await
    .unwrap();
    let note = saved
        .notes
        .iter()
        .find(|note| note.kind == NoteKind::Extra)
        .unwrap();
    assert_eq!(
        (note.slots.as_slice(), note.what.as_str()),
        (&[9, 10, 11][..], "3")
    );
    assert_eq!(
        saved.composition.spec.slots.len(),
        12,
        "another layout may take them again"
    );
}

#[tokio::test]
async fn a_photo_that_vanished_is_said_and_the_document_stays() {
    let (folder, db) = support::workspace().await;
    let at = support::at("2026-11-22 10:00");
    let photos = photos(&db, folder.path(), 2).await;
    let saved = composition::save(&db, None, &spec("grid-2-side", &photos), at)
        .await
        .unwrap();
    photo::remove(&db, &photos[..1], at).await.unwrap();
    let document = composition::get(&db, saved.composition.id).await.unwrap();
    let shown = composition::preview(&db, &document.spec, 0, 300).await.unwrap();
    assert_eq!(kinds(&shown.notes), [NoteKind::Gone]);
    assert!(
        composition::save(&db, Some(document.id), &document.spec, at)
            .await
            .is_err()
    );
    assert_eq!(
        composition::get(&db, document.id).await.unwrap().photos,
        saved.composition.photos,
        "what it became is still there"
    );

    let never = spec("grid-2-side", &[photos[1], 987_654]);
    assert_eq!(
        kinds(&composition::preview(&db, &never, 0, 300).await.unwrap().notes),
        [NoteKind::Gone]
    );
}

#[tokio::test]
async fn a_damaged_original_is_said_and_nothing_is_kept() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 2).await;
    let broken = photo::get(&db, photos[0]).await.unwrap();
    let file = db.path(format!("photos/{}/{}.jpeg", &broken.hash[..2], broken.hash));
    let file = if file.exists() {
        file
    } else {
        db.path(format!("photos/{}/{}.jpg", &broken.hash[..2], broken.hash))
    };
    std::fs::write(&file, b"\xFF\xD8 nothing").unwrap();
    let done = composition::render(&db, &spec("grid-2-side", &photos))
        .await
        .unwrap();
    assert_eq!(kinds(&done.notes), [NoteKind::Unreadable]);
    let refused = composition::save(
        &db,
        None,
        &spec("grid-2-side", &photos),
        support::at("2026-11-22 10:00"),
    )
    .await;
    assert_eq!(refused.unwrap_err().code, Code::Invalid);
}

#[tokio::test]
async fn a_template_of_a_newer_version_is_refused_in_words() {
    let (_folder, db) = support::workspace().await;
    for template in ["hexagon-7", "", "../grid", "grid-2-side\0"] {
        let refused = composition::preview(&db, &spec(template, &[]), 0, 300)
            .await
            .unwrap_err();
        assert_eq!(
            (refused.code, refused.field),
            (Code::Invalid, Some("template")),
            "{template}"
        );
    }
    let newer = r#"{"template":"grid-2-side","slots":[{"photo":1,"spin":3}],"sound":"loud"}"#;
    assert!(
        serde_json::from_str::<Spec>(newer).is_ok(),
        "unknown fields of a newer version do not hurt"
    );
}

#[tokio::test]
async fn hostile_words_are_drawn_as_words() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 4).await;
    let evil = "</text><script>alert(1)</script> & \"' <!-- ]]> \u{0}\u{7}\u{202e}ابج\u{fffe} 👩‍👩‍👧 ✨🔥 ﷽ e\u{301}\u{302}\u{303} \u{1F9FF}𠮷";
    for template in composition::templates() {
        let count = (template.least as usize).min(photos.len());
        if count < template.least as usize {
            continue;
        }
        let mut spec = spec(&template.id, &photos[..count]);
        for slot in &mut spec.slots {
            slot.text = evil.to_owned();
        }
        spec.title = evil.to_owned();
        spec.subtitle = evil.to_owned();
        spec.body = format!("# {evil}\n- {evil}\n> {evil}\n**{evil}**");
        spec.footer = evil.to_owned();
        let shown = composition::preview(&db, &spec, 0, 200).await.unwrap();
        let letters = shown
            .notes
            .iter()
            .find(|note| note.kind == NoteKind::Letters)
            .expect(&template.id);
        assert!(
            letters.what.contains('𠮷') && letters.what.contains('ا'),
            "{}: {}",
            template.id,
            letters.what
        );
        assert!(!letters.what.contains('✨'));
    }
}

#[tokio::test]
async fn twenty_thousand_letters_are_set_and_one_more_is_refused() {
    let (_folder, db) = support::workspace().await;
    let text = "真".repeat(20_000);
    let shown = composition::preview(
        &db,
        &Spec {
            body: text.clone(),
            ..spec("card-paper", &[])
        },
        3,
        200,
    )
    .await
    .unwrap();
    assert!(shown.pages > 40 && shown.page == 3);
    assert_eq!(kinds(&shown.notes), [NoteKind::Pages], "小红书 takes eighteen");
    let long = Spec {
        slots: vec![Slot {
            text: text.clone(),
            ..Slot::default()
        }],
        ..spec("long-journal", &[])
    };
    assert!(composition::preview(&db, &long, 0, 200).await.unwrap().pages > 1);
    let over = composition::preview(
        &db,
        &Spec {
            body: text + "的",
            ..spec("card-paper", &[])
        },
        0,
        200,
    )
    .await
    .unwrap_err();
    assert_eq!((over.code, over.field), (Code::Invalid, Some("body")));
}

#[tokio::test]
async fn a_title_without_end_is_cut_and_said() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 2).await;
    for template in [
        "cover-scrim",
        "cover-poster",
        "cover-slip",
        "cover-split",
        "grid-2-side",
    ] {
        let title = "这是一个怎么都写不完的标题".repeat(60);
        let some = if template == "grid-2-side" {
            &photos[..]
        } else {
            &photos[..1]
        };
        let spec = Spec {
            title,
            ..spec(template, some)
        };
        let shown = composition::preview(&db, &spec, 0, 200).await.unwrap();
        assert!(kinds(&shown.notes).contains(&NoteKind::Cut), "{template}");
    }
}

#[tokio::test]
async fn impossible_looks_are_brought_back_to_possible_ones() {
    let (folder, db) = support::workspace().await;
    let photos = photos(&db, folder.path(), 9).await;
    let look = Look {
        gap: Some(u32::MAX),
        radius: Some(u32::MAX),
        margin: Some(u32::MAX),
        ground: Some("\"/><script>".to_owned()),
        accent: Some("red".to_owned()),
        undated: false,
    };
    for template in composition::templates()
        .into_iter()
        .filter(|template| template.most <= 9)
    {
        let mut spec = spec(&template.id, &photos[..template.most as usize]);
        spec.look = look.clone();
        for slot in &mut spec.slots {
            (slot.x, slot.y, slot.zoom) = (Some(-1e300), Some(1e300), -5.0);
        }
        let shown = composition::preview(&db, &spec, 0, 0).await;
        assert!(shown.is_ok(), "{}: {:?}", template.id, shown.err());
    }
}

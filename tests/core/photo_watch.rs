//! The watched folder: what is new and whole comes in by itself, once, and the folder is never touched.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use caoben::{
    Code,
    db::Db,
    job::Job,
    photo::{self, Source, Watch, Watcher},
    product::{self, NewProduct},
    value::Time,
};

use crate::{
    photo::jpeg,
    support::{self, at},
};

fn watch(path: &Path) -> Watch {
    Watch {
        path: path.to_owned(),
        product: None,
        source: Source::Own,
    }
}

/// One look: how many came in, and how many still wait.
async fn look(db: &Db, watcher: &mut Watcher) -> (usize, usize) {
    let scan = watcher
        .scan(db, &Job::silent(), at("2026-11-22 10:00"))
        .await
        .unwrap();
    (scan.imported.imported.len(), scan.waiting)
}

#[tokio::test]
async fn a_file_comes_in_once_it_stays_the_same_and_never_again() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("手机");
    fs::create_dir_all(from.join("今天")).unwrap();
    let growing = jpeg(1, 300, 200);
    fs::write(from.join("今天/a.jpg"), &growing[..100]).unwrap();
    let mut watcher = Watcher::new(watch(&from));
    assert_eq!(look(&db, &mut watcher).await, (0, 1), "it may still be growing");
    fs::write(from.join("今天/a.jpg"), &growing).unwrap();
    assert_eq!(look(&db, &mut watcher).await, (0, 1), "it was");
    assert_eq!(look(&db, &mut watcher).await, (1, 0));
    assert_eq!(look(&db, &mut watcher).await, (0, 0));

    let id = photo::list(&db, &photo::PhotoFilter::default()).await.unwrap()[0].id;
    photo::remove(&db, &[id], at("2026-11-22 11:00")).await.unwrap();
    fs::write(from.join("坏的.jpg"), &growing[..200]).unwrap();
    // The next start of the program.
    let mut watcher = Watcher::new(watch(&from));
    assert_eq!(
        look(&db, &mut watcher).await,
        (0, 1),
        "only the new one is looked at"
    );
    let scan = watcher
        .scan(&db, &Job::silent(), at("2026-11-22 12:00"))
        .await
        .unwrap();
    assert_eq!(scan.imported.rejected.len(), 1, "{scan:?}");
    assert_eq!(look(&db, &mut watcher).await, (0, 0), "a bad file is tried once");
    assert_eq!(
        photo::counts(&db).await.unwrap().trashed,
        1,
        "what was removed stays removed"
    );
    assert_eq!(
        fs::read(from.join("今天/a.jpg")).unwrap(),
        growing,
        "the folder is as it was"
    );
}

#[tokio::test]
async fn a_folder_that_vanishes_is_said_once_and_watched_again_when_it_is_back() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("手机");
    let mut watcher = Watcher::new(watch(&from));
    let error = watcher
        .scan(&db, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap_err();
    assert!(
        error.code == Code::Unreadable && error.message.contains("不见了"),
        "{error:?}"
    );

    let told: Arc<Mutex<Vec<Result<usize, Code>>>> = Arc::default();
    let job = Job::silent();
    let running = tokio::spawn({
        let (db, job, told, watch) = (db.clone(), job.clone(), told.clone(), watch(&from));
        async move {
            let tell = move |news: caoben::Result<photo::Imported>| {
                let news = news.map(|done| done.imported.len()).map_err(|error| error.code);
                told.lock().unwrap().push(news);
            };
            photo::follow(&db, watch, &job, Time::now, tell).await;
        }
    });
    let heard = async |count: usize| {
        for _ in 0..300 {
            if told.lock().unwrap().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        told.lock().unwrap().clone()
    };
    assert_eq!(heard(1).await, [Err(Code::Unreadable)]);
    job.cancel();
    running.await.unwrap();

    // Listening: what is put there comes in without anybody asking.
    fs::create_dir(&from).unwrap();
    let job = Job::silent();
    let running = tokio::spawn({
        let (db, job, told, watch) = (db.clone(), job.clone(), told.clone(), watch(&from));
        async move {
            let tell = move |news: caoben::Result<photo::Imported>| {
                let news = news.map(|done| done.imported.len()).map_err(|error| error.code);
                told.lock().unwrap().push(news);
            };
            photo::follow(&db, watch, &job, Time::now, tell).await;
        }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    fs::write(from.join("a.jpg"), jpeg(1, 300, 200)).unwrap();
    assert_eq!(heard(2).await, [Err(Code::Unreadable), Ok(1)]);
    job.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn only_a_folder_outside_the_workspace_is_watched_and_the_choice_is_kept() {
    let (folder, db) = support::workspace().await;
    assert_eq!(
        photo::watched(&db).await.unwrap(),
        None,
        "off until somebody wants it"
    );
    let inside = db.path("photos");
    let file = folder.path().join("a.txt");
    fs::write(&file, "x").unwrap();
    for bad in [
        folder.path(),
        db.folder(),
        &inside,
        &file,
        Path::new("手机"),
        &folder.path().join("没有"),
    ] {
        let error = photo::set_watch(&db, Some(&watch(bad))).await.unwrap_err();
        assert_eq!(
            (error.code, error.field),
            (Code::Invalid, Some("path")),
            "{bad:?}"
        );
    }
    let from = folder.path().join("手机");
    fs::create_dir(&from).unwrap();
    let new = NewProduct {
        name: "防晒乳".into(),
        ..Default::default()
    };
    let thing = product::create(&db, new, at("2026-11-22")).await.unwrap().id;
    let lost = Watch {
        product: Some(99),
        ..watch(&from)
    };
    assert_eq!(
        photo::set_watch(&db, Some(&lost)).await.unwrap_err().code,
        Code::NotFound
    );
    let wanted = Watch {
        product: Some(thing),
        source: Source::Screenshot,
        ..watch(&from)
    };
    photo::set_watch(&db, Some(&wanted)).await.unwrap();
    assert_eq!(photo::watched(&db).await.unwrap(), Some(wanted.clone()));
    fs::write(from.join("a.jpg"), jpeg(1, 300, 200)).unwrap();
    let mut watcher = Watcher::new(wanted);
    look(&db, &mut watcher).await;
    look(&db, &mut watcher).await;
    let photos = photo::list(&db, &photo::PhotoFilter::default()).await.unwrap();
    assert_eq!(
        (photos[0].product, photos[0].source),
        (Some(thing), Source::Screenshot)
    );
    photo::set_watch(&db, None).await.unwrap();
    assert_eq!(photo::watched(&db).await.unwrap(), None);
}

//! Reviews from tables and from copied text: what is taken for what, what is refused and why, and that nobody can be known again.

use std::path::{Path, PathBuf};

use caoben::{
    Code,
    db::Db,
    job::Job,
    review::{self, NewPaste, Review, ReviewField, ReviewPreview},
    sheet::ImportedRows,
    value::Id,
};
use tempfile::TempDir;

use crate::{
    bad_input::xlsx,
    review::{NOW, product},
    support::{at, workspace},
};

fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

async fn import(db: &Db, file: &Path, product: Id) -> ImportedRows {
    review::import(db, file, product, None, &Job::silent(), at(NOW))
        .await
        .unwrap()
}

async fn preview(db: &Db, file: &Path, product: Id) -> ReviewPreview {
    review::preview(db, file, product, None, at(NOW)).await.unwrap()
}

fn refused(rows: &[caoben::sheet::RefusedRow]) -> Vec<i64> {
    rows.iter().map(|row| row.row).collect()
}

#[tokio::test]
async fn a_preview_says_what_an_import_then_does() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let content = "小店评价导出,,,\n用户昵称,评分,评论内容,评论时间,规格\n小鹿,五星,好用 加微信 lina_88,2026/11/3,大瓶\n\
        小鹿,五星,好用 加微信 lina_88,2026/11/3,大瓶\n小王,6,六分,,\n小王,4.5,半分,,\n小李,好评,日期坏,昨天,\n小李,★★★★☆,\"两行\n的字\",20261104,\n\
        阿花,,,2026-11-01,\n阿花,3/5,还没到,2027-01-01,\n阿花,3/5,二月三十,2026-02-30,\n";
    let file = file(&folder, "评价.csv", content.as_bytes());
    let told = preview(&db, &file, product).await;
    let takes: Vec<_> = told.columns.iter().map(|column| column.takes).collect();
    assert_eq!(
        takes,
        [
            Some(ReviewField::Buyer),
            Some(ReviewField::Rating),
            Some(ReviewField::Text),
            Some(ReviewField::On),
            None
        ]
    );
    assert_eq!(told.columns[4].samples, ["大瓶", "大瓶"]);
    assert_eq!((told.rows, told.new, told.known, told.hidden), (9, 2, 1, 2));
    assert_eq!(refused(&told.refused), [5, 6, 7, 9, 10, 11], "{:?}", told.refused);
    assert!(told.refused.iter().all(|row| row.reason.ends_with('。')));
    assert_eq!(told.pieces[0].who, "小鹿", "shown before it is hashed");
    assert_eq!(told.pieces[0].text, "好用 加微信 ***");
    assert!(
        review::list(&db, None).await.unwrap().is_empty(),
        "a preview keeps nothing"
    );

    let done = import(&db, &file, product).await;
    assert_eq!((done.imported.len(), done.duplicates.as_slice()), (2, &[4][..]));
    assert_eq!(refused(&done.refused), [5, 6, 7, 9, 10, 11]);
    let kept = review::list(&db, Some(product)).await.unwrap();
    assert_eq!(
        kept.iter()
            .map(|one| (one.text.as_str(), one.rating))
            .collect::<Vec<_>>(),
        [("两行\n的字", Some(4)), ("好用 加微信 ***", Some(5))]
    );
    let again = preview(&db, &file, product).await;
    assert_eq!((again.new, again.known), (0, 3));
}

#[tokio::test]
async fn columns_can_be_named_by_hand() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let file = file(&folder, "a.csv", "谁,说了啥,几分\n小鹿,好用,9\n".as_bytes());
    let told = preview(&db, &file, product).await;
    assert!(told.columns.iter().all(|column| column.takes.is_none()));
    assert_eq!(told.columns[1].name, "说了啥");
    let error = review::import(&db, &file, product, None, &Job::silent(), at(NOW))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Unreadable);
    let takes = vec![Some(ReviewField::Buyer), Some(ReviewField::Text)];
    let done = review::import(&db, &file, product, Some(takes), &Job::silent(), at(NOW))
        .await
        .unwrap();
    assert_eq!(
        done.imported.len(),
        1,
        "the rating that cannot be is left out: {done:?}"
    );
}

#[tokio::test]
async fn english_headers_and_gbk_bytes_are_read() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let english = file(
        &folder,
        "en.csv",
        b"Customer Name,Rating,Review Text,Review Date\nLina,5.0,Works well,2026-11-02\n",
    );
    let done = import(&db, &english, product).await;
    assert_eq!(done.imported.len(), 1, "{done:?}");
    // 评价,评分 / 好用,5 as GBK.
    let gbk = b"\xc6\xc0\xbc\xdb,\xc6\xc0\xb7\xd6\n\xba\xc3\xd3\xc3,5\n";
    let gbk = file(&folder, "gbk.csv", gbk);
    assert_eq!(import(&db, &gbk, product).await.imported.len(), 1);
    let kept = review::list(&db, Some(product)).await.unwrap();
    assert!(kept.iter().any(|one| one.text == "好用" && one.rating == Some(5)));
}

#[tokio::test]
async fn buyers_in_number_cells_that_were_rounded_are_refused_and_not_made_one() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let rows: [&[&str]; 4] = [
        &["买家ID", "评价内容"],
        &["2200112233445566", "好用"],
        &["2200112233445567", "好用"],
        &["13800138000", "好用"],
    ];
    let file = file(&folder, "数字.xlsx", &xlsx(&rows));
    let done = import(&db, &file, product).await;
    assert_eq!(
        (done.imported.len(), refused(&done.refused)),
        (1, vec![2, 3]),
        "{:?}",
        done.refused
    );
}

#[tokio::test]
async fn a_workbook_with_formulas_gives_what_they_show() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let file = file(
        &folder,
        "评价.xlsx",
        &xlsx(&[
            &["评价内容", "评分"],
            &["=算出来的话", "5"],
            &["#REF!", "5"],
            &["😀好用\n第二行", "4"],
            &["'; DROP TABLE review; --", ""],
        ]),
    );
    let done = import(&db, &file, product).await;
    assert_eq!(
        (done.imported.len(), refused(&done.refused)),
        (3, vec![3]),
        "{done:?}"
    );
    let kept = review::list(&db, Some(product)).await.unwrap();
    assert!(
        kept.iter()
            .any(|one| one.text == "; DROP TABLE review; --" || one.text == "'; DROP TABLE review; --"),
        "SQL is only words: {kept:?}"
    );
    for text in ["😀好用\n第二行", "算出来的话"] {
        assert!(kept.iter().any(|one| one.text == text), "{text}: {kept:?}");
    }
}

#[tokio::test]
async fn files_with_nothing_in_them_say_so() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    for (name, bytes) in [
        ("空.csv", &b""[..]),
        ("换行.csv", b"\n\n\n"),
        ("坏.xlsx", b"PK\x03\x04xx"),
        ("图.csv", b"\x89PNG\r\n\x1a\n\0\0\0"),
    ] {
        let file = file(&folder, name, bytes);
        let error = review::preview(&db, &file, product, None, at(NOW))
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::Unreadable, "{name}");
        assert!(error.message.contains("没有导入"), "{}", error.message);
    }
    let header = file(&folder, "头.csv", "评价内容,评分\n".as_bytes());
    let told = preview(&db, &header, product).await;
    assert_eq!((told.rows, told.columns.len()), (0, 2));
    assert!(import(&db, &header, product).await.imported.is_empty());
    let huge = format!("评价内容,评分\n{},5\n好用,5\n", "很".repeat(1_700_000));
    let huge = file(&folder, "大.csv", huge.as_bytes());
    let done = import(&db, &huge, product).await;
    assert_eq!(
        (done.imported.len(), refused(&done.refused)),
        (1, vec![2]),
        "an endless cell is refused and its neighbour kept"
    );
    let missing = folder.path().join("没有.csv");
    assert!(
        review::preview(&db, &missing, product, None, at(NOW))
            .await
            .is_err()
    );
    assert!(review::preview(&db, &header, 99, None, at(NOW)).await.is_err());
}

#[tokio::test]
async fn a_cancelled_import_keeps_whole_batches_and_goes_on_next_time() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let rows: String = (0..1_000).map(|nth| format!("第 {nth} 位买家说好用\n")).collect();
    let file = file(&folder, "千.csv", format!("评价\n{rows}").as_bytes());
    let cell = std::sync::Arc::new(std::sync::OnceLock::<Job>::new());
    let inner = cell.clone();
    let job = Job::new(move |progress| {
        if progress.done >= 400
            && let Some(job) = inner.get()
        {
            job.cancel();
        }
    });
    assert!(cell.set(job.clone()).is_ok());
    let done = review::import(&db, &file, product, None, &job, at(NOW))
        .await
        .unwrap();
    assert_eq!(done.imported.len(), 400);
    let rest = import(&db, &file, product).await;
    assert_eq!((rest.imported.len(), rest.duplicates.len()), (600, 400));
}

async fn paste(db: &Db, product: Id, text: &str) -> (Vec<(String, String)>, ImportedRows, Vec<Review>) {
    let input = NewPaste {
        product,
        text: text.to_owned(),
        source: "妈妈三群".to_owned(),
        ..NewPaste::default()
    };
    let told = review::split(db, &input, at(NOW)).await.unwrap();
    let done = review::paste(db, &input, &Job::silent(), at(NOW)).await.unwrap();
    assert_eq!(told.new as usize, done.imported.len(), "the preview was right");
    assert_eq!(refused(&told.refused), refused(&done.refused));
    let mut kept = review::list(db, Some(product)).await.unwrap();
    kept.sort_by_key(|one| one.id);
    let pieces = told.pieces.into_iter().map(|one| (one.who, one.text)).collect();
    (pieces, done, kept)
}

fn pairs(pieces: &[(String, String)]) -> Vec<(&str, &str)> {
    pieces
        .iter()
        .map(|(who, text)| (who.as_str(), text.as_str()))
        .collect()
}

#[tokio::test]
async fn a_chat_is_cut_where_names_and_times_stand() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let chat = "小鹿妈妈 2026/11/20 10:23\n这个真的好用\n第二瓶了\n\n李娜 11-20 10:25\n退了，过敏\n阿花 昨天 8:00\n[图片]\n小鹿 妈妈 10:40:02\n还要买\n";
    let (pieces, done, kept) = paste(&db, product, chat).await;
    assert_eq!(
        pairs(&pieces),
        [
            ("小鹿妈妈", "这个真的好用\n第二瓶了"),
            ("李娜", "退了，过敏"),
            ("小鹿 妈妈", "还要买")
        ]
    );
    assert_eq!(refused(&done.refused), [7], "only a picture");
    assert_eq!(
        kept[0].buyer, kept[2].buyer,
        "white space does not make another buyer"
    );
    assert_eq!(kept[0].said_on.unwrap().to_string(), "2026-11-20");
    assert_eq!(kept[1].said_on.unwrap().to_string(), "2026-11-20", "this year's");
    assert_eq!(kept[2].said_on, None, "a day that was not told is not made up");
    assert!(
        kept.iter()
            .all(|one| !one.own && one.source == "妈妈三群" && one.rating.is_none())
    );
    let all = format!("{kept:?}");
    assert!(
        !all.contains("李娜") && !all.contains("小鹿"),
        "no name is kept: {all}"
    );
}

#[tokio::test]
async fn a_comment_section_is_cut_where_the_times_stand() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let text = "小鹿\n真的好用\n闭眼入\n11-20 上海 回复\n阿花\n一般吧\n昨天 广东  回复 3\n只有一句\n2025-03-04北京\n";
    let (pieces, _, kept) = paste(&db, product, text).await;
    assert_eq!(
        pairs(&pieces),
        [("小鹿", "真的好用\n闭眼入"), ("阿花", "一般吧"), ("", "只有一句")]
    );
    assert_eq!(kept[2].said_on.unwrap().to_string(), "2025-03-04");
    assert!(!kept[2].own && kept[2].buyer.is_none());
}

#[tokio::test]
async fn lines_and_blocks_lose_their_names_and_marks_and_nothing_else() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let lines = "1. 小鹿：好用\n2、@阿花：一般 电话13800138000\n优点：便宜\n3.5 分吧，看 https://x.cn\n回复 @小王：对的\n小李\n小李：小李\n李娜：\n[2026-11-03 10:00] 阿花: 再买";
    let (pieces, done, kept) = paste(&db, product, lines).await;
    assert_eq!(
        pairs(&pieces),
        [
            ("小鹿", "好用"),
            ("阿花", "一般 电话***"),
            ("", "优点：便宜"),
            ("", "3.5 分吧，看 https://x.cn"),
            ("", "对的"),
            ("", "小李"),
            ("小李", "小李"),
            ("阿花", "再买"),
        ],
        "{done:?}"
    );
    assert_eq!(kept[1].buyer, kept[7].buyer);

    let blocks = "小鹿：\n好用，\n就是贵\n\n一个人\n说两行\n";
    let other = crate::review::product(&db);
    let input = NewPaste {
        product: other.await,
        text: blocks.to_owned(),
        skip: vec![1],
        ..NewPaste::default()
    };
    let told = review::split(&db, &input, at(NOW)).await.unwrap();
    assert_eq!(told.pieces[0].text, "好用，\n就是贵");
    let done = review::paste(&db, &input, &Job::silent(), at(NOW)).await.unwrap();
    assert_eq!(
        done.imported.len(),
        told.pieces.len() - 1,
        "what is crossed out stays out"
    );
}

#[tokio::test]
async fn what_tells_who_somebody_is_goes_out_of_the_words_with_a_count() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let told = |text: &'static str| {
        let db = db.clone();
        async move {
            let input = NewPaste {
                product,
                text: text.to_owned(),
                ..NewPaste::default()
            };
            let told = review::split(&db, &input, at(NOW)).await.unwrap();
            (told.pieces[0].text.clone(), told.hidden)
        }
    };
    for (text, kept, hidden) in [
        (
            "好用，加我vx: lina-88 或 138 0013 8000",
            "好用，加我vx: *** 或 ***",
            2,
        ),
        ("微信号：LinaWei 有优惠", "微信号：*** 有优惠", 1),
        ("写信 a.b@qq.com", "写信 ***", 1),
        ("寄到幸福路12号3栋402室了", "***了", 1),
        ("谢谢 @小鹿妈妈 推荐", "谢谢 @*** 推荐", 1),
        (
            "微信 really good，2026-11-02 买的，3号色，用了 20 天",
            "微信 really good，2026-11-02 买的，3号色，用了 20 天",
            0,
        ),
        ("在路上用了 3 号色", "在路上用了 3 号色", 0),
    ] {
        assert_eq!(told(text).await, (kept.to_owned(), hidden), "{text}");
    }
}

#[tokio::test]
async fn five_thousand_pasted_lines_go_in_once() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let text: String = (0..5_000)
        .map(|nth| format!("买家{nth}：第 {nth} 次买了，便宜\n"))
        .collect();
    let input = NewPaste {
        product,
        text,
        ..NewPaste::default()
    };
    let done = review::paste(&db, &input, &Job::silent(), at(NOW)).await.unwrap();
    assert_eq!(done.imported.len(), 5_000);
    let again = review::paste(&db, &input, &Job::silent(), at(NOW)).await.unwrap();
    assert_eq!((again.imported.len(), again.duplicates.len()), (0, 5_000));
    let summary = review::summary(&db, Some(product)).await.unwrap();
    assert_eq!((summary.total, summary.buyers), (5_000, 5_000));
    let empty = NewPaste {
        product,
        text: " \n\n ".to_owned(),
        ..NewPaste::default()
    };
    assert_eq!(review::split(&db, &empty, at(NOW)).await.unwrap().rows, 0);
    let endless = NewPaste {
        product,
        text: "好".repeat(4_000_000),
        ..NewPaste::default()
    };
    let error = review::split(&db, &endless, at(NOW)).await.unwrap_err();
    assert_eq!(error.field, Some("text"));
}

/// Work that the window can hand to another thread: every command is.
fn sent<F: Future + Send>(going: F) -> F {
    going
}

/// Ten thousand rows as a shop exports them: every 100th without words, every 50th (other) with six stars, every 10th said twice.
fn ten_thousand() -> (Vec<Vec<String>>, usize, usize, usize) {
    let mut rows = vec![
        ["买家", "评分", "评价内容", "评价时间"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let (mut new, mut known, mut refused) = (0, 0, 0);
    let mut last: Option<Vec<String>> = None;
    for nth in 0..10_000 {
        let row = match nth % 100 {
            0 => vec![
                format!("买家{nth}"),
                "5".into(),
                String::new(),
                "2026-11-01".into(),
            ],
            49 | 99 => vec![
                format!("买家{nth}"),
                "6".into(),
                format!("第 {nth} 条"),
                "2026-11-01".into(),
            ],
            ten if ten % 10 == 5 => last.clone().unwrap(),
            _ => vec![
                format!("买家{nth}"),
                (1 + nth % 5).to_string(),
                format!("第 {nth} 条，便宜好用"),
                format!("2026-10-{:02}", 1 + nth % 28),
            ],
        };
        match nth % 100 {
            0 | 49 | 99 => refused += 1,
            ten if ten % 10 == 5 => known += 1,
            _ => {
                new += 1;
                last = Some(row.clone());
            }
        }
        rows.push(row);
    }
    (rows, new, known, refused)
}

#[tokio::test]
async fn ten_thousand_rows_go_in_once_whatever_the_file_is_and_every_refusal_has_its_row() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let (rows, new, known, bad) = ten_thousand();
    let csv: String = rows.iter().map(|row| row.join(",") + "\n").collect();
    let csv = file(&folder, "一万条.csv", csv.as_bytes());
    let cells: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let sheet = file(&folder, "一万条.xlsx", &xlsx(&cells));

    let told = preview(&db, &csv, product).await;
    let count = |count: usize| i64::try_from(count).unwrap();
    assert_eq!(
        (told.rows, told.new, told.known, told.refused.len()),
        (10_000, count(new), count(known), bad)
    );

    let reports = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = reports.clone();
    let job = Job::new(move |progress| seen.lock().unwrap().push((progress.done, progress.failed)));
    let going = review::import(&db, &csv, product, None, &job, at(NOW));
    let done = sent(going).await.unwrap();
    assert_eq!(
        (done.imported.len(), done.duplicates.len(), done.refused.len()),
        (new, known, bad)
    );
    assert_eq!(
        refused(&done.refused)[..3],
        [2, 51, 101],
        "as a spreadsheet counts them"
    );
    assert_eq!(reports.lock().unwrap().last(), Some(&(10_000, bad as u64)));
    assert_eq!(review::list(&db, Some(product)).await.unwrap().len(), new);
    let summary = review::summary(&db, Some(product)).await.unwrap();
    assert_eq!((summary.total, summary.buyers), (count(new), count(new)));

    // The same once more, and from the other kind of file: nothing is doubled.
    for again in [&csv, &sheet] {
        let done = import(&db, again, product).await;
        assert_eq!(
            (done.imported.len(), done.duplicates.len(), done.refused.len()),
            (0, new + known, bad),
            "{}",
            again.display()
        );
        assert_eq!(refused(&done.refused)[..3], [2, 51, 101]);
    }
    assert_eq!(review::list(&db, Some(product)).await.unwrap().len(), new);
}

#[tokio::test]
async fn ten_thousand_pasted_lines_are_ten_thousand_voices_once() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let text: String = (0..10_000)
        .map(|nth| format!("买家{nth}：第 {nth} 条，好用\n"))
        .collect();
    let input = NewPaste {
        product,
        text,
        source: "妈妈三群".to_owned(),
        skip: vec![1],
    };
    let done = review::paste(&db, &input, &Job::silent(), at(NOW)).await.unwrap();
    assert_eq!(
        (done.imported.len(), done.duplicates.len(), done.refused.len()),
        (9_999, 0, 0),
        "all but the one that was crossed out"
    );
    let done = review::paste(&db, &input, &Job::silent(), at(NOW)).await.unwrap();
    assert_eq!((done.imported.len(), done.duplicates.len()), (0, 9_999));
    let kept = review::list(&db, Some(product)).await.unwrap();
    assert!(
        kept.iter()
            .all(|one| one.source == "妈妈三群" && !one.text.contains("买家"))
    );
}

#[tokio::test]
async fn a_cancelled_import_keeps_whole_batches_and_goes_on_where_it_stopped() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let (rows, new, _, _) = ten_thousand();
    let csv: String = rows.iter().map(|row| row.join(",") + "\n").collect();
    let csv = file(&folder, "一万条.csv", csv.as_bytes());
    let slot = std::sync::Arc::new(std::sync::OnceLock::<Job>::new());
    let own = slot.clone();
    let job = Job::new(move |progress| {
        if progress.done >= 400 {
            own.get().unwrap().cancel();
        }
    });
    slot.set(job.clone()).ok().unwrap();
    let some = review::import(&db, &csv, product, None, &job, at(NOW))
        .await
        .unwrap();
    let (taken, known) = (some.imported.len(), some.duplicates.len());
    assert_eq!(taken + known + some.refused.len(), 400, "whole batches");
    let done = import(&db, &csv, product).await;
    assert_eq!(done.imported.len(), new - taken, "and then the rest");
    assert_eq!(review::list(&db, Some(product)).await.unwrap().len(), new);
}

#[tokio::test]
async fn a_copied_comment_section_gives_words_without_names_and_places() {
    let (_folder, db) = workspace().await;
    let expected = [("小美爱吃", "很好用，回购了"), ("大壮", "洗完紧绷")];
    for text in [
        "小美爱吃\n很好用，回购了\n昨天 21:30 上海 回复\n\n大壮\n洗完紧绷\n今天 10:21 江苏 回复",
        "小美爱吃\n很好用，回购了\n昨天 21:30 上海 回复\n大壮\n洗完紧绷\n今天 10:21 江苏 回复\n",
        "小美爱吃\n\n很好用，回购了\n\n昨天 21:30 上海\n回复\n12\n\n大壮\n作者\n洗完紧绷\n今天 10:21 江苏\n赞\n回复\n",
        "共 32 条评论\n小美爱吃\n很好用，回购了\n赞\n12\n11-20上海\n赞\n回复\n展开 3 条回复\n大壮\n洗完紧绷\n3 天前 江苏\n999+\n",
        "小美爱吃\n很好用，回购了\n2026-11-20 21:30\n大壮\n洗完紧绷\n2026-11-20\n",
        "小美爱吃\n很好用，回购了\n昨天 21:30\n大壮\n洗完紧绷\n3天前\n",
        "小美爱吃\n很好用，回购了\n编辑于 昨天 21:30 IP属地：上海\n大壮\n洗完紧绷\n今天 10:21 · 江苏",
        "小美爱吃\n很好用，回购了\n上海 昨天 21:30\n大壮\n洗完紧绷\n江苏 今天 10:21",
        "小美爱吃\n很好用，回购了\n昨天 21:30 丽江 回复\n大壮\n回复 小美爱吃 : 洗完紧绷\n周三 10:21 日本 回复 2",
        "小美爱吃\n11-20 21:30\n很好用，回购了\n大壮\n作者\n昨天 10:21\n洗完紧绷\n赞\n回复\n",
        "t**8\n2026年11月01日 颜色分类：白色\n真的不错\n\n小**鹿\n2026年11月01日\n颜色分类：白色\n",
        "t**8\n2026年11月01日颜色分类:白色;容量:30ml\n一般\n第二瓶\n匿名用户\n2026-10-30 已购：两瓶 30ml\n还行\n",
    ] {
        let product = crate::review::product(&db).await;
        let (pieces, done, kept) = paste(&db, product, text).await;
        match text.starts_with("t**8") {
            false => assert_eq!(pairs(&pieces), expected, "{text}\n{done:?}"),
            true => {
                assert_eq!(pieces[0].0, "t**8", "{text}");
                assert!(
                    ["真的不错", "一般\n第二瓶"].contains(&pieces[0].1.as_str()),
                    "{pieces:?}"
                );
                assert_eq!(kept[0].said_on.unwrap().to_string(), "2026-11-01");
            }
        }
        let words: Vec<&str> = kept.iter().map(|one| one.text.as_str()).collect();
        let words = words.concat();
        for name in ["小美", "大壮", "上海", "江苏", "t**8", "匿名用户", "小**鹿"] {
            assert!(!words.contains(name), "{name} of {text}: {words}");
        }
        assert!(
            kept.iter()
                .all(|one| one.buyer.is_some() || one.text.contains("颜色")),
            "{kept:?}"
        );
    }
}

#[tokio::test]
async fn what_only_looks_like_a_time_or_a_button_stays_among_the_words() {
    let (_folder, db) = workspace().await;
    let cases: [(&str, &[(&str, &str)]); 11] = [
        // One line, one voice: none of these is a comment section.
        (
            "好用\n赞\n12\n回复慢\n作者\n",
            &[("", "好用"), ("", "赞"), ("", "12"), ("", "回复慢"), ("", "作者")],
        ),
        (
            "昨天 刚到 还没用\n11-20 买的 很好用\n3 天前买的，好用\n",
            &[
                ("", "昨天 刚到 还没用"),
                ("", "买的 很好用"),
                ("", "3 天前买的，好用"),
            ],
        ),
        // 「赞」 and a count can be all that somebody said.
        (
            "小美\n赞\n昨天 21:30 上海 回复\n大壮\n打几分\n10\n今天 10:21 江苏 回复",
            &[("小美", "赞"), ("大壮", "打几分\n10")],
        ),
        // A name that no name looks like, among others that do.
        (
            "小美\n好用\n11-20 上海 回复\n阿花\n一般\n11-20 上海 回复\n叮叮当！\n还行\n11-20 上海 回复",
            &[("小美", "好用"), ("阿花", "一般"), ("叮叮当！", "还行")],
        ),
        // The first comment was copied without its name, the last one without its time.
        (
            "真不错！\n会再买\n11-20 上海 回复\n阿花\n一般\n11-20 上海 回复\n小李\n一般吧\n11-20 上海 回复\n大壮\n还没用",
            &[
                ("", "真不错！\n会再买"),
                ("阿花", "一般"),
                ("小李", "一般吧"),
                ("大壮", "还没用"),
            ],
        ),
        (
            "小美\n今天上海下雨\n昨天 21:30 买的，很快\n11-20 到货\n昨天 21:30 上海 回复",
            &[("小美", "今天上海下雨\n昨天 21:30 买的，很快\n11-20 到货")],
        ),
        (
            "昨天 21:30\n小鹿：好用\n今天 8:00\n阿花：一般",
            &[("小鹿", "好用"), ("阿花", "一般")],
        ),
        (
            "小美爱吃 昨天 21:30 上海\n好用\n大壮 11-20 10:21 江苏\n一般",
            &[("小美爱吃", "好用"), ("大壮", "一般")],
        ),
        ("收件人：王小明\n好用", &[("", "收件人：***"), ("", "好用")]),
        (
            "小鹿 昨天 21:30\n作者回复很快\n阿花 10:21\n颜色分类：白色 好看",
            &[("小鹿", "作者回复很快"), ("阿花", "白色 好看")],
        ),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let product = crate::review::product(&db).await;
        let (pieces, done, _) = paste(&db, product, text).await;
        assert_eq!(pairs(&pieces), expected, "{text}\n{done:?}");
    }
}

#[test]
fn an_address_is_hidden_whole_and_words_that_end_like_one_are_not() {
    for (text, kept, hidden) in [
        ("地址上海市浦东新区世纪大道100号3栋", "地址***", 1),
        (
            "我家地址：上海市浦东新区世纪大道100号3栋502室，收件人 王小明",
            "我家地址：***，收件人 ***",
            2,
        ),
        (
            "寄到上海市 浦东新区 世纪大道 100号 3栋 2单元 502室 收到了",
            "寄到*** 收到了",
            1,
        ),
        ("住在天津市和平区滨江道12号，好用", "住在***，好用", 1),
        ("北京市东城区菊儿胡同7号", "***", 1),
        (
            "杭州市西湖区文三路 100 号 金地大厦 3 号楼 1201，室友也用",
            "*** ***，室友也用",
            2,
        ),
        ("阳光小区3栋2单元502好用", "***好用", 1),
        ("幸福公寓A座1203室", "***", 1),
        ("幸福花园12号楼", "***", 1),
        ("万科城3号楼502室", "***", 1),
        ("永安里3号楼502室", "***", 1),
        ("阳光小区三栋五零二室", "***", 1),
        (
            "收货人：Lina，联系人王小明电话13800138000",
            "收货人：***，联系人***电话***",
            3,
        ),
    ] {
        let (clean, count) = caoben::buyer::clean(text);
        assert_eq!((clean.as_str(), count), (kept, hidden), "{text}");
    }
    for text in [
        "不知道3号还是5号色好",
        "味道 2 号最好，1号太甜",
        "跑了10公里 3 号脚不疼",
        "心里有数，心里 3 号最好",
        "在城里 5 号店买的",
        "房子里3室2厅都能用",
        "盒子里 2 号 3 号都漏了",
        "商城3楼买的",
        "我们小区 3 号团长推荐",
        "超市里3号货架",
        "县城3号店",
        "这条路走了 3 公里",
        "一路 2 个人都说好",
        "园 3 天",
        "小区12天就到了",
        "地址写错了，3 号才发",
        "联系人工客服 3 次",
        "收件人写错了",
        "联系人周末不在",
        "11 月 3 号到的，用了 20 天，2 号色",
    ] {
        assert_eq!(caoben::buyer::clean(text), (text.to_owned(), 0));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 40, ..Default::default() })]

    #[test]
    fn names_over_comments_never_stay_and_their_words_do(
        comments in proptest::collection::vec((
            proptest::sample::select(vec!["小美爱吃", "momo", "大壮_88", "🌸阿花🌸", "小**鹿", "Lina Wei"]),
            proptest::sample::select(vec!["很好用，回购了", "赞", "洗完紧绷\n不会再买", "昨天刚到", "12", "3 天就好了！"]),
            proptest::sample::select(vec!["昨天", "今天", "3 天前", "11-20", "2026-11-20", "5分钟前"]),
            proptest::sample::select(vec!["", " 21:30"]),
            proptest::sample::select(vec!["", " 上海", " IP属地：江苏", "浙江"]),
            proptest::sample::select(vec!["", " 回复", "\n回复", "\n赞\n12\n回复", "\n12", "\n\n", "\n展开 3 条回复\n"]),
        ), 2..8)
    ) {
        let text: String = comments
            .iter()
            .map(|(who, said, day, clock, place, under)| format!("{who}\n{said}\n{day}{clock}{place}{under}\n"))
            .collect();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let pieces = runtime.block_on(async {
            let (_folder, db) = workspace().await;
            let product = product(&db).await;
            let input = NewPaste { product, text: text.clone(), ..NewPaste::default() };
            review::split(&db, &input, at(NOW)).await.unwrap().pieces
        });
        let told: Vec<_> = pieces.iter().map(|one| (one.who.as_str(), one.text.as_str())).collect();
        let expected: Vec<_> = comments.iter().map(|(who, said, ..)| (*who, *said)).collect();
        proptest::prop_assert_eq!(told, expected, "{}", text);
    }
}

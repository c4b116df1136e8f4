//! The pictures of a bundle, at the channel's size, numbered so that every file dialog keeps their order.

use std::thread::available_parallelism;

use futures_util::{StreamExt, TryStreamExt, stream};

use super::{contents::File, sheet::Sheet};
use crate::{
    channel::ImageRule,
    db::Db,
    error::{Error, Result},
    job::{Job, Progress},
    photo::{Fit, Frame},
    retouch,
    value::Id,
};

/// Where a platform has no size of its own, no side is longer than this: larger than any phone shows, small enough to send.
const SIDE: u32 = 1920;

/// The file name of the picture at a place, from 0.
pub(super) fn name(at: usize) -> String {
    format!("{:02}.jpg", at + 1)
}

/// The frame of a channel's pictures.
fn frame(rule: Option<&ImageRule>) -> Frame {
    let (width, height, fit) = match rule {
        Some(rule) => (rule.width, rule.height, rule.fit.as_str()),
        None => (SIDE, SIDE, "inside"),
    };
    let fit = match fit {
        "inside" => Fit::Inside,
        "pad" => Fit::Pad,
        _ => Fit::Crop,
    };
    Frame {
        width: Some(width),
        height: Some(height),
        fit,
    }
}

/// Renders photos in order, edited as the channel gets them, and covers of the first where they are wanted; as many at a time as there are cores.
pub(super) async fn pictures(db: &Db, sheet: &Sheet, job: &Job) -> Result<Vec<File>> {
    let (channel, photos) = (sheet.channel.id, &sheet.rendered.photos);
    let padded = |id: &Id| sheet.rendered.padded.contains(id);
    let mut wanted: Vec<(String, Id, Frame)> = photos
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let mut frame = frame(sheet.rules.images.as_ref());
            if frame.fit == Fit::Crop && padded(id) {
                frame.fit = Fit::Pad;
            }
            (name(at), *id, frame)
        })
        .collect();
    if let Some(first) = photos.first() {
        wanted.extend(sheet.rules.covers.iter().map(|cover| {
            let frame = Frame {
                width: Some(cover.width),
                height: Some(cover.height),
                fit: Fit::Crop,
            };
            (cover.file.clone(), *first, frame)
        }));
    }
    let total = Some(wanted.len() as u64);
    let cores = available_parallelism().map_or(2, usize::from);
    stream::iter((1_u64..).zip(wanted))
        .map(|(done, (name, id, frame))| async move {
            job.check()?;
            let bytes = retouch::render(db, id, frame, Some(channel))
                .await
                .map_err(|error| named(error, &name, id))?;
            job.report(Progress {
                done,
                total,
                failed: 0,
                note: format!("正在生成图片 {name}"),
            });
            Ok(File { path: name, bytes })
        })
        .buffered(cores)
        .try_collect()
        .await
}

/// The same error, with the picture that it is about.
fn named(error: Error, file: &str, photo: Id) -> Error {
    let message = format!("图片 {file}（素材 {photo}）没有做成：{}", error.message);
    let (code, field) = (error.code, error.field);
    let mut named = Error::new(code, message).because(error);
    named.field = field;
    named
}

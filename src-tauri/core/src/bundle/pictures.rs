//! The pictures of a bundle, at the channel's size, numbered so that every file dialog keeps their order.

use std::thread::available_parallelism;

use futures_util::{StreamExt, TryStreamExt, stream};

use super::contents::File;
use crate::{
    channel::ImageRule,
    db::Db,
    error::Result,
    job::{Job, Progress},
    photo::{Fit, Frame},
    retouch,
    value::Id,
};

/// Where a platform has no size of its own, no side is longer than this: larger than any phone shows, small enough to send.
const SIDE: u32 = 1920;
/// The two covers that 公众号 asks for: 2.35:1 (900×383) and 1:1. (Facts "wechat html" §1.)
const COVERS: [(&str, u32, u32); 2] = [("cover-1x1.jpg", 900, 900), ("cover-235x100.jpg", 900, 383)];

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
pub(super) async fn pictures(
    db: &Db,
    channel: Id,
    photos: &[Id],
    rule: Option<&ImageRule>,
    covers: bool,
    job: &Job,
) -> Result<Vec<File>> {
    let mut wanted: Vec<(String, Id, Frame)> = photos
        .iter()
        .enumerate()
        .map(|(at, id)| (name(at), *id, frame(rule)))
        .collect();
    if let Some(first) = photos.first().filter(|_| covers) {
        wanted.extend(COVERS.map(|(name, width, height)| {
            let frame = Frame {
                width: Some(width),
                height: Some(height),
                fit: Fit::Crop,
            };
            (name.to_owned(), *first, frame)
        }));
    }
    let total = Some(wanted.len() as u64);
    let cores = available_parallelism().map_or(2, usize::from);
    stream::iter((1_u64..).zip(wanted))
        .map(|(done, (name, id, frame))| async move {
            job.check()?;
            let bytes = retouch::render(db, id, frame, Some(channel)).await?;
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

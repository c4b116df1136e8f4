import type { Photo } from "../ipc";
import { msToDay } from "../kit";

/** The civil day a photo belongs to: where the camera was when it was taken, else the day it came in. */
export const dayOf = (photo: Pick<Photo, "taken_at" | "created_at">): string => photo.taken_at?.slice(0, 10) ?? msToDay(Date.parse(photo.created_at));

/** One line of the wall: the head of a day, or up to `columns` photos of it; `from` counts in the list of photos. */
export type Row = { kind: "day"; day: string; from: number; count: number } | { kind: "tiles"; from: number; count: number };

/** Photos (newest first) as lines of the wall. */
export function rowsOf(photos: readonly Photo[], columns: number): Row[] {
  const rows: Row[] = [];
  let from = 0;
  while (from < photos.length) {
    const first = photos[from];
    if (!first) break;
    const day = dayOf(first);
    let end = from + 1;
    for (let next = photos[end]; next && dayOf(next) === day; next = photos[++end]);
    rows.push({ kind: "day", day, from, count: end - from });
    for (let at = from; at < end; at += columns) rows.push({ kind: "tiles", from: at, count: Math.min(columns, end - at) });
    from = end;
  }
  return rows;
}

/** Where an arrow key leads from photo `at`: a column keeps its column, a short line takes its last photo. */
export function step(rows: readonly Row[], at: number, key: string): number {
  if (key === "ArrowLeft") return Math.max(0, at - 1);
  const lines = rows.filter((row) => row.kind === "tiles");
  const last = lines.at(-1);
  const end = last ? last.from + last.count - 1 : 0;
  if (key === "ArrowRight") return Math.min(end, at + 1);
  if (key === "Home") return 0;
  if (key === "End") return end;
  const line = lines.findIndex((row) => at >= row.from && at < row.from + row.count);
  const here = lines[line];
  const there = lines[line + (key === "ArrowDown" ? 1 : -1)];
  if (!here || !there) return at;
  return there.from + Math.min(at - here.from, there.count - 1);
}

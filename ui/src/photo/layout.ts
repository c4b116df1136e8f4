import type { Wall, WallDay } from "../ipc";

/** Where every day and every line of tiles of a wall lies: as many numbers as there are days, however many photos they have. */
export type Layout = {
  days: readonly WallDay[];
  columns: number;
  /** Height of a day's head, and of a line of tiles with the gap under it, in px. */
  head: number;
  line: number;
  /** Of each day and, last, of the end: its first photo, the first of its lines of tiles, and its upper edge. */
  firsts: number[];
  lines: number[];
  tops: number[];
};

/** One line of the wall: the head of a day, or up to `columns` photos of it. `nth` counts days, or lines of tiles; `from` counts photos. */
export type Line = { kind: "day" | "tiles"; nth: number; from: number; count: number; top: number };

export function layoutOf(days: readonly WallDay[], columns: number, head: number, line: number): Layout {
  const firsts = [0], lines = [0], tops = [0];
  let photo = 0, row = 0, top = 0;
  for (const day of days) {
    const rows = Math.ceil(day.count / columns);
    firsts.push(photo += day.count);
    lines.push(row += rows);
    tops.push(top += head + rows * line);
  }
  return { days, columns, head, line, firsts, lines, tops };
}

const last = (values: readonly number[]) => values[values.length - 1] ?? 0;
export const heightOf = (layout: Layout) => last(layout.tops);
export const countOf = (layout: Layout) => last(layout.firsts);

/** The last of the rising `values` that is not above `value`; the very last one is an end and no answer. */
function floor(values: readonly number[], value: number): number {
  let low = 0, high = values.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** The day that lies at a height, and the day a photo belongs to. */
export const dayAt = (layout: Layout, y: number) => floor(layout.tops, y);
export const dayOfNth = (layout: Layout, nth: number) => floor(layout.firsts, nth);

/** Every line that shows between two heights. */
export function linesBetween(layout: Layout, from: number, to: number): Line[] {
  const found: Line[] = [];
  const { columns, head, line } = layout;
  for (let day = dayAt(layout, from); day < layout.days.length; day++) {
    const top = layout.tops[day] ?? 0;
    if (top > to) break;
    const first = layout.firsts[day] ?? 0;
    const count = layout.days[day]?.count ?? 0;
    if (top + head > from) found.push({ kind: "day", nth: day, from: first, count, top });
    const rows = Math.ceil(count / columns);
    const begin = Math.max(0, Math.floor((from - top - head) / line));
    const end = Math.min(rows, Math.ceil((to - top - head) / line));
    for (let row = begin; row < end; row++) {
      found.push({ kind: "tiles", nth: (layout.lines[day] ?? 0) + row, from: first + row * columns, count: Math.min(columns, count - row * columns), top: top + head + row * line });
    }
  }
  return found;
}

/** The upper edge of the line photo `nth` stands in, and its column. */
export function placeOf(layout: Layout, nth: number): { top: number; column: number } {
  const day = dayOfNth(layout, nth);
  const inside = nth - (layout.firsts[day] ?? 0);
  return { top: (layout.tops[day] ?? 0) + layout.head + Math.floor(inside / layout.columns) * layout.line, column: inside % layout.columns };
}

/** The photo at a height and column, or the last one of its line; below a head, the first line of that day. */
function nthAt(layout: Layout, y: number, column: number): number {
  const day = dayAt(layout, y);
  const count = layout.days[day]?.count ?? 0;
  const row = Math.max(0, Math.min(Math.ceil(count / layout.columns) - 1, Math.floor((y - (layout.tops[day] ?? 0) - layout.head) / layout.line)));
  return (layout.firsts[day] ?? 0) + Math.min(count - 1, row * layout.columns + column);
}

/** Where a key leads from photo `at`: a column keeps its column, a short line takes its last photo, a page is `page` px. */
export function step(layout: Layout, at: number, key: string, page: number): number {
  const end = Math.max(0, countOf(layout) - 1);
  if (key === "ArrowLeft") return Math.max(0, at - 1);
  if (key === "ArrowRight") return Math.min(end, at + 1);
  if (key === "Home") return 0;
  if (key === "End") return end;
  const { top, column } = placeOf(layout, at);
  const bottom = heightOf(layout);
  // The line above may lie across the head of this day; a height just over this line's edge is in it either way.
  const day = dayOfNth(layout, at);
  const up = top === (layout.tops[day] ?? 0) + layout.head ? (layout.tops[day] ?? 0) - 1 : top - 1;
  if (key === "ArrowUp") return up < 0 ? at : nthAt(layout, up, column);
  if (key === "ArrowDown") return top + layout.line >= bottom ? at : nthAt(layout, top + layout.line, column);
  if (key === "PageUp") return top - page < 0 ? Math.min(at, column) : nthAt(layout, top - page, column);
  return top + page >= bottom ? end : nthAt(layout, top + page, column);
}

/** Photos that a box (px from the upper left of the wall's content; a column is `wide` px) touches. */
export function touched(layout: Layout, box: { left: number; right: number; top: number; bottom: number }, wide: number, gap: number): number[] {
  const first = Math.max(0, Math.floor((box.left + gap) / wide));
  const end = Math.min(layout.columns - 1, Math.floor(box.right / wide));
  return linesBetween(layout, box.top, box.bottom).flatMap((line) => line.kind === "day" || line.top + layout.line - gap < box.top || line.top > box.bottom ? []
    : Array.from({ length: Math.max(0, Math.min(end, line.count - 1) - first + 1) }, (_, nth) => line.from + first + nth));
}

/** A wall with some photos left out: those that are chosen already. */
export function without(wall: Wall, except: readonly number[]): Wall {
  const out = new Set(except);
  if (!wall.ids.some((id) => out.has(id))) return wall;
  const stays = wall.ids.map((id) => !out.has(id));
  let from = 0;
  const days = wall.days.map((day) => ({ ...day, count: stays.slice(from, from += day.count).filter(Boolean).length })).filter((day) => day.count > 0);
  return { ...wall, ids: wall.ids.filter((_, nth) => stays[nth]), marks: wall.marks.filter((_, nth) => stays[nth]), days };
}

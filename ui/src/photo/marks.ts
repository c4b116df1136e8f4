import type { PhotoPatch, Source, Wall } from "../ipc";
import { sources } from "./words";

/** What a tile shows before anything else is known of its photo: the wall's `marks`, one number per photo, taken apart. */
export type Mark = { rating: number; pick: number; kind: "picture" | "clip" | "file"; source: Source; used: boolean; made: boolean; moving: boolean };

/** The bits are those of `Wall.marks` in the core. */
export const markOf = (bits: number): Mark => ({
  rating: bits & 7, pick: bits & 8 ? 1 : bits & 16 ? -1 : 0, kind: bits & 32 ? "clip" : bits & 64 ? "file" : "picture",
  source: sources[(bits >> 7) & 3] ?? "own", used: Boolean(bits & 512), made: Boolean(bits & 1024), moving: Boolean(bits & 2048),
});

/** The wall as it is after an edit, before the core has said so: a rating must be seen with the key that gives it. */
export function patched(wall: Wall, ids: readonly number[], patch: PhotoPatch): Wall {
  const given = (mark: number) => {
    let now = mark;
    if (typeof patch.rating === "number") now = (now & ~7) | patch.rating;
    if (typeof patch.pick === "number") now = (now & ~24) | (patch.pick > 0 ? 8 : patch.pick < 0 ? 16 : 0);
    if (patch.source) now = (now & ~384) | (sources.indexOf(patch.source) << 7);
    return now;
  };
  const marks = wall.marks.slice();
  const put = (nth: number) => { const mark = marks[nth]; if (mark !== undefined) marks[nth] = given(mark); };
  if (ids.length <= 20) for (const id of ids) put(wall.ids.indexOf(id));
  else {
    const some = new Set(ids);
    wall.ids.forEach((id, nth) => { if (some.has(id)) put(nth); });
  }
  return { ...wall, marks };
}

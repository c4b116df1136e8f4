import type { Carried, Edits as Wire, Hidden as WireStroke, Ink, MarkKind, Spot, Tone as WireTone, Veil } from "../ipc";

/** A place in shares of the upright original, 0–1 from its left and top. */
export type Point = [number, number];
export type Crop = { x: number; y: number; width: number; height: number };
export type Tone = Required<WireTone>;
export type Stroke = { veil: Veil; radius: number; points: Point[] };
export type Mark = { kind: MarkKind; from: Point; to: Point; text: string; ink: Ink; plate: boolean; size: number };
export type Watermark = { text: string; place: Spot; ink: Ink; size: number; opacity: number };

/** Everything done to a photo, as the core means it: see `core/src/retouch/mod.rs`. */
export type Edits = { turns: number; flip: boolean; straighten: number; crop: Crop | null; tone: Tone; hidden: Stroke[]; marks: Mark[]; watermark: Watermark | null };

export const noTone: Tone = { exposure: 0, contrast: 0, highlights: 0, shadows: 0, temperature: 0, tint: 0, saturation: 0 };
export const untouched: Edits = { turns: 0, flip: false, straighten: 0, crop: null, tone: noTone, hidden: [], marks: [], watermark: null };
export const whole: Crop = { x: 0, y: 0, width: 1, height: 1 };
export const newWatermark: Watermark = { text: "", place: "bottom_right", ink: "white", size: 0.04, opacity: 60 };

/** Every field there, every number a number: what comes over the wire may leave out what does nothing. */
export function full(wire: Wire): Edits {
  const point = (at?: [number | null, number | null]): Point => [at?.[0] ?? 0, at?.[1] ?? 0];
  const stroke = ({ veil, radius, points }: WireStroke): Stroke => ({ veil, radius: radius ?? 0.03, points: points.map(point) });
  const { crop, watermark } = wire;
  return {
    turns: wire.turns ?? 0, flip: wire.flip ?? false, straighten: wire.straighten ?? 0,
    crop: crop ? { x: crop.x ?? 0, y: crop.y ?? 0, width: crop.width ?? 1, height: crop.height ?? 1 } : null,
    tone: { ...noTone, ...wire.tone },
    hidden: (wire.hidden ?? []).map(stroke),
    marks: (wire.marks ?? []).map((mark) => ({ kind: mark.kind ?? "arrow", from: point(mark.from), to: point(mark.to), text: mark.text ?? "", ink: mark.ink ?? "white", plate: mark.plate ?? false, size: mark.size ?? 0.05 })),
    watermark: watermark ? { ...newWatermark, ...watermark, size: watermark.size ?? newWatermark.size } : null,
  };
}

export const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
export const isUntouched = (edits: Edits) => same(edits, untouched);

/** The way back and forth of one sitting. `live` is what a gesture shows before it ends. */
export type Sitting = { past: Edits[]; now: Edits; future: Edits[]; live: Edits | null };
export type Step = { do: "live" | "change"; edits: Edits } | { do: "settle" | "undo" | "redo" } | { do: "begin"; edits: Edits };
const most = 200;

export const begin = (edits: Edits): Sitting => ({ past: [], now: edits, future: [], live: null });

/** A gesture is one step: it is shown while it lasts and kept when it settles. */
export function step(was: Sitting, act: Step): Sitting {
  switch (act.do) {
    case "begin": return begin(act.edits);
    case "live": return { ...was, live: act.edits };
    case "settle": return was.live ? step({ ...was, live: null }, { do: "change", edits: was.live }) : was;
    case "change":
      if (same(was.now, act.edits)) return { ...was, live: null };
      return { past: [...was.past, was.now].slice(-most), now: act.edits, future: [], live: null };
    case "undo": {
      const before = was.past.at(-1);
      return before ? { past: was.past.slice(0, -1), now: before, future: [was.now, ...was.future], live: null } : { ...was, live: null };
    }
    case "redo": {
      const [after, ...rest] = was.future;
      return after ? { past: [...was.past, was.now], now: after, future: rest, live: null } : was;
    }
  }
}

/** What a tool shows under its own controls: the crop frame lies on the whole picture, marks being drawn on one without marks. */
export const withoutShape = (edits: Edits): Edits => ({ ...untouched, tone: edits.tone, hidden: edits.hidden });
export const withoutMarks = (edits: Edits): Edits => ({ ...edits, marks: [] });

export type { Carried, Ink, MarkKind, Spot, Veil };

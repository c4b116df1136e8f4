import { useCallback, useRef, useState } from "react";
import type { CompositionKind, CompositionLook, CompositionPlace, CompositionSlot, CompositionSpec, CompositionTemplate, Ratio } from "../ipc";

export type Slot = Required<CompositionSlot> & { zoom: number };
/** Where a photo stands; the core's figures are always there. */
export type Place = Record<keyof CompositionPlace, number>;
export const placeOf = (place: CompositionPlace): Place => ({ slot: place.slot, x: place.x ?? 0, y: place.y ?? 0, width: place.width ?? 0, height: place.height ?? 0, ratio: place.ratio ?? 1, focus_x: place.focus_x ?? 0.5, focus_y: place.focus_y ?? 0.5 });
export type Look = Required<CompositionLook>;
/** A composition's document with nothing left out. */
export type Doc = Required<Omit<CompositionSpec, "slots" | "look">> & { slots: Slot[]; look: Look };

export const slotOf = (slot: CompositionSlot = {}): Slot => ({ photo: slot.photo ?? null, text: slot.text ?? "", x: slot.x ?? null, y: slot.y ?? null, zoom: slot.zoom ?? 1 });
const lookOf = (look: CompositionLook = {}): Look => ({ gap: look.gap ?? null, radius: look.radius ?? null, margin: look.margin ?? null, ground: look.ground ?? null, accent: look.accent ?? null, undated: look.undated ?? false });

/** Fills in what a kept document of an earlier version did not know yet. */
export const docOf = (spec: CompositionSpec): Doc => ({
  template: spec.template ?? "", ratio: spec.ratio ?? "3:4", slots: (spec.slots ?? []).map(slotOf),
  title: spec.title ?? "", subtitle: spec.subtitle ?? "", body: spec.body ?? "", footer: spec.footer ?? "", look: lookOf(spec.look),
});

/** A new document with these photos, of a kind, else: a text card without any, a cover of one, a grid of up to nine, a long picture of more. */
export function begin(photos: readonly number[], templates: readonly CompositionTemplate[], wished?: CompositionKind): Doc {
  const kind = wished ?? (photos.length === 0 ? "card" : photos.length === 1 ? "cover" : photos.length <= 9 ? "grid" : "long");
  const doc = docOf({ slots: photos.map((photo) => ({ photo })) });
  return withKind(doc, kind, templates);
}

export const photosOf = (doc: Doc): number[] => doc.slots.flatMap((slot) => slot.photo ?? []);

/** The templates of a kind that these photos can fill; a grid's places are as many as the photos. */
export function fitting(kind: CompositionKind, count: number, templates: readonly CompositionTemplate[]): CompositionTemplate[] {
  const of = templates.filter((template) => template.kind === kind);
  if (kind !== "grid") return of;
  const places = Math.min(9, Math.max(2, count));
  return of.filter((template) => template.most === places);
}

/** Shown as another kind: the photos and words stay, places are added where there are too few. */
export function withKind(doc: Doc, kind: CompositionKind, templates: readonly CompositionTemplate[]): Doc {
  const count = photosOf(doc).length;
  const some = fitting(kind, count, templates);
  const best = kind === "pair" ? some.filter((template) => template.most <= Math.max(2, count)).at(-1)?.most : undefined;
  const template = some.find((one) => best === undefined || one.most === best) ?? some[0];
  return template ? withTemplate(doc, template) : doc;
}

export function withTemplate(doc: Doc, template: CompositionTemplate): Doc {
  // Empty places of another layout go, empty places of this one come; texts of long pictures stay where they are.
  const slots = template.kind === "long" ? doc.slots.filter((slot) => slot.photo !== null || slot.text) : doc.slots.filter((slot) => slot.photo !== null);
  while (slots.length < template.least) slots.push(slotOf());
  return { ...doc, template: template.id, slots };
}

/** Puts two slots in each other's place, each with its own words; panning belongs to the place it was made in and goes. */
export function swapped(doc: Doc, from: number, to: number): Doc {
  const [a, b] = [doc.slots[from], doc.slots[to]];
  if (!a || !b || from === to) return doc;
  return { ...doc, slots: doc.slots.map((slot, nth) => (nth === from ? { ...b, x: null, y: null, zoom: 1, text: a.text } : nth === to ? { ...a, x: null, y: null, zoom: 1, text: b.text } : slot)) };
}

/** Moves a block of a long picture, words and all. */
export function moved(doc: Doc, from: number, to: number): Doc {
  const slots = [...doc.slots];
  const [block] = slots.splice(from, 1);
  if (!block || to < 0 || to > slots.length) return doc;
  slots.splice(to, 0, block);
  return { ...doc, slots };
}

export const withSlot = (doc: Doc, nth: number, part: Partial<Slot>): Doc => ({ ...doc, slots: doc.slots.map((slot, at) => (at === nth ? { ...slot, ...part } : slot)) });

/** Photos more: into empty places first, then behind; a grid grows with them. */
export function added(doc: Doc, photos: readonly number[], templates: readonly CompositionTemplate[], into?: number): Doc {
  const rest = [...photos];
  const slots = doc.slots.map((slot, nth) => (rest.length && (nth === into || (into === undefined && slot.photo === null && !slot.text)) ? { ...slotOf(), text: slot.text, photo: rest.shift() ?? null } : slot));
  slots.push(...rest.map((photo) => slotOf({ photo })));
  return grown({ ...doc, slots }, templates);
}

/** A grid whose photos are more or fewer than its places gets the first layout that has as many. */
export function grown(doc: Doc, templates: readonly CompositionTemplate[]): Doc {
  const now = templates.find((template) => template.id === doc.template);
  const count = photosOf(doc).length;
  if (now?.kind !== "grid" || count === now.most || count < 2 || count > 9) return doc;
  const next = fitting("grid", count, templates)[0];
  return next ? withTemplate(doc, next) : doc;
}

export const ratios: Record<Ratio, number> = { "3:4": 3 / 4, "1:1": 1, "9:16": 9 / 16, "4:3": 4 / 3 };

/** Where a photo lies in a place of `width` × `height`: the core's own reckoning, for what moves under the hand. */
export function lie(width: number, height: number, ratio: number, view: { x: number; y: number; zoom: number }) {
  const across = Math.max(width, height * ratio) * view.zoom;
  const down = across / ratio;
  const start = (at: number, room: number, whole: number) => Math.min(0, Math.max(room - whole, room / 2 - at * whole));
  return { across, down, left: start(view.x, width, across), top: start(view.y, height, down) };
}

/** The document with undo; changes of one sort in a row are one step. */
export function useHistory(first: Doc) {
  const [state, setState] = useState({ past: [] as Doc[], now: first, future: [] as Doc[] });
  const last = useRef({ sort: "", at: 0 });
  const change = useCallback((next: (doc: Doc) => Doc, sort = "") => {
    const at = Date.now();
    const same = sort !== "" && last.current.sort === sort && at - last.current.at < 1200;
    last.current = { sort, at };
    setState(({ past, now }) => ({ past: same && past.length ? past : [...past.slice(-99), now], now: next(now), future: [] }));
  }, []);
  const undo = useCallback(() => { last.current.sort = ""; setState((was) => { const now = was.past.at(-1); return now ? { past: was.past.slice(0, -1), now, future: [was.now, ...was.future] } : was; }); }, []);
  const redo = useCallback(() => setState((was) => { const [now, ...future] = was.future; return now ? { past: [...was.past, was.now], now, future } : was; }), []);
  return { doc: state.now, change, undo, redo, canUndo: state.past.length > 0, canRedo: state.future.length > 0 };
}

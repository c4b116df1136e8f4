import type { Composition, CompositionPreview, CompositionSpec, CompositionTemplate, Photo } from "../ipc";
import { photoUrl } from "../ipc";
import type { Preview } from "../ipc/fake";
import type { Place } from "./doc";

const look = { gap: 8, radius: 0, margin: 0, ground: "#FFFFFF", accent: "#3F7D4E", undated: false };
const layouts: [id: string, kind: CompositionTemplate["kind"], name: string, english: string, areas: string[]][] = [
  ["grid-2-side", "grid", "左右", "Side by side", ["ab"]], ["grid-2-stack", "grid", "上下", "Stacked", ["a", "b"]],
  ["grid-3-lead", "grid", "上大下小", "One above two", ["aa", "aa", "aa", "bc", "bc"]], ["grid-3-left", "grid", "左大右小", "One beside two", ["aaab", "aaac"]], ["grid-3-rows", "grid", "三横条", "Three rows", ["a", "b", "c"]],
  ["grid-4-even", "grid", "田字格", "Two by two", ["ab", "cd"]], ["grid-4-steps", "grid", "错落", "Staggered", ["ab", "ab", "ad", "cd", "cd"]],
  ["grid-9-even", "grid", "九宫格", "Three by three", ["abc", "def", "ghi"]], ["grid-9-lead", "grid", "一大八小", "One and eight", ["aabc", "aade", "fghi"]],
  ["pair-side", "pair", "左右对比", "Left and right", ["ab"]], ["pair-stack", "pair", "上下对比", "Above and below", ["a", "b"]], ["pair-note", "pair", "对比记录", "Side by side, dates below", ["ab"]],
  ["long-journal", "long", "图文手记", "Journal", []], ["card-paper", "card", "纸上", "Paper", []], ["card-night", "card", "夜读", "Night", []],
  ["cover-scrim", "cover", "压图", "Over the photo", ["a"]], ["cover-slip", "cover", "纸条", "Paper slip", ["a"]],
];
const count = (areas: string[]) => new Set(areas.join("")).size;
const templates: CompositionTemplate[] = layouts.map(([id, kind, name, english, areas]) => ({ id, kind, name, english, least: count(areas), most: kind === "long" ? 40 : kind === "card" ? 1 : count(areas), look }));
const sides = { "3:4": [1080, 1440], "1:1": [1080, 1080], "9:16": [1080, 1920], "4:3": [1440, 1080] } as const;

function placesOf(areas: string[]): Place[] {
  const rows = areas.map((row) => [...row]);
  return [...new Set(areas.join(""))].sort().map((letter, slot) => {
    const ys = rows.flatMap((row, y) => (row.includes(letter) ? [y] : []));
    const row = rows[ys[0] ?? 0] ?? [];
    const [x, x2] = [row.indexOf(letter), row.lastIndexOf(letter) + 1];
    return { slot, x: x / row.length, y: (ys[0] ?? 0) / rows.length, width: (x2 - x) / row.length, height: ys.length / rows.length, ratio: 4 / 3, focus_x: 0.5, focus_y: 0.5 };
  });
}

const load = (src: string) => new Promise<HTMLImageElement>((done, failed) => { const image = new Image(); image.onload = () => done(image); image.onerror = failed; image.src = src; });

/** Stands in for the core's own drawing, well enough to look at the room. */
async function draw(spec: CompositionSpec, width: number): Promise<CompositionPreview> {
  const areas = layouts.find(([id]) => id === spec.template)?.[4] ?? [];
  const [w, h] = sides[spec.ratio ?? "3:4"];
  const places = placesOf(areas);
  const canvas = document.createElement("canvas");
  const scale = width / w;
  [canvas.width, canvas.height] = [width, Math.round(h * scale)];
  const pen = canvas.getContext("2d");
  if (!pen) return { picture: "data:,", width: w, height: h, page: 0, pages: 1, places, notes: [] };
  pen.fillStyle = spec.look?.ground ?? "#FBF7EE";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const gap = (spec.look?.gap ?? 8) * scale;
  const empty: number[] = [];
  for (const place of places) {
    const slot = spec.slots?.[place.slot];
    const [x, y, pw, ph] = [place.x * canvas.width + gap / 2, place.y * canvas.height + gap / 2, place.width * canvas.width - gap, place.height * canvas.height - gap];
    if (slot?.photo == null) { empty.push(place.slot); pen.fillStyle = "#E8E4DA"; pen.fillRect(x, y, pw, ph); continue; }
    const image = await load(photoUrl(slot.photo, "preview"));
    place.ratio = image.width / image.height;
    const across = Math.max(pw, ph * place.ratio) * (slot.zoom ?? 1);
    const start = (at: number, room: number, whole: number) => Math.min(0, Math.max(room - whole, room / 2 - at * whole));
    pen.save(); pen.beginPath(); pen.rect(x, y, pw, ph); pen.clip();
    pen.drawImage(image, x + start(slot.x ?? 0.5, pw, across), y + start(slot.y ?? 0.5, ph, across / place.ratio), across, across / place.ratio);
    pen.restore();
  }
  pen.fillStyle = areas.length ? "#fff" : "#22201c";
  pen.font = `700 ${90 * scale}px sans-serif`;
  pen.fillText(spec.title ?? "", 80 * scale, canvas.height - 160 * scale);
  return { picture: canvas.toDataURL("image/jpeg", 0.8), width: w, height: h, page: 0, pages: 1, places, notes: empty.length ? [{ kind: "empty", slots: empty, what: String(empty.length), message: "" }] : [] };
}

const kept = (spec: CompositionSpec): Composition => ({ id: 1, spec, photos: [9100], created_at: new Date().toISOString(), updated_at: new Date().toISOString() });

/** Believable compositions for `npm run dev` in a plain browser. */
export const preview: Preview = {
  list_composition_templates: () => templates,
  preview_composition: ({ spec, width }) => draw(spec as CompositionSpec, width as number),
  save_composition: ({ spec }) => ({ composition: kept(spec as CompositionSpec), photos: [{ id: 9100 } as Photo], stayed: [], notes: [] }),
  get_composition: () => kept({ template: "grid-2-side", slots: [{ photo: 9001 }, { photo: 9002 }] }),
  get_composition_of_photo: () => kept({ template: "grid-2-side", slots: [{ photo: 9001 }, { photo: 9002 }] }),
  list_compositions: () => [],
  remove_composition: () => null,
  export_composition: ({ out }) => [out],
};

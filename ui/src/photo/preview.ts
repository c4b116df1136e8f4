import { type Likeness, type Photo, type PhotoFilter, type PhotoPatch, type Provenance, type Source, type Twins, type Wall, type WallDay } from "../ipc";
import type { Preview } from "../ipc/fake";
import { dayOf } from "./days";

const asked = typeof location === "undefined" ? "" : location.search;
const empty = asked.includes("empty");
const many = asked.includes("few") ? 30 : Number(/many=(\d+)/.exec(asked)?.[1] ?? (asked.includes("many") ? 100_000 : 2_000));
const sources: Source[] = ["own", "own", "own", "own", "brand", "own", "buyer", "own", "own", "screenshot"];
const make = (nth: number): Photo => {
  // A dozen or so in one sitting, every day or two; in a large library many more.
  const long = 13 + (many > 20_000 ? (nth * 7) % 90 : 0);
  const sitting = Math.floor(nth / long);
  const at = new Date(Date.now() - (sitting * (many > 20_000 ? 17 : 40) + (nth % long) * 0.05) * 3_600_000);
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);
  const clip = nth % 23 === 9, file = nth % 61 === 30;
  return {
    id: 9000 + many - nth, name: `IMG_${1000 + nth}.${clip ? "MP4" : file ? "CR3" : "HEIC"}`, hash: `h${nth}`, kind: clip ? "clip" : file ? "file" : "picture", format: clip ? "mp4" : file ? "cr3" : nth % 4 ? "heic" : "jpeg", width: file ? 0 : nth % 5 === 2 ? 4032 : 3024, height: file ? 0 : nth % 5 === 2 ? 3024 : 4032, bytes: 3_200_000 + nth * 911,
    duration: clip ? 14_000 + nth * 37 : null, moving: nth % 29 === 4, profile: nth % 4 ? "Display P3" : "", unread: file ? "这是佳能的 RAW，草本还不会显影。" : "", note: "", taken_at: `${local}+08:00`, camera: nth % 3 ? "iPhone 16 Pro" : "FUJIFILM X-T30", lens: nth % 3 ? "" : "XF35mmF2",
    has_gps: nth % 3 === 0, source: sources[nth % sources.length] ?? "own", made: false, rating: nth % 7 === 0 ? 5 : nth % 11 === 0 ? 4 : 0, pick: nth % 17 === 5 ? 1 : nth % 19 === 8 ? -1 : 0, caption: nth % 4 === 0 ? "早上八点，窗边自然光" : "", focus_x: 0.5, focus_y: 0.45,
    product: nth % 6 === 5 ? null : 1 + (Math.floor(nth / 9) % 3), trial: nth > 3 && nth < 60 && nth % 4 === 0 ? 1 : null, used: nth % 8 === 3 ? 2 : 0, edited: nth % 31 === 6 ? 5 : 0, trashed_at: null, created_at: at.toISOString(),
  };
};
// Newest first, as the core gives them.
const photos = empty ? [] : Array.from({ length: many }, (_, nth) => make(nth)).toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
const trash: Photo[] = empty ? [] : photos.splice(40, 3).map((photo) => ({ ...photo, trashed_at: photo.created_at }));

const fits = (f: PhotoFilter) => (photo: Photo) => (!f.product || photo.product === f.product) && (!f.trial || photo.trial === f.trial) && (!f.source || photo.source === f.source) && (!f.unused || photo.used === 0) && (!f.used || photo.used > 0)
  && (!f.kind || photo.kind === f.kind) && (typeof f.pick !== "number" || photo.pick === f.pick) && (!f.camera || photo.camera === f.camera) && (!f.unfiled || photo.product === null) && (!f.from || dayOf(photo) >= f.from) && (!f.to || dayOf(photo) <= f.to) && photo.rating >= (f.min_rating ?? 0) && (!f.text || photo.caption.includes(f.text));
const listed = (f: PhotoFilter) => (f.trashed ? trash : photos).filter(fits(f));

/** The columns the core makes of these photos. */
export function wallOf(some: readonly Photo[]): Wall {
  const days: WallDay[] = [];
  for (const photo of some) {
    const on = dayOf(photo);
    let day = days.at(-1);
    if (day?.on !== on) days.push(day = { on, count: 0, products: [] });
    day.count += 1;
    if (photo.product === null) continue;
    const loose = photo.source === "own" && photo.trial === null && !photo.made ? 1 : 0;
    const known = day.products.find(([product]) => product === photo.product);
    if (known) known[1] += loose;
    else day.products.push([photo.product, loose]);
  }
  const marks = some.map((photo) => photo.rating + (photo.pick > 0 ? 8 : photo.pick < 0 ? 16 : 0) + (photo.kind === "clip" ? 32 : photo.kind === "file" ? 64 : 0) + 128 * ["own", "brand", "buyer", "screenshot"].indexOf(photo.source) + (photo.used ? 512 : 0) + (photo.made ? 1024 : 0) + (photo.moving ? 2048 : 0));
  return { ids: some.map((photo) => photo.id), marks, edited: some.flatMap((photo): [number, number][] => (photo.edited ? [[photo.id, photo.edited]] : [])), days };
}

const byId = new Map([...photos, ...trash].map((photo) => [photo.id, photo]));
const move = (ids: number[] | null, from: Photo[], to: Photo[] | undefined) => {
  const gone = new Set(ids ?? from.map((photo) => photo.id));
  const kept = from.filter((photo) => !gone.has(photo.id));
  to?.push(...from.filter((photo) => gone.has(photo.id)));
  to?.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  from.splice(0, from.length, ...kept);
};
let whole: Wall | undefined;

const twinsOf = (from: number, to: number, how: Likeness, merits: Twins["merits"]): Twins => ({ photos: photos.slice(from, to).map((photo, nth) => ({ photo, likeness: nth ? how : "best", settled: false })), merits });
const twins = [twinsOf(0, 4, "burst", ["picked", "sharper"]), twinsOf(20, 22, "resaved", ["original", "larger"]), twinsOf(40, 49, "alike", ["rated"])];
const settle = (best: number) => { const nth = twins.findIndex((group) => group.photos.some((twin) => twin.photo.id === best)); if (nth >= 0) twins.splice(nth, 1); };
const claimed = new Set<number>();
/** Every seventh has no camera and looks like a brand's. */
const originOf = (photo: Photo | undefined): Provenance => {
  const [id, theirs] = [photo?.id ?? 0, photo?.source !== "own"];
  const doubt = !theirs && id % 7 === 0;
  const said = claimed.has(id) ? new Date().toISOString() : null;
  return {
    photo: id, counted_own: !theirs && (!doubt || said !== null), doubtful: doubt && said === null, said_mine: said,
    reasons: theirs ? [{ kind: "filed", side: "strong", text: `归在「${{ brand: "品牌方", buyer: "买家秀", screenshot: "截图", own: "" }[photo?.source ?? "own"]}」里，不算自拍。`, photo: null }]
      : doubt ? [{ kind: "same", side: "strong", text: `和品牌方素材 ${id - 3} 是同一张图。`, photo: id - 3 }, { kind: "camera", side: "weak", text: "文件里没有相机信息（微信、网页传过的图都会丢），它自己证明不了是谁拍的。", photo: null }]
        : [{ kind: "camera", side: "for", text: "文件里写着相机：FUJIFILM X-T30。", photo: null }, { kind: "trial", side: "for", text: "拍在 2026-11-20，在试用期（2026-11-08 起）里。", photo: null }],
  };
};

/** Believable photos for `npm run dev` in a plain browser; `?empty` has none, `?few` thirty, `?many` a hundred thousand, `?many=5000` as many as that. */
export const preview: Preview = {
  wall_photos: ({ filter }) => (Object.values(filter as PhotoFilter).some(Boolean) ? wallOf(listed(filter as PhotoFilter)) : (whole ??= wallOf(photos))),
  get_photos: ({ ids }) => (ids as number[]).flatMap((id) => byId.get(id) ?? []),
  list_photo_facets: () => ({ cameras: photos.length ? [["iPhone 16 Pro", 1333], ["FUJIFILM X-T30", 667]] : [], clips: photos.filter((photo) => photo.kind === "clip").length, files: photos.filter((photo) => photo.kind === "file").length, picked: 0, rejected: 0 }),
  list_photos: ({ filter }) => { const f = filter as PhotoFilter; return listed(f).slice(f.offset ?? 0, (f.offset ?? 0) + (f.limit ?? 1e9)); },
  get_photo: ({ id }) => byId.get(id as number),
  count_photos: () => ({ all: photos.length, unused: photos.filter((photo) => photo.used === 0).length, trashed: trash.length }),
  edit_photos: ({ ids, patch }) => (ids as number[]).flatMap((id) => {
    const photo = byId.get(id);
    const { focus, ...rest } = patch as PhotoPatch;
    whole = undefined;
    return photo ? [Object.assign(photo, Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)), focus && { focus_x: focus[0], focus_y: focus[1] })] : [];
  }),
  remove_photos: ({ ids }) => { whole = undefined; move(ids as number[], photos, trash); return null; },
  restore_photos: ({ ids }) => { whole = undefined; move(ids as number[], trash, photos); return null; },
  empty_trash: ({ ids }) => { const count = trash.length; move(ids as number[] | null, trash, undefined); return { photos: count - trash.length, left: [] }; },
  list_duplicates: () => ({ groups: twins.filter((group) => group.photos.length > 1), left: 0 }),
  keep_best_photo: ({ best, others }) => { settle(best as number); const ids = others as number[]; whole = undefined; move(ids, photos, trash); return { trashed: ids, stayed: [] }; },
  keep_all_photos: ({ best }) => { settle(best as number); return null; },
  tell_photos_apart: ({ ids }) => { for (const id of ids as number[]) for (const group of twins) group.photos = group.photos.filter((twin) => twin.photo.id !== id); return null; },
  reopen_photos: () => null,
  get_provenance: ({ id }) => originOf(photos.find((photo) => photo.id === id)),
  list_doubtful: ({ ids }) => (ids as number[]).filter((id) => originOf(byId.get(id)).doubtful),
  list_doubts: () => ({ own: photos.filter((photo) => photo.source === "own").length, by_word: 2, doubtful: photos.slice(6, 7).map(originOf), left: 0 }),
  claim_photos: ({ ids, mine }) => { for (const id of ids as number[]) if (mine) claimed.add(id); else claimed.delete(id); return null; },
  import_photos: () => ({ imported: photos.slice(0, 3), duplicates: [{ path: "/照片/IMG_0007.jpg", id: 9000, restored: false, settled: false, kept: "" }], rejected: [{ path: "/照片/备忘.heic", reason: "这是 HEIC，还读不了；在手机里选「兼容性最佳」导出成 JPEG。" }, { path: "/照片/坏的.jpg", reason: "文件读到一半断了，可能没拷完。" }], cancelled: false, stopped: null, left: 0 }),
  pick_folder: () => "/照片",
};

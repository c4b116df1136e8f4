import type { Photo, PhotoFilter, PhotoPatch, Source } from "../ipc";
import type { Preview } from "../ipc/fake";

const empty = typeof location !== "undefined" && location.search.includes("empty");
const many = typeof location !== "undefined" && location.search.includes("many") ? 20_000 : 2_000;
const sources: Source[] = ["own", "own", "own", "own", "brand", "own", "buyer", "own", "own", "screenshot"];
const make = (nth: number): Photo => {
  // A dozen or so in one sitting, every other day or two.
  const sitting = Math.floor(nth / 13);
  const at = new Date(Date.now() - (sitting * 40 + (nth % 13) * 0.05) * 3_600_000);
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);
  return {
    id: 9000 + many - nth, hash: `h${nth}`, format: "jpeg", width: nth % 5 === 2 ? 4032 : 3024, height: nth % 5 === 2 ? 3024 : 4032, bytes: 3_200_000 + nth * 911, taken_at: `${local}+08:00`, camera: "FUJIFILM X-T30", lens: "XF35mmF2",
    kind: "picture", duration: null, moving: false, profile: "", unread: "", made: false, pick: 0, trashed_at: null, edited: 0,
    has_gps: nth % 3 === 0, source: sources[nth % sources.length] ?? "own", rating: nth % 7 === 0 ? 5 : nth % 11 === 0 ? 4 : 0, caption: nth % 4 === 0 ? "早上八点，窗边自然光" : "", focus_x: 0.5, focus_y: 0.45,
    product: nth % 6 === 5 ? null : 1 + (Math.floor(nth / 9) % 3), trial: nth > 3 && nth < 60 && nth % 4 === 0 ? 1 : null, used: nth % 8 === 3 ? 2 : 0, created_at: at.toISOString(),
  };
};
const photos = empty ? [] : Array.from({ length: many }, (_, nth) => make(nth));

/** Believable photos for `npm run dev` in a plain browser; `?empty` has none, `?many` twenty thousand. */
export const preview: Preview = {
  list_photos: ({ filter }) => {
    const f = filter as PhotoFilter;
    const found = photos.filter((photo) => (!f.product || photo.product === f.product) && (!f.trial || photo.trial === f.trial) && (!f.source || photo.source === f.source) && (!f.unused || photo.used === 0) && photo.rating >= (f.min_rating ?? 0));
    return found.slice(f.offset ?? 0, (f.offset ?? 0) + (f.limit ?? 1e9));
  },
  get_photo: ({ id }) => photos.find((photo) => photo.id === id),
  count_photos: () => ({ all: photos.length, unused: photos.filter((photo) => photo.used === 0).length, trashed: 0 }),
  edit_photos: ({ ids, patch }) => (ids as number[]).map((id) => {
    const nth = photos.findIndex((photo) => photo.id === id);
    const { focus, ...rest } = patch as PhotoPatch;
    const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null));
    return (photos[nth] = { ...photos[nth], ...kept, ...(focus && { focus_x: focus[0], focus_y: focus[1] }) } as Photo);
  }),
  remove_photos: ({ ids }) => { for (const id of ids as number[]) photos.splice(photos.findIndex((photo) => photo.id === id), 1); return null; },
  list_duplicates: () => [photos.slice(0, 4), photos.slice(20, 22), photos.slice(40, 43)],
  import_photos: () => ({ imported: photos.slice(0, 3), duplicates: [{ path: "/照片/IMG_0007.jpg", id: 9000, restored: false }], rejected: [{ path: "/照片/备忘.heic", reason: "这是 HEIC，还读不了；在手机里选「兼容性最佳」导出成 JPEG。" }, { path: "/照片/坏的.jpg", reason: "文件读到一半断了，可能没拷完。" }], cancelled: false }),
  pick_folder: () => "/照片",
};

import type { Edits as Wire, Retouch } from "../ipc";
import type { Preview } from "../ipc/fake";
import { at, edited, fit, place } from "./geometry";
import { type Edits, full, untouched } from "./model";
import { colourOf } from "./words";

const kept = new Map<string, Edits[]>();
const key = (photo: unknown, channel: unknown) => `${String(photo)}/${String(channel ?? 0)}`;
const answer = (photo: number, channel: number | null): Retouch => {
  const own = kept.get(key(photo, channel))?.at(-1);
  return { photo, channel, edits: own ?? kept.get(key(photo, null))?.at(-1) ?? untouched, own: channel !== null && Boolean(own), channels: [], problem: "", edited_at: own ? new Date().toISOString() : null };
};

/** About what the core would draw, on a canvas: a stand-in for looking at the screen in a plain browser. */
async function draw(photo: number, edits: Edits, side: number): Promise<string> {
  const picture = new Image();
  picture.src = `/preview-photo/preview/${photo}/plain`;
  await picture.decode();
  const original = { width: picture.naturalWidth, height: picture.naturalHeight };
  const size = fit(edited(original, edits), { width: side, height: side });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(size.width), Math.round(size.height)];
  const pen = canvas.getContext("2d");
  if (!pen) return "";
  const [a, b, c, d, e, f] = place(original, edits, size);
  const through = () => pen.setTransform(a / original.width, d / original.width, b / original.height, e / original.height, c, f);
  const { tone } = edits;
  pen.filter = `brightness(${2 ** (tone.exposure / 70)}) contrast(${1 + tone.contrast / 200}) saturate(${1 + tone.saturation / 100}) sepia(${Math.max(0, tone.temperature) / 250})`;
  through();
  pen.drawImage(picture, 0, 0);
  for (const stroke of edits.hidden) {
    const cells = Math.max(4, Math.floor(1.5 / stroke.radius));
    const small = document.createElement("canvas");
    const long = Math.max(original.width, original.height);
    [small.width, small.height] = [Math.ceil((cells * original.width) / long), Math.ceil((cells * original.height) / long)];
    small.getContext("2d")?.drawImage(picture, 0, 0, small.width, small.height);
    pen.save();
    pen.beginPath();
    for (const [x, y] of stroke.points) { pen.moveTo(x * original.width, y * original.height); pen.arc(x * original.width, y * original.height, stroke.radius * long, 0, 7); }
    pen.clip();
    pen.imageSmoothingEnabled = stroke.veil === "blur";
    pen.drawImage(small, 0, 0, original.width, original.height);
    pen.restore();
  }
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.filter = "none";
  const short = Math.min(canvas.width, canvas.height);
  for (const mark of edits.marks) {
    const [from, to] = [at([a, b, c, d, e, f], mark.from), at([a, b, c, d, e, f], mark.to)];
    pen.strokeStyle = pen.fillStyle = colourOf(mark.ink);
    pen.lineWidth = mark.size * short * 0.16;
    pen.lineCap = "round";
    pen.font = `700 ${mark.size * short}px sans-serif`;
    pen.textAlign = "center";
    pen.beginPath();
    if (mark.kind === "arrow") { pen.moveTo(...from); pen.lineTo(...to); }
    if (mark.kind === "ring") pen.ellipse((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, Math.abs(from[0] - to[0]) / 2, Math.abs(from[1] - to[1]) / 2, 0, 0, 7);
    pen.stroke();
    pen.fillText(mark.text, from[0], from[1]);
  }
  if (edits.watermark) {
    pen.globalAlpha = edits.watermark.opacity / 100;
    pen.fillStyle = colourOf(edits.watermark.ink);
    pen.font = `700 ${edits.watermark.size * short}px sans-serif`;
    pen.textAlign = "right";
    pen.fillText(edits.watermark.text, canvas.width - short * 0.03, canvas.height - short * 0.03);
  }
  return canvas.toDataURL("image/jpeg", 0.85);
}

/** Believable edits for `npm run dev` in a plain browser. */
export const preview: Preview = {
  get_retouch: ({ photo, channel }) => answer(photo as number, channel as number | null),
  set_retouch: ({ photo, channel, edits }) => { const id = key(photo, channel); kept.set(id, [...(kept.get(id) ?? []), full(edits as Wire)]); return answer(photo as number, channel as number | null); },
  clear_retouch: ({ photo, channel }) => { kept.delete(key(photo, channel)); return answer(photo as number, channel as number | null); },
  copy_retouch: ({ from, channel, to }) => {
    const source = answer(from as number, channel as number | null).edits;
    return (to as number[]).map((photo) => { const { edits } = answer(photo, null); kept.set(key(photo, null), [...(kept.get(key(photo, null)) ?? []), full(source)]); return { photo, edits }; });
  },
  list_retouch_versions: ({ photo, channel }) => (kept.get(key(photo, channel)) ?? []).map((edits, id) => ({ id, edits, edited_at: new Date(Date.now() - id * 60_000).toISOString() })).reverse(),
  preview_retouch: ({ photo, edits, side }) => draw(photo as number, full(edits as Wire), side as number),
};

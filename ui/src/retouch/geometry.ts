import { type Crop, type Edits, type Point, whole } from "./model";

/** Width and height. */
export type Size = { width: number; height: number };
/** x' = a·x + b·y + c, y' = d·x + e·y + f: the same maps as `picture/src/edit/affine.rs`. */
export type Affine = readonly [number, number, number, number, number, number];

const shift = (x: number, y: number): Affine => [1, 0, x, 0, 1, y];
const scale = (x: number, y: number): Affine => [x, 0, 0, 0, y, 0];
const turn = (degrees: number): Affine => {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return [cos, -sin, 0, sin, cos, 0];
};
const then = ([a, b, c, d, e, f]: Affine, [p, q, r, s, t, u]: Affine): Affine => [p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u];
export const inverse = ([a, b, c, d, e, f]: Affine): Affine => {
  const det = a * e - b * d;
  const [p, q, s, t] = [e / det, -b / det, -d / det, a / det];
  return [p, q, -(p * c + q * f), s, t, -(s * c + t * f)];
};
export const at = ([a, b, c, d, e, f]: Affine, [x, y]: Point): Point => [a * x + b * y + c, d * x + e * y + f];

type Shape = Pick<Edits, "turns" | "flip" | "straighten" | "crop">;

/** The sides of a picture after its quarter turns. */
export const turned = ({ width, height }: Size, turns: number): Size => (turns % 2 ? { width: height, height: width } : { width, height });

/** The sides of the straightened picture: the largest rectangle of its own shape without an empty corner. */
export function straight(original: Size, { turns, straighten }: Pick<Shape, "turns" | "straighten">): Size {
  const { width, height } = turned(original, turns);
  const rad = (Math.abs(straighten) * Math.PI) / 180;
  const [sin, cos] = [Math.sin(rad), Math.cos(rad)];
  const shrink = Math.min(width / (width * cos + height * sin), height / (width * sin + height * cos));
  return { width: width * shrink, height: height * shrink };
}

/** The sides of the edited picture, in pixels of the original. */
export function edited(original: Size, shape: Shape): Size {
  const inner = straight(original, shape);
  const crop = shape.crop ?? whole;
  return { width: Math.max(1, inner.width * crop.width), height: Math.max(1, inner.height * crop.height) };
}

/** From shares of the upright original to pixels of the edited picture shown `shown` wide and high. */
export function place(original: Size, shape: Shape, shown: Size): Affine {
  const { width: tw, height: th } = turned(original, shape.turns);
  const inner = straight(original, shape);
  const crop = shape.crop ?? whole;
  const { width: w, height: h } = original;
  // Upright → turned, as `Turn::back` the other way round.
  const quarter: Affine[] = [[1, 0, 0, 0, 1, 0], [0, -1, h, 1, 0, 0], [-1, 0, w, 0, -1, h], [0, 1, 0, -1, 0, w]];
  const size = edited(original, shape);
  return [
    scale(w, h),
    quarter[shape.turns % 4] as Affine,
    shape.flip ? ([-1, 0, tw, 0, 1, 0] as Affine) : scale(1, 1),
    shift(-tw / 2, -th / 2),
    turn(shape.straighten),
    shift(inner.width / 2 - crop.x * inner.width, inner.height / 2 - crop.y * inner.height),
    scale(shown.width / size.width, shown.height / size.height),
  ].reduce(then);
}

/** The largest size of this shape that fits a box. */
export function fit({ width, height }: Size, box: Size): Size {
  const by = Math.min(box.width / width, box.height / height);
  return { width: width * by, height: height * by };
}

export const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), Math.max(least, most));

/** The least side of a crop, as a share. */
const least = 0.02;

/** The largest crop of a ratio (width / height in pixels) around the middle of `around`, in a picture whose own ratio is `own`. */
export function cropOf(ratio: number, own: number, around: Crop = whole): Crop {
  const share = ratio / own;
  const [width, height] = share > 1 ? [1, 1 / share] : [share, 1];
  const [x, y] = [around.x + around.width / 2, around.y + around.height / 2];
  return { x: clamp(x - width / 2, 0, 1 - width), y: clamp(y - height / 2, 0, 1 - height), width, height };
}

export const moveCrop = (crop: Crop, dx: number, dy: number): Crop => ({ ...crop, x: clamp(crop.x + dx, 0, 1 - crop.width), y: clamp(crop.y + dy, 0, 1 - crop.height) });

/** A corner or edge of the frame: n, s, e, w and their pairs. */
export type Handle = "n" | "s" | "e" | "w" | "nw" | "ne" | "sw" | "se";

/** The crop after one handle moved; with a ratio (in shares: width / height) it is kept, growing from the opposite corner or edge. */
export function resizeCrop(crop: Crop, handle: Handle, dx: number, dy: number, ratio?: number): Crop {
  const [west, east] = [handle.includes("w"), handle.includes("e")];
  const [north, south] = [handle.includes("n"), handle.includes("s")];
  let [left, top, right, bottom] = [crop.x, crop.y, crop.x + crop.width, crop.y + crop.height];
  if (west) left = clamp(left + dx, 0, right - least);
  if (east) right = clamp(right + dx, left + least, 1);
  if (north) top = clamp(top + dy, 0, bottom - least);
  if (south) bottom = clamp(bottom + dy, top + least, 1);
  if (!ratio) return { x: left, y: top, width: right - left, height: bottom - top };
  // The moved side leads; the other follows, and both stop at the picture's edge.
  const middle: Point = [crop.x + crop.width / 2, crop.y + crop.height / 2];
  const roomX = west ? crop.x + crop.width : east ? 1 - crop.x : 2 * Math.min(middle[0], 1 - middle[0]);
  const roomY = north ? crop.y + crop.height : south ? 1 - crop.y : 2 * Math.min(middle[1], 1 - middle[1]);
  const [wider, taller] = [right - left - crop.width, (bottom - top - crop.height) * ratio];
  const wanted = crop.width + (Math.abs(wider) > Math.abs(taller) ? wider : taller);
  const width = clamp(wanted, least, Math.min(roomX, roomY * ratio));
  const height = width / ratio;
  const x = west ? crop.x + crop.width - width : east ? crop.x : middle[0] - width / 2;
  const y = north ? crop.y + crop.height - height : south ? crop.y : middle[1] - height / 2;
  return { x, y, width, height };
}

/** A crop carried along when the picture makes a quarter turn clockwise. */
export const turnCrop = (crop: Crop | null): Crop | null => crop && { x: 1 - crop.y - crop.height, y: crop.x, width: crop.height, height: crop.width };

/** A quarter turn clockwise of what is seen: of a mirrored picture that is a turn the other way. */
export const quarterTurn = <T extends Shape>(shape: T): T => ({ ...shape, turns: (shape.turns + (shape.flip ? 3 : 1)) % 4, crop: turnCrop(shape.crop) });

/** Left and right of what is seen change places; the slant goes with them. */
export const mirror = <T extends Shape>(shape: T): T => ({ ...shape, flip: !shape.flip, straighten: -shape.straighten || 0, crop: shape.crop && { ...shape.crop, x: 1 - shape.crop.x - shape.crop.width } });

/** A brush's way without the points that say nothing: nearer to the last than a fifth of its radius (all in pixels). */
export function thin(points: readonly Point[], radius: number): Point[] {
  const kept: Point[] = [];
  points.forEach((point, nth) => {
    const last = kept.at(-1);
    if (!last || nth === points.length - 1 || Math.hypot(point[0] - last[0], point[1] - last[1]) > radius / 5) kept.push(point);
  });
  return kept;
}

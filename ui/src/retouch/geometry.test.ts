import { describe, expect, it } from "vitest";
import { at, cropOf, edited, inverse, mirror, moveCrop, place, quarterTurn, resizeCrop, straight, thin } from "./geometry";
import { type Edits, type Point, untouched } from "./model";

const original = { width: 900, height: 600 };
const shape = (over: Partial<Edits>): Edits => ({ ...untouched, ...over });
const near = ([x, y]: Point, [u, v]: Point) => { expect(x).toBeCloseTo(u, 6); expect(y).toBeCloseTo(v, 6); };
/** Where a place lands in the edited picture at its own size. */
const lands = (edits: Edits, point: Point) => at(place(original, edits, edited(original, edits)), point);

describe("where a place of the original lands", () => {
  it("turns clockwise, then mirrors", () => {
    near(lands(shape({}), [0.1, 0.2]), [90, 120]);
    near(lands(shape({ turns: 1 }), [0.1, 0.2]), [480, 90]);
    near(lands(shape({ turns: 2 }), [0.1, 0.2]), [810, 480]);
    near(lands(shape({ turns: 3 }), [0.1, 0.2]), [120, 810]);
    near(lands(shape({ turns: 1, flip: true }), [0.1, 0.2]), [120, 90]);
  });

  it("keeps the middle in the middle while it is straightened, and leads back", () => {
    const edits = shape({ straighten: 7.3, turns: 1, crop: { x: 0.1, y: 0.2, width: 0.5, height: 0.5 } });
    const size = straight(original, edits);
    near(lands({ ...edits, crop: null }, [0.5, 0.5]), [size.width / 2, size.height / 2]);
    const to = place(original, edits, { width: 333, height: 500 });
    near(at(inverse(to), at(to, [0.31, 0.77])), [0.31, 0.77]);
  });

  it("shows the corner of the crop in the corner", () => {
    near(lands(shape({ crop: { x: 0.25, y: 0.5, width: 0.5, height: 0.25 } }), [0.25, 0.5]), [0, 0]);
  });
});

describe("straightening", () => {
  it("leaves a rectangle of the picture's own shape whose corners lie inside", () => {
    for (const straighten of [-15, -2, 0, 6, 15]) {
      const edits = shape({ straighten });
      const size = straight(original, edits);
      expect(size.width / size.height).toBeCloseTo(1.5, 9);
      const back = inverse(place(original, edits, size));
      for (const corner of [[0, 0], [size.width, 0], [0, size.height], [size.width, size.height]] as Point[]) {
        const [x, y] = at(back, corner);
        expect(x).toBeGreaterThan(-1e-9); expect(x).toBeLessThan(1 + 1e-9);
        expect(y).toBeGreaterThan(-1e-9); expect(y).toBeLessThan(1 + 1e-9);
      }
    }
  });
});

describe("the crop frame", () => {
  it("takes the largest part of a ratio, around what was kept", () => {
    expect(cropOf(1, 1.5)).toEqual({ x: expect.closeTo(1 / 6), y: 0, width: expect.closeTo(2 / 3), height: 1 });
    expect(cropOf(2.35, 1.5, { x: 0, y: 0.9, width: 0.1, height: 0.1 })).toMatchObject({ x: 0, width: 1, y: expect.closeTo(1 - 1.5 / 2.35) });
  });

  it("stops at the edges of the picture", () => {
    expect(moveCrop({ x: 0.1, y: 0.1, width: 0.5, height: 0.5 }, 9, -9)).toEqual({ x: 0.5, y: 0, width: 0.5, height: 0.5 });
    expect(resizeCrop({ x: 0.2, y: 0.2, width: 0.5, height: 0.5 }, "se", 9, 9)).toMatchObject({ x: 0.2, y: 0.2, width: expect.closeTo(0.8), height: expect.closeTo(0.8) });
    const small = resizeCrop({ x: 0.2, y: 0.2, width: 0.5, height: 0.5 }, "nw", 9, 9);
    expect(small.width).toBeGreaterThan(0.01);
    expect(small.height).toBeGreaterThan(0.01);
  });

  it("keeps its ratio from every handle and stays inside", () => {
    const from = { x: 0.3, y: 0.2, width: 0.3, height: 0.6 };
    for (const handle of ["n", "s", "e", "w", "nw", "ne", "sw", "se"] as const) for (const [dx, dy] of [[0.1, 0.05], [-0.2, -0.3], [9, 9], [-9, -9]] as Point[]) {
      const crop = resizeCrop(from, handle, dx, dy, 0.5);
      expect(crop.width / crop.height).toBeCloseTo(0.5, 6);
      expect(crop.x).toBeGreaterThan(-1e-9); expect(crop.y).toBeGreaterThan(-1e-9);
      expect(crop.x + crop.width).toBeLessThan(1 + 1e-9); expect(crop.y + crop.height).toBeLessThan(1 + 1e-9);
    }
  });

  it("keeps the same part of the picture through a turn and a mirror", () => {
    const edits = shape({ straighten: 5, flip: true, turns: 3, crop: { x: 0.1, y: 0.3, width: 0.4, height: 0.2 } });
    const size = edited(original, edits);
    // What was at the left top of the picture is at the right top after a quarter turn clockwise, and mirrored on the other side.
    const corner = at(inverse(place(original, edits, size)), [0, 0]);
    near(lands(quarterTurn(edits), corner), [size.height, 0]);
    near(lands(mirror(edits), corner), [size.width, 0]);
    let round = edits;
    for (let nth = 0; nth < 4; nth += 1) round = quarterTurn(round);
    near(lands(round, corner), [0, 0]);
    near(lands(mirror(mirror(edits)), corner), [0, 0]);
  });
});

it("a brush keeps its ends and loses what says nothing", () => {
  const way: Point[] = Array.from({ length: 101 }, (_, x) => [x, 0]);
  const kept = thin(way, 50);
  expect(kept.length).toBeLessThan(14);
  expect([kept[0], kept.at(-1)]).toEqual([[0, 0], [100, 0]]);
});

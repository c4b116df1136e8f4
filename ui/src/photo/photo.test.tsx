import { act, cleanup, fireEvent, renderHook, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Photo } from "../ipc";
import { type Preview, startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import PhotoPage from "./Page";
import { heightOf, layoutOf, linesBetween, placeOf, step, touched, without } from "./layout";
import { markOf, patched } from "./marks";
import { wallOf } from "./preview";
import { useSelection } from "./selection";
import { daysMeant } from "./tag";
import { fitted, kept, zoomedAt } from "./Zoom";

const photo = (id: number, taken_at: string, over: Partial<Photo> = {}): Photo =>
  ({ id, name: `IMG_${id}.jpg`, hash: "", kind: "picture", duration: null, moving: false, profile: "", unread: "", note: "", made: false, pick: 0, trashed_at: null, edited: 0, format: "jpeg", width: 3000, height: 4000, bytes: 1, taken_at, camera: "", lens: "", has_gps: false, source: "own", rating: 0, caption: `图${id}`, focus_x: 0.5, focus_y: 0.5, product: null, trial: null, used: 0, created_at: taken_at, ...over });
const five = [5, 4, 3].map((id) => photo(id, `2026-11-22T0${id}:00:00+08:00`)).concat([2, 1].map((id) => photo(id, `2026-11-08T0${id}:00:00+08:00`)));

afterEach(cleanup);

const days = [{ on: "2026-11-22", count: 3, products: [] }, { on: "2026-11-08", count: 2, products: [] }];

describe("the wall", () => {
  // Heads 40 high, lines 100: day one at 0 (head), 40, 140; day two at 240 (head), 280; the end at 380.
  const layout = layoutOf(days, 2, 40, 100);
  it("is lines of days, of which only those in sight are named", () => {
    expect(heightOf(layout)).toBe(380);
    const said = (from: number, to: number) => linesBetween(layout, from, to).map((line) => `${line.kind} ${line.from}+${line.count} @${line.top}`);
    expect(said(0, 1000)).toEqual(["day 0+3 @0", "tiles 0+2 @40", "tiles 2+1 @140", "day 3+2 @240", "tiles 3+2 @280"]);
    expect(said(150, 250)).toEqual(["tiles 2+1 @140", "day 3+2 @240"]);
    expect(said(-500, -100)).toEqual([]);
    expect(linesBetween(layoutOf([], 2, 40, 100), 0, 1000)).toEqual([]);
  });
  it("finds any photo's place among a hundred thousand, and back", () => {
    const many = layoutOf(Array.from({ length: 3000 }, (_, nth) => ({ on: `d${nth}`, count: 1 + (nth % 60), products: [] })), 7, 42, 205);
    for (const nth of [0, 1, 777, 40_000, 80_000]) {
      const { top, column } = placeOf(many, nth);
      const line = linesBetween(many, top, top + 1).find((one) => one.kind === "tiles");
      expect(line && line.from + column).toBe(nth);
    }
  });
  it("is walked with arrows that keep their column and stop at the ends", () => {
    const to = (at: number, key: string, page = 200) => step(layout, at, key, page);
    expect(to(1, "ArrowDown")).toBe(2);
    expect(to(2, "ArrowDown")).toBe(3);
    expect(to(3, "ArrowUp")).toBe(2);
    expect(to(2, "ArrowUp")).toBe(0);
    expect(to(0, "ArrowUp")).toBe(0);
    expect(to(4, "ArrowDown")).toBe(4);
    expect(to(4, "ArrowRight")).toBe(4);
    expect(to(0, "End")).toBe(4);
    expect(to(4, "Home")).toBe(0);
    expect(to(1, "PageDown")).toBe(4);
    expect(to(4, "PageUp")).toBe(1);
    expect(to(0, "PageDown", 5000)).toBe(4);
  });
  it("gives a rubber band every photo it touches, and none of the gaps", () => {
    const box = (left: number, top: number, right: number, bottom: number) => touched(layout, { left, right, top, bottom }, 108, 8);
    expect(box(0, 0, 50, 100)).toEqual([0]);
    expect(box(0, 0, 300, 1000)).toEqual([0, 1, 2, 3, 4]);
    expect(box(102, 50, 106, 60)).toEqual([]);
    expect(box(120, 150, 300, 170)).toEqual([]);
  });
  it("leaves out what is chosen already, and the days that are empty then", () => {
    const wall = { ids: [5, 4, 3, 2, 1], marks: [5, 4, 3, 2, 1], edited: [], days };
    expect(without(wall, [4, 2, 1])).toEqual({ ids: [5, 3], marks: [5, 3], edited: [], days: [{ on: "2026-11-22", count: 2, products: [] }] });
    expect(without(wall, [99])).toBe(wall);
  });
});

describe("marks", () => {
  it("say what the core packed into them, and an edit at once", () => {
    const one = photo(7, "2026-11-22T09:00:00+08:00", { rating: 3, pick: -1, kind: "clip", source: "buyer", used: 2, moving: true });
    const [mark = 0] = wallOf([one]).marks;
    expect(markOf(mark)).toEqual({ rating: 3, pick: -1, kind: "clip", source: "buyer", used: true, made: false, moving: true });
    const wall = wallOf([...five, one]);
    const after = patched(wall, [7, 4, 999], { pick: 1, rating: 5, source: "screenshot" });
    expect(after.marks.map((bits) => markOf(bits).rating)).toEqual([0, 5, 0, 0, 0, 5]);
    expect(markOf(after.marks[5] ?? 0)).toEqual({ rating: 5, pick: 1, kind: "clip", source: "screenshot", used: true, made: false, moving: true });
    expect(wall.marks[1]).toBe(0);
    expect(patched(wall, wall.ids, { pick: 0 }).marks).toEqual(wall.marks.map((bits) => bits & ~24));
  });
});

describe("looking closer", () => {
  const fit = { width: 600, height: 800 };
  it("keeps the point under the pointer where it is", () => {
    const before = { zoom: 1, x: 0.5, y: 0.5 };
    const after = zoomedAt(before, 4, fit, { x: 150, y: -200 });
    // Share of the picture under the pointer, before and after.
    expect(after.x + 150 / (600 * 4)).toBeCloseTo(0.75);
    expect(after.y - 200 / (800 * 4)).toBeCloseTo(0.25);
  });
  it("never shows what is beside the picture, and all of it in the middle", () => {
    const room = { width: 800, height: 800 };
    expect(kept({ zoom: 0.3, x: 0.1, y: 0.9 }, room, fit)).toEqual({ zoom: 1, x: 0.5, y: 0.5 });
    expect(kept({ zoom: 2, x: 0, y: 2 }, room, fit)).toEqual({ zoom: 2, x: 800 / 2400, y: 0.75 });
    expect(fitted(room, { width: 3000, height: 4000 })).toEqual(fit);
  });
});

it("understands a trial's day as it is typed, and only days within the trial", () => {
  const trial = { started_on: "2025-12-20", finished_on: null };
  const meant = (words: string) => daysMeant(words, trial, "2026-01-10");
  expect(meant("第 3 天")).toEqual(["2025-12-22"]);
  expect(meant("d3")).toEqual(["2025-12-22"]);
  expect(meant("12-31")).toEqual(["2025-12-31"]);
  expect(meant("1.2")).toEqual(["2026-01-02"]);
  expect(meant("1月2日")).toEqual(["2026-01-02"]);
  expect(meant("昨天")).toEqual(["2026-01-09"]);
  for (const wrong of ["第 99 天", "2-30", "1-11", "13-1", "2024-12-25", "", "防晒"]) expect(meant(wrong)).toEqual([]);
});

describe("picking", () => {
  const none = { shiftKey: false, ctrlKey: false, metaKey: false };
  it("is one by a click, more by Ctrl, a stretch by Shift", () => {
    const { result } = renderHook(() => useSelection([5, 4, 3, 2, 1]));
    act(() => result.current.click(0, none));
    act(() => result.current.click(2, { ...none, ctrlKey: true }));
    expect([...result.current.picked]).toEqual([5, 3]);
    act(() => result.current.click(4, { ...none, shiftKey: true }));
    expect([...result.current.picked]).toEqual([3, 2, 1]);
  });
  it("lets go of photos that are not on the wall any more", () => {
    const { result, rerender } = renderHook(({ ids }) => useSelection(ids), { initialProps: { ids: [3, 2, 1] } });
    act(() => result.current.all());
    rerender({ ids: [3, 1] });
    expect([...result.current.picked]).toEqual([3, 1]);
  });
});

describe("the page", () => {
  const edited = vi.fn();
  const removed = vi.fn();
  const base: Preview = {
    wall_photos: () => wallOf(five), get_photos: ({ ids }) => five.filter((one) => (ids as number[]).includes(one.id)), list_photo_facets: () => ({ cameras: [], clips: 0, files: 0, picked: 0, rejected: 0 }),
    count_photos: () => ({ all: 5, unused: 5, trashed: 0 }), list_products: () => [], list_trials: () => [], list_posts: () => [], list_duplicates: () => ({ groups: [], left: 0 }), search: () => [],
  };
  beforeEach(() => {
    edited.mockReset();
    removed.mockReset();
    startPreview([base, {
      edit_photos: (args) => { edited(args); return five; }, remove_photos: (args) => { removed(args); return null; },
      pick_files: () => ["/a.heic"], import_photos: () => ({ imported: [], duplicates: [], rejected: [{ path: "/照片/a.heic", reason: "HEIC 还读不了。" }], cancelled: false, stopped: null, left: 0 }),
    }]);
  });

  it("shows doubts on a wall of any size, and asks only for what is seen", async () => {
    const many = Array.from({ length: 20_000 }, (_, nth) => photo(20_000 - nth, "2026-11-22T08:00:00+08:00", { camera: "iPhone" }));
    const asked = new Set<number>();
    startPreview([{ ...base, wall_photos: () => wallOf(many), count_photos: () => ({ all: many.length, unused: 0, trashed: 0 }), get_photos: ({ ids }) => (ids as number[]).flatMap((id) => many[20_000 - id] ?? []),
      list_doubtful: ({ ids }) => { for (const id of ids as number[]) asked.add(id); return (ids as number[]).filter((id) => id === 19_999); } }]);
    open("/photo", { "/photo": PhotoPage });
    expect(await screen.findAllByText("未算自拍", {}, { timeout: 8000 })).toHaveLength(1);
    expect(asked.size).toBeGreaterThan(0);
    expect(asked.size).toBeLessThan(1000);
  });
  it("rates and sorts what the keyboard stands on, and deletes only after asking", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: "ArrowRight" });
    fireEvent.keyDown(wall, { key: "4" });
    await waitFor(() => expect(edited).toHaveBeenCalledWith({ ids: [4], patch: { rating: 4 } }));
    for (const [key, pick] of [["p", 1], ["x", -1], ["u", 0]] as const) {
      fireEvent.keyDown(wall, { key });
      await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ ids: [4], patch: { pick } }));
    }
    fireEvent.click(within(wall).getByRole("option", { name: /^图3/ }));
    fireEvent.click(await screen.findByTestId("photo-remove"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("回收站");
    expect(removed).not.toHaveBeenCalled();
    fireEvent.click(within(dialog).getByRole("button", { name: "删除" }));
    await waitFor(() => expect(removed).toHaveBeenCalledWith({ ids: [3] }));
  });

  it("takes back step by step what was done, with Ctrl Z, and leaves a text its own", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: "4" });
    await waitFor(() => expect(edited).toHaveBeenCalledTimes(1));
    fireEvent.keyDown(wall, { key: "x" });
    await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ ids: [5], patch: { pick: -1 } }));
    const text = document.body.appendChild(document.createElement("textarea"));
    fireEvent.keyDown(text, { key: "z", ctrlKey: true });
    text.remove();
    fireEvent.keyDown(wall, { key: "z", ctrlKey: true });
    await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ ids: [5], patch: { pick: 0 } }));
    fireEvent.keyDown(wall, { key: "z", ctrlKey: true });
    await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ ids: [5], patch: { rating: 0 } }));
    fireEvent.keyDown(wall, { key: "z", ctrlKey: true });
    expect(await screen.findByText("没有能撤销的了")).toBeTruthy();
    expect(edited).toHaveBeenCalledTimes(4);
  });

  it("hears the wall's keys after a filter was pressed, but leaves Space with the filter", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    const chip = screen.getByRole("button", { name: "自拍" });
    chip.focus();
    fireEvent.keyDown(chip, { key: " " });
    expect(screen.queryByRole("dialog")).toBeNull();
    fireEvent.keyDown(chip, { key: "ArrowRight" });
    fireEvent.keyDown(document.activeElement ?? chip, { key: "3" });
    await waitFor(() => expect(edited).toHaveBeenCalledWith({ ids: [4], patch: { rating: 3 } }));
  });

  it("asks from the large picture where that one belongs, and Escape leaves only what lies on top", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: " " });
    await screen.findByTestId("photo-zoom");
    fireEvent.keyDown(window, { key: "t" });
    const words = await screen.findByTestId("photo-choose");
    fireEvent.keyDown(words, { key: "Escape" });
    await waitFor(() => expect(screen.queryByTestId("photo-choose")).toBeNull());
    expect(screen.getByTestId("photo-zoom")).toBeTruthy();
    fireEvent.keyDown(window, { key: "t" });
    fireEvent.change(await screen.findByTestId("photo-choose"), { target: { value: "pinpai" } });
    fireEvent.keyDown(screen.getByTestId("photo-choose"), { key: "Enter" });
    await waitFor(() => expect(edited).toHaveBeenCalledWith({ ids: [5], patch: { source: "brand" } }));
  });

  it("lets Space press the button that has the focus in the large view", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: " " });
    const zoom = await screen.findByTestId("photo-zoom");
    fireEvent.keyDown(screen.getByRole("button", { name: "淘汰" }), { key: " " });
    expect(screen.getByTestId("photo-zoom")).toBe(zoom);
    fireEvent.keyDown(document.body, { key: " " });
    await waitFor(() => expect(screen.queryByTestId("photo-zoom")).toBeNull());
  });

  it("takes photos off a trial's day again, but none that lay there before", async () => {
    const trial = { id: 1, product: 8, product_name: "通勤防晒", started_on: "2026-11-01", finished_on: null, days: [{ on: "2026-11-22", photos: [5] }] };
    const off = vi.fn(() => trial);
    startPreview([base, {
      list_trials: () => [trial], get_trial: () => trial, edit_photos: (args) => { edited(args); return []; }, move_trial_photo: off,
      log_trial: ({ day }) => ({ ...trial, days: [{ on: (day as { on: string }).on, photos: [5, ...(day as { photos: number[] }).photos] }] }),
    }]);
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: "ArrowRight", shiftKey: true });
    fireEvent.click(await screen.findByTestId("photo-to-trial"));
    fireEvent.click(await screen.findByRole("button", { name: /通勤防晒/ }));
    fireEvent.click(within(await screen.findByText("2 张归到了「通勤防晒」的试用")).getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(off).toHaveBeenCalledTimes(1));
    expect(off).toHaveBeenCalledWith({ trial: 1, photo: 4, from: "2026-11-22", to: null, at: null });
    await waitFor(() => expect(edited).toHaveBeenCalledWith({ ids: [5, 4], patch: { product: null, trial: null } }));
  });

  it("shows a rating with the key that gives it, before the core has answered", async () => {
    startPreview([base, { edit_photos: () => new Promise(() => {}) }]);
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5，\s*自拍$/ });
    fireEvent.keyDown(wall, { key: "3" });
    expect(await within(wall).findByRole("option", { name: /^图5，\s*自拍\s*★ 3$/ })).toBeTruthy();
  });

  it("tags by typing: a source by its pinyin, a product by what the index hears", async () => {
    const product = { id: 8, name: "通勤防晒", brand: "", category: "", stage: "trial", cover: null, photos: 0 };
    startPreview([base, { list_products: () => [product], search: () => [{ noun: "product", id: 8, title: "通勤防晒", snippet: "", score: 1 }], edit_photos: (args) => { edited(args); return []; } }]);
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: "t" });
    const words = await screen.findByTestId("photo-choose");
    fireEvent.change(words, { target: { value: "pinpai" } });
    fireEvent.keyDown(words, { key: "Enter" });
    await waitFor(() => expect(edited).toHaveBeenCalledWith({ ids: [5], patch: { source: "brand" } }));
    fireEvent.keyDown(wall, { key: "t" });
    const again = await screen.findByTestId("photo-choose");
    fireEvent.change(again, { target: { value: "tqfs" } });
    fireEvent.click(await screen.findByRole("button", { name: "通勤防晒" }));
    await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ ids: [5], patch: { product: 8 } }));
  });

  it("compares two side by side and sorts the one under the cursor", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: "c" });
    const panes = await screen.findByTestId("photo-compare");
    await waitFor(() => expect(within(panes).getAllByRole("figure")).toHaveLength(2));
    await waitFor(() => expect(within(panes).getAllByTestId("photo-zoom")).toHaveLength(2));
    fireEvent.keyDown(window, { key: "ArrowRight" });
    fireEvent.keyDown(window, { key: "x" });
    await waitFor(() => expect(edited).toHaveBeenCalledWith({ ids: [4], patch: { pick: -1 } }));
  });

  it("takes a pasted screenshot in, and leaves pasting into a text alone", async () => {
    const pasted = vi.fn(() => five[0]);
    startPreview([base, { paste_photo: pasted }]);
    open("/photo", { "/photo": PhotoPage });
    await screen.findByRole("option", { name: /^图5/ });
    const files = [new File([new Uint8Array([137, 80, 78, 71])], "image.png", { type: "image/png" })];
    const text = document.body.appendChild(document.createElement("textarea"));
    fireEvent.paste(text, { clipboardData: { files } });
    fireEvent.paste(document.body, { clipboardData: { files: [new File(["x"], "a.txt", { type: "text/plain" })] } });
    expect(pasted).not.toHaveBeenCalled();
    fireEvent.paste(document.body, { clipboardData: { files } });
    await waitFor(() => expect(pasted).toHaveBeenCalledWith({ name: "image.png", base64: "iVBORw==", input: { product: null, source: "screenshot" } }));
    text.remove();
  });

  it("does not take more photos into the studio than a picture can hold", async () => {
    const many = Array.from({ length: 41 }, (_, nth) => photo(100 - nth, "2026-11-22T08:00:00+08:00"));
    startPreview([base, { wall_photos: () => wallOf(many), get_photos: ({ ids }) => many.filter((one) => (ids as number[]).includes(one.id)) }]);
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图100/ });
    fireEvent.keyDown(wall, { key: "a", ctrlKey: true });
    fireEvent.keyDown(wall, { key: "g" });
    expect(await screen.findByText(/一次最多拼 40 张，现在选了 41 张/)).toBeTruthy();
    expect(screen.getByRole("listbox", { name: "照片" })).toBe(wall);
  });

  it("says every key on ?", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: /^图5/ });
    fireEvent.keyDown(wall, { key: "?" });
    expect((await screen.findByRole("dialog")).textContent).toContain("都放开");
  });

  it("brings back from the trash what lies there", async () => {
    const restored = vi.fn(() => null);
    startPreview([base, { count_photos: () => ({ all: 5, unused: 5, trashed: 1 }), wall_photos: ({ filter }) => wallOf((filter as { trashed?: boolean }).trashed ? [photo(9, "2026-11-01T09:00:00+08:00")] : five), get_photos: () => [], restore_photos: restored }]);
    open("/photo", { "/photo": PhotoPage });
    fireEvent.click(await screen.findByTestId("photo-trash"));
    fireEvent.click(await screen.findByRole("option", { name: /^照片 9/ }));
    fireEvent.click(await screen.findByTestId("photo-restore"));
    await waitFor(() => expect(restored).toHaveBeenCalledWith({ ids: [9] }));
  });

  it("judges nothing that lies in the trash", async () => {
    const edited = vi.fn(() => []);
    startPreview([base, { count_photos: () => ({ all: 5, unused: 5, trashed: 1 }), wall_photos: ({ filter }) => wallOf((filter as { trashed?: boolean }).trashed ? [photo(9, "2026-11-01T09:00:00+08:00")] : five), get_photos: () => [], edit_photos: edited }]);
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    fireEvent.keyDown(wall, { key: "4" });
    await waitFor(() => expect(edited).toHaveBeenCalledTimes(1));
    fireEvent.click(screen.getByTestId("photo-trash"));
    await screen.findByRole("option", { name: /^照片 9/ });
    for (const key of ["4", "p", "x"]) fireEvent.keyDown(screen.getByRole("listbox", { name: "照片" }), { key });
    expect(edited).toHaveBeenCalledTimes(1);
  });

  it("compares a kept file by what is known of it, not by a picture that is not there", async () => {
    const raw = photo(5, "2026-11-22T05:00:00+08:00", { kind: "file", format: "dng", unread: "RAW 在这里看不了。" });
    const two = [raw, ...five.slice(1, 2)];
    startPreview([base, { wall_photos: () => wallOf(two), get_photos: ({ ids }) => two.filter((one) => (ids as number[]).includes(one.id)) }]);
    open("/photo", { "/photo": PhotoPage });
    fireEvent.keyDown(await screen.findByRole("listbox", { name: "照片" }), { key: "c" });
    expect(await within(await screen.findByTestId("photo-compare")).findByText("RAW 在这里看不了。")).toBeTruthy();
  });

  it("compares the whole library only once somebody asks what looks alike", async () => {
    const group = (photos: Photo[]) => ({ photos: photos.map((one, nth) => ({ photo: one, likeness: nth ? "alike" : "best", settled: false })), merits: ["even"] });
    const compared = vi.fn(() => ({ groups: [group(five.slice(0, 2)), group(five.slice(2, 4))], left: 0 }));
    startPreview([base, { list_duplicates: compared }]);
    open("/photo", { "/photo": PhotoPage });
    await screen.findByRole("option", { name: /^图5/ });
    expect(compared).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("button", { name: "很像的" }));
    expect(await screen.findByText(/2 组很像/)).toBeTruthy();
    expect(compared).toHaveBeenCalledTimes(1);
  });

  it("names every file that could not be taken in, with the reason", async () => {
    open("/photo", { "/photo": PhotoPage });
    fireEvent.click(await screen.findByTestId("photo-import"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("HEIC 还读不了。");
    expect(dialog.textContent).toContain("a.heic");
  });
});

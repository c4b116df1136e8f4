import { notifications } from "@mantine/notifications";
import { act, cleanup, fireEvent, renderHook, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CompositionNote, CompositionSpec, CompositionTemplate } from "../ipc";
import { startPreview } from "../ipc/fake";
import { settle } from "../kit";
import { open } from "../kit/open";
import { added, begin, docOf, fitting, lie, moved, swapped, useHistory, withKind } from "./doc";
import { useOpenComposition } from "./open";
import CompositionPage from "./Page";
import { preview } from "./preview";

const templates = (preview.list_composition_templates?.({}) ?? []) as CompositionTemplate[];
const ids = (doc: { slots: { photo: number | null }[] }) => doc.slots.map((slot) => slot.photo);
afterEach(() => { act(() => { notifications.cleanQueue(); notifications.clean(); }); cleanup(); });

describe("a document", () => {
  it("begins as what its photos are good for", () => {
    expect(begin([], templates).template).toMatch(/^card/);
    expect(begin([1], templates).template).toMatch(/^cover/);
    expect(begin([1, 2, 3], templates).template).toMatch(/^grid-3/);
    expect(begin([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], templates).template).toMatch(/^long/);
    expect(begin([1, 2], templates, "pair").template).toMatch(/^pair/);
  });
  it("keeps its photos and words when it becomes another kind, and gets the places that are missing", () => {
    const one = { ...begin([7], templates), title: "题" };
    const pair = withKind(one, "pair", templates);
    expect(ids(pair)).toEqual([7, null]);
    expect(pair.title).toBe("题");
    expect(ids(withKind(pair, "cover", templates))).toEqual([7]);
  });
  it("offers a grid only layouts with as many places as photos", () => {
    expect(fitting("grid", 3, templates).every((template) => template.most === 3)).toBe(true);
    expect(fitting("grid", 0, templates).every((template) => template.most === 2)).toBe(true);
    expect(fitting("grid", 30, templates).every((template) => template.most === 9)).toBe(true);
  });
  it("grows with the photos that come and fills empty places first", () => {
    const pair = withKind(begin([7], templates), "pair", templates);
    expect(ids(added(pair, [8], templates))).toEqual([7, 8]);
    const grid = added(begin([1, 2], templates), [3], templates);
    expect(grid.template).toMatch(/^grid-3/);
    expect(ids(added(begin([1, 2], templates), [9], templates, 1))).toEqual([1, 9]);
  });
  it("changes photos' places without their labels, and moves blocks with their words", () => {
    const doc = docOf({ slots: [{ photo: 1, text: "前", zoom: 2 }, { photo: 2, text: "后" }] });
    expect(swapped(doc, 0, 1).slots).toMatchObject([{ photo: 2, text: "前", zoom: 1 }, { photo: 1, text: "后", zoom: 1 }]);
    expect(moved(doc, 0, 1).slots).toMatchObject([{ photo: 2, text: "后" }, { photo: 1, text: "前" }]);
    expect(swapped(doc, 0, 9)).toBe(doc);
  });
  it("fills in what an older document did not know", () => {
    expect(docOf({ template: "grid-2-side", slots: [{ photo: 1 }] }).slots[0]).toEqual({ photo: 1, text: "", x: null, y: null, zoom: 1 });
  });
});

it("lays a photo in its place without a bare edge, wherever its middle is wished", () => {
  for (const x of [0, 0.5, 1]) for (const zoom of [1, 3]) {
    const { across, down, left, top } = lie(300, 400, 1.5, { x, y: x, zoom });
    expect(left).toBeLessThanOrEqual(0);
    expect(top).toBeLessThanOrEqual(0);
    expect(left + across).toBeGreaterThanOrEqual(300 - 1e-6);
    expect(top + down).toBeGreaterThanOrEqual(400 - 1e-6);
  }
});

it("takes steps back and forth, typing as one", () => {
  const { result } = renderHook(() => useHistory(docOf({ title: "" })));
  for (const title of ["好", "好用"]) act(() => result.current.change((doc) => ({ ...doc, title }), "title"));
  act(() => result.current.change((doc) => ({ ...doc, ratio: "1:1" })));
  act(() => result.current.undo());
  expect([result.current.doc.title, result.current.doc.ratio]).toEqual(["好用", "3:4"]);
  act(() => result.current.undo());
  expect(result.current.doc.title).toBe("");
  act(() => result.current.redo());
  expect(result.current.doc.title).toBe("好用");
});

describe("the studio", () => {
  const pages = { "/composition": CompositionPage, "/photo": () => null };
  const saved = vi.fn();
  const removed = vi.fn();
  let notes: CompositionNote[] = [];
  beforeEach(() => {
    saved.mockClear();
    removed.mockClear();
    notes = [];
    startPreview([{
      ...preview,
      preview_composition: ({ spec }) => ({
        picture: "data:,", width: 1080, height: 1440, page: 0, pages: 1, notes,
        places: (spec as CompositionSpec).slots?.map((_, slot) => ({ slot, x: slot / 3, y: 0, width: 1 / 3, height: 1, ratio: 0.75, focus_x: 0.5, focus_y: 0.5 })),
      }),
      get_photo: ({ id }) => ({ id, caption: `图${String(id)}`, edited: 0 }),
      save_composition: ({ id, spec }) => { saved(id, spec); return { composition: { id: 5, spec, photos: [50], created_at: "", updated_at: "" }, photos: [{ id: 50 }], stayed: [], notes: [] }; },
      remove_composition: () => null,
      remove_photos: ({ ids: gone }) => { removed(gone); return null; },
    }]);
  });

  it("keeps what was chosen, and takes it back again", async () => {
    open("/composition?photos=1.2.3", pages);
    const keep = await screen.findByTestId("composition-save");
    await waitFor(() => expect(keep).toHaveProperty("disabled", false));
    fireEvent.click(screen.getByRole("radio", { name: "1:1" }));
    fireEvent.click(keep);
    await waitFor(() => expect(saved).toHaveBeenCalledWith(null, expect.objectContaining({ ratio: "1:1", template: expect.stringMatching(/^grid-3/) as string })));
    // One in the head of the page, one in the message.
    await waitFor(() => expect(screen.getAllByRole("button", { name: "撤销" })).toHaveLength(2));
    for (const button of screen.getAllByRole("button", { name: "撤销" }).slice(1)) fireEvent.click(button);
    await waitFor(() => expect(removed).toHaveBeenCalledWith([50]));
  });

  it("keeps the picture in the photos when a post uses it by the time it should be taken back, and says so", async () => {
    const forgotten = vi.fn();
    startPreview([{
      ...preview, preview_composition: () => ({ picture: "data:,", width: 1080, height: 1440, page: 0, pages: 1, notes: [], places: [] }), get_photo: ({ id }) => ({ id, caption: "", edited: 0 }),
      remove_composition: forgotten, remove_photos: () => { throw { code: "in_use", message: "有内容用着这张照片。" }; },
    }]);
    open("/composition?photos=1.2.3", pages);
    const keep = await screen.findByTestId("composition-save");
    await waitFor(() => expect(keep).toHaveProperty("disabled", false));
    fireEvent.click(keep);
    fireEvent.click(within(await screen.findByText("1 张放进了素材")).getByRole("button", { name: "撤销" }));
    expect(await screen.findByText("有内容用着这张照片。")).toBeTruthy();
    expect(forgotten).not.toHaveBeenCalled();
    expect(keep.textContent).toBe("已在素材里");
  });

  it("begins as what it was opened for, with the photos as they were given", async () => {
    const Opener = () => { const go = useOpenComposition(); return <><button onClick={() => go([2, 1], "pair")}>前后</button><button onClick={() => go([2, 1])}>随便</button></>; };
    const router = open("/", { ...pages, "/": Opener });
    fireEvent.click(await screen.findByText("前后"));
    const keep = await screen.findByTestId("composition-save");
    expect(router.state.location.search).toEqual({ photos: "2.1", kind: "pair" });
    await waitFor(() => expect(keep).toHaveProperty("disabled", false));
    fireEvent.click(keep);
    await waitFor(() => expect(saved).toHaveBeenCalledWith(null, expect.objectContaining({ template: "pair-side" })));
    expect((saved.mock.calls[0]?.[1] as CompositionSpec).slots?.map((slot) => slot.photo)).toEqual([2, 1]);
    await act(() => router.navigate({ to: "/" }));
    fireEvent.click(await screen.findByText("随便"));
    await screen.findByTestId("composition-save");
    expect(router.state.location.searchStr).not.toContain("kind");
  });

  it("moves a photo inside its place with the arrows and to another with Alt", async () => {
    open("/composition?photos=1.2.3", pages);
    const first = await screen.findByTestId("composition-place-1");
    fireEvent.keyDown(first, { key: "ArrowRight", altKey: true });
    const tray = screen.getByRole("group", { name: "照片" });
    await waitFor(() => expect(within(tray).getAllByRole("button", { name: /第 \d 张/ }).map((one) => one.getAttribute("aria-label"))).toEqual(["第 1 张：图2", "第 2 张：图1", "第 3 张：图3"]));
    fireEvent.keyDown(screen.getByTestId("composition-place-2"), { key: "+" });
    fireEvent.click(screen.getByTestId("composition-save"));
    await waitFor(() => expect(saved).toHaveBeenCalled());
    expect((saved.mock.calls[0]?.[1] as CompositionSpec).slots?.map((slot) => slot.zoom)).toEqual([1, 1.1, 1]);
  });

  it("cannot be kept while a place is empty, and says so", async () => {
    notes = [{ kind: "empty", slots: [1], what: "1", message: "" }];
    open("/composition?photos=1.2", pages);
    await screen.findByText("还差 1 张照片");
    expect(screen.getByTestId("composition-save")).toHaveProperty("disabled", true);
    expect(screen.getByTestId("composition-export")).toHaveProperty("disabled", true);
  });

  it("asks before what was made and not kept is left, and lets go of it only when told", async () => {
    const router = open("/composition?photos=1.2", { "/composition": CompositionPage, "/photo": () => <p>素材在此</p> });
    const square = await screen.findByRole("radio", { name: "1:1" });
    expect(await settle(), "nothing was made yet").toEqual([]);
    fireEvent.click(square);
    expect(await settle(), "the window asks as well").toEqual(["这张拼图还没存。"]);
    fireEvent.click(screen.getByRole("button", { name: "返回" }));
    expect((await screen.findByRole("dialog")).textContent).toContain("这张拼图还没存");
    fireEvent.click(screen.getByRole("button", { name: "先不" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(router.state.location.pathname).toBe("/composition");
    fireEvent.click(screen.getByRole("button", { name: "返回" }));
    fireEvent.click(await screen.findByRole("button", { name: "不要了" }));
    expect(await screen.findByText("素材在此")).toBeTruthy();
  });

  it("says its keys on ?, even with a choice under the focus", async () => {
    open("/composition?photos=1.2", { "/composition": CompositionPage });
    const choice = await screen.findByRole("radio", { name: "1:1" });
    choice.focus();
    fireEvent.keyDown(choice, { key: "?", shiftKey: true });
    expect((await screen.findByRole("dialog", { name: "拼图的按键" })).textContent).toContain("换位置");
  });
});

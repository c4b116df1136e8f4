import { act, cleanup, fireEvent, renderHook, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Photo } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import PhotoPage from "./Page";
import { rowsOf, step } from "./days";
import { useSelection } from "./selection";
import { bestOf } from "./Similar";

const photo = (id: number, taken_at: string, over: Partial<Photo> = {}): Photo =>
  ({ id, hash: "", kind: "picture", duration: null, moving: false, profile: "", unread: "", made: false, pick: 0, trashed_at: null, edited: 0, format: "jpeg", width: 3000, height: 4000, bytes: 1, taken_at, camera: "", lens: "", has_gps: false, source: "own", rating: 0, caption: `图${id}`, focus_x: 0.5, focus_y: 0.5, product: null, trial: null, used: 0, created_at: taken_at, ...over });
const five = [5, 4, 3].map((id) => photo(id, `2026-11-22T0${id}:00:00+08:00`)).concat([2, 1].map((id) => photo(id, `2026-11-08T0${id}:00:00+08:00`)));

afterEach(cleanup);

describe("the wall", () => {
  it("is lines of days, by the clock of the camera and not of this computer", () => {
    const late = photo(9, "2026-11-22T23:30:00-08:00");
    expect(rowsOf([late, ...five], 2).map((row) => (row.kind === "day" ? `${row.day} ${row.count}` : row.count))).toEqual(["2026-11-22 4", 2, 2, "2026-11-08 2", 2]);
  });
  it("is walked with arrows that keep their column and stop at the ends", () => {
    const rows = rowsOf(five, 2);
    expect(step(rows, 1, "ArrowDown")).toBe(2);
    expect(step(rows, 2, "ArrowDown")).toBe(3);
    expect(step(rows, 0, "ArrowUp")).toBe(0);
    expect(step(rows, 4, "ArrowRight")).toBe(4);
    expect(step(rows, 0, "End")).toBe(4);
  });
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

it("proposes to keep the one that is used, then the better rated, then the larger", () => {
  const small = photo(1, "", { width: 100, height: 100 });
  expect(bestOf([small, photo(2, "")])?.id).toBe(2);
  expect(bestOf([photo(2, ""), { ...small, rating: 4 }])?.id).toBe(1);
  expect(bestOf([photo(2, "", { rating: 5 }), { ...small, used: 1 }])?.id).toBe(1);
});

describe("the page", () => {
  const edited = vi.fn();
  const removed = vi.fn();
  beforeEach(() => {
    edited.mockReset();
    removed.mockReset();
    startPreview([{
      list_photos: () => five, count_photos: () => ({ all: 5, unused: 5, trashed: 0 }), list_products: () => [], list_trials: () => [], list_duplicates: () => [],
      edit_photos: (args) => { edited(args); return five; }, remove_photos: (args) => { removed(args); return null; },
      pick_files: () => ["/a.heic"], import_photos: () => ({ imported: [], duplicates: [], rejected: [{ path: "/照片/a.heic", reason: "HEIC 还读不了。" }], cancelled: false }),
    }]);
  });

  it("rates what the keyboard stands on, and picks and deletes only after asking", async () => {
    open("/photo", { "/photo": PhotoPage });
    const wall = await screen.findByRole("listbox", { name: "照片" });
    await within(wall).findByRole("option", { name: "图5" });
    fireEvent.keyDown(wall, { key: "ArrowRight" });
    fireEvent.keyDown(wall, { key: "4" });
    await waitFor(() => expect(edited).toHaveBeenCalledWith({ ids: [4], patch: { rating: 4 } }));
    fireEvent.click(within(wall).getByRole("option", { name: "图3" }));
    fireEvent.click(await screen.findByTestId("photo-remove"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("photos/trash");
    expect(removed).not.toHaveBeenCalled();
    fireEvent.click(within(dialog).getByRole("button", { name: "删除" }));
    await waitFor(() => expect(removed).toHaveBeenCalledWith({ ids: [3] }));
  });

  it("compares the whole library only once somebody asks what looks alike", async () => {
    const compared = vi.fn(() => [five.slice(0, 2), five.slice(2, 4)]);
    startPreview([{ list_photos: () => five, count_photos: () => ({ all: 5, unused: 5, trashed: 0 }), list_products: () => [], list_trials: () => [], list_duplicates: compared }]);
    open("/photo", { "/photo": PhotoPage });
    await screen.findByRole("option", { name: "图5" });
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

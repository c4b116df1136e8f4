import { notifications } from "@mantine/notifications";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Imported, Photo, PhotoFilter } from "../ipc";
import { type Preview, startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import PhotoPage from "./Page";
import { PhotoPicker } from "./PhotoPicker";
import { wallOf } from "./preview";

const photo = (id: number, taken_at: string | null, over: Partial<Photo> = {}) =>
  ({ id, kind: "picture", pick: 0, trashed_at: null, edited: 0, format: "jpeg", width: 3000, height: 4000, bytes: 1, taken_at, source: "own", rating: 0, caption: `图${id}`, focus_x: 0.5, focus_y: 0.5, product: 8, trial: null, used: 0, created_at: "2026-11-22T09:00:00+08:00", ...over }) as Photo;
// One within the trial, one of nobody knows when, one from before it.
const three = [photo(5, "2026-11-22T08:00:00+08:00"), photo(4, null), photo(3, "2026-10-08T08:00:00+08:00", { product: null })];
const trial = { id: 1, product: 8, product_name: "通勤防晒", started_on: "2026-11-01", finished_on: null as string | null, days: [] as { on: string; photos: number[] }[] };
const calls = vi.fn();
const note = (name: string, answer: (args: Record<string, unknown>) => unknown) => (args: Record<string, unknown>) => { calls(name, args); return answer(args); };
const base = (more: Preview = {}): Preview => ({
  wall_photos: () => wallOf(three), get_photos: ({ ids }) => three.filter((one) => (ids as number[]).includes(one.id)), list_photo_facets: () => ({ cameras: [], clips: 0, files: 0, picked: 0, rejected: 0 }), count_photos: () => ({ all: 3, unused: 3, trashed: 0 }),
  list_products: () => [], list_trials: () => [trial], get_trial: () => trial, list_posts: () => [], list_duplicates: () => ({ groups: [], left: 0 }), search: () => [], list_doubtful: () => [],
  log_trial: note("log", ({ day }) => ({ ...trial, days: [day] })), edit_photos: note("edit", () => []), move_trial_photo: note("off", () => trial), ...more,
});
const start = (more?: Preview) => { startPreview([base(more)]); return open("/photo", { "/photo": PhotoPage, "/else": () => <p>别处</p> }); };
const wall = async () => { const box = await screen.findByRole("listbox", { name: "照片" }); await within(box).findByRole("option", { name: /^图5/ }); return box; };
const said = (name: string) => calls.mock.calls.filter(([which]) => which === name).map(([, args]) => args as unknown);

beforeEach(() => { calls.mockReset(); vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-23T12:00:00+08:00") }); });
afterEach(() => { vi.useRealTimers(); notifications.clean(); cleanup(); });

describe("the day it was taken", () => {
  it("is said only of photos taken on a day of the trial; the others go to the trial alone, and all of it is taken back", async () => {
    start();
    fireEvent.keyDown(await wall(), { key: "a", ctrlKey: true });
    fireEvent.click(await screen.findByTestId("photo-to-trial"));
    fireEvent.click(await screen.findByRole("button", { name: /通勤防晒/ }));
    const toast = await screen.findByText(/1 张归到了「通勤防晒」拍的那天；2 张不是试用那些天拍的/);
    expect(said("log"), "no false evidence on the first, the last or the import day").toEqual([{ trial: 1, day: { on: "2026-11-22", text: "", photos: [5] } }]);
    expect(said("edit")).toEqual([{ ids: [4, 3], patch: { trial: 1 } }]);
    fireEvent.click(within(toast).getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(said("edit").slice(1)).toEqual([{ ids: [5, 4], patch: { product: 8, trial: null } }, { ids: [3], patch: { product: null, trial: null } }]));
    expect(said("off")).toEqual([{ trial: 1, photo: 5, from: "2026-11-22", to: null, at: null }]);
  });

  it("ends with the trial", async () => {
    start({ list_trials: () => [{ ...trial, finished_on: "2026-11-20" }], get_trial: () => ({ ...trial, finished_on: "2026-11-20" }) });
    const box = await wall();
    fireEvent.keyDown(box, { key: "Enter" });
    fireEvent.click(await screen.findByTestId("photo-to-trial"));
    fireEvent.click(await screen.findByRole("button", { name: /通勤防晒/ }));
    expect(await screen.findByText(/^1 张归到了「通勤防晒」的试用；不是试用那些天拍的/)).toBeTruthy();
    expect(said("log")).toEqual([]);
    expect(said("edit")).toEqual([{ ids: [5], patch: { trial: 1 } }]);
  });

  it("is not the day it came in, which the wall shows it under", async () => {
    start();
    await wall();
    fireEvent.click(await screen.findByRole("button", { name: "把 2 张归到这次试用" }));
    expect(await screen.findByText(/1 张归到了「通勤防晒」拍的那天；1 张/)).toBeTruthy();
    expect(said("log")).toEqual([{ trial: 1, day: { on: "2026-11-22", text: "", photos: [5] } }]);
    expect(said("edit")).toEqual([{ ids: [4], patch: { trial: 1 } }]);
  });

  it("is what T and Enter mean, in the trial of what is in the picture", async () => {
    start({ list_trials: () => [{ ...trial, id: 2, product: 9, product_name: "挂耳咖啡" }, trial] });
    const box = await wall();
    fireEvent.keyDown(box, { key: "t" });
    const words = await screen.findByTestId("photo-choose");
    await screen.findByRole("button", { name: /挂耳咖啡 · 拍的那天/ });
    fireEvent.keyDown(words, { key: "Enter" });
    await waitFor(() => expect(said("log")).toEqual([{ trial: 1, day: { on: "2026-11-22", text: "", photos: [5] } }]));
  });

  it("is taken back on the second try, though a part was taken back on the first", async () => {
    let tries = 0;
    start({
      edit_photos: note("edit", () => { tries += 1; if (tries === 2) throw { code: "storage", message: "磁盘满了。" }; return []; }),
      move_trial_photo: note("off", () => { if (said("off").length > 1) throw { code: "not_found", message: "找不到当天照片 5。" }; return trial; }),
    });
    fireEvent.keyDown(await wall(), { key: "a", ctrlKey: true });
    fireEvent.click(await screen.findByTestId("photo-to-trial"));
    fireEvent.click(await screen.findByRole("button", { name: /通勤防晒/ }));
    await screen.findByText(/拍的那天；2 张/);
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    expect(await screen.findByText("磁盘满了。")).toBeTruthy();
    expect(screen.queryByText("撤销了"), "no success after a failure").toBeNull();
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    expect(await screen.findByText("撤销了")).toBeTruthy();
    expect(said("edit").at(-1)).toEqual({ ids: [3], patch: { product: null, trial: null } });
  });
});

it("says only the failure when a rating could not be taken back, and takes it back the next time", async () => {
  let broken = false;
  start({ edit_photos: note("edit", () => { if (broken) throw { code: "storage", message: "磁盘满了。" }; return []; }) });
  const box = await wall();
  fireEvent.keyDown(box, { key: "4" });
  await waitFor(() => expect(said("edit")).toHaveLength(1));
  broken = true;
  fireEvent.keyDown(box, { key: "z", ctrlKey: true });
  expect(await screen.findByText("磁盘满了。")).toBeTruthy();
  expect(screen.queryByText("撤销了")).toBeNull();
  broken = false;
  fireEvent.keyDown(box, { key: "z", ctrlKey: true });
  expect(await screen.findByText("撤销了")).toBeTruthy();
  expect(said("edit").at(-1)).toEqual({ ids: [5], patch: { rating: 0 } });
});

it("picks what another filter hides as well, and says how many that are", async () => {
  const yes = vi.fn();
  startPreview([base({ wall_photos: ({ filter }) => wallOf((filter as PhotoFilter).unused ? three.slice(1) : three) })]);
  open("/", { "/": () => <PhotoPicker open onClose={() => {}} title="选照片" yes="就这些" onYes={yes} /> });
  fireEvent.click(await screen.findByRole("option", { name: /^图5/ }));
  fireEvent.click(screen.getByRole("button", { name: "没用过" }));
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(2));
  expect(await screen.findByText("选好的里有 1 张现在没显示，也算在内")).toBeTruthy();
  fireEvent.click(screen.getByRole("option", { name: /^图3/ }));
  fireEvent.keyDown(screen.getByRole("listbox", { name: "照片" }), { key: "a", ctrlKey: true });
  fireEvent.click(screen.getByTestId("photo-picked"));
  expect(yes).toHaveBeenCalledWith([5, 4, 3]);
});

it("keeps the list of what was not taken in for somebody who left while it ran", async () => {
  let finish: (done: Imported) => void = () => {};
  const router = start({ pick_files: () => ["/照片/a.heic"], import_photos: () => new Promise<Imported>((done) => { finish = done; }) });
  await wall();
  fireEvent.click(screen.getByTestId("photo-import"));
  await screen.findByTestId("photo-coming");
  router.history.push("/else");
  await screen.findByText("别处");
  finish({ imported: [], duplicates: [], rejected: [{ path: "/照片/a.heic", reason: "HEIC 还读不了。" }], cancelled: false } as unknown as Imported);
  expect(await screen.findByText(/1 个文件没能放进来，回到素材看/), "said where they are now").toBeTruthy();
  router.history.push("/photo");
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("a.heic");
  fireEvent.click(within(dialog).getByRole("button", { name: "知道了" }));
  await waitFor(() => expect(screen.queryByRole("dialog"), "seen once is enough").toBeNull());
});

it("says which known photos stay in the trash, and what was not changed", async () => {
  const known = (over: object) => ({ path: "/照片/b.jpg", id: 4, restored: false, settled: false, kept: "", ...over });
  start({ pick_files: () => ["/照片"], import_photos: () => ({ imported: [], duplicates: [known({ settled: true }), known({ id: 3, kept: "照片 3 已经是品牌方的图，没有改。" }), known({ id: 5 })], rejected: [], cancelled: false, stopped: null, left: 0 }) });
  await wall();
  fireEvent.click(screen.getByTestId("photo-import"));
  expect(await screen.findByText("放进 0 张。2 张本来就有，没有重复放。1 张你已经选了更好的一张，还在回收站里。照片 3 已经是品牌方的图，没有改。")).toBeTruthy();
});

import { notifications } from "@mantine/notifications";
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Edits as Wire, Photo, Retouch } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import "./Editor";
import { closeRetouch, openRetouch, RetouchHost } from ".";
import { begin, type Edits, full, step, untouched } from "./model";

const photo = { id: 7, hash: "", kind: "picture", width: 4000, height: 3000, product: null, edited: 0 } as unknown as Photo;
const answer = (edits: Wire, over: Partial<Retouch> = {}): Retouch => ({ photo: 7, channel: null, edits, own: false, channels: [], problem: "", edited_at: null, ...over });

let kept: { channel: number | null; edits: Edits }[];
let drawn: Edits[];
const start = (over: Record<string, (args: Record<string, unknown>) => unknown> = {}) => startPreview([{
  get_photo: () => photo,
  get_retouch: ({ channel }) => answer({}, { channel: channel as number | null }),
  set_retouch: ({ channel, edits }) => { kept.push({ channel: channel as number | null, edits: full(edits as Wire) }); return answer(edits as Wire, { own: channel !== null }); },
  preview_retouch: ({ edits }) => { drawn.push(full(edits as Wire)); return "data:image/jpeg;base64,"; },
  list_channels: () => [{ id: 3, name: "小红书 · 小鹿" }],
  ...over,
}]);

/** Opens the editor and waits until it stands. */
async function desk() {
  open("/", { "/": () => null }, <RetouchHost />);
  act(() => openRetouch(photo));
  return screen.findByTestId("retouch-crop", {}, { timeout: 9000 });
}
const last = () => kept.at(-1)?.edits;

beforeEach(() => { kept = []; drawn = []; start(); });
afterEach(() => { act(closeRetouch); act(() => { notifications.cleanQueue(); notifications.clean(); }); cleanup(); });

describe("the editor", () => {
  it("keeps a crop by itself, in shares, and takes it back", async () => {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-ratio-1:1"));
    await waitFor(() => expect(last()?.crop).toEqual({ x: 0.125, y: 0, width: 0.75, height: 1 }));
    fireEvent.keyDown(screen.getByTestId("retouch-crop"), { key: "z", ctrlKey: true });
    await waitFor(() => expect(last()).toEqual(untouched));
    fireEvent.keyDown(screen.getByTestId("retouch-crop"), { key: "z", ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(last()?.crop?.width).toBe(0.75));
  });

  it("moves the frame with the arrow keys and keeps the ratio at its handles", async () => {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-ratio-1:1"));
    const frame = screen.getByRole("group", { name: /裁切框/ });
    fireEvent.keyDown(frame, { key: "ArrowRight", shiftKey: true });
    await waitFor(() => expect(last()?.crop?.x).toBeGreaterThan(0.13));
    fireEvent.keyDown(screen.getByRole("button", { name: "裁切框左上角" }), { key: "ArrowRight", shiftKey: true });
    await waitFor(() => expect(last()?.crop?.width).toBeLessThan(0.74));
    const crop = last()?.crop;
    expect((crop?.width ?? 0) * 4000).toBeCloseTo((crop?.height ?? 0) * 3000, 3);
  });

  it("hears its keys from the moment it stands, and when what had the focus went dead", async () => {
    await desk();
    await waitFor(() => expect(document.activeElement?.closest("[data-testid=retouch]")).not.toBeNull());
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "t" });
    expect(screen.getByTestId("retouch-tone").getAttribute("aria-pressed")).toBe("true");
    (document.activeElement as HTMLElement).blur();
    fireEvent.keyDown(document.body, { key: "b" });
    expect(screen.getByTestId("retouch-hide").getAttribute("aria-pressed")).toBe("true");
    const escape = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
    escape();
    await waitFor(() => expect(screen.queryByTestId("retouch")).toBeNull());
    // Read before, it stands at once.
    act(() => openRetouch(photo));
    await screen.findByTestId("retouch-crop");
    escape();
    await waitFor(() => expect(screen.queryByTestId("retouch")).toBeNull());
  });

  it("puts what it asks above itself, however early the page opened its own dialogs", async () => {
    await desk();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "?" });
    const sheet = await screen.findByRole("dialog", { name: "修图的按键" });
    const height = Number(getComputedStyle(sheet.closest(".mantine-Modal-root") ?? sheet).getPropertyValue("--mb-z-index"));
    expect(height).toBeGreaterThan(205);
    expect(within(sheet).getByText("打码")).toBeTruthy();
  });

  it("turns, mirrors and shows the tools by their keys", async () => {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-turn"));
    fireEvent.click(screen.getByTestId("retouch-flip"));
    await waitFor(() => expect(last()).toMatchObject({ turns: 1, flip: true }));
    fireEvent.keyDown(screen.getByTestId("retouch-crop"), { key: "t" });
    expect(screen.getByTestId("retouch-tone").getAttribute("aria-pressed")).toBe("true");
    const exposure = screen.getByRole("slider", { name: "曝光" });
    fireEvent.change(exposure, { target: { value: "30" } });
    expect(last()?.tone.exposure).not.toBe(30);
    fireEvent.pointerUp(exposure);
    await waitFor(() => expect(last()?.tone.exposure).toBe(30));
    expect(drawn.at(-1)?.turns).toBe(1);
  });

  it("keeps a chosen ratio when the picture is turned, and turns a free frame along", async () => {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-ratio-2.35:1"));
    fireEvent.click(screen.getByTestId("retouch-turn"));
    await waitFor(() => expect(last()?.turns).toBe(1));
    // Turned, the picture is 3000 × 4000.
    const wide = last()?.crop;
    expect(((wide?.width ?? 0) * 3000) / ((wide?.height ?? 1) * 4000)).toBeCloseTo(2.35, 2);
    fireEvent.click(screen.getByTestId("retouch-ratio-free"));
    fireEvent.click(screen.getByTestId("retouch-turn"));
    await waitFor(() => expect(last()?.turns).toBe(2));
    const tall = last()?.crop;
    expect(((tall?.width ?? 0) * 4000) / ((tall?.height ?? 1) * 3000)).toBeCloseTo(1 / 2.35, 2);
  });

  it("hides a place with the keyboard alone", async () => {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-hide"));
    const picture = screen.getByRole("application");
    fireEvent.keyDown(picture, { key: "ArrowLeft" });
    fireEvent.keyDown(picture, { key: "Enter" });
    await waitFor(() => expect(last()?.hidden).toHaveLength(1));
    const [stroke] = last()?.hidden ?? [];
    expect(stroke?.veil).toBe("mosaic");
    expect(stroke?.points[0]?.[0]).toBeGreaterThan(0.4);
    expect(stroke?.points[0]?.[0]).toBeLessThan(0.5);
    fireEvent.click(screen.getByRole("button", { name: "全部去掉" }));
    await waitFor(() => expect(last()?.hidden).toEqual([]));
  });

  it("places a caption, lets its words be written, and Escape leaves the field before it leaves the editor", async () => {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-mark"));
    fireEvent.click(screen.getByRole("radio", { name: "文字" }));
    fireEvent.keyDown(screen.getByRole("application"), { key: "Enter" });
    const words = await screen.findByTestId("retouch-words");
    fireEvent.change(words, { target: { value: "第 14 天 <b>" } });
    fireEvent.blur(words);
    await waitFor(() => expect(last()?.marks).toMatchObject([{ kind: "caption", text: "第 14 天 <b>" }]));
    fireEvent.keyDown(words, { key: "Escape" });
    expect(screen.getByTestId("retouch")).toBeTruthy();
  });

  it("is closed by Escape with everything kept, and lets no key through to what lies behind", async () => {
    const behind = vi.fn();
    window.addEventListener("keydown", behind);
    const crop = await desk();
    fireEvent.click(screen.getByTestId("retouch-turn"));
    fireEvent.keyDown(crop, { key: "ArrowRight" });
    fireEvent.keyDown(crop, { key: "Escape" });
    await waitFor(() => expect(screen.queryByTestId("retouch")).toBeNull());
    expect(last()?.turns).toBe(1);
    expect(behind).not.toHaveBeenCalled();
    window.removeEventListener("keydown", behind);
  });

  it("keeps a channel's version apart", async () => {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-channel"));
    fireEvent.click(await screen.findByText("小红书 · 小鹿"));
    expect(await screen.findByText(/现在跟随全部渠道/)).toBeTruthy();
    fireEvent.click(screen.getByTestId("retouch-turn"));
    await waitFor(() => expect(kept.at(-1)).toMatchObject({ channel: 3, edits: { turns: 1 } }));
  });

  it("says why edits cannot be read", async () => {
    start({ get_retouch: () => answer({}, { problem: "这张照片的修图记录读不懂。" }) });
    await desk();
    expect((await screen.findByRole("alert")).textContent).toContain("读不懂");
  });

  const fullDisk = () => { throw { code: "disk_full", message: "磁盘满了。" }; };
  /** The editor on the channel's version, the picture turned once. */
  async function turnedForChannel() {
    await desk();
    fireEvent.click(screen.getByTestId("retouch-channel"));
    fireEvent.click(await screen.findByText("小红书 · 小鹿"));
    await screen.findByText(/现在跟随全部渠道/);
    fireEvent.click(screen.getByTestId("retouch-turn"));
  }

  it("goes back to what all channels have, with nothing written behind it", async () => {
    const done: string[] = [];
    start({
      get_retouch: ({ channel }) => answer({}, { channel: channel as number | null, own: channel !== null }),
      set_retouch: ({ channel, edits }) => { done.push(`set ${String(channel)}`); return answer(edits as Wire, { own: true }); },
      clear_retouch: ({ channel }) => { done.push(`clear ${String(channel)}`); return answer({}, { channel: channel as number }); },
    });
    await desk();
    fireEvent.click(screen.getByTestId("retouch-channel"));
    fireEvent.click(await screen.findByText("小红书 · 小鹿"));
    const follow = await screen.findByRole("button", { name: "跟随全部渠道" });
    fireEvent.click(screen.getByTestId("retouch-turn"));
    fireEvent.click(follow);
    await screen.findByText(/现在跟随全部渠道/);
    act(closeRetouch);
    await new Promise((rest) => setTimeout(rest, 800));
    expect(done).toEqual(["set 3", "clear 3"]);
  });

  it("keeps a channel's own version while what was done last cannot be saved", async () => {
    const clear = vi.fn();
    start({ get_retouch: ({ channel }) => answer({}, { channel: channel as number | null, own: channel !== null }), set_retouch: fullDisk, clear_retouch: clear });
    await desk();
    fireEvent.click(screen.getByTestId("retouch-channel"));
    fireEvent.click(await screen.findByText("小红书 · 小鹿"));
    const follow = await screen.findByRole("button", { name: "跟随全部渠道" });
    fireEvent.click(screen.getByTestId("retouch-turn"));
    fireEvent.click(follow);
    expect((await screen.findAllByText("磁盘满了。")).length).toBeGreaterThan(0);
    expect(clear).not.toHaveBeenCalled();
  });

  it("stays open when the last edits cannot be saved, and closes once they can", async () => {
    let full = true;
    start({ set_retouch: ({ channel, edits }) => { if (full) fullDisk(); kept.push({ channel: channel as number | null, edits: edits as Edits }); return answer(edits as Wire); } });
    await desk();
    fireEvent.click(screen.getByTestId("retouch-turn"));
    fireEvent.click(screen.getByTestId("retouch-close"));
    const asked = await screen.findByRole("dialog", { name: "改动还没存上" });
    expect(asked.textContent, "what would be lost is named").toContain("没存上的有：裁剪。");
    expect(screen.getAllByText("磁盘满了。").length).toBeGreaterThan(0);
    fireEvent.click(within(asked).getByRole("button", { name: "先不" }));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "改动还没存上" })).toBeNull());
    expect(screen.getByTestId("retouch")).toBeTruthy();
    full = false;
    fireEvent.click(screen.getByTestId("retouch-again"));
    await waitFor(() => expect(last()?.turns).toBe(1));
    fireEvent.click(screen.getByTestId("retouch-close"));
    await waitFor(() => expect(screen.queryByTestId("retouch")).toBeNull());
  });

  it("lets go of what cannot be saved only when told, and does not try again behind it", async () => {
    const set = vi.fn(fullDisk);
    start({ set_retouch: set });
    await desk();
    fireEvent.click(screen.getByTestId("retouch-turn"));
    fireEvent.click(screen.getByTestId("retouch-channel"));
    fireEvent.click(await screen.findByText("小红书 · 小鹿"));
    const asked = await screen.findByRole("dialog", { name: "改动还没存上" });
    expect(screen.queryByText(/现在跟随全部渠道/), "still on the version for all").toBeNull();
    const tries = set.mock.calls.length;
    fireEvent.click(within(asked).getByRole("button", { name: "不要了" }));
    expect(await screen.findByText(/现在跟随全部渠道/)).toBeTruthy();
    expect(set.mock.calls.length).toBe(tries);
  });

  const wall = { wall_photos: () => ({ ids: [8], marks: [0], edited: [], days: [{ on: "2026-11-22", count: 1, products: [] }] }), get_photos: () => [{ ...photo, id: 8, caption: "图8" }], list_doubtful: () => [], list_products: () => [], list_trials: () => [], list_posts: () => [] };
  /** Asks for a copy to photo 8. */
  async function copyToEight() {
    fireEvent.click(screen.getByTestId("retouch-more"));
    fireEvent.click(await screen.findByText("复制到其他照片…"));
    fireEvent.click(await screen.findByTestId("retouch-copy-pick"));
    fireEvent.click(await screen.findByRole("option", { name: /^图8/ }));
    fireEvent.click(screen.getByTestId("photo-picked"));
  }

  it("copies the version on screen, saved first, and takes it back", async () => {
    const done: unknown[] = [];
    start({
      ...wall,
      set_retouch: ({ photo, channel, edits }) => { done.push(["set", photo, channel, (edits as Edits).turns]); return answer(edits as Wire, { own: channel !== null }); },
      copy_retouch: ({ from, channel, to }) => { done.push(["copy", from, channel, to]); return [{ photo: 8, edits: { ...untouched, turns: 2 } }]; },
    });
    await turnedForChannel();
    await copyToEight();
    const said = await screen.findByText("1 张照片用上了同样的修图");
    expect(done).toEqual([["set", 7, 3, 1], ["copy", 7, 3, [8]]]);
    await waitFor(() => expect(screen.queryByTestId("photo-picked")).toBeNull());
    fireEvent.click(within(said).getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(done.at(-1)).toEqual(["set", 8, null, 2]));
  });

  it("copies nothing while the edits cannot be saved, says so in the dialog, and tries the same photos again", async () => {
    let full = true;
    const copied = vi.fn(() => []);
    start({ ...wall, set_retouch: ({ edits }) => { if (full) fullDisk(); return answer(edits as Wire, { own: true }); }, copy_retouch: copied });
    await turnedForChannel();
    await copyToEight();
    const again = await screen.findByTestId("retouch-copy-again");
    expect(within(screen.getByRole("dialog", { name: "复制到其他照片" })).getByRole("alert").textContent).toBe("磁盘满了。");
    expect(copied).not.toHaveBeenCalled();
    full = false;
    fireEvent.click(again);
    await waitFor(() => expect(copied).toHaveBeenCalledWith({ from: 7, channel: 3, to: [8], what: { shape: false, hidden: false, marks: false } }));
    await waitFor(() => expect(screen.queryByTestId("retouch-copy-again")).toBeNull());
  });

  it("copies tone and watermark, and the rest only when asked", async () => {
    const copied = vi.fn(() => []);
    start({ copy_retouch: copied, wall_photos: () => ({ ids: [], marks: [], edited: [], days: [] }), list_photos: () => [], count_photos: () => ({ all: 0, unused: 0, trashed: 0 }) });
    await desk();
    fireEvent.click(screen.getByTestId("retouch-more"));
    fireEvent.click(await screen.findByText("复制到其他照片…"));
    const dialog = await screen.findByRole("dialog", { name: "复制到其他照片" });
    expect(within(dialog).getByRole("checkbox", { name: "裁剪、旋转和校正" })).toHaveProperty("checked", false);
    expect(within(dialog).getByRole("checkbox", { name: /^打码/ })).toHaveProperty("disabled", true);
    expect(copied).not.toHaveBeenCalled();
  });
});

describe("a sitting", () => {
  const tone = (exposure: number): Edits => ({ ...untouched, tone: { ...untouched.tone, exposure } });

  it("counts a whole gesture as one step", () => {
    let now = begin(untouched);
    for (const exposure of [5, 10, 15]) now = step(now, { do: "live", edits: tone(exposure) });
    expect(now.now).toEqual(untouched);
    now = step(now, { do: "settle" });
    expect([now.past.length, now.now.tone.exposure]).toEqual([1, 15]);
    expect(step(now, { do: "undo" }).now).toEqual(untouched);
  });

  it("forgets what could be done again once something else is done", () => {
    let now = step(begin(untouched), { do: "change", edits: tone(5) });
    now = step(now, { do: "undo" });
    now = step(now, { do: "change", edits: tone(9) });
    expect(step(now, { do: "redo" }).now.tone.exposure).toBe(9);
    expect(step(step(now, { do: "undo" }), { do: "redo" }).now.tone.exposure).toBe(9);
    expect(step(begin(untouched), { do: "undo" }).now).toEqual(untouched);
  });

  it("does not count a change that changes nothing", () => {
    expect(step(begin(untouched), { do: "change", edits: full({}) }).past).toEqual([]);
  });
});

import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { useEffect } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followChanges, type Photo, type PhotoFilter } from "../ipc";
import { type Preview, startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import PhotoPage from "./Page";
import { search } from "./palette";
import { wallOf } from "./preview";

const photo = (id: number, over: Partial<Photo> = {}) =>
  ({ id, kind: "picture", pick: 0, trashed_at: null, edited: 0, format: "jpeg", width: 3000, height: 4000, bytes: 1, taken_at: `2026-11-22T0${id}:00:00+08:00`, camera: "", lens: "", source: "own", rating: 0, caption: `图${id}`, focus_x: 0.5, focus_y: 0.5, product: null, trial: null, used: 0, created_at: `2026-11-22T0${id}:00:00+08:00`, ...over }) as Photo;
const five = [5, 4, 3, 2, 1].map((id) => photo(id));
const edited = vi.fn();
const base = (more: Preview = {}): Preview => ({
  wall_photos: () => wallOf(five), get_photos: ({ ids }) => [photo(6), ...five].filter((one) => (ids as number[]).includes(one.id)), list_photo_facets: () => ({ cameras: [], clips: 0, files: 0, picked: 0, rejected: 0 }), count_photos: () => ({ all: 5, unused: 5, trashed: 1 }),
  list_products: () => [], list_trials: () => [], list_posts: () => [], list_duplicates: () => ({ groups: [], left: 0 }), search: () => [], list_doubtful: () => [], get_provenance: () => null, edit_photos: (args) => { edited(args); return []; }, ...more,
});
/** As the window does: what was written is asked for anew. */
function Follow() { const client = useQueryClient(); useEffect(() => followChanges(client), [client]); return null; }
const start = (more?: Preview, at = "/photo") => { startPreview([base(more)]); return open(at, { "/photo": PhotoPage }, <Follow />); };
const wall = async () => { const box = await screen.findByRole("listbox", { name: "照片" }); await within(box).findAllByRole("option"); return box; };
const large = async () => within(await screen.findByTestId("photo-zoom")).getByRole("img").getAttribute("alt");

beforeEach(() => edited.mockReset());
afterEach(() => { notifications.clean(); cleanup(); });

describe("the large view", () => {
  it("stays on its photo while others come in before it", async () => {
    let now = five;
    start({ wall_photos: () => wallOf(now), edit_photos: (args) => { edited(args); now = [photo(6), ...five]; return []; } });
    fireEvent.keyDown(await wall(), { key: " " });
    expect(await large()).toBe("图5");
    fireEvent.keyDown(window, { key: "4" });
    expect(await screen.findByText("第 2 张，共 6 张")).toBeTruthy();
    expect(await large(), "another picture must not slide under the hand").toBe("图5");
    fireEvent.keyDown(window, { key: "x" });
    await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ ids: [5], patch: { pick: -1 } }));
    fireEvent.keyDown(window, { key: "ArrowRight" });
    await waitFor(async () => expect(await large()).toBe("图4"));
  });

  it("goes on with the photo in its place once its own has left the wall, and stays with that one", async () => {
    let now = five;
    start({ wall_photos: () => wallOf(now), edit_photos: () => { now = now.length === 5 ? five.slice(1) : [photo(6), ...five.slice(1)]; return []; } });
    fireEvent.keyDown(await wall(), { key: " " });
    fireEvent.keyDown(await screen.findByTestId("photo-zoom"), { key: "x" });
    expect(await screen.findByText("第 1 张，共 4 张")).toBeTruthy();
    expect(await large()).toBe("图4");
    fireEvent.keyDown(window, { key: "x" });
    expect(await screen.findByText("第 2 张，共 5 张")).toBeTruthy();
    expect(await large()).toBe("图4");
  });

  it("closes for good when the last photo under a filter was judged away", async () => {
    let left = five.slice(0, 1);
    start({ wall_photos: ({ filter }) => wallOf((filter as PhotoFilter).source ? left : five), edit_photos: () => { left = []; return []; } });
    await wall();
    fireEvent.click(screen.getByRole("button", { name: "自拍" }));
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    fireEvent.keyDown(await wall(), { key: " " });
    fireEvent.keyDown(await screen.findByTestId("photo-zoom"), { key: "x" });
    fireEvent.click(await screen.findByRole("button", { name: "看全部", hidden: true }));
    await wall();
    await waitFor(() => expect(screen.queryByTestId("photo-zoom"), "no unrelated photo opens by itself").toBeNull());
  });

  it("deletes with the key that a Mac has for it", async () => {
    start();
    fireEvent.keyDown(await wall(), { key: " " });
    fireEvent.keyDown(await screen.findByTestId("photo-zoom"), { key: "Backspace" });
    expect(await screen.findByText("删除这 1 张？")).toBeTruthy();
  });

  it("judges, tags and edits nothing that lies in the trash, alone or side by side", async () => {
    const gone = [photo(5, { trashed_at: "2026-11-23T08:00:00+08:00" }), photo(4, { trashed_at: "2026-11-23T08:00:00+08:00" })];
    start({ wall_photos: ({ filter }) => wallOf((filter as PhotoFilter).trashed ? gone : five), get_photos: ({ ids }) => gone.filter((one) => (ids as number[]).includes(one.id)) });
    fireEvent.click(await screen.findByTestId("photo-trash"));
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(2));
    const box = await wall();
    for (const key of ["t", "w"]) fireEvent.keyDown(box, { key });
    expect(screen.queryByTestId("photo-choose")).toBeNull();
    fireEvent.keyDown(box, { key: " " });
    await screen.findByText(/放回素材以后才能评级/);
    for (const key of ["4", "p", "x", "t", "w"]) fireEvent.keyDown(window, { key });
    expect(screen.queryByRole("group", { name: "评级" })).toBeNull();
    fireEvent.keyDown(document.body, { key: " " });
    await waitFor(() => expect(screen.queryByTestId("photo-zoom")).toBeNull());
    fireEvent.keyDown(box, { key: "c" });
    const panes = await screen.findByTestId("photo-compare");
    await waitFor(() => expect(within(panes).getAllByTestId("photo-zoom")).toHaveLength(2));
    for (const key of ["4", "p", "x"]) fireEvent.keyDown(window, { key });
    expect(within(panes).queryByRole("button", { name: "淘汰" })).toBeNull();
    expect(edited).not.toHaveBeenCalled();
  });
});

describe("a photo that was found", () => {
  it("is named by the palette and opened large, where it stands on the wall", async () => {
    startPreview([base({ search: () => [{ noun: "photo", id: 3, title: "窗边", snippet: "", score: 1 }] })]);
    const go = vi.fn();
    (await search("窗边"))[0]?.run(go);
    expect(go).toHaveBeenCalledWith("/photo?show=3");
    const router = start({}, "/photo?show=3");
    expect(await large()).toBe("图3");
    expect(await screen.findByText("第 3 张，共 5 张")).toBeTruthy();
    await waitFor(() => expect(router.state.location.search, "asked once").toEqual({}));
    fireEvent.keyDown(window, { key: "ArrowRight" });
    await waitFor(async () => expect(await large()).toBe("图2"));
  });

  it("is shown from under any filter that would hide it", async () => {
    const router = start({ wall_photos: ({ filter }) => wallOf((filter as PhotoFilter).source ? five.slice(0, 1) : five) });
    await wall();
    fireEvent.click(screen.getByRole("button", { name: "自拍" }));
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    router.history.push("/photo?show=2");
    expect(await large()).toBe("图2");
    expect(await screen.findByText("第 4 张，共 5 张")).toBeTruthy();
  });

  it("is found on the wall by what its caption says, and any least rating narrows too", async () => {
    const asked = vi.fn();
    start({ wall_photos: ({ filter }) => { const f = filter as PhotoFilter; asked(f); return wallOf(five.filter((one) => !f.text || one.caption.includes(f.text))); } });
    await wall();
    fireEvent.click(screen.getByTestId("photo-filter"));
    // Nothing is laid out here: the popover counts as out of sight.
    const text = await screen.findByTestId("photo-text");
    fireEvent.change(text, { target: { value: "图" } });
    fireEvent.change(text, { target: { value: "图3" } });
    await waitFor(() => expect(asked).toHaveBeenLastCalledWith({ text: "图3" }));
    expect(asked, "not for every key").not.toHaveBeenCalledWith({ text: "图" });
    fireEvent.click(within(screen.getByLabelText("至少几星")).getByLabelText("2"));
    await waitFor(() => expect(asked).toHaveBeenLastCalledWith({ text: "图3", min_rating: 2 }));
    expect(await screen.findByRole("button", { name: "★ 2 以上" })).toBeTruthy();
    fireEvent.blur(text);
    fireEvent.click(screen.getByRole("button", { name: "全部" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "写着「图3」" })).toBeNull());
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(5));
  });
});

it("puts photos together in the order they were taken, by the key as by the button", async () => {
  const router = start();
  const box = await wall();
  fireEvent.keyDown(box, { key: "ArrowRight", shiftKey: true });
  fireEvent.keyDown(box, { key: "g" });
  await waitFor(() => expect(router.state.location.search).toEqual({ photos: "4.5" }));
});

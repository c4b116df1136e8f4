import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Photo, Provenance as Found } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import { OwnCount, Provenance } from "./Provenance";
import { Similar } from "./Similar";

const photo = (id: number, over: Partial<Photo> = {}) => ({ id, width: 3000, height: 4000, bytes: 1_000_000, rating: 0, caption: `图${id}`, focus_x: 0.5, focus_y: 0.5, used: 0, ...over }) as Photo;
const calls = vi.fn();
afterEach(cleanup);
beforeEach(() => calls.mockReset());

describe("photos that look alike", () => {
  const groups = () => ({ left: 0, groups: [{ merits: ["original", "larger"], photos: [
    { photo: photo(1), likeness: "best", settled: false }, { photo: photo(2, { bytes: 200_000 }), likeness: "resaved", settled: false }, { photo: photo(3, { used: 2 }), likeness: "burst", settled: true },
  ] }] });
  const start = (more = {}) => {
    startPreview([{
      list_duplicates: groups, reopen_photos: (args) => { calls("reopen", args); return null; }, restore_photos: (args) => { calls("restore", args); return null; },
      keep_best_photo: (args) => { calls("best", args); return { trashed: [2], stayed: [{ id: 3, place: "内容「通勤防晒」" }] }; },
      keep_all_photos: (args) => { calls("all", args); return null; }, tell_photos_apart: (args) => { calls("apart", args); return null; }, ...more,
    }]);
    open("/photo", { "/photo": () => <Similar onCompare={() => {}} onOpen={(one) => calls("open", one.id)} /> });
  };

  it("say why the best is proposed and how the others are like it", async () => {
    start();
    const group = await screen.findByRole("region", { name: "3 张很像" });
    expect(group.textContent).toContain("带着相机信息，别的丢了 · 像素最多");
    expect(group.textContent).toContain("同一张，另存过");
    expect(group.textContent).toContain("用着，不会动");
    expect(group.textContent).toContain("新来 2 张");
  });

  it("go to the trash only by a click, what is used is named, and all of it is taken back by one more", async () => {
    start();
    const button = await screen.findByTestId("twins-keep-best");
    expect(button.textContent).toContain("其余 1 张");
    expect(calls).not.toHaveBeenCalled();
    fireEvent.click(button);
    await waitFor(() => expect(calls).toHaveBeenCalledWith("best", { best: 1, others: [2, 3] }));
    expect(await screen.findByText(/正用在内容「通勤防晒」里/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "撤销" }));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("reopen", { ids: [1, 2, 3] }));
    expect(calls).toHaveBeenCalledWith("restore", { ids: [2] });
  });

  it("may have another best, chosen by hand", async () => {
    start();
    fireEvent.click(await screen.findByRole("button", { name: "照片 2 怎么办" }));
    fireEvent.click(await screen.findByText("换成留它"));
    fireEvent.click(screen.getByTestId("twins-keep-best"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("best", { best: 2, others: [1, 3] }));
  });

  it("may be no such thing: the pair is told apart for good", async () => {
    start();
    fireEvent.click(await screen.findByTestId("twins-apart"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("apart", { ids: [1, 2, 3], from: [1, 2, 3] }));
  });

  it("speak up when a decision fails, and stay", async () => {
    start({ keep_all_photos: () => { throw { code: "not_found", message: "找不到照片 2。" }; } });
    fireEvent.click(await screen.findByTestId("twins-keep-all"));
    expect(await screen.findByText("找不到照片 2。")).toBeTruthy();
    expect(screen.getByRole("region", { name: "3 张很像" })).toBeTruthy();
  });

  it("are asked for again while some were not compared", async () => {
    let asked = 0;
    start({ list_duplicates: () => { asked += 1; return asked < 2 ? { groups: [], left: 7 } : groups(); } });
    expect(await screen.findByText(/还有 7 张要看/)).toBeTruthy();
    expect(await screen.findByRole("region", { name: "3 张很像" })).toBeTruthy();
  });
});

describe("whose picture it is", () => {
  const found = (over: Partial<Found>): Found => ({ photo: 5, counted_own: false, doubtful: true, said_mine: null, reasons: [{ kind: "same", side: "strong", text: "和品牌方素材 2 是同一张图。", photo: 2 }], ...over });
  const start = (now: Found) => {
    startPreview([{ get_provenance: () => now, claim_photos: (args) => { calls(args); return null; }, list_doubts: () => ({ own: 12, by_word: 3, doubtful: [now], left: 3 }) }]);
    open("/photo", { "/photo": () => <><Provenance id={5} /><OwnCount scope={{ product: 1 }} /></> });
  };

  it("is said with its reasons, and the creator may answer", async () => {
    start(found({}));
    const panel = await screen.findByRole("region", { name: "算不算自拍" });
    expect(panel.textContent).toContain("有疑点，先不算自拍");
    expect(panel.textContent).toContain("和品牌方素材 2 是同一张图。");
    expect(within(panel).getByRole("img", { name: "照片 2" })).toBeTruthy();
    fireEvent.click(screen.getByTestId("photo-mine"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith({ ids: [5], mine: true }));
  });

  it("shows the creator's word as their word", async () => {
    start(found({ counted_own: true, doubtful: false, said_mine: "2026-11-22T10:00:00+08:00" }));
    expect(await screen.findByText("按你的话，算自拍")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: /收回/ }));
    await waitFor(() => expect(calls).toHaveBeenCalledWith({ ids: [5], mine: false }));
  });

  it("offers no word where the picture is filed as somebody else's", async () => {
    start(found({ doubtful: false, reasons: [{ kind: "filed", side: "strong", text: "归在「品牌方」里，不算自拍。", photo: null }] }));
    expect(await screen.findByText("不算自拍")).toBeTruthy();
    expect(screen.queryByTestId("photo-mine")).toBeNull();
  });

  it("keeps doubts beside the figure, never in it", async () => {
    start(found({}));
    expect(await screen.findByText("自拍 12 张，其中 3 张只凭你的话")).toBeTruthy();
    expect(screen.getByText("1 张有疑点")).toBeTruthy();
    expect(screen.getByText("还有 3 张没比对"), "a figure that is not whole says so").toBeTruthy();
  });
});

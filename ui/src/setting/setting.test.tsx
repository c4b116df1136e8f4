import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { photoUrl, type Rules } from "../ipc";
import { type Preview, startPreview } from "../ipc/fake";
import { trackSaver } from "../kit";
import { Gate } from "./Gate";
import { Privacy } from "./Privacy";
import { preview } from "./preview";
import { RuleTable } from "./RuleTable";
import { WatchCard } from "./Watch";
import { useOpenWorkspace } from "./api";
import { useWorkspaceName } from "./foot";
import { isStale } from "./words";

afterEach(cleanup);

function open(page: React.ReactNode, replies: Preview) {
  startPreview([preview, replies]);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<MantineProvider env="test"><QueryClientProvider client={client}>{page}</QueryClientProvider></MantineProvider>);
}

const busy = "这个工作区正在另一个窗口或程序里打开，没有改动。请先关闭那一个，再试一次。";

describe("the gate", () => {
  it("shows the window once the workspace of the last time is open", async () => {
    open(<Gate>今日</Gate>, {});
    expect(await screen.findByText("今日")).toBeTruthy();
  });

  it("says why it cannot open, and opens another folder instead", async () => {
    const folders: unknown[] = [];
    open(<Gate>今日</Gate>, {
      open_workspace: ({ folder }) => { folders.push(folder); if (folder === null) throw { code: "busy", message: busy }; return { name: "新的本子" }; },
    });
    expect((await screen.findByRole("alert")).textContent).toContain(busy);
    fireEvent.click(screen.getByRole("button", { name: "换一个文件夹" }));
    expect(await screen.findByText("今日")).toBeTruthy();
    expect(folders).toEqual([null, "/Users/xiaolu/Desktop/新的本子"]);
  });
});

describe("the rules of a platform", () => {
  it("read without the names of those who found them, which stand behind one word", async () => {
    const pack = { platform: "xiaohongshu", name: "小红书", content_type: "图文", limits: [{ rule: "xiaohongshu.title", field: "title", unit: "字", counting: "xhs", min: null, max: 20, warn: null, hard: true, overridden: false, source: "somebody/some-repository issues #401", checked_on: "2026-11-22", confidence: "A", alternatives: ["38 单位：another/one"], note: "超长的标题会被页面拒绝。" }] } as unknown as Rules;
    open(<RuleTable pack={pack} />, {});
    expect(screen.getByText(/超长的标题会被页面拒绝/)).toBeTruthy();
    expect(screen.queryByText(/some-repository/)).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "出处：标题" }));
    expect(screen.getByText(/some-repository/)).toBeTruthy();
    expect(screen.getByText(/another\/one/)).toBeTruthy();
  });
});

describe("another workspace", () => {
  function Foot() {
    const change = useOpenWorkspace();
    return <><span>{useWorkspaceName()}</span><button onClick={() => change.mutate("/b")}>{change.error?.message ?? "换"}</button></>;
  }
  const replies = (opened: unknown[]): Preview => ({
    open_workspace: ({ folder }) => { opened.push(folder); return { name: folder ? "乙" : "甲" }; },
    get_workspace: () => { throw { code: "internal", message: "the foot must not count everything" }; },
  });

  it("opens with nothing of the old one on screen, and the foot knows its name without counting", async () => {
    const opened: unknown[] = [];
    open(<Gate><Foot /></Gate>, replies(opened));
    const before = photoUrl(3, "thumb");
    fireEvent.click(await screen.findByRole("button", { name: "换" }));
    expect(await screen.findByText("乙")).toBeTruthy();
    expect(opened).toEqual([null, "/b"]);
    // Photo 3 of 乙 must not be drawn from what the window keeps of photo 3 of 甲.
    expect(photoUrl(3, "thumb")).not.toBe(before);
  });

  it("is refused in plain words while a text is not saved", async () => {
    const opened: unknown[] = [];
    const forget = vi.fn();
    const untrack = trackSaver({ flush: async () => {}, waits: () => true, forget });
    open(<Gate><Foot /></Gate>, replies(opened));
    fireEvent.click(await screen.findByRole("button", { name: "换" }));
    expect((await screen.findByText(/没能存进现在的工作区/)).textContent).toContain("文字都还在");
    expect(opened).toEqual([null]);
    expect(forget).not.toHaveBeenCalled();
    untrack();
  });
});

describe("a rule pack", () => {
  it("keeps one's own figure only with a reason, and takes it back", async () => {
    const override = vi.fn();
    const pack = preview.get_rules?.({ platform: "xiaohongshu" }) as Rules;
    open(<RuleTable pack={pack} shipped={pack} />, { override_rule: ({ input }) => { override(input); return pack; } });
    fireEvent.click(screen.getByRole("button", { name: "改标题的上限" }));
    const save = await screen.findByRole("button", { name: "用这个数字" });
    expect(save.hasAttribute("disabled")).toBe(true);
    fireEvent.change(screen.getByLabelText("为什么"), { target: { value: "手机上试过" } });
    fireEvent.click(save);
    await waitFor(() => expect(override).toHaveBeenCalledWith({ platform: "xiaohongshu", rule: "xiaohongshu.title", value: "20", reason: "手机上试过" }));
    fireEvent.click(screen.getByRole("button", { name: "用回原来的" }));
    await waitFor(() => expect(override).toHaveBeenCalledWith({ platform: "xiaohongshu", rule: "xiaohongshu.body", value: null }));
  });

  it("is stale once its figure was checked more than 90 days ago", () => {
    const now = new Date("2026-11-22T12:00").getTime();
    expect(isStale("2026-08-24", now)).toBe(false);
    expect(isStale("2026-08-23", now)).toBe(true);
  });
});

describe("the watched folder", () => {
  const folder = "/Users/xiaolu/Pictures/手机";

  it("is off until a folder is chosen, and then takes own photos of no product", async () => {
    const set: unknown[] = [];
    open(<WatchCard />, { get_watch: () => null, set_watch: ({ watch }) => { set.push(watch); return null; }, pick_folder: () => folder });
    expect(await screen.findByText(/现在没有监看/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "选文件夹" }));
    await waitFor(() => expect(set).toEqual([{ path: folder, product: null, source: "own" }]));
  });

  it("shows the folder and stops when asked to", async () => {
    const set: unknown[] = [];
    open(<WatchCard />, { get_watch: () => ({ path: folder, product: null, source: "screenshot" }), set_watch: ({ watch }) => { set.push(watch); return null; }, list_products: () => [] });
    expect(await screen.findByText(folder)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "不再监看" }));
    await waitFor(() => expect(set).toEqual([null]));
  });

  it("says why a folder cannot be watched", async () => {
    open(<><WatchCard /><Notifications /></>, { get_watch: () => null, set_watch: () => { throw { code: "invalid", message: "工作区自己的文件夹不能监看，没有开始。" }; }, pick_folder: () => folder });
    fireEvent.click(await screen.findByRole("button", { name: "选文件夹" }));
    expect(await screen.findByText(/工作区自己的文件夹不能监看/)).toBeTruthy();
  });
});

describe("the key of buyers", () => {
  it("shows the recovery code only when asked, and hides it again", async () => {
    open(<Privacy />, {});
    expect(await screen.findByText(/钥匙在系统的钥匙串里/)).toBeTruthy();
    expect(screen.queryByTestId("buyer-code")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "看恢复码" }));
    expect((await screen.findByTestId("buyer-code")).textContent).toContain("7K2Q-M4XZ");
    fireEvent.click(screen.getByRole("button", { name: "收起恢复码" }));
    await waitFor(() => expect(screen.queryByTestId("buyer-code")).toBeNull());
  });

  it("says that the key is missing, and what is wrong with a code that does not fit", async () => {
    const codes: unknown[] = [];
    open(<Privacy />, {
      get_buyer_key: () => ({ place: "missing", earlier: false, message: "这个工作区原来的买家钥匙不在这台电脑上：已有的买家照旧，新来的从头认起。" }),
      recover_buyer_key: ({ code }) => { codes.push(code); throw { code: "invalid", message: "恢复码不对", field: "code" }; },
    });
    expect(await screen.findByText(/已有的买家照旧/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "看恢复码" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "我有恢复码" }));
    fireEvent.change(await screen.findByLabelText("恢复码"), { target: { value: "0000-0000" } });
    fireEvent.click(screen.getByRole("button", { name: "用这串接上" }));
    expect(await screen.findByText("恢复码不对")).toBeTruthy();
    expect(codes).toEqual(["0000-0000"]);
  });
});

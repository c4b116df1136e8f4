import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { emit, startPreview } from "../ipc/fake";
import { trackGuard } from "../kit";
import { App } from "./App";

afterEach(cleanup);
window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
startPreview([{ open_workspace: () => ({ folder: "/nest", name: "nest" }) }]);

it("has the ten rooms in the navigation, with words", async () => {
  render(<App />);
  const nav = await screen.findByRole("navigation", { name: "导航" });
  expect([...nav.querySelectorAll("a")].map((link) => link.textContent?.replace(/\d+\+?$/, ""))).toEqual(["今日", "好物", "试用", "素材", "写作", "发布", "链接", "订单", "洞察", "设置"]);
  expect(nav.textContent).toContain("已保存 · 全部在这台电脑上");
});

it("goes to a room by two letters of its pinyin, and not while a candidate is being picked", async () => {
  render(<App />);
  await screen.findByRole("navigation", { name: "导航" });
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  const input = await screen.findByRole("combobox", { name: "找好物、照片、句子，拼音也行" });
  fireEvent.change(input, { target: { value: "lj" } });
  fireEvent.keyDown(input, { key: "Enter", keyCode: 229 });
  expect(location.hash).not.toBe("#/link");
  fireEvent.keyDown(input, { key: "Enter" });
  await waitFor(() => expect(location.hash).toBe("#/link"));
});

it("asks before the window closes on something that would be lost, and closes when nothing is", async () => {
  render(<App />);
  await screen.findByRole("navigation", { name: "导航" });
  const untrack = trackGuard(() => "这张拼图还没存。");
  await emit("tauri://close-requested");
  expect((await screen.findByRole("dialog")).textContent).toContain("这张拼图还没存。");
  fireEvent.click(screen.getByRole("button", { name: "先不" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  untrack();
  const asked: string[] = [];
  const internals = (window as unknown as { __TAURI_INTERNALS__: { invoke: (command: string, ...rest: unknown[]) => unknown } }).__TAURI_INTERNALS__;
  const plain = internals.invoke;
  internals.invoke = (command, ...rest) => { asked.push(command); return plain(command, ...rest); };
  await emit("tauri://close-requested");
  await waitFor(() => expect(asked).toContain("plugin:window|destroy"));
});

it("names what is open in the title of the window", async () => {
  location.hash = "#/setting?part=look";
  render(<App />);
  await waitFor(() => expect(document.title).toBe("设置 — 草本"), { timeout: 8000 });
});

it("goes to a room by its key, also out of a text, but not past a dialog", async () => {
  location.hash = "#/setting?part=look";
  render(<App />);
  await screen.findByRole("navigation", { name: "导航" });
  fireEvent.keyDown(window, { key: "8", ctrlKey: true });
  await waitFor(() => expect(location.hash).toBe("#/order"), { timeout: 8000 });
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  await screen.findByRole("combobox", { name: "找好物、照片、句子，拼音也行" });
  fireEvent.keyDown(window, { key: "0", ctrlKey: true });
  expect(location.hash).toBe("#/order");
});

it("lets the keyboard skip the navigation", async () => {
  render(<App />);
  await screen.findByRole("navigation", { name: "导航" });
  const first = document.querySelector("button, a, input");
  expect(first?.textContent).toBe("跳过导航");
  fireEvent.click(first as HTMLElement);
  expect(document.activeElement?.tagName).toBe("MAIN");
});

it("finds dark, what is new, a channel and a link by their words", async () => {
  startPreview([{
    open_workspace: () => ({ folder: "/nest", name: "nest" }), list_channels: () => [{ id: 3, name: "微信群 · 妈妈三群", platform: "wechat_group", platform_name: "微信群", own_shop: false, archived: false }],
    list_links: () => [{ id: 7, code: "b1x44k", kind: "qr", url: "", destination: "", coupon: null, post: 1, post_title: "通勤防晒", channel: 3, channel_name: "微信群 · 妈妈三群", product: 1, product_name: "云感防晒乳", created_at: "2026-11-22T10:00:00+08:00" }],
    search: () => [], list_posts: () => [], list_orders: () => [],
  }]);
  render(<App />);
  await screen.findByRole("navigation", { name: "导航" });
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  const input = await screen.findByRole("combobox", { name: "找好物、照片、句子，拼音也行" });
  const found = async (typed: string, line: string | RegExp) => { fireEvent.change(input, { target: { value: typed } }); return screen.findByRole("option", { name: line }, { timeout: 8000 }); };
  await found("深色", /换成深色/);
  for (const one of [/放进一件好物/, /开始试用/, /写一篇/, /做一条链接/, /记一次发布/, /添加渠道/]) await found("新建", one);
  await found("妈妈三群", /^微信群 · 妈妈三群/);
  fireEvent.click(await found("b1x44k", /b1x44k/));
  await waitFor(() => expect(location.hash).toContain("/link"));
});

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
  const input = await screen.findByRole("combobox");
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
